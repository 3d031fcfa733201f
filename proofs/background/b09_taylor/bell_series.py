"""The Taylor series of 1/(1 + t^2) at 0 is 1 - t^2 + t^4 - ...; at t = 2 it diverges.

At t = 0, z = i, so its terms at 2 are weight(n) Im i^(n+1), with weight(n) = (-1)^n 2^n. If all
partial sums from the n-th on were within 1/4 of a limit, the squares of the next two terms would be
at most 1/4; but their sum is at least |i^(n+1)|^2 = 1.
"""

from functools import cache

from proofs.background.b09_taylor.bell_derivatives import (
    BELL_DERIVATIVES, BELL_GIVEN, FACTOR_CONTINUES, Z_POWERS, factor, imaginary_part,
    parts_of_powers, real_part, squared_size,
)  # fmt: skip
from proofs.background.b09_taylor.series import (
    POWER_CONTINUES, POWER_STARTS, POWERS, S, near_for_each_epsilon, near_from, power,
    sum_continues,
)  # fmt: skip
from proofs.prelude import *

p, q, u, v, s, limit = real("p q u v s limit")
k, n = natural("k n")

BELL_AT_ZERO = fun(N, lambda n: BELL_DERIVATIVES(n, 0))
BELL_SERIES = [POWERS, taylor_sums(S, BELL_AT_ZERO, power, 2)]
HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)


def weight(k: Term | int) -> Term:
    """(-1)^k 2^k = factor(k) 2^k/k!"""
    value: Term = factor(k) * power(k, 2)
    return value


def bell_term(k: Term | int) -> Term:
    """The term of order k of the series at 2: weight(k) Im i^(k+1)."""
    value: Term = BELL_AT_ZERO(k) * power(k, 2)
    return value


@cache
def weights_are_large() -> Theorem:
    """weight(k)^2 >= 1: by induction on k, as weight(k + 1) = -2 weight(k)."""
    given = [*BELL_GIVEN, POWERS]
    recurs = [instance(FACTOR_CONTINUES, k), instance(POWER_CONTINUES, k, 2)]
    doubles = entails(given, weight(k + 1) == -2 * weight(k), by=recurs)
    start = entails(given, weight(0) ** 2 >= 1, by=[instance(POWER_STARTS, 2)])
    step = entails([*given, weight(k) ** 2 >= 1], weight(k + 1) ** 2 >= 1, by=[doubles])
    return by_induction(lambda k: weight(k) ** 2 >= 1, start, step, k)


@cache
def powers_of_i_are_on_the_circle() -> Theorem:
    """|i^k| = 1: by induction on k."""
    at_zero = instance(parts_of_powers(), k, 0)
    base = entails(Z_POWERS, squared_size(0, 0) == 1, by=[at_zero])
    step = entails([*Z_POWERS, squared_size(k, 0) == 1], squared_size(k + 1, 0) == 1, by=[at_zero])
    return by_induction(lambda k: squared_size(k, 0) == 1, base, step, k)


@cache
def two_small_terms_are_absurd() -> Theorem:
    """|p u| <= 1/2 and |q v| <= 1/2, with p^2, q^2 >= 1, cannot be if u^2 + v^2 = 1."""
    first, second = [abs(p * u) <= HALF, p**2 >= 1], [abs(q * v) <= HALF, q**2 >= 1]
    small = [entails(first, 4 * u**2 <= 1), entails(second, 4 * v**2 <= 1)]
    return entails([*first, *second], u**2 + v**2 != 1, by=small)


@cache
def late_terms_are_small() -> Theorem:
    """If S(n), S(n + 1), ... are within 1/4 of the limit, the terms n and n + 1 are at most 1/2."""
    late, more = near_from(n, S, limit, QUARTER), sum_continues(S, BELL_AT_ZERO, power, 2)
    near_it = [abs(u - limit) <= QUARTER, abs(v - limit) <= QUARTER, v == u + p]
    step = entails(near_it, abs(p) <= HALF)
    by = [instance(late, n + j) for j in range(3)] + [entails([], n + j >= n) for j in range(3)]
    by += [instance(more, n + j) for j in range(2)]
    by += [substitute(step, {u: S(n + j), v: S(n + j + 1), p: bell_term(n + j)}) for j in range(2)]
    small = (abs(bell_term(n)) <= HALF) & (abs(bell_term(n + 1)) <= HALF)
    return entails([*BELL_SERIES, late], small, by=by)


@cache
def bell_series_diverges() -> Theorem:
    """The partial sums at 2 do not converge to any limit.

    The terms n and n + 1 are weight(n) Im i^(n+1) and weight(n + 1) Re i^(n+1).
    """
    x, y, next_y = real_part(n + 1, 0), imaginary_part(n + 1, 0), imaginary_part(n + 2, 0)
    turned = entails(Z_POWERS, next_y == x, by=[instance(parts_of_powers(), n + 1, 0)])
    same = replaced(lambda s: abs(weight(n + 1) * s) <= HALF, next_y, x)
    here = {p: weight(n), q: weight(n + 1), u: y, v: x}
    large = [instance(weights_are_large(), n), instance(weights_are_large(), n + 1)]
    circle = instance(powers_of_i_are_on_the_circle(), n + 1)
    absurd = substitute(two_small_terms_are_absurd(), here)
    given, late = [*BELL_GIVEN, *BELL_SERIES], near_from(n, S, limit, QUARTER)
    by = [late_terms_are_small(), turned, same, circle, *large, absurd]
    never = generalize(entails(given, ~late, by=by), n)
    refuted = negation(near_for_each_epsilon(S, limit))
    diverges = entails(given, ~converges(S, limit), by=[witnessed(refuted, QUARTER), never])
    return generalize(diverges, limit)
