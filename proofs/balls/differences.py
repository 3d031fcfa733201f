"""The difference of two numbers: at a point, or as a series in the variable that ranges.

Two values of a function at the same exact point cancel here, although a ball minus itself is not 0:
so that L(w - alpha g) - L(w) is known to begin with a multiple of alpha.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from proofs.balls.arithmetic import (
    NOT_KNOWN, coefficient, number, precision, total, variable, without_constant,
    without_derivatives,
)  # fmt: skip
from proofs.balls.valuation import Place, Valuation
from proofs.kernel.terms import N, Term, multiply

HIGHEST = 4  # order of a series in which the first term other than 0 is looked for


@dataclass(slots=True)
class Multiple:
    """A factor times the value of a function at a place, where the variable that ranges is 0."""

    factor: int | Fraction
    function: Term
    place: Place
    series: Any  # of the function at the place, where that ranges


class Difference:
    """left - right, for a valuation; in its series the variable that ranges is side (about + t)."""

    __slots__ = ("summands", "values")

    def __init__(self, values: Valuation, left: Term, right: Term):
        self.values, self.summands = values, _difference(left, right)

    def parts(self, constant: bool = True) -> list[Any]:
        """What it is the sum of; constant=False leaves the values of functions at 0 out."""
        values = self.values
        found: list[Any] = []
        at_0: list[Multiple] = []
        for factor, part in self.summands:
            if part.op != "apply" or part.args[0].sort.inputs[0] == N:
                found.append(_scaled(values.real(part), factor))
                continue
            f, place, series = part.args[0], values.place(part), None
            if place.ranges:
                series = values.called(f, place)
                found.append(_scaled(without_constant(series), factor))
            if constant:
                _collect(at_0, Multiple(factor, f, place, series))
        return found + self._summed(at_0) if at_0 else found

    def _summed(self, multiples: list[Multiple]) -> list[Any]:
        """Their sum in parts; where the factors sum to 0, only differences of the values matter."""
        values = [(m.factor, self._value(m)) for m in multiples if m.factor]
        if len(values) > 1 and not sum(factor for factor, _ in values):
            first = values[0][1]
            values = [(factor, value - first) for factor, value in values[1:]]
        return [_scaled(value, factor) for factor, value in values]

    def _value(self, m: Multiple) -> Any:
        if m.place.ranges:
            return coefficient(m.series, 0)
        return self.values.called(m.function, m.place)

    def series(self, side: int, about: Any, constant: bool = True) -> Any:
        """The series about a ball of values."""
        self.values.ranging = variable(about, side)
        try:
            parts = self.parts(constant)
            return number(total(parts)) if parts else number(0)
        except (ValueError, ZeroDivisionError):
            # a denominator may be 0 here, which on a shorter range it may not
            return without_derivatives(NOT_KNOWN, self.values.ranging)
        finally:
            self.values.ranging = None

    def enclosed(self, side: int, whole: Any, order: int) -> Any:
        """The coefficient of t^order, for order > 0, about any of the values `whole`."""
        return coefficient(self.series(side, whole, constant=False), order)

    def leading(self, side: int, whole: Any) -> Any:
        """The difference over t^k, which has its sign: terms of order 0, 1, ... below k vanish."""
        with precision(order=HIGHEST):
            near = self.series(side, number(0))
            orders = (k for k in range(2, HIGHEST) if not coefficient(near, k).is_zero())
            return self.enclosed(side, whole, next(orders, HIGHEST))


def _collect(found: list[Multiple], new: Multiple) -> None:
    """Adds a multiple to that of the same value; inexact points are not known to be the same."""
    if new.place.exact:
        for known in found:
            same = known.function is new.function and known.place.exact
            if same and known.place.at_0 == new.place.at_0:
                known.factor += new.factor
                return
    found.append(new)


def _scaled(x: Any, factor: int | Fraction) -> Any:
    return x if factor == 1 else -x if factor == -1 else x * number(factor)


@cache
def _summands(t: Term) -> list[tuple[int | Fraction, Term]]:
    """A number as a sum of multiples of terms that are neither sums nor multiples."""
    if t.op == "+":
        return [part for a in t.args for part in _summands(a)]
    if t.op == "*" and t.args[0].op == "number":
        times = t.args[0].data.numerator if t.args[0].data.denominator == 1 else t.args[0].data
        return [(times * factor, part) for factor, part in _summands(multiply(*t.args[1:]))]
    return [(1, t)]


@cache
def _difference(left: Term, right: Term) -> list[tuple[int | Fraction, Term]]:
    return _summands(left - right)
