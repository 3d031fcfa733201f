"""b22. cos beta = -1 exactly where beta = 180 degrees, that is where u points opposite to the
gradient.

Claim     cos beta = -1 iff beta = pi iff u = -c grad for some c > 0.
Article   B:54-55: the cosine is -1 at 180 degrees, so u should be at 180 degrees to the gradient.
Idea      On [0, pi] the cosine is strictly decreasing, so that it is -1 at pi alone. And cos beta =
          -1 means u.grad = -|u| |grad|, where Cauchy-Schwarz is an equality (b15): u = -c grad with
          c = |u| / |grad|.
Notation  beta, any number with cos beta |u| |grad| = u.grad; pi = 180 degrees. cosine and pi stand
          for whatever has the properties used: that there are such is an axiom, on which only the
          witnesses rest.
Verdict   HOLDS_IF 0 <= beta <= pi, u != 0 and grad != 0, all unsaid; in any inner-product space.
"""

from proofs.claims import Claim
from proofs.definitions import is_cosine
from proofs.kernel import R, e1, entails, function, generalize, iff, inner, norm, real, vector, zero
from proofs.lemmas.angles import (
    against,
    against_by_lengths,
    minus_one_at_pi_alone,
    of_the_cosine,
    repeats,
)

cosine = function("cosine", R >> R)
u, grad = vector("u grad")
pi, beta, c = real("pi beta c")

COSINE = is_cosine(cosine, pi)
CLAIM = Claim(
    for_all=[cosine, pi, u, grad, beta],
    given={
        "the cosine": COSINE,
        "beta is an angle between u and the gradient": cosine(beta) * norm(u) * norm(grad)
        == inner(u, grad),
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
    return entails(
        CLAIM.hypotheses,
        iff(cosine(beta) == -1, against(u, grad)),
        by=[against_by_lengths(u, grad)],
    )


def theorem_angle_is_half_a_turn():
    """Both equivalences together."""
    both = [
        inequality_cosine_is_minus_one_at_pi_alone(),
        inequality_cosine_is_minus_one_against_the_gradient(),
    ]
    return CLAIM.proved(by=both)


def inhabited_by_opposite_vectors():
    """u = -e1 and grad = e1, with beta = pi."""
    return of_the_cosine(
        CLAIM.inhabited_by({u: -e1, grad: e1, beta: pi}, given=[COSINE]), cosine, pi
    )


def fails_for_the_cosine(name, at, by=()):
    """Without the hypothesis `name` the claim fails at these values, whatever cosine and pi are;
    and there are such.
    """
    return of_the_cosine(CLAIM.fails_without(name, at, by, given=[COSINE]), cosine, pi)


def counterexample_negative_angle():
    """u = -e1 and grad = e1, with beta = -pi: cos(-pi) = cos(-pi + 2 pi) = -1."""
    return fails_for_the_cosine(
        "beta is at least 0", {u: -e1, grad: e1, beta: -pi}, by=[repeats(cosine, pi, -pi)]
    )


def counterexample_one_turn_more():
    """u = -e1 and grad = e1, with beta = 3 pi: cos 3 pi = cos(pi + 2 pi) = -1."""
    at = {u: -e1, grad: e1, beta: 3 * pi}
    return fails_for_the_cosine("beta is at most 180 degrees", at, by=[repeats(cosine, pi, pi)])


def never_against(step, gradient):
    """step = -c gradient for no c > 0."""
    return generalize(entails([c > 0], step != -c * gradient), c)


def counterexample_zero_u():
    """u = 0 and grad = e1, with beta = pi: 0 = -c e1 only for c = 0."""
    return fails_for_the_cosine(
        "u is not zero", {u: zero, grad: e1, beta: pi}, by=[never_against(zero, e1)]
    )


def counterexample_zero_gradient():
    """u = e1 and grad = 0, with beta = pi: e1 = -c 0 for no c."""
    at = {u: e1, grad: zero, beta: pi}
    return fails_for_the_cosine("the gradient is not zero", at, by=[never_against(e1, zero)])
