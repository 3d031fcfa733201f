"""Step sizes: below the bound, exact in balls, some nearly the bound; and what is refused."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from proofs.balls import arithmetic
from strategies import step_sizes
from strategies.steps import rounded
from tests.strategies.shared import simplest, three_hundred


def test_step_sizes_lie_below_the_bound() -> None:
    """Exactly: for 2/3, which no ball holds, as well; and some are nearly the bound."""
    for bound in (1, Fraction(2, 3), 10**6):
        found = three_hundred(step_sizes(bound))
        assert all(0 < x < bound and arithmetic.number(x).is_exact() for x in found)
        assert max(found) > bound * Fraction(999_999, 10**6)
        assert min(found) < bound * Fraction(1, 1000)


def test_what_step_sizes_shrink_to() -> None:
    assert simplest(step_sizes(8)) == 4


def test_rounding_down_keeps_the_leading_digits() -> None:
    """Of numbers below and above 2^bits, and of those that need no rounding."""
    for bits in (1, 5, 30):
        for k in range(1, 60):
            for x in (Fraction(k, 7), Fraction(3 ** (2 * k), 5), Fraction(5, 11**k), Fraction(k)):
                found = rounded(x, bits)
                assert 0 <= x - found < x / 2 ** (bits - 2)
                assert found.denominator & (found.denominator - 1) == 0
                assert found.numerator.bit_length() <= bits + 1 or found == found.numerator
    assert rounded(Fraction(0), 5) == 0
    assert rounded(Fraction(5, 8), 30) == Fraction(5, 8)


@pytest.mark.parametrize("bound", [0, -1, Fraction(-1, 2), 0.5, True])
def test_other_bounds_are_refused(bound: Any) -> None:
    with pytest.raises(ValueError, match=re.escape(f"below={bound!r}")):
        step_sizes(bound)
