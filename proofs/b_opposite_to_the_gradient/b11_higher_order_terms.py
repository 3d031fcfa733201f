"""b11. Since eta is below 1 and eta^2 far below 1, the higher-order terms can be ignored.

Claim     If 0 < eta < 1 and eta^2 <= 1 / 1000000, then L(theta + eta u) - L(theta) has the sign of
          eta u.grad.
Article   B:36-38: eta is usually below 1, eta^2 far below 1, so the higher-order terms might as
          well be ignored.
Idea      What is left out is compared with eta u.grad, not with 1: the second-order term is eta^2
          u.Hess u / 2, and the curvature has no bound. A gradient that is Lipschitz on the way
          bounds it by lipschitz eta^2 |u|^2 / 2 (a07).
Notation  grad(w), the gradient at w; the rest, L(theta + eta u) - L(theta) - eta u.grad(theta), is
          all that is ignored.
Verdict   FAILS for 2001 |w|^2 / 2 at a unit vector, along -grad with eta = 1/1000, where the loss
          rises; for every eta there is such a loss. Repair: with a gradient that is Lipschitz on
          the way, and for 0 < eta below the sharp bound 2 |u.grad| / (lipschitz |u|^2), the rest is
          smaller than eta u.grad, which decides the sign.
"""

from fractions import Fraction

from proofs.a_why_gradient_descent_works.a07_first_order_expansion import theorem_lipschitz_gradient
from proofs.claims import Claim
from proofs.definitions import (
    differentiable_everywhere,
    differentiable_on_segment,
    lipschitz_on_segment,
)
from proofs.kernel import (
    R,
    V,
    e1,
    entails,
    exists,
    function,
    iff,
    inner,
    instance,
    norm,
    real,
    vector,
    witnessed,
    zero,
)
from proofs.lemmas.descent_lemma import smooth_on_segment, steady_on_segment
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.smooth_losses import bowl, bowl_is_smooth
from strategies import lipschitz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("modulus", (V, R) >> R)
theta, u = vector("theta u")
eta, lipschitz = real("eta lipschitz")

change, slope = L(theta + eta * u) - L(theta), inner(u, grad(theta))
SAME_SIGN = iff(change < 0, slope < 0) & iff(change > 0, slope > 0)
REST_IS_SMALLER = abs(change - eta * slope) < abs(eta * slope)

CLAIM = Claim(
    for_all=[L, grad, modulus, theta, u, eta],
    given={
        "there is a gradient": differentiable_everywhere(L, grad, modulus),
        "eta is below 1": (eta > 0) & (eta < 1),
        "eta^2 is far below 1": eta**2 <= Fraction(1, 10**6),
    },
    then=SAME_SIGN,
)
REST_IS_SMALLER_THAN_ETA_SLOPE = CLAIM.but(then=REST_IS_SMALLER)
REPAIR = Claim(
    for_all=[L, grad, modulus, theta, u, eta, lipschitz],
    given={
        "L is differentiable on the way": differentiable_on_segment(
            L, grad, modulus, theta, eta * u
        ),
        "lipschitz is positive": lipschitz > 0,
        "the gradient is Lipschitz on the way": lipschitz_on_segment(
            grad, lipschitz, theta, eta * u
        ),
        "u is not zero": u != zero,
        "eta is positive": eta > 0,
        "eta is small": eta < 2 * abs(slope) / (lipschitz * norm(u) ** 2),
    },
    then=REST_IS_SMALLER & SAME_SIGN,
)


def rises_along_minus_grad(c):
    """On c |w|^2 / 2 the step -eta grad(theta) = -eta c theta raises the loss."""
    loss, gradient, _ = bowl(c)
    return loss(theta + eta * -gradient(theta)) > loss(theta)


HOWEVER_SMALL_ETA = Claim(
    for_all=[theta, eta],
    given={"eta is positive": eta > 0, "theta is not the minimizer": theta != zero},
    then=exists(R, lambda c: (c > 0) & rises_along_minus_grad(c)),
)


