"""b14. A direction with u.grad < 0 is a good one: the new loss is below the old.

Claim     If u.grad < 0, eta > 0, and eta is small, then L(theta + eta u) < L(theta).
Article   B:43-44: u is good if the loss after the step is less than before; u.grad < 0 makes sure
          of it.
Idea      L(theta + eta u) - L(theta) is negative exactly if the new loss is below the old. The
          linear model promises eta u.grad; with epsilon so that 2 epsilon |u| = -u.grad, it
          errs by at most epsilon |eta u|, half of that.
Notation  grad, the gradient at theta; delta, the delta of differentiability there; x = e1.theta.
Verdict   HOLDS_IF eta > 0 and eta |u| < delta(epsilon): that eta is positive goes unsaid, and so
          does how small it must be. For u = -grad this is a15. No u is good by itself: it may be
          good with one eta and bad with another.
"""

from proofs.a_why_gradient_descent_works.a15_stepping_against_the_gradient import (
    theorem_stepping_against_the_gradient,
)  # fmt: skip
from proofs.b_opposite_to_the_gradient.b13_lower_loss_implies_a_negative_dot_product import (
    theorem_repair_enough,
)  # fmt: skip
from proofs.losses.parabolas import SQUARE
from proofs.prelude import *
from strategies import smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
theta, u, grad = vector("theta u grad")
eta, epsilon, other = real("eta epsilon other")

SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
slope = inner(u, grad)
SMALL = "eta is as small as delta asks"
CLAIM = Claim(
    for_all=[L, theta, grad, delta, u, epsilon, eta],
    given={
        "L is differentiable at theta": SMOOTH,
        "u.grad is negative": slope < 0,
        "eta is positive": eta > 0,
        "epsilon is half of the slope": 2 * epsilon * norm(u) == -slope,
        SMALL: eta * norm(u) < delta(epsilon),
    },
    unsaid=["eta is positive", SMALL],
    then=L(theta + eta * u) < L(theta),
)


def inequality_linear_model_decides():
    """|L(theta + eta u) - L(theta) - eta u.grad| <= epsilon |eta u| = -eta u.grad / 2."""
    error = L(theta + eta * u) - L(theta) - eta * slope
    bound = instance(SMOOTH, epsilon=epsilon, s=eta * u)
    return entails(CLAIM.hypotheses, 2 * abs(error) <= -eta * slope, by=[bound])


def theorem_good_value():
    """Hence L(theta + eta u) - L(theta) <= eta u.grad / 2 < 0."""
    return CLAIM.proved(by=[inequality_linear_model_decides()])


# With u = -e1, u.grad = -2, so that epsilon = 1, and eta is small enough below delta(1) = 1.
FROM_ONE = SQUARE.at(e1, loss=L, point=theta, gradient=grad, modulus=delta) | {u: -e1, epsilon: 1}


def inhabited_by_a_square():
    """L = x^2 has at e1 the gradient 2 e1, and eta = 1/2 is small enough for u = -e1."""
    return CLAIM.inhabited_by(FROM_ONE | {eta: Fraction(1, 2)})


def counterexample_large_eta():
    """eta = 3 leads to -2 e1, and the loss rises from 1 to 4."""
    return CLAIM.fails(FROM_ONE | {eta: 3}, without=SMALL)


def counterexample_negative_eta():
    """eta = -1 leads to 2 e1, and the loss rises from 1 to 4."""
    return CLAIM.fails(FROM_ONE | {eta: -1}, without="eta is positive")


# -------- a15 is the case u = -grad
AGAINST_THE_GRADIENT = Claim(
    for_all=[L, theta, grad, delta, epsilon, eta],
    given={
        "L is differentiable at theta": SMOOTH,
        "the gradient is not zero": grad != zero,
        "eta is positive": eta > 0,
        "epsilon is half of the slope": 2 * epsilon * norm(grad) == norm(grad) ** 2,
        SMALL: eta * norm(grad) < delta(epsilon),
    },
    then=L(theta + eta * -grad) < L(theta),
)


def theorem_against_the_gradient():
    """By a15, which asks delta about |grad| / 2, and that is epsilon."""
    by_a15 = instance(
        theorem_stepping_against_the_gradient(), L=L, w0=theta, g=grad, delta=delta, alpha=eta
    )
    half = replaced(lambda y: eta * norm(grad) < delta(y), epsilon, norm(grad) / 2)
    return AGAINST_THE_GRADIENT.proved(by=[by_a15, half])


def inhabited_against_the_gradient():
    """The same loss at e1, where |grad| = 2 and epsilon = 1, with eta = 1/4."""
    return AGAINST_THE_GRADIENT.inhabited_by(FROM_ONE | {eta: Fraction(1, 4)})


# -------- there are such eta
SOME_ETA_IS_SMALL = Claim(
    for_all=[L, theta, grad, delta, u],
    given={"L is differentiable at theta": SMOOTH, "u.grad is negative": slope < 0},
    then=direction_of_reduced_loss(L, theta, u),
)


def theorem_some_eta_is_small():
    """This is b13: every eta below delta(epsilon) / |u| does, which is positive."""
    start = {"L": L, "theta": theta, "grad": grad, "delta": delta, "u": u}
    return SOME_ETA_IS_SMALL.proved(by=[instance(theorem_repair_enough(), **start)])


def inhabited_some_eta_is_small():
    """The same loss and u."""
    return SOME_ETA_IS_SMALL.inhabited_by(FROM_ONE)


def search_smooth_losses():
    """On random smooth losses with u.grad < 0 an eta0 is found below which every eta lowers it."""
    return SOME_ETA_IS_SMALL.survives(
        starts(smooth_losses()),
        lambda start: start.gives(loss=L, point=theta, gradient=grad, direction=u),
        granted=["L is differentiable at theta"],
    )


# -------- the article's difference
THE_DIFFERENCE = Claim(
    for_all=[L, theta, u, eta],
    then=iff(L(theta + eta * u) - L(theta) < 0, L(theta + eta * u) < L(theta)),
)


def theorem_the_difference():
    """The old loss is subtracted on both sides."""
    return THE_DIFFERENCE.proved()


# -------- good with one eta is not good with every eta
MISREADING_GOOD_WITH_EVERY_ETA = SOME_ETA_IS_SMALL.but(
    for_all=[*SOME_ETA_IS_SMALL.for_all, eta, other],
    given={
        "eta is positive": eta > 0,
        "the other one is positive": other > 0,
        "u is good with eta": L(theta + eta * u) < L(theta),
    },
    then=L(theta + other * u) < L(theta),
)


def counterexample_misreading_good_with_every_eta():
    """u = -e1 is good with eta = 1, which lowers the loss from 1 to 0, and bad with eta = 3."""
    return MISREADING_GOOD_WITH_EVERY_ETA.fails(FROM_ONE | {eta: 1, other: 3})
