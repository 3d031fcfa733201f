"""The rate of gradient descent without convexity, up to alpha = 1 / lipschitz: of the least
|gradient|^2, where the loss is bounded below.

First what a step takes off the loss; then, by induction, what n steps do.
"""

from functools import cache

from proofs.lemmas.cocoercivity import fall_between
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.rates import (
    L, W, alpha, grad, gradients, k, lipschitz, losses, low, modulus, n,
)  # fmt: skip
from proofs.prelude import *

w, h = vector("w"), alpha * lipschitz
SMOOTH = [
    differentiable_everywhere(L, grad, modulus),
    lipschitz_gradient(grad, lipschitz),
    lipschitz > 0,
    alpha > 0,
]
SHORT, MOVES = h <= 1, gradient_descent(W, grad, alpha)


def taken(before: Term, after: Term) -> Term:
    """h (3 - h) |before|^2 + h |after|^2, of two gradients."""
    sum_of_squares: Term = h * (3 - h) * norm(before) ** 2 + h * norm(after) ** 2
    return sum_of_squares


@cache
def step_falls() -> Theorem:
    """4 lipschitz times the fall of a step is at least `taken`: (1 - h) |g - g1|^2 is left over."""
    (g, g1), (d, d1) = vector("g g1"), real("d d1")
    least = inner(g + g1, alpha * g) / 2 + norm(g - g1) ** 2 / (4 * lipschitz)
    least = least - lipschitz * norm(alpha * g) ** 2 / 4
    left: Term = (1 - h) * inner(g - g1, g - g1)
    balance = identical(4 * lipschitz * least - taken(g, g1), left)
    spare = entails([SHORT], left >= 0, by=[square_nonnegative(g - g1)])
    falls = 4 * lipschitz * (d - d1) >= taken(g, g1)
    given = [lipschitz > 0, alpha > 0, SHORT, d - d1 >= least]
    return entails(given, falls, by=[spare, balance])


@cache
def run_falls() -> Theorem:
    """4 lipschitz (L(W(k)) - L(W(k + 1))) >= taken(grad(W(k)), grad(W(k + 1))) for every k."""
    here, there = W(k), W(k) - alpha * grad(W(k))
    (g, g1), (d, d1) = vector("g g1"), real("d d1")
    values = {g: grad(here), g1: grad(W(k + 1)), d: L(here), d1: L(W(k + 1))}
    step = substitute(step_falls(), values)

    def said(point: Term) -> Term:
        way, change = here - point, values[g] - values[g1]
        bound = inner(values[g] + values[g1], way) / 2 + norm(change) ** 2 / (4 * lipschitz)
        least: Term = values[d] - values[d1] >= bound - lipschitz * norm(way) ** 2 / 4
        return least

    between = instance(fall_between(), v=here, w=W(k + 1))
    known = [between, instance(MOVES, k), replaced(said, W(k + 1), there)]
    fallen = entails([*SMOOTH, MOVES], said(there), by=known)
    return generalize(entails([*SMOOTH, SHORT, MOVES], step.goal, by=[step, fallen]), k)


# ------------------------------------------------------------------------ the least square is small
FALLS = forall(
    N,
    lambda k: 4 * lipschitz * (losses(k) - losses(k + 1)) >= taken(gradients(k), gradients(k + 1)),
)


def paid(square: Term, n: Term | int, fallen: Term) -> Term:
    """n steps have taken n times h (4 - h) `square` off 4 lipschitz times the loss."""
    enough: Term = n * (h * (4 - h) * square) <= fallen
    return enough


@cache
def still_paid() -> list[Theorem]:
    """One more step pays for the old least square, or for the new one if that is less."""
    least, old, new, fallen, fall = real("least old new fallen fall")
    given = [alpha > 0, lipschitz > 0, SHORT, least >= 0, least <= old, new >= 0]
    given += [fall >= h * (3 - h) * old + h * new, paid(least, n, fallen)]
    cases = [(least <= new, least), (new < least, new)]
    paid_off = [entails([*given, c], paid(m, n + 1, fallen + fall)) for c, m in cases]
    there = {least: norm(gradients(k)) ** 2, old: norm(gradients(n)) ** 2}
    there |= {new: norm(gradients(n + 1)) ** 2, fall: 4 * lipschitz * (losses(n) - losses(n + 1))}
    there |= {fallen: 4 * lipschitz * (losses(0) - losses(n))}
    return [substitute(case, there) for case in paid_off]


