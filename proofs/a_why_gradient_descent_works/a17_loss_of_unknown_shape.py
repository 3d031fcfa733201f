"""a17. A step lowers a loss whose shape is not known.

Claim     L(w0 - alpha g) < L(w0) for some range of alpha > 0 that is known, although of L only
          values and gradients are observed.
Article   A:03: gradient descent serves where the shape of the loss and its minimum are often not
          known.
Idea      A Lipschitz constant of the gradient says how small alpha must be: alpha < 2 / lipschitz,
          whatever the shape. The data at finitely many points do not say it: some polynomial has
          them all, and rises by 1 in a step to any other point.
Notation  g = grad(w0); delta(w, epsilon) is the delta of differentiability at w. At the points
          p(0), ..., p(m - 1) the values v(i) and the gradients h(i) are observed; the start is
          p(0), the next point w1 = p(0) - alpha h(0).
Verdict   HOLDS_IF a Lipschitz constant of the gradient is known, alpha < 2 / lipschitz and g != 0,
          all three unsaid. (That the step minimizes L is a04, that many steps do is a16.)
"""

from proofs.background.a17_interpolation import (
    agrees, avoids, distinct, fits, hermite_interpolation,
)  # fmt: skip
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.losses.cubics import QUARTIC
from proofs.losses.parabolas import bowl
from proofs.prelude import *

L, grad, delta = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
w0, (alpha, lipschitz) = vector("w0"), real("alpha lipschitz")
g = grad(w0)

CLAIM = Claim(
    for_all=[L, grad, delta, w0, lipschitz, alpha],
    given={
        "L has the gradient grad everywhere": differentiable_everywhere(L, grad, delta),
        "lipschitz is positive": lipschitz > 0,
        "grad is Lipschitz": lipschitz_gradient(grad, lipschitz),
        "the gradient is not zero": g != zero,
        "alpha is positive": alpha > 0,
        "alpha is below 2 / lipschitz": alpha < 2 / lipschitz,
    },
    unsaid=["grad is Lipschitz", "the gradient is not zero", "alpha is below 2 / lipschitz"],
    then=L(w0 - alpha * g) < L(w0),
)


def theorem_known_lipschitz_constant():
    """By the descent lemma, L(w0 - alpha g) <= L(w0) - alpha (1 - lipschitz alpha / 2) |g|^2."""
    return CLAIM.proved(by=[descent_lemma(L, grad, delta, w0, -alpha * g, lipschitz)])


PARTS = {"loss": L, "gradient": grad, "modulus": delta, "point": w0}


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1, with lipschitz = alpha = 1."""
    return CLAIM.inhabited_by(bowl(1).at(e1, **PARTS, lipschitz=lipschitz) | {alpha: 1})


def counterexample_zero_gradient():
    """|w|^2 / 2 from 0: the step leads nowhere."""
    at = bowl(1).at(zero, **PARTS, lipschitz=lipschitz) | {alpha: 1}
    return CLAIM.fails(at, without="the gradient is not zero")


def counterexample_gradient_that_is_not_lipschitz():
    """x^4 from e1, with lipschitz = alpha = 1: the step leads to -3 e1; it rises from 1 to 81."""
    at = QUARTIC.at(e1, **PARTS) | {lipschitz: 1, alpha: 1}
    return CLAIM.fails(at, without="grad is Lipschitz")


def counterexample_alpha_too_large():
    """|w|^2 / 2 from e1, with alpha = 2: the step leads to -e1, where the loss is the same."""
    at = bowl(1).at(e1, **PARTS, lipschitz=lipschitz) | {alpha: 2}
    return CLAIM.fails(at, without="alpha is below 2 / lipschitz")


# -------- data at finitely many points in place of a Lipschitz constant
p, v, h = function("p", N >> V), function("v", N >> R), function("h", N >> V)
m, i, j = natural("m i j")
w1 = p(0) - alpha * h(0)
FINITELY_MANY_DATA = Claim(
    for_all=[p, v, h, m, alpha],
    given={
        "the start is observed": m >= 1,
        "the points are distinct": distinct(m),
        "the next point is not observed": avoids(w1, m),
    },
    then=exists(V >> R, V >> V, (V, R) >> R, lambda L, grad, delta: all_of(
        polynomial(L), differentiable_everywhere(L, grad, delta), agrees(L, grad, m),
        L(w1) == L(p(0)) + 1,
    )),
)  # fmt: skip


def inequality_data_can_be_interpolated():
    """Some polynomial has the m data, and at w1 the value v(0) + 1 and the gradient 0."""
    return hermite_interpolation(m, w1, v(0) + 1, zero)


def theorem_finitely_many_data():
    """It rises by 1 in the step, as it is v(0) at the start: no alpha is safe. (That w1 is not p(0)
    means alpha != 0 and h(0) != 0.)
    """
    rising, start = FINITELY_MANY_DATA.then, instance(agrees(L, grad, m), 0)
    fitting = fits(L, grad, delta, m, w1, v(0) + 1, zero)
    this_one = witnessed(rising, L=L, grad=grad, delta=delta)
    rises = entails([fitting, m >= 1], rising, by=[this_one, start])
    some = choose(inequality_data_can_be_interpolated(), rises, L, grad, delta)
    return FINITELY_MANY_DATA.proved(by=[some])


def inhabited_finitely_many_data():
    """At 0, e1 and 2 e1 the value 0 and the gradient e1 are observed; for alpha = 1, w1 = -e1."""
    data = {p: fun(N, lambda i: i * e1), v: fun(N, lambda i: 0), h: fun(N, lambda i: e1)}
    apart = generalize(entails([i < 3, j < 3, i != j], i * e1 != j * e1), i, j)
    new = generalize(entails([i < 3], i * e1 != -e1), i)
    return FINITELY_MANY_DATA.inhabited_by(data | {m: 3, alpha: 1}, by=[apart, new])
