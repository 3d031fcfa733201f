"""b13. That the new loss is lower implies that u.grad is negative.

Claim     If L(theta + eta u) - L(theta) < 0 and eta > 0, then u.grad < 0.
Article   B:40-42: u is wanted such that the new loss is below the old one; this implies a condition
          on u.
Idea      For the linear model the two say the same. The loss itself may rise at first and be lower
          farther off, and it may fall along a level direction. But small steps along u follow the
          sign of u.grad where it is not 0, and a convex loss is nowhere below its linear model.
Notation  grad, the gradient at theta; delta, the delta of differentiability there; x = e1.theta,
          y = e2.theta.
Verdict   FAILS for x - x^2 at 0, which eta = 2 lowers along e1, where u.grad = 1. y - x^2 at 0 is
          lowered by every eta along e1, where u.grad = 0, though grad = e2 is not 0. Repairs:
          u.grad < 0 is enough for all small eta; u.grad <= 0 is necessary for a decrease for all
          small eta; for a convex loss u.grad < 0 is necessary for a decrease at any eta > 0.
"""

from proofs.lemmas.convexity import first_order_convexity
from proofs.lemmas.directions import reduced_with_eta0
from proofs.lemmas.slopes import not_positive_where_reduced, reduced_where_negative
from proofs.losses.lines import LINE
from proofs.losses.parabolas import CAP, RISING_RIDGE
from proofs.prelude import *
from strategies import convex_losses, smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
theta, u, grad = vector("theta u grad")
eta = real("eta")

SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
slope = inner(u, grad)

CLAIM = Claim(
    for_all=[L, theta, grad, delta, u, eta],
    given={
        "L is differentiable at theta": SMOOTH,
        "eta is positive": eta > 0,
        "the new loss is lower": L(theta + eta * u) - L(theta) < 0,
    },
    then=slope < 0,
)
PARTS = {"loss": L, "point": theta, "gradient": grad, "modulus": delta}
ON_THE_CAP = CAP.at(zero, **PARTS) | {u: e1, eta: 2}


def counterexample_one_eta():
    """x - x^2 rises along e1 at first, and u.grad = 1; but eta = 2 lowers it from 0 to -2."""
    return CLAIM.fails(ON_THE_CAP)


# -------- u.grad <= 0 in place of u.grad < 0
NOT_EVEN_ZERO_OR_LESS = CLAIM.but(then=slope <= 0)


def counterexample_not_even_zero_or_less():
    """On the same step u.grad = 1 > 0."""
    return NOT_EVEN_ZERO_OR_LESS.fails(ON_THE_CAP)


# -------- all small eta in place of one
FOR_ALL_SMALL_ETA = Claim(
    for_all=[L, theta, grad, delta, u],
    given={
        "L is differentiable at theta": SMOOTH,
        "the gradient is not zero": grad != zero,
        "all small eta lower the loss": direction_of_reduced_loss(L, theta, u),
    },
    then=slope < 0,
)


def counterexample_for_all_small_eta():
    """Every eta lowers y - x^2 from 0 along e1, to -eta^2; the gradient is e2, and e1.e2 = 0."""
    falls = reduced_with_eta0(RISING_RIDGE.value, zero, e1, eta0=1)
    return FOR_ALL_SMALL_ETA.fails(RISING_RIDGE.at(zero, **PARTS) | {u: e1}, by=[falls])


# -------- the linear model in place of the loss
LINEAR_MODEL = Claim(
    for_all=[L, theta, grad, u, eta],
    given={"eta is positive": eta > 0},
    then=iff((L(theta) + eta * slope) - L(theta) < 0, slope < 0),
)
DOWN_THE_LINE = LINE.at(zero, **PARTS) | {u: -e1, eta: 1}


def theorem_linear_model():
    """The change of the linear model is eta u.grad."""
    return LINEAR_MODEL.proved()


def inhabited_linear_model():
    """eta = 1, for L = x at 0, where the gradient is e1, with u = -e1."""
    return LINEAR_MODEL.inhabited_by(DOWN_THE_LINE)


# -------- repair: u.grad < 0 is enough for a decrease for all small eta
REPAIR_ENOUGH = Claim(
    for_all=[L, theta, grad, delta, u],
    given={"L is differentiable at theta": SMOOTH, "u.grad is negative": slope < 0},
    then=direction_of_reduced_loss(L, theta, u),
)


def theorem_repair_enough():
    """For small eta the linear model errs by at most half of the eta |u.grad| that it promises."""
    falls = reduced_where_negative(L, at=theta, gradient=grad, modulus=delta, direction=u)
    return REPAIR_ENOUGH.proved(by=[falls])


def inhabited_repair_enough():
    """L = x at 0, where the gradient is e1, with u = -e1."""
    return REPAIR_ENOUGH.inhabited_by(DOWN_THE_LINE)


def on_a_loss(start):
    """The loss, its gradient at the start, the direction and the learning rate."""
    return start.gives(loss=L, point=theta, gradient=grad, direction=u, fraction=eta)


def search_negative_is_enough():
    """On random smooth losses with u.grad < 0 an eta0 is found below which every eta lowers it."""
    known = ["L is differentiable at theta"]
    return REPAIR_ENOUGH.survives(starts(smooth_losses()), on_a_loss, granted=known)


# -------- repair: u.grad <= 0 is necessary for a decrease for all small eta
REPAIR_NECESSARY = FOR_ALL_SMALL_ETA.but(without="the gradient is not zero", then=slope <= 0)


def theorem_repair_necessary():
    """Were u.grad > 0, then for the same reason every small eta > 0 would raise the loss."""
    no_more = not_positive_where_reduced(L, at=theta, gradient=grad, modulus=delta, direction=u)
    return REPAIR_NECESSARY.proved(by=[no_more])


def inhabited_repair_necessary():
    """Every eta lowers L = x from 0 along -e1."""
    falls = reduced_with_eta0(LINE.value, zero, -e1, eta0=1)
    return REPAIR_NECESSARY.inhabited_by(DOWN_THE_LINE, by=[falls])


def search_positive_is_excluded():
    """On random smooth losses that every small eta lowers, u.grad is not positive."""
    known = ["L is differentiable at theta"]
    return REPAIR_NECESSARY.survives(starts(smooth_losses()), on_a_loss, granted=known)


# -------- repair: on a convex loss u.grad < 0 is necessary for a decrease at any eta
REPAIR_CONVEX = CLAIM.but(given={"L is convex": convex(L)})


def theorem_repair_convex():
    """L(theta + eta u) >= L(theta) + eta u.grad, the first-order condition of convexity."""
    above = first_order_convexity(L, at=theta, gradient=grad, modulus=delta, point=theta + eta * u)
    return REPAIR_CONVEX.proved(by=[above])


def inhabited_repair_convex():
    """L = x is convex, and eta = 1 lowers it from 0 along -e1."""
    return REPAIR_CONVEX.inhabited_by(DOWN_THE_LINE)


def search_convex_losses():
    """On random convex losses that some eta lowers, u.grad is negative."""
    known = ["L is differentiable at theta", "L is convex"]
    return REPAIR_CONVEX.survives(starts(convex_losses()), on_a_loss, granted=known)
