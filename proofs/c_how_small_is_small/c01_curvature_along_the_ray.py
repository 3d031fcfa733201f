"""c01. A learning rate is small enough for the curvature along the ray.

Question  A:09, 23; B:16-18: alpha is small, and huge strides are avoided. How small must the
          learning rate be at this start, rather than at every start?
Claim     If the curvature g.Hess(w0 - t g) g / |g|^2 is at most c + rho t |g| on the way:
          L(w0 - alpha g) < L(w0) for 0 < alpha < 4 / (c + sqrt(c^2 + 8 rho |g| / 3)).
Idea      The loss falls by at least alpha |g|^2 (1 - c alpha / 2 - rho |g| alpha^2 / 6), and the
          bound is where the bracket is 0.
Notation  g = grad(w0); Hess is the derivative of grad; c bounds the curvature at the start, and may
          be negative; rho bounds how fast it grows from there.
Verdict   HOLDS_IF the curvature is so bounded, g != 0 and alpha is below the bound, which is sharp,
          on -x + c x^2 / 2 + rho x^3 / 6 from 0. Neither 2 / c, which knows of the curvature at the
          start alone, nor twice the bound is safe.
"""

from proofs.background.c01_along_the_ray import (
    cubic_bends, cubic_hessian, falls_along_the_ray, grows_by_at_most, on_a_cubic,
)  # fmt: skip
from proofs.losses.cubics import climbing_cubic
from proofs.prelude import *
from strategies import smooth_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
Hess, mu = function("Hess", (V, V) >> V), function("mu", (V, R) >> R)
(w0, u), (c, rho, alpha, t) = vector("w0 u"), real("c rho alpha t")
g, step = grad(w0), -alpha * grad(w0)
FALLS = L(w0 + step) < L(w0)


def turns(w, grad=grad, Hess=Hess, mu=mu):
    """Hess(w, .) is the derivative of grad at w."""
    near = fun(R, lambda epsilon: mu(w, epsilon))
    return derivative_of_gradient(grad, w, fun(V, lambda v: Hess(w, v)), near)


BOUND = 4 / (c + sqrt(c**2 + 8 * rho * norm(g) / 3))
bracket = 1 - c * alpha / 2 - rho * norm(g) * alpha**2 / 6
CURVED, BELOW = "the curvature grows no faster than rho", "alpha is below the bound"
CLAIM = Claim(
    for_all=[L, grad, modulus, Hess, mu, w0, c, rho, alpha],
    given={
        "L is differentiable on the way": differentiable_on_segment(L, grad, modulus, w0, step),
        "so is grad": forall(R, lambda t: implies(t >= 0, t <= alpha, turns(w0 - t * g))),
        CURVED: forall(R, lambda t: implies(
            t >= 0, t <= alpha,
            inner(g, Hess(w0 - t * g, g)) <= (c + rho * t * norm(g)) * norm(g) ** 2,
        )),
        "rho is positive": rho > 0,
        "the gradient is not zero": g != zero,
        "alpha is positive": alpha > 0,
        BELOW: alpha < BOUND,
    },
    unsaid=[CURVED, "the gradient is not zero", BELOW],
    then=(L(w0 + step) <= L(w0) - alpha * bracket * norm(g) ** 2) & FALLS,
)  # fmt: skip


def inequality_grows_by_at_most():
    """By the mean value theorem: lowered by a cubic, f has no positive slope."""
    return grows_by_at_most()


def inequality_falls_along_the_ray():
    """So the slope of the loss lies below a parabola, as its derivative is the curvature, and then
    the loss below a cubic.
    """
    bent, curved = CLAIM.given["so is grad"], CLAIM.given[CURVED]
    return falls_along_the_ray(inequality_grows_by_at_most(), bent, curved)


def theorem_below_the_bound():
    """Below the bound the bracket is positive."""
    return CLAIM.proved(by=[inequality_falls_along_the_ray()])


