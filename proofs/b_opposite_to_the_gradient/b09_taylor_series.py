"""b09. The loss after the step is the sum of its Taylor series.

Claim     L(theta + eta u) = L(theta) + eta u.grad + (eta^2/2) u.Hess u + ...: the partial sums S(n)
          tend to it.
Article   B:30, 33: the Taylor series tells what the loss becomes when theta is changed a little.
Idea      Along u the loss is a function of one number, t |-> L(theta + t u), with derivatives a(0),
          a(1), ... at 0. By the mean value theorem, n times, the loss differs from S(n) by D(n, x)
          eta^n/n! for some x in (0, eta]. So the sums tend to the loss where that is small for
          large n; for a polynomial it is 0.
Notation  a(k), the k-th derivative along u at theta: L(theta), u.grad, u.Hess(u), ..., where Hess
          is the derivative of grad; S(n), the sum of the first n terms a(k) eta^k/k!; D(k, t), the
          k-th derivative at theta + t u; bound(n) >= |D(n, t)| on the way; power(k, x) = x^k/k!. In
          the plane theta = (w, b), u = (p, q), and c(i, j) is the coefficient of w^i b^j.
Verdict   HOLDS_IF L is smooth along u (|x|^3 is not), the derivatives are bounded on the way, not
          only at theta, and the bounds grow more slowly than n!/eta^n; all unsaid. Together they
          suffice; smoothness alone does not make the series converge (1/(1 + x^2) at 0, eta = 2),
          and convergence does not make its sum the loss (exp(-1/x^2) at 0). Every polynomial up to
          degree 6 in the plane is its series. Repair for all other losses: finitely many terms,
          with Lagrange's remainder. Only the witnesses rest on the axiom on exp.
"""

from proofs.a_why_gradient_descent_works.a01_update_rule import theorem_derivative
from proofs.claims import Claim
from proofs.definitions import (
    converges, derivative, derivative_of_gradient, derivatives_at_most, derivatives_at_zero,
    derivatives_up_to, differentiable_everywhere, is_exponential, taylor_powers, taylor_sums,
)  # fmt: skip
from proofs.kernel import (
    N, R, V, all_of, e1, entails, exists, forall, fun, function, generalize, inner, instance,
    natural, norm, real, vector, witnessed, zero,
)  # fmt: skip
from proofs.background.b09_taylor.bell_curve import FACTORIALS
from proofs.lemmas.descents import for_each
from proofs.background.b09_taylor.exponential import EXPS
from proofs.background.b09_taylor.flat_function import (
    FLAT_GIVEN, every_derivative_vanishes, flat, flat_is_flat, is_flat, of_the_flat_function,
    slope_everywhere,
)  # fmt: skip
from proofs.background.b09_taylor.hessians import (
    ANY_DELTA, ANY_MU, ZERO, ZERO_FIELD, first_coefficients, slope_along, zero_is_smooth,
)  # fmt: skip
from proofs.background.b09_taylor.higher_derivatives import CUBE_BOUND, NONE, zero_at_zero
from proofs.lemmas.polynomials import polynomial_at
from proofs.background.b09_taylor.remainder import series_converges, taylor
from proofs.background.b09_taylor.polynomials_are_exact import (
    coefficients,
    derivative_along,
    ends,
    is_every_later_sum,
    is_smooth,
)
from proofs.background.b09_taylor.witnesses import (
    EXP_BOUND, at_the_bell, at_the_cube, at_the_exponential, at_the_flat_function, of_a_series,
)  # fmt: skip
from strategies import smooth_losses, starts

L, delta, c = function("L", V >> R), function("delta", (V, R) >> R), function("c", (N, N) >> R)
grad, Hess = function("grad Hess", V >> V)
D, power = function("D power", (N, R) >> R)
a, S, bound = function("a S bound", N >> R)
exp, f, mu = function("exp f mu", R >> R)
theta, u = vector("theta u")
eta, limit, epsilon, w, b, p, q, t, h = real("eta limit epsilon w b p q t h")
k, n = natural("k n")

along_u = fun(R, lambda t: L(theta + t * u))
new_loss = L(theta + eta * u)

