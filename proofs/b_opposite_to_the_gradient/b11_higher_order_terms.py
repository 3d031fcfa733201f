"""b11. Since eta is below 1 and eta^2 far below 1, the higher-order terms can be ignored.

Claim     If 0 < eta < 1 and eta^2 <= 1 / 1000000, then L(theta + eta u) - L(theta) has the sign of
          eta u.grad.
Article   B:36-38: eta is usually below 1, eta^2 far below 1, so the higher-order terms might as
          well be ignored.
Idea      What is left out is compared with eta u.grad, not with 1: the second-order term is
          eta^2 u.Hess u / 2, and the curvature has no bound. A gradient that is Lipschitz on the
          way bounds it by lipschitz eta^2 |u|^2 / 2 (a07).
Notation  grad(w), the gradient at w; the rest, L(theta + eta u) - L(theta) - eta u.grad(theta), is
          all that is ignored.
Verdict   FAILS for 2001 |w|^2 / 2 at a unit vector, along -grad with eta = 1/1000, where the loss
          rises; for every eta there is such a loss. (Both premises are granted: eta < 1 alone does
          not put eta^2 far below 1.) Repair: with a gradient that is Lipschitz on
          the way, and for 0 < eta below the sharp bound 2 |u.grad| / (lipschitz |u|^2), the rest is
          smaller than eta u.grad, which decides the sign.
"""

from proofs.a_why_gradient_descent_works.a07_first_order_expansion import theorem_lipschitz_gradient
from proofs.lemmas.descent_lemma import smooth_on_segment, steady_on_segment
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import lipschitz_losses, starts

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
theta, u = vector("theta u")
eta, lipschitz = real("eta lipschitz")

change, slope = L(theta + eta * u) - L(theta), inner(u, grad(theta))
SAME_SIGN = iff(change < 0, slope < 0) & iff(change > 0, slope > 0)
CLAIM = Claim(
    for_all=[L, grad, modulus, theta, u, eta],
    given={
        "there is a gradient": differentiable_everywhere(L, grad, modulus),
        "eta is below 1": (eta > 0) & (eta < 1),
        "eta^2 is far below 1": eta**2 <= Fraction(1, 10**6),
    },
    then=SAME_SIGN,
)
PARTS = {"loss": L, "point": theta, "gradient": grad, "modulus": modulus, "lipschitz": lipschitz}
STEEP = bowl(2001).at(e1, **PARTS) | {u: -2001 * e1, eta: Fraction(1, 1000)}


def counterexample_loss_rises():
    """2001 |w|^2 / 2 rises from e1 to e1 + eta u = -1001/1000 e1, though u.grad = -2001^2 < 0."""
    return CLAIM.fails(STEEP)


# -------- the misreading that eta < 1 puts eta^2 far below 1
MISREADING_THEN_THE_SQUARE_IS_FAR_BELOW_1 = Claim(
    for_all=[eta], given={"eta is below 1": (eta > 0) & (eta < 1)}, then=eta**2 <= Fraction(1, 2)
)


def counterexample_misreading_then_the_square_is_far_below_1():
    """(9/10)^2 = 81/100."""
    return MISREADING_THEN_THE_SQUARE_IS_FAR_BELOW_1.fails({eta: Fraction(9, 10)})


# -------- whether the rest is the smaller part, whatever the sign
REST_IS_SMALLER = abs(change - eta * slope) < abs(eta * slope)
REST_IS_SMALLER_THAN_ETA_SLOPE = CLAIM.but(then=REST_IS_SMALLER)


def counterexample_rest_is_smaller_than_eta_slope():
    """There |eta u.grad| is 2001^2 / 1000, and the rest is eta^2 2001^3 / 2, or 2001/2000 of it."""
    return REST_IS_SMALLER_THAN_ETA_SLOPE.fails(STEEP)


# -------- however small eta is
def rises_along_minus_grad(c):
    """On c |w|^2 / 2 the step -eta grad(theta) = -eta c theta raises the loss."""
    loss, gradient = bowl(c).value, bowl(c).gradient
    return loss(theta + eta * -gradient(theta)) > loss(theta)


