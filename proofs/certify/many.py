"""The value, gradient and second derivatives of a program on many boxes at once.

A number is a jet: its value, its n slopes and, unless all are 0, its second derivatives on and
above the diagonal, one a row, on all boxes. Operations of one kind that do not wait for one another
are run together, so that the rows of a regression cost little more than one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from proofs.certify import paths
from proofs.certify.balls import NOT_KNOWN, Function
from proofs.certify.bends import Bent
from proofs.certify.spreads import Spread, spread
from proofs.certify.tables import Table, spread_of
from proofs.certify.tracing import (
    ADD, APPLY, INVERSE, MINUS, OVER, SCALE, SHIFT, SQUARE, TIMES, Written,
)  # fmt: skip

ROOM = 2**17  # numbers, for operations and boxes


@dataclass
class Bents:
    """value, gradient and the matrix of second derivatives on each box, which is the last axis."""

    value: Spread
    gradient: Spread
    matrix: Spread

    def __getitem__(self, which: Any) -> Bents:
        return Bents(*(x[..., which] for x in vars(self).values()))


@dataclass
class Group:
    """Operations of one kind: the places of the results, of the operands, and those of the other
    operands, or constants, or a function.
    """

    code: int
    places: list[int]
    first: list[int]
    other: Any


class Many:
    """A program that is written down, for many boxes at once."""

    def __init__(self, written: Written) -> None:
        self.n, self.last = written.n, written.last
        self.at_once = max(ROOM // (len(written.steps) + 1), 32)  # boxes
        self.first, self.second = (x + 1 for x in np.triu_indices(self.n))
        self.linear = 1 + self.n  # the rows of a number without second derivatives
        self.tables: dict[Function, Table] = {}
        self.groups = _groups(written)

    def __call__(self, boxes: Spread) -> Bents:
        """nan where nothing is known."""
        cuts = range(0, boxes.mid.shape[1], self.at_once)
        with np.errstate(all="ignore"):
            return _gathered([self._some(boxes[:, k : k + self.at_once]) for k in cuts])

    def _some(self, boxes: Spread) -> Bents:
        paths.check_time()
        values: dict[int, Spread] = {}
        for k in range(self.n):
            values[k] = Spread.zeros((self.linear, boxes.mid.shape[1]))
            values[k][0] = boxes[k]
            values[k].mid[1 + k] = 1.0
        for group in self.groups:
            a, other = _beside([values[k] for k in group.first]), group.other
            if group.code in (ADD, TIMES):
                other = _beside([values[k] for k in other])
            found = self._run(group.code, a, other)
            values |= {k: found[:, j] for j, k in enumerate(group.places)}
        jet, n = values[self.last], self.n
        matrix = Spread.zeros((n, n, boxes.mid.shape[1]))
        if len(jet.mid) > self.linear:
            i, j = self.first - 1, self.second - 1
            matrix[i, j] = matrix[j, i] = jet[self.linear :]
        return Bents(jet[0], jet[1 : self.linear], matrix)

    def _run(self, code: int, a: Spread, other: Any) -> Spread:
        """One operation on jets."""
        if code == ADD:
            return _added(a, other)
        if code == TIMES:
            crossed = a[self.first] * other[self.second] + a[self.second] * other[self.first]
            slopes = _added(a[1:] * other[0], other[1:] * a[0])
            return _stacked(a[0] * other[0], self._bending(slopes, crossed))
        if code == SCALE:
            return a * spread(other)
        if code == MINUS:
            return -a
        if code == SHIFT:
            return _stacked(a[0] + other, a[1:])
        if code == SQUARE:
            return self._composed(a, a[0].square(), 2.0 * a[0], spread(1.0))
        if code == INVERSE:
            inverse = a[0].inverse()
            square = inverse.square()
            return self._composed(a, inverse, -square, square * inverse)
        return self._composed(a, *self._coefficients(other, a[0]))

    def _composed(self, a: Spread, value: Spread, slope: Spread, half: Spread) -> Spread:
        """f(a) from f, f' and f'' / 2."""
        crossed = a[self.first] * a[self.second]
        crossed[self.first == self.second] = a[1 : self.linear].square()
        return _stacked(value, self._bending(a[1:] * slope, crossed * (2.0 * half)))

    def _bending(self, rest: Spread, bend: Spread) -> Spread:
        """Slopes, and second derivatives if there are any, with more of the latter."""
        slopes, known = rest[: self.n], rest[self.n :]
        return _below(slopes, known + bend if len(known.mid) else bend)

    def _coefficients(self, function: Function, x: Spread) -> list[Spread]:
        """A table begins with the range that it is first asked for, and as much on either side."""
        if function not in self.tables:
            low, high = x.ends()
            known = np.isfinite(low) & np.isfinite(high)
            a, b = (low[known].min(), high[known].max()) if known.any() else (0.0, 0.0)
            more = max(b - a, 1e-3 * max(abs(a), abs(b)), 1e-3)
            self.tables[function] = Table(function, a - more, b + more)
        return self.tables[function](x)


