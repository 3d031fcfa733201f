"""The derivations of a11 and of small theorems as Rocq has them; and what Rocq does not take."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from proofs.axioms import mean_value_theorem
from proofs.kernel import (
    N, R, Theorem, V, archimedes, by_induction, choose, e1, e2, entails, evaluate, exists,
    forall, function, generalize, identical, implies, inner, instance, natural, norm, real,
    recursion, replaced, sqrt, substitute, vector, witnessed, zero,
)  # fmt: skip
from proofs.kernel.solver import key, stored
from proofs.rocq import checking
from proofs.rocq.checking import Written, check_pages, development
from proofs.runner.derivations import derivation, recorded

ROOT = Path(__file__).parents[2]
NO_COQC = "coqc is not installed (Debian: apt-get install coq): Rocq was not asked"
COQC = pytest.mark.skipif(shutil.which("coqc") is None, reason=NO_COQC)

x, y = real("x y")
n = natural("n")
u, v = vector("u v")
f, h = function("f h", R >> R)
g = function("g", N >> R)


def positive() -> Theorem:
    """A query of page a10: its certificate is stored."""
    return generalize(entails([v != zero], inner(v, v) > 0), v)


def powers() -> Theorem:
    """There is p with p(0) = 2 and p(n) = 2 wherever p(k + 1) = p(k) for every k."""
    there_is = recursion(R, 2, lambda k, y: y)
    p = function("p", N >> R)
    begins, continues = p(0) == 2, forall(N, lambda k: p(k + 1) == p(k))
    after = instance(continues, n)
    moved = replaced(lambda z: p(n + 1) == z, p(n), 2)
    then = entails([p(n) == 2, continues], p(n + 1) == 2, [after, moved])
    every = by_induction(lambda k: p(k) == 2, entails([begins], p(0) == 2), then, n)
    some = exists(N >> R, lambda p: forall(N, lambda k: p(k) == 2))
    return choose(there_is, entails([begins, continues], some, [witnessed(some, p), every]), p)


POSITIVE = forall(R, R, lambda x, y: implies((x > 0) & (y > 0), f(x) > 0))
SMALL: dict[str, Callable[[], Theorem]] = {
    "positive": positive,
    "identity": lambda: identical((x + y) ** 2, x**2 + 2 * x * y + y**2),
    "quotient": lambda: identical(x / (x * y) + 1, (1 + y) / y),
    "lengths": lambda: identical(
        norm(u + v / x) ** 2 / norm(u) - norm(u), (2 * inner(u, v) + norm(v) ** 2 / x) / x / norm(u)
    ),
    "nested": lambda: identical(1 / (x + 1 / norm(x * v)), norm(x * v) / (x * norm(-x * v) + 1)),
    "vectors": lambda: identical(2 * (u - v) + v, u + u - v),
    "numbers": lambda: evaluate((sqrt(4) == 2) & (norm(3 * e1) == 3) & (abs(x - y) == abs(y - x))),
    "instance": lambda: instance(forall(R, lambda y: f(y + 1) / 2 >= x), 3),
    "moved": lambda: substitute(instance(forall(R, lambda y: f(y) / x >= 0), y), {x: 2, f: h}),
    "witness": lambda: witnessed(exists(V, lambda v: inner(v, e2) == 2), 2 * e2),
    "equals": lambda: replaced(lambda z: f(z) + z > 0, x, y),
    "large": lambda: archimedes(x * x),
    "folded": lambda: entails([], exists(R, lambda z: z == 3), [witnessed(
        exists(R, lambda z: z == 3), 3)]),
    "weaker": lambda: entails([x > 0, x >= 0, y < 0], (x >= 0) & (y != 0)),
    "powers": powers,
    "steps_over": lambda: recursion(
        R, lambda t: g(n + 1) * t, lambda k, y, t: g(n + 1) * y + g(k + 1) * t, R
    ),
    "mean": mean_value_theorem,
    "chained": lambda: entails([x > 0, y > 0, POSITIVE], ~(f(x) <= 0) | (x == y), [
        entails([~(x <= 0), y > 0], (y > 0) & (x > 0)), instance(POSITIVE, x, y),
    ]),
}  # fmt: skip


def exported(folder: Path, makers: Mapping[str, Callable[[], Theorem]]) -> str:
    """The derivation of theorems, whose queries are written with their stored certificates."""
    with recorded() as made:
        theorems = {name: make() for name, make in makers.items()}
    places = {a.query: f"query.{i}" for i, a in enumerate(made.values()) if a.query}
    for query, place in places.items():
        (folder / f"{place}.smt2").write_text(query, encoding="ascii")
        certificate = stored().get(key(query), "")  # of "weaker" none is stored
        (folder / f"{place}.txt").write_text(certificate, encoding="ascii")
    return derivation(theorems, made, places)


def test_every_rule_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                               capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """Also where coqc is not installed, which is told."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (tmp_path / "small.derivation").write_text(exported(tmp_path, SMALL), encoding="utf-8")
    assert check_pages(tmp_path, tmp_path / "out", []) == 0
    assert capsys.readouterr().out == (
        "coqc is not installed: the developments are written and not checked\n"
    )
    text = (tmp_path / "out" / "small.v").read_text(encoding="utf-8")
    assert text.count("Print Assumptions") == len(SMALL)


