"""The run from a start: each step of the float iteration, and the first that is not a proved
decrease.
"""

from __future__ import annotations

import math

from proofs.certify.balls import ZERO, exact, middle, upper, working
from proofs.certify.errors import BadCall, NotDecided, OutOfBudget
from proofs.certify.gradient import true_gradient
from proofs.certify.program import Program
from proofs.certify.ray import Ray
from proofs.certify.report import Report


def check_steps(program: Program, alpha: float | None, steps: int) -> Report:
    """Follows w := w - alpha g in the program's own floats, and asks balls about each step."""
    from proofs.certify.check import check_at

    if alpha is None:
        raise BadCall("steps needs alpha, the learning rate of the run")
    report = check_at(program, alpha)
    if report.verdict == "impure":
        return report
    first = list(program.start)
    losses = []
    try:
        for k in range(steps):
            g = direction(program)
            if not all(map(math.isfinite, g)):
                report.decide("wrong gradient")
                report.say(f"in step {k + 1} of {steps} g is not finite (measured)", "steps")
                break
            if all(x == 0 for x in g):
                report.say(f"g is 0 after {k} steps: the run stands still (measured)", "steps")
                break
            ray = Ray(program, g)
            losses.append(middle(ray.value))
            rise = ray.rise(alpha)
            if not bool(rise < ZERO):
                _stop(program, report, ray, k, steps, alpha)
                break
            program.start = [
                _rounded(w - alpha * x, program.unit) for w, x in zip(program.start, g, strict=True)
            ]
        else:
            report.put("steps", steps, True)
            report.say(f"each of the {steps} steps from there lowers the loss (proved)", "steps")
    except (NotDecided, OutOfBudget) as reason:
        report.decide("not decided")
        report.say(f"step {len(losses) + 1} of {steps} was not decided: {reason}", "steps")
    finally:
        program.start = first
    report.put("losses", losses, True)
    return report


def _stop(program: Program, report: Report, ray: Ray, k: int, steps: int, alpha: float) -> None:
    rise = ray.rise(alpha)
    report.put("steps", k, True)
    noise = program.unit * abs(middle(ray.value))
    where = f"step {k + 1} of {steps}"
    if bool(rise >= ZERO):
        if upper(rise) <= 4 * noise:
            report.decide("limited by rounding")
            report.say(
                f"{where} no longer lowers the loss: the run has come to its noise (proved)",
                "steps",
            )
            return
        report.decide("step too large")
        after = middle(rise + ray.value)
        report.say(
            f"{where} raises the loss from {middle(ray.value):.6g} to {after:.6g} (proved)", "steps"
        )
        report.advice = report.advice or "Use a smaller learning rate from there on"
    else:
        report.decide("not decided")
        report.say(f"whether {where} lowers the loss is not decided", "steps")


def direction(program: Program) -> list[float]:
    """g as the program computes it, or the floats nearest the true gradient where none is given."""
    if program.gradient_value is not None:
        return program.gradient_value(program.start)
    truth = true_gradient(program)
    if not truth.smooth:
        raise NotDecided(f"the loss has a kink there ({', '.join(truth.kinks)})")
    return [middle(x) for x in truth.gradient]


def _rounded(x: float, unit: float) -> float:
    """x in the precision of the program."""
    if unit <= 2.0**-53:
        return x
    with working(round(-math.log2(unit))):
        return float(exact(x) + 0)
