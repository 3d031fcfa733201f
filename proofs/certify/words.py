"""What a report says of the gradient."""

from __future__ import annotations

import math

from proofs.certify.balls import lower, middle, upper
from proofs.certify.gradient import GradientCheck, Truth, check_gradient
from proofs.certify.program import Program
from proofs.certify.report import Report

WEAK = "the gradient is so near 0 here that the check says little: try another point"


def judge_gradient(
    program: Program, report: Report, g: list[float] | None, truth: Truth
) -> list[float] | None:
    """Says whether g is right; the direction to step along, None where there is none."""
    if g is None:
        if truth.smooth and all(x.is_finite() for x in truth.gradient):
            report.say("no gradient was given: the step is against the true one")
            return [middle(x) for x in truth.gradient]
        report.decide("kink" if not truth.smooth else "not decided")
        report.kinks = truth.kinks
        report.say(
            "the loss has no gradient here:"
            f" {', '.join(truth.kinks) or 'a derivative is not finite'}",
            "kink",
        )
        return None
    found = check_gradient(program, g, truth)
    if found.error is not None and found.verdict != "kink":
        report.put("gradient_error", found.error, True)
    if found.formula_error is not None:
        report.put("formula_error", found.formula_error, True)
    _GRADIENT[found.verdict](program, report, found)
    return g if all(map(math.isfinite, g)) else None


def _say_right(program: Program, report: Report, found: GradientCheck) -> None:
    if found.weak:
        report.notes.append(WEAK)
    if found.error is None:
        report.say("the gradient may be 0 here, and so is g", "gradient")
        return
    report.say(f"g is within {found.error:.2g} |g| of the gradient (proved)", "gradient")


def _worst(program: Program, report: Report, found: GradientCheck) -> str:
    i = found.worst
    assert i is not None
    assert found.truth is not None
    true = found.truth.gradient[i]
    report.worst = {
        "name": program.names[i],
        "is": found.g[i],
        "should_be": middle(true),
        "guess": found.guess,
    }
    shown = true.str(8, radius=False)
    return f"{program.names[i]} of g is {found.g[i]:.8g}, and should be {shown} (proved)"


def _say_wrong(program: Program, report: Report, found: GradientCheck) -> None:
    report.decide("wrong gradient")
    if not all(map(math.isfinite, found.g)):
        report.say(
            f"{_worst(program, report, found)}: not finite, where the loss is smooth", "gradient"
        )
    else:
        off = "" if found.error is None else f"g is off by {found.error:.3g} |g|; "
        report.say(f"{off}{_worst(program, report, found)}", "gradient")
    if found.guess:
        report.say(f"this looks like: {found.guess}")
    report.advice = "Repair the formula of g; the coordinate named is the worst"


def _say_rounding(program: Program, report: Report, found: GradientCheck) -> None:
    report.decide("rounding")
    off = (
        f"its floats are off by {found.error:.2g} |g|"
        if found.error is not None
        else "its floats overflow"
    )
    report.say(
        f"the formula of g is right in real arithmetic (proved), {off}:"
        f" {_worst(program, report, found)}",
        "gradient",
    )
    report.advice = (
        "Rewrite the formula so that it does not cancel or overflow (logaddexp, expm1,"
        " var), or use more bits"
    )


def _say_kink(program: Program, report: Report, found: GradientCheck) -> None:
    truth = found.truth
    assert truth is not None
    report.decide("kink")
    report.kinks = truth.kinks
    worst = max(
        range(len(found.g)), key=lambda i: upper(truth.gradient[i]) - lower(truth.gradient[i])
    )
    sides = sorted(middle(path[worst]) for path in truth.paths)
    what = "jumps" if truth.jumps else "has a kink"
    report.say(
        f"the loss {what} at this point, in {', '.join(truth.kinks) or 'a comparison'}; its"
        " slopes by"
        f" {program.names[worst]} go from {sides[0]:.6g} to {sides[-1]:.6g} (proved)",
        "kink",
    )
    if found.inside is not None:
        report.say(
            f"g {'lies between' if found.inside else 'does not lie between'} the one-sided"
            " gradients (measured)"
        )
        report.put("subgradient", found.inside, False)
    report.harmless = bool(found.inside) and not truth.jumps
    report.advice = (
        "Move the point a little, or accept g as a subgradient"
        if found.inside
        else "Repair g at the tie"
    )


def _say_undecided(program: Program, report: Report, found: GradientCheck) -> None:
    report.decide("not decided")
    report.say(found.why)


_GRADIENT = {
    "right": _say_right, "wrong gradient": _say_wrong, "rounding": _say_rounding, "kink": _say_kink,
    "not decided": _say_undecided,
}  # fmt: skip
