"""Intervals of floats in numpy arrays: many at once, each a middle and a radius.

Every operation adds to the radius what its own roundings may be: numpy rounds + - * / to the
nearest float, and no other operation on values is used. An overflow makes nan, and nan is in no
comparison true: nothing is known of such an interval.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
ROUNDING = 2.0**-52  # twice what rounding to the nearest may change, relatively
GROWTH = 1 + 2.0**-48  # more than the roundings of a radius, which is made of at most 16 operations
TINY = 1e-300  # more than an underflow may change


class Spread:
    """The numbers from mid - rad to mid + rad, elementwise."""

    __array_ufunc__ = None  # a float or an array on the left leaves the operation to us
    __slots__ = ("mid", "rad")

    def __init__(self, mid: Any, rad: Any) -> None:
        self.mid, self.rad = mid, rad

    def __getitem__(self, index: Any) -> Spread:
        return Spread(self.mid[index], self.rad[index])

    def __setitem__(self, index: Any, value: Spread) -> None:
        self.mid[index], self.rad[index] = value.mid, value.rad

    @staticmethod
    def zeros(shape: tuple[int, ...]) -> Spread:
        """The number 0, in arrays that may be written to."""
        return Spread(np.zeros(shape), np.zeros(shape))

    def __neg__(self) -> Spread:
        return Spread(-self.mid, self.rad)

    def __add__(self, other: Any) -> Spread:
        other = spread(other)
        mid = self.mid + other.mid
        return Spread(mid, _grown(self.rad + other.rad + ROUNDING * abs(mid)))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Spread:
        return self + -spread(other)

    def __rsub__(self, other: Any) -> Spread:
        return spread(other) + -self

    def __mul__(self, other: Any) -> Spread:
        other = spread(other)
        mid, size = self.mid * other.mid, abs(other.mid) + other.rad
        rad = abs(self.mid) * other.rad + self.rad * size + ROUNDING * abs(mid)
        return Spread(mid, _grown(rad))

    __rmul__ = __mul__

    def square(self) -> Spread:
        """x x, never below 0."""
        low, high = abs(self).ends()
        low = np.maximum(low, 0.0)
        return between(low * low, high * high).rounded()

    def inverse(self) -> Spread:
        """1 / x; nothing is known where x may be 0."""
        low, high = self.ends()
        apart = (low > 0) | (high < 0)
        return between(
            1 / np.where(apart, high, np.nan), 1 / np.where(apart, low, np.nan)
        ).rounded()

    def __abs__(self) -> Spread:
        low, high = self.ends()
        within = (low < 0) & (high > 0)
        least = np.where(within, 0.0, np.minimum(abs(low), abs(high)))
        return between(least, np.maximum(abs(low), abs(high)))

    def rounded(self) -> Spread:
        """With one more rounding of each number inside."""
        return Spread(self.mid, _grown(self.rad + ROUNDING * (abs(self.mid) + self.rad)))

    def ends(self) -> tuple[Array, Array]:
        """Floats below and above, at or beyond the ends."""
        low, high = self.mid - self.rad, self.mid + self.rad
        return low - ROUNDING * abs(low) - TINY, high + ROUNDING * abs(high) + TINY

    def total(self, axis: int) -> Spread:
        """The sum along an axis of at most 2^10 elements."""
        count, size = self.mid.shape[axis], abs(self.mid).sum(axis=axis)
        rad = self.rad.sum(axis=axis) + count * ROUNDING * size
        return Spread(self.mid.sum(axis=axis), rad * (1 + 2.0**-40) + TINY)

    def meet(self, other: Spread) -> Spread:
        """The numbers in both, of which one may be unknown."""
        (a, b), (c, d) = self.ends(), other.ends()
        return between(np.fmax(a, c), np.fmin(b, d))


def spread(value: Any) -> Spread:
    """A number, or an array of numbers, that is known exactly."""
    return (
        value
        if type(value) is Spread
        else Spread(value, 0.0 if type(value) is float else np.zeros_like(value))
    )


def between(low: Any, high: Any) -> Spread:
    """From low to high; nothing is known where they are not in this order."""
    mid = np.where(low <= high, low / 2 + high / 2, np.nan)
    return Spread(mid, _grown(np.maximum(high - mid, mid - low)))


def _grown(rad: Any) -> Any:
    return rad * GROWTH + TINY
