"""Runs theta(k + 1) = theta(k) + eta u(k) that lower the loss at every step, and stay away from its
minimum.

On the crest: x^2 + (y^2 - 1)^2 has its minimum 0 at (0, 1) and (0, -1), and a saddle at 0. Gradient
descent from (1, 0) with eta = 1/4 goes along the x-axis to the saddle (Nesterov, Introductory
Lectures on Convex Optimization, 1.2.3).

Short of the minimum: on |theta|^2 the points (1 + 2^-k) e1 come ever nearer to 0, by steps that
shrink too fast.
"""

from proofs.claims import Witness
from proofs.lemmas.descents import HALVES, Run, obeys, halves_are_small, stays_above
from proofs.lemmas.directions import reduces_below
from proofs.losses.parabolas import bowl
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
    loss: ParticularLoss, least: Term, points: Term, directions: Term, rate: Fraction | int
) -> list[Theorem]:
    """The run moves along directions of reduced loss (eta0 = 1 serves), lowers the loss, and stays
    1 above its minimum.

    The minimum is at `least`. The symbol h follows HALVES, and all this must be evident from
    h(n + 1) = h(n) / 2 > 0.
    """
    L, run, some = loss.value, obeys(h, HALVES), has_minimum(loss.value)
    step = [instance(halves_are_small(h), n), instance(run[1], n)]
    reduced = direction_of_reduced_loss(L, points(n), directions(n))
    below_1 = for_each(reduces_below(L, points(n), directions(n), 1), eta, given=run, by=step)
    there = entails(run, reduced, by=[witnessed(reduced, 1), below_1])
    high = entails(run, L(points(n)) > L(least) + 1, by=step)
    minimum_there = [witnessed(some, least), for_each(minimizer(L, least), w)]
    return [
        entails([], some, by=minimum_there),
        for_each(moves_along(points, directions, rate), n, given=run, by=step),
        generalize(there, n),
        for_each(always_lower(L, points), n, given=run, by=step),
        stays_above(points, L, lambda n: least, high),
    ]


def caught_on_the_crest(
    loss: Term, gradient: Term, modulus: Term, points: Term, directions: Term, rate: Term
) -> Run:
    """`caught` at 2^-k e1 on the crest, with eta = 1/4 and u(k) = -grad(theta(k)) = -2 2^-k e1."""
    along, quarter = fun(N, lambda k: h(k) * e1), Fraction(1, 4)
    downhill = fun(N, lambda k: -2 * h(k) * e1)
    opposite = for_each(against_the_gradient(CREST.gradient, along, downhill), n)
    values = {points: along, directions: downhill, rate: quarter}
    facts = [opposite, *caught(CREST, e2, along, downhill, quarter)]
    at = CREST.at(e1, loss=loss, gradient=gradient, modulus=modulus) | Witness(values, facts)
    return at, h, HALVES


def caught_short_of_the_minimum(loss: Term, points: Term, directions: Term, rate: Term) -> Run:
    """`caught` at (1 + 2^-k) e1 on |theta|^2, with eta = 1 and u(k) = -2^-k/2 e1; it is convex."""
    square, along = bowl(2), fun(N, lambda k: (1 + h(k)) * e1)
    shrinking = fun(N, lambda k: -h(k) / 2 * e1)
    values = {points: along, directions: shrinking, rate: 1}
    facts = [square.convex(), *caught(square, zero, along, shrinking, 1)]
    return square.at(2 * e1, loss=loss) | Witness(values, facts), h, HALVES
