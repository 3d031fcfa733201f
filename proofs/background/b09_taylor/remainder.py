"""Taylor's theorem with Lagrange's remainder, for every order, from the mean value theorem.

    f(t) = a(0) + a(1) t + ... + a(n-1) t^(n-1)/(n-1)! + D(n, x) t^n/n!   for some x in (0, t],

where D(k, .) is the k-th derivative of f and a(k) = D(k, 0). (Rudin, Principles of Mathematical
Analysis, 5.15.)

As there, c is chosen so that D(0, t) - P(n, 0, t) - c t^n/n! = 0, where P(j, m, t) is the sum of
the first j terms of the series of D(m, .). That difference is 0 at 0 as well, so its derivative
D(1, .) - P(n-1, 1, .) - c t^(n-1)/(n-1)! is 0 at some point between; and so on, until after n steps
D(n, x) - c = 0.
"""

from functools import cache

from proofs.background.b09_taylor.derivative_rules import (
    Pair, increment_is_slope, mean_value, sum_of_pairs, sum_rule,
)  # fmt: skip
from proofs.background.b09_taylor.higher_derivatives import (
    begins_with, each_derives_the_last, row_and_next, values_at_zero,
)  # fmt: skip
from proofs.background.b09_taylor.polynomial_parts import (
    PART_CONTINUES, PART_STARTS, PARTS, PARTS_OF_SERIES, P, a, of_the_parts, part_and_slope,
    parts_at_zero, power_and_slope, powers_vanish_at_zero, slope_of_parts, slope_of_powers,
)  # fmt: skip
from proofs.background.b09_taylor.series import (
    POWER_STARTS, POWERS, S, power, powers_are_positive, sum_continues,
)  # fmt: skip
from proofs.prelude import *

D, f, bound = function("D", (N, R) >> R), function("f", R >> R), function("bound", N >> R)
t, x, y, c = real("t x y c")
j, k, m, n = natural("j k m n")

SMOOTH_UP_TO_n = [derivatives_up_to(n, f, D), values_at_zero(D, a, n)]
ABOUT_f = [*SMOOTH_UP_TO_n, *PARTS_OF_SERIES]


# ------------------------------------------------------------ Rolle's theorem, again and again
def model_and_slope(j: Term | int, m: Term | int) -> Pair:
    """P(j + 1, m, .) + c t^(j+1)/(j+1)!, with its derivative."""
    return sum_of_pairs(part_and_slope(j, m), c, power_and_slope(j))


def gap_and_slope(j: Term | int, m: Term | int) -> Pair:
    """The gap at j + 1 and m, and its derivative, that at j and m + 1."""
    return sum_of_pairs(row_and_next(D, m), -1, model_and_slope(j, m))


def gap(j: Term | int, m: Term | int, t: Term) -> Term:
    """D(m, t) - P(j, m, t) - c t^j/j!."""
    value: Term = D(m, t) - (P(j, m, t) + c * power(j, t))
    return value


def reaches(c: Term, order: Term | int, t: Term) -> Term:
    """D(order, x) = c for some x in (0, t]."""
    return exists(R, lambda x: (x > 0) & (x <= t) & (D(order, x) == c))


def flat_before(j: Term | int, m: Term | int, t: Term) -> Term:
    """The gap at j and m is 0 at some x in (0, t)."""
    return exists(R, lambda x: all_of(x > 0, x < t, gap(j, m, x) == 0))


@cache
def gap_has_its_slope() -> Theorem:
    """The derivative of the gap at j + 1 and m is the gap at j and m + 1, for m < n."""
    known = [instance(slope_of_parts(), j, m), instance(slope_of_powers(), j)]
    known += [instance(each_derives_the_last(D, n), m)]
    rules = [sum_rule(part_and_slope(j, m), c, power_and_slope(j))]
    rules += [sum_rule(row_and_next(D, m), -1, model_and_slope(j, m))]
    return entails([*ABOUT_f, m < n], derivative(*gap_and_slope(j, m)), by=[*known, *rules])


@cache
def rolle() -> Theorem:
    """If the gap at j + 1 and m is 0 at t > 0, that at j and m + 1 is 0 between 0 and t."""
    before = [m + (j + 1) <= n, t > 0, gap(j + 1, m, t) == 0]
    origin = [instance(powers_vanish_at_zero(), j), instance(parts_at_zero(), j, m)]
    starts = instance(values_at_zero(D, a, n), m)
    at_zero = entails([*ABOUT_f, m < n], gap(j + 1, m, 0 * t) == 0, by=[*origin, starts])
    rule, between = mean_value(gap_and_slope(j, m)), increment_is_slope(gap_and_slope(j, m), t, x)
    goal = flat_before(j, m + 1, t)
    flat = entails([*ABOUT_f, *before, *between], goal, by=[witnessed(goal, x), at_zero])
    somewhere = entails([*ABOUT_f, *before], rule.goal, by=[rule, gap_has_its_slope()])
    return choose(somewhere, flat, x)


