"""a04. One step minimizes the loss.

Claim     w1 = w0 - alpha g minimizes L, for alpha > 0 and g != 0.
Article   A:11: applying the update rule (1) once is said to increase w and to minimize L(w).
Idea      To lower is not to minimize: on |w|^2/2, alpha = 1/2 leads half way to the minimum. On a
          quadratic with the Hessian H, where g = H D0, the step -alpha H D0 ends at the minimizer
          exactly if it is -D0.
Notation  g = g(w0), the gradient at the start; w1, the end of the step; w*, the minimizer; L* =
          L(w*); D0 = w0 - w*.
Verdict   FAILS; that a small step lowers L is a11. Repair: where L(w) = L* + (w - w*).H(w - w*)/2,
          H positive definite, w1 minimizes L if and only if H D0 = D0/alpha: D0 is an eigenvector
          of H to the eigenvalue 1/alpha, or 0.
"""

from fractions import Fraction

from proofs.claims import Claim
from proofs.definitions import differentiable, linear, minimizer, positive_definite, symmetric
from proofs.kernel import (
    R, V, e1, entails, forall, fun, function, generalize, iff, inner, instance, norm, real,
    replaced, substitute, vector, zero,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.lemmas.losses import differentiable_by_remainder, quadratic_modulus

L, H, delta = function("L", V >> R), function("H", V >> V), function("delta", R >> R)
w0, w_star, g, s, v = vector("w0 w_star g s v")
alpha, L_star = real("alpha L_star")

SMOOTH = differentiable(L, at=w0, gradient=g, modulus=delta)
CLAIM = Claim(
    for_all=[L, w0, g, delta, alpha],
    given={
        "L is differentiable at w0": SMOOTH,
        "the gradient is not zero": g != zero,
        "alpha is positive": alpha > 0,
    },
    then=minimizer(L, w0 - alpha * g),
)
EVEN_WHERE_IT_LOWERS = CLAIM.but(given={"the step lowers the loss": L(w0 - alpha * g) < L(w0)})

D0 = w0 - w_star
QUADRATIC = forall(V, lambda w: L(w) == L_star + inner(w - w_star, H(w - w_star)) / 2)
LINEAR, SYMMETRIC, DEFINITE = linear(H), symmetric(H), positive_definite(H)
REPAIR = CLAIM.but(
    for_all=[L, L_star, w_star, H, w0, g, delta, alpha],
    without="the gradient is not zero",
    given={
        "L is quadratic": QUADRATIC,
        "H is linear": LINEAR,
        "H is symmetric": SYMMETRIC,
        "H is positive definite": DEFINITE,
    },
    then=iff(minimizer(L, w0 - alpha * g), H(D0) == D0 / alpha),
)


BOWL = fun(V, lambda w: inner(w, w) / 2)


def half_way(claim):
    """On L = |w|^2/2 from -e1, alpha = 1/2 leads to -e1/2, where L has fallen from 1/2 to 1/8; but
    L(0) = 0.
    """
    at = {L: BOWL, w0: -e1, g: -e1, delta: quadratic_modulus(1), alpha: Fraction(1, 2)}
    smooth = differentiable_by_remainder(BOWL, -e1, -e1, 1, s)
    return claim.fails(at, by=[smooth, instance(claim.conclusion(at), zero)])


def counterexample_half_way():
    """L = |w|^2/2: from -e1, alpha = 1/2 leads to -e1/2, which is no minimizer."""
    return half_way(CLAIM)


def counterexample_lower_and_not_minimal():
    """The same step does lower the loss, from 1/2 to 1/8."""
    return half_way(EVEN_WHERE_IT_LOWERS)


def inequality_expansion():
    """L(w0 + s) = L(w0) + H D0.s + s.H s/2: H(D0 + s) = H D0 + H s, and D0.H s = H D0.s."""
    apart = replaced(
        lambda y: inner(D0 + s, H(D0 + s)) == inner(D0 + s, y), H(D0 + s), H(D0) + H(s)
    )
    by = [apart, instance(LINEAR, D0, 1, s), instance(SYMMETRIC, D0, s), instance(QUADRATIC, w0)]
    expansion = L(w0 + s) == L(w0) + inner(H(D0), s) + inner(s, H(s)) / 2
    return entails([QUADRATIC, LINEAR, SYMMETRIC], expansion, by=[*by, instance(QUADRATIC, w0 + s)])


def inequality_gradient():
    """g = H D0. Were d = H D0 - g not 0, then L(w0 + t d) - L(w0) - g.(t d) >= t |d|^2 > |d| |t
    d|/2 for all t > 0.
    """
    d = H(D0) - g
    t = delta(norm(d) / 2) / (2 * norm(d))
    expansion = substitute(inequality_expansion(), {s: t * d})
    by = [
        expansion,
        instance(DEFINITE, t * d),
        instance(SMOOTH, norm(d) / 2, t * d),
        norm_scaling(t, d),
    ]
    return entails(REPAIR.hypotheses, g == H(D0), by)


def inequality_minimizer_is_unique():
    """v minimizes L if and only if v = w*, because (v - w*).H(v - w*) > 0 for every other v."""
    values = [instance(QUADRATIC, v), instance(QUADRATIC, w_star), instance(DEFINITE, v - w_star)]
    given = [QUADRATIC, DEFINITE]
    least = entails(
        given, L(w_star) <= L(v), by=[*values, cauchy_schwarz(v - w_star, H(v - w_star))]
    )
    same = replaced(lambda y: minimizer(L, y), w_star, v)
    by = [generalize(least, v), same, instance(minimizer(L, v), w_star), *values]
    return entails(given, iff(minimizer(L, v), v == w_star), by)


def inequality_step_ends_at_the_minimizer():
    """w1 = w* if and only if alpha H D0 = D0."""
    eigenvector = substitute(
        entails([alpha > 0], iff(s - alpha * v == zero, v == s / alpha)), {s: D0, v: H(D0)}
    )
    swaps = [
        replaced(lambda y: w0 - alpha * y == w_star, a, b) for a, b in ((g, H(D0)), (H(D0), g))
    ]
    by = [eigenvector, inequality_gradient(), *swaps]
    return entails(REPAIR.hypotheses, iff(w0 - alpha * g == w_star, H(D0) == D0 / alpha), by)


def theorem_one_step_along_an_eigenvector():
    """w1 minimizes L if and only if w1 = w*, and so if and only if H D0 = D0/alpha."""
    minimal = substitute(inequality_minimizer_is_unique(), {v: w0 - alpha * g})
    return REPAIR.proved(by=[minimal, inequality_step_ends_at_the_minimizer()])


def inhabited_repair():
    """L = |w|^2/2, with the identity for H and w* = 0: from -e1, alpha = 1 leads to 0."""
    identity = {H: fun(V, lambda w: w), w_star: zero, L_star: 0}
    at = {L: BOWL, **identity, w0: -e1, g: -e1, delta: quadratic_modulus(1), alpha: 1}
    definite = generalize(entails([v != zero], inner(v, v) > 0), v)
    return REPAIR.inhabited_by(at, by=[definite, differentiable_by_remainder(BOWL, -e1, -e1, 1, s)])
