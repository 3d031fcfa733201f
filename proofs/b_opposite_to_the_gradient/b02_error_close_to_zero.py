"""b02. There is a point where the error is close to zero, the absolute minimum.

Claim     Some theta minimizes L, and L(theta) <= epsilon there.
Article   B:04-05: the weights and biases are to reach the absolute minimum of the loss; the
          objective is a point of the error surface where the error is less than, or close to, zero.
Idea      Two objectives in one, and neither need be within reach: an infimum may not be attained,
          and a minimum may be far from zero. Where both can be reached, the minimizer is the point,
          for no other has a smaller error.
Notation  theta, the parameters; L(theta), the error; epsilon, how close to zero is close; x =
          e1.theta.
Verdict   HOLDS_IF a minimizer exists and the minimum is near zero: both go unsaid. Where the error
          is never negative, and at most epsilon at theta, it is nowhere lower by more than epsilon,
          with or without a minimizer.
"""

from fractions import Fraction

from proofs.claims import Claim
from proofs.definitions import lower_bound, minimizer
from proofs.kernel import (
    R, V, choose, e1, entails, exists, forall, fun, function, generalize, inner, instance, norm,
    real, vector, witnessed, zero,
)  # fmt: skip

L, theta, m = function("L", V >> R), vector("theta"), vector("m")
epsilon = real("epsilon")


def has_a_minimizer(loss):
    """Some theta minimizes the loss."""
    return exists(V, lambda theta: minimizer(loss, theta))


def comes_near_zero(loss, epsilon):
    """The loss is at most epsilon somewhere."""
    return exists(V, lambda theta: loss(theta) <= epsilon)


CLAIM = Claim(
    for_all=[L, epsilon],
    given={
        "a minimizer exists": has_a_minimizer(L),
        "some error is near zero": comes_near_zero(L, epsilon),
    },
    unsaid=["a minimizer exists", "some error is near zero"],
    then=exists(V, lambda theta: minimizer(L, theta) & (L(theta) <= epsilon)),
)
WITHOUT_A_MINIMIZER = Claim(
    for_all=[L, theta, epsilon],
    given={
        "the error is never negative": lower_bound(L, 0),
        "the error is near zero": L(theta) <= epsilon,
    },
    then=forall(V, lambda other: L(theta) <= L(other) + epsilon),
)


def inequality_minimizer_is_near_zero():
    """If m minimizes L, and L(theta) <= epsilon for some theta, then L(m) <= L(theta) <=
    epsilon.
    """
    near, least = comes_near_zero(L, epsilon), minimizer(L, m)
    below = entails([least, L(theta) <= epsilon], L(m) <= epsilon, by=[instance(least, theta)])
    return choose(entails([near], near), below, theta)


def theorem_minimum_near_zero():
    """So any minimizer is such a point."""
    exist, near = CLAIM.hypotheses
    by = [witnessed(CLAIM.then, m), inequality_minimizer_is_near_zero()]
    return CLAIM.proved(
        by=[choose(entails([exist], exist), entails([minimizer(L, m), near], CLAIM.then, by), m)]
    )


def theorem_without_a_minimizer():
    """L(theta) <= epsilon <= L(other) + epsilon."""
    bounded, near = WITHOUT_A_MINIMIZER.hypotheses
    within = entails([bounded, near], L(theta) <= L(m) + epsilon, by=[instance(bounded, m)])
    return WITHOUT_A_MINIMIZER.proved(by=[generalize(within, m)])


SQUARE = fun(V, lambda theta: inner(e1, theta) ** 2)
RAISED = fun(V, lambda theta: inner(e1, theta) ** 2 + 1)
BELL = fun(V, lambda theta: 1 / (1 + inner(e1, theta) ** 2))


HALF = Fraction(1, 2)


def least_at_zero(loss):
    """0 minimizes the loss."""
    least = generalize(entails([], loss(zero) <= loss(theta)), theta)
    return entails([], has_a_minimizer(loss), by=[witnessed(has_a_minimizer(loss), zero), least])


def inhabited_by_a_square():
    """L = x^2 has its minimum 0 at 0."""
    near = witnessed(comes_near_zero(SQUARE, HALF), zero)
    return CLAIM.inhabited_by({L: SQUARE, epsilon: HALF}, by=[least_at_zero(SQUARE), near])


def inhabited_without_a_minimizer():
    """L = 1/(1 + x^2) is 1/2 at x = 1."""
    positive = generalize(entails([], BELL(theta) >= 0), theta)
    return WITHOUT_A_MINIMIZER.inhabited_by({L: BELL, theta: e1, epsilon: HALF}, by=[positive])


def counterexample_no_minimizer():
    """L = 1/(1 + x^2) is 1/2 at x = 1; wherever it is looked at, it is lower at |x| + 1."""
    further = (norm(inner(e1, m)) + 1) * e1
    lower = entails([], BELL(further) < BELL(m))
    never = entails(
        [],
        ~minimizer(BELL, m) | (BELL(m) > HALF),
        by=[instance(minimizer(BELL, m), further), lower],
    )
    near = witnessed(comes_near_zero(BELL, HALF), e1)
    return CLAIM.fails_without(
        "a minimizer exists", {L: BELL, epsilon: HALF}, by=[generalize(never, m), near]
    )


def counterexample_minimum_away_from_zero():
    """L = x^2 + 1 has its minimum 1 at 0, and is nowhere at most 1/2."""
    far = generalize(entails([], ~minimizer(RAISED, m) | (RAISED(m) > HALF)), m)
    return CLAIM.fails_without(
        "some error is near zero", {L: RAISED, epsilon: HALF}, by=[least_at_zero(RAISED), far]
    )
