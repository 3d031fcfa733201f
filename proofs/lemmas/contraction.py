"""Steps that shrink the distance from a point by max(|1 - alpha mu|, |1 - alpha lipschitz|).

That is so of a step -alpha g at the distance D, where 0 <= (g - mu D).(lipschitz D - g); and then
of runs. Along an eigenvector a step multiplies the distance by 1 - alpha eigenvalue.

(Polyak, Introduction to Optimization; Nesterov, Introductory Lectures on Convex
Optimization.)
"""

from functools import cache

from proofs.lemmas.convex_rates import gradient_is_zero_at_a_minimizer
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.powers import next_power, power, power_of_absolute_value
from proofs.lemmas.strong_convexity import BETWEEN, change_is_monotone
from proofs.prelude import *

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
W, (D, g, w_star) = function("W", N >> V), vector("D g w_star")
mu, lipschitz, alpha = real("mu lipschitz alpha")
k, n = natural("k n")


def slowest_factor(mu: Term | Fraction, lipschitz: Term | int, alpha: Term | int) -> Term:
    """max(|1 - alpha mu|, |1 - alpha lipschitz|)."""
    return maximum(abs(1 - alpha * mu), abs(1 - alpha * lipschitz))


FACTOR = slowest_factor(mu, lipschitz, alpha)
MONOTONE = inner(g - mu * D, lipschitz * D - g) >= 0


@cache
def step_contracts() -> Theorem:
    """|D - alpha g| <= max(|1 - alpha mu|, |1 - alpha lipschitz|) |D| where 0 < mu <= lipschitz.

    (lipschitz - mu) ((1 - alpha mu)^2 |D|^2 - |D - alpha g|^2) is 2 alpha (1 - alpha mu) times the
    product that is >= 0, and alpha (2 - alpha (mu + lipschitz)) |g - mu D|^2, which serves up to
    alpha = 2 / (mu + lipschitz); beyond, the same with mu and lipschitz exchanged.
    """
    given = [MONOTONE, mu > 0, mu <= lipschitz, alpha > 0]
    gain, rest = real("gain rest")
    paid = entails([gain >= 0, MONOTONE], gain * MONOTONE.args[0] >= 0)

    def shrinks(side: Term, other: Term, turn: Term) -> Theorem:
        off = g - side * D
        left = entails([rest >= 0], rest * norm(off) ** 2 >= 0, by=[square_nonnegative(off)])
        values = {gain: 2 * alpha * (1 - alpha * side) / (other - side)}
        values |= {rest: alpha * (2 - alpha * (mu + lipschitz)) / (other - side)}
        signs = entails(
            [*given[1:], turn, mu < lipschitz], (values[gain] >= 0) & (values[rest] >= 0)
        )
        known = [signs, substitute(paid, values), substitute(left, values)]
        square = norm(D - alpha * g) ** 2 <= ((1 - alpha * side) * norm(D)) ** 2
        closer = entails([*given, turn, mu < lipschitz], square, by=known)
        bound = norm(D - alpha * g) <= abs(1 - alpha * side) * norm(D)
        return entails([*given, turn, mu < lipschitz], bound, by=[closer])

    short = shrinks(mu, lipschitz, alpha * (mu + lipschitz) <= 2)
    longer = shrinks(lipschitz, mu, alpha * (mu + lipschitz) >= 2)
    contracted = norm(D - alpha * g) <= FACTOR * norm(D)
    round_ = entails([*given, mu == lipschitz], g == mu * D, by=[square_nonnegative(g - mu * D)])
    put_in = replaced(lambda g: norm(D - alpha * g) == abs(1 - alpha * mu) * norm(D), mu * D, g)
    scaled = norm_scaling(1 - alpha * mu, D)
    level = entails([*given, mu == lipschitz], contracted, by=[round_, put_in, scaled])
    return entails(given, contracted, by=[short, longer, level])


@cache
def factor_is_below_one() -> Theorem:
    """0 <= max(|1 - alpha mu|, |1 - alpha lipschitz|) < 1 for 0 < mu <= lipschitz and 0 < alpha < 2
    / lipschitz.
    """
    given = [mu > 0, mu <= lipschitz, alpha > 0, alpha * lipschitz < 2]
    return entails(given, (FACTOR >= 0) & (FACTOR < 1))


def distance_falls(points: Term, target: Term, factor: Term) -> Term:
    """|points(k + 1) - target| <= factor |points(k) - target| for every k."""
    return forall(N, lambda k: norm(points(k + 1) - target) <= factor * norm(points(k) - target))


@cache
def distance_of_sequence() -> Theorem:
    """|W(n) - w_star| <= factor^n |W(0) - w_star| where each step shrinks the distance so."""
    factor = real("factor")
    given = [is_power(power), factor >= 0, distance_falls(W, w_star, factor)]

    def near(k: Term | int) -> Term:
        bound = norm(W(k) - w_star) <= power(k, factor) * norm(W(0) - w_star)
        return all_of(power(k, factor) >= 0, bound)

    base = entails(given, near(0), by=next_power(factor, 0))
    known = [*next_power(factor, k), instance(given[2], k)]
    step = entails([*given, near(k)], near(k + 1), by=known)
    return instance(by_induction(near, base, step, k), n)


