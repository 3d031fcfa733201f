"""Inner products: lengths of multiples, and Cauchy-Schwarz with its case of equality."""

from functools import cache

from proofs.prelude import *

u, v = vector("u v")


@cache
def norm_of_a_multiple(sort: Sort) -> Theorem:
    """|c w| = |c| |w| for the symbols c and w, a vector or a number."""
    c, w = real("c"), (vector if sort == V else real)("w")
    return entails([], norm(c * w) == norm(c) * norm(w))


def norm_scaling(factor: Term | int, w: Term) -> Theorem:
    """|c w| = |c| |w|."""
    sort = V if w.sort == V else R
    return substitute(
        norm_of_a_multiple(sort), {real("c"): factor, (vector if sort == V else real)("w"): w}
    )


@cache
def at_most_the_lengths() -> Theorem:
    """-|u| |v| <= u.v <= |u| |v|.

    For v != 0, expand 0 <= | |v|^2 u - (u.v) v |^2. That leaves v = 0, where 0 <= |u + t v|^2 =
    |u|^2 + 2 t u.v for every t: at t = -(|u|^2 + 1) / (2 u.v) it would be -1, so u.v = 0. (Rudin,
    Principles of Mathematical Analysis)
    """
    square = inner(u, v) ** 2 <= inner(u, u) * inner(v, v)
    off = square_nonnegative(inner(v, v) * u - inner(u, v) * v)
    t = -(inner(u, u) + 1) / (2 * inner(u, v))
    degenerate = entails([inner(v, v) == 0], inner(u, v) == 0, by=[square_nonnegative(u + t * v)])
    regular = entails([inner(v, v) > 0], square, by=[off])
    squared = entails([], square, by=[degenerate, regular])
    bound = entails([], abs(inner(u, v)) <= norm(u) * norm(v), by=[squared])
    return entails(
        [], (inner(u, v) <= norm(u) * norm(v)) & (inner(u, v) >= -norm(u) * norm(v)), by=[bound]
    )


def cauchy_schwarz(a: Term, b: Term) -> Theorem:
    """-|a| |b| <= a.b <= |a| |b|."""
    return substitute(at_most_the_lengths(), {u: a, v: b})


def cauchy_schwarz_equality(a: Term, b: Term) -> Theorem:
    """|a.b| = |a| |b| exactly where a and b are collinear: |b|^2 a = (a.b) b."""
    parallel = inner(v, v) * u - inner(u, v) * v == zero
    equal = abs(inner(u, v)) == norm(u) * norm(v)
    return substitute(
        entails([], (equal & parallel) | (~equal & ~parallel), by=[cauchy_schwarz(u, v)]),
        {u: a, v: b},
    )