def at_a_unit_vector(curvature, rate):
    """The loss curvature |w|^2 / 2 at e1, with u = -grad(e1) = -curvature e1 and the learning
    rate.
    """
    loss, gradient, near = bowl(curvature)
    at = {
        L: loss,
        grad: gradient,
        modulus: near,
        theta: e1,
        u: -curvature * e1,
        eta: rate,
        lipschitz: curvature,
    }
    way = (e1, rate * -curvature * e1)
    on_the_way = [
        smooth_on_segment(loss, gradient, near, *way),
        steady_on_segment(gradient, curvature, *way),
    ]
    return at, [*bowl_is_smooth(curvature), *on_the_way]


def counterexample_loss_rises():
    """2001 |w|^2 / 2: eta = 1/1000 leads from e1 to -1001/1000 e1, and the loss rises, though
    u.grad = -2001^2 < 0.
    """
    return CLAIM.fails(*at_a_unit_vector(2001, Fraction(1, 1000)))


def counterexample_rest_is_larger():
    """The same: |eta u.grad| = 2001^2 / 1000, and the rest, eta^2 2001^3 / 2, is 2001/2000 times
    that.
    """
    return REST_IS_SMALLER_THAN_ETA_SLOPE.fails(*at_a_unit_vector(2001, Fraction(1, 1000)))


def theorem_however_small_eta():
    """c = 3 / eta leads from theta to -2 theta."""
    return HOWEVER_SMALL_ETA.proved(by=[witnessed(HOWEVER_SMALL_ETA.then, 3 / eta)])


def inhabited_however_small_eta():
    """theta = e1, eta = 1/1000."""
    return HOWEVER_SMALL_ETA.inhabited_by({theta: e1, eta: Fraction(1, 1000)})


def inequality_rest_is_smaller():
    """The rest is at most lipschitz |eta u|^2 / 2 by a07, which is below eta |u.grad| for such an
    eta.
    """
    by_a07 = instance(theorem_lipschitz_gradient(), L, grad, modulus, theta, eta * u, lipschitz)
    return entails(REPAIR.hypotheses, REST_IS_SMALLER, by=[by_a07, norm_scaling(eta, u)])


def theorem_sign_of_the_slope():
    """So the change lies between 0 and 2 eta u.grad."""
    return REPAIR.proved(by=[inequality_rest_is_smaller()])


def inhabited_repair():
    """|w|^2 / 2 from e1 along -e1, with eta = 1 and lipschitz = 1."""
    return REPAIR.inhabited_by(*at_a_unit_vector(1, 1))


def counterexample_bound_is_sharp():
    """There eta = 2 = 2 |u.grad| / (lipschitz |u|^2) leads to -e1, where the loss is the same."""
    return REPAIR.fails_without("eta is small", *at_a_unit_vector(1, 2))


def counterexample_gradient_changes_faster():
    """On 2001 |w|^2 / 2 with lipschitz = 1 the bound would be 2, and eta = 1/1000 raises the
    loss.
    """
    at, by = at_a_unit_vector(2001, Fraction(1, 1000))
    return REPAIR.fails_without("the gradient is Lipschitz on the way", {**at, lipschitz: 1}, by)


def search_lipschitz_losses():
    """On random losses with a Lipschitz gradient the change has the sign of u.grad, up to nearly
    the stated eta.
    """

    def near_the_bound(start):
        curvature = start.loss.lipschitz * start.squared_length()
        given = start.gives(loss=L, gradient=grad, point=theta, direction=u, lipschitz=lipschitz)
        return given | {eta: lambda: start.of(2 * abs(start.slope()), over=curvature)}

    way = ["L is differentiable on the way", "the gradient is Lipschitz on the way"]
    return REPAIR.survives(starts(lipschitz_losses()), near_the_bound, granted=way)
