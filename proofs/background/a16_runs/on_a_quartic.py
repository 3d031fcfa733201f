"""Runs of gradient descent on w^4 on the real line, of which no learning rate brings every one near
the minimum.

The step is w |-> (1 - 4 alpha w^2) w. It turns round where 2 alpha w^2 = 1, and at least triples
|w| where alpha w^2 >= 1.
"""

from proofs.lemmas.descents import descent, obeys, stays_above, stays_bounded, there_is
from proofs.losses.cubics import QUARTIC_ON_THE_LINE
from proofs.prelude import *

alpha = real("alpha")
k, n = natural("k n")
x = function("x", N >> R)
QUARTIC_VALUE, QUARTIC_SLOPE = QUARTIC_ON_THE_LINE.value, QUARTIC_ON_THE_LINE.gradient


def has_minimum_at_zero() -> Theorem:
    """w^4 has a minimum."""
    some = exists(R, lambda m: minimizer(QUARTIC_VALUE, m))
    return entails([], some, by=[witnessed(some, 0), QUARTIC_ON_THE_LINE.least()])


def run_from(start: Term) -> list[Term]:
    """The symbol x is the run with the learning rate alpha > 0 from `start`."""
    return [alpha > 0, *obeys(x, descent(start, QUARTIC_SLOPE, alpha))]


def turning_for_ever() -> Theorem:
    """The run from 1 / sqrt(2 alpha) goes to the opposite point and back, and so stays at the loss
    1 / (4 alpha^2).
    """
    run = run_from(1 / sqrt(2 * alpha))

    def turns(k: Term | int) -> Term:
        return all_of(2 * alpha * x(k) ** 2 == 1)

    begins = entails(run, turns(0))
    opposite = entails([*run, turns(k)], x(k + 1) == -x(k), by=[instance(run[2], k)])
    again = entails([*run, turns(k)], turns(k + 1), by=[opposite])
    always = instance(by_induction(turns, begins, again, k), n)
    gap = 1 / (8 * alpha**2)
    square = entails([*run], x(n) ** 4 == 1 / (4 * alpha**2), by=[always])
    high = entails(run, QUARTIC_VALUE(x(n)) > QUARTIC_VALUE(0) + gap, by=[square])
    return stays_above(x, QUARTIC_VALUE, lambda n: 0, high, gap)


def growing_for_ever() -> Theorem:
    """The run from 1 / sqrt(alpha) goes out without bound: |x(k)| >= (1 + 2k) / sqrt(alpha)."""
    start, bound = 1 / sqrt(alpha), real("bound")
    run = run_from(start)

    def far(k: Term | int) -> Term:
        return all_of(alpha * x(k) ** 2 >= 1, abs(x(k)) >= (1 + 2 * k) * start)

    y, after = real("y after")
    tripled = entails(
        [alpha > 0, alpha * y**2 >= 1, after == y - alpha * QUARTIC_SLOPE(y)],
        (abs(after) >= 3 * abs(y)) & (alpha * after**2 >= 1),
    )
    step = [substitute(tripled, {y: x(k), after: x(k + 1)}), instance(run[2], k)]
    farther = entails([*run, far(k)], far(k + 1), by=step)
    always = instance(by_induction(far, entails(run, far(0)), farther, k), n)
    late = [*run, bound / start <= n]
    beyond = entails(late, norm(x(n)) > bound, by=[always])
    exceeded = instance(negation(stays_bounded(x)), bound).goal
    escape = entails(late, exceeded, by=[witnessed(exceeded, n), beyond])
    return generalize(choose(archimedes(bound / start), escape, n), bound)


def fails_at_every_rate(claim: Claim, start: Term, astray: Theorem, **loss: Term) -> Theorem:
    """The claim, whose conclusion is made by `for_some_rate`, fails on w^4: whatever alpha > 0, the
    run from `start` goes astray.
    """
    at = QUARTIC_ON_THE_LINE.at(0, **loss)
    refuted = instance(negation(claim.conclusion(at)), alpha).goal
    recurrence = descent(start, QUARTIC_SLOPE, alpha)
    run = obeys(x, recurrence)
    moves = for_each(
        gradient_descent(x, QUARTIC_SLOPE, alpha), k, given=run, by=[instance(run[1], k)]
    )
    use = entails(run, refuted, by=[witnessed(refuted.args[1], x=x), moves, astray])
    never = generalize(there_is(x, recurrence, use), alpha)
    return claim.fails(at, by=[QUARTIC_ON_THE_LINE.convex(), has_minimum_at_zero(), never])
