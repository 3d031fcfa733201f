"""The exact rate of gradient descent on convex losses, for every number of steps: of the excess
over the minimum, and of the gradient, up to alpha = sqrt(2) / lipschitz.

First two identities, in D (the point less the minimizer), d (the excess) and g (the gradient)
before a step, d1 and g1 after it; what is `spare` is not negative by co-coercivity. Then gradient
descent.
"""

from functools import cache

from proofs.lemmas.cocoercivity import cocoercivity
from proofs.lemmas.convex_rates import aims_at_a_minimizer, gradient_is_zero_at_a_minimizer, w_star
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.rates import L, W, alpha, grad, k, lipschitz, modulus, n
from proofs.prelude import *

D, g, g1 = vector("D g g1")
d, d1 = real("d d1")
h = alpha * lipschitz
STEPS = [lipschitz > 0, alpha > 0, h <= sqrt(2)]


def spare(fallen: Term, gradient: Term, way: Term, change: Term) -> Term:
    """What co-coercivity says is not negative of two points: L(v) - L(w) = `fallen`, the gradient
    at w, v - w = `way`, and the `change` of the gradient.
    """
    rest: Term = fallen - inner(gradient, way) - norm(change) ** 2 / (2 * lipschitz)
    return rest


TO_THE_MINIMIZER = spare(-d, g, -D, g)
ONWARDS, BACK = spare(d - d1, g1, alpha * g, g - g1), spare(d1 - d, g, -alpha * g, g - g1)


def weighted_sum(k: Term | int, D: Term, d: Term, g: Term) -> Term:
    """|D|^2 + 2 alpha k d + alpha k (alpha k + 1 / lipschitz) |g|^2."""
    more: Term = 2 * alpha * k * d + alpha * k * (alpha * k + 1 / lipschitz) * norm(g) ** 2
    return norm(D) ** 2 + more


def weighted_sum_never_grows() -> Theorem:
    """The potential after k + 1 steps is at most the potential after k steps: it loses multiples of
    what is spare, and of |g - g1|^2.
    """
    both = 2 * (k + 1) * (1 + k * h)
    left: Term = both - (k + 1) ** 2 * h**2
    spent = [
        (2 * alpha, TO_THE_MINIMIZER),
        (2 * alpha * (k + 1), ONWARDS),
        (both / lipschitz, ONWARDS + BACK),
        (left / lipschitz**2, norm(g - g1) ** 2),
    ]
    before, after = weighted_sum(k, D, d, g), weighted_sum(k + 1, D - alpha * g, d1, g1)
    balance = identical(before - after, sum(weight * part for weight, part in spent))
    short = entails(STEPS, left >= 0, hints=[entails(STEPS, h**2 <= 2)])
    given, (x, y) = [*STEPS, TO_THE_MINIMIZER >= 0, ONWARDS >= 0, BACK >= 0], real("x y")
    product = entails([x >= 0, y >= 0], x * y >= 0)
    known = [short, *(entails(STEPS, weight >= 0, hints=[short]) for weight, _ in spent)]
    known += [substitute(product, {x: weight, y: part}) for weight, part in spent]
    return entails(given, after <= before, by=[balance, *known])


def excess_within_potential() -> Theorem:
    """2 (2 k alpha + 1 / lipschitz) d <= the potential: the rest is a multiple of what is spare,
    and a square.
    """
    far = k * alpha + 1 / lipschitz
    rest = 2 * far * TO_THE_MINIMIZER + inner(D - far * g, D - far * g)
    whole, within = weighted_sum(k, D, d, g), 2 * (2 * k * alpha + 1 / lipschitz) * d
    reasons = [identical(whole - within, rest), square_nonnegative(D - far * g)]
    return entails([*STEPS, TO_THE_MINIMIZER >= 0], within <= whole, by=reasons)


def gradient_within_potential() -> Theorem:
    """(k alpha + 1 / lipschitz)^2 |g|^2 <= the potential, as |g|^2 / (2 lipschitz) <= d and |g| <=
    lipschitz |D|.
    """
    far = k * alpha + 1 / lipschitz
    given = [*STEPS, norm(g) <= lipschitz * norm(D), spare(d, zero, D, g) >= 0]
    return entails(given, far**2 * norm(g) ** 2 <= weighted_sum(k, D, d, g))


# ------------------------------------------------------------------------------- gradient descent
CONVEX = [
    differentiable_everywhere(L, grad, modulus),
    lipschitz_gradient(grad, lipschitz),
    *STEPS,
    convex(L),
    minimizer(L, w_star),
    gradient_descent(W, grad, alpha),
]


def along_the_run(k: Term | int) -> dict[Term, Term]:
    """What D, d and g are after k steps."""
    return {D: W(k) - w_star, d: L(W(k)) - L(w_star), g: grad(W(k))}


