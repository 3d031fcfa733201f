"""b12. To first order, the loss changes by eta u.grad.

Claim     L(theta + eta u) - L(theta) ~ eta u.grad: for every epsilon > 0 there is d > 0 such that 0
          < |eta| < d implies
          |(L(theta + eta u) - L(theta)) / eta - u.grad| <= epsilon.
Article   B:39, the equation that is left once the higher-order terms are ignored.
Idea      "~" means that the quotient by eta tends to u.grad: the derivative of eta |-> L(theta +
          eta u) at 0 (a01). Where the gradient is Lipschitz on the way, the error is of second
          order: a07 for the step eta u.
Notation  grad, the gradient at theta; delta, the delta of differentiability there; g(w), the
          gradient at w on the way.
Verdict   HOLDS, in any inner-product space, for eta of either sign. As an equality it fails, for
          |theta|^2.
"""

from fractions import Fraction

from proofs.a_why_gradient_descent_works.a01_update_rule import theorem_derivative
from proofs.a_why_gradient_descent_works.a07_first_order_expansion import theorem_lipschitz_gradient
from proofs.b_opposite_to_the_gradient.b10_gradient import along
from proofs.claims import Claim
from proofs.definitions import (
    derivative_along, differentiable, differentiable_on_segment, for_all_small,
    lipschitz_on_segment,
)  # fmt: skip
from proofs.kernel import (
    R, V, e1, entails, exists, forall, fun, function, generalize, implies, inner, instance, norm,
    real, vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.descent_lemma import smooth_on_segment, steady_on_segment
from proofs.lemmas.descents import for_each
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from proofs.lemmas.smooth_losses import bowl, bowl_is_smooth
from strategies import lipschitz_losses, smooth_losses, starts

L, g = function("L", V >> R), function("g", V >> V)
delta, modulus = function("delta", R >> R), function("modulus", (V, R) >> R)
theta, u, grad, s = vector("theta u grad s")
eta, epsilon, d, lipschitz = real("eta epsilon d lipschitz")

change = fun(R, lambda eta: L(theta + eta * u) - L(theta))


def near_slope(epsilon, d):
    """(L(theta + eta u) - L(theta)) / eta is within epsilon of u.grad for every eta with 0 < |eta|
    < d.
    """
    return forall(R, lambda eta: implies(
        abs(eta) > 0, abs(eta) < d, abs(change(eta) / eta - inner(u, grad)) <= epsilon,
    ))  # fmt: skip


CLAIM = Claim(
    for_all=[L, theta, grad, delta, u],
    given={
        "L is differentiable at theta": differentiable(L, at=theta, gradient=grad, modulus=delta)
    },
    then=forall(
        R,
        lambda epsilon: implies(epsilon > 0, exists(R, lambda d: (d > 0) & near_slope(epsilon, d))),
    ),
)
MISREADING_AS_AN_EQUALITY = CLAIM.but(
    for_all=[*CLAIM.for_all, eta],
    given={"eta is positive": eta > 0},
    then=change(eta) == eta * inner(u, grad),
)
ERROR_OF_SECOND_ORDER = Claim(
    for_all=[L, g, modulus, theta, u, eta, lipschitz],
    given={
        "L is differentiable on the way": differentiable_on_segment(L, g, modulus, theta, eta * u),
        "the gradient is Lipschitz on the way": lipschitz_on_segment(g, lipschitz, theta, eta * u),
        "lipschitz is not negative": lipschitz >= 0,
    },
    then=abs(change(eta) - eta * inner(u, g(theta))) <= lipschitz * eta**2 * norm(u) ** 2 / 2,
)


def theorem_quotient_tends_to_the_slope():
    """|L(theta + eta u) - L(theta) - eta u.grad| <= epsilon |eta| for small eta; divide by |eta| >
    0.
    """
    derivative = derivative_along(L, theta, grad, u, along(u))
    radius = along(u)(epsilon)
    given = [derivative, epsilon > 0]
    positive = entails(given, radius > 0, by=[instance(derivative, epsilon, 0)])
    close = for_each(
        near_slope(epsilon, radius), eta, given=given, by=[instance(derivative, epsilon, eta)]
    )
    there_is = instance(CLAIM.then, epsilon).goal
    serves = entails(
        [derivative], there_is, by=[witnessed(there_is.args[1], radius), positive, close]
    )
    by_a01 = instance(theorem_derivative(), L, theta, grad, delta, u)
    return CLAIM.proved(by=[by_a01, generalize(serves, epsilon)])


def theorem_error_of_second_order():
    """This is a07 for the step s = eta u, whose length is |eta| |u|."""
    by_a07 = instance(theorem_lipschitz_gradient(), L, g, modulus, theta, eta * u, lipschitz)
    return ERROR_OF_SECOND_ORDER.proved(by=[by_a07, norm_scaling(eta, u)])


SQUARE, GRADIENT, MODULUS = bowl(2)
FROM_ZERO = {L: SQUARE, theta: zero, grad: zero, delta: quadratic_modulus(1), u: e1, eta: 1}


def inequality_smooth_square():
    """|theta|^2 has at 0 the gradient 0."""
    return differentiable_by_remainder(SQUARE, zero, zero, 1, s)


def inhabited_by_a_square():
    """|theta|^2 at 0, with u = e1: the quotient is eta, and tends to 0."""
    return CLAIM.inhabited_by(FROM_ZERO, by=[inequality_smooth_square()])


def counterexample_equality():
    """With eta = 1 it grows from 0 to 1, and u.grad = 0."""
    return MISREADING_AS_AN_EQUALITY.fails(FROM_ZERO, by=[inequality_smooth_square()])


def inhabited_error_of_second_order():
    """The same, with lipschitz = 2: the error 1 is 2/2."""
    at = {**FROM_ZERO, g: GRADIENT, modulus: MODULUS, lipschitz: 2}
    way = [
        smooth_on_segment(SQUARE, GRADIENT, MODULUS, zero, 1 * e1),
        steady_on_segment(GRADIENT, 2, zero, 1 * e1),
    ]
    return ERROR_OF_SECOND_ORDER.inhabited_by(at, by=[*bowl_is_smooth(2), *way])


def search_smooth_losses():
    """On random smooth losses |L(theta + eta u) - L(theta) - eta u.grad| <= 2^-40 eta for all small
    eta.
    """
    return CLAIM.survives(
        starts(smooth_losses()),
        lambda start: start.gives(loss=L, point=theta, gradient=grad, direction=u),
        granted=["L is differentiable at theta"],
        then=for_all_small(
            lambda eta: abs(change(eta) - eta * inner(u, grad)) <= Fraction(1, 2**40) * eta
        ),
    )


def search_lipschitz_losses():
    """On random losses with a Lipschitz gradient the error is at most lipschitz eta^2 |u|^2 / 2."""
    return ERROR_OF_SECOND_ORDER.survives(
        starts(lipschitz_losses()),
        lambda start: start.gives(
            loss=L, gradient=g, point=theta, direction=u, fraction=eta, lipschitz=lipschitz
        ),
        granted=["L is differentiable on the way", "the gradient is Lipschitz on the way"],
    )
