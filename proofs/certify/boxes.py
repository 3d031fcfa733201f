"""Every start of a box: one learning rate for all of them, by branch and prune; and a Lipschitz
constant of the gradient.

Each part of the box has a rate that is certified for all its starts. The part with the smallest
one is halved, until that
rate is near one that provably fails from some start, or time is over: what is certified so far
always holds.
"""

from __future__ import annotations

import heapq
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import arb, arb_poly

from proofs.certify import jets, paths
from proofs.certify.balls import ONE, ZERO, exact, lower, middle, square, upper, working
from proofs.certify.bends import Bent, bent
from proofs.certify.errors import NotDecided
from proofs.certify.patience import progress
from proofs.certify.program import Program
from proofs.certify.quadratics import eigen, positive_definite
from proofs.certify.ray import Ray, _negative_until, bracket
from proofs.certify.tracing import written_down

ORDER, BITS = 4, 64
ENOUGH = 1.08  # a part is not asked for more than the smallest rate known to fail, divided by this


Sides = list[tuple[float, float]]


class Part:
    """A part of the box and the rate that is certified for every start in it.

    weights: how much each side is to blame that the rate is not larger.
    """

    def __init__(self, sides: Sides, rate: float, weights: list[float]) -> None:
        self.sides, self.rate, self.weights = sides, rate, weights

    def __lt__(self, other: Part) -> bool:
        return self.rate < other.rate

    def halves(self) -> tuple[Sides, Sides]:
        """The two halves across the side that is most to blame."""
        i = max(range(len(self.weights)), key=self.weights.__getitem__)
        low, high = self.sides[i]
        cut = low + (high - low) / 2
        before, after = self.sides[:i], self.sides[i + 1 :]
        return [*before, (low, cut), *after], [*before, (cut, high), *after]


@dataclass
class Local:
    """The loss about the middle of a part: off = w - middle for the starts w of the part, the loss
    to second order at the middle and on the whole part, and the gradient g there.
    """

    middles: list[arb]
    off: list[arb]
    centre: Bent
    whole: Bent
    g: list[arb]

    def ends(self, alpha: arb) -> list[arb]:
        """w - alpha g(w), for all starts of the part and all these alphas: its derivative by w is
        1 - alpha H(w).
        """
        found = []
        for i, (m, d) in enumerate(zip(self.middles, self.off, strict=True)):
            moved = m - alpha * self.centre.gradient[i]
            for j, e in enumerate(self.off):
                moved = moved + ((ONE if i == j else ZERO) - alpha * self.whole.matrix[i][j]) * e
            wide = m + d - alpha * self.g[i]
            found.append(moved.intersection(wide) if moved.overlaps(wide) else wide)
        return found


