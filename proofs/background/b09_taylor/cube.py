"""|x|^3: it has two derivatives, and no third (Rudin, chapter 5).

Its second derivative is 6 |x|. So derivatives of it of order 3 or more there are none, and bounds
for them hold vacuously.
"""

from functools import cache

from proofs.background.b09_taylor.derivative_rules import (
    IDENTITY, Pair, derivative_rewritten, equal_functions_have_equal_derivatives,
    identity_rule, multiple_of, multiple_rule, product_of, product_rule,
)  # fmt: skip
from proofs.background.b09_taylor.higher_derivatives import (
    NO_DERIVATIVES, begins_with, derivatives_agree, each_derives_the_last, row_and_next,
    whatever_derivatives_at_zero,
)  # fmt: skip
from proofs.background.b09_taylor.series import converges_by, power
from proofs.lemmas.differentiability import (
    differentiable_everywhere_by_remainder, modulus_by_remainder,
)  # fmt: skip
from proofs.lemmas.naturals import nothing_between
from proofs.prelude import *

D, E = function("D E", (N, R) >> R)
near, f = function("near", (R, R) >> R), function("f", R >> R)
t = real("t")
k, n = natural("k n")

CUBE = fun(R, lambda t: abs(t) ** 3)
CUBE_SLOPE, CUBE_CURVATURE = fun(R, lambda t: 3 * t * abs(t)), fun(R, lambda t: 6 * abs(t))
CUBE_AND_SLOPE: Pair = (CUBE, CUBE_SLOPE)
SLOPE_AND_CURVATURE: Pair = (CUBE_SLOPE, CUBE_CURVATURE)
SIGNED_SQUARE: Pair = (fun(R, lambda t: t * abs(t)), fun(R, lambda t: 2 * abs(t)))


@cache
def signed_square_has_its_derivative() -> Theorem:
    """t |t| has the derivative 2 |t|: the error after a step h is at most h^2."""
    one = fun(R, lambda t: 1)
    smooth = differentiable_everywhere_by_remainder(*SIGNED_SQUARE, one)
    goal = derivative(*SIGNED_SQUARE)
    return entails([], goal, by=[smooth, witnessed(goal, modulus_by_remainder(one))])


@cache
def cube_has_its_slope() -> Theorem:
    """|t|^3 = t (t |t|) has the derivative 3 t |t|."""
    same = derivative_rewritten(product_of(IDENTITY, SIGNED_SQUARE), CUBE_AND_SLOPE)
    product = product_rule(IDENTITY, SIGNED_SQUARE)
    by = [signed_square_has_its_derivative(), identity_rule(), product, same]
    return entails([], derivative(*CUBE_AND_SLOPE), by=by)


@cache
def slope_has_its_curvature() -> Theorem:
    """3 t |t| has the derivative 6 |t|."""
    same = derivative_rewritten(multiple_of(3, SIGNED_SQUARE), SLOPE_AND_CURVATURE)
    by = [signed_square_has_its_derivative(), multiple_rule(3, SIGNED_SQUARE), same]
    return entails([], derivative(*SLOPE_AND_CURVATURE), by=by)


# ---------------------------------------------------------------------------- two derivatives
def is_order(k: Term, j: int) -> Term:
    """1 for k = j, and 0 for every other natural number k."""
    return maximum(0, 1 - abs(k - j))


CUBE_DERIVATIVES = fun(
    N,
    R,
    lambda k, t: (
        is_order(k, 0) * abs(t) ** 3 + is_order(k, 1) * 3 * t * abs(t) + is_order(k, 2) * 6 * abs(t)
    ),
)


@cache
def cube_has_two_derivatives() -> Theorem:
    """|t|^3, 3 t |t|, 6 |t|."""

    def derived(k: Term | int) -> Term:
        return derivative(*row_and_next(CUBE_DERIVATIVES, k))

    pairs = [CUBE_AND_SLOPE, SLOPE_AND_CURVATURE]
    rows = [derivative_rewritten(pairs[j], row_and_next(CUBE_DERIVATIVES, j)) for j in range(2)]
    cases = [replaced(derived, j, k) for j in range(2)]
    orders = [nothing_between(0, k), nothing_between(1, k)]
    known = [cube_has_its_slope(), slope_has_its_curvature()]
    up = entails([k < 2], derived(k), by=[*known, *rows, *cases, *orders])
    value = generalize(entails([], CUBE_DERIVATIVES(0, t) == CUBE(t)), t)
    goal = derivatives_up_to(2, CUBE, CUBE_DERIVATIVES)
    return entails([], goal, by=[value, generalize(up, k)])


def cube_vanishes_at_zero() -> Theorem:
    """|t|^3, 3 t |t| and 6 |t| are 0 at 0."""
    goal = derivatives_at_zero(2, CUBE, NO_DERIVATIVES)
    zeros = generalize(entails([k <= 2], CUBE_DERIVATIVES(k, 0) == 0), k)
    by = [witnessed(goal, CUBE_DERIVATIVES), cube_has_two_derivatives(), zeros]
    return entails([], goal, by=by)


