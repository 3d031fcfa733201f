"""c02. Shortening the step again and again ends at one that lowers the loss enough.

Question  A:03, 23; B:18: the loss is often not known, alpha is small, and steps are made smaller.
          How is a safe alpha found where nothing is known of the loss?
Claim     With alpha_j = alpha_0 tau^j, where 0 < tau < 1, some alpha_j is accepted: L(w - alpha_j
          g) <= L(w) - c1 alpha_j |g|^2, for any c1 < 1 (Armijo's condition).
Idea      The model falls by alpha |g|^2, and errs by at most (1 - c1) alpha |g|^2 once alpha is
          small.
Notation  g, the gradient at w; rates(j), the alpha_j; delta, the modulus of differentiability at w.
Verdict   HOLDS_IF c1 < 1 and tau < 1. Nothing else is asked but that L is differentiable at w, so
          that an unknown loss can be descended safely (a17) if each step is tried.
"""

from proofs.background.c02_powers import some_rate_is_small
from proofs.lemmas.descents import HALVES, halves_are_small, obeys, there_is
from proofs.losses.parabolas import bowl
from proofs.prelude import *

L, w, g, delta = function("L", V >> R), vector("w"), vector("g"), function("delta", R >> R)
rates, (c1, tau, alpha) = function("rates", N >> R), real("c1 tau alpha")
j = natural("j")


def accepted(rate, loss, at, gradient, part=c1):
    """Armijo's condition (Nocedal and Wright, Numerical Optimization, 3.4)."""
    return loss(at - rate * gradient) <= loss(at) - part * rate * norm(gradient) ** 2


RATES = {
    "the first rate is positive": rates(0) > 0,
    "each rate is tau times the one before": forall(N, lambda k: rates(k + 1) == tau * rates(k)),
    "tau is positive": tau > 0,
}
CLAIM = Claim(
    for_all=[L, w, g, delta, rates, c1, tau],
    given={
        "L is differentiable at w": differentiable(L, w, g, delta),
        **RATES,
        "tau is below 1": tau < 1,
        "c1 is below 1": c1 < 1,
    },
    unsaid=["tau is below 1", "c1 is below 1"],
    then=exists(N, lambda j: accepted(rates(j), L, w, g)),
)
REACH = delta((1 - c1) * norm(g)) / norm(g)  # a step with a smaller rate is shorter than delta


def inequality_small_rates_are_accepted():
    """Where 0 < alpha |g| < delta, the model errs by at most (1 - c1) |g| alpha |g|."""
    smooth = differentiable(L, w, g, delta)
    near = instance(smooth, epsilon=(1 - c1) * norm(g), s=-alpha * g)
    given = [smooth, c1 < 1, g != zero]
    then = implies(alpha > 0, alpha < REACH, accepted(alpha, L, w, g))
    return entails(given, (REACH > 0) & then, by=[near])


def theorem_backtracking_ends():
    """The rates come below every positive number. Where g = 0, the first one is accepted."""
    small = substitute(inequality_small_rates_are_accepted(), {alpha: rates(j)})
    late = [*CLAIM.hypotheses, g != zero, rates(j) > 0, rates(j) < REACH]
    use = entails(late, CLAIM.then, by=[small, witnessed(CLAIM.then, j)])
    ends = choose(some_rate_is_small(rates, tau, REACH), use, j)
    first = replaced(lambda y: accepted(rates(0), L, w, y), zero, g)
    return CLAIM.proved(by=[ends, small, first, witnessed(CLAIM.then, 0)])


BOWL, HALF = bowl(1), Fraction(1, 2)
ON_A_BOWL = BOWL.at(e1, loss=L, point=w, gradient=g, modulus=delta)


def inhabited_by_a_bowl():
    """|w|^2 / 2 from e1 with the rates 2^-j."""
    at = ON_A_BOWL | {c1: HALF, tau: HALF}
    return there_is(rates, HALVES, CLAIM.inhabited_by(at, given=obeys(rates, HALVES)))


def counterexample_c1_is_one():
    """On |w|^2 / 2 no rate 2^-j is accepted with c1 = 1: that the loss falls as far as the model is
    too much to ask.
    """
    given = obeys(rates, HALVES)
    never = for_each(forall(N, lambda j: ~accepted(rates(j), BOWL.value, e1, e1, 1)), j,
                     given=given, by=[instance(halves_are_small(rates), j)])  # fmt: skip
    fails = CLAIM.fails(
        ON_A_BOWL | {c1: 1, tau: HALF}, by=[never], given=given, without="c1 is below 1"
    )
    return there_is(rates, HALVES, fails)


def counterexample_rates_do_not_shrink():
    """On |w|^2 / 2 from e1 the rate 3 leads to -2 e1, again and again."""
    at = ON_A_BOWL | {c1: HALF, tau: 1, rates: fun(N, lambda k: 3)}
    return CLAIM.fails(at, without="tau is below 1")


# -------- with c1 = 1 no rate is accepted where the loss is strictly above its linear model


def strictly_above(loss, at, gradient):
    """A strictly convex loss is so above each of its linear models, but at `at` itself."""
    return forall(V, lambda v: implies(v != at, loss(v) > loss(at) + inner(gradient, v - at)))


WITH_C1_ONE = Claim(
    for_all=[L, w, g, alpha],
    given={
        "L is strictly above its linear model": strictly_above(L, w, g),
        "the gradient is not zero": g != zero,
        "alpha is positive": alpha > 0,
    },
    then=~accepted(alpha, L, w, g, 1),
)


def theorem_with_c1_one():
    """The model falls by alpha |g|^2, and so the loss by less."""
    there = instance(strictly_above(L, w, g), w - alpha * g)
    return WITH_C1_ONE.proved(by=[there])


def inhabited_with_c1_one():
    """|w|^2 / 2 at e1."""
    above = for_each(strictly_above(BOWL.value, e1, e1), w, by=[square_nonnegative(w - e1)])
    return WITH_C1_ONE.inhabited_by({L: BOWL.value, w: e1, g: e1, alpha: 1}, by=[above])
