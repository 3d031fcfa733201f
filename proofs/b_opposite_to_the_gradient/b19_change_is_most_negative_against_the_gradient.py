"""b19. Among steps of one length, the change is most negative where cos beta = -1.

Claim     Of all u with |u| = r, just one makes the change eta u.grad least: u = -(r/|grad|) grad,
          where u.grad = -k and cos beta = -1.
Article   B:49-52: the difference of the losses should be as negative as possible, so u.grad = -k
          and cos beta = -1.
Idea      By Cauchy-Schwarz (b15) u.grad >= -r |grad|, with equality only where |grad| u = -r grad.
Notation  eta u.grad, the change in the linear model L(theta) + eta u.grad; c = cos beta;
          k = |u| |grad| = r |grad|.
Verdict   HOLDS_IF |u| is held fixed, at some r > 0, and grad != 0. All three go unsaid. Without a
          fixed length there is no least change. B:50, that a more negative difference is a larger
          decrease, says the same thing twice.
"""

from proofs.lemmas.angles import opposite
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.prelude import *

u, v, grad = vector("u v grad")
eta, r, c, old, first, second = real("eta r c old first second")

opposed = -(r / norm(grad)) * grad
LEAST = forall(V, lambda v: implies(norm(v) == r, eta * inner(u, grad) <= eta * inner(v, grad)))
MINUS_K = inner(u, grad) == -r * norm(grad)
CLAIM = Claim(
    for_all=[u, grad, eta, r, c],
    given={
        "eta is positive": eta > 0,
        "c serves as cos beta": c * norm(u) * norm(grad) == inner(u, grad),
        "u has the length r": norm(u) == r,
        "r is positive": r > 0,
        "the gradient is not zero": grad != zero,
    },
    unsaid=["u has the length r", "r is positive", "the gradient is not zero"],
    then=(norm(opposed) == r)
    & iff(LEAST, MINUS_K)
    & iff(MINUS_K, c == -1)
    & iff(c == -1, u == opposed),
)
GIVEN = CLAIM.hypotheses


def inequality_opposed_vector():
    """-(r/|grad|) grad has the length r and the dot product -r |grad|."""
    reaches = (norm(opposed) == r) & (inner(opposed, grad) == -r * norm(grad))
    return entails([r > 0, grad != zero], reaches)


def inequality_least_change_is_minus_k():
    """Where u is least, u.grad <= -r |grad|, as the opposed vector has it; and nothing is below."""
    return entails([*GIVEN, LEAST], MINUS_K, by=[instance(LEAST, opposed), cauchy_schwarz(u, grad)])


def inequality_minus_k_is_least():
    """Where u.grad = -r |grad|, every v with |v| = r has v.grad >= -r |grad| = u.grad."""
    no_less = eta * inner(u, grad) <= eta * inner(v, grad)
    bounded = entails([eta > 0, norm(v) == r, MINUS_K], no_less, by=[cauchy_schwarz(v, grad)])
    return generalize(bounded, v)


def inequality_minus_k_is_taken_once():
    """u.grad = -r |grad| exactly where |grad| u = -r grad."""
    return entails(GIVEN, iff(MINUS_K, u == opposed), hints=[opposite(u, grad)])


def theorem_most_negative_against_the_gradient():
    """Least change, u.grad = -k, cos beta = -1 and u = -(r/|grad|) grad come to the same."""
    least = [inequality_least_change_is_minus_k(), inequality_minus_k_is_least()]
    return CLAIM.proved(by=least, hints=[inequality_minus_k_is_taken_once()])


def inhabited_by_a_unit_step():
    """grad = e1, u = -e1, eta = 1."""
    return CLAIM.inhabited_by({u: -e1, grad: e1, eta: 1, r: 1, c: -1})


def counterexample_longer_step():
    """grad = e1 and r = 1: u = -2 e1 has cos beta = -1, but u.grad = -2, not -r |grad|."""
    at = {u: -2 * e1, grad: e1, eta: 1, r: 1, c: -1}
    return CLAIM.fails(at, without="u has the length r")


def counterexample_no_step():
    """r = 0: u = 0 has u.grad = 0 = -k, with any c, here 2."""
    return CLAIM.fails({u: zero, grad: e1, eta: 1, r: 0, c: 2}, without="r is positive")


def counterexample_zero_gradient():
    """grad = 0: every u has u.grad = 0 = -k, with any c, here 2."""
    at = {u: e1, grad: zero, eta: 1, r: 1, c: 2}
    return CLAIM.fails(at, without="the gradient is not zero")


def counterexample_eta_zero():
    """eta = 0: every change is 0, along the gradient as well."""
    return CLAIM.fails({u: e1, grad: e1, eta: 0, r: 1, c: 1}, without="eta is positive")


# -------- without a fixed length
WITHOUT_A_FIXED_LENGTH = Claim(
    for_all=[u, grad, eta],
    given={"eta is positive": eta > 0, "the gradient is not zero": grad != zero},
    then=exists(V, lambda v: eta * inner(v, grad) < eta * inner(u, grad)),
)


def theorem_without_a_fixed_length():
    """There is no least change: at u - grad it is less than at u, by eta |grad|^2."""
    return WITHOUT_A_FIXED_LENGTH.proved(by=[witnessed(WITHOUT_A_FIXED_LENGTH.then, u - grad)])


def inhabited_without_a_fixed_length():
    """grad = e1, eta = 1."""
    return WITHOUT_A_FIXED_LENGTH.inhabited_by({u: zero, grad: e1, eta: 1})


# -------- what B:50 says
MORE_NEGATIVE_IS_A_LARGER_DECREASE = Claim(
    for_all=[old, first, second],
    then=iff(first - old < second - old, old - first > old - second),
)


def theorem_more_negative_is_a_larger_decrease():
    """The decrease is the difference with the other sign: a tautology."""
    return MORE_NEGATIVE_IS_A_LARGER_DECREASE.proved()
