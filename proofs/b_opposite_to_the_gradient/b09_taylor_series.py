"""b09. The loss after the step is the sum of its Taylor series.

Claim     L(theta + eta u) = L(theta) + eta u.grad + (eta^2/2) u.Hess u + ...: the partial sums S(n) tend to it.
Article   B:30, 33: the Taylor series tells what the loss becomes when theta is changed a little.
Idea      Along u the loss is a function of one number, t |-> L(theta + t u), with derivatives a(0), a(1), ... at 0. By
          the mean value theorem, n times, the loss differs from S(n) by D(n, x) eta^n/n! for some x in (0, eta]. So the
          sums tend to the loss where that is small for large n; for a polynomial it is 0.
Notation  a(k), the k-th derivative along u at theta, for which the article writes L(theta), u.grad, u.Hess u, ... (that
          a(1) = u.grad is b10); S(n), the sum of the first n terms a(k) eta^k/k!; D(k, t), the k-th derivative at
          theta + t u; bound(n) >= |D(n, t)| on the way. In the plane theta = (w, b), u = (p, q), and c(i, j) is the
          coefficient of w^i b^j.
Verdict   HOLDS_IF L is smooth along u (|x|^3 is not), the derivatives are bounded on the way, not only at theta, and
          the bounds grow more slowly than n!/eta^n; all unsaid. Together they suffice; smoothness alone does not make
          the series converge (1/(1 + x^2) at 0, eta = 2), and convergence does not make its sum the loss (exp(-1/x^2)
          at 0). Every polynomial up to degree 6 in the plane is its series. Repair for all other losses: finitely many
          terms, with Lagrange's remainder. Only the witnesses rest on the axiom on exp.
"""

from proofs.claims import Claim
from proofs.definitions import (
    converges, derivatives_at_most, derivatives_at_zero, derivatives_up_to, is_exponential, taylor_powers, taylor_sums,
)  # fmt: skip
from proofs.kernel import (
    N, R, V, all_of, e1, entails, exists, forall, fun, function, generalize, implies, inner, instance, natural, real,
    substitute, vector, zero,
)  # fmt: skip
from proofs.lemmas.bell_curve import (
    AT_ZERO, BELL, BELL_GIVEN, DERIVATIVES, derivatives_are_bounded, derivatives_of_bell, factor, of_the_bell,
    series_diverges,
)  # fmt: skip
from proofs.lemmas.exponential import EXPS, below_its_value_at_one, derivatives_of_exp, of_the_exponential, terms_vanish
from proofs.lemmas.flat_function import (
    FLAT_GIVEN, derivatives_vanish, every_derivative_vanishes, flat, flat_is_flat, of_the_flat_function,
    positive_at_one,
)  # fmt: skip
from proofs.lemmas.higher_derivatives import (
    CUBE, CUBE_BOUND, NONE, at_zero_by, bounded_by, bounds_of_cube_vanish, cube_at_zero, cube_has_no_third_derivative,
    cube_is_bounded, no_bounds, of_the_powers, of_the_sums, sums_of_zeros_converge, sums_of_zeros_miss,
)  # fmt: skip
from proofs.lemmas.polynomials import polynomial_at
from proofs.lemmas.taylor import series_converges, taylor
from proofs.lemmas.taylor_polynomials import coefficients, derivative_along, ends, is_every_later_sum, is_smooth
from strategies import smooth_losses, starts

L, D, power = function("L", V >> R), function("D", (N, R) >> R), function("power", (N, R) >> R)
a, S, bound = function("a S bound", N >> R)
exp, f, c = function("exp", R >> R), function("f", R >> R), function("c", (N, N) >> R)
theta, u = vector("theta u")
eta, limit, epsilon, w, b, p, q = real("eta limit epsilon w b p q")
k, n = natural("k n")

along_u = fun(R, lambda t: L(theta + t * u))
new_loss = L(theta + eta * u)

