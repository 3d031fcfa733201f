"""What becomes of gradient descent when the loss, or its parameters, are measured in another unit,
c > 0.

    M(w) = c L(w)       has the gradient  c grad(w),    with the Lipschitz constant  c lipschitz
    M(w) = L(c w)       has the gradient  c grad(c w),  with the Lipschitz constant  c^2 lipschitz

by the chain rule (Rudin, Principles of Mathematical Analysis, 9.15). A run of gradient descent on L
is one on c L with the learning rate divided by c. A run on w |-> L(c w), multiplied by c, is one on
L with c^2 times the learning rate.

The theorems speak of the symbol c, and hold under c > 0.
"""

from collections.abc import Sequence

from proofs.prelude import *

c, epsilon = real("c epsilon")
v, w, s = vector("v w s")
k = natural("k")


def scaled_loss(loss: Term, gradient: Term, modulus: Term) -> tuple[Term, Term, Term]:
    """w |-> c L(w), with its gradient and its modulus."""
    return (
        fun(V, lambda w: c * loss(w)),
        fun(V, lambda w: c * gradient(w)),
        fun(V, R, lambda w, epsilon: modulus(w, epsilon / c)),
    )


def scaled_parameters(loss: Term, gradient: Term, modulus: Term) -> tuple[Term, Term, Term]:
    """w |-> L(c w), with its gradient and its modulus."""
    return (
        fun(V, lambda w: loss(c * w)),
        fun(V, lambda w: c * gradient(c * w)),
        fun(V, R, lambda w, epsilon: modulus(c * w, epsilon / c) / c),
    )


def equivalent(
    one: Term, other: Term, *variables: Term, there: Sequence[Theorem], back: Sequence[Theorem]
) -> Theorem:
    """{c > 0} |- `one` holds exactly where `other` does.

    Both are statements for all `variables`; `other` follows by `there`, and `one` by `back`.
    """
    forth = for_each(other, *variables, given=[c > 0, one], by=there)
    again = for_each(one, *variables, given=[c > 0, other], by=back)
    return entails([c > 0], iff(one, other), by=[forth, again])


# -------- c L
def gradient_of_scaled_loss(loss: Term, gradient: Term, modulus: Term) -> Theorem:
    """{c > 0, that of L is grad} |- the gradient of M = c L is c grad.

    M(w + s) - M(w) - c grad(w).s is c times what it is for L.
    """
    smooth = differentiable_everywhere(loss, gradient, modulus)
    scaled = differentiable_everywhere(*scaled_loss(loss, gradient, modulus))
    model = instance(smooth, w=w, epsilon=epsilon / c, s=s)
    return for_each(scaled, w, epsilon, s, given=[c > 0, smooth], by=[model])


def constant_of_scaled_loss(gradient: Term, constant: Term) -> Theorem:
    """{c > 0} |- grad has the constant `constant` exactly where c grad has c times that."""
    steady = lipschitz_gradient(gradient, constant)
    scaled = lipschitz_gradient(fun(V, lambda w: c * gradient(w)), c * constant)
    there, back = instance(steady, v=v, w=w), instance(scaled, v=v, w=w)
    return equivalent(steady, scaled, v, w, there=[there], back=[back])


def runs_on_scaled_loss(points: Term, gradient: Term, rate: Term) -> Theorem:
    """{c > 0} |- a run along grad with `rate` is one along c grad with rate / c."""
    run = gradient_descent(points, gradient, rate)
    scaled = gradient_descent(points, fun(V, lambda w: c * gradient(w)), rate / c)
    return equivalent(run, scaled, k, there=[instance(run, k)], back=[instance(scaled, k)])


# -------- w |-> L(c w)
def gradient_of_scaled_parameters(loss: Term, gradient: Term, modulus: Term) -> Theorem:
    """{c > 0, that of L is grad} |- the gradient of M(w) = L(c w) is c grad(c w).

    M(w + s) - M(w) - c grad(c w).s is what the linear model of L at c w misses of the step c s.
    """
    smooth = differentiable_everywhere(loss, gradient, modulus)
    scaled = differentiable_everywhere(*scaled_parameters(loss, gradient, modulus))
    model = instance(smooth, w=c * w, epsilon=epsilon / c, s=c * s)
    return for_each(scaled, w, epsilon, s, given=[c > 0, smooth], by=[model])


def constant_of_scaled_parameters(gradient: Term, constant: Term) -> Theorem:
    """{c > 0} |- grad has the constant `constant` exactly where w |-> c grad(c w) has c^2 times it.

    For the converse, v and w are c times v/c and w/c.
    """
    steady = lipschitz_gradient(gradient, constant)
    scaled = lipschitz_gradient(fun(V, lambda w: c * gradient(c * w)), c**2 * constant)
    p, q = v / c, w / c
    bound = constant * norm(v - w)
    apart = norm(gradient(c * p) - gradient(c * q)) <= bound
    back = [
        entails([c > 0, scaled], apart, by=[instance(scaled, v=p, w=q)]),
        replaced(lambda y: norm(gradient(y) - gradient(c * q)) <= bound, c * p, v),
        replaced(lambda y: norm(gradient(v) - gradient(y)) <= bound, c * q, w),
    ]
    there = instance(steady, v=c * v, w=c * w)
    return equivalent(steady, scaled, v, w, there=[there], back=back)


def runs_on_scaled_parameters(points: Term, gradient: Term, rate: Term) -> Theorem:
    """{c > 0} |- a run along c grad(c w) with `rate`, times c, is one along grad with c^2 rate."""
    scaled = gradient_descent(points, fun(V, lambda w: c * gradient(c * w)), rate)
    run = gradient_descent(fun(N, lambda k: c * points(k)), gradient, c**2 * rate)
    return equivalent(scaled, run, k, there=[instance(scaled, k)], back=[instance(run, k)])
