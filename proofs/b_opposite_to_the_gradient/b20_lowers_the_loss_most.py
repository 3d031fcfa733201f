"""b20. The step with the most negative dot product lowers the loss most.

Claim     If u.grad = -|u| |grad|, then L(theta + eta u) <= L(theta + eta v) for every v as long as
          u.
Article   B:51: so that the loss decreases as much as possible, u.grad should be as negative as
          possible, -k.
Idea      The dot product tells which step lowers the linear model most (b19). The loss is another
          function: by differentiability the two agree up to epsilon eta, and that decides only for
          small eta.
Notation  grad, the gradient at theta, or gradient(theta) where it is needed elsewhere too; k = |u|
          |grad|; delta, the delta of differentiability at theta; against(grad) = -grad/|grad|; x =
          e1.theta and y = e2.theta.
Verdict   FAILS for steps of one length, and for longer steps, where u.grad can be as negative as
          one likes. Repair: for every other unit vector u there is eta0 > 0 such that against(grad)
          does strictly better for 0 < eta < eta0. With a Lipschitz gradient eta0 = (|grad| +
          u.grad) / lipschitz serves, and is sharp.
"""

from fractions import Fraction

from proofs.b_opposite_to_the_gradient.b19_change_is_most_negative_against_the_gradient import (
    inequality_opposed_vector, r,
)  # fmt: skip
from proofs.claims import Claim
from proofs.definitions import (
    differentiable,
    differentiable_everywhere,
    for_all_small,
    lipschitz_gradient,
    orthonormal,
)
from proofs.kernel import (
    R, V, all_of, e1, e2, entails, evaluate, fun, function, generalize, iff, inner, instance, norm,
    real, substitute, vector, witnessed, zero,
)  # fmt: skip
from proofs.lemmas.angles import opposite
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus
from proofs.lemmas.saddles import saddle, saddle_is_smooth
from proofs.lemmas.smooth_losses import bowl, bowl_is_smooth
from strategies import lipschitz_losses, smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
gradient, modulus = function("gradient", V >> V), function("modulus", (V, R) >> R)
theta, grad, u, v, s, p, q = vector("theta grad u v s p q")
eta, lipschitz = real("eta lipschitz")


def against(grad):
    """The unit vector against the gradient."""
    return -grad / norm(grad)


def gap(u, grad):
    """u.grad - against(grad).grad, which is positive for every other unit vector u."""
    return norm(grad) + inner(u, grad)


SMOOTH = {"L is differentiable at theta": differentiable(L, at=theta, gradient=grad, modulus=delta)}
BELOW_1 = {"eta is positive": eta > 0, "eta is below 1": eta < 1}
MINUS_K = {"u.grad is -k": inner(u, grad) == -norm(u) * norm(grad)}
CLAIM = Claim(
    for_all=[L, theta, grad, delta, u, v, eta],
    given={**SMOOTH, **BELOW_1, **MINUS_K, "v is as long as u": norm(v) == norm(u)},
    then=L(theta + eta * u) <= L(theta + eta * v),
)
FOR_EVERY_LENGTH = Claim(
    for_all=CLAIM.for_all,
    given={**SMOOTH, **BELOW_1, "u.grad is more negative": inner(u, grad) < inner(v, grad)},
    then=CLAIM.then,
)
REPAIR = Claim(
    for_all=[L, theta, grad, delta, u],
    given={
        **SMOOTH,
        "the gradient is not zero": grad != zero,
        "u is a unit vector": norm(u) == 1,
        "u is not against the gradient": u != against(grad),
    },
    then=for_all_small(lambda eta: L(theta + eta * against(grad)) < L(theta + eta * u)),
)
REPAIR_LIPSCHITZ_GRADIENT = Claim(
    for_all=[L, gradient, modulus, theta, lipschitz, u, eta],
    given={
        "L has its gradient everywhere": differentiable_everywhere(L, gradient, modulus),
        "lipschitz is positive": lipschitz > 0,
        "the gradient is Lipschitz": lipschitz_gradient(gradient, lipschitz),
        "the gradient is not zero": gradient(theta) != zero,
        "u is a unit vector": norm(u) == 1,
        "eta is positive": eta > 0,
        "eta is small": eta < gap(u, gradient(theta)) / lipschitz,
    },
    then=L(theta + eta * against(gradient(theta))) < L(theta + eta * u),
)

# The Hessian is diag(lipschitz, -lipschitz) along p and q; at 0 the gradient is -p, and u is q.
SADDLE, SLOPE, NEAR = saddle(p, q, lipschitz)
THE_BOUND_IS_SHARP = Claim(
    for_all=[p, q, lipschitz, eta],
    given={
        "p and q are orthonormal": orthonormal(p, q),
        "lipschitz is positive": lipschitz > 0,
        "eta is positive": eta > 0,
    },
    then=all_of(
        differentiable_everywhere(SADDLE, SLOPE, NEAR),
        lipschitz_gradient(SLOPE, lipschitz),
        SLOPE(zero) == -p,
        iff(SADDLE(eta * against(-p)) < SADDLE(eta * q), eta < gap(q, -p) / lipschitz),
    ),
)


def inequality_gap_is_positive():
    """|grad| + u.grad > 0, because u.grad = -|grad| only for u = -grad/|grad|."""
    return entails(
        REPAIR.hypotheses, gap(u, grad) > 0, by=[opposite(u, grad), cauchy_schwarz(u, grad)]
    )


