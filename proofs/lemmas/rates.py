"""Where gradient descent comes to: the least |gradient|^2 before step n is at most a constant over
n, and the gradient tends to zero.

First for sequences of losses and gradients that keep two promises at every step; then for gradient
descent on a loss with a Lipschitz gradient, which keeps them for alpha < 2 / lipschitz.
"""

from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.naturals import nothing_between
from proofs.prelude import *

losses, gradients = function("losses", N >> R), function("gradients", N >> V)
low, alpha, fall, epsilon = real("low alpha fall epsilon")
j, k, n = natural("j k n")

# The promises at every step k: the loss falls by a multiple of |gradient|^2, and is at least `low`.
FALLS = forall(N, lambda k: losses(k + 1) <= losses(k) - fall * norm(gradients(k)) ** 2)
ABOVE = forall(N, lambda k: losses(k) >= low)


# ------------------------------------------------------------------------ the least square is small
def small_gradient_in_sequence() -> Theorem:
    """Some k < n has |gradients(k)|^2 <= (losses(0) - low) / (fall n), where n >= 1 and losses(n)
    >= low.

    By induction on n, fall n times one of the first n squares is at most what the loss has fallen:
    where that was so of one square, after the next step it is so of it or of the new one.
    """

    def at_most_mean(k: Term, n: Term | int) -> Term:
        # max(n, 1), so that there is something to choose before the first step, when the fall is 0.
        return all_of(
            k < maximum(n, 1), fall * n * norm(gradients(k)) ** 2 <= losses(0) - losses(n)
        )

    def found(n: Term | int) -> Term:
        return exists(N, lambda k: at_most_mean(k, n))

    start = entails([], found(0), by=[witnessed(found(0), 0)])
    old_or_new = [witnessed(found(n + 1), k), witnessed(found(n + 1), n)]
    step = entails(
        [fall > 0, FALLS, at_most_mean(k, n)], found(n + 1), by=[instance(FALLS, n), *old_or_new]
    )
    always = by_induction(found, start, choose(entails([found(n)], found(n)), step, k), n)
    bound = (losses(0) - low) / (fall * n)
    small = exists(N, lambda k: (k < n) & (norm(gradients(k)) ** 2 <= bound))
    given = [fall > 0, n >= 1, losses(n) >= low, at_most_mean(k, n)]
    use = entails(given, small, by=[witnessed(small, k)])
    return choose(instance(always, n), use, k)


# ------------------------------------------------------------------------- all squares tend to zero
def losses_never_rise() -> Theorem:
    """losses(k) <= losses(n) for k >= n: by induction on k, as nothing lies between k and k + 1."""

    def no_higher(k: Term | int) -> Term:
        return implies(k >= n, losses(k) <= losses(n))

    same = replaced(lambda k: losses(0) <= losses(k), 0, n)
    first = entails([n <= 0], losses(0) <= losses(n), by=[same])
    begins = entails([], no_higher(0), by=[first])
    new = replaced(lambda k: losses(k) <= losses(n), n, k + 1)
    step = entails(
        [fall > 0, FALLS, no_higher(k)],
        no_higher(k + 1),
        by=[instance(FALLS, k), nothing_between(k, n), new],
    )
    return by_induction(no_higher, begins, step, k)


def gradients_tend_to_zero() -> Theorem:
    """The gradients converge to zero.

    Else, for some epsilon > 0, after every n there is a k with |gradients(k)| > epsilon, and losses
    falls by more than fall epsilon^2 from n to k + 1. By induction on j it falls by j times that,
    in the end below `low`.
    """
    given, small = [fall > 0, FALLS, ABOVE, epsilon > 0], converges(gradients, zero)
    settles = instance(small, epsilon).goal.args[1]
    large, lost = negation(settles), fall * epsilon**2

    def fallen(j: Term | int) -> Term:
        return exists(N, lambda n: losses(n) <= losses(0) - j * lost)

    start = entails([], fallen(0), by=[witnessed(fallen(0), 0)])
    found = [losses(n) <= losses(0) - j * lost, k >= n, norm(gradients(k)) > epsilon]
    lower = losses(k + 1) <= losses(0) - (j + 1) * lost
    falls = [instance(FALLS, k), instance(losses_never_rise(), k)]
    drop = entails([*given, *found], lower, by=falls)
    again = entails([*given, *found], fallen(j + 1), by=[drop, witnessed(fallen(j + 1), k + 1)])
    later = choose(instance(large, n), again, k)
    step = choose(entails([fallen(j)], fallen(j)), later, n)
    always = instance(by_induction(fallen, start, step, j), j)
    too_low = [*given, losses(n) <= losses(0) - j * lost, j >= (losses(0) - low) / lost + 1]
    spent = entails([fall > 0, epsilon > 0], lost > 0)
    never: Term = ~large
    absurd = entails(too_low, never, by=[instance(ABOVE, n), spent])
    late = choose(always, absurd, n)
    refuted = choose(archimedes((losses(0) - low) / lost + 1), late, j)
    return for_each(small, epsilon, given=given[:3], by=[refuted])


