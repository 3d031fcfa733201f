"""The one process of z3: no answer depends on what was asked before, and none gets lost."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from proofs.kernel import solver
from proofs.kernel.solver import ask

# Each with its own meaning for x0 and x1; all that z3 counts of its work is part of its reply.
COUNTS = "\n(get-info :rlimit)"
PRODUCTS = " ".join(f"(* p{i} q{i})" for i in range(6))
SQUARES = [f"(+ {' '.join(f'(* {n}{i} {n}{i})' for i in range(6))})" for n in "pq"]
CAUCHY_SCHWARZ = "\n".join(
    [f"(declare-const {n}{i} Real)" for n in "pq" for i in range(6)]
    + [f"(assert (> (* (+ {PRODUCTS}) (+ {PRODUCTS})) (* {' '.join(SQUARES)})))", "(check-sat)"]
)  # true in six coordinates, and z3 has no answer in minutes


def query(*assertions: str, sort: str = "Real") -> str:
    declared = [f"(declare-const {name} {sort})" for name in ("x0", "x1")]
    return "\n".join([*declared, *(f"(assert {a})" for a in assertions), "(check-sat)"])


QUERIES = [
    (query("(> (* x0 x0) x1)", "(< x1 0)"), 0, "sat"),
    (query("(< (* x0 x0) 0)"), 0, "unsat"),
    (query("x0", "(not x1)", sort="Bool"), 0, "sat"),
    (query("(and x0 (not x0))", sort="Bool"), 0, "unsat"),
    (query("(distinct x0 0)", "(= (* x0 x1) 1)", "(= x1 0)"), 0, "unsat"),
    (query("(> x0 0)", "(= (- x1) (* x0 (+ x0 x1)))", "(= (+ (* x0 x0) (* x1 x1)) 1)"), 0, "sat"),
    (CAUCHY_SCHWARZ, 50_000, "unknown"),
    (CAUCHY_SCHWARZ.replace("(>", "(>="), 50_000, "sat"),
    *((query(f"(> (* x0 x0 x1) {k})", f"(< (+ x0 x1) {-k})"), 2_000, "sat") for k in range(9)),
    *((query(f"(> (+ x0 {k}) x1)", f"(< (* 2 x0) (- x1 {k}))", "(> x0 0)", f"(< x1 {k})"), 0, "sat")
      for k in range(3, 6)),
]  # fmt: skip


@pytest.fixture
def afresh() -> Iterator[None]:
    """With no process of z3 behind, and none left."""
    stop()
    yield
    stop()


def stop() -> None:
    if found := solver.IDLE.pop(os.getpid(), None):
        found[1].kill()
        found[1].communicate()


def replies(order: list[int], alone: bool = False) -> dict[int, str]:
    found = {}
    for i in order:
        if alone:
            stop()
        else:
            ask(*QUERIES[i * 5 % 8][:2])  # at a glance
        text, rlimit, _ = QUERIES[i]
        found[i] = ask(text + COUNTS, rlimit)
    return found


def test_no_answer_depends_on_what_was_asked_before(afresh: None) -> None:
    """Not even the work that z3 counts for it: three orders, twice each, and each query alone."""
    order = list(range(len(QUERIES)))
    first = replies(order)
    shuffled = random.Random(15).sample(order, len(order))
    assert replies(order) == first
    assert replies(order[::-1]) == first
    assert replies(shuffled * 2) == first
    assert replies(order, alone=True) == first
    told = {i: reply.split()[0] for i, reply in first.items()}
    assert {"sat", "unsat", "unknown"} == set(told.values())
    assert [told[i] for i in range(8)] == [answer for _, _, answer in QUERIES[:8]]


def test_no_answer_at_a_glance_depends_on_what_was_asked_before(afresh: None) -> None:
    """Without a reset between them; where there is no answer at a glance there is one after it."""
    order, alone = list(range(len(QUERIES))), []
    for text, rlimit, _ in QUERIES:
        stop()
        alone.append(ask(text, rlimit))
    assert alone[:8] == [answer for _, _, answer in QUERIES[:8]]
    shuffled = random.Random(15).sample(order, len(order))
    for asked in (order, order[::-1], shuffled * 2):
        assert [ask(*QUERIES[i][:2]) for i in asked] == [alone[i] for i in asked]


def test_what_is_not_seen_at_a_glance_is_asked_properly(
    afresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "GLANCE", 1)
    assert [ask(*QUERIES[i][:2]) for i in range(8)] == [answer for *_, answer in QUERIES[:8]]


def test_nothing_is_left_behind_by_what_was_asked_properly(afresh: None) -> None:
    assert ask(QUERIES[3][0] + COUNTS, 0).startswith("unsat")
    assert ask("(assert (< 0.0 1.0))\n(check-sat)", 0) == "sat"


def test_a_model_is_what_z3_says_after_a_reset(afresh: None) -> None:
    """It is shown: it may not depend on what was asked before."""
    text = QUERIES[5][0] + "(get-value (x0 x1))"
    first = ask(text, 0)
    assert first.startswith("sat")
    assert "x1" in first
    for i in (8, 0, 9, 3):
        ask(*QUERIES[i][:2])
        assert ask(text, 0) == first


def test_a_limit_is_that_of_its_own_query(afresh: None) -> None:
    """What earlier queries spent is not counted, and their limit is forgotten."""
    hard, easy = CAUCHY_SCHWARZ, query("(< (* x0 x0) 0)")
    for _ in range(3):
        assert ask(easy, 1) == "unknown"
        assert ask(hard, 100_000) == "unknown"
        assert ask(easy, 0) == "unsat"


def test_a_query_that_is_killed_loses_nothing(afresh: None) -> None:
    expected = replies([0, 1, 2])
    before = solver.IDLE[os.getpid()][1]
    assert ask(CAUCHY_SCHWARZ, 0, wall_clock=0.3).startswith("killed")
    assert before.returncode is not None  # gone, and waited for
    assert replies([0, 1, 2]) == expected
    assert solver.IDLE[os.getpid()][1] is not before


def test_a_process_that_died_between_two_queries_is_replaced(afresh: None) -> None:
    assert ask(QUERIES[1][0], 0) == "unsat"
    solver.IDLE[os.getpid()][1].kill()
    solver.IDLE[os.getpid()][1].communicate()
    assert ask(QUERIES[1][0], 0) == "unsat"


def test_z3_is_started_anew_after_some_queries(
    afresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "QUERIES", 3)
    seen = []
    for _ in range(7):
        assert ask(QUERIES[1][0], 0) == "unsat"
        seen.append(solver.IDLE[os.getpid()][1].pid)
    assert len(set(seen)) == 3
    assert [seen.count(pid) for pid in dict.fromkeys(seen)] == [3, 3, 1]


def test_an_interrupted_query_answers_no_other(
    afresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What z3 still has to say of it would be read as the reply to the next one."""

    class Interrupted(Exception):
        pass

    def interrupted(*_: object, **__: object) -> None:
        print(*_, **__)  # type: ignore[call-overload]
        raise Interrupted

    with monkeypatch.context() as patch:
        patch.setattr(solver, "print", interrupted, raising=False)
        with pytest.raises(Interrupted):
            ask(QUERIES[1][0], 0)
    assert ask(QUERIES[0][0], 0) == "sat"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on Windows")
