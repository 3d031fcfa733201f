"""Balls: what they enclose is compared with exact values, what they do not show is refused.

The values to compare with come from Fractions, for polynomials, and otherwise from sympy's
derivatives, to 60 digits.
"""

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
from proofs.kernel import KernelError, real
from proofs.balls.arithmetic import (
    NOT_KNOWN, above, all_hold, coefficient, convert, fraction, holds, is_ball, is_series, negated,
    number, power_of_2, precision, scale, up_to,
)  # fmt: skip
from proofs.balls.derivatives import gradient_on, hessian_on, is_positive_definite, series_along
from tests.balls.polynomials import (
    Point,
    Polynomial,
    TINY,
    between,
    drawn,
    fractions,
    interval,
    mirrored,
    polynomials,
)
from tests.kernel.refusals import refuses

pytestmark = pytest.mark.usefixtures("bits")

SLACK = Fraction(1, 10**50)  # sympy's 60 digits are that exact, for values below 10^10


def radius(ball: Any) -> Fraction:
    """Half of the width of a finite ball."""
    return fraction(ball.rad())


def rational(value: Any) -> Fraction:
    """A number of sympy."""
    return Fraction(*map(int, sympy.Rational(value).as_numer_denom()))


def contains(ball: Any, value: Any) -> bool:
    """Whether the exact value, or sympy's number, lies in a ball, which must be finite."""
    exact: Fraction = Fraction(value) if isinstance(value, int | Fraction) else rational(value)
    slack = SLACK * (1 + abs(exact)) if isinstance(value, sympy.Float) else Fraction(0)
    assert ball.is_finite()
    return abs(exact - fraction(ball)) <= radius(ball) + slack


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


PLANE: dict[
    str, Callable[[Any, Any, Any], Any]
] = {  # of x, y in [-3, 3]; m is `balls` or `Symbolic`
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
    "exp": lambda m, x: m.exp(x), "log(5 + x)": lambda m, x: m.log(5 + x), "tanh": lambda m, x: m.tanh(x),
    "sigmoid": lambda m, x: m.sigmoid(x), "softplus": lambda m, x: m.softplus(x),
    "log_cosh": lambda m, x: m.log_cosh(x), "tanh(x^2)": lambda m, x: m.tanh(x * x),
}  # fmt: skip
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
    """f''(0) + 2 f'(0) is the second derivative of f(x + x^2); the x^2 has to be known."""
    quotient: Callable[[Sequence[Any]], Any] = lambda w: f((w[0] ** 2 + w[0] ** 3) / w[0])
    refuses(r"cut off before t\^2", lambda: hessian_on(quotient, [number(0)]))
    whole: Callable[[Sequence[Any]], Any] = lambda w: f(w[0] + w[0] ** 2)
    assert hessian_on(whole, [number(0)])[0][0].is_finite()


def test_precision_is_put_back() -> None:
    before = arithmetic.kind_of_number(number(1))
    with precision(999, 7):
        assert arithmetic.kind_of_number(number(1))[1:] == (999, 8)
    assert arithmetic.kind_of_number(number(1)) == before
    with pytest.raises(ZeroDivisionError), precision(999, 7):
        Fraction(1, 0)
    assert arithmetic.kind_of_number(number(1)) == before


# ------------------------------------------------------------------------------ numbers and answers
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
