"""The first-order condition of convexity: a convex function lies above each of its linear models.

    L(v) >= L(w) + g.(v - w)

Rockafellar, Convex Analysis; Boyd and Vandenberghe, Convex Optimization. In
every inner-product space, and on R. If L(v) were below its linear model at w by a gap > 0, then
convexity would keep L at least t gap below the model at w + t (v - w). For small t
differentiability allows only epsilon t |v - w|, which is less than half of that with
epsilon = gap / (2 (|v - w| + 1)).
"""

from functools import cache

from proofs.prelude import *

epsilon, t = real("epsilon t")


def two_points_on_a_loss(sort: Sort) -> tuple[Term, Term, Term, Term, Term]:
    """L, its modulus at w, w, its gradient g there, and v, on the space `sort`: V or R."""
    w, g, v = (vector if sort == V else real)("w g v")
    return function("L", sort >> R), function("delta", R >> R), w, g, v


def gap_on_segment(sort: Sort) -> Theorem:
    """t gap <= epsilon t |v - w| for 0 <= t <= 1 with t |v - w| < delta(epsilon).

    Here gap = L(w) + g.(v - w) - L(v).
    """
    L, delta, w, g, v = two_points_on_a_loss(sort)
    smooth = differentiable(L, at=w, gradient=g, modulus=delta)
    near = [t >= 0, t <= 1, epsilon > 0, t * norm(v - w) < delta(epsilon)]
    gap = L(w) + inner(g, v - w) - L(v)
    below = instance(convex(L), v=w, w=v, t=t)
    model = instance(smooth, epsilon=epsilon, s=t * (v - w))
    bound = t * gap <= epsilon * t * norm(v - w)
    return entails([convex(L), smooth, *near], bound, by=[below, model])


@cache
def above_its_linear_model(sort: Sort) -> Theorem:
    """{convex, differentiable at w} |- L(v) >= L(w) + g.(v - w).

    A gap > 0 contradicts `gap_on_segment` for epsilon = `share` and t = `small`.
    """
    L, delta, w, g, v = two_points_on_a_loss(sort)
    smooth = differentiable(L, at=w, gradient=g, modulus=delta)
    gap = L(w) + inner(g, v - w) - L(v)
    share = gap / (2 * (norm(v - w) + 1))
    small = minimum(1, delta(share) / (norm(v - w) + 1)) / 2
    given = [smooth, gap > 0]

    positive = entails(given, delta(share) > 0, by=[instance(smooth, epsilon=share, s=0 * v)])
    near = (small > 0) & (small <= 1) & (small * norm(v - w) < delta(share))
    short = entails(given, near, by=[positive])
    there = substitute(gap_on_segment(sort), {epsilon: share, t: small})
    above = L(v) >= L(w) + inner(g, v - w)
    return entails([convex(L), smooth], above, by=[short, there])


@cache
def above_all_its_linear_models(sort: Sort) -> Theorem:
    """{convex, differentiable everywhere} |- L(v) >= L(w) + grad(w).(v - w) for all v and w."""
    L, delta, w, g, v = two_points_on_a_loss(sort)
    grad, modulus = function("grad", sort >> sort), function("delta", (sort, R) >> R)
    smooth = differentiable_everywhere(L, grad, modulus)
    at_w = {g: grad(w), delta: fun(R, lambda epsilon: modulus(w, epsilon))}
    lemma = substitute(above_its_linear_model(sort), at_w)
    above = L(v) >= L(w) + inner(grad(w), v - w)
    there = entails([convex(L), smooth], above, by=[lemma, instance(smooth, w)])
    return generalize(there, v, w)


def first_order_convexity(
    loss: Term, at: Term, gradient: Term, modulus: Term, point: Term
) -> Theorem:
    """{convex, differentiable at `at`} |- loss(point) >= loss(at) + gradient.(point - at).

    The hypotheses are `convex(loss)` and `differentiable(loss, at, gradient, modulus)`; the loss is
    in V >> R or R >> R.
    """
    sort = loss.sort.inputs[0]
    L, delta, w, g, v = two_points_on_a_loss(sort)
    there = {L: loss, delta: modulus, w: at, g: gradient, v: point}
    return substitute(above_its_linear_model(sort), there)


def first_order_convexity_everywhere(loss: Term, gradient: Term, modulus: Term) -> Theorem:
    """{convex, differentiable everywhere} |- loss(v) >= loss(w) + gradient(w).(v - w) for all v, w.

    The hypotheses are `convex(loss)` and `differentiable_everywhere(loss, gradient, modulus)`; the
    loss is in V >> R or R >> R.
    """
    sort = loss.sort.inputs[0]
    L, *_ = two_points_on_a_loss(sort)
    grad, moduli = function("grad", sort >> sort), function("delta", (sort, R) >> R)
    return substitute(above_all_its_linear_models(sort), {L: loss, grad: gradient, moduli: modulus})
