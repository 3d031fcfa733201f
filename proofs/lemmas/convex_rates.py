"""How near its minimum gradient descent brings a convex loss: after n steps within a constant over
n, for alpha < 2 / lipschitz.

First for sequences of losses, gradients and points that keep their promises at every step; then for
gradient descent, where the promise AIMS comes from convexity and the descent lemma at a minimizer.
"""

from proofs.lemmas.cocoercivity import cocoercivity
from proofs.lemmas.descent_lemma import descent_lemma
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.lemmas.rates import (
    ALONG_THE_WAY, FALL, FALLS, L, SMALL_STEPS, W, alpha, epsilon, fall, fall_is_positive, grad,
    gradients, k, lipschitz, loss_falls, losses, low, modulus, n,
)  # fmt: skip
from proofs.prelude import *

points, target, w_star = function("points", N >> V), vector("target"), vector("w_star")
gain, weight = real("gain weight")

# Two more promises: the point moves against the gradient, and at the target the linear model says
# at most `low`, with `gain` |gradient|^2 to spare.
MOVES = forall(N, lambda k: points(k + 1) == points(k) - alpha * gradients(k))


def spared(k: Term) -> Term:
    """losses(k) + gradients(k).(target - points(k)) + gain |gradients(k)|^2."""
    model = losses(k) + inner(gradients(k), target - points(k))
    at_target: Term = model + gain * norm(gradients(k)) ** 2
    return at_target


AIMS = forall(N, lambda k: low >= spared(k))


def potential(k: Term | int, loss: Term, point: Term) -> Term:
    """|point - target|^2 + (weight + 2 alpha k) (loss - low)."""
    weighted_excess: Term = (weight + 2 * alpha * k) * (loss - low)
    return norm(point - target) ** 2 + weighted_excess


WEIGHT_SERVES = [weight >= 0, weight * fall >= alpha * (alpha - 2 * gain)]


def potential_never_grows() -> Theorem:
    """The potential after k + 1 steps is at most the potential after k steps: the step adds at most
    alpha (alpha - 2 gain) |gradient|^2 - 2 alpha (loss - low) to |point - target|^2.
    """
    given = [alpha > 0, fall > 0, *WEIGHT_SERVES, FALLS, AIMS]
    there = points(k) - alpha * gradients(k)
    square, excess = norm(gradients(k)) ** 2, losses(k) - low
    moved: Term = norm(points(k) - target) ** 2 + alpha * (alpha - 2 * gain) * square
    nearer = norm(there - target) ** 2 <= moved - 2 * alpha * excess
    approach = entails([alpha > 0, AIMS], nearer, by=[instance(AIMS, k)])
    paid = weight * (losses(k) - losses(k + 1)) >= alpha * (alpha - 2 * gain) * square
    pays = entails(given, paid, by=[instance(FALLS, k)])
    sooner = 2 * alpha * (k + 1) * (losses(k + 1) - low) <= 2 * alpha * (k + 1) * excess
    falls = entails([alpha > 0, fall > 0, FALLS], sooner, by=[instance(FALLS, k)])

    def no_more(point: Term) -> Term:
        return potential(k + 1, losses(k + 1), point) <= potential(k, losses(k), points(k))

    step = entails(given, no_more(there), by=[approach, pays, falls])
    arrives = [instance(MOVES, k), replaced(no_more, there, points(k + 1))]
    return entails([*given, MOVES], no_more(points(k + 1)), by=[step, *arrives])


def excess_of_sequence() -> Theorem:
    """(weight + 2 alpha n) (losses(n) - low) <= |points(0) - target|^2 + weight (losses(0) - low),
    because the potential never grows.
    """
    given = [alpha > 0, fall > 0, *WEIGHT_SERVES, MOVES, FALLS, AIMS]

    def below_start(k: Term | int) -> Term:
        return potential(k, losses(k), points(k)) <= potential(0, losses(0), points(0))

    step = entails([*given, below_start(k)], below_start(k + 1), by=[potential_never_grows()])
    always = by_induction(below_start, entails([], below_start(0)), step, k)
    return instance(always, n)


# --------------------------------------------------------------- convexity keeps the promise AIMS
def gradient_is_zero_at_a_minimizer() -> Theorem:
    """|grad(w_star)| = 0: a step against the gradient would lower L below its minimum."""
    g, step = grad(w_star), -1 / lipschitz * grad(w_star)
    error = descent_lemma(L, grad, modulus, w_star, step, lipschitz)
    least = instance(minimizer(L, w_star), w=w_star + step)
    known = [error, norm_scaling(-1 / lipschitz, g), least]
    return entails([*SMALL_STEPS[:3], minimizer(L, w_star)], norm(g) == 0, by=known)


