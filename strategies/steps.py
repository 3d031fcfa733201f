"""Step sizes: positive dyadic fractions below a bound, some of them very large or very small."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from strategies.vectors import Number

NEARLY_ALL, MOST = 1 - Fraction(1, 2**24), 1 - Fraction(1, 2**10)
FRACTIONS = [
    Fraction(1, 2), Fraction(3, 4), Fraction(1, 8), Fraction(1, 2**10), Fraction(7, 8),
    Fraction(1, 4), MOST, NEARLY_ALL,
]  # fmt: skip


def rounded(x: Fraction, bits: int) -> Fraction:
    """x rounded down to so many binary digits."""
    if not x:
        return x
    top, bottom = x.numerator, x.denominator
    power = top.bit_length() - bottom.bit_length() - bits
    if power > 0:
        return Fraction((top // (bottom << power)) << power)
    return Fraction((top << -power) // bottom, 1 << -power)


def step_sizes(below: Number = 1) -> st.SearchStrategy[Fraction]:
    """Numbers in (0, below): 1/2, 3/4, 1/8, ... of the bound, nearly all, or a thousandth of it.

    Each is rounded down to 30 binary digits, so that balls hold it exactly. Shrinks to half of the
    bound. Raises ValueError unless the bound is an exact positive number.
    """
    if type(below) not in (int, Fraction) or below <= 0:
        raise ValueError(f"below={below!r}: the bound is a positive int or Fraction")
    return st.sampled_from([rounded(fraction * Fraction(below), 30) for fraction in FRACTIONS])
