"""Do all ways through a tie give the same value? Decided without rounding, by naming values.

At a start on a kink (a relu at exactly 0) the paths of the program have one value there, but its
balls only overlap. A `Named` is a ball with a name: the number itself where the ball is exact,
otherwise the operation and the names that it came from. Equal names are equal numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb

from proofs.certify import balls, paths
from proofs.certify.balls import Function, exact
from proofs.certify.errors import NotDecided
from proofs.certify.reals import Ball, Real, sign_of

BITS = 2000  # sums and products of a few dozen doubles stay exact
Name = tuple[Any, ...]


def _name_of(ball: arb, otherwise: Name) -> Name:
    if ball.is_exact() and ball.is_finite():
        mantissa, exponent = ball.man_exp()
        return (int(mantissa), int(exponent))
    return otherwise


class Named(Real):
    """A ball and a name; names are numbered in `names`, so that they stay small."""

    __slots__ = ("ball", "name", "names")

    def __init__(self, ball: arb, otherwise: Name, names: dict[Name, int]) -> None:
        self.ball, self.names = ball, names
        name = _name_of(ball, otherwise)
        self.name = names.setdefault(name, len(names))

    def _made(self, ball: arb, operation: str, *others: Any) -> Named:
        parts = [x.name if type(x) is Named else self._number(x) for x in others]
        if operation in ("add", "times"):
            parts = sorted([self.name, *parts])
        else:
            parts = [self.name, *parts]
        return Named(ball, (operation, *parts), self.names)

    def _number(self, constant: arb) -> int:
        """The number of a constant's name; one that is not exact has a name of its own each
        time.
        """
        return self.names.setdefault(
            _name_of(constant, ("constant", len(self.names))), len(self.names)
        )

    def constant(self, value: arb) -> Ball:
        return Ball(value)

    def add(self, other: Any) -> Named:
        return self._made(self.ball + (other if type(other) is arb else other.ball), "add", other)

    def minus(self) -> Named:
        return self._made(-self.ball, "minus")

    def times(self, other: Any) -> Named:
        return self._made(self.ball * (other if type(other) is arb else other.ball), "times", other)

    def over(self, other: arb) -> Named:
        return self._made(self.ball / other, "over", other)

    def inverse(self) -> Named:
        return self._made(1 / self.ball, "inverse")

    def square(self) -> Named:
        return self._made(balls.square(self.ball), "square")

    def apply(self, function: Function) -> Named:
        return self._made(function.ball(self.ball), function.name)

    def value(self) -> arb:
        return self.ball

    def signs(self) -> tuple[int | None, int | None]:
        own = sign_of(self.ball)
        return own or None, own


def ties_agree(loss: Callable[[list[Any]], Any], start: list[arb]) -> bool:
    """Whether every path through the ties at the start has the program's value there, exactly."""
    names: dict[Name, int] = {}

    def compute() -> int:
        value = loss([Named(x, ("start", i), names) for i, x in enumerate(start)])
        if isinstance(value, Named):
            return value.name
        return names.setdefault(_name_of(_ball(value), ("constant", len(names))), len(names))

    try:
        return len(set(paths.follow(paths.Run(), compute, BITS, most=64))) == 1
    except NotDecided:
        return False


def _ball(value: Any) -> arb:
    return value.ball if isinstance(value, Ball) else exact(value)
