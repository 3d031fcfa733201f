"""The functions x^-m exp(-1/x^2), with 0 at 0: each has the derivative 0 at 0.

`inverse` is any function with x inverse(x) = 1 for x != 0, and powers(m, x) = inverse(x)^m. Away
from 0 the function flat(m) is e(m, x) = inverse(x)^m exp(-inverse(x)^2); everywhere it is
x e(m + 1, x). Since x^-m exp(-s/x^2) is bounded for s > 0, flat(m) is at most b h^2 at h.

(Rudin, Principles of Mathematical Analysis, chapter 8. The derivatives elsewhere are in
`flat_slopes`, those of every order in `flat_derivatives`.)
"""

from functools import cache

from proofs.background.b09_taylor.exponential import (
    EXP_ADDS, EXP_IS_ABOVE, IS_EXP, exp, exp_is_positive, of_the_exponential,
)  # fmt: skip
from proofs.background.b09_taylor.slopes_at_a_point import quadratic_error_is_small
from proofs.prelude import *

inverse, powers = function("inverse", R >> R), function("powers", (N, R) >> R)
x, h, c, s, b, q, r, epsilon = real("x h c s b q r epsilon")
m = natural("m")

IS_INVERSE = forall(R, lambda x: implies(x != 0, x * inverse(x) == 1))
INVERSE_POWERS_START = forall(R, lambda x: powers(0, x) == 1)
INVERSE_POWERS_CONTINUE = forall(N, R, lambda m, x: powers(m + 1, x) == inverse(x) * powers(m, x))
INVERSE_POWERS = [INVERSE_POWERS_START, INVERSE_POWERS_CONTINUE]
FLAT_GIVEN = [IS_EXP, IS_INVERSE, *INVERSE_POWERS]


def e(m: Term | int, x: Term | int) -> Term:
    """x^-m exp(-1/x^2), for x != 0."""
    value: Term = powers(m, x) * exp(-(inverse(x) ** 2))
    return value


def flat(m: Term | int) -> Term:
    """x |-> x^-m exp(-1/x^2) for x != 0, and 0 at 0."""
    return fun(R, lambda x: x * e(m + 1, x))


# ------------------------------------------------------------------ x^-m exp(-s/x^2) is bounded
def damped(m: Term | int, s: Term | int, x: Term) -> Term:
    """|x^-m| exp(-s/x^2)."""
    value: Term = abs(powers(m, x)) * exp(-s * inverse(x) ** 2)
    return value


def is_bound(b: Term | int, m: Term | int, s: Term | int) -> Term:
    """|x^-m| exp(-s/x^2) <= b for every x."""
    return forall(R, lambda x: damped(m, s, x) <= b)


def has_bound(m: Term | int, s: Term | int) -> Term:
    """There is such a b > 0."""
    return exists(R, lambda b: (b > 0) & is_bound(b, m, s))


@cache
def exp_of_a_negative_square() -> Theorem:
    """With y = 1/x, exp(-s y^2) (1 + s y^2) <= exp(-s y^2) exp(s y^2) = 1."""
    square = s * inverse(x) ** 2
    small = (exp(-square) * (1 + square) <= 1) & (exp(-square) > 0)
    by = [substitute(exp_is_positive(), {x: -square}), instance(EXP_IS_ABOVE, square)]
    return entails([IS_EXP, s > 0], small, by=by)


@cache
def damped_once() -> Theorem:
    """|y| exp(-s y^2) <= 1 + 1/s, with y = 1/x."""
    damp = exp(-s * inverse(x) ** 2)
    at_most = entails([s > 0, q * (1 + s * r**2) <= 1, q > 0], abs(r) * q <= 1 + 1 / s)
    by = [exp_of_a_negative_square(), substitute(at_most, {q: damp, r: inverse(x)})]
    return entails([IS_EXP, s > 0], abs(inverse(x)) * damp <= 1 + 1 / s, by=by)


@cache
def damped_has_a_bound() -> Theorem:
    """exp(-s/x^2) <= 1."""
    given = [IS_EXP, *INVERSE_POWERS, s > 0]
    by = [exp_of_a_negative_square(), instance(INVERSE_POWERS_START, x)]
    at_most_one = generalize(entails(given, damped(0, s, x) <= 1, by=by), x)
    goal = has_bound(0, s)
    return entails(given, goal, by=[witnessed(goal, 1), at_most_one])


