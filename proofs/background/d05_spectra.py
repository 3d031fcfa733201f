"""Symmetric linear maps whose eigenvalues lie between two bounds, and gradient descent along them.

H is linear and symmetric, and low |v|^2 <= v.Hv <= high |v|^2 for every v. (Halmos, Finite-
Dimensional Vector Spaces, on spectra; here in every inner-product space.)
"""

from collections.abc import Callable
from functools import cache

from proofs.lemmas.contraction import (
    bends, distance_of_sequence, factor_is_below_one, run_along_an_eigenvector,
    slowest_factor, step_contracts,
)  # fmt: skip
from proofs.lemmas.descents import descent, obeys, stays_away, there_is
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.powers import (
    converges_with_powers, next_power, powers_are_large, there_are_powers,
)  # fmt: skip
from proofs.prelude import *

H, W, power = function("H", V >> V), function("W", N >> V), function("power", (N, R) >> R)
v, w_star = vector("v w_star")
eigenvalue, low, high, alpha, c = real("eigenvalue low high alpha c")
k, n = natural("k n")


def within(operator: Term, low: Term | Fraction, high: Term | int) -> Term:
    """low |v|^2 <= v.operator(v) <= high |v|^2 for every v."""
    return forall(V, lambda v: all_of(
        inner(v, operator(v)) >= low * norm(v) ** 2, inner(v, operator(v)) <= high * norm(v) ** 2,
    ))  # fmt: skip


def is_eigenvalue(operator: Term, eigenvalue: Term | int) -> Term:
    """operator(v) = eigenvalue v for some v other than 0."""
    return exists(V, lambda v: all_of(v != zero, operator(v) == eigenvalue * v))


def slope_at(operator: Term, target: Term) -> Term:
    """w |-> operator(w - target): the gradient of (w - target).operator(w - target) / 2."""
    return fun(V, lambda w: operator(w - target))


def all_runs(operator: Term, target: Term, alpha: Term) -> Term:
    """Every run of gradient descent along `slope_at` converges to the target."""
    return forall(N >> V, lambda W: implies(
        gradient_descent(W, slope_at(operator, target), alpha), converges(W, target),
    ))  # fmt: skip


SELF_ADJOINT = [linear(H), symmetric(H), within(H, low, high)]
SLOPE, FACTOR = slope_at(H, w_star), slowest_factor(low, high, alpha)


@cache
def product_of_the_rests() -> Theorem:
    """0 <= (H v - low v).(high v - H v).

    (high - low) times that is x.(high x - H x) for x = H v - low v, and y.(H y - low y) for y = H v
    - high v, added up.
    """
    given, bounds = [*SELF_ADJOINT, low < high], SELF_ADJOINT[2]

    def there(c: Term) -> list[Theorem]:
        """Both bounds at w = H v + c v, in terms of H v and H(H v)."""
        w, image = H(v) + c * v, H(H(v)) + c * H(v)
        linear_there = instance(linear(H), u=H(v), c=c, v=v)
        at_w = instance(bounds, w)
        put_in = replaced(
            lambda y: all_of(inner(w, y) >= low * norm(w) ** 2, inner(w, y) <= high * norm(w) ** 2),
            H(w), image,
        )  # fmt: skip
        return [entails([linear(H), bounds], put_in.goal, by=[linear_there, at_w, put_in])]

    swapped = instance(symmetric(H), u=v, v=H(v))
    rests = inner(H(v) - low * v, high * v - H(v))
    scaled = entails(given, (high - low) * rests >= 0, by=[*there(-low), *there(-high), swapped])
    return entails(given, rests >= 0, by=[scaled])


@cache
def runs_converge() -> Theorem:
    """Every run converges to w_star for 0 < alpha < 2 / high."""
    given = [*SELF_ADJOINT, low > 0, low < high, alpha > 0, alpha < 2 / high]
    given += [gradient_descent(W, SLOPE, alpha)]
    at = W(k) - w_star
    values = {vector("D"): at, vector("g"): H(at), real("mu"): low, real("lipschitz"): high}
    shrinks = substitute(step_contracts(), values)
    moves = instance(given[-1], k)
    nearer: Callable[[Term], Term] = lambda w: norm(w - w_star) <= FACTOR * norm(at)
    arrives = [moves, replaced(nearer, W(k) - alpha * H(at), W(k + 1))]
    rests = substitute(product_of_the_rests(), {v: at})
    falls = generalize(entails(given, nearer(W(k + 1)), by=[shrinks, rests, *arrives]), k)
    sequence = substitute(distance_of_sequence(), {real("factor"): FACTOR, n: k})
    below_one = substitute(factor_is_below_one(), {real("mu"): low, real("lipschitz"): high})
    near = norm(at) <= abs(power(k, FACTOR)) * norm(W(0) - w_star)
    known = [falls, sequence, below_one]
    always = generalize(entails([*given, is_power(power)], near, by=known), k)
    values = {function("points", N >> V): W, vector("limit"): w_star, real("x"): FACTOR}
    limit = substitute(converges_with_powers(), values | {real("scale"): norm(W(0) - w_star)})
    known = [always, limit, below_one]
    limit = there_are_powers(entails([*given, is_power(power)], converges(W, w_star), by=known))
    return for_each(all_runs(H, w_star, alpha), W, given=given[:-1], by=[limit])


