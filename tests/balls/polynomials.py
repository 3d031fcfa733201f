"""Polynomials in two coordinates, exact on Fractions, with derivatives; and boxes for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from proofs.balls.arithmetic import convert, number

Point = Sequence[Fraction]
TINY = Fraction(1, 2**20)
fractions = st.builds(Fraction, st.integers(-12, 12), st.sampled_from([1, 2, 3, 8]))


def drawn(count: int) -> settings:
    """The same `count` examples in every run."""
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def interval(low: Any, high: Any) -> Any:
    """A ball that contains [low, high]."""
    return number(Fraction(low)).union(number(Fraction(high)))


def between(box: Sequence[tuple[Fraction, Fraction]], parts: Sequence[Fraction]) -> list[Fraction]:
    """The point of a box at these parts of its sides."""
    return [a + p * (b - a) for (a, b), p in zip(box, parts, strict=True)]


@dataclass(frozen=True)
class Polynomial:
    """The sum of c x^i y^j over terms {(i, j): c}; exact on Fractions, as its derivatives are."""

    terms: Mapping[tuple[int, int], Fraction]

    def __call__(self, w: Sequence[Any]) -> Any:
        return sum(
            (
                convert(c, w[0]) * math.prod([w[0]] * i + [w[1]] * j)
                for (i, j), c in self.terms.items()
            ),
            0 * w[0],
        )

    def diff(self, k: int) -> Polynomial:
        """The derivative by coordinate k."""
        lower = {e: (e[0] - (k == 0), e[1] - (k == 1)) for e in self.terms}
        return Polynomial({lower[e]: c * e[k] for e, c in self.terms.items() if e[k]})

    def gradient(self, w: Point) -> list[Fraction]:
        """Exactly."""
        return [Fraction(self.diff(k)(w)) for k in range(2)]

    def hessian(self, w: Point) -> list[list[Fraction]]:
        """Exactly."""
        return [[Fraction(self.diff(i).diff(j)(w)) for j in range(2)] for i in range(2)]

    def change(self, w: Point, alpha: Fraction) -> Fraction:
        """f(w - alpha grad f(w)) - f(w), exactly."""
        after = [x - alpha * g for x, g in zip(w, self.gradient(w), strict=True)]
        return Fraction(self(after) - self(w))


def polynomials(degree: int) -> st.SearchStrategy[Polynomial]:
    """All of this degree in two variables."""
    exponents = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]
    return st.fixed_dictionaries(dict.fromkeys(exponents, fractions)).map(Polynomial)


def mirrored(spectrum: Sequence[Fraction], mirror: Sequence[Fraction]) -> list[list[Fraction]]:
    """A symmetric matrix with these eigenvalues: diagonal, between two reflections."""
    n, square = len(spectrum), sum(m * m for m in mirror)
    turn = [[(i == j) - 2 * mirror[i] * mirror[j] / square for j in range(n)] for i in range(n)]
    entry: Callable[[int, int], Fraction] = lambda i, j: sum(
        (turn[i][k] * spectrum[k] * turn[k][j] for k in range(n)), Fraction(0)
    )
    return [[entry(i, j) for j in range(n)] for i in range(n)]
