"""The functions flat(m) = x^-m exp(-1/x^2), with 0 at 0, are differentiable everywhere, and

    flat(m)' = 2 flat(m + 3) - m flat(m + 1).

Away from 0 that is so of e(m, x) = x^-m exp(-1/x^2), by the rules: the chain rule for m = 0, then
the product rule for 1/x times e(m, x), by induction on m. At 0 see `flat_function`.
"""

from collections.abc import Callable, Sequence
from functools import cache

from proofs.background.b09_taylor.derivative_rules import Pair, assumed, modulus_at
from proofs.background.b09_taylor.exponential import exp, exp_modulus, own_derivative
from proofs.background.b09_taylor.flat_function import (
    FLAT_GIVEN, INVERSE_POWERS_CONTINUE, INVERSE_POWERS_START, IS_INVERSE, b, e, e_is_bounded, flat,
    inverse, tangent_at_zero, with_a_bound,
)  # fmt: skip
from proofs.background.b09_taylor.slopes_at_a_point import (
    Local, chain_rule_at, composition_at, multiple_at, multiple_rule_at, product_at,
    product_rule_at, quadratic_error_is_small, slope_rewritten, within_each,
)  # fmt: skip
from proofs.prelude import *

near, near1 = function("near near1", (R, R) >> R)
x, t, h, u, v, epsilon = real("x t h u v epsilon")
k, m = natural("k m")

AtEach = Callable[[Term], Local]


# -------------------------------------------------------------------------------- away from 0
def local(pair: Pair, modulus: Term, x: Term | int) -> Local:
    """The function at x, with its slope there."""
    return pair[0], x, pair[1](x), modulus_at(modulus, x)


def off_zero(pair: Pair, modulus: Term) -> Term:
    """F has the derivative f(x) at every x != 0, with this modulus."""
    return forall(R, lambda x: implies(x != 0, differentiable(*local(pair, modulus, x))))


def has_slope_off_zero(pair: Pair) -> Term:
    """F has the derivative f(x) at every x != 0, with some modulus."""
    return exists((R, R) >> R, lambda near: off_zero(pair, near))


def slope_off_zero_by(
    made: AtEach,
    rules: Sequence[Theorem],
    pair: Pair,
    given: Sequence[Term],
    facts: Sequence[Theorem],
) -> Theorem:
    """given |- G has the derivative g off zero, where `rules` give the slope of made(x) for x != 0.

    By `facts`, which are about the symbols t and x, made(x) is G, and its slope is g(x).
    """
    (G, g), (F, _, p, _) = pair, made(x)
    equal = entails(given, F(t) == G(t), by=facts)
    same = entails([*given, x != 0], p == g(x), by=facts)
    modulus = fun(R, R, lambda x, epsilon: made(x)[3](epsilon))
    new = local(pair, modulus, x)
    moved = slope_rewritten(made(x), new, equal, same)
    there = entails([*given, x != 0], differentiable(*new), by=[moved, *rules])
    goal = has_slope_off_zero(pair)
    return entails(given, goal, by=[witnessed(goal, modulus), generalize(there, x)])


INVERSE_AND_SLOPE: Pair = (inverse, fun(R, lambda x: -(inverse(x) ** 2)))
INVERTED = off_zero(INVERSE_AND_SLOPE, near)


@cache
def error_of_inverse() -> Theorem:
    """With u = 1/x and v = 1/(x + h), v - u + h u^2 = h^2 u^2 v, and |v| <= 2 |u|."""
    close = [x != 0, abs(h) < abs(x) / 2, x * u == 1, (x + h) * v == 1]
    change = entails(close, v - u == -h * u * v)
    exact = (abs(v) <= 2 * abs(u)) & (v - u + h * u**2 == h**2 * u**2 * v)
    twice = entails(close, exact, by=[change])
    scaled = entails([abs(v) <= 2 * abs(u)], abs(h**2 * u**2 * v) <= 2 * abs(u) ** 3 * h**2)
    return entails(close, abs(v - u + h * u**2) <= 2 * abs(u) ** 3 * h**2, by=[twice, scaled])


