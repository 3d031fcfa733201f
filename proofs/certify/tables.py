"""A smooth function of one variable on thousands of intervals at once: flint is asked on each
cell of a grid, and a range takes the least and the largest of its cells.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from flint import arb, arb_series

from proofs.certify.balls import ONE, Function, coefficient, exact, series_of, working
from proofs.certify.spreads import Array, Spread, between

BITS = 64
CELLS = 32, 512  # of one width at first and at most; as many on each side of 0 are narrow near it
EACH = 40  # intervals asked for each cell: then a grid with four times as many pays
ORDER = 3  # of the Taylor coefficient that bounds what is left
SINGLES = 2_000  # intervals outside of the grid that are asked one by one: then it is widened


class Table:
    """A function and its Taylor coefficients about the points of an interval."""

    def __init__(self, function: Function, low: float, high: float) -> None:
        self.function, self.cells, self.asked = function, CELLS[0], 0
        self._make(low, high)

    def _make(self, low: float, high: float) -> None:
        far, end = max(abs(low), abs(high)), math.asinh(1e3)
        near = far / 1e3 * np.sinh(np.linspace(-end, end, 2 * self.cells + 1))
        nodes = np.concatenate([np.linspace(low, high, self.cells + 1), near])
        self.singles = 0
        self.nodes = np.unique(nodes[(low <= nodes) & (nodes <= high)])
        self.centres = self.nodes[:-1] / 2 + self.nodes[1:] / 2
        self.points = coefficients(self.function, self.centres, self.centres)
        least, most = coefficients(self.function, self.nodes[:-1], self.nodes[1:]).ends()
        # of 1, 2, 4, ... cells from each on
        self.least, self.most = _runs(least, np.minimum), _runs(most, np.maximum)

    def __call__(self, x: Spread) -> list[Spread]:
        """The Taylor coefficients below ORDER about all points of intervals."""
        shape = x.mid.shape
        x = Spread(x.mid.ravel(), x.rad.ravel())
        low, high = x.ends()
        self.asked += len(low)
        if self.asked > EACH * self.cells and self.cells < CELLS[1]:
            self.cells *= 4
            self._make(self.nodes[0], self.nodes[-1])
        cells = len(self.centres)
        first = np.searchsorted(self.nodes, low, "right") - 1
        last = np.maximum(np.searchsorted(self.nodes, high) - 1, first)
        inside = (first >= 0) & (last < cells)
        outside = np.flatnonzero(~inside & (low <= high))
        first, last = (np.clip(i, 0, cells - 1) for i in (first, last))
        level = np.frexp(last - first + 1)[1] - 1
        other = last + 1 - (1 << level)
        least, most = (
            pick(table[:, level, first], table[:, level, other])
            for pick, table in ((np.minimum, self.least), (np.maximum, self.most))
        )
        known = inside & np.isfinite(least).all(axis=0) & np.isfinite(most).all(axis=0)
        whole = between(np.where(known, least, np.nan), most)
        middle = np.clip(np.searchsorted(self.nodes, x.mid) - 1, first, last)
        off, points = x - self.centres[middle], self.points[:, middle]
        found = [*(points[k] for k in range(ORDER)), whole[ORDER]]
        for k in range(ORDER):  # by Taylor's theorem from the centre of a cell
            for i in reversed(range(k, ORDER)):
                found[i] = found[i] + found[i + 1] * off
        found = [a.meet(whole[k]) for k, a in enumerate(found[:ORDER])]
        if len(outside):
            self._put_singles(found, outside, low[outside], high[outside])
        return [Spread(a.mid.reshape(shape), a.rad.reshape(shape)) for a in found]

    def _put_singles(self, found: list[Spread], places: Array, low: Array, high: Array) -> None:
        single = coefficients(self.function, low, high)
        for k, x in enumerate(found):
            x[places] = single[k]
        self.singles += len(places)
        if self.singles > SINGLES:
            width = self.nodes[-1] - self.nodes[0]
            self._make(self.nodes[0] - width / 2, self.nodes[-1] + width / 2)


def _runs(values: Array, pick: Any) -> Array:
    """The pick of 1, 2, 4, ... values from each on, as far as there are so many."""
    found, width = [values], 1
    while 2 * width <= values.shape[1]:
        longer = found[-1].copy()
        longer[:, :-width] = pick(longer[:, :-width], longer[:, width:])
        found.append(longer)
        width *= 2
    return np.stack(found, axis=1)


def coefficients(function: Function, low: Array, high: Array) -> Spread:
    """The Taylor coefficients up to ORDER about all points from low to high, elementwise."""
    found = []
    with working(BITS, ORDER):
        for a, b in zip(low.tolist(), high.tolist(), strict=True):
            x = exact(a).union(exact(b)) if a < b else exact(a)
            series = series_of(function, arb_series([x, ONE], ORDER + 1))
            found.append([function.ball(x), *(coefficient(series, k) for k in range(1, ORDER + 1))])
    return spread_of(found)


def spread_of(rows: list[list[arb]]) -> Spread:
    """Balls as intervals, transposed."""
    mid = np.array([[float(x.mid()) for x in row] for row in rows]).T
    rad = np.array([[float(x.rad()) for x in row] for row in rows]).T
    return Spread(mid, rad).rounded()
