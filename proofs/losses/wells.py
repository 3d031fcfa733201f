"""Losses with two minima, in the coordinates x = e1.w and y = e2.w."""

from functools import cache
from typing import Any

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *
from proofs.witnesses import ParticularLoss, particular

x, y, h, k = real("x y h k")


@cache
def two_squares() -> Theorem:
    """{h^2, k^2 <= size} |- |p h^2 + q k^2| <= (|p| + |q|) size."""
    p, q, size = real("p q size")
    given = [h**2 <= size, k**2 <= size]
    return entails(given, abs(p * h**2 + q * k**2) <= (abs(p) + abs(q)) * size)


def errs_in_the_plane(
    u: Term, v: Term, w: Term, s: Term, p: Any, q: Any, most: Term
) -> list[Theorem]:
    """|p h^2 + q k^2| <= most |s|^2 where |h|, |k| <= 1; h, k are those of s, x, y those of w."""
    at = {x: inner(u, w), y: inner(v, w), h: inner(u, s), k: inner(v, s)}
    sizes = entails([abs(h) <= 1, abs(k) <= 1], abs(p) + abs(q) <= most)
    parts = dict(zip(real("p q size"), (p, q, inner(s, s)), strict=True))
    weighed = substitute(two_squares(), parts)
    along = [cauchy_schwarz(u, s), cauchy_schwarz(v, s)]
    short = [entails([], inner(a, s) ** 2 <= inner(s, s), by=along) for a in (u, v)]
    return [*along, *short, substitute(sizes, at), substitute(weighed, at)]


def well(u: Term, v: Term) -> ParticularLoss:
    """x^4/4 + x^3/3 - x^2 + y^2/2, where x = u.w and y = v.w.

    For orthonormal u and v it has its minimum -8/3 at -2u, a saddle at 0 and a local minimum -5/12
    at u. It is proved smooth for u = e1 and v = e2 (`DOUBLE_WELL`).
    """
    return particular(
        V,
        lambda w: (
            inner(u, w) ** 4 / 4 + inner(u, w) ** 3 / 3 - inner(u, w) ** 2 + inner(v, w) ** 2 / 2
        ),
        gradient=lambda w: (
            (inner(u, w) ** 3 + inner(u, w) ** 2 - 2 * inner(u, w)) * u + inner(v, w) * v
        ),
        curvature=lambda w: 3 * inner(u, w) ** 2 + 5,
        smooth_by=lambda w, s: errs_in_the_plane(
            u,
            v,
            w,
            s,
            3 * x**2 / 2 + x * h + h**2 / 4 + x + h / 3 - 1,
            Fraction(1, 2),
            3 * x**2 + 5,
        ),
    )


DOUBLE_WELL = well(e1, e2)
# x^2 + (y^2 - 1)^2: minima at (0, 1) and (0, -1), a saddle at 0
CREST = particular(
    V,
    lambda w: inner(e1, w) ** 2 + (inner(e2, w) ** 2 - 1) ** 2,
    gradient=lambda w: 2 * inner(e1, w) * e1 + 4 * inner(e2, w) * (inner(e2, w) ** 2 - 1) * e2,
    curvature=lambda w: 8 * inner(e2, w) ** 2 + 6,
    smooth_by=lambda w, s: errs_in_the_plane(
        e1, e2, w, s, 1, 6 * y**2 + 4 * y * k + k**2 - 2, 8 * y**2 + 6
    ),
)
