"""The report on every start of a box."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Any

from proofs.certify.balls import ZERO
from proofs.certify.boxes import Boxes, corners_and_centre, lipschitz
from proofs.certify.errors import BadCall, NotDecided, OutOfBudget
from proofs.certify.program import Program, program_of
from proofs.certify.quadratics import curvature
from proofs.certify.ray import Ray
from proofs.certify.report import Report, down, up

MOST = 8  # coordinates


def check_box(
    loss: Any, grad: Any, at: Any, box: Any, alpha: float | None, budget: float
) -> Report:
    """The report on every start of a box: a rate that holds for all, and a start at which a
    little more fails.
    """
    sides, at = _sides(box, at)
    program = program_of(loss, grad, at)
    if len(sides) != len(program.start):
        raise BadCall(
            f"the box has {len(sides)} sides, and the loss has {len(program.start)} coordinates"
        )
    report = Report(front=program.front)
    if len(sides) > MOST:
        report.decide("not decided")
        report.say(f"a box of {len(sides)} coordinates is too large to cut up (at most {MOST})")
        report.advice = "Ask at single starts, or fix most of the coordinates"
        return report
    try:
        _check_finite(program, sides)
        if grad is not None and not _gradient_right(program, sides, report):
            return report
        seconds = min(8.0, budget * 0.6)
        found = Boxes(program, sides, alpha)
        found.search(seconds)
        everywhere = curvature(program)
        if everywhere is not None and everywhere.certified is not None:
            found.certified = max(found.certified, everywhere.certified)
        _say_rate(report, found, alpha, sides)
        report.put("parts", found.parts, True)
        if report.verdict != "not decided":
            with suppress(OutOfBudget):  # what is said of the rate stays
                _say_constant(report, lipschitz(program, sides, min(2.0, budget / 4)))
    except OutOfBudget as reason:
        report.decide("not decided")
        report.say(str(reason))
        report.advice = "Give a larger budget=, or a smaller box"
    except NotDecided as reason:
        report.decide("not decided")
        report.say(str(reason))
        report.advice = report.advice or "Take a smaller box, or replace that operation"
    return report


def _say_constant(report: Report, constant: tuple[float, float] | None) -> None:
    if constant is not None:
        report.put("lipschitz", constant[1], True)
        report.say(
            f"the gradient changes by at most {up(constant[1])} times the distance in the box"
            " (proved)"
        )


def _sides(box: Any, at: Any) -> tuple[list[tuple[float, float]], Any]:
    try:
        sides = [(float(a), float(b)) for a, b in box]
    except (TypeError, ValueError):
        raise BadCall(
            f"box is {box!r:.80}: a list of (low, high), one for each coordinate"
        ) from None
    if not sides:
        raise BadCall("the box has no sides: give (low, high) for each coordinate")
    for i, (a, b) in enumerate(sides):
        if not (math.isfinite(a) and math.isfinite(b)):
            raise BadCall(f"side {i} of the box is ({a}, {b}): both ends must be finite")
        if a > b:
            raise BadCall(f"side {i} of the box is ({a}, {b}): its ends are reversed")
    if at is None:
        import numpy as np

        at = np.array([(a + b) / 2 for a, b in sides])
    return sides, at


def _check_finite(program: Program, sides: list[tuple[float, float]]) -> None:
    """Raises NotDecided where the loss has no value somewhere in the box, or none that is seen."""
    for start in corners_and_centre(sides):
        value = program.loss_value(start)
        if not math.isfinite(value):
            raise NotDecided(
                f"the loss is {value} at {start}: the box leaves the domain of the loss (measured)"
            )


def _gradient_right(program: Program, sides: list[tuple[float, float]], report: Report) -> bool:
    from proofs.certify.check import check_gradient_at

    before = program.start
    starts = corners_and_centre(sides)
    try:
        for start in starts:
            program.start = list(start)
            found = check_gradient_at(program)
            if found.verdict not in ("right", "kink"):
                report.verdict, report.sentences, report.advice = (
                    found.verdict,
                    found.sentences,
                    found.advice,
                )
                report.numbers, report.worst, report.pages = found.numbers, found.worst, found.pages
                report.say(f"found at {start}")
                return False
    finally:
        program.start = before
    report.say(
        f"g is right at {len(starts)} points of the box (each proved; the others were not seen)",
        "gradient",
    )
    return True


def _say_rate(
    report: Report, found: Boxes, alpha: float | None, sides: list[tuple[float, float]]
) -> None:
    certified = found.certified if found.certified > 0 else None
    refuted = found.refuted if math.isfinite(found.refuted) else None
    if certified:
        report.put("certified", certified, True)
        report.say(
            "from every start in the box with a gradient that is not 0, every learning rate in"
            f" (0, {down(certified)}]"
            " lowers the loss (proved, along the true gradient)",
            "every start",
        )
    else:
        report.decide("not decided")
        report.say(
            "no learning rate could be certified for the whole box"
            + (f": {found.why}" if found.why else "")
        )
        report.advice = "Take a smaller box, or look for a kink or an edge of the domain in it"
    if refuted:
        report.put("refuted", refuted, True)
        report.put("failing_start", found.failing, True)
        report.say(f"{up(refuted)} fails from {found.failing} (proved)")
    if alpha is None:
        return
    if certified and alpha <= certified:
        report.say(f"alpha = {alpha:g} is one of these")
    elif refuted and alpha >= refuted and _fails(found, alpha):
        report.verdict = "step too large"
        report.say(f"alpha = {alpha:g} raises the loss from {found.failing} (proved)", "too far")
        report.advice = f"Use a learning rate of at most {down(certified)}" if certified else ""
    else:
        report.decide("not decided")
        report.say(f"whether alpha = {alpha:g} lowers the loss from every start is not decided")


def _fails(found: Boxes, alpha: float) -> bool:
    assert found.failing is not None
    program, before = found.program, found.program.start
    try:
        program.start = found.failing
        g = found.direction(found.failing)
        return g is not None and bool(Ray(program, g).rise(alpha) >= ZERO)
    finally:
        program.start = before