CLAIM = Claim(
    for_all=[L, theta, u, eta, a, power, S, bound],
    given={
        "L is twice differentiable along u": derivatives_at_zero(2, along_u, a),
        "L is smooth along u": forall(N, lambda n: derivatives_at_zero(n, along_u, a)),
        "the derivatives are bounded on the way": derivatives_at_most(along_u, bound, eta),
        "the bounds grow more slowly than n!/eta^n": converges(fun(N, lambda n: bound(n) * power(n, eta)), 0),
        "eta is positive": eta > 0,
        "powers over factorials": taylor_powers(power),
        "partial sums": taylor_sums(S, a, power, eta),
    },
    unsaid=[
        "L is smooth along u",
        "the derivatives are bounded on the way",
        "the bounds grow more slowly than n!/eta^n",
    ],
    then=converges(S, new_loss),
)
SMOOTH = {
    name: CLAIM.given[name]
    for name in CLAIM.given
    if name not in ("the derivatives are bounded on the way", "the bounds grow more slowly than n!/eta^n")
}
SERIES_CONVERGES = Claim(
    for_all=[L, theta, u, eta, a, power, S], given=SMOOTH, then=exists(R, lambda limit: converges(S, limit))
)
SUM_IS_THE_LOSS = Claim(
    for_all=[L, theta, u, eta, a, power, S, limit],
    given=SMOOTH | {"the series converges": converges(S, limit)},
    then=new_loss == limit,
)
REPAIR = Claim(
    for_all=[L, theta, u, eta, D, power, S, n],
    given={
        "L is n times differentiable along u": derivatives_up_to(n, along_u, D),
        "eta is positive": eta > 0,
        "powers over factorials": taylor_powers(power),
        "partial sums": taylor_sums(S, fun(N, lambda k: D(k, 0)), power, eta),
    },
    then=exists(R, lambda x: all_of(x > 0, x <= eta, new_loss == S(n) + D(n, x) * power(n, eta))),
)
polynomial_along = fun(R, lambda t: polynomial_at(c, 6, w + t * p, b + t * q))
DERIVATIVES_OF_POLYNOMIAL = [derivative_along(c, n, w, b, p, q) for n in range(7)]
EVERY_POLYNOMIAL = Claim(
    for_all=[c, w, b, p, q, eta, a, power, S],
    given={
        "the derivatives up to order 6": all_of(*coefficients(DERIVATIVES_OF_POLYNOMIAL)),
        "the others are zero": ends(a),
        "powers over factorials": taylor_powers(power),
        "partial sums": taylor_sums(S, a, power, eta),
    },
    then=forall(N, lambda n: derivatives_at_zero(n, polynomial_along, a))
    & forall(N, lambda n: S(n + 7) == polynomial_at(c, 6, w + eta * p, b + eta * q)),
)
NO_THIRD_DERIVATIVE = Claim(
    for_all=[n, D],
    given={"third order or more": n >= 3},
    then=~derivatives_up_to(n, fun(R, lambda x: abs(x) ** 3), D),
)
EVERY_DERIVATIVE_VANISHES = Claim(
    for_all=[exp, f],
    given={
        "the exponential function": is_exponential(exp),
        "f(0) = 0": f(0) == 0,
        "f(x) = exp(-1/x^2)": forall(R, lambda x: implies(x != 0, f(x) == exp(-1 / x**2))),
    },
    then=forall(N, lambda n: derivatives_at_zero(n, f, fun(N, lambda k: 0))),
)


def theorem_series_is_the_loss():
    """|L(theta + eta u) - S(n)| = |D(n, x)| eta^n/n! <= bound(n) eta^n/n!, which tends to 0."""
    return CLAIM.proved(by=[series_converges(along_u, a, power, S, bound, eta)])


def theorem_lagrange_remainder():
    """Taylor's theorem, for every n."""
    starts = fun(N, lambda k: D(k, 0))
    same = generalize(entails([k <= n], D(k, 0) == starts(k)), k)
    return REPAIR.proved(by=[taylor(along_u, D, starts, power, S, n, eta), same])


