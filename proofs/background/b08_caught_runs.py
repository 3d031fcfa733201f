"""Runs theta(k + 1) = theta(k) + eta u(k) that lower the loss at every step, and stay away from its
minimum.

On the crest: x^2 + (y^2 - 1)^2 has its minimum 0 at (0, 1) and (0, -1), and a saddle at 0. Gradient
descent from (1, 0) with eta = 1/4 goes along the x-axis to the saddle (Nesterov, Introductory
Lectures on Convex Optimization).

Across the minimum: on x^2 - max(|x| - 1, 0)^2/4 gradient descent from (2, 0) with eta = 1 goes to
((-1)^k (1 + 2^-k), 0).

Short of the minimum: on |theta|^2 the points (1 + 2^-k) e1 come ever nearer to 0, by steps that
shrink too fast.
"""

from collections.abc import Sequence

from proofs.claims import Witness
from proofs.background.a16_runs.on_parabolas import (
    one_step_across_the_minimum, part_of_a_step_across, stays_outside,
)  # fmt: skip
from proofs.lemmas.descents import (
    HALVES, Recurrence, Run, descent, halves_are_small, obeys, stays_above,
)  # fmt: skip
from proofs.lemmas.directions import reduces_below
from proofs.losses.parabolas import EASED_PARABOLA, EASED_VALLEY, bowl
from proofs.losses.wells import CREST
from proofs.prelude import *
from proofs.witnesses import ParticularLoss

h = function("h", N >> R)
eta = real("eta")
w, n = vector("w"), natural("n")


def moves_along(points: Term, directions: Term, rate: Term | Fraction | int) -> Term:
    """points(k + 1) = points(k) + rate directions(k) for every k."""
    return forall(N, lambda k: points(k + 1) == points(k) + rate * directions(k))


def along_reduced_loss(loss: Term, points: Term, directions: Term) -> Term:
    """directions(k) is a direction of reduced loss at points(k), for every k."""
    return forall(N, lambda k: direction_of_reduced_loss(loss, points(k), directions(k)))


def always_lower(loss: Term, points: Term) -> Term:
    """loss(points(k + 1)) < loss(points(k)) for every k."""
    return forall(N, lambda k: loss(points(k + 1)) < loss(points(k)))


def against_the_gradient(gradient: Term, points: Term, directions: Term) -> Term:
    """directions(k) = -gradient(points(k)) for every k."""
    return forall(N, lambda k: directions(k) == -gradient(points(k)))


def has_minimum(loss: Term) -> Term:
    """Some point is a minimizer."""
    return exists(V, lambda w: minimizer(loss, w))


def caught(
    loss: ParticularLoss,
    least: Term,
    points: Term,
    directions: Term,
    rate: Fraction | int,
    recurrence: Recurrence,
    step: list[Theorem],
    gap: Fraction | int = 1,
    shorter: Sequence[Theorem] = (),
) -> list[Theorem]:
    """The run moves along directions of reduced loss (eta0 = 1 serves), lowers the loss, and stays
    `gap` above its minimum.

    The minimum is at `least`. The symbol h follows the recurrence, and all this must be evident
    from the theorems `step` on h(n) and h(n + 1), and what is `shorter` steps from `shorter` too.
    """
    L, run, some = loss.value, obeys(h, recurrence), has_minimum(loss.value)
    reduced = direction_of_reduced_loss(L, points(n), directions(n))
    below_1 = for_each(
        reduces_below(L, points(n), directions(n), 1), eta, given=run, by=[*step, *shorter]
    )
    there = entails(run, reduced, by=[witnessed(reduced, 1), below_1])
    high = entails(run, L(points(n)) > L(least) + gap, by=step)
    minimum_there = [witnessed(some, least), for_each(minimizer(L, least), w)]
    return [
        entails([], some, by=minimum_there),
        for_each(moves_along(points, directions, rate), n, given=run, by=step),
        generalize(there, n),
        for_each(always_lower(L, points), n, given=run, by=step),
        stays_above(points, L, lambda n: least, high, gap),
    ]


def halving() -> list[Theorem]:
    """h(n) is positive and at most 1 / (n + 1), and h(n + 1) = h(n) / 2."""
    return [instance(halves_are_small(h), n), instance(obeys(h, HALVES)[1], n)]


def caught_on_the_crest(
    loss: Term, gradient: Term, modulus: Term, points: Term, directions: Term, rate: Term
) -> Run:
    """`caught` at 2^-k e1 on the crest, with eta = 1/4 and u(k) = -grad(theta(k)) = -2 2^-k e1."""
    along, quarter = fun(N, lambda k: h(k) * e1), Fraction(1, 4)
    downhill = fun(N, lambda k: -2 * h(k) * e1)
    opposite = for_each(against_the_gradient(CREST.gradient, along, downhill), n)
    values = {points: along, directions: downhill, rate: quarter}
    facts = [opposite, *caught(CREST, e2, along, downhill, quarter, HALVES, halving())]
    at = CREST.at(e1, loss=loss, gradient=gradient, modulus=modulus) | Witness(values, facts)
    return at, h, HALVES


def caught_short_of_the_minimum(loss: Term, points: Term, directions: Term, rate: Term) -> Run:
    """`caught` at (1 + 2^-k) e1 on |theta|^2, with eta = 1 and u(k) = -2^-k/2 e1; it is convex."""
    square, along = bowl(2), fun(N, lambda k: (1 + h(k)) * e1)
    shrinking = fun(N, lambda k: -h(k) / 2 * e1)
    values = {points: along, directions: shrinking, rate: 1}
    facts = [square.convex(), *caught(square, zero, along, shrinking, 1, HALVES, halving())]
    return square.at(2 * e1, loss=loss) | Witness(values, facts), h, HALVES


def caught_across_the_minimum(
    loss: Term, gradient: Term, modulus: Term, points: Term, directions: Term, rate: Term
) -> Run:
    """`caught` on the eased valley, which is convex, with eta = 1 and u(k) = -grad(theta(k))."""
    slope, grad = EASED_PARABOLA.gradient, EASED_VALLEY.gradient
    along = fun(N, lambda k: h(k) * e1)
    downhill = fun(N, lambda k: -slope(h(k)) * e1)
    recurrence = descent(2, slope, 1)
    outside = stays_outside(h)
    across = one_step_across_the_minimum(h(n), h(n + 1))
    step = [instance(outside, n), across, instance(obeys(h, recurrence)[1], n)]
    shorter = [part_of_a_step_across(h(n), eta)]
    opposite = for_each(against_the_gradient(grad, along, downhill), n)
    run = caught(EASED_VALLEY, zero, along, downhill, 1, recurrence, step, Fraction(1, 2), shorter)
    values = {points: along, directions: downhill, rate: 1}
    at = EASED_VALLEY.at(2 * e1, loss=loss, gradient=gradient, modulus=modulus)
    return at | Witness(values, [EASED_VALLEY.convex(), opposite, *run]), h, recurrence
