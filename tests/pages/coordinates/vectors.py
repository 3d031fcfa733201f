"""Vectors of R^n as tuples of exact numbers, vectors of the real line as numbers; random ones."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from tests.pages.coordinates.roots import Scalar, root, sign

Vector = tuple[Scalar, ...]


def plus(u: Any, v: Any) -> Any:
    """u + v."""
    return tuple(a + b for a, b in zip(u, v, strict=True)) if isinstance(u, tuple) else u + v


def scaled(c: Any, v: Any) -> Any:
    """c v."""
    return tuple(c * a if a else a for a in v) if isinstance(v, tuple) else c * v


def dot(u: Any, v: Any) -> Scalar:
    """u.v, on the real line the product."""
    pairs = zip(u, v, strict=True) if isinstance(u, tuple) else [(u, v)]
    return sum((a * b for a, b in pairs if a and b), start=Fraction(0))


def minus(u: Any, v: Any) -> Any:
    """u - v."""
    return tuple(a - b for a, b in zip(u, v, strict=True)) if isinstance(u, tuple) else u - v


def length(v: Any) -> Scalar:
    """|v|."""
    return root(dot(v, v)) if isinstance(v, tuple) else v if sign(v) >= 0 else -1 * v


def coordinates(v: Any) -> tuple[Scalar, ...]:
    """The coordinates of a vector, or the number alone."""
    return v if isinstance(v, tuple) else (v,)


def draw_number(random: Random, positive: bool = False) -> Fraction:
    """A rational number, rather small."""
    size = random.choice([Fraction(1, k) for k in (40, 40, 10, 3, 2, 1)] + [Fraction(2)])
    return size if positive else size * random.choice([-1, 1, 0, 1])


def draw_vector(random: Random, n: int, others: list[Vector]) -> Vector:
    """A rational vector: often a multiple of another one, or of rational length, or any."""
    kind = random.randrange(6)
    if not random.randrange(8):
        return (Fraction(0),) * n
    drawn: Vector
    if others and kind < 2:
        factor = random.choice([Fraction(k, 2) for k in (-2, -1, 1, 2)])
        drawn = scaled(factor, random.choice(others))
        return drawn
    x = [Fraction(random.randint(-3, 3)) for _ in range(n)]
    if kind == 5:
        return tuple(x)
    last, square = random.randrange(n), sum((a * a for a in x[1:]), start=Fraction(0))
    # The stereographic projection of x[1:] on the unit sphere.
    unit = [2 * a / (square + 1) for a in x[1:]] + [(square - 1) / (square + 1)]
    unit[-1], unit[last] = unit[last], unit[-1]
    size: Scalar = random.choice([Fraction(-2), Fraction(1, 2), Fraction(1), Fraction(3)])
    drawn = scaled(length(others[0]) if others and kind == 4 else size, tuple(unit))
    return drawn


def draw_orthonormal(random: Random, n: int) -> tuple[Vector, Vector]:
    """Two columns of a reflection."""
    x = [Fraction(random.randint(-3, 3)) for _ in range(n)]
    x[0] += not any(x)
    i, j = random.sample(range(n), 2)
    square = sum((a * a for a in x), start=Fraction(0))
    columns = [
        tuple(Fraction(int(k == c)) - 2 * x[k] * x[c] / square for k in range(n)) for c in (i, j)
    ]
    return columns[0], columns[1]
