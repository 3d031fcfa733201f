"""Runs of which d2 speaks: on a slope that sags halfway, with gradients as long as they may be; and
on others, where none is small.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from proofs.claims import Witness
from proofs.lemmas.descents import (
    FROM_E1_TO_ZERO, Run, descent, leads_from_e1_to_zero, obeys, there_is,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.naturals import nothing_between
from proofs.losses.lines import LINE
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from proofs.witnesses import particular

W, (u, d) = function("W", N >> V), vector("u d")
alpha, x, y, change = real("alpha x y change")
k = natural("k")
GIVEN = [norm(u) == 1, alpha > 0, alpha <= 1]


def sag(x: Any) -> Term:
    """-x up to 0; its slope rises until alpha/2, is -1 again at alpha, and rises from there on."""
    bends = maximum(x, 0) ** 2 / 2 - maximum(x - alpha / 2, 0) ** 2 + maximum(x - alpha, 0) ** 2
    value: Term = -x + bends
    return value


def slope(x: Term) -> Term:
    """The derivative of `sag`."""
    value: Term = -1 + maximum(x, 0) - 2 * maximum(x - alpha / 2, 0) + 2 * maximum(x - alpha, 0)
    return value


def one_bend(x: Term, corner: Term | None) -> Term:
    """max(x - corner, 0), as `sag` has it."""
    return maximum(x if corner is None else x - corner, 0)


def sag_is_smooth(w: Term, s: Term) -> list[Theorem]:
    """The linear model errs by at most 3/2 of the squared step along u: each bend by half of it."""
    e, f, g, size = real("e f g size")
    errors, bounds = {size: y**2}, []
    for error, corner in zip((e, f, g), (None, alpha / 2, alpha), strict=True):
        before, after = one_bend(x, corner), one_bend(x + y, corner)
        errors[error] = after**2 / 2 - before**2 / 2 - before * y
        bounds.append(entails([], (errors[error] >= 0) & (2 * errors[error] <= y**2)))
    halves = [(error >= 0) & (2 * error <= size) for error in (e, f, g)]
    summed = substitute(entails(halves, abs(e - 2 * f + 2 * g) <= 3 * size / 2), errors)
    missed = sag(x + y) - sag(x) - slope(x) * y
    error = entails([], abs(missed) <= 3 * y**2 / 2, by=[summed, *bounds])
    given = [norm(u) == 1, abs(change) <= 3 * inner(u, d) ** 2 / 2]
    along = entails(given, abs(change) <= 3 * norm(d) ** 2 / 2, by=[cauchy_schwarz(u, d)])
    here, step = inner(u, w), inner(u, s)
    turned = {change: sag(here + step) - sag(here) - slope(here) * step, d: s}
    return [substitute(error, {x: here, y: step}), substitute(along, turned)]


def sag_is_steady(v: Term, w: Term) -> list[Theorem]:
    """The slope changes by at most the step along u."""
    slopes = entails([alpha > 0], abs(slope(x) - slope(y)) <= abs(x - y))
    given = [norm(u) == 1, abs(change) <= abs(inner(u, d))]
    along = entails(given, norm(change * u) <= norm(d), by=[cauchy_schwarz(u, d)])
    at = {x: inner(u, v), y: inner(u, w)}
    turned = {change: slope(at[x]) - slope(at[y]), d: v - w}
    return [substitute(slopes, at), substitute(along, turned)]


SAGGING = particular(
    V,
    lambda w: sag(inner(u, w)),
    gradient=lambda w: slope(inner(u, w)) * u,
    curvature=lambda w: Fraction(3, 2),
    given=GIVEN,
    lipschitz=1,
    least_at=(alpha + 1) * u,
    smooth_by=sag_is_smooth,
    steady_by=sag_is_steady,
)


# ----------------------------------------------------------------------------- what runs do
def sags_as_much(existence: Term) -> Theorem:
    """There is a run as the formula `existence` says: from 0 to alpha u, where the slope is -1
    again, on a loss with its minimum at (alpha + 1) u.
    """
    run, least = descent(0 * u, SAGGING.gradient, alpha), SAGGING((alpha + 1) * u)
    begins, moves = obeys(W, run)

    def on_the_slope(x: Term | int, w: Term) -> Term:
        return all_of(SAGGING(w) == sag(x), norm(SAGGING.gradient(w)) == 1)

    onwards = replaced(lambda w: W(1) == w - alpha * SAGGING.gradient(w), W(0), 0 * u)
    arrived = entails([*GIVEN, begins, moves], W(1) == alpha * u, by=[instance(moves, 0), onwards])
    facts = []
    for x, w, known in ((0 * alpha, W(0), []), (alpha, W(1), [arrived])):
        there = entails(GIVEN, on_the_slope(x, x * u))
        same = replaced(lambda w: on_the_slope(x, w), x * u, w)
        facts.append(entails([*GIVEN, begins, moves], on_the_slope(x, w), by=[*known, there, same]))
    lowest = entails(GIVEN, least == -alpha + alpha**2 / 4 - Fraction(1, 2))
    facts += [lowest, SAGGING.smooth(), SAGGING.steady(), SAGGING.bounded()]
    there = witnessed(existence, SAGGING.value, SAGGING.gradient, SAGGING.modulus, W, least)
    parts = [entails([*GIVEN, begins, moves], part, by=facts) for part in there.hypotheses]
    return there_is(W, run, entails([*GIVEN, begins, moves], existence, by=[there, *parts]))


# ------------------------------------------------------------------ runs without a small gradient
def none_is_small(
    claim: Claim, at: Witness, by: Sequence[Theorem], given: Sequence[Term] = ()
) -> Witness:
    """The values, with the theorem that no k is as the claim says: by what is known of k."""
    denied = for_each(negation(claim.conclusion(at)), k, given=given, by=by)
    return at | Witness({}, [denied])


def at_the_start(claim: Claim, parts: Mapping[str, Term], run: Mapping[str, Term]) -> Witness:
    """|w|^2 / 2 at e1, with a Lipschitz constant that is none."""
    values = {"lipschitz": Fraction(1, 10), "alpha": 1, "points": FROM_E1_TO_ZERO, "steps": 0}
    at = bowl(1).at(e1, **parts, least=run["low"])
    at |= Witness({run[part]: value for part, value in values.items()}, [leads_from_e1_to_zero()])
    return none_is_small(claim, at, [nothing_between(0, k)])


def down_a_line(claim: Claim, parts: Mapping[str, Term], run: Mapping[str, Term]) -> Witness:
    """The points -k e1 on the loss x, where 0 is no lower bound."""
    points = fun(N, lambda k: -k * e1)
    values = {"lipschitz": 1, "alpha": 1, "points": points, "low": 0, "steps": 0}
    steady = for_each(lipschitz_gradient(LINE.gradient, 1), *vector("v w"))
    facts = [for_each(gradient_descent(points, LINE.gradient, 1), k), steady]
    at = LINE.at(zero, **parts) | Witness({run[p]: value for p, value in values.items()}, facts)
    return none_is_small(claim, at, [])


def to_and_fro(claim: Claim, parts: Mapping[str, Term], run: Mapping[str, Term]) -> Run:
    """|w|^2 / 2 with alpha = 2 from e1: every point has the length 1."""
    points, start = run["points"], descent(e1, bowl(1).gradient, 2)
    begins, moves = obeys(points, start)

    def as_long(k: Term | int) -> Term:
        return all_of(inner(points(k), points(k)) == 1)

    first = replaced(lambda w: inner(w, w) == 1, e1, points(0))
    there = replaced(lambda w: inner(w, w) == 1, points(k) - 2 * points(k), points(k + 1))
    begun = entails([begins], as_long(0), by=[first])
    step = entails([moves, as_long(k)], as_long(k + 1), by=[instance(moves, k), there])
    always = by_induction(as_long, begun, step, k)
    values = {"alpha": 2, "points": points, "steps": 1}
    at = bowl(1).at(e1, **parts, lipschitz=run["lipschitz"], least=run["low"])
    at |= Witness({run[part]: value for part, value in values.items()}, [])
    known = [instance(always, k), instance(always, 0)]
    return none_is_small(claim, at, known, [begins, moves]), points, start
