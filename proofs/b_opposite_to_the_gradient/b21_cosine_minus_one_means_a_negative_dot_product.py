"""b21. That cos beta = -1 accords with u.grad < 0.

Claim     If cos beta = -1, then u.grad < 0.
Article   B:53: the value found in B:52 accords with the condition of B:41-42.
Idea      u.grad = cos beta |u| |grad| = -|u| |grad|, negative unless one of the lengths is 0.
Notation  u, the step direction; grad, the gradient at theta; c serves as cos beta (b17).
Verdict   HOLDS_IF u != 0 and grad != 0, both unsaid. It accords with the condition and says more
          than it: u.grad < 0 does not make cos beta = -1.
"""

from proofs.prelude import *

u, grad = vector("u grad")
c = real("c")

CLAIM = Claim(
    for_all=[u, grad, c],
    given={
        "c serves as cos beta": c * norm(u) * norm(grad) == inner(u, grad),
        "cos beta is -1": c == -1,
        "u is not zero": u != zero,
        "the gradient is not zero": grad != zero,
    },
    unsaid=["u is not zero", "the gradient is not zero"],
    then=inner(u, grad) < 0,
)


def theorem_dot_product_is_negative():
    """u.grad = -|u| |grad| < 0."""
    return CLAIM.proved()


def inhabited_by_opposite_vectors():
    """u = -e1 and grad = e1."""
    return CLAIM.inhabited_by({u: -e1, grad: e1, c: -1})


def counterexample_zero_u():
    """u = 0: -1 serves as cos beta, as every number does, and u.grad = 0."""
    return CLAIM.fails({u: zero, grad: e1, c: -1}, without="u is not zero")


def counterexample_zero_gradient():
    """grad = 0: the same."""
    return CLAIM.fails({u: e1, grad: zero, c: -1}, without="the gradient is not zero")


# -------- the other way round
THE_OTHER_WAY_ROUND = CLAIM.but(
    without="cos beta is -1",
    given={"the dot product is negative": inner(u, grad) < 0},
    then=c == -1,
)


def counterexample_the_other_way_round():
    """u = -3 e1 + 4 e2 and grad = e1: u.grad = -3 and cos beta = -3/5."""
    return THE_OTHER_WAY_ROUND.fails({u: -3 * e1 + 4 * e2, grad: e1, c: Fraction(-3, 5)})
