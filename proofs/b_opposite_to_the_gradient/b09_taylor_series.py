"""b09. The loss after the step is the sum of its Taylor series.

Claim     L(theta + eta u) = L(theta) + eta u.grad + (eta^2/2) u.Hess u + ...: the partial sums S(n)
          tend to it.
Article   B:30, 33: the Taylor series tells what the loss becomes when theta is changed a little.
Idea      Along u the loss is a function of one number, t |-> L(theta + t u), with derivatives a(0),
          a(1), ... at 0. By the mean value theorem, n times, the loss differs from S(n) by D(n, x)
          eta^n/n! for some x in (0, eta]. So the sums tend to the loss where that is small for
          large n; for a polynomial it is 0.
Notation  f(t) = L(theta + t u) for t between -margin and eta + margin, that is near the way: what L
          is farther off does not matter. a(k) = f^(k)(0), as far as f has derivatives: L(theta),
          u.grad, u.Hess(u), ..., where Hess is the derivative of grad; S(n), the sum of the first n
          terms a(k) eta^k/k!; D(k, t) = f^(k)(t); bound(n) >= |D(n, t)| on the way; power(k, x) =
          x^k/k!. In the plane theta = (w, b), u = (p, q); c(i, j) is the coefficient of w^i b^j.
Verdict   HOLDS_IF L is smooth near the way (|x|^3 is not), the derivatives are bounded on the way,
          not only at theta, and the bounds grow more slowly than n!/eta^n; all unsaid. Together
          they suffice; smoothness alone does not make the series converge (1/(1 + x^2) at 0, eta =
          2), and convergence does not make its sum the loss (exp(-1/x^2) at 0). Every polynomial up
          to degree 6 in the plane is its series. Repair for all other losses: finitely many terms,
          with Lagrange's remainder. Only the witnesses rest on the axiom on exp.
"""

from proofs.a_why_gradient_descent_works.a01_update_rule import theorem_derivative
from proofs.background.b09_taylor.flat_derivatives import every_derivative_vanishes, is_flat
from proofs.background.b09_taylor.higher_derivatives import whatever_derivatives_at_zero
from proofs.background.b09_taylor.hessians import first_coefficients, line_has_its_slope
from proofs.background.b09_taylor.polynomials_are_exact import (
    derivative_of_polynomial_along, ends, has_coefficients, polynomial_is_its_series,
)  # fmt: skip
from proofs.background.b09_taylor.remainder import error_of_the_sum, taylor
from proofs.background.b09_taylor.series import squeeze
from proofs.background.b09_taylor.witnesses import (
    at_the_bell, at_the_cube, at_the_exponential, at_the_exponential_with_a_kink_elsewhere,
    at_the_flat_function, at_the_level, at_the_zero_polynomial, near_the_way, the_flat_function,
    unconditionally,
)  # fmt: skip
from proofs.lemmas.polynomials import polynomial_at
from proofs.prelude import *
from strategies import smooth_losses, starts

L, power = function("L", V >> R), function("power", (N, R) >> R)
a, S, bound = function("a S bound", N >> R)
(theta, u), (eta, margin), n = vector("theta u"), real("eta margin"), natural("n")
f, exp = function("f exp", R >> R)

ON_THE_WAY = {
    "the margin is positive": margin > 0,
    "f is the loss near the way": near_the_way(L, f, theta, u, eta, margin),
}
new_loss = L(theta + eta * u)
error_bound = fun(N, lambda n: bound(n) * power(n, eta))

SMOOTH = "L is smooth near the way"
BOUNDED = "the derivatives are bounded on the way"
SLOW = "the bounds grow more slowly than n!/eta^n"
CLAIM = Claim(
    for_all=[L, f, margin, theta, u, eta, a, power, S, bound],
    given={
        **ON_THE_WAY,
        "a are the derivatives at theta that there are": whatever_derivatives_at_zero(f, a),
        "L is twice differentiable near the way": derivatives_at_zero(2, f, a),
        SMOOTH: forall(N, lambda n: derivatives_at_zero(n, f, a)),
        BOUNDED: derivatives_at_most(f, bound, eta),
        SLOW: converges(error_bound, 0),
        "eta is positive": eta > 0,
        "powers over factorials": taylor_powers(power),
        "partial sums": taylor_sums(S, a, power, eta),
    },
    unsaid=[SMOOTH, BOUNDED, SLOW],
    then=converges(S, new_loss),
)


