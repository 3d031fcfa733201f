"""An inequality stands on its certificate; z3 is asked too, and its word alone is told from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs.kernel import Term, entails, real
from proofs.kernel import solver
from proofs.kernel.solver import NotProved, Query, key, stored

x, y = real("x y")
TRUE, FALSE = x**2 + y**2 >= 2 * x * y, x**2 + y**2 >= 3 * x * y
SHOWN = "(1 (square (+ x0 (- x1)))) (1 (> (* 2 x0 x1) (+ (* x0 x0) (* x1 x1)))) ."


def asked(goal: Term) -> str:
    """The query behind a goal without premises."""
    query = Query()
    denied = query.formula(~goal)
    return query.text([*query.facts, denied])


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is proved yet; a true goal and a false one have the same certificate."""
    monkeypatch.setattr(solver, "PROVED", {})
    lines = {key(asked(goal)): SHOWN for goal in (TRUE, FALSE)}
    monkeypatch.setattr(solver, "stored", lambda: lines)


def test_a_certificate_proves_and_z3_agrees() -> None:
    assert entails([], TRUE).means == {"certificate"}
    with pytest.raises(NotProved, match="does not follow"):
        entails([], FALSE)


def test_without_z3_the_certificates_prove_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solver, "z3", lambda: "")
    assert entails([], TRUE).means == {"certificate"}
    for goal in (FALSE, x**2 >= 0):
        with pytest.raises(NotProved, match="z3 is not installed"):
            entails([], goal)


@pytest.mark.parametrize("reply", ["unknown", "", "killed after 1 s", '(error "x")'])
def test_a_certificate_needs_no_answer(monkeypatch: pytest.MonkeyPatch, reply: str) -> None:
    monkeypatch.setattr(solver, "ask", lambda *_: reply)
    assert entails([], TRUE).means == {"certificate"}
    with pytest.raises(NotProved):
        entails([], FALSE)


def test_z3_is_asked_where_a_certificate_is_stored_though_modus_ponens_does_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    goal, queries = (x > 0) | ~(x > 0), list[str]()

    def ask(query: str, *_: object) -> str:
        queries.append(query)
        return "unsat"

    monkeypatch.setattr(solver, "ask", ask)
    assert entails([], goal).means == {"logic"}
    assert queries == []
    monkeypatch.setattr(solver, "stored", lambda: {key(asked(goal)): ""})
    assert entails([], goal).means == {"certificate"}
    assert queries == [asked(goal)]


def test_a_lying_z3_is_found_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it alone says is no certificate's, and stays told from that in what is derived."""
    monkeypatch.setattr(solver, "ask", lambda *_: "unsat")
    alone = entails([], FALSE)
    assert alone.means == {"z3"}
    assert "z3" in entails([], TRUE & FALSE, by=[alone, entails([], TRUE)]).means


def test_a_certificate_and_z3_that_disagree_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "ask", lambda *_: "sat")
    with pytest.raises(NotProved):
        entails([], TRUE)


def test_a_broken_store_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in ("", "(1 (square x0)) .", "((((", "unsat"):
        monkeypatch.setattr(solver, "PROVED", {})
        monkeypatch.setattr(solver, "stored", lambda line=line: {key(asked(TRUE)): line})
        assert entails([], TRUE).means == {"z3"}


def test_the_store_is_read_line_by_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each line is a key and, after the first space, its certificate; no file, no certificates."""
    file, name = tmp_path / "certificates.txt", key("a query")
    monkeypatch.setattr(solver, "CERTIFICATES", file)
    assert stored.__wrapped__() == {}
    file.write_text(f"{name} (a (b c) d)\n", encoding="ascii")
    assert stored.__wrapped__() == {name: "(a (b c) d)"}
    monkeypatch.undo()
    assert {len(found) for found in stored()} == {len(name)}
