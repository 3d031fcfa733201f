"""A small program without comparisons, written down once as a list of operations and run again
without numpy.

Boxes ask for the same few dozen operations thousands of times; arrays cost more than the balls
then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import arb

from proofs.certify import paths
from proofs.certify.balls import Function, working
from proofs.certify.errors import NotDecided, NotUnderstood
from proofs.certify.reals import Ball, Real

MOST = 3_000  # operations
ADD, SHIFT, MINUS, TIMES, SCALE, OVER, INVERSE, SQUARE, APPLY, GIVEN = range(10)
Step = tuple[int, int, Any]
Operations = dict[tuple[int, int, Any], tuple[int, Any]]


class Trace(Real):
    """A number that is known by its place in the list of operations, and by no value.

    operations: each with its place and its other operand; one that is asked for again is not
    repeated.
    """

    __slots__ = ("operations", "place")
    has_value = False

    def __init__(self, operations: Operations, place: int) -> None:
        self.operations, self.place = operations, place

    def _next(self, code: int, other: Any = None) -> Trace:
        if len(self.operations) >= MOST:
            raise NotDecided("the program is too long to be written down")
        told = type(other) is not arb or (other.is_exact() and other.is_finite())
        operation = code, self.place, other if told else object()  # flint hashes no other ball
        next_place = len(self.operations), other
        return Trace(self.operations, self.operations.setdefault(operation, next_place)[0])

    def constant(self, value: arb) -> Ball:
        return Ball(value)

    def add(self, other: Any) -> Trace:
        if type(other) is not arb:
            return self._next(ADD, other.place)
        return self if other.is_zero() else self._next(SHIFT, other)  # sums begin with 0

    def minus(self) -> Trace:
        return self._next(MINUS)

    def times(self, other: Any) -> Trace:
        return self._next(SCALE, other) if type(other) is arb else self._next(TIMES, other.place)

    def over(self, other: arb) -> Trace:
        return self._next(OVER, other)

    def inverse(self) -> Trace:
        return self._next(INVERSE)

    def square(self) -> Trace:
        return self._next(SQUARE)

    def apply(self, function: Function) -> Trace:
        return self._next(APPLY, function)

    def value(self) -> arb:
        raise NotDecided("the program compares numbers")

    def signs(self) -> tuple[int | None, int | None]:
        raise NotDecided("the program compares numbers")


class Written:
    """A function of n numbers as a list of operations: (code, place of its operand, the other
    operand). The first n values are given.
    """

    def __init__(self, steps: list[Step], n: int, last: int) -> None:
        self.steps, self.n, self.last = steps, n, last

    def __call__(self, numbers: Sequence[Any]) -> Any:
        values = list(numbers)
        for code, i, x in self.steps:
            values.append(step(code, values[i], values[x] if code in (ADD, TIMES) else x))
        return values[self.last]


def step(code: int, a: Any, x: Any) -> Any:
    """One operation on Reals."""
    if code in (ADD, SHIFT):
        return a.add(x)
    if code in (TIMES, SCALE):
        return a.times(x)
    if code == APPLY:
        return a.apply(x)
    if code == SQUARE:
        return a.square()
    if code == MINUS:
        return a.minus()
    return a.over(x) if code == OVER else a.inverse()


def written_down(loss: Callable[[list[Any]], Any], n: int, bits: int = 128) -> Written | None:
    """The same function of n Reals, from a list of its operations; None where it compares
    numbers, is long, or is constant.

    Its constants are those of this one run, so it must not depend on anything but its argument.
    """
    operations: Operations = {(GIVEN, i, None): (i, None) for i in range(n)}
    with working(bits), paths.running(paths.Run()):
        try:
            out = loss([Trace(operations, i) for i in range(n)])
        except (NotDecided, NotUnderstood):
            return None
    if not isinstance(out, Trace):
        return None
    steps = [(code, i, other) for (code, i, _), (_, other) in operations.items()][n:]
    return Written(steps, n, out.place)
