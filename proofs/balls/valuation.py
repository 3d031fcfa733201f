"""The values of terms in balls, where symbols stand for numbers, vectors and functions.

How a term is computed is prepared once, for all valuations: `real` and `vector` make a function of
a valuation from a term.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import cache, reduce
from typing import Any, NamedTuple

from proofs.balls.arithmetic import (
    Ball, check_finite, coefficient, is_series, number, shown, times, variable, whole_power,
)  # fmt: skip
from proofs.kernel.terms import KernelError, N, Term, V, zero


class Place(NamedTuple):
    """Where a function is evaluated."""

    arguments: list[list[Any]]  # a number is a list of one
    at_0: list[Any]  # their coordinates where the variable that ranges is 0
    exact: bool  # whether those are exact numbers
    ranges: bool  # whether the arguments depend on the variable that ranges


class Ranging:
    """A variable that ranges is the series side (about + t), for a ball `about` of values."""

    __slots__ = ("known", "series")

    def __init__(self, side: int, about: Any):
        self.series = variable(about, side)
        self.known: dict[object, Any] = {}  # what depends on it


class Valuation:
    """The value of a number is a ball, of a vector the list of its coordinates.

    One variable may range: a symbol whose value is None, or the variable of a quantifier. It is a
    series then, while `ranging` is set, and what depends on it is a series too.
    """

    def __init__(self, at: Mapping[Term, Any], ranges: Term | None = None):
        self.at = at
        self.ranges = ranges  # the symbol whose value is None
        self.bound: list[Any] = []  # the variables of quantifiers, innermost first; None ranges
        self.ranging: Ranging | None = None
        self.known: dict[object, Any] = {}  # what depends on no variable
        self._constants: list[tuple[Term, list[Any], Any]] = []  # function, exact point, value

    def given(self, t: Term) -> Any:
        """The value of a symbol, or of a literal number."""
        if t.op == "number":
            return number(t.data)
        value = self.at.get(t, self)
        if value is self:
            raise KernelError(f"nothing is said of {t}, so balls cannot tell")
        return value if t.sort.inputs else _in_balls(value, t)

    def variable(self) -> Any:
        """The series of the variable that ranges."""
        if self.ranging is None:
            raise KernelError("balls cannot decide what depends here on a variable that ranges")
        return self.ranging.series

    def dimension(self) -> int:
        """That of all vectors."""
        found = {len(_leaf(s)(self)) for s in self.at if s.sort == V}
        if len(found) != 1:
            told = found or "that nothing tells"
            raise KernelError(f"the zero vector among vectors of dimensions {told}")
        return found.pop()

    def called(self, f: Term, function: Value, place: Place) -> Any:
        """f at a place: computed once where nothing ranges, and checked where that is exact."""
        x, at_0, exact, ranges = place
        constant = exact and not ranges
        for g, point, value in self._constants if constant else ():
            if g is f and point == at_0:
                return value
        try:
            value = function(self)(*x)
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


Value = Callable[[Valuation], Any]


def _once(t: Term, value: Value) -> Value:
    """`value`, the value of t, computed once as long as the variables in t range as they do."""
    loose, free = t.loose, t.free

    def known(at: Valuation) -> Any:
        memory = at.known
        if loose or at.ranges is not None:
            if at.ranging is None:
                return value(at)
            if loose or at.ranges in free:
                memory = at.ranging.known
        found = memory.get(value)
        if found is None:
            found = memory[value] = value(at)
        return found

    return known


@cache
def _leaf(t: Term) -> Value:
    """The value of a symbol, or of a literal number."""
    serial = t.serial

    def value(at: Valuation) -> Any:
        found = at.known.get(serial)
        if found is None:
            found = at.known[serial] = at.given(t)
        return at.variable() if found is None else found

    return value


def _bound(index: int) -> Value:
    def value(at: Valuation) -> Any:
        found = at.bound[index]
        return at.variable() if found is None else found

    return value


@cache
def real(t: Term) -> Value:
    """The value of a number."""
    if t.op in ("number", "symbol"):
        return _leaf(t)
    if t.op == "bound":
        return _bound(t.data)
    if t.op == "apply":
        return _once(t, applied(t))
    if t.op == "inner":
        u, v = map(vector, t.args)
        return _once(t, lambda at: sum(times(x, y) for x, y in zip(u(at), v(at), strict=True)))
    if t.op == "norm" or (t.op == "^" and t.args[0].op == "norm" and t.data == 2):
        v = vector(t.args[0] if t.op == "norm" else t.args[0].args[0])
        square: Value = lambda at: sum(x * x for x in v(at))
        return _once(t, square if t.op == "^" else lambda at: square(at).sqrt())
    return _once(t, _combined(t, [real(a) for a in t.args]))


def _combined(t: Term, parts: list[Value]) -> Value:
    """The value of a sum, a product, ..., from the values of its parts."""
    first, *rest = parts
    if t.op == "+":
        return _folded(operator.add, first, rest)
    if t.op == "*":
        return _folded(times, first, rest)
    if t.op == "^":
        return lambda at: whole_power(first(at), t.data)
    if t.op == "/":
        return lambda at: first(at) / rest[0](at)
    if t.op == "sqrt":
        return lambda at: first(at).sqrt()

    def value(at: Valuation) -> Any:
        values = [part(at) for part in parts]
        if any(map(is_series, values)) or t.op not in ("abs", "min", "max"):
            raise KernelError(f"{t} is no number that balls know")
        if t.op == "abs":
            return abs(values[0])
        return reduce(lambda x, y: x.min(y) if t.op == "min" else x.max(y), values)

    return value


def _folded(join: Callable[[Any, Any], Any], first: Value, rest: list[Value]) -> Value:
    def value(at: Valuation) -> Any:
        found = first(at)
        for part in rest:
            found = join(found, part(at))
        return found

    return value


@cache
def vector(t: Term) -> Value:
    """The coordinates of a vector."""
    if t is zero:
        return lambda at: [number(0)] * at.dimension()
    if t.op == "symbol":
        return _leaf(t)
    if t.op == "apply":
        return _once(t, applied(t))
    if t.op == "+":
        first, *rest = map(vector, t.args)
        return _folded(_added, first, rest)
    if t.op == "scale":
        return _scaled(real(t.args[0]), vector(t.args[1]))

    def refuse(at: Valuation) -> Any:
        raise KernelError(f"{t} is no vector that balls know")

    return refuse


def _added(u: list[Any], v: list[Any]) -> list[Any]:
    return [x + y for x, y in zip(u, v, strict=True)]


def _scaled(factor: Value, v: Value) -> Value:
    def value(at: Valuation) -> list[Any]:
        by = factor(at)
        return [by * x for x in v(at)]

    return value


def applied(t: Term) -> Value:
    """The value of f(x, ...)."""
    f, *args = t.args
    if f.sort.inputs[0] == N:  # a sequence, or a function of a natural number and a real one
        function, k, x = _leaf(f), real(args[0]), [real(a) for a in args[1:]]
        return lambda at: function(at)(int(k(at).unique_fmpz()), *[a(at) for a in x])
    function, where = _leaf(f), where_called(t)
    return lambda at: at.called(f, function, where(at))


@cache
def where_called(t: Term) -> Callable[[Valuation], Place]:
    """Where f(x, ...) evaluates f."""
    arguments = [(a.sort == V, vector(a) if a.sort == V else real(a)) for a in t.args[1:]]

    def found(at: Valuation) -> Place:
        # Copies, for what a function does to its arguments.
        x = [[*a(at)] if is_vector else [a(at)] for is_vector, a in arguments]
        at_0 = [y for v in x for y in v]
        ranges = any(map(is_series, at_0))
        if ranges:
            at_0 = [coefficient(y, 0) for y in at_0]
        return Place(x, at_0, all(map(Ball.is_exact, at_0)), ranges)

    return _once(t, found)


def _in_balls(value: Any, symbol: Term) -> Any:
    """What is given for a number or a vector; None, where it ranges."""
    if callable(value):
        value = value()
    if value is None:
        return None
    return [number(x) for x in value] if symbol.sort == V else number(value)
