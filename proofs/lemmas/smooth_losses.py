"""Losses that are differentiable everywhere, by a bound on the remainder of the linear model at
every point.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from proofs.definitions import differentiable_everywhere
from proofs.kernel import (
    R, Term, Theorem, V, e1, entails, fun, generalize, inner, minimum, norm, real, substitute,
    vector,
)  # fmt: skip
from proofs.lemmas.descents import for_each
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.lemmas.losses import remainder, remainder_is_small

Profile = Callable[[Term], Term]

epsilon = real("epsilon")


def modulus_by_remainder(constant: Term) -> Term:
    """(w, epsilon) |-> min(1, epsilon / constant(w)), which serves where the remainder is at most
    constant(w) |s|^2.
    """
    return fun(constant.sort.inputs[0], R, lambda w, epsilon: minimum(1, epsilon / constant(w)))


def differentiable_everywhere_by_remainder(
    loss: Term,
    gradient: Term,
    constant: Term,
    by: Callable[[Term, Term], Iterable[Theorem]] = lambda w, s: (),
    given: Sequence[Term] = (),
) -> Theorem:
    """given |- `loss` has the gradient `gradient` everywhere, with the modulus
    `modulus_by_remainder(constant)`.

    z3 shows 0 < constant(w), and |loss(w + s) - loss(w) - gradient(w).s| <= constant(w) |s|^2 for
    |s| <= 1, from `given` and the theorems by(w, s).
    """
    w, s = (vector if loss.sort.inputs[0] == V else real)("w s")
    missed = remainder(loss, w, gradient(w), s)
    bound = entails([*given, norm(s) <= 1], abs(missed) <= constant(w) * norm(s) ** 2, by=by(w, s))
    positive = entails(given, constant(w) > 0)
    smooth = differentiable_everywhere(loss, gradient, modulus_by_remainder(constant))
    small = remainder_is_small(s, constant(w), missed)
    return for_each(smooth, w, epsilon, s, given=given, by=[bound, positive, small])


def bowl(curvature: Term | int | Fraction) -> tuple[Term, Term, Term]:
    """L(w) = curvature |w|^2 / 2 on V, its gradient curvature w, and a modulus."""
    loss, gradient = fun(V, lambda w: curvature * inner(w, w) / 2), fun(V, lambda w: curvature * w)
    return loss, gradient, modulus_by_remainder(fun(V, lambda w: curvature))


def bowl_is_smooth(curvature: Term | int | Fraction) -> list[Theorem]:
    """For curvature > 0: the bowl has its gradient everywhere, and that is Lipschitz with the
    constant curvature.
    """
    c = real("c")
    v, w = vector("v w")
    loss, gradient, _ = bowl(c)
    smooth = differentiable_everywhere_by_remainder(
        loss, gradient, fun(V, lambda w: c), given=[c > 0]
    )
    steady = entails([c > 0], norm(c * v - c * w) <= c * norm(v - w), by=[norm_scaling(c, v - w)])
    return [substitute(theorem, {c: curvature}) for theorem in (smooth, generalize(steady, v, w))]


def ridge(value: Profile, slope: Profile, constant: Profile) -> tuple[Term, Term, Term]:
    """L(w) = value(x) with x = e1.w, its gradient slope(x) e1, and a modulus."""
    loss = fun(V, lambda w: value(inner(e1, w)))
    gradient = fun(V, lambda w: slope(inner(e1, w)) * e1)
    return loss, gradient, modulus_by_remainder(fun(V, lambda w: constant(inner(e1, w))))


def ridge_is_smooth(value: Profile, slope: Profile, constant: Profile) -> Theorem:
    """The ridge has its gradient everywhere: |value(x + h) - value(x) - slope(x) h| <= constant(x)
    h^2 for |h| <= 1.
    """
    loss, gradient, _ = ridge(value, slope, constant)
    bound = fun(V, lambda w: constant(inner(e1, w)))
    return differentiable_everywhere_by_remainder(
        loss, gradient, bound, lambda w, s: [cauchy_schwarz(e1, s)]
    )