def theorem_every_polynomial():
    """Up to degree 6, with all 28 coefficients: the seven first terms are the polynomial, and all others are 0."""
    smooth = generalize(is_smooth(polynomial_along, DERIVATIVES_OF_POLYNOMIAL), n)
    return EVERY_POLYNOMIAL.proved(by=[smooth, is_every_later_sum(polynomial_along, DERIVATIVES_OF_POLYNOMIAL, eta)])


def theorem_no_third_derivative():
    """The second derivative of |x|^3 is 6 |x|, which has a kink at 0."""
    return NO_THIRD_DERIVATIVE.proved(by=[instance(cube_has_no_third_derivative(), n, D)])


def theorem_every_derivative_vanishes():
    """By induction on n the n-th derivative is a combination of x^-m exp(-1/x^2), each of which tends to 0 at 0."""
    return EVERY_DERIVATIVE_VANISHES.proved(by=[every_derivative_vanishes(f)])


def on_a_line(profile, step, at_zero):
    """L(theta) = profile(x) with x = e1.theta, from 0 along e1, and the derivatives of the profile at 0."""
    return {L: fun(V, lambda theta: profile(inner(e1, theta))), theta: zero, u: e1, eta: step, a: at_zero}


def what_is_there(at):
    """That power and S are what their names say."""
    return [taylor_powers(power), taylor_sums(S, at[a], power, at[eta])]


def summed(theorem, at):
    """`theorem` without that: there are such sequences."""
    return of_the_powers(of_the_sums(theorem, at[a], at[eta]))


EXPONENTIAL = on_a_line(exp, 1, fun(N, lambda k: EXPS(k, 0)))
KINK = on_a_line(CUBE, 1, NONE)
BELL_CURVE = on_a_line(BELL, 2, AT_ZERO)
FLAT = on_a_line(flat(0), 1, NONE)


def inhabited_by_the_exponential():
    """exp(x) from 0 with eta = 1: all derivatives are at most exp(1) on the way, and exp(1)/n! tends to 0."""
    at = {**EXPONENTIAL, bound: fun(N, lambda n: exp(1))}
    chains = derivatives_of_exp()
    smooth = at_zero_by(exp, EXPS, at[a], chains)
    by = [smooth, substitute(smooth, {n: 2}), generalize(smooth, n), terms_vanish(),
          bounded_by(exp, EXPS, at[bound], 1, chains, below_its_value_at_one())]  # fmt: skip
    return of_the_exponential(summed(CLAIM.inhabited_by(at, by, given=[is_exponential(exp), *what_is_there(at)]), at))


def inhabited_lagrange_remainder():
    """exp(x) again, to the third order."""
    at = {**EXPONENTIAL, D: EXPS, n: 3}
    by = [instance(derivatives_of_exp(), 3)]
    return of_the_exponential(summed(REPAIR.inhabited_by(at, by, given=[is_exponential(exp), *what_is_there(at)]), at))


def inhabited_every_polynomial():
    """The polynomial 0."""
    at = {c: fun(N, N, lambda i, j: 0), w: 0, b: 0, p: 0, q: 0, eta: 1, a: NONE}
    by = [generalize(entails([], NONE(k + 7) == 0), k)]
    return summed(EVERY_POLYNOMIAL.inhabited_by(at, by, given=what_is_there(at)), at)


def inhabited_no_third_derivative():
    """The third order, of whatever sequence of functions."""
    return NO_THIRD_DERIVATIVE.inhabited_by({n: 3, D: fun(N, R, lambda k, t: 0)})


def inhabited_every_derivative_vanishes():
    """There is such a function f."""
    at = {exp: exp, f: flat(0)}
    return of_the_flat_function(EVERY_DERIVATIVE_VANISHES.inhabited_by(at, flat_is_flat(), given=FLAT_GIVEN))


