"""Whether one number is below another: at a point, or for all values of a variable that ranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from proofs.balls.arithmetic import (
    Answer, all_hold, coefficient, holds, number, scale, total,
)  # fmt: skip
from proofs.balls.differences import Difference
from proofs.balls.valuation import Ranging, Valuation
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


class Reach:
    """The variable ranges over (a, b]; over [-b, -a) where side is -1, and then a is 0."""

    def __init__(self, side: int, a: Any, b: Any, attempt: Attempt | None = None):
        self.side, self.a, self.b, self.attempt = side, a, b, attempt
        self.whole = number(a).union(number(b))
        self.ranging = Ranging(side, self.whole)  # as a series that holds for all of its values


class Comparison:
    """left relation right, for a relation < <= == or !=, prepared for all valuations."""

    def __init__(self, left: Term, relation: str, right: Term):
        self.relation, self.difference = relation, Difference(left, right)
        both = (left.args[0], -left.args[0]) if left.op == "abs" and relation in ("<", "<=") else ()
        self.each = [Comparison(part, relation, right) for part in both]  # |x| <= y: two of them


class Near0(NamedTuple):
    """What the series of a difference about 0 begins with."""

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
        self._about_0: dict[int, Ranging] = {}  # by the side
        self._near_0: dict[tuple[Difference, int], Near0] = {}

    def compared(self, c: Comparison, reach: Reach | None) -> Answer:
        """Whether `c` holds; for all values of the variable where one ranges."""
        if reach is None:
            parts = c.difference.parts(self.values) or [ABOUT_0]
            self._measure(parts)
            return holds(number(total(parts)), c.relation)
        if c.each:
            return all_hold(self.compared(one, reach) for one in c.each)
        if reach.a:
            return self._by_the_mean_value(c, reach)
        return self._from_0(c, reach)

    def _from_0(self, c: Comparison, reach: Reach) -> Answer:
        """By Taylor's theorem, about 0."""
        d0, d1, hint, hopeless = self._about(c.difference, reach.side)
        if reach.attempt is not None and not reach.attempt.note(hint, hopeless):
            return None
        if d0.is_zero() and d1.is_zero():
            return holds(c.difference.leading(self.values, reach.side, reach.whole), c.relation)
        d2, t = c.difference.enclosed(self.values, reach.ranging, 2), reach.whole
        if not d0.is_zero():
            return holds(d0 + d1 * t + d2 * t**2, c.relation)
        if reach.attempt is None:
            self._measure([d1, d2 * number(reach.b)])
        return holds(d1 + d2 * t, c.relation)  # the difference over t

    def _about(self, difference: Difference, side: int) -> Near0:
        near = self._near_0.get((difference, side))
        if near is None:
            ranging = self._about_0.get(side)
            if ranging is None:
                ranging = self._about_0[side] = Ranging(side, ABOUT_0)
            near = _near_0(difference.series(self.values, ranging))
            self._near_0[difference, side] = near
        return near

    def _by_the_mean_value(self, c: Comparison, reach: Reach) -> Answer:
        """By the mean value theorem, about the middle of the range."""
        middle = number((reach.a + reach.b) / 2)
        d0 = coefficient(c.difference.series(self.values, Ranging(reach.side, middle)), 0)
        slope = c.difference.enclosed(self.values, reach.ranging, 1)
        return holds(d0 + slope * (reach.whole - middle), c.relation)

    def _measure(self, parts: list[Any]) -> None:
        if self.margin and (size := total(map(abs, parts))) > 0:
            self.margin = min(self.margin, float((abs(number(total(parts))) / size).mid()))


def _near_0(series: Any) -> Near0:
    d0, d1, d2 = (coefficient(series, i) for i in range(3))
    first, hint = (d1, scale(d1, d2)) if d0.is_zero() else (d0, 0)
    return Near0(d0, d1, hint, first.contains(0) and not first.is_zero())
