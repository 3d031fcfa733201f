"""Losses with a saddle, in the coordinates x = e1.w and y = e2.w."""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import particular

# x^2 - y^2
SADDLE = particular(
    V,
    lambda w: inner(e1, w) ** 2 - inner(e2, w) ** 2,
    gradient=lambda w: 2 * inner(e1, w) * e1 - 2 * inner(e2, w) * e2,
    curvature=lambda w: 2,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)],
)
# y + x y: it slopes along y, and the more the larger x is
SLOPING_SADDLE = particular(
    V,
    lambda w: inner(e2, w) + inner(e1, w) * inner(e2, w),
    gradient=lambda w: inner(e2, w) * e1 + (1 + inner(e1, w)) * e2,
    curvature=lambda w: 1,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)],
)
