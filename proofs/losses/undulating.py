"""A loss that rises all the way from its minimum, and is not convex: its slope is x up to x = 1,
falls from 1 to 1/2 at x = 3/2, and is x - 1 from there on.
"""

from proofs.losses.broken_lines import along_a_line, bent_line, bent_slope, error_of_bends, x, y
from proofs.prelude import *

v, seventh = vector("v"), Fraction(1, 7)
bends = [(-2, 1), (2, Fraction(3, 2))]


def rising(x: Term) -> Term:
    """x^2/2 - max(x - 1, 0)^2 + max(x - 3/2, 0)^2."""
    return bent_line(x, bends, rise=1)


def rising_slope(x: Term) -> Term:
    """The derivative of `rising`."""
    return bent_slope(x, bends, rise=1)


def rising_errs() -> Theorem:
    """|rising(x + y) - rising(x) - rising_slope(x) y| <= 5/2 y^2."""
    return error_of_bends(bends, rise=1)


def rising_turns() -> Theorem:
    """|rising_slope(x) - rising_slope(y)| <= |x - y|."""
    return entails([], abs(rising_slope(x) - rising_slope(y)) <= abs(x - y))


UNDULATING = along_a_line(
    e1, rising, rising_slope, Fraction(5, 2), rising_errs, rising_turns, least_at=zero
)


def undulating_is_steep() -> Theorem:
    """|gradient(v)|^2 >= 2/7 (L(v) - L(0)): the ratio is least at x = 3/2: 1/4 over 7/8."""
    steep = entails([], rising_slope(x) ** 2 >= 2 * seventh * rising(x))
    there = norm(UNDULATING.gradient(v)) ** 2 >= 2 * seventh * (UNDULATING(v) - UNDULATING(zero))
    return generalize(entails([], there, by=[substitute(steep, {x: inner(e1, v)})]), v)


def undulating_is_not_convex() -> Theorem:
    """Halfway between e1 and 3/2 e1 it is 23/32, and the chord is at 22/32."""
    half = {"v": e1, "w": Fraction(3, 2) * e1, "t": Fraction(1, 2)}
    bent = convex(UNDULATING.value)
    return entails([], ~bent, by=[instance(bent, **half)])
