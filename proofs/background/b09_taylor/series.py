"""The sequences of a Taylor series: the powers x^k/k! and the partial sums; and their limits.

`power` and S are symbols, and what they stand for is assumed: taylor_powers(power) and
taylor_sums(S, a, power, eta). That there are such sequences is proved at the end.
"""

from collections.abc import Sequence
from functools import cache

from proofs.background.b09_taylor.higher_derivatives import NO_DERIVATIVES
from proofs.prelude import *

power = function("power", (N, R) >> R)
S, error = function("S error", N >> R)
x, t, eta, limit, epsilon = real("x t eta limit epsilon")
k, n = natural("k n")

POWERS = taylor_powers(power)
POWER_STARTS = forall(R, lambda x: power(0, x) == 1)
POWER_CONTINUES = forall(N, R, lambda k, x: (k + 1) * power(k + 1, x) == x * power(k, x))


def sum_continues(partial: Term, a: Term, power: Term, eta: Term | int) -> Term:
    """partial(k + 1) = partial(k) + a(k) power(k, eta)."""
    return forall(N, lambda k: partial(k + 1) == partial(k) + a(k) * power(k, eta))


@cache
def powers_are_positive() -> Theorem:
    """t^k/k! > 0 for t > 0, by induction on k."""
    base = entails([POWERS], power(0, t) > 0, by=[instance(POWER_STARTS, t)])
    multiplied = instance(POWER_CONTINUES, k, t)
    step = entails([POWERS, t > 0, power(k, t) > 0], power(k + 1, t) > 0, by=[multiplied])
    return by_induction(lambda k: power(k, t) > 0, base, step, k)


# -------------------------------------------------------------------------------------- limits
def near_from(n: Term, sequence: Term, limit: Term | int, epsilon: Term | int | Fraction) -> Term:
    """|sequence(k) - limit| <= epsilon for k >= n."""
    return forall(N, lambda k: implies(k >= n, norm(sequence(k) - limit) <= epsilon))


def near_at_last(sequence: Term, limit: Term | int, epsilon: Term | int) -> Term:
    """|sequence(k) - limit| <= epsilon from some n on."""
    return exists(N, lambda n: near_from(n, sequence, limit, epsilon))


def near_for_each_epsilon(sequence: Term, limit: Term | int) -> Term:
    """What `converges` says."""
    return forall(R, lambda epsilon: implies(epsilon > 0, near_at_last(sequence, limit, epsilon)))


def near_by(
    sequence: Term,
    limit: Term | int,
    start: Term | int,
    given: Sequence[Term],
    by: Sequence[Theorem],
) -> Theorem:
    """{given, epsilon > 0} |- |sequence(k) - limit| <= epsilon from k = start on.

    z3 shows it for the symbols k and epsilon, from `given` and the theorems `by`.
    """
    late, goal = [*given, epsilon > 0, k >= start], near_at_last(sequence, limit, epsilon)
    near = entails(late, norm(sequence(k) - limit) <= epsilon, by=by)
    reasons = [witnessed(goal, start), generalize(near, k)]
    return entails([*given, epsilon > 0], goal, by=reasons)


def converges_by(
    sequence: Term, limit: Term | int, start: int, given: Sequence[Term], by: Sequence[Theorem]
) -> Theorem:
    """given |- the sequence converges: for every epsilon it is near its limit from `start` on."""
    return generalize(near_by(sequence, limit, start, given, by), epsilon)


@cache
def squeeze() -> Theorem:
    """If |S(n) - limit| <= error(n), and error(n) tends to 0, then S(n) tends to limit."""
    close = forall(N, lambda n: norm(S(n) - limit) <= error(n))
    vanishes, late = converges(error, 0), near_from(n, error, 0, epsilon)
    there = near_by(S, limit, n, [close, late], [instance(close, k), instance(late, k)])
    found = near_at_last(error, 0, epsilon)
    some_n = entails([vanishes, epsilon > 0], found, by=[instance(vanishes, epsilon)])
    always = generalize(choose(some_n, there, n), epsilon)
    return generalize(always, S, limit, error)


# ------------------------------------------------------------------------------- a series of zeros
def zero_series(eta: Term | int) -> Term:
    """S are the partial sums of the series with a(k) = 0."""
    return taylor_sums(S, NO_DERIVATIVES, power, eta)


def sums_of_zeros(eta: Term | int) -> Theorem:
    """If every a(k) is 0, so is every S(n): by induction on n."""
    more = instance(sum_continues(S, NO_DERIVATIVES, power, eta), k)
    step = entails([zero_series(eta), S(k) == 0], S(k + 1) == 0, by=[more])
    return by_induction(lambda k: S(k) == 0, entails([zero_series(eta)], S(0) == 0), step, k)


def sums_of_zeros_converge(eta: Term | int) -> Theorem:
    """They converge to 0."""
    return converges_by(S, 0, 0, [zero_series(eta)], [instance(sums_of_zeros(eta), k)])


def sums_of_zeros_miss(eta: Term | int, value: Term, positive: Theorem) -> Theorem:
    """They do not converge to `value`, which is positive: with epsilon = value/2, no n serves."""
    given, half = [zero_series(eta), *positive.hypotheses], value / 2
    late = near_from(n, S, value, half)
    by = [instance(late, n), instance(sums_of_zeros(eta), n), positive]
    never = generalize(entails(given, ~late, by=by), n)
    refuted = negation(near_for_each_epsilon(S, value))
    return entails(given, ~converges(S, value), by=[witnessed(refuted, half), never, positive])


def zeros_times_powers_vanish() -> Theorem:
    """0 x^n/n! tends to 0, for x = 1."""
    return converges_by(fun(N, lambda n: NO_DERIVATIVES(n) * power(n, 1)), 0, 0, [], [])


# ----------------------------------------------------------------------- there are such sequences
def of_the_powers(theorem: Theorem) -> Theorem:
    """`theorem` without its hypothesis taylor_powers(power): there are such functions."""
    there_are = exists((N, R) >> R, lambda power: taylor_powers(power))
    recurs = recursion(R, lambda x: 1, lambda k, y, x: x * y / (k + 1), R)
    more = forall(N, R, lambda k, x: power(k + 1, x) == x * power(k, x) / (k + 1))
    multiplied = (k + 1) * power(k + 1, x) == x * power(k, x)
    continues = generalize(entails([more], multiplied, by=[instance(more, k, x)]), k, x)
    by = [witnessed(there_are, power), continues]
    use = entails([POWER_STARTS, more], there_are, by=by)
    return choose(choose(recurs, use, power), theorem, power)


def of_the_sums(theorem: Theorem, a: Term, eta: Term | int) -> Theorem:
    """`theorem` without its hypothesis taylor_sums(S, a, power, eta): there is such a sequence."""
    return choose(recursion(R, 0, lambda k, y: y + a(k) * power(k, eta)), theorem, S)
