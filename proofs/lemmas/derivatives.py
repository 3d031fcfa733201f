"""A function has at most one derivative at a point (Rudin, Principles of Mathematical Analysis,
9.12).

If g and h are both gradients of L at w, then along s = g - h the two linear models differ by t
|s|^2, and each errs by at most epsilon t |s|; with epsilon = |s|/4 and t > 0 small, that leaves no
room for |s| > 0.
"""

from functools import cache

from proofs.definitions import differentiable
from proofs.kernel import (
    Sort, R, Term, Theorem, V, entails, function, instance, minimum, norm, real, substitute, vector,
)  # fmt: skip
from proofs.lemmas.inner_products import norm_scaling


def symbols(sort: Sort) -> tuple[Term, ...]:
    """L, w, g and its modulus, h and its modulus, on the space `sort`: V or R."""
    w, g, h = (vector if sort == V else real)("w g h")
    return function("L", sort >> R), w, g, function("delta", R >> R), h, function("delta_h", R >> R)


@cache
def one_gradient(sort: Sort) -> Theorem:
    """The lemma for the symbols of `symbols(sort)`."""
    L, w, g, delta, h, delta_h = symbols(sort)
    smooth, smooth_h = differentiable(L, w, g, delta), differentiable(L, w, h, delta_h)
    apart = norm(g - h)
    t = minimum(delta(apart / 4), delta_h(apart / 4)) / (2 * apart)
    both = [instance(f, apart / 4, t * (g - h)) for f in (smooth, smooth_h)]
    return entails([smooth, smooth_h], g == h, by=[*both, norm_scaling(t, g - h)])


def gradient_is_unique(
    loss: Term, at: Term | int, gradient: Term, modulus: Term, other: Term, other_modulus: Term
) -> Theorem:
    """gradient = other, where `loss` is differentiable at `at` with either; `loss` is in V >> R or
    R >> R.
    """
    sort = loss.sort.inputs[0]
    values = (loss, at, gradient, modulus, other, other_modulus)
    return substitute(one_gradient(sort), dict(zip(symbols(sort), values, strict=True)))
