"""The Taylor series of a polynomial in x and y along a direction (p, q): it ends, and is the
polynomial.

The n-th derivative along (p, q) is the sum of n!/(i! j!) p^i q^j (d/dx)^i (d/dy)^j over i + j = n.
(Rudin, Principles of Mathematical Analysis, chapter 9.)
"""

from collections.abc import Callable, Sequence
from functools import cache, reduce
from math import comb, factorial
from operator import add
from typing import Any

from proofs.background.b09_taylor.derivative_rules import derivative_rewritten
from proofs.background.b09_taylor.polynomial_parts import (
    PART_CONTINUES, PART_STARTS, PARTS_OF_SERIES, P, a, of_the_parts, part_and_slope,
    parts_at_zero, slope_of_parts,
)  # fmt: skip
from proofs.background.b09_taylor.series import (
    POWER_CONTINUES, POWER_STARTS, POWERS, S, power, sum_continues,
)  # fmt: skip
from proofs.lemmas.polynomials import combination
from proofs.prelude import *

t, r = real("t r")
k, n = natural("k n")
DEGREE = 6


# -------------------------------------------------------------------- the derivatives along (p, q)
def derivative_of_power(x: Term, n: int, order: int) -> Term | int:
    """The derivative of x^n of this order."""
    return factorial(n) // factorial(n - order) * x ** (n - order) if n >= order else 0


def derivative_of_polynomial_along(c: Term, n: int, x: Term, y: Term, p: Term, q: Term) -> Term:
    """The n-th derivative along (p, q), at (x, y), of the polynomial with coefficients c(i, j)."""

    def mixed(i: int, j: int) -> Term:
        in_x = lambda m: derivative_of_power(x, m, i)
        in_y = lambda m: derivative_of_power(y, m, j)
        value: Term = comb(n, i) * p**i * q**j * combination(c, DEGREE, in_x, in_y)
        return value

    return reduce(add, [mixed(i, n - i) for i in range(n + 1)])


def has_coefficients(values: Sequence[Term]) -> list[Term]:
    """a(k) = values[k]."""
    return [a(k) == value for k, value in enumerate(values)]


def ends(a: Term) -> Term:
    """a(k) = 0 for k > 6."""
    return forall(N, lambda k: a(k + DEGREE + 1) == 0)


# ------------------------------------------------------------------------------- seven terms
SEVEN = range(DEGREE + 1)
FIRST_SEVEN: list[Term] = [a(k) for k in SEVEN]


def series_of(terms: Sequence[Term], t: Term) -> Term:
    """The sum of terms[k] t^k/k!."""
    return reduce(add, [term * t**k / factorial(k) for k, term in enumerate(terms)])


@cache
def powers_up_to_six() -> Theorem:
    """power(k, t) = t^k/k! for k <= 6."""
    by, found = [instance(POWER_STARTS, t)], list[Theorem]()
    for k in SEVEN:
        found.append(entails([POWERS], power(k, t) == t**k / factorial(k), by=[*by, *found[-1:]]))
        by = [instance(POWER_CONTINUES, k, t)]
    return entails([POWERS], all_of(*(theorem.goal for theorem in found)), by=found)


@cache
def part_of_seven() -> Theorem:
    """P(7, 0, t) = a(0) + a(1) t + ... + a(6) t^6/6!."""
    by = [instance(PART_CONTINUES, k, 0, t) for k in SEVEN]
    by += [instance(PART_STARTS, 0, t), powers_up_to_six()]
    return entails(PARTS_OF_SERIES, P(DEGREE + 1, 0, t) == series_of(FIRST_SEVEN, t), by=by)


d = [real(f"d{k}") for k in SEVEN]


def has_series(t: Term) -> list[Term]:
    """a(k) = d(k), and r = d(0) + d(1) t + ... + d(6) t^6/6!."""
    return [*has_coefficients(d), r == series_of(d, t)]


