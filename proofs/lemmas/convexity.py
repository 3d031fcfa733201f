"""The first-order condition of convexity: a convex function lies above each of its linear models.

    L(v) >= L(w) + g.(v - w)

Rockafellar, Convex Analysis, Theorem 25.1; Boyd and Vandenberghe, Convex Optimization, 3.1.3. In
every inner-product space, and on R. If L(v) were below its linear model at w by a gap > 0, then
convexity would keep L at least t gap below the model at w + t (v - w). For small t
differentiability allows only epsilon t |v - w|, which is less than half of that with epsilon = gap
/ (2 (|v - w| + 1)).
"""

from functools import cache

from proofs.definitions import convex, differentiable, differentiable_everywhere
from proofs.kernel import (
    Sort, R, Term, Theorem, V, entails, fun, function, generalize, inner, instance, minimum, norm,
    real, substitute, vector,
)  # fmt: skip
from proofs.lemmas.inner_products import norm_scaling

epsilon, t = real("epsilon t")


def symbols(sort: Sort) -> tuple[Term, Term, Term, Term, Term]:
    """L, its modulus at w, w, g and v, on the space `sort`: V or R."""
    w, g, v = (vector if sort == V else real)("w g v")
    return function("L", sort >> R), function("delta", R >> R), w, g, v


def gap_on_segment(sort: Sort) -> Theorem:
    """t gap <= epsilon t |v - w| where 0 <= t <= 1, t |v - w| < delta(epsilon) and gap = L(w) +
    g.(v - w) - L(v).
    """
    L, delta, w, g, v = symbols(sort)
    smooth = differentiable(L, at=w, gradient=g, modulus=delta)
    short = [t >= 0, t <= 1, epsilon > 0, t * norm(v - w) < delta(epsilon)]
    gap = L(w) + inner(g, v - w) - L(v)
    return entails(
        [convex(L), smooth, *short],
        t * gap <= epsilon * t * norm(v - w),
        by=[
            instance(convex(L), w, v, t),
            instance(smooth, epsilon, t * (v - w)),
            norm_scaling(t, v - w),
        ],
    )


@cache
def above_its_linear_model(sort: Sort) -> Theorem:
    """The lemma for the symbols of `symbols(sort)`: a gap > 0 contradicts `gap_on_segment`."""
    L, delta, w, g, v = symbols(sort)
    smooth = differentiable(L, at=w, gradient=g, modulus=delta)
    gap = L(w) + inner(g, v - w) - L(v)
    share = gap / (2 * (norm(v - w) + 1))
    small = minimum(1, delta(share) / (norm(v - w) + 1)) / 2
    positive = entails([gap > 0], (share > 0) & (share * norm(v - w) < gap))
    allowed = entails(
        [smooth, gap > 0], delta(share) > 0, by=[instance(smooth, share, 0 * v), positive]
    )
    short = entails(
        [smooth, gap > 0],
        (small > 0) & (small <= 1) & (small * norm(v - w) < delta(share)),
        by=[allowed],
    )
    on_segment = substitute(gap_on_segment(sort), {epsilon: share, t: small})
    return entails(
        [convex(L), smooth], L(v) >= L(w) + inner(g, v - w), by=[positive, short, on_segment]
    )


@cache
def above_all_its_linear_models(sort: Sort) -> Theorem:
    """The corollary for L, its gradient `grad` and the moduli `modulus`: the lemma at every w."""
    L, delta, w, g, v = symbols(sort)
    grad, modulus = function("grad", sort >> sort), function("modulus", (sort, R) >> R)
    smooth = differentiable_everywhere(L, grad, modulus)
    lemma = substitute(
        above_its_linear_model(sort),
        {g: grad(w), delta: fun(R, lambda epsilon: modulus(w, epsilon))},
    )
    there = entails(
        [convex(L), smooth], L(v) >= L(w) + inner(grad(w), v - w), by=[lemma, instance(smooth, w)]
    )
    return generalize(there, v, w)


def first_order_convexity(
    loss: Term, at: Term, gradient: Term, modulus: Term, point: Term
) -> Theorem:
    """loss(point) >= loss(at) + gradient.(point - at) for a convex loss that is differentiable at
    `at`.

    The hypotheses are `convex(loss)` and `differentiable(loss, at, gradient, modulus)`; loss is in
    V >> R or R >> R.
    """
    L, delta, w, g, v = symbols(loss.sort.inputs[0])
    lemma = above_its_linear_model(loss.sort.inputs[0])
    return substitute(lemma, {L: loss, delta: modulus, w: at, g: gradient, v: point})


def first_order_convexity_everywhere(loss: Term, gradient: Term, modulus: Term) -> Theorem:
    """loss(v) >= loss(w) + gradient(w).(v - w) for all v and w; `instance(..., v, w)` takes them in
    this order.

    The hypotheses are `convex(loss)` and `differentiable_everywhere(loss, gradient, modulus)`; the
    loss is in V >> R or R >> R.
    """
    sort = loss.sort.inputs[0]
    L, *_ = symbols(sort)
    grad, moduli = function("grad", sort >> sort), function("modulus", (sort, R) >> R)
    return substitute(above_all_its_linear_models(sort), {L: loss, grad: gradient, moduli: modulus})
