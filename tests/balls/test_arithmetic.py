"""Balls: exact numbers lie in them, answers are of the whole ball, and the rest is refused."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from hypothesis import given

from proofs.balls import arithmetic
from proofs.balls.arithmetic import (
    NOT_KNOWN, above, all_hold, coefficient, convert, fraction, holds, is_ball, is_series, negated,
    number, power_of_2, precision, scale, up_to,
)  # fmt: skip
from proofs.balls.derivatives import series_along
from proofs.kernel import KernelError, real
from tests.balls.inside import contains
from tests.balls.polynomials import TINY, drawn, fractions, interval
from tests.kernel.refusals import refuses

pytestmark = pytest.mark.usefixtures("bits")


def test_precision_is_put_back() -> None:
    before = arithmetic.kind_of_number(number(1))
    with precision(999, 7):
        assert arithmetic.kind_of_number(number(1))[1:] == (999, 8)
    assert arithmetic.kind_of_number(number(1)) == before
    with pytest.raises(ZeroDivisionError), precision(999, 7):
        Fraction(1, 0)
    assert arithmetic.kind_of_number(number(1)) == before


def test_numbers() -> None:
    for value in (0, -7, 10**40, Fraction(1, 3), Fraction(-5, 8)):
        assert contains(number(value), value)
    assert number(Fraction(3, 8)).is_exact()
    assert not number(Fraction(1, 3)).is_exact()
    assert number(NOT_KNOWN) is NOT_KNOWN
    series = series_along(lambda w: w[0], [number(1)], [1], 2)
    assert number(series) is series
    assert is_ball(series)
    assert is_series(series)
    assert is_ball(NOT_KNOWN)
    assert not is_series(NOT_KNOWN)
    assert not is_ball(1)


@pytest.mark.parametrize(
    "value", [0.5, math.nan, True, "1", "1/2", None, 1j, [1], sympy.Integer(1), real("x")]
)
def test_what_is_no_exact_number_is_refused(value: Any) -> None:
    with pytest.raises(
        KernelError, match=r"is no exact number; write Fraction\(1, 10\)"
    ) as refusal:
        number(value)
    assert f"{value!r} ({type(value).__name__})" in str(refusal.value)
    refuses("is no exact number", lambda: convert((value,), number(1)))


@drawn(100)
@given(fractions)
def test_convert_keeps_the_values_and_their_nesting(c: Fraction) -> None:
    nested = ((c, 1), (2, (c,)))
    assert convert(nested, c) == nested
    (a, _), (_, (b,)) = convert(nested, number(1))
    assert contains(a, c)
    assert contains(b, c)
    (a, one), _ = convert(nested, series_along(lambda w: w[0], [number(0)], [1], 1))
    assert is_series(a)
    assert contains(coefficient(a, 0), c)
    assert contains(coefficient(one, 0), 1)


@drawn(100)
@given(fractions, fractions)
def test_bounds_and_midpoints(a: Fraction, b: Fraction) -> None:
    ball = interval(min(a, b), max(a, b))
    assert above(ball) >= max(a, b)
    assert above(ball) <= max(a, b) + TINY
    assert abs(fraction(ball) - (a + b) / 2) <= TINY
    assert contains(up_to(number(a)), 0)
    assert contains(up_to(number(a)), a)
    assert contains(up_to(number(a)), a / 3)


def test_the_midpoint_of_what_is_not_known_is_refused() -> None:
    for of in (above, fraction):
        with pytest.raises(ValueError, match="finite"):
            of(NOT_KNOWN)


@drawn(100)
@given(fractions, fractions)
def test_scale_is_a_power_of_2_below_the_ratio(slope: Fraction, bent: Fraction) -> None:
    """Where slope + bent t has a zero in (0, 1), it is at most twice as far."""
    found = scale(number(slope), number(bent))
    if slope * bent < 0 and abs(slope / bent) < 1:
        assert found <= 0
        assert abs(slope / bent) / 2 <= Fraction(2) ** found <= abs(slope / bent)
    else:
        assert found == 0


def test_scale_where_there_is_none() -> None:
    one = number(1)
    for slope, bent in (
        (NOT_KNOWN, one),
        (one, NOT_KNOWN),
        (one, interval(-1, 1)),
        (number(0), one),
    ):
        assert scale(slope, bent) == 0


def test_powers_of_2_are_exact() -> None:
    for k in (-5000, -1, 0, 1, 70):
        assert power_of_2(k).is_exact()
        assert contains(power_of_2(k), Fraction(2) ** k)


@pytest.mark.parametrize(
    ("ball", "answers"),
    [
        (number(-1), (True, True, False, True)),
        (number(0), (False, True, True, False)),
        (number(1), (False, False, False, True)),
        (interval(1, 2), (False, False, False, True)),
        (interval(-2, -1), (True, True, False, True)),
        (interval(-1, 1), (None, None, None, None)),
        (interval(-1, 2), (None, None, None, None)),
        (number(Fraction(1, 3)) * 3 - 1, (None, None, None, None)),
        (NOT_KNOWN, (None, None, None, None)),
    ],
)
def test_three_answers(ball: Any, answers: tuple[bool | None, ...]) -> None:
    """ball < 0, <= 0, == 0, != 0: True or False only of the whole ball, and else None."""
    assert [holds(ball, relation) for relation in ("<", "<=", "==", "!=")] == list(answers)
    assert all(holds(ball, relation) in (True, False, None) for relation in ("<", "<=", "==", "!="))


@pytest.mark.parametrize("relation", [">", ">=", "<>", "", "=<"])
def test_no_other_relation_is_known(relation: str) -> None:
    """Above all, none is taken for another."""
    with pytest.raises((KernelError, KeyError)):
        holds(number(-1), relation)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_powers_of_a_ball_about_0(n: int) -> None:
    """Finite, which flint's own are not; x^n for x in [-1, 1/2]."""
    for ball in (interval(-1, 1), series_along(lambda w: w[0], [interval(-1, 1)], [0], 2)):
        found = coefficient(arithmetic.whole_power(ball, n), 0)
        assert all(contains(found, x**n) for x in (Fraction(-1), Fraction(0), Fraction(1, 2)))
    assert contains(
        coefficient(
            series_along(lambda w: arithmetic.whole_power(w[0], n), [number(2)], [1], 1), 1
        ),
        n * 2 ** (n - 1),
    )


def test_a_ball_that_touches_0() -> None:
    """-[0, 1] < 0 cannot be told."""
    touching = abs(interval(-1, 1))
    assert holds(-touching, "<") is None
    assert holds(touching, "==") is None
    assert holds(touching, "!=") is None


def test_all_hold() -> None:
    """As in Kleene's logic: one no is a no, whatever else is unsure."""
    for answers in product([True, False, None], repeat=3):
        expected = False if False in answers else None if None in answers else True
        assert all_hold(answers) is expected
        assert all_hold(iter(answers)) is expected
    assert all_hold([]) is True
    assert [negated(x) for x in (True, False, None)] == [False, True, None]
