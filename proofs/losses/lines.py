"""Linear losses: the simplest that fall, on V and on the real line, and the one that does not."""

from proofs.prelude import *
from proofs.witnesses import particular

# x = e1.w
LINE = particular(
    V,
    lambda w: inner(e1, w),
    gradient=lambda w: e1,
    curvature=lambda w: 1,
    convex_by=lambda v, w, t: [],
)
# w, on the real line
RAMP = particular(
    R,
    lambda w: w,
    gradient=lambda w: 1,
    curvature=lambda w: 1,
    convex_by=lambda v, w, t: [],
)
# 0
LEVEL = particular(
    V,
    lambda w: 0,
    gradient=lambda w: zero,
    curvature=lambda w: 1,
    convex_by=lambda v, w, t: [],
)
# 0, on the real line
LEVEL_ON_THE_LINE = particular(
    R,
    lambda w: 0,
    gradient=lambda w: 0,
    curvature=lambda w: 1,
    convex_by=lambda v, w, t: [],
)
