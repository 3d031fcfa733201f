"""Every start of a box: one learning rate for all of them, by branch and prune; and a Lipschitz
constant of the gradient.

Each part of the box has a rate that is certified for all its starts. The parts with the smallest
ones are halved, many at once, until these rates are near one that provably fails from some start,
or time is over: what is certified so far always holds.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
from flint import arb

from proofs.certify.balls import ZERO, exact, middle
from proofs.certify.bends import Bent, bent
from proofs.certify.chains import joined
from proofs.certify.errors import NotDecided
from proofs.certify.many import Bents, Many, bents_one_by_one
from proofs.certify.parts import Local, Parts, blamed, norm_bounds
from proofs.certify.patience import progress
from proofs.certify.program import Program
from proofs.certify.ray import Ray, bracket
from proofs.certify.spreads import Array, Spread, between, spread
from proofs.certify.tracing import written_down

BITS = 64
ENOUGH = 1.08  # a part is not asked for more than the smallest rate known to fail, divided by this
MOST = 1_000_000  # parts
SEEN = 256  # starts that are looked at together


Sides = list[tuple[float, float]]


class Boxes:
    """The search for the rate of a box. certified: proved for every start; refuted: fails from
    `failing`, proved.
    """

    def __init__(self, program: Program, sides: Sides, wanted: float | None = None) -> None:
        self.wanted = wanted
        self.sides, self.n = sides, len(sides)
        written = written_down(program.loss, self.n)
        self.loss = written or program.loss
        self.many = None if written is None else Many(joined(written))
        self.at_once = 1 if self.many is None else self.many.at_once  # parts that are halved
        self.program = replace(program, loss=self.loss)
        self.certified, self.refuted = 0.0, math.inf
        self.failing: list[float] | None = None
        self.tried: set[tuple[float, ...]] = set()
        self.parts = 0
        self.why = ""

    def search(self, seconds: float, ratio: float = 1.1) -> None:
        """Halves parts until refuted <= ratio * certified, or until the time is over."""
        began = time.monotonic()
        deadline = began + seconds
        self.seek(began + seconds / 8)
        parts, each = self.asked(*_ends(self.sides), np.zeros(1)), 0.0
        while True:
            self.certified, self.parts = float(parts.rate.min()), len(parts.rate)
            progress(f"{self.parts} parts, certified up to {self.certified:.3g}", began)
            if self.refuted <= ratio * self.certified and self._enough():
                return
            now = time.monotonic()
            if now > deadline or self.parts > MOST:
                self.why = "the time allowed is over"
                return
            short = (parts.rate < self._goal(ratio)) & (parts.high > parts.low).any(axis=0)
            if not short.any():
                self.why = "no part is left that can be halved"
                return
            order = np.lexsort((parts.rate, ~short))
            count = min(int(short.sum()), self.at_once)
            if each > 0:
                count = min(count, math.ceil((deadline - now) / (2 * each)))
            found = self.asked(*parts[order[:count]].halves())
            each = (time.monotonic() - now) / count
            parts = parts[order[count:]].and_those(found)

    def asked(self, low: Array, high: Array, known: Array) -> Parts:
        """These parts, whose rates are at least the known ones."""
        with np.errstate(all="ignore"):
            about = Local(self.bents, low, high)
            rate = about.rates(known, self._cap())
            self.look(about.middle[:, rate < self.refuted])
            return Parts(low, high, rate, blamed(low, high, about.whole.matrix))

    def bents(self, boxes: Spread) -> Bents:
        """The loss to second order on each box."""
        return self.many(boxes) if self.many else bents_one_by_one(self.bent, boxes)

    def bent(self, box: list[arb]) -> Bent | None:
        """The same of one box, in balls."""
        return bent(self.loss, box, BITS)

    def direction(self, start: list[float]) -> list[float] | None:
        """The floats nearest the true gradient."""
        found = self.bent([exact(x) for x in start])
        return None if found is None else [middle(x) for x in found.gradient]

    def try_start(self, start: list[float], part: float = 0.97) -> None:
        """Looks for a rate that fails from one start, smaller than this part of the known one."""
        if tuple(start) in self.tried:
            return
        self.tried.add(tuple(start))
        program = self.program
        before = program.start
        program.start = start
        try:
            g = self.direction(start)
            if g is None or all(x == 0 for x in g):
                return
            ray = Ray(program, g, 96)
            smaller = self.refuted * part
            if math.isfinite(smaller) and not bool(ray.rise(smaller) >= ZERO):
                return
            if not all(bool(s < ZERO) for s in ray.slopes()):
                return
            found = bracket(ray, None, target=1.003, most=60, seconds=2.0)
            if found.refuted is not None and found.refuted < self.refuted:
                self.refuted, self.failing = found.refuted, list(start)
        except NotDecided:
            return
        finally:
            program.start = before

    def look(self, points: Array, part: float = 0.97) -> bool:
        """Tries the start, among some of these, from which this part of the known failing rate
        raises the loss the most; whether a smaller one that fails was found.
        """
        before, points = self.refuted, points[:, : self.at_once]
        if not math.isfinite(before) or not points.size:
            return False
        with np.errstate(all="ignore"):
            here = self.bents(spread(points))
            g = here.gradient.mid
            rise = self.bents(spread(points - part * before * g)).value.mid - here.value.mid
            rise = np.nan_to_num(rise / (g * g).sum(axis=0), nan=-1.0)
        best = int(rise.argmax())
        if rise[best] > 0:
            self.try_start(points[:, best].tolist(), part)
        return self.refuted < before

    def seek(self, deadline: float) -> None:
        """Looks for a small rate that fails, in the box and then about the failing start: the less
        is asked of the parts, the fewer there are.
        """
        starts = corners_and_centre(self.sides)
        for start in starts:
            if self.failing is None:
                self.try_start(start)
        if self.failing is None:
            return
        self.look(np.array(starts).T)
        (low, high), rng, far = _ends(self.sides), np.random.default_rng(0), 2.0
        while far > 1e-3 and time.monotonic() < deadline:
            away = far * (high - low) * (rng.random((len(low), SEEN)) - 0.5)
            points = np.array(self.failing)[:, None] + away
            if not self.look(np.clip(points, low, high), 0.99):
                far /= 2

    def _enough(self) -> bool:
        """Whether the rate that somebody asked about is decided."""
        wanted = self.wanted
        return wanted is None or wanted <= self.certified or wanted >= self.refuted

    def _goal(self, ratio: float) -> float:
        """The rate below which parts are halved."""
        undecided = self.wanted is not None and self.wanted < self.refuted
        return max(self.refuted / ratio, self.wanted if undecided and self.wanted else 0.0)

    def _cap(self) -> float:
        """The rate above which a part is not asked."""
        if not math.isfinite(self.refuted):
            return max(1e3, self.wanted or 0.0)
        cap = self.refuted / ENOUGH
        return max(cap, self.wanted) if self.wanted and self.wanted < self.refuted else cap


def corners_and_centre(sides: Sides) -> list[list[float]]:
    starts = [[(a + b) / 2 for a, b in sides]]
    for k in range(min(2 ** len(sides), 16)):
        starts.append([side[(k >> i) & 1] for i, side in enumerate(sides)])
    golden = 0.6180339887498949
    for k in range(1, 9):
        starts.append(
            [a + (b - a) * ((k * golden ** (i + 1)) % 1.0) for i, (a, b) in enumerate(sides)]
        )
    return starts


def lipschitz(
    program: Program, sides: Sides, seconds: float = 3.0, ratio: float = 1.05
) -> tuple[float, float] | None:
    """(lower, upper) bounds of the largest |second derivative| in any direction on a box: the
    upper one is proved.

    None where the loss is not smooth on the box, as far as balls can tell.
    """
    boxes, deadline = Boxes(program, sides), time.monotonic() + seconds

    def asked(low: Array, high: Array, known: Array) -> Parts:
        """Parts whose rate is minus a bound of the second derivatives, of which one is known."""
        matrix = boxes.bents(between(low, high)).matrix
        return Parts(low, high, np.maximum(-norm_bounds(matrix), known), blamed(low, high, matrix))

    with np.errstate(all="ignore"):
        parts, seen = asked(*_ends(sides), np.array([-np.inf])), 0.0
        while True:
            order = parts.rate.argsort()
            short = int((parts.rate < -ratio * seen).sum())
            count = max(min(short, boxes.at_once), 1)
            worst, rest = parts[order[:count]], parts[order[count:]]
            points = boxes.bents(spread(worst.low / 2 + worst.high / 2)).matrix.mid
            known = np.isfinite(points).all(axis=(0, 1))
            if known.any():
                values = np.linalg.eigvalsh(points[..., known].transpose(2, 0, 1))
                seen = max(seen, float(abs(values).max()))
            bound = -float(worst.rate[0])
            if bound <= ratio * seen or time.monotonic() > deadline or len(order) > MOST:
                return None if math.isinf(bound) else (seen, bound)
            parts = rest.and_those(asked(*worst.halves()))


def _ends(sides: Sides) -> tuple[Array, Array]:
    low, high = np.array(sides, dtype=float).T[:, :, None]
    return low, high
