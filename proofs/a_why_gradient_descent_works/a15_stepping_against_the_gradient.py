"""a15. Stepping against the gradient decreases the loss.

Claim     L(w0 - alpha g) < L(w0) for alpha > 0.
Article   A:04, the promise that the rest of the article is to keep.
Idea      This is a11, its alpha0 = delta(|g|/2) / |g| multiplied out: alpha is small where alpha
          |g| < delta(|g|/2).
Notation  g = g(w0), the gradient at the start; delta, the delta of differentiability at w0; x =
          e1.w, y = e2.w.
Verdict   HOLDS_IF L is differentiable at w0, g != 0 and alpha is small: all three go unsaid, and
          each is needed.
"""

from fractions import Fraction

from proofs.a_why_gradient_descent_works.a06_differentiable_at_the_start_is_enough import CUSP
from proofs.a_why_gradient_descent_works.a11_small_step_lowers_the_loss import (
    CONSTANT, LINEAR, SQUARE, inequality_loss_falls,
)  # fmt: skip
from proofs.claims import Claim
from proofs.definitions import differentiable
from proofs.kernel import (
    R,
    V,
    e1,
    e2,
    entails,
    fun,
    function,
    generalize,
    instance,
    norm,
    real,
    vector,
    zero,
)
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g, s = vector("w0 g s")
alpha, epsilon = real("alpha epsilon")

CLAIM = Claim(
    for_all=[L, w0, g, delta, alpha],
    given={
        "L is differentiable at w0": differentiable(L, at=w0, gradient=g, modulus=delta),
        "the gradient is not zero": g != zero,
        "alpha is positive": alpha > 0,
        "alpha is small": alpha * norm(g) < delta(norm(g) / 2),
    },
    unsaid=["L is differentiable at w0", "the gradient is not zero", "alpha is small"],
    then=L(w0 - alpha * g) < L(w0),
)


def theorem_stepping_against_the_gradient():
    """alpha |g| < delta(|g|/2) is alpha < alpha0 where g != 0, so that a11 applies."""
    return CLAIM.proved(by=[inequality_loss_falls()])


def inhabited_by_a_linear_loss():
    """L(w) = e1.w at 0 with alpha = 1/4, where delta(1/2) = 1/2."""
    at = {L: LINEAR, w0: zero, g: e1, delta: quadratic_modulus(1), alpha: Fraction(1, 4)}
    return CLAIM.inhabited_by(at, by=[differentiable_by_remainder(LINEAR, zero, e1, 1, s)])


def counterexample_partial_derivatives():
    """L = x + y + 4 sqrt(|x y|) at 0 (a06) has no gradient; against (1, 1), alpha = 1/2 takes it
    from 0 to 1.
    """
    at = {L: CUSP, w0: zero, g: e1 + e2, delta: fun(R, lambda epsilon: 1), alpha: Fraction(1, 2)}
    return CLAIM.fails_without("L is differentiable at w0", at)


def counterexample_zero_gradient():
    """L = 0, of which every delta is one, here 1: no step lowers it, however short."""
    at = {L: CONSTANT, w0: zero, g: zero, delta: fun(R, lambda epsilon: 1), alpha: Fraction(1, 2)}
    smooth = differentiable(CONSTANT, at=zero, gradient=zero, modulus=at[delta])
    level = generalize(entails([], instance(smooth, epsilon, s).goal), epsilon, s)
    return CLAIM.fails_without("the gradient is not zero", at, by=[level])


def counterexample_large_alpha():
    """L = x^2 at (1, 0), where g = (2, 0), with alpha = 2: the loss rises from 1 to 9."""
    at = {L: SQUARE, w0: e1, g: 2 * e1, delta: quadratic_modulus(1), alpha: 2}
    smooth = differentiable_by_remainder(SQUARE, e1, 2 * e1, 1, s, by=[cauchy_schwarz(e1, s)])
    return CLAIM.fails_without("alpha is small", at, by=[smooth])
