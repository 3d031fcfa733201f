"""Values that balls do not know, or that are not finite, are refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from proofs.balls import arithmetic
from proofs.balls.arithmetic import NotSmooth, number
from proofs.balls.deciding import decide
from proofs.definitions import for_all_small
from proofs.kernel import (
    KernelError, N, Term, exists, implies, inner, maximum, minimum, norm, sqrt, zero,
)  # fmt: skip
from strategies.rough import Jump, Kink
from tests.balls.polynomials import TINY
from tests.balls.statements import (
    BOWL, L, M, answer, answer_unless_refused, d, h, n, s, u, v, w, x, y,
)  # fmt: skip
from tests.kernel.refusals import refuses


def test_what_has_no_value_is_not_decided() -> None:
    """1/0 and the root of -1 are unspecified; what holds all the same is decided."""
    for f in (x / y > 0, x / y <= 0, x / y == x / y, sqrt(-x) >= 0, sqrt(-x) < 0):
        assert answer(f, {x: 1, y: 0}) is None
        assert answer(~f, {x: 1, y: 0}) is None
    assert answer((x / y > 0) | (x > 0), {x: 1, y: 0}) is True
    assert answer((x / y > 0) & (x < 0), {x: 1, y: 0}) is False
    assert answer(implies(y != 0, x / y > 0), {x: 1, y: 0}) is True


def test_the_least_and_the_greatest_of_numbers() -> None:
    """Of 1/3, which no ball holds exactly, and 2."""
    at = {x: Fraction(1, 3), y: 2}
    for f in (maximum(x, y) == y, minimum(y, x) < 1, maximum(x, -y) < minimum(y, 1)):
        assert answer(f, at) is True
    assert answer(maximum(x, minimum(x, y)) > x, at) is None
    refuses(
        "is no number that balls know",
        lambda: decide(for_all_small(lambda a: maximum(a, x) > 0), at),
    )


@pytest.mark.parametrize(
    "formula", [inner(u, v) > 0, u == v, u != v, norm(u + v) > 0, norm(u - 2 * v) > 0], ids=str
)
def test_vectors_of_different_dimensions_are_refused(formula: Term) -> None:
    """(1, 2) and (1)."""
    for at in ({u: [1, 2], v: [1]}, {u: [1], v: [1, 2]}):
        with pytest.raises((KernelError, ValueError)):
            decide(formula, at)


def test_there_is_k_below_what_is_no_natural_number() -> None:
    with pytest.raises(KernelError):
        decide(exists(N, lambda k: (k < x) & (s(k) > 0)), {x: Fraction(5, 2), s: number})


def test_a_comparison_of_vectors_while_alpha_ranges_is_refused_or_decided() -> None:
    assert (
        answer_unless_refused(for_all_small(lambda a: a * d != zero), {d: [1, 2]}, "balls")
        is not False
    )


@pytest.mark.parametrize("value", ["nan", "infinite"])
def test_values_that_are_not_finite_are_refused_with_the_point(value: str) -> None:
    """log(0) and 1/0 at (0, 5), as a value and at the start of a small step."""
    f: Callable[[Any], Any] = {
        "nan": lambda p: arithmetic.log(p[0] - 1),
        "infinite": lambda p: 1 / (p[0] * number(1)),
    }[value]
    at = {L: f, w: [0, 5], d: [1, 0]}
    refuses(
        r"L is .*(nan|inf).* at \(0, 5\.?0*\); a loss has a finite value everywhere",
        lambda: decide(L(w) > 0, at),
    )
    assert (
        answer_unless_refused(
            for_all_small(lambda a: L(w + a * d) > L(w)), at, "a loss has a finite value everywhere"
        )
        is None
    )
    assert answer(L(w) > 0, {L: f, w: [3, 5]}) is True


@pytest.mark.parametrize("rough", [Kink, Jump])
def test_what_is_not_smooth_at_the_point_is_refused_and_near_it_is_not(rough: Any) -> None:
    """The kink of |x| and the jump are at x = 0."""
    loss = rough(BOWL)
    statement = for_all_small(lambda a: L(w + a * d) < L(w))
    with pytest.raises(NotSmooth, match=r"L is not smooth at \(0, 3\.?0*\)"):
        decide(statement, {L: loss, w: [0, 3], d: [0, -1]})
    for place in (TINY, -TINY, Fraction(1)):
        assert answer(statement, {L: loss, w: [place, 3], d: [0, -1]}) is True
        assert answer(statement, {L: loss, w: [place, 3], d: [0, 1]}) is False
    assert answer(L(w) > 0, {L: loss, w: [0, 3]}) is True


def test_a_vector_that_depends_on_alpha_is_refused_also_after_other_comparisons() -> None:
    """Nothing is left of the values that alpha had before."""
    at = {L: BOWL, w: [1, 1], d: [1, 2]}
    statement = for_all_small(lambda a: (L(w + a * d) > L(w)) & (a * d == zero))
    refuses("what depends here on a variable that ranges", lambda: decide(statement, at))


def test_a_function_of_k_is_evaluated_for_each_k() -> None:
    """And at the same exact point once: at -1, 0 and 1."""
    calls: list[Any] = []

    def f(t: Any) -> Any:
        calls.append(t)
        return t[0]

    at = {h: f, s: lambda k: number(k - 1), n: 3, x: 0}
    assert answer(exists(N, lambda k: (k < n) & (h(s(k)) > h(x))), at) is True
    assert len(calls) == 3


def test_what_a_function_does_to_its_argument_it_does_to_a_copy() -> None:
    """Of w, which is (1, 2) all the while."""

    def greedy(p: list[Any]) -> Any:
        p[0] = p[0] + 1
        return p[0]

    at: dict[Term, Any] = {L: greedy, M: greedy, w: [1, 2], d: [1, 0]}
    assert answer((L(w) == 2) & (M(w) == 2) & (w == w) & (inner(w, d) == 1), at) is True
    assert answer(for_all_small(lambda a: M(w + a * d) > M(w)), at) is True


def test_an_absolute_value_that_ranges_asks_for_each_value_of_a_function_once() -> None:
    """|L(w + alpha d) - L(w)| <= 10 alpha is two comparisons of the same values: about 0 on each
    side, and on all of a range, so long as that is not shorter.
    """
    calls: list[Any] = []

    def square(p: list[Any]) -> Any:
        calls.append(p)
        return p[0] * p[0]

    at = {L: square, w: [Fraction(3)], d: [1]}
    bounded: Callable[[Any], Any] = lambda a: abs(L(w + a * d) - L(w)) <= 10 * a
    assert answer(for_all_small(bounded), at) is True
    both = len(calls)
    calls.clear()
    assert answer(for_all_small(lambda a: L(w + a * d) - L(w) <= 10 * a), at) is True
    assert both == len(calls)


def test_an_absolute_value_that_ranges_is_not_its_number_with_either_sign() -> None:
    equal: Callable[[Any], Any] = lambda a: abs(a * x) == a * x
    assert answer_unless_refused(for_all_small(equal), {x: 1}, "is no number") is not False
