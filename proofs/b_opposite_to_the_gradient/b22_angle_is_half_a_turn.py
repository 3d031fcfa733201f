"""b22. cos beta = -1 exactly where beta = 180 degrees, so where u points opposite to the gradient.

Claim     cos beta = -1 iff beta = pi iff u = -c grad for some c > 0.
Article   B:54-55: the cosine is -1 at 180 degrees, so u should be at 180 degrees to the gradient.
Idea      On [0, pi] the cosine is strictly decreasing, so that it is -1 at pi alone. And where
          cos beta = -1, u.grad = -|u| |grad|: Cauchy-Schwarz is an equality (b15), and u = -c grad
          with c = |u| / |grad|.
Notation  beta, any number with cos beta |u| |grad| = u.grad; pi = 180 degrees. cosine and pi stand
          for whatever has the properties used: that there are such is an axiom, on which only the
          witnesses rest.
Verdict   HOLDS_IF 0 <= beta <= pi, u != 0 and grad != 0, all unsaid; in any inner-product space.
"""

from proofs.lemmas.angles import (
    against, against_by_lengths, minus_one_at_pi_alone, of_the_cosine, repeats,
)  # fmt: skip
from proofs.prelude import *

cosine = function("cosine", R >> R)
u, grad = vector("u grad")
pi, beta, c = real("pi beta c")

COSINE = is_cosine(cosine, pi)
SERVES = cosine(beta) * norm(u) * norm(grad) == inner(u, grad)
CLAIM = Claim(
    for_all=[cosine, pi, u, grad, beta],
    given={
        "the cosine": COSINE,
        "beta is an angle between u and the gradient": SERVES,
        "beta is at least 0": beta >= 0,
        "beta is at most 180 degrees": beta <= pi,
        "u is not zero": u != zero,
        "the gradient is not zero": grad != zero,
    },
    unsaid=[
        "beta is at least 0",
        "beta is at most 180 degrees",
        "u is not zero",
        "the gradient is not zero",
    ],
    then=iff(cosine(beta) == -1, beta == pi) & iff(beta == pi, against(u, grad)),
)


def inequality_cosine_is_minus_one_at_pi_alone():
    """cos beta > cos pi = -1 for 0 <= beta < pi."""
    return minus_one_at_pi_alone(cosine, pi, beta)


def inequality_cosine_is_minus_one_against_the_gradient():
    """cos beta = -1 is u.grad = -|u| |grad|, which is u = -c grad for some c > 0."""
    same = iff(cosine(beta) == -1, against(u, grad))
    return entails(CLAIM.hypotheses, same, by=[against_by_lengths(u, grad)])


def theorem_angle_is_half_a_turn():
    """Both equivalences together."""
    alone = inequality_cosine_is_minus_one_at_pi_alone()
    return CLAIM.proved(by=[alone, inequality_cosine_is_minus_one_against_the_gradient()])


def inhabited_by_opposite_vectors():
    """u = -e1 and grad = e1, with beta = pi."""
    inhabited = CLAIM.inhabited_by({u: -e1, grad: e1, beta: pi}, given=[COSINE])
    return of_the_cosine(inhabited, cosine, pi)


def refuted(at, without, by):
    """Whatever cosine and pi are, the claim fails at these values; and there are such."""
    return of_the_cosine(CLAIM.fails(at, by, given=[COSINE], without=without), cosine, pi)


def counterexample_negative_angle():
    """u = -e1 and grad = e1, with beta = -pi: cos(-pi) = cos(-pi + 2 pi) = -1."""
    at = {u: -e1, grad: e1, beta: -pi}
    return refuted(at, "beta is at least 0", by=[repeats(cosine, pi, -pi)])


def counterexample_one_turn_more():
    """u = -e1 and grad = e1, with beta = 3 pi: cos 3 pi = cos(pi + 2 pi) = -1."""
    at = {u: -e1, grad: e1, beta: 3 * pi}
    return refuted(at, "beta is at most 180 degrees", by=[repeats(cosine, pi, pi)])


def never_against(step, gradient):
    """step = -c gradient for no c > 0."""
    return generalize(entails([c > 0], step != -c * gradient), c)


def counterexample_zero_u():
    """u = 0 and grad = e1, with beta = pi: 0 = -c e1 only for c = 0."""
    at = {u: zero, grad: e1, beta: pi}
    return refuted(at, "u is not zero", by=[never_against(zero, e1)])


def counterexample_zero_gradient():
    """u = e1 and grad = 0, with beta = pi: e1 = -c 0 for no c."""
    at = {u: e1, grad: zero, beta: pi}
    return refuted(at, "the gradient is not zero", by=[never_against(e1, zero)])
