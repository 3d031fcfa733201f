"""b06. A learning rate below 1 scales the step down.

Claim     The step eta u is shorter than u exactly if |eta| < 1.
Article   B:18, 21-22, 36: instead of huge strides, smaller steps are taken; the scalar eta that
          governs them is generally less than 1, so that the step is u scaled down.
Idea      |eta u| = |eta| |u|. But u itself is as long as the units of the loss and of the
          parameters make it; eta * lipschitz is the number that no change of units changes.
Notation  u, the step direction; lipschitz, a Lipschitz constant of the gradient; W, a run of
          gradient descent, W(k + 1) = W(k) - eta grad(W(k)).
Verdict   HOLDS. It is no promise about the loss: that eta < 1 is safe, or that only eta < 1 is, are
          misreadings, with u = -grad. What is safe is eta lipschitz < 2 (a14). c L has c lipschitz
          for its constant, and with eta / c the runs that L has with eta. M(phi) = L(c phi) has
          c^2 lipschitz, and c times a run on it with eta is one on L with c^2 eta.
"""

from proofs.a_why_gradient_descent_works.a14_one_learning_rate_for_every_start import (
    theorem_repair as theorem_repair_of_a14,
)  # fmt: skip
from proofs.background.b06_scalings import (
    constant_of_scaled_loss, constant_of_scaled_parameters, gradient_of_scaled_loss,
    gradient_of_scaled_parameters, runs_on_scaled_loss, runs_on_scaled_parameters, scaled_loss,
    scaled_parameters,
)  # fmt: skip
from proofs.lemmas.descent_lemma import steady_from_one_side
from proofs.losses.parabolas import bowl
from proofs.prelude import *

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
theta, u = vector("theta u")
eta, lipschitz = real("eta lipschitz")

CLAIM = Claim(
    for_all=[u, eta],
    given={"u is not zero": u != zero},
    then=iff(norm(eta * u) < norm(u), abs(eta) < 1),
)


def theorem_shorter():
    """|eta u| = |eta| |u|."""
    return CLAIM.proved()


def inhabited_by_a_unit_vector():
    """e1 is not zero."""
    return CLAIM.inhabited_by({u: e1, eta: Fraction(1, 2)})


def counterexample_zero_u():
    """Half of 0 is as long as 0."""
    return CLAIM.fails({u: zero, eta: Fraction(1, 2)}, without="u is not zero")


# -------- the misreading that eta < 1 is safe
SMOOTH = {"L has the gradient grad everywhere": differentiable_everywhere(L, grad, modulus)}
MISREADING_BELOW_1_IS_SAFE = Claim(
    for_all=[L, grad, modulus, theta, eta],
    given={
        **SMOOTH,
        "the gradient is not zero": grad(theta) != zero,
        "eta is positive": eta > 0,
        "eta is below 1": eta < 1,
    },
    then=L(theta - eta * grad(theta)) < L(theta),
)
PARTS = {"loss": L, "point": theta, "gradient": grad, "modulus": modulus}


def counterexample_misreading_below_1_is_safe():
    """2 |w|^2 from e1, where the gradient is 4 e1: eta = 3/4 leads to -2 e1, from loss 2 to 8."""
    return MISREADING_BELOW_1_IS_SAFE.fails(bowl(4).at(e1, **PARTS) | {eta: Fraction(3, 4)})


# -------- the misreading that only eta < 1 is
MISREADING_ONLY_BELOW_1_IS_SAFE = MISREADING_BELOW_1_IS_SAFE.but(
    without="eta is below 1",
    given={"the step lowers the loss": MISREADING_BELOW_1_IS_SAFE.then},
    then=eta < 1,
)


def counterexample_misreading_only_below_1_is_safe():
    """|w|^2 / 4 from e1, where the gradient is e1/2: eta = 2 leads to the minimum."""
    half = bowl(Fraction(1, 2)).at(e1, **PARTS)
    return MISREADING_ONLY_BELOW_1_IS_SAFE.fails(half | {eta: 2})


# -------- what is safe: eta lipschitz < 2
WHAT_IS_SAFE = MISREADING_BELOW_1_IS_SAFE.but(
    for_all=[L, grad, modulus, theta, eta, lipschitz],
    without="eta is below 1",
    given={
        "lipschitz is positive": lipschitz > 0,
        "grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "eta lipschitz is below 2": eta * lipschitz < 2,
    },
)
IN_THE_BOWL = bowl(1).at(e1, **PARTS, lipschitz=lipschitz) | {eta: 1}


def theorem_what_is_safe():
    """This is a14: eta < 2 / lipschitz serves every start with a gradient that is not zero."""
    loss = {"L": L, "grad": grad, "delta": modulus, "lipschitz": lipschitz}
    by_a14 = instance(theorem_repair_of_a14(), **loss, alpha=eta)
    one_sided, here = steady_from_one_side(grad, lipschitz), serves_every_start(L, grad, eta)
    return WHAT_IS_SAFE.proved(by=[by_a14, one_sided, instance(here, theta)])


def inhabited_what_is_safe():
    """|w|^2 / 2 with eta = 1 and lipschitz = 1."""
    return WHAT_IS_SAFE.inhabited_by(IN_THE_BOWL)


# -------- another unit of the loss
W, c = function("W", N >> V), real("c")
cL, cL_grad, cL_modulus = scaled_loss(L, grad, modulus)

ANOTHER_UNIT_OF_THE_LOSS = Claim(
    for_all=[L, grad, modulus, W, c, eta, lipschitz],
    given={**SMOOTH, "c is positive": c > 0},
    then=differentiable_everywhere(cL, cL_grad, cL_modulus)
    & iff(gradient_descent(W, grad, eta), gradient_descent(W, cL_grad, eta / c))
    & iff(lipschitz_gradient(grad, lipschitz), lipschitz_gradient(cL_grad, c * lipschitz))
    & (eta / c * (c * lipschitz) == eta * lipschitz),
)


def theorem_another_unit_of_the_loss():
    """The gradient of c L is c grad, and eta / c times that is eta grad."""
    smooth, runs = gradient_of_scaled_loss(L, grad, modulus), runs_on_scaled_loss(W, grad, eta)
    steady = constant_of_scaled_loss(grad, lipschitz)
    return ANOTHER_UNIT_OF_THE_LOSS.proved(by=[smooth, runs, steady])


def inhabited_another_unit_of_the_loss():
    """|w|^2 / 2 with c = 2."""
    return ANOTHER_UNIT_OF_THE_LOSS.inhabited_by(IN_THE_BOWL | {c: 2})


# -------- another unit of the parameters
M, M_grad, M_modulus = scaled_parameters(L, grad, modulus)
cW = fun(N, lambda k: c * W(k))

ANOTHER_UNIT_OF_THE_PARAMETERS = ANOTHER_UNIT_OF_THE_LOSS.but(
    then=differentiable_everywhere(M, M_grad, M_modulus)
    & iff(gradient_descent(W, M_grad, eta), gradient_descent(cW, grad, c**2 * eta))
    & iff(lipschitz_gradient(grad, lipschitz), lipschitz_gradient(M_grad, c**2 * lipschitz)),
)


def theorem_another_unit_of_the_parameters():
    """The gradient of M is phi |-> c grad(c phi), and c eta times that is c^2 eta grad(c phi)."""
    smooth = gradient_of_scaled_parameters(L, grad, modulus)
    runs = runs_on_scaled_parameters(W, grad, eta)
    steady = constant_of_scaled_parameters(grad, lipschitz)
    return ANOTHER_UNIT_OF_THE_PARAMETERS.proved(by=[smooth, runs, steady])
