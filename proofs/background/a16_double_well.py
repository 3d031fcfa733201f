"""A loss on the plane with two minima, and a whole strip of starts from which descent never leaves
the higher one.

    L(w) = x^4/4 + x^3/3 - x^2 + y^2/2,  where x = u.w and y = v.w for orthonormal u and v

has its minimum -8/3 at -2u, a saddle at 0 and a local minimum -5/12 at u. With alpha = 1/4 a step
from 0 < x <= 1 leads to x + x (1 - x) (x + 2)/4, which is again in (0, 1], and to 3y/4.
"""

from fractions import Fraction

from proofs.definitions import gradient_descent, lowers_every_step, minimizer, orthonormal
from proofs.kernel import (
    N, Term, Theorem, V, all_of, by_induction, e1, e2, entails, fun, function, generalize, inner,
    instance, natural, norm, replaced, substitute, vector,
)  # fmt: skip
from proofs.lemmas.descents import for_each, stays_above
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.smooth_losses import differentiable_everywhere_by_remainder, modulus_by_remainder

u, v, w, after = vector("u v w after")
W = function("W", N >> V)
k, n = natural("k n")

ALPHA, LOCAL_MINIMUM, MINIMUM = Fraction(1, 4), Fraction(-5, 12), Fraction(-8, 3)
CURVATURE = fun(V, lambda w: 3 * inner(e1, w) ** 2 + 5)


def double_well(u: Term, v: Term) -> tuple[Term, Term]:
    """The loss L and its gradient (x^3 + x^2 - 2x) u + y v."""
    return (
        fun(
            V,
            lambda w: (
                inner(u, w) ** 4 / 4
                + inner(u, w) ** 3 / 3
                - inner(u, w) ** 2
                + inner(v, w) ** 2 / 2
            ),
        ),
        fun(
            V,
            lambda w: (inner(u, w) ** 3 + inner(u, w) ** 2 - 2 * inner(u, w)) * u + inner(v, w) * v,
        ),
    )


L, grad = double_well(u, v)
# On the plane of e1 and e2 the linear model at w errs by at most (3x^2 + 5) |s|^2 where |s| <= 1.
DOUBLE_WELL = (*double_well(e1, e2), modulus_by_remainder(CURVATURE))


def in_strip(u: Term, w: Term) -> Term:
    """0 < x <= 1, at any y."""
    return all_of(inner(u, w) > 0, inner(u, w) <= 1)


RUN = [orthonormal(u, v), in_strip(u, W(0)), gradient_descent(W, grad, ALPHA)]


def component_after_step(a: Term) -> Theorem:
    """Where two points are equal, so are their components along `a`."""
    there: Term = w - ALPHA * grad(w)
    return replaced(lambda b: inner(a, b) == inner(a, there), there, after)


def one_step() -> Theorem:
    """A step from the strip leads into the strip, and lowers L unless the gradient is zero."""
    given = [orthonormal(u, v), in_strip(u, w), after == w - ALPHA * grad(w)]
    falls = (norm(grad(w)) == 0) | (L(after) < L(w))
    step = entails(
        given, in_strip(u, after) & falls, by=[component_after_step(u), component_after_step(v)]
    )
    return substitute(step, {w: W(k), after: W(k + 1)})


def stays_in_strip() -> Theorem:
    """Every point of a run that starts in the strip is in the strip: by induction on k."""
    step = entails(
        [*RUN, in_strip(u, W(k))], in_strip(u, W(k + 1)), by=[one_step(), instance(RUN[-1], k)]
    )
    return by_induction(lambda k: in_strip(u, W(k)), entails(RUN, in_strip(u, W(0))), step, k)


def never_below_the_local_minimum() -> Theorem:
    """Every point of such a run is in the strip, where x^4/4 + x^3/3 - x^2 falls from 0 to -5/12,
    and so L >= -5/12.
    """
    low = entails(
        RUN, in_strip(u, W(k)) & (L(W(k)) >= LOCAL_MINIMUM), by=[instance(stays_in_strip(), k)]
    )
    return generalize(low, k)


def least_at_minus_two() -> Theorem:
    """L + 8/3 = (x + 2)^2 (3x^2 - 8x + 8)/12 + y^2/2 >= 0, and it is 0 at -2u."""
    given = [orthonormal(u, v)]
    least = for_each(minimizer(L, -2 * u), w, given=given)
    return entails(given, minimizer(L, -2 * u) & (L(-2 * u) == MINIMUM), by=[least])


def strip_facts() -> list[Theorem]:
    """The strip keeps every run that starts in it, at L >= -5/12, and the minimum -8/3 is
    elsewhere.
    """
    return [never_below_the_local_minimum(), least_at_minus_two()]


def caught_in_strip(start: Term) -> list[Theorem]:
    """For u = e1 and v = e2 a run from `start` in the strip lowers L at every step, and stays 9/4
    above its minimum.

    The hypotheses are W(0) = start and `gradient_descent`; that `start` is in the strip must be
    evident.
    """
    loss, gradient, _ = DOUBLE_WELL
    inside = instance(stays_in_strip(), k)
    falls = for_each(
        lowers_every_step(W, L, grad), k, given=RUN, by=[inside, one_step(), instance(RUN[-1], k)]
    )
    high = entails(RUN, L(W(n)) > L(-2 * u) + 1, by=[instance(never_below_the_local_minimum(), n)])
    above = stays_above(W, L, lambda n: -2 * u, high)
    begins = entails(
        [W(0) == start], in_strip(e1, W(0)), by=[replaced(lambda w: in_strip(e1, w), start, W(0))]
    )
    smooth = differentiable_everywhere_by_remainder(
        loss, gradient, CURVATURE, lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    )
    return [smooth, begins, *(substitute(fact, {u: e1, v: e2}) for fact in (falls, above))]