@COQC
def test_every_rule_is_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "small.derivation").write_text(exported(tmp_path, SMALL), encoding="utf-8")
    assert check_pages(tmp_path, tmp_path / "out", []) == 0
    told = capsys.readouterr().out.splitlines()
    own = "proved; rests on Rocq's own axioms only"
    mean = "proved; rests on mean_value_theorem"
    assert told == [f"small {name}: {mean if name == 'mean' else own}" for name in SMALL]


def edit(old: str, new: str) -> Callable[[str], str]:
    """Replaces what occurs once."""

    def edited(text: str) -> str:
        assert text.count(old) == 1, text
        return text.replace(old, new)

    return edited


# Of the derivation of `positive`; see test_derivations.py.
TAMPERED: dict[str, Callable[[str], str]] = {
    "another_goal": edit("term 6 > truth", "term 6 < truth"),
    "a_hypothesis_dropped": edit(" : 3 |- 6", " : |- 6"),
    "a_premise_dropped": edit("generalize by 1 ", "generalize "),
    "another_rule": edit("entails with", "evaluate with"),
    "no_reason": edit(" query query.0 x0=4", ""),
    "a_query_about_something_else": edit("x0=4", "x0=5"),
    "an_axiom_of_its_own": lambda text: re.sub(
        r"theorem 1 .* :", "theorem 1 axiom named trust me :", text
    ),
    "an_axiom_under_a_listed_name": lambda text: re.sub(
        r"theorem 1 .* :", "theorem 1 axiom named mean value theorem :", text
    ),
}


@COQC
def test_what_is_tampered_with_is_not_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = exported(tmp_path, {"positive": positive})
    for what, edited in {"true": edit("term 1 ", "term 1 "), **TAMPERED}.items():
        (tmp_path / f"{what}.derivation").write_text(edited(text), encoding="utf-8")
    assert check_pages(tmp_path, tmp_path / "out", []) == len(TAMPERED)
    told = capsys.readouterr().out
    assert told.count(": proved;") == 1
    assert "true positive: proved; rests on Rocq's own axioms only" in told


@COQC
def test_what_a_theorem_rests_on_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def admitted(page: str, text: str, queries: Mapping[str, tuple[str, str]]) -> Written:
        written = development(page, text, queries)
        written.text = written.text.replace("Qed.", "Admitted.")
        return written

    monkeypatch.setattr(checking, "development", admitted)
    text = exported(tmp_path, {"positive": positive})
    (tmp_path / "small.derivation").write_text(text, encoding="utf-8")
    shutil.copy(checking.HERE / "Space.v", tmp_path)
    assert checking.compiled(tmp_path, "Space")[0] == 0
    told, failed = checking.checked(tmp_path, tmp_path, True, "small")
    assert failed == 1
    assert told[0].startswith("small positive: OTHER AXIOMS; rests on thm_")


@COQC
def test_page_a11_is_proved_from_its_export(tmp_path: Path) -> None:
    """With all that it rests on: from Rocq's own axioms alone, as the page's theorems list none."""
    export, out = str(tmp_path / "export"), str(tmp_path / "out")
    for module, *arguments in (
        ("proofs.runner.certificates", "--export", export, "a11"),
        ("proofs.rocq", export, out, "a11"),
    ):
        run = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    told = run.stdout.splitlines()
    assert len(told) == 9
    assert all(line.endswith("proved; rests on Rocq's own axioms only") for line in told)
    assert any("theorem_small_steps_lower_the_loss" in line for line in told)
