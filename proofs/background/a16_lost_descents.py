"""Losses that gradient descent lowers at every step without coming to a minimum: a saddle, a line,
a bell.

Each stands with its gradient and the modulus of its differentiability.
"""

from fractions import Fraction

from proofs.definitions import (
    convex,
    gradient_descent,
    local_minimizer,
    lower_bound,
    lowers_every_step,
    minimizer,
)
from proofs.kernel import (
    N, R, Term, Theorem, V, e1, e2, entails, fun, generalize, inner, instance, natural, negation,
    norm, real, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.descents import (
    HALVES,
    converges_with_halves,
    follows,
    for_each,
    halves,
    stays_above,
)
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.smooth_losses import differentiable_everywhere_by_remainder, modulus_by_remainder

v, w, t, m, r = real("v w t m r")
k, n = natural("k n")

ON_THE_PLANE, ON_THE_LINE = (
    fun(V, lambda w: 2),
    fun(R, lambda w: 2),
)  # each linear model errs by at most 2 |s|^2

SADDLE = (
    fun(V, lambda w: inner(e1, w) ** 2 - inner(e2, w) ** 2),
    fun(V, lambda w: 2 * inner(e1, w) * e1 - 2 * inner(e2, w) * e2),
    modulus_by_remainder(ON_THE_PLANE),
)
LINE = (fun(R, lambda w: w), fun(R, lambda w: 1), modulus_by_remainder(ON_THE_LINE))
BELL = (
    fun(R, lambda w: 1 / (1 + w**2)),
    fun(R, lambda w: -2 * w / (1 + w**2) ** 2),
    modulus_by_remainder(ON_THE_LINE),
)


def runs_into_the_saddle(x: Term) -> list[Theorem]:
    """With alpha = 1/4 the run from e1 is 2^-k e1; it lowers the loss, and converges to 0, which is
    no local minimizer.

    At (r/2) e2, nearer to 0 than r, the loss is -(r/2)^2. The symbol x follows HALVES.
    """
    loss, gradient, _ = SADDLE
    run, points = follows(x, HALVES), fun(N, lambda k: x(k) * e1)
    step = [instance(run[1], k), instance(halves(x), k)]
    no_minimizer = negation(local_minimizer(loss, zero).args[0])
    below = witnessed(instance(no_minimizer, r).goal.args[1], r / 2 * e2)
    smooth = differentiable_everywhere_by_remainder(
        loss, gradient, ON_THE_PLANE, lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    )
    return [
        smooth,
        for_each(gradient_descent(points, gradient, Fraction(1, 4)), k, given=run, by=step),
        for_each(lowers_every_step(points, loss, gradient), k, given=run, by=step),
        converges_with_halves(points, zero, x),
        for_each(no_minimizer, r, by=[below]),
    ]


def runs_down_the_line() -> list[Theorem]:
    """With alpha = 1 the run from 0 is -k. It lowers the loss for ever: after n steps that at -n -
    2 is lower by 2.
    """
    points, (loss, slope, _) = fun(N, lambda k: -k), LINE
    lower_still = entails([], loss(points(n)) > loss(-n - 2) + 1)
    return [
        differentiable_everywhere_by_remainder(loss, slope, ON_THE_LINE),
        for_each(convex(loss), v, w, t),
        for_each(gradient_descent(points, slope, 1), k),
        for_each(lowers_every_step(points, loss, slope), k),
        stays_above(points, loss, lambda n: -n - 2, lower_still),
    ]


def runs_off_the_bell(x: Term) -> list[Theorem]:
    """The bell is positive, and lower at |m| + 1 than at m. Steps with alpha = 1 lead away from 0,
    and so lower it.
    """
    loss, slope, _ = BELL
    run = gradient_descent(x, slope, 1)
    lower_still = entails([], loss(norm(m) + 1) < loss(m))
    no_minimizer: Term = ~minimizer(loss, m)
    missed = entails([], no_minimizer, by=[instance(minimizer(loss, m), norm(m) + 1), lower_still])
    return [
        differentiable_everywhere_by_remainder(loss, slope, ON_THE_LINE),
        for_each(lower_bound(loss, 0), w),
        for_each(lowers_every_step(x, loss, slope), k, given=[run], by=[instance(run, k)]),
        generalize(missed, m),
    ]
