"""Balls and series of balls: exact constants, and the elementary functions on both, sound on wide
balls.

A `Function` is one trusted rule: its value on a ball, and its series. The derivative that forward
and reverse mode use is the coefficient of the series, so there is no second formula to get wrong.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import factorial
from threading import RLock
from typing import Any

from flint import arb, arb_series, ctx, fmpq, fmpz_poly

from proofs.certify.errors import BadCall, NotUnderstood

ZERO, ONE, HALF = arb(0), arb(1), arb(0.5)
NOT_KNOWN = arb.nan()  # the ball of which nothing is known
_LOCK = RLock()


@contextmanager
def working(bits: int, order: int = 1) -> Iterator[None]:
    """Balls of so many bits, and series up to t^order; flint's settings are put back at the end.

    flint has one setting for the whole process, so only one thread at a time may be inside.
    """
    with _LOCK:
        before = ctx.prec, ctx.cap
        ctx.prec, ctx.cap = bits, order + 1
        try:
            yield
        finally:
            ctx.prec, ctx.cap = before


def exact(value: Any) -> arb:
    """A number of Python or numpy as the ball of radius 0 that it is.

    Raises BadCall for what is no real number (complex, a string, None).
    """
    kind = type(value)
    if kind is float or kind is int:
        return arb(value)
    if kind is arb:
        return value
    if isinstance(value, Fraction):
        return arb(fmpq(value.numerator, value.denominator))
    if isinstance(value, numbers.Integral) or kind.__name__ in ("bool", "bool_"):
        return arb(int(value))
    if isinstance(value, numbers.Real) or (
        kind.__module__ == "numpy" and kind.__name__.startswith("float")
    ):
        same = float(value)
        if kind.__name__ in ("longdouble", "float128") and kind(same) != value and value == value:
            raise NotUnderstood("a constant of type longdouble", "use doubles")
        return arb(same)
    if getattr(value, "shape", None) == () and hasattr(value, "item"):
        return exact(value.item())
    raise BadCall(f"{value!r} ({kind.__name__}) is no real number")


def coefficient(series: Any, order: int) -> arb:
    """The coefficient of t^order of a series or of a constant; nan where the series is cut off
    before.
    """
    if isinstance(series, arb_series):
        return series[order] if series.prec > order else NOT_KNOWN
    return series if order == 0 or not series.is_finite() else ZERO


def union(balls: list[arb]) -> arb:
    """The smallest ball around all."""
    whole = balls[0]
    for ball in balls[1:]:
        whole = whole.union(ball)
    return whole


def square(x: arb) -> arb:
    """x^2; a ball about 0 gives [0, ...] and not [-..., ...]."""
    if x > ZERO or x < ZERO or x.is_exact():
        return x * x
    return ZERO.union(x.abs_upper() * x.abs_upper()) if x.is_finite() else NOT_KNOWN


def norm(balls: list[arb]) -> arb:
    """A ball around the Euclidean norm, finite also where the ball of the squares reaches below
    0.
    """
    total = sum((square(x) for x in balls), ZERO)
    if total.lower() > ZERO or total.is_zero() or not total.is_finite():
        return total.sqrt()
    return ZERO.union(total.abs_upper().sqrt())


def upper(x: arb) -> float:
    """A float no less than any number in the ball (infinite if it must be)."""
    return _outward(x.upper(), True)


def lower(x: arb) -> float:
    """A float no more than any number in the ball."""
    return _outward(x.lower(), False)


def _outward(end: arb, up: bool) -> float:
    from math import inf, nextafter

    if not end.is_finite():
        return (inf if up else -inf) if end.is_nan() or not end.is_exact() else float(end)
    near = float(end)
    while arb(near) < end if up else arb(near) > end:
        near = nextafter(near, inf if up else -inf)
    return near


def middle(x: arb) -> float:
    """The float nearest the midpoint: for words, never for a decision."""
    return float(x.mid())


@dataclass(frozen=True)
class Function:
    """A smooth function of one variable: its rule on balls, and its rule on series of balls."""

    name: str
    ball: Callable[[arb], arb]
    series: Callable[[arb_series], arb_series]


def unknown(prec: int) -> arb_series:
    """The series of which nothing is known."""
    return arb_series([NOT_KNOWN] * prec, prec)


def series_of(function: Function, x: arb_series) -> arb_series:
    """function(x); flint raises where a denominator may be 0, and then nothing is known."""
    try:
        return function.series(x)
    except (ValueError, ZeroDivisionError):
        return unknown(x.prec)


def reciprocal(x: arb_series) -> arb_series:
    """1 / x; nothing is known where x may be 0."""
    try:
        return 1 / x
    except (ValueError, ZeroDivisionError):
        return unknown(x.prec)


def _monotone(f: Callable[[arb], arb]) -> Callable[[arb], arb]:
    """The values of an increasing function on a ball, from its ends."""
    return lambda x: f(x) if x.is_exact() else f(x.lower()).union(f(x.upper()))


@cache
def _sigmoid_form(order: int) -> fmpz_poly:
    """A derivative of the sigmoid as a polynomial in its value s, from s' = s (1 - s)."""
    s = fmpz_poly([0, 1])
    return s if order == 0 else _sigmoid_form(order - 1).derivative() * s * (1 - s)


