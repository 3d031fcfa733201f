"""Is the bracket sound? python -m tests.certify.fuzz [how many] [first seed]

Each bracket of a random loss is checked at 60 learning rates, in balls of 300 bits at single
points: no series, no ranges.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

import numpy as np

from proofs.certify.balls import ZERO, middle
from proofs.certify.errors import NotDecided
from proofs.certify.gradient import true_gradient
from proofs.certify.program import python_program
from proofs.certify.ray import Ray, bracket
from tests.certify.random_losses import draw


@dataclass
class Outcome:
    """What the fuzz found; unsound is a list of sentences, and must be empty."""

    done: int = 0
    unsound: list[str] = field(default_factory=list)
    open: int = 0
    ratios: list[float] = field(default_factory=list)


def fuzz(seeds: range, rates: int = 60) -> Outcome:
    """Checks the bracket of each seed's loss."""
    out = Outcome()
    for seed in seeds:
        check(seed, rates, out)
    return out


def check(seed: int, rates: int, out: Outcome) -> None:
    name, loss, start = draw(seed)
    program = python_program(loss, None, start)
    try:
        truth = true_gradient(program)
    except NotDecided:
        return
    direction = [middle(x) for x in truth.paths[0]]
    if not np.all(np.isfinite(direction)) or not np.linalg.norm(direction) > 1e-9:
        return
    ray = Ray(program, direction)
    if not all(bool(slope < ZERO) for slope in ray.slopes()):
        return
    out.done += 1
    found = bracket(ray, None, most=250, seconds=10.0)
    fine = Ray(program, direction, bits=300)
    if found.certified is None:
        out.open += 1
    else:
        rng = np.random.default_rng(seed)
        tried = [
            *(rng.random(rates - 2) * found.certified),
            found.certified,
            found.certified * 1e-6,
        ]
        for alpha in map(float, tried):
            if bool(fine.rise(alpha) >= ZERO):
                out.unsound.append(
                    f"seed {seed} ({name}): {alpha} <= {found.certified} does not descend"
                )
    if found.refuted is not None:
        if not bool(fine.rise(found.refuted) >= ZERO):
            out.unsound.append(f"seed {seed} ({name}): {found.refuted} is refuted and descends")
        if found.certified:
            out.ratios.append(found.refuted / found.certified)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    began = time.perf_counter()
    out = fuzz(range(first, first + count))
    for sentence in out.unsound:
        print("UNSOUND", sentence)
    ratios = np.array(out.ratios)
    print(
        f"{out.done} losses, {len(out.unsound)} unsound, {out.open} without a certificate,"
        f" {len(ratios)} brackets: median"
        f" ratio {np.median(ratios):.4f}, {np.mean(ratios > 1.05):.1%} above 1.05, worst"
        f" {ratios.max():.3f},"
        f" {time.perf_counter() - began:.0f} s"
    )
    return 1 if out.unsound else 0


if __name__ == "__main__":
    raise SystemExit(main())
