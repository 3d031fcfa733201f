"""The exponential function, from exp(x + y) = exp(x) exp(y) and exp(x) >= 1 + x alone.

Rudin, Principles of Mathematical Analysis, chapter 8. That there is such a function is an axiom.
"""

from functools import cache

from proofs.axioms import exponential
from proofs.background.b09_taylor.series import (
    POWER_CONTINUES,
    POWER_STARTS,
    POWERS,
    near_by,
    power,
)
from proofs.background.b09_taylor.slopes_at_a_point import quadratic_error_is_small, within_each
from proofs.prelude import *

exp = function("exp", R >> R)
x, h, c, p, epsilon = real("x h c p epsilon")
k, n = natural("k n")

IS_EXP = is_exponential(exp)
EXP_ADDS = forall(R, lambda x, y: exp(x + y) == exp(x) * exp(y))
EXP_IS_ABOVE = forall(R, lambda x: exp(x) >= 1 + x)


def of_the_exponential(theorem: Theorem) -> Theorem:
    """`theorem` without its hypothesis is_exponential(exp), since there is such a function."""
    return choose(exponential(), theorem, exp)


@cache
def exp_is_positive() -> Theorem:
    """exp(x) = exp(x/2)^2 > 0, exp(x) exp(-x) = exp(0) = 1, since exp(0) = exp(0)^2 >= 1."""
    pairs = [(x, -x), (x / 2, x / 2), (0, 0)]
    by = [*(instance(EXP_ADDS, *pair) for pair in pairs), instance(EXP_IS_ABOVE, 0)]
    return entails([IS_EXP], (exp(x) > 0) & (exp(x) * exp(-x) == 1) & (exp(0) == 1), by=by)


# ------------------------------------------------------------------------------ its derivatives
@cache
def nearly_linear() -> Theorem:
    """|exp(h) - 1 - h| <= 2 h^2 for |h| < 1/2, since exp(h) = 1 / exp(-h) <= 1 / (1 - h)."""
    above = [instance(EXP_IS_ABOVE, h), instance(EXP_IS_ABOVE, -h)]
    by = [substitute(exp_is_positive(), {x: h}), *above]
    below = entails([IS_EXP, 2 * abs(h) < 1], exp(h) * (1 - h) <= 1, by=by)
    return entails([IS_EXP, 2 * abs(h) < 1], abs(exp(h) - 1 - h) <= 2 * h**2, by=[*by, below])


def exp_modulus(exp: Term) -> Term:
    """(x, epsilon) |-> min(1/2, epsilon / (2 exp(x)))."""
    return fun(R, R, lambda x, epsilon: minimum(Fraction(1, 2), epsilon / (2 * exp(x))))


@cache
def own_derivative() -> Theorem:
    """exp is its own derivative, with `exp_modulus(exp)`: the error is exp(x) (exp(h) - 1 - h)."""
    e, missed = exp(h) - 1 - h, exp(x + h) - exp(x) - exp(x) * h
    split = entails([IS_EXP], abs(missed) == abs(exp(x) * e), by=[instance(EXP_ADDS, x, h)])
    scaled = entails([abs(e) <= 2 * h**2, exp(x) > 0], abs(exp(x) * e) <= 2 * exp(x) * h**2)
    small = quadratic_error_is_small(2 * exp(x), missed)
    within = within_each(Fraction(1, 2), epsilon / (2 * exp(x)))
    by = [nearly_linear(), exp_is_positive(), scaled, split, small, within]
    goal = differentiable_everywhere(exp, exp, exp_modulus(exp))
    return for_each(goal, x, epsilon, h, given=[IS_EXP], by=by)


def exp_has_itself_for_derivative() -> Theorem:
    """exp is its own derivative."""
    goal = derivative(exp, exp)
    return entails([IS_EXP], goal, by=[witnessed(goal, exp_modulus(exp)), own_derivative()])


EXP_OF_EACH_ORDER = fun(N, R, lambda n, t: exp(t))


def derivatives_of_exp() -> Theorem:
    """All derivatives of exp are exp."""
    value = generalize(entails([], EXP_OF_EACH_ORDER(0, x) == exp(x)), x)
    same = entails([IS_EXP, k < n], derivative(exp, exp), by=[exp_has_itself_for_derivative()])
    goal = derivatives_up_to(n, exp, EXP_OF_EACH_ORDER)
    return generalize(entails([IS_EXP], goal, by=[value, generalize(same, k)]), n)


# ------------------------------------------------------------------------- bounds, and their series
def exp_is_below_its_value_at_one() -> Theorem:
    """0 < exp(x) <= exp(1) for 0 <= x <= 1: exp(1) = exp(x) exp(1 - x) >= exp(x) (1 + (1 - x))."""
    by = [exp_is_positive(), instance(EXP_ADDS, x, 1 - x), instance(EXP_IS_ABOVE, 1 - x)]
    return generalize(entails([IS_EXP, x >= 0, x <= 1], abs(exp(x)) <= exp(1), by=by), n, x)


@cache
def powers_of_one_are_small() -> Theorem:
    """0 <= k/k! <= 1, and 1/k! <= 1: by induction on k."""

    def small(k: Term | int) -> Term:
        return all_of(power(k, 1) >= 0, power(k, 1) <= 1, k * power(k, 1) <= 1)

    base = entails([POWERS], small(0), by=[instance(POWER_STARTS, 1)])
    multiplied = instance(POWER_CONTINUES, k, 1)
    return by_induction(small, base, entails([POWERS, small(k)], small(k + 1), by=[multiplied]), k)


def exp_over_factorials_vanishes() -> Theorem:
    """exp(1)/n! tends to 0: exp(1)/k! <= epsilon k/k! <= epsilon for k >= n >= exp(1)/epsilon."""
    far = [c > 0, epsilon > 0, c / epsilon <= n, k >= n]
    apart = entails(far, c <= epsilon * k)
    scaled = entails([c <= epsilon * k, p >= 0], c * p <= epsilon * (k * p))
    product = entails([*far, p >= 0, k * p <= 1], c * p <= epsilon, by=[apart, scaled])
    here = substitute(product, {c: exp(1), p: power(k, 1)})
    given = [IS_EXP, POWERS, exp(1) / epsilon <= n]
    positive = substitute(exp_is_positive(), {x: 1})
    by = [here, instance(powers_of_one_are_small(), k), positive]
    sequence = fun(N, lambda n: exp(1) * power(n, 1))
    some_n = archimedes(exp(1) / epsilon)
    return generalize(choose(some_n, near_by(sequence, 0, n, given, by), n), epsilon)