def inhabited_by_a_cubic():
    """-x + x^2 / 2 + 9 x^3 / 6 from 0 with c = 1 and rho = 9: alpha = 1/2 is below 2/3."""
    return CLAIM.inhabited_by(on_a_cubic(Fraction(1, 2)))


def counterexample_alpha_too_large():
    """There alpha = 2/3 leads from 0 to 2/3, where the loss is 0 again."""
    return CLAIM.fails(on_a_cubic(Fraction(2, 3)), without=BELOW)


def counterexample_curvature_grows_faster():
    """With rho = 9/8, too small, the bound is 4/3; alpha = 1 leads to 1, where the loss is 1."""
    return CLAIM.fails(on_a_cubic(1) | {rho: Fraction(9, 8)}, without=CURVED)


def counterexample_zero_gradient():
    """-x + x^2 / 2 + 4 x^3 / 6 at 1/2: the step is zero."""
    return CLAIM.fails(on_a_cubic(1, e1 / 2, growth=4), without="the gradient is not zero")


def search_smooth_losses():
    """On random losses, with rates up to nearly the bound, c and rho enclosed by balls."""
    parts = {"loss": L, "gradient": grad, "point": w0}
    at = lambda start: start.gives(**parts) | start.ray(c, rho, alpha)
    drawn = ["L is differentiable on the way", "so is grad", CURVED]
    return CLAIM.survives(starts(smooth_losses()), at, granted=drawn)


# -------- neither the curvature at the start alone will do, nor twice the bound
MISREADING_CURVATURE_AT_THE_START = CLAIM.but(
    without=BELOW,
    given={
        "c is the curvature at the start": (inner(g, Hess(w0, g)) == c * norm(g) ** 2) & (c > 0),
        "alpha is below 2 / c": alpha < 2 / c,
    },
    then=FALLS,
)
MISREADING_TWICE_THE_LOCAL_BOUND = CLAIM.but(
    without=BELOW, given={"alpha is below twice the bound": alpha < 2 * BOUND}, then=FALLS
)


def counterexample_misreading_curvature_at_the_start():
    """The same cubic, whose curvature at 0 is 1: alpha = 1 leads to 1, where the loss is 1."""
    return MISREADING_CURVATURE_AT_THE_START.fails(on_a_cubic(1))


def counterexample_misreading_twice_the_local_bound():
    """And 1 is below 4/3."""
    return MISREADING_TWICE_THE_LOCAL_BOUND.fails(on_a_cubic(1))


# -------- the bound is sharp: where the curvature grows just as fast as it may
CUBIC, (bent, near) = climbing_cubic(u, c, rho), cubic_hessian(u, c, rho)
JUST_SO = forall(R, lambda t: inner(u, bent(t * u, u)) == c + rho * t)
BOUND_IS_SHARP = Claim(
    for_all=[u, c, rho, alpha],
    given={"|u| = 1": norm(u) == 1, "rho is positive": rho > 0, "alpha is positive": alpha > 0},
    then=differentiable_everywhere(CUBIC.value, CUBIC.gradient, CUBIC.modulus)
    & forall(V, lambda w: turns(w, CUBIC.gradient, bent, near))
    & JUST_SO
    & (CUBIC.gradient(zero) == -u)
    & iff(CUBIC(alpha * u) < CUBIC(zero), alpha < 4 / (c + sqrt(c**2 + 8 * rho / 3))),
)


def theorem_bound_is_sharp():
    """With x = u.w the loss is -x + c x^2 / 2 + rho x^3 / 6; a step leads from 0 to alpha u."""
    known = [CUBIC.smooth(), cubic_bends(), for_each(JUST_SO, t, given=[norm(u) == 1])]
    return BOUND_IS_SHARP.proved(by=known)


def inhabited_bound_is_sharp():
    """u = e1, c = 1, rho = 9, where the bound is 2/3."""
    return BOUND_IS_SHARP.inhabited_by({u: e1, c: 1, rho: 9, alpha: 1})