def theorem_strictly_better():
    """With epsilon = gap / 3 the linear model errs by at most epsilon eta after either step: eta0 =
    delta(epsilon).
    """
    epsilon, smooth = gap(u, grad) / 3, REPAIR.given["L is differentiable at theta"]
    by = [inequality_gap_is_positive(), substitute(inequality_opposed_vector(), {r: 1})]
    for step in (u, against(grad)):
        by += [instance(smooth, epsilon, eta * step), norm_scaling(eta, step)]
    positive = entails(REPAIR.hypotheses, delta(epsilon) > 0, by)
    near = [*REPAIR.hypotheses, eta > 0, eta < delta(epsilon)]
    better = entails(near, L(theta + eta * against(grad)) < L(theta + eta * u), by)
    return REPAIR.proved(
        by=[witnessed(REPAIR.then, delta(epsilon)), positive, generalize(better, eta)]
    )


def theorem_strictly_better_below_the_bound():
    """By the descent lemma it errs by at most lipschitz eta^2 / 2, and lipschitz eta^2 < eta
    gap.
    """
    by = [substitute(inequality_opposed_vector(), {r: 1, grad: gradient(theta)})]
    for step in (u, against(gradient(theta))):
        by += [
            descent_lemma(L, gradient, modulus, theta, eta * step, lipschitz),
            norm_scaling(eta, step),
        ]
    return REPAIR_LIPSCHITZ_GRADIENT.proved(by)


def theorem_the_bound_is_sharp():
    """The loss is lipschitz eta^2 / 2 - eta along p and -lipschitz eta^2 / 2 along q; the gap is
    1.
    """
    return THE_BOUND_IS_SHARP.proved(by=saddle_is_smooth())


LOSS = fun(V, lambda w: (inner(e1, w) ** 2 + 7 * inner(e2, w) ** 2) / 2)
START, STEEP = 12 * e1 + 5 * e2, 12 * e1 + 35 * e2
DOWN, HOME = (
    -Fraction(13, 37) * STEEP,
    -START,
)  # two steps of length 13: against the gradient, and to the minimizer


def identity_the_two_steps():
    """DOWN has the dot product -481, and the loss goes from 319/2 up to 296622/1369; HOME has -319,
    and leads to 0.
    """
    lengths = (norm(DOWN) == 13) & (norm(HOME) == 13)
    products = (inner(DOWN, STEEP) == -481) & (inner(HOME, STEEP) == -319)
    after = (LOSS(START + DOWN) == Fraction(296622, 1369)) & (LOSS(START + HOME) == 0)
    return evaluate(all_of(lengths, products, LOSS(START) == Fraction(319, 2), after))


def counterexample_of_the_same_length():
    """(x^2 + 7 y^2)/2 at (12, 5), where grad = (12, 35): eta u = DOWN and eta v = HOME with eta =
    1/2.
    """
    by = [cauchy_schwarz(e1, s), cauchy_schwarz(e2, s)]
    smooth = differentiable_by_remainder(LOSS, START, STEEP, 4, s, by)
    at = {L: LOSS, theta: START, grad: STEEP, delta: quadratic_modulus(4), u: 2 * DOWN, v: 2 * HOME}
    return CLAIM.fails({**at, eta: Fraction(1, 2)}, by=[smooth])


AT_ONE = {L: bowl(1)[0], theta: e1, grad: e1, delta: quadratic_modulus(1), eta: Fraction(1, 2)}


def inequality_bowl_is_smooth():
    """|theta|^2 / 2 has at e1 the gradient e1."""
    return differentiable_by_remainder(bowl(1)[0], e1, e1, 1, s)


def counterexample_longer_step():
    """|theta|^2 / 2 at e1: u = -6 e1 leads to -2 e1, and the loss rises from 1/2 to 2; v = -2 e1
    leads to 0.
    """
    return FOR_EVERY_LENGTH.fails(
        {**AT_ONE, u: -6 * e1, v: -2 * e1}, by=[inequality_bowl_is_smooth()]
    )


def inhabited_repair():
    """|theta|^2 / 2 at e1, with u = e1."""
    return REPAIR.inhabited_by({**AT_ONE, u: e1}, by=[inequality_bowl_is_smooth()])


def inhabited_repair_lipschitz_gradient():
    """The same, with eta = 1/2 below the bound 2."""
    at = dict(zip((L, gradient, modulus), bowl(1), strict=True))
    return REPAIR_LIPSCHITZ_GRADIENT.inhabited_by(
        {**AT_ONE, **at, u: e1, lipschitz: 1}, by=bowl_is_smooth(1)
    )


def inhabited_the_bound_is_sharp():
    """p = e1 and q = e2."""
    return THE_BOUND_IS_SHARP.inhabited_by({p: e1, q: e2, lipschitz: 1, eta: 1})


def search_smooth_losses():
    """On random smooth losses an eta0 is found below which against(grad) does better than another
    unit vector.
    """
    return REPAIR.survives(
        starts(smooth_losses(dimensions=(2, 6)), opposite=False),
        lambda start: start.gives(loss=L, point=theta, gradient=grad, unit_direction=u),
        granted=["L is differentiable at theta", "u is a unit vector"],
    )


def search_lipschitz_losses():
    """On random losses with a Lipschitz gradient it does better up to nearly (|grad| + u.grad) /
    lipschitz.
    """

    def near_the_bound(start):
        given = start.gives(
            loss=L, gradient=gradient, point=theta, unit_direction=u, lipschitz=lipschitz
        )
        return given | {eta: lambda: start.of(start.gap(), over=start.loss.lipschitz)}

    known = ["L has its gradient everywhere", "the gradient is Lipschitz", "u is a unit vector"]
    losses = lipschitz_losses(dimensions=(2, 6))
    return REPAIR_LIPSCHITZ_GRADIENT.survives(
        starts(losses, opposite=False), near_the_bound, granted=known
    )