def _groups(written: Written) -> list[Group]:
    """The operations in an order in which they can be run."""
    n = written.n
    level, bends = [0] * n, [False] * n  # of each value; bends: whether it has second derivatives
    groups: dict[Any, list[tuple[int, int, Any]]] = defaultdict(list)
    for k, (code, i, x) in enumerate(written.steps, n):
        pair = code in (ADD, TIMES)
        level.append(1 + max(level[i], level[x] if pair else 0))
        bent = bends[i] or code in (TIMES, SQUARE, INVERSE, APPLY) or (pair and bends[x])
        told = bends[x] if pair else x if code == APPLY else None
        bends.append(bent)
        if code == OVER:
            code, x = SCALE, 1 / x
        groups[level[k], code, bends[i], told].append((k, i, x))
    found = []
    for (_, code, _, told), operations in sorted(groups.items(), key=lambda item: item[0][0]):
        places, first, others = map(list, zip(*operations, strict=True))
        other: Any = told if code == APPLY else others
        if code in (SCALE, SHIFT):
            other = spread_of([others])
        found.append(Group(code, places, first, other))
    return found


def _beside(jets: list[Spread]) -> Spread:
    return Spread(*(np.stack(x, axis=1) for x in ([j.mid for j in jets], [j.rad for j in jets])))


def _below(a: Spread, b: Spread) -> Spread:
    return Spread(np.concatenate([a.mid, b.mid]), np.concatenate([a.rad, b.rad]))


def _stacked(top: Spread, rest: Spread) -> Spread:
    return _below(top[None], rest)


def _added(a: Spread, b: Spread) -> Spread:
    """The sum of jets, of which one may be shorter."""
    if len(a.mid) < len(b.mid):
        a, b = b, a
    short = len(b.mid)
    found = a[:short] + b
    return found if short == len(a.mid) else _below(found, a[short:])


def _gathered(parts: list[Bents]) -> Bents:
    """The boxes of all."""
    if len(parts) == 1:
        return parts[0]
    rows = zip(*(vars(part).values() for part in parts), strict=True)
    return Bents(
        *(
            Spread(
                np.concatenate([x.mid for x in row], -1), np.concatenate([x.rad for x in row], -1)
            )
            for row in rows
        )
    )


def bents_one_by_one(bent: Callable[[list[arb]], Bent | None], boxes: Spread) -> Bents:
    """The same of any loss, in balls."""
    n, count = boxes.mid.shape
    rows = []
    for mid, rad in zip(boxes.mid.T.tolist(), boxes.rad.T.tolist(), strict=True):
        found = bent([arb(m, r) for m, r in zip(mid, rad, strict=True)])
        if found is None:
            rows.append([NOT_KNOWN] * (1 + n + n * n))
        else:
            rows.append([found.value, *found.gradient, *(x for row in found.matrix for x in row)])
    jet = spread_of(rows)
    shape = n, n, count
    matrix = Spread(jet.mid[n + 1 :].reshape(shape), jet.rad[n + 1 :].reshape(shape))
    return Bents(jet[0], jet[1 : n + 1], matrix)
