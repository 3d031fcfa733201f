"""Losses L(theta) = f(x) with x = e1.theta, from 0 along e1, on which claims about Taylor series
are tried: exp(x), |x|^3, 1/(1 + x^2) and exp(-1/x^2).

The sequences power(k, x) = x^k/k! and S(n), and functions such as exp, are symbols. What they stand
for is assumed while a claim is tried; `unconditionally` drops that, since there are such sequences
and functions.
"""

from collections.abc import Callable
from typing import Any

from proofs.background.b09_taylor.bell_derivatives import (
    BELL_DERIVATIVES, FACTORIALS, bell, derivatives_of_bell, derivatives_of_bell_are_bounded,
    factor, of_the_bell,
)  # fmt: skip
from proofs.background.b09_taylor.bell_series import BELL_AT_ZERO, bell_series_diverges
from proofs.background.b09_taylor.cube import (
    CUBE, CUBE_BOUND, bounds_of_cube_vanish, cube_is_bounded, cube_vanishes_at_zero,
    derivatives_of_cube_at_zero,
)  # fmt: skip
from proofs.background.b09_taylor.exponential import (
    EXP_OF_EACH_ORDER, derivatives_of_exp, exp, exp_is_below_its_value_at_one,
    exp_over_factorials_vanishes, of_the_exponential,
)  # fmt: skip
from proofs.background.b09_taylor.flat_derivatives import (
    derivatives_vanish, flat_is_flat, flat_is_positive_at_one,
)  # fmt: skip
from proofs.background.b09_taylor.flat_function import flat, inverse, of_the_inverse
from proofs.background.b09_taylor.hessians import (
    ANY_MODULUS, NO_HESSIAN, no_gradient_has_no_hessian,
)  # fmt: skip
from proofs.background.b09_taylor.higher_derivatives import (
    NO_DERIVATIVES, at_zero_always, bounded_by, order_two_and_every, whatever_by, zero_at_zero,
)  # fmt: skip
from proofs.background.b09_taylor.series import (
    S, of_the_powers, of_the_sums, power, sums_of_zeros_converge, sums_of_zeros_miss,
    zeros_times_powers_vanish,
)  # fmt: skip
from proofs.claims import Witness
from proofs.losses.lines import LEVEL
from proofs.prelude import *

L, D, delta = function("L", V >> R), function("D", (N, R) >> R), function("delta", (V, R) >> R)
grad, Hess = function("grad Hess", V >> V)
f, mu = function("f mu", R >> R)
a, bound = function("a bound", N >> R)
theta, u = vector("theta u")
eta, margin, t = real("eta margin t")
n = natural("n")


# ------------------------------------------------------------------------------- how they are used
def unconditionally(shown: Callable[..., Theorem], at: Witness, **how: Any) -> Theorem:
    """What CLAIM.fails or CLAIM.inhabited_by shows at these values, of functions that there are."""
    return without_definitions(shown(at, given=definitions_at(at), **how))


def definitions_at(at: Witness) -> list[Term]:
    """What the symbols stand for of which the witness speaks: `power` and S, exp, ..."""
    sequences = [taylor_powers(power), taylor_sums(S, at[a], power, at[eta])] if a in at else []
    return [*dict.fromkeys([h for fact in at.facts for h in fact.hypotheses] + sequences)]


def without_definitions(theorem: Theorem) -> Theorem:
    """`theorem` without the hypotheses that say what `power`, S, exp, ... are: there are such."""
    for hypothesis in theorem.hypotheses:
        if S in hypothesis.free:
            _, _, coefficients, _, step = hypothesis.args  # taylor_sums(S, a, power, eta)
            theorem = of_the_sums(theorem, coefficients, step)
    there_are = {power: of_the_powers, inverse: of_the_inverse, factor: of_the_bell}
    for symbol, discharge in (there_are | {exp: of_the_exponential}).items():
        if any(symbol in hypothesis.free for hypothesis in theorem.hypotheses):
            theorem = discharge(theorem)
    return theorem


# ------------------------------------------------------------------------------------ the witnesses
def near_the_way(loss: Term, f: Term, start: Any, u: Any, eta: Any, margin: Any) -> Term:
    """f(t) = loss(start + t u) for t between -margin and eta + margin."""
    return forall(R, lambda t: implies(t > -margin, t < eta + margin, f(t) == loss(start + t * u)))


NOTHING: Callable[[Term], Any] = lambda x: 0


