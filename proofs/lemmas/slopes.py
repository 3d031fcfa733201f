"""Small steps along u follow the sign of the slope u.grad, whatever lies farther off.

With epsilon = |u.grad| / (2 |u|) the linear model errs by at most epsilon eta |u|, which is
eta |u.grad| / 2, wherever eta |u| < delta(epsilon). (Nocedal and Wright, Numerical Optimization;
Rudin, Principles of Mathematical Analysis, 5.8, for the converse.)
"""

from functools import cache

from proofs.lemmas.differentiability import model_error
from proofs.lemmas.directions import reduces_below
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *

L, delta = function("L", V >> R), function("delta", R >> R)
theta, grad, u = vector("theta grad u")
eta, eta0 = real("eta eta0")

SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
REDUCED = direction_of_reduced_loss(L, theta, u)
slope, share = inner(u, grad), abs(inner(u, grad)) / (2 * norm(u))
radius = delta(share) / norm(u)


@cache
def radius_is_positive() -> Theorem:
    """Where u.grad != 0, |u|, delta(epsilon) and the radius are positive."""
    at_zero, bound = instance(SMOOTH, epsilon=share, s=zero), cauchy_schwarz(u, grad)
    positive = (norm(u) > 0) & (delta(share) > 0) & (radius > 0)
    return entails([SMOOTH, slope != 0], positive, by=[at_zero, bound])


@cache
def model_errs_by_half_of_the_slope() -> Theorem:
    """Where u.grad != 0 and eta is below the radius, the model errs by at most eta |u.grad| / 2."""
    near = [SMOOTH, slope != 0, eta > 0, eta < radius]
    missed = abs(model_error(L, theta, grad, eta * u))
    there = [radius_is_positive(), instance(SMOOTH, epsilon=share, s=eta * u)]
    error = entails(near, missed <= share * norm(u) * eta, by=there)
    spent = entails([norm(u) > 0], share * norm(u) == abs(slope) / 2)
    return entails(near, 2 * missed <= eta * abs(slope), by=[error, spent, radius_is_positive()])


@cache
def negative_slope() -> Theorem:
    """Where u.grad < 0, every eta below the radius lowers the loss."""
    near = [SMOOTH, slope < 0, eta > 0, eta < radius]
    falls = entails(near, L(theta + eta * u) < L(theta), by=[model_errs_by_half_of_the_slope()])
    serves = [witnessed(REDUCED, radius), radius_is_positive(), generalize(falls, eta)]
    return entails([SMOOTH, slope < 0], REDUCED, by=serves)


@cache
def slope_of_reduced_loss() -> Theorem:
    """Where u.grad > 0, eta = min(eta0, radius) / 2 raises the loss: some eta < eta0 does not lower
    it, whatever eta0 > 0.
    """
    below, halfway = reduces_below(L, theta, u, eta0), minimum(eta0, radius) / 2
    half = substitute(model_errs_by_half_of_the_slope(), {eta: halfway})
    there = [radius_is_positive(), half, instance(below, halfway)]
    excluded = entails([SMOOTH, eta0 > 0, below], slope <= 0, by=there)
    return choose(entails([REDUCED], REDUCED), excluded, eta0)


def reduced_where_negative(
    loss: Term, at: Term, gradient: Term, modulus: Term, direction: Term
) -> Theorem:
    """{differentiable, direction.gradient < 0} |- small steps along it lower the loss."""
    values = {L: loss, theta: at, grad: gradient, delta: modulus, u: direction}
    return substitute(negative_slope(), values)


def not_positive_where_reduced(
    loss: Term, at: Term, gradient: Term, modulus: Term, direction: Term
) -> Theorem:
    """{differentiable, small steps along direction lower the loss} |- direction.gradient <= 0."""
    values = {L: loss, theta: at, grad: gradient, delta: modulus, u: direction}
    return substitute(slope_of_reduced_loss(), values)
