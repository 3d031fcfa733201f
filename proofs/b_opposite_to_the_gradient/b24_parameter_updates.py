"""b24. The parameters are updated by w - eta dL/dw and b - eta dL/db.

Claim     theta_new = theta + eta u with u = -grad means w_new = w - eta dL/dw and
          b_new = b - eta dL/db.
Article   B:58-59: the equations by which the parameters are updated; they agree with what went
          before.
Idea      The components of grad are the partial derivatives (b10), and to update theta is to update
          each component (b01). With -grad put in for u, the rule is that of a01:
          theta_new = theta - eta grad.
Notation  i and j, the axes of the plane: theta = w i + b j, grad = x i + y j and
          theta_new = w_new i + b_new j; by_w and by_b, the partial derivatives of L at theta.
Verdict   HOLDS, where both partial derivatives are taken at the old theta: to use the new w for the
          new b is another rule. The step has the length eta |grad|, since u is no unit vector.
"""

from proofs.a_why_gradient_descent_works.a01_update_rule import theorem_step
from proofs.b_opposite_to_the_gradient.b10_gradient import theorem_by_components
from proofs.losses.lines import LEVEL_ON_THE_LINE, LINE, RAMP
from proofs.losses.parabolas import DIAGONAL
from proofs.prelude import *

L, delta = function("L", V >> R), function("delta", R >> R)
delta_w, delta_b = function("delta_w delta_b", R >> R)
i, j = vector("i j")
w, b, x, y, by_w, by_b, eta, w_new, b_new = real("w b x y by_w by_b eta w_new b_new")

point, grad_there = w * i + b * j, x * i + y * j
in_w, in_b = fun(R, lambda w: L(w * i + b * j)), fun(R, lambda b: L(w * i + b * j))
CLAIM = Claim(
    for_all=[L, i, j, w, b, x, y, by_w, by_b, delta, delta_w, delta_b, eta, w_new, b_new],
    given={
        "i and j are orthonormal": orthonormal(i, j),
        "L is differentiable at theta": differentiable(
            L, at=point, gradient=grad_there, modulus=delta
        ),
        "by_w is the partial derivative in w": differentiable(
            in_w, at=w, gradient=by_w, modulus=delta_w
        ),
        "by_b is the partial derivative in b": differentiable(
            in_b, at=b, gradient=by_b, modulus=delta_b
        ),
    },
    then=iff(
        w_new * i + b_new * j == point + eta * -grad_there,
        (w_new == w - eta * by_w) & (b_new == b - eta * by_b),
    ),
)


def theorem_parameter_updates():
    """x = dL/dw and y = dL/db by b10; and two vectors are equal exactly if both components are."""
    theta = {"L": L, "i": i, "j": j, "w": w, "b": b, "delta": delta}
    grad = {"x": x, "y": y, "by_w": by_w, "by_b": by_b, "delta_w": delta_w, "delta_b": delta_b}
    return CLAIM.proved(by=[instance(theorem_by_components(), **theta, **grad)])


def inhabited_by_a_linear_loss():
    """L(w e1 + b e2) = w at 0, with the partial derivatives 1 and 0, and eta = 1."""
    in_the_plane = LINE.at(zero, loss=L, modulus=delta) | {i: e1, j: e2, w: 0, b: 0, x: 1, y: 0}
    along_i = RAMP.at(0, gradient=by_w, modulus=delta_w)
    along_j = LEVEL_ON_THE_LINE.at(0, gradient=by_b, modulus=delta_b)
    return CLAIM.inhabited_by(in_the_plane | along_i | along_j | {eta: 1, w_new: -1, b_new: 0})


# -------- as the rule of a01
theta, theta_new, u, grad = vector("theta theta_new u grad")

RULE_OF_A01 = Claim(
    for_all=[theta, theta_new, u, grad, eta],
    given={
        "u is opposite to the gradient": u == -grad,
        "the update rule": theta_new == theta + eta * u,
        "eta is positive": eta > 0,
    },
    then=(theta_new == theta - eta * grad) & (norm(theta_new - theta) == eta * norm(grad)),
)
TO_MINUS_TWO = {theta: zero, theta_new: -2 * e1, u: -2 * e1, grad: 2 * e1, eta: 1}


def theorem_rule_of_a01():
    """theta_new = theta - eta grad is the rule of a01, with the step theta_new - theta."""
    rule = replaced(lambda direction: theta_new == theta + eta * direction, u, -grad)
    step = {"w0": theta, "w1": theta_new, "s": theta_new - theta, "g": grad, "alpha": eta}
    return RULE_OF_A01.proved(by=[rule, instance(theorem_step(), **step)])


def inhabited_rule_of_a01():
    """grad = 2 e1 and eta = 1 lead from 0 to -2 e1."""
    return RULE_OF_A01.inhabited_by(TO_MINUS_TWO)


# -------- u as a unit vector
MISREADING_UNIT_VECTOR = RULE_OF_A01.but(then=norm(u) == 1)


def counterexample_misreading_unit_vector():
    """There u = -2 e1 has the length 2."""
    return MISREADING_UNIT_VECTOR.fails(TO_MINUS_TWO)


# -------- one parameter after the other
gradient, modulus = function("gradient", V >> V), function("delta", (V, R) >> R)
at_theta, with_new_w = gradient(point), gradient(w_new * i + b * j)

MISREADING_ONE_AFTER_THE_OTHER = Claim(
    for_all=[L, gradient, modulus, i, j, w, b, eta, w_new, b_new],
    given={
        "L has the gradient everywhere": differentiable_everywhere(L, gradient, modulus),
        "i and j are orthonormal": orthonormal(i, j),
        "w is updated first": w_new == w - eta * inner(i, at_theta),
        "b is updated then": b_new == b - eta * inner(j, with_new_w),
    },
    then=w_new * i + b_new * j == point - eta * at_theta,
)


def counterexample_misreading_one_after_the_other():
    """(w + b)^2 / 2 at (1, 0), eta = 1: together they go to (0, -1), one after the other to 0."""
    at = DIAGONAL.at(e1, loss=L, gradient=gradient, modulus=modulus)
    step = {i: e1, j: e2, w: 1, b: 0, eta: 1, w_new: 0, b_new: 0}
    return MISREADING_ONE_AFTER_THE_OTHER.fails(at | step)
