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

from fractions import Fraction

from proofs.a_why_gradient_descent_works.a14_one_learning_rate_for_every_start import (
    serves_every_start, theorem_lipschitz_gradient,
)  # fmt: skip
from proofs.claims import Claim
from proofs.definitions import differentiable_everywhere, gradient_descent, lipschitz_gradient
from proofs.kernel import (
    N,
    R,
    V,
    e1,
    entails,
    fun,
    function,
    iff,
    instance,
    norm,
    real,
    vector,
    zero,
)
from proofs.lemmas.inner_products import norm_scaling
from proofs.background.b06_scalings import (
    scaled_loss_facts,
    scaled_parameters_facts,
    scaled_loss,
    scaled_parameters,
)
from proofs.lemmas.smooth_losses import bowl, bowl_is_smooth

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("modulus", (V, R) >> R)
W, theta, v = function("W", N >> V), vector("theta"), vector("v")
eta, lipschitz, c = real("eta lipschitz c")
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
ONLY_BELOW_1 = CLAIM.but(
    without="eta is small", given={"the step lowers the loss": CLAIM.then}, then=eta < 1
)
SHORTER = Claim(
    for_all=[v, eta],
    given={"v is not zero": v != zero},
    then=iff(norm(eta * v) < norm(v), abs(eta) < 1),
)
REPAIR = CLAIM.but(
    for_all=[*CLAIM.for_all, lipschitz],
    without="eta is small",
    given={
        "lipschitz is positive": lipschitz > 0,
        "grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "eta lipschitz is small": eta * lipschitz < 2,
    },
)
c_times_L, L_at_c_times = scaled_loss(c, L, grad, modulus), scaled_parameters(c, L, grad, modulus)
REPAIR_UNIT_OF_THE_LOSS = Claim(
    for_all=[L, grad, modulus, W, c, eta, lipschitz],
    given={**SMOOTH, "c is positive": c > 0},
    then=differentiable_everywhere(*c_times_L)
    & iff(gradient_descent(W, grad, eta), gradient_descent(W, c_times_L[1], eta / c))
    & iff(lipschitz_gradient(grad, lipschitz), lipschitz_gradient(c_times_L[1], c * lipschitz))
    & (eta / c * (c * lipschitz) == eta * lipschitz),
)
REPAIR_UNIT_OF_THE_PARAMETERS = REPAIR_UNIT_OF_THE_LOSS.but(
    then=differentiable_everywhere(*L_at_c_times)
    & iff(
        gradient_descent(W, L_at_c_times[1], eta),
        gradient_descent(fun(N, lambda k: c * W(k)), grad, c**2 * eta),
    )
    & iff(
        lipschitz_gradient(grad, lipschitz), lipschitz_gradient(L_at_c_times[1], c**2 * lipschitz)
    ),
)


def theorem_shorter():
    """|eta v| = |eta| |v|."""
    return SHORTER.proved(by=[norm_scaling(eta, v)])


def theorem_eta_times_lipschitz():
    """This is a14: eta < 2 / lipschitz serves every start with a gradient that is not zero."""
    serves = instance(theorem_lipschitz_gradient(), L, grad, modulus, lipschitz, eta)
    small = entails([lipschitz > 0, eta * lipschitz < 2], eta < 2 / lipschitz)
    return REPAIR.proved(by=[serves, small, instance(serves_every_start(L, grad, eta), theta)])


def theorem_unit_of_the_loss():
    """The gradient of c L is c grad, and eta / c times that is eta grad: eta lipschitz is the
    same.
    """
    return REPAIR_UNIT_OF_THE_LOSS.proved(by=scaled_loss_facts(L, grad, modulus, lipschitz, W, eta))


def theorem_unit_of_the_parameters():
    """The gradient of phi |-> L(c phi) is c grad(c phi), and c eta times that is c^2 eta grad(c
    phi): as before.
    """
    return REPAIR_UNIT_OF_THE_PARAMETERS.proved(
        by=scaled_parameters_facts(L, grad, modulus, lipschitz, W, eta)
    )


def on_a_bowl(curvature):
    """curvature |w|^2 / 2, with the start e1 and c = 2."""
    at = dict(zip((L, grad, modulus), bowl(curvature), strict=True))
    return at | {theta: e1, lipschitz: curvature, c: 2, W: fun(N, lambda k: zero)}


def counterexample_not_enough():
    """2 |w|^2 from e1, with the gradient 4 e1: eta = 3/4 leads to -2 e1, and the loss rises from 2
    to 8.
    """
    return CLAIM.fails({**on_a_bowl(4), eta: Fraction(3, 4)}, by=bowl_is_smooth(4))


def counterexample_not_needed():
    """|w|^2 / 4 from e1, with the gradient e1/2: eta = 2 leads to the minimum."""
    return ONLY_BELOW_1.fails(
        {**on_a_bowl(Fraction(1, 2)), eta: 2}, by=bowl_is_smooth(Fraction(1, 2))
    )


def inhabited_shorter():
    """e1 is not zero."""
    return SHORTER.inhabited_by({v: e1, eta: Fraction(1, 2)})


def inhabited_eta_times_lipschitz():
    """|w|^2 / 2 with eta = 1."""
    return REPAIR.inhabited_by({**on_a_bowl(1), eta: 1}, by=bowl_is_smooth(1))


def inhabited_units():
    """The same, with c = 2: one bowl for both changes of units."""
    return REPAIR_UNIT_OF_THE_LOSS.inhabited_by({**on_a_bowl(1), eta: 1}, by=bowl_is_smooth(1))