def inequality_error_of_each_sum():
    """|S(n) - L(theta + eta u)| = |D(n, x)| eta^n/n! <= bound(n) eta^n/n!, by REPAIR below."""
    error = error_of_the_sum(f, at_start=a, powers=power, total=S, bounds=bound, step=eta)
    end = instance(ON_THE_WAY["f is the loss near the way"], eta)
    close = abs(S(n) - new_loss) <= error_bound(n)
    return entails(CLAIM.hypotheses, close, by=[error, end])


def theorem_series_is_the_loss():
    """bound(n) eta^n/n! tends to 0, and squeezes S(n) to the loss."""
    always = generalize(inequality_error_of_each_sum(), n)
    return CLAIM.proved(by=[always, instance(squeeze(), S=S, limit=new_loss, error=error_bound)])


# A witness speaks of functions that no formula gives, such as exp, power and S: `unconditionally`
# adds that there are such functions.
def inhabited_by_the_exponential():
    """exp(x) at 0, eta = 1: on the way no derivative exceeds exp(1), and exp(1)/n! tends to 0."""
    return unconditionally(CLAIM.inhabited_by, at_the_exponential())


def inhabited_with_a_kink_elsewhere():
    """exp(x) + max(-x - 5, 0) at 0, eta = 1: the kink at x = -5 does not matter."""
    return unconditionally(CLAIM.inhabited_by, at_the_exponential_with_a_kink_elsewhere())


def counterexample_not_smooth():
    """|x|^3 at 0, eta = 1: two derivatives, which are 0 at 0, and no third; 1 is not 0 + 0 + ..."""
    return unconditionally(CLAIM.fails, at_the_cube(), without=SMOOTH)


def counterexample_bounded_only_at_the_start():
    """exp(-1/x^2) at 0: the bounds 0 hold at the start, but not on the way."""
    return unconditionally(CLAIM.fails, at_the_flat_function(), without=BOUNDED)


def counterexample_bounds_grow_too_fast():
    """1/(1 + x^2) at 0, eta = 2: the derivatives are at most n!; n! 2^n/n! does not tend to 0."""
    return unconditionally(CLAIM.fails, at_the_bell(), without=SLOW)


# -------- finitely many terms, with Lagrange's remainder
D = function("D", (N, R) >> R)
at_start = fun(N, lambda k: D(k, 0))


def with_remainder(value):
    """value = S(n) + D(n, x) eta^n/n! for some x in (0, eta]."""
    return exists(R, lambda x: all_of(x > 0, x <= eta, value == S(n) + D(n, x) * power(n, eta)))


REPAIR = Claim(
    for_all=[L, f, margin, theta, u, eta, D, power, S, n],
    given={
        **ON_THE_WAY,
        "L is n times differentiable near the way": derivatives_up_to(n, f, D),
        "eta is positive": eta > 0,
        "powers over factorials": taylor_powers(power),
        "partial sums": taylor_sums(S, at_start, power, eta),
    },
    then=with_remainder(new_loss),
)


def theorem_repair():
    """Taylor's theorem, for every n."""
    series = {"at_start": at_start, "powers": power, "total": S, "order": n, "step": eta}
    end = instance(ON_THE_WAY["f is the loss near the way"], eta)
    same = replaced(with_remainder, f(eta), new_loss)
    return REPAIR.proved(by=[taylor(f, D, **series), end, same])


def inhabited_repair():
    """exp(x) again, to the third order."""
    return unconditionally(REPAIR.inhabited_by, at_the_exponential() | {n: 3})


def search_smooth_losses():
    """On random smooth losses n <= 3 terms err by at most bound(n) eta^n/n!, bounded by balls."""
    parts = {"loss": L, "point": theta, "direction": u, "order": n, "taylor_sum": S}
    parts |= {"derivative_bound": bound, "taylor_power": power}
    return REPAIR.survives(
        starts(smooth_losses()),
        lambda start: start.gives(**parts) | {eta: start.short()},
        granted=[name for name in REPAIR.given if name != "eta is positive"],
        then=abs(new_loss - S(n)) <= bound(n) * power(n, eta),
    )


# -------- the first terms are those that the article writes down
grad, Hess = function("grad Hess", V >> V)
delta, mu = function("delta", (V, R) >> R), function("mu", R >> R)
along_u = fun(R, lambda t: L(theta + t * u))
THE_FIRST_COEFFICIENTS = Claim(
    for_all=[L, grad, delta, Hess, mu, theta, u, a],
    given={
        "L has the gradient grad": differentiable_everywhere(L, grad, delta),
        "Hess is the derivative of grad at theta": derivative_of_gradient(grad, theta, Hess, mu),
        "the derivatives along u": derivatives_at_zero(2, along_u, a),
    },
    then=all_of(a(0) == L(theta), a(1) == inner(u, grad(theta)), a(2) == inner(u, Hess(u))),
)


