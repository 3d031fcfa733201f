"""Losses that vary along a unit vector alone, where their slope is a broken line that is nowhere
steeper than 1.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular

u, d = vector("u d")
x, y, corner, missed, change, bound = real("x y corner missed change bound")
Bends = Sequence[tuple[int, Any]]  # by how much the slope turns, and from which x on


def beyond(x: Any, corner: Any) -> Term:
    """max(x - corner, 0)."""
    part: Term = maximum(x - corner, 0)
    return part


def bent_slope(x: Any, bends: Bends, rise: int = 0) -> Term:
    """A slope that is rise x at first, and turns at each bend."""
    total: Term = rise * x + sum(turn * beyond(x, place) for turn, place in bends)
    return total


def bent_line(x: Any, bends: Bends, rise: int = 0) -> Term:
    """The value of which it is the slope."""
    squares: Term = rise * x**2 + sum(turn * beyond(x, place) ** 2 for turn, place in bends)
    return squares / 2


@cache
def error_of_a_bend() -> Theorem:
    """The linear model of beyond(x)^2 / 2 errs by a number between 0 and y^2 / 2."""
    before, after = beyond(x, corner), beyond(x + y, corner)
    error = after**2 / 2 - before**2 / 2 - before * y
    return entails([], (error >= 0) & (2 * error <= y**2))


def error_of_bends(bends: Bends, rise: int = 0) -> Theorem:
    """The linear model of `bent_line` errs by at most y^2 / 2 for each unit of rise and turn."""
    errors, size = [real(f"error{i}") for i, _ in enumerate(bends)], real("size")
    each = [substitute(error_of_a_bend(), {corner: place}) for _, place in bends]
    given = [(e >= 0) & (2 * e <= size) for e in errors]
    turning = rise + sum(abs(turn) for turn, _ in bends)
    total = rise * size + 2 * sum(turn * e for e, (turn, _) in zip(errors, bends, strict=True))
    summed = entails([size >= 0, *given], abs(total / 2) <= Fraction(turning, 2) * size)
    values = {e: bend.goal.args[0].args[0] for e, bend in zip(errors, each, strict=True)}
    before, after = bent_line(x, bends, rise), bent_line(x + y, bends, rise)
    missed = after - before - bent_slope(x, bends, rise) * y
    known = [substitute(summed, {**values, size: y**2}), *each]
    return entails([], abs(missed) <= Fraction(turning, 2) * y**2, by=known)


@cache
def error_along() -> Theorem:
    """Errors of at most a multiple of (u.d)^2 are at most that of |d|^2."""
    given = [norm(u) == 1, bound >= 0, abs(missed) <= bound * inner(u, d) ** 2]
    scaled = entails([bound >= 0, x <= y], bound * x <= bound * y)
    short = entails([norm(u) == 1], inner(u, d) ** 2 <= norm(d) ** 2, by=[cauchy_schwarz(u, d)])
    known = [short, substitute(scaled, {x: inner(u, d) ** 2, y: norm(d) ** 2})]
    return entails(given, abs(missed) <= bound * norm(d) ** 2, by=known)


@cache
def change_along() -> Theorem:
    """A slope that changes by at most |u.d| along u has a gradient that changes by at most |d|."""
    given = [norm(u) == 1, abs(change) <= abs(inner(u, d))]
    return entails(given, norm(change * u) <= norm(d), by=[cauchy_schwarz(u, d)])


def along_a_line(
    direction: Term,
    value: Callable[[Term], Term],
    slope: Callable[[Term], Term],
    constant: Any,
    error: Callable[[], Theorem],
    turns: Callable[[], Theorem],
    least_at: Term | None = None,
    given: Sequence[Term] = (),
) -> ParticularLoss:
    """The loss value(direction.w), under the hypotheses `given`, from what is known on the line.

    By `error()`, |value(x + y) - value(x) - slope(x) y| <= constant y^2; by `turns()`, |slope(x) -
    slope(y)| <= |x - y|.
    """

    def smooth_by(w: Term, s: Term) -> list[Theorem]:
        here, step = inner(direction, w), inner(direction, s)
        there = value(here + step) - value(here) - slope(here) * step
        carried = substitute(error_along(), {u: direction, missed: there, d: s, bound: constant})
        return [substitute(error(), {x: here, y: step}), carried]

    def steady_by(v: Term, w: Term) -> list[Theorem]:
        at = {x: inner(direction, v), y: inner(direction, w)}
        turned = slope(at[x]) - slope(at[y])
        carried = substitute(change_along(), {u: direction, change: turned, d: v - w})
        return [substitute(turns(), at), carried]

    return particular(
        V,
        lambda w: value(inner(direction, w)),
        gradient=lambda w: slope(inner(direction, w)) * direction,
        curvature=lambda w: constant,
        given=given,
        lipschitz=1,
        least_at=least_at,
        smooth_by=smooth_by,
        steady_by=steady_by,
    )
