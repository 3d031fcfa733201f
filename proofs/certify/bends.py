"""Second derivatives forward: a number with its gradient and its matrix of second derivatives,
on a point or a box.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import arb, arb_mat, arb_series

from proofs.certify import balls, paths
from proofs.certify.balls import ONE, Function, coefficient, exact, series_of, working
from proofs.certify.errors import NotDecided, NotUnderstood
from proofs.certify.reals import Ball, Real, sign_of

Vector = list[arb]


class Bend(Real):
    """ball: the value; slope: the row of first derivatives; bend: the matrix of second ones."""

    __slots__ = ("ball", "bend", "run", "slope")

    def __init__(self, ball: arb, slope: arb_mat, bend: arb_mat, run: paths.Run) -> None:
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
        slope, bend = self.slope + other.slope, self.bend + other.bend
        return Bend(self.ball + other.ball, slope, bend, self.run)

    def minus(self) -> Bend:
        return Bend(-self.ball, -self.slope, -self.bend, self.run)

    def times(self, other: Any) -> Bend:
        if type(other) is arb:
            return Bend(self.ball * other, self.slope * other, self.bend * other, self.run)
        a, b = self.ball, other.ball
        crossed = self.slope.transpose() * other.slope
        bend = other.bend * a + self.bend * b + crossed + crossed.transpose()
        return Bend(a * b, other.slope * a + self.slope * b, bend, self.run)

    def _composed(self, value: arb, first: arb, second: arb) -> Bend:
        """f(self) from f, f' and f''."""
        crossed = self.slope.transpose() * self.slope
        for i in range(crossed.nrows()):
            crossed[i, i] = balls.square(self.slope[0, i])
        return Bend(value, self.slope * first, self.bend * first + crossed * second, self.run)

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
        units = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)]).tolist()
        try:
            paths.check_time()
            start = zip(box, units, strict=True)
            out = loss([Bend(x, arb_mat([unit]), arb_mat(n, n), run) for x, unit in start])
        except NotDecided:
            return None
    if run.taken:
        return None
    if not isinstance(out, Bend):
        value = out.ball if isinstance(out, Ball) else exact(out)
        out = Bend(value, arb_mat(1, n), arb_mat(n, n), run)
    found = Bent(out.ball, out.slope.entries(), out.bend.tolist())
    known = [found.value, *found.gradient, *out.bend.entries()]
    return found if all(x.is_finite() for x in known) else None
