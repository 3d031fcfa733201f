"""The largest of some numbers, left open until something asks for it.

log(sum(exp(x - m))) + m and softmax subtract m = max(x) so that floats do not overflow; the value
does not depend on m. Following each outcome of the comparisons in max(x) would cost one path for
each number near the top. So m is a name here: with x0 the first of the numbers and u = m - x0,

    sum      part + k u            m itself is x0 + 1 u
    product  part * exp(k u)       exp(x - m) is exp(x - x0) * exp(-1 u)

and where the k of all names are 0 again the number is `part`, by algebra, whatever m is. Nothing
is assumed of the program: an operation that these two forms do not go through asks for the number
itself (`whole`), and then the comparisons are made and their paths followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from proofs.certify.balls import FUNCTIONS, ZERO, Function
from proofs.certify.reals import Ball, Real, larger

Weights = dict["Largest", Fraction]


class Largest:
    """max(numbers) of one run; `found` once it is asked for."""

    def __init__(self, numbers: Sequence[Any], name: str = "max") -> None:
        self.numbers, self.name = list(numbers), name
        self.found: Any = None

    def whole(self) -> Any:
        """One of the numbers, by comparisons."""
        if self.found is None:
            found = self.numbers[0]
            for x in self.numbers[1:]:
                found = larger(found, x, self.name)
            self.found = found
        return self.found


def largest(numbers: Sequence[Any], name: str = "max") -> Any:
    """The largest of some Reals."""
    if len(numbers) == 1:
        return numbers[0]
    return Shifted(False, numbers[0], {Largest(numbers, name): Fraction(1)})


class Shifted(Real):
    """part + k u (a sum) or part * exp(k u) (a product), over several u; never with all k = 0."""

    __slots__ = ("found", "is_product", "part", "weights")
    has_value = False

    def __init__(self, is_product: bool, part: Any, weights: Weights) -> None:
        self.is_product, self.part, self.weights = is_product, part, weights
        self.found: Any = None

    def __repr__(self) -> str:
        return f"Shifted({'product' if self.is_product else 'sum'}, {self.part})"

    def whole(self) -> Any:
        """The number itself; of max(x), that one of the x."""
        if self.found is None:
            self.found = self._whole()
        return self.found

    def _whole(self) -> Any:
        offset: Any = None
        for top, k in self.weights.items():
            most, first = top.whole(), top.numbers[0]
            if most is first:
                continue
            if not self.is_product and len(self.weights) == 1 and k == 1 and self.part is first:
                return most
            term = (most - first) * k
            offset = term if offset is None else offset + term
        if offset is None:
            return self.part
        if self.is_product:
            return self.part * offset.apply(FUNCTIONS["exp"])
        return self.part + offset

    def _made(self, is_product: bool, part: Any, weights: Weights) -> Any:
        left = {top: k for top, k in weights.items() if k}
        return Shifted(is_product, part, left) if left else part

    # What Real asks of its kinds.
    def _other(self, other: Any) -> Any:
        return other if getattr(other, "is_real", False) else Real._other(self, other)

    def constant(self, value: arb) -> Ball:
        return Ball(value)

    def add(self, other: Any) -> Any:
        other = Ball(other) if type(other) is arb else other
        if type(other) is Shifted:
            if not self.is_product and not other.is_product:
                return self._made(False, self.part + other.part, _plus(self.weights, other.weights))
            if self.is_product and other.is_product and self.weights == other.weights:
                return self._made(True, self.part + other.part, self.weights)
            return self.whole() + other.whole()
        if self.is_product:
            return self if is_zero(other) else self.whole() + other
        return self._made(False, self.part + other, self.weights)

    def minus(self) -> Any:
        turned = self.weights if self.is_product else _scaled(self.weights, Fraction(-1))
        return self._made(self.is_product, -self.part, turned)

    def times(self, other: Any) -> Any:
        other = Ball(other) if type(other) is arb else other
        if type(other) is Shifted:
            if self.is_product and other.is_product:
                return self._made(True, self.part * other.part, _plus(self.weights, other.weights))
            return self.whole() * other.whole()
        if self.is_product:
            return self._made(True, self.part * other, self.weights)
        factor = _rational(other)
        if factor is None:
            return self.whole() * other
        return self._made(False, self.part * other, _scaled(self.weights, factor))

    def over(self, other: arb) -> Any:
        if self.is_product:
            return self._made(True, self.part / Ball(other), self.weights)
        factor = _rational(Ball(other))
        if not factor:
            return self.whole() / Ball(other)
        return self._made(False, self.part / Ball(other), _scaled(self.weights, 1 / factor))

    def inverse(self) -> Any:
        if not self.is_product:
            return 1 / self.whole()
        return self._made(True, 1 / self.part, _scaled(self.weights, Fraction(-1)))

    def square(self) -> Any:
        if not self.is_product:
            return self.whole().square()
        return self._made(True, self.part * self.part, _scaled(self.weights, Fraction(2)))

    def apply(self, function: Function) -> Any:
        if function.name == "exp" and not self.is_product:
            return self._made(True, self.part.apply(function), self.weights)
        if function.name == "log" and self.is_product:
            return self._made(False, self.part.apply(function), self.weights)
        return self.whole().apply(function)

    def value(self) -> arb:
        found = self.whole()
        return found.value()

    def is_nan(self) -> bool:
        return bool(self.whole().is_nan())

    def signs(self) -> tuple[int | None, int | None]:
        found: tuple[int | None, int | None] = self.settled().signs()
        return found

    def settled(self) -> Any:
        """A number of the same sign: exp is positive."""
        return self.part if self.is_product else self.whole()


def _plus(a: Weights, b: Weights) -> Weights:
    return {top: a.get(top, Fraction(0)) + b.get(top, Fraction(0)) for top in {**a, **b}}


def _scaled(a: Weights, factor: Fraction) -> Weights:
    return {top: k * factor for top, k in a.items()}


def is_zero(x: Any) -> bool:
    """Whether a number is the constant 0."""
    return x.ball.is_zero() if type(x) is Ball else not getattr(x, "is_real", False) and x == 0


def _rational(x: Any) -> Fraction | None:
    """A constant as a fraction; None if it is none, or not known exactly."""
    if type(x) is not Ball or not x.ball.is_exact() or not x.ball.is_finite():
        return None
    if x.ball == ZERO:
        return Fraction(0)
    mantissa, exponent = x.ball.man_exp()
    if abs(int(exponent)) > 2000:
        return None
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def whole(x: Any) -> Any:
    """A number without names."""
    return x.whole() if type(x) is Shifted else x
