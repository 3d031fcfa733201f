"""All derivatives of exp(-1/x^2), continued by 0, vanish at 0: its Taylor series there is 0.

By induction on n, for every m, flat(m) has derivatives up to order n that are 0 at 0. For n + 1:
flat(m)' = 2 flat(m + 3) - m flat(m + 1). So if D1 and D2 are the derivatives of flat(m + 3) and of
flat(m + 1) up to order n, then those of flat(m) up to order n + 1 are

    D(0, .) = flat(m),   D(k + 1, .) = 2 D1(k, .) - m D2(k, .).
"""

from functools import cache

from proofs.background.b09_taylor.derivative_rules import (
    derivative_rewritten, multiple_of, multiple_rule, sum_of_pairs, sum_rule,
)  # fmt: skip
from proofs.background.b09_taylor.exponential import exp, exp_is_positive
from proofs.background.b09_taylor.flat_function import (
    FLAT_GIVEN, INVERSE_POWERS_CONTINUE, INVERSE_POWERS_START, IS_INVERSE, flat, inverse,
    of_the_inverse,
)  # fmt: skip
from proofs.background.b09_taylor.flat_slopes import flat_and_slope, flat_has_its_slope
from proofs.background.b09_taylor.higher_derivatives import (
    NO_DERIVATIVES, begins_with, each_derives_the_last, row_and_next, values_at_zero,
)  # fmt: skip
from proofs.prelude import *

D, D1, D2 = function("D D1 D2", (N, R) >> R)
x, t = real("x t")
k, m, n = natural("k m n")


def vanishing_derivatives(D: Term, m: Term | int, n: Term | int) -> list[Term]:
    """D are the derivatives of flat(m) up to order n, and they are 0 at 0."""
    return [derivatives_up_to(n, flat(m), D), values_at_zero(D, NO_DERIVATIVES, n)]


def derivatives_vanish_up_to(n: Term | int) -> Term:
    """Every flat(m) has derivatives up to order n, and they are 0 at 0."""
    return forall(N, lambda m: derivatives_at_zero(n, flat(m), NO_DERIVATIVES))


# ------------------------------------------------------------------------------- order 0
@cache
def order_zero() -> Theorem:
    """flat(m) itself is 0 at 0."""
    alone, goal = (
        fun(N, R, lambda k, t: flat(m)(t)),
        derivatives_at_zero(0, flat(m), NO_DERIVATIVES),
    )
    begins = generalize(entails([], alone(0, t) == flat(m)(t)), t)
    no_step = generalize(entails([k < 0], derivative(*row_and_next(alone, k))), k)
    value = generalize(entails([k <= 0], alone(k, 0) == 0), k)
    use = entails([], goal, by=[witnessed(goal, alone), begins, no_step, value])
    return generalize(use, m)


# ----------------------------------------------------------------- from order n to order n + 1
FIRST_ROW = forall(R, lambda t: D(0, t) == flat(m)(t))
LATER_ROWS = forall(N, R, lambda k, t: D(k + 1, t) == 2 * D1(k, t) - m * D2(k, t))
KNOWN_UP_TO_n = [*vanishing_derivatives(D1, m + 3, n), *vanishing_derivatives(D2, m + 1, n)]
STEP_GIVEN = [*FLAT_GIVEN, FIRST_ROW, LATER_ROWS, *KNOWN_UP_TO_n]


@cache
def first_row_is_derived() -> Theorem:
    """D(1, .) = 2 flat(m + 3) - m flat(m + 1) is the derivative of D(0, .) = flat(m)."""
    begins = [instance(begins_with(D1, flat(m + 3)), t), instance(begins_with(D2, flat(m + 1)), t)]
    rows = [instance(FIRST_ROW, t), instance(LATER_ROWS, 0, t)]
    new = row_and_next(D, 0)
    same = derivative_rewritten(flat_and_slope(m), new, STEP_GIVEN, [*rows, *begins])
    return entails(STEP_GIVEN, derivative(*new), by=[same, flat_has_its_slope()])


@cache
def later_row_is_derived() -> Theorem:
    """For k < n, D(k + 2, .) is the derivative of D(k + 1, .): the rule for sums."""
    twice = multiple_of(2, row_and_next(D1, k))
    less, new = sum_of_pairs(twice, -m, row_and_next(D2, k)), row_and_next(D, k + 1)
    rows = [instance(LATER_ROWS, k, t), instance(LATER_ROWS, k + 1, t)]
    same = derivative_rewritten(less, new, STEP_GIVEN, rows)
    rules = [multiple_rule(2, row_and_next(D1, k)), sum_rule(twice, -m, row_and_next(D2, k))]
    known = [instance(each_derives_the_last(F, n), k) for F in (D1, D2)]
    return entails([*STEP_GIVEN, k < n], derivative(*new), by=[*rules, same, *known])


