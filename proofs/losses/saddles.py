"""Losses with a saddle, in the coordinates x = e1.w and y = e2.w."""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular


def saddle(u: Term, v: Term) -> ParticularLoss:
    """x^2 - y^2, where x = u.w and y = v.w; proved smooth for u = e1 and v = e2 (`SADDLE`)."""
    return particular(
        V,
        lambda w: inner(u, w) ** 2 - inner(v, w) ** 2,
        gradient=lambda w: 2 * inner(u, w) * u - 2 * inner(v, w) * v,
        curvature=lambda w: 2,
        smooth_by=lambda w, s: [cauchy_schwarz(u, s), cauchy_schwarz(v, s)],
    )


SADDLE = saddle(e1, e2)
# y + x y: it slopes along y, and the more the larger x is
SLOPING_SADDLE = particular(
    V,
    lambda w: inner(e2, w) + inner(e1, w) * inner(e2, w),
    gradient=lambda w: inner(e2, w) * e1 + (1 + inner(e1, w)) * e2,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)],
)