CLAIM = Claim(
    for_all=[L, theta, u, eta, a, power, S, bound],
    given={
        "L is twice differentiable along u": derivatives_at_zero(2, along_u, a),
        "L is smooth along u": forall(N, lambda n: derivatives_at_zero(n, along_u, a)),
        "the derivatives are bounded on the way": derivatives_at_most(along_u, bound, eta),
        "the bounds grow more slowly than n!/eta^n": converges(
            fun(N, lambda n: bound(n) * power(n, eta)), 0
        ),
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
THE_FIRST_COEFFICIENTS = Claim(
    for_all=[L, grad, delta, Hess, mu, theta, u, a],
    given={
        "L has the gradient grad": differentiable_everywhere(L, grad, delta),
        "Hess is the derivative of grad at theta": derivative_of_gradient(grad, theta, Hess, mu),
        "the derivatives along u": derivatives_at_zero(2, along_u, a),
    },
    then=all_of(a(0) == L(theta), a(1) == inner(u, grad(theta)), a(2) == inner(u, Hess(u))),
)
any_bound = CLAIM.but(without="the bounds grow more slowly than n!/eta^n")
no_bound = any_bound.but(
    without="the derivatives are bounded on the way", for_all=CLAIM.for_all[:-1]
)
SERIES_CONVERGES = no_bound.but(then=exists(R, lambda limit: converges(S, limit)))
SUM_IS_THE_LOSS = no_bound.but(
    for_all=[*no_bound.for_all, limit],
    given={"the series converges": converges(S, limit)},
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
EVERY_DERIVATIVE_VANISHES = Claim(
    for_all=[exp, f],
    given={
        "the exponential function": is_exponential(exp),
        "f(x) = exp(-1/x^2), f(0) = 0": all_of(*is_flat(f, exp)),
    },
    then=forall(N, lambda n: derivatives_at_zero(n, f, NONE)),
)


def theorem_lagrange_remainder():
    """Taylor's theorem, for every n."""
    starts = fun(N, lambda k: D(k, 0))
    same = generalize(entails([k <= n], D(k, 0) == starts(k)), k)
    return REPAIR.proved(by=[taylor(along_u, D, starts, power, S, n, eta), same])


def theorem_series_is_the_loss():
    """|L(theta + eta u) - S(n)| = |D(n, x)| eta^n/n! <= bound(n) eta^n/n!, which tends to 0."""
    return CLAIM.proved(by=[series_converges(along_u, a, power, S, bound, eta)])


def inequality_slope_along_u():
    """t |-> L(theta + t u) has the derivative u.grad(theta + t u), by a01 for the step u at theta +
    t u.
    """
    smooth, there, slope = (
        THE_FIRST_COEFFICIENTS.hypotheses[0],
        theta + t * u,
        slope_along(grad, theta, u),
    )
    near = fun(R, R, lambda t, r: delta(theta + t * u, r / (norm(u) + 1)) / (norm(u) + 1))
    a01 = instance(
        theorem_derivative(), L, there, grad(there), fun(R, lambda r: delta(there, r)), u
    )
    local = entails([smooth], a01.goal.args[1], by=[a01, instance(smooth, there)])
    everywhere = differentiable_everywhere(along_u, slope, near)
    goal = derivative(along_u, slope)
    by = for_each(everywhere, t, epsilon, h, given=[smooth], by=[instance(local, epsilon, h)])
    return entails([smooth], goal, by=[by, witnessed(goal, near)])


def theorem_the_first_coefficients():
    """u.grad(theta + t u) has at t = 0 the derivative u.Hess(u); and a function has one derivative
    at most.
    """
    return THE_FIRST_COEFFICIENTS.proved(
        by=[inequality_slope_along_u(), first_coefficients(L, grad, Hess, theta, u, mu)]
    )


def theorem_every_polynomial():
    """Up to degree 6, with all 28 coefficients: the seven first terms are the polynomial, and all
    others are 0.
    """
    smooth = generalize(is_smooth(polynomial_along, DERIVATIVES_OF_POLYNOMIAL), n)
    return EVERY_POLYNOMIAL.proved(
        by=[smooth, is_every_later_sum(polynomial_along, DERIVATIVES_OF_POLYNOMIAL, eta)]
    )


def inequality_slopes_of_the_flat_functions():
    """x^-m exp(-1/x^2), with 0 at 0, has the derivative 2 x^-(m+3) exp(-1/x^2) - m x^-(m+1)
    exp(-1/x^2) everywhere.
    """
    return slope_everywhere()


def theorem_every_derivative_vanishes():
    """So the n-th derivative of exp(-1/x^2) is a combination of such functions, by induction on n,
    and 0 at 0.
    """
    return EVERY_DERIVATIVE_VANISHES.proved(by=[every_derivative_vanishes(f)])


def inhabited_by_the_exponential():
    """exp(x) from 0 with eta = 1: all derivatives are at most exp(1) on the way, and exp(1)/n!
    tends to 0.
    """
    return at_the_exponential(CLAIM.inhabited_by, {bound: EXP_BOUND})


def inhabited_lagrange_remainder():
    """exp(x) again, to the third order."""
    return at_the_exponential(REPAIR.inhabited_by, {D: EXPS, n: 3})


def inhabited_the_first_coefficients():
    """The loss 0."""
    at = {
        L: ZERO,
        grad: ZERO_FIELD,
        delta: ANY_DELTA,
        Hess: ZERO_FIELD,
        mu: ANY_MU,
        theta: zero,
        u: e1,
        a: NONE,
    }
    return THE_FIRST_COEFFICIENTS.inhabited_by(at, by=[*zero_is_smooth(), *zero_at_zero()])


def inhabited_every_polynomial():
    """The polynomial 0."""
    at = {c: fun(N, N, lambda i, j: 0), w: 0, b: 0, p: 0, q: 0, eta: 1, a: NONE}
    return of_a_series(
        EVERY_POLYNOMIAL.inhabited_by, at, by=[generalize(entails([], NONE(k + 7) == 0), k)]
    )


def inhabited_every_derivative_vanishes():
    """There is such a function f."""
    at = {exp: exp, f: flat(0)}
    return of_the_flat_function(
        EVERY_DERIVATIVE_VANISHES.inhabited_by(at, flat_is_flat(), FLAT_GIVEN)
    )


def counterexample_not_smooth():
    """|x|^3 at 0 with eta = 1: L, L' and L'' are 0 there, there is no third derivative, and 0 + 0 +
    ... is not 1.
    """
    return at_the_cube(
        lambda *how: CLAIM.fails_without("L is smooth along u", *how), {bound: CUBE_BOUND}
    )


def counterexample_series_diverges():
    """1/(1 + x^2) at 0 with eta = 2: 1 - 4 + 16 - ... has no limit, whatever bounds the
    derivatives.
    """
    return at_the_bell(SERIES_CONVERGES.fails, {})


def counterexample_bounds_grow_too_fast():
    """The same: its derivatives are at most n! everywhere, and n! 2^n/n! does not tend to 0."""
    name = "the bounds grow more slowly than n!/eta^n"
    return at_the_bell(lambda *how: CLAIM.fails_without(name, *how), {bound: FACTORIALS})


def counterexample_bounded_only_at_the_start():
    """exp(-1/x^2) at 0: the bounds 0 hold at the start, but not on the way."""
    name = "the derivatives are bounded on the way"
    return at_the_flat_function(lambda *how: CLAIM.fails_without(name, *how), {bound: NONE})


def counterexample_sum_is_not_the_loss():
    """exp(-1/x^2) at 0: the series converges, to 0."""
    return at_the_flat_function(SUM_IS_THE_LOSS.fails, {limit: 0})


def search_smooth_losses():
    """On random smooth losses a sum of n <= 3 terms errs by at most bound(n) eta^n/n!, with a bound
    from balls.
    """
    return REPAIR.survives(
        starts(smooth_losses()),
        lambda start: (
            start.gives(
                loss=L,
                point=theta,
                direction=u,
                order=n,
                taylor_sum=S,
                derivative_bound=bound,
                taylor_power=power,
            )
            | {eta: start.short()}
        ),
        granted=["L is n times differentiable along u", "powers over factorials", "partial sums"],
        then=abs(new_loss - S(n)) <= bound(n) * power(n, eta),
    )
