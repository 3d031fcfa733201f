"""The saddle lipschitz ((p.w)^2 - (q.w)^2) / 2 - p.w, where p and q are orthonormal: its gradient
at 0 is -p.
"""

from proofs.definitions import lipschitz_gradient, orthonormal
from proofs.kernel import (
    Term,
    Theorem,
    V,
    entails,
    fun,
    inner,
    norm,
    real,
    square_nonnegative,
    substitute,
    vector,
)
from proofs.lemmas.descents import for_each
from proofs.lemmas.smooth_losses import differentiable_everywhere_by_remainder, modulus_by_remainder

p, q, v, w = vector("p q v w")
lipschitz = real("lipschitz")


def saddle(p: Term, q: Term, lipschitz: Term) -> tuple[Term, Term, Term]:
    """The loss, its gradient and a modulus."""
    loss = fun(V, lambda w: lipschitz * (inner(p, w) ** 2 - inner(q, w) ** 2) / 2 - inner(p, w))
    gradient = fun(V, lambda w: lipschitz * (inner(p, w) * p - inner(q, w) * q) - p)
    return loss, gradient, modulus_by_remainder(fun(V, lambda w: lipschitz))


def saddle_is_smooth() -> list[Theorem]:
    """For lipschitz > 0 the saddle has its gradient everywhere, which is Lipschitz, by (p.v)^2 +
    (q.v)^2 <= |v|^2.

    That is Bessel's inequality, the square of v - (p.v) p - (q.v) q.
    """
    given, (loss, gradient, _) = [orthonormal(p, q), lipschitz > 0], saddle(p, q, lipschitz)
    rest = square_nonnegative(v - inner(p, v) * p - inner(q, v) * q)
    bessel = entails(given, inner(p, v) ** 2 + inner(q, v) ** 2 <= norm(v) ** 2, by=[rest])
    smooth = differentiable_everywhere_by_remainder(
        loss,
        gradient,
        fun(V, lambda w: lipschitz),
        lambda w, s: [substitute(bessel, {v: s})],
        given,
    )
    turned = inner(p, v) * p - inner(q, v) * q
    short = entails(given, norm(lipschitz * turned) <= lipschitz * norm(v), by=[bessel])
    steady = for_each(
        lipschitz_gradient(gradient, lipschitz),
        v,
        w,
        given=given,
        by=[substitute(short, {v: v - w})],
    )
    return [smooth, steady]
