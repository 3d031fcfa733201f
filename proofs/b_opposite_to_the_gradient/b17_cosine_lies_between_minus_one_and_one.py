"""b17. The cosine of the angle between u and the gradient lies between -1 and 1.

Claim     -1 <= cos beta = u.grad / (|u| |grad|) <= 1.
Article   B:47, after naming beta the angle between u and the gradient.
Idea      Divide Cauchy-Schwarz (b15) by |u| |grad| > 0. Without a division: every number c
          with c |u| |grad| = u.grad has -1 <= c <= 1.
Notation  u, the step direction; grad, the gradient at theta; c, a number that is to be cos beta.
Verdict   HOLDS_IF u != 0 and grad != 0, both unsaid: where one of them is zero there is no angle,
          and every number c satisfies the equation. The quotient stands only where its denominator
          is not zero: x/0 is x times an unspecified number, and a claim is refused unless each of
          its denominators is shown not to be zero.
"""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *

u, grad = vector("u grad")
c = real("c")

CLAIM = Claim(
    for_all=[u, grad, c],
    given={
        "c serves as cos beta": c * norm(u) * norm(grad) == inner(u, grad),
        "u is not zero": u != zero,
        "the gradient is not zero": grad != zero,
    },
    unsaid=["u is not zero", "the gradient is not zero"],
    then=(c >= -1) & (c <= 1),
)


def theorem_cosine_lies_between_minus_one_and_one():
    """-|u| |grad| <= c |u| |grad| <= |u| |grad|, and |u| |grad| > 0."""
    return CLAIM.proved(by=[cauchy_schwarz(u, grad)])


def inhabited_by_one_direction():
    """u = grad = e1 and c = 1."""
    return CLAIM.inhabited_by({u: e1, grad: e1, c: 1})


def counterexample_zero_u():
    """2 |0| |e1| = 0 = 0.e1, and 2 > 1."""
    return CLAIM.fails({u: zero, grad: e1, c: 2}, without="u is not zero")


def counterexample_zero_gradient():
    """2 |e1| |0| = 0 = e1.0, and 2 > 1."""
    return CLAIM.fails({u: e1, grad: zero, c: 2}, without="the gradient is not zero")


# -------- as a quotient
cos_beta = inner(u, grad) / (norm(u) * norm(grad))
AS_A_QUOTIENT = Claim(
    for_all=[u, grad, c],
    given={"u is not zero": u != zero, "the gradient is not zero": grad != zero},
    then=iff(c * norm(u) * norm(grad) == inner(u, grad), c == cos_beta)
    & (cos_beta >= -1)
    & (cos_beta <= 1),
)


def theorem_as_a_quotient():
    """|u| |grad| is not zero, so that the quotient is the one number that serves."""
    return AS_A_QUOTIENT.proved(by=[cauchy_schwarz(u, grad)])


def inhabited_as_a_quotient():
    """u = grad = e1, where the quotient is 1."""
    return AS_A_QUOTIENT.inhabited_by({u: e1, grad: e1, c: 1})


# -------- where there is no angle
EVERY_NUMBER_SERVES = Claim(
    for_all=[u, grad, c],
    given={"u or the gradient is zero": (u == zero) | (grad == zero)},
    then=c * norm(u) * norm(grad) == inner(u, grad),
)


def theorem_every_number_serves():
    """Both sides are zero: |u| |grad| = 0, and u.grad = 0 by Cauchy-Schwarz."""
    return EVERY_NUMBER_SERVES.proved(by=[cauchy_schwarz(u, grad)])


def inhabited_every_number_serves():
    """u = 0, with c = 2."""
    return EVERY_NUMBER_SERVES.inhabited_by({u: zero, grad: e1, c: 2})