DESCENT = [*BETWEEN, mu > 0, minimizer(L, w_star), alpha > 0, gradient_descent(W, grad, alpha)]


@cache
def monotone_at_a_minimizer() -> Theorem:
    """0 <= (grad(w) - mu (w - w_star)).(lipschitz (w - w_star) - grad(w)), as grad(w_star) = 0."""
    at, w = W(k) - w_star, grad(W(k))

    def monotone(level: Term) -> Term:
        return inner(w - level - mu * at, lipschitz * at - (w - level)) >= 0

    here = instance(change_is_monotone(), v=W(k), w=w_star)
    same = [gradient_is_zero_at_a_minimizer(), replaced(monotone, grad(w_star), zero)]
    return entails([*BETWEEN, minimizer(L, w_star)], monotone(zero), by=[here, *same])


@cache
def descent_contracts() -> Theorem:
    """DESCENT |- `distance_falls` to the minimizer, by FACTOR."""
    at, arrived = W(k) - w_star, W(k) - alpha * grad(W(k))

    def nearer(point: Term) -> Term:
        return all_of(norm(point - w_star) <= FACTOR * norm(at))

    step = substitute(step_contracts(), {D: at, g: grad(W(k))})
    moves = instance(DESCENT[-1], k)
    known = [step, monotone_at_a_minimizer(), moves, replaced(nearer, arrived, W(k + 1))]
    return generalize(entails(DESCENT, nearer(W(k + 1)), by=known), k)


@cache
def distance_after_steps() -> Theorem:
    """is_power(power), DESCENT |- |W(n) - w_star| <= FACTOR^n |W(0) - w_star|."""
    sequence = substitute(distance_of_sequence(), {real("factor"): FACTOR})
    bound = norm(W(n) - w_star) <= power(n, FACTOR) * norm(W(0) - w_star)
    nonnegative = entails([], FACTOR >= 0)
    return entails(
        [is_power(power), *DESCENT], bound, by=[sequence, nonnegative, descent_contracts()]
    )


# ---------------------------------------------------------------------------- along an eigenvector
eigenvalue = real("eigenvalue")


def bends(gradient: Term, target: Term, direction: Term, eigenvalue: Term | int) -> Term:
    """gradient(target + c direction) = c eigenvalue direction for every number c."""
    return forall(R, lambda c: gradient(target + c * direction) == c * eigenvalue * direction)


@cache
def run_along_an_eigenvector() -> Theorem:
    """W(n) = w_star + (1 - alpha eigenvalue)^n D for a run from w_star + D, where `bends`."""
    x, moves = 1 - alpha * eigenvalue, gradient_descent(W, grad, alpha)
    eigen = bends(grad, w_star, D, eigenvalue)
    given = [is_power(power), eigen, moves, W(0) == w_star + D]

    def there(k: Term | int) -> Term:
        point: Term = w_star + power(k, x) * D
        return point

    base = entails(given, W(0) == there(0), by=next_power(x, 0))
    slope = power(k, x) * eigenvalue * D
    known = [instance(eigen, power(k, x)), replaced(lambda w: grad(w) == slope, there(k), W(k))]
    bent = entails([*given, W(k) == there(k)], grad(W(k)) == slope, by=known)
    put_in = [
        replaced(lambda g: W(k + 1) == W(k) - alpha * g, grad(W(k)), slope),
        replaced(lambda w: W(k + 1) == w - alpha * slope, W(k), there(k)),
        replaced(lambda p: W(k + 1) == w_star + p * D, x * power(k, x), power(k + 1, x)),
    ]
    steps = [bent, instance(moves, k), *put_in, *next_power(x, k)]
    step = entails([*given, W(k) == there(k)], W(k + 1) == there(k + 1), by=steps)
    return instance(by_induction(lambda k: W(k) == there(k), base, step, k), n)


@cache
def distance_along_an_eigenvector() -> Theorem:
    """|W(n) - w_star| = |1 - alpha eigenvalue|^n |W(0) - w_star|."""
    x, run = 1 - alpha * eigenvalue, run_along_an_eigenvector()
    length, p = norm(W(n) - w_star) == power(n, abs(x)) * norm(W(0) - w_star), power(n, x)
    scaled = entails([], norm(p * D) == abs(p) * norm(D))
    later = replaced(lambda w: norm(w - w_star) == abs(p) * norm(D), w_star + p * D, W(n))
    first = replaced(lambda w: norm(w - w_star) == norm(D), w_star + D, W(0))
    absolute = substitute(power_of_absolute_value(), {real("x"): x})
    return entails(run.hypotheses, length, by=[run, scaled, later, first, absolute])