@cache
def _sigmoid_turns(order: int) -> list[tuple[float, arb]]:
    """Where a derivative of the sigmoid turns, as values s to 2^-50, and what it is there."""
    roots = [root for root, _ in _sigmoid_form(order + 1).complex_roots()]
    places = [arb(root.real) for root in roots if root.imag.contains(0)]
    inner = [s for s in places if not (s.overlaps(ZERO) or s.overlaps(ONE))]  # never reached
    return [(float(s.mid()), _sigmoid_form(order)(s) / factorial(order + 1)) for s in inner]


def _softplus_coefficients(x: arb, length: int) -> list[arb]:
    """Taylor's coefficients of the softplus, whose derivative is the sigmoid, about any point of a
    ball: each is between its values at the ends and where it turns.
    """
    found, near = [], []
    for end in (x.lower(), x.upper()):
        growth = arb_series([-abs(end), ONE], length).exp()
        below = growth / (1 + growth)  # the sigmoid about -|x|, where it is not near 1
        out = [growth[0].log1p(), *(below[k - 1] / k for k in range(1, length))]
        if end > ZERO:  # softplus(x) = x + softplus(-x)
            out = [-c if k % 2 else c for k, c in enumerate(out)]
            out[0], out[1] = out[0] + end, out[1] + 1
        near.append(float(out[1].mid()))
        found.append(out)
    low, high = min(near) - 2.0**-40, max(near) + 2.0**-40
    whole = [one.union(other) for one, other in zip(*found, strict=True)]
    for k in range(2, length):
        for s, turned in _sigmoid_turns(k - 1):
            if low <= s <= high:
                whole[k] = whole[k].union(turned)
    return whole


def composed(outer: list[arb], x: arb_series) -> arb_series:
    """sum outer_k (x - x_0)^k, where x_0 is the constant of x."""
    prec = min(ctx.cap, x.prec)
    return arb_series(outer, prec)(arb_series([ZERO, *x.coeffs()[1:]], prec))


def _softplus_slow(x: arb_series) -> arb_series:
    return composed(_softplus_coefficients(coefficient(x, 0), max(min(ctx.cap, x.prec), 2)), x)


def _sigmoid_slow(x: arb_series) -> arb_series:
    slopes = _softplus_coefficients(coefficient(x, 0), min(ctx.cap, x.prec) + 1)[1:]
    return composed([c * k for k, c in enumerate(slopes, 1)], x)


def _tanh_slow(x: arb_series) -> arb_series:
    found = 2 * _sigmoid_slow(2 * x)
    return arb_series([_tanh(coefficient(x, 0)), *found.coeffs()[1:]], found.prec)


def _integral(value: Callable[[arb], arb], slope: Any) -> Callable[[arb_series], arb_series]:
    """The series of y(x) where y' = slope(x)."""

    def series(x: arb_series) -> arb_series:
        rest = (slope(x) * x.derivative()).integral()
        return arb_series([value(coefficient(x, 0)), *rest.coeffs()[1:]], min(ctx.cap, x.prec))

    return series