@cache
def map_of_a_multiple() -> Theorem:
    """H(c v) = c H v for every c."""
    none = instance(linear(H), u=zero, c=1, v=zero)
    multiple = instance(linear(H), u=zero, c=c, v=v)
    nothing = entails([linear(H)], H(zero) == zero, by=[none])
    put_in = replaced(lambda y: H(c * v) == y + c * H(v), H(zero), zero)
    return generalize(entails([linear(H)], H(c * v) == c * H(v), by=[nothing, multiple, put_in]), c)


@cache
def run_of_an_eigenvector() -> Theorem:
    """W(n) = w_star + (1 - alpha eigenvalue)^n v for a run from w_star + v, where H v = eigenvalue
    v.
    """
    given, image = [linear(H), H(v) == eigenvalue * v], instance(map_of_a_multiple(), c)
    put_in = replaced(lambda y: H(c * v) == c * y, H(v), eigenvalue * v)
    bent = for_each(bends(SLOPE, w_star, v, eigenvalue), c, given=given, by=[image, put_in])
    values = {function("grad", V >> V): SLOPE, vector("D"): v}
    run = substitute(run_along_an_eigenvector(), values)
    rest = [is_power(power), gradient_descent(W, SLOPE, alpha), W(0) == w_star + v]
    return entails([*given, *rest], run.goal, by=[run, bent])


@cache
def side_of_an_eigenvector() -> Theorem:
    """(W(n + 1) - w_star).(W(n) - w_star) = (1 - alpha eigenvalue) |W(n) - w_star|^2 there."""
    run, x = run_of_an_eigenvector(), 1 - alpha * eigenvalue
    p, places = power(n, x), [run, substitute(run, {n: n + 1})]

    def side(now: Term, then: Term) -> Term:
        return all_of(inner(then - w_star, now - w_star) == x * norm(now - w_star) ** 2)

    now, then = w_star + p * v, w_star + power(n + 1, x) * v
    known = entails([is_power(power)], side(now, then), by=next_power(x, n))
    put_in = [
        replaced(lambda now: side(now, then), now, W(n)),
        replaced(lambda then: side(W(n), then), then, W(n + 1)),
    ]
    return entails(run.hypotheses, side(W(n), W(n + 1)), by=[*places, known, *put_in])


@cache
def some_run_does_not_converge() -> Theorem:
    """Not every run converges to w_star, where |1 - alpha high| >= 1 and high is an eigenvalue: the
    run from w_star + v stays at least |v| away.
    """
    found = [v != zero, H(v) == high * v]
    given = [linear(H), *found, abs(1 - alpha * high) >= 1]
    start = descent(w_star + v, SLOPE, alpha)
    run = [is_power(power), *obeys(W, start)]
    place = substitute(run_of_an_eigenvector(), {eigenvalue: high, n: k})
    p = power(k, 1 - alpha * high)
    large = instance(substitute(powers_are_large(), {real("x"): 1 - alpha * high}), k)
    at_least = replaced(lambda w: norm(w - w_star) >= norm(v), w_star + p * v, W(k))
    grown = entails([is_power(power), given[3]], abs(p) >= 1, by=[large])
    longer = norm(p * v) >= norm(v)
    long = entails([is_power(power), given[3]], longer, by=[grown, norm_scaling(p, v)])
    far = entails([*given, *run], norm(W(k) - w_star) >= norm(v), by=[place, at_least, long])
    never = stays_away(W, w_star, norm(v), substitute(far, {k: n}))
    every = negation(all_runs(H, w_star, alpha))
    moves = gradient_descent(W, SLOPE, alpha)
    moves_so = for_each(moves, k, given=obeys(W, start), by=[instance(run[2], k)])
    stray = entails([*given, *run], every, by=[witnessed(every, W), moves_so, never])
    there = there_are_powers(there_is(W, start, stray))
    return choose(entails([is_eigenvalue(H, high)], is_eigenvalue(H, high)), there, v)
