"""Runs of gradient descent on the losses c w^2 with c > 0 on the real line.

The step is w |-> (1 - 2 alpha c) w: it brings w nearer to 0, turns it round or sends it away,
depending on alpha c. (Nesterov, Introductory Lectures on Convex Optimization, 2.1.)
"""

from proofs.claims import Witness
from proofs.lemmas.descents import (
    HALVES, TRIPLES, TURNS, Recurrence, Run, converges_with_halves, obeys, halves_are_small,
    stays_above, there_is, triples_are_unbounded, turns_have_square_one,
)  # fmt: skip
from proofs.losses.parabolas import parabola
from proofs.prelude import *
from proofs.witnesses import ParticularLoss

alpha = real("alpha")
k, n = natural("k n")
h = function("h", N >> R)
UNIT_PARABOLA = parabola(1)
AtEveryRate = tuple[ParticularLoss, Recurrence, list[Theorem]]


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


# --------------------------------------------------------------- a parabola for every learning rate
def fails_at_every_rate(
    claim: Claim, loss: ParticularLoss, recurrence: Recurrence, facts: list[Theorem]
) -> Theorem:
    """The claim, which is made by `for_some_rate`, fails for every alpha > 0: on the convex `loss`,
    which depends on the symbol alpha, the run h with this learning rate follows the recurrence.
    """
    refuted, run = instance(negation(claim.then), alpha).goal, obeys(h, recurrence)
    parts = {"f": loss.value, "slope": loss.gradient, "modulus": loss.modulus, "x": h}
    there = witnessed(refuted.args[1], **parts)
    moves = gradient_descent(h, loss.gradient, alpha)
    step = for_each(moves, k, given=[*run, alpha > 0], by=[instance(run[1], k)])
    known = [loss.smooth(), loss.convex(), has_its_minimum(loss), step, *facts]
    use = entails(run, refuted, by=[there, *known])
    return generalize(there_is(h, recurrence, use), alpha)


def turning_for_ever() -> AtEveryRate:
    """The run on w^2 / alpha from 1 is (-1)^k: the loss stays at 1 / alpha, and is 0 at 0."""
    given, loss = [*obeys(h, TURNS), alpha > 0], parabola(1 / alpha)
    gap = 1 / (2 * alpha)
    high = loss(h(n)) > loss(0) + gap
    above = entails(given, high, by=[instance(turns_have_square_one(h), n)])
    return loss, TURNS, [stays_above(h, loss.value, lambda n: 0, above, gap)]


def growing_for_ever() -> AtEveryRate:
    """The run on 2 w^2 / alpha from 1 is (-3)^k: no number bounds it."""
    return parabola(2 / alpha), TRIPLES, [triples_are_unbounded(h)]
