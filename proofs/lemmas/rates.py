"""How fast gradient descent arrives: after n steps the excess of a convex loss over its minimum,
or the least |gradient|^2 on the way, is at most c / n.

First for sequences of losses, gradients and points that keep a few promises at every step; then for
gradient descent on a loss with a Lipschitz gradient, which keeps them.
"""

from proofs.lemmas.convexity import first_order_convexity_everywhere
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import norm_scaling
from proofs.prelude import *

losses = function("losses", N >> R)
gradients, points = function("gradients", N >> V), function("points", N >> V)
target = vector("target")
low, alpha = real("low alpha")
k, n = natural("k n")

# The promises at every step k: the point moves against the gradient, the loss falls by half of what
# the linear model says, and at the target the linear model says at most `low`.
MOVES = forall(N, lambda k: points(k + 1) == points(k) - alpha * gradients(k))
FALLS = forall(N, lambda k: losses(k + 1) <= losses(k) - alpha * norm(gradients(k)) ** 2 / 2)
AIMS = forall(N, lambda k: low >= losses(k) + inner(gradients(k), target - points(k)))


def potential(k: Term | int, loss: Term, point: Term) -> Term:
    """|point - target|^2 + 2 alpha k (loss - low)."""
    weighted_excess: Term = 2 * alpha * k * (loss - low)
    return norm(point - target) ** 2 + weighted_excess


def potential_never_grows() -> Theorem:
    """The potential after k + 1 steps is at most the potential after k steps."""
    given, there = [alpha > 0, FALLS, AIMS], points(k) - alpha * gradients(k)

    def no_more(point: Term) -> Term:
        return potential(k + 1, losses(k + 1), point) <= potential(k, losses(k), points(k))

    step = entails(given, no_more(there), by=[instance(FALLS, k), instance(AIMS, k)])
    arrives = [instance(MOVES, k), replaced(no_more, there, points(k + 1))]
    return entails([*given, MOVES], no_more(points(k + 1)), by=[step, *arrives])


def excess_of_sequence() -> Theorem:
    """losses(n) - low <= |points(0) - target|^2 / (2 alpha n) for n >= 1, because the potential
    never grows.
    """
    given = [alpha > 0, MOVES, FALLS, AIMS]

    def below_start(k: Term | int) -> Term:
        return potential(k, losses(k), points(k)) <= norm(points(0) - target) ** 2

    step = entails([*given, below_start(k)], below_start(k + 1), by=[potential_never_grows()])
    always = by_induction(below_start, entails([], below_start(0)), step, k)
    bound = losses(n) - low <= norm(points(0) - target) ** 2 / (2 * alpha * n)
    return entails([*given, n >= 1], bound, by=[instance(always, n)])


def small_gradient_in_sequence() -> Theorem:
    """Some k < n has |gradients(k)|^2 <= 2 (losses(0) - low) / (alpha n), where n >= 1 and
    losses(n) >= low.

    By induction on n, alpha n times one of the first n squares is at most twice what the loss has
    fallen: where that was so of one square, after the next step it is so of it or of the new one.
    """

    def at_most_mean(k: Term, n: Term | int) -> Term:
        # max(n, 1), so that there is something to choose before the first step, when the fall is 0.
        return all_of(
            k < maximum(n, 1), alpha * n * norm(gradients(k)) ** 2 <= 2 * (losses(0) - losses(n))
        )

    def found(n: Term | int) -> Term:
        return exists(N, lambda k: at_most_mean(k, n))

    start = entails([], found(0), by=[witnessed(found(0), 0)])
    old_or_new = [witnessed(found(n + 1), k), witnessed(found(n + 1), n)]
    step = entails(
        [alpha > 0, FALLS, at_most_mean(k, n)], found(n + 1), by=[instance(FALLS, n), *old_or_new]
    )
    always = by_induction(found, start, choose(entails([found(n)], found(n)), step, k), n)
    bound = 2 * (losses(0) - low) / (alpha * n)
    small = exists(N, lambda k: (k < n) & (norm(gradients(k)) ** 2 <= bound))
    given = [alpha > 0, n >= 1, losses(n) >= low, at_most_mean(k, n)]
    use = entails(given, small, by=[witnessed(small, k)])
    return choose(instance(always, n), use, k)


