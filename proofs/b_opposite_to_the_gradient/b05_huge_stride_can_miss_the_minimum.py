"""b05. A huge stride can miss the minimum.

Claim     On a quadratic loss, eta u leads past the minimizer on the line if and only if
          eta c > -u.grad, and to a higher loss than the one at theta if and only if
          eta c > -2 u.grad.
Article   B:16-17: huge strides along u are better avoided, since they have a chance of missing the
          absolute minimum.
Idea      Along the line the loss is L(theta) + t u.grad + t^2 c/2, a parabola that is least at
          -u.grad / c, and back at its first value at twice that.
Notation  grad, the gradient at theta, so that u.grad is the slope along u; H, the Hessian;
          c = u.H(u), the curvature along u; eta_star, where t |-> L(theta + t u) is least, so that
          eta > eta_star leads past the minimizer.
Verdict   HOLDS, in any inner-product space. Between one and two times eta_star a stride misses the
          minimum, and lowers the loss all the same.
"""

from proofs.losses.parabolas import bowl
from proofs.prelude import *

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


def inequality_hessian_of_a_multiple():
    """H(t u) = H(u + (t - 1) u) = H(u) + (t - 1) H(u) = t H(u)."""
    split = instance(linear(H), u=u, c=t - 1, v=u)
    return entails([linear(H)], H(t * u) == t * H(u), by=[split])


def inequality_loss_on_the_line():
    """L(theta + t u) = L(theta) + t u.grad + t^2 c/2, a parabola in t."""
    bent = replaced(lambda y: inner(t * u, H(t * u)) == inner(t * u, y), H(t * u), t * H(u))
    by = [instance(QUADRATIC, t * u), inequality_hessian_of_a_multiple(), bent]
    return entails([QUADRATIC, linear(H)], line(t) == L(theta) + t * slope + t**2 * c / 2, by)


def loss_at(time):
    """The same at another t."""
    return substitute(inequality_loss_on_the_line(), {t: time})


def theorem_missing_the_minimum():
    """eta_star = -u.grad / c, as shown below; and the loss is higher where u.grad + eta c/2 > 0."""
    start = {"L": L, "theta": theta, "grad": grad, "H": H, "u": u}
    lowest = instance(theorem_the_minimizer_on_the_line(), **start, t=eta_star)
    return CLAIM.proved(by=[lowest, loss_at(eta)])


INTO_THE_BOWL = bowl(1).at(e1, loss=L, point=theta, gradient=grad) | {
    H: fun(V, lambda w: w),
    u: -e1,
    eta_star: 1,
    eta: Fraction(3, 2),
}


def inequality_least_at_one():
    """For L = |w|^2 / 2, theta = e1 and u = -e1, L(theta + t u) is 0 at t = 1, and never less."""
    return for_each(minimizer(fun(R, lambda t: bowl(1)(e1 + t * -e1)), 1), t)


def inhabited_by_a_bowl():
    """|w|^2 / 2 at e1, where the gradient is e1, with the Hessian 1 and u = -e1."""
    return CLAIM.inhabited_by(INTO_THE_BOWL, by=[inequality_least_at_one()])


# -------- where the minimizer on the line is
THE_MINIMIZER_ON_THE_LINE = Claim(
    for_all=[L, theta, grad, H, u, t], given=DOWNHILL, then=iff(minimizer(line, t), t == -slope / c)
)


def theorem_the_minimizer_on_the_line():
    """From the lowest t to another, L(theta + t' u) = L(theta + t u) + c (t' - t)^2 / 2."""
    given, lowest = THE_MINIMIZER_ON_THE_LINE.hypotheses, -slope / c
    there, elsewhere = loss_at(t), loss_at(t_other)
    least = entails([*given, t == lowest], line(t) <= line(t_other), by=[there, elsewhere])
    lower = [there, loss_at(lowest), instance(minimizer(line, t), lowest)]
    only = entails([*given, minimizer(line, t)], t == lowest, by=lower)
    return THE_MINIMIZER_ON_THE_LINE.proved(by=[generalize(least, t_other), only])


def inhabited_the_minimizer_on_the_line():
    """The same bowl, at t = 1."""
    return THE_MINIMIZER_ON_THE_LINE.inhabited_by(INTO_THE_BOWL | {t: 1})


# -------- past the minimum is not higher
MISREADING_PAST_MEANS_HIGHER = CLAIM.but(then=implies(eta > eta_star, line(eta) > L(theta)))


def counterexample_misreading_past_means_higher():
    """In the bowl eta = 3/2 leads past 0 to -e1/2, and the loss falls from 1/2 to 1/8."""
    return MISREADING_PAST_MEANS_HIGHER.fails(INTO_THE_BOWL, by=[inequality_least_at_one()])