HOWEVER_SMALL_ETA = Claim(
    for_all=[theta, eta],
    given={"eta is positive": eta > 0, "theta is not the minimizer": theta != zero},
    then=exists(R, lambda c: (c > 0) & rises_along_minus_grad(c)),
)


def theorem_however_small_eta():
    """c = 3 / eta leads from theta to -2 theta."""
    return HOWEVER_SMALL_ETA.proved(by=[witnessed(HOWEVER_SMALL_ETA.then, 3 / eta)])


def inhabited_however_small_eta():
    """theta = e1, eta = 1/1000."""
    return HOWEVER_SMALL_ETA.inhabited_by({theta: e1, eta: Fraction(1, 1000)})


# -------- repair: a gradient that is Lipschitz on the way, and an eta that is small against it
way = (theta, eta * u)
BELOW = "eta is below its bound"
REPAIR = Claim(
    for_all=[L, grad, modulus, theta, u, eta, lipschitz],
    given={
        "L is differentiable on the way": differentiable_on_segment(L, grad, modulus, *way),
        "lipschitz is positive": lipschitz > 0,
        "the gradient is Lipschitz on the way": lipschitz_from_start(grad, lipschitz, *way),
        "u is not zero": u != zero,
        "eta is positive": eta > 0,
        BELOW: eta < 2 * abs(slope) / (lipschitz * norm(u) ** 2),
    },
    then=REST_IS_SMALLER & SAME_SIGN,
)


def inequality_rest_is_smaller():
    """The rest is at most lipschitz |eta u|^2 / 2 by a07, below eta |u.grad| for such an eta."""
    there = {"L": L, "grad": grad, "delta": modulus, "w0": theta, "s": eta * u}
    by_a07 = instance(theorem_lipschitz_gradient(), **there, lipschitz=lipschitz)
    return entails(REPAIR.hypotheses, REST_IS_SMALLER, by=[by_a07])


def theorem_repair():
    """So the change lies between 0 and 2 eta u.grad."""
    return REPAIR.proved(by=[inequality_rest_is_smaller()])


def on_the_way(curvature, s):
    """curvature |w|^2 / 2 has its gradient, and that its constant, on the segment from e1 by s."""
    at = bowl(curvature).at(e1, **PARTS)
    smooth = smooth_on_segment(at[L], at[grad], at[modulus], start=e1, step=s)
    return [smooth, steady_on_segment(at[grad], at[lipschitz], start=e1, step=s)]


SHALLOW = bowl(1).at(e1, **PARTS) | {u: -e1}


def inhabited_repair():
    """|w|^2 / 2 from e1 along -e1, with eta = 1 and lipschitz = 1."""
    return REPAIR.inhabited_by(SHALLOW | {eta: 1}, by=on_the_way(1, -e1))


def counterexample_repair_bound_is_sharp():
    """There eta = 2 = 2 |u.grad| / (lipschitz |u|^2) leads to -e1, where the loss is the same."""
    return REPAIR.fails(SHALLOW | {eta: 2}, by=on_the_way(1, -2 * e1), without=BELOW)


def counterexample_repair_gradient_changes_faster():
    """On 2001 |w|^2 / 2, with lipschitz = 1, the bound is 2, and eta = 1/1000 raises the loss."""
    smooth, _ = on_the_way(2001, Fraction(-2001, 1000) * e1)
    steady = "the gradient is Lipschitz on the way"
    return REPAIR.fails(STEEP | {lipschitz: 1}, by=[smooth], without=steady)


def search_lipschitz_losses():
    """On random losses with a Lipschitz gradient the change has the sign of u.grad, up to nearly
    the stated eta.
    """

    def near_the_bound(start):
        curvature = start.loss.lipschitz * start.squared_length()
        given = start.gives(loss=L, gradient=grad, point=theta, direction=u, lipschitz=lipschitz)
        return given | {eta: lambda: start.of(2 * abs(start.slope()), over=curvature)}

    known = ["L is differentiable on the way", "the gradient is Lipschitz on the way"]
    return REPAIR.survives(starts(lipschitz_losses()), near_the_bound, granted=known)
