"""b14. A direction with u.grad < 0 is a good one: the new loss is below the old.

Claim     If u.grad < 0, eta > 0, and eta is small, then L(theta + eta u) < L(theta).
Article   B:43-44: u is good if the loss after the step is less than before; u.grad < 0 makes sure
          of it.
Idea      L(theta + eta u) - L(theta) is negative exactly if the new loss is below the old. The
          linear model promises eta u.grad; with epsilon = -u.grad / (2 r) it errs by at most
          epsilon eta |u|, less than half of that.
Notation  grad, the gradient at theta; delta, the delta of differentiability there; r = |u| + 1; x =
          e1.theta.
Verdict   HOLDS_IF eta > 0 and eta is small, r eta < delta(-u.grad / (2 r)); both go unsaid. No u is
          good by itself: it may be good with one eta and bad with another.
"""

from fractions import Fraction

from proofs.b_opposite_to_the_gradient.b13_lower_loss_implies_a_negative_dot_product import (
    theorem_negative_is_enough,
)
from proofs.claims import Claim
from proofs.definitions import differentiable, direction_of_reduced_loss
from proofs.kernel import R, V, e1, entails, fun, function, iff, inner, instance, norm, real, vector
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from strategies import smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
theta, u, grad, s = vector("theta u grad s")
eta, other = real("eta other")

SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
slope, r = inner(u, grad), norm(u) + 1
half = -slope / (2 * r)

CLAIM = Claim(
    for_all=[L, theta, grad, delta, u, eta],
    given={
        "L is differentiable at theta": SMOOTH,
        "u.grad is negative": slope < 0,
        "eta is positive": eta > 0,
        "eta is small": r * eta < delta(half),
    },
    unsaid=["eta is positive", "eta is small"],
    then=L(theta + eta * u) < L(theta),
)
SOME_ETA_IS_SMALL = Claim(
    for_all=[L, theta, grad, delta, u],
    given={"L is differentiable at theta": SMOOTH, "u.grad is negative": slope < 0},
    then=direction_of_reduced_loss(L, theta, u),
)
THE_DIFFERENCE = Claim(
    for_all=[L, theta, u, eta],
    then=iff(L(theta + eta * u) - L(theta) < 0, L(theta + eta * u) < L(theta)),
)
MISREADING_GOOD_WITH_EVERY_ETA = SOME_ETA_IS_SMALL.but(
    for_all=[*SOME_ETA_IS_SMALL.for_all, eta, other],
    given={
        "eta is positive": eta > 0,
        "the other one is positive": other > 0,
        "u is good with eta": L(theta + eta * u) < L(theta),
    },
    then=L(theta + other * u) < L(theta),
)


def inequality_linear_model_decides():
    """|L(theta + eta u) - L(theta) - eta u.grad| <= epsilon eta |u| < -eta u.grad / 2 for small
    eta.
    """
    error = L(theta + eta * u) - L(theta) - eta * slope
    bound = [instance(SMOOTH, half, eta * u), norm_scaling(eta, u)]
    return entails(CLAIM.hypotheses, 2 * abs(error) <= -eta * slope, by=bound)


def theorem_good_value():
    """Hence L(theta + eta u) - L(theta) <= eta u.grad / 2 < 0."""
    return CLAIM.proved(by=[inequality_linear_model_decides()])


def theorem_some_eta_is_small():
    """This is b13: every eta below delta(-u.grad / (2 r)) / r does, which is positive."""
    return SOME_ETA_IS_SMALL.proved(
        by=[instance(theorem_negative_is_enough(), L, theta, grad, delta, u)]
    )


def theorem_the_difference():
    """The old loss is subtracted on both sides."""
    return THE_DIFFERENCE.proved()


SQUARE = fun(V, lambda theta: inner(e1, theta) ** 2)
FROM_ONE = {L: SQUARE, theta: e1, grad: 2 * e1, u: -e1, delta: quadratic_modulus(1)}


def inequality_square_is_smooth():
    """L = x^2 has at e1 the gradient 2 e1; with u = -e1, u.grad = -2, and eta is small below
    1/4.
    """
    return differentiable_by_remainder(SQUARE, e1, 2 * e1, 1, s, by=[cauchy_schwarz(e1, s)])


def inhabited_by_a_square():
    """eta = 1/8."""
    return CLAIM.inhabited_by({**FROM_ONE, eta: Fraction(1, 8)}, by=[inequality_square_is_smooth()])


def inhabited_some_eta_is_small():
    """The same loss and u."""
    return SOME_ETA_IS_SMALL.inhabited_by(FROM_ONE, by=[inequality_square_is_smooth()])


def counterexample_large_eta():
    """eta = 3 leads to -2 e1, and the loss rises from 1 to 4."""
    return CLAIM.fails_without(
        "eta is small", {**FROM_ONE, eta: 3}, by=[inequality_square_is_smooth()]
    )


def counterexample_negative_eta():
    """eta = -1 leads to 2 e1, and the loss rises from 1 to 4."""
    return CLAIM.fails_without(
        "eta is positive", {**FROM_ONE, eta: -1}, by=[inequality_square_is_smooth()]
    )


def counterexample_good_and_bad():
    """u = -e1 is good with eta = 1, which lowers the loss from 1 to 0, and bad with eta = 3."""
    at = {**FROM_ONE, eta: 1, other: 3}
    return MISREADING_GOOD_WITH_EVERY_ETA.fails(at, by=[inequality_square_is_smooth()])


def search_smooth_losses():
    """On random smooth losses with u.grad < 0 an eta0 is found below which every eta lowers the
    loss.
    """
    return SOME_ETA_IS_SMALL.survives(
        starts(smooth_losses()),
        lambda start: start.gives(loss=L, point=theta, gradient=grad, direction=u),
        granted=["L is differentiable at theta"],
    )