# -------------------------------------------------------------- gradient descent keeps the promises
L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("modulus", (V, R) >> R)
W, w_star, lipschitz = function("W", N >> V), vector("w_star"), real("lipschitz")

SMALL_STEPS = [
    differentiable_everywhere(L, grad, modulus),
    lipschitz_gradient(grad, lipschitz),
    lipschitz > 0,
    alpha > 0,
    alpha * lipschitz <= 1,
    gradient_descent(W, grad, alpha),
]
LOSSES, GRADIENTS = fun(N, lambda k: L(W(k))), fun(N, lambda k: grad(W(k)))
ALONG_THE_WAY = {losses: LOSSES, gradients: GRADIENTS, points: W}


def loss_falls() -> Theorem:
    """L(W(k + 1)) <= L(W(k)) - alpha |grad(W(k))|^2 / 2 for every k, by the descent lemma for the
    step -alpha grad(W(k)).
    """
    w, g = W(k), grad(W(k))
    bound: Term = L(w) - alpha * norm(g) ** 2 / 2

    def fallen(point: Term) -> Term:
        loss: Term = L(point)
        return loss <= bound

    error = [descent_lemma(L, grad, modulus, w, -alpha * g, lipschitz), norm_scaling(-alpha, g)]
    step = entails(SMALL_STEPS, fallen(w - alpha * g), by=error)
    moves = instance(gradient_descent(W, grad, alpha), k)
    arrives = [moves, replaced(fallen, w - alpha * g, W(k + 1))]
    return generalize(entails(SMALL_STEPS, fallen(W(k + 1)), by=[step, *arrives]), k)


def convex_rate() -> Theorem:
    """L(W(n)) - L(w_star) <= |W(0) - w_star|^2 / (2 alpha n), for all L, grad, modulus, alpha, W,
    lipschitz, w_star and n >= 1 where L is convex and `SMALL_STEPS` hold.

    That w_star is a minimizer is not needed. Beck and Teboulle, A Fast Iterative
    Shrinkage-Thresholding Algorithm, Theorem 3.1; with other constants, Nesterov, Introductory
    Lectures on Convex Optimization, Theorem 2.1.14, and Bubeck, Convex Optimization, Theorem 3.3.
    """
    above = first_order_convexity_everywhere(L, grad, modulus)
    aims = generalize(instance(above, v=w_star, w=W(k)), k)
    excess = substitute(excess_of_sequence(), {**ALONG_THE_WAY, target: w_star, low: L(w_star)})
    given = [convex(L), *SMALL_STEPS, n >= 1]
    theorem = entails(given, excess.goal, by=[excess, loss_falls(), aims])
    return generalize(theorem, L, grad, modulus, alpha, W, lipschitz, w_star, n)


def stationary_rate() -> Theorem:
    """|grad(W(k))|^2 <= 2 (L(W(0)) - low) / (alpha n) for some k < n, for all L, grad, modulus,
    alpha, W, lipschitz, low and n >= 1 where L >= low everywhere and `SMALL_STEPS` hold.

    Nesterov, Introductory Lectures on Convex Optimization, 1.2.3.
    """
    small = substitute(small_gradient_in_sequence(), ALONG_THE_WAY)
    bounded = lower_bound(L, low)
    above = instance(bounded, W(n))
    given = [*SMALL_STEPS, bounded, n >= 1]
    theorem = entails(given, small.goal, by=[small, loss_falls(), above])
    return generalize(theorem, L, grad, modulus, alpha, W, lipschitz, low, n)
