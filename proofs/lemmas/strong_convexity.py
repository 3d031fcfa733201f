"""What a strongly convex loss with a Lipschitz gradient says of its gradient.

With H = grad(v) - grad(w) - mu (v - w), the change of the gradient of L - mu |.|^2 / 2:

    L(v) >= L(w) + grad(w).(v - w) + mu |v - w|^2 / 2 + |H|^2 / (2 (lipschitz - mu))
    0 <= H.(lipschitz (v - w) - (grad(v) - grad(w)))

The first, which has a denominator that may be 0, in the form of `above_by_a_share`. (Nesterov,
Introductory Lectures on Convex Optimization; Taylor, Hendrickx and Glineur, Smooth
strongly convex interpolation and exact worst-case performance of first-order methods.)
"""

from functools import cache

from proofs.lemmas.convexity import first_order_convexity_everywhere
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.prelude import *

L, grad, modulus = function("L", V >> R), function("grad", V >> V), function("delta", (V, R) >> R)
(v, w, s), (mu, lipschitz, epsilon, t) = vector("v w s"), real("mu lipschitz epsilon t")

SMOOTH, STEADY = differentiable_everywhere(L, grad, modulus), lipschitz_gradient(grad, lipschitz)
STRONG = strongly_convex(L, mu)
flattened = fun(V, lambda w: L(w) - mu / 2 * inner(w, w))
flattened_gradient = fun(V, lambda w: grad(w) - mu * w)
flattened_modulus = fun(
    V, R, lambda w, epsilon: minimum(modulus(w, epsilon / 2), epsilon / (abs(mu) + 1))
)


def flattened_is_convex() -> Theorem:
    """L - mu |.|^2 / 2 is convex: that is what strongly convex says."""
    return for_each(convex(flattened), v, w, t, given=[STRONG], by=[instance(STRONG, v, w, t)])


def flattened_is_smooth() -> Theorem:
    """It has the gradient grad(w) - mu w: half of epsilon |s| is spent on L, half on the square."""
    smooth = differentiable_everywhere(flattened, flattened_gradient, flattened_modulus)
    local = [instance(SMOOTH, w=w, epsilon=epsilon / 2, s=s)]
    given = [epsilon > 0, norm(s) < epsilon / (abs(mu) + 1)]
    short = entails(given, abs(mu) * norm(s) <= epsilon)
    square = entails(given, abs(mu) * norm(s) ** 2 <= epsilon * norm(s), by=[short])
    positive = entails([epsilon > 0], epsilon / (abs(mu) + 1) > 0)
    return for_each(smooth, w, epsilon, s, given=[SMOOTH], by=[*local, square, positive])


@cache
def above_its_parabolas() -> Theorem:
    """L(v) >= L(w) + grad(w).(v - w) + mu |v - w|^2 / 2 for all v and w."""
    model = first_order_convexity_everywhere(flattened, flattened_gradient, flattened_modulus)
    above = L(v) >= L(w) + inner(grad(w), v - w) + mu / 2 * norm(v - w) ** 2
    known = [instance(model, v, w), flattened_is_convex(), flattened_is_smooth()]
    return generalize(entails([SMOOTH, STRONG], above, by=known), v, w)


change, share = grad(v) - grad(w) - mu * (v - w), real("share")
BETWEEN = [SMOOTH, STEADY, STRONG, lipschitz > 0, mu <= lipschitz]
spared = share * (1 - share * (lipschitz - mu) / 2) * norm(change) ** 2


@cache
def above_by_a_share() -> Theorem:
    """L(v) >= L(w) + grad(w).(v - w) + mu |v - w|^2 / 2 + share (1 - share (lipschitz - mu) / 2)
    |H|^2 for every share: at the point v - share H the loss is above its parabola at w, and below
    that of the descent lemma at v.
    """
    there, square = v - share * change, norm(change) ** 2
    error = descent_lemma(L, grad, modulus, v, -share * change, lipschitz)
    below = L(v) - share * inner(grad(v), change) + lipschitz / 2 * share**2 * square
    at_most = entails(BETWEEN, L(there) <= below, by=[error])
    parabola = L(w) + inner(grad(w), v - w) + mu / 2 * norm(v - w) ** 2
    at_least = instance(above_its_parabolas(), v=there, w=w)
    return entails(BETWEEN, L(v) >= parabola + spared, by=[at_least, at_most])


@cache
def change_is_monotone() -> Theorem:
    """0 <= H.(lipschitz (v - w) - (grad(v) - grad(w))) for all v and w: the same for w and v, added
    up; and where mu = lipschitz, H = 0, for else no share were too large.
    """
    exchanged = substitute(above_by_a_share(), {v: w, w: v})
    both = inner(change, v - w) >= 2 * spared
    twice = entails(BETWEEN, both, by=[above_by_a_share(), exchanged])
    monotone = inner(change, lipschitz * (v - w) - (grad(v) - grad(w))) >= 0
    best, large = 1 / (lipschitz - mu), (inner(change, v - w) + 1) / (2 * norm(change) ** 2)
    between = entails([*BETWEEN, mu < lipschitz], monotone, by=[substitute(twice, {share: best})])
    level = entails([*BETWEEN, mu == lipschitz], monotone, by=[substitute(twice, {share: large})])
    return generalize(entails(BETWEEN, monotone, by=[between, level]), v, w)
