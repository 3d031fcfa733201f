"""The gradient of 2 x^4 - x is Lipschitz with the constant 1 near 0, and not as far as x = 1.

From 0 to w it changes by 8 |x|^3, where |x| <= |w|; and 8 |x|^3 <= |x| where |x| < 1/4.
"""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.losses.cubics import TURNING_QUARTIC
from proofs.prelude import *

s = vector("s")


def turning_quartic_is_steady_near_zero() -> Theorem:
    """|gradient(s) - gradient(0)| <= |s| for |s| < 1/4."""
    steady = lipschitz_near(TURNING_QUARTIC.gradient, 1, zero)
    turn, radius = norm(8 * inner(e1, s) ** 3 * e1), Fraction(1, 4)
    near = entails([norm(s) < radius], turn <= norm(s), by=[cauchy_schwarz(e1, s)])
    return entails([], steady, by=[witnessed(steady, radius), generalize(near, s)])
