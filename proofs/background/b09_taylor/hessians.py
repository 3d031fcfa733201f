"""The first derivatives of a loss along u: u.grad and u.Hess(u), where Hess is the derivative of
the gradient.

Rudin, Principles of Mathematical Analysis, 9.15 (the chain rule).
"""

from functools import cache

from proofs.background.b09_taylor.derivative_rules import (
    assumed, equal_functions_have_equal_derivatives, modulus_at,
)  # fmt: skip
from proofs.background.b09_taylor.higher_derivatives import (
    begins_with, each_derives_the_last, row_and_next, values_at_zero,
)  # fmt: skip
from proofs.background.b09_taylor.slopes_at_a_point import slope_of_equal_function
from proofs.lemmas.derivatives import gradient_is_unique, modulus_along
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.prelude import *

grad, hess = function("grad hess", V >> V)
D, near = function("D", (N, R) >> R), function("near", (R, R) >> R)
f, slope, mu = function("f slope mu", R >> R)
a = function("a", N >> R)
theta, u = vector("theta u")
t, h, epsilon, curvature = real("t h epsilon curvature")

IS_HESSIAN = derivative_of_gradient(grad, theta, hess, mu)


# ------------------------------------------------------ L(theta + t u) has the slope u.grad
def slope_along(grad: Term, theta: Term, u: Term) -> Term:
    """t |-> u.grad(theta + t u)."""
    return fun(R, lambda t: inner(u, grad(theta + t * u)))


def line_has_its_slope(
    at_a_point: Theorem, L: Term, grad: Term, delta: Term, theta: Term, u: Term
) -> Theorem:
    """{L has the gradient grad} |- t |-> L(theta + t u) has the derivative `slope_along`.

    `at_a_point` says that t |-> L(w0 + t s) has at t = 0 the derivative g.s: theorem_derivative of
    a01. It is asked at each point w0 = theta + t u, about the step u.
    """
    smooth, there = differentiable_everywhere(L, grad, delta), theta + t * u
    delta_there = fun(R, lambda epsilon: delta(there, epsilon))
    here = instance(at_a_point, L=L, w0=there, g=grad(there), delta=delta_there, s=u)
    local = derivative_along(L, there, grad(there), u, modulus_along(delta_there, u))
    at_t = entails([smooth], local, by=[here, instance(smooth, w=there)])
    longer = norm(u) + 1
    near = fun(R, R, lambda t, epsilon: delta(theta + t * u, epsilon / longer) / longer)
    line, slopes = fun(R, lambda t: L(theta + t * u)), slope_along(grad, theta, u)
    everywhere, goal = differentiable_everywhere(line, slopes, near), derivative(line, slopes)
    each = for_each(everywhere, t, epsilon, h, given=[smooth], by=[instance(at_t, epsilon, h)])
    return entails([smooth], goal, by=[witnessed(goal, near), each])


# ------------------------------------------------------------------ u.grad has the slope u.hess(u)


def curvature_modulus(mu: Term, u: Term) -> Term:
    """epsilon |-> mu(epsilon / (|u|^2 + 1)) / (|u| + 1)."""
    return fun(R, lambda epsilon: mu(epsilon / (norm(u) ** 2 + 1)) / (norm(u) + 1))


@cache
def hessian_of_a_multiple() -> Theorem:
    """{hess is linear} |- u.hess(h u) = h u.hess(u), since hess(0) = hess(0) + hess(0) = 0."""
    moved, doubled = hess(zero) + h * hess(u), 2 * hess(zero)
    split = replaced(lambda v: inner(u, v) == inner(u, moved), moved, hess(h * u))
    none = replaced(lambda v: inner(u, v) == 2 * inner(u, hess(zero)), doubled, hess(zero))
    by = [split, none, instance(linear(hess), u=zero, c=h, v=u)]
    by += [instance(linear(hess), u=zero, c=1, v=zero)]
    return entails([linear(hess)], inner(u, hess(h * u)) == h * inner(u, hess(u)), by=by)


@cache
def curvature_along() -> Theorem:
    """{IS_HESSIAN} |- u.grad(theta + t u) has the derivative u.hess(u) at t = 0.

    It errs by at most |u| r |h u| = r |u|^2 |h|, where r = epsilon / (|u|^2 + 1).
    """
    size, length, reach, missed = real("size length reach missed")
    r, sizes = epsilon / (size**2 + 1), [epsilon > 0, size >= 0, length >= 0]
    small = entails([*sizes, missed <= r * (length * size)], size * missed <= epsilon * length)
    positive = entails([*sizes, reach > 0], (r > 0) & (reach / (size + 1) > 0))
    within = entails([*sizes, reach > 0, length < reach / (size + 1)], length * size < reach)
    error = grad(theta + h * u) - grad(theta) - hess(h * u)
    share = epsilon / (norm(u) ** 2 + 1)
    values = {size: norm(u), length: abs(h), reach: mu(share), missed: norm(error)}
    by = [substitute(theorem, values) for theorem in (small, positive, within)]
    by += [instance(gradient_is_modelled(grad, theta, hess, mu), epsilon=share, s=h * u)]
    by += [hessian_of_a_multiple(), norm_scaling(h, u), cauchy_schwarz(u, error)]
    bent = inner(u, hess(u))
    goal = differentiable(slope_along(grad, theta, u), 0, bent, curvature_modulus(mu, u))
    return for_each(goal, epsilon, h, given=[IS_HESSIAN], by=by)


