"""What finds certificates: a query for each of its means, and none where there is a model."""

from __future__ import annotations

import pytest

from proofs.certificates.finding import NotFound, Search
from proofs.replay import Refused, check
from tests.kernel.test_replay import CASES, SQUARE, WEAK, query

SECONDS = 20.0
SIZES = [  # x0 = |x1|, x2 = |x3|, ...
    f"(and (>= x{k} x{k + 1}) (>= x{k} (- x{k + 1})) (or (= x{k} x{k + 1}) (= x{k} (- x{k + 1}))))"
    for k in (0, 2, 4, 6)
]

ANY_SIGN = [f"(or (= x{i} x{j}) (= x{i} (- x{j})))" for i in range(6) for j in range(i)]


@pytest.mark.parametrize(
    "asked",
    [
        query("x9", "(not x9)"),
        CASES,
        SQUARE,
        query("(< (+ (* x0 x0) (* x1 x1)) (* 2 x0 x1))"),
        query("(> x0 0)", "(= (* x0 x1) 1)", "(<= x1 0)"),
        query("(= (* x0 x1) 1)", "(= (* x0 x2) 1)", "(distinct x1 x2)"),
        query("(> x0 0)", "(> x1 0)", "(> x2 x3)", "(<= (* x0 x0 x1 x1 x2) (* x0 x0 x1 x1 x3))"),
        query("(>= x0 0)", "(>= x1 0)", "(= (* x0 x0) (* x1 x1))", "(distinct x0 x1)"),
        query("(> x0 0)", "(>= x1 0)", "(>= x2 0)", "(>= x3 0)", "(>= x4 0)",
              "(= (* x1 x1) (* x0 x0 x5))", "(= (* x2 x2) x5)", "(= (* x3 x3) (* x0 x0 x6))",
              "(= (* x4 x4) x6)", "(<= x2 (* x7 x3))", "(> x1 (* x0 x0 x7 x4))"),
        query(*SIZES, "(<= x0 10)", "(<= x2 10)", "(<= x4 5)", "(<= x6 1)", "(> x8 0)",
              "(<= x8 (/ 1 15))", "(>= (* x8 (+ x3 (* -1 x5 x8 x1) (* x7 x8 x8 x1 x1))) 1)"),
        query("(< (+ (* x0 x0) (* x1 x1) (* x2 x2)) (+ (* x0 x1) (* x1 x2) (* x2 x0)))"),
        query("(>= x0 0)", "(<= x0 1)", "(= x3 (+ x1 (* x0 x2) (* -1 x0 x1)))",
              "(>= (+ x2 (* x2 x2 x2)) (+ x1 (* x1 x1 x1)))",
              "(< (+ x3 (* x3 x3 x3)) (+ x1 (* x1 x1 x1)))"),
        query(*ANY_SIGN, "(>= x6 0)", "(>= x7 1)", "(or (< x6 0) (< x7 0) (< x6 (- x7)))"),
        query(*ANY_SIGN, "(<= x5 1)", "(<= x6 1)",
              "(< (+ (* (- 1 x5) x7 x7) (* (- 1 x6) x8 x8)) 0)"),
    ],
    ids=[
        "unit propagation", "cases", "a square", "the square of a sum", "a product",
        "two equations together", "signs", "a sign", "what is learnt", "ranges", "squares",
        "a factor", "the case that matters", "no case",
    ],
)  # fmt: skip
def test_it_finds_what_the_replayer_accepts(asked: str) -> None:
    check(asked, Search(asked, SECONDS).certificate())


@pytest.mark.parametrize(
    "asked", [WEAK, query("(> x0 0)", "(= (* x0 x1) 1)"), query("(> (* x0 x0) x1)", "(> x1 0)")]
)
def test_it_finds_nothing_where_there_is_a_model(asked: str) -> None:
    with pytest.raises((NotFound, Refused)):
        check(asked, Search(asked, SECONDS).certificate())
