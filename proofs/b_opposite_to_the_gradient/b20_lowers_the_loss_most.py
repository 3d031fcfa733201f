"""b20. The step with the most negative dot product lowers the loss most.

Claim     If u.grad = -|u| |grad|, then L(theta + eta u) <= L(theta + eta v) for every v as long.
Article   B:51: to lower the loss as much as possible, u.grad should be as negative as possible, -k.
Idea      The dot product tells which step lowers the linear model most (b19). The loss agrees with
          it up to epsilon eta, and that decides only for small eta.
Notation  grad, or gradient(theta), the gradient at theta; delta, the delta of differentiability
          there; k = |u| |grad|; downhill(grad) = -grad/|grad|; x = e1.theta and y = e2.theta.
Verdict   FAILS for steps of one length, and for longer ones, where u.grad is as negative as one
          likes. Repair: for every other unit vector u, downhill does strictly better for all small
          eta; with a Lipschitz gradient up to (|grad| + u.grad)/lipschitz, and that is sharp.
"""

from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.losses.parabolas import ELLIPSES, bowl
from proofs.losses.saddles import tilted_saddle
from proofs.prelude import *
from strategies import lipschitz_losses, smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
theta, grad, u, v, p, q = vector("theta grad u v p q")
eta, lipschitz = real("eta lipschitz")

SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
DIFFERENTIABLE = {"L is differentiable at theta": SMOOTH}
BELOW_1 = {"eta is positive": eta > 0, "eta is below 1": eta < 1}
MINUS_K = {"u.grad is -k": inner(u, grad) == -norm(u) * norm(grad)}
CLAIM = Claim(
    for_all=[L, theta, grad, delta, u, v, eta],
    given={**DIFFERENTIABLE, **BELOW_1, **MINUS_K, "v is as long as u": norm(v) == norm(u)},
    then=L(theta + eta * u) <= L(theta + eta * v),
)

PARTS = {"loss": L, "point": theta, "gradient": grad, "modulus": delta}
START, STEEP = 12 * e1 + 5 * e2, 12 * e1 + 35 * e2
DOWN, HOME, AFTER_DOWN = Fraction(-13, 37) * STEEP, -START, Fraction(296622, 1369)


def identity_the_two_steps():
    """Both are 13 long. DOWN has the product -481, HOME -319; the loss is 319/2 before."""
    down = all_of(norm(DOWN) == 13, inner(DOWN, STEEP) == -481)
    home = all_of(norm(HOME) == 13, inner(HOME, STEEP) == -319, ELLIPSES(START + HOME) == 0)
    losses = (ELLIPSES(START) == Fraction(319, 2)) & (ELLIPSES(START + DOWN) == AFTER_DOWN)
    return evaluate(down & home & losses)


def counterexample_of_the_same_length():
    """(x^2 + 7 y^2)/2 at (12, 5), eta = 1/2: DOWN = eta u leads up to 216.7, HOME = eta v to 0."""
    at = ELLIPSES.at(START, **PARTS) | {u: 2 * DOWN, v: 2 * HOME, eta: Fraction(1, 2)}
    return CLAIM.fails(at)


# -------- a longer step, with a dot product that is more negative still
FOR_EVERY_LENGTH = Claim(
    for_all=CLAIM.for_all,
    given={**DIFFERENTIABLE, **BELOW_1, "u.grad is more negative": inner(u, grad) < inner(v, grad)},
    then=CLAIM.then,
)


def counterexample_for_every_length():
    """|theta|^2/2 at e1, eta = 1/2: u = -6 e1 raises it from 1/2 to 2, v = -2 e1 leads to 0."""
    at = bowl(1).at(e1, **PARTS) | {u: -6 * e1, v: -2 * e1, eta: Fraction(1, 2)}
    return FOR_EVERY_LENGTH.fails(at)


# -------- for all small eta, against one other unit vector u; the gap is u.grad - downhill.grad
downhill, gap = lambda grad: -grad / norm(grad), lambda u, grad: norm(grad) + inner(u, grad)
REPAIR = Claim(
    for_all=[L, theta, grad, delta, u],
    given={
        **DIFFERENTIABLE,
        "the gradient is not zero": grad != zero,
        "u is a unit vector": norm(u) == 1,
        "u is not against the gradient": u != downhill(grad),
    },
    then=for_all_small(lambda eta: L(theta + eta * downhill(grad)) < L(theta + eta * u)),
)
epsilon = gap(u, grad) / 3


def inequality_gap_is_positive():
    """|grad| + u.grad > 0, because u.grad = -|grad| only for u = -grad/|grad|."""
    return entails(REPAIR.hypotheses, gap(u, grad) > 0, by=[cauchy_schwarz(u, grad)])


