"""Is the loss on balls the loss on floats? A program may ask what its numbers are.

isinstance(w[0], float), w.dtype, try/except around float(x): what is proved of such a program on
balls says nothing of what the user runs. Its value in floats is compared with the one on balls of
as many bits, whose radius bounds rounding.
"""

from __future__ import annotations

import math
import time

from flint import arb

from proofs.certify import paths
from proofs.certify.balls import exact, middle, union, upper, working
from proofs.certify.errors import NotDecided, OutOfBudget, Undecided
from proofs.certify.program import Program
from proofs.certify.reals import Ball

SLACK = 1e6  # radii that rounding may be off by: sums of floats are rounded more often
RELATIVE = 1e-6  # nor do more digits matter (float32 inside): other programs are further off
QUICK = 0.2  # seconds; where one run takes longer, the start alone is asked about


def elsewhere(start: list[float]) -> list[float]:
    """A point near the start, at which few coordinates are 0 or equal."""
    return [x * 1.0625 + 0.0625 for x in start]


def compare(program: Program, value: float, known: arb) -> None:
    """Raises NotDecided where the loss has another value on balls than in floats.

    value: in floats, at the start. known: on balls of many bits; where the two are as near as
    rounding leaves them, fewer bits are not asked.
    """
    began = time.monotonic()
    if not _near(program, value, known):
        _compare(program, program.start, value)
    if time.monotonic() - began < QUICK:
        point = elsewhere(program.start)
        _compare(program, point, program.loss_value(point))


def _near(program: Program, value: float, known: arb) -> bool:
    if not (math.isfinite(value) and known.is_finite()):
        return False
    with working(128):
        off = upper(abs(exact(value) - known))
    return off <= max(RELATIVE, 1e3 * program.unit) * upper(abs(known))


def _compare(program: Program, point: list[float], value: float) -> None:
    if not math.isfinite(value):
        return
    bits = max(round(-math.log2(program.unit)), 8)

    def compute() -> Ball:
        found = program.loss([Ball(x) for x in point])
        return found if isinstance(found, Ball) else Ball(found)

    try:
        found = paths.follow(paths.Run(), compute, bits, most=8)
    except OutOfBudget:
        raise
    except Undecided:
        return
    with working(128):
        ball = union([x.ball for x in found])
        if not ball.is_finite():
            return
        off = upper(abs(exact(value) - ball.mid()))
        digits = max(RELATIVE, 1e3 * program.unit)
        allowed = SLACK * upper(ball.rad()) + digits * upper(abs(ball)) + 1e-290
    if off > allowed:
        raise NotDecided(
            f"the loss is {value:.6g} in floats and {middle(ball):.6g} on balls: the program does"
            " something else with numbers that are no floats (isinstance, dtype, try/except?)"
        )
