"""b13. That the new loss is lower implies that u.grad is negative.

Claim     If L(theta + eta u) - L(theta) < 0 and eta > 0, then u.grad < 0.
Article   B:40-42: u is wanted such that the new loss is below the old one; this implies a condition
          on u.
Idea      For the linear model the two say the same. The loss itself may rise at first and be lower
          farther off, and it may fall from a stationary point. But small steps along u follow the
          sign of u.grad where it is not 0, and a convex loss is nowhere below its linear model.
Notation  grad, the gradient at theta; delta, the delta of differentiability there; x = e1.theta.
Verdict   FAILS for x - x^2 at 0, which eta = 2 lowers along e1, where u.grad = 1; for -x^2 at 0 it
          fails for every eta, with u.grad = 0. Repairs: u.grad < 0 is enough for all small eta;
          u.grad <= 0 is necessary for a decrease for all small eta; for a convex loss u.grad < 0 is
          necessary for a decrease at any eta > 0.
"""

from proofs.claims import Claim
from proofs.definitions import convex, differentiable, direction_of_reduced_loss
from proofs.kernel import R, V, e1, fun, function, iff, inner, real, vector, witnessed, zero
from proofs.lemmas.convexity import first_order_convexity
from proofs.lemmas.descents import for_each
from proofs.lemmas.directions import reduces_below
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.lines import LINE, down_the_line
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from proofs.background.b13_slopes import not_positive_where_reduced, reduced_where_negative
from strategies import convex_losses, smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
theta, u, grad, s = vector("theta u grad s")
eta = real("eta")

SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
REDUCES = direction_of_reduced_loss(L, theta, u)
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
NOT_EVEN_ZERO_OR_LESS = CLAIM.but(then=slope <= 0)
FOR_ALL_SMALL_ETA = Claim(
    for_all=[L, theta, grad, delta, u],
    given={"L is differentiable at theta": SMOOTH, "all small eta lower the loss": REDUCES},
    then=slope < 0,
)
LINEAR_MODEL = Claim(
    for_all=[L, theta, grad, u, eta],
    given={"eta is positive": eta > 0},
    then=iff((L(theta) + eta * slope) - L(theta) < 0, slope < 0),
)
REPAIR_ENOUGH = FOR_ALL_SMALL_ETA.but(
    without="all small eta lower the loss", given={"u.grad is negative": slope < 0}, then=REDUCES
)
REPAIR_NECESSARY = FOR_ALL_SMALL_ETA.but(then=slope <= 0)
REPAIR_CONVEX = CLAIM.but(given={"L is convex": convex(L)})


def theorem_linear_model():
    """The change of the linear model is eta u.grad."""
    return LINEAR_MODEL.proved()


def theorem_negative_is_enough():
    """For small eta > 0 the linear model errs by at most eta |u.grad| / 2, half of what it
    promises.
    """
    return REPAIR_ENOUGH.proved(by=[reduced_where_negative(L, theta, grad, delta, u)])


def theorem_positive_is_excluded():
    """Were u.grad > 0, then for the same reason every small eta > 0 would raise the loss."""
    return REPAIR_NECESSARY.proved(by=[not_positive_where_reduced(L, theta, grad, delta, u)])


def theorem_convex_loss():
    """L(theta + eta u) >= L(theta) + eta u.grad, the first-order condition of convexity."""
    lemma = first_order_convexity(L, at=theta, gradient=grad, modulus=delta, point=theta + eta * u)
    return REPAIR_CONVEX.proved(by=[lemma])


CAP = fun(V, lambda theta: inner(e1, theta) - inner(e1, theta) ** 2)
HILL = fun(V, lambda theta: -(inner(e1, theta) ** 2))
ON_THE_CAP = {L: CAP, theta: zero, grad: e1, delta: quadratic_modulus(1), u: e1, eta: 2}
ON_THE_HILL = {L: HILL, theta: zero, grad: zero, delta: quadratic_modulus(1), u: e1}


def inequality_smooth_cap():
    """x - x^2 has at 0 the gradient e1."""
    return differentiable_by_remainder(CAP, zero, e1, 1, s, by=[cauchy_schwarz(e1, s)])


def counterexample_one_eta():
    """x - x^2 rises along e1 at first, and u.grad = 1; but eta = 2 lowers it from 0 to -2."""
    return CLAIM.fails(ON_THE_CAP, by=[inequality_smooth_cap()])


def counterexample_not_even_zero_or_less():
    """The same."""
    return NOT_EVEN_ZERO_OR_LESS.fails(ON_THE_CAP, by=[inequality_smooth_cap()])


def counterexample_all_small_eta():
    """Every eta lowers -x^2 from 0 along e1, to -eta^2, and grad = 0."""
    smooth = differentiable_by_remainder(HILL, zero, zero, 1, s, by=[cauchy_schwarz(e1, s)])
    reduced = direction_of_reduced_loss(HILL, zero, e1)
    falls = for_each(reduces_below(HILL, zero, e1, 1), eta)
    return FOR_ALL_SMALL_ETA.fails(ON_THE_HILL, by=[smooth, witnessed(reduced, 1), falls])


DOWN_THE_LINE = {L: LINE, theta: zero, grad: e1, delta: quadratic_modulus(1), u: -e1, eta: 1}


def inhabited_linear_model():
    """eta = 1."""
    return LINEAR_MODEL.inhabited_by(DOWN_THE_LINE)


def inhabited_enough():
    """L = x at 0, where the gradient is e1, with u = -e1."""
    return REPAIR_ENOUGH.inhabited_by(DOWN_THE_LINE, by=down_the_line())


def inhabited_necessary():
    """The same."""
    return REPAIR_NECESSARY.inhabited_by(DOWN_THE_LINE, by=down_the_line())


def inhabited_convex():
    """The same, with eta = 1."""
    return REPAIR_CONVEX.inhabited_by(DOWN_THE_LINE, by=down_the_line())


def on_a_loss(start):
    """The loss, its gradient at the start, the direction and the learning rate."""
    return start.gives(loss=L, point=theta, gradient=grad, direction=u, fraction=eta)


def search_negative_is_enough():
    """On random smooth losses with u.grad < 0 an eta0 is found below which every eta lowers the
    loss.
    """
    return REPAIR_ENOUGH.survives(
        starts(smooth_losses()), on_a_loss, granted=["L is differentiable at theta"]
    )


def search_positive_is_excluded():
    """On random smooth losses that every small eta lowers, u.grad is not positive."""
    return REPAIR_NECESSARY.survives(
        starts(smooth_losses()), on_a_loss, granted=["L is differentiable at theta"]
    )


def search_convex_losses():
    """On random convex losses that some eta lowers, u.grad is negative."""
    known = ["L is differentiable at theta", "L is convex"]
    return REPAIR_CONVEX.survives(starts(convex_losses()), on_a_loss, granted=known)
