"""check_descent and assert_descent: from the user's call to a Report."""

from __future__ import annotations

import gc
import math
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from flint import arb

from proofs.certify import agreement, paths
from proofs.certify.balls import ZERO, exact, middle, upper, working
from proofs.certify.errors import BadCall, NotDecided, OutOfBudget
from proofs.certify.gradient import true_gradient
from proofs.certify.patience import finished, interrupted
from proofs.certify.program import Program, program_of
from proofs.certify.ray import Bracket, Ray, bracket
from proofs.certify.reals import Ball
from proofs.certify.report import Report, down, up
from proofs.certify.words import judge_gradient

EVERY_START = 60  # coordinates up to which a quadratic loss is asked about every start
REPEATABLE = "Draw random numbers before, keep nothing between calls, or reset it in the function"


def check_descent(
    loss: Callable[..., Any],
    grad: Callable[..., Any] | None = None,
    *,
    at: Any = None,
    alpha: float | None = None,
    box: Any = None,
    steps: int | None = None,
    budget: float = 60.0,
    points: int = 100,
) -> Report:
    """Is grad the gradient of loss at `at`, does a step of alpha lower the loss, and up to which
    alpha is that proved?

    loss, grad: functions of one argument (or of the parts of the tuple `at`), in numpy, plain
    Python, jax or torch; they are run unchanged. at: floats, arrays, a tree of arrays, or a
    hypothesis strategy of these (then `points` of them are tried). box: (low, high) for each
    coordinate; every start in it is asked about. steps: how many steps of the run from `at` to
    look at. budget: seconds; what is decided by then is reported.

    Raises BadCall where the call makes no sense: one sentence, with what to do.
    """
    began = time.monotonic()
    _check_call(at, alpha, box, steps, budget, points)
    paths.NOTES.clear()
    try:
        with _quiet(), _seldom_collected(), paths.until(began + budget), interrupted(budget):
            report = _answer(loss, grad, at, alpha, box, steps, budget, points)
    except OutOfBudget as reason:
        report = Report("not decided", [str(reason)], advice="Give a larger budget=")
    finished()
    report.notes += [note for note in paths.NOTES if note not in report.notes]
    report.seconds = time.monotonic() - began
    report.alpha = alpha
    return report


def _answer(
    loss: Any, grad: Any, at: Any, alpha: Any, box: Any, steps: Any, budget: float, points: int
) -> Report:
    """By the kind of question."""
    if _is_strategy(at):
        from proofs.certify.searching import search

        return search(loss, grad, at, alpha, points, check_at)
    if box is not None:
        if find_spec("numpy") is None:
            raise BadCall("a box needs numpy: pip install numpy, or ask at single starts")
        from proofs.certify.box_check import check_box

        return check_box(loss, grad, at, box, alpha, budget)
    program = program_of(loss, grad, at)
    if steps is not None:
        from proofs.certify.stepping import check_steps

        report = check_steps(program, alpha, steps)
    else:
        report = check_at(program, alpha, budget)
    report.front = program.front
    return report


def assert_descent(
    loss: Callable[..., Any], grad: Callable[..., Any] | None = None, **options: Any
) -> Report:
    """check_descent for a test: raises AssertionError, whose message is the report, unless there
    is nothing to repair.

    Not decided is no success: it raises too, unless undecided=True is given.
    """
    allowed = options.pop("undecided", False)
    report = check_descent(loss, grad, **options)
    if not report and not (allowed and report.verdict == "not decided"):
        raise AssertionError(str(report))
    return report


def _check_call(at: Any, alpha: Any, box: Any, steps: Any, budget: Any, points: Any) -> None:
    if at is None and box is None:
        raise BadCall("give at=..., the parameters at which to check")
    if alpha is not None:
        try:
            number = math.nan if isinstance(alpha, (bool, str)) else float(alpha)
        except (TypeError, ValueError):
            raise BadCall(f"alpha is {alpha!r}: a learning rate is a positive number") from None
        if not (math.isfinite(number) and number > 0):
            raise BadCall(f"alpha is {alpha!r}: a learning rate is a positive, finite number")
    if steps is not None and (not isinstance(steps, int) or isinstance(steps, bool) or steps < 1):
        raise BadCall(f"steps is {steps!r}: the number of steps, at least 1")
    if steps is not None and alpha is None:
        raise BadCall("steps needs alpha, the learning rate of the run")
    if not isinstance(budget, (int, float)) or not budget > 0:
        raise BadCall(f"budget is {budget!r}: seconds, more than 0")
    if not isinstance(points, int) or points < 1:
        raise BadCall(f"points is {points!r}: how many starts to draw, at least 1")
    drawn = _is_strategy(at)
    if (steps is not None) + (box is not None) + drawn > 1:
        asked = [steps is not None and "steps", box is not None and "box", drawn and "a strategy"]
        both = " and ".join(x for x in asked if x)
        raise BadCall(f"{both} are different questions: ask one of them in a call")


