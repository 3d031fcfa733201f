"""The functions that are drawn for a claim: quadratic losses, runs of gradient descent, the cosine,
powers, tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import prod
from random import Random
from typing import Any

from tests.pages.coordinates.roots import OutOfDomain, Scalar, root, sign
from tests.pages.coordinates.vectors import dot, minus, plus, scaled


@dataclass(frozen=True, eq=False)
class Quadratic:
    """w |-> constant + slope.x + (bend x.x + fold (axis.x)^2) / 2, where x = w - centre."""

    centre: Any
    slope: Any
    axis: Any
    bend: Fraction
    fold: Fraction
    constant: Fraction

    def __call__(self, w: Any) -> Scalar:
        x = minus(w, self.centre)
        along = dot(self.axis, x)
        bent = self.bend * dot(x, x) + self.fold * along * along
        return self.constant + dot(self.slope, x) + bent * Fraction(1, 2)

    def hessian(self, x: Any) -> Any:
        """The second derivative, applied to x."""
        return plus(scaled(self.bend, x), scaled(self.fold * dot(self.axis, x), self.axis))

    def gradient(self, w: Any) -> Any:
        """The gradient at w."""
        return plus(self.slope, self.hessian(minus(w, self.centre)))

    @cached_property
    def ends(self) -> tuple[Any, Any]:
        """Numbers between which the eigenvalues of the Hessian lie; the second is one of them."""
        return self.bend, self.bend + self.fold * dot(self.axis, self.axis)

    @cached_property
    def bound(self) -> Fraction:
        """A Lipschitz constant of the gradient; positive."""
        return Fraction(max(*map(abs, self.ends), Fraction(1, 10)))

    def modulus(self, epsilon: Scalar) -> Scalar:
        """|L(w + s) - L(w) - gradient(w).s| <= bound |s|^2 / 2 <= epsilon |s| for such short s."""
        return epsilon * (1 / self.bound)

    def modulus_at(self, w: Any, epsilon: Scalar) -> Scalar:
        """The same at every w."""
        return self.modulus(epsilon)

    @property
    def convex(self) -> bool:
        """Whether no eigenvalue is negative: enough in every dimension."""
        return bool(min(self.ends) >= 0)

    @property
    def minimizer(self) -> Any:
        """Where the eigenvalues are positive, centre - Hessian^-1 slope (Sherman and Morrison)."""
        back = self.fold * dot(self.axis, self.slope) * (1 / self.ends[1])
        return minus(self.centre, scaled(1 / self.bend, minus(self.slope, scaled(back, self.axis))))


@dataclass(frozen=True, eq=False)
class Run:
    """k |-> the k-th point of gradient descent."""

    start: Any
    gradient: Callable[[Any], Any]
    rate: Scalar

    def __call__(self, k: Fraction) -> Any:
        w = self.start
        for _ in range(int(k)):
            w = minus(w, scaled(self.rate, self.gradient(w)))
        return w


@dataclass(frozen=True, eq=False)
class Cosine:
    """The cosine, where `half_turn` is what measures 180 degrees: known at each 30 degrees."""

    half_turn: Fraction

    def __call__(self, angle: Scalar) -> Scalar:
        steps = angle * (6 / self.half_turn)
        if not isinstance(steps, Fraction) or steps.denominator > 1:
            raise OutOfDomain(angle)
        k = min(int(steps) % 12, -int(steps) % 12)  # from 0 to 6
        square = (4, 3, 1, 0)[min(k, 6 - k)]
        return (1 if k < 3 else -1) * root(Fraction(square, 4))

    def angles(self, cosine: Scalar) -> list[Fraction]:
        """The angles from half a turn back to one turn and a half that have this cosine."""
        known = [Fraction(k) * self.half_turn / 6 for k in range(-6, 19)]
        return [a for a in known if not sign(self(a) - cosine)]


def natural_power(k: Fraction, x: Scalar) -> Scalar:
    """x^k for a natural number k."""
    return prod([x] * int(k), start=Fraction(1))


@dataclass(eq=False)
class Table:
    """A function with random values, drawn as they are asked for."""

    random: Random
    values: dict[tuple[Any, ...], Fraction] = field(default_factory=dict)

    def __call__(self, *at: Any) -> Fraction:
        return self.values.setdefault(at, Fraction(self.random.randint(-5, 5), 2))
