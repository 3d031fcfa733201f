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

from proofs.claims import Claim
from proofs.definitions import differentiable
from proofs.kernel import R, fun, function, real
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus

L, delta = function("L", R >> R), function("delta", R >> R)
w0, w1, alpha, g, s = real("w0 w1 alpha g s")

CLAIM = Claim(
    for_all=[w0, w1, alpha, g],
    given={
        "alpha is positive": alpha > 0,
        "the slope is negative": g < 0,
        "the update rule": w1 == w0 - alpha * g,
    },
    then=w1 > w0,
)
RISING_SLOPE = CLAIM.but(
    without="the slope is negative", given={"the slope is positive": g > 0}, then=w1 < w0
)
NO_SLOPE = CLAIM.but(
    without="the slope is negative", given={"the slope is zero": g == 0}, then=w1 == w0
)
WITH_A_PLUS = CLAIM.but(
    without="the update rule", given={"the rule with a plus": w1 == w0 + alpha * g}
)
MISREADING_ALPHA_MAKES_THE_SLOPE_NEGATIVE = Claim(
    for_all=[L, w0, g, delta, alpha],
    given={
        "L is differentiable at w0": differentiable(L, at=w0, gradient=g, modulus=delta),
        "alpha is positive": alpha > 0,
    },
    then=g < 0,
)


def theorem_moves_right():
    """alpha g < 0, so w1 = w0 - alpha g > w0."""
    return CLAIM.proved()


def theorem_moves_left_on_a_rising_slope():
    """alpha g > 0, so w1 = w0 - alpha g < w0."""
    return RISING_SLOPE.proved()


def theorem_stays_where_there_is_no_slope():
    """alpha g = 0, so w1 = w0."""
    return NO_SLOPE.proved()


def inhabited_by_a_falling_slope():
    """alpha = 1 and g = -1 lead from 0 to 1."""
    return CLAIM.inhabited_by({w0: 0, w1: 1, alpha: 1, g: -1})


def inhabited_by_a_rising_slope():
    """alpha = 1 and g = 1 lead from 0 to -1."""
    return RISING_SLOPE.inhabited_by({w0: 0, w1: -1, alpha: 1, g: 1})


def inhabited_by_no_slope():
    """alpha = 1 and g = 0 leave 0 where it is."""
    return NO_SLOPE.inhabited_by({w0: 0, w1: 0, alpha: 1, g: 0})


def counterexample_negative_learning_rate():
    """alpha = -1 and g = -1 lead from 0 to -1."""
    return CLAIM.fails_without("alpha is positive", at={w0: 0, w1: -1, alpha: -1, g: -1})


def counterexample_positive_slope():
    """alpha = 1 and g = 1 lead from 0 to -1."""
    return CLAIM.fails_without("the slope is negative", at={w0: 0, w1: -1, alpha: 1, g: 1})


def counterexample_plus_sign():
    """Adding alpha g, with alpha = 1 and g = -1, leads from 0 to -1."""
    return WITH_A_PLUS.fails({w0: 0, w1: -1, alpha: 1, g: -1})


def counterexample_misreading():
    """L(w) = w has the slope 1 at 0, whatever alpha is, here 1."""
    line = fun(R, lambda w: w)
    smooth = differentiable_by_remainder(line, 0, 1, 1, s)
    return MISREADING_ALPHA_MAKES_THE_SLOPE_NEGATIVE.fails(
        {L: line, w0: 0, g: 1, delta: quadratic_modulus(1), alpha: 1}, by=[smooth]
    )
