"""Small steps along u follow the sign of the slope u.grad, whatever lies farther off.

With epsilon = |u.grad| / (2 (|u| + 1)) the linear model errs by at most epsilon eta |u| <= eta
|u.grad| / 2 wherever eta (|u| + 1) < delta(epsilon). (Nocedal and Wright, Numerical Optimization,
2.2; Rudin, Principles of Mathematical Analysis, 5.8, for the converse.)
"""

from functools import cache

from proofs.definitions import differentiable, direction_of_reduced_loss
from proofs.kernel import (
    R, Term, Theorem, V, choose, entails, function, generalize, inner, instance, minimum, norm,
    real, substitute, vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.directions import reduces_below
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.losses import remainder

L, delta = function("L", V >> R), function("delta", R >> R)
theta, grad, u = vector("theta grad u")
eta, eta0 = real("eta eta0")

SMOOTH, REDUCED = (
    differentiable(L, at=theta, gradient=grad, modulus=delta),
    direction_of_reduced_loss(L, theta, u),
)
slope, share = inner(u, grad), abs(inner(u, grad)) / (2 * (norm(u) + 1))
radius = delta(share) / (norm(u) + 1)


@cache
def linear_model_decides() -> list[Theorem]:
    """Where u.grad != 0: the radius is positive; below it the linear model errs by at most half of
    eta |u.grad|.
    """
    given = [SMOOTH, slope != 0]
    spent = entails([slope != 0], (share > 0) & (share * norm(u) <= abs(slope) / 2))
    positive = entails(
        given, (delta(share) > 0) & (radius > 0), by=[spent, instance(SMOOTH, share, zero)]
    )
    near = [*given, eta > 0, eta < radius]
    there = [spent, positive, instance(SMOOTH, share, eta * u), norm_scaling(eta, u)]
    error = entails(
        near, abs(remainder(L, theta, grad, eta * u)) <= share * norm(u) * eta, by=there
    )
    halved = entails(
        near, 2 * abs(remainder(L, theta, grad, eta * u)) <= eta * abs(slope), by=[error, spent]
    )
    return [positive, halved]


@cache
def negative_slope() -> Theorem:
    """Where u.grad < 0, every eta below the radius lowers the loss."""
    positive, halved = linear_model_decides()
    falls = entails(
        [SMOOTH, slope < 0, eta > 0, eta < radius], L(theta + eta * u) < L(theta), by=[halved]
    )
    return entails(
        [SMOOTH, slope < 0],
        REDUCED,
        by=[witnessed(REDUCED, radius), positive, generalize(falls, eta)],
    )


@cache
def slope_of_reduced_loss() -> Theorem:
    """Where u.grad > 0, eta = min(eta0, radius) / 2 raises the loss, so not every eta < eta0 lowers
    it.
    """
    positive, halved = linear_model_decides()
    below, halfway = reduces_below(L, theta, u, eta0), minimum(eta0, radius) / 2
    there = [positive, substitute(halved, {eta: halfway}), instance(below, halfway)]
    excluded = entails([SMOOTH, eta0 > 0, below], slope <= 0, by=there)
    return choose(entails([REDUCED], REDUCED), excluded, eta0)


def reduced_where_negative(
    loss: Term, at: Term, gradient: Term, modulus: Term, direction: Term
) -> Theorem:
    """{differentiable, direction.gradient < 0} |- direction_of_reduced_loss(loss, at,
    direction).
    """
    return substitute(
        negative_slope(), {L: loss, theta: at, grad: gradient, delta: modulus, u: direction}
    )


def not_positive_where_reduced(
    loss: Term, at: Term, gradient: Term, modulus: Term, direction: Term
) -> Theorem:
    """{differentiable, direction_of_reduced_loss} |- direction.gradient <= 0."""
    return substitute(
        slope_of_reduced_loss(), {L: loss, theta: at, grad: gradient, delta: modulus, u: direction}
    )
