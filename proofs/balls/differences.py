"""The difference of two numbers: at a point, or as a series in the variable that ranges.

Two values of a function at the same exact point cancel here, although a ball minus itself is not 0:
so that L(w - alpha g) - L(w) is known to begin with a multiple of alpha.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from proofs.balls.arithmetic import (
    NOT_KNOWN, coefficient, number, precision, total, without_constant,
    without_derivatives,
)  # fmt: skip
from proofs.balls.valuation import Place, Ranging, Valuation, Value, real, where_called
from proofs.kernel.terms import N, Term, multiply

HIGHEST = 4  # order of a series in which the first term other than 0 is looked for


class Summand(NamedTuple):
    """A factor times a number; of the value of a function it is known of which, and where."""

    factor: int | Fraction
    value: Value
    call: tuple[Term, Callable[[Valuation], Place]] | None


@dataclass(slots=True)
class Multiple:
    """A factor times the value of a function at a place, where the variable that ranges is 0."""

    factor: int | Fraction
    function: Term
    place: Place
    value: Value


class Difference:
    """left - right, prepared for all valuations `at`."""

    __slots__ = ("summands",)

    def __init__(self, left: Term, right: Term):
        self.summands = [_summand(*part) for part in _parts(left - right)]

    def parts(self, at: Valuation, constant: bool = True) -> list[Any]:
        """What it is the sum of; constant=False leaves the values of functions at 0 out."""
        found: list[Any] = []
        at_0: list[Multiple] = []
        for factor, value, call in self.summands:
            if call is None:
                found.append(_scaled(value(at), factor))
                continue
            f, place = call[0], call[1](at)
            if place.ranges:
                found.append(_scaled(without_constant(value(at)), factor))
            if constant:
                _collect(at_0, Multiple(factor, f, place, value))
        return found + _summed(at_0, at) if at_0 else found

    def series(self, at: Valuation, ranging: Ranging, constant: bool = True) -> Any:
        """The series, where the variable ranges so."""
        at.ranging = ranging
        try:
            parts = self.parts(at, constant)
            return number(total(parts)) if parts else number(0)
        except (ValueError, ZeroDivisionError):
            # a denominator may be 0 here, which on a shorter range it may not
            return without_derivatives(NOT_KNOWN, ranging.series)
        finally:
            at.ranging = None

    def enclosed(self, at: Valuation, ranging: Ranging, order: int) -> Any:
        """The coefficient of t^order, for order > 0, about any of the values."""
        return coefficient(self.series(at, ranging, constant=False), order)

    def leading(self, at: Valuation, side: int, whole: Any) -> Any:
        """The difference over t^k, which has its sign: terms of order 0, 1, ... below k vanish."""
        with precision(order=HIGHEST):
            near = self.series(at, Ranging(side, number(0)))
            orders = (k for k in range(2, HIGHEST) if not coefficient(near, k).is_zero())
            return self.enclosed(at, Ranging(side, whole), next(orders, HIGHEST))


def _collect(found: list[Multiple], new: Multiple) -> None:
    """Adds a multiple to that of the same value; inexact points are not known to be the same."""
    if new.place.exact:
        for known in found:
            same = known.function is new.function and known.place.exact
            if same and known.place.at_0 == new.place.at_0:
                known.factor += new.factor
                return
    found.append(new)


def _summed(multiples: list[Multiple], at: Valuation) -> list[Any]:
    """Their sum in parts; where the factors sum to 0, only differences of the values matter."""
    values = [(m.factor, coefficient(m.value(at), 0)) for m in multiples if m.factor]
    if len(values) > 1 and not sum(factor for factor, _ in values):
        first = values[0][1]
        values = [(factor, value - first) for factor, value in values[1:]]
    return [_scaled(value, factor) for factor, value in values]


def _scaled(x: Any, factor: int | Fraction) -> Any:
    return x if factor == 1 else -x if factor == -1 else x * number(factor)


def _summand(factor: int | Fraction, t: Term) -> Summand:
    called = t.op == "apply" and t.args[0].sort.inputs[0] != N
    return Summand(factor, real(t), (t.args[0], where_called(t)) if called else None)


def _parts(t: Term) -> list[tuple[int | Fraction, Term]]:
    """A number as a sum of multiples of terms that are neither sums nor multiples."""
    if t.op == "+":
        return [part for a in t.args for part in _parts(a)]
    if t.op == "*" and t.args[0].op == "number":
        times = t.args[0].data.numerator if t.args[0].data.denominator == 1 else t.args[0].data
        return [(times * factor, part) for factor, part in _parts(multiply(*t.args[1:]))]
    return [(1, t)]
