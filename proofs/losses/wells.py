"""Losses with two minima, in the coordinates x = e1.w and y = e2.w."""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular


def well(u: Term, v: Term) -> ParticularLoss:
    """x^4/4 + x^3/3 - x^2 + y^2/2, where x = u.w and y = v.w.

    For orthonormal u and v it has its minimum -8/3 at -2u, a saddle at 0 and a local minimum -5/12
    at u. It is proved smooth for u = e1 and v = e2 (`DOUBLE_WELL`).
    """
    return particular(
        V,
        lambda w: (
            inner(u, w) ** 4 / 4 + inner(u, w) ** 3 / 3 - inner(u, w) ** 2 + inner(v, w) ** 2 / 2
        ),
        gradient=lambda w: (
            (inner(u, w) ** 3 + inner(u, w) ** 2 - 2 * inner(u, w)) * u + inner(v, w) * v
        ),
        curvature=lambda w: 3 * inner(u, w) ** 2 + 5,
        smooth_by=lambda w, s: [cauchy_schwarz(u, s), cauchy_schwarz(v, s)],
    )


DOUBLE_WELL = well(e1, e2)
# x^2 + (y^2 - 1)^2: minima at (0, 1) and (0, -1), a saddle at 0
CREST = particular(
    V,
    lambda w: inner(e1, w) ** 2 + (inner(e2, w) ** 2 - 1) ** 2,
    gradient=lambda w: 2 * inner(e1, w) * e1 + 4 * inner(e2, w) * (inner(e2, w) ** 2 - 1) * e2,
    curvature=lambda w: 8 * inner(e2, w) ** 2 + 6,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)],
)
