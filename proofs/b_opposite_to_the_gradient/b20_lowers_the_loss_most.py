"""b20. The step with the most negative dot product lowers the loss most.

Claim     If u.grad = -|u| |grad|, then L(theta + eta u) <= L(theta + eta v) for every v as long.
Article   B:51: to lower the loss as much as possible, u.grad should be as negative as possible, -k.
Idea      The dot product tells which step lowers the linear model most (b19). The loss agrees with
          it up to epsilon eta, and that decides only for small eta.
Notation  grad, or gradient(theta), the gradient at theta; delta, the delta of differentiability
          there; k = |u| |grad|; downhill(grad) = -grad/|grad|; x = e1.theta and y = e2.theta.
Verdict   FAILS for steps of one length, safe ones too, and for longer ones; and no eta0 serves for
          all unit vectors u at once. Repairs: downhill does strictly better than any other u for
          all eta below some eta0(u), and one eta0 serves for all u that are at least omega away
          from it; with a Lipschitz gradient it does below (|grad| + u.grad)/lipschitz,
          which is sharp for u.grad >= 0, and never attained for u.grad < 0, and below |grad| |u -
          downhill|/(2 lipschitz), also where that is larger. For all u and eta at once it is at
          most lipschitz eta^2 worse than u.
"""

from proofs.background.b20_downhill.at_the_bound import better_at_the_bound
from proofs.background.b20_downhill.chord import better_by_the_chord
from proofs.background.b20_downhill.extremal import extremal
from proofs.background.b20_downhill.pointwise import (
    better_than_all_away, downhill_is_better, downhill_is_better_than_all_away,
    never_best_on_the_sloping_saddle,
)  # fmt: skip
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.small_steps import never_for_all_small
from proofs.losses.parabolas import ELLIPSES, bowl
from proofs.losses.saddles import SLOPING_SADDLE
from proofs.prelude import *
from strategies import lipschitz_losses, mixed, smooth_losses, starts

L, delta = function("L", V >> R), function("delta", R >> R)
theta, grad, u, v = vector("theta grad u v")
eta, lipschitz, omega = real("eta lipschitz omega")

SMOOTH = differentiable(L, at=theta, gradient=grad, modulus=delta)
KNOWN = {"loss": L, "point": theta, "lipschitz": lipschitz, "unit_direction": u}
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
DOWN, HOME = Fraction(-1, 4) * STEEP, Fraction(-37, 52) * START


def identity_the_two_steps():
    """Both are 37/4 long; from 319/2 DOWN leads to 2871/32, about 90, HOME to 71775/5408, 13."""
    down = (norm(DOWN) == Fraction(37, 4)) & (ELLIPSES(START + DOWN) == Fraction(2871, 32))
    home = (norm(HOME) == Fraction(37, 4)) & (ELLIPSES(START + HOME) == Fraction(71775, 5408))
    return evaluate(down & home & (ELLIPSES(START) == Fraction(319, 2)))


def counterexample_of_the_same_length():
    """(x^2 + 7 y^2)/2 at (12, 5), eta = 1/4: eta u = -eta grad is DOWN, and eta v is HOME."""
    at = ELLIPSES.at(START, **PARTS) | {u: 4 * DOWN, v: 4 * HOME, eta: Fraction(1, 4)}
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
DIRECTION = {"the gradient is not zero": grad != zero, "u is a unit vector": norm(u) == 1}
REPAIR = Claim(
    for_all=[L, theta, grad, delta, u],
    given={**DIFFERENTIABLE, **DIRECTION, "u is not against the gradient": u != downhill(grad)},
    then=for_all_small(lambda eta: L(theta + eta * downhill(grad)) < L(theta + eta * u)),
)


def theorem_repair():
    """The gap is positive, and below eta0 = delta(gap/3) the model errs by a third of it."""
    return REPAIR.proved(by=[downhill_is_better()])


def inhabited_repair():
    """|theta|^2/2 at e1, with u = e1."""
    return REPAIR.inhabited_by(bowl(1).at(e1, **PARTS) | {u: e1})


def search_smooth_losses():
    """On random smooth losses an eta0 is found below which downhill beats another direction."""
    parts = {"loss": L, "point": theta, "gradient": grad, "unit_direction": u}
    trials = starts(smooth_losses(dimensions=(2, 6)), opposite=False)
    known = ["L is differentiable at theta", "u is a unit vector"]
    return REPAIR.survives(trials, lambda start: start.gives(**parts), granted=known)


# -------- one eta0 for all unit vectors u at once
def best(eta):
    """L(theta + eta downhill) <= L(theta + eta u) for every unit vector u."""
    lowest = L(theta + eta * downhill(grad))
    return forall(V, lambda u: implies(norm(u) == 1, lowest <= L(theta + eta * u)))


ONE_ETA0_FOR_ALL_U = Claim(
    for_all=[L, theta, grad, delta],
    given={**DIFFERENTIABLE, "the gradient is not zero": grad != zero},
    then=for_all_small(best),
)