@cache
def inverse_has_its_slope() -> Theorem:
    """1/x has the derivative -1/x^2 at every x != 0."""
    y, z = inverse(x), inverse(x + h)
    cubed = 2 * abs(y) ** 3
    reaches = [abs(x) / 2, epsilon / cubed]
    modulus = fun(
        R, R, lambda x, epsilon: minimum(abs(x) / 2, epsilon / (2 * abs(inverse(x)) ** 3))
    )
    inside = implies(abs(h) < abs(x) / 2, x + h != 0)
    sizes = entails([x != 0, x * u == 1], all_of(abs(x) / 2 > 0, 2 * abs(u) ** 3 > 0, inside))
    by = [substitute(theorem, {u: y, v: z}) for theorem in (error_of_inverse(), sizes)]
    by += [instance(IS_INVERSE, x), instance(IS_INVERSE, x + h), within_each(*reaches)]
    by += [quadratic_error_is_small(cubed, z - y + h * y**2)]
    there = differentiable(*local(INVERSE_AND_SLOPE, modulus, x))
    at_x = for_each(there, epsilon, h, given=[IS_INVERSE, x != 0], by=by)
    goal = has_slope_off_zero(INVERSE_AND_SLOPE)
    return entails([IS_INVERSE], goal, by=[witnessed(goal, modulus), generalize(at_x, x)])


def e_and_slope(m: Term | int) -> Pair:
    """x |-> e(m, x), and x |-> 2 e(m + 3, x) - m e(m + 1, x)."""
    return fun(R, lambda x: e(m, x)), fun(R, lambda x: 2 * e(m + 3, x) - m * e(m + 1, x))


@cache
def exponential_has_its_slope() -> Theorem:
    """exp(-1/x^2) has the derivative 2 x^-3 exp(-1/x^2) off zero, by the chain rule."""
    inverted: AtEach = lambda x: local(INVERSE_AND_SLOPE, near, x)
    square: AtEach = lambda x: product_at(inverted(x), inverted(x))
    minus: AtEach = lambda x: multiple_at(-1, square(x))
    outer: AtEach = lambda x: local((exp, exp), exp_modulus(exp), -(inverse(x) ** 2))
    made: AtEach = lambda x: composition_at(outer(x), minus(x))
    rules = [product_rule_at(inverted(x), inverted(x)), multiple_rule_at(-1, square(x))]
    rules += [chain_rule_at(outer(x), minus(x)), instance(own_derivative(), -(inverse(x) ** 2))]
    facts = [instance(INVERSE_POWERS_START, t), instance(INVERSE_POWERS_START, x)]
    facts += [instance(INVERSE_POWERS_CONTINUE, k, x) for k in range(3)]
    known, given = instance(INVERTED, x), [*FLAT_GIVEN, INVERTED]
    return slope_off_zero_by(made, [known, *rules], e_and_slope(0), given, facts)


@cache
def slopes_off_zero() -> Theorem:
    """e(m, .) has the derivative 2 e(m + 3, .) - m e(m + 1, .) off zero: by induction on m."""

    def holds(m: Term | int) -> Term:
        return has_slope_off_zero(e_and_slope(m))

    old = off_zero(e_and_slope(m), near1)
    first: AtEach = lambda x: local(INVERSE_AND_SLOPE, near, x)
    second: AtEach = lambda x: local(e_and_slope(m), near1, x)
    made: AtEach = lambda x: product_at(first(x), second(x))
    rules = [instance(INVERTED, x), instance(old, x), product_rule_at(first(x), second(x))]
    facts = [instance(INVERSE_POWERS_CONTINUE, m, t)]
    facts += [instance(INVERSE_POWERS_CONTINUE, m + k, x) for k in range(4)]
    given = [*FLAT_GIVEN, INVERTED, old]
    next_one = slope_off_zero_by(made, rules, e_and_slope(m + 1), given, facts)
    step = choose(assumed(holds(m)), next_one, near1)
    always = by_induction(holds, exponential_has_its_slope(), step, m)
    return choose(inverse_has_its_slope(), always, near)