@cache
def least_in_sequence() -> Theorem:
    """Some k <= n has |gradients(k)|^2 <= |gradients(n)|^2, and n h (4 - h) |gradients(k)|^2 <= 4
    lipschitz (losses(0) - losses(n)): by induction on n.
    """

    def least(k: Term, n: Term | int) -> Term:
        square: Term = norm(gradients(k)) ** 2
        fallen = 4 * lipschitz * (losses(0) - losses(n))
        return all_of(k < n + 1, square <= norm(gradients(n)) ** 2, paid(square, n, fallen))

    def found(n: Term | int) -> Term:
        return exists(N, lambda k: least(k, n))

    start = entails([], found(0), by=[witnessed(found(0), 0)])
    given = [alpha > 0, lipschitz > 0, SHORT, FALLS, least(k, n)]
    either = [witnessed(found(n + 1), k), witnessed(found(n + 1), n + 1)]
    step = entails(given, found(n + 1), by=[instance(FALLS, n), *still_paid(), *either])
    always = by_induction(found, start, choose(entails([found(n)], found(n)), step, k), n)
    return instance(always, n)


@cache
def excess_over_a_bound() -> Theorem:
    """|grad(w)|^2 <= 2 lipschitz (L(w) - low), where L >= low: at w - grad(w) / lipschitz."""
    step = -1 / lipschitz * grad(w)
    error = descent_lemma(L, grad, modulus, w, step, lipschitz)
    below = instance(lower_bound(L, low), w + step)
    bound = norm(grad(w)) ** 2 <= 2 * lipschitz * (L(w) - low)
    known = [error, below, norm_scaling(-1 / lipschitz, grad(w))]
    return generalize(entails([*SMOOTH[:3], lower_bound(L, low)], bound, by=known), w)


@cache
def least_gradient() -> Theorem:
    """|grad(W(k))|^2 <= 4 lipschitz (L(W(0)) - low) / (n h (4 - h) + 2) for some k <= n, where h =
    alpha lipschitz <= 1, for all L, grad, modulus, lipschitz, alpha, W, low and n where L >= low
    everywhere.

    Abbaszadehpeivasti, de Klerk and Zamani, The Exact Worst-Case Convergence Rate of the Gradient
    Method with Fixed Step Lengths for L-Smooth Functions, 2021.
    """
    there = {losses: fun(N, lambda k: L(W(k))), gradients: fun(N, lambda k: grad(W(k)))}
    found = substitute(least_in_sequence(), there)
    square, last, first, end = real("square last first end")
    fallen = 4 * lipschitz * (first - end)
    given = [alpha > 0, lipschitz > 0, SHORT, paid(square, n, fallen)]
    given += [square <= last, last <= 2 * lipschitz * (end - low)]
    little = entails(given, square <= 4 * lipschitz * (first - low) / (n * h * (4 - h) + 2))
    values = {square: norm(grad(W(k))) ** 2, last: norm(grad(W(n))) ** 2}
    little = substitute(little, {**values, first: L(W(0)), end: L(W(n))})

    bound = 4 * lipschitz * (L(W(0)) - low) / (n * h * (4 - h) + 2)
    small = exists(N, lambda k: (k < n + 1) & (norm(grad(W(k))) ** 2 <= bound))
    known = [little, instance(excess_over_a_bound(), W(n)), witnessed(small, k)]
    chosen = [k < n + 1, little.hypotheses[4], little.hypotheses[3]]
    given = [*SMOOTH, SHORT, lower_bound(L, low)]
    least = choose(found, entails([*given, *chosen], small, by=known), k)
    rate = entails([*given, MOVES], small, by=[least, run_falls()])
    return generalize(rate, L, grad, modulus, lipschitz, alpha, W, low, n)