def for_polynomial(theorem: Theorem, loss: Term, values: Sequence[Term], t: Term) -> Theorem:
    """{has_series(t)} |- ... for r = loss(t) and d(k) = values[k]: the last of these is algebra."""
    return substitute(theorem, {r: loss(t)} | dict(zip(d, values, strict=True)))


@cache
def part_is_the_series() -> Theorem:
    """{has_series(t)} |- P(7, 0, t) = r."""
    given = [*PARTS_OF_SERIES, *has_series(t)]
    return entails(given, P(DEGREE + 1, 0, t) == r, by=[part_of_seven()])


# ----------------------------------------------------------------- its derivatives of every order
@cache
def part_of_seven_is_derived() -> Theorem:
    """{ends(a)} |- P(7, k, .) has the derivative P(7, k + 1, .), for every k.

    It is P(6, k + 1, .), which lacks only the term a(k + 7) t^6/6! = 0.
    """
    given, (part, slope) = [ends(a), *PARTS_OF_SERIES], part_and_slope(DEGREE, k)
    last = [instance(ends(a), k), instance(PART_CONTINUES, DEGREE, k + 1, t)]
    new = part, fun(R, lambda t: P(DEGREE + 1, k + 1, t))
    same = derivative_rewritten((part, slope), new, given, last)
    known = instance(slope_of_parts(), DEGREE, k)
    return generalize(entails(given, derivative(*new), by=[same, known]), k)


def polynomial_is_smooth(loss: Term, values: Sequence[Term]) -> Theorem:
    """The loss has at 0 the derivatives a(k) = values[k], and 0 for k > 6, up to every order.

    Its k-th derivative is the part P(7, k, .).
    """
    known = [ends(a), *PARTS_OF_SERIES, *has_coefficients(values)]
    D = fun(N, R, lambda k, t: P(DEGREE + 1, k, t))
    value = generalize(for_polynomial(part_is_the_series(), loss, values, t), t)
    derived = derivative(fun(R, lambda t: D(k, t)), fun(R, lambda t: D(k + 1, t)))
    smooth = entails([*known, k < n], derived, by=[instance(part_of_seven_is_derived(), k)])
    starts = entails([*known, k <= n], D(k, 0) == a(k), by=[instance(parts_at_zero(), DEGREE, k)])
    goal = derivatives_at_zero(n, loss, a)
    by = [witnessed(goal, D), value, generalize(smooth, k), generalize(starts, k)]
    return generalize(of_the_parts(entails(known, goal, by=by)), n)


# ------------------------------------------------------------------------------- its partial sums
def seven_terms_are_the_polynomial(loss: Term, values: Sequence[Term], step: Term) -> Theorem:
    """S(n + 7) = loss(step): the seven first terms are the polynomial, and the others are 0."""
    sums_of_series, more = taylor_sums(S, a, power, step), sum_continues(S, a, power, step)
    by = [substitute(powers_up_to_six(), {t: step}), *(instance(more, k) for k in SEVEN)]
    total = S(DEGREE + 1) == series_of(FIRST_SEVEN, step)
    seven = entails([POWERS, sums_of_series], total, by=by)
    base = entails([POWERS, sums_of_series, *has_series(step)], S(DEGREE + 1) == r, by=[seven])
    holds: Callable[[Any], Any] = lambda n: S(n + (DEGREE + 1)) == r
    rest = [instance(more, n + (DEGREE + 1)), instance(ends(a), n)]
    next_one = entails([ends(a), sums_of_series, holds(n)], holds(n + 1), by=rest)
    return for_polynomial(by_induction(holds, base, next_one, n), loss, values, step)


def polynomial_is_its_series(loss: Term, values: Sequence[Term], step: Term) -> list[Theorem]:
    """It has these derivatives of every order, and S(n + 7) = loss(step)."""
    return [polynomial_is_smooth(loss, values), seven_terms_are_the_polynomial(loss, values, step)]
