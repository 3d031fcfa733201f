"""What becomes of gradient descent when the loss, or its parameters, are measured in another unit,
c > 0.

    M(w) = c L(w)       has the gradient  c grad(w),    with the Lipschitz constant  c lipschitz
    M(w) = L(c w)       has the gradient  c grad(c w),  with the Lipschitz constant  c^2 lipschitz

by the chain rule (Rudin, Principles of Mathematical Analysis, 9.15). A run of gradient descent on L
is one on c L with the learning rate divided by c. A run on w |-> L(c w), multiplied by c, is one on
L with c^2 times the learning rate.
"""

from collections.abc import Iterable

from proofs.definitions import differentiable_everywhere, gradient_descent, lipschitz_gradient
from proofs.kernel import (
    N,
    R,
    Term,
    Theorem,
    V,
    entails,
    fun,
    iff,
    instance,
    natural,
    norm,
    real,
    replaced,
    vector,
)
from proofs.lemmas.descents import for_each
from proofs.lemmas.inner_products import norm_scaling

Loss = tuple[Term, Term, Term]

c, epsilon = real("c epsilon")
v, w, s = vector("v w s")
k = natural("k")


def scaled_loss(c: Term | int, loss: Term, gradient: Term, modulus: Term) -> Loss:
    """w |-> c L(w), with its gradient and its modulus."""
    return (
        fun(V, lambda w: c * loss(w)),
        fun(V, lambda w: c * gradient(w)),
        fun(V, R, lambda w, epsilon: modulus(w, epsilon / c)),
    )


def scaled_parameters(c: Term | int, loss: Term, gradient: Term, modulus: Term) -> Loss:
    """w |-> L(c w), with its gradient and its modulus."""
    return (
        fun(V, lambda w: loss(c * w)),
        fun(V, lambda w: c * gradient(c * w)),
        fun(V, R, lambda w, epsilon: modulus(c * w, epsilon / c) / c),
    )


def both_ways(
    one: Term, other: Term, variables: list[Term], there: Iterable[Theorem], back: Iterable[Theorem]
) -> Theorem:
    """{c > 0} |- `one` holds exactly where `other` does: statements for all `variables`, each from
    the other's.
    """
    forth = for_each(other, *variables, given=[c > 0, one], by=there)
    return entails(
        [c > 0],
        iff(one, other),
        by=[forth, for_each(one, *variables, given=[c > 0, other], by=back)],
    )


def scaled_loss_facts(
    loss: Term, gradient: Term, modulus: Term, constant: Term, points: Term, rate: Term
) -> list[Theorem]:
    """For c > 0, of M = c L: its gradient, from that of L; its Lipschitz constants; its runs, with
    rate / c.

    M(w + s) - M(w) - c grad(w).s is c times what it is for L.
    """
    smooth, scaled = (
        differentiable_everywhere(loss, gradient, modulus),
        scaled_loss(c, loss, gradient, modulus),
    )
    steady, scaled_steady = (
        lipschitz_gradient(gradient, constant),
        lipschitz_gradient(scaled[1], c * constant),
    )
    run, scaled_run = (
        gradient_descent(points, gradient, rate),
        gradient_descent(points, scaled[1], rate / c),
    )
    change = norm_scaling(c, gradient(v) - gradient(w))
    return [
        for_each(differentiable_everywhere(*scaled), w, epsilon, s, given=[c > 0, smooth],
                 by=[instance(smooth, w, epsilon / c, s)]),
        both_ways(steady, scaled_steady, [v, w],
                  [instance(steady, v, w), change], [instance(scaled_steady, v, w), change]),
        both_ways(run, scaled_run, [k], [instance(run, k)], [instance(scaled_run, k)]),
    ]  # fmt: skip


def constant_of_scaled_parameters(gradient: Term, constant: Term) -> Theorem:
    """{c > 0} |- grad has the constant `constant` exactly where w |-> c grad(c w) has c^2 times
    that.

    For the converse, v and w are c times v/c and w/c.
    """
    steady = lipschitz_gradient(gradient, constant)
    scaled = lipschitz_gradient(fun(V, lambda w: c * gradient(c * w)), c**2 * constant)
    longer = [norm_scaling(c, gradient(c * v) - gradient(c * w)), norm_scaling(c, v - w)]
    p, q = v / c, w / c
    shorter = [norm_scaling(c, gradient(c * p) - gradient(c * q)), norm_scaling(c, p - q)]
    bound = constant * norm(v - w)
    apart = norm(gradient(c * p) - gradient(c * q)) <= bound
    back = [
        entails([c > 0, scaled], apart, by=[instance(scaled, p, q), *shorter]),
        entails([c > 0], (c * p == v) & (c * q == w)),
        replaced(lambda y: norm(gradient(y) - gradient(c * q)) <= bound, c * p, v),
        replaced(lambda y: norm(gradient(v) - gradient(y)) <= bound, c * q, w),
    ]
    return both_ways(steady, scaled, [v, w], [instance(steady, c * v, c * w), *longer], back)


def scaled_parameters_facts(
    loss: Term, gradient: Term, modulus: Term, constant: Term, points: Term, rate: Term
) -> list[Theorem]:
    """For c > 0, of M(w) = L(c w): its gradient, from that of L; its Lipschitz constants; its runs,
    c times as long.

    M(w + s) - M(w) - c grad(c w).s is what the linear model of L at c w misses of the step c s.
    """
    smooth, scaled = (
        differentiable_everywhere(loss, gradient, modulus),
        scaled_parameters(c, loss, gradient, modulus),
    )
    scaled_run = gradient_descent(points, scaled[1], rate)
    run = gradient_descent(fun(N, lambda k: c * points(k)), gradient, c**2 * rate)
    return [
        for_each(differentiable_everywhere(*scaled), w, epsilon, s, given=[c > 0, smooth],
                 by=[instance(smooth, c * w, epsilon / c, c * s), norm_scaling(c, s)]),
        constant_of_scaled_parameters(gradient, constant),
        both_ways(scaled_run, run, [k], [instance(scaled_run, k)], [instance(run, k)]),
    ]  # fmt: skip
