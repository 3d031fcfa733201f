"""Are the proved words true? python -m tests.tools.certify_fuzz [--count 1000] [--first 0] [--show]

Random losses with kinks and jumps are given to check_descent; what it says is *proved* is checked
in mpmath, at 300 bits, by an evaluator of its own (`certify_exact`): 60 rates of the certified
range lower the loss, the refuted one does not, the slope and the error of g are what they are. A
doubt is asked again at 4,000 bits, where sums and products are exact.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
from mpmath import mpf

from proofs.certify import Report, check_descent
from tests.tools.certify_losses import Case, draw

BITS, MORE = 300, 4000
STEP = 90  # slopes are differences over 2^-STEP


@dataclass
class Outcome:
    """What was seen. unsound: sentences, of which there must be none."""

    done: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    unsound: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    without: int = 0
    slowest: float = 0.0


class Judge:
    """One loss along one direction, in mpmath."""

    def __init__(self, case: Case, direction: list[float]) -> None:
        self.case, self.direction = case, direction

    def phi(self, alpha: Any, bits: int) -> tuple[Any, Any]:
        """L(w - alpha g) - L(w), and what of it may be rounding."""
        with mpmath.workprec(bits):
            pairs = list(zip(self.case.start, self.direction, strict=True))
            after = self.case.exact([mpf(w) - mpf(alpha) * mpf(g) for w, g in pairs])
            before = self.case.exact([mpf(w) for w, _ in pairs])
            noise = mpf(2) ** (40 - bits) * (1 + abs(after) + abs(before))
            return after - before, noise

    def descends(self, alpha: float) -> bool:
        """Whether alpha lowers the loss."""
        for bits in (BITS, MORE):
            rise, noise = self.phi(alpha, bits)
            if abs(rise) > noise:
                if bits == BITS and rise > 0:
                    continue  # asked again: a tie may have been missed by rounding
                return bool(rise < 0)
        return bool(rise < -noise)

    def slope(self) -> Any:
        """The slope of phi just after 0."""
        rise, _ = self.phi(mpf(2) ** -STEP, BITS)
        return rise * mpf(2) ** STEP


def derivatives(case: Case) -> tuple[list[float], bool]:
    """The slopes from the right along each axis, and whether those from the left are the same."""
    with mpmath.workprec(BITS):
        h = mpf(2) ** -STEP
        w = [mpf(x) for x in case.start]
        here = case.exact(w)
        sides = []
        for i in range(len(w)):
            for s in (h, -h):
                sides.append((case.exact([*w[:i], w[i] + s, *w[i + 1 :]]) - here) / s)
        same = all(
            abs(a - b) <= mpf(10) ** -15 * (1 + abs(a))
            for a, b in zip(sides[::2], sides[1::2], strict=True)
        )
        return [float(x) for x in sides[::2]], same


def check(seed: int, out: Outcome, rates: int = 60, budget: float = 6.0) -> None:
    """Gives the loss of a seed to check_descent and judges what is said to be proved."""
    case = draw(seed)
    true, smooth = derivatives(case)
    if not all(np.isfinite(true)) or not 1e-9 < np.linalg.norm(true) < 1e9:
        return
    rng = random.Random(seed)
    g, planted = list(true), rng.random() < 0.4
    if planted:
        i = rng.randrange(len(g))
        g[i] = g[i] * rng.choice((-1.0, 2.0, 1 + 1e-6)) + rng.choice((0.0, 0.1, 1e-6))
        planted = abs(g[i] - true[i]) > 1e-7 * float(np.linalg.norm(true))
    began = time.perf_counter()
    report = check_descent(
        case.loss(), lambda w: np.array(g), at=np.array(case.start), budget=budget
    )
    out.slowest = max(out.slowest, time.perf_counter() - began)
    out.done += 1
    out.verdicts[report.verdict] += 1
    judge_gradient(seed, report, (g, true), smooth, planted, out)
    judge_rates(seed, Judge(case, g), report, rates, out)


def judge_gradient(
    seed: int,
    report: Report,
    both: tuple[list[float], list[float]],
    smooth: bool,
    planted: bool,
    out: Outcome,
) -> None:
    """The verdict against the slopes along the axes; both: g and the true gradient."""
    g, true = both
    told = f"seed {seed}: {report.verdict}, g = {g}, slopes from the right {true}"
    if report.verdict == "right" and (planted or not smooth):
        out.unsound.append(f"{told}, {'equal' if smooth else 'others'} from the left")
    proved = report.verdict == "wrong gradient" and "(measured)" not in str(report)
    if proved and g == true and smooth and "uphill" not in str(report):
        out.alarms.append(told)
    error = report.gradient_error
    if smooth and error is not None:
        off = float(np.linalg.norm(np.subtract(g, true)) / np.linalg.norm(true))
        if off > error * (1 + 1e-6) + 1e-15:
            out.unsound.append(f"{told}: off by {off}, and {error} is said to be proved")


def judge_rates(seed: int, judge: Judge, report: Report, rates: int, out: Outcome) -> None:
    """The bracket and the slope against mpmath."""
    told = f"seed {seed}: start {judge.case.start}, g = {judge.direction}"
    slope = report.get("slope")
    if slope is not None and report.numbers["slope"].proved:
        true = judge.slope()
        if abs(true - slope) > 1e-12 * (1 + abs(slope)) and abs(true) < 1e20:
            out.unsound.append(f"{told}: the slope is {float(true)}, {slope} is said to be proved")
    low, high = report.certified, report.refuted
    if low is None:
        out.without += bool(slope is not None and slope < 0)
    else:
        rng = random.Random(seed)
        tried = [low, low * 1e-3, low * 1e-6, low * 1e-12, low / 2]
        tried += [low * rng.random() for _ in range(rates - len(tried))]
        bad = next((a for a in tried if not judge.descends(a)), None)
        if bad is not None:
            out.unsound.append(f"{told}: {bad!r} does not descend, (0, {low!r}] is certified")
    if high is not None:
        if judge.descends(high):
            out.unsound.append(f"{told}: {high!r} descends, and is refuted")
        if low is not None:
            out.ratios.append(high / low)


def main(arguments: list[str] | None = None) -> int:
    """Exit status 1 if anything unsound was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print the losses and the reports")
    chosen = parser.parse_args(arguments)
    out, began = Outcome(), time.perf_counter()
    for seed in range(chosen.first, chosen.first + chosen.count):
        seen = len(out.unsound) + len(out.alarms)
        try:
            check(seed, out)
        except Exception as reason:
            out.unsound.append(f"seed {seed}: {type(reason).__name__}: {reason}")
        for sentence in (out.unsound + out.alarms)[seen:]:
            print(
                ("UNSOUND " if sentence in out.unsound else "FALSE ALARM ") + sentence, flush=True
            )
        if chosen.show or len(out.unsound) + len(out.alarms) > seen:
            case = draw(seed)
            print(f"A = {case.a}\nb = {case.b}\nstart = {case.start}\n{case.source}", flush=True)
    ratios = np.array(out.ratios or [np.nan])
    print(
        f"{out.done} losses of {chosen.count} seeds from {chosen.first}: {len(out.unsound)}"
        f" unsound, {len(out.alarms)} false alarms; {out.without} descend without a certificate;"
        f" {len(out.ratios)} brackets, median ratio {np.median(ratios):.5f},"
        f" {np.mean(ratios > 1.05):.1%} above 1.05, worst {ratios.max():.3g};"
        f" {time.perf_counter() - began:.0f} s, slowest {out.slowest:.1f} s;"
        f" {dict(out.verdicts)}"
    )
    return 1 if out.unsound else 0


if __name__ == "__main__":
    raise SystemExit(main())
