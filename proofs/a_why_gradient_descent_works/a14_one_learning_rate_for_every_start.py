"""a14. One learning rate takes a small step downhill from every start.

Claim     There is one alpha > 0 such that L(w - alpha grad(w)) < L(w) from every start w with
          grad(w) != 0.
Article   A:24: from any start, subtracting *the* learning rate times the gradient is a small step
          downhill.
Idea      Far enough out, where the curvature has no bound, any alpha is too large.
Notation  x = e1.w, the coordinate of w along a unit vector.
Verdict   FAILS for x^4. Repair: a gradient that is Lipschitz everywhere; then each alpha in (0, 2 /
          lipschitz) serves.
"""

from proofs.a_why_gradient_descent_works.a12_how_small_alpha_must_be import theorem_bound_is_sharp
from proofs.claims import Claim
from proofs.definitions import differentiable_everywhere, for_all_positive, lipschitz_gradient
from proofs.kernel import (
    R, V, e1, entails, exists, forall, function, generalize, implies, instance, negation, norm,
    real, substitute, vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.smooth_losses import bowl, bowl_is_smooth, ridge, ridge_is_smooth
from strategies import lipschitz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("modulus", (V, R) >> R)
w = vector("w")
alpha, lipschitz, bound, x, factor = real("alpha lipschitz bound x factor")


def serves_every_start(loss, gradient, alpha):
    """From every w with gradient(w) != 0, the step -alpha gradient(w) lowers the loss."""
    return forall(
        V, lambda w: implies(gradient(w) != zero, loss(w - alpha * gradient(w)) < loss(w))
    )


def steps_within(gradient, alpha, bound):
    """No step -alpha gradient(w) is longer than the bound."""
    return forall(V, lambda w: norm(alpha * gradient(w)) <= bound)


CLAIM = Claim(
    for_all=[L, grad, modulus],
    given={"L is differentiable": differentiable_everywhere(L, grad, modulus)},
    then=exists(R, lambda alpha: (alpha > 0) & serves_every_start(L, grad, alpha)),
)
MISREADING_SMALL_STEP = CLAIM.but(
    then=exists(R, lambda alpha, bound: (alpha > 0) & steps_within(grad, alpha, bound))
)
REPAIR = CLAIM.but(
    for_all=[L, grad, modulus, lipschitz, alpha],
    given={
        "lipschitz is positive": lipschitz > 0,
        "the gradient is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "alpha is small": (alpha > 0) & (alpha < 2 / lipschitz),
    },
    then=serves_every_start(L, grad, alpha),
)
LIPSCHITZ_IS_NECESSARY = CLAIM.but(
    given={
        "every alpha serves every start": for_all_positive(
            lambda alpha: serves_every_start(L, grad, alpha)
        )
    },
    then=exists(R, lambda lipschitz: lipschitz_gradient(grad, lipschitz)),
)

EVEN, SLOPE, NEAR = bowl(2 / alpha)
A_QUADRATIC_FOR_EVERY_ALPHA = Claim(
    for_all=[alpha, w],
    given={"alpha is positive": alpha > 0, "w is not the minimizer": w != zero},
    then=differentiable_everywhere(EVEN, SLOPE, NEAR)
    & (SLOPE(w) != zero)
    & (EVEN(w - alpha * SLOPE(w)) >= EVEN(w)),
)

QUARTIC = (lambda x: x**4, lambda x: 4 * x**3, lambda x: 8 * x**2 + 3)
CUBIC = (lambda x: -(x**3) - x, lambda x: -3 * x**2 - 1, lambda x: 3 * abs(x) + 1)
start = 1 + 1 / alpha


def inequality_quartic_rises():
    """From x = 1 + 1/alpha the step leads to (1 - 4 alpha x^2) x, and 1 - 4 alpha x^2 <= -1, so x^4
    does not fall.
    """
    rises = entails([factor <= -1], (x * factor) ** 4 >= x**4)
    far = entails([alpha > 0], 1 - 4 * alpha * start**2 <= -1)
    loss, gradient, _ = ridge(*QUARTIC)
    w0 = start * e1
    by = [far, substitute(rises, {x: start, factor: 1 - 4 * alpha * start**2})]
    return entails(
        [alpha > 0], (loss(w0 - alpha * gradient(w0)) >= loss(w0)) & (gradient(w0) != zero), by
    )


def counterexample_quartic():
    """x^4: no alpha > 0 serves the start (1 + 1/alpha) e1."""
    loss, gradient, near = ridge(*QUARTIC)
    fails = negation(serves_every_start(loss, gradient, alpha))
    at_start = entails(
        [alpha > 0], fails, by=[witnessed(fails, start * e1), inequality_quartic_rises()]
    )
    at = {L: loss, grad: gradient, modulus: near}
    return CLAIM.fails(at, by=[ridge_is_smooth(*QUARTIC), generalize(at_start, alpha)])


def counterexample_small_alpha_is_not_a_small_step():
    """|w|^2 / 2: from (|bound| + 1) / alpha e1 the step has the length |bound| + 1, however small
    alpha is.
    """
    loss, gradient, near = bowl(1)
    longer = negation(steps_within(gradient, alpha, bound))
    w0 = (abs(bound) + 1) / alpha * e1
    long = entails([alpha > 0], norm(alpha * gradient(w0)) > bound)
    there = entails([alpha > 0], longer, by=[witnessed(longer, w0), long])
    at = {L: loss, grad: gradient, modulus: near}
    return MISREADING_SMALL_STEP.fails(at, by=[*bowl_is_smooth(1), generalize(there, alpha, bound)])


def theorem_a_quadratic_for_every_alpha():
    """|w|^2 / alpha, whose gradient has the constant 2 / alpha: the bound of a12 is sharp, and the
    step leads to -w.
    """
    return A_QUADRATIC_FOR_EVERY_ALPHA.proved(
        by=[instance(theorem_bound_is_sharp(), w, 2 / alpha, alpha)]
    )


def inhabited_a_quadratic_for_every_alpha():
    """alpha = 1, w = e1."""
    return A_QUADRATIC_FOR_EVERY_ALPHA.inhabited_by({alpha: 1, w: e1})


def theorem_lipschitz_gradient():
    """The descent lemma at every start: L falls by at least alpha (1 - lipschitz alpha / 2)
    |grad(w)|^2.
    """
    given = [*REPAIR.hypotheses, grad(w) != zero]
    lemma = descent_lemma(L, grad, modulus, w, -alpha * grad(w), lipschitz)
    falls = entails(given, L(w - alpha * grad(w)) < L(w), by=[lemma])
    return REPAIR.proved(by=[generalize(falls, w)])


def inhabited_lipschitz_gradient():
    """|w|^2 / 2 with lipschitz = 1 and alpha = 1."""
    loss, gradient, near = bowl(1)
    at = {L: loss, grad: gradient, modulus: near, lipschitz: 1, alpha: 1}
    return REPAIR.inhabited_by(at, by=bowl_is_smooth(1))


def inequality_cubic_falls():
    """-x^3 - x falls as x grows, and every step makes x grow, by alpha (3 x^2 + 1)."""
    loss, gradient, _ = ridge(*CUBIC)
    return entails([alpha > 0, gradient(w) != zero], loss(w - alpha * gradient(w)) < loss(w))


def counterexample_lipschitz_is_not_necessary():
    """-x^3 - x: every alpha > 0 serves every start, and from 0 to |lipschitz| + 1 the slope changes
    too much.
    """
    loss, gradient, near = ridge(*CUBIC)
    every_start = generalize(inequality_cubic_falls(), w)
    far, steady = (abs(lipschitz) + 1) * e1, lipschitz_gradient(gradient, lipschitz)
    steep = entails([], norm(gradient(far) - gradient(zero)) > lipschitz * norm(far - zero))
    never = generalize(entails([], ~steady, by=[instance(steady, far, zero), steep]), lipschitz)
    at = {L: loss, grad: gradient, modulus: near}
    return LIPSCHITZ_IS_NECESSARY.fails(
        at, by=[ridge_is_smooth(*CUBIC), generalize(every_start, alpha), never]
    )


def search_one_rate_for_several_starts():
    """On random losses with a Lipschitz gradient every alpha up to nearly 2 / lipschitz serves
    several starts.
    """
    return REPAIR.survives(
        starts(lipschitz_losses()),
        lambda start: start.gives(loss=L, gradient=grad, point=w, lipschitz=lipschitz),
        granted=["L is differentiable", "the gradient is Lipschitz"],
        then=instance(REPAIR.then, w).goal,
        over=lambda start: (alpha, start.below(2 / start.loss.lipschitz)),
    )
