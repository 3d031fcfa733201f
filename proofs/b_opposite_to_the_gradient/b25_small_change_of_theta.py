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

from proofs.a_why_gradient_descent_works.a06_differentiable_at_the_start_is_enough import (
    CUSP, continuous_by, proportional,
)  # fmt: skip
from proofs.a_why_gradient_descent_works.a07_first_order_expansion import (
    theorem_first_order_expansion,
)
from proofs.claims import Claim
from proofs.definitions import continuous, derivative_along, differentiable
from proofs.kernel import (
    R, V, choose, e1, e2, entails, exists, forall, fun, function, generalize, iff, implies, inner,
    instance, norm, real, vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.descents import for_each
from proofs.lemmas.inner_products import norm_scaling
from proofs.lemmas.linear_models import error_is_small, some_d_for_each_epsilon
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from proofs.lemmas.small_steps import refuted_at

L, delta, mu = function("L", V >> R), function("delta", R >> R), function("mu", R >> R)
theta, grad, u, s = vector("theta grad u s")
epsilon, d, eta, h = real("epsilon d eta h")


def change_is_known(loss, at, gradient, epsilon, d):
    """d > 0, and 0 < |eta u| < d implies |L(theta + eta u) - L(theta) - eta u.grad| <= epsilon |eta
    u|.
    """
    return (d > 0) & forall(V, R, lambda u, eta: implies(
        norm(eta * u) > 0, norm(eta * u) < d,
        abs(loss(at + eta * u) - loss(at) - eta * inner(u, gradient)) <= epsilon * norm(eta * u),
    ))  # fmt: skip


SMALL_REMAINDER = some_d_for_each_epsilon(error_is_small, L, theta, grad)  # in the notation of a07
SMALL_CHANGE = some_d_for_each_epsilon(change_is_known, L, theta, grad)

CLAIM = Claim(
    for_all=[L, theta, grad, delta],
    given={
        "L is differentiable at theta": differentiable(L, at=theta, gradient=grad, modulus=delta)
    },
    unsaid=["L is differentiable at theta"],
    then=SMALL_CHANGE,
)
THE_SAME_AS_A07 = Claim(for_all=[L, theta, grad], then=iff(SMALL_REMAINDER, SMALL_CHANGE))
PARTIALS_ALONE = CLAIM.but(
    for_all=[L, theta, grad, delta, mu],
    without="L is differentiable at theta",
    given={
        "L is continuous at theta": continuous(L, at=theta, modulus=mu),
        "L has a partial derivative in x": derivative_along(L, theta, grad, e1, delta),
        "L has a partial derivative in y": derivative_along(L, theta, grad, e2, delta),
    },
)


def inequality_same_d():
    """The same d serves for both, with s = eta u, and with u = s and eta = 1."""
    steps, changes = (
        error_is_small(L, theta, grad, epsilon, d),
        change_is_known(L, theta, grad, epsilon, d),
    )
    there = for_each(changes.args[1], u, eta, given=[steps], by=[instance(steps.args[1], eta * u)])
    back = for_each(steps.args[1], s, given=[changes], by=[instance(changes.args[1], s, 1)])
    return entails([], iff(steps, changes), by=[there, back])


def carried_over(known, wanted):
    """some_d_for_each_epsilon(known) |- some_d_for_each_epsilon(wanted)."""
    given = some_d_for_each_epsilon(known, L, theta, grad)
    found = exists(R, lambda d: known(L, theta, grad, epsilon, d))
    sought = exists(R, lambda d: wanted(L, theta, grad, epsilon, d))
    serves = entails(
        [known(L, theta, grad, epsilon, d)], sought, by=[witnessed(sought, d), inequality_same_d()]
    )
    there = entails([given, epsilon > 0], found, by=[instance(given, epsilon)])
    return generalize(choose(there, serves, d), epsilon)


def theorem_the_same_as_a07():
    """One d for each epsilon, in either notation."""
    there, back = (
        carried_over(error_is_small, change_is_known),
        carried_over(change_is_known, error_is_small),
    )
    return THE_SAME_AS_A07.proved(by=[there, back])


def theorem_small_change():
    """This is a07, in this notation."""
    a07 = instance(theorem_first_order_expansion(), L, theta, grad, delta)
    return CLAIM.proved(by=[a07, instance(theorem_the_same_as_a07(), L, theta, grad)])


def inhabited_by_a_linear_loss():
    """L = x at 0."""
    linear = fun(V, lambda theta: inner(e1, theta))
    smooth = differentiable_by_remainder(linear, zero, e1, 1, s)
    return CLAIM.inhabited_by(
        {L: linear, theta: zero, grad: e1, delta: quadratic_modulus(1)}, by=[smooth]
    )


ON_THE_CUSP = {
    L: CUSP,
    theta: zero,
    grad: e1 + e2,
    delta: fun(R, lambda epsilon: 1),
    mu: proportional(6),
}


def inequality_change_is_not_known():
    """x + y + 4 sqrt(|x y|) at 0, with (1, 1) for grad: eta (1, 1) raises it by 2 eta + 4 |eta|,
    not by about 2 eta.
    """
    known = change_is_known(CUSP, zero, e1 + e2, 1, d)
    off = entails(
        [], ~known, by=[instance(known.args[1], e1 + e2, d / 4), norm_scaling(d / 4, e1 + e2)]
    )
    return refuted_at(CLAIM.conclusion(ON_THE_CUSP), 1, by=[generalize(off, d)])


def counterexample_not_differentiable():
    """This loss of a06, with the vector (1, 1) of its partial derivatives for a gradient."""
    return CLAIM.fails_without(
        "L is differentiable at theta", ON_THE_CUSP, by=[inequality_change_is_not_known()]
    )


def counterexample_partial_derivatives():
    """It is continuous, and these are its partial derivatives: on the axes it is x + y."""
    axes = [derivative_along(CUSP, zero, e1 + e2, e, ON_THE_CUSP[delta]) for e in (e1, e2)]
    linear = [for_each(axis, epsilon, h) for axis in axes]
    by = [inequality_change_is_not_known(), continuous_by(CUSP, zero, 6), *linear]
    return PARTIALS_ALONE.fails(ON_THE_CUSP, by)
