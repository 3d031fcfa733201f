"""b10. The gradient is the vector of the partial derivatives.

Claim     Where L is differentiable at theta, the derivative of eta |-> L(theta + eta u) at 0 is
          u.grad, for every u; no vector but grad has this property; and in the plane grad = [dL/dw,
          dL/db].
Article   B:34-35: L is the loss function; its gradient collects its partial derivatives in the
          components of theta.
Idea      The chain rule along a line, which is a01. If g and h have the same product with every u,
          then with u = g - h, so that |g - h|^2 = 0. The partial derivatives are those along the
          axes.
Notation  grad, the gradient at theta; delta, the delta of differentiability there; i and j, the
          axes of the plane: theta = w i + b j and grad = x i + y j; by_w and by_b, the derivatives
          of L(w i + b j) in w and in b.
Verdict   DEFINITION of the gradient, in any inner-product space. For partial derivatives alone, see
          a06.
"""

from proofs.a_why_gradient_descent_works.a01_update_rule import theorem_derivative
from proofs.lemmas.derivatives import gradient_is_unique, modulus_along
from proofs.losses.lines import LEVEL_ON_THE_LINE, LINE, RAMP
from proofs.prelude import *

L, delta, near = function("L", V >> R), function("delta", R >> R), function("near", (V, R) >> R)
theta, grad, other, u = vector("theta grad other u")
epsilon, h = real("epsilon h")

SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
CLAIM = Claim(
    for_all=[L, theta, grad, delta],
    given={"L is differentiable at theta": SMOOTH},
    then=forall(V, lambda u: derivative_along(L, theta, grad, u, modulus_along(delta, u))),
    defines="the gradient",
)


def theorem_derivative_along_every_u():
    """This is a01, where u is the step s."""
    a01 = instance(theorem_derivative(), L=L, w0=theta, g=grad, delta=delta, s=u)
    return CLAIM.proved(by=[for_each(CLAIM.then, u, given=[SMOOTH], by=[a01])])


PARTS = {"loss": L, "point": theta, "gradient": grad, "modulus": delta}


def inhabited_by_a_line():
    """L = e1.theta at 0."""
    return CLAIM.inhabited_by(LINE.at(zero, **PARTS))


# -------- no other vector has this property
near_along = lambda u: fun(R, lambda epsilon: near(u, epsilon))
OTHER = forall(V, lambda u: derivative_along(L, theta, other, u, near_along(u)))
THE_ONLY_ONE = CLAIM.but(
    for_all=[L, theta, grad, delta, other, near],
    given={"other gives the same derivatives": OTHER},
    then=other == grad,
)


def theorem_the_only_one():
    """Along d = grad - other the derivative is grad.d and other.d, so |grad - other|^2 = 0."""
    d = grad - other
    along_d = fun(R, lambda t: L(theta + t * d))
    a01 = instance(theorem_derivative(), L=L, w0=theta, g=grad, delta=delta, s=d)
    same = gradient_is_unique(
        along_d, at=0, gradient=inner(grad, d), modulus=modulus_along(delta, d),
        other=inner(other, d), other_modulus=near_along(d),
    )  # fmt: skip
    return THE_ONLY_ONE.proved(by=[a01, instance(OTHER, d), same])


def inhabited_the_only_one():
    """L = e1.theta, with e1 for the other vector: along u it is linear, and any modulus serves."""
    at = LINE.at(zero, **PARTS) | {other: e1, near: fun(V, R, lambda u, epsilon: 1)}
    any_modulus = fun(R, lambda epsilon: 1)
    linear_along = forall(V, lambda u: derivative_along(LINE.value, zero, e1, u, any_modulus))
    return THE_ONLY_ONE.inhabited_by(at, by=[for_each(linear_along, u, epsilon, h)])


# -------- in the plane its components are the partial derivatives
i, j = vector("i j")
w, b, x, y, by_w, by_b = real("w b x y by_w by_b")
delta_w, delta_b = function("delta_w delta_b", R >> R)
in_w, in_b = fun(R, lambda w: L(w * i + b * j)), fun(R, lambda b: L(w * i + b * j))
point, gradient = w * i + b * j, x * i + y * j
BY_COMPONENTS = Claim(
    for_all=[L, i, j, w, b, x, y, by_w, by_b, delta, delta_w, delta_b],
    given={
        "i and j are orthonormal": orthonormal(i, j),
        "L is differentiable at theta": differentiable(L, point, gradient, delta),
        "by_w is the partial derivative in w": differentiable(in_w, w, by_w, delta_w),
        "by_b is the partial derivative in b": differentiable(in_b, b, by_b, delta_b),
    },
    then=(x == by_w) & (y == by_b),
)


def component(axis, partial, at, value, modulus):
    """grad.axis = value: both are the derivative of the partial function, L along the axis."""
    a01 = instance(theorem_derivative(), L=L, w0=point, g=gradient, delta=delta, s=axis)
    slope = inner(gradient, axis)
    same = gradient_is_unique(
        partial, at, gradient=slope, modulus=modulus_along(delta, axis),
        other=value, other_modulus=modulus,
    )  # fmt: skip
    return entails(BY_COMPONENTS.hypotheses, slope == value, by=[a01, same])


def theorem_by_components():
    """x = grad.i = by_w and y = grad.j = by_b."""
    first, second = component(i, in_w, w, by_w, delta_w), component(j, in_b, b, by_b, delta_b)
    return BY_COMPONENTS.proved(by=[first, second])


def inhabited_by_components():
    """L = e1.(w e1 + b e2) = w at 0, with the partial derivatives 1 and 0."""
    at = LINE.at(zero, loss=L, modulus=delta) | {i: e1, j: e2, x: 1, y: 0}
    in_w_alone = RAMP.at(0, point=w, gradient=by_w, modulus=delta_w)
    in_b_alone = LEVEL_ON_THE_LINE.at(0, point=b, gradient=by_b, modulus=delta_b)
    return BY_COMPONENTS.inhabited_by(at | in_w_alone | in_b_alone)
