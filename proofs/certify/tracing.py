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
from proofs.certify.balls import Function, exact, working
from proofs.certify.errors import NotDecided, NotUnderstood
from proofs.certify.reals import Ball, Real

MOST = 3_000  # operations
ADD, SHIFT, MINUS, TIMES, SCALE, OVER, INVERSE, SQUARE, APPLY, GIVEN = range(10)
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
        return self._next(SHIFT, other) if type(other) is arb else self._next(ADD, other.place)

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


def written_down(
    loss: Callable[[list[Any]], Any], n: int, bits: int = 128
) -> Callable[[Sequence[Any]], Any] | None:
    """The same function of n Reals, from a list of its operations; None where it compares
    numbers, or is long.

    Its constants are those of this one run, so it must not depend on anything but its argument.
    """
    operations: Operations = {(GIVEN, i, None): (i, None) for i in range(n)}
    with working(bits), paths.running(paths.Run()):
        try:
            out = loss([Trace(operations, i) for i in range(n)])
        except (NotDecided, NotUnderstood):
            return None
    if not isinstance(out, Trace):
        constant = out if isinstance(out, Ball) else Ball(exact(out))
        return lambda _: constant
    steps = [(code, i, other) for (code, i, _), (_, other) in operations.items()][n:]
    last = out.place

    def run(numbers: Sequence[Any]) -> Any:
        values = list(numbers)
        put = values.append
        for code, i, x in steps:
            a = values[i]
            if code == ADD:
                put(a.add(values[x]))
            elif code == SCALE:
                put(a.times(x))
            elif code == TIMES:
                put(a.times(values[x]))
            elif code == SHIFT:
                put(a.add(x))
            elif code == APPLY:
                put(a.apply(x))
            elif code == SQUARE:
                put(a.square())
            elif code == MINUS:
                put(a.minus())
            elif code == OVER:
                put(a.over(x))
            else:
                put(a.inverse())
        return values[last]

    return run
