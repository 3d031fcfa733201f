"""Starts: a loss with a point, a direction and a step size, which is what a search tries."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import cycle
from typing import Any

from hypothesis import strategies as st

from proofs.balls import arithmetic, derivatives
from proofs.kernel import R, Sort, Term
from strategies.steps import FRACTIONS, MOST, NEARLY_ALL, rounded
from strategies.vectors import (
    Bytes, Number, Vector, dot, from_bytes, not_opposite, read_direction, read_point, reader,
    square_length,
)  # fmt: skip


@dataclass(frozen=True)
class Start:
    """A loss, a point, a nonzero direction, part of the greatest step, and a number of steps."""

    loss: Any
    point: Vector
    direction: Vector
    fraction: Fraction = Fraction(1, 2)
    steps: int = 1

    def gradient(self) -> list[Any]:
        """The gradient at the point, in balls of the precision in force."""
        return gradient_at(self.loss, self.point)

    def gives(self, **symbols: Term) -> dict[Term, Any]:
        """Values for symbols, by what these stand for: `gives(loss=L, point=w0, gradient=g)`.

        A name is an attribute of the start, or of its loss. A symbol in R gets the only coordinate
        of a vector, and a `gradient` that is a function gets the gradient everywhere.
        """
        return {symbol: self._value(name, symbol.sort) for name, symbol in symbols.items()}

    def _value(self, name: str, sort: Sort) -> Any:
        if name == "gradient" and sort.inputs:
            return self.loss.gradient
        value = getattr(self if hasattr(self, name) else self.loss, name)
        if sort != R or type(value) in (int, Fraction):
            return value
        return (lambda: value()[0]) if callable(value) else value[0]

    def below(self, bound: Number) -> Fraction:
        """`fraction` of a positive bound, rounded down to 30 binary digits to be exact."""
        return rounded(self.fraction * Fraction(bound), 30)

    def slope(self) -> Any:
        """direction.gradient."""
        return dot([arithmetic.number(x) for x in self.direction], self.gradient())

    def of(self, bound: Any, over: Number = 1) -> Any:
        """`fraction` of the ball bound / over."""
        return bound * arithmetic.number(self.fraction / Fraction(over))

    def squared_length(self) -> Fraction:
        """|direction|^2."""
        return square_length(self.direction)

    def unit_direction(self) -> list[Any]:
        """The direction over its norm, in balls."""
        direction = [arithmetic.number(x) for x in self.direction]
        length = dot(direction, direction).sqrt()
        return [x / length for x in direction]

    def gap(self, over: Number = 1) -> Any:
        """|gradient| + u.gradient for the unit vector u along the direction, over a number."""
        gradient = self.gradient()
        gap = dot(gradient, gradient).sqrt() + dot(self.unit_direction(), gradient)
        return gap / arithmetic.number(over)

    def distance(self) -> Any:
        """From the unit vector u along the direction to -gradient/|gradient|."""
        gradient = self.gradient()
        return (2 * self.gap() / dot(gradient, gradient).sqrt()).sqrt()

    def leaning(self) -> Start:
        """The start with its direction turned downhill, by 1 - fraction^2 of its length."""
        gradient, _ = rounded_gradient(self.loss, self.point)
        if not any(gradient):
            return self
        ratio = self.squared_length() / square_length(gradient)
        part = (1 - self.fraction**2) * rounded(Fraction(math.sqrt(ratio)), 30)
        turned = tuple(x - part * g for x, g in zip(self.direction, gradient, strict=True))
        return replace(self, direction=turned)

    def erring(self, part: Fraction) -> Callable[[], list[Any]]:
        """The gradient, with an error along the direction that is `part` of its length."""

        def nearly() -> list[Any]:
            gradient = self.gradient()
            size = dot(gradient, gradient).sqrt() * arithmetic.number(part)
            return [g + size * u for g, u in zip(gradient, self.unit_direction(), strict=True)]

        return nearly

    def blur(self) -> Any:
        """An error of losses, through which a decrease shows up to (1 + fraction) / lipschitz."""
        gradient, room = self.gradient(), (1 - self.fraction**2) / 4
        return dot(gradient, gradient) * arithmetic.number(room / self.loss.lipschitz)

    def computed(self, rate: Number, sign: int) -> Callable[[], Any]:
        """The loss after a step with this learning rate, with the error `blur` of this sign."""
        walk = self.run(rate)
        return lambda: self.loss(walk(1)) + sign * self.blur()

    def short(self) -> Fraction:
        """A learning rate with which the step is no longer than `fraction` of 1/32."""
        return self.fraction * Fraction(1, 2 ** (5 + int(self.squared_length() + 1).bit_length()))

    @property
    def order(self) -> int:
        """A number 1, 2 or 3 of terms of a Taylor series."""
        return 1 + self.steps % 3

    def taylor_sum(self, n: int) -> Any:
        """The first n <= 3 terms of the Taylor series at the rate `short`; the slope is `slope`."""
        eta, series = arithmetic.number(self.short()), self._along(2)
        terms = [
            arithmetic.coefficient(series, 0),
            eta * self.slope(),
            eta**2 * arithmetic.coefficient(series, 2),
        ]
        return sum(terms[:n])

    def derivative_bound(self, n: int) -> Any:
        """A bound, a little generous, on the n-th derivative along the direction up to `short`."""
        largest = abs(arithmetic.coefficient(self._along(n, self.short()), n)) * math.factorial(n)
        relative, absolute = Fraction(1, 2**20), Fraction(1, 2**40)
        return largest.upper() * arithmetic.number(1 + relative) + arithmetic.number(absolute)

    def _along(self, order: int, upto: Number = 0) -> Any:
        point, direction = ([arithmetic.number(x) for x in v] for v in (self.point, self.direction))
        series = derivatives.series_along(
            self.loss, point, direction, order, arithmetic.number(upto)
        )
        if not upto:
            arithmetic.check_finite(series, point, "the loss")
        return series

    def ray(self, c: Term, rho: Term, alpha: Term) -> dict[Term, Fraction]:
        """Numbers such that g.Hess(w - t g) g <= (c + rho t |g|) |g|^2 for 0 <= t <= alpha, which
        is `fraction` of 4 / (c + sqrt(c^2 + 8 rho |g| / 3)), or less; 0 where none is found.

        The way is at first as long as c allows; then a quarter of that, and so on, until the growth
        of the curvature allows a quarter of it.
        """
        bounds = self._bounds_on_the_ray()
        return dict(zip((c, rho, alpha), bounds, strict=True))

    def _bounds_on_the_ray(self) -> tuple[Fraction, Fraction, Fraction]:
        with arithmetic.precision(arithmetic.BITS[0]):
            gradient, point = self.gradient(), [arithmetic.number(x) for x in self.point]
            size, small = dot(gradient, gradient).sqrt(), arithmetic.power_of_2(-80)
            if not size > 0:
                return Fraction(1), Fraction(1), Fraction(0)
            along = [-x / size for x in gradient]
            c = self.loss.bends(point, along, 2).upper()
            length = 2 * size / c if c > 0 else arithmetic.number(64)
            for _ in range(20):
                rho = self.loss.bends(point, along, 3, length).upper()
                rho = (rho.max(0) + c * c / size / 2**40 + small).upper()  # so c + sqrt(...) > 0
                rate = 4 / (c + (c * c + 8 * rho * size / 3).sqrt())
                if rate * size * 4 > length:
                    rate = rate.min(length / size)
                    allowed = rounded(self.fraction * arithmetic.fraction(rate.lower()), 30)
                    return arithmetic.above(c), arithmetic.above(rho), allowed
                length = length / 4
        return Fraction(1), Fraction(1), Fraction(0)

    @staticmethod
    def taylor_power(k: int, x: Any) -> Any:
        """x^k/k!."""
        return x**k / math.factorial(k)

    def run(self, rate: Number) -> Callable[[int], list[Any]]:
        """Gradient descent with this learning rate: k |-> the point after k steps, in balls."""
        walks: dict[Any, list[Any]] = {}  # one for each precision

        def after(k: int) -> list[Any]:
            alpha = arithmetic.number(rate)
            start = [arithmetic.number(x) for x in self.point]
            walked = walks.setdefault(arithmetic.kind_of_number(alpha), [start])
            while len(walked) <= k:
                w = walked[-1]
                gradient = self.loss.gradient(w)
                walked.append([x - alpha * g for x, g in zip(w, gradient, strict=True)])
            return list(walked[k])

        return after


@dataclass(frozen=True)
class Trial:
    """Several starts on each of several losses."""

    cases: tuple[Start, ...]

    @property
    def losses(self) -> list[Any]:
        """The losses, each once."""
        return list({id(start.loss): start.loss for start in self.cases}.values())


def gradient_at(loss: Any, point: Vector) -> list[Any]:
    """The gradient at an exact point, in balls of the precision in force; computed once."""
    known: dict[Any, Any] = getattr(loss, "__dict__", {}).setdefault("_gradients", {})
    key = id(point), arithmetic.kind_of_number(point)
    if key not in known:
        known[key] = point, loss.gradient([arithmetic.number(x) for x in point])
    return list(known[key][1])


def rounded_gradient(loss: Any, point: Vector) -> tuple[Vector, bool]:
    """The gradient as fractions of 21 binary digits, and whether it is so exactly.

    One that is longer than 2^64 or shorter than 2^-64 is scaled by a power of 2: only its direction
    is of use.
    """
    with arithmetic.precision(arithmetic.BITS[0]):
        found = gradient_at(loss, point)
    near = tuple(arithmetic.fraction(x, 21) for x in found)
    exact = all(x.is_exact() and x.bits() <= 21 for x in found)
    size = max(map(arithmetic.magnitude, found)) - 1
    return (near if abs(size) < 64 else tuple(x * Fraction(2) ** -size for x in near)), exact


OFFSETS: list[Number] = [1, Fraction(1, 8), -1, 4, Fraction(1, 2**10)]


def read_start(read: Bytes, loss: Any, opposite: bool) -> Start:
    """A point, a direction from it, a fraction and a number of steps.

    One point in three lies on an axis through the landmark of the loss, if it has one, and is left
    with nearly the greatest step along this axis or the next: on a quadratic loss, there bounds are
    attained.
    """
    # In a lower dimension, where vectors are shorter, what follows them should be read as before.
    first, second = read.parts(2)
    n, landmark = loss.dimension, loss.landmark
    steps, fraction = max(1, first.below(10) - 1), first.one_of(FRACTIONS)
    near, i, offset = first.below(6), first.below(n), first.one_of(OFFSETS)
    point = read_point(first, n)
    if near < 4 or landmark is None:
        direction = read_direction(second, n, lambda: rounded_gradient(loss, point), opposite)
        return Start(loss, point, direction, fraction, steps)
    onwards = near == 5 and n > 1
    if onwards:
        # Where signs alternate, this axis is convex, and the next one concave.
        i = i // 2 * 2 % (n - n % 2)
    point = tuple(x + offset if j == i else x for j, x in enumerate(landmark))
    along: Vector = tuple(int(j == (i + onwards) % n) for j in range(n))
    if not opposite:
        along = not_opposite(along, rounded_gradient(loss, point)[0])
    # Where the curvature is greatest at the center alone, balls could not tell so near to it.
    greatest = NEARLY_ALL if loss.family == "quadratic" or offset != OFFSETS[-1] else MOST
    return Start(loss, point, along, greatest, 1 if onwards else steps)


TOGETHER = 8  # losses in an example: what hypothesis does for each costs as much as one of them


def starts(
    losses: st.SearchStrategy[Any], count: int = 3, opposite: bool = True, together: int = TOGETHER
) -> st.SearchStrategy[Trial]:
    """`count` starts on each of `together` losses; shrinks to the origin, the first unit vector,
    1/2 and one step.

    Some directions are against the gradient, unless opposite=False: then none is nearly so. Raises
    ValueError unless count is at least 1.
    """
    if type(count) is not int or count < 1:
        raise ValueError(f"count={count!r}: at least one start belongs to a loss")

    def trials(build: Callable[[Bytes], Any], size: int) -> st.SearchStrategy[Trial]:
        def trial(read: Bytes) -> Trial:
            cases: list[Start] = []
            parts = read.parts(together * (1 + count))
            for _ in range(together):
                loss = build(next(parts))
                cases += [read_start(next(parts), loss, opposite) for _ in range(count)]
            return Trial(tuple(cases))

        return from_bytes(trial, size + 44 * count)

    if known := reader(losses):
        return trials(*known)

    def on_these(drawn: tuple[Any, ...]) -> st.SearchStrategy[Trial]:
        rest = cycle(drawn)
        return trials(lambda _: next(rest), 44)

    return st.tuples(*[losses] * together).flatmap(on_these)
