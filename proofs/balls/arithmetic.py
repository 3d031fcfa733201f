"""Ball arithmetic (python-flint): numbers and power series with rigorous bounds on their errors.

A ball is a number with such a bound, so an answer is yes, no or *cannot tell* (None): rounding
neither makes a counterexample nor hides one. A loss is a Python function of its coordinates that
also takes power series in one variable t. The coefficient of t^2, enclosed on *all* of [0, b],
settles every step in (0, b] at once, by Taylor's theorem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb, arb_poly, arb_series, ctx, fmpz_poly

from proofs.balls.traced import Traced
from proofs.kernel.terms import KernelError

Answer = bool | None
Ball = arb
BALLS = (arb, arb_series)
BITS = (64, 256, 1024, 4096)  # of precision, one after the other until there is an answer


class NotSmooth(KernelError):
    """A loss has a kink or a jump at a point where a smooth one is asked for."""


class precision:
    """Balls of so many bits (0: as many as now), and series up to t^order."""

    __slots__ = ("before", "bits", "order")

    def __init__(self, bits: int = 0, order: int = 2):
        self.bits, self.order = bits, order

    def __enter__(self) -> None:
        self.before = ctx.prec, ctx.cap
        ctx.prec, ctx.cap = self.bits or ctx.prec, self.order + 1

    def __exit__(self, *error: object) -> None:
        ctx.prec, ctx.cap = self.before


def number(value: object) -> Any:
    """An int, a Fraction or a ball as a ball; never a float."""
    if type(value) is int:
        return arb(value)
    if type(value) is Fraction:
        top, bottom = value.as_integer_ratio()
        return arb(top) / bottom
    if isinstance(value, BALLS):
        return value
    found = f"{value!r} ({type(value).__name__})"
    raise KernelError(f"{found} is no exact number; write Fraction(1, 10)")


NOT_KNOWN = arb.nan()  # a ball of which nothing is known


def is_ball(x: object) -> bool:
    """Whether x is a ball or a series of balls."""
    return isinstance(x, BALLS)


def is_series(x: object) -> bool:
    """Whether x is a series of balls."""
    return isinstance(x, arb_series)


@cache
def power_of_2(k: int) -> arb:
    """2^k, exactly."""
    return arb((1, k))


def scale(slope: arb, bent: arb) -> int:
    """A k <= 0 with 2^k at most |slope / bent|, and half of that if it can, where the two have
    opposite signs: up to 2^k, slope + bent t keeps the sign of slope. Otherwise 0.
    """
    ratio = (slope / bent).mid()
    if bent.contains(0) or not ratio < 0:
        return 0
    mantissa, exponent = ratio.man_exp()
    return min(0, int(exponent) + int(abs(mantissa)).bit_length() - 1)


def kind_of_number(x: object) -> tuple[type, int, int]:
    """What kind of number x is, and the precision and the order of series in force."""
    return type(x), ctx.prec, ctx.cap


def convert(values: Any, x: object) -> Any:
    """Exact numbers, in nested tuples, as numbers of the kind of x."""
    if type(values) is tuple:
        return tuple(convert(v, x) for v in values)
    if isinstance(x, arb_series):
        return arb_series([number(values)])
    return number(values) if isinstance(x, arb) else values


def fraction(x: arb, bits: int | None = None) -> Fraction:
    """The midpoint of a ball; rounded down to so many binary digits, if any are given."""
    mantissa, exponent = map(int, x.mid().man_exp())
    if bits is not None and (excess := mantissa.bit_length() - bits) > 0:
        mantissa, exponent = mantissa >> excess, exponent + excess
    return Fraction(mantissa << exponent) if exponent > 0 else Fraction(mantissa, 1 << -exponent)


def magnitude(x: arb) -> int:
    """The k with 2^(k-1) <= |x| < 2^k for the midpoint of a ball; 0 for 0."""
    mantissa, exponent = map(int, x.mid().man_exp())
    return exponent + mantissa.bit_length()


def above(x: arb) -> Fraction:
    """A fraction that is no less than any number in the ball."""
    return fraction(x.upper())


def coefficient(x: Any, order: int) -> arb:
    """The coefficient of t^order; a ball is a constant series, unless nothing is known of it."""
    if isinstance(x, arb_series):
        if x.prec <= order:  # where flint itself would answer 0
            raise KernelError(f"{x} is cut off before t^{order}")
        return x[order]
    return x if order == 0 or not x.is_finite() else arb(0)


def exp(x: Any) -> Any:
    """The exponential function."""
    return x.exp()


def log(x: Any) -> Any:
    """The natural logarithm."""
    return x.log()


def sin(x: Any) -> Any:
    """The sine."""
    return x.sin()


def tanh(x: Any) -> Any:
    """tanh, whose derivative is 1 - tanh^2."""
    if isinstance(x, Traced):
        return x.under("tanh", tanh)
    return _solution(_monotone(arb.tanh, coefficient(x, 0)), (1, 0, -1), x)


def sigmoid(x: Any) -> Any:
    """1 / (1 + exp(-x)), whose derivative is sigmoid - sigmoid^2."""
    if isinstance(x, Traced):
        return x.under("sigmoid", sigmoid)
    value: Callable[[arb], arb] = lambda end: 1 / (1 + (-end).exp())
    return _solution(_monotone(value, coefficient(x, 0)), (0, 1, -1), x)


def softplus(x: Any) -> Any:
    """log(1 + exp(x)), whose derivative is `sigmoid`."""
    if isinstance(x, Traced):
        return x.under("softplus", softplus)
    return _integral(_monotone(lambda end: end.exp().log1p(), coefficient(x, 0)), sigmoid, x)


def log_cosh(x: Any) -> Any:
    """log(cosh(x)), whose derivative is tanh."""
    if isinstance(x, Traced):
        return x.under("log_cosh", log_cosh)
    value: Callable[[arb], arb] = lambda size: size + (-2 * size).exp().log1p() - arb(2).log()
    x0 = coefficient(x, 0)
    return _integral(value(abs(x0.abs_lower())).union(value(x0.abs_upper())), tanh, x)


def _monotone(f: Callable[[arb], arb], x: arb) -> arb:
    """The values of an increasing function on a ball, from its ends."""
    return f(x) if x.is_exact() else f(x.lower()).union(f(x.upper()))


def _solution(start: arb, rate: tuple[int, ...], x: Any) -> Any:
    """y(x), where y' is the polynomial in y with the coefficients `rate`, and y(x(0)) is `start`.

    Every derivative is then a polynomial in y, and stays bounded on wide balls; more closely in
    powers of y - middle than in powers of y.
    """
    if isinstance(x, arb):
        return start
    middle = start.mid()
    off, shifted = start - middle, arb_poly([middle, 1])
    total, power, step = arb_series([start]), arb_series([1]), without_constant(x)
    for k, derivative in enumerate(_derivatives(rate, ctx.cap - 1, ctx.prec), 1):
        power = power * step / k
        total = total + power * derivative(shifted)(off)
    return total


@cache
def _derivatives(rate: tuple[int, ...], order: int, bits: int) -> list[arb_poly]:
    """The first derivatives of y as polynomials in y, where y' = rate(y), to so many bits."""
    found, p = [], fmpz_poly([0, 1])
    for _ in range(order):
        p = p.derivative() * fmpz_poly(list(rate))
        found.append(arb_poly(p))
    return found


