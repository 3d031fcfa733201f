"""The rates alpha_0 tau^j of c02 come below every positive number."""

from functools import cache

from proofs.prelude import *

rates, (tau, short) = function("rates", N >> R), real("tau short")
j, k = natural("j k")

SHRINKING = [
    rates(0) > 0,
    forall(N, lambda k: rates(k + 1) == tau * rates(k)),
    tau > 0,
    tau < 1,
]


def bernoulli() -> Theorem:
    """0 < alpha_j, and alpha_j (tau + j (1 - tau)) <= alpha_0 tau: by induction on j."""

    def small(j: Term | int) -> Term:
        return all_of(rates(j) > 0, rates(j) * (tau + j * (1 - tau)) <= rates(0) * tau)

    start = entails(SHRINKING, small(0))
    moved = instance(SHRINKING[1], k)
    step = entails([*SHRINKING, small(k)], small(k + 1), by=[moved])
    return by_induction(small, start, step, k)


@cache
def rate_below() -> Theorem:
    """0 < alpha_j < short for some j, where short > 0."""
    late = [short > 0, rates(0) * tau / (short * (1 - tau)) <= j]
    there = (rates(j) > 0) & (rates(j) < short)
    found = exists(N, lambda j: (rates(j) > 0) & (rates(j) < short))
    enough = entails([*SHRINKING, *late], rates(0) * tau < short * (tau + j * (1 - tau)))
    below = entails([*SHRINKING, *late], there, by=[instance(bernoulli(), j), enough])
    use = entails([*SHRINKING, *late], found, by=[witnessed(found, j), below])
    return choose(archimedes(rates(0) * tau / (short * (1 - tau))), use, j)


def some_rate_is_small(sequence: Term, factor: Term, bound: Term) -> Theorem:
    """0 < sequence(j) < bound for some j, where bound > 0 and each term is `factor` times the one
    before, with 0 < factor < 1.
    """
    return substitute(rate_below(), {rates: sequence, tau: factor, short: bound})
