"""The replayer of certificates: what it accepts, all that it refuses, and within which bounds."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proofs import replay
from proofs.replay import Refused, check

DECLARED = "".join(f"(declare-const x{i} Real)" for i in range(9)) + "(declare-const x9 Bool)"


def query(*assertions: str) -> str:
    return DECLARED + "".join(f"(assert {a})" for a in assertions) + "(check-sat)"


SQUARE = query("(< (* x0 x0) 0)")  # the denial of x^2 >= 0
PRODUCT = query("(> x0 0)", "(> x1 0)", "(<= (* x0 x1) 0)")
CASES = query("(distinct x0 0)", "(=> (> x0 0) (= x1 1))", "(=> (< x0 0) (= x1 1))", "(<= x1 0)")
ONE = "(1 (>= 0 x1)) (1 (= x1 1)) (1) ."
BOTH = f"? (> x0 0) {ONE} ? (< x0 0) {ONE}"
VALUES = query("(= x1 3)", "(= x0 (* x1 x1))", "(> x0 9)")
WEAK = query("(>= x0 1)", "(<= x0 1)")


@pytest.mark.parametrize(
    ("asked", "certificate"),
    [
        (SQUARE, "(1 (square x0)) (1 (> 0 (* x0 x0))) ."),
        (SQUARE, "((/ 1 2) (square (* 2 x0))) (2 (> (- (* x0 x0)) 0)) ."),
        (PRODUCT, "(1 (> x0 0) (> x1 0)) (1 (>= 0 (* x0 x1))) ."),
        (VALUES, "((- (+ x1 3)) (= x1 3)) (-1 (= x0 (* x1 x1))) (1 (> x0 9)) ."),
        (CASES, f"{BOTH} (1 (distinct x0 0)) (1 (>= 0 x0) (>= x0 0)) ."),
        (query("x9", "(not x9)"), ""),
        (query("(or x9 (> 1 2))", "(=> x9 (and (> x0 1) (<= (* 2 x0) 2)))"), ""),
        (query("(> x0 1)", "(= (* 2 x0) 2)"), ""),
        (query("(and (= 0.0 x2) (not (<= x2 0)))"), ""),
        (query("x9", "(> x0 0)", "(not (and x9 (> x0 0)))"), ""),
        (query("(or x9 (< x0 0))", "(not x9)", "(> x0 0)"), ""),
        (query("(= (- x0) 0)", "(distinct x0 0)"), ""),
        (query("(not true)"), ""),
        (query("(and (> x1 0) (or x9 (> x1 1)) (and (> x0 0) (<= x0 0)))"), ""),
        (query("(> x0 0)", "(not (or x9 (and (> x0 0) (not x9))))"), ""),
        (query("(=> (or x9 (> x0 0)) (and x9 (< x0 0)))", "(> x0 0)"), ""),
    ],
)
def test_what_shows_something_is_accepted(asked: str, certificate: str) -> None:
    check(asked, certificate)


@pytest.mark.parametrize(
    ("asked", "certificate", "why"),
    [
        (SQUARE, "", "malformed"),
        (SQUARE, ".", "no contradiction"),
        (SQUARE, "(1) .", "no contradiction"),
        (SQUARE, "(1 (square x0)) (2 (> 0 (* x0 x0))) .", "no contradiction"),  # a coefficient
        (SQUARE, "(1 (square x1)) (1 (> 0 (* x0 x0))) .", "no contradiction"),
        (SQUARE, "(1 (square x0)) (1 (> (* x0 x0) 0)) .", "not known"),  # a sign
        (SQUARE, "(-1 (square x0)) (-1 (> 0 (* x0 x0))) .", "no number > 0"),
        (SQUARE, "(0 (square x0)) (1 (> 0 (* x0 x0))) .", "no number > 0"),
        (SQUARE, "((* x0 x0) (square 1)) (1 (> 0 (* x0 x0))) .", "no number > 0"),
        (SQUARE, "(1 (square x0)) (1 (< (* x0 x0) 0)) .", "not known"),  # factors are > or >=
        (SQUARE, "(1 (square x0)) (1 (> 0 (* x0 x0))) . .", "behind the end"),
        (SQUARE, "(1 (square x0)) (1 (> 0 (* x0 x0)))", "malformed"),
        (SQUARE, "(1 (square x0)) (1 (> 0 (* x0 x0)) .", "left open"),
        (SQUARE, "(1 (square x0))) (1 (> 0 (* x0 x0)) .", "malformed"),
        (SQUARE, "(1 (> 0 1)) .", "not known"),
        (SQUARE, "? (> x0 0) (1 (square x0)) (1 (> 0 (* x0 x0))) .", "malformed"),  # one case
        (SQUARE, "? (and (> x0 0) (> x1 0)) . .", "malformed"),
        (SQUARE, "? x0 . .", "no formula"),
        (query("(> x0 0)"), "? (< x0 0)", "malformed"),  # the first case alone is closed
        (query("x9", "(not (and x9 (> x0 0)))"), "", "malformed"),
        (query("x9"), "", "malformed"),
        (query("(not x9)"), "", "malformed"),
        (query("true"), "", "malformed"),
        (query(*(f"(> x{i} 0)" for i in range(4)), "x9", "(<= x4 0)"), "", "malformed"),
        (query("(= (- x0) 0)", "(>= x0 0)"), "", "malformed"),
        (query("(>= x0 0)", "(or (<= x0 0) x9)", "(not x9)"), "", "malformed"),
        (query("(> x0 0)", "(not (or x9 (< x0 0)))"), "", "malformed"),
        (PRODUCT, "(1 (> x0 0)) (1 (>= 0 (* x0 x1))) .", "no contradiction"),
        (PRODUCT, "(1 (square x0)) (1 (> 0 (* x0 x0))) .", "not known"),  # another query's
        (CASES, f"{BOTH} (1 (square x0)) (1 (>= 0 x0) (>= x0 0)) .", "no contradiction"),  # strict
        (CASES, ONE, "not known"),
        (WEAK, "(1 (>= x0 1)) (1 (>= 1 x0)) .", "no contradiction"),
        (WEAK, "(1 (= x0 1)) (1) .", "not known"),
        (VALUES, "(1 (= x1 3) (square x0)) .", "no number > 0|not known"),
        (query("(= x0 0)", "(= x1 0)"), "(1 (= x0 0) (= x1 0)) (1) .", "not known"),
        (query("(>= 0 0)"), "(1 (>= 0 0)) .", "no contradiction"),
    ],
)
def test_what_shows_nothing_is_refused(asked: str, certificate: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        check(asked, certificate)


@pytest.mark.parametrize("c", [-1, 0, 1])
@pytest.mark.parametrize(
    ("relation", "holds"),
    [
        (">", {1}), (">=", {0, 1}), ("<", {-1}), ("<=", {-1, 0}), ("=", {0}), ("distinct", {-1, 1}),
    ],
)  # fmt: skip
def test_numbers_are_compared(c: int, relation: str, holds: set[int]) -> None:
    """In halves, so that no whole number lies between."""
    said, denied = f"({relation} (/ {c} 2) 0)", f"(not ({relation} (/ {c} 2) 0))"
    right, wrong = (said, denied) if c in holds else (denied, said)
    check(query(wrong), "")
    with pytest.raises(Refused):
        check(query(right), "")


@pytest.mark.parametrize(
    "asked",
    [
        "(declare-const x0 Real)(declare-const x0 Bool)",
        "(declare-const x0 Int)",
        "(declare-const y Real)",
        "(declare-const true Real)",
        "(declare-fun x0 (Real) Real)",
        "(push)",
        "(assert)",
        "(assert false false)",
        query("(> x0)"),
        query("(> x0 1 2)"),
        query("(= x0 x9)"),
        query("(not x9 x9)"),
        query("(=> x9)"),
        query("(=> x9 x9 x9)"),
        query("(xor x9 x9)"),
        query("(> (/ x0 x1) 0)"),
        query("(> (/ 1 0) 0)"),
        query("(> (ite x9 1 0) 0)"),
        query("(> 1e3 0)"),
        query("(> 0x10 0)"),
        query("(> __import__ 0)"),
        query("(> (__import__ 'os') 0)"),
        query("(+)"),
        query("x0"),
        query("((> x0 0))"),
        query("()"),
        "assert",
    ],
)
def test_a_malformed_query_is_refused(asked: str) -> None:
    """With `false` asserted beside it, so that nothing else is open."""
    with pytest.raises(Refused):
        check(f"(assert false){asked}", "")
    check(f"(assert false){query('(> x0 0)')}", "")


DEEP = "(not " * 99 + "x9" + ")" * 99
LONG = "(+ " + "x0 " * 400_000 + ")"
POWER = "(* " + "(+ x0 x1 x2 x3) " * 150 + ")"
TOWER = "(* " + "(+ 1 x0) " * 100 + ")"
BIG = "(* " + f"{10**250} " * 2 + ")"
NUMBER = "7" * 5000
CHAIN = ["(>= x0 0)", *(f"(or (< x0 {i}) (>= x0 {i + 1}))" for i in range(3000))]


@pytest.mark.parametrize("term", [LONG, POWER, f"(* {TOWER} {TOWER} {TOWER})", BIG, NUMBER, DEEP])
def test_work_and_size_are_bounded(term: str) -> None:
    """In queries and in certificates; the limit is counted, not timed."""
    with pytest.raises(Refused):
        check(query(f"(> 0 {term})"), "(1) .")
    with pytest.raises(Refused):
        check(SQUARE, f"(1 (square {term})) (1) .")


@pytest.mark.parametrize(
    ("most", "more"),
    [
        ("(* " + "x0 " * 200 + ")", "(* " + "x0 " * 201 + ")"),
        (f"(+ {10**299 * 9} {10**299 - 1})", f"(+ {10**299 * 9} {10**299})"),
        (f"(- {10**299 * -9} {10**299 - 1})", f"(- {10**299 * -9} {10**299})"),
        (f"(/ (/ 1 {10**150}) {10**149})", f"(/ (/ 1 {10**150}) {10**150})"),
    ],
)
def test_degrees_and_numbers_have_a_limit(most: str, more: str) -> None:
    check(query(f"(= {most} x1)", "x9", "(not x9)"), "")
    with pytest.raises(Refused, match=r"^a number or a degree is too big$"):
        check(query(f"(= {more} x1)", "x9", "(not x9)"), "")


def test_propagation_is_bounded() -> None:
    check(query(*CHAIN[:201], "(< x0 200)"), "")
    with pytest.raises(Refused, match="too much work"):
        check(query(*CHAIN, "(< x0 3000)"), "")


def test_length_is_bounded() -> None:
    certificate = "(1 (square x0)) (1 (> 0 (* x0 x0))) ."
    check(SQUARE.ljust(replay.SIZE), certificate.ljust(replay.SIZE))
    for asked, shown in ((SQUARE.ljust(replay.SIZE + 1), certificate), (SQUARE, "." * 10**7)):
        with pytest.raises(Refused, match=r"^too long$"):
            check(asked, shown)


def test_nesting_is_bounded() -> None:
    check(query("(not " * 96 + "x9" + ")" * 96, "(not x9)"), "")
    check(query("(not " * 97 + "x9" + ")" * 97, "x9"), "")
    with pytest.raises(Refused, match=r"nested too deep"):
        check(query("(not " * 98 + "x9" + ")" * 98, "(not x9)"), "")
    for text in ("(" * 10_000, "(" * 10_000 + ")" * 10_000, query(DEEP)):
        with pytest.raises(Refused, match=r"nested too deep"):
            check(text, "")
        with pytest.raises(Refused, match=r"nested too deep"):
            check(SQUARE, text)


def test_it_runs_alone(tmp_path: Path) -> None:
    """A copied file, isolated from this project, says of each claim what became of it."""
    program = shutil.copy(replay.__file__, tmp_path / "copied.py")
    folder = tmp_path / "exported"
    folder.mkdir()
    pairs = {
        "a01.good": (SQUARE, "(1 (square x0)) (1 (> 0 (* x0 x0))) ."),
        "a02.wrong": (PRODUCT, "(1 (square x0)) (1 (> 0 (* x0 x0))) ."),
        "a03.huge": (SQUARE, ". " * 1_000_000),
        "a04.bytes": (SQUARE, "\u00b2"),
    }
    for name, (asked, certificate) in pairs.items():
        (folder / f"{name}.smt2").write_text(asked, encoding="utf-8")
        (folder / f"{name}.txt").write_text(certificate, encoding="utf-8")
    (folder / "a05.missing.smt2").write_text(SQUARE, encoding="utf-8")

    def run() -> tuple[int, list[str]]:
        command = [sys.executable, "-I", "-S", str(program), str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()

    code, lines = run()
    assert code == 1
    assert lines[0] == "a01.good proved"
    assert [line.split()[1] for line in lines[1:]] == ["REFUSED:"] * 4
    for path in folder.glob("a0[2-9]*"):
        path.unlink()
    assert run() == (0, ["a01.good proved"])