def counterexample_one_eta0_for_all_u():
    """y + x y at 0: at each eta < 1, u = (2 t, t^2 - 1)/(1 + t^2) is better, where t = eta/2."""
    at = SLOPING_SADDLE.at(zero, **PARTS)
    return ONE_ETA0_FOR_ALL_U.fails(at, by=[never_best_on_the_sloping_saddle()])


# -------- for all unit vectors u that are at least omega > 0 away from downhill
REPAIR_AWAY_FROM_DOWNHILL = ONE_ETA0_FOR_ALL_U.but(
    for_all=[L, theta, grad, delta, omega],
    given={"omega is positive": omega > 0},
    then=for_all_small(lambda eta: better_than_all_away(L, theta, grad, omega, eta)),
)


def theorem_repair_away_from_downhill():
    """The gap is |grad| |u - downhill|^2/2, so that delta(|grad| omega^2/6) serves them all."""
    return REPAIR_AWAY_FROM_DOWNHILL.proved(by=[downhill_is_better_than_all_away()])


def inhabited_repair_away_from_downhill():
    """|theta|^2/2 at e1, with omega = 1."""
    return REPAIR_AWAY_FROM_DOWNHILL.inhabited_by(bowl(1).at(e1, **PARTS) | {omega: 1})


def counterexample_downhill_itself():
    """The same with omega = 0: downhill is not better than itself."""
    at = bowl(1).at(e1, **PARTS) | {omega: 0}
    itself = negation(better_than_all_away(at[L], e1, at[grad], 0, eta))
    never = never_for_all_small(
        REPAIR_AWAY_FROM_DOWNHILL.conclusion(at), eta, by=[witnessed(itself, downhill(at[grad]))]
    )
    return REPAIR_AWAY_FROM_DOWNHILL.fails(at, by=[never], without="omega is positive")


def search_away_from_downhill():
    """Random losses, with a Lipschitz gradient: up to |grad| max(omega, omega^2)/(2 lipschitz)."""
    rival = {"u is a unit vector": norm(u) == 1, "u is away": norm(u - downhill(grad)) >= omega}
    drawn = [L, theta, grad, delta, omega, u, lipschitz]
    bounds = [norm(grad) * size / (2 * lipschitz) for size in (omega, omega**2)]
    better = [L(theta + eta0 * downhill(grad)) < L(theta + eta0 * u) for eta0 in bounds]

    def values(start):
        almost = lambda: start.of(start.distance())
        return start.gives(**KNOWN, gradient=grad) | {omega: almost}

    return REPAIR_AWAY_FROM_DOWNHILL.but(for_all=drawn, given=rival).survives(
        starts(lipschitz_losses(dimensions=(2, 6)), opposite=False),
        lambda start: values(start.leaning()),
        granted=["L is differentiable at theta", "u is a unit vector"],
        then=all_of(*better),
    )


# -------- and how small, with a Lipschitz gradient
gradient, modulus = function("gradient", V >> V), function("delta", (V, R) >> R)
MODEL, slope, a = (L, gradient, modulus, theta), gradient(theta), downhill(gradient(theta))
CHORD = norm(slope) * norm(u - a)
REPAIR_LIPSCHITZ_GRADIENT = Claim(
    for_all=[L, gradient, modulus, theta, lipschitz, u, eta],
    given={
        "L has its gradient everywhere": differentiable_everywhere(L, gradient, modulus),
        "lipschitz is positive": lipschitz > 0,
        "the gradient is Lipschitz": lipschitz_gradient(gradient, lipschitz),
        "the gradient is not zero": slope != zero,
        "u is a unit vector": norm(u) == 1,
        "eta is positive": eta > 0,
        "eta is small": any_of(eta < gap(u, slope) / lipschitz, eta < CHORD / (2 * lipschitz)),
    },
    then=L(theta + eta * a) < L(theta + eta * u),
)


def theorem_repair_lipschitz_gradient():
    """By the error lipschitz eta^2 / 2 of the model after either step; or by that on the chord."""
    errors = [descent_lemma(*MODEL, eta * step, lipschitz) for step in (u, a)]
    chord = better_by_the_chord(*MODEL, u, eta, lipschitz)
    return REPAIR_LIPSCHITZ_GRADIENT.proved(by=[*errors, chord])


EVERYWHERE = PARTS | {"gradient": gradient, "modulus": modulus, "lipschitz": lipschitz}
IN_THE_BOWL = bowl(1).at(e1, **EVERYWHERE) | {u: e1, eta: Fraction(1, 2)}


def inhabited_repair_lipschitz_gradient():
    """|theta|^2/2 at e1, with u = e1 and eta = 1/2 below the bound 2."""
    return REPAIR_LIPSCHITZ_GRADIENT.inhabited_by(IN_THE_BOWL)


GRANTED = ["L has its gradient everywhere", "the gradient is Lipschitz", "u is a unit vector"]


