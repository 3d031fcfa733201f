"""Differentiability of concrete losses, read off a quadratic bound on the remainder of the linear model."""

from collections.abc import Iterable

from proofs.kernel import R, Term, Theorem, entails, fun, generalize, implies, inner, minimum, norm, real


def quadratic_modulus(constant: Term | int) -> Term:
    """delta(epsilon) = min(1, epsilon / constant), which serves where the remainder is at most constant |s|^2."""
    return fun(R, lambda epsilon: minimum(1, epsilon / constant))


def remainder(loss: Term, at: Term | int, gradient: Term | int, s: Term) -> Term:
    """loss(at + s) - loss(at) - gradient.s, what the linear model misses."""
    error: Term = loss(at + s) - loss(at) - inner(gradient, s)
    return error


def differentiable_by_remainder(
    loss: Term, at: Term | int, gradient: Term | int, constant: Term | int, step: Term, by: Iterable[Theorem] = ()
) -> Theorem:
    """`loss` is differentiable at `at` with `gradient` and the modulus `quadratic_modulus(constant)`.

    z3 shows |loss(at + s) - loss(at) - gradient.s| <= constant |s|^2 for |s| <= 1, from the theorems `by` about the
    symbol `step` that stands for s; constant > 0.
    """
    s, epsilon = step, real("epsilon")
    modulus = quadratic_modulus(constant)
    bound = entails([norm(s) <= 1], abs(remainder(loss, at, gradient, s)) <= constant * norm(s) ** 2, by=by)
    near = [epsilon > 0, norm(s) < modulus(epsilon)]
    smaller = entails(near, (norm(s) <= 1) & (constant * norm(s) ** 2 <= epsilon * norm(s)))
    accurate = entails(near, abs(remainder(loss, at, gradient, s)) <= epsilon * norm(s), by=[bound, smaller])
    positive = entails([epsilon > 0], modulus(epsilon) > 0)
    holds = (modulus(epsilon) > 0) & implies(norm(s) < modulus(epsilon), accurate.goal)
    return generalize(entails([], implies(epsilon > 0, holds), by=[accurate, positive]), epsilon, s)