def error_at_a_minimizer(step: Term) -> Theorem:
    """L(w_star + step) - L(w_star) <= lipschitz |step|^2 / 2, since the gradient is zero there."""
    given = [*SMALL_STEPS[:3], minimizer(L, w_star)]
    known = [gradient_is_zero_at_a_minimizer(), cauchy_schwarz(grad(w_star), step)]
    level = entails(given, inner(grad(w_star), step) == 0, by=known)
    bound = L(w_star + step) - L(w_star) <= lipschitz * norm(step) ** 2 / 2
    error = descent_lemma(L, grad, modulus, w_star, step, lipschitz)
    return entails(given, bound, by=[error, level])


def aims_at_a_minimizer() -> Theorem:
    """L(w_star) >= L(w) + grad(w).(w_star - w) + |grad(w)|^2 / (2 lipschitz), by co-coercivity and
    grad(w_star) = 0.
    """
    g, at_rest = grad(W(k)), gradient_is_zero_at_a_minimizer()
    gain = 1 / (2 * lipschitz) * norm(g) ** 2
    aim = L(w_star) >= L(W(k)) + inner(g, w_star - W(k)) + gain
    spare = instance(cocoercivity(), v=w_star, w=W(k))
    given = [*SMALL_STEPS[:3], minimizer(L, w_star), convex(L)]
    known = [spare, at_rest, cauchy_schwarz(grad(w_star), g)]
    return generalize(entails(given, aim, by=known), k)


CONVEX = [*SMALL_STEPS, convex(L), minimizer(L, w_star)]
EXCESS, START = L(W(n)) - L(w_star), norm(W(0) - w_star) ** 2


def first_excess() -> Theorem:
    """L(W(0)) - L(w_star) <= lipschitz |W(0) - w_star|^2 / 2."""
    step = W(0) - w_star

    def at_most(w: Term) -> Term:
        bound: Term = L(w) - L(w_star) <= lipschitz * START / 2
        return bound

    moved = replaced(at_most, w_star + step, W(0))
    return entails(CONVEX, at_most(W(0)), by=[error_at_a_minimizer(step), moved])


def weighed(factor: Term | int, serves: Theorem) -> Theorem:
    """`excess_of_sequence` for gradient descent, where the weight is `factor`, which serves."""
    at = {**ALONG_THE_WAY, points: W, target: w_star, low: L(w_star), gain: 1 / (2 * lipschitz)}
    sequence = substitute(excess_of_sequence(), {**at, weight: factor})
    bound = (factor + 2 * alpha * n) * EXCESS <= START + factor * (L(W(0)) - L(w_star))
    keeps = [loss_falls(), fall_is_positive(), aims_at_a_minimizer()]
    given = [*CONVEX, *serves.hypotheses]
    return entails(given, bound, by=[sequence, serves, *keeps])


def excess_with_short_steps() -> Theorem:
    """2 alpha n (L(W(n)) - L(w_star)) <= |W(0) - w_star|^2 for alpha <= 1 / lipschitz: weight 0."""
    short = [lipschitz > 0, alpha > 0, alpha * lipschitz <= 1]
    serves = entails(short, 0 * FALL >= alpha * (alpha - 2 * (1 / (2 * lipschitz))))
    bound = 2 * alpha * n * EXCESS <= START
    return entails([*CONVEX, short[2]], bound, by=[weighed(0, serves)])