@cache
def rows_are_derivatives() -> Theorem:
    """D are the derivatives of flat(m) up to order n + 1."""

    def derived(k: Term | int) -> Term:
        return implies(k < n + 1, derivative(*row_and_next(D, k)))

    base = entails(STEP_GIVEN, derived(0), by=[first_row_is_derived()])
    step = entails(STEP_GIVEN, derived(k + 1), by=[later_row_is_derived()])
    return by_induction(derived, base, step, k)


@cache
def rows_vanish_at_zero() -> Theorem:
    """D(k, 0) = 0 for k <= n + 1."""

    def vanishes(k: Term | int) -> Term:
        return implies(k <= n + 1, D(k, 0) == 0)

    base = entails(STEP_GIVEN, vanishes(0), by=[instance(FIRST_ROW, 0)])
    known = [instance(values_at_zero(F, NO_DERIVATIVES, n), k) for F in (D1, D2)]
    step = entails(STEP_GIVEN, vanishes(k + 1), by=[instance(LATER_ROWS, k, 0), *known])
    return by_induction(vanishes, base, step, k)


@cache
def one_more_order() -> Theorem:
    """What holds up to n for every m, such as m + 3 and m + 1, holds up to n + 1 for every m."""
    goal, known = derivatives_at_zero(n + 1, flat(m), NO_DERIVATIVES), derivatives_vanish_up_to(n)
    by = [witnessed(goal, D), rows_are_derivatives(), rows_vanish_at_zero()]
    there_is = recursion(R, lambda t: flat(m)(t), lambda k, y, t: 2 * D1(k, t) - m * D2(k, t), R)
    use = choose(there_is, entails(STEP_GIVEN, goal, by=by), D)
    use = choose(instance(known, m + 3), use, D1)
    return generalize(choose(instance(known, m + 1), use, D2), m)


@cache
def derivatives_vanish() -> Theorem:
    """Every flat(m) has derivatives of every order n, and they are 0 at 0."""
    return by_induction(derivatives_vanish_up_to, order_zero(), one_more_order(), n)


# ------------------------------------------------------------------------- of exp(-1/x^2) itself
def is_flat(f: Term, exp: Term) -> list[Term]:
    """f(0) = 0, and f(x) = exp(-1/x^2) for x != 0."""
    return [f(0) == 0, forall(R, lambda x: implies(x != 0, f(x) == exp(-1 / x**2)))]


@cache
def flat_is_flat() -> list[Theorem]:
    """flat(0) is such a function."""
    y = inverse(x)
    inverted = entails([x != 0, x * y == 1], x**2 * (1 / x**2) == x**2 * y**2)
    given = [IS_INVERSE, x != 0]
    squared = entails(given, -1 / x**2 == -(y**2), by=[instance(IS_INVERSE, x), inverted])
    same = replaced(lambda z: exp(-(y**2)) == exp(z), -(y**2), -1 / x**2)
    known = [instance(INVERSE_POWERS_START, x), instance(INVERSE_POWERS_CONTINUE, 0, x)]
    by = [squared, same, *known, instance(IS_INVERSE, x)]
    value = entails([*FLAT_GIVEN, x != 0], flat(0)(x) == exp(-1 / x**2), by=by)
    return [entails([], flat(0)(0) == 0), generalize(value, x)]


def every_derivative_vanishes(f: Term) -> Theorem:
    """{exp is the exponential function, is_flat(f, exp)} |- f has at 0 the derivatives 0."""
    origin, elsewhere = is_flat(f, exp)
    given, goal = [*FLAT_GIVEN, origin, elsewhere], derivatives_at_zero(n, f, NO_DERIVATIVES)
    at_zero = replaced(lambda y: f(y) == flat(0)(y), 0, x)
    there = [instance(elsewhere, x), instance(flat_is_flat()[1], x), at_zero]
    equal = generalize(entails(given, f(x) == flat(0)(x), by=there), x)
    chain = vanishing_derivatives(D, 0, n)
    begins = [instance(begins_with(D, flat(0)), t), instance(equal, t)]
    value = generalize(entails([*given, *chain], D(0, t) == f(t), by=begins), t)
    use = entails([*given, *chain], goal, by=[witnessed(goal, D), value])
    return generalize(of_the_inverse(choose(instance(derivatives_vanish(), n, 0), use, D)), n)


@cache
def flat_is_positive_at_one() -> Theorem:
    """exp(-1/x^2) > 0 at x = 1."""
    known = [instance(INVERSE_POWERS_START, 1), instance(INVERSE_POWERS_CONTINUE, 0, 1)]
    positive = substitute(exp_is_positive(), {x: -(inverse(1) ** 2)})
    by = [*known, instance(IS_INVERSE, 1), positive]
    return entails(FLAT_GIVEN, flat(0)(1) > 0, by=by)
