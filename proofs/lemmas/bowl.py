"""The loss |w|^2 / 2 on any inner-product space, with the gradient w: a step with alpha = 1 leads
to its minimum 0.
"""

from proofs.definitions import convex, gradient_descent, lipschitz_gradient, lower_bound, minimizer
from proofs.kernel import (
    N,
    Theorem,
    V,
    e1,
    fun,
    inner,
    maximum,
    natural,
    real,
    square_nonnegative,
    vector,
    zero,
)
from proofs.lemmas.descents import for_each
from proofs.lemmas.smooth_losses import differentiable_everywhere_by_remainder, modulus_by_remainder

v, w = vector("v w")
t = real("t")
k = natural("k")

CURVATURE = fun(V, lambda w: 1)  # the linear model errs by |s|^2 / 2
BOWL = (fun(V, lambda w: inner(w, w) / 2), fun(V, lambda w: w), modulus_by_remainder(CURVATURE))
INTO_THE_BOWL = fun(N, lambda k: maximum(1 - k, 0) * e1)


def runs_into_the_bowl() -> list[Theorem]:
    """|w|^2 / 2 is convex and least at 0, with a gradient of Lipschitz constant 1; from e1 the run
    is at 0 at once.
    """
    loss, gradient, _ = BOWL
    return [
        differentiable_everywhere_by_remainder(loss, gradient, CURVATURE),
        for_each(convex(loss), v, w, t, by=[square_nonnegative(w - v)]),
        for_each(lipschitz_gradient(gradient, 1), v, w),
        for_each(minimizer(loss, zero), w),
        for_each(lower_bound(loss, 0), w),
        for_each(gradient_descent(INTO_THE_BOWL, gradient, 1), k),
    ]
