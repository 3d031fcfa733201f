"""a01. The update rule makes the step -alpha g, and the derivative acts on a step s by g.s.

Claim     With w1 = w0 - alpha g, the step s = w1 - w0 is -alpha g, and |s| = |alpha| |g|.
Article   A:08-09, 15, 18: the update rule (1), the step vector, the derivative at w0, and the step
          put as -alpha g.
Idea      alpha |-> -alpha g multiplies lengths by |g|: where g != 0, the step is small exactly when
          alpha is. L'(w0) s is the slope of t |-> L(w0 + t s) at t = 0; differentiability at w0,
          asked about t s, gives g.s.
Notation  g = g(w0), the gradient at the start; delta(epsilon), the delta of the definition of
          differentiability at w0.
Verdict   DEFINITION of the step and of how the derivative acts on one, well typed in any
          inner-product space.
"""

from proofs.claims import Claim
from proofs.definitions import differentiable
from proofs.kernel import (
    R, V, e1, entails, exists, forall, fun, function, generalize, implies, inner, instance,
    negation, norm, real, replaced, vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from proofs.lemmas.small_steps import refuted_at

L, delta = function("L", V >> R), function("delta", R >> R)
w0, w1, s, g = vector("w0 w1 s g")
alpha, epsilon, d, t = real("alpha epsilon d t")


def small_where(cause, effect):
    """For every epsilon > 0 there is d > 0 such that |cause(alpha)| < d implies |effect(alpha)| <
    epsilon.
    """
    return forall(R, lambda epsilon: implies(epsilon > 0, exists(R, lambda d: (
        (d > 0) & forall(R, lambda alpha: implies(norm(cause(alpha)) < d, norm(effect(alpha)) < epsilon))
    ))))  # fmt: skip


rate, step = fun(R, lambda alpha: alpha), fun(R, lambda alpha: -alpha * g)
along, share = fun(R, lambda t: L(w0 + t * s)), fun(R, lambda epsilon: epsilon / (norm(s) + 1))
SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)

CLAIM = Claim(
    for_all=[w0, w1, s, g, alpha],
    given={"the update rule": w1 == w0 - alpha * g, "s is the step": s == w1 - w0},
    then=(s == -alpha * g) & (norm(s) == abs(alpha) * norm(g)),
    defines="the step s",
)
SMALL_TOGETHER = Claim(
    for_all=[g],
    given={"the gradient is not zero": g != zero},
    then=small_where(rate, step) & small_where(step, rate),
)
DERIVATIVE = Claim(
    for_all=[L, w0, g, delta, s],
    given={"L is differentiable at w0": SMOOTH},
    then=differentiable(
        along, at=0, gradient=inner(g, s), modulus=fun(R, lambda r: share(delta(share(r))))
    ),
)


def theorem_step():
    """s = w1 - w0 = w0 - alpha g - w0 = -alpha g, hence |s| = |-alpha g| = |alpha| |g|."""
    difference = replaced(lambda w: s == w - w0, w1, w0 - alpha * g)
    length = replaced(lambda v: norm(s) == norm(v), s, -alpha * g)
    return CLAIM.proved(by=[difference, length, norm_scaling(-alpha, g)])


def small_by(cause, effect, radius):
    """{g != 0} |- small_where(cause, effect), because d = radius serves for the symbol epsilon."""
    near = [g != zero, epsilon > 0, norm(cause(alpha)) < radius]
    small = generalize(
        entails(near, norm(effect(alpha)) < epsilon, by=[norm_scaling(-alpha, g)]), alpha
    )
    holds = instance(small_where(cause, effect), epsilon).goal
    return generalize(
        entails([g != zero], holds, by=[witnessed(holds.args[1], radius), small]), epsilon
    )


def theorem_small_together():
    """|alpha| < epsilon / |g| implies |-alpha g| < epsilon, and |-alpha g| < epsilon |g| implies
    |alpha| < epsilon.
    """
    return SMALL_TOGETHER.proved(
        by=[small_by(rate, step, epsilon / norm(g)), small_by(step, rate, epsilon * norm(g))]
    )


def theorem_derivative():
    """|L(w0 + t s) - L(w0) - t g.s| <= epsilon / (|s| + 1) |t s| <= epsilon |t| for small t,
    whatever its sign.
    """
    slope = instance(DERIVATIVE.then, epsilon, t).goal
    accurate = entails(
        [SMOOTH], slope, by=[instance(SMOOTH, share(epsilon), t * s), norm_scaling(t, s)]
    )
    return DERIVATIVE.proved(by=[generalize(accurate, epsilon, t)])


def inhabited_by_a_unit_step():
    """With g = e1, alpha = 1 leads from 0 to -e1."""
    return CLAIM.inhabited_by({w0: zero, w1: -e1, s: -e1, g: e1, alpha: 1})


def inhabited_small_together():
    """e1 is not zero."""
    return SMALL_TOGETHER.inhabited_by({g: e1})


def inhabited_derivative():
    """L(w) = e1.w at 0, with the gradient e1, and the step e1."""
    linear = fun(V, lambda w: inner(e1, w))
    smooth = differentiable_by_remainder(linear, zero, e1, 1, s)
    return DERIVATIVE.inhabited_by(
        {L: linear, w0: zero, g: e1, delta: quadratic_modulus(1), s: e1}, by=[smooth]
    )


def counterexample_zero_gradient():
    """If g = 0, alpha = 1 makes the step 0, shorter than any d > 0: no bound on the step makes
    |alpha| < 1.
    """
    alpha_is_small = SMALL_TOGETHER.conclusion({g: zero}).args[1]
    no_radius = instance(negation(instance(alpha_is_small, 1).goal.args[1]), d).goal
    at_one = entails([], no_radius, by=[witnessed(no_radius.args[1], 1)])
    never = refuted_at(alpha_is_small, 1, by=[generalize(at_one, d)])
    return SMALL_TOGETHER.fails_without("the gradient is not zero", at={g: zero}, by=[never])
