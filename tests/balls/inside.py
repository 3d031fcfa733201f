"""Whether an exact value lies in a ball."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from proofs.balls.arithmetic import fraction

SLACK = Fraction(1, 10**50)  # sympy's 60 digits are that exact, for values below 10^10


def radius(ball: Any) -> Fraction:
    """Half of the width of a finite ball."""
    return fraction(ball.rad())


def rational(value: Any) -> Fraction:
    """A number of sympy."""
    return Fraction(*map(int, sympy.Rational(value).as_numer_denom()))


def contains(ball: Any, value: Any) -> bool:
    """Whether the exact value, or sympy's number, lies in a ball, which must be finite."""
    exact: Fraction = Fraction(value) if isinstance(value, int | Fraction) else rational(value)
    slack = SLACK * (1 + abs(exact)) if isinstance(value, sympy.Float) else Fraction(0)
    assert ball.is_finite()
    return abs(exact - fraction(ball)) <= radius(ball) + slack
