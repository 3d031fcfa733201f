"""The linear loss x = e1.theta, the simplest that falls: what claims about falling losses hold
of.
"""

from proofs.definitions import convex, direction_of_reduced_loss
from proofs.kernel import Theorem, V, e1, fun, inner, real, vector, witnessed, zero
from proofs.lemmas.descents import for_each
from proofs.lemmas.directions import reduces_below
from proofs.lemmas.losses import differentiable_by_remainder

LINE = fun(V, lambda theta: inner(e1, theta))


def down_the_line() -> list[Theorem]:
    """x has the gradient e1 at 0 with `quadratic_modulus(1)`, and is convex; along -e1 every eta
    lowers it.
    """
    s, v, w = vector("s v w")
    eta, t = real("eta t")
    reduced = witnessed(direction_of_reduced_loss(LINE, zero, -e1), 1)
    return [
        differentiable_by_remainder(LINE, zero, e1, 1, s), for_each(convex(LINE), v, w, t),
        for_each(reduces_below(LINE, zero, -e1, 1), eta), reduced,
    ]  # fmt: skip
