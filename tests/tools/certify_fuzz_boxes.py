"""Are the words on boxes true? python -m tests.tools.certify_fuzz_boxes [--count 50] [--first 0]

Random losses (`certify_losses`) on random boxes: the certified rate is tried from random starts of
the box, its corners and its middle, along the gradient there; the refuted one from the start named;
the Lipschitz constant against differences of gradients. All in mpmath, at 300 bits.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass, field, replace
from itertools import pairwise

import mpmath  # type: ignore[import-untyped]
import numpy as np

from proofs.certify import check_descent
from tests.tools.certify_fuzz import Judge, derivatives
from tests.tools.certify_losses import Case, draw


@dataclass
class Outcome:
    """What was seen; unsound must stay empty."""

    done: int = 0
    certified: int = 0
    unsound: list[str] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)


def smooth(case: Case) -> bool:
    """Whether the text has nothing that may bend: boxes with kinks are not decided as a rule."""
    words = ("abs", "max", "min", "where", "clip", "sign", "if", "[", "norm")
    body = case.source.partition("z = A @ w + b")[2]
    return not any(word in body.replace("z[0]", "").replace("z[1]", "") for word in words)


def gradient_at(case: Case, start: list[float]) -> tuple[list[float], bool]:
    """The gradient at a start, as floats, and whether there is one."""
    return derivatives(replace(case, start=start))


def check(seed: int, out: Outcome, starts: int = 40, budget: float = 1.5) -> None:
    """One loss on one box."""
    case, rng = draw(seed), random.Random(seed)
    middle = case.start
    if len(middle) > 2 or (not smooth(case) and seed % 16):
        return
    half = rng.choice((0.0, 0.01, 0.3, 1.0))
    box = [(w - half, w + half * rng.random()) for w in middle]
    report = check_descent(case.loss(), box=box, budget=budget)
    out.done += 1
    told = f"seed {seed}, box {box}"
    points = [[rng.uniform(*side) for side in box] for _ in range(starts)]
    points += [[a for a, _ in box], [b for _, b in box], [(a + b) / 2 for a, b in box]]
    gradients = [gradient_at(case, p) for p in points]
    if report.certified is not None:
        out.certified += 1
        for start, (g, _) in zip(points, gradients, strict=True):
            judge = Judge(replace(case, start=start), g)
            rates = [report.certified * x for x in (1.0, rng.random(), 1e-6)]
            if np.linalg.norm(g) > 1e-12 and not all(map(judge.descends, rates)):
                out.unsound.append(f"{told}: {rates} from {start} do not all descend (certified)")
                break
    failing = report.get("failing_start")
    if report.refuted is not None and failing is not None:
        g, _ = gradient_at(case, failing)
        # g is rounded here as there, so a rate at the very edge is left out
        if Judge(replace(case, start=failing), g).descends(report.refuted * (1 + 1e-9)):
            out.unsound.append(f"{told}: {report.refuted} descends from {failing} (refuted)")
        if report.certified is not None:
            out.ratios.append(report.refuted / report.certified)
    bound = report.get("lipschitz")
    if bound is not None:
        seen = list(zip(points, gradients, strict=True))
        for (p, (g, _)), (q, (h, _)) in pairwise(seen):
            apart = float(np.linalg.norm(np.subtract(p, q)))
            change = float(np.linalg.norm(np.subtract(g, h)))
            if change > bound * apart * (1 + 1e-9) + 1e-12:
                out.unsound.append(
                    f"{told}: the gradient changes by {change} over {apart}: {bound}"
                )
                break


def main(arguments: list[str] | None = None) -> int:
    """Exit status 1 if anything unsound was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--first", type=int, default=0)
    chosen = parser.parse_args(arguments)
    out, began = Outcome(), time.perf_counter()
    for seed in range(chosen.first, chosen.first + chosen.count):
        seen = len(out.unsound)
        try:
            check(seed, out)
        except (ArithmeticError, mpmath.libmp.NoConvergence):
            continue
        if len(out.unsound) > seen:
            case = draw(seed)
            print(
                f"UNSOUND {out.unsound[-1]}\nA = {case.a}\nb = {case.b}\n{case.source}", flush=True
            )
    ratios = np.array(out.ratios or [np.nan])
    print(
        f"{out.done} boxes of {chosen.count} seeds: {len(out.unsound)} unsound; {out.certified}"
        f" with a certified rate, {len(out.ratios)} brackets, median ratio {np.median(ratios):.3f},"
        f" worst {ratios.max():.3g}; {time.perf_counter() - began:.0f} s"
    )
    return 1 if out.unsound else 0


if __name__ == "__main__":
    raise SystemExit(main())
