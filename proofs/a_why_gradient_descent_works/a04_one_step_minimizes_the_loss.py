"""a04. One step minimizes the loss.

Claim     w1 = w0 - alpha g minimizes L, for alpha > 0 and g != 0.
Article   A:11: applying the update rule (1) once is said to increase w and to minimize L(w).
Idea      To lower is not to minimize: on |w|^2/2, alpha = 1/2 leads half way to the minimum. On a
          quadratic with the Hessian H, where g = H D0, the step -alpha H D0 ends at the minimizer
          exactly if it is -D0.
Notation  g = g(w0), the gradient at the start; w1, the end of the step; w*, the minimizer;
          L* = L(w*); D0 = w0 - w*.
Verdict   FAILS; that a small step lowers L is a11. Repair: where L(w) = L* + (w - w*).H(w - w*)/2,
          H positive definite, w1 minimizes L if and only if H D0 = D0/alpha: D0 is an eigenvector
          of H to the eigenvalue 1/alpha, or 0.
"""

from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.losses.parabolas import bowl
from proofs.prelude import *

L, delta = function("L", V >> R), function("delta", R >> R)
w0, g = vector("w0 g")
alpha = real("alpha")

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
BOWL_AT = bowl(1).at(-e1, loss=L, point=w0, gradient=g, modulus=delta)
HALF_WAY = BOWL_AT | {alpha: Fraction(1, 2)}


def counterexample_half_way():
    """L = |w|^2/2: from -e1, alpha = 1/2 leads to -e1/2, where L is 1/8; but L(0) = 0."""
    return CLAIM.fails(HALF_WAY, by=[instance(CLAIM.conclusion(HALF_WAY), zero)])


# -------- even where the step lowers the loss
EVEN_WHERE_IT_LOWERS = CLAIM.but(given={"the step lowers the loss": L(w0 - alpha * g) < L(w0)})


def counterexample_even_where_it_lowers():
    """The same step does lower the loss, from 1/2 to 1/8."""
    least = EVEN_WHERE_IT_LOWERS.conclusion(HALF_WAY)
    return EVEN_WHERE_IT_LOWERS.fails(HALF_WAY, by=[instance(least, zero)])


# -------- where one step does minimize a quadratic loss
H, L_star = function("H", V >> V), real("L_star")
w_star, s, v = vector("w_star s v")
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


def inequality_expansion():
    """L(w0 + s) = L(w0) + H D0.s + s.H s/2, for H(D0 + s) = H D0 + H s and D0.H s = H D0.s."""
    given, product = [QUADRATIC, LINEAR, SYMMETRIC], inner(D0 + s, H(D0 + s))
    apart = replaced(lambda y: product == inner(D0 + s, y), H(D0 + s), H(D0) + H(s))
    additive, swapped = instance(LINEAR, u=D0, c=1, v=s), instance(SYMMETRIC, u=D0, v=s)
    values = [instance(QUADRATIC, w0), instance(QUADRATIC, w0 + s)]
    expansion = L(w0 + s) == L(w0) + inner(H(D0), s) + inner(s, H(s)) / 2
    return entails(given, expansion, by=[apart, additive, swapped, *values])


def inequality_gradient():
    """g = H D0: else d = H D0 - g gives L(w0 + t d) - L(w0) - t g.d >= t |d|^2 for all t > 0.

    That is more than differentiability allows: |d| |t d|/2 for small t.
    """
    d = H(D0) - g
    t = delta(norm(d) / 2) / (2 * norm(d))
    expansion = substitute(inequality_expansion(), {s: t * d})
    small = instance(SMOOTH, epsilon=norm(d) / 2, s=t * d)
    by = [expansion, instance(DEFINITE, t * d), small]
    return entails(REPAIR.hypotheses, g == H(D0), by)


def inequality_minimizer_is_unique():
    """v minimizes L if and only if v = w*, because (v - w*).H(v - w*) > 0 for every other v."""
    given = [QUADRATIC, DEFINITE]
    values = [instance(QUADRATIC, v), instance(QUADRATIC, w_star), instance(DEFINITE, v - w_star)]
    bounded = cauchy_schwarz(v - w_star, H(v - w_star))  # so the product is 0 where v = w*
    least = entails(given, L(w_star) <= L(v), by=[*values, bounded])
    same = replaced(lambda y: minimizer(L, y), w_star, v)
    by = [generalize(least, v), same, instance(minimizer(L, v), w_star), *values]
    return entails(given, iff(minimizer(L, v), v == w_star), by)


def inequality_step_ends_at_the_minimizer():
    """w1 = w* if and only if alpha H D0 = D0, since g = H D0."""
    ends = lambda y: w0 - alpha * y == w_star
    swaps = [replaced(ends, g, H(D0)), replaced(ends, H(D0), g)]
    same = iff(w0 - alpha * g == w_star, H(D0) == D0 / alpha)
    return entails(REPAIR.hypotheses, same, by=[inequality_gradient(), *swaps])


def theorem_repair():
    """w1 minimizes L if and only if w1 = w*, and so if and only if H D0 = D0/alpha."""
    minimal = substitute(inequality_minimizer_is_unique(), {v: w0 - alpha * g})
    return REPAIR.proved(by=[minimal, inequality_step_ends_at_the_minimizer()])


def inhabited_repair():
    """L = |w|^2/2, with the identity for H and w* = 0: from -e1, alpha = 1 leads to 0."""
    identity = fun(V, lambda w: w)
    at = BOWL_AT | {alpha: 1, H: identity, w_star: zero, L_star: 0}
    return REPAIR.inhabited_by(at, by=[for_each(positive_definite(identity), v)])
