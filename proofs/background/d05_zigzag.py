"""Exact line search on (x^2 + kappa y^2)/2 from (kappa, 1): each step ends where the loss is least
on its line, and the run zigzags to the minimizer, which it never reaches.

(Luenberger and Ye, Linear and Nonlinear Programming, 8.2; de Klerk, Glineur and Taylor, On the
worst-case complexity of the gradient method with exact line search, 2017: no smooth strongly convex
loss is slower.)
"""

from functools import cache

from proofs.lemmas.powers import first_power, next_power
from proofs.losses.parabolas import valley
from proofs.prelude import *

u, v, w, after = vector("u v w after")
kappa, p, m, a, b = real("kappa p m a b")
W, power = function("W", N >> V), function("power", (N, R) >> R)
k, n = natural("k n")

VALLEY = valley(v, 1, kappa)
L, grad = VALLEY.value, VALLEY.gradient
RATIO = (kappa - 1) / (kappa + 1)
GIVEN = [orthonormal(u, v), kappa > 1]


def least_on_its_line(loss: Term, gradient: Term, start: Term, end: Term) -> Term:
    """end = start - a gradient(start) for some a, and no b gives less."""
    return exists(R, lambda a: (end == start - a * gradient(start)) & forall(
        R, lambda b: loss(end) <= loss(start - b * gradient(start)),
    ))  # fmt: skip


@definition("each step of {points} goes along {gradient} to where {loss} is least on its line")
def exact_line_search(points: Term, loss: Term, gradient: Term) -> Term:
    """Each step of `points` goes against the gradient to where the loss is least."""
    return forall(N, lambda k: least_on_its_line(loss, gradient, points(k), points(k + 1)))


def corner(k: Term | int, kappa: Term | int, ratio: Term | Fraction, u: Term, v: Term) -> Term:
    """ratio^k (kappa u + (-1)^k v)."""
    point: Term = kappa * power(k, ratio) * u + power(k, -ratio) * v
    return point


here = kappa * p * u + m * v
CORNER = [*GIVEN, m**2 == p**2, p > 0]
best = 2 / (1 + kappa)


@cache
def loss_on_the_line() -> Theorem:
    """L(here - b grad(here)) is quadratic in b, and least at 2 / (1 + kappa)."""
    steepness = p**2 * kappa * (1 + kappa) / 2
    value = steepness * (kappa * (b - best) ** 2 + RATIO**2)
    return entails(CORNER, L(here - b * grad(here)) == value)


@cache
def step_from_a_corner() -> Theorem:
    """A step from kappa p u + m v, with m^2 = p^2, leads to RATIO (kappa p u - m v)."""
    on_line, further = after == here - a * grad(here), RATIO * kappa * p * u - RATIO * m * v
    least = forall(R, lambda b: L(after) <= L(here - b * grad(here)))
    same = replaced(lambda w: L(w) <= L(here - best * grad(here)), after, here - a * grad(here))
    values = [substitute(loss_on_the_line(), {b: a}), substitute(loss_on_the_line(), {b: best})]
    found = entails([*CORNER, on_line, least], a == best, by=[instance(least, best), same, *values])
    put_in = replaced(lambda a: after == here - a * grad(here), a, best)
    arrived = entails([*CORNER, after == here - best * grad(here)], after == further)
    leads = entails([*CORNER, on_line, least], after == further, by=[found, put_in, arrived])
    line = least_on_its_line(L, grad, here, after)
    return choose(entails([line], line), leads, a)


@cache
def zigzag() -> Theorem:
    """W(n) = RATIO^n (kappa u + (-1)^n v) for every n, and L(W(n)) > 0."""
    searches = exact_line_search(W, L, grad)
    given = [*GIVEN, is_power(power), searches, W(0) == kappa * u + v]
    p_k, m_k = power(k, RATIO), power(k, -RATIO)
    p_next, m_next = power(k + 1, RATIO), power(k + 1, -RATIO)

    def known(k: Term | int) -> Term:
        where = W(k) == corner(k, kappa, RATIO, u, v)
        return all_of(where, power(k, -RATIO) ** 2 == power(k, RATIO) ** 2, power(k, RATIO) > 0)

    first = [*next_power(RATIO, 0), *next_power(-RATIO, 0)]
    put_in = [
        replaced(lambda x: W(0) == kappa * u + x * v, 1, power(0, -RATIO)),
        replaced(lambda x: W(0) == kappa * x * u + power(0, -RATIO) * v, 1, power(0, RATIO)),
    ]
    base = entails(given, known(0), by=[*first, *put_in])

    now = corner(k, kappa, RATIO, u, v)
    line = replaced(lambda w: least_on_its_line(L, grad, w, W(k + 1)), W(k), now)
    step = substitute(step_from_a_corner(), {p: p_k, m: m_k, after: W(k + 1)})
    ratio = entails([kappa > 1], RATIO > 0)
    powers = [*next_power(RATIO, k), *next_power(-RATIO, k)]
    further = [
        replaced(lambda x: W(k + 1) == kappa * x * u - RATIO * m_k * v, RATIO * p_k, p_next),
        replaced(lambda x: W(k + 1) == kappa * p_next * u + x * v, -RATIO * m_k, m_next),
    ]
    arrived = entails([*given, known(k)], W(k + 1) == corner(k + 1, kappa, RATIO, u, v),
                      by=[instance(searches, k), line, step, *powers, *further])  # fmt: skip
    more = all_of(*known(k + 1).args[1:])
    sizes = entails([kappa > 1, is_power(power), known(k)], more, by=[*powers, ratio])
    further_on = entails([*given, known(k)], known(k + 1), by=[arrived, sizes])
    whole = by_induction(known, base, further_on, k)
    end = corner(n, kappa, RATIO, u, v)
    value = replaced(lambda w: L(w) > 0, end, W(n))
    positive = entails([*GIVEN, *known(n).args[1:]], L(end) > 0)
    both = (W(n) == end) & (L(W(n)) > L(zero))
    return entails(given, both, by=[instance(whole, n), value, positive])


@cache
def three_to_one() -> tuple[Term, list[Theorem]]:
    """For kappa = 3, the points 2^-k (3 e1 + (-1)^k e2): exact line search, from 3 e1 + e2."""
    half, given = Fraction(1, 2), [is_power(power)]
    run = fun(N, lambda k: corner(k, 3, half, e1, e2))
    plane = valley(e2, 1, 3)

    def sizes(k: Term | int) -> Term:
        return all_of(power(k, -half) ** 2 == power(k, half) ** 2, power(k, half) > 0)

    first = [first_power(half), first_power(-half)]
    following = [*next_power(half, k), *next_power(-half, k)]
    step = entails([*given, sizes(k)], sizes(k + 1), by=following)
    always = instance(by_induction(sizes, entails(given, sizes(0), by=first), step, k), k)
    searches = exact_line_search(run, plane.value, plane.gradient)
    line = instance(searches, k).goal
    halfway = witnessed(line, half)
    reached, least = halfway.hypotheses[0].args
    lands = entails(given, reached, by=following)
    lower = for_each(least, b, given=given, by=[always, *following])
    there = entails(given, line, by=[halfway, lands, lower])
    return run, [generalize(there, k), *first]
