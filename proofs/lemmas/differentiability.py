"""How a loss comes to have a gradient: by a quadratic bound on what its linear model misses.

Where |loss(w + s) - loss(w) - gradient.s| <= c |s|^2 for |s| <= 1, the loss is differentiable at w,
with delta(epsilon) = min(1, epsilon / c).
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from proofs.prelude import *

epsilon, c, error = real("epsilon c error")


def model_error(loss: Term, at: Term | int, gradient: Term | int, s: Term) -> Term:
    """loss(at + s) - loss(at) - gradient.s, what the linear model misses."""
    error: Term = loss(at + s) - loss(at) - inner(gradient, s)
    return error


@cache
def small_against_the_step(sort: Sort) -> Theorem:
    """An error <= c |s|^2 for |s| <= 1 is <= epsilon |s| for |s| < min(1, epsilon / c) > 0."""
    s = (vector if sort == V else real)("s")
    reach, bound = minimum(1, epsilon / c), implies(norm(s) <= 1, abs(error) <= c * norm(s) ** 2)
    near = entails(
        [c > 0, epsilon > 0, norm(s) < reach],
        (norm(s) <= 1) & (c * norm(s) ** 2 <= epsilon * norm(s)),
    )
    small = implies(bound, norm(s) < reach, abs(error) <= epsilon * norm(s))
    return entails([c > 0, epsilon > 0], (reach > 0) & small, by=[near])


def remainder_is_small(s: Term, constant: Term | int, missed: Term) -> Theorem:
    """`small_against_the_step` for the step s, c = constant and this remainder."""
    step = (vector if s.sort == V else real)("s")
    return substitute(small_against_the_step(s.sort), {step: s, c: constant, error: missed})


def modulus_by_remainder(constant: Term) -> Term:
    """(w, epsilon) |-> min(1, epsilon / constant(w)).

    It serves where the linear model at w misses at most constant(w) |s|^2 for |s| <= 1.
    """
    return fun(constant.sort.inputs[0], R, lambda w, epsilon: minimum(1, epsilon / constant(w)))


def differentiable_everywhere_by_remainder(
    loss: Term,
    gradient: Term,
    constant: Term,
    by: Callable[[Term, Term], Iterable[Theorem]] = lambda w, s: (),
    given: Sequence[Term] = (),
) -> Theorem:
    """given |- `loss` has the gradient everywhere, with `modulus_by_remainder(constant)`.

    z3 shows constant(w) > 0, and |loss(w + s) - loss(w) - gradient(w).s| <= constant(w) |s|^2 for
    |s| <= 1, from `given` and the theorems by(w, s).
    """
    w, s = (vector if loss.sort.inputs[0] == V else real)("w s")
    missed = model_error(loss, w, gradient(w), s)
    bound = entails([*given, norm(s) <= 1], abs(missed) <= constant(w) * norm(s) ** 2, by=by(w, s))
    positive = entails(given, constant(w) > 0)
    smooth = differentiable_everywhere(loss, gradient, modulus_by_remainder(constant))
    small = remainder_is_small(s, constant(w), missed)
    return for_each(smooth, w, epsilon, s, given=given, by=[bound, positive, small])
