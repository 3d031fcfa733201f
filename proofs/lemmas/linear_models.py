"""L(w0 + s) ~ L(w0) + g.s: that the remainder of the linear model is o(|s|) is differentiability at
w0.

As definitions the two differ only in the step s = 0, where the linear model misses nothing (Rudin,
Principles of Mathematical Analysis, 9.11).
"""

from collections.abc import Callable
from functools import cache

from proofs.definitions import differentiable
from proofs.kernel import (
    R, Term, Theorem, V, choose, entails, exists, forall, function, generalize, iff, implies,
    instance, norm, real, replaced, substitute, vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.losses import remainder

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g, s = vector("w0 g s")
epsilon, d = real("epsilon d")

Property = Callable[[Term, Term, Term, Term, Term], Term]


def error_is_small(loss: Term, at: Term, gradient: Term, epsilon: Term, d: Term) -> Term:
    """d > 0, and 0 < |s| < d implies |L(w0 + s) - L(w0) - g.s| <= epsilon |s|."""
    return (d > 0) & forall(V, lambda s: implies(
        norm(s) > 0, norm(s) < d, abs(remainder(loss, at, gradient, s)) <= epsilon * norm(s),
    ))  # fmt: skip


def differentiability_asks(loss: Term, at: Term, gradient: Term, epsilon: Term, d: Term) -> Term:
    """d > 0, and |s| < d implies |L(w0 + s) - L(w0) - g.s| <= epsilon |s|."""
    return (d > 0) & forall(V, lambda s: implies(
        norm(s) < d, abs(remainder(loss, at, gradient, s)) <= epsilon * norm(s),
    ))  # fmt: skip


def some_d_for_each_epsilon(holds: Property, loss: Term, at: Term, gradient: Term) -> Term:
    """For every epsilon > 0 there is d such that holds(loss, at, gradient, epsilon, d)."""
    return forall(R, lambda epsilon: implies(
        epsilon > 0, exists(R, lambda d: holds(loss, at, gradient, epsilon, d)),
    ))  # fmt: skip


def small_remainder(loss: Term, at: Term, gradient: Term) -> Term:
    """L(w0 + s) ~ L(w0) + g.s: for every epsilon > 0 there is d for which `error_is_small`."""
    return some_d_for_each_epsilon(error_is_small, loss, at, gradient)


def differentiable_by_epsilon_and_delta(loss: Term, at: Term, gradient: Term) -> Term:
    """For every epsilon > 0 there is d such as `differentiability_asks` for."""
    return some_d_for_each_epsilon(differentiability_asks, loss, at, gradient)


def small_remainder_chosen(loss: Term, at: Term, gradient: Term, choice: Term) -> Term:
    """`error_is_small` for every epsilon > 0 and d = choice(epsilon)."""
    return forall(R, lambda epsilon: implies(
        epsilon > 0, error_is_small(loss, at, gradient, epsilon, choice(epsilon)),
    ))  # fmt: skip


@cache
def same_d() -> Theorem:
    """`error_is_small` and `differentiability_asks` hold of the same epsilon and d: at s = 0 there
    is no error.
    """
    still = entails([norm(s) == 0], w0 == w0 + s)
    moved = replaced(lambda point: L(point) == L(w0), w0, w0 + s)
    none = entails(
        [norm(s) == 0], remainder(L, w0, g, s) == 0, by=[still, moved, cauchy_schwarz(g, s)]
    )
    accurate = abs(remainder(L, w0, g, s)) <= epsilon * norm(s)
    small, asked = (
        error_is_small(L, w0, g, epsilon, d),
        differentiability_asks(L, w0, g, epsilon, d),
    )
    wider = entails([small, norm(s) < d], accurate, by=[instance(small.args[1], s), none])
    narrower = entails([asked, norm(s) > 0, norm(s) < d], accurate, by=[instance(asked.args[1], s)])
    return entails([], iff(small, asked), by=[generalize(wider, s), generalize(narrower, s)])


def carried_over(known: Property, wanted: Property) -> Theorem:
    """some_d_for_each_epsilon(known) |- some_d_for_each_epsilon(wanted), by `same_d`."""
    given = some_d_for_each_epsilon(known, L, w0, g)
    found = exists(R, lambda d: known(L, w0, g, epsilon, d))
    goal = exists(R, lambda d: wanted(L, w0, g, epsilon, d))
    serves = entails([known(L, w0, g, epsilon, d)], goal, by=[witnessed(goal, d), same_d()])
    there = entails([given, epsilon > 0], found, by=[instance(given, epsilon)])
    return generalize(choose(there, serves, d), epsilon)


def small_remainder_is_differentiability(loss: Term, at: Term, gradient: Term) -> Theorem:
    """iff(small_remainder(...), differentiable_by_epsilon_and_delta(...))."""
    there = carried_over(error_is_small, differentiability_asks)
    back = carried_over(differentiability_asks, error_is_small)
    both = iff(small_remainder(L, w0, g), differentiable_by_epsilon_and_delta(L, w0, g))
    return substitute(entails([], both, by=[there, back]), {L: loss, w0: at, g: gradient})


def modulus_chooses_d(loss: Term, at: Term, gradient: Term, modulus: Term) -> Theorem:
    """iff(differentiable(..., modulus), small_remainder_chosen(..., modulus))."""
    smooth, chosen = (
        differentiable(L, at=w0, gradient=g, modulus=delta),
        small_remainder_chosen(L, w0, g, delta),
    )
    asked, same = (
        differentiability_asks(L, w0, g, epsilon, delta(epsilon)),
        substitute(same_d(), {d: delta(epsilon)}),
    )
    local = [instance(smooth, epsilon, s), instance(smooth, epsilon, zero)]
    accurate = abs(remainder(L, w0, g, s)) <= epsilon * norm(s)
    error = entails([smooth, epsilon > 0, norm(s) < delta(epsilon)], accurate, by=local)
    there = entails(
        [smooth], instance(chosen, epsilon).goal, by=[generalize(error, s), same, *local]
    )
    back = entails(
        [chosen], local[0].goal, by=[instance(chosen, epsilon), same, instance(asked.args[1], s)]
    )
    both = entails(
        [], iff(smooth, chosen), by=[generalize(there, epsilon), generalize(back, epsilon, s)]
    )
    return substitute(both, {L: loss, w0: at, g: gradient, delta: modulus})
