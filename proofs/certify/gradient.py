"""Is g the gradient? The formula, its rounding and its noise, told apart.

The true gradient comes from reverse mode in balls through the loss. The gradient's own code, run
in balls too, says whether its *formula* is right; what is left between that and its floats is
rounding.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flint import arb

from proofs.certify import paths, tape
from proofs.certify.balls import ZERO, exact, middle, norm, union, upper, working
from proofs.certify.errors import NotDecided, NotUnderstood
from proofs.certify.program import Program
from proofs.certify.reals import Ball

# roundoffs of a program's constants that a formula may be off by, before it counts as wrong
CONSTANTS = 1e3
FLOATS_OFF = 1e-9  # what the floats of a right formula may be off by in doubles: float32 is worse
ROUNDED = 1e5  # roundoffs that the floats of a right formula may be off by, before it is said
UNDERFLOW = 1e-290  # below this floats lose their precision, and nobody minds
TIES = 1024  # bits at which a comparison that is still undecided is called a tie


@dataclass
class Truth:
    """The gradient at the start: one list of balls for each path of the program near it."""

    value: arb
    paths: list[list[arb]]
    sizes: list[float]
    kinks: list[str] = field(default_factory=list)
    jumps: bool = False

    @property
    def smooth(self) -> bool:
        """Whether all paths have one gradient, as far as balls can tell."""
        first = self.paths[0]
        return not self.jumps and all(
            x.overlaps(y) for other in self.paths[1:] for x, y in zip(first, other, strict=True)
        )

    @property
    def gradient(self) -> list[arb]:
        """A ball around each partial derivative on any path."""
        return [union(list(column)) for column in zip(*self.paths, strict=True)]


def true_gradient(program: Program, bits: int = 128) -> Truth:
    """The gradient of the loss at the start, on every path, in more bits where a comparison or a
    ball asks for that.

    Raises NotDecided where the loss cannot be run in balls.
    """
    while True:
        run = paths.Run()
        with working(bits):
            point = [exact(x) for x in program.start]
            found = paths.follow(run, lambda: tape.gradient(program.loss, point, run), bits)
        value = found[0][0]
        jumps = any(not other[0].overlaps(value) for other in found)
        truth = Truth(
            value, [slopes for _, slopes, _ in found], found[0][2], list(run.kinks), jumps
        )
        if len(found) > 1 and truth.smooth:
            truth.kinks = []
        wide = any(
            x.is_finite() and x.rel_accuracy_bits() < 40 and not _small(x, s)
            for x, s in zip(truth.gradient, truth.sizes, strict=True)
        )
        if bits >= TIES or not (
            (wide and truth.smooth) or (len(found) > 1 and not _tied(program, bits))
        ):
            return truth
        bits *= 4


def _small(ball: arb, size: float) -> bool:
    return upper(ball) - -upper(-ball) <= 1e-20 * size or ball.is_zero()


def _tied(program: Program, bits: int) -> bool:
    """Whether the comparisons that are undecided at the point are exact ties (more bits would
    not help).
    """
    run = paths.Run()
    with working(bits), paths.running(run):
        try:
            program.loss([Ball(exact(x)) for x in program.start])
        except NotDecided:
            return True
    return not run.taken


def in_balls(program: Program, bits: int = 128) -> list[list[arb]] | None:
    """The gradient's own code in balls, on every path; None where there is none or it has no
    rule for an operation.
    """
    if program.gradient is None:
        return None
    gradient = program.gradient
    with working(bits):
        point = [Ball(exact(x)) for x in program.start]
        return paths.follow(paths.Run(), lambda: [_ball(x) for x in gradient(list(point))], bits)


def _ball(x: Any) -> arb:
    return x.ball if isinstance(x, Ball) else exact(x)


@dataclass
class GradientCheck:
    """What is known of g. error, formula_error: relative, upper bounds that are proved (None:
    not known).
    """

    verdict: str
    truth: Truth | None = None
    g: list[float] = field(default_factory=list)
    error: float | None = None
    formula_error: float | None = None
    worst: int | None = None
    guess: str = ""
    why: str = ""
    inside: bool | None = None
    weak: bool = False
    too_wide: bool = False


def check_gradient(
    program: Program, g: list[float], truth: Truth, bits: int = 128
) -> GradientCheck:
    """Compares the floats g, and the formula that made them, with the gradient of the loss at the
    start.
    """
    found = GradientCheck("right", truth, g)
    if not truth.smooth:
        found.verdict = "kink"
        found.inside = in_hull(truth, g)
        return found
    true = truth.gradient
    unknown = [i for i, x in enumerate(true) if not x.is_finite()]
    if unknown:
        found.verdict, found.worst = "not decided", unknown[0]
        found.why = (
            f"the loss has no finite derivative by {program.names[unknown[0]]} that balls can"
            " find (a root or logarithm"
            " at 0, or a division by 0): rewrite that operation"
        )
        return found
    with working(bits):
        _compare(program, found, true, g, bits)
    if found.too_wide and bits < TIES:
        return check_gradient(program, g, true_gradient(program, TIES), TIES)
    return found


def _compare(
    program: Program, found: GradientCheck, true: list[arb], g: list[float], bits: int
) -> None:
    code, why = _code_in_balls(program, bits)
    truth = found.truth
    assert truth is not None
    allowed = _allowed(program, truth, true)
    size = norm(true)
    finite = all(map(math.isfinite, g))
    floats_off = [abs(exact(x) - t) for x, t in zip(g, true, strict=True)] if finite else None
    if floats_off is not None and size > ZERO:
        found.error = upper(norm(floats_off) / size)
    found.weak = not size > ZERO or all(
        upper(abs(t)) <= a for t, a in zip(true, allowed, strict=True)
    )
    if code is not None:
        off = [abs(c - t) for c, t in zip(code, true, strict=True)]
        found.formula_error = upper(norm(off) / size) if size > ZERO else None
        _judge_formula(program, found, off, allowed, true, code)
        if found.verdict != "right":
            return
        limit = max(FLOATS_OFF, ROUNDED * program.unit)
        if floats_off is None or not _close(floats_off, true, truth, program, limit):
            found.verdict, found.worst = "rounding", _largest(floats_off, g)
        return
    found.why = why
    if floats_off is None:
        found.verdict, found.worst = "wrong gradient", _largest(None, g)
        return
    excess = _worst(floats_off, allowed)
    if excess is None:
        return
    found.worst = excess
    if bool(norm(floats_off) > size * exact(max(1e-4, 1e3 * program.unit))):
        found.verdict = "wrong gradient"
        found.guess = guess(program, g, [middle(t) for t in true])
    else:
        found.verdict = "not decided"
        found.why = (
            f"{program.names[excess]} of g is off by more than rounding usually is, and g's own"
            " code cannot be run in"
            f" balls to tell ({why})"
        )


def _code_in_balls(program: Program, bits: int) -> tuple[list[arb] | None, str]:
    if program.gradient is None:
        return None, "its code is not given"
    try:
        found = in_balls(program, bits)
    except NotUnderstood as reason:
        return None, str(reason)
    except NotDecided as reason:
        return None, str(reason)
    if found is None:
        return None, "its code is not given"
    return [union(list(column)) for column in zip(*found, strict=True)], ""


def _judge_formula(
    program: Program,
    found: GradientCheck,
    off: list[arb],
    allowed: list[float],
    true: list[arb],
    code: list[arb],
) -> None:
    wrong = _worst(off, allowed)
    if wrong is None:
        return
    found.worst = wrong
    if any(not c.is_finite() for c in code):
        bad = next(i for i, c in enumerate(code) if not c.is_finite())
        found.worst = bad
        value = found.g[bad]
        if math.isfinite(value) and abs(value - middle(true[bad])) <= 1e-6 * abs(middle(true[bad])):
            found.verdict = "not decided"
            found.why = (
                "g's code divides by 0 or takes a root or logarithm of 0 at"
                f" {program.names[bad]}, in real arithmetic"
            )
        else:
            found.verdict = "wrong gradient"
        return
    if not bool(off[wrong] > exact(allowed[wrong])):
        found.verdict = "not decided"
        found.why = f"the balls around {program.names[wrong]} of g are too wide to tell"
        found.too_wide = True
        return
    found.verdict = "wrong gradient"
    found.guess = guess(program, [middle(c) for c in code], [middle(t) for t in true])


def _allowed(program: Program, truth: Truth, true: list[arb]) -> list[float]:
    """How far each coordinate may be off because constants are rounded before the loss sees
    them.
    """
    largest = max((upper(abs(t)) for t in true), default=0.0)
    return [CONSTANTS * program.unit * s + 8 * program.unit * largest for s in truth.sizes]


def _worst(off: Sequence[arb], allowed: Sequence[float]) -> int | None:
    """The coordinate that is furthest outside what is allowed; None if all are provably inside."""
    worst, factor = None, -1.0
    for i, (x, a) in enumerate(zip(off, allowed, strict=True)):
        if bool(x <= exact(a)):
            continue
        this = math.inf if not x.is_finite() or a == 0 else middle(x) / a
        if this > factor:
            worst, factor = i, this
    return worst


def _close(off: list[arb], true: list[arb], truth: Truth, program: Program, limit: float) -> bool:
    """Whether the floats are as near as floats are: relative to g, or to the terms that cancel."""
    distance, terms = norm(off), sum((exact(s) for s in truth.sizes), ZERO)
    allowed = terms * exact(CONSTANTS * program.unit)
    relative = bool(distance <= norm(true) * exact(limit))
    return relative or bool(distance <= allowed) or bool(distance <= exact(UNDERFLOW))


def _largest(off: list[arb] | None, g: list[float]) -> int:
    if off is None:
        return next(i for i, x in enumerate(g) if not math.isfinite(x))
    return max(range(len(off)), key=lambda i: upper(off[i]))


def guess(program: Program, g: list[float], true: list[float]) -> str:
    """In words, what kind of mistake this looks like; empty if none of the usual ones."""
    size = math.sqrt(sum(x * x for x in true))
    near: Callable[[float, float], bool] = lambda a, b: (
        abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1e-9 * size)
    )
    bad = [i for i in range(len(g)) if not near(g[i], true[i])]
    if not bad or not all(map(math.isfinite, g)):
        return ""
    ratios = {i: g[i] / true[i] for i in bad if true[i] != 0}
    where = "every coordinate" if len(bad) == len(g) else f"{len(bad)} of {len(g)} coordinates"
    if len(ratios) == len(bad):
        first = ratios[bad[0]]
        if all(near(r, first) for r in ratios.values()):
            if near(first, -1.0):
                return (
                    f"{where} has the wrong sign"
                    if len(bad) == len(g)
                    else f"wrong sign in {where}"
                )
            if first and near(first, round(first)) and abs(first) >= 1.5:
                return f"{where}: {round(first)} times too large (a missing 1/{round(first)}?)"
            if first and near(1 / first, round(1 / first)):
                return f"{where}: {round(1 / first)} times too small"
            if first == 0:
                return f"{where}: 0 in place of the derivative"
            return f"{where}: off by the factor {first:.6g}"
        if all(near(abs(r), 1.0) for r in ratios.values()):
            return f"wrong sign in {where}"
    if sorted(round(x, 9) for x in g) == sorted(round(x, 9) for x in true):
        return "the right numbers in another order (a transposed matrix?)"
    return ""


def in_hull(truth: Truth, g: list[float], rounds: int = 2000) -> bool | None:
    """Whether g is a mixture of the gradients on the paths: a subgradient where the loss is
    convex. Measured.
    """
    if not all(map(math.isfinite, g)) or any(
        not x.is_finite() for path in truth.paths for x in path
    ):
        return None
    corners = [[middle(x) - y for x, y in zip(path, g, strict=True)] for path in truth.paths]
    scale = max((abs(x) for corner in corners for x in corner), default=0.0)
    if scale == 0.0:
        return True
    corners = [[x / scale for x in corner] for corner in corners]
    at = list(corners[0])
    for _ in range(rounds):
        best = min(corners, key=lambda c: sum(a * b for a, b in zip(at, c, strict=True)))
        step = [b - a for a, b in zip(at, best, strict=True)]
        length = sum(s * s for s in step)
        if length == 0:
            break
        t = min(1.0, max(0.0, -sum(a * s for a, s in zip(at, step, strict=True)) / length))
        if t == 0.0:
            break
        at = [a + t * s for a, s in zip(at, step, strict=True)]
    return sum(a * a for a in at) < 1e-6


__all__ = [
    "GradientCheck",
    "Truth",
    "check_gradient",
    "guess",
    "in_balls",
    "in_hull",
    "true_gradient",
]
