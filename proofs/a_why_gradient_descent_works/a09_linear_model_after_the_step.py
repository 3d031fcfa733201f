"""a09. The linear model after the step reads L(w0) - alpha |g|^2.

Claim     L(w0) + g.s = L(w0) - alpha g.g = L(w0) - alpha |g|^2, where s = -alpha g.
Article   A:21: the first-order expansion at w0, with the step put in.
Idea      The inner product is bilinear, so g.(-alpha g) = -alpha g.g; and |g|^2 = g.g by
          definition.
Notation  g = g(w0), the gradient at the start; s = w1 - w0, the step.
Verdict   HOLDS, in any inner-product space.
"""

from proofs.prelude import *

L = function("L", V >> R)
w0, g = vector("w0 g")
alpha = real("alpha")
s = -alpha * g

CLAIM = Claim(
    for_all=[L, w0, g, alpha],
    then=(L(w0) + inner(g, s) == L(w0) - alpha * inner(g, g))
    & (L(w0) + inner(g, s) == L(w0) - alpha * norm(g) ** 2),
)


def identity_inner_product_is_bilinear():
    """L(w0) + g.(-alpha g) = L(w0) - alpha g.g."""
    return identical(L(w0) + inner(g, s), L(w0) - alpha * inner(g, g))


def identity_square_of_the_norm():
    """L(w0) + g.(-alpha g) = L(w0) - alpha |g|^2."""
    return identical(L(w0) + inner(g, s), L(w0) - alpha * norm(g) ** 2)


def theorem_linear_model():
    """Both equations, for all L, w0, g and alpha: algebra alone."""
    return CLAIM.proved()
