"""b23. To lower the loss one should move opposite to the gradient.

Claim     If u is a direction of reduced loss, then u = -c grad with some c > 0.
Article   B:56-57: to come to a new theta with a lower loss, move in the opposite direction.
Idea      Every u with u.grad < 0 is a direction of reduced loss (b14), -grad among them. The linear
          model falls most along -grad among vectors of one Euclidean length (b19); in other norms
          other vectors are steepest.
Notation  u is steepest in the norm nu where nu(u) <= 1 and u.grad <= v.grad for every v with
          nu(v) <= 1; dual, the greatest of these v.grad. In R^n the gradient is d(0), ...,
          d(n - 1), and the vectors are sequences x; total(n, a) = a(0) + ... + a(n - 1).
Verdict   FAILS. Repairs: u.grad < 0 is enough, so the opposite direction is, and in the Euclidean
          norm it is the steepest. In any norm that is -q, where q attains the dual norm: -1 and 1
          against the signs of d in the max norm, and in the 1-norm -1 or 1 against the sign of a
          largest |d(i)|, otherwise 0.
"""

from proofs.b_opposite_to_the_gradient.b14_good_value_of_u import (
    inhabited_some_eta_is_small, theorem_some_eta_is_small,
)  # fmt: skip
from proofs.background.b23_steepest.in_coordinates import (
    against_each_sign, against_one_coordinate, in_the_cross_polytope, in_the_unit_cube, is_alone,
    is_largest, only_one, steepest_in_max_norm, steepest_in_one_norm, two_against_zero,
)  # fmt: skip
from proofs.background.b23_steepest.norms import (
    EUCLIDEAN, LOPSIDED, attains_dual_norm, dual_of_the_euclidean_norm, norms, steepest,
    steepest_in_any_norm, steepest_in_the_euclidean_norm, steepest_in_the_lopsided_norm,
)  # fmt: skip
from proofs.background.b23_steepest.sums import below, there_are_sums
from proofs.lemmas.angles import against, against_by_lengths
from proofs.losses.parabolas import bowl
from proofs.prelude import *
from strategies import smooth_losses, starts

L, delta, nu = function("L", V >> R), function("delta", R >> R), function("nu", V >> R)
theta, grad, u, p, q = vector("theta grad u p q")
c, eta, dual = real("c eta dual")

SMOOTH = {"L is differentiable at theta": differentiable(L, at=theta, gradient=grad, modulus=delta)}
NOT_ZERO = {"the gradient is not zero": grad != zero}
REDUCES = direction_of_reduced_loss(L, theta, u)
CLAIM = Claim(
    for_all=[L, theta, grad, delta, u],
    given={**SMOOTH, **NOT_ZERO, "u is a direction of reduced loss": REDUCES},
    then=against(u, grad),
)

LOSS, ETA0 = bowl(1), Fraction(480, 14401)
AT_ONE = LOSS.at(e1, loss=L, point=theta, gradient=grad, modulus=delta)
nearly_across = lambda p, q: Fraction(-240, 14401) * p + Fraction(14399, 14401) * q
lowers = lambda eta, p, q: LOSS(p + eta * nearly_across(p, q)) < LOSS(p)


def counterexample_nearly_across():
    """(x^2 + y^2)/2 at (1, 0), u = (-240, 14399)/14401: every eta below 480/14401 lowers it."""
    across = nearly_across(e1, e2)
    falls = generalize(entails([eta > 0, eta < ETA0], lowers(eta, e1, e2)), eta)
    reduced = witnessed(direction_of_reduced_loss(LOSS.value, e1, across), ETA0)
    return CLAIM.fails(AT_ONE | {u: across}, by=[reduced, falls, against_by_lengths(across, e1)])


# -------- the length of that direction, and just which eta lower the loss along it
A_DIRECTION_NEARLY_ACROSS = Claim(
    for_all=[p, q, eta],
    given={"p and q are orthonormal": orthonormal(p, q)},
    then=(norm(nearly_across(p, q)) == 1) & iff(lowers(eta, p, q), (eta > 0) & (eta < ETA0)),
)


