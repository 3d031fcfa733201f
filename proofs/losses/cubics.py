"""Cubic and quartic losses, on V in the coordinates x = e1.w and y = e2.w, and on the real line."""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular


def quartic_above_its_linear_models(point: Term, at: Term) -> Theorem:
    """v^4 - w^4 - 4 w^3 (v - w) = (v - w)^2 ((v + w)^2 + 2 w^2) >= 0."""
    v, w = real("v w")
    return substitute(entails([], v**4 >= w**4 + 4 * w**3 * (v - w)), {v: point, w: at})


# w^3 - 3w, on the real line
FALLING_CUBIC = particular(
    R,
    lambda w: w**3 - 3 * w,
    gradient=lambda w: 3 * w**2 - 3,
    curvature=lambda w: 3 * abs(w) + 1,
)
# -w^3 - w, on the real line: it falls everywhere
STEEPENING_CUBIC_ON_THE_LINE = particular(
    R,
    lambda w: -(w**3) - w,
    gradient=lambda w: -3 * w**2 - 1,
    curvature=lambda w: 3 * abs(w) + 1,
)
# x^2 - x^3
BENT_CUBIC = particular(
    V,
    lambda w: inner(e1, w) ** 2 - inner(e1, w) ** 3,
    gradient=lambda w: (2 * inner(e1, w) - 3 * inner(e1, w) ** 2) * e1,
    curvature=lambda w: 3 * abs(inner(e1, w)) + 2,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# -x^3 - x: it falls everywhere, and its gradient is not Lipschitz
STEEPENING_CUBIC = particular(
    V,
    lambda w: -(inner(e1, w) ** 3) - inner(e1, w),
    gradient=lambda w: (-3 * inner(e1, w) ** 2 - 1) * e1,
    curvature=lambda w: 3 * abs(inner(e1, w)) + 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# x^4
QUARTIC = particular(
    V,
    lambda w: inner(e1, w) ** 4,
    gradient=lambda w: 4 * inner(e1, w) ** 3 * e1,
    curvature=lambda w: 8 * inner(e1, w) ** 2 + 3,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
    least_at=zero,
)
# -x^4: the farther out, the faster it falls
FALLING_QUARTIC = particular(
    V,
    lambda w: -(inner(e1, w) ** 4),
    gradient=lambda w: -4 * inner(e1, w) ** 3 * e1,
    curvature=lambda w: 8 * inner(e1, w) ** 2 + 3,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# -x + 2 x^4: flat at 0, and soon steep
TURNING_QUARTIC = particular(
    V,
    lambda w: -inner(e1, w) + 2 * inner(e1, w) ** 4,
    gradient=lambda w: (-1 + 8 * inner(e1, w) ** 3) * e1,
    curvature=lambda w: 16 * inner(e1, w) ** 2 + 6,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# w^4, on the real line
QUARTIC_ON_THE_LINE = particular(
    R,
    lambda w: w**4,
    gradient=lambda w: 4 * w**3,
    curvature=lambda w: 8 * w**2 + 3,
    least_at=0,
    convex_by=lambda v, w, t: [quartic_above_its_linear_models(u, v + t * (w - v)) for u in (v, w)],
)


u, (c, rho) = vector("u"), real("c rho")


def climbing_cubic_errs(w: Term, s: Term) -> list[Theorem]:
    """The linear model errs by (c + rho x + rho h/3) h^2 / 2, where x = u.w and h = u.s."""
    x, h, p, most, size = real("x h p most size")
    bent = c / 2 + rho * x / 2 + rho * h / 6
    bound = abs(c) + rho * abs(x) + rho
    curved = entails([rho > 0, abs(h) <= 1], abs(bent) <= bound)
    small = entails([abs(p) <= most, h**2 <= size], abs(p * h**2) <= most * size)
    short = entails([norm(u) == 1], inner(u, s) ** 2 <= norm(s) ** 2, by=[cauchy_schwarz(u, s)])
    errs = substitute(small, {p: bent, most: bound, size: norm(s) ** 2})
    at = {x: inner(u, w), h: inner(u, s)}
    return [cauchy_schwarz(u, s), short, substitute(curved, at), substitute(errs, at)]


# -x + c x^2/2 + rho x^3/6, where x = u.w
SYMBOLIC_CLIMBING_CUBIC = particular(
    V,
    lambda w: -inner(u, w) + c * inner(u, w) ** 2 / 2 + rho * inner(u, w) ** 3 / 6,
    gradient=lambda w: (-1 + c * inner(u, w) + rho * inner(u, w) ** 2 / 2) * u,
    curvature=lambda w: abs(c) + rho * abs(inner(u, w)) + rho,
    given=[norm(u) == 1, rho > 0],
    smooth_by=climbing_cubic_errs,
)


def climbing_cubic(along: Term, curvature: Term | int, growth: Term | int) -> ParticularLoss:
    """-x + curvature x^2/2 + growth x^3/6, where x = along.w; its facts hold for a unit vector and
    growth > 0.
    """
    return SYMBOLIC_CLIMBING_CUBIC.where({u: along, c: curvature, rho: growth})
