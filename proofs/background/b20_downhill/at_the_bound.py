"""Where u.grad < 0, downhill is better than u even at eta = (|grad| + u.grad) / lipschitz.

A loss with a Lipschitz gradient, at two points a step s apart, satisfies the descent lemma with
something to spare: by the square of what the gradient at the end is off g + lipschitz s on the
upper side, and off g - lipschitz s on the lower one, over 4 lipschitz.

Were downhill = a no better than u at that eta, both squares would be 0: the gradient would change
by lipschitz eta a along a and by -lipschitz eta u along u, so by lipschitz eta |a + u| from one end
to the other, which is more than lipschitz eta |a - u| where u.a > 0.
"""

from functools import cache

from proofs.lemmas.cocoercivity import fall_between
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.prelude import *

L, gradient = function("L", V >> R), function("gradient", V >> V)
modulus = function("delta", (V, R) >> R)
theta, s, u, c, d, p, q = vector("theta s u c d p q")
lipschitz, eta, rate = real("lipschitz eta rate")

g = gradient(theta)
downhill = -g / norm(g)
SMOOTH = [
    differentiable_everywhere(L, gradient, modulus),
    lipschitz_gradient(gradient, lipschitz),
    lipschitz > 0,
]


def off(step: Term, sign: int) -> Term:
    """What the gradient at theta + step is off g + sign lipschitz step."""
    missed: Term = gradient(theta + step) - g - sign * lipschitz * step
    return missed


@cache
def upper_side() -> Theorem:
    """L(theta + s) <= L(theta) + g.s + lipschitz |s|^2 / 2 - |off|^2 / (4 lipschitz)."""
    lemma = substitute(fall_between(), {function("grad", V >> V): gradient})
    between = instance(lemma.goal, v=theta, w=theta + s)
    spare = norm(off(s, 1)) ** 2 / (4 * lipschitz)
    bound = L(theta) + inner(g, s) + lipschitz * norm(s) ** 2 / 2 - spare
    return entails(SMOOTH, L(theta + s) <= bound, by=[lemma, between])


@cache
def lower_side() -> Theorem:
    """L(theta + s) >= L(theta) + g.s - lipschitz |s|^2 / 2 + |off|^2 / (4 lipschitz)."""
    lemma = substitute(fall_between(), {function("grad", V >> V): gradient})
    between = instance(lemma.goal, v=theta + s, w=theta)
    spare = norm(off(s, -1)) ** 2 / (4 * lipschitz)
    bound = L(theta) + inner(g, s) - lipschitz * norm(s) ** 2 / 2 + spare
    return entails(SMOOTH, L(theta + s) >= bound, by=[lemma, between])


@cache
def no_obtuse_change() -> Theorem:
    """p.q <= 0, where c = rate p, d = -rate q and |c - d| <= rate |p - q|: |p + q| <= |p - q|."""
    first, second = c - rate * p, d + rate * q
    given = [rate > 0, norm(first) == 0, norm(second) == 0, norm(c - d) <= rate * norm(p - q)]
    nothing = [
        cauchy_schwarz(first, p + q), cauchy_schwarz(second, p + q), cauchy_schwarz(first, second),
    ]  # fmt: skip
    return entails(given, inner(p, q) <= 0, by=nothing)


AT_THE_BOUND = [
    *SMOOTH, norm(u) == 1, g != zero, eta > 0, eta == (norm(g) + inner(u, g)) / lipschitz,
]  # fmt: skip


@cache
def nothing_to_spare() -> Theorem:
    """Where downhill is no better there, the gradient is off by nothing after either step."""
    better = L(theta + eta * downhill) < L(theta + eta * u)
    along, across = norm(off(eta * downhill, 1)), norm(off(eta * u, -1))
    length = entails([g != zero], norm(downhill) == 1, by=[norm_scaling(-1 / norm(g), g)])
    falls = entails([g != zero], inner(g, downhill) == -norm(g))
    sides = [substitute(upper_side(), {s: eta * downhill}), substitute(lower_side(), {s: eta * u})]
    known = [*sides, norm_scaling(eta, u), norm_scaling(eta, downhill), length, falls]
    given = [*AT_THE_BOUND, ~better]
    spared = entails(given, (along**2 + across**2) / (4 * lipschitz) <= 0, by=known)
    return entails(given, (along == 0) & (across == 0), by=[spared])


@cache
def better_at_the_bound() -> Theorem:
    """L(theta + eta downhill) < L(theta + eta u) at that eta, where u.g < 0."""
    ends = theta + eta * downhill, theta + eta * u
    steady = instance(SMOOTH[1], v=ends[0], w=ends[1])
    values = {c: gradient(ends[0]) - g, d: gradient(ends[1]) - g, rate: lipschitz}
    change = substitute(no_obtuse_change(), values | {p: eta * downhill, q: eta * u})
    acute = entails([g != zero, eta > 0, inner(u, g) < 0], inner(eta * downhill, eta * u) > 0)
    better, known = L(ends[0]) < L(ends[1]), [nothing_to_spare(), steady, change, acute]
    return entails([*AT_THE_BOUND, inner(u, g) < 0], better, by=known)
