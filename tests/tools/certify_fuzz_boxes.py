"""Are the words on boxes true? python -m tests.tools.certify_fuzz_boxes [--count 50] [--first 0]
[--smooth]

Random losses (`certify_losses`) on random boxes: the certified rate is tried from random starts of
the box, its corners and its middle, along the gradient there; the refuted one from the start named;
the Lipschitz constant against differences of gradients. All in mpmath, at 300 bits.

--smooth: losses of up to three parameters that boxes decide, and starts about the failing one too,
in balls of 300 bits, which have no part in what is certified.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np

from proofs.certify import check_descent
from proofs.certify.balls import ZERO, middle
from proofs.certify.gradient import true_gradient
from proofs.certify.program import program_of
from proofs.certify.ray import Ray
from tests.tools.certify_fuzz import Judge, derivatives
from tests.tools.certify_losses import Case, draw


Box = list[tuple[float, float]]


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
    centre = case.start
    if len(centre) > 2 or (not smooth(case) and seed % 16):
        return
    half = rng.choice((0.0, 0.01, 0.3, 1.0))
    box = [(w - half, w + half * rng.random()) for w in centre]
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


def sigmoid(z: Any) -> Any:
    """Written as a user may."""
    return 1 / (1 + np.exp(-z))


ROWS: dict[str, Callable[[Any], Any]] = {
    "square": lambda z: z * z,
    "quartic": lambda z: (z * z - 1) ** 2,
    "sigmoid": sigmoid,
    "square of a sigmoid": lambda z: (sigmoid(z) - 1) ** 2,
    "tanh": np.tanh,
    "exp": np.exp,
    "softplus": lambda z: np.logaddexp(0, z),
    "cos": np.cos,
    "bell": lambda z: np.exp(-z * z),
    "rational": lambda z: 1 / (1 + z * z),
    "root": lambda z: np.sqrt(1 + z * z),
    "log of a sine": lambda z: np.log(2 + np.sin(z)),
    "arctan": np.arctan,
}


def smooth_loss(seed: int) -> tuple[Callable[[Any], Any], Box]:
    """Functions of rows, summed, squared, multiplied, or in a logarithm; and a box."""
    rng = np.random.default_rng(seed)
    n, m, form = int(rng.integers(1, 4)), int(rng.integers(1, 6)), int(rng.integers(4))
    a, b, c = (
        rng.normal(size=(m, n)) * rng.choice([0.3, 1, 2]),
        rng.normal(size=m),
        rng.normal(size=m),
    )
    rows = [ROWS[name] for name in rng.choice(list(ROWS), size=m)]
    ridge, offset = rng.choice([0, 0.1, 1]), rng.choice([0, 1e3])

    def loss(w: Any) -> Any:
        z = a @ w + b
        terms = [row(z[i]) for i, row in enumerate(rows)]
        total, squares = sum(terms * c), sum(x * x for x in terms)
        found = (total, squares, terms[0] * terms[-1] + total, np.log(1 + squares))[form]
        return found + ridge * (w @ w) + offset

    half, middle = rng.choice([0.05, 0.3, 1, 2]), rng.normal(size=n)
    return loss, [(float(w - half), float(w + half * rng.random())) for w in middle]


def check_smooth(seed: int, out: Outcome, starts: int = 40, budget: float = 1.5) -> None:
    """One loss that boxes decide."""
    (loss, box), rng = smooth_loss(seed), np.random.default_rng(seed)
    report = check_descent(loss, box=box, budget=budget)
    out.done += 1
    low, high = np.array(box).T
    points = list(rng.uniform(low, high, (starts, len(box))))
    failing = report.get("failing_start")
    if failing is not None:
        near = np.array(failing) + rng.normal(size=(starts, len(box))) * (high - low) / 50
        points += [np.array(failing), *np.clip(near, low, high)]
    program = program_of(loss, None, low)
    seen = []
    for point in points:
        program.start = point.tolist()
        slopes = true_gradient(program).gradient
        g = [middle(x) for x in slopes]
        seen.append((point, np.array(g)))
        ray = Ray(program, g, 300)
        moves = report.certified is not None and np.linalg.norm(g) > 1e-12
        for rate in [(report.certified or 0.0) * x for x in (1.0, 0.97, 0.6, 1e-5) if moves]:
            if bool(ray.rise(rate) >= ZERO):
                told = f"{rate} does not descend from {point} (certified)"
                out.unsound.append(f"smooth seed {seed}, box {box}: {told}")
    out.certified += report.certified is not None
    if report.certified and report.refuted:
        out.ratios.append(report.refuted / report.certified)
    bound = report.get("lipschitz")
    for (p, u), (q, v) in pairwise(seen if bound is not None else []):
        if np.linalg.norm(u - v) > bound * np.linalg.norm(p - q) * (1 + 1e-9) + 1e-12:
            out.unsound.append(f"smooth seed {seed}, box {box}: the gradient changes by more")


def main(arguments: list[str] | None = None) -> int:
    """Exit status 1 if anything unsound was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--smooth", action="store_true")
    chosen = parser.parse_args(arguments)
    out, began = Outcome(), time.perf_counter()
    for seed in range(chosen.first, chosen.first + chosen.count):
        seen = len(out.unsound)
        try:
            (check_smooth if chosen.smooth else check)(seed, out)
        except (ArithmeticError, mpmath.libmp.NoConvergence):
            continue
        if len(out.unsound) > seen and chosen.smooth:
            print(f"UNSOUND {out.unsound[-1]}", flush=True)
        elif len(out.unsound) > seen:
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