def test_a_fork_has_a_process_of_its_own(afresh: None) -> None:
    """So have two workers of pytest: they would read each other's answers."""
    assert ask(QUERIES[1][0], 0) == "unsat"
    parents = solver.IDLE[os.getpid()][1].pid
    reading, writing = os.pipe()
    if not (child := os.fork()):
        said = [ask(QUERIES[i][0], 0) for i in (0, 1) * 20]
        own = solver.IDLE[os.getpid()][1]
        right = said == ["sat", "unsat"] * 20 and own.pid != parents
        stop()
        os.write(writing, b"right" if right else b"wrong")
        os._exit(0)
    said = [ask(QUERIES[i][0], 0) for i in (1, 0) * 20]
    os.waitpid(child, 0)
    told = os.read(reading, 9)
    os.close(reading)
    os.close(writing)
    assert (said, told) == (["unsat", "sat"] * 20, b"right")
    assert solver.IDLE[os.getpid()][1].pid == parents


@pytest.mark.parametrize(
    ("says", "reply"),
    [
        ("unsat", "killed"),  # and ends: the answer is not complete
        ("", "killed"),
        ("unsat\\nend of reply 7", "killed"),  # of another query
        ("unsat\\nend of reply 1", "unsat"),
    ],
)
def test_a_reply_counts_with_its_own_end(
    afresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str, reply: str
) -> None:
    program = tmp_path / "z3"
    program.write_text(f'#!{sys.executable}\ninput()\nprint("{says}")\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(solver, "z3", lambda: str(program))
    started = time.monotonic()
    assert ask(query("(< (* x0 x0) 0)"), 0, wall_clock=60).startswith(reply)
    assert time.monotonic() - started < 50  # the end of the program ends the reply
