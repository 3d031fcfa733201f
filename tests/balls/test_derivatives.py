"""Derivatives in balls contain the exact ones, of polynomials and by sympy; and are narrow."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from proofs.balls import arithmetic
from proofs.balls.arithmetic import NOT_KNOWN, coefficient, fraction, number
from proofs.balls.derivatives import gradient_on, hessian_on, is_positive_definite, series_along
from tests.balls.inside import contains, radius
from tests.balls.polynomials import (
    TINY, Point, Polynomial, between, drawn, fractions, interval, mirrored, polynomials,
)  # fmt: skip
from tests.kernel.refusals import refuses

pytestmark = pytest.mark.usefixtures("bits")
unit = st.builds(Fraction, st.integers(0, 7), st.just(7))
widths = st.sampled_from([Fraction(1, 2**k) for k in (0, 1, 4, 20)])


# -------------------------------------------------------------------------------------- polynomials
@drawn(60)
@given(
    polynomials(4),
    st.tuples(fractions, fractions),
    st.tuples(widths, widths),
    st.lists(st.tuples(unit, unit)),
)
def test_enclosures_contain_the_exact_derivatives_of_polynomials(
    f: Polynomial, corner: Point, sizes: Point, parts: list[Point]
) -> None:
    sides = [(x, x + size) for x, size in zip(corner, sizes, strict=True)]
    box = [interval(a, b) for a, b in sides]
    value, first, second = f(box), gradient_on(f, box), hessian_on(f, box)
    for w in (between(sides, p) for p in [(Fraction(0), Fraction(1)), *parts]):
        g, h = f.gradient(w), f.hessian(w)
        assert contains(value, f(w))
        assert all(map(contains, first, g))
        assert all(contains(second[i][j], h[i][j]) for i in range(2) for j in range(2))


@drawn(30)
@given(
    polynomials(4),
    st.tuples(fractions, fractions),
    st.tuples(fractions, fractions),
    widths,
    st.lists(unit),
)
def test_series_contain_the_exact_coefficients_of_polynomials(
    f: Polynomial, w: Point, d: Point, upto: Fraction, parts: list[Fraction]
) -> None:
    """Of t |-> f(w + t d), at each t of [0, upto]; from five exact equations."""
    series = series_along(f, [number(x) for x in w], [number(x) for x in d], 4, upto)
    for t in [Fraction(0), upto, *(p * upto for p in parts)]:
        values = [f([x + (t + k) * y for x, y in zip(w, d, strict=True)]) for k in range(-2, 3)]
        system = sympy.Matrix(5, 5, lambda k, i: (k - 2) ** i)
        exact = system.LUsolve(
            sympy.Matrix([sympy.Rational(v.numerator, v.denominator) for v in values])
        )
        assert all(contains(coefficient(series, i), exact[i]) for i in range(5))


# -------------------------------------------------------------------- exp, log, tanh and the others
class Symbolic:
    """The functions that balls know, for sympy."""

    exp, log, tanh = sympy.exp, sympy.log, sympy.tanh
    sigmoid: Callable[[Any], Any] = staticmethod(lambda x: 1 / (1 + sympy.exp(-x)))
    softplus: Callable[[Any], Any] = staticmethod(lambda x: sympy.log(1 + sympy.exp(x)))
    log_cosh: Callable[[Any], Any] = staticmethod(lambda x: sympy.log(sympy.cosh(x)))


# Of x, y in [-3, 3], where m is `arithmetic` or `Symbolic`.
PLANE: dict[str, Callable[[Any, Any, Any], Any]] = {
    "exp(x y)": lambda m, x, y: m.exp(x * y),
    "log(4 + x + y^2)": lambda m, x, y: m.log(4 + x + y * y),
    "tanh(x - 2 y) x": lambda m, x, y: m.tanh(x - 2 * y) * x,
    "sigmoid(x y)": lambda m, x, y: m.sigmoid(x * y),
    "softplus(x^2 - y)": lambda m, x, y: m.softplus(x * x - y),
    "log_cosh(x + y)^2": lambda m, x, y: m.log_cosh(x + y) * m.log_cosh(x + y),
    "(tanh(x) - tanh(y))^2": lambda m, x, y: (m.tanh(x) - m.tanh(y)) * (m.tanh(x) - m.tanh(y)),
    "1 / (8 + x y^2 / 9)": lambda m, x, y: 1 / (8 + x * y * y / 9),
    "y tanh(x softplus(y))": lambda m, x, y: y * m.tanh(x * m.softplus(y)),
    "log(exp(x) + exp(y - x) + exp(-y))": lambda m, x, y: m.log(
        m.exp(x) + m.exp(y - x) + m.exp(-y)
    ),
    "softplus(log_cosh(x) sigmoid(y))": lambda m, x, y: m.softplus(m.log_cosh(x) * m.sigmoid(y)),
    "exp(-x^2 - y^2)": lambda m, x, y: m.exp(-x * x - y * y),
}
LINE: dict[str, Callable[[Any, Any], Any]] = {
    "exp": lambda m, x: m.exp(x),
    "log(5 + x)": lambda m, x: m.log(5 + x),
    "tanh": lambda m, x: m.tanh(x),
    "sigmoid": lambda m, x: m.sigmoid(x),
    "softplus": lambda m, x: m.softplus(x),
    "log_cosh": lambda m, x: m.log_cosh(x),
    "tanh(x^2)": lambda m, x: m.tanh(x * x),
}
X, Y = sympy.symbols("X Y", real=True)


@cache
def symbolic(name: str, *by: Any) -> Any:
    """A derivative of one of these functions."""
    f = PLANE[name](Symbolic, X, Y) if name in PLANE else LINE[name](Symbolic, X)
    return f.diff(*by) if by else f


def exactly(name: str, w: Point, *by: Any) -> Any:
    """Its value at a point."""
    at = {s: sympy.Rational(x.numerator, x.denominator) for s, x in zip((X, Y), w, strict=False)}
    return symbolic(name, *by).evalf(60, subs=at, maxn=1000)


near = st.builds(Fraction, st.integers(-20, 20), st.sampled_from([8, 9]))


@drawn(6)
@given(st.tuples(near, near), st.tuples(widths, widths), st.tuples(unit, unit))
@pytest.mark.parametrize("name", PLANE)
def test_enclosures_contain_the_derivatives_by_sympy(
    name: str, corner: Point, sizes: Point, part: Point
) -> None:
    """At each point of the box; and at the point itself to 40 bits or more."""
    f: Callable[[Any], Any] = lambda w: PLANE[name](arithmetic, *w)
    sides = [(x, x + size / 4) for x, size in zip(corner, sizes, strict=True)]
    w = between(sides, part)
    for box in ([interval(a, b) for a, b in sides], [number(x) for x in w]):
        first, second = gradient_on(f, box), hessian_on(f, box)
        parts = {
            (): f(box),
            (X,): first[0],
            (Y,): first[1],
            (X, X): second[0][0],
            (X, Y): second[0][1],
        }
        parts |= {(Y, X): second[1][0], (Y, Y): second[1][1]}
        assert all(contains(ball, exactly(name, w, *by)) for by, ball in parts.items())
    assert all(radius(ball) <= (1 + abs(fraction(ball))) / 2**40 for ball in parts.values())


@drawn(6)
@given(near, st.tuples(near, near), st.tuples(near, near))
@pytest.mark.parametrize("name", PLANE)
def test_series_along_a_direction(name: str, t: Fraction, w: Point, d: Point) -> None:
    """f(w + t d) has the coefficients f, d.grad f and d.Hd / 2, for t of [0, 1/16] at once."""
    f: Callable[[Any], Any] = lambda w: PLANE[name](arithmetic, *w)
    t = abs(t) / 64
    series = series_along(f, [number(x) for x in w], [number(x) for x in d], 2, Fraction(1, 16))
    there = [x + t * y for x, y in zip(w, d, strict=True)]
    a, b = (sympy.Rational(x.numerator, x.denominator) for x in d)
    slope = a * exactly(name, there, X) + b * exactly(name, there, Y)
    bend = a * a * exactly(name, there, X, X) + 2 * a * b * exactly(name, there, X, Y)
    exact = (exactly(name, there), slope, (bend + b * b * exactly(name, there, Y, Y)) / 2)
    assert all(contains(coefficient(series, i), sympy.Float(x, 60)) for i, x in enumerate(exact))


@drawn(10)
@given(near, widths, unit)
@pytest.mark.parametrize("name", LINE)
def test_series_of_high_order(name: str, x: Fraction, width: Fraction, part: Fraction) -> None:
    """Five derivatives of a function of one variable, on an interval."""
    series = series_along(lambda w: LINE[name](arithmetic, *w), [number(x)], [1], 5, width)
    for k in range(6):
        exact = exactly(name, [x + part * width], *[X] * k) / math.factorial(k)
        assert contains(coefficient(series, k), sympy.Float(exact, 60))


@pytest.mark.parametrize("name", PLANE)
def test_a_small_box_has_narrow_enclosures(name: str) -> None:
    """Of width 2^-20, where none of the derivatives is above 2^10."""
    f: Callable[[Any], Any] = lambda w: PLANE[name](arithmetic, *w)
    box = [interval(x, x + TINY) for x in (Fraction(1, 2), Fraction(-1, 3))]
    found = [f(box), *gradient_on(f, box), *(x for row in hessian_on(f, box) for x in row)]
    assert all(radius(ball) <= 2**10 * TINY for ball in found)


def test_slopes_are_close_where_they_turn() -> None:
    """On [-1/8, 1/8] the slope of sigmoid is within 1/1024 of 1/4; in powers of s, s - s^2 would be
    within 1/32 only.
    """
    eighth = interval(Fraction(-1, 8), Fraction(1, 8))
    slope = coefficient(series_along(lambda w: arithmetic.sigmoid(w[0]), [eighth], [1], 2), 1)
    assert contains(slope, Fraction(1, 4))
    assert radius(slope) < Fraction(1, 900)


@pytest.mark.parametrize("ends", [(-50, 50), (-1, 1000), (-(10**6), 10**6)])
@pytest.mark.parametrize("name", ["tanh", "sigmoid", "softplus", "log_cosh"])
def test_wide_balls(name: str, ends: tuple[int, int]) -> None:
    """All values and derivatives of the interval are enclosed, and what encloses them is finite."""
    series = series_along(lambda w: LINE[name](arithmetic, *w), [interval(*ends)], [1], 3)
    inside = [Fraction(x) for x in (*ends, 0, 1, Fraction(-1, 3), 20) if ends[0] <= x <= ends[1]]
    for k, x in product(range(4), inside):
        if (
            not k or abs(x) < 100
        ):  # farther off the derivatives are so near their limits that sympy gives up
            exact = exactly(name, [x], *[X] * k) / math.factorial(k)
            assert contains(coefficient(series, k), sympy.Float(exact, 60)), (k, x)
    assert all(radius(coefficient(series, k)) <= 4 for k in range(1, 4))


def test_a_series_that_is_cut_off_is_refused() -> None:
    """(x^2 + x^3) / x is known up to t only at x = 0; for t^2 flint would answer 0, and not 1."""
    quotient: Callable[[Sequence[Any]], Any] = lambda w: (w[0] ** 2 + w[0] ** 3) / w[0]
    refuses(r"cut off before t\^2", lambda: hessian_on(quotient, [number(0)]))
    refuses(
        r"cut off before t\^3", lambda: coefficient(series_along(quotient, [number(1)], [1], 2), 3)
    )
    assert contains(hessian_on(quotient, [number(1)])[0][0], 2)
    assert contains(coefficient(number(3), 0), 3)
    assert contains(coefficient(number(3), 5), 0)


@pytest.mark.parametrize(
    "f",
    [arithmetic.exp, arithmetic.tanh, arithmetic.sigmoid, arithmetic.softplus, arithmetic.log_cosh],
)
def test_a_function_of_a_series_that_is_cut_off_is_cut_off(f: Callable[[Any], Any]) -> None:
    """(f(x + x^2))'' is f''(0) + 2 f'(0) at 0, where the argument is known that far."""
    quotient: Callable[[Sequence[Any]], Any] = lambda w: f((w[0] ** 2 + w[0] ** 3) / w[0])
    refuses(r"cut off before t\^2", lambda: hessian_on(quotient, [number(0)]))
    whole: Callable[[Sequence[Any]], Any] = lambda w: f(w[0] + w[0] ** 2)
    assert hessian_on(whole, [number(0)])[0][0].is_finite()