def along_e1(
    profile: Term,
    step: int,
    at_zero: Term,
    bounds: Term,
    more: Callable[[Term], Any] = NOTHING,
) -> Witness:
    """f(e1.theta) + more(e1.theta), more being 0 there, from 0 along e1; eta = step, margin = 1.

    at_zero(k) is the k-th derivative of f at 0; bounds(k) is what is tried as a bound of it.
    """
    loss = fun(V, lambda theta: profile(inner(e1, theta)) + more(inner(e1, theta)))
    at = {L: loss, f: profile, margin: 1, theta: zero, u: e1, eta: step, a: at_zero, bound: bounds}
    return Witness(at, [for_each(near_the_way(loss, profile, zero, e1, step, 1), t)])


def at_the_exponential(more: Callable[[Term], Any] = NOTHING) -> Witness:
    """exp, eta = 1: on the way all derivatives are at most exp(1), and exp(1)/n! tends to 0."""
    bounds, at_zero = fun(N, lambda n: exp(1)), fun(N, lambda k: EXP_OF_EACH_ORDER(k, 0))
    chains, small = derivatives_of_exp(), exp_is_below_its_value_at_one()
    facts = at_zero_always(exp, EXP_OF_EACH_ORDER, at_zero, chains)
    facts += [instance(chains, 3), exp_over_factorials_vanishes()]
    facts += [bounded_by(exp, EXP_OF_EACH_ORDER, bounds, 1, chains, small)]
    facts += [whatever_by(exp, at_zero, facts[1])]
    at = along_e1(exp, 1, at_zero, bounds, more)
    return at | Witness({D: EXP_OF_EACH_ORDER}, facts)


def at_the_exponential_with_a_kink_elsewhere() -> Witness:
    """exp(x) + max(-x - 5, 0), which has a kink at x = -5 and is exp(x) on the way."""
    return at_the_exponential(more=lambda x: maximum(-x - 5, 0))


def at_the_cube() -> Witness:
    """|x|^3, eta = 1: it has two derivatives, which are 0 at 0, and no third; and 1 is not 0."""
    misses = sums_of_zeros_miss(1, CUBE(1), entails([], CUBE(1) > 0))
    facts = [cube_vanishes_at_zero(), cube_is_bounded(), bounds_of_cube_vanish(), misses]
    facts += [derivatives_of_cube_at_zero()]
    return along_e1(CUBE, 1, NO_DERIVATIVES, CUBE_BOUND) | Witness({}, facts)


def at_the_bell() -> Witness:
    """1/(1 + x^2), eta = 2: 1 - 4 + 16 - ... has no limit; the derivatives are at most n!."""
    chains, small, diverges = (
        derivatives_of_bell(), derivatives_of_bell_are_bounded(), bell_series_diverges(),
    )  # fmt: skip
    at = along_e1(bell, 2, BELL_AT_ZERO, FACTORIALS)
    facts = at_zero_always(bell, BELL_DERIVATIVES, BELL_AT_ZERO, chains)
    facts += [diverges, instance(diverges, at[L](2 * e1))]
    facts += [bounded_by(bell, BELL_DERIVATIVES, FACTORIALS, 2, chains, small)]
    facts += [whatever_by(bell, BELL_AT_ZERO, facts[1])]
    return at | Witness({}, facts)


def at_the_flat_function() -> Witness:
    """exp(-1/x^2), eta = 1: all derivatives are 0 at 0; the series converges, but to 0."""
    positive, facts = flat_is_positive_at_one(), [zeros_times_powers_vanish()]
    facts += order_two_and_every(instance(derivatives_vanish(), n, 0))
    facts += [whatever_by(flat(0), NO_DERIVATIVES, facts[2])]
    facts += [positive, sums_of_zeros_miss(1, flat(0)(1), positive), sums_of_zeros_converge(1)]
    return along_e1(flat(0), 1, NO_DERIVATIVES, NO_DERIVATIVES) | Witness({}, facts)


def the_flat_function() -> Witness:
    """exp(-1/x^2) as a function f on R."""
    return Witness({f: flat(0), exp: exp}, flat_is_flat())


def at_the_level() -> Witness:
    """The loss 0 with its gradient 0, its Hessian 0, and all derivatives along e1."""
    at = LEVEL.at(zero, loss=L, point=theta, gradient=grad, modulus=delta)
    more = {Hess: NO_HESSIAN, mu: ANY_MODULUS, u: e1, a: NO_DERIVATIVES}
    return at | Witness(more, [*no_gradient_has_no_hessian(), *zero_at_zero()])


def at_the_zero_polynomial() -> Witness:
    """The polynomial 0 in the plane, from 0 along (0, 0)."""
    c, at_zero = function("c", (N, N) >> R), dict.fromkeys(real("w b p q"), 0)
    none = fun(N, N, lambda i, j: 0)
    return Witness({c: none, eta: 1, a: NO_DERIVATIVES, **at_zero})
