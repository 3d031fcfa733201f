"""Losses that are bounded below and have no minimum."""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import particular

# 1/(1 + x^2), where x = e1.w
BELL = particular(
    V,
    lambda w: 1 / (1 + inner(e1, w) ** 2),
    gradient=lambda w: -2 * inner(e1, w) / (1 + inner(e1, w) ** 2) ** 2 * e1,
    curvature=lambda w: 2,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s)],
)
# 1/(1 + w^2), on the real line
BELL_ON_THE_LINE = particular(
    R,
    lambda w: 1 / (1 + w**2),
    gradient=lambda w: -2 * w / (1 + w**2) ** 2,
    curvature=lambda w: 2,
)
