"""Losses that are bounded below and have no minimum, and one of them upside down."""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import particular


def dip_slope(x: Term) -> Term:
    """2x/(1 + x^2)^2, the derivative of -1/(1 + x^2)."""
    slope: Term = 2 * x / (1 + x**2) ** 2
    return slope


def dip_is_steady(v: Term, w: Term) -> list[Theorem]:
    """|e1.(v - w)| <= |v - w|, and the slope changes by at most twice the step along e1."""
    (x, y, change), d = real("x y change"), vector("d")
    slopes = entails([], abs(dip_slope(x) - dip_slope(y)) <= 2 * abs(x - y))
    given = abs(change) <= 2 * abs(inner(e1, d))
    along = entails([given], norm(change * e1) <= 2 * norm(d), by=[cauchy_schwarz(e1, d)])
    at = {x: inner(e1, v), y: inner(e1, w)}
    turned = {change: dip_slope(at[x]) - dip_slope(at[y]), d: v - w}
    return [substitute(slopes, at), substitute(along, turned)]


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
)
