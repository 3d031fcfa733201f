"""Differentiability of concrete losses, read off a quadratic bound on the remainder of the linear
model.
"""

from collections.abc import Iterable
from functools import cache

from proofs.definitions import differentiable
from proofs.kernel import (
    R, Sort, Term, Theorem, V, entails, fun, generalize, implies, inner, instance, minimum, norm,
    real, substitute, vector,
)  # fmt: skip

epsilon, c, error = real("epsilon c error")


def quadratic_modulus(constant: Term | int) -> Term:
    """delta(epsilon) = min(1, epsilon / constant), which serves where the remainder is at most
    constant |s|^2.
    """
    return fun(R, lambda epsilon: minimum(1, epsilon / constant))


def remainder(loss: Term, at: Term | int, gradient: Term | int, s: Term) -> Term:
    """loss(at + s) - loss(at) - gradient.s, what the linear model misses."""
    error: Term = loss(at + s) - loss(at) - inner(gradient, s)
    return error


@cache
def small_against_the_step(sort: Sort) -> Theorem:
    """An error of at most c |s|^2 where |s| <= 1 is at most epsilon |s| where |s| < min(1, epsilon
    / c) > 0.
    """
    s = (vector if sort == V else real)("s")
    reach, bound = minimum(1, epsilon / c), implies(norm(s) <= 1, abs(error) <= c * norm(s) ** 2)
    near = entails(
        [c > 0, epsilon > 0, norm(s) < reach],
        (norm(s) <= 1) & (c * norm(s) ** 2 <= epsilon * norm(s)),
    )
    small = implies(bound, norm(s) < reach, abs(error) <= epsilon * norm(s))
    return entails([c > 0, epsilon > 0], (reach > 0) & small, by=[near])


def remainder_is_small(s: Term, constant: Term | int, remainder: Term) -> Theorem:
    """`small_against_the_step` for the step s, c = constant and this remainder."""
    step = (vector if s.sort == V else real)("s")
    return substitute(small_against_the_step(s.sort), {step: s, c: constant, error: remainder})


def differentiable_by_remainder(
    loss: Term,
    at: Term | int,
    gradient: Term | int,
    constant: Term | int,
    step: Term,
    by: Iterable[Theorem] = (),
) -> Theorem:
    """`loss` is differentiable at `at` with `gradient` and the modulus
    `quadratic_modulus(constant)`.

    z3 shows |loss(at + s) - loss(at) - gradient.s| <= constant |s|^2 for |s| <= 1, from the
    theorems `by` about the symbol `step` that stands for s; constant > 0.
    """
    missed = remainder(loss, at, gradient, step)
    bound = entails([norm(step) <= 1], abs(missed) <= constant * norm(step) ** 2, by=by)
    smooth = instance(
        differentiable(loss, at, gradient, quadratic_modulus(constant)), epsilon, step
    ).goal
    holds = entails([], smooth, by=[bound, remainder_is_small(step, constant, missed)])
    return generalize(holds, epsilon, step)
