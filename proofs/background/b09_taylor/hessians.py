"""The first derivatives of a loss along u: u.grad and u.Hess(u), where Hess is the derivative of
the gradient.

Rudin, Principles of Mathematical Analysis, 9.15 (the chain rule).
"""

from functools import cache

from proofs.definitions import (
    derivative, derivative_of_gradient, derivatives_at_zero, derivatives_up_to, differentiable,
    differentiable_everywhere,
)  # fmt: skip
from proofs.kernel import (
    N, R, Term, Theorem, V, all_of, choose, entails, forall, fun, function, generalize, implies,
    inner, instance, norm, real, replaced, substitute, vector, zero,
)  # fmt: skip
from proofs.background.b09_taylor.calculus import at, equal_at_a_point, exact, slopes_of_equals
from proofs.lemmas.derivatives import gradient_is_unique
from proofs.lemmas.descents import for_each
from proofs.background.b09_taylor.higher_derivatives import row
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling

grad, hess = function("grad hess", V >> V)
D, near = function("D", (N, R) >> R), function("near", (R, R) >> R)
f, slope, a, mu = (
    function("f", R >> R),
    function("slope", R >> R),
    function("a", N >> R),
    function("mu", R >> R),
)
theta, u = vector("theta u")
t, h, epsilon, curvature = real("t h epsilon curvature")


def slope_along(grad: Term, theta: Term, u: Term) -> Term:
    """t |-> u.grad(theta + t u)."""
    return fun(R, lambda t: inner(u, grad(theta + t * u)))


def curvature_modulus(mu: Term, u: Term) -> Term:
    """epsilon |-> mu(epsilon / (|u|^2 + 1)) / (|u| + 1)."""
    return fun(R, lambda epsilon: mu(epsilon / (norm(u) ** 2 + 1)) / (norm(u) + 1))


@cache
def linear_along() -> Theorem:
    """{hess is linear} |- u.hess(h u) = h u.hess(u), since hess(0) = hess(0) + hess(0) = 0."""
    is_linear = derivative_of_gradient(grad, theta, hess, mu).args[0].args[0]
    moved = hess(zero) + h * hess(u)
    split = replaced(lambda v: inner(u, v) == inner(u, moved), moved, hess(h * u))
    doubled = replaced(
        lambda v: inner(u, v) == 2 * inner(u, hess(zero)), 2 * hess(zero), hess(zero)
    )
    by = [split, doubled, instance(is_linear, zero, h, u), instance(is_linear, zero, 1, zero)]
    return entails([is_linear], inner(u, hess(h * u)) == h * inner(u, hess(u)), by=by)


@cache
def curvature_along() -> Theorem:
    """{hess is the derivative of grad at theta} |- u.grad(theta + t u) has the derivative u.hess(u)
    at t = 0.

    It errs by at most |u| r |h u| = r |u|^2 |h|, where r = epsilon / (|u|^2 + 1).
    """
    twice = derivative_of_gradient(grad, theta, hess, mu)
    size, length, reach, missed = real("size length reach missed")
    r = epsilon / (size**2 + 1)
    sizes = [epsilon > 0, size >= 0, length >= 0]
    small = entails([*sizes, missed <= r * (length * size)], size * missed <= epsilon * length)
    positive = entails([*sizes, reach > 0], (r > 0) & (reach / (size + 1) > 0))
    within = entails([*sizes, reach > 0, length < reach / (size + 1)], length * size < reach)
    error = grad(theta + h * u) - grad(theta) - hess(h * u)
    share = epsilon / (norm(u) ** 2 + 1)
    values = {size: norm(u), length: abs(h), reach: mu(share), missed: norm(error)}
    there = instance(twice.args[0].args[1], share, h * u)
    by = [substitute(theorem, values) for theorem in (small, positive, within)]
    by += [there, linear_along(), norm_scaling(h, u), cauchy_schwarz(u, error)]
    goal = differentiable(
        slope_along(grad, theta, u), 0, inner(u, hess(u)), curvature_modulus(mu, u)
    )
    return for_each(goal, epsilon, h, given=[twice], by=by)


@cache
def first_derivatives() -> Theorem:
    """{f' = slope, slope has the derivative `curvature` at 0} |- a(0) = f(0), a(1) = slope(0) and
    a(2) = curvature.

    Here a(k) are the derivatives of f at 0 up to order 2: there is only one of each.
    """
    chain, bent = derivatives_up_to(2, f, D), differentiable(slope, 0, curvature, mu)
    value, up = chain.args[0].args
    below = [instance(up, 0), instance(up, 1)]
    starts = generalize(entails([chain], D(0, t) == f(t), by=[instance(value, t)]), t)
    same = slopes_of_equals(row(D, 0), row(D, 1), f, slope)
    given = [chain, derivative(f, slope)]
    first = entails(given, same.goal, by=[same, starts, *below])
    second = differentiable_everywhere(row(D, 1), row(D, 2), near)
    moved = equal_at_a_point(row(D, 1), 0, D(2, 0), at(near, 0), slope, D(2, 0))
    unique = gradient_is_unique(slope, 0, D(2, 0), at(near, 0), curvature, mu)
    last = entails(
        [*given, bent, second], D(2, 0) == curvature, by=[first, moved, unique, instance(second, 0)]
    )
    twice = choose(entails([chain], derivative(row(D, 1), row(D, 2)), by=below), last, near)
    starting = derivatives_at_zero(2, f, a)
    known = forall(N, lambda k: implies(k <= 2, D(k, 0) == a(k)))
    goal = all_of(a(0) == f(0), a(1) == slope(0), a(2) == curvature)
    by = [
        twice,
        first,
        instance(first.goal, 0),
        instance(value, 0),
        *(instance(known, k) for k in range(3)),
    ]
    return choose(exact(starting), entails([*given, bent, known], goal, by=by), D)


def first_coefficients(
    loss: Term, gradient: Term, hessian: Term, start: Term, step: Term, modulus: Term
) -> Theorem:
    """a(0) = L(theta), a(1) = u.grad(theta) and a(2) = u.hess(u), for the symbol a.

    The hypotheses are `derivatives_at_zero(2, ., a)` of t |-> L(theta + t u), that its derivative
    is `slope_along`, and that hess is the derivative of grad at theta.
    """
    along, slopes = fun(R, lambda t: loss(start + t * step)), slope_along(gradient, start, step)
    values = {
        f: along,
        slope: slopes,
        curvature: inner(step, hessian(step)),
        mu: curvature_modulus(modulus, step),
    }
    rule = substitute(first_derivatives(), values)
    bent = substitute(
        curvature_along(), {grad: gradient, hess: hessian, theta: start, u: step, mu: modulus}
    )
    return entails([*bent.hypotheses, *rule.hypotheses[:2]], rule.goal, by=[rule, bent])


ZERO, ZERO_FIELD = fun(V, lambda w: 0), fun(V, lambda w: zero)
ANY_DELTA, ANY_MU = fun(V, R, lambda w, epsilon: 1), fun(R, lambda epsilon: 1)


def zero_is_smooth() -> list[Theorem]:
    """The loss 0 has the gradient 0 everywhere, and that has the derivative 0."""
    w, v, s = vector("w v s")
    twice = derivative_of_gradient(ZERO_FIELD, zero, ZERO_FIELD, ANY_MU)
    is_linear, small = twice.args[0].args
    return [
        for_each(differentiable_everywhere(ZERO, ZERO_FIELD, ANY_DELTA), w, epsilon, s),
        for_each(is_linear, w, h, v), for_each(small, epsilon, s),
    ]  # fmt: skip
