"""Two steps of one length from theta, compared along the chord between their ends.

Both ends, and so the whole chord, lie within eta of theta. There the gradient differs from that at
theta by at most lipschitz eta, and by the mean value theorem

    L(P + D) - L(P) <= grad(theta).D + lipschitz eta |D|

for a chord D from P to P + D. (Rudin, Principles of Mathematical Analysis, 5.10.)
"""

from functools import cache

from proofs.axioms import mean_value_theorem
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.prelude import *

L, gradient = function("L", V >> R), function("gradient", V >> V)
modulus = function("delta", (V, R) >> R)
theta, P, D, p, q, u, g = vector("theta P D p q u g")
lipschitz, eta, t, epsilon, h = real("lipschitz eta t epsilon h")

SMOOTH = differentiable_everywhere(L, gradient, modulus)
STEADY = lipschitz_gradient(gradient, lipschitz)
there = P + t * D
NEAR = [STEADY, lipschitz > 0, eta > 0, norm(P - theta) <= eta, norm(P + D - theta) <= eta]
INSIDE = [t > 0, t < 1, *NEAR]

along = fun(R, lambda t: L(P + t * D))
slope = fun(R, lambda t: inner(gradient(P + t * D), D))
longer = norm(D) + 1
shorter = fun(R, R, lambda t, epsilon: modulus(P + t * D, epsilon / longer) / longer)


@cache
def derivative_on_the_chord() -> Theorem:
    """t |-> L(P + t D) has the derivative gradient(P + t D).D on [0, 1]."""
    local = differentiable(
        L, there, gradient(there), fun(R, lambda epsilon: modulus(there, epsilon))
    )
    model = instance(local, epsilon=epsilon / longer, s=h * D)
    known = [instance(SMOOTH, w=there), model, norm_scaling(h, D)]
    wanted = differentiable_on_unit_interval(along, slope, shorter)
    return for_each(wanted, t, epsilon, h, given=[SMOOTH], by=known)


@cache
def within_the_ball() -> Theorem:
    """|(1 - t) p + t q| <= eta where |p| and |q| are at most eta: a ball is convex."""
    given = [t > 0, t < 1, eta > 0, norm(p) <= eta, norm(q) <= eta]
    return entails(given, norm((1 - t) * p + t * q) <= eta, by=[cauchy_schwarz(p, q)])


@cache
def slope_on_the_chord() -> Theorem:
    """gradient(P + t D).D <= gradient(theta).D + lipschitz eta |D| for 0 < t < 1."""
    ends = substitute(within_the_ball(), {p: P - theta, q: P + D - theta})
    close = entails(INSIDE, norm(there - theta) <= eta, by=[ends])
    turned = gradient(there) - gradient(theta)
    steady = instance(STEADY, v=there, w=theta)
    flat = entails(INSIDE, norm(turned) <= lipschitz * eta, by=[close, steady])
    bound = inner(turned, D) <= lipschitz * eta * norm(D)
    return entails(INSIDE, bound, by=[flat, cauchy_schwarz(turned, D)])


@cache
def change_along_the_chord() -> Theorem:
    """{SMOOTH, NEAR} |- L(P + D) - L(P) <= gradient(theta).D + lipschitz eta |D|."""
    mean_value = exists(R, lambda t: (t > 0) & (t < 1) & (along(1) - along(0) == slope(t)))
    theorem = instance(mean_value_theorem(), f=along, d=slope, delta=shorter)
    somewhere = entails([SMOOTH], mean_value, by=[theorem, derivative_on_the_chord()])
    bound = L(P + D) - L(P) <= inner(gradient(theta), D) + lipschitz * eta * norm(D)
    use = entails([*INSIDE, along(1) - along(0) == slope(t)], bound, by=[slope_on_the_chord()])
    return choose(somewhere, use, t)


downhill = -g / norm(g)
apart = norm(u - downhill)


@cache
def lengths_and_product() -> Theorem:
    """{|u| = 1, g != 0} |- |downhill| = 1 and |g| + u.g = |g| |u - downhill|^2 / 2."""
    unit = entails([g != zero], norm(downhill) == 1, by=[norm_scaling(-1 / norm(g), g)])
    product = norm(g) + inner(u, g) == norm(g) * apart**2 / 2
    return entails([norm(u) == 1, g != zero], (norm(downhill) == 1) & product, by=[unit])


@cache
def from_step_to_downhill() -> Theorem:
    """For a unit vector u: L(theta + eta downhill) is at most L(theta + eta u) - eta |grad|
    |u - downhill|^2 / 2 + lipschitz eta^2 |u - downhill|.
    """
    grad = gradient(theta)
    known, a = substitute(lengths_and_product(), {g: grad}), -grad / norm(grad)
    start, chord = theta + eta * u, eta * a - eta * u
    given = [norm(u) == 1, grad != zero, eta > 0]
    ends = (norm(start - theta) <= eta) & (norm(start + chord - theta) <= eta)
    at_most_eta = entails(given, ends, by=[known, norm_scaling(eta, u), norm_scaling(eta, a)])
    gain = eta * norm(grad) * norm(u - a) ** 2 / 2
    falls = entails(given, inner(grad, chord) == -gain, by=[known])
    turned = [norm_scaling(eta, a - u), norm_scaling(-1, u - a)]
    long = entails(given, norm(chord) == eta * norm(u - a), by=turned)
    change = substitute(change_along_the_chord(), {P: start, D: chord})
    at_most = L(theta + eta * u) - gain + lipschitz * eta**2 * norm(u - a)
    near, known_of_it = [SMOOTH, STEADY, lipschitz > 0, *given], [at_most_eta, falls, long]
    return entails(near, L(theta + eta * a) <= at_most, by=[change, *known_of_it])


@cache
def short_of_the_bound() -> Theorem:
    """Where 0 < eta < |grad| |u - downhill| / (2 lipschitz), downhill is strictly better than u."""
    lemma, grad = from_step_to_downhill(), gradient(theta)
    length, constant, rate, steepness = real("length constant rate steepness")
    bound = rate < steepness * length / (2 * constant)
    given = [constant > 0, rate > 0, length >= 0, bound]
    gain = -rate * steepness * length**2 / 2 + constant * rate**2 * length
    excluded = entails([*given, length == 0], rate < 0)
    smaller = entails([*given, length > 0], gain < 0)
    falls = entails(given, gain < 0, by=[excluded, smaller])
    a = -grad / norm(grad)
    here = {length: norm(u - a), constant: lipschitz, rate: eta, steepness: norm(grad)}
    better = L(theta + eta * a) < L(theta + eta * u)
    near = eta < norm(grad) * norm(u - a) / (2 * lipschitz)
    return entails([*lemma.hypotheses, near], better, by=[lemma, substitute(falls, here)])


def better_by_the_chord(
    loss: Term,
    gradient_of_loss: Term,
    modulus_of_loss: Term,
    at: Term,
    step: Term,
    rate: Term,
    constant: Term,
) -> Theorem:
    """`short_of_the_bound` with terms for its symbols L, gradient, modulus, theta, u, eta and
    lipschitz.
    """
    values = {L: loss, gradient: gradient_of_loss, modulus: modulus_of_loss, theta: at}
    return substitute(short_of_the_bound(), values | {u: step, eta: rate, lipschitz: constant})
