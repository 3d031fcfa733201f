"""a10. The square of the gradient is positive.

Claim     g.g > 0.
Article   A:22, between the linear model and the decrease.
Idea      An inner product v.v is never negative, and zero only for v = 0.
Notation  g = g(w0), the gradient at the start.
Verdict   HOLDS_IF g != 0. Left unsaid: at a stationary point the argument ends here.
"""

from proofs.prelude import *

g = vector("g")

CLAIM = Claim(
    for_all=[g],
    given={"the gradient is not zero": g != zero},
    unsaid=["the gradient is not zero"],
    then=inner(g, g) > 0,
)


def theorem_square_is_positive():
    """0 <= g.g, and g.g = 0 only for g = 0."""
    return CLAIM.proved()


def inhabited_by_a_unit_vector():
    """e1 is a vector that is not zero."""
    return CLAIM.inhabited_by({g: e1})


def counterexample_zero_gradient():
    """The square of the zero vector is 0."""
    return CLAIM.fails({g: zero}, without="the gradient is not zero")


# -------- without the hypothesis
ALWAYS = Claim(
    for_all=[g],
    then=(inner(g, g) >= 0) & iff(inner(g, g) == 0, g == zero),
)


def theorem_always():
    """0 <= g.g, with equality exactly at g = 0."""
    return ALWAYS.proved()