class Boxes:
    """The search for the rate of a box. certified: proved for every start; refuted: fails from
    `failing`, proved.
    """

    def __init__(self, program: Program, sides: Sides, wanted: float | None = None) -> None:
        self.wanted = wanted
        self.program, self.sides, self.n = program, sides, len(sides)
        self.loss = written_down(program.loss, self.n) or program.loss
        self.certified, self.refuted = 0.0, math.inf
        self.failing: list[float] | None = None
        self.tried: set[tuple[float, ...]] = set()
        self.parts = 0
        self.why = ""

    def search(self, seconds: float, ratio: float = 1.1, most: int = 200_000) -> None:
        """Halves parts until refuted <= ratio * certified, or until the time is over."""
        began = time.monotonic()
        deadline = began + seconds
        for start in corners_and_centre(self.sides):
            self.try_start(start)
        self.descend(began + seconds / 8)
        queue = [self.part(self.sides, 0.0)]
        while True:
            self.certified, self.parts = queue[0].rate, len(queue)
            progress(f"{self.parts} parts, certified up to {self.certified:.3g}", began)
            if self.refuted <= ratio * self.certified and self._enough():
                return
            if time.monotonic() > deadline or len(queue) > most:
                self.why = "the time allowed is over"
                return
            worst = heapq.heappop(queue)
            if self.certified > 0 and worst.rate >= self.refuted:
                return
            for half in worst.halves():
                if worst.rate < self.refuted / ratio:
                    self.try_start([(a + b) / 2 for a, b in half])
                heapq.heappush(queue, self.part(half, worst.rate))

    def part(self, sides: Sides, known: float) -> Part:
        """A part whose rate is at least the known one."""
        self.blame: list[float] | None = None
        rate = max(known, self.rate(sides, known))
        if self.blame is None or not all(map(math.isfinite, self.blame)):
            scale = self.scale(sides)
            weights = [(high - low) * c for (low, high), c in zip(sides, scale, strict=True)]
        else:
            weights = self.blame
        return Part(sides, rate, weights)

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

    def descend(self, deadline: float) -> None:
        """Looks for a smaller rate that fails about the failing start, a coordinate at a time:
        the less is asked of the parts, the fewer there are.
        """
        steps = [(high - low) / 4 for low, high in self.sides]
        for _ in range(12):
            before = self.refuted
            for i, (low, high) in enumerate(self.sides):
                for step in (-steps[i], steps[i]):
                    if self.failing is None or time.monotonic() > deadline:
                        return
                    start = list(self.failing)
                    start[i] = min(max(start[i] + step, low), high)
                    self.tried.discard(tuple(start))
                    self.try_start(start, 0.995)
            if self.refuted == before:
                steps = [step / 2 for step in steps]

    def _enough(self) -> bool:
        """Whether the rate that somebody asked about is decided."""
        wanted = self.wanted
        return wanted is None or wanted <= self.certified or wanted >= self.refuted

    def _cap(self) -> float:
        """The rate above which a part is not asked."""
        if not math.isfinite(self.refuted):
            return max(1e3, self.wanted or 0.0)
        cap = self.refuted / ENOUGH
        return max(cap, self.wanted) if self.wanted and self.wanted < self.refuted else cap

    def direction(self, start: list[float]) -> list[float] | None:
        """The floats nearest the true gradient."""
        found = self.bent([exact(x) for x in start])
        return None if found is None else [middle(x) for x in found.gradient]

    def bent(self, box: list[arb]) -> Bent | None:
        """The loss to second order on a box."""
        return bent(self.loss, box, BITS)

    def scale(self, sides: Sides) -> list[float]:
        """How much each coordinate may bend the loss on a part."""
        found = self.bent(_balls(sides))
        if found is None:
            return [1.0] * self.n
        sizes = [math.sqrt(sum(upper(abs(x)) ** 2 for x in row)) for row in found.matrix]
        largest = max(sizes) or 1.0
        if not math.isfinite(largest):
            return [1.0] * self.n
        return [max(s, 1e-2 * largest) for s in sizes]

    def rate(self, sides: Sides, known: float = 0.0) -> float:
        """A rate that is proved for every start of a part at which the gradient is not 0.

        0.0 if there is none; known: one that is proved already.
        """
        cap = self._cap()
        if known >= cap:
            return known
        with working(BITS, ORDER):
            box = [exact(a).union(exact(b)) for a, b in sides]
            whole = self.bent(box)
            middles = [exact((a + b) / 2) for a, b in sides]
            centre = None if whole is None else self.bent(middles)
            if whole is None or centre is None:
                return known
            off = [x - m for x, m in zip(box, middles, strict=True)]
            about = Local(middles, off, centre, whole, _narrowed(whole, centre, off))
            best = known
            if best > 0:
                best = self._by_mean_values(about, best, cap)
            if best < cap:
                bent_so = self._by_curvature(about, cap)
                if bent_so < cap / 4 and best == 0:
                    bent_so = self._by_series(box, about.g, cap)
                if best < bent_so:
                    best = self._by_mean_values(about, bent_so, cap)
            return best

    def _by_curvature(self, about: Local, cap: float) -> float:
        """By 1 - alpha H / 2 being positive definite along all steps: holds however small the
        gradient is.
        """
        bound = _largest_curvature(about.whole.matrix)
        high = cap if bound <= 0 else min(cap, lower(2 / exact(bound)))
        for _ in range(3):
            if not high > 0:
                return 0.0
            found = self.bent(about.ends(ZERO.union(exact(high))))
            if found is not None:
                if positive_definite(found.matrix, 2 / exact(high), -1):
                    return high
                bound = _largest_curvature(found.matrix)
                high = min(high * 0.8, lower(2 / exact(bound)) if bound > 0 else high)
            else:
                high /= 4
        return 0.0

    def _by_series(self, box: list[arb], g: list[arb], cap: float) -> float:
        """By the Taylor model of phi for all starts and directions of the part at once."""
        fall = sum((square(x) for x in g), ZERO)
        if not fall > ZERO:
            return 0.0
        high = cap
        for _ in range(3):
            model = self._model(box, g, ZERO, ZERO.union(exact(high)))
            if model is not None:
                best = _negative_until([-fall, *model[2:]], 0.0, high, ZERO, 6)
                if best > 0:
                    return best
            high /= 4
        return 0.0

    def _model(self, start: list[arb], g: list[arb], about: arb, radius: arb) -> list[arb] | None:
        """The Taylor model of alpha -> L(w - alpha g) about an alpha."""
        run = paths.Run(radius)
        try:
            with working(BITS, ORDER), paths.running(run):
                value = self.loss(list(jets.along(run, start, g, about)))
        except NotDecided:
            return None
        if run.taken or not isinstance(value, jets.Jet):
            return None
        return jets.model_of(value, ORDER, None)

    def _by_mean_values(self, about: Local, low: float, cap: float) -> float:
        """From `low` on, piece by piece: phi at the middle of the part, and its derivative by
        the start on all of it.
        """
        if low >= cap:
            return low
        reached, high = low, cap
        for _ in range(12):
            if self._piece_descends(about, reached, high):
                if high >= cap:
                    return cap
                reached, high = high, min(cap, high + 2 * (high - reached))
            else:
                high = reached + (high - reached) / 2
                if high - reached < 0.05 * reached:
                    break
        return reached

    def _piece_descends(self, about: Local, low: float, high: float) -> bool:
        """Whether phi < 0 for every start of the part and every alpha in [low, high].

        phi(alpha, w) = L(w - alpha g(w)) - L(w) has the derivative (1 - alpha H(w)) g(w - alpha
        g(w)) - g(w) by w.
        """
        alpha = exact(low).union(exact(high))
        there = self.bent(about.ends(alpha))
        if there is None:
            return False
        middle_alpha = ((exact(low) + exact(high)) / 2).mid()
        radius, centre = alpha - middle_alpha, about.centre
        model = self._model(about.middles, centre.gradient, middle_alpha, radius)
        if model is None:
            return False
        phi = arb_poly([model[0] - centre.value, *model[1:]])(radius)
        blame = []
        for row, g, slope, d in zip(
            about.whole.matrix, about.g, there.gradient, about.off, strict=True
        ):
            by_start = slope - g
            for h, other in zip(row, there.gradient, strict=True):
                by_start = by_start - alpha * h * other
            phi = phi + by_start * d
            blame.append(upper(abs(by_start * d)))
        if bool(phi < ZERO):
            return True
        self.blame = blame
        return False


