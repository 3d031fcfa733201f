"""The derivative along a line, and that a function has at most one gradient at a point.

If g and h are both gradients of L at w, then along s = g - h the two linear models differ by t
|s|^2, and each errs by at most epsilon t |s|; with epsilon = |s|/4 and t > 0 small, that leaves no
room for |s| > 0. (Rudin, Principles of Mathematical Analysis, chapter 9.)
"""

from functools import cache

from proofs.lemmas.inner_products import norm_scaling
from proofs.prelude import *


def modulus_along(modulus: Term, direction: Term) -> Term:
    """The modulus of t |-> L(w + t direction) at 0, from that of L at w: see theorem_derivative."""
    longer = norm(direction) + 1
    return fun(R, lambda epsilon: modulus(epsilon / longer) / longer)


@cache
def one_gradient(space: Sort) -> Theorem:
    """g = h, for all L, w, g with delta and h with delta_h: on the space V or R."""
    L, delta, delta_h = (
        function("L", space >> R),
        function("delta", R >> R),
        function("delta_h", R >> R),
    )
    w, g, h = (vector if space == V else real)("w g h")
    smooth, smooth_h = differentiable(L, w, g, delta), differentiable(L, w, h, delta_h)
    apart = norm(g - h)
    t = minimum(delta(apart / 4), delta_h(apart / 4)) / (2 * apart)
    both = [instance(f, epsilon=apart / 4, s=t * (g - h)) for f in (smooth, smooth_h)]
    same = entails([smooth, smooth_h], g == h, by=both, hints=[norm_scaling(t, g - h)])
    return generalize(same, L, w, g, delta, h, delta_h)


def gradient_is_unique(
    loss: Term, at: Term | int, gradient: Term, modulus: Term, other: Term, other_modulus: Term
) -> Theorem:
    """gradient = other, if `loss`, on V or R, is differentiable at `at` with either."""
    lemma = one_gradient(loss.sort.inputs[0])
    first, second = {"g": gradient, "delta": modulus}, {"h": other, "delta_h": other_modulus}
    return instance(lemma, L=loss, w=at, **first, **second)