def _integral(start: arb, slope: Callable[[Any], Any], x: Any) -> Any:
    return start if isinstance(x, arb) else start + (slope(x) * x.derivative()).integral()


def total(terms: Iterable[Any]) -> Any:
    """The sum of one term or more: not 0 + ..., since a series would have to be made of the 0."""
    rest = iter(terms)
    return sum(rest, next(rest))


def times(x: Any, y: Any) -> Any:
    """x y; flint is quicker where the series comes first."""
    return y * x if is_series(y) else x * y


def whole_power(x: Any, n: int) -> Any:
    """x^n for n >= 1, by multiplication: flint's own power of a ball about 0 is not known (nan)."""
    result = x
    for _ in range(n - 1):
        result = result * x
    return result


def without_constant(x: Any) -> Any:
    """x - x(0), exactly: the ball of a constant minus itself would not be 0."""
    return arb_series([0, *x.coeffs()[1:]], x.prec) if isinstance(x, arb_series) else arb(0)


def without_derivatives(value: arb, x: object) -> Any:
    """A value at x, of the kind of x, whose derivatives do not exist."""
    return arb_series([value, *[NOT_KNOWN] * (ctx.cap - 1)]) if is_series(x) else value


def variable(about: arb, side: int = 1) -> arb_series:
    """The series side (about + t) in t."""
    return arb_series([side * about, side])


def up_to(bound: arb) -> arb:
    """A ball that contains [0, bound]."""
    return arb(0).union(bound)


def holds(difference: arb, relation: str) -> Answer:
    """Whether difference relation 0: yes or no only if it is so for the whole ball."""
    if relation == "!=":
        return negated(holds(difference, "=="))
    if relation == "==":
        return True if difference.is_zero() else None if difference.contains(0) else False
    if relation == "<":
        return True if difference < 0 else False if difference >= 0 else None
    if relation == "<=":
        return True if difference <= 0 else False if difference > 0 else None
    raise KernelError(f"{relation!r} is no relation that balls know: <, <=, ==, !=")


def all_hold(answers: Any) -> Answer:
    """True if all answers are, False if one is."""
    unsure = False
    for answer in answers:
        if answer is False:
            return False
        unsure = unsure or answer is None
    return None if unsure else True


def negated(answer: Answer) -> Answer:
    """The opposite answer."""
    return None if answer is None else not answer


def shown(point: Sequence[arb]) -> str:
    """A point, in decimals."""
    return f"({', '.join(p.str(12, radius=False) for p in point)})"


def check_finite(value: Any, point: Sequence[arb], f: object) -> None:
    """Raises where f, at an exact point, is not finite, or (given as a series) not smooth."""
    for x in value if isinstance(value, list) else [value]:
        if type(x) is arb and x.is_finite():
            continue
        if not coefficient(x, 0).is_finite():
            found = f"{f} is {coefficient(x, 0)} at {shown(point)}"
            raise KernelError(f"{found}; a loss has a finite value everywhere")
        if isinstance(x, arb_series) and not all(map(arb.is_finite, x.coeffs())):
            raise NotSmooth(f"{f} is not smooth at {shown(point)}")
