"""Runs theta(k + 1) = theta(k) + eta u(k) that lower the loss at every step, and stay away from its
minimum.

On the crest: x^2 + (y^2 - 1)^2 has its minimum 0 at (0, 1) and (0, -1), and a saddle at 0. Gradient
descent from (1, 0) with eta = 1/4 goes along the x-axis to the saddle (Nesterov, Introductory
Lectures on Convex Optimization, 1.2.3).

Short of the minimum: on |theta|^2 the points (1 + 2^-k) e1 come ever nearer to 0, by steps that
shrink too fast.
"""

from fractions import Fraction

from proofs.definitions import convex, direction_of_reduced_loss, minimizer
from proofs.kernel import (
    N, Term, Theorem, V, e1, e2, entails, exists, forall, fun, generalize, inner, instance, natural,
    real, square_nonnegative, vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.descents import HALVES, follows, for_each, halves, stays_above
from proofs.lemmas.directions import reduces_below
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.smooth_losses import differentiable_everywhere_by_remainder, modulus_by_remainder

v, w = vector("v w")
t, eta = real("t eta")
n = natural("n")


def moves_along(points: Term, directions: Term, rate: Term | Fraction | int) -> Term:
    """points(k + 1) = points(k) + rate directions(k) for every k."""
    return forall(N, lambda k: points(k + 1) == points(k) + rate * directions(k))


def along_reduced_loss(loss: Term, points: Term, directions: Term) -> Term:
    """directions(k) is a direction of reduced loss at points(k), for every k."""
    return forall(N, lambda k: direction_of_reduced_loss(loss, points(k), directions(k)))


def always_lower(loss: Term, points: Term) -> Term:
    """loss(points(k + 1)) < loss(points(k)) for every k."""
    return forall(N, lambda k: loss(points(k + 1)) < loss(points(k)))


def against(gradient: Term, points: Term, directions: Term) -> Term:
    """directions(k) = -gradient(points(k)) for every k."""
    return forall(N, lambda k: directions(k) == -gradient(points(k)))


def has_minimum(loss: Term) -> Term:
    """Some point is a minimizer."""
    return exists(V, lambda w: minimizer(loss, w))


# On the crest, the linear model at w errs by at most (8 y^2 + 6) |s|^2 where |s| <= 1.
CURVATURE = fun(V, lambda w: 8 * inner(e2, w) ** 2 + 6)
CREST = (
    fun(V, lambda w: inner(e1, w) ** 2 + (inner(e2, w) ** 2 - 1) ** 2),
    fun(V, lambda w: 2 * inner(e1, w) * e1 + 4 * inner(e2, w) * (inner(e2, w) ** 2 - 1) * e2),
    modulus_by_remainder(CURVATURE),
)
SQUARE = fun(V, lambda w: inner(w, w))


def along_the_crest(h: Term) -> tuple[Term, Term]:
    """The points h(k) e1, and u(k) = -2 h(k) e1; the symbol h follows HALVES."""
    return fun(N, lambda k: h(k) * e1), fun(N, lambda k: -2 * h(k) * e1)


def short_of_the_minimum(h: Term) -> tuple[Term, Term]:
    """The points (1 + h(k)) e1, and u(k) = -h(k)/2 e1; the symbol h follows HALVES."""
    return fun(N, lambda k: (1 + h(k)) * e1), fun(N, lambda k: -h(k) / 2 * e1)


def caught(
    loss: Term, least: Term, points: Term, directions: Term, rate: Fraction | int, h: Term
) -> list[Theorem]:
    """The run moves along directions of reduced loss (eta0 = 1 serves), lowers the loss, and stays
    1 above its minimum.

    The minimum is at `least`. The symbol h follows HALVES, and all this must be evident from h(n +
    1) = h(n) / 2 > 0.
    """
    run = follows(h, HALVES)
    by = [instance(halves(h), n), instance(run[1], n)]
    reduced = direction_of_reduced_loss(loss, points(n), directions(n))
    below_1 = for_each(reduces_below(loss, points(n), directions(n), 1), eta, given=run, by=by)
    there = entails(run, reduced, by=[witnessed(reduced, 1), below_1])
    high = entails(run, loss(points(n)) > loss(least) + 1, by=by)
    return [
        entails(
            [],
            has_minimum(loss),
            by=[witnessed(has_minimum(loss), least), for_each(minimizer(loss, least), w)],
        ),
        for_each(moves_along(points, directions, rate), n, given=run, by=by),
        generalize(there, n),
        for_each(always_lower(loss, points), n, given=run, by=by),
        stays_above(points, loss, lambda n: least, high),
    ]


def caught_on_the_crest(h: Term) -> list[Theorem]:
    """`caught`, with eta = 1/4 and u(k) = -grad(theta(k)); and the loss is differentiable."""
    (loss, gradient, _), (points, directions) = CREST, along_the_crest(h)
    smooth = differentiable_everywhere_by_remainder(
        loss, gradient, CURVATURE, lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    )
    opposite = for_each(against(gradient, points, directions), n)
    return [smooth, opposite, *caught(loss, e2, points, directions, Fraction(1, 4), h)]


def caught_short_of_the_minimum(h: Term) -> list[Theorem]:
    """`caught`, with eta = 1; and the loss is convex."""
    convexity = for_each(convex(SQUARE), v, w, t, by=[square_nonnegative(w - v)])
    return [convexity, *caught(SQUARE, zero, *short_of_the_minimum(h), 1, h)]
