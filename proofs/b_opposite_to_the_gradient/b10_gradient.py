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
from proofs.claims import Claim
from proofs.definitions import derivative_along, differentiable, orthonormal
from proofs.kernel import (
    R,
    V,
    e1,
    e2,
    entails,
    forall,
    fun,
    function,
    inner,
    instance,
    norm,
    real,
    vector,
    zero,
)
from proofs.lemmas.derivatives import gradient_is_unique
from proofs.lemmas.descents import for_each
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus

L, delta, near = function("L", V >> R), function("delta", R >> R), function("near", (V, R) >> R)
delta_w, delta_b = function("delta_w delta_b", R >> R)
theta, grad, other, u, i, j, s = vector("theta grad other u i j s")
w, b, x, y, by_w, by_b, epsilon, h = real("w b x y by_w by_b epsilon h")


def along(u):
    """The modulus of eta |-> L(theta + eta u) at 0 that a01 finds."""
    return fun(R, lambda epsilon: delta(epsilon / (norm(u) + 1)) / (norm(u) + 1))


SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
CLAIM = Claim(
    for_all=[L, theta, grad, delta],
    given={"L is differentiable at theta": SMOOTH},
    then=forall(V, lambda u: derivative_along(L, theta, grad, u, along(u))),
    defines="the gradient",
)
THE_ONLY_ONE = CLAIM.but(
    for_all=[L, theta, grad, delta, other, near],
    given={
        "other gives the same derivatives": forall(
            V,
            lambda u: derivative_along(
                L, theta, other, u, fun(R, lambda epsilon: near(u, epsilon))
            ),
        )
    },
    then=other == grad,
)
in_w, in_b = fun(R, lambda w: L(w * i + b * j)), fun(R, lambda b: L(w * i + b * j))
PARTIAL_DERIVATIVES = {
    "i and j are orthonormal": orthonormal(i, j),
    "L is differentiable at theta": differentiable(
        L, at=w * i + b * j, gradient=x * i + y * j, modulus=delta
    ),
    "by_w is the partial derivative in w": differentiable(
        in_w, at=w, gradient=by_w, modulus=delta_w
    ),
    "by_b is the partial derivative in b": differentiable(
        in_b, at=b, gradient=by_b, modulus=delta_b
    ),
}
BY_COMPONENTS = Claim(
    for_all=[L, i, j, w, b, x, y, by_w, by_b, delta, delta_w, delta_b],
    given=PARTIAL_DERIVATIVES,
    then=(x == by_w) & (y == by_b),
)


def theorem_derivative_along_every_u():
    """This is a01, where u is the step s."""
    along_u = instance(theorem_derivative(), L, theta, grad, delta, u)
    return CLAIM.proved(by=[for_each(CLAIM.then, u, given=[SMOOTH], by=[along_u])])


def theorem_the_only_one():
    """Along u = grad - other the derivative is grad.u and other.u, so |grad - other|^2 = 0."""
    d = grad - other
    line, their_near = fun(R, lambda t: L(theta + t * d)), fun(R, lambda epsilon: near(d, epsilon))
    same = gradient_is_unique(line, 0, inner(grad, d), along(d), inner(other, d), their_near)
    along_d = [
        instance(theorem_derivative(), L, theta, grad, delta, d),
        instance(THE_ONLY_ONE.hypotheses[1], d),
    ]
    return THE_ONLY_ONE.proved(by=[same, *along_d])


def component(axis, partial, at, value, modulus):
    """grad.axis = value: both are the derivative of the partial function `partial`, which is L
    along the axis.
    """
    point, gradient = w * i + b * j, x * i + y * j
    along_axis = instance(theorem_derivative(), L, point, gradient, delta, axis)
    same = gradient_is_unique(partial, at, inner(gradient, axis), along(axis), value, modulus)
    return entails(BY_COMPONENTS.hypotheses, inner(gradient, axis) == value, by=[along_axis, same])


def theorem_by_components():
    """x = grad.i = by_w and y = grad.j = by_b."""
    return BY_COMPONENTS.proved(
        by=[component(i, in_w, w, by_w, delta_w), component(j, in_b, b, by_b, delta_b)]
    )


LINEAR = fun(V, lambda theta: inner(e1, theta))
AT_ZERO = {L: LINEAR, theta: zero, grad: e1, delta: quadratic_modulus(1)}


def inequality_linear_loss():
    """L = e1.theta has the gradient e1 at 0."""
    return differentiable_by_remainder(LINEAR, zero, e1, 1, s)


def inhabited_by_a_linear_loss():
    """e1.theta."""
    return CLAIM.inhabited_by(AT_ZERO, by=[inequality_linear_loss()])


def inhabited_the_only_one():
    """e1.theta, with e1 for the other vector as well: along every u the loss is linear, and any
    delta does.
    """
    near_one = fun(V, R, lambda u, epsilon: 1)
    on_lines = forall(V, lambda u: derivative_along(LINEAR, zero, e1, u, fun(R, lambda epsilon: 1)))
    by = [inequality_linear_loss(), for_each(on_lines, u, epsilon, h)]
    return THE_ONLY_ONE.inhabited_by({**AT_ZERO, other: e1, near: near_one}, by)


def inhabited_by_components():
    """e1.(w e1 + b e2) = w, with the partial derivatives 1 and 0."""
    at = {**AT_ZERO, i: e1, j: e2, w: 0, b: 0, x: 1, y: 0, by_w: 1, by_b: 0}
    at |= {delta_w: quadratic_modulus(1), delta_b: quadratic_modulus(1)}
    by_1 = differentiable_by_remainder(fun(R, lambda w: w), 0, 1, 1, h)
    by_0 = differentiable_by_remainder(fun(R, lambda b: 0), 0, 0, 1, h)
    return BY_COMPONENTS.inhabited_by(at, by=[inequality_linear_loss(), by_1, by_0])