def excess_with_long_steps() -> Theorem:
    """4 FALL n (L(W(n)) - L(w_star)) <= |W(0) - w_star|^2 for alpha >= 1 / lipschitz.

    The weight is alpha (alpha - 1 / lipschitz) / FALL; what it adds to the bound is known from
    `first_excess`, and FALL (1 + weight lipschitz / 2) = alpha / 2.
    """
    longer = [lipschitz > 0, alpha > 0, alpha * lipschitz < 2, alpha * lipschitz >= 1]
    more = alpha * (alpha - 1 / lipschitz) / FALL
    enough = more * FALL >= alpha * (alpha - 2 * (1 / (2 * lipschitz)))
    serves = entails(longer, (more >= 0) & enough, by=[fall_is_positive()])
    balance = FALL * (1 + weight * lipschitz / 2) == alpha / 2
    balanced = substitute(entails([weight == more, *longer], balance), {weight: more})

    x, x0, d = real("x x0 d")
    given = [weight >= 0, FALL > 0, alpha > 0, balance, x0 <= lipschitz * d / 2]
    given += [(weight + 2 * alpha * n) * x <= d + weight * x0, x >= 0]
    summed = entails(given, 2 * alpha * n * x <= d * (1 + weight * lipschitz / 2))
    scaled = entails(given, FALL * (2 * alpha * n * x) <= d * (alpha / 2), by=[summed])
    divided = entails(given, 4 * FALL * n * x <= d, by=[scaled])
    solved = substitute(divided, {weight: more, x: EXCESS, x0: L(W(0)) - L(w_star), d: START})

    least = instance(minimizer(L, w_star), w=W(n))
    known = [solved, balanced, serves, weighed(more, serves), first_excess(), least]
    bound = 4 * FALL * n * EXCESS <= START
    return entails([*CONVEX, longer[3]], bound, by=[*known, fall_is_positive()])


def convex_rate() -> Theorem:
    """L(W(n)) - L(w_star) <= |W(0) - w_star|^2 / (2 alpha n) up to alpha = 1 / lipschitz, and <=
    |W(0) - w_star|^2 / (4 FALL n) from there on, for all L, grad, modulus, alpha, W, lipschitz,
    w_star and n >= 1 where L is convex, w_star a minimizer, and `SMALL_STEPS` hold.

    For alpha <= 1 / lipschitz: Beck and Teboulle, A Fast Iterative Shrinkage-Thresholding
    Algorithm; beyond, with another constant, Nesterov, Lectures on Convex Optimization,
    2018.
    """
    short = implies(alpha <= 1 / lipschitz, EXCESS <= START / (2 * alpha * n))
    longer = implies(alpha >= 1 / lipschitz, EXCESS <= START / (4 * FALL * n))
    by_steps = [excess_with_short_steps(), excess_with_long_steps(), fall_is_positive()]
    given = [*CONVEX, n >= 1]
    both = [entails(given, part, by=by_steps) for part in (short, longer)]
    theorem = entails(given, all_of(short, longer), by=both)
    return generalize(theorem, L, grad, modulus, alpha, W, lipschitz, w_star, n)


def minimum_is_approached() -> Theorem:
    """W comes arbitrarily near the minimum, for all L, grad, modulus, alpha, W, lipschitz and
    w_star as in `convex_rate`: within epsilon once FALL epsilon k >= |W(0) - w_star|^2.
    """
    goal, w = approaches_minimum(W, L), vector("w")
    late, enough = instance(goal, epsilon).goal.args[1], START / (FALL * epsilon)
    slower = entails([alpha > 0, lipschitz > 0], FALL <= alpha)
    x, d = real("x d")
    given = [alpha > 0, FALL > 0, FALL <= alpha, x >= 0]
    either = [2 * alpha * n * x <= d, 4 * FALL * n * x <= d]
    one_rate = [entails([*given, bound], FALL * n * x <= d) for bound in either]
    there = {x: EXCESS, d: START}
    least = instance(minimizer(L, w_star), w=W(n))
    known = [excess_with_short_steps(), excess_with_long_steps(), slower, fall_is_positive(), least]
    rates = [substitute(fact, there) for fact in one_rate]
    bound = entails(CONVEX, FALL * n * EXCESS <= START, by=[*known, *rates])

    rate = real("rate")
    waited = [rate > 0, epsilon > 0, d / (rate * epsilon) <= n, k >= n + 1, rate * k * x <= d]
    small = entails([*waited, d >= 0], x <= epsilon)
    near = substitute(small, {x: L(W(k)) - L(w_star), rate: FALL, d: START})
    given = [*CONVEX, epsilon > 0, enough <= n]
    known = [near, substitute(bound, {n: k}), fall_is_positive(), instance(minimizer(L, w_star), w)]
    close = entails([*given, k >= n + 1], L(W(k)) <= L(w) + epsilon, by=known)
    use = entails(given, late, by=[witnessed(late, n + 1), generalize(close, k, w)])
    reached = choose(archimedes(enough), use, n)
    theorem = for_each(goal, epsilon, given=CONVEX, by=[reached])
    return generalize(theorem, L, grad, modulus, alpha, W, lipschitz, w_star)