def inequality_slope_along_u():
    """t |-> L(theta + t u) has the derivative u.grad(theta + t u): this is a01, at theta + t u."""
    return line_has_its_slope(theorem_derivative(), L, grad, delta, theta, u)


def theorem_the_first_coefficients():
    """u.grad(theta + t u) has at 0 the derivative u.Hess(u); a function has only one derivative."""
    known = first_coefficients(L, grad, Hess, theta, u, mu)
    return THE_FIRST_COEFFICIENTS.proved(by=[inequality_slope_along_u(), known])


def inhabited_the_first_coefficients():
    """The loss 0."""
    return THE_FIRST_COEFFICIENTS.inhabited_by(at_the_level())


# -------- every polynomial is the sum of its series, which ends
c, (w, b, p, q) = function("c", (N, N) >> R), real("w b p q")
polynomial_along_u = fun(R, lambda t: polynomial_at(c, 6, w + t * p, b + t * q))
derivatives_along_u = [derivative_of_polynomial_along(c, n, w, b, p, q) for n in range(7)]
EVERY_POLYNOMIAL = Claim(
    for_all=[c, w, b, p, q, eta, a, power, S],
    given={
        "the derivatives up to order 6": all_of(*has_coefficients(derivatives_along_u)),
        "the others are zero": ends(a),
        "powers over factorials": taylor_powers(power),
        "partial sums": taylor_sums(S, a, power, eta),
    },
    then=forall(N, lambda n: derivatives_at_zero(n, polynomial_along_u, a))
    & forall(N, lambda n: S(n + 7) == polynomial_at(c, 6, w + eta * p, b + eta * q)),
)


def theorem_every_polynomial():
    """Up to degree 6, with 28 coefficients: seven terms are the polynomial, all others are 0."""
    exact = polynomial_is_its_series(polynomial_along_u, derivatives_along_u, eta)
    return EVERY_POLYNOMIAL.proved(by=exact)


def inhabited_every_polynomial():
    """The polynomial 0."""
    return unconditionally(EVERY_POLYNOMIAL.inhabited_by, at_the_zero_polynomial())


# -------- smooth, but without bounds the series need not converge
def without_bounds(then, *more, given=None):
    """The claim without its bounds, of `more` variables, with another conclusion."""
    for_all = [*CLAIM.for_all[:-1], *more]
    return CLAIM.but(without=SLOW).but(without=BOUNDED, for_all=for_all, given=given, then=then)


SERIES_CONVERGES = without_bounds(exists(R, lambda limit: converges(S, limit)))


def counterexample_series_converges():
    """1/(1 + x^2) at 0 with eta = 2: 1 - 4 + 16 - ... has no limit."""
    return unconditionally(SERIES_CONVERGES.fails, at_the_bell())


# -------- and where it converges, its sum need not be the loss
limit = real("limit")
SUM_IS_THE_LOSS = without_bounds(
    new_loss == limit, limit, given={"the series converges": converges(S, limit)}
)


def counterexample_sum_is_the_loss():
    """exp(-1/x^2) at 0: the series converges, to 0."""
    return unconditionally(SUM_IS_THE_LOSS.fails, at_the_flat_function() | {limit: 0})


# -------- since every derivative of exp(-1/x^2) is 0 at 0
EVERY_DERIVATIVE_VANISHES = Claim(
    for_all=[exp, f],
    given={
        "the exponential function": is_exponential(exp),
        "f(x) = exp(-1/x^2), f(0) = 0": all_of(*is_flat(f, exp)),
    },
    then=forall(N, lambda n: derivatives_at_zero(n, f, fun(N, lambda k: 0))),
)


def theorem_every_derivative_vanishes():
    """By induction on n, since f_m = x^-m exp(-1/x^2) has the derivative 2 f_(m+3) - m f_(m+1)."""
    return EVERY_DERIVATIVE_VANISHES.proved(by=[every_derivative_vanishes(f)])


def inhabited_every_derivative_vanishes():
    """There is such a function f."""
    return unconditionally(EVERY_DERIVATIVE_VANISHES.inhabited_by, the_flat_function())
