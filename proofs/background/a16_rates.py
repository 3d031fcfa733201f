"""How fast gradient descent arrives: after n steps the excess of a convex loss, or some
|gradient|^2, is at most c / n.

First for sequences of losses, gradients and points that keep a few promises at every step; then for
gradient descent on a loss with a Lipschitz gradient, which keeps them.
"""

from proofs.definitions import (
    convex,
    differentiable_everywhere,
    gradient_descent,
    lipschitz_gradient,
    lower_bound,
)
from proofs.kernel import (
    N, R, Term, Theorem, V, all_of, by_induction, choose, entails, exists, forall, fun, function,
    generalize, inner, instance, maximum, natural, norm, real, replaced, substitute, vector,
    witnessed,
)  # fmt: skip
from proofs.lemmas.convexity import first_order_convexity_everywhere
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import norm_scaling

losses, gradients, points = (
    function("losses", N >> R),
    function("gradients", N >> V),
    function("points", N >> V),
)
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
    fallen: where it was so of one, after the next step it is so of the lesser of that and the new
    one.
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
    small = exists(
        N, lambda k: (k < n) & (norm(gradients(k)) ** 2 <= 2 * (losses(0) - low) / (alpha * n))
    )
    use = entails(
        [alpha > 0, n >= 1, losses(n) >= low, at_most_mean(k, n)], small, by=[witnessed(small, k)]
    )
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
ALONG_THE_WAY = {
    losses: fun(N, lambda k: L(W(k))),
    gradients: fun(N, lambda k: grad(W(k))),
    points: W,
}


def loss_falls() -> Theorem:
    """L(W(k + 1)) <= L(W(k)) - alpha |grad(W(k))|^2 / 2 for every k: the descent lemma at s =
    -alpha grad(W(k)).
    """
    w, g = W(k), grad(W(k))
    bound: Term = L(w) - alpha * norm(g) ** 2 / 2

    def fallen(point: Term) -> Term:
        loss: Term = L(point)
        return loss <= bound

    error = [descent_lemma(L, grad, modulus, w, -alpha * g, lipschitz), norm_scaling(-alpha, g)]
    step = entails(SMALL_STEPS, fallen(w - alpha * g), by=error)
    arrives = [
        instance(gradient_descent(W, grad, alpha), k),
        replaced(fallen, w - alpha * g, W(k + 1)),
    ]
    return generalize(entails(SMALL_STEPS, fallen(W(k + 1)), by=[step, *arrives]), k)


def convex_rate(
    loss: Term,
    gradient: Term,
    moduli: Term,
    constant: Term,
    rate: Term,
    iterates: Term,
    point: Term,
    steps: Term,
) -> Theorem:
    """L(W(n)) - L(w*) <= |W(0) - w*|^2 / (2 alpha n) for n >= 1, whatever the point w*.

    The hypotheses are `convex(loss)`, `differentiable_everywhere(loss, gradient, moduli)`,
    `lipschitz_gradient(gradient, constant)`, constant > 0, rate > 0, rate * constant <= 1,
    `gradient_descent(iterates, gradient, rate)` and steps >= 1. That w* is a minimizer is not
    needed for the bound. Beck and Teboulle, A Fast Iterative Shrinkage-Thresholding Algorithm,
    Theorem 3.1; with other constants, Nesterov, Introductory Lectures on Convex Optimization,
    Theorem 2.1.14, and Bubeck, Convex Optimization, Theorem 3.3.
    """
    above = first_order_convexity_everywhere(L, grad, modulus)
    aims = generalize(instance(above, w_star, W(k)), k)
    excess = substitute(excess_of_sequence(), {**ALONG_THE_WAY, target: w_star, low: L(w_star)})
    theorem = entails(
        [convex(L), *SMALL_STEPS, n >= 1], excess.goal, by=[excess, loss_falls(), aims]
    )
    values = {
        L: loss,
        grad: gradient,
        modulus: moduli,
        lipschitz: constant,
        alpha: rate,
        W: iterates,
    }
    return substitute(theorem, {**values, w_star: point, n: steps})


def stationary_rate(
    loss: Term,
    gradient: Term,
    moduli: Term,
    constant: Term,
    rate: Term,
    iterates: Term,
    bound: Term,
    steps: Term,
) -> Theorem:
    """|grad(W(k))|^2 <= 2 (L(W(0)) - low) / (alpha n) for some k < n, where n >= 1 and low is a
    lower bound of L.

    The hypotheses are those of `convex_rate`, with `lower_bound(loss, bound)` in place of
    convexity. Nesterov, Introductory Lectures on Convex Optimization, 1.2.3.
    """
    small = substitute(small_gradient_in_sequence(), ALONG_THE_WAY)
    bounded = lower_bound(L, low)
    theorem = entails(
        [*SMALL_STEPS, bounded, n >= 1],
        small.goal,
        by=[small, loss_falls(), instance(bounded, W(n))],
    )
    values = {
        L: loss,
        grad: gradient,
        modulus: moduli,
        lipschitz: constant,
        alpha: rate,
        W: iterates,
    }
    return substitute(theorem, {**values, low: bound, n: steps})