def _where_narrow(
    quick: Callable[[arb_series], arb_series], slow: Callable[[arb_series], arb_series]
) -> Callable[[arb_series], arb_series]:
    """flint's own series where the constant is nearly a point; on a wide ball they are loose."""

    def series(x: arb_series) -> arb_series:
        start = coefficient(x, 0)
        return quick(x) if start.rad() < _NARROW and abs(start) < _NEAR else slow(x)

    return series


_NARROW, _NEAR = arb((1, -60)), arb(16)


def _log1p_exp(x: arb) -> arb:
    return x.exp().log1p() if x < ZERO else x + (-x).exp().log1p()


_sigmoid = _monotone(lambda x: 1 / (1 + (-x).exp()))
_tanh = _monotone(arb.tanh)
_softplus = _monotone(_log1p_exp)
_sigmoid_series = _where_narrow(lambda x: 1 / (1 + (-x).exp()), _sigmoid_slow)
_softplus_series = _where_narrow(lambda x: (1 + x.exp()).log(), _softplus_slow)
_tanh_series = _where_narrow(lambda x: 1 - 2 / (1 + (2 * x).exp()), _tanh_slow)


def _cosh_series(x: arb_series) -> arb_series:
    return (x.exp() + (-x).exp()) / 2


def _sinh_series(x: arb_series) -> arb_series:
    return (x.exp() - (-x).exp()) / 2


def _expit_based(name: str) -> Function:
    return Function(name, lambda x: -_softplus(-x), lambda x: -FUNCTIONS["softplus"].series(-x))


def _normal(x: Any) -> Any:
    return (1 + (x / arb(2).sqrt()).erf()) / 2


FUNCTIONS: dict[str, Function] = {
    f.name: f
    for f in (
        Function("exp", arb.exp, arb_series.exp),
        Function("expm1", arb.expm1, lambda x: x.exp() - 1),
        Function("exp2", lambda x: (x * arb(2).log()).exp(), lambda x: (x * arb(2).log()).exp()),
        Function("log", arb.log, arb_series.log),
        Function("log1p", arb.log1p, lambda x: (1 + x).log()),
        Function("log2", lambda x: x.log() / arb(2).log(), lambda x: x.log() / arb(2).log()),
        Function("log10", lambda x: x.log() / arb(10).log(), lambda x: x.log() / arb(10).log()),
        Function("sqrt", _monotone(arb.sqrt), arb_series.sqrt),
        Function("rsqrt", arb.rsqrt, arb_series.rsqrt),
        Function("sin", arb.sin, arb_series.sin),
        Function("cos", arb.cos, arb_series.cos),
        Function("tan", arb.tan, arb_series.tan),
        Function("arcsin", _monotone(arb.asin), arb_series.asin),
        Function("arccos", lambda x: -_monotone(lambda e: -e.acos())(x), arb_series.acos),
        Function("arctan", _monotone(arb.atan), arb_series.atan),
        Function("sinh", _monotone(arb.sinh), _sinh_series),
        Function("cosh", arb.cosh, _cosh_series),
        Function("tanh", _tanh, _tanh_series),
        Function(
            "arcsinh",
            _monotone(arb.asinh),
            _integral(_monotone(arb.asinh), lambda x: (1 + x * x).rsqrt()),
        ),
        Function("arccosh", _monotone(arb.acosh), lambda x: (x + (x * x - 1).sqrt()).log()),
        Function("arctanh", _monotone(arb.atanh), lambda x: ((1 + x) / (1 - x)).log() / 2),
        Function("sigmoid", _sigmoid, _sigmoid_series),
        Function("softplus", _softplus, _softplus_series),
        Function("erf", _monotone(arb.erf), arb_series.erf),
        Function("erfc", lambda x: -_monotone(lambda e: -e.erfc())(x), arb_series.erfc),
        Function("ndtr", _monotone(_normal), _normal),
        Function("lgamma", arb.lgamma, arb_series.lgamma),
        Function("gamma", arb.gamma, arb_series.gamma),
    )
}
FUNCTIONS["log_sigmoid"] = _expit_based("log_sigmoid")
