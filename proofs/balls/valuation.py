"""The values of terms in balls, where symbols stand for numbers, vectors and functions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any, NamedTuple

from proofs.balls.arithmetic import (
    Ball, check_finite, coefficient, is_series, number, times, whole_power, shown,
)  # fmt: skip
from proofs.kernel.terms import KernelError, N, Term, V, zero


class Place(NamedTuple):
    """Where a function is evaluated."""

    arguments: list[list[Any]]  # a number is a list of one
    at_0: list[Any]  # their coordinates where the variable that ranges is 0
    exact: bool  # whether those are exact numbers
    ranges: bool  # whether the arguments depend on the variable that ranges


class Valuation:
    """The value of a number is a ball, of a vector the list of its coordinates.

    One variable may range: a symbol whose value is None, or the variable of a quantifier. It is the
    series `ranging` then, and what depends on it is a series too.
    """

    def __init__(self, at: Mapping[Term, Any]):
        self.at = at
        self.bound: list[Any] = []  # the variables of quantifiers, innermost first; None ranges
        self.ranging: Any = None
        self._symbols: dict[Term, Any] = {}
        self._places: dict[Term, Place] = {}  # those that depend on no variable
        self._constants: list[tuple[Term, list[Any], Any]] = []  # function, exact point, value

    def symbol(self, t: Term) -> Any:
        """The value of a symbol, or of a literal number."""
        value = self._symbols.get(t)
        if value is None:
            value = self._symbols[t] = self._given(t)
        return self._variable() if value is None else value

    def _given(self, t: Term) -> Any:
        if t.op == "number":
            return number(t.data)
        if t not in self.at:
            raise KernelError(f"nothing is said of {t}, so balls cannot tell")
        return self.at[t] if t.sort.inputs else _in_balls(self.at[t], t)

    def _variable(self) -> Any:
        if self.ranging is None:
            raise KernelError("balls cannot decide what depends here on a variable that ranges")
        return self.ranging

    def real(self, t: Term) -> Any:
        """The value of a number."""
        if t.op in ("number", "symbol"):
            return self.symbol(t)
        if t.op == "bound":
            value = self.bound[t.data]
            return self._variable() if value is None else value
        if t.op == "apply":
            return self.applied(t)
        if t.op == "inner":
            return sum(times(x, y) for x, y in zip(*map(self.vector, t.args), strict=True))
        if t.op == "^" and t.args[0].op == "norm" and t.data == 2:
            return sum(x * x for x in self.vector(t.args[0].args[0]))
        if t.op == "norm":
            return sum(x * x for x in self.vector(t.args[0])).sqrt()
        return _combined(t, [self.real(a) for a in t.args])

    def vector(self, t: Term) -> list[Any]:
        """The coordinates of a vector."""
        if t is zero:
            return [number(0)] * self._dimension()
        if t.op == "symbol":
            return list(self.symbol(t))
        if t.op == "apply":
            return list(self.applied(t))
        if t.op == "+":
            first, *rest = map(self.vector, t.args)
            for v in rest:
                first = [x + y for x, y in zip(first, v, strict=True)]
            return first
        if t.op == "scale":
            factor = self.real(t.args[0])
            return [factor * x for x in self.vector(t.args[1])]
        raise KernelError(f"{t} is no vector that balls know")

    def _dimension(self) -> int:
        found = {len(self.symbol(s)) for s in self.at if s.sort == V}
        if len(found) != 1:
            told = found or "that nothing tells"
            raise KernelError(f"the zero vector among vectors of dimensions {told}")
        return found.pop()

    def applied(self, t: Term) -> Any:
        """The value of f(x, ...)."""
        f, *args = t.args
        if f.sort.inputs[0] == N:  # a sequence, or a function of a natural number and a real one
            k, *x = map(self.real, args)
            return self.symbol(f)(int(k.unique_fmpz()), *x)
        return self.called(f, self.place(t))

    def place(self, t: Term) -> Place:
        """Where f(x, ...) evaluates f."""
        place = self._places.get(t)
        if place is not None:
            return place
        x = [self.vector(a) if a.sort == V else [self.real(a)] for a in t.args[1:]]
        at_0 = [y for v in x for y in v]
        ranges = any(map(is_series, at_0))
        if ranges:
            at_0 = [coefficient(y, 0) for y in at_0]
        place = Place(x, at_0, all(map(Ball.is_exact, at_0)), ranges)
        if not ranges and not t.loose:
            self._places[t] = place
        return place

    def called(self, f: Term, place: Place) -> Any:
        """f at a place: computed once where nothing ranges, and checked where that is exact."""
        x, at_0, exact, ranges = place
        constant = exact and not ranges
        for g, point, value in self._constants if constant else ():
            if g is f and point == at_0:
                return value
        try:
            value = self.symbol(f)(*x)
        except (ValueError, ZeroDivisionError) as reason:
            if not exact:
                raise
            lacks = f"{f} has no value at {shown(at_0)} ({reason})"
            raise KernelError(f"{lacks}; a loss has a finite value everywhere") from None
        if exact:
            check_finite(value, at_0, f)
        if constant:
            self._constants.append((f, at_0, value))
        return value


def _combined(t: Term, values: list[Any]) -> Any:
    """The value of a sum, a product, ..., from the values of its parts."""
    first, *rest = values
    if t.op == "+":
        for x in rest:
            first = first + x
        return first
    if t.op == "*":
        for x in rest:
            first = times(first, x)
        return first
    if t.op == "^":
        return whole_power(first, t.data)
    if t.op == "/":
        return first / rest[0]
    if t.op == "sqrt":
        return first.sqrt()
    if t.op == "abs" and not is_series(first):
        return abs(first)
    if t.op in ("min", "max") and not any(map(is_series, values)):
        return reduce(lambda x, y: x.min(y) if t.op == "min" else x.max(y), rest, first)
    raise KernelError(f"{t} is no number that balls know")


def _in_balls(value: Any, symbol: Term) -> Any:
    """What is given for a number or a vector; None, where it ranges."""
    if callable(value):
        value = value()
    if value is None:
        return None
    return [number(x) for x in value] if symbol.sort == V else number(value)