# ------------------------------------------------------------------------------------ no third
@cache
def second_derivative_of_cube_is_a_kink() -> Theorem:
    """If D are the derivatives of |t|^3 up to an order n >= 3, then D(2, t) = 6 |t|."""
    chain = derivatives_up_to(n, CUBE, D)
    value = instance(begins_with(D, CUBE), t)
    start = generalize(entails([chain], CUBE(t) == D(0, t), by=[value]), t)
    up = [instance(each_derives_the_last(D, n), j) for j in range(2)]
    first = equal_functions_have_equal_derivatives(CUBE_AND_SLOPE, row_and_next(D, 0))
    second = equal_functions_have_equal_derivatives(SLOPE_AND_CURVATURE, row_and_next(D, 1))
    known = [start, cube_has_its_slope(), slope_has_its_curvature(), *up]
    return entails([chain, n >= 3], second.goal, by=[*known, first, second])


@cache
def cube_has_no_third_derivative() -> Theorem:
    """No D are the derivatives of |t|^3 up to an order n >= 3: 6 |t| has no slope d at 0.

    With epsilon = 1, |6 |h| - d h| <= |h| would hold for h > 0 and for h < 0, that is d >= 5 and d
    <= -5.
    """
    chain = [derivatives_up_to(n, CUBE, D), n >= 3]
    smooth = differentiable_everywhere(*row_and_next(D, 2), near)
    r = near(0, 1) / 2
    values = [instance(second_derivative_of_cube_is_a_kink(), h) for h in (0, r, -r)]
    both_ways = [instance(smooth, w=0, epsilon=1, s=h) for h in (r, -r)]
    absurd = entails([smooth, *chain], CUBE(t) != CUBE(t), by=[*both_ways, *values])
    goal = derivative(*row_and_next(D, 2))
    third = entails(chain, goal, by=[instance(each_derives_the_last(D, n), 2)])
    never = entails([], implies(n >= 3, ~chain[0]), by=[choose(third, absurd, near)])
    return generalize(never, n, D)


# -------------------------------------------------------------------------------------- bounds
CUBE_BOUND = fun(N, lambda n: maximum(0, 18 - 6 * n))


@cache
def known_derivatives_of_cube() -> Theorem:
    """If D are the derivatives of |t|^3 up to an order n <= 2, then D(n, t) is the one we know."""
    chain, known = (derivatives_up_to(n, CUBE, any_D) for any_D in (D, CUBE_DERIVATIVES))
    two = instance(each_derives_the_last(CUBE_DERIVATIVES, 2), k)
    goal = derivative(*row_and_next(CUBE_DERIVATIVES, k))
    up = entails([n <= 2, k < n], goal, by=[cube_has_two_derivatives(), two])
    some = entails([n <= 2], known, by=[cube_has_two_derivatives(), generalize(up, k)])
    agree = instance(substitute(derivatives_agree(), {f: CUBE, E: CUBE_DERIVATIVES}), n)
    equal = forall(R, lambda t: D(n, t) == CUBE_DERIVATIVES(n, t))
    return entails([chain, n <= 2], equal, by=[agree, some])


@cache
def derivatives_of_cube_at_zero() -> Theorem:
    """Whatever derivatives |t|^3 has are 0 at 0."""
    same, none = known_derivatives_of_cube(), instance(cube_has_no_third_derivative(), n, D)
    zeros = entails([n <= 2], CUBE_DERIVATIVES(n, 0) == 0)
    value = entails([same.goal, n <= 2], D(n, 0) == 0, by=[instance(same.goal, 0), zeros])
    goal = instance(whatever_derivatives_at_zero(CUBE, NO_DERIVATIVES), n, D).goal
    return generalize(entails([], goal, by=[same, value, none, nothing_between(2, n)]), n, D)


@cache
def cube_is_bounded() -> Theorem:
    """On [0, 1] those derivatives of |t|^3 that there are are at most 18, 12, 6 for n = 0, 1, 2."""
    same, inside = known_derivatives_of_cube(), [t >= 0, t <= 1]
    known = abs(CUBE_DERIVATIVES(n, t)) <= CUBE_BOUND(n)
    by = [entails([*inside, n == j], known) for j in range(3)]
    by += [instance(same.goal, t), nothing_between(0, n), nothing_between(1, n)]
    value = entails([same.goal, *inside, n <= 2], abs(D(n, t)) <= CUBE_BOUND(n), by=by)
    none = instance(cube_has_no_third_derivative(), n, D)
    goal = instance(derivatives_at_most(CUBE, CUBE_BOUND, 1), n, D, t).goal
    return generalize(entails([], goal, by=[same, value, none, nothing_between(2, n)]), n, D, t)


@cache
def bounds_of_cube_vanish() -> Theorem:
    """CUBE_BOUND(n) power(n, 1) = 0 for n >= 3, so it converges to 0."""
    sequence = fun(N, lambda n: CUBE_BOUND(n) * power(n, 1))
    zero_bound = entails([k >= 3], CUBE_BOUND(k) == 0)
    return converges_by(sequence, 0, 3, [], [zero_bound])
