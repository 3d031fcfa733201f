"""Rules for derivatives of functions on R: sums, products, uniqueness, and the mean value theorem.

A `Pair` is a function and its derivative, such as (F, f). (Rudin, Principles of Mathematical
Analysis, chapter 5.)
"""

from collections.abc import Sequence
from functools import cache

from proofs.axioms import mean_value_theorem
from proofs.background.b09_taylor.slopes_at_a_point import (
    Local, product_at, product_rule_at_t, sum_at, sum_rule_at_t,
)  # fmt: skip
from proofs.lemmas.derivatives import gradient_is_unique
from proofs.prelude import *

F, G, f, g = function("F G f g", R >> R)
near_f, near_g = function("near_f near_g", (R, R) >> R)
near_F, near_G = function("near_F near_G", R >> R)
t, p, q, c, h, epsilon = real("t p q c h epsilon")

Pair = tuple[Term, Term]
NOUGHT: Pair = (fun(R, lambda t: 0), fun(R, lambda t: 0))
IDENTITY: Pair = (fun(R, lambda t: t), fun(R, lambda t: 1))


def constant(value: Term | int) -> Pair:
    """A constant function has the derivative 0."""
    return fun(R, lambda t: value), fun(R, lambda t: 0)


def sum_of_pairs(first: Pair, c: Term | int, second: Pair) -> Pair:
    """F + c G has the derivative f + c g."""
    (F, f), (G, g) = first, second
    return fun(R, lambda t: F(t) + c * G(t)), fun(R, lambda t: f(t) + c * g(t))


def multiple_of(c: Term | int, pair: Pair) -> Pair:
    """0 + c G has the derivative 0 + c g."""
    return sum_of_pairs(NOUGHT, c, pair)


def product_of(first: Pair, second: Pair) -> Pair:
    """F G has the derivative f G + F g."""
    (F, f), (G, g) = first, second
    return fun(R, lambda t: F(t) * G(t)), fun(R, lambda t: f(t) * G(t) + F(t) * g(t))


def assumed(statement: Term) -> Theorem:
    """{statement} |- statement, for a statement that there is something, such as a modulus."""
    return entails([statement], statement)


def modulus_at(modulus: Term, t: Term | int) -> Term:
    """The modulus at the point t."""
    return fun(R, lambda epsilon: modulus(t, epsilon))


def about_the_pairs(theorem: Theorem, first: Pair, second: Pair) -> Theorem:
    """A theorem about F, f, G and g, of two other pairs."""
    return substitute(theorem, dict(zip((F, f, G, g), (*first, *second), strict=True)))


# -------------------------------------------------------------------------- sums and products
def local_F(t: Term) -> Local:
    """F at t, where it has the slope f(t)."""
    return F, t, f(t), modulus_at(near_f, t)


def local_G(t: Term) -> Local:
    """G at t, where it has the slope g(t)."""
    return G, t, g(t), modulus_at(near_g, t)


def everywhere(pair: Pair, modulus: Term, rule: Theorem) -> Theorem:
    """{F' = f, G' = g} |- pair[0]' = pair[1], from a rule at each t, with the modulus it gives.

    The rule is about F and G with the slopes p and q at t.
    """
    smooth = [differentiable_everywhere(F, f, near_f), differentiable_everywhere(G, g, near_g)]
    here = {p: f(t), q: g(t), near_F: modulus_at(near_f, t), near_G: modulus_at(near_g, t)}
    there, goal = substitute(rule, here), derivative(*pair)
    local = entails(smooth, there.goal, by=[there, *(instance(s, t) for s in smooth)])
    use = entails(smooth, goal, by=[witnessed(goal, modulus), generalize(local, t)])
    use = choose(assumed(derivative(F, f)), use, near_f)
    return choose(assumed(derivative(G, g)), use, near_g)


@cache
def sum_rule_for_F_and_G() -> Theorem:
    """{F' = f, G' = g} |- (F + c G)' = f + c g."""
    modulus = fun(R, R, lambda t, epsilon: sum_at(local_F(t), c, local_G(t))[3](epsilon))
    return everywhere(sum_of_pairs((F, f), c, (G, g)), modulus, sum_rule_at_t())


