"""Roots of what may be negative: what is then said has no meaning."""

from fractions import Fraction

from proofs.kernel import e1, inner, norm, real, sqrt
from proofs.lemmas.inner_products import cauchy_schwarz
from tests.planted_faults.fault import u, v, without_meaning

x, y, h = real("x y h")
takes_a_root = without_meaning("CLAIM holds a root of what may be negative")

FAULTS = [
    takes_a_root("sqrt(x)^2 = x", sqrt(x) ** 2 == x, x >= 0, {x: 1}),
    takes_a_root("sqrt(x) >= 0", sqrt(x) >= 0, x >= 0, {x: 1}),
    takes_a_root("sqrt(x - 1) < x for x > 0", sqrt(x - 1) < x, x >= 1, {x: 2},
                 **{"x is positive": x > 0}),
    takes_a_root("sqrt(x y) = sqrt(x) sqrt(y) where x y >= 0", sqrt(x * y) == sqrt(x) * sqrt(y),
                 (x >= 0) & (y >= 0), {x: 1, y: 1}, **{"x y is not negative": x * y >= 0}),
    takes_a_root("sqrt(1 - x^2) <= 1", sqrt(1 - x**2) <= 1, x**2 <= 1, {x: 0}),
    takes_a_root("sqrt(u.v) <= |u| where |u| = |v|", sqrt(inner(u, v)) <= norm(u),
                 inner(u, v) >= 0, {u: e1, v: e1}, by=lambda: [cauchy_schwarz(u, v)],
                 **{"|u| = |v|": norm(u) == norm(v)}),
    takes_a_root("1 - sqrt(1 - 2 h) >= h", 1 - sqrt(1 - 2 * h) >= h, h <= Fraction(1, 2), {h: 0}),
]  # fmt: skip
