"""Exact numbers: rational, or sums of square roots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import isqrt


class OutOfDomain(Exception):
    """A division by zero, a root of a negative number, or what this arithmetic does not have."""


def rational_root(x: Fraction) -> Fraction | None:
    """The square root of x >= 0, if it is rational."""
    candidate = Fraction(isqrt(x.numerator), isqrt(x.denominator))
    return candidate if candidate * candidate == x else None


@dataclass(frozen=True)
class Surd:
    """A sum of coefficient * sqrt(radicand).

    No quotient of two radicands is a square, so the roots are independent over the rationals.
    """

    terms: tuple[tuple[Fraction, Fraction], ...]  # radicand, coefficient

    def __add__(self, other: Scalar | int) -> Scalar:
        return surd((*self.terms, *terms(other)))

    __radd__ = __add__

    def __mul__(self, other: Scalar | int) -> Scalar:
        return surd((d * e, a * b) for (d, a), (e, b) in product(self.terms, terms(other)))

    __rmul__ = __mul__

    def __sub__(self, other: Scalar) -> Scalar:
        return self + -1 * other

    def __rsub__(self, other: Scalar) -> Scalar:
        return other + -1 * self


Scalar = Fraction | Surd


def terms(x: Scalar | int) -> tuple[tuple[Fraction, Fraction], ...]:
    """The number as a sum of roots."""
    return x.terms if isinstance(x, Surd) else ((Fraction(1), Fraction(x)),)


def surd(parts: Iterable[tuple[Fraction, Fraction]]) -> Scalar:
    """The sum of coefficient * sqrt(radicand), a Fraction if it is one."""
    sums = {Fraction(1): Fraction(0)}
    for radicand, coefficient in parts:
        for known in sums:
            if (ratio := rational_root(radicand / known)) is not None:
                sums[known] += ratio * coefficient
                break
        else:
            sums[radicand] = coefficient
    kept = tuple((d, c) for d, c in sums.items() if c)
    return sums[Fraction(1)] if all(d == 1 for d, _ in kept) else Surd(kept)


def sign(x: Scalar) -> int:
    """-1, 0 or 1. A Surd is not 0, because its roots are independent."""
    if isinstance(x, Fraction):
        return (x > 0) - (x < 0)
    bits = 16
    while True:
        value, error = Fraction(0), Fraction(0)
        for d, c in x.terms:
            unit = Fraction(1, d.denominator << bits)
            value += c * isqrt((d.numerator * d.denominator) << 2 * bits) * unit
            error += abs(c) * unit
        if abs(value) > error:
            return (value > 0) - (value < 0)
        bits *= 2


def root(x: Scalar) -> Scalar:
    """The square root of a rational number."""
    if isinstance(x, Surd) or x < 0:
        raise OutOfDomain(x)
    return surd([(x, Fraction(1))]) if x else Fraction(0)


def inverse(x: Scalar) -> Scalar:
    """1 / x, for a sum of at most two roots: (p + q) (p - q) is rational."""
    if not sign(x) or len(terms(x)) > 2:
        raise OutOfDomain(x)
    (d, a), (e, b) = (*terms(x), (Fraction(1), Fraction(0)))[:2]
    return surd([(d, a / (a * a * d - b * b * e)), (e, -b / (a * a * d - b * b * e))])