def sum_rule(first: Pair, factor: Term | int, second: Pair) -> Theorem:
    """{F' = f, G' = g} |- (F + c G)' = f + c g."""
    return about_the_pairs(substitute(sum_rule_for_F_and_G(), {c: factor}), first, second)


def multiple_rule(factor: Term | int, pair: Pair) -> Theorem:
    """{G' = g} |- (0 + c G)' = 0 + c g."""
    by = [sum_rule(NOUGHT, factor, pair), constant_rule(0)]
    return entails([derivative(*pair)], derivative(*multiple_of(factor, pair)), by=by)


@cache
def product_rule_for_F_and_G() -> Theorem:
    """{F' = f, G' = g} |- (F G)' = f G + F g."""
    modulus = fun(R, R, lambda t, epsilon: product_at(local_F(t), local_G(t))[3](epsilon))
    return everywhere(product_of((F, f), (G, g)), modulus, product_rule_at_t())


def product_rule(first: Pair, second: Pair) -> Theorem:
    """{F' = f, G' = g} |- (F G)' = f G + F g."""
    return about_the_pairs(product_rule_for_F_and_G(), first, second)


# --------------------------------------------------------------- constants, and the identity
def linear_rule(pair: Pair) -> Theorem:
    """A function with a constant derivative that z3 sees to be linear: any modulus serves."""
    goal, one = derivative(*pair), fun(R, R, lambda t, epsilon: 1)
    exact = for_each(differentiable_everywhere(*pair, one), t, epsilon, h)
    return entails([], goal, by=[witnessed(goal, one), exact])


def constant_rule(value: Term | int) -> Theorem:
    """A constant function has the derivative 0."""
    return substitute(linear_rule(constant(c)), {c: value})


def identity_rule() -> Theorem:
    """t |-> t has the derivative 1."""
    return linear_rule(IDENTITY)


# ------------------------------------------------------------------------------ equal functions
@cache
def derivative_carries_over() -> Theorem:
    """{F = G, f = g, F' = f} |- G' = g."""
    equal = [forall(R, lambda t: F(t) == G(t)), forall(R, lambda t: f(t) == g(t))]
    smooth, goal = differentiable_everywhere(F, f, near_f), derivative(G, g)
    by = [instance(smooth, t, epsilon, h), instance(equal[0], t + h)]
    by += [instance(formula, t) for formula in equal]
    same_modulus = differentiable_everywhere(G, g, near_f)
    there = for_each(same_modulus, t, epsilon, h, given=[*equal, smooth], by=by)
    use = entails([*equal, smooth], goal, by=[witnessed(goal, near_f), there])
    return choose(assumed(derivative(F, f)), use, near_f)


def derivative_rewritten(
    old: Pair, new: Pair, given: Sequence[Term] = (), by: Sequence[Theorem] = ()
) -> Theorem:
    """{given, F' = f} |- G' = g, where z3 shows F(t) = G(t) and f(t) = g(t).

    It shows them for the symbol t, from `given` and the theorems `by`.
    """
    rule = about_the_pairs(derivative_carries_over(), old, new)
    equal = [entails(given, one(t) == other(t), by) for one, other in zip(old, new, strict=True)]
    reasons = [rule, *(generalize(formula, t) for formula in equal)]
    return entails([*given, derivative(*old)], derivative(*new), by=reasons)


@cache
def derivative_is_unique() -> Theorem:
    """{F' = f, F' = g} |- f(t) = g(t) for every t."""
    smooth = [differentiable_everywhere(F, f, near_f), differentiable_everywhere(F, g, near_g)]
    same = gradient_is_unique(F, t, f(t), modulus_at(near_f, t), g(t), modulus_at(near_g, t))
    local = entails(smooth, f(t) == g(t), by=[same, *(instance(s, t) for s in smooth)])
    use = choose(assumed(derivative(F, f)), generalize(local, t), near_f)
    return choose(assumed(derivative(F, g)), use, near_g)