@cache
def rolle_again_and_again() -> Theorem:
    """If the gap at j and m is 0 at t > 0, D(m + j, x) = c for some x in (0, t]."""

    def holds(j: Term | int) -> Term:
        reached = lambda m, t: implies(m + j <= n, t > 0, gap(j, m, t) == 0, reaches(c, m + j, t))
        return forall(N, R, reached)

    first = [instance(PART_STARTS, m, t), instance(POWER_STARTS, t)]
    at_t = witnessed(reaches(c, m, t), t)
    base = entails(ABOUT_f, instance(holds(0), m, t).goal, by=[*first, at_t])

    before = [m + (j + 1) <= n, t > 0, gap(j + 1, m, t) == 0]
    inside = [x > 0, x < t, gap(j, m + 1, x) == 0]
    known = [*ABOUT_f, *before, holds(j), *inside]
    at_x = entails(known, reaches(c, m + 1 + j, x), by=[instance(holds(j), m + 1, x)])
    goal = reaches(c, m + (j + 1), t)
    nearer = [y > 0, y <= x, D(m + (j + 1), y) == c]
    found = choose(at_x, entails([*nearer, x < t], goal, by=[witnessed(goal, y)]), y)
    longer = instance(holds(j + 1), m, t).goal
    step = entails([*ABOUT_f, holds(j)], longer, by=[choose(rolle(), found, x)])
    return by_induction(holds, generalize(base, m, t), generalize(step, m, t), j)


# ----------------------------------------------------------------------------- Taylor's theorem
def remainder_form(f: Term, total: Term, D: Term, n: Term, power: Term, t: Term) -> Term:
    """f(t) = total + D(n, x) t^n/n! for some x in (0, t]."""
    return exists(R, lambda x: all_of(x > 0, x <= t, f(t) == total + D(n, x) * power(n, t)))


@cache
def lagrange_remainder() -> Theorem:
    """f(t) = P(n, 0, t) + D(n, x) t^n/n! for some x in (0, t]."""
    remainder = (D(0, t) - P(n, 0, t)) / power(n, t)
    always = instance(substitute(rolle_again_and_again(), {c: remainder}), n, 0, t)
    goal = remainder_form(f, P(n, 0, t), D, n, power, t)
    positive, same = instance(powers_are_positive(), n), instance(begins_with(D, f), t)
    inside = [x > 0, x <= t, D(n, x) == remainder]
    use = entails([*ABOUT_f, t > 0, *inside], goal, by=[witnessed(goal, x), positive, same])
    reached = reaches(remainder, n, t)
    return choose(entails([*ABOUT_f, t > 0], reached, by=[always, positive]), use, x)


@cache
def sums_are_parts() -> Theorem:
    """The partial sums S(n) of the series at t are P(n, 0, t): by induction on n."""
    series, more = taylor_sums(S, a, power, t), sum_continues(S, a, power, t)
    known = [instance(more, k), instance(PART_CONTINUES, k, 0, t)]
    shorter = [series, *PARTS, S(k) == P(k, 0, t)]
    step = entails(shorter, S(k + 1) == P(k + 1, 0, t), by=known)
    base = entails([series, *PARTS], S(0) == P(0, 0, t), by=[instance(PART_STARTS, 0, t)])
    return by_induction(lambda k: S(k) == P(k, 0, t), base, step, k)


@cache
def taylor_theorem() -> Theorem:
    """f(t) = S(n) + D(n, x) t^n/n! for some x in (0, t], where S are the partial sums at t."""
    goal = remainder_form(f, S(n), D, n, power, t)
    given = [*ABOUT_f, t > 0, taylor_sums(S, a, power, t)]
    inside = [x > 0, x <= t, f(t) == P(n, 0, t) + D(n, x) * power(n, t)]
    same = instance(sums_are_parts(), n)
    use = entails([*given, *inside], goal, by=[same, witnessed(goal, x)])
    return of_the_parts(choose(lagrange_remainder(), use, x))


def taylor(
    loss: Term,
    derivatives: Term,
    at_start: Term,
    powers: Term,
    total: Term,
    order: Term,
    step: Term,
) -> Theorem:
    """f(t) = S(n) + D(n, x) t^n/n! for some x in (0, t].

    The hypotheses are `derivatives_up_to(order, loss, derivatives)`, derivatives(k, 0) =
    at_start(k) for k <= order, `taylor_powers(powers)`, `taylor_sums(total, at_start, powers,
    step)` and step > 0.
    """
    values = {f: loss, D: derivatives, a: at_start, power: powers, S: total, n: order, t: step}
    return substitute(taylor_theorem(), values)


@cache
def error_is_at_most_the_bound() -> Theorem:
    """|S(n) - f(t)| = |D(n, x)| t^n/n! <= bound(n) t^n/n!."""
    bounded, close = derivatives_at_most(f, bound, t), abs(S(n) - f(t)) <= bound(n) * power(n, t)
    smooth = forall(N, lambda n: derivatives_at_zero(n, f, a))
    given = [smooth, bounded, POWERS, taylor_sums(S, a, power, t), t > 0]
    inside = [x > 0, x <= t, f(t) == S(n) + D(n, x) * power(n, t)]
    known = [instance(bounded, n, D, x), instance(powers_are_positive(), n)]
    small = entails([*given, *SMOOTH_UP_TO_n, *inside], close, by=known)
    return choose(instance(smooth, n), choose(taylor_theorem(), small, x), D)


def error_of_the_sum(
    loss: Term, at_start: Term, powers: Term, total: Term, bounds: Term, step: Term
) -> Theorem:
    """|S(n) - f(t)| <= bound(n) t^n/n!, for the symbol n.

    The hypotheses are `derivatives_at_zero(n, loss, at_start)` for every n,
    `derivatives_at_most(loss, bounds, step)`, `taylor_powers(powers)`, `taylor_sums(total,
    at_start, powers, step)` and step > 0.
    """
    values = {f: loss, a: at_start, power: powers, S: total, bound: bounds, t: step}
    return substitute(error_is_at_most_the_bound(), values)