def gradient_is_modelled(grad: Term, theta: Term, hess: Term, mu: Term) -> Term:
    """What `derivative_of_gradient` says besides that hess is linear."""

    def small(epsilon: Term, s: Term) -> Term:
        error = norm(grad(theta + s) - grad(theta) - hess(s))
        near = implies(norm(s) < mu(epsilon), error <= epsilon * norm(s))
        return implies(epsilon > 0, (mu(epsilon) > 0) & near)

    return forall(R, V, small)


# ----------------------------------------------------------------------- a(0), a(1) and a(2) of f
UP_TO_TWO = derivatives_up_to(2, f, D)
SLOPE_IS_BENT = differentiable(slope, 0, curvature, mu)


@cache
def first_row_is_the_slope() -> Theorem:
    """{f' = slope} |- D(1, .) = slope, if D are the derivatives of f up to order 2."""
    begins = instance(begins_with(D, f), t)
    starts = generalize(entails([UP_TO_TWO], D(0, t) == f(t), by=[begins]), t)
    same = equal_functions_have_equal_derivatives(row_and_next(D, 0), (f, slope))
    derived = instance(each_derives_the_last(D, 2), 0)
    return entails([UP_TO_TWO, derivative(f, slope)], same.goal, by=[same, starts, derived])


@cache
def second_row_is_the_curvature() -> Theorem:
    """Then D(2, 0) = curvature, if slope has the derivative `curvature` at 0."""
    (first, second), at_zero = row_and_next(D, 1), modulus_at(near, 0)
    smooth = differentiable_everywhere(first, second, near)
    moved = slope_of_equal_function((first, 0, D(2, 0), at_zero), slope, D(2, 0))
    unique = gradient_is_unique(slope, 0, D(2, 0), at_zero, curvature, mu)
    given = [UP_TO_TWO, derivative(f, slope), SLOPE_IS_BENT]
    by = [first_row_is_the_slope(), moved, unique, instance(smooth, 0)]
    last, bent = entails([*given, smooth], D(2, 0) == curvature, by=by), derivative(first, second)
    known = entails([UP_TO_TWO], bent, by=[instance(each_derives_the_last(D, 2), 1)])
    return choose(known, last, near)


@cache
def first_derivatives() -> Theorem:
    """{f' = slope, SLOPE_IS_BENT} |- a(0) = f(0), a(1) = slope(0), a(2) = curvature.

    Here a(k) are the derivatives of f at 0 up to order 2: there is only one of each.
    """
    known = values_at_zero(D, a, 2)
    first, second = first_row_is_the_slope(), second_row_is_the_curvature()
    by = [second, first, instance(first.goal, 0), instance(begins_with(D, f), 0)]
    by += [instance(known, k) for k in range(3)]
    given = [UP_TO_TWO, derivative(f, slope), SLOPE_IS_BENT, known]
    goal = all_of(a(0) == f(0), a(1) == slope(0), a(2) == curvature)
    return choose(assumed(derivatives_at_zero(2, f, a)), entails(given, goal, by=by), D)


def first_coefficients(
    loss: Term, gradient: Term, hessian: Term, start: Term, step: Term, modulus: Term
) -> Theorem:
    """a(0) = L(theta), a(1) = u.grad(theta) and a(2) = u.hess(u), for the symbol a.

    The hypotheses are `derivatives_at_zero(2, ., a)` of t |-> L(theta + t u), that its derivative
    is `slope_along`, and that hess is the derivative of grad at theta.
    """
    line, slopes = fun(R, lambda t: loss(start + t * step)), slope_along(gradient, start, step)
    values = {f: line, slope: slopes, curvature: inner(step, hessian(step))}
    rule = substitute(first_derivatives(), values | {mu: curvature_modulus(modulus, step)})
    here = {grad: gradient, hess: hessian, theta: start, u: step, mu: modulus}
    bent, given = substitute(curvature_along(), here), [derivatives_at_zero(2, line, a)]
    given += [derivative(line, slopes), *bent.hypotheses]
    return entails(given, rule.goal, by=[rule, bent])


NO_HESSIAN, ANY_MODULUS = fun(V, lambda w: zero), fun(R, lambda epsilon: 1)


def no_gradient_has_no_hessian() -> list[Theorem]:
    """The gradient 0 has at 0 the derivative 0."""
    u, v, s = vector("u v s")
    small = gradient_is_modelled(NO_HESSIAN, zero, NO_HESSIAN, ANY_MODULUS)
    return [for_each(linear(NO_HESSIAN), u, h, v), for_each(small, epsilon, s)]
