"""b12. To first order, the loss changes by eta u.grad.

Claim     L(theta + eta u) - L(theta) ~ eta u.grad: for every epsilon > 0 there is d > 0 such that
          0 < |eta| < d implies |(L(theta + eta u) - L(theta)) / eta - u.grad| <= epsilon.
Article   B:39, the equation that is left once the higher-order terms are ignored.
Idea      "~" means that the quotient by eta tends to u.grad: the derivative of
          eta |-> L(theta + eta u) at 0 (a01). Where the gradient is Lipschitz on the way, the error
          is of second order: a07 for the step eta u.
Notation  grad, the gradient at theta; delta, the delta of differentiability there; g(w), the
          gradient at w on the way.
Verdict   HOLDS, in any inner-product space, for eta of either sign. As an equality it fails, for
          |theta|^2.
"""

from proofs.a_why_gradient_descent_works.a01_update_rule import theorem_derivative
from proofs.a_why_gradient_descent_works.a07_first_order_expansion import theorem_lipschitz_gradient
from proofs.lemmas.derivatives import modulus_along
from proofs.lemmas.descent_lemma import smooth_on_segment, steady_on_segment
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import lipschitz_losses, smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
theta, u, grad = vector("theta u grad")
eta, epsilon = real("eta epsilon")

change, slope = fun(R, lambda eta: L(theta + eta * u) - L(theta)), inner(u, grad)


def near_slope(epsilon, d):
    """For every eta with 0 < |eta| < d, change(eta) / eta is within epsilon of u.grad."""
    return forall(R, lambda eta: implies(
        abs(eta) > 0, abs(eta) < d, abs(change(eta) / eta - slope) <= epsilon,
    ))  # fmt: skip


def some_d(epsilon):
    """There is such a d > 0."""
    return exists(R, lambda d: (d > 0) & near_slope(epsilon, d))


CLAIM = Claim(
    for_all=[L, theta, grad, delta, u],
    given={
        "L is differentiable at theta": differentiable(L, at=theta, gradient=grad, modulus=delta)
    },
    then=forall(R, lambda epsilon: implies(epsilon > 0, some_d(epsilon))),
)

near = modulus_along(delta, u)
# eta |-> L(theta + eta u) has at 0 the derivative u.grad.
DERIVATIVE = derivative_along(L, at=theta, gradient=grad, direction=u, modulus=near)


def inequality_quotient_is_near_the_slope():
    """|change(eta) - eta u.grad| <= epsilon |eta| where |eta| < near(epsilon); divide by |eta|."""
    accurate = instance(DERIVATIVE, epsilon=epsilon, s=eta)
    close = near_slope(epsilon, near(epsilon))
    return for_each(close, eta, given=[DERIVATIVE, epsilon > 0], by=[accurate])


def theorem_quotient_tends_to_the_slope():
    """By a01 there is that derivative; so d = near(epsilon) serves, which is positive."""
    start = {"L": L, "w0": theta, "g": grad, "delta": delta, "s": u}
    by_a01 = instance(theorem_derivative(), **start)
    positive = instance(DERIVATIVE, epsilon=epsilon, s=0)
    serves = [witnessed(some_d(epsilon), near(epsilon)), positive]
    serves += [inequality_quotient_is_near_the_slope()]
    tends = for_each(CLAIM.then, epsilon, given=[DERIVATIVE], by=serves)
    return CLAIM.proved(by=[by_a01, tends])


SQUARED_LENGTH = bowl(2)  # |theta|^2
FROM_ZERO = SQUARED_LENGTH.at(zero, loss=L, point=theta, gradient=grad, modulus=delta) | {u: e1}


def inhabited_by_a_square():
    """|theta|^2 at 0, with u = e1: the quotient is eta, and tends to 0."""
    return CLAIM.inhabited_by(FROM_ZERO)


def search_smooth_losses():
    """On random smooth losses |change(eta) - eta u.grad| <= 2^-40 eta for all small eta."""
    error, share = lambda eta: abs(change(eta) - eta * slope), Fraction(1, 2**40)
    return CLAIM.survives(
        starts(smooth_losses()),
        lambda start: start.gives(loss=L, point=theta, gradient=grad, direction=u),
        granted=["L is differentiable at theta"],
        then=for_all_small(lambda eta: error(eta) <= share * eta),
    )


# -------- as an equality
MISREADING_AS_AN_EQUALITY = CLAIM.but(
    for_all=[*CLAIM.for_all, eta],
    given={"eta is positive": eta > 0},
    then=change(eta) == eta * slope,
)


def counterexample_misreading_as_an_equality():
    """With eta = 1, |theta|^2 grows from 0 to 1, and u.grad = 0."""
    return MISREADING_AS_AN_EQUALITY.fails(FROM_ZERO | {eta: 1})


# -------- how large the error is, where the gradient is Lipschitz
g, modulus, lipschitz = function("g", V >> V), function("delta", (V, R) >> R), real("lipschitz")
way = (theta, eta * u)

ERROR_OF_SECOND_ORDER = Claim(
    for_all=[L, g, modulus, theta, u, eta, lipschitz],
    given={
        "L is differentiable on the way": differentiable_on_segment(L, g, modulus, *way),
        "the gradient is Lipschitz on the way": lipschitz_from_start(g, lipschitz, *way),
        "lipschitz is not negative": lipschitz >= 0,
    },
    then=abs(change(eta) - eta * inner(u, g(theta))) <= lipschitz * eta**2 * norm(u) ** 2 / 2,
)


def theorem_error_of_second_order():
    """This is a07 for the step s = eta u, whose length is |eta| |u|."""
    there = {"L": L, "grad": g, "delta": modulus, "w0": theta, "s": eta * u}
    by_a07 = instance(theorem_lipschitz_gradient(), **there, lipschitz=lipschitz)
    return ERROR_OF_SECOND_ORDER.proved(by=[by_a07])


def inhabited_error_of_second_order():
    """|theta|^2 from 0 along e1, with eta = 1 and lipschitz = 2: the error 1 is 2/2."""
    parts = {"loss": L, "point": theta, "gradient": g, "modulus": modulus, "lipschitz": lipschitz}
    at = SQUARED_LENGTH.at(zero, **parts) | {u: e1, eta: 1}
    smooth = smooth_on_segment(at[L], at[g], at[modulus], start=zero, step=e1)
    steady = steady_on_segment(at[g], at[lipschitz], start=zero, step=e1)
    return ERROR_OF_SECOND_ORDER.inhabited_by(at, by=[smooth, steady])


def search_lipschitz_losses():
    """On random losses with a Lipschitz gradient the error is at most lipschitz eta^2 |u|^2 / 2."""
    parts = {"loss": L, "gradient": g, "point": theta, "direction": u, "fraction": eta}
    return ERROR_OF_SECOND_ORDER.survives(
        starts(lipschitz_losses()),
        lambda start: start.gives(**parts, lipschitz=lipschitz),
        granted=["L is differentiable on the way", "the gradient is Lipschitz on the way"],
    )
