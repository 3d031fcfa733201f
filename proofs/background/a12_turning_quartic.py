"""The gradient of 2 x^4 - x is Lipschitz with the constant 1 near 0, and not as far as x = 1.

Between v and w it changes by 8 |x^3 - y^3| for x = e1.v and y = e1.w, where x^2 + x y + y^2 is at
most 3/25 if |x|, |y| < 1/5.
"""

from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.losses.cubics import TURNING_QUARTIC
from proofs.prelude import *

v, w = vector("v w")
x, y = real("x y")
RADIUS = Fraction(1, 5)


def slope_is_steady_near_zero() -> Theorem:
    """{|x|, |y| < 1/5} |- |8 x^3 - 8 y^3| <= |x - y|."""
    near = [abs(x) < RADIUS, abs(y) < RADIUS]
    flat = entails(near, x**2 + x * y + y**2 <= Fraction(3, 25))
    positive = entails([], x**2 + x * y + y**2 >= 0)
    return entails(near, abs(8 * x**3 - 8 * y**3) <= abs(x - y), by=[flat, positive])


def turning_quartic_is_steady_near_zero() -> Theorem:
    """|gradient(v) - gradient(w)| <= |v - w| for |v|, |w| < 1/5."""
    steady = lipschitz_near(TURNING_QUARTIC.gradient, 1, zero)
    at = {x: inner(e1, v), y: inner(e1, w)}
    along = [cauchy_schwarz(e1, v), cauchy_schwarz(e1, w), cauchy_schwarz(e1, v - w)]
    along += [substitute(slope_is_steady_near_zero(), at)]
    turn = TURNING_QUARTIC.gradient(v) - TURNING_QUARTIC.gradient(w)
    along += [norm_scaling(8 * at[x] ** 3 - 8 * at[y] ** 3, e1)]
    given = [norm(v - zero) < RADIUS, norm(w - zero) < RADIUS]
    near = entails(given, norm(turn) <= norm(v - w), by=along)
    return entails([], steady, by=[witnessed(steady, RADIUS), generalize(near, v, w)])