# --------------------------------------------------------------------------------- everywhere
def flat_and_slope(m: Term | int) -> Pair:
    """flat(m), and 2 flat(m + 3) - m flat(m + 1)."""
    return flat(m), fun(R, lambda x: 2 * flat(m + 3)(x) - m * flat(m + 1)(x))


def line(x: Term) -> Local:
    """x |-> x at x: its slope is 1, and any modulus serves."""
    return fun(R, lambda t: t), x, 1, fun(R, lambda epsilon: 1)


def line_times_e(x: Term) -> Local:
    """flat(m) = x e(m + 1, x) at x != 0, by the product rule."""
    return product_at(line(x), local(e_and_slope(m + 1), near1, x))


def flat_modulus(x: Term, epsilon: Term) -> Term:
    """Off zero, where x inverse(x) = 1, that of the product; at zero epsilon/b."""
    one = x * inverse(x)
    reach: Term = one * line_times_e(x)[3](epsilon) + (1 - one) * (epsilon / b)
    return reach


MODULUS_OF_FLAT = fun(R, R, flat_modulus)
E_HAS_ITS_SLOPE = off_zero(e_and_slope(m + 1), near1)


@cache
def flat_has_its_slope_off_zero() -> Theorem:
    """flat(m) has the derivative 2 flat(m + 3) - m flat(m + 1) at x != 0."""
    pair, given = flat_and_slope(m), [*FLAT_GIVEN, E_HAS_ITS_SLOPE, *e_is_bounded(m + 2), x != 0]
    new: Local = (pair[0], x, pair[1](x), line_times_e(x)[3])
    facts = [instance(INVERSE_POWERS_CONTINUE, m + 1 + k, x) for k in range(4)]
    same_slope = line_times_e(x)[2] == pair[1](x)
    same = entails(given, same_slope, by=[*facts, instance(IS_INVERSE, x)])
    moved = slope_rewritten(line_times_e(x), new, entails([], flat(m)(t) == flat(m)(t)), same)
    straight = for_each(differentiable(*line(x)), epsilon, h)
    rule = product_rule_at(line(x), local(e_and_slope(m + 1), near1, x))
    by = [moved, straight, rule, instance(E_HAS_ITS_SLOPE, x)]
    product = entails(given, differentiable(*new), by=by)
    reach = flat_modulus(x, epsilon) == line_times_e(x)[3](epsilon)
    chosen = entails([x != 0, IS_INVERSE], reach, by=[instance(IS_INVERSE, x)])
    goal = differentiable(*local(pair, MODULUS_OF_FLAT, x))
    return for_each(goal, epsilon, h, given=given, by=[instance(product, epsilon, h), chosen])


@cache
def flat_has_its_slope() -> Theorem:
    """flat(m) has the derivative 2 flat(m + 3) - m flat(m + 1), everywhere; at 0 that is 0."""
    pair, given = flat_and_slope(m), [*FLAT_GIVEN, E_HAS_ITS_SLOPE, *e_is_bounded(m + 2)]

    def there(x: Term | int) -> Term:
        return differentiable(*local(pair, MODULUS_OF_FLAT, x))

    at_zero = entails(given, there(0), by=[tangent_at_zero()])
    at_x = entails(
        given, there(x), by=[flat_has_its_slope_off_zero(), at_zero, replaced(there, 0, x)]
    )
    goal = derivative(*pair)
    use = entails(given, goal, by=[witnessed(goal, MODULUS_OF_FLAT), generalize(at_x, x)])
    return choose(instance(slopes_off_zero(), m + 1), with_a_bound(use, m + 2), near1)