def two_successive_points() -> Theorem:
    """What co-coercivity says is spare of W(k) and W(k + 1), either way."""
    now, then = W(k), W(k) - alpha * grad(W(k))
    fallen, change = L(now) - L(W(k + 1)), grad(now) - grad(W(k + 1))

    def both(point: Term) -> Term:
        onwards = spare(fallen, grad(W(k + 1)), now - point, change) >= 0
        return all_of(onwards, spare(-fallen, grad(now), point - now, change) >= 0)

    known = [instance(cocoercivity(), *pair) for pair in ((now, W(k + 1)), (W(k + 1), now))]
    said = entails(CONVEX, both(W(k + 1)), by=known)
    moves = instance(gradient_descent(W, grad, alpha), k)
    return entails(CONVEX, both(then), by=[said, moves, replaced(both, W(k + 1), then)])


def potential_of_the_run() -> Theorem:
    """The potential after n steps is at most |W(0) - w_star|^2: by induction on the steps."""
    then, start = W(k) - alpha * grad(W(k)), norm(W(0) - w_star) ** 2
    after = {d1: L(W(k + 1)) - L(w_star), g1: grad(W(k + 1))}

    def bounded(k: Term | int, point: Term) -> Term:
        excess, gradient = L(W(k)) - L(w_star), grad(W(k))
        bound: Term = weighted_sum(k, point - w_star, excess, gradient) <= start
        return bound

    step = substitute(weighted_sum_never_grows(), along_the_run(k) | after)
    known = [step, two_successive_points(), instance(aims_at_a_minimizer(), k)]
    given, falls = [*CONVEX, bounded(k, W(k))], entails(CONVEX, step.goal, by=known)
    there = entails(given, bounded(k + 1, then), by=[falls])
    moves = instance(gradient_descent(W, grad, alpha), k)
    arrives = replaced(lambda point: bounded(k + 1, point), then, W(k + 1))
    after_it = entails(given, bounded(k + 1, W(k + 1)), by=[there, moves, arrives])
    begins = entails([], bounded(0, W(0)))
    return instance(by_induction(lambda k: bounded(k, W(k)), begins, after_it, k), n)


def against_the_minimizer() -> Theorem:
    """|grad(W(n))| <= lipschitz |W(n) - w_star|, and d - |g|^2 / (2 lipschitz) is spare, since the
    gradient is zero at w_star.
    """
    at_rest, still = grad(w_star), norm(g1) == 0
    level = entails([still], inner(g1, D) == 0, by=[cauchy_schwarz(g1, D)])
    across = substitute(level, {D: g})
    same = entails([still], norm(g - g1) == norm(g), by=[across])
    said, low = spare(d, g1, D, g - g1) >= 0, spare(d, zero, D, g) >= 0
    lower = entails([still, said], low, by=[level, across])

    values = along_the_run(n) | {g1: at_rest}
    turn = instance(lipschitz_gradient(grad, lipschitz), W(n), w_star)
    above = instance(cocoercivity(), v=W(n), w=w_star)
    known = [gradient_is_zero_at_a_minimizer(), turn, above]
    steep = substitute(
        entails(
            [still, norm(g - g1) <= lipschitz * norm(D)], norm(g) <= lipschitz * norm(D), by=[same]
        ),
        values,
    )
    lower = substitute(lower, values)
    return entails(CONVEX, steep.goal & lower.goal, by=[*known, steep, lower])


@cache
def exact_rate() -> Theorem:
    """L(W(n)) - L(w_star) <= lipschitz |W(0) - w_star|^2 / (2 (2 n h + 1)) and |grad(W(n))| <=
    lipschitz |W(0) - w_star| / (n h + 1), where h = alpha lipschitz <= sqrt(2), for all L, grad,
    modulus, alpha, W, lipschitz, w_star and n where L is convex and w_star a minimizer.
    """
    x, y, r = real("x y r")
    last, start = along_the_run(n), norm(W(0) - w_star)
    spared = [substitute(instance(aims_at_a_minimizer(), k), {k: n}), against_the_minimizer()]
    within = [excess_within_potential(), gradient_within_potential()]
    there = [substitute(part, {k: n, **last}) for part in within]
    parts = [entails(CONVEX, part.goal, by=[part, *spared]) for part in there]

    far, positive = n * alpha + 1 / lipschitz, [lipschitz > 0, alpha > 0, r >= 0, y >= 0]
    lower = 2 * (2 * n * alpha + 1 / lipschitz) * x <= r**2
    low = entails([*positive, lower], x <= lipschitz * r**2 / (2 * (2 * n * h + 1)))
    flatter = far**2 * y**2 <= r**2
    flat = entails([*positive, flatter], y <= lipschitz * r / (n * h + 1))
    values = {x: last[d], y: norm(last[g]), r: start}
    bounds = [substitute(t, values) for t in (low, flat)]
    squares = [
        entails(CONVEX, b.hypotheses[-1], by=[*parts, potential_of_the_run()]) for b in bounds
    ]
    rate = entails(CONVEX, all_of(*(b.goal for b in bounds)), by=[*squares, *bounds])
    return generalize(rate, L, grad, modulus, alpha, W, lipschitz, w_star, n)
