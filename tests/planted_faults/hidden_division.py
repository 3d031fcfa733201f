"""Denominators that may be zero: what is then said has no meaning."""

from fractions import Fraction

from proofs.kernel import e1, inner, norm, real, zero
from proofs.lemmas.inner_products import cauchy_schwarz
from tests.planted_faults.fault import alpha, u, v, without_meaning

x, y, h = real("x y h")
cosine = inner(u, v) / (norm(u) * norm(v))
divides = without_meaning("CLAIM holds a denominator that may be zero")

FAULTS = [
    divides("x / x = 1", x / x == 1, x != 0, {x: 1}),
    divides("x / x >= 0", x / x >= 0, x != 0, {x: 1}),
    divides("x / x y = y", x / x * y == y, x != 0, {x: 1, y: 1}),
    divides("1 / (x y) = (1 / x) (1 / y)", 1 / (x * y) == (1 / x) * (1 / y),
            (x != 0) & (y != 0), {x: 1, y: 1}),
    divides("cos beta >= -1", cosine >= -1, (u != zero) & (v != zero), {u: e1, v: e1},
            by=lambda: [cauchy_schwarz(u, v)]),
    divides("cos beta = -1 against the gradient", inner(u, -u) / (norm(u) * norm(-u)) == -1,
            u != zero, {u: e1}),
    divides("x / y <= 1", x / y <= 1, y > 0, {x: 1, y: 2}, **{"x <= y": x <= y}),
    divides("alpha h < 1 for alpha < 1 / h", alpha * h < 1, h > 0, {alpha: 1, h: Fraction(1, 2)},
            **{"alpha is small": alpha < 1 / h}),
]  # fmt: skip