def counterexample_not_smooth():
    """|x|^3 at 0 with eta = 1: L, L' and L'' are 0 there, there is no third derivative, and 0 + 0 + ... is not 1."""
    at = {**KINK, bound: CUBE_BOUND}
    by = [
        cube_at_zero(),
        cube_is_bounded(),
        bounds_of_cube_vanish(),
        sums_of_zeros_miss(1, CUBE(1), entails([], CUBE(1) > 0)),
    ]
    return summed(CLAIM.fails_without("L is smooth along u", at, by, given=what_is_there(at)), at)


def counterexample_series_diverges():
    """1/(1 + x^2) at 0 with eta = 2: 1 - 4 + 16 - ... has no limit, whatever bounds the derivatives."""
    there = what_is_there(BELL_CURVE)
    smooth = at_zero_by(BELL, DERIVATIVES, AT_ZERO, derivatives_of_bell())
    by = [substitute(smooth, {n: 2}), generalize(smooth, n), series_diverges()]
    refuted = SERIES_CONVERGES.fails(BELL_CURVE, by, given=[*BELL_GIVEN, *there])
    return of_the_bell(summed(refuted, BELL_CURVE))


def counterexample_bounds_grow_too_fast():
    """The same: its derivatives are at most n! everywhere, and n! 2^n/n! does not tend to 0."""
    at = {**BELL_CURVE, bound: fun(N, lambda n: abs(factor(n)))}
    smooth, chains = at_zero_by(BELL, DERIVATIVES, AT_ZERO, derivatives_of_bell()), derivatives_of_bell()
    by = [substitute(smooth, {n: 2}), generalize(smooth, n), instance(series_diverges(), at[L](2 * e1)),
          bounded_by(BELL, DERIVATIVES, at[bound], 2, chains, derivatives_are_bounded())]  # fmt: skip
    refuted = CLAIM.fails_without(
        "the bounds grow more slowly than n!/eta^n", at, by, [*BELL_GIVEN, *what_is_there(at)]
    )
    return of_the_bell(summed(refuted, at))


def flat_at(extra):
    """What refutes a claim at exp(-1/x^2), with eta = 1: all derivatives at 0 are 0, and exp(-1) is not."""
    smooth = instance(derivatives_vanish(), n, 0)
    at = {**FLAT, **extra}
    by = [
        substitute(smooth, {n: 2}),
        generalize(smooth, n),
        positive_at_one(),
        sums_of_zeros_miss(1, flat(0)(1), positive_at_one()),
    ]
    by.append(sums_of_zeros_converge(1))
    return at, by, [*FLAT_GIVEN, *what_is_there(at)]


def counterexample_bounded_only_at_the_start():
    """exp(-1/x^2) at 0: the bounds 0 hold at the start, but not on the way."""
    at, by, given = flat_at({bound: NONE})
    refuted = CLAIM.fails_without("the derivatives are bounded on the way", at, [*by, no_bounds()], given)
    return of_the_flat_function(summed(refuted, at))


def counterexample_sum_is_not_the_loss():
    """exp(-1/x^2) at 0: the series converges, to 0."""
    at, by, given = flat_at({limit: 0})
    return of_the_flat_function(summed(SUM_IS_THE_LOSS.fails(at, by, given), at))


def search_smooth_losses():
    """On random smooth losses a sum of n <= 3 terms errs by at most bound(n) eta^n/n!, with a bound from balls."""
    return REPAIR.survives(
        starts(smooth_losses()),
        lambda start: (
            start.gives(
                loss=L, point=theta, direction=u, order=n, taylor_sum=S, derivative_bound=bound, taylor_power=power
            )
            | {eta: start.short()}
        ),
        granted=["L is n times differentiable along u", "powers over factorials", "partial sums"],
        then=abs(new_loss - S(n)) <= bound(n) * power(n, eta),
    )
