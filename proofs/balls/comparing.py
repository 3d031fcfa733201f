"""Whether one number is below another: at a point, or for all values of a variable that ranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from proofs.balls.arithmetic import (
    Answer, all_hold, coefficient, holds, number, scale, total, up_to,
)  # fmt: skip
from proofs.balls.differences import Difference
from proofs.balls.valuation import Valuation
from proofs.kernel.terms import Term

ABOUT_0 = number(0)


@dataclass(slots=True)
class Attempt:
    """An alpha0 = 2^tried, while one is sought, and what comparisons tell about the next one."""

    tried: int
    hint: int = 0  # up to 2^hint the terms of second order may be the smaller ones
    hopeless: bool = False  # at 0 nothing can be told, so that a smaller alpha0 will not do

    def note(self, hint: int, hopeless: bool) -> bool:
        """Whether there is any use in this alpha0, after what a comparison tells of it."""
        self.hint, self.hopeless = min(self.hint, hint), self.hopeless or hopeless
        return not self.hopeless and self.tried <= self.hint


class Reach(NamedTuple):
    """The variable ranges over (a, b]; over [-b, -a) where side is -1, and then a is 0."""

    side: int
    a: Any
    b: Any
    attempt: Attempt | None = None


class Near0(NamedTuple):
    """A difference, and what its series about 0 begins with."""

    difference: Difference
    d0: Any
    d1: Any
    hint: int
    hopeless: bool  # whether its first term may be 0 or not, for all that balls tell


class Comparisons:
    """Comparisons for one valuation, with the margin of the closest one."""

    def __init__(self, values: Valuation):
        self.values = values
        # The least |left - right| so far, against the size of what is compared; 0: not asked for.
        self.margin = 1.0
        self._near_0: dict[tuple[Term, Term, int], Near0] = {}

    def compared(self, left: Term, relation: str, right: Term, reach: Reach | None) -> Answer:
        """Whether left relation right; for all values of the variable where one ranges."""
        if reach is None:
            parts = Difference(self.values, left, right).parts() or [ABOUT_0]
            self._measure(parts)
            return holds(number(total(parts)), relation)
        if left.op == "abs" and relation in ("<", "<="):
            both = (left.args[0], -left.args[0])
            return all_hold(self.compared(part, relation, right, reach) for part in both)
        if reach.a:
            return _by_the_mean_value(Difference(self.values, left, right), relation, reach)
        key = left, right, reach.side
        near = self._near_0.get(key)
        if near is None:
            near = self._near_0[key] = _near_0(Difference(self.values, left, right), reach.side)
        return self._from_0(near, relation, reach)

    def _from_0(self, near: Near0, relation: str, reach: Reach) -> Answer:
        """By Taylor's theorem, about 0."""
        side, _, b, attempt = reach
        difference, d0, d1, hint, hopeless = near
        if attempt is not None and not attempt.note(hint, hopeless):
            return None
        whole = up_to(number(b))
        if d0.is_zero() and d1.is_zero():
            return holds(difference.leading(side, whole), relation)
        d2 = difference.enclosed(side, whole, 2)
        if not d0.is_zero():
            return holds(d0 + d1 * whole + d2 * whole**2, relation)
        if attempt is None:
            self._measure([d1, d2 * number(b)])
        return holds(d1 + d2 * whole, relation)  # the difference over t

    def _measure(self, parts: list[Any]) -> None:
        if self.margin and (size := total(map(abs, parts))) > 0:
            self.margin = min(self.margin, float((abs(number(total(parts))) / size).mid()))


def _near_0(difference: Difference, side: int) -> Near0:
    series = difference.series(side, ABOUT_0)
    d0, d1, d2 = (coefficient(series, i) for i in range(3))
    first, hint = (d1, scale(d1, d2)) if d0.is_zero() else (d0, 0)
    return Near0(difference, d0, d1, hint, first.contains(0) and not first.is_zero())


def _by_the_mean_value(difference: Difference, relation: str, reach: Reach) -> Answer:
    """By the mean value theorem, about the middle of the range."""
    side, a, b, _ = reach
    middle, whole = number((a + b) / 2), number(a).union(number(b))
    d0 = coefficient(difference.series(side, middle), 0)
    slope = difference.enclosed(side, whole, 1)
    return holds(d0 + slope * (whole - middle), relation)
