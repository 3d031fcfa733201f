"""a01. The update rule makes the step -alpha g, and the derivative acts on a step s by g.s.

Claim     With w1 = w0 - alpha g, the step s = w1 - w0 is -alpha g, and |s| = |alpha| |g|.
Article   A:08-09, 15, 18: the update rule (1), the step vector, the derivative at w0, and the step
          put as -alpha g.
Idea      alpha |-> -alpha g multiplies lengths by |g|: where g != 0, the step is small exactly when
          alpha is. L'(w0) s is the slope of t |-> L(w0 + t s) at t = 0; differentiability at w0,
          asked about t s, gives g.s.
Notation  g = g(w0), the gradient at the start; delta(epsilon), the delta of the definition of
          differentiability at w0.
Verdict   DEFINITION of the step and of how the derivative acts on one, well typed in any
          inner-product space.
"""

from proofs.losses.lines import LINE
from proofs.prelude import *

w0, w1, s, g = vector("w0 w1 s g")
alpha = real("alpha")

CLAIM = Claim(
    for_all=[w0, w1, s, g, alpha],
    given={"the update rule": w1 == w0 - alpha * g, "s is the step": s == w1 - w0},
    then=(s == -alpha * g) & (norm(s) == abs(alpha) * norm(g)),
    defines="the step s",
)


def theorem_step():
    """s = w1 - w0 = w0 - alpha g - w0 = -alpha g, hence |s| = |-alpha g| = |alpha| |g|."""
    difference = replaced(lambda w: s == w - w0, w1, w0 - alpha * g)
    length = replaced(lambda v: norm(s) == norm(v), s, -alpha * g)
    return CLAIM.proved(by=[difference, length])


def inhabited_by_a_unit_step():
    """With g = e1, alpha = 1 leads from 0 to -e1."""
    return CLAIM.inhabited_by({w0: zero, w1: -e1, s: -e1, g: e1, alpha: 1})


# -------- the step is small exactly when alpha is
epsilon, d = real("epsilon d")
rate, step = fun(R, lambda alpha: alpha), fun(R, lambda alpha: -alpha * g)


def keeps_below(d, cause, effect, epsilon):
    """|effect(alpha)| < epsilon for every alpha with |cause(alpha)| < d."""
    return forall(R, lambda alpha: implies(norm(cause(alpha)) < d, norm(effect(alpha)) < epsilon))


def some_bound_keeps_below(cause, effect, epsilon):
    """There is d > 0 such that |cause(alpha)| < d implies |effect(alpha)| < epsilon."""
    return exists(R, lambda d: (d > 0) & keeps_below(d, cause, effect, epsilon))


def small_where(cause, effect):
    """For every epsilon > 0 there is such a d: the effect is small where the cause is."""
    some_bound = lambda epsilon: some_bound_keeps_below(cause, effect, epsilon)
    return forall(R, lambda epsilon: implies(epsilon > 0, some_bound(epsilon)))


SMALL_TOGETHER = Claim(
    for_all=[g],
    given={"the gradient is not zero": g != zero},
    then=small_where(rate, step) & small_where(step, rate),
)


def small_by(cause, effect, bound):
    """{g != 0} |- small_where(cause, effect), because d = bound serves for the symbol epsilon."""
    near = [g != zero, epsilon > 0, norm(cause(alpha)) < bound]
    small = generalize(entails(near, norm(effect(alpha)) < epsilon), alpha)
    some_bound = some_bound_keeps_below(cause, effect, epsilon)
    serves = witnessed(some_bound, bound)
    return generalize(entails([g != zero, epsilon > 0], some_bound, by=[serves, small]), epsilon)


def theorem_small_together():
    """d = epsilon / |g| serves for the step, and d = epsilon |g| for alpha."""
    step_by_rate = small_by(rate, step, epsilon / norm(g))
    rate_by_step = small_by(step, rate, epsilon * norm(g))
    return SMALL_TOGETHER.proved(by=[step_by_rate, rate_by_step])


def inhabited_small_together():
    """e1 is not zero."""
    return SMALL_TOGETHER.inhabited_by({g: e1})


def counterexample_small_together_at_a_zero_gradient():
    """If g = 0, alpha = 1 makes the step 0, below every d > 0: no d keeps |alpha| below 1."""
    no_step = fun(R, lambda alpha: -alpha * zero)
    one = witnessed(negation(keeps_below(d, no_step, rate, 1)), 1)
    no_bound = for_each(negation(some_bound_keeps_below(no_step, rate, 1)), d, by=[one])
    never = refuted_at(small_where(no_step, rate), 1, by=[no_bound])
    return SMALL_TOGETHER.fails({g: zero}, by=[never], without="the gradient is not zero")


# -------- the derivative acts on a step
L, delta = function("L", V >> R), function("delta", R >> R)
t = real("t")
SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
along = fun(R, lambda t: L(w0 + t * s))
share = fun(R, lambda epsilon: epsilon / (norm(s) + 1))
DERIVATIVE = Claim(
    for_all=[L, w0, g, delta, s],
    given={"L is differentiable at w0": SMOOTH},
    then=differentiable(
        along, at=0, gradient=inner(g, s), modulus=fun(R, lambda r: share(delta(share(r))))
    ),
)


def theorem_derivative():
    """|L(w0 + t s) - L(w0) - t g.s| <= epsilon / (|s| + 1) |t s| <= epsilon |t| for small t."""
    model_at_ts = instance(SMOOTH, epsilon=share(epsilon), s=t * s)
    accurate = for_each(DERIVATIVE.then, epsilon, t, given=[SMOOTH], by=[model_at_ts])
    return DERIVATIVE.proved(by=[accurate])


def inhabited_derivative():
    """L(w) = e1.w at 0, with the gradient e1, and the step e1."""
    at = LINE.at(zero, loss=L, point=w0, gradient=g, modulus=delta)
    return DERIVATIVE.inhabited_by(at | {s: e1})
