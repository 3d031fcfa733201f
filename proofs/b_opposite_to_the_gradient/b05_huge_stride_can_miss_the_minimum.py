"""b05. A huge stride can miss the minimum.

Claim     On a quadratic loss, eta u leads past the minimizer on the line if and only if eta c >
          -u.grad, and to a higher loss than the one at theta if and only if eta c > -2 u.grad.
Article   B:16-17: huge strides along u are better avoided, since they have a chance of missing the
          absolute minimum.
Idea      Along the line the loss is L(theta) + t u.grad + t^2 c/2, a parabola that is least at
          -u.grad / c, and back at its first value at twice that.
Notation  grad, the gradient at theta, so that u.grad is the slope along u; H, the Hessian; c =
          u.H(u), the curvature along u; eta_star, where t |-> L(theta + t u) is least, so that eta
          > eta_star leads past the minimizer.
Verdict   HOLDS, in any inner-product space. Between one and two times eta_star a stride misses the
          minimum, and lowers the loss all the same.
"""

from fractions import Fraction

from proofs.claims import Claim
from proofs.definitions import linear, minimizer
from proofs.kernel import (
    R, V, e1, entails, forall, fun, function, generalize, iff, implies, inner, instance, real,
    replaced, substitute, vector,
)  # fmt: skip

L, H = function("L", V >> R), function("H", V >> V)
theta, u, grad = vector("theta u grad")
eta, eta_star, t, t_other = real("eta eta_star t t_other")

c, slope = inner(u, H(u)), inner(u, grad)
line = fun(R, lambda t: L(theta + t * u))
QUADRATIC = forall(V, lambda s: L(theta + s) == L(theta) + inner(s, grad) + inner(s, H(s)) / 2)
DOWNHILL = {
    "L is quadratic": QUADRATIC,
    "H is linear": linear(H),
    "u points downhill": slope < 0,
    "the curvature along u is positive": c > 0,
}

CLAIM = Claim(
    for_all=[L, theta, grad, H, u, eta_star, eta],
    given={
        **DOWNHILL,
        "eta_star is the minimizer on the line": minimizer(line, eta_star),
        "eta is positive": eta > 0,
    },
    then=iff(eta > eta_star, eta * c > -slope) & iff(line(eta) > L(theta), eta * c > -2 * slope),
)
THE_MINIMIZER_ON_THE_LINE = Claim(
    for_all=[L, theta, grad, H, u, t], given=DOWNHILL, then=iff(minimizer(line, t), t == -slope / c)
)
MISREADING_PAST_MEANS_HIGHER = CLAIM.but(then=implies(eta > eta_star, line(eta) > L(theta)))


def inequality_loss_on_the_line():
    """L(theta + t u) = L(theta) + t u.grad + t^2 c/2, because H(t u) = H(u + (t - 1) u) = t
    H(u).
    """
    scaled = entails([linear(H)], H(t * u) == t * H(u), by=[instance(linear(H), u, t - 1, u)])
    curvature = replaced(lambda y: inner(t * u, H(t * u)) == inner(t * u, y), H(t * u), t * H(u))
    parabola = L(theta) + t * slope + t**2 * c / 2
    return entails(
        [QUADRATIC, linear(H)],
        line(t) == parabola,
        by=[instance(QUADRATIC, t * u), scaled, curvature],
    )


def loss_at(time):
    """The same at another t."""
    return substitute(inequality_loss_on_the_line(), {t: time})


def theorem_the_minimizer_on_the_line():
    """From t = -u.grad / c to another t', L(theta + t' u) = L(theta + t u) + c (t' - t)^2 / 2."""
    given = THE_MINIMIZER_ON_THE_LINE.hypotheses
    lowest = -slope / c
    values = [loss_at(t), loss_at(t_other), loss_at(lowest)]
    least = entails([*given, t == lowest], line(t) <= line(t_other), by=values)
    only = entails(
        [*given, minimizer(line, t)],
        t == lowest,
        by=[*values, instance(minimizer(line, t), lowest)],
    )
    return THE_MINIMIZER_ON_THE_LINE.proved(by=[generalize(least, t_other), only])


def theorem_missing_the_minimum():
    """eta_star c = -u.grad; and L(theta + eta u) > L(theta) is u.grad + eta c/2 > 0, as eta > 0."""
    lowest = instance(theorem_the_minimizer_on_the_line(), L, theta, grad, H, u, eta_star)
    return CLAIM.proved(by=[lowest, loss_at(eta)])


BOWL = fun(V, lambda w: inner(w, w) / 2)
INTO_THE_BOWL = {
    L: BOWL,
    theta: e1,
    grad: e1,
    H: fun(V, lambda w: w),
    u: -e1,
    t: 1,
    eta_star: 1,
    eta: Fraction(3, 2),
}


def inequality_least_at_one():
    """For L = |w|^2 / 2, theta = e1 and u = -e1, L(theta + t u) is 0 at t = 1, and never less."""
    return generalize(entails([], BOWL(e1 + 1 * -e1) <= BOWL(e1 + t * -e1)), t)


def inhabited_by_a_bowl():
    """|w|^2 / 2 at e1, where the gradient is e1, with the Hessian 1 and u = -e1."""
    return CLAIM.inhabited_by(INTO_THE_BOWL, by=[inequality_least_at_one()])


def inhabited_the_minimizer_on_the_line():
    """The same."""
    return THE_MINIMIZER_ON_THE_LINE.inhabited_by(INTO_THE_BOWL)


def counterexample_past_and_lower():
    """There eta = 3/2 leads past the minimum to -e1/2, and the loss falls from 1/2 to 1/8."""
    return MISREADING_PAST_MEANS_HIGHER.fails(INTO_THE_BOWL, by=[inequality_least_at_one()])