def _is_strategy(at: Any) -> bool:
    return type(at).__module__.partition(".")[0] == "hypothesis"


@contextmanager
def _quiet() -> Iterator[None]:
    """numpy's warnings of overflow are ours to report."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Python's search for cyclic garbage, which takes half of the time over a million balls, is
    made less often: what holds balls is no cycle, or broken up after use.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(1_000_000, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def check_at(program: Program, alpha: float | None = None, budget: float = 60.0) -> Report:
    """The report at one start."""
    report = Report()
    try:
        floats = _floats(program, report)
    except OutOfBudget as reason:
        report.decide("not decided")
        report.say(f"{reason}, before the loss and g were computed a few times")
        report.advice = "Give a larger budget=, or a smaller loss (fewer rows)"
        return report
    if floats is None:
        return report
    value, g = floats
    try:
        if not math.isfinite(value) and _has_no_value(program, report, value):
            return report
        truth = true_gradient(program)
        agreement.compare(program, value, truth.value)
        g = judge_gradient(program, report, g, truth)
        if g is not None:
            _judge_step(program, report, value, g, truth.gradient, alpha, budget)
    except OutOfBudget as reason:
        report.decide("not decided")
        report.say(f"{reason}: what is said here was decided before")
        report.advice = "Give a larger budget=, or a smaller loss (fewer rows)"
    except NotDecided as reason:
        from proofs.certify.blackbox import look

        look(program, report, value, g, alpha, str(reason))
    except (ArithmeticError, LookupError, AttributeError, TypeError, ValueError) as reason:
        if isinstance(reason, BadCall):
            raise
        from proofs.certify.blackbox import look

        look(
            program,
            report,
            value,
            g,
            alpha,
            f"the program fails on balls ({type(reason).__name__}: {reason})",
        )
    if report.verdict == "not decided" or _same([value], [program.loss_value(program.start)]):
        return report
    changed = Report("impure")
    changed.say(
        "the loss is another one after this check than before (measured): it depends on earlier"
        " calls"
    )
    changed.advice = REPEATABLE
    return changed


def check_gradient_at(program: Program) -> Report:
    """The report on the gradient alone."""
    report = Report()
    floats = _floats(program, report)
    if floats is None:
        return report
    value, g = floats
    try:
        truth = true_gradient(program)
        agreement.compare(program, value, truth.value)
        judge_gradient(program, report, g, truth)
    except NotDecided as reason:
        from proofs.certify.blackbox import look

        look(program, report, value, g, None, str(reason))
    return report


def _floats(program: Program, report: Report) -> tuple[float, list[float] | None] | None:
    """The loss and g as the program computes them, each more than once; None where they depend
    on earlier calls.
    """
    start = program.start
    value = program.loss_value(start)
    g = program.gradient_value(start) if program.gradient_value else None
    program.loss_value([x * (1 + 2.0**-10) + 2.0**-10 for x in start])
    again = program.gradient_value(start) if program.gradient_value else None
    value_again = program.loss_value(start)
    what = ""
    if not _same([value], [value_again]):
        what = f"the loss is {value!r} and, asked again at the same point, {value_again!r}"
    elif g is not None and again is not None and not _same(g, again):
        i = next(i for i in range(len(g)) if not _same([g[i]], [again[i]]))
        what = (
            f"{program.names[i]} of g is {g[i]!r} and, after the loss was asked"
            f" elsewhere, {again[i]!r}"
        )
    if what:
        report.decide("impure")
        report.say(f"{what} (measured): it depends on earlier calls")
        report.advice = REPEATABLE
        return None
    report.put("loss", value, False)
    return value, g


def _has_no_value(program: Program, report: Report, value: float) -> bool:
    """Says so where the loss is not finite at the start, in real arithmetic as in floats."""
    with working(128):
        points = [Ball(exact(x)) for x in program.start]
        run = paths.Run()
        found = paths.follow(run, lambda: program.loss(list(points)), 128)
    if all(getattr(x, "ball", ZERO).is_finite() for x in found):
        return False
    report.decide("not decided")
    report.say(
        f"the loss is {value} at the start (a logarithm or root of a negative number, or a"
        " division by 0?)"
    )
    report.advice = "Start where the loss is finite"
    return True


def _same(a: list[float], b: list[float]) -> bool:
    return all(x == y or (x != x and y != y) for x, y in zip(a, b, strict=True))


def _judge_step(
    program: Program,
    report: Report,
    value: float,
    g: list[float],
    gradient: list[arb],
    alpha: float | None,
    budget: float,
) -> None:
    if all(x == 0 for x in g):
        report.say("g is 0: a step goes nowhere")
        return
    ray = Ray(program, g)
    report.ray = ray
    slopes = ray.slopes()
    report.put("slope", max(middle(s) for s in slopes), all(s.overlaps(slopes[0]) for s in slopes))
    if all(bool(s > ZERO) for s in slopes):
        report.say(
            f"-g points uphill: the slope of the loss along it is {middle(slopes[0]):+.3g}"
            " (proved)",
            "uphill",
        )
        report.decide("wrong gradient")
    elif any(bool(s > ZERO) for s in slopes) or not any(bool(s < ZERO) for s in slopes):
        report.say("whether -g points downhill is not decided")
    else:
        found = bracket(ray, alpha, seconds=budget / 2)
        _say_bracket(report, ray, found, alpha)
        _judge_noise(program, report, ray, value, found)
        _judge_every_start(program, report, gradient)
    if alpha is not None:
        _judge_alpha(report, ray, alpha)
    report.evaluations = ray.count


def _say_bracket(report: Report, ray: Ray, found: Bracket, alpha: float | None) -> None:
    if found.certified:
        report.put("certified", found.certified, True)
    if found.refuted:
        report.put("refuted", found.refuted, True)
    if found.certified and found.refuted:
        report.say(
            f"every learning rate in (0, {down(found.certified)}] lowers the loss;"
            f" {up(found.refuted)} does not (proved)",
            "rate",
        )
    elif found.certified:
        report.say(
            f"every learning rate in (0, {down(found.certified)}] lowers the loss (proved),"
            " none that fails was found",
            "rate",
        )
    else:
        report.decide("not decided")
        report.say(found.why or "no learning rate could be certified")
        if found.refuted:
            report.say(f"{up(found.refuted)} does not lower the loss (proved)", "rate")


def _judge_every_start(program: Program, report: Report, gradient: list[arb]) -> None:
    """For a quadratic loss with the right gradient: the rate for all starts at once."""
    from proofs.certify.quadratics import curvature

    if report.verdict not in ("right", "limited by rounding") or len(program.start) > EVERY_START:
        return
    found = curvature(program, gradient)
    if found is None or found.certified is None:
        return
    report.put("certified_everywhere", found.certified, True)
    report.put("refuted_somewhere", found.refuted, True)
    report.say(
        f"the loss is quadratic: from every start, (0, {down(found.certified)}] does (proved)",
        "every start",
    )


def _judge_alpha(report: Report, ray: Ray, alpha: float) -> None:
    certified = report.certified
    if certified is not None and alpha <= certified:
        report.say(f"alpha = {alpha:g} is one of these")
        return
    rise = ray.rise(alpha)
    before, after = middle(ray.value), middle(rise + ray.value)
    report.put("loss_after", after, True)
    if bool(rise >= ZERO):
        report.decide("step too large")
        verb = "raises" if bool(rise > ZERO) else "does not lower"
        report.say(
            f"alpha = {alpha:g} {verb} the loss from {before:.6g} to {after:.6g} (proved)",
            "too far",
        )
        if certified and not report.advice:
            report.advice = f"Use a learning rate of at most {down(certified)}"
    elif bool(rise < ZERO):
        report.say(
            f"alpha = {alpha:g} itself lowers the loss from {before:.6g} to {after:.6g}"
            " (proved), though not every smaller one is shown to"
        )
    else:
        report.decide("not decided")
        report.say(f"whether alpha = {alpha:g} lowers the loss is not decided")


def _judge_noise(program: Program, report: Report, ray: Ray, value: float, found: Bracket) -> None:
    """Whether the best step gains less than the loss's own rounding."""
    if not found.certified or not math.isfinite(value):
        if not math.isfinite(value):
            report.decide("rounding")
            report.say(
                f"the loss is {value} in floats, where it is {middle(ray.value):.6g} in real"
                " arithmetic (proved)"
            )
            report.advice = (
                report.advice or "Rewrite the loss so that it does not overflow (logaddexp, log1p)"
            )
        return
    with working(ray.bits):
        off = upper(abs(exact(value) - ray.value))
    noise = max(off, program.unit * abs(value))
    gain = -upper(ray.rise(found.certified * 0.5))  # on a parabola the best
    if gain < 2 * noise:
        others = [-upper(ray.rise(found.certified * part)) for part in (0.25, 0.75, 1.0)]
        gain = max(gain, *others)
    report.put("noise", noise, False)
    report.put("best_gain", gain, True)
    if gain < 2 * noise and report.verdict in ("right", "rounding"):
        lost = off > 1e-3 * abs(middle(ray.value)) and off > 1e-290
        report.verdict = "limited by rounding"
        report.say(
            f"the best step gains {gain:.2g}, and the loss as computed is off by {noise:.2g}"
            " (measured)" + (": its formula loses all digits here" if lost else "")
        )
        report.advice = (
            "Rewrite the loss so that it does not cancel, or use more bits" if lost
            else "Nothing to gain at this precision: stop here, or take a constant off the loss"
        )  # fmt: skip
