"""Parts of a box, many at once: where steps from all their starts end, and up to which rate the
loss provably falls from every one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np

from proofs.certify.many import Bents
from proofs.certify.spreads import Array, Spread, between, spread

PIECES = 12  # of the rates of a part: then its halves are asked
FAILURES = 2  # of pieces, each smaller than the last
MORE = 40  # of both, for a single start, which has no halves
SHARP = 4  # coordinates


@dataclass
class Parts:
    """Parts of the box, one a column, and the rate that is certified for every start in each.

    blame: how much each side is to blame that the rate is not larger.
    """

    low: Array
    high: Array
    rate: Array
    blame: Array

    def __getitem__(self, which: Array) -> Parts:
        return Parts(*(x[..., which] for x in vars(self).values()))

    def and_those(self, other: Parts) -> Parts:
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Parts(*(np.concatenate(pair, axis=-1) for pair in pairs))

    def halves(self) -> tuple[Array, Array, Array]:
        """The lower and upper ends of both halves, across the side that is most to blame, and
        what is known of their rates.
        """
        side, every = self.blame.argmax(axis=0), np.arange(len(self.rate))
        cut = (self.low / 2 + self.high / 2)[side, every]
        low, high = np.tile(self.low, 2), np.tile(self.high, 2)
        high[side, every] = low[side, every + len(every)] = cut
        return low, high, np.tile(self.rate, 2)


class Local:
    """A loss about the middles of parts: off = w - middle for the starts w of a part, the loss to
    second order at the middle and on the whole part, and the gradient g there.
    """

    def __init__(self, bents: Callable[[Spread], Bents], low: Array, high: Array) -> None:
        self.bents, self.middle = bents, low / 2 + high / 2
        box, self.is_start = between(low, high), bool((low == high).all())
        self.off, self.whole, self.centre = (
            box - self.middle,
            bents(box),
            bents(spread(self.middle)),
        )
        self.g = narrowed(self.whole, self.centre, self.off)

    def __getitem__(self, which: Array) -> Local:
        found = object.__new__(Local)
        found.bents, found.middle, found.is_start = self.bents, self.middle[:, which], self.is_start
        found.off, found.g = self.off[:, which], self.g[:, which]
        found.whole, found.centre = self.whole[which], self.centre[which]
        return found

    def ends(self, alpha: Spread) -> Spread:
        """w - alpha g(w), for all starts of the parts and all these alphas: its derivative by w
        is 1 - alpha H(w).
        """
        by_start = np.eye(len(self.middle))[:, :, None] - alpha * self.whole.matrix
        moved = self.middle - alpha * self.centre.gradient + dot(by_start, self.off)
        return moved.meet(self.middle + self.off - alpha * self.g)

    def rates(self, known: Array, cap: float) -> Array:
        """From 0 on, piece by piece: up to where every start of each part provably descends.

        known: rates up to which that is proved already; what is above the cap is not asked.
        """
        n, count = self.middle.shape
        fall, reached = Fall.start(n, count), np.zeros(count)
        first = 2 / largest_curvature(self.whole.matrix)
        step = np.where(first > 0, np.minimum(np.maximum(known, first), cap), cap) / 4
        failed = np.zeros(count, dtype=int)
        pieces, most = (MORE, MORE) if self.is_start else (PIECES, FAILURES)
        for _ in range(pieces):
            on = np.flatnonzero((reached < cap) & (failed < most))
            if not len(on):
                break
            low, some, before = reached[on], self[on], fall[on]
            high = np.minimum(cap, low + step[on])
            ends = some.ends(between(low, high))
            there = self.bents(ends)
            until = np.where(
                high <= known[on], high, before.positive_until(there.matrix, low, high)
            )
            rest = np.flatnonzero((low > 0) & (until < high))
            if len(rest):
                falls = some[rest].descend(ends[:, rest], there[rest], low[rest], high[rest])
                until[rest[falls]] = high[rest[falls]]
            moved = np.flatnonzero(until > low)
            fall[on[moved]] = before[moved].advanced(
                there.matrix[..., moved], low[moved], until[moved]
            )
            reached[on] = until
            failed[on] += until < high
            step[on] *= np.where(until < high, 1 / 3, 1.5)
        return np.maximum(reached, known)

    def descend(self, ends: Spread, there: Bents, low: Array, high: Array) -> Array:
        """Whether phi < 0 for every start of a part and every alpha in [low, high], by the mean
        value theorem; there is the loss on the ends of these steps.

        phi(alpha, w) = L(w - alpha g(w)) - L(w) has the derivative (1 - alpha H(w)) g(w - alpha
        g(w)) - g(w) by w, and -g(w - alpha g(w)) . g(w) by alpha.
        """
        alpha, centre, rate = between(low, high), self.centre, low / 2 + high / 2
        point = self.middle - rate * centre.gradient
        step, end = alpha - rate, self.bents(point)
        bend = dot(dot(there.matrix, centre.gradient), centre.gradient)
        phi = end.value - centre.value - step * dot(end.gradient, centre.gradient)
        phi = phi + step.square() * bend * 0.5
        slopes = narrowed(there, end, ends - point)
        by_start = slopes - self.g - alpha * dot(self.whole.matrix, slopes)
        return (phi + dot(by_start, self.off)).ends()[1] < 0


@dataclass
class Fall:
    """D(alpha) = alpha - integral of (alpha - s) H(w - s g) over s in (0, alpha), for all starts w
    of each part: phi(alpha) = -g.D g by Taylor's theorem.

    value and slope: D and its derivative 1 - integral of H.
    """

    value: Spread
    slope: Spread

    @staticmethod
    def start(n: int, count: int) -> Fall:
        """At alpha = 0."""
        slope = Spread.zeros((n, n, count))
        slope.mid[range(n), range(n)] = 1.0
        return Fall(Spread.zeros((n, n, count)), slope)

    def __getitem__(self, which: Array) -> Fall:
        return Fall(self.value[..., which], self.slope[..., which])

    def __setitem__(self, which: Array, other: Fall) -> None:
        self.value[..., which], self.slope[..., which] = other.value, other.slope

    def positive_until(self, bend: Spread, low: Array, high: Array, parts: int = 4) -> Array:
        """Up to where D is positive definite in (low, high], a part at a time; bend is H on the
        ends of these steps.
        """
        reached, falls = low, np.ones(len(low), dtype=bool)
        for k in range(1, parts + 1):
            end = high if k == parts else low + (high - low) * (k / parts)
            t = between(reached, end) - low
            later = self.value + self.slope * t - bend * (t.square() * 0.5)
            first = self.slope - bend * (t * 0.5)  # where low is 0, so is D, and D / alpha is not
            later[..., low == 0] = first[..., low == 0]
            falls = falls & positive_definite(later)
            reached = np.where(falls, end, reached)
        return reached

    def advanced(self, bend: Spread, low: Array, high: Array) -> Fall:
        """From low on to high."""
        step = spread(high) - low
        value = self.value + self.slope * step - bend * (step.square() * 0.5)
        return Fall(value, self.slope - bend * step)


def positive_definite(matrix: Spread) -> Array:
    """Whether every symmetric matrix inside is positive definite, by pivots.

    x.M x is least where each entry changes by its radius against the sign of x_i x_j, so 2^(n-1)
    matrices tell; of more than SHARP coordinates, the pivots of all matrices at once.
    """
    n, _, count = matrix.mid.shape
    a = matrix[:, :, None]
    if n <= SHARP:
        signs = np.array([(1.0, *rest) for rest in product((1.0, -1.0), repeat=n - 1)])
        turned = (signs[:, :, None] * signs[:, None, :]).transpose(1, 2, 0)[..., None]
        a = spread(a.mid) - turned * a.rad
    found = np.ones((a.mid.shape[2], count), dtype=bool)
    for _ in range(n):
        found &= a[0, 0].ends()[0] > 0
        row = a[0, 1:]
        a = a[1:, 1:] - row[:, None] * row[None] * a[0, 0].inverse()
    return np.asarray(found.all(axis=0))


def norm_bounds(matrix: Spread) -> Array:
    """Upper bounds of the spectral norms of all matrices inside."""
    guess = np.maximum(largest_curvature(matrix), largest_curvature(-matrix)) * (1 + 1e-6) + 1e-300
    unit = np.eye(len(matrix.mid))[:, :, None] * guess
    proved = positive_definite(unit + matrix) & positive_definite(unit - matrix)
    rows = abs(matrix).total(1).ends()[1].max(axis=0)
    return np.where(proved, guess, np.where(np.isnan(rows), np.inf, rows))


def dot(a: Spread, b: Spread) -> Spread:
    """The products of matrices, or vectors, with vectors."""
    return (a * b).total(a.mid.ndim - 2)


def narrowed(whole: Bents, centre: Bents, off: Spread) -> Spread:
    """The gradient on boxes, also by the mean value theorem from their middles."""
    return whole.gradient.meet(centre.gradient + dot(whole.matrix, off))


def largest_curvature(matrix: Spread) -> Array:
    """About the largest eigenvalues of the matrices inside: nothing is proved by them."""
    known = np.isfinite(matrix.mid + matrix.rad).all(axis=(0, 1))
    values = np.linalg.eigvalsh(np.where(known, matrix.mid, 0.0).transpose(2, 0, 1))
    return np.where(known, values[:, -1] + np.sqrt((matrix.rad**2).sum(axis=(0, 1))), np.inf)


def blamed(low: Array, high: Array, matrix: Spread) -> Array:
    """How much each side of a part may bend the loss."""
    widths, size = high - low, np.sqrt(((abs(matrix.mid) + matrix.rad) ** 2).sum(axis=1))
    found = widths * np.maximum(size, 1e-2 * size.max(axis=0))
    return np.where(np.isfinite(found).all(axis=0), found, widths)
