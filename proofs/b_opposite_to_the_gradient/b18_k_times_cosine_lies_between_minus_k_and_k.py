"""b18. k times the cosine lies between -k and k.

Claim     -k <= k cos beta <= k for k = |u| |grad|.
Article   B:48, the inequalities of B:47 once k is put for |u| |grad|.
Idea      Multiplying -1 <= c <= 1 by a number k >= 0 keeps the inequalities.
Notation  u, the step direction; grad, the gradient at theta; k = |u| |grad|; c = cos beta.
Verdict   HOLDS, and for k = 0 as well: it asks for -1 <= c <= 1, not for b17's u != 0 and
          grad != 0.
"""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *

u, grad = vector("u grad")
k, c = real("k c")

CLAIM = Claim(
    for_all=[k, c],
    given={"k is not negative": k >= 0, "c is at least -1": c >= -1, "c is at most 1": c <= 1},
    then=(k * c >= -k) & (k * c <= k),
)


def theorem_k_times_cosine():
    """k (c + 1) >= 0 and k (1 - c) >= 0."""
    return CLAIM.proved()


def inhabited_by_a_zero_and_a_one():
    """k = 0 and c = 1."""
    return CLAIM.inhabited_by({k: 0, c: 1})


def counterexample_negative_k():
    """k = -1 and c = 0: -k = 1 is above k c = 0."""
    return CLAIM.fails({k: -1, c: 0}, without="k is not negative")


def counterexample_c_below_minus_one():
    """k = 1 and c = -2."""
    return CLAIM.fails({k: 1, c: -2}, without="c is at least -1")


def counterexample_c_above_one():
    """k = 1 and c = 2."""
    return CLAIM.fails({k: 1, c: 2}, without="c is at most 1")


# -------- of vectors, whatever c is
OF_VECTORS = Claim(
    for_all=[u, grad, k, c],
    given={
        "k is the product of the lengths": k == norm(u) * norm(grad),
        "c serves as cos beta": c * norm(u) * norm(grad) == inner(u, grad),
    },
    then=(k * c == inner(u, grad)) & (k * c >= -k) & (k * c <= k),
)


def theorem_of_vectors():
    """k c is the dot product, so that this is Cauchy-Schwarz (b15), and for k = 0 as well."""
    return OF_VECTORS.proved(by=[cauchy_schwarz(u, grad)])


def inhabited_of_vectors():
    """u = 0, where k = 0 and c may be 2: what b17 cannot say."""
    return OF_VECTORS.inhabited_by({u: zero, grad: e1, k: 0, c: 2})
