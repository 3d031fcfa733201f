"""b04. A step along a direction of reduced loss moves towards the minimum.

Claim     If u is a direction of reduced loss at theta, it points towards each minimizer: u.(theta -
          theta_star) < 0.
Article   B:12: the change of theta is to be such that one moves towards the minimum of the loss.
Idea      The downhill directions fill a half-plane, and so do those towards the minimizer; where
          the level lines are ellipses the two differ. A convex L lies above its linear model, which
          at theta_star says L(theta_star) >= L(theta) + grad.(theta_star - theta), so the direction
          -grad lies in both.
Notation  theta_star, a minimizer; grad, the gradient at theta; delta, the delta of
          differentiability there.
Verdict   FAILS for (x^2 + 7 y^2) / 2 with theta = (12, 5) and u = (1, -1), though it is convex and
          u.grad = -23. Repair: for a convex L, -grad points towards every minimizer, and even
          towards every point of lower loss.
"""

from proofs.background.b04_approaches import leads_nearer, points_towards, towards_is_nearer
from proofs.lemmas.convexity import first_order_convexity
from proofs.losses.parabolas import ELLIPSES, HILL
from proofs.prelude import *
from strategies import convex_losses, starts

L = function("L", V >> R)
theta, theta_star, u = vector("theta theta_star u")

CLAIM = Claim(
    for_all=[L, theta, theta_star, u],
    given={
        "theta_star is a minimizer": minimizer(L, theta_star),
        "u is a direction of reduced loss": direction_of_reduced_loss(L, theta, u),
    },
    then=points_towards(theta, theta_star, u),
)

start, away, eta = 12 * e1 + 5 * e2, e1 - e2, real("eta")


def inequality_loss_is_reduced():
    """From (12, 5) along (1, -1) the loss (x^2 + 7 y^2) / 2 changes by -23 eta + 4 eta^2, which is
    negative for 0 < eta < 1.
    """
    reduced = direction_of_reduced_loss(ELLIPSES.value, start, away)
    falls = entails([eta > 0, eta < 1], ELLIPSES(start + eta * away) < ELLIPSES(start))
    return entails([], reduced, by=[witnessed(reduced, 1), generalize(falls, eta)])


def counterexample_away_from_the_minimum():
    """The minimum is at 0, and u.(theta - theta_star) = (1, -1).(12, 5) = 7 > 0."""
    at = ELLIPSES.at(start, loss=L, point=theta, minimizer=theta_star) | {u: away}
    return CLAIM.fails(at, by=[inequality_loss_is_reduced()])


# -------- for a convex loss, and a direction with u.grad < 0
grad, delta = vector("grad"), function("delta", R >> R)
CONVEX = {
    "L is convex": convex(L),
    "L is differentiable at theta": differentiable(L, at=theta, gradient=grad, modulus=delta),
}
DOWNHILL_ON_A_CONVEX_LOSS = CLAIM.but(
    for_all=[*CLAIM.for_all, grad, delta],
    given={**CONVEX, "u.grad is negative": inner(u, grad) < 0},
)
PARTS = {"loss": L, "point": theta, "gradient": grad, "modulus": delta}


def counterexample_downhill_on_a_convex_loss():
    """The same loss is convex, and u.grad = (1, -1).(12, 35) = -23 < 0."""
    at = ELLIPSES.at(start, **PARTS, minimizer=theta_star) | {u: away}
    return DOWNHILL_ON_A_CONVEX_LOSS.fails(at, by=[ELLIPSES.convex(), inequality_loss_is_reduced()])


# -------- what "towards" means: that small steps lead nearer
TOWARDS_MEANS_NEARER = Claim(
    for_all=[theta, theta_star, u],
    then=iff(points_towards(theta, theta_star, u), leads_nearer(theta, theta_star, u)),
)


def theorem_towards_means_nearer():
    """With d = theta - theta_star, |d + eta u| < |d| is 2 u.d + eta |u|^2 < 0."""
    return TOWARDS_MEANS_NEARER.proved(by=[towards_is_nearer(theta, theta_star, u)])


# -------- repaired: for a convex loss, against the gradient
REPAIR = Claim(
    for_all=[L, theta, theta_star, grad, delta],
    given={
        **CONVEX,
        "theta_star is a minimizer": minimizer(L, theta_star),
        "theta is no minimizer": L(theta) > L(theta_star),
    },
    then=(inner(-grad, theta - theta_star) <= L(theta_star) - L(theta))
    & points_towards(theta, theta_star, -grad),
)


def inequality_above_the_linear_model():
    """L(theta_star) >= L(theta) + grad.(theta_star - theta): a convex loss lies above its linear
    model at theta.
    """
    return first_order_convexity(L, at=theta, gradient=grad, modulus=delta, point=theta_star)


def theorem_repair():
    """-grad.(theta - theta_star) <= L(theta_star) - L(theta) < 0."""
    return REPAIR.proved(by=[inequality_above_the_linear_model()])


def inhabited_repair():
    """(x^2 + 7 y^2) / 2 at (12, 5), with its minimum at 0."""
    at = ELLIPSES.at(start, **PARTS, minimizer=theta_star)
    return REPAIR.inhabited_by(at, by=[ELLIPSES.convex()])


def search_convex_losses():
    """On random convex losses with a known minimizer -grad points towards it, and by as much as
    claimed.
    """
    return REPAIR.survives(
        starts(convex_losses(with_minimizer=True)),
        lambda start: start.gives(loss=L, point=theta, minimizer=theta_star, gradient=grad),
        granted=["L is convex", "L is differentiable at theta", "theta_star is a minimizer"],
    )


# -------- towards any point of lower loss, a minimizer or not
TOWARDS_EVERY_LOWER_POINT = REPAIR.but(without="theta_star is a minimizer")


def theorem_towards_every_lower_point():
    """The same holds of every point theta_star that is lower than theta."""
    return TOWARDS_EVERY_LOWER_POINT.proved(by=[inequality_above_the_linear_model()])


def inhabited_towards_every_lower_point():
    """The same loss at (12, 5), and the lower point 0."""
    at = ELLIPSES.at(start, **PARTS) | {theta_star: zero}
    return TOWARDS_EVERY_LOWER_POINT.inhabited_by(at, by=[ELLIPSES.convex()])


def counterexample_towards_every_lower_point_without_convexity():
    """-x^2 has at e1 the gradient -2 e1, and is lower at -2 e1; but -grad = 2 e1 leads the other
    way.
    """
    at = HILL.at(e1, **PARTS) | {theta_star: -2 * e1}
    return TOWARDS_EVERY_LOWER_POINT.fails(at, without="L is convex")
