"""Gradient descent on x^2 - y^2, where x = u.w and y = v.w for orthonormal u and v: x shrinks and y
grows, each as a power. What is across both does not move.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from proofs.lemmas.descents import stays_away
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.lemmas.powers import (
    converges_with_powers, next_power, powers_are_small, there_are_powers,
)  # fmt: skip
from proofs.losses.saddles import saddle
from proofs.prelude import *

u, v = vector("u v")
W, power = function("W", N >> V), function("power", (N, R) >> R)
alpha, bound, p, r = real("alpha bound p r")
k, n = natural("k n")

SADDLE = saddle(u, v)
L, grad = SADDLE.value, SADDLE.gradient
RUN = [orthonormal(u, v), alpha > 0, gradient_descent(W, grad, alpha)]
x0, y0 = inner(u, W(0)), inner(v, W(0))
foot = W(0) - x0 * u - y0 * v
IN, OUT = 1 - 2 * alpha, 1 + 2 * alpha
Property = Callable[[Any], Term]


def leaves(points: Term, loss: Term) -> Term:
    """For every bound, from some n on, loss(points(k)) < -bound."""
    return forall(R, lambda bound: exists(N, lambda n: forall(
        N, lambda k: implies(k >= n, loss(points(k)) < -bound),
    )))  # fmt: skip


def with_coordinates(p: Term | int, r: Term | int) -> Term:
    """The point with the components p x0 along u and r y0 along v, over the same foot."""
    point: Term = foot + p * x0 * u + r * y0 * v
    return point


@cache
def components() -> Theorem:
    """W(n) = foot + (1 - 2 alpha)^n x0 u + (1 + 2 alpha)^n y0 v."""
    given = [is_power(power), *RUN]
    x, y = power(k, IN), power(k, OUT)
    there = with_coordinates(x, y)
    put_in = [
        replaced(lambda p: W(0) == with_coordinates(p, 1), 1, power(0, IN)),
        replaced(lambda r: W(0) == with_coordinates(power(0, IN), r), 1, power(0, OUT)),
    ]
    first = [*next_power(IN, 0), *next_power(OUT, 0)]
    holds: Property = lambda k: W(k) == with_coordinates(power(k, IN), power(k, OUT))
    base = entails(given, holds(0), by=[*first, *put_in])
    target = with_coordinates(IN * x, OUT * y)
    turned = entails([RUN[0]], there - alpha * grad(there) == target)
    further = [
        replaced(lambda w: W(k + 1) == w - alpha * grad(w), W(k), there),
        replaced(lambda w: W(k + 1) == w, there - alpha * grad(there), target),
        replaced(lambda p: W(k + 1) == with_coordinates(p, OUT * y), IN * x, power(k + 1, IN)),
        replaced(
            lambda r: W(k + 1) == with_coordinates(power(k + 1, IN), r), OUT * y, power(k + 1, OUT)
        ),
    ]
    known = [instance(RUN[2], k), turned, *further, *next_power(IN, k), *next_power(OUT, k)]
    step = entails([*given, holds(k)], holds(k + 1), by=known)
    return instance(by_induction(holds, base, step, k), n)


@cache
def reaches_the_foot() -> Theorem:
    """From y0 = 0 with alpha < 1 the run converges to its foot."""
    given, scale = [is_power(power), *RUN, alpha < 1, y0 == 0], abs(x0)
    x, run = power(k, IN), substitute(components(), {n: k})
    near: Property = lambda w: norm(w - foot) <= abs(x) * scale
    there = with_coordinates(x, power(k, OUT))
    length = entails(given, near(there), by=[norm_scaling(x * x0, u)])
    close = entails(given, near(W(k)), by=[run, length, replaced(near, there, W(k))])
    values = {function("points", N >> V): W, vector("limit"): foot}
    values |= {real("x"): IN, real("scale"): scale}
    limit = substitute(converges_with_powers(), values)
    shrinks = entails([alpha > 0, alpha < 1], abs(IN) < 1)
    known = [limit, shrinks, generalize(close, k)]
    return there_are_powers(entails(given, converges(W, foot), by=known))


@cache
def grows() -> Theorem:
    """(1 + 2 alpha)^n >= 1 + 2 alpha n."""
    positive = [is_power(power), alpha > 0]

    def above(k: Term | int) -> Term:
        return all_of(power(k, OUT) >= 1 + 2 * alpha * k)

    base = entails(positive, above(0), by=next_power(OUT, 0))
    step = entails([*positive, above(k)], above(k + 1), by=next_power(OUT, k))
    return instance(by_induction(above, base, step, k), n)


@cache
def stays_off_the_foot() -> Theorem:
    """From y0 != 0 the run does not converge to its foot: it stays at least |y0| away."""
    given = [is_power(power), *RUN, y0 != 0]
    x, y = power(n, IN), power(n, OUT)
    there = with_coordinates(x, y)
    away: Property = lambda w: norm(w - foot) >= abs(y0)
    component = cauchy_schwarz(v, there - foot)
    long = entails(given, away(there), by=[component, grows()])
    far = entails(given, away(W(n)), by=[components(), long, replaced(away, there, W(n))])
    return there_are_powers(stays_away(W, foot, abs(y0), far))


@cache
def falls_for_ever() -> Theorem:
    """From y0 != 0 with alpha < 1, L(W(n)) <= x0^2 - (1 + 4 alpha n) y0^2, which is below -bound
    for large n.
    """
    given = [is_power(power), *RUN, alpha < 1, y0 != 0]
    x, y = power(k, IN), power(k, OUT)
    there, run, grown = (
        with_coordinates(x, y),
        substitute(components(), {n: k}),
        substitute(grows(), {n: k}),
    )
    at_most = x0**2 - (1 + 4 * alpha * k) * y0**2
    shrinks = entails([alpha > 0, alpha < 1], abs(IN) <= 1)
    small = [instance(substitute(powers_are_small(), {real("x"): IN}), k), shrinks]
    inside = entails([is_power(power), alpha > 0, alpha < 1], x**2 <= 1, by=small)
    outside = entails([is_power(power), alpha > 0], y**2 >= 1 + 4 * alpha * k, by=[grown])
    a, b, c = real("a b c")
    scaled = entails([a <= b], a * c**2 <= b * c**2)
    weights = [
        substitute(scaled, {a: x**2, b: 1, c: x0}),
        substitute(scaled, {a: 1 + 4 * alpha * k, b: y**2, c: y0}),
    ]
    value = entails([RUN[0]], L(there) == (x * x0) ** 2 - (y * y0) ** 2)
    low = entails(given, L(there) <= at_most, by=[inside, outside, value, *weights])
    arrives = replaced(lambda w: L(w) <= at_most, there, W(k))
    falls = entails(given, L(W(k)) <= at_most, by=[low, run, arrives])
    late = (x0**2 + abs(bound)) / (4 * alpha * y0**2)
    waited = [*given, late <= n]
    spent = x0**2 + abs(bound) <= 4 * alpha * y0**2 * k
    enough = entails([alpha > 0, y0 != 0, late <= n, k >= n], spent)
    deep = entails([*waited, k >= n], L(W(k)) < -bound, by=[falls, enough])
    goal = instance(leaves(W, L), bound).goal
    use = entails(waited, goal, by=[witnessed(goal, n), generalize(deep, k)])
    return there_are_powers(generalize(choose(archimedes(late), use, n), bound))