def theorem_a_direction_nearly_across():
    """240^2 + 14399^2 = 14401^2, and |theta|^2/2 changes by eta^2/2 - 240 eta/14401 along u."""
    return A_DIRECTION_NEARLY_ACROSS.proved()


def inhabited_a_direction_nearly_across():
    """p = e1 and q = e2."""
    return A_DIRECTION_NEARLY_ACROSS.inhabited_by({p: e1, q: e2, eta: 1})


# -------- a negative dot product is enough
REPAIR = Claim(
    for_all=[L, theta, grad, delta, u],
    given={**SMOOTH, "u.grad is negative": inner(u, grad) < 0},
    then=REDUCES,
)


def theorem_repair():
    """This is b14: for small eta the model errs by less than half of what it promises."""
    return theorem_some_eta_is_small()


def inhabited_repair():
    """x^2 at (1, 0), as in b14."""
    return inhabited_some_eta_is_small()


def search_every_downhill_direction():
    """On random smooth losses with u.grad < 0 an eta0 is found below which every eta lowers it."""
    drawn = lambda start: start.gives(loss=L, point=theta, gradient=grad, direction=u)
    return REPAIR.survives(starts(smooth_losses()), drawn, granted=[*SMOOTH])


# -------- so the opposite direction is
REPAIR_OPPOSITE_IS_ENOUGH = Claim(
    for_all=[L, theta, grad, delta, c],
    given={**SMOOTH, **NOT_ZERO, "c is positive": c > 0},
    then=direction_of_reduced_loss(L, theta, -c * grad),
)


def theorem_repair_opposite_is_enough():
    """The dot product of -c grad with grad is -c |grad|^2 < 0."""
    downhill = instance(theorem_repair(), L=L, theta=theta, grad=grad, delta=delta, u=-c * grad)
    return REPAIR_OPPOSITE_IS_ENOUGH.proved(by=[downhill])


def inhabited_repair_opposite_is_enough():
    """|theta|^2 / 2 at e1, with c = 1."""
    return REPAIR_OPPOSITE_IS_ENOUGH.inhabited_by(AT_ONE | {c: 1})


def search_opposite_is_enough():
    """The same along -c grad with a random c > 0."""
    drawn = lambda start: start.gives(loss=L, point=theta, gradient=grad, fraction=c)
    return REPAIR_OPPOSITE_IS_ENOUGH.survives(starts(smooth_losses()), drawn, granted=[*SMOOTH])


# -------- and in the Euclidean norm it is the one that is steepest
REPAIR_STEEPEST_IN_THE_EUCLIDEAN_NORM = Claim(
    for_all=[u, grad],
    given=NOT_ZERO,
    then=iff(steepest(EUCLIDEAN, u, grad), u == -grad / norm(grad)),
)


def theorem_repair_steepest_in_the_euclidean_norm():
    """u.grad >= -|u| |grad| >= -|grad| where |u| <= 1, with equality for -grad/|grad| alone."""
    return REPAIR_STEEPEST_IN_THE_EUCLIDEAN_NORM.proved(by=[steepest_in_the_euclidean_norm()])


def inhabited_repair_steepest_in_the_euclidean_norm():
    """grad = e1."""
    return REPAIR_STEEPEST_IN_THE_EUCLIDEAN_NORM.inhabited_by({u: -e1, grad: e1})


# -------- in another norm
OPPOSITE_IN_EVERY_NORM = Claim(
    for_all=[nu, u, grad],
    given={"nu is a norm": is_norm(nu), **NOT_ZERO, "u is steepest": steepest(nu, u, grad)},
    then=against(u, grad),
)


