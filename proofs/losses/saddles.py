"""Losses with a saddle."""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular

# x^2 - y^2, where x = e1.w and y = e2.w
SADDLE = particular(
    V,
    lambda w: inner(e1, w) ** 2 - inner(e2, w) ** 2,
    gradient=lambda w: 2 * inner(e1, w) * e1 - 2 * inner(e2, w) * e2,
    curvature=lambda w: 2,
    smooth_by=lambda w, s: [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)],
)
p, q = vector("p q")
lipschitz = real("lipschitz")


def bessel(v: Term) -> Theorem:
    """(p.v)^2 + (q.v)^2 <= |v|^2 for orthonormal p and q: the square of v - (p.v) p - (q.v) q."""
    rest = square_nonnegative(v - inner(p, v) * p - inner(q, v) * q)
    shadow = inner(p, v) ** 2 + inner(q, v) ** 2
    return entails([orthonormal(p, q)], shadow <= norm(v) ** 2, by=[rest])


SYMBOLIC_SADDLE = particular(
    V,
    lambda w: lipschitz * (inner(p, w) ** 2 - inner(q, w) ** 2) / 2 - inner(p, w),
    gradient=lambda w: lipschitz * (inner(p, w) * p - inner(q, w) * q) - p,
    curvature=lambda w: lipschitz,
    given=[orthonormal(p, q), lipschitz > 0],
    lipschitz=lipschitz,
    smooth_by=lambda w, s: [bessel(s)],
    steady_by=lambda v, w: [bessel(v - w)],
)


def tilted_saddle(along: Term, across: Term, constant: Term | int) -> ParticularLoss:
    """constant ((along.w)^2 - (across.w)^2)/2 - along.w: its gradient at 0 is -along.

    Its facts hold for orthonormal vectors and constant > 0, of which the gradient is Lipschitz.
    """
    return SYMBOLIC_SADDLE.where({p: along, q: across, lipschitz: constant})
