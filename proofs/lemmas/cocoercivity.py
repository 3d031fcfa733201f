"""What is known of a loss with a Lipschitz gradient at two points: of a convex one, co-coercivity.

    L(v) - L(w) - grad(w).(v - w) >= |grad(v) - grad(w)|^2 / (2 lipschitz)

Nesterov, Introductory Lectures on Convex Optimization: what the linear model at w and the descent
lemma at v say of L at v - (grad(v) - grad(w)) / lipschitz. What is left of it without convexity,
the descent lemma says from both sides.
"""

from functools import cache

from proofs.lemmas.convexity import first_order_convexity_everywhere
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import norm_scaling
from proofs.prelude import *

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
lipschitz, (v, w) = real("lipschitz"), vector("v w")

SMOOTH = [
    differentiable_everywhere(L, grad, modulus),
    lipschitz_gradient(grad, lipschitz),
    lipschitz > 0,
]


@cache
def cocoercivity() -> Theorem:
    """L(v) - L(w) - grad(w).(v - w) >= |grad(v) - grad(w)|^2 / (2 lipschitz) for all v and w."""
    change = grad(v) - grad(w)
    step = -1 / lipschitz * change
    model = instance(first_order_convexity_everywhere(L, grad, modulus), v=v + step, w=w)
    error = descent_lemma(L, grad, modulus, v, step, lipschitz)
    gap = L(v) - L(w) - inner(grad(w), v - w)
    known = [model, error, norm_scaling(-1 / lipschitz, change)]
    bound = entails([*SMOOTH, convex(L)], gap >= 1 / (2 * lipschitz) * norm(change) ** 2, by=known)
    return generalize(bound, v, w)


@cache
def fall_between() -> Theorem:
    """L(v) - L(w) >= (grad(v) + grad(w)).(v - w) / 2 + |grad(v) - grad(w)|^2 / (4 lipschitz) -
    lipschitz |v - w|^2 / 4 for all v and w: the descent lemma at v and at w, of a third point.
    """
    way, change = v - w, grad(v) - grad(w)
    back = -Fraction(1, 2) * way - 1 / (2 * lipschitz) * change
    onwards = Fraction(1, 2) * way - 1 / (2 * lipschitz) * change
    errors = [
        descent_lemma(L, grad, modulus, start, step, lipschitz)
        for start, step in ((v, back), (w, onwards))
    ]
    bound = inner(grad(v) + grad(w), way) / 2 + norm(change) ** 2 / (4 * lipschitz)
    fall = L(v) - L(w) >= bound - lipschitz * norm(way) ** 2 / 4
    return generalize(entails(SMOOTH, fall, by=errors), v, w)