def _narrowed(whole: Bent, centre: Bent, off: list[arb]) -> list[arb]:
    """The gradient on a box, also by the mean value theorem from its middle."""
    out = []
    for x, about, row in zip(whole.gradient, centre.gradient, whole.matrix, strict=True):
        other = about + sum((h * d for h, d in zip(row, off, strict=True)), ZERO)
        out.append(x.intersection(other) if other.is_finite() and x.overlaps(other) else x)
    return out


def _largest_curvature(bends: list[list[arb]]) -> float:
    """About the largest eigenvalue of the matrices inside; what rests on it is proved by pivots."""
    values, _ = eigen([[middle(x) for x in row] for row in bends])
    spread = math.sqrt(sum(float(x.rad()) ** 2 for row in bends for x in row))
    found = values[-1] + spread
    return found * (1 + 1e-6) + 1e-300 if math.isfinite(found) else math.inf


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
    boxes = Boxes(program, sides)
    deadline = time.monotonic() + seconds
    with working(BITS, 2):
        bound: Callable[[Any], float] = lambda s: _norm_bound(boxes.bent(_balls(s)))
        seen = 0.0
        queue = [(-bound(sides), 0, sides)]
        count = 0
        while True:
            top, _, worst = queue[0]
            point = boxes.bent([exact((a + b) / 2) for a, b in worst])
            if point is not None:
                values, _ = eigen([[middle(x) for x in row] for row in point.matrix])
                seen = max(seen, abs(values[0]), abs(values[-1]))
            if -top <= ratio * seen or time.monotonic() > deadline or len(queue) > 20_000:
                return None if math.isinf(top) else (seen, -top)
            heapq.heappop(queue)
            weights = [(b - a) * c for (a, b), c in zip(worst, boxes.scale(worst), strict=True)]
            for half in Part(worst, 0.0, weights).halves():
                count += 1
                heapq.heappush(queue, (max(top, -bound(half)), count, half))


def _balls(sides: Sides) -> list[arb]:
    return [exact(a).union(exact(b)) for a, b in sides]


def _norm_bound(found: Bent | None) -> float:
    """An upper bound of the spectral norm of every matrix inside, proved by pivots."""
    if found is None:
        return math.inf
    bends = found.matrix
    values, _ = eigen([[middle(x) for x in row] for row in bends])
    spread = math.sqrt(sum(float(x.rad()) ** 2 for row in bends for x in row))
    guess = (max(abs(values[0]), abs(values[-1])) + spread) * (1 + 1e-6) + 1e-300
    for _ in range(30):
        if positive_definite(bends, exact(guess), -1) and positive_definite(bends, exact(guess), 1):
            return guess
        guess *= 1.01
    return upper(sum((abs(x) for row in bends for x in row), ZERO))
