"""Runs of gradient descent on parabolas that do not end at the minimum, or not after any number of
steps: on w^2, and on w^2 - max(|w| - 1, 0)^2/4, which is as steep near 0 and less so farther out.
"""

from proofs.claims import Witness
from proofs.lemmas.descents import (
    HALVES, Run, converges_with_halves, descent, halves_are_small, obeys, stays_above,
)  # fmt: skip
from proofs.losses.parabolas import EASED_PARABOLA, eased, eased_slope, parabola
from proofs.prelude import *
from proofs.witnesses import ParticularLoss

k, n = natural("k n")
h = function("h", N >> R)
UNIT_PARABOLA = parabola(1)


def has_its_minimum(loss: ParticularLoss) -> Theorem:
    """A loss on the real line with a known minimizer has one."""
    some, least = exists(R, lambda m: minimizer(loss.value, m)), loss.least()
    return entails(least.hypotheses, some, by=[witnessed(some, loss.minimizer), least])


def halving_for_ever(alpha: Term, points: Term, **loss: Term) -> Run:
    """w^2 falls at every step of the run 2^-k with alpha = 1/4, and is never least there, since
    2^-k is not 0.
    """
    run = obeys(points, HALVES)
    no_minimizer: Term = ~minimizer(UNIT_PARABOLA.value, points(n))
    lower_at_0 = instance(minimizer(UNIT_PARABOLA.value, points(n)), w=0)
    missed = entails(run, no_minimizer, by=[lower_at_0, instance(halves_are_small(points), n)])
    falls = lowers_every_step(points, UNIT_PARABOLA.value, UNIT_PARABOLA.gradient)
    facts = [
        UNIT_PARABOLA.convex(),
        has_its_minimum(UNIT_PARABOLA),
        for_each(falls, k, given=run, by=[instance(run[1], k)]),
        generalize(missed, n),
    ]
    return UNIT_PARABOLA.at(1, **loss) | Witness({alpha: Fraction(1, 4)}, facts), points, HALVES


def one_step_across_the_minimum(w: Term, after: Term) -> Theorem:
    """From |w| > 1, a step with alpha = 1 on the eased parabola leads to the other side of 0, half
    as far above 1; this lowers the loss.
    """
    crossed = all_of(abs(after) == (abs(w) + 1) / 2, after * w < 0)
    return entails([abs(w) > 1, after == w - eased_slope(w)], crossed & (eased(after) < eased(w)))


def part_of_a_step_across(w: Term, part: Term) -> Theorem:
    """From |w| > 1, each shorter step against the slope lowers the eased parabola as well."""
    there = w - part * eased_slope(w)
    return entails([abs(w) > 1, part > 0, part < 1], eased(there) < eased(w))


def stays_outside(points: Term) -> Theorem:
    """Every point of the run from 2 with alpha = 1 on the eased parabola has |w| > 1."""
    run = obeys(points, descent(2, EASED_PARABOLA.gradient, 1))

    def outside(k: Term | int) -> Term:
        return all_of(abs(points(k)) > 1)

    step = [one_step_across_the_minimum(points(k), points(k + 1)), instance(run[1], k)]
    after = entails([*run, outside(k)], outside(k + 1), by=step)
    return by_induction(outside, entails(run, outside(0)), after, k)


def crossing_for_ever(alpha: Term, points: Term, **loss: Term) -> Run:
    """On the eased parabola the run from 2 with alpha = 1 is (-1)^k (1 + 2^-k): the loss falls at
    every step, towards 1, and is 0 at 0.
    """
    start = descent(2, EASED_PARABOLA.gradient, 1)
    run, f, slope = obeys(points, start), EASED_PARABOLA.value, EASED_PARABOLA.gradient
    step = [one_step_across_the_minimum(points(k), points(k + 1)), instance(run[1], k)]
    always = stays_outside(points)
    falls = for_each(
        lowers_every_step(points, f, slope), k, given=run, by=[instance(always, k), *step]
    )
    high = entails(run, f(points(n)) > f(0) + Fraction(1, 2), by=[instance(always, n)])
    facts = [
        EASED_PARABOLA.convex(),
        has_its_minimum(EASED_PARABOLA),
        for_each(gradient_descent(points, slope, 1), k, given=run, by=[instance(run[1], k)]),
        falls,
        stays_above(points, f, lambda n: 0, high, Fraction(1, 2)),
    ]
    return EASED_PARABOLA.at(2, **loss) | Witness({alpha: 1}, facts), points, start


def stopping_short(rates: Term, points: Term, limit: Term, **loss: Term) -> Run:
    """1 + 2^-k is a run on w^2 with the rates 2^-k / (4 (1 + 2^-k)): w^2 falls at every step, and
    the limit is 1.
    """
    run, slope = obeys(h, HALVES), UNIT_PARABOLA.gradient
    near_1, shrinking = fun(N, lambda k: 1 + h(k)), fun(N, lambda k: h(k) / (4 * (1 + h(k))))
    step = [instance(halves_are_small(h), k), instance(run[1], k)]
    positive = forall(N, lambda k: shrinking(k) > 0)
    moves = forall(N, lambda k: near_1(k + 1) == near_1(k) - shrinking(k) * slope(near_1(k)))
    falls = lowers_every_step(near_1, UNIT_PARABOLA.value, slope)
    each_step = [for_each(a, k, given=run, by=step) for a in (positive, moves, falls)]
    facts = [UNIT_PARABOLA.convex(), *each_step, converges_with_halves(near_1, 1, h)]
    values = {rates: shrinking, points: near_1, limit: 1}
    return UNIT_PARABOLA.at(2, **loss) | Witness(values, facts), h, HALVES
