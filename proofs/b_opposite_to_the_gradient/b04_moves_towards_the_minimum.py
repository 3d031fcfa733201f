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

from proofs.claims import Claim
from proofs.definitions import convex, differentiable, direction_of_reduced_loss, minimizer
from proofs.kernel import (
    R, V, e1, e2, entails, fun, function, generalize, iff, inner, instance, real, vector, witnessed,
    zero,
)  # fmt: skip
from proofs.background.b04_approaches import leads_nearer, points_towards, towards_is_nearer
from proofs.lemmas.convexity import first_order_convexity
from proofs.lemmas.descents import for_each
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from strategies import convex_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
theta, theta_star, u, grad, s, v, w = vector("theta theta_star u grad s v w")
eta, t = real("eta t")

TOWARDS = points_towards(theta, theta_star, u)
CLAIM = Claim(
    for_all=[L, theta, theta_star, u],
    given={
        "theta_star is a minimizer": minimizer(L, theta_star),
        "u is a direction of reduced loss": direction_of_reduced_loss(L, theta, u),
    },
    then=TOWARDS,
)
TOWARDS_MEANS_NEARER = Claim(
    for_all=[theta, theta_star, u], then=iff(TOWARDS, leads_nearer(theta, theta_star, u))
)
CONVEX = {
    "L is convex": convex(L),
    "L is differentiable at theta": differentiable(L, at=theta, gradient=grad, modulus=delta),
}
DOWNHILL_ON_A_CONVEX_LOSS = CLAIM.but(
    for_all=[*CLAIM.for_all, grad, delta],
    given={**CONVEX, "u.grad is negative": inner(u, grad) < 0},
)
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
TOWARDS_EVERY_LOWER_POINT = REPAIR.but(without="theta_star is a minimizer")

ELLIPSES = fun(V, lambda theta: (inner(e1, theta) ** 2 + 7 * inner(e2, theta) ** 2) / 2)
start, uphill, away = 12 * e1 + 5 * e2, 12 * e1 + 35 * e2, e1 - e2
AT_THE_START = {
    L: ELLIPSES,
    theta: start,
    theta_star: zero,
    u: away,
    grad: uphill,
    delta: quadratic_modulus(4),
}


def inequality_least_at_zero():
    """(x^2 + 7 y^2) / 2 is 0 at 0, and never less."""
    return for_each(minimizer(ELLIPSES, zero), w)


def inequality_loss_is_reduced():
    """From (12, 5) along (1, -1) the loss changes by -23 eta + 4 eta^2, which is negative for 0 <
    eta < 1.
    """
    reduced = direction_of_reduced_loss(ELLIPSES, start, away)
    falls = generalize(
        entails([eta > 0, eta < 1], ELLIPSES(start + eta * away) < ELLIPSES(start)), eta
    )
    return entails([], reduced, by=[witnessed(reduced, 1), falls])


def inequality_loss_is_convex():
    """A sum of squares."""
    return for_each(convex(ELLIPSES), v, w, t)


def inequality_loss_is_smooth():
    """At (12, 5) the gradient is (12, 35): the linear model errs by (x^2 + 7 y^2) / 2 at the step,
    at most 4 |s|^2.
    """
    along_axes = [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    return differentiable_by_remainder(ELLIPSES, start, uphill, 4, s, by=along_axes)


def counterexample_away_from_the_minimum():
    """u.(theta - theta_star) = (1, -1).(12, 5) = 7 > 0."""
    return CLAIM.fails(AT_THE_START, by=[inequality_least_at_zero(), inequality_loss_is_reduced()])


def counterexample_downhill_on_a_convex_loss():
    """The same, where u.grad = (1, -1).(12, 35) = -23 < 0."""
    facts = [inequality_least_at_zero(), inequality_loss_is_reduced()]
    facts += [inequality_loss_is_convex(), inequality_loss_is_smooth()]
    return DOWNHILL_ON_A_CONVEX_LOSS.fails(AT_THE_START, by=facts)


def theorem_towards_means_nearer():
    """With d = theta - theta_star, |d + eta u| < |d| is 2 u.d + eta |u|^2 < 0."""
    return TOWARDS_MEANS_NEARER.proved(by=[towards_is_nearer(theta, theta_star, u)])


def theorem_towards_every_lower_point():
    """L(theta_star) - L(theta) >= grad.(theta_star - theta), the first-order condition of convexity
    at theta.
    """
    lemma = first_order_convexity(L, at=theta, gradient=grad, modulus=delta, point=theta_star)
    return TOWARDS_EVERY_LOWER_POINT.proved(by=[lemma])


def theorem_towards_every_minimizer():
    """A minimizer is a point of lower loss; that no other is lower still is not used."""
    return REPAIR.proved(by=[instance(theorem_towards_every_lower_point(), *REPAIR.for_all)])


def inhabited_repair():
    """The same loss, from the same start."""
    facts = [inequality_least_at_zero(), inequality_loss_is_convex(), inequality_loss_is_smooth()]
    return REPAIR.inhabited_by(AT_THE_START, by=facts)


def inhabited_towards_every_lower_point():
    """The same."""
    facts = [inequality_loss_is_convex(), inequality_loss_is_smooth()]
    return TOWARDS_EVERY_LOWER_POINT.inhabited_by(AT_THE_START, by=facts)


def counterexample_without_convexity():
    """-x^2 has at e1 the gradient -2 e1, and is lower at -2 e1; but -grad = 2 e1 leads the other
    way.
    """
    hill = fun(V, lambda theta: -(inner(e1, theta) ** 2))
    smooth = differentiable_by_remainder(hill, e1, -2 * e1, 1, s, by=[cauchy_schwarz(e1, s)])
    at = {L: hill, theta: e1, theta_star: -2 * e1, grad: -2 * e1, delta: quadratic_modulus(1)}
    return TOWARDS_EVERY_LOWER_POINT.fails_without("L is convex", at, by=[smooth])


def search_convex_losses():
    """On random convex losses with a known minimizer -grad points towards it, and by as much as
    claimed.
    """
    return REPAIR.survives(
        starts(convex_losses(with_minimizer=True)),
        lambda start: start.gives(loss=L, point=theta, minimizer=theta_star, gradient=grad),
        granted=["L is convex", "L is differentiable at theta", "theta_star is a minimizer"],
    )
