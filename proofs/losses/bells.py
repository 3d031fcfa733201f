"""Losses that are bounded below and have no minimum, and one of them upside down."""

from functools import cache

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import particular


def dip_slope(x: Term) -> Term:
    """2x/(1 + x^2)^2, the derivative of -1/(1 + x^2)."""
    slope: Term = 2 * x / (1 + x**2) ** 2
    return slope


@cache
def at_most_twice() -> Theorem:
    """{change = d n / (p q), |n| <= 2 p q} |- |change| <= 2 |d|, for p, q > 0."""
    change, d, n, p, q = real("change d n p q")
    positive, small = [p > 0, q > 0], [n <= 2 * p * q, n >= -2 * p * q]
    goal = abs(change) <= 2 * abs(d)
    return entails([*positive, *small, change == d * n / (p * q)], goal)


def is_at_most_twice(change: Term, d: Term, n: Term, p: Term, q: Term) -> Theorem:
    """|change| <= 2 |d|, since change = d n / (p q) identically, p, q > 0 and |n| <= 2 p q."""
    values = dict(zip(real("change d n p q"), (change, d, n, p, q), strict=True))
    rule = substitute(at_most_twice(), values)
    same = identical(change, d * n / (p * q))
    return entails([], rule.goal, by=[rule, same, *(entails([], h) for h in rule.hypotheses[:4])])


def dip_is_steady(v: Term, w: Term) -> list[Theorem]:
    """|e1.(v - w)| <= |v - w|, and the slope changes by at most twice the step along e1."""
    (x, y, change), d = real("x y change"), vector("d")
    difference = dip_slope(x) - dip_slope(y)
    numerator = 2 - 4 * x * y - 2 * x * y * (x**2 + x * y + y**2)
    slopes = is_at_most_twice(difference, x - y, numerator, (1 + x**2) ** 2, (1 + y**2) ** 2)
    given = abs(change) <= 2 * abs(inner(e1, d))
    along = entails([given], norm(change * e1) <= 2 * norm(d), by=[cauchy_schwarz(e1, d)])
    at = {x: inner(e1, v), y: inner(e1, w)}
    turned = {change: dip_slope(at[x]) - dip_slope(at[y]), d: v - w}
    return [substitute(slopes, at), substitute(along, turned)]


def bell_errs(w: Term, s: Term) -> list[Theorem]:
    """With p = 1 + w^2 and q = 1 + (w + s)^2 it errs by s^2 (w^2 + 2 w (w + s) - 1) / (p^2 q)."""
    missed = 1 / (1 + (w + s) ** 2) - 1 / (1 + w**2) + 2 * w / (1 + w**2) ** 2 * s
    numerator = w**2 + 2 * w * (w + s) - 1
    return [is_at_most_twice(missed, s**2, numerator, (1 + w**2) ** 2, 1 + (w + s) ** 2)]


# 1/(1 + x^2), where x = e1.w
BELL = particular(
    V,
    lambda w: 1 / (1 + inner(e1, w) ** 2),
    gradient=lambda w: -2 * inner(e1, w) / (1 + inner(e1, w) ** 2) ** 2 * e1,
    curvature=lambda w: 2,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# -1/(1 + x^2)
DIP = particular(
    V,
    lambda w: -1 / (1 + inner(e1, w) ** 2),
    gradient=lambda w: dip_slope(inner(e1, w)) * e1,
    curvature=lambda w: 2,
    lipschitz=2,
    least_at=zero,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
    steady_by=dip_is_steady,
)
# 1/(1 + w^2), on the real line
BELL_ON_THE_LINE = particular(
    R,
    lambda w: 1 / (1 + w**2),
    gradient=lambda w: -2 * w / (1 + w**2) ** 2,
    curvature=lambda w: 2,
    smooth_by=bell_errs,
)
