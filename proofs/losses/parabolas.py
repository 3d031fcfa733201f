"""Quadratic losses: on V in the coordinates x = e1.w and y = e2.w, or of |w|; on the real line."""

from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular

# x^2
SQUARE = particular(
    V,
    lambda w: inner(e1, w) ** 2,
    gradient=lambda w: 2 * inner(e1, w) * e1,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
    least_at=zero,
    convex_by=lambda v, w, t: [],
)
# x^2 + 1
RAISED_SQUARE = particular(
    V,
    lambda w: inner(e1, w) ** 2 + 1,
    gradient=lambda w: 2 * inner(e1, w) * e1,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
    least_at=zero,
)
# -x^2
HILL = particular(
    V,
    lambda w: -(inner(e1, w) ** 2),
    gradient=lambda w: -2 * inner(e1, w) * e1,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# x - x^2
CAP = particular(
    V,
    lambda w: inner(e1, w) - inner(e1, w) ** 2,
    gradient=lambda w: (1 - 2 * inner(e1, w)) * e1,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# -|w|^2
DOME = particular(
    V,
    lambda w: -inner(w, w),
    gradient=lambda w: -2 * w,
    curvature=lambda w: 1,
)
# (x^2 + 7 y^2)/2
ELLIPSES = particular(
    V,
    lambda w: (inner(e1, w) ** 2 + 7 * inner(e2, w) ** 2) / 2,
    gradient=lambda w: inner(e1, w) * e1 + 7 * inner(e2, w) * e2,
    curvature=lambda w: 4,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)],
    convex_by=lambda v, w, t: [],
    least_at=zero,
)
# (x + y)^2/2
DIAGONAL = particular(
    V,
    lambda w: inner(e1 + e2, w) ** 2 / 2,
    gradient=lambda w: inner(e1 + e2, w) * (e1 + e2),
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1 + e2, s)],
)


c = real("c")
SYMBOLIC_BOWL = particular(
    V,
    lambda w: c * inner(w, w) / 2,
    gradient=lambda w: c * w,
    curvature=lambda w: c,
    given=[c > 0],
    lipschitz=c,
    least_at=zero,
    steady_by=lambda v, w: [norm_scaling(c, v - w)],
    convex_by=lambda v, w, t: [square_nonnegative(w - v)],
)
SYMBOLIC_PARABOLA = particular(
    R,
    lambda w: c * w**2,
    gradient=lambda w: 2 * c * w,
    curvature=lambda w: c,
    given=[c > 0],
    lipschitz=2 * c,
    least_at=0,
    convex_by=lambda v, w, t: [],
)


def bowl(curvature: Term | int | Fraction) -> ParticularLoss:
    """curvature |w|^2 / 2 on V; its facts hold for curvature > 0."""
    return SYMBOLIC_BOWL.where({c: curvature})


def parabola(coefficient: Term | int | Fraction) -> ParticularLoss:
    """coefficient w^2 on the real line; its facts hold for coefficient > 0."""
    return SYMBOLIC_PARABOLA.where({c: coefficient})