# ------------------------------------------------------------------------------------- definiteness
matrices = st.integers(1, 4).flatmap(
    lambda n: st.tuples(
        st.lists(fractions, min_size=n, max_size=n),
        st.lists(fractions, min_size=n, max_size=n).filter(any),
    )
)


@drawn(150)
@given(matrices, st.sampled_from([0, Fraction(1, 2**40), Fraction(1, 4)]))
def test_definite_exactly_if_all_eigenvalues_are_positive(
    given_: tuple[list[Fraction], list[Fraction]], spread: Fraction
) -> None:
    """Widened by `spread`, eigenvalues move by n spread at most; the matrix stays inside."""
    spectrum, mirror = given_
    matrix = [[interval(x - spread, x + spread) for x in row] for row in mirrored(spectrum, mirror)]
    told = is_positive_definite(matrix)
    assert type(told) is bool
    if min(spectrum) <= len(spectrum) * spread:
        assert not (told and min(spectrum) <= spread)
    if spread < Fraction(1, 4):
        assert told is (min(spectrum) > 0)


def test_definite_undecided() -> None:
    one, zero = number(1), number(0)
    assert is_positive_definite([[one]])
    assert is_positive_definite(
        [[one, interval(0, Fraction(9, 10))], [interval(0, Fraction(9, 10)), one]]
    )
    assert not is_positive_definite([[one, interval(0, 2)], [interval(0, 2), one]])
    assert not is_positive_definite([[interval(-1, 1)]])
    assert not is_positive_definite([[zero]])
    assert not is_positive_definite([[NOT_KNOWN]])
    assert not is_positive_definite([[one, NOT_KNOWN], [NOT_KNOWN, one]])
    assert not is_positive_definite([[zero, one], [one, zero]])
    assert not is_positive_definite([[one, zero], [zero, NOT_KNOWN]])
