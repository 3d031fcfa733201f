"""b24. The parameters are updated by w - eta dL/dw and b - eta dL/db.

Claim     theta_new = theta + eta u with u = -grad means w_new = w - eta dL/dw and b_new = b - eta
          dL/db.
Article   B:58-59: the equations by which the parameters are updated; they agree with what went
          before.
Idea      The components of grad are the partial derivatives (b10), and to update theta is to update
          each component (b01). With -grad put in for u, the rule is that of a01: theta_new = theta
          - eta grad.
Notation  i and j, the axes of the plane: theta = w i + b j, grad = x i + y j and theta_new = w_new
          i + b_new j; by_w and by_b, the partial derivatives of L at theta.
Verdict   HOLDS, where both partial derivatives are taken at the old theta: to use the new w for the
          new b is another rule. The step has the length eta |grad|, since u is no unit vector.
"""

from proofs.a_why_gradient_descent_works.a01_update_rule import theorem_step
from proofs.b_opposite_to_the_gradient.b01_step_along_u import (
    theorem_by_components as theorem_by_components_of_u,
)
from proofs.b_opposite_to_the_gradient.b10_gradient import (
    L, PARTIAL_DERIVATIVES, b, by_b, by_w, delta, delta_b, delta_w, i, j, theorem_by_components, w,
    x, y,
)  # fmt: skip
from proofs.claims import Claim
from proofs.definitions import differentiable_everywhere, orthonormal
from proofs.kernel import (
    R,
    V,
    e1,
    e2,
    fun,
    function,
    iff,
    inner,
    instance,
    norm,
    real,
    replaced,
    vector,
    zero,
)
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from proofs.lemmas.smooth_losses import differentiable_everywhere_by_remainder, modulus_by_remainder

gradient, modulus = function("gradient", V >> V), function("modulus", (V, R) >> R)
theta, theta_new, u, grad, s = vector("theta theta_new u grad s")
eta, w_new, b_new, h = real("eta w_new b_new h")

CLAIM = Claim(
    for_all=[L, i, j, w, b, x, y, by_w, by_b, delta, delta_w, delta_b, eta, w_new, b_new],
    given=PARTIAL_DERIVATIVES,
    then=iff(
        w_new * i + b_new * j == (w * i + b * j) + eta * -(x * i + y * j),
        (w_new == w - eta * by_w) & (b_new == b - eta * by_b),
    ),
)
RULE_OF_A01 = Claim(
    for_all=[theta, theta_new, u, grad, eta],
    given={
        "u is opposite to the gradient": u == -grad,
        "the update rule": theta_new == theta + eta * u,
        "eta is positive": eta > 0,
    },
    then=(theta_new == theta - eta * grad) & (norm(theta_new - theta) == eta * norm(grad)),
)
MISREADING_UNIT_VECTOR = RULE_OF_A01.but(then=norm(u) == 1)

at_theta, with_new_w = gradient(w * i + b * j), gradient(w_new * i + b * j)
MISREADING_ONE_AFTER_THE_OTHER = Claim(
    for_all=[L, gradient, modulus, i, j, w, b, eta, w_new, b_new],
    given={
        "L has the gradient everywhere": differentiable_everywhere(L, gradient, modulus),
        "i and j are orthonormal": orthonormal(i, j),
        "w is updated first": w_new == w - eta * inner(i, at_theta),
        "b is updated then": b_new == b - eta * inner(j, with_new_w),
    },
    then=w_new * i + b_new * j == (w * i + b * j) - eta * at_theta,
)


def theorem_parameter_updates():
    """x = dL/dw and y = dL/db by b10; the rest is b01 with -x and -y for the components of u, or
    plain algebra.
    """
    partials = instance(
        theorem_by_components(), L, i, j, w, b, x, y, by_w, by_b, delta, delta_w, delta_b
    )
    rule = instance(theorem_by_components_of_u(), i, j, w, b, -x, -y, eta, w_new, b_new)
    return CLAIM.proved(by=[partials, rule])


def theorem_rule_of_a01():
    """theta_new = theta - eta grad is the rule of a01, with the step theta_new - theta."""
    rule = replaced(lambda direction: theta_new == theta + eta * direction, u, -grad)
    a01 = instance(theorem_step(), theta, theta_new, theta_new - theta, grad, eta)
    return RULE_OF_A01.proved(by=[rule, a01])


TO_ONE = {theta: zero, theta_new: -2 * e1, u: -2 * e1, grad: 2 * e1, eta: 1}


def inhabited_rule_of_a01():
    """grad = 2 e1 and eta = 1 lead from 0 to -2 e1."""
    return RULE_OF_A01.inhabited_by(TO_ONE)


def counterexample_unit_vector():
    """There u has the length 2."""
    return MISREADING_UNIT_VECTOR.fails(TO_ONE)


def inhabited_by_a_linear_loss():
    """L(w e1 + b e2) = w at 0, with the partial derivatives 1 and 0, and eta = 1."""
    linear, delta_one = fun(V, lambda theta: inner(e1, theta)), quadratic_modulus(1)
    at = {
        L: linear,
        i: e1,
        j: e2,
        w: 0,
        b: 0,
        x: 1,
        y: 0,
        by_w: 1,
        by_b: 0,
        eta: 1,
        w_new: -1,
        b_new: 0,
    }
    at |= {delta: delta_one, delta_w: delta_one, delta_b: delta_one}
    by = [differentiable_by_remainder(linear, zero, e1, 1, s)]
    by += [differentiable_by_remainder(fun(R, lambda w: w), 0, 1, 1, h)]
    by += [differentiable_by_remainder(fun(R, lambda b: 0), 0, 0, 1, h)]
    return CLAIM.inhabited_by(at, by)


def counterexample_one_after_the_other():
    """(w + b)^2 / 2 at (1, 0) with eta = 1: together they go to (0, -1), and one after the other to
    (0, 0).
    """
    loss, slope = (
        fun(V, lambda w: inner(e1 + e2, w) ** 2 / 2),
        fun(V, lambda w: inner(e1 + e2, w) * (e1 + e2)),
    )
    bound = fun(V, lambda w: 1)
    smooth = differentiable_everywhere_by_remainder(
        loss, slope, bound, lambda w, s: [cauchy_schwarz(e1 + e2, s)]
    )
    at = {L: loss, gradient: slope, modulus: modulus_by_remainder(bound), i: e1, j: e2}
    return MISREADING_ONE_AFTER_THE_OTHER.fails(
        {**at, w: 1, b: 0, eta: 1, w_new: 0, b_new: 0}, by=[smooth]
    )
