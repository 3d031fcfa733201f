"""a03. A positive learning rate, a negative slope and the minus sign together move w to the right.

Claim     If alpha > 0 and g < 0, then w1 = w0 - alpha g lies to the right of w0.
Article   A:10-11: alpha is positive, the slope at w0 points downwards, and the rule (1) has a minus
          sign.
Idea      The product of a positive and a negative number is negative, and subtracting it adds.
Notation  One dimension: w0, w1, alpha and g = g(w0), the slope at the start, are numbers; right
          means larger.
Verdict   HOLDS, and takes all three: alpha and g are independent, alpha > 0 says nothing about the
          sign of g.
"""

from proofs.losses.lines import RAMP
from proofs.prelude import *

w0, w1, alpha, g = real("w0 w1 alpha g")

CLAIM = Claim(
    for_all=[w0, w1, alpha, g],
    given={
        "alpha is positive": alpha > 0,
        "the slope is negative": g < 0,
        "the update rule": w1 == w0 - alpha * g,
    },
    then=w1 > w0,
)


def theorem_moves_right():
    """alpha g < 0, so w1 = w0 - alpha g > w0."""
    return CLAIM.proved()


def inhabited_by_a_falling_slope():
    """alpha = 1 and g = -1 lead from 0 to 1."""
    return CLAIM.inhabited_by({w0: 0, w1: 1, alpha: 1, g: -1})


def counterexample_negative_learning_rate():
    """alpha = -1 and g = -1 lead from 0 to -1."""
    return CLAIM.fails({w0: 0, w1: -1, alpha: -1, g: -1}, without="alpha is positive")


def counterexample_positive_slope():
    """alpha = 1 and g = 1 lead from 0 to -1."""
    return CLAIM.fails({w0: 0, w1: -1, alpha: 1, g: 1}, without="the slope is negative")


# -------- a rising slope
RISING_SLOPE = CLAIM.but(
    without="the slope is negative", given={"the slope is positive": g > 0}, then=w1 < w0
)


def theorem_rising_slope():
    """alpha g > 0, so w1 = w0 - alpha g < w0."""
    return RISING_SLOPE.proved()


def inhabited_rising_slope():
    """alpha = 1 and g = 1 lead from 0 to -1."""
    return RISING_SLOPE.inhabited_by({w0: 0, w1: -1, alpha: 1, g: 1})


# -------- no slope
NO_SLOPE = CLAIM.but(
    without="the slope is negative", given={"the slope is zero": g == 0}, then=w1 == w0
)


def theorem_no_slope():
    """alpha g = 0, so w1 = w0."""
    return NO_SLOPE.proved()


def inhabited_no_slope():
    """alpha = 1 and g = 0 leave 0 where it is."""
    return NO_SLOPE.inhabited_by({w0: 0, w1: 0, alpha: 1, g: 0})


# -------- a plus sign in the rule
WITH_A_PLUS = CLAIM.but(
    without="the update rule", given={"the rule with a plus": w1 == w0 + alpha * g}
)


def counterexample_with_a_plus():
    """Adding alpha g, with alpha = 1 and g = -1, leads from 0 to -1."""
    return WITH_A_PLUS.fails({w0: 0, w1: -1, alpha: 1, g: -1})


# -------- misread: because alpha is positive, the slope is negative
L, delta = function("L", R >> R), function("delta", R >> R)
MISREADING_ALPHA_MAKES_THE_SLOPE_NEGATIVE = Claim(
    for_all=[L, w0, g, delta, alpha],
    given={
        "L is differentiable at w0": differentiable(L, at=w0, gradient=g, modulus=delta),
        "alpha is positive": alpha > 0,
    },
    then=g < 0,
)


def counterexample_misreading_alpha_makes_the_slope_negative():
    """L(w) = w has the slope 1 at 0, whatever alpha is, here 1."""
    at = RAMP.at(0, loss=L, point=w0, gradient=g, modulus=delta) | {alpha: 1}
    return MISREADING_ALPHA_MAKES_THE_SLOPE_NEGATIVE.fails(at)
