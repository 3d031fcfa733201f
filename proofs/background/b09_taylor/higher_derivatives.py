"""Derivatives of every order: there is at most one of each order (Rudin, chapter 5)."""

from functools import cache

from proofs.background.b09_taylor.derivative_rules import (
    NOUGHT, Pair, constant_rule, equal_functions_have_equal_derivatives,
)  # fmt: skip
from proofs.prelude import *

D, E = function("D E", (N, R) >> R)
f, a = function("f", R >> R), function("a", N >> R)
t = real("t")
k, n = natural("k n")


# --------------------------------------------------------- the parts of `derivatives_up_to` and
# --------------------------------------------------------- `derivatives_at_zero`
def row(D: Term, k: Term | int) -> Term:
    """D(k, .)."""
    return fun(R, lambda t: D(k, t))


def row_and_next(D: Term, k: Term | int) -> Pair:
    """D(k, .), with D(k + 1, .) for its derivative."""
    return row(D, k), row(D, k + 1)


def begins_with(D: Term, f: Term) -> Term:
    """D(0, .) = f."""
    return forall(R, lambda t: D(0, t) == f(t))


def each_derives_the_last(D: Term, n: Term | int) -> Term:
    """D(k + 1, .) is the derivative of D(k, .) for k < n."""
    return forall(N, lambda k: implies(k < n, derivative(*row_and_next(D, k))))


def values_at_zero(D: Term, a: Term, n: Term | int) -> Term:
    """D(k, 0) = a(k) for k <= n."""
    return forall(N, lambda k: implies(k <= n, D(k, 0) == a(k)))


# ----------------------------------------------------------------------------------- uniqueness
@cache
def derivatives_agree() -> Theorem:
    """If D and E are derivatives of f up to order n, D(k, .) = E(k, .) for k <= n: by induction."""
    smooth = [derivatives_up_to(n, f, D), derivatives_up_to(n, f, E)]

    def holds(k: Term | int) -> Term:
        return implies(k <= n, forall(R, lambda t: D(k, t) == E(k, t)))

    values = [instance(begins_with(D, f), t), instance(begins_with(E, f), t)]
    start = generalize(entails(smooth, D(0, t) == E(0, t), by=values), t)
    same = equal_functions_have_equal_derivatives(row_and_next(D, k), row_and_next(E, k))
    known = [instance(each_derives_the_last(D, n), k), instance(each_derives_the_last(E, n), k)]
    step = entails([*smooth, holds(k)], holds(k + 1), by=[same, *known])
    return by_induction(holds, entails(smooth, holds(0), by=[start]), step, k)


def bounded_by(
    loss: Term, derivatives: Term, bound: Term, eta: Term | int, chains: Theorem, small: Theorem
) -> Theorem:
    """The derivatives of `loss` are at most `bound` on [0, eta], since those that we know are.

    `chains` says that `derivatives` are its derivatives up to every order, `small` that
    |derivatives(n, t)| <= bound(n) for every n, and for every t or those in [0, eta].
    """
    equal = forall(R, lambda t: D(n, t) == derivatives(n, t))
    agree = instance(substitute(derivatives_agree(), {f: loss, E: derivatives}), n)
    known = [derivatives_up_to(n, loss, D), *chains.hypotheses]
    here = entails(known, equal, by=[agree, instance(chains, n)])
    same = entails(known, D(n, t) == derivatives(n, t), by=[here, instance(equal, t)])
    given = [*dict.fromkeys([*chains.hypotheses, *small.hypotheses])]
    goal = instance(derivatives_at_most(loss, bound, eta), n, D, t).goal
    return generalize(entails(given, goal, by=[same, instance(small, n, t)]), n, D, t)


# ------------------------------------------------------------------------------------ at zero
def at_zero_by(loss: Term, derivatives: Term, a: Term, chains: Theorem) -> Theorem:
    """`loss` has at 0 the derivatives a(k) = derivatives(k, 0) up to order n, for the symbol n."""
    goal, known = derivatives_at_zero(n, loss, a), [instance(chains, n)]
    values = generalize(entails([k <= n], derivatives(k, 0) == a(k)), k)
    return entails(chains.hypotheses, goal, by=[witnessed(goal, derivatives), *known, values])


def order_two_and_every(smooth: Theorem) -> list[Theorem]:
    """What `smooth` says of the symbol n, for n = 2 and for every n."""
    return [substitute(smooth, {n: 2}), generalize(smooth, n)]


def at_zero_always(loss: Term, derivatives: Term, a: Term, chains: Theorem) -> list[Theorem]:
    """`at_zero_by` up to order 2, and up to every order."""
    return order_two_and_every(at_zero_by(loss, derivatives, a, chains))


def whatever_derivatives_at_zero(f: Term, a: Term) -> Term:
    """a(n) is the n-th derivative of f at 0, for every n for which f has one."""
    return forall(N, (N, R) >> R, lambda n, D: implies(derivatives_up_to(n, f, D), D(n, 0) == a(n)))


def whatever_by(loss: Term, a: Term, always: Theorem) -> Theorem:
    """`whatever_derivatives_at_zero`, since `always` says that `loss` has all of these at 0."""
    known = [derivatives_up_to(n, loss, E), values_at_zero(E, a, n)]
    chain, equal = derivatives_up_to(n, loss, D), forall(R, lambda t: D(n, t) == E(n, t))
    agree = instance(substitute(derivatives_agree(), {f: loss}), n)
    same = entails([chain, *known], equal, by=[agree])
    by = [same, instance(equal, 0), instance(values_at_zero(E, a, n), n)]
    only = entails([chain, *known], D(n, 0) == a(n), by=by)
    there = choose(instance(always, n), only, E)
    goal = instance(whatever_derivatives_at_zero(loss, a), n, D).goal
    return generalize(entails(always.hypotheses, goal, by=[there]), n, D)


NO_DERIVATIVES = fun(N, lambda k: 0)


def zero_at_zero() -> list[Theorem]:
    """All derivatives of 0 are 0."""
    none, nones = NOUGHT[0], fun(N, R, lambda k, t: 0)
    up = generalize(entails([k < n], derivative(*NOUGHT), by=[constant_rule(0)]), k)
    value = generalize(entails([], nones(0, t) == none(t)), t)
    chains = generalize(entails([], derivatives_up_to(n, none, nones), by=[value, up]), n)
    return at_zero_always(none, nones, NO_DERIVATIVES, chains)
