"""Values cancel at the same exact point of the same function, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from proofs.balls import arithmetic
from proofs.balls.arithmetic import convert
from proofs.definitions import for_all_small
from proofs.kernel import Term
from tests.balls.statements import L, M, alpha, answer, d, v, w

SAME: dict[str, Callable[[Term], Term]] = {
    "rises": lambda a: L(w + a * d) > M(v), "falls": lambda a: L(w + a * d) < M(v),
}  # fmt: skip
FAR = 10_000


def crossing(f: Callable[[Any], Any], g: Callable[[Any], Any], p: Any, q: Any) -> list[bool | None]:
    """Whether small steps from p along the second unit vector make f higher, and lower, than g is
    at q; if no ball can tell f(p) from g(q), then neither do all the steps up to 1/4.
    """
    at = {L: f, M: g, w: list(p), v: list(q), d: [0, 1]}
    assert answer(SAME["rises"](alpha), at, (alpha, Fraction(1, 4))) is not True
    return [answer(for_all_small(SAME[k]), at) for k in SAME]


def test_values_cancel_at_the_same_exact_point_of_the_same_function_only() -> None:
    """In each case the first value is the lower one, by less than any ball can tell, and small
    steps from there rise: it is not true that they lead above the second value.
    """
    level: Callable[[Any], Any] = lambda p: arithmetic.tanh(p[0]) + p[1]
    plane: Callable[[Any], Any] = lambda p: p[0] + p[1]
    raised: Callable[[Any], Any] = lambda p: p[0] + p[1] + arithmetic.exp(convert(-FAR * 10, p[0]))
    third = Fraction(1, 3)
    same = {L: level, w: [FAR, 0], d: [0, 1]}
    assert answer(for_all_small(lambda a: L(w + a * d) > L(w)), same) is True
    assert crossing(level, level, (FAR, 0), (FAR + 1, 0))[0] is not True
    assert crossing(plane, plane, (third, 0), (third + Fraction(1, 2**5000), 0))[0] is not True
    assert crossing(plane, raised, (1, 0), (1, 0))[0] is not True
    assert crossing(plane, plane, (1, 0), (1 + Fraction(1, 2**100), 0)) == [False, True]
    for f, p, q in ((level, FAR, FAR + 1), (plane, third, third + Fraction(1, 2**5000))):
        two = {L: f, w: [p, 0], v: [q, 0], d: [0, 1]}
        assert answer(for_all_small(lambda a: L(w + a * d) > L(v)), two) is not True
        assert answer(L(w + alpha * d) > L(v), two, (alpha, Fraction(1, 4))) is not True
        assert answer(L(w) < L(v), two) is None


def test_an_inexact_point_is_not_known_to_be_itself() -> None:
    """At (1/3, 0) the answer may be missing, and is not wrong."""
    plane: Callable[[Any], Any] = lambda p: p[0] + p[1]
    at = {L: plane, w: [Fraction(1, 3), 0], d: [0, 1]}
    assert answer(for_all_small(lambda a: L(w + a * d) > L(w)), at) is not False
    assert answer(for_all_small(lambda a: L(w + a * d) < L(w)), at) is not True
    assert answer(L(w) == L(w), at) is not False


def test_weights_of_values_that_cancel() -> None:
    """2 L(w + alpha d) - L(w) - L(w) starts at 0, and 2 L(w + alpha d) - L(w) at L(w) = tanh(1)."""
    at = {L: lambda p: arithmetic.tanh(p[0]), w: [1], d: [1]}
    assert answer(for_all_small(lambda a: 2 * L(w + a * d) > L(w) + L(w)), at) is True
    assert answer(for_all_small(lambda a: 2 * L(w + a * d) - L(w) > 0), at) is True
    assert answer(for_all_small(lambda a: 2 * L(w + a * d) - L(w) < 0), at) is False
    assert answer(for_all_small(lambda a: L(w + a * d) - 2 * L(w) < 0), at) is True
    assert answer(for_all_small(lambda a: L(w + a * d) - 2 * L(w) > 0), at) is False


def test_values_of_other_functions_and_at_other_points_keep_their_weights() -> None:
    """2 L(w) - L(v) is 1/2, L(w) - L(v) is -1/2, and M is L + 1."""
    at = {L: lambda p: p[0], w: [1], v: [Fraction(3, 2)], d: [1]}
    assert answer(2 * L(w) - L(v) > 0, at) is True
    assert answer(L(w) - L(v) < 0, at) is True
    assert answer(L(w) < M(w), {**at, M: lambda p: p[0] + 1}) is True
    assert answer(for_all_small(lambda a: 2 * L(w + a * d) > L(v)), at) is True
    assert answer(for_all_small(lambda a: L(w + a * d) > L(v)), at) is False
