"""The gradient of 2 x^4 - x is Lipschitz with the constant 1 near 0, and not as far as x = 1.

Between v and w it changes by 8 |x^3 - y^3| for x = e1.v and y = e1.w, where x^2 + x y + y^2 is at
most 3/25 if |x|, |y| < 1/5.
"""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.losses.cubics import TURNING_QUARTIC
from proofs.prelude import *

v, w = vector("v w")


def turning_quartic_is_steady_near_zero() -> Theorem:
    """|gradient(v) - gradient(w)| <= |v - w| for |v|, |w| < 1/5."""
    steady, radius = lipschitz_near(TURNING_QUARTIC.gradient, 1, zero), Fraction(1, 5)
    along = [cauchy_schwarz(e1, v), cauchy_schwarz(e1, w), cauchy_schwarz(e1, v - w)]
    turn = norm(TURNING_QUARTIC.gradient(v) - TURNING_QUARTIC.gradient(w))
    given = [norm(v - zero) < radius, norm(w - zero) < radius]
    near = entails(given, turn <= norm(v - w), by=along)
    return entails([], steady, by=[witnessed(steady, radius), generalize(near, v, w)])
