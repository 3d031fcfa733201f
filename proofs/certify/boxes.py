"""Every start of a box: one learning rate for all of them, by branch and prune; and a Lipschitz
constant of the gradient.

Each part of the box has a rate that is certified for all its starts. The part with the smallest
one is halved, until that rate is near one that provably fails from some start, or time is over:
what is certified so far always holds.
"""

from __future__ import annotations

import heapq
import math
import time
from dataclasses import dataclass, replace

from flint import arb, arb_mat

from proofs.certify.balls import ONE, ZERO, exact, lower, middle, square, upper, working
from proofs.certify.bends import Bent, bent
from proofs.certify.errors import NotDecided
from proofs.certify.patience import progress
from proofs.certify.program import Program
from proofs.certify.quadratics import eigen, positive_definite
from proofs.certify.ray import Ray, bracket
from proofs.certify.tracing import written_down

BITS = 64
PIECES = 8  # of the rates of a part: then its halves are asked
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
        self.sides, self.n = sides, len(sides)
        self.loss = written_down(program.loss, self.n) or program.loss
        self.program = replace(program, loss=self.loss)
        self.certified, self.refuted = 0.0, math.inf
        self.failing: list[float] | None = None
        self.tried: set[tuple[float, ...]] = set()
        self.points: dict[tuple[float, ...], Bent | None] = {}
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
        whole, self.blame = self.bent(_balls(sides)), [math.inf]
        rate = known if whole is None else max(known, self.rate(sides, whole, known))
        known_blame = all(map(math.isfinite, self.blame))
        return Part(sides, rate, self.blame if known_blame else _weights(sides, whole))

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
        found = self.at(start)
        return None if found is None else [middle(x) for x in found.gradient]

    def at(self, start: list[float]) -> Bent | None:
        """The loss to second order at a start, which is asked for more than once."""
        key = tuple(start)
        if key not in self.points:
            self.points[key] = self.bent([exact(x) for x in start])
        return self.points[key]

    def bent(self, box: list[arb]) -> Bent | None:
        """The loss to second order on a box."""
        return bent(self.loss, box, BITS)

    def rate(self, sides: Sides, whole: Bent, known: float = 0.0) -> float:
        """A rate that is proved for every start of a part at which the gradient is not 0.

        0.0 if there is none; whole: the loss on the part; known: a rate that is proved already.
        """
        cap = self._cap()
        if known >= cap:
            return known
        with working(BITS):
            point = [(a + b) / 2 for a, b in sides]
            centre = self.at(point)
            if centre is None:
                return known
            middles = [exact(x) for x in point]
            off = [x - m for x, m in zip(_balls(sides), middles, strict=True)]
            about = Local(middles, off, centre, whole, _narrowed(whole, centre, off))
            return max(known, self._march(about, known, cap))

    def _march(self, about: Local, known: float, cap: float) -> float:
        """From 0 on, piece by piece: up to where every start of the part provably descends."""
        fall, reached = Fall(self.n), 0.0
        bound = _largest_curvature(about.whole.matrix)
        high = known or (cap if bound <= 0 else min(cap, lower(2 / exact(bound))))
        for _ in range(PIECES):
            if not reached < high or known < high < min(cap, 1.05 * reached):
                break
            until = self._piece(about, fall, known, reached, high)
            step = 2 * (until - reached) if until > reached else (high - reached) / 3
            reached, high = until, min(cap, until + step)
        return reached

    def _piece(self, about: Local, fall: Fall, known: float, low: float, high: float) -> float:
        """Up to where in (low, high] every start of the part provably descends."""
        ends = about.ends(exact(low).union(exact(high)))
        there = self.bent(ends)
        if there is None:
            return low
        until = high if high <= known else fall.positive_until(there, low, high)
        if low > 0 and until < high and self._descends(about, ends, there, low, high):
            until = high
        fall.advance(there, low, until)
        return until

    def _descends(
        self, about: Local, ends: list[arb], there: Bent, low: float, high: float
    ) -> bool:
        """Whether phi < 0 for every start of the part and every alpha in [low, high], by the mean
        value theorem; there is the loss on the ends of these steps.

        phi(alpha, w) = L(w - alpha g(w)) - L(w) has the derivative (1 - alpha H(w)) g(w - alpha
        g(w)) - g(w) by w, and -g(w - alpha g(w)) . g(w) by alpha.
        """
        alpha, centre = exact(low).union(exact(high)), about.centre
        between = ((exact(low) + exact(high)) / 2).mid()
        point = [m - between * g for m, g in zip(about.middles, centre.gradient, strict=True)]
        end = self.bent(point)
        if end is None:
            return False
        step = alpha - between
        bend = _dot([_dot(row, centre.gradient) for row in there.matrix], centre.gradient)
        phi = end.value - centre.value - step * _dot(end.gradient, centre.gradient)
        phi = phi + square(step) * bend / 2
        slopes = _narrowed(there, end, [x - m for x, m in zip(ends, point, strict=True)])
        blame = []
        for row, g, slope, d in zip(about.whole.matrix, about.g, slopes, about.off, strict=True):
            by_start = slope - g - alpha * _dot(row, slopes)
            phi = phi + by_start * d
            blame.append(upper(abs(by_start * d)))
        if bool(phi < ZERO):
            return True
        self.blame = blame
        return False


