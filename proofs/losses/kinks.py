"""Losses that are not smooth at 0, in the coordinates x = e1.w and y = e2.w.

What is called their gradient is one by name only: nothing is proved of it.
"""

from proofs.prelude import *
from proofs.witnesses import particular

# |x|, with e1 called its gradient
KINK = particular(
    V,
    lambda w: abs(inner(e1, w)),
    gradient=lambda w: e1,
)
# |x| + 2|y|, with (1, 2) called its gradient, a subgradient where x >= 0 and y >= 0
TWO_KINKS = particular(
    V,
    lambda w: abs(inner(e1, w)) + 2 * abs(inner(e2, w)),
    gradient=lambda w: e1 + 2 * e2,
)
# x + y + 4 sqrt(|x y|), with (1, 1) called its gradient, of which its partials at 0 are those
CUSP = particular(
    V,
    lambda w: inner(e1, w) + inner(e2, w) + 4 * sqrt(abs(inner(e1, w) * inner(e2, w))),
    gradient=lambda w: e1 + e2,
)