def near(start):
    """Values for a start, with eta up to nearly the gap / lipschitz."""
    at_most = lambda: start.of(start.gap(over=start.loss.lipschitz))
    return start.gives(**KNOWN, gradient=gradient) | {eta: at_most}


def search_lipschitz_losses():
    """On random losses with a Lipschitz gradient it is better up to nearly the gap / lipschitz."""
    trials = starts(lipschitz_losses(dimensions=(2, 6)), opposite=False)
    return REPAIR_LIPSCHITZ_GRADIENT.survives(trials, near, granted=GRANTED)


# -------- where u.grad >= 0, no bound larger than the gap / lipschitz serves
EXTREMAL = extremal(downhill(grad), u, grad, lipschitz)
THE_BOUND_IS_SHARP = Claim(
    for_all=[grad, u, lipschitz, eta],
    given=DIRECTION
    | {
        "u.grad is not negative": inner(u, grad) >= 0,
        "lipschitz is positive": lipschitz > 0,
        "eta is positive": eta > 0,
    },
    then=all_of(
        differentiable_everywhere(EXTREMAL.value, EXTREMAL.gradient, EXTREMAL.modulus),
        lipschitz_gradient(EXTREMAL.gradient, lipschitz),
        EXTREMAL.gradient(zero) == grad,
        iff(EXTREMAL(eta * downhill(grad)) < EXTREMAL(eta * u), eta < gap(u, grad) / lipschitz),
    ),
)


def theorem_the_bound_is_sharp():
    """It is lipschitz eta^2/2 - eta |grad| downhill, and eta u.grad - lipschitz eta^2/2 along u."""
    return THE_BOUND_IS_SHARP.proved(by=[EXTREMAL.smooth(), EXTREMAL.steady()])


def inhabited_the_bound_is_sharp():
    """grad = e1 and u = e2."""
    return THE_BOUND_IS_SHARP.inhabited_by({grad: e1, u: e2, lipschitz: 1, eta: 1})


# -------- where u.grad < 0, that bound serves as well
AT_THE_BOUND = REPAIR_LIPSCHITZ_GRADIENT.but(
    without="eta is small",
    given={
        "eta is the bound": eta == gap(u, slope) / lipschitz,
        "u.grad is negative": inner(u, slope) < 0,
    },
)


def theorem_at_the_bound():
    """Else the gradient would change by lipschitz eta |u + downhill| from one end to the other."""
    return AT_THE_BOUND.proved(by=[better_at_the_bound()])


def inhabited_at_the_bound():
    """|theta|^2/2 at e1, with u = (-3 e1 + 4 e2)/5 and eta = 2/5."""
    obtuse = {u: (-3 * e1 + 4 * e2) / 5, eta: Fraction(2, 5)}
    return AT_THE_BOUND.inhabited_by(IN_THE_BOWL | obtuse)


def counterexample_at_the_bound():
    """The extremal loss for grad = e1 and u = e2, with lipschitz = 1 and eta = 1."""
    at = extremal(downhill(e1), e2, e1, 1).at(zero, **EVERYWHERE) | {u: e2, eta: 1}
    return AT_THE_BOUND.fails(at, without="u.grad is negative")


def search_at_the_bound():
    """On random losses with a Lipschitz gradient; on some of them u.grad is very nearly 0."""

    def values(start):
        bound = lambda: start.gap(over=start.loss.lipschitz)
        return start.gives(**KNOWN, gradient=gradient) | {eta: bound}

    trials = starts(lipschitz_losses(dimensions=(2, 6)), opposite=False)
    granted = [*GRANTED, "eta is the bound"]
    return AT_THE_BOUND.survives(trials, lambda start: values(start.leaning()), granted=granted)


# -------- for every eta and all unit vectors u at once, up to lipschitz eta^2
REPAIR_FOR_ALL_U = REPAIR_LIPSCHITZ_GRADIENT.but(
    without="eta is small", then=L(theta + eta * a) <= L(theta + eta * u) + lipschitz * eta**2
)


def theorem_repair_for_all_u():
    """u.grad >= -|grad|, and after either step the model errs by at most lipschitz eta^2 / 2."""
    errors = [descent_lemma(*MODEL, eta * step, lipschitz) for step in (u, a)]
    return REPAIR_FOR_ALL_U.proved(by=[cauchy_schwarz(u, slope), *errors])


def inhabited_repair_for_all_u():
    """The same loss, u and eta."""
    return REPAIR_FOR_ALL_U.inhabited_by(IN_THE_BOWL)


def search_long_steps():
    """On random losses with a Lipschitz gradient; long steps on quadratics come near the bound."""
    far = lambda start: start.fraction * Fraction(4) ** (6 - start.steps)
    values = lambda start: start.gives(**KNOWN, gradient=gradient) | {eta: far(start)}
    quadratics = lipschitz_losses(dimensions=(2, 6), families=["quadratic"])
    trials = starts(mixed(lipschitz_losses(dimensions=(2, 6)), quadratics), opposite=False)
    return REPAIR_FOR_ALL_U.survives(trials, values, granted=GRANTED)