class Fall:
    """D(alpha) = alpha - integral of (alpha - s) H(w - s g) over s in (0, alpha), for all starts w
    of a part: phi(alpha) = -g.D g by Taylor's theorem.

    value and slope: D and its derivative 1 - integral of H, as far as `advance` came.
    """

    def __init__(self, n: int) -> None:
        unit = [int(i == j) for i in range(n) for j in range(n)]
        self.value, self.slope = arb_mat(n, n), arb_mat(n, n, unit)

    def positive_until(self, there: Bent, low: float, high: float, parts: int = 4) -> float:
        """Up to where D is positive definite in (low, high], a part at a time; there is the loss
        on the ends of these steps.
        """
        bend, reached = arb_mat(there.matrix), low
        for k in range(1, parts + 1):
            end = high if k == parts else low + (high - low) * k / parts
            t = (exact(reached) - exact(low)).union(exact(end) - exact(low))
            if low == 0:  # D is 0 there, and D / alpha is not
                found = self.slope - bend * (t / 2)
            else:
                found = self.value + self.slope * t - bend * (square(t) / 2)
            if not positive_definite(found.tolist(), ZERO, 1):
                return reached
            reached = end
        return high

    def advance(self, there: Bent, low: float, high: float) -> None:
        """Goes on from low to high."""
        bend, step = arb_mat(there.matrix), exact(high) - exact(low)
        self.value = self.value + self.slope * step - bend * (step * step / 2)
        self.slope = self.slope - bend * step


def _dot(a: list[arb], b: list[arb]) -> arb:
    return sum((x * y for x, y in zip(a, b, strict=True)), ZERO)


def _narrowed(whole: Bent, centre: Bent, off: list[arb]) -> list[arb]:
    """The gradient on a box, also by the mean value theorem from its middle."""
    out = []
    for x, about, row in zip(whole.gradient, centre.gradient, whole.matrix, strict=True):
        other = about + _dot(row, off)
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
        found = boxes.bent(_balls(sides))
        queue, seen, count = [(-_norm_bound(found), 0, sides, found)], 0.0, 0
        while True:
            top, _, worst, whole = queue[0]
            point = boxes.bent([exact((a + b) / 2) for a, b in worst])
            if point is not None:
                values, _ = eigen([[middle(x) for x in row] for row in point.matrix])
                seen = max(seen, abs(values[0]), abs(values[-1]))
            if -top <= ratio * seen or time.monotonic() > deadline or len(queue) > 20_000:
                return None if math.isinf(top) else (seen, -top)
            heapq.heappop(queue)
            for half in Part(worst, 0.0, _weights(worst, whole)).halves():
                count, found = count + 1, boxes.bent(_balls(half))
                heapq.heappush(queue, (max(top, -_norm_bound(found)), count, half, found))


def _weights(sides: Sides, whole: Bent | None) -> list[float]:
    """How much each side of a part may bend the loss."""
    rows = [] if whole is None else whole.matrix
    sizes = [math.sqrt(sum(upper(abs(x)) ** 2 for x in row)) for row in rows] or [math.inf]
    largest = max(sizes) or 1.0
    if not math.isfinite(largest):
        return [high - low for low, high in sides]
    return [(b - a) * max(s, 1e-2 * largest) for (a, b), s in zip(sides, sizes, strict=True)]


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
