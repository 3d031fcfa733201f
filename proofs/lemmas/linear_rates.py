"""Linear rates of gradient descent without convexity: where |gradient|^2 is at least a multiple of
the excess over the minimum, this shrinks_by_a_factor by a factor at each step.
"""

from functools import cache

from proofs.lemmas.powers import next_power
from proofs.lemmas.rates import (
    FALL, L, W, alpha, fall_is_positive, grad, k, lipschitz, loss_falls, low, n,
)  # fmt: skip
from proofs.lemmas.smooth_rates import MOVES, SHORT, SMOOTH, run_falls
from proofs.prelude import *

h = alpha * lipschitz
mu, power, q = real("mu"), function("power", (N, R) >> R), real("q")
excess = function("excess", N >> R)
GIVEN = [*SMOOTH, lower_bound(L, low), mu > 0, MOVES, is_power(power)]


def steep_at(w: Term) -> Term:
    """|grad(w)|^2 >= 2 mu (L(w) - low)."""
    enough: Term = norm(grad(w)) ** 2 >= 2 * mu * (L(w) - low)
    return enough


STEEP = forall(V, steep_at)
STEEP_ALONG_THE_RUN = forall(N, lambda k: implies(k <= n, steep_at(W(k))))


@cache
def shrinks_by_a_factor() -> Theorem:
    """excess(n) <= q^n excess(0), if no excess is negative, and each up to n is at most q times the
    one before: by induction, with 0 <= q^n excess(0), which q < 0 allows only for excess(0) = 0.
    """
    never_negative = forall(N, lambda k: excess(k) >= 0)
    each_step = forall(N, lambda k: implies(k + 1 <= n, excess(k + 1) <= q * excess(k)))
    given = [is_power(power), never_negative, each_step]

    def small(k: Term | int) -> Term:
        bound = power(k, q) * excess(0)
        return implies(k <= n, (bound >= 0) & (excess(k) <= bound))

    p, first, x, x1 = real("p first x x1")
    old = [first >= 0, q * first >= 0, p * first >= 0, x >= 0, x <= p * first, x1 <= q * x]
    new = entails(old, (q * p * first >= 0) & (x1 <= q * p * first))
    at = {p: power(k, q), first: excess(0), x: excess(k), x1: excess(k + 1)}
    starts = [instance(never_negative, 0), instance(never_negative, 1), instance(each_step, 0)]
    known = [instance(never_negative, k), instance(each_step, k), *starts, *next_power(q, k)]
    begins = entails(given, small(0), by=[*starts, *next_power(q, 0)])
    step = entails([*given, small(k)], small(k + 1), by=[substitute(new, at), *known])
    always = instance(by_induction(small, begins, step, k), n)
    return entails(given, small(n).args[1].args[1], by=[always])


def rate_of_a_run(factor: Term, step: Theorem) -> Theorem:
    """L(W(n)) - low <= factor^n (L(W(0)) - low), by what one step does to the excess over `low`."""
    over = fun(N, lambda k: L(W(k)) - low)
    sequence = substitute(shrinks_by_a_factor(), {excess: over, q: factor})
    above = generalize(instance(lower_bound(L, low), W(k)), k)
    return entails(step.hypotheses, sequence.goal, by=[sequence, above, generalize(step, k)])


@cache
def excess_shrinks() -> Theorem:
    """L(W(n)) - low <= q^n (L(W(0)) - low) for alpha lipschitz < 2, where q = 1 - 2 mu FALL < 1: a
    step takes FALL |grad|^2 off the loss.
    """
    factor = 1 - 2 * mu * FALL
    known = [instance(loss_falls(), k), instance(STEEP, W(k)), fall_is_positive()]
    step = implies(k + 1 <= n, L(W(k + 1)) - low <= factor * (L(W(k)) - low))
    shrunk = rate_of_a_run(factor, entails([*GIVEN, STEEP, h < 2], step, by=known))
    return entails(shrunk.hypotheses, shrunk.goal & (factor < 1), by=[shrunk, fall_is_positive()])


@cache
def excess_shrinks_faster() -> Theorem:
    """The same for h <= 1 with q = (2 lipschitz - h (3 - h) mu) / (2 lipschitz + h mu), if the
    gradient is steep at the points of the run up to n.
    """
    factor = (2 * lipschitz - h * (3 - h) * mu) / (2 * lipschitz + h * mu)
    x, x1, square, square1 = real("x x1 square square1")
    given = [lipschitz > 0, alpha > 0, mu > 0, SHORT, square >= 2 * mu * x, square1 >= 2 * mu * x1]
    falls = 4 * lipschitz * (x - x1) >= h * (3 - h) * square + h * square1
    shorter = entails([*given, falls], x1 <= factor * x)
    values = {x: L(W(k)) - low, x1: L(W(k + 1)) - low}
    values |= {square: norm(grad(W(k))) ** 2, square1: norm(grad(W(k + 1))) ** 2}
    step = substitute(shorter, values)
    steep = [instance(STEEP_ALONG_THE_RUN, i) for i in (k, k + 1)]
    known = [step, instance(run_falls(), k), *steep]
    fallen = implies(k + 1 <= n, step.goal)
    return rate_of_a_run(factor, entails([*GIVEN, STEEP_ALONG_THE_RUN, SHORT], fallen, by=known))


def linear_rate(least: Term) -> Theorem:
    """`excess_shrinks` over the lower bound `least`.

    Polyak, Gradient Methods for the Minimisation of Functionals, 1963.
    """
    return substitute(excess_shrinks(), {low: least})


def faster_linear_rate(least: Term) -> Theorem:
    """`excess_shrinks_faster` over the lower bound `least`.

    At h = 1: Abbaszadehpeivasti, de Klerk and Zamani, Conditions for Linear Convergence of the
    Gradient Method for Non-Convex Optimization, 2023.
    """
    return substitute(excess_shrinks_faster(), {low: least})
