"""b25. Of a small change of theta, the first-order expansion tells what it does to the loss.

Claim     L(theta + eta u) ~ L(theta) + eta u.grad: for every epsilon > 0 there is d > 0 such that 0
          < |eta u| < d implies |L(theta + eta u) - L(theta) - eta u.grad| <= epsilon |eta u|.
Article   B:33: Taylor's series tells the new value of the loss when theta is changed a little.
Idea      Every eta u is a step s, and every step s is 1 s: this is a07 in other letters.
Notation  theta is a07's w0, eta u its step s, and grad its g; delta and mu, the deltas of
          differentiability and of continuity at theta; x = e1.theta, y = e2.theta.
Verdict   HOLDS_IF L is differentiable at theta, which goes unsaid; continuity and the partial
          derivatives do not do.
"""

from proofs.a_why_gradient_descent_works.a07_first_order_expansion import (
    theorem_first_order_expansion,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.linear_models import (
    error_is_small, small_off_zero, some_d, some_d_for_each_epsilon,
)  # fmt: skip
from proofs.losses.kinks import CUSP
from proofs.losses.lines import LINE
from proofs.prelude import *

L, delta, mu = function("L", V >> R), function("delta", R >> R), function("mu", R >> R)
theta, grad, u, s = vector("theta grad u s")
epsilon, d, eta, h = real("epsilon d eta h")


def known_below(loss, at, gradient, epsilon, d):
    """0 < |eta u| < d implies |L(theta + eta u) - L(theta) - eta u.grad| <= epsilon |eta u|."""
    error = lambda u, eta: abs(loss(at + eta * u) - loss(at) - eta * inner(u, gradient))
    return forall(V, R, lambda u, eta: implies(
        norm(eta * u) > 0, norm(eta * u) < d, error(u, eta) <= epsilon * norm(eta * u),
    ))  # fmt: skip


def change_is_known(loss, at, gradient, epsilon, d):
    """d > 0, and the change is known to within epsilon |eta u| where 0 < |eta u| < d."""
    return (d > 0) & known_below(loss, at, gradient, epsilon, d)


SMALL_CHANGE = some_d_for_each_epsilon(change_is_known, L, theta, grad)
CLAIM = Claim(
    for_all=[L, theta, grad, delta],
    given={
        "L is differentiable at theta": differentiable(L, at=theta, gradient=grad, modulus=delta)
    },
    unsaid=["L is differentiable at theta"],
    then=SMALL_CHANGE,
)


def theorem_small_change():
    """This is a07, in this notation; that it says the same is shown below."""
    a07 = instance(theorem_first_order_expansion(), L=L, w0=theta, g=grad, delta=delta)
    same = instance(theorem_the_same_as_a07(), L=L, theta=theta, grad=grad)
    return CLAIM.proved(by=[a07, same])


PARTS = {"loss": L, "point": theta, "gradient": grad}


def inhabited_by_a_line():
    """L = x at 0."""
    return CLAIM.inhabited_by(LINE.at(zero, **PARTS, modulus=delta))


ON_THE_CUSP = CUSP.at(zero, **PARTS) | {delta: fun(R, lambda epsilon: 1)}


def inequality_change_is_not_known():
    """x + y + 4 sqrt(|x y|) at 0, with (1, 1) for grad: eta (1, 1) raises it by 2 eta + 4 |eta|."""
    known = change_is_known(CUSP, zero, e1 + e2, 1, d)
    raised = instance(known_below(CUSP, zero, e1 + e2, 1, d), u=e1 + e2, eta=d / 4)
    off = generalize(entails([], ~known, by=[raised]), d)
    return refuted_at(CLAIM.conclusion(ON_THE_CUSP), 1, by=[off])


def counterexample_not_differentiable():
    """This loss of a06, with the vector (1, 1) of its partial derivatives for a gradient."""
    unknown = inequality_change_is_not_known()
    return CLAIM.fails(ON_THE_CUSP, by=[unknown], without="L is differentiable at theta")


# -------- a07, in its own letters
SMALL_REMAINDER = some_d_for_each_epsilon(error_is_small, L, theta, grad)
THE_SAME_AS_A07 = Claim(for_all=[L, theta, grad], then=iff(SMALL_REMAINDER, SMALL_CHANGE))


def inequality_same_d():
    """The same d serves for both, with s = eta u, and with u = s and eta = 1."""
    of_d = (L, theta, grad, epsilon, d)
    steps, changes = error_is_small(*of_d), change_is_known(*of_d)
    below_d, known_below_d = small_off_zero(*of_d), known_below(*of_d)
    there = for_each(known_below_d, u, eta, given=[steps], by=[instance(below_d, eta * u)])
    of_s = instance(known_below_d, u=s, eta=1)
    back = for_each(below_d, s, given=[changes], by=[of_s])
    return entails([], iff(steps, changes), by=[there, back])


def in_other_letters(known, wanted):
    """some_d_for_each_epsilon(known) |- some_d_for_each_epsilon(wanted)."""
    given = some_d_for_each_epsilon(known, L, theta, grad)
    found, sought = (some_d(holds, L, theta, grad, epsilon) for holds in (known, wanted))
    same = [witnessed(sought, d), inequality_same_d()]
    serves = entails([known(L, theta, grad, epsilon, d)], sought, by=same)
    there = entails([given, epsilon > 0], found, by=[instance(given, epsilon)])
    return generalize(choose(there, serves, d), epsilon)


def theorem_the_same_as_a07():
    """One d for each epsilon, in either notation."""
    there = in_other_letters(error_is_small, change_is_known)
    back = in_other_letters(change_is_known, error_is_small)
    return THE_SAME_AS_A07.proved(by=[there, back])


# -------- continuity and partial derivatives in place of the gradient
PARTIALS_ALONE = CLAIM.but(
    for_all=[L, theta, grad, delta, mu],
    without="L is differentiable at theta",
    given={
        "L is continuous at theta": continuous(L, at=theta, modulus=mu),
        "L has a partial derivative in x": derivative_along(L, theta, grad, e1, delta),
        "L has a partial derivative in y": derivative_along(L, theta, grad, e2, delta),
    },
)


def counterexample_partials_alone():
    """It is continuous, and these are its partial derivatives: on the axes it is x + y."""
    at = ON_THE_CUSP | {mu: fun(R, lambda epsilon: epsilon / 6)}
    lengths = [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    unbroken = for_each(continuous(CUSP.value, zero, at[mu]), epsilon, s, by=lengths)
    # L(h e1) = L(h e2) = h, so that this is its derivative along e2 as well.
    along_an_axis = derivative_along(CUSP.value, zero, e1 + e2, e1, at[delta])
    by = [inequality_change_is_not_known(), unbroken, for_each(along_an_axis, epsilon, h)]
    return PARTIALS_ALONE.fails(at, by)