@cache
def damped_further_has_a_bound() -> Theorem:
    """If b bounds |x^-m| exp(-s/(2 x^2)), (1 + 2/s) b bounds |x^-(m+1)| exp(-s/x^2)."""
    half, y, new_bound = s / 2, inverse(x), (1 + 2 / s) * b
    damp = exp(-half * y**2)
    given = [IS_EXP, *INVERSE_POWERS, s > 0, b > 0, is_bound(b, m, half)]
    split = entails(
        [IS_EXP], exp(-s * y**2) == damp**2, by=[instance(EXP_ADDS, -half * y**2, -half * y**2)]
    )
    once = substitute(damped_once(), {s: half})
    product = entails([q <= c, abs(r) <= b, q >= 0], q * abs(r) <= c * b)
    product = substitute(product, {q: abs(y) * damp, c: 1 + 1 / half, r: powers(m, x) * damp})
    positive = substitute(exp_is_positive(), {x: -half * y**2})
    by = [once, split, product, positive, instance(INVERSE_POWERS_CONTINUE, m, x)]
    by += [instance(is_bound(b, m, half), x)]
    bound = entails(given, damped(m + 1, s, x) <= new_bound, by=by)
    goal, still_positive = has_bound(m + 1, s), entails([s > 0, b > 0], new_bound > 0)
    return entails(
        given, goal, by=[witnessed(goal, new_bound), still_positive, generalize(bound, x)]
    )


@cache
def every_damped_has_a_bound() -> Theorem:
    """For every s > 0, x^-m exp(-s/x^2) is bounded: by induction on m for every s, halving s."""

    def holds(m: Term | int) -> Term:
        return forall(R, lambda s: implies(s > 0, has_bound(m, s)))

    there = entails([holds(m), s > 0], has_bound(m, s / 2), by=[instance(holds(m), s / 2)])
    step = choose(there, damped_further_has_a_bound(), b)
    return by_induction(holds, generalize(damped_has_a_bound(), s), generalize(step, s), m)


def e_is_bounded(m: Term | int) -> list[Term]:
    """b > 0 bounds e(m, .)."""
    return [b > 0, is_bound(b, m, 1)]


def with_a_bound(use: Theorem, m: Term) -> Theorem:
    """`use` without its hypotheses e_is_bounded(m): there is such a b."""
    some = entails(
        [IS_EXP, *INVERSE_POWERS], has_bound(m, 1), by=[instance(every_damped_has_a_bound(), m, 1)]
    )
    return choose(some, use, b)


# ------------------------------------------------------------------------------ the slope at 0
@cache
def tangent_at_zero() -> Theorem:
    """flat(m) has the derivative 0 at 0: |flat(m)(h)| = h^2 |e(m + 2, h)| <= b h^2."""
    f, given = flat(m), [*FLAT_GIVEN, *e_is_bounded(m + 2)]
    known = [instance(INVERSE_POWERS_CONTINUE, m + 1, h), instance(IS_INVERSE, h)]
    positive = substitute(exp_is_positive(), {x: -(inverse(h) ** 2)})
    at_h = entails([*FLAT_GIVEN, h != 0], f(h) == h**2 * e(m + 2, h), by=known)
    size = entails(given, abs(e(m + 2, h)) <= b, by=[instance(given[-1], h), positive])
    product = entails([f(h) == h**2 * q, abs(q) <= b], abs(f(h)) <= b * h**2)
    value = entails([h == 0, b > 0], abs(f(h)) <= b * h**2)
    small = quadratic_error_is_small(b, f(h))
    by = [at_h, size, substitute(product, {q: e(m + 2, h)}), value, small]
    goal = differentiable(f, 0, 0, fun(R, lambda epsilon: epsilon / b))
    return for_each(goal, epsilon, h, given=given, by=by)


# ---------------------------------------------------------------------- there are such functions
def of_the_inverse(theorem: Theorem) -> Theorem:
    """`theorem` without its hypotheses on `inverse` and `powers`: there are such functions."""
    there_is = exists(R >> R, lambda f: forall(R, lambda x: implies(x != 0, x * f(x) == 1)))
    reciprocal = generalize(entails([x != 0], x * (1 / x) == 1), x)
    witness = witnessed(there_is, fun(R, lambda x: 1 / x))
    there_are = recursion(R, lambda x: 1, lambda m, y, x: inverse(x) * y, R)
    some = entails([], there_is, by=[witness, reciprocal])
    return choose(some, choose(there_are, theorem, powers), inverse)


def of_the_flat_function(theorem: Theorem) -> Theorem:
    """`theorem` without its hypotheses on exp, `inverse` and `powers`: there are such functions."""
    return of_the_exponential(of_the_inverse(theorem))