# -------------------------------------------------------------- gradient descent keeps the promises
L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
W, lipschitz = function("W", N >> V), real("lipschitz")

SMALL_STEPS = [
    differentiable_everywhere(L, grad, modulus),
    lipschitz_gradient(grad, lipschitz),
    lipschitz > 0,
    alpha > 0,
    alpha * lipschitz < 2,
    gradient_descent(W, grad, alpha),
]
FALL = alpha * (1 - lipschitz * alpha / 2)  # the multiple of |grad|^2 by which a step lowers L
LOSSES, GRADIENTS = fun(N, lambda k: L(W(k))), fun(N, lambda k: grad(W(k)))
ALONG_THE_WAY = {losses: LOSSES, gradients: GRADIENTS, fall: FALL}


def fall_is_positive() -> Theorem:
    """alpha (1 - lipschitz alpha / 2) > 0."""
    return entails([alpha > 0, alpha * lipschitz < 2], FALL > 0)


def loss_falls() -> Theorem:
    """L(W(k + 1)) <= L(W(k)) - alpha (1 - lipschitz alpha / 2) |grad(W(k))|^2 for every k, by the
    descent lemma for the step -alpha grad(W(k)).
    """
    w, g = W(k), grad(W(k))
    bound: Term = L(w) - FALL * norm(g) ** 2

    def fallen(point: Term) -> Term:
        loss: Term = L(point)
        return loss <= bound

    error = [descent_lemma(L, grad, modulus, w, -alpha * g, lipschitz), norm_scaling(-alpha, g)]
    step = entails(SMALL_STEPS, fallen(w - alpha * g), by=error)
    moves = instance(gradient_descent(W, grad, alpha), k)
    arrives = [moves, replaced(fallen, w - alpha * g, W(k + 1))]
    return generalize(entails(SMALL_STEPS, fallen(W(k + 1)), by=[step, *arrives]), k)


def stationary_rate() -> Theorem:
    """|grad(W(k))|^2 <= (L(W(0)) - low) / (FALL n) for some k < n, for all L, grad, modulus, alpha,
    W, lipschitz, low and n >= 1 where L >= low everywhere and `SMALL_STEPS` hold.

    Nesterov, Introductory Lectures on Convex Optimization.
    """
    small = substitute(small_gradient_in_sequence(), ALONG_THE_WAY)
    bounded = lower_bound(L, low)
    given, above = [*SMALL_STEPS, bounded, n >= 1], instance(bounded, W(n))
    theorem = entails(given, small.goal, by=[small, loss_falls(), fall_is_positive(), above])
    return generalize(theorem, L, grad, modulus, alpha, W, lipschitz, low, n)


def gradient_vanishes() -> Theorem:
    """grad(W(k)) converges to zero, for all L, grad, modulus, alpha, W, lipschitz and low where L
    >= low everywhere and `SMALL_STEPS` hold. (Nesterov, in the same place.)
    """
    vanishes = substitute(gradients_tend_to_zero(), ALONG_THE_WAY)
    bounded = lower_bound(L, low)
    above = generalize(instance(bounded, W(k)), k)
    given, known = [*SMALL_STEPS, bounded], [vanishes, loss_falls(), fall_is_positive(), above]
    theorem = entails(given, vanishes.goal, by=known)
    return generalize(theorem, L, grad, modulus, alpha, W, lipschitz, low)
