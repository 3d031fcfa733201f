"""Along one ray: phi(alpha) = L(w - alpha g) - L(w) in balls, its models on ranges, and the
bracket of the learning rate.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from flint import arb, arb_poly

from proofs.certify import jets, paths
from proofs.certify.balls import ONE, ZERO, exact, middle, union, working
from proofs.certify.errors import NotDecided, Undecided
from proofs.certify.naming import ties_agree
from proofs.certify.patience import progress
from proofs.certify.program import Program
from proofs.certify.reals import Ball

ORDER = 6  # of the Taylor models
AFTER = ZERO.union(arb(2.0**-100))  # the alphas just after 0: is a tie still one there?


class Ray:
    """A loss along w - alpha g. Raises NotDecided where the loss cannot be run in balls."""

    def __init__(self, program: Program, direction: list[float], bits: int = 128) -> None:
        self.program, self.bits, self.count = program, bits, 0
        self._asked = self._ties_agree = False
        self._germs: dict[int, list[list[arb]]] = {}
        self.start = [exact(x) for x in program.start]
        self.direction = [exact(x) for x in direction]
        self.value = self.at(0.0)
        if not self.value.is_finite():
            raise NotDecided(
                f"the loss has no finite value at the start in real arithmetic ({self.value})"
            )

    def at(self, alpha: float) -> arb:
        """The loss at one alpha: the union over the paths that balls cannot exclude."""
        self.count += 1
        with working(self.bits):
            step = exact(alpha)
            point = [w - step * g for w, g in zip(self.start, self.direction, strict=True)]

            def compute() -> arb:
                return _ball(self.program.loss([Ball(x) for x in point]))

            return union(paths.follow(paths.Run(), compute, self.bits))

    def rise(self, alpha: float) -> arb:
        """phi(alpha)."""
        value = self.at(alpha)
        with working(self.bits):
            return value - self.value

    def germ(self, order: int = 3) -> list[list[arb]]:
        """The coefficients of phi in alpha just after 0, one list for each path (one path,
        unless a tie stays).
        """
        more = max(order, 2) + 1  # squares break ties too; the last term is that of a range
        if more not in self._germs:
            self.count += 1
            run = paths.Run(AFTER, germ=True)

            def compute() -> list[arb]:
                coordinates = jets.along(run, self.start, self.direction, ZERO)
                return jets.model_of(self.program.loss(list(coordinates)), more, self.value)

            self._germs[more] = paths.follow(run, compute, self.bits, more)
        return [model[: order + 1] for model in self._germs[more]]

    def slopes(self) -> list[arb]:
        """The one-sided slope of phi at 0, on each path."""
        return [found[1] for found in self.germ(1)]

    def reach(self, low: float, high: float, order: int = ORDER) -> float:
        """The largest b <= high found with phi < 0 on all of [low, b] ((0, b] for low = 0), proved.

        low if there is none.
        """
        found, tied = self._reach(low, high, order, self._ties_agree)
        if found == low == 0 and tied and not self._asked:
            self._asked, self._ties_agree = True, ties_agree(self.program.loss, self.start)
            if self._ties_agree:
                found, _ = self._reach(low, high, order, True)
        return found

    def _reach(self, low: float, high: float, order: int, agree: bool) -> tuple[float, bool]:
        self.count += 1
        with working(self.bits, order):
            a, b = exact(low), exact(high)
            centre = ZERO if low == 0 else ((a + b) / 2).mid()
            run = paths.Run((a - centre).union(b - centre), ties_agree=low == 0 and agree)
            shown = [high]

            def compute() -> bool:
                coordinates = jets.along(run, self.start, self.direction, centre)
                model = jets.model_of(self.program.loss(list(coordinates)), order, self.value)
                if low == 0 and run.agrees:  # then the path's value at 0 is the program's, exactly
                    model = model[1:]
                shown[0] = _negative_until(model, low, shown[0], centre)
                return shown[0] > low

            try:
                paths.follow(run, compute, self.bits, order, most=16, until=False)
            except Undecided:
                return low, run.tied
            return shown[0], run.tied


def _ball(value: Any) -> arb:
    return value.ball if isinstance(value, Ball) else exact(value)


def _negative_until(
    model: list[arb], low: float, high: float, centre: arb, depth: int = 10
) -> float:
    """The largest b found such that the polynomial in alpha - centre is negative on [low, b]."""
    if not all(c.is_finite() for c in model):
        return low
    poly = arb_poly(model)

    def negative(a: float, b: float) -> bool:
        left, right = exact(a) - centre, exact(b) - centre
        about = ((left + right) / 2).mid()
        return bool(poly(arb_poly([about, ONE]))((left - about).union(right - about)) < ZERO)

    def prefix(a: float, b: float, depth: int) -> float:
        if negative(a, b):
            return b
        middle = a + (b - a) / 2
        if depth == 0 or not a < middle < b:
            return a
        reached = prefix(a, middle, depth - 1)
        return reached if reached < middle else prefix(middle, b, depth - 1)

    return prefix(low, high, depth)


@dataclass
class Bracket:
    """Every alpha in (0, certified] lowers the loss; refuted does not. None: nothing of the
    kind was found.
    """

    certified: float | None = None
    refuted: float | None = None
    why: str = ""

    @property
    def ratio(self) -> float | None:
        return self.refuted / self.certified if self.certified and self.refuted else None


def bracket(
    ray: Ray,
    hint: float | None = None,
    target: float = 1.0003,
    most: int = 400,
    seconds: float = 30.0,
) -> Bracket:
    """Widens the certified range from 0 until it meets an alpha that does not descend."""
    began, first = time.monotonic(), ray.count
    step = start = _first_step(ray, hint)
    certified, refuted, tries = 0.0, None, 0
    reason = ""
    while True:
        if refuted is not None and certified > 0 and refuted <= certified * target:
            break
        if ray.count - first > most or time.monotonic() - began > seconds:
            reason = "the budget of evaluations is spent"
            break
        progress(f"certified up to {certified:.3g}, {ray.count - first} evaluations", began)
        end = certified + step
        if refuted is not None:
            end = min(end, refuted / (1 + 0.7 * (target - 1)))
        if not certified < end < 1e300:
            break
        reached = ray.reach(certified, end)
        if reached == end:
            certified, step = end, step * 3
            if certified > 1e15 * max(start, 1e-300) and refuted is None:
                break
            continue
        gained, certified = reached - certified, max(certified, reached)
        if certified > 0 and (refuted is None or gained < 0.1 * certified):
            refuted = _refute(ray, certified, end, refuted, target)
        step = max(gained, step / 4) if gained > step / 4 else step / 6
        tries += 1
        if certified == 0.0:
            if refuted is None and tries % 4 == 0 and bool(ray.rise(end) >= ZERO):
                refuted = end
            if tries > 80:
                reason = "no range of learning rates after 0 could be certified"
                break
        elif step < certified * 1e-8:
            reason = "the certified range cannot be widened"
            break
    return Bracket(certified or None, refuted, reason)


def _first_step(ray: Ray, hint: float | None) -> float:
    """Where the quadratic part of phi comes back to 0, and a little more; any positive number
    would do.
    """
    try:
        coefficients = ray.germ(2)[0]
        slope, bend = middle(coefficients[1]), middle(coefficients[2])
    except NotDecided:
        slope, bend = 0.0, 0.0
    if slope < 0 < bend and slope > -1e290:
        guess = -slope / bend * 1.03
        if 1e-290 < guess < 1e290:
            return guess
    if hint:
        return hint
    size = sum(middle(g) ** 2 for g in ray.direction) ** 0.5
    return 1.0 / size if size > 0 else 1.0


def _refute(
    ray: Ray, certified: float, end: float, refuted: float | None, target: float
) -> float | None:
    """The smallest of a few alphas after the certified one that provably does not descend."""
    enough = certified * (target - 1e-6)
    before = ray.rise(enough)
    if certified < enough and bool(before >= ZERO):
        return min(enough, refuted or enough)
    if refuted is not None and refuted <= end:
        return refuted
    after = ray.rise(end)
    return _nearest(ray, (enough, before), (end, after), target) if after >= ZERO else refuted


def _nearest(ray: Ray, low: tuple[float, arb], high: tuple[float, arb], target: float) -> float:
    """The smallest alpha found that provably does not descend, as `high` does not: phi / alpha is
    followed to where it comes back to 0, by the rule of false position.
    """
    (a, below), (b, above) = ((alpha, middle(value) / alpha) for alpha, value in (low, high))
    for _ in range(12):
        root = a + (b - a) * below / (below - above) if below < 0 <= above else b
        x = root * (1 + 0.2 * (target - 1))
        if not a < x < b or b <= root * (1 + 0.4 * (target - 1)):
            break
        value = ray.rise(x)
        slope = middle(value) / x
        if bool(value >= ZERO):
            below *= above / (above + slope) if 0 <= slope < above else 0.5
            b, above = x, slope
        else:
            above *= below / (below + slope) if below < slope else 0.5
            a, below = x, slope
    return b
