"""b06. A learning rate below 1 keeps the stride from being huge.

Claim     If u = -grad and 0 < eta < 1, then L(theta + eta u) < L(theta).
Article   B:18, 21-22, 36: instead of huge strides, smaller ones are taken; the scalar eta that
          governs them is generally less than 1, so that the step is u scaled down.
Idea      eta u is shorter than u if |eta| < 1. But u itself is as long as the units of the loss and
          of the parameters make it; eta * lipschitz is the number that no change of units changes.
Notation  u = -grad(theta), the step direction; lipschitz, a Lipschitz constant of the gradient; W,
          a run of gradient descent, W(k + 1) = W(k) - eta grad(W(k)).
Verdict   FAILS as a rule of safety: eta < 1 is neither enough nor needed. (As a convention it
          claims nothing.) Repairs: eta lipschitz < 2 is enough (a14). c L has c lipschitz for its
          constant, and with eta / c the runs that L has with eta. M(phi) = L(c phi) has c^2
          lipschitz, and c times a run on it with eta is one on L with c^2 eta.
"""

from proofs.a_why_gradient_descent_works.a14_one_learning_rate_for_every_start import (
    theorem_repair as theorem_repair_of_a14,
)  # fmt: skip
from proofs.background.b06_scalings import (
    constant_of_scaled_loss, constant_of_scaled_parameters, gradient_of_scaled_loss,
    gradient_of_scaled_parameters, runs_on_scaled_loss, runs_on_scaled_parameters, scaled_loss,
    scaled_parameters,
)  # fmt: skip
from proofs.losses.parabolas import bowl
from proofs.prelude import *

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("modulus", (V, R) >> R)
theta = vector("theta")
eta, lipschitz = real("eta lipschitz")
u = -grad(theta)

SMOOTH = {"L has the gradient grad everywhere": differentiable_everywhere(L, grad, modulus)}
CLAIM = Claim(
    for_all=[L, grad, modulus, theta, eta],
    given={
        **SMOOTH,
        "the gradient is not zero": grad(theta) != zero,
        "eta is positive": eta > 0,
        "eta is small": eta < 1,
    },
    then=L(theta + eta * u) < L(theta),
)
PARTS = {"loss": L, "point": theta, "gradient": grad, "modulus": modulus}


def counterexample_not_enough():
    """2 |w|^2 from e1, where the gradient is 4 e1: eta = 3/4 leads to -2 e1, from loss 2 to 8."""
    return CLAIM.fails(bowl(4).at(e1, **PARTS) | {eta: Fraction(3, 4)})


# -------- nor is it needed
ONLY_BELOW_1 = CLAIM.but(
    without="eta is small", given={"the step lowers the loss": CLAIM.then}, then=eta < 1
)


def counterexample_only_below_1():
    """|w|^2 / 4 from e1, where the gradient is e1/2: eta = 2 leads to the minimum."""
    return ONLY_BELOW_1.fails(bowl(Fraction(1, 2)).at(e1, **PARTS) | {eta: 2})


# -------- what it does say: the step is shorter than u
v = vector("v")

SHORTER = Claim(
    for_all=[v, eta],
    given={"v is not zero": v != zero},
    then=iff(norm(eta * v) < norm(v), abs(eta) < 1),
)


def theorem_shorter():
    """|eta v| = |eta| |v|."""
    return SHORTER.proved()


def inhabited_shorter():
    """e1 is not zero."""
    return SHORTER.inhabited_by({v: e1, eta: Fraction(1, 2)})


# -------- repair: eta lipschitz < 2
REPAIR = CLAIM.but(
    for_all=[*CLAIM.for_all, lipschitz],
    without="eta is small",
    given={
        "lipschitz is positive": lipschitz > 0,
        "grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "eta lipschitz is small": eta * lipschitz < 2,
    },
)
IN_THE_BOWL = bowl(1).at(e1, **PARTS, lipschitz=lipschitz) | {eta: 1}


def theorem_repair():
    """This is a14: eta < 2 / lipschitz serves every start with a gradient that is not zero."""
    loss = {"L": L, "grad": grad, "modulus": modulus, "lipschitz": lipschitz}
    by_a14 = instance(theorem_repair_of_a14(), **loss, alpha=eta)
    return REPAIR.proved(by=[by_a14, instance(serves_every_start(L, grad, eta), theta)])


def inhabited_repair():
    """|w|^2 / 2 with eta = 1 and lipschitz = 1."""
    return REPAIR.inhabited_by(IN_THE_BOWL)


# -------- repair: another unit of the loss
W, c = function("W", N >> V), real("c")
cL, cL_grad, cL_modulus = scaled_loss(L, grad, modulus)

REPAIR_UNIT_OF_THE_LOSS = Claim(
    for_all=[L, grad, modulus, W, c, eta, lipschitz],
    given={**SMOOTH, "c is positive": c > 0},
    then=differentiable_everywhere(cL, cL_grad, cL_modulus)
    & iff(gradient_descent(W, grad, eta), gradient_descent(W, cL_grad, eta / c))
    & iff(lipschitz_gradient(grad, lipschitz), lipschitz_gradient(cL_grad, c * lipschitz))
    & (eta / c * (c * lipschitz) == eta * lipschitz),
)


def theorem_repair_unit_of_the_loss():
    """The gradient of c L is c grad, and eta / c times that is eta grad."""
    smooth, runs = gradient_of_scaled_loss(L, grad, modulus), runs_on_scaled_loss(W, grad, eta)
    steady = constant_of_scaled_loss(grad, lipschitz)
    return REPAIR_UNIT_OF_THE_LOSS.proved(by=[smooth, runs, steady])


def inhabited_repair_unit_of_the_loss():
    """|w|^2 / 2 with c = 2."""
    return REPAIR_UNIT_OF_THE_LOSS.inhabited_by(IN_THE_BOWL | {c: 2})


# -------- repair: another unit of the parameters
M, M_grad, M_modulus = scaled_parameters(L, grad, modulus)
cW = fun(N, lambda k: c * W(k))

REPAIR_UNIT_OF_THE_PARAMETERS = REPAIR_UNIT_OF_THE_LOSS.but(
    then=differentiable_everywhere(M, M_grad, M_modulus)
    & iff(gradient_descent(W, M_grad, eta), gradient_descent(cW, grad, c**2 * eta))
    & iff(lipschitz_gradient(grad, lipschitz), lipschitz_gradient(M_grad, c**2 * lipschitz)),
)


def theorem_repair_unit_of_the_parameters():
    """The gradient of M is phi |-> c grad(c phi), and c eta times that is c^2 eta grad(c phi)."""
    smooth = gradient_of_scaled_parameters(L, grad, modulus)
    runs = runs_on_scaled_parameters(W, grad, eta)
    steady = constant_of_scaled_parameters(grad, lipschitz)
    return REPAIR_UNIT_OF_THE_PARAMETERS.proved(by=[smooth, runs, steady])
