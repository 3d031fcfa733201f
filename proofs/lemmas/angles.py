"""Dot products: where |u.v| = |u| |v|, and which values u.g takes among vectors of one length."""

from functools import cache

from proofs.lemmas.inner_products import cauchy_schwarz, cauchy_schwarz_equality, norm_scaling
from proofs.prelude import *

u, v, g, n, p, q = vector("u v g n p q")
a, b, r, tau = real("a b r tau")


@cache
def collinear_by_coefficients() -> Theorem:
    """u and v are collinear exactly where |v|^2 u = (u.v) v: at v = 0, or with the coefficients
    |v|^2 and -u.v.
    """
    lines_up = inner(v, v) * u - inner(u, v) * v == zero
    regular = witnessed(collinear(u, v), inner(v, v), -inner(u, v))
    degenerate = witnessed(collinear(u, v), 0, 1)
    there = entails([lines_up], collinear(u, v), by=[regular, degenerate])
    dependent = [(a != 0) | (b != 0), a * u + b * v == zero]
    dotted = [
        cauchy_schwarz(a * u + b * v, u),
        cauchy_schwarz(a * u + b * v, v),
    ]  # both products are 0
    forth = entails(dependent, lines_up, by=dotted)
    back = choose(entails([collinear(u, v)], collinear(u, v)), forth, a, b)
    return entails([], iff(lines_up, collinear(u, v)), by=[there, back])


def equality_where_collinear(first: Term, second: Term) -> Theorem:
    """|u.v| = |u| |v| exactly where u and v are collinear."""
    equal = abs(inner(u, v)) == norm(u) * norm(v)
    both = [cauchy_schwarz_equality(u, v), collinear_by_coefficients()]
    return substitute(entails([], iff(equal, collinear(u, v)), by=both), {u: first, v: second})


def opposite(first: Term, second: Term) -> Theorem:
    """u.v = -|u| |v| exactly where |v| u = -|u| v: | |v| u + |u| v |^2 = 2 |u| |v| (|u| |v| +
    u.v).
    """
    equal = iff(inner(u, v) == -norm(u) * norm(v), norm(v) * u == -norm(u) * v)
    return substitute(entails([], equal, by=[cauchy_schwarz(u, v)]), {u: first, v: second})


def against(u: Term, g: Term) -> Term:
    """u = -c g for some c > 0."""
    return exists(R, lambda c: (c > 0) & (u == -c * g))


def against_by_lengths(first: Term, second: Term) -> Theorem:
    """For u and g other than 0, u.g = -|u| |g| exactly where u = -c g for some c > 0, namely c =
    |u| / |g|.
    """
    given, bound = [u != zero, g != zero], inner(u, g) == -norm(u) * norm(g)
    ratio = norm(u) / norm(g)
    lines_up = entails([*given, bound], (ratio > 0) & (u == -ratio * g), by=[opposite(u, g)])
    there = entails([*given, bound], against(u, g), by=[lines_up, witnessed(against(u, g), ratio)])
    excess = inner(u, g) + norm(u) * norm(g)
    same = replaced(lambda step: excess == inner(step, g) + norm(step) * norm(g), u, -a * g)
    forth = entails([a > 0, u == -a * g], bound, by=[same, norm_scaling(-a, g)])
    back = choose(entails([against(u, g)], against(u, g)), forth, a)
    return substitute(
        entails(given, iff(bound, against(u, g)), by=[there, back]), {u: first, g: second}
    )


def takes(g: Term, r: Term, tau: Term) -> Term:
    """Some vector u of length r has u.g = tau (or some number, where g is one)."""
    return exists(g.sort, lambda u: (norm(u) == r) & (inner(u, g) == tau))


@cache
def unit_vector_across() -> Theorem:
    """Where p and q are orthonormal, some unit vector n has n.g = 0: p, or (q.g) p - (p.g) q made
    as long as 1.
    """
    found = exists(V, lambda n: (norm(n) == 1) & (inner(n, g) == 0))
    across = inner(q, g) * p - inner(p, g) * q
    unit = 1 / norm(across) * across
    long = entails([orthonormal(p, q), inner(p, g) != 0], norm(across) > 0)
    length = entails(
        [norm(across) > 0], norm(unit) == 1, by=[norm_scaling(1 / norm(across), across)]
    )
    return entails(
        [orthonormal(p, q)], found, by=[witnessed(found, p), witnessed(found, unit), long, length]
    )


@cache
def takes_every_value() -> Theorem:
    """Where n.g = 0, |n| = 1, r >= 0 and |tau| <= r |g|: u = (tau/|g|^2) g + sqrt(r^2 -
    tau^2/|g|^2) n has u.g = tau.

    It has the length r by Pythagoras; for g = 0, take u = r n.
    """
    given = [norm(n) == 1, inner(n, g) == 0, r >= 0, abs(tau) <= r * norm(g)]
    square = r**2 - tau**2 / norm(g) ** 2
    real_root = entails(
        [*given, g != zero], square >= 0, by=[entails(given, tau**2 <= r**2 * norm(g) ** 2)]
    )
    step = tau / norm(g) ** 2 * g + sqrt(square) * n
    value = entails([*given, g != zero], inner(step, g) == tau)
    length = entails([*given, g != zero], norm(step) == r, by=[real_root])
    regular, degenerate = witnessed(takes(g, r, tau), step), witnessed(takes(g, r, tau), r * n)
    return entails(given, takes(g, r, tau), by=[regular, value, length, degenerate])
