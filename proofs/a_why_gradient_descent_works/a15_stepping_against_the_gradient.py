"""a15. Stepping against the gradient decreases the loss.

Claim     L(w0 - alpha g) < L(w0) for alpha > 0.
Article   A:04, the promise that the rest of the article is to keep.
Idea      This is a11, its alpha0 = delta(|g|/2) / |g| multiplied out: alpha is small where
          alpha |g| < delta(|g|/2).
Notation  g = g(w0), the gradient at the start; delta, the delta of differentiability at w0;
          x = e1.w, y = e2.w.
Verdict   HOLDS_IF L is differentiable at w0, g != 0 and alpha is so small: all three go unsaid, and
          each is needed.
"""

from proofs.a_why_gradient_descent_works.a11_small_step_lowers_the_loss import (
    inequality_loss_falls,
)
from proofs.losses.kinks import CUSP
from proofs.losses.lines import LEVEL, LINE
from proofs.losses.parabolas import SQUARE
from proofs.prelude import *

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g = vector("w0 g")
alpha = real("alpha")

SMALL = "alpha is as small as delta asks"
CLAIM = Claim(
    for_all=[L, w0, g, delta, alpha],
    given={
        "L is differentiable at w0": differentiable(L, at=w0, gradient=g, modulus=delta),
        "the gradient is not zero": g != zero,
        "alpha is positive": alpha > 0,
        SMALL: alpha * norm(g) < delta(norm(g) / 2),
    },
    unsaid=["L is differentiable at w0", "the gradient is not zero", SMALL],
    then=L(w0 - alpha * g) < L(w0),
)


def theorem_stepping_against_the_gradient():
    """alpha |g| < delta(|g|/2) is alpha < alpha0 where g != 0, so that a11 applies."""
    return CLAIM.proved(by=[inequality_loss_falls()])


PARTS = {"loss": L, "point": w0, "gradient": g, "modulus": delta}
ONE = fun(R, lambda epsilon: 1)


def inhabited_by_a_line():
    """L = x at 0 with alpha = 1/4, where delta(1/2) = 1/2."""
    return CLAIM.inhabited_by(LINE.at(zero, **PARTS) | {alpha: Fraction(1, 4)})


def counterexample_partial_derivatives():
    """L = x + y + 4 sqrt(|x y|) at 0 has no gradient: along -(1, 1), alpha = 1/2 takes it to 1."""
    at = CUSP.at(zero, **PARTS) | {delta: ONE, alpha: Fraction(1, 2)}
    return CLAIM.fails(at, without="L is differentiable at w0")


def counterexample_zero_gradient():
    """L = 0, of which every delta is one, here 1: no step lowers it, however short."""
    epsilon, s = real("epsilon"), vector("s")
    smooth = differentiable(LEVEL.value, at=zero, gradient=zero, modulus=ONE)
    at = LEVEL.at(zero, **PARTS) | {delta: ONE, alpha: Fraction(1, 2)}
    return CLAIM.fails(at, by=[for_each(smooth, epsilon, s)], without="the gradient is not zero")


def counterexample_large_alpha():
    """L = x^2 at (1, 0), where g = (2, 0), with alpha = 2: the loss rises from 1 to 9."""
    return CLAIM.fails(SQUARE.at(e1, **PARTS) | {alpha: 2}, without=SMALL)
