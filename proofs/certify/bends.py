"""Second derivatives forward: a number with its gradient and its matrix of second derivatives,
on a point or a box.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import arb, arb_series

from proofs.certify import balls, paths
from proofs.certify.balls import (
    NOT_KNOWN,
    ONE,
    ZERO,
    Function,
    coefficient,
    exact,
    series_of,
    working,
)
from proofs.certify.errors import NotDecided, NotUnderstood
from proofs.certify.reals import Ball, Real, sign_of

Vector = list[arb]


class Bend(Real):
    """ball: the value; slope: the n first derivatives; bend: the second ones d_i d_j for j <=
    i, row by row.
    """

    __slots__ = ("ball", "bend", "run", "slope")

    def __init__(self, ball: arb, slope: Vector, bend: Vector, run: paths.Run) -> None:
        self.ball, self.slope, self.bend, self.run = ball, slope, bend, run

    def _other(self, other: Any) -> Any:
        if type(other) is Bend:
            if other.run is not self.run:
                raise NotUnderstood("a number kept from an earlier run")
            return other
        return Real._other(self, other)

    def constant(self, value: arb) -> Ball:
        return Ball(value)

    def add(self, other: Any) -> Bend:
        if type(other) is arb:
            return Bend(self.ball + other, self.slope, self.bend, self.run)
        slope = [x + y for x, y in zip(self.slope, other.slope, strict=True)]
        bend = [x + y for x, y in zip(self.bend, other.bend, strict=True)]
        return Bend(self.ball + other.ball, slope, bend, self.run)

    def minus(self) -> Bend:
        return Bend(-self.ball, [-x for x in self.slope], [-x for x in self.bend], self.run)

    def times(self, other: Any) -> Bend:
        if type(other) is arb:
            slope = [x * other for x in self.slope]
            return Bend(self.ball * other, slope, [x * other for x in self.bend], self.run)
        a, b, s, t = self.ball, other.ball, self.slope, other.slope
        bend, k = [], 0
        for i in range(len(s)):
            for j in range(i + 1):
                crossed = s[i] * t[j] + s[j] * t[i] if i != j else 2 * s[i] * t[i]
                bend.append(a * other.bend[k] + b * self.bend[k] + crossed)
                k += 1
        return Bend(a * b, [a * y + b * x for x, y in zip(s, t, strict=True)], bend, self.run)

    def _composed(self, value: arb, first: arb, second: arb) -> Bend:
        """f(self) from f, f' and f''."""
        s, bend, k = self.slope, [], 0
        for i in range(len(s)):
            for j in range(i + 1):
                crossed = s[i] * s[j] if i != j else balls.square(s[i])
                bend.append(first * self.bend[k] + second * crossed)
                k += 1
        return Bend(value, [first * x for x in s], bend, self.run)

    def square(self) -> Bend:
        return self._composed(balls.square(self.ball), 2 * self.ball, arb(2))

    def inverse(self) -> Bend:
        value = 1 / self.ball
        return self._composed(value, -value * value, 2 * value * value * value)

    def apply(self, function: Function) -> Bend:
        series = series_of(function, arb_series([self.ball, ONE], 3))
        return self._composed(
            function.ball(self.ball), coefficient(series, 1), 2 * coefficient(series, 2)
        )

    def value(self) -> arb:
        return self.ball

    def signs(self) -> tuple[int | None, int | None]:
        own = sign_of(self.ball)
        return own or None, own


class Bent:
    """value, gradient and the matrix of second derivatives on a box."""

    def __init__(self, value: arb, gradient: Vector, matrix: list[Vector]) -> None:
        self.value, self.gradient, self.matrix = value, gradient, matrix


def bent(loss: Callable[[list[Any]], Any], box: Sequence[arb], bits: int) -> Bent | None:
    """The loss to second order on a box; None where it is not one smooth program there, as far
    as balls can tell.
    """
    n = len(box)
    run = paths.Run()
    with working(bits, 2), paths.running(run):
        flat = [ZERO] * (n * (n + 1) // 2)
        units = [[ONE if i == j else ZERO for j in range(n)] for i in range(n)]
        try:
            paths.check_time()
            out = loss([Bend(x, u, flat, run) for x, u in zip(box, units, strict=True)])
        except NotDecided:
            return None
    if run.taken:
        return None
    if not isinstance(out, Bend):
        value = out.ball if isinstance(out, Ball) else exact(out)
        return Bent(value, [ZERO] * n, [[ZERO] * n for _ in range(n)])
    matrix = [[NOT_KNOWN] * n for _ in range(n)]
    k = 0
    for i in range(n):
        for j in range(i + 1):
            matrix[i][j] = matrix[j][i] = out.bend[k]
            k += 1
    known = out.ball.is_finite() and all(x.is_finite() for x in [*out.slope, *out.bend])
    return Bent(out.ball, out.slope, matrix) if known else None
