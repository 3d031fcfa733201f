"""Many starts, drawn from a hypothesis strategy: the first that is not right, made as simple as
hypothesis can.

Comparisons that the loss or its gradient makes are met in balls, so it is known how far each was
from a tie; hypothesis is told, and drives the starts towards them. That is how a mistake in one
region (x0 > 3, |x0 - x1| < 1e-3) is found.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from proofs.certify import paths
from proofs.certify.errors import BadCall, OutOfBudget
from proofs.certify.program import Program, program_of
from proofs.certify.report import Report


class _Found(Exception):
    """A start whose report is not right."""


def search(
    loss: Any,
    grad: Any,
    strategy: Any,
    alpha: float | None,
    points: int,
    check: Callable[..., Report],
) -> Report:
    """The report on the simplest start found to be wrong, or one that says how many were tried."""
    from hypothesis import HealthCheck, Phase, given, seed, settings, target

    last: dict[str, Any] = {}
    seen = {"tried": 0, "right": 0, "kink": 0, "undecided": 0}

    def time_is_over() -> bool:
        try:
            paths.check_time()
        except OutOfBudget as reason:
            last["over"] = str(reason)
            return True
        return False

    def one(at: Any) -> None:
        if "over" in last or time_is_over():
            return
        try:
            program = program_of(loss, grad, at)
        except BadCall as reason:
            if "at the start" in str(reason):
                return
            raise
        seen["tried"] += 1
        margins: dict[str, float] = {}
        try:
            with paths.watching(margins):
                report = check(program, alpha) if alpha is not None else _gradient_alone(program)
        except OutOfBudget as reason:
            last["over"] = str(reason)
            return
        if not bool(report) and report.verdict not in ("not decided", "kink"):
            last["report"], last["at"], last["front"] = report, at, program.front
            raise _Found
        seen["kink"] += report.verdict == "kink"
        seen["undecided"] += report.verdict == "not decided"
        seen["right"] += bool(report) and report.verdict != "kink"
        last["other"] = report
        for place, margin in list(margins.items())[:8]:
            target(-math.log(margin + 1e-12), label=place)

    run: Callable[[], None] = settings(
        max_examples=points, deadline=None, database=None, derandomize=False, print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate, Phase.target, Phase.shrink),
    )(seed(0)(given(strategy)(one)))  # type: ignore[no-untyped-call, unused-ignore]  # fmt: skip
    try:
        run()
    except BaseException as reason:
        if "report" not in last or not _is_found(reason):
            if isinstance(reason, BadCall) or not isinstance(reason, Exception):
                raise
            if not time_is_over():  # the alarm may ring inside hypothesis, which wonders at it
                raise
    if "report" in last:
        report: Report = last["report"]
        report.say(f"found at {_shown(last['at'])}, one of {seen['tried']} starts tried")
        report.front = last["front"]
        return report
    summary = _summary(seen, last.get("other"), "over" in last)
    if "over" in last:
        summary.decide("not decided")
        summary.say(f"{last['over']}, after {seen['tried']} starts")
        summary.advice = "Give a larger budget=, or fewer points="
    return summary


def _is_found(reason: BaseException) -> bool:
    if isinstance(reason, _Found):
        return True
    return isinstance(reason, BaseExceptionGroup) and any(_is_found(r) for r in reason.exceptions)


def _gradient_alone(program: Program) -> Report:
    from proofs.certify.check import check_gradient_at

    return check_gradient_at(program)


def _summary(seen: dict[str, int], other: Report | None, over: bool) -> Report:
    report = Report()
    if not seen["tried"] and not over:
        raise BadCall("the strategy gave no start that is finite: give one of floats or arrays")
    if seen["right"]:
        report.say(
            f"g is right at each of {seen['right']} starts drawn (each proved; the others of"
            " the strategy were not seen)",
            "gradient",
        )
    else:
        report.decide("kink" if seen["kink"] and not seen["undecided"] else "not decided")
        report.say("; ".join(other.sentences) if other else "no start was decided")
        report.harmless = bool(other and other.harmless)
    for what in ("kink", "undecided"):
        if seen[what]:
            report.notes.append(f"{seen[what]} of {seen['tried']} starts: {what}")
    if seen["undecided"] > seen["tried"] // 2:
        report.decide("not decided")
        report.say("; ".join(other.sentences) if other else "")
    report.put("starts", seen["tried"], False)
    return report


def _shown(at: Any) -> str:
    text = repr(at.tolist() if hasattr(at, "tolist") else at)
    return text if len(text) < 200 else text[:200] + "..."
