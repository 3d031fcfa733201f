"""b02. There is a point where the error is close to zero, the absolute minimum.

Claim     Some theta minimizes L, and L(theta) <= epsilon there.
Article   B:04-05: the weights and biases are to reach the absolute minimum of the loss; the
          objective is a point of the error surface where the error is less than, or close to, zero.
Idea      Two objectives in one, and neither need be within reach: an infimum may not be attained,
          and a minimum may be far from zero. Where both can be reached, the minimizer is the point,
          for no other has a smaller error.
Notation  theta, the parameters; L(theta), the error; epsilon, how close to zero is close;
          x = e1.theta.
Verdict   HOLDS_IF a minimizer exists and the minimum is near zero: both go unsaid. Where the error
          is never negative, and at most epsilon at theta, it is nowhere lower by more than epsilon,
          with or without a minimizer.
"""

from proofs.losses.bells import BELL
from proofs.losses.parabolas import RAISED_SQUARE, SQUARE
from proofs.prelude import *

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


def inequality_minimizer_is_near_zero():
    """If m minimizes L, and L(theta) <= epsilon somewhere, then L(m) <= L(theta) <= epsilon."""
    near, least = comes_near_zero(L, epsilon), minimizer(L, m)
    below = entails([least, L(theta) <= epsilon], L(m) <= epsilon, by=[instance(least, theta)])
    return choose(entails([near], near), below, theta)


def theorem_minimum_near_zero():
    """So any minimizer is such a point."""
    exist, near = CLAIM.hypotheses
    by = [witnessed(CLAIM.then, m), inequality_minimizer_is_near_zero()]
    serves = entails([minimizer(L, m), near], CLAIM.then, by)
    return CLAIM.proved(by=[choose(entails([exist], exist), serves, m)])


HALF = Fraction(1, 2)


def inhabited_by_a_square():
    """L = x^2 has its minimum 0 at 0."""
    at = SQUARE.at(loss=L) | {epsilon: HALF}
    exist, near = has_a_minimizer(SQUARE.value), comes_near_zero(SQUARE.value, HALF)
    by = [SQUARE.least(), witnessed(exist, zero), witnessed(near, zero)]
    return CLAIM.inhabited_by(at, by)


def counterexample_no_minimizer():
    """L = 1/(1 + x^2) is 1/2 at x = 1; wherever it is looked at, it is lower at |x| + 1."""
    at = BELL.at(loss=L) | {epsilon: HALF}
    further = instance(minimizer(BELL.value, m), (norm(inner(e1, m)) + 1) * e1)
    never = for_each(negation(CLAIM.conclusion(at)), m, by=[further])
    near = witnessed(comes_near_zero(BELL.value, HALF), e1)
    return CLAIM.fails(at, by=[never, near], without="a minimizer exists")


def counterexample_minimum_away_from_zero():
    """L = x^2 + 1 has its minimum 1 at 0, and is nowhere at most 1/2."""
    at = RAISED_SQUARE.at(loss=L) | {epsilon: HALF}
    far = for_each(negation(CLAIM.conclusion(at)), m)
    least = [RAISED_SQUARE.least(), witnessed(has_a_minimizer(RAISED_SQUARE.value), zero)]
    return CLAIM.fails(at, by=[*least, far], without="some error is near zero")


# -------- without a minimizer
WITHOUT_A_MINIMIZER = Claim(
    for_all=[L, theta, epsilon],
    given={
        "the error is never negative": lower_bound(L, 0),
        "the error is near zero": L(theta) <= epsilon,
    },
    then=forall(V, lambda other: L(theta) <= L(other) + epsilon),
)


def theorem_without_a_minimizer():
    """L(theta) <= epsilon <= L(other) + epsilon."""
    bounded, near = WITHOUT_A_MINIMIZER.hypotheses
    within = entails([bounded, near], L(theta) <= L(m) + epsilon, by=[instance(bounded, m)])
    return WITHOUT_A_MINIMIZER.proved(by=[generalize(within, m)])


def inhabited_without_a_minimizer():
    """L = 1/(1 + x^2) is never negative, and 1/2 at x = 1."""
    positive = for_each(lower_bound(BELL.value, 0), theta)
    at = BELL.at(e1, loss=L, point=theta) | {epsilon: HALF}
    return WITHOUT_A_MINIMIZER.inhabited_by(at, by=[positive])
