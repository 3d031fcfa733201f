"""Comparisons for all small alpha go by the first coefficient; on ranges, they are sound."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.balls.arithmetic import convert, number
from proofs.balls.deciding import decide
from proofs.definitions import for_all_small
from proofs.kernel import R, Term, exists, forall, fun, iff, implies
from strategies.losses import Bumps, Quadratic
from tests.balls.polynomials import TINY, drawn
from tests.balls.statements import (
    BOWL, Curve, L, alpha, answer, answer_unless_refused, curves, d, dyadic, h, leading, pairs,
    rationals, w, x, y,
)  # fmt: skip
from tests.kernel.exact import RELATIONS


def test_margins_are_small_where_a_comparison_nearly_fails() -> None:
    assert decide(x < y, {x: 1, y: 1 + TINY})[1] < 1e-6
    assert decide(x < y, {x: -1, y: 1})[1] == 1
    assert decide(x > y, {x: 1, y: 1 + TINY}) == (False, decide(x < y, {x: 1, y: 1 + TINY})[1])


def test_the_margin_of_small_steps_is_the_alpha0_found() -> None:
    """Against where terms of second order take over; a 128th of that is tried first."""
    at = {L: BOWL, w: [8, 0], d: [-1, 0]}
    assert decide(for_all_small(lambda a: L(w + a * d) < L(w)), at) == (True, 2.0**-7)


@pytest.mark.parametrize("relation", RELATIONS)
def test_small_steps_go_by_the_first_coefficient(relation: str) -> None:
    """L(w + alpha d) against L(w) for all small alpha > 0; of order 1 and 2 all is decided."""
    told: list[bool | None] = []
    holds: Callable[[Any, Any], Any] = RELATIONS[relation]
    statement = for_all_small(lambda a: holds(L(w + a * d), L(w)))

    @drawn(60)
    @given(curves, pairs, pairs, st.booleans())
    def check(f: Curve, p: Any, q: Any, flat: bool) -> None:
        if flat:  # no terms of order 1 at 0
            f, p = Curve({e: c for e, c in f.terms.items() if sum(e) != 1}), (0, 0)
        coefficients = f.along(p, q)
        order, first = leading([Fraction(0), *coefficients[1:]])
        found = answer(statement, {L: f, w: list(p), d: list(q)})
        assert found is holds(first, 0) or (found is None and order > 2), (f, p, q)
        told.append(found)

    check()
    assert told.count(None) < 20
    assert {True, False} <= set(told)


@drawn(60)
@given(curves, pairs, pairs, rationals)
def test_small_steps_against_another_value(f: Curve, p: Any, q: Any, c: Fraction) -> None:
    """L(w + alpha d) < c for all small alpha: where L(w) is not c, that decides."""
    order, first = leading(
        [a - b for a, b in zip(f.along(p, q), [c, *[Fraction(0)] * 4], strict=True)]
    )
    found = answer(for_all_small(lambda a: L(w + a * d) < x), {L: f, w: list(p), d: list(q), x: c})
    assert found is (first < 0) or (found is None and order > 0)


@drawn(100)
@given(curves, dyadic)
def test_small_steps_to_both_sides(f: Curve, p: Fraction) -> None:
    """a02's claim, that just steps to the right lower L: if the first term is odd and falls."""
    steps: Callable[[Term, Term], Term] = lambda r, t: implies(
        abs(t) < r, iff(h(x + t) < h(x), t > 0)
    )
    statement = exists(R, lambda r: (r > 0) & forall(R, lambda t: steps(r, t)))
    order, first = leading([Fraction(0), *f.along((p, Fraction(1)), (1, 0))[1:]])
    found = answer(statement, {h: lambda t: f([t[0], convert(Fraction(1), t[0])]), x: p})
    assert found is (first < 0 and order % 2 == 1) or (found is None and order > 2)


def test_both_sides_include_0_itself() -> None:
    """h(t) > h(0) holds for every small t but 0."""
    square = fun(R, lambda t: t**2)
    statement: Callable[[Callable[[Term], Term]], Term] = lambda holds: exists(
        R, lambda r: (r > 0) & forall(R, lambda t: implies(abs(t) < r, holds(t)))
    )
    assert answer(statement(lambda t: square(t) >= 0), {}) is True
    assert answer(statement(lambda t: square(t) > 0), {}) is False
    assert answer(for_all_small(lambda t: square(t) > 0), {}) is True
    assert answer(statement(lambda t: t**3 > 0), {}) is False
    assert answer(statement(lambda t: t**3 < 1), {}) is True


def test_how_small_may_depend_on_alpha0_itself() -> None:
    """alpha0 = 1/4 serves, where 1 does not; whatever the answer is, it is not no."""
    statement = exists(
        R, lambda r: (r > 0) & forall(R, lambda t: implies(t > 0, t < r, r < Fraction(1, 2)))
    )
    assert answer_unless_refused(statement, {}, "balls cannot decide") is not False