@cache
def derivatives_of_F_and_G_are_equal() -> Theorem:
    """{F = G, F' = f, G' = g} |- f(t) = g(t) for every t: F has the derivative g as well."""
    equal = forall(R, lambda t: F(t) == G(t))
    turned = generalize(entails([equal], G(t) == F(t), by=[instance(equal, t)]), t)
    same = generalize(entails([], g(t) == g(t)), t)
    back, unique = (
        about_the_pairs(derivative_carries_over(), (G, g), (F, g)),
        derivative_is_unique(),
    )
    given = [equal, derivative(F, f), derivative(G, g)]
    return entails(given, unique.goal, by=[turned, same, back, unique])


def equal_functions_have_equal_derivatives(first: Pair, second: Pair) -> Theorem:
    """{F = G, F' = f, G' = g} |- f(t) = g(t) for every t."""
    return about_the_pairs(derivatives_of_F_and_G_are_equal(), first, second)


# ---------------------------------------------------------------------- the mean value theorem
@cache
def stretched_to_the_unit_interval() -> Theorem:
    """{F' = f with near_f, t > 0} |- s |-> F(s t) has the derivative t f(s t) on [0, 1]."""
    s, reach = real("s reach")
    smooth, length = differentiable_everywhere(F, f, near_f), abs(h * t)
    stretched = entails([t > 0], length == abs(h) * t)
    paid = (epsilon / t > 0) & (epsilon / t * length == epsilon * abs(h))
    share = entails([t > 0, epsilon > 0], paid, by=[stretched])
    short = entails([t > 0, abs(h) < reach / t], length < reach, by=[stretched])
    positive = entails([t > 0, reach > 0], reach / t > 0)
    here = {reach: near_f(s * t, epsilon / t)}
    by = [instance(smooth, w=s * t, epsilon=epsilon / t, s=h * t), share]
    by += [substitute(short, here), substitute(positive, here)]
    unit = differentiable_on_unit_interval(*stretched_pair(t), stretched_modulus(t))
    return for_each(unit, s, epsilon, h, given=[smooth, t > 0], by=by)


def stretched_pair(t: Term) -> Pair:
    """s |-> F(s t) and s |-> t f(s t)."""
    return fun(R, lambda s: F(s * t)), fun(R, lambda s: t * f(s * t))


def stretched_modulus(t: Term) -> Term:
    """The modulus of s |-> F(s t)."""
    return fun(R, R, lambda s, epsilon: near_f(s * t, epsilon / t) / t)


def increment_is_slope(pair: Pair, t: Term, x: Term) -> list[Term]:
    """0 < x < t and F(t) - F(0) = t f(x)."""
    return [x > 0, x < t, pair[0](t) - pair[0](0) == t * pair[1](x)]


@cache
def mean_value_for_F() -> Theorem:
    """{F' = f, t > 0} |- F(t) - F(0) = t f(x) for some x in (0, t): the axiom for s |-> F(s t)."""
    s, smooth, (phi, slope) = real("s"), differentiable_everywhere(F, f, near_f), stretched_pair(t)
    goal = exists(R, lambda x: all_of(*increment_is_slope((F, f), t, x)))
    between = [s > 0, s < 1, phi(1) - phi(0) == slope(s)]
    scaled = entails([t > 0, s > 0, s < 1], (s * t > 0) & (s * t < t))
    use = entails([t > 0, *between], goal, by=[witnessed(goal, s * t), scaled])
    found = exists(R, lambda s: all_of(s > 0, s < 1, phi(1) - phi(0) == slope(s)))
    axiom_here = instance(mean_value_theorem(), phi, slope, stretched_modulus(t))
    by = [axiom_here, stretched_to_the_unit_interval()]
    somewhere = entails([smooth, t > 0], found, by=by)
    return choose(assumed(derivative(F, f)), choose(somewhere, use, s), near_f)


def mean_value(pair: Pair) -> Theorem:
    """{F' = f, t > 0} |- F(t) - F(0) = t f(x) for some x in (0, t), of the symbol t."""
    return substitute(mean_value_for_F(), {F: pair[0], f: pair[1]})