def counterexample_opposite_in_every_norm():
    """|v| + |x| with x = e1.v: against grad = (2, 1), u = -(3, 4)/8 is steepest."""
    at = {nu: LOPSIDED, u: Fraction(-1, 8) * (3 * e1 + 4 * e2), grad: 2 * e1 + e2}
    along = against_by_lengths(at[u], at[grad])
    return OPPOSITE_IN_EVERY_NORM.fails(at, by=[*steepest_in_the_lopsided_norm(), along])


# -------- in any norm whose dual norm is attained
ATTAINED = {"q attains the dual norm": attains_dual_norm(nu, grad, q, dual)}
IN_ANY_NORM = Claim(
    for_all=[nu, grad, q, dual, u],
    given={"nu is a norm": is_norm(nu), **ATTAINED},
    then=iff(steepest(nu, u, grad), (nu(u) <= 1) & (inner(u, grad) == -dual))
    & steepest(nu, -q, grad),
)


def theorem_in_any_norm():
    """v.grad = -(-v).grad >= -nu(-v) dual >= -dual where nu(v) <= 1, as nu(-v) = nu(v)."""
    return IN_ANY_NORM.proved(by=[steepest_in_any_norm()])


def inhabited_in_any_norm():
    """The Euclidean norm, with grad = e1: its dual norm is |grad|, attained at grad/|grad|."""
    at = {nu: EUCLIDEAN, grad: e1, q: e1 / norm(e1), dual: norm(e1), u: -e1}
    return IN_ANY_NORM.inhabited_by(at, by=[norms(EUCLIDEAN), dual_of_the_euclidean_norm(e1)])


# -------- in R^n, in the max norm
total, (d, x) = function("total", (N, N >> R) >> R), function("d x", N >> R)
n, i = natural("n i")
SUMS = {"total sums up sequences": sums(total)}
IN_THE_MAX_NORM = Claim(
    for_all=[total, n, d, x],
    given=SUMS,
    then=iff(steepest_in_max_norm(x, d, n, total), against_each_sign(x, d, n))
    & iff(only_one(steepest_in_max_norm, d, n, total), below(n, lambda k: d(k) != 0)),
)


def theorem_in_the_max_norm():
    """x(k) d(k) >= -|d(k)|, with equality where |x(k)| = 1 against the sign of d(k), or it is 0."""
    return IN_THE_MAX_NORM.proved(by=in_the_unit_cube())


def inhabited_in_the_max_norm():
    """There are sums, by recursion."""
    return there_are_sums(IN_THE_MAX_NORM.inhabited_by({}, given=[sums(total)]))


# -------- in R^n, in the 1-norm
IN_THE_1_NORM = Claim(
    for_all=[total, n, d, i, x],
    given=SUMS | {"|d(i)| is largest": is_largest(d, n, i), "the gradient is not zero": d(i) != 0},
    then=implies(against_one_coordinate(x, d, n, i), steepest_in_one_norm(x, d, n, total))
    & iff(only_one(steepest_in_one_norm, d, n, total), is_alone(d, n, i)),
)


def theorem_in_the_1_norm():
    """x(k) d(k) >= -|d(i)| |x(k)|; where |d(k)| < |d(i)|, equality demands x(k) = 0."""
    return IN_THE_1_NORM.proved(by=in_the_cross_polytope())


def inhabited_in_the_1_norm():
    """R^1, with the gradient 1."""
    at = {n: 1, i: 0, d: fun(N, lambda k: 1)}
    return there_are_sums(IN_THE_1_NORM.inhabited_by(at, given=[sums(total)]))


def counterexample_zero_gradient_in_the_1_norm():
    """In R^1 with d(0) = 0 this largest |d(i)| is alone, and yet both 0 and 1 are steepest."""
    at, zeros = {n: 1, i: 0, d: fun(N, lambda k: 0)}, two_against_zero()
    without = "the gradient is not zero"
    return there_are_sums(IN_THE_1_NORM.fails(at, zeros, given=[sums(total)], without=without))