@pytest.mark.parametrize("lipschitz", [1, 2, 3, Fraction(5, 8), 1000])
def test_bound_of_a_quadratic(lipschitz: Any) -> None:
    """2 / lipschitz leads from (1, 0) to (-1, 0), where the loss is the same."""
    at = {L: Quadratic((lipschitz, 0), (0, 0)), w: [1, 0], d: [-lipschitz, 0]}
    below, above = L(w + alpha * d) < L(w), L(w + alpha * d) <= L(w)
    bound = Fraction(2) / Fraction(lipschitz)
    for part in (Fraction(1, 2), 1 - TINY):
        assert answer(below, at, (alpha, bound * part)) is True
    for part in (1 + TINY, 1 + Fraction(1, 8), Fraction(3)):
        assert answer(below, at, (alpha, bound * part)) is False
        assert answer(above, at, (alpha, bound * part)) is False
    assert answer(below, at, (alpha, bound)) is (False if number(bound).is_exact() else None)
    assert answer(above, at, (alpha, bound)) is not False


@drawn(100)
@given(
    curves,
    pairs,
    pairs,
    st.sampled_from(list(RELATIONS)),
    st.sampled_from([Fraction(1, 4), Fraction(2), 9]),
)
def test_whole_ranges_are_decided_soundly(
    f: Curve, p: Any, q: Any, relation: str, bound: Any
) -> None:
    """A yes is true of each alpha tried, a no of some."""
    coefficients = f.along(p, q)
    statement: Any = RELATIONS[relation](L(w + alpha * d), L(w))
    found = answer(statement, {L: f, w: list(p), d: list(q)}, (alpha, Fraction(bound)))
    steps = [Fraction(bound) * k / 64 for k in range(1, 65)]
    holding = [
        RELATIONS[relation](sum(c * t**i for i, c in enumerate(coefficients) if i), 0)
        for t in steps
    ]
    assert all(holding) if found is True else not all(holding) if found is False else True


def test_a_range_with_a_pole() -> None:
    """Nothing is known across a pole: at 3/4 alpha + alpha^2 / (1 - 2 alpha) is negative."""
    f = alpha + alpha**2 / (1 - 2 * alpha)
    assert answer(f > 0, {}, (alpha, Fraction(1, 4))) is True
    assert answer(f > 0, {}, (alpha, Fraction(1))) is not True
    bump = Bumps("rational", (-1,), (1,), ((0,),))  # from 4 to -4 it is even, and beyond it rises
    for bound, expected in ((Fraction(7), True), (Fraction(16), False)):
        assert answer(L(w - alpha * d) < L(w), {L: bump, w: [4], d: [1]}, (alpha, bound)) in (
            expected,
            None,
        )


def test_a_range_of_a_formula() -> None:
    """and, or, not and implies: yes or no only of the whole range."""
    quarter = Fraction(1, 4)
    for f, expected in (
        ((alpha > 0) & (alpha < 1), True), ((alpha > 0) & (alpha < quarter), False),
        ((alpha < quarter) | (alpha > Fraction(1, 8)), True), (~(alpha < 0), True),
        (implies(alpha > 1, alpha < 0), True), (alpha != 0, True), (alpha == 0, False),
        (alpha**2 <= alpha, True), (alpha**2 >= alpha, False),
    ):  # fmt: skip
        assert answer(f, {}, (alpha, Fraction(1, 2))) in (expected, None), f
    cubic = alpha**2 > 2 * alpha**3  # whose terms of order 0 and 1 are 0
    assert [answer(cubic, {}, (alpha, Fraction(k, 8))) for k in (2, 8)] == [True, False]
    assert answer(abs(alpha - 1) < Fraction(1, 2), {}, (alpha, quarter)) is False
    assert answer(abs(alpha - quarter) <= quarter, {}, (alpha, quarter)) is not False
    assert answer(abs(alpha - quarter) < 1, {}, (alpha, quarter)) is True
    assert answer(alpha**2 < alpha, {}, (alpha, Fraction(1, 2))) is True
    assert answer(alpha < quarter, {}, (alpha, Fraction(1, 2))) is False


def test_what_is_found_at_the_end_of_a_part_is_not_taken_for_the_rest() -> None:
    """The first disjunct cannot be told at the end 1/3 of the first part, and fails beyond 1/2; the
    second fails at 1/3, and holds beyond 2/5: together they hold everywhere.
    """
    near = (x - alpha) ** 2 * (Fraction(1, 2) - alpha) >= 0
    at = {x: Fraction(1, 3), h: lambda t: t[0]}
    for beyond in (h(alpha) > Fraction(2, 5), alpha > Fraction(2, 5)):
        assert answer(near | beyond, at, (alpha, Fraction(64, 3))) is not False
