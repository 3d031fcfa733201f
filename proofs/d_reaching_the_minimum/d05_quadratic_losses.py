"""d05. On a quadratic loss each eigenvector of the Hessian has its own factor.

Question  A:25; B:26: repeated often enough, the step reaches the minimum. For which learning rates
          does it, which direction is the slowest, and why does a run zigzag?
Claim     From w* + v with H v = eigenvalue v: W(n) - w* = (1 - alpha eigenvalue)^n v.
Idea      The gradient at w* + c v is c eigenvalue v, since H is linear.
Notation  (w - w*).H(w - w*)/2 has the gradient H(w - w*) (a04); power(n, x) = x^n; low and high
          bound the eigenvalues; kappa is the condition number, high / low.
Verdict   HOLDS. The run stays on its side of w* for alpha < 1 / eigenvalue, and changes sides at
          every step beyond. All runs converge just for 0 < alpha < 2 / high. The slowest direction
          is that of the least eigenvalue up to the best alpha, 2 / (low + high), and of the
          greatest beyond. Steps that end where the loss is least on their line zigzag for ever.
"""

from proofs.background.d05_spectra import (
    all_runs, is_eigenvalue, run_of_an_eigenvector, runs_converge,
    side_of_an_eigenvector, slope_at, some_run_does_not_converge, within,
)  # fmt: skip
from proofs.background.d05_zigzag import corner, exact_line_search, three_to_one, zigzag
from proofs.lemmas.contraction import slowest_factor
from proofs.lemmas.descents import FROM_E1_TO_ZERO, leads_from_e1_to_zero
from proofs.lemmas.powers import there_are_powers
from proofs.losses.parabolas import valley
from proofs.prelude import *

H, W, power = function("H", V >> V), function("W", N >> V), function("power", (N, R) >> R)
u, v, w_star = vector("u v w_star")
(eigenvalue, low, high, alpha, kappa), n = real("eigenvalue low high alpha kappa"), natural("n")
POWERS, IDENTITY = {"power(n, x) is x^n": is_power(power)}, fun(V, lambda w: w)
BEFORE, AFTER, HALF = W(n) - w_star, W(n + 1) - w_star, Fraction(1, 2)

CLAIM = Claim(
    for_all=[H, w_star, v, eigenvalue, alpha, W, power, n],
    given={
        "H is linear": linear(H),
        "v is an eigenvector": H(v) == eigenvalue * v,
        "the start is w_star + v": W(0) == w_star + v,
        "the update rule": gradient_descent(W, slope_at(H, w_star), alpha),
        **POWERS,
    },
    then=(BEFORE == power(n, 1 - alpha * eigenvalue) * v)
    & (inner(AFTER, BEFORE) == (1 - alpha * eigenvalue) * norm(BEFORE) ** 2),
)


def theorem_eigenvector():
    """By induction: H is linear, so W(n) - w* is again an eigenvector."""
    return CLAIM.proved(by=[run_of_an_eigenvector(), side_of_an_eigenvector()])


def inhabited_by_the_identity():
    """H(w) = w with alpha = 1, from e1 to w* = 0 in one step."""
    at = {H: IDENTITY, w_star: zero, v: e1, eigenvalue: 1, alpha: 1, W: FROM_E1_TO_ZERO, n: 1}
    known, given = [leads_from_e1_to_zero()], [is_power(power)]
    return there_are_powers(CLAIM.inhabited_by(at, known, given=given))


# -------- from every start: just for which alpha does the run converge?
WHICH_ALPHA = Claim(
    for_all=[H, w_star, low, high, alpha],
    given={
        "H is linear": linear(H),
        "H is symmetric": symmetric(H),
        "its eigenvalues lie between low and high": within(H, low, high),
        **{"low is positive": low > 0, "low is below high": low < high},
        "high is an eigenvalue": is_eigenvalue(H, high),
    },
    then=iff(all_runs(H, w_star, alpha), (alpha > 0) & (alpha < 2 / high)),
)


def theorem_which_alpha():
    """Then max(|1 - alpha low|, |1 - alpha high|) < 1; and else |1 - alpha high| >= 1."""
    return WHICH_ALPHA.proved(by=[runs_converge(), some_run_does_not_converge()])


def inhabited_which_alpha():
    """H(w) = w, whose eigenvalue is 1, lies between 1/2 and 1."""
    at = {H: IDENTITY, w_star: zero, low: HALF, high: 1, alpha: 1}
    bounds, some = within(IDENTITY, HALF, 1), witnessed(is_eigenvalue(IDENTITY, 1), e1)
    return WHICH_ALPHA.inhabited_by(at, by=[for_each(bounds, v), some])


# -------- which direction is the slowest, and for which alpha it is the least slow
FACTOR, LEAST = slowest_factor(low, high, alpha), (high / low - 1) / (high / low + 1)
SLOWEST = Claim(
    for_all=[eigenvalue, low, high, alpha],
    given={
        "low is positive": low > 0,
        "the eigenvalue is one of those": (low <= eigenvalue) & (eigenvalue <= high),
        "alpha is positive": alpha > 0,
    },
    then=all_of(
        abs(1 - alpha * eigenvalue) <= FACTOR,
        implies(alpha <= 2 / (low + high), FACTOR == abs(1 - alpha * low)),
        implies(alpha >= 2 / (low + high), FACTOR == abs(1 - alpha * high)),
        (FACTOR >= LEAST) & iff(FACTOR == LEAST, alpha == 2 / (low + high)),
    ),
)


def theorem_slowest():
    """1 - alpha eigenvalue lies between 1 - alpha high and 1 - alpha low."""
    return SLOWEST.proved()


def inhabited_slowest():
    """All are 1."""
    return SLOWEST.inhabited_by({eigenvalue: 1, low: 1, high: 1, alpha: 1})


# -------- is it that of the least eigenvalue, whatever alpha < 2 / high?
MISREADING_FLATTEST_IS_SLOWEST = SLOWEST.but(
    given={"alpha is below 2 / high": alpha < 2 / high},
    then=abs(1 - alpha * eigenvalue) <= abs(1 - alpha * low),
)


def counterexample_misreading_flattest_is_slowest():
    """Of 1 and 3 with alpha = 5/8: 7/8 and 3/8."""
    fast = Fraction(5, 8)
    return MISREADING_FLATTEST_IS_SLOWEST.fails({low: 1, eigenvalue: 3, high: 3, alpha: fast})


# -------- each step to where the loss is least on its line: (x^2 + kappa y^2)/2, x = u.w, y = v.w
VALLEY = valley(v, 1, kappa)  # in all directions but v as along u
ZIGZAG = Claim(
    for_all=[u, v, kappa, W, power, n],
    given={
        **{"u and v are orthonormal": orthonormal(u, v), "kappa is above 1": kappa > 1, **POWERS},
        "each step is least on its line": exact_line_search(W, VALLEY.value, VALLEY.gradient),
        "the start is kappa u + v": W(0) == kappa * u + v,
    },
    then=(W(n) == corner(n, kappa, (kappa - 1) / (kappa + 1), u, v))
    & (VALLEY(W(n)) > VALLEY(zero)),
)


def theorem_zigzag():
    """The best step is 2 / (1 + kappa); it shrinks both components by (kappa - 1) / (kappa + 1),
    and turns y round.
    """
    return ZIGZAG.proved(by=[zigzag()])


def inhabited_zigzag():
    """kappa = 3, from 3 e1 + e2."""
    run, known = three_to_one()
    at = {u: e1, v: e2, kappa: 3, W: run, n: 0}
    return there_are_powers(ZIGZAG.inhabited_by(at, known, given=[is_power(power)]))
