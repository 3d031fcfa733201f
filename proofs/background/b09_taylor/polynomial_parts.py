"""The first terms of a Taylor series and of the series of its derivatives, as functions of t.

    P(j, m, t) = a(m) + a(m+1) t + ... + a(m+j-1) t^(j-1)/(j-1)!

is the sum of the first j terms of the series of the m-th derivative. Its derivative in t is
P(j - 1, m + 1, t), and its value at 0 is a(m).
"""

from functools import cache

from proofs.background.b09_taylor.derivative_rules import (
    IDENTITY, Pair, constant, constant_rule, derivative_rewritten, identity_rule,
    multiple_of, multiple_rule, product_of, product_rule, sum_of_pairs, sum_rule,
)  # fmt: skip
from proofs.background.b09_taylor.series import POWER_CONTINUES, POWER_STARTS, POWERS, power
from proofs.prelude import *

P, a = function("P", (N, N, R) >> R), function("a", N >> R)
t = real("t")
j, k, m = natural("j k m")

PART_STARTS = forall(N, R, lambda m, t: P(0, m, t) == 0)
PART_CONTINUES = forall(
    N, N, R, lambda j, m, t: P(j + 1, m, t) == P(j, m, t) + a(m + j) * power(j, t)
)
PARTS = [PART_STARTS, PART_CONTINUES]
PARTS_OF_SERIES = [POWERS, *PARTS]


def of_the_parts(theorem: Theorem) -> Theorem:
    """`theorem` without its hypotheses on P: there is such a function."""
    there_are = recursion(R, lambda m, t: 0, lambda j, y, m, t: y + a(m + j) * power(j, t), N, R)
    return choose(there_are, theorem, P)


def power_and_slope(k: Term | int) -> Pair:
    """t^(k+1)/(k+1)! and its derivative t^k/k!."""
    return fun(R, lambda t: power(k + 1, t)), fun(R, lambda t: power(k, t))


def part_and_slope(j: Term | int, m: Term | int) -> Pair:
    """P(j + 1, m, .) and its derivative P(j, m + 1, .)."""
    return fun(R, lambda t: P(j + 1, m, t)), fun(R, lambda t: P(j, m + 1, t))


@cache
def slope_of_powers() -> Theorem:
    """t^(k+1)/(k+1)! has the derivative t^k/k!: it is t/(k+1) times t^k/k!; by induction on k."""

    def holds(k: Term | int) -> Term:
        return derivative(*power_and_slope(k))

    first = [instance(POWER_CONTINUES, 0, t), instance(POWER_STARTS, t)]
    begins = derivative_rewritten(IDENTITY, power_and_slope(0), [POWERS], first)
    base = entails([POWERS], holds(0), by=[begins, identity_rule()])
    product = product_of(IDENTITY, power_and_slope(k))
    share = 1 / (k + 2)
    recurs = [instance(POWER_CONTINUES, k, t), instance(POWER_CONTINUES, k + 1, t)]
    new = derivative_rewritten(
        multiple_of(share, product), power_and_slope(k + 1), [POWERS], recurs
    )
    rules = [identity_rule(), product_rule(IDENTITY, power_and_slope(k))]
    rules += [multiple_rule(share, product), new]
    return by_induction(holds, base, entails([POWERS, holds(k)], holds(k + 1), by=rules), k)


@cache
def slope_of_first_part() -> Theorem:
    """P(1, m, .) = a(m) has the derivative P(0, m + 1, .) = 0."""
    begins = [instance(PART_STARTS, m, t), instance(PART_STARTS, m + 1, t)]
    known = [*begins, instance(PART_CONTINUES, 0, m, t), instance(POWER_STARTS, t)]
    same = derivative_rewritten(constant(a(m)), part_and_slope(0, m), PARTS_OF_SERIES, known)
    goal = derivative(*part_and_slope(0, m))
    return entails(PARTS_OF_SERIES, goal, by=[same, constant_rule(a(m))])


@cache
def slope_of_parts() -> Theorem:
    """P(j + 1, m, .) has the derivative P(j, m + 1, .): by induction on j, for every m."""

    def holds(j: Term | int) -> Term:
        return forall(N, lambda m: derivative(*part_and_slope(j, m)))

    longer = sum_of_pairs(part_and_slope(j, m), a(m + j + 1), power_and_slope(j))
    recurs = [instance(PART_CONTINUES, j + 1, m, t), instance(PART_CONTINUES, j, m + 1, t)]
    same = derivative_rewritten(longer, part_and_slope(j + 1, m), PARTS_OF_SERIES, recurs)
    added = sum_rule(part_and_slope(j, m), a(m + j + 1), power_and_slope(j))
    known = [instance(holds(j), m), instance(slope_of_powers(), j), added, same]
    goal = derivative(*part_and_slope(j + 1, m))
    step = generalize(entails([*PARTS_OF_SERIES, holds(j)], goal, by=known), m)
    return by_induction(holds, generalize(slope_of_first_part(), m), step, j)


@cache
def powers_vanish_at_zero() -> Theorem:
    """t^(k+1)/(k+1)! = 0 at t = 0, for every k."""
    multiplied = instance(POWER_CONTINUES, k, 0)
    return generalize(entails([POWERS], power(k + 1, 0) == 0, by=[multiplied]), k)


@cache
def parts_at_zero() -> Theorem:
    """P(j + 1, m, 0) = a(m): by induction on j, for every m."""

    def holds(j: Term | int) -> Term:
        return forall(N, lambda m: P(j + 1, m, 0) == a(m))

    begins = [instance(PART_STARTS, m, 0), instance(POWER_STARTS, 0)]
    first = [*begins, instance(PART_CONTINUES, 0, m, 0)]
    base = generalize(entails(PARTS_OF_SERIES, P(1, m, 0) == a(m), by=first), m)
    vanishes = instance(powers_vanish_at_zero(), k)
    known = [instance(holds(k), m), vanishes, instance(PART_CONTINUES, k + 1, m, 0)]
    step = entails([*PARTS_OF_SERIES, holds(k)], P(k + 2, m, 0) == a(m), by=known)
    return by_induction(holds, base, generalize(step, m), k)
