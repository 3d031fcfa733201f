"""What floats alone can say where balls cannot run the loss: two-sided slopes, with a model of
their noise.

Nothing here is more than measured, and the verdict is never "right".
"""

from __future__ import annotations

import math

from proofs.certify.program import Program
from proofs.certify.report import Report


def look(
    program: Program,
    report: Report,
    value: float,
    g: list[float] | None,
    alpha: float | None,
    why: str,
) -> None:
    """Adds to the report what two-sided slopes along g and along a few coordinates say."""
    if report.verdict in ("wrong gradient", "impure", "kink", "rounding"):
        report.say(f"the step was not decided: {why}")
        return
    if not math.isfinite(value):
        report.decide("not decided")
        report.say(f"the loss is {value} at the start, and {why}")
        report.advice = "Start where the loss is finite"
        return
    report.verdict = "not decided"
    report.say(why)
    report.advice = report.advice or "Replace that operation, and ask again"
    if g is None:
        return
    if not all(map(math.isfinite, g)):
        i = next(i for i, x in enumerate(g) if not math.isfinite(x))
        report.say(f"{program.names[i]} of g is {g[i]} (measured)")
        return
    _compare(program, report, value, g)
    if alpha is not None:
        after = program.loss_value([x - alpha * y for x, y in zip(program.start, g, strict=True)])
        report.put("loss_after", after, False)
        verb = "lowers" if after < value else "does not lower"
        report.say(
            f"a step of {alpha:g} {verb} the loss, from {value:.6g} to {after:.6g} (measured)"
        )


def _compare(program: Program, report: Report, value: float, g: list[float]) -> None:
    worst, at = 0.0, 0
    order = sorted(range(len(g)), key=lambda i: -abs(g[i]))
    chosen = order if len(g) <= 200 else order[:100] + order[:: max(1, len(g) // 100)]
    for i in chosen:
        slope, noise = two_sided(program, i, value)
        if not math.isfinite(slope):
            continue
        off = abs(slope - g[i]) / (10 * noise + 1e-6 * max(abs(slope), abs(g[i])) + 1e-300)
        if off > worst:
            worst, at, seen = off, i, slope
    if worst > 1:
        report.verdict = "wrong gradient"
        report.worst = {"name": program.names[at], "is": g[at], "should_be": seen, "guess": ""}
        report.say(
            f"{program.names[at]} of g is {g[at]:.6g}, and two-sided slopes of the loss give"
            f" {seen:.6g} (measured)"
        )
        report.advice = "Look at the formula of that coordinate first"
    else:
        report.say("two-sided slopes of the loss agree with g to within their noise (measured)")


def two_sided(program: Program, i: int, value: float) -> tuple[float, float]:
    """The slope by coordinate i and its noise, from three steps: the one whose neighbours agree
    best.
    """
    best = (math.nan, math.inf)
    scale = max(abs(program.start[i]), 1.0)
    before = None
    for power in (1 / 4, 1 / 3, 2 / 5, 1 / 2):
        h = scale * program.unit**power
        up, down = list(program.start), list(program.start)
        up[i], down[i] = up[i] + h, down[i] - h
        width = up[i] - down[i]
        slope = (program.loss_value(up) - program.loss_value(down)) / width
        rounding = 4 * program.unit * abs(value) / width
        if before is not None and math.isfinite(slope):
            noise = abs(slope - before) + rounding
            if noise < best[1]:
                best = (slope, noise)
        before = slope
    return best