def inequality_downhill_is_better():
    """With epsilon = gap / 3 the linear model errs by at most epsilon eta after either step."""
    near = [*REPAIR.hypotheses, eta > 0, eta < delta(epsilon)]
    better = L(theta + eta * downhill(grad)) < L(theta + eta * u)
    errors = [instance(SMOOTH, epsilon=epsilon, s=eta * step) for step in (u, downhill(grad))]
    return entails(near, better, by=[inequality_gap_is_positive(), *errors])


def theorem_repair():
    """eta0 = delta(epsilon) serves."""
    positive = [inequality_gap_is_positive(), instance(SMOOTH, epsilon=epsilon, s=zero)]
    serves = [
        witnessed(REPAIR.then, delta(epsilon)),
        generalize(inequality_downhill_is_better(), eta),
    ]
    return REPAIR.proved(by=[*positive, *serves])


def inhabited_repair():
    """|theta|^2/2 at e1, with u = e1."""
    return REPAIR.inhabited_by(bowl(1).at(e1, **PARTS) | {u: e1})


def search_smooth_losses():
    """On random smooth losses an eta0 is found below which downhill beats another direction."""
    parts = {"loss": L, "point": theta, "gradient": grad, "unit_direction": u}
    trials = starts(smooth_losses(dimensions=(2, 6)), opposite=False)
    known = ["L is differentiable at theta", "u is a unit vector"]
    return REPAIR.survives(trials, lambda start: start.gives(**parts), granted=known)


# -------- and how small, with a Lipschitz gradient
gradient, modulus = function("gradient", V >> V), function("modulus", (V, R) >> R)
KNOWN = ["L has its gradient everywhere", "the gradient is Lipschitz", "u is a unit vector"]
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
    then=L(theta + eta * downhill(gradient(theta))) < L(theta + eta * u),
)


def theorem_repair_lipschitz_gradient():
    """After either step the model errs by at most lipschitz eta^2 / 2, and lipschitz eta < gap."""
    steps = [eta * u, eta * downhill(gradient(theta))]
    errors = [descent_lemma(L, gradient, modulus, theta, step, lipschitz) for step in steps]
    return REPAIR_LIPSCHITZ_GRADIENT.proved(by=errors)


def inhabited_repair_lipschitz_gradient():
    """|theta|^2/2 at e1, with u = e1 and eta = 1/2 below the bound 2."""
    everywhere = PARTS | {"gradient": gradient, "modulus": modulus, "lipschitz": lipschitz}
    at = bowl(1).at(e1, **everywhere) | {u: e1, eta: Fraction(1, 2)}
    return REPAIR_LIPSCHITZ_GRADIENT.inhabited_by(at)


def search_lipschitz_losses():
    """On random losses with a Lipschitz gradient it is better up to nearly the bound."""
    parts = {"loss": L, "gradient": gradient, "lipschitz": lipschitz, "unit_direction": u}
    trials = starts(lipschitz_losses(dimensions=(2, 6)), opposite=False)
    bound = lambda start: start.of(start.gap(), over=start.loss.lipschitz)
    near = lambda start: start.gives(**parts, point=theta) | {eta: lambda: bound(start)}
    return REPAIR_LIPSCHITZ_GRADIENT.survives(trials, near, granted=KNOWN)


# -------- which no larger bound serves; the Hessian is diag(lipschitz, -lipschitz), u is across
TILTED, PLANE = tilted_saddle(p, q, lipschitz), {"p and q are orthonormal": orthonormal(p, q)}
THE_BOUND_IS_SHARP = Claim(
    for_all=[p, q, lipschitz, eta],
    given=PLANE | {"lipschitz is positive": lipschitz > 0, "eta is positive": eta > 0},
    then=all_of(
        differentiable_everywhere(TILTED.value, TILTED.gradient, TILTED.modulus),
        lipschitz_gradient(TILTED.gradient, lipschitz),
        TILTED.gradient(zero) == -p,
        iff(TILTED(eta * downhill(-p)) < TILTED(eta * q), eta < gap(q, -p) / lipschitz),
    ),
)


def theorem_the_bound_is_sharp():
    """The loss is lipschitz eta^2/2 - eta along p and -lipschitz eta^2/2 along q; the gap is 1."""
    return THE_BOUND_IS_SHARP.proved(by=[TILTED.smooth(), TILTED.steady()])


def inhabited_the_bound_is_sharp():
    """p = e1 and q = e2."""
    return THE_BOUND_IS_SHARP.inhabited_by({p: e1, q: e2, lipschitz: 1, eta: 1})
