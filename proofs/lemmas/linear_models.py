"""L(w0 + s) ~ L(w0) + g.s: that the remainder of the linear model is o(|s|) is differentiability.

As definitions the two differ only in the step s = 0, where the linear model misses nothing (Rudin,
Principles of Mathematical Analysis, chapter 9).
"""

from collections.abc import Callable
from functools import cache

from proofs.lemmas.differentiability import model_error
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g, s = vector("w0 g s")
epsilon, d = real("epsilon d")

Property = Callable[[Term, Term, Term, Term, Term], Term]


# -------- the notions
def error_at_most(loss: Term, at: Term, gradient: Term, epsilon: Term | int, s: Term) -> Term:
    """|L(w0 + s) - L(w0) - g.s| <= epsilon |s|."""
    return abs(model_error(loss, at, gradient, s)) <= epsilon * norm(s)


def small_off_zero(loss: Term, at: Term, gradient: Term, epsilon: Term | int, d: Term) -> Term:
    """0 < |s| < d implies |L(w0 + s) - L(w0) - g.s| <= epsilon |s|, for every s."""
    return forall(V, lambda s: implies(
        norm(s) > 0, norm(s) < d, error_at_most(loss, at, gradient, epsilon, s),
    ))  # fmt: skip


def small_near_zero(loss: Term, at: Term, gradient: Term, epsilon: Term, d: Term) -> Term:
    """|s| < d implies |L(w0 + s) - L(w0) - g.s| <= epsilon |s|, for every s."""
    return forall(V, lambda s: implies(
        norm(s) < d, error_at_most(loss, at, gradient, epsilon, s),
    ))  # fmt: skip


def error_is_small(loss: Term, at: Term, gradient: Term, epsilon: Term | int, d: Term) -> Term:
    """d > 0, and 0 < |s| < d implies |L(w0 + s) - L(w0) - g.s| <= epsilon |s|."""
    return (d > 0) & small_off_zero(loss, at, gradient, epsilon, d)


def differentiability_asks(loss: Term, at: Term, gradient: Term, epsilon: Term, d: Term) -> Term:
    """d > 0, and |s| < d implies |L(w0 + s) - L(w0) - g.s| <= epsilon |s|."""
    return (d > 0) & small_near_zero(loss, at, gradient, epsilon, d)


def some_d(holds: Property, loss: Term, at: Term, gradient: Term, epsilon: Term) -> Term:
    """There is d such that holds(loss, at, gradient, epsilon, d)."""
    return exists(R, lambda d: holds(loss, at, gradient, epsilon, d))


def some_d_for_each_epsilon(holds: Property, loss: Term, at: Term, gradient: Term) -> Term:
    """For every epsilon > 0 there is d such that holds(loss, at, gradient, epsilon, d)."""
    return forall(R, lambda epsilon: implies(
        epsilon > 0, some_d(holds, loss, at, gradient, epsilon),
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


# -------- their agreement
@cache
def same_d() -> Theorem:
    """`error_is_small` and `differentiability_asks` hold of the same epsilon and d: at s = 0 there
    is no error.
    """
    still = entails([norm(s) == 0], w0 == w0 + s)
    moved = replaced(lambda point: L(point) == L(w0), w0, w0 + s)
    exact = model_error(L, w0, g, s) == 0
    none = entails([norm(s) == 0], exact, by=[still, moved, cauchy_schwarz(g, s)])

    of_d, accurate = (L, w0, g, epsilon, d), error_at_most(L, w0, g, epsilon, s)
    small, asked = error_is_small(*of_d), differentiability_asks(*of_d)
    off_zero, near_zero = instance(small_off_zero(*of_d), s), instance(small_near_zero(*of_d), s)
    wider = entails([small, norm(s) < d], accurate, by=[off_zero, none])
    narrower = entails([asked, norm(s) > 0, norm(s) < d], accurate, by=[near_zero])
    return entails([], iff(small, asked), by=[generalize(wider, s), generalize(narrower, s)])


def carried_over(known: Property, wanted: Property) -> Theorem:
    """some_d_for_each_epsilon(known) |- some_d_for_each_epsilon(wanted), by `same_d`."""
    given = some_d_for_each_epsilon(known, L, w0, g)
    found, goal = (some_d(holds, L, w0, g, epsilon) for holds in (known, wanted))
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
    smooth = differentiable(L, at=w0, gradient=g, modulus=delta)
    chosen = small_remainder_chosen(L, w0, g, delta)
    same = substitute(same_d(), {d: delta(epsilon)})

    local = [instance(smooth, epsilon=epsilon, s=s), instance(smooth, epsilon=epsilon, s=zero)]
    close, accurate = norm(s) < delta(epsilon), error_at_most(L, w0, g, epsilon, s)
    error = generalize(entails([smooth, epsilon > 0, close], accurate, by=local), s)
    there = for_each(chosen, epsilon, given=[smooth], by=[error, same, *local])

    asked = instance(small_near_zero(L, w0, g, epsilon, delta(epsilon)), s)
    known = [instance(chosen, epsilon), same, asked]
    back = for_each(smooth, epsilon, s, given=[chosen], by=known)
    both = entails([], iff(smooth, chosen), by=[there, back])
    return substitute(both, {L: loss, w0: at, g: gradient, delta: modulus})
