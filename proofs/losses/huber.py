"""Huber's loss: a parabola up to its bend, and linear from there on. (Huber, Robust Estimation of a
Location Parameter, 1964.)
"""

from functools import cache

from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular

u = vector("u")
c, bend, x, y = real("c bend x y")
assumed = [norm(u) == 1, bend > 0, c > 0]


def clipped(x: Term) -> Term:
    """x, brought between -bend and bend."""
    return maximum(-bend, minimum(x, bend))


def bent(x: Term) -> Term:
    """x^2/2 up to |x| = bend, then its tangent."""
    value: Term = (x**2 - maximum(abs(x) - bend, 0) ** 2) / 2
    return value


@cache
def between_tangent_and_parabola() -> Theorem:
    """0 <= bent(y) - bent(x) - clipped(x) (y - x) <= (y - x)^2/2."""
    missed = bent(y) - bent(x) - clipped(x) * (y - x)
    bound = entails([bend > 0], (missed >= 0) & (missed <= (y - x) ** 2 / 2))
    scaled = (c * missed >= 0) & (c * missed <= c * (y - x) ** 2 / 2)
    return entails([bend > 0, c > 0], scaled, by=[bound])


def tangent(point: Term, at: Term) -> Theorem:
    """The same at u.point and u.at."""
    return substitute(between_tangent_and_parabola(), {x: inner(u, at), y: inner(u, point)})


@cache
def change_of_the_slope() -> Theorem:
    """|clipped(y) - clipped(x)| <= |y - x|, times c."""
    change, way = clipped(y) - clipped(x), abs(y - x)
    bound = entails([bend > 0], abs(change) <= way)
    return entails([bend > 0, c > 0], c * abs(change) <= c * way, by=[bound])


def clipped_is_steady(v: Term, w: Term) -> list[Theorem]:
    """|u.v - u.w| <= |v - w|."""
    change = clipped(inner(u, v)) - clipped(inner(u, w))
    along = substitute(change_of_the_slope(), {x: inner(u, w), y: inner(u, v)})
    return [along, cauchy_schwarz(u, v - w), norm_scaling(c * change, u)]


SYMBOLIC_HUBER = particular(
    V,
    lambda w: c * bent(inner(u, w)),
    gradient=lambda w: c * clipped(inner(u, w)) * u,
    curvature=lambda w: c,
    given=assumed,
    lipschitz=c,
    least_at=zero,
    smooth_by=lambda w, s: [tangent(w + s, w), cauchy_schwarz(u, s)],
    steady_by=clipped_is_steady,
    convex_by=lambda v, w, t: [tangent(end, v + t * (w - v)) for end in (v, w)],
)


def huber(along: Term, beyond: Term, curvature: Term | int) -> ParticularLoss:
    """curvature x^2/2 up to |x| = beyond, then its tangent, where x = along.w.

    Its facts hold for a unit vector `along`, beyond > 0 and curvature > 0.
    """
    return SYMBOLIC_HUBER.where({u: along, bend: beyond, c: curvature})
