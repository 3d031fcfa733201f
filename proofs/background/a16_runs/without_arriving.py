"""Losses that gradient descent lowers at every step without coming to a minimum: a saddle, and a
bell curve.
"""

from proofs.claims import Witness
from proofs.lemmas.descents import (
    HALVES, Run, converges_with_halves, denial, descent, halves_are_small, obeys,
)  # fmt: skip
from proofs.losses.bells import BELL_ON_THE_LINE
from proofs.losses.saddles import SADDLE
from proofs.prelude import *

m, r = real("m r")
k = natural("k")
h = function("h", N >> R)


def saddle_is_no_minimizer() -> Theorem:
    """x^2 - y^2 is -(r/2)^2 at (r/2) e2, which is nearer to 0 than r, whatever r > 0."""
    denied = denial(local_minimizer(SADDLE.value, zero))
    lower_point = witnessed(instance(denied, r).goal.args[1], r / 2 * e2)
    return for_each(denied, r, by=[lower_point])


def into_the_saddle(alpha: Term, points: Term, limit: Term, **loss: Term) -> Run:
    """With alpha = 1/4 the run on x^2 - y^2 from e1 is 2^-k e1; it lowers the loss, and converges
    to the saddle at 0.
    """
    run, quarter = obeys(h, HALVES), Fraction(1, 4)
    halved = fun(N, lambda k: h(k) * e1)
    step = [instance(run[1], k), instance(halves_are_small(h), k)]
    moves = gradient_descent(halved, SADDLE.gradient, quarter)
    falls = lowers_every_step(halved, SADDLE.value, SADDLE.gradient)
    facts = [
        for_each(moves, k, given=run, by=step),
        for_each(falls, k, given=run, by=step),
        converges_with_halves(halved, zero, h),
        saddle_is_no_minimizer(),
    ]
    values = {alpha: quarter, points: halved, limit: zero}
    return SADDLE.at(e1, **loss) | Witness(values, facts), h, HALVES


def bell_has_no_minimizer() -> Theorem:
    """The bell curve is lower at |m| + 1 than at m."""
    loss = BELL_ON_THE_LINE.value
    no_minimizer: Term = ~minimizer(loss, m)
    lower_still = entails([], loss(norm(m) + 1) < loss(m))
    there = instance(minimizer(loss, m), norm(m) + 1)
    return generalize(entails([], no_minimizer, by=[there, lower_still]), m)


def off_the_bell(alpha: Term, points: Term, **loss: Term) -> Run:
    """1 / (1 + w^2) is positive. Steps with alpha = 1 lead from 1 away from 0, and so lower it, but
    not to a minimum: it has none.
    """
    bell, slope = BELL_ON_THE_LINE.value, BELL_ON_THE_LINE.gradient
    run = gradient_descent(points, slope, 1)
    falls = lowers_every_step(points, bell, slope)
    facts = [
        for_each(lower_bound(bell, 0), m),
        for_each(falls, k, given=[run], by=[instance(run, k)]),
        bell_has_no_minimizer(),
    ]
    return BELL_ON_THE_LINE.at(1, **loss) | Witness({alpha: 1}, facts), points, descent(1, slope, 1)
