"""Losses L(theta) = f(x) with x = e1.theta, from 0 along e1, on which claims about Taylor series
are tried.

In each function `shown` shows something at the values that it is given, with the sequences power(k,
x) = x^k/k! and S(n), the sum of the first n terms a(k) power(k, eta): CLAIM.fails,
CLAIM.inhabited_by and their like. `more` gives the values of variables besides L, theta, u, eta and
a.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from proofs.definitions import is_exponential, taylor_powers, taylor_sums
from proofs.kernel import (
    N,
    R,
    Term,
    Theorem,
    V,
    e1,
    entails,
    fun,
    function,
    inner,
    instance,
    natural,
    real,
    vector,
    zero,
)
from proofs.background.b09_taylor.bell_curve import (
    AT_ZERO, BELL, BELL_GIVEN, DERIVATIVES, FACTORIALS, derivatives_are_bounded,
    derivatives_of_bell, of_the_bell, series_diverges,
)  # fmt: skip
from proofs.background.b09_taylor.exponential import (
    EXPS, below_its_value_at_one, derivatives_of_exp, exp, of_the_exponential, terms_vanish,
)  # fmt: skip
from proofs.background.b09_taylor.flat_function import (
    FLAT_GIVEN,
    derivatives_vanish,
    flat,
    of_the_flat_function,
    positive_at_one,
)
from proofs.background.b09_taylor.higher_derivatives import (
    CUBE, NONE, at_zero_always, bounded_by, bounds_of_cube_vanish, cube_at_zero, cube_is_bounded,
    no_bounds, of_the_powers, of_the_sums, order_two_and_every, sums_of_zeros_converge,
    sums_of_zeros_miss,
)  # fmt: skip

L, power = function("L", V >> R), function("power", (N, R) >> R)
a, S = function("a S", N >> R)
theta, u = vector("theta u")
eta = real("eta")
n = natural("n")

Shown = Callable[[Mapping[Term, Any], Iterable[Theorem], Sequence[Term]], Theorem]
More = Mapping[Term, Any]
EXP_BOUND = fun(N, lambda n: exp(1))


def of_a_series(
    shown: Shown, at: Mapping[Term, Any], by: Iterable[Theorem], given: Sequence[Term] = ()
) -> Theorem:
    """What is shown at these values: there are such sequences `power` and S."""
    named = [taylor_powers(power), taylor_sums(S, at[a], power, at[eta])]
    return of_the_powers(of_the_sums(shown(at, by, [*given, *named]), at[a], at[eta]))


def along_e1(profile: Term, step: int, at_zero: Term) -> dict[Term, Any]:
    """f(e1.theta), from 0 along e1 with eta = step; at_zero(k) is the k-th derivative of f at 0."""
    return {
        L: fun(V, lambda theta: profile(inner(e1, theta))),
        theta: zero,
        u: e1,
        eta: step,
        a: at_zero,
    }


def at_the_exponential(shown: Shown, more: More) -> Theorem:
    """f = exp, eta = 1: on the way all derivatives are at most exp(1), and exp(1)/n! tends to 0."""
    at, chains = along_e1(exp, 1, fun(N, lambda k: EXPS(k, 0))), derivatives_of_exp()
    by = [
        *at_zero_always(exp, EXPS, at[a], chains), instance(chains, 3), terms_vanish(),
        bounded_by(exp, EXPS, EXP_BOUND, 1, chains, below_its_value_at_one()),
    ]  # fmt: skip
    return of_the_exponential(of_a_series(shown, {**at, **more}, by, [is_exponential(exp)]))


def at_the_cube(shown: Shown, more: More) -> Theorem:
    """f = |x|^3, eta = 1: f, f' and f'' are 0 at 0, there is no third derivative, and f(1) = 1 is
    not 0 + 0 + ...
    """
    misses = sums_of_zeros_miss(1, CUBE(1), entails([], CUBE(1) > 0))
    by = [cube_at_zero(), cube_is_bounded(), bounds_of_cube_vanish(), misses]
    return of_a_series(shown, {**along_e1(CUBE, 1, NONE), **more}, by)


def at_the_bell(shown: Shown, more: More) -> Theorem:
    """f = 1/(1 + x^2), eta = 2: 1 - 4 + 16 - ... has no limit; the derivatives are at most n!
    everywhere.
    """
    at, chains = along_e1(BELL, 2, AT_ZERO), derivatives_of_bell()
    by = [
        *at_zero_always(BELL, DERIVATIVES, AT_ZERO, chains),
        series_diverges(), instance(series_diverges(), at[L](2 * e1)),
        bounded_by(BELL, DERIVATIVES, FACTORIALS, 2, chains, derivatives_are_bounded()),
    ]  # fmt: skip
    return of_the_bell(of_a_series(shown, {**at, **more}, by, BELL_GIVEN))


def at_the_flat_function(shown: Shown, more: More) -> Theorem:
    """f = exp(-1/x^2), eta = 1: all derivatives are 0 at 0, so that the series converges to 0, and
    f(1) = exp(-1).
    """
    smooth = order_two_and_every(instance(derivatives_vanish(), n, 0))
    misses = sums_of_zeros_miss(1, flat(0)(1), positive_at_one())
    by = [*smooth, positive_at_one(), misses, sums_of_zeros_converge(1), no_bounds()]
    return of_the_flat_function(
        of_a_series(shown, {**along_e1(flat(0), 1, NONE), **more}, by, FLAT_GIVEN)
    )
