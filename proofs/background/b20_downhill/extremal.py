"""A loss that curves up as much as it may on the side of one unit vector, and down on another's.

    L(w) = g.w + lipschitz (max(0, a.w)^2 - max(0, u.w)^2) / 2

Its gradient is g at 0, and lipschitz is its Lipschitz constant: gradient(v) - gradient(w) is
lipschitz times P = s a - t u with s between 0 and a.(v - w), and t between 0 and u.(v - w); and |P|
<= |v - w| at these four corners and so between them, since |P|^2 is convex in s and in t.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular

a, u, g, d = vector("a u g d")
lipschitz, x, y, s, t, c, r = real("lipschitz x y s t c r")
UNIT = [norm(a) == 1, norm(u) == 1]


def between(share: Term, whole: Term) -> Term:
    """The number `share` lies between 0 and `whole`."""
    return any_of((share >= 0) & (share <= whole), (share <= 0) & (share >= whole))


@cache
def quadratic_form() -> Theorem:
    """s^2 + t^2 - 2 c s t <= r for s between 0 and x, t between 0 and y, if so at the corners."""
    form: Callable[[Any, Any], Any] = lambda s, t: s**2 + t**2 - 2 * c * s * t
    corners = [r >= 0, form(x, 0) <= r, form(0, y) <= r, form(x, y) <= r]
    side = entails([between(s, x)], form(s, t) <= maximum(form(0, t), form(x, t)))
    ends = [entails([*corners, between(t, y)], form(end, t) <= r) for end in (0, x)]
    return entails([*corners, between(s, x), between(t, y)], form(s, t) <= r, by=[side, *ends])


@cache
def square_of_the_product() -> Theorem:
    """(v.w)^2 <= v.v w.w for the symbols a and d."""
    return entails([], inner(a, d) ** 2 <= inner(a, a) * inner(d, d), by=[cauchy_schwarz(a, d)])


def product_of_lengths(v: Term, w: Term) -> Theorem:
    """(v.w)^2 <= v.v w.w."""
    return substitute(square_of_the_product(), {a: v, d: w})


@cache
def one_shadow() -> Theorem:
    """(a.d)^2 <= |d|^2 for a unit vector a: the corners s = a.d, t = 0 and s = 0, t = u.d."""
    return entails([norm(a) == 1], inner(a, d) ** 2 <= inner(d, d), by=[product_of_lengths(a, d)])


@cache
def both_shadows() -> Theorem:
    """|x a - y u|^2 <= |d|^2 for x = a.d, y = u.d: the last corner.

    By Cauchy-Schwarz for the parts of d and u across a it is at most (1 - (a.u)^2) |d|^2.
    """
    p, q, cosine = inner(a, d), inner(u, d), inner(a, u)
    rest, across = d - p * a, u - cosine * a
    both = p**2 + q**2 - 2 * cosine * p * q
    by_cauchy_schwarz = product_of_lengths(rest, across)
    gram = entails(UNIT, both <= (1 - cosine**2) * inner(d, d), by=[by_cauchy_schwarz])
    shrinks = entails([], (1 - cosine**2) * inner(d, d) <= inner(d, d))
    return entails(UNIT, both <= inner(d, d), by=[gram, shrinks])


@cache
def change_of_the_gradient() -> Theorem:
    """|s a - t u| <= |d| for s between 0 and a.d, t between 0 and u.d."""
    values = {x: inner(a, d), y: inner(u, d), c: inner(a, u), r: inner(d, d)}
    form = substitute(quadratic_form(), values)
    shadows = [one_shadow(), substitute(one_shadow(), {a: u}), both_shadows()]
    given = [*UNIT, between(s, inner(a, d)), between(t, inner(u, d))]
    bound = entails(given, form.goal, by=[form, *shadows])
    return entails(given, norm(s * a - t * u) <= norm(d), by=[bound])


def missed_of_squared_kink(at: Term, step: Term) -> Term:
    """What its linear model misses of max(0, x)^2."""
    missed: Term = maximum(0, at + step) ** 2 - maximum(0, at) ** 2 - 2 * maximum(0, at) * step
    return missed


@cache
def at_most_the_squared_step() -> Theorem:
    """It lies between 0 and the squared step."""
    missed = missed_of_squared_kink(x, y)
    return entails([], (missed >= 0) & (missed <= y**2))


@cache
def half_the_difference() -> Theorem:
    """|s - t| / 2 <= r for s from 0 to x^2 and t from 0 to y^2, where both squares are <= r."""
    within = [(s >= 0) & (s <= x**2), (t >= 0) & (t <= y**2), x**2 <= r, y**2 <= r]
    return entails([lipschitz > 0, *within], abs(lipschitz * (s - t) / 2) <= lipschitz * r)


def smooth_by(w: Term, step: Term) -> list[Theorem]:
    """What the linear model misses is lipschitz/2 times the difference for a.step and u.step."""
    kinks = [(inner(v, w), inner(v, step)) for v in (a, u)]
    bends = [substitute(at_most_the_squared_step(), {x: p, y: q}) for p, q in kinks]
    shadows = [substitute(one_shadow(), {a: v, d: step}) for v in (a, u)]
    missed = dict(zip((s, t), (missed_of_squared_kink(*kink) for kink in kinks), strict=True))
    values = {x: inner(a, step), y: inner(u, step), r: inner(step, step)}
    return [*bends, *shadows, substitute(half_the_difference(), values | missed)]


def steady_by(v: Term, w: Term) -> list[Theorem]:
    """max(0, a.v) - max(0, a.w) lies between 0 and a.v - a.w; so for u."""
    kink: Callable[[Term], Term]
    kink = lambda p: maximum(0, inner(p, v)) - maximum(0, inner(p, w))
    change = substitute(change_of_the_gradient(), {d: v - w, s: kink(a), t: kink(u)})
    bound = entails(UNIT, change.goal, by=[change])
    return [bound, norm_scaling(lipschitz, kink(a) * a - kink(u) * u)]


SYMBOLIC_RIDGE = particular(
    V,
    lambda w: (
        inner(g, w) + lipschitz * (maximum(0, inner(a, w)) ** 2 - maximum(0, inner(u, w)) ** 2) / 2
    ),
    gradient=lambda w: g + lipschitz * (maximum(0, inner(a, w)) * a - maximum(0, inner(u, w)) * u),
    curvature=lambda w: lipschitz,
    given=[*UNIT, lipschitz > 0],
    lipschitz=lipschitz,
    smooth_by=smooth_by,
    steady_by=steady_by,
)


def extremal(
    against: Term, other: Term, gradient_at_zero: Term, constant: Term | int
) -> ParticularLoss:
    """The loss with terms for a, u, g and lipschitz; its facts hold for unit vectors a and u and
    lipschitz > 0.
    """
    values = {a: against, u: other, g: gradient_at_zero, lipschitz: constant}
    return SYMBOLIC_RIDGE.where(values)
