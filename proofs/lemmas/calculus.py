"""Rules for derivatives of functions on R: sums, products, uniqueness, and the mean value theorem on [0, t].

Rudin, Principles of Mathematical Analysis, 5.3 and 5.10. F and G have the slopes p and q at the point t, or the
derivatives f and g everywhere; a rule at a point comes with its modulus.
"""

from functools import cache
from typing import Any

from proofs.axioms import mean_value_theorem
from proofs.definitions import derivative, differentiable, differentiable_everywhere, differentiable_on_unit_interval
from proofs.kernel import (
    R, Term, Theorem, all_of, choose, entails, exists, forall, fun, function, generalize, instance, minimum, norm, real,
    replaced, substitute, witnessed,
)  # fmt: skip
from proofs.lemmas.derivatives import gradient_is_unique
from proofs.lemmas.descents import for_each

F, G, f, g = function("F G f g", R >> R)
near_f, near_g = function("near_f near_g", (R, R) >> R)
at_f, at_g = function("at_f at_g", R >> R)
t, x, p, q, c, h, epsilon = real("t x p q c h epsilon")


def exact(smooth: Term) -> Theorem:
    """{smooth} |- smooth, for a statement that there is a modulus."""
    return entails([smooth], smooth)


# ------------------------------------------------------------------------------------------------- at a point
def sum_modulus(first: Term, second: Term, c: Term | int) -> Term:
    """The modulus of F + c G at a point, from those of F and G."""
    return fun(R, lambda epsilon: minimum(first(epsilon / 2), second(epsilon / (2 * (norm(c) + 1)))))


@cache
def sum_at_a_point() -> Theorem:
    """F + c G has the slope p + c q: half of the error is allowed to F, half to c G."""
    smooth = [differentiable(F, t, p, at_f), differentiable(G, t, q, at_g)]
    total, modulus = fun(R, lambda t: F(t) + c * G(t)), sum_modulus(at_f, at_g, c)
    share = epsilon / (2 * (abs(c) + 1))
    half = entails([epsilon > 0], (share > 0) & (2 * abs(c) * share <= epsilon))
    by = [instance(smooth[0], epsilon / 2, h), instance(smooth[1], share, h), half]
    error = G(t + h) - G(t) - q * h
    scaled = entails([abs(error) <= share * abs(h), epsilon > 0], 2 * abs(c * error) <= epsilon * abs(h), by=[half])
    return for_each(differentiable(total, t, p + c * q, modulus), epsilon, h, given=smooth, by=[*by, scaled])


def product_size(F: Term, G: Term, t: Term, p: Term, q: Term) -> Term:
    """|F(t)| + |G(t)| + |p| + |q| + 1."""
    size: Term = abs(F(t)) + abs(G(t)) + abs(p) + abs(q) + 1
    return size


def product_modulus(first: Term, second: Term, size: Term) -> Term:
    """The modulus of F G at a point, from those of F and G and from `product_size`."""
    return fun(R, lambda epsilon: minimum(
        first(minimum(1, epsilon / (2 * size))), second(minimum(1, epsilon / (2 * size))), epsilon / (2 * size**2),
    ))  # fmt: skip


@cache
def product_error() -> Theorem:
    """|a e' + b e + (p h + e) (q h + e')| <= epsilon |h|, where e and e' are errors of F and G, and a and b values."""
    a, b, e, d, share, size, length = real("a b e d share size length")
    small = [abs(e) <= share * length, abs(d) <= share * length, length >= 0, abs(h) == length]
    sized = [size >= abs(a) + abs(b) + abs(p) + abs(q) + 1, share > 0, share <= 1]
    linear = entails([*small, *sized], abs(a * d + b * e) <= share * length * size, by=[
        entails(small, abs(a * d) <= abs(a) * share * length),
        entails(small, abs(b * e) <= abs(b) * share * length),
        entails([*small, *sized], (abs(a) + abs(b)) * share * length <= share * length * size),
    ])  # fmt: skip
    first = entails([*small, *sized], abs(p * h + e) <= size * length)
    second = entails([*small, *sized], abs(q * h + d) <= size * length)
    y, z, bound = real("y z bound")
    product = entails([abs(y) <= bound, abs(z) <= bound], abs(y * z) <= bound**2)
    product = substitute(product, {y: p * h + e, z: q * h + d, bound: size * length})
    enough = [2 * share * size <= epsilon, 2 * size**2 * length <= epsilon]
    halves = entails([*enough, length >= 0], (2 * share * size * length <= epsilon * length)
                     & (2 * (size * length) ** 2 <= epsilon * length))  # fmt: skip
    bound = a * d + b * e + (p * h + e) * (q * h + d)
    theorem = entails(
        [*small, *sized, *enough], abs(bound) <= epsilon * length, by=[linear, first, second, product, halves]
    )
    values = {a: F(t), b: G(t), e: F(t + h) - F(t) - p * h, d: G(t + h) - G(t) - q * h, length: abs(h)}
    there = substitute(theorem, values)
    error = F(t + h) * G(t + h) - F(t) * G(t) - (p * G(t) + F(t) * q) * h
    same = entails(there.hypotheses, abs(error) <= epsilon * abs(h), by=[there])
    at_least = product_size(F, G, t, p, q)
    return substitute(same, {size: at_least, share: minimum(1, epsilon / (2 * at_least))})


@cache
def product_at_a_point() -> Theorem:
    """F G has the slope p G(t) + F(t) q."""
    smooth = [differentiable(F, t, p, at_f), differentiable(G, t, q, at_g)]
    size, s = product_size(F, G, t, p, q), real("s")
    modulus, product = product_modulus(at_f, at_g, size), fun(R, lambda t: F(t) * G(t))
    share = minimum(1, epsilon / (2 * s))
    parts = (share > 0) & (share <= 1) & (2 * share * s <= epsilon) & (epsilon / (2 * s**2) > 0)
    fits = entails([epsilon > 0, s >= 1], parts)
    short = entails([s >= 1, abs(h) < epsilon / (2 * s**2)], 2 * s**2 * abs(h) <= epsilon)
    large = entails([], size >= 1)
    here = [large, *(substitute(theorem, {s: size}) for theorem in (fits, short))]
    there = minimum(1, epsilon / (2 * size))
    by = [*here, instance(smooth[0], there, h), instance(smooth[1], there, h), product_error()]
    return for_each(differentiable(product, t, p * G(t) + F(t) * q, modulus), epsilon, h, given=smooth, by=by)


def chain_modulus(first: Term, second: Term, p: Term, q: Term) -> Term:
    """The modulus of F(G(t)) at a point, from that of F at G(t) and that of G."""
    return fun(R, lambda epsilon: minimum(
        second(minimum(1, epsilon / (2 * (abs(p) + 1)))), first(epsilon / (2 * (abs(q) + 1))) / (abs(q) + 1),
    ))  # fmt: skip


@cache
def chain_at_a_point() -> Theorem:
    """F(G(t)) has the slope p q, where F has the slope p at G(t): G moves by d, with |d| <= (|q| + 1) |h|."""
    smooth = [differentiable(F, G(t), p, at_f), differentiable(G, t, q, at_g)]
    outer, steep = epsilon / (2 * (abs(q) + 1)), abs(q) + 1
    share, d, s, reach = minimum(1, epsilon / (2 * (abs(p) + 1))), real("d"), real("s"), real("reach")
    fits = entails([epsilon > 0], all_of(share > 0, share <= 1, 2 * abs(p) * share <= epsilon, outer > 0))
    positive = substitute(entails([reach > 0, s > 0], reach / s > 0), {reach: at_f(outer), s: steep})
    moves = entails([abs(d - q * h) <= share * abs(h), share <= 1], abs(d) <= steep * abs(h))
    near = entails([abs(d) <= s * abs(h), s > 0, abs(h) < reach / s], abs(d) < reach)
    near = substitute(near, {s: steep, reach: at_f(outer)})
    scaled = entails(
        [abs(d - q * h) <= s * abs(h), 2 * abs(p) * s <= epsilon], 2 * abs(p * (d - q * h)) <= epsilon * abs(h)
    )
    outer_error = entails([abs(d) <= steep * abs(h), epsilon > 0], 2 * outer * abs(d) <= epsilon * abs(h))
    moved = {d: G(t + h) - G(t)}
    glue = [substitute(theorem, moved) for theorem in (moves, near, substitute(scaled, {s: share}), outer_error)]
    there = [instance(smooth[0], outer, G(t + h) - G(t)), instance(smooth[1], share, h)]
    composed = fun(R, lambda t: F(G(t)))
    goal = differentiable(composed, t, p * q, chain_modulus(at_f, at_g, p, q))
    return for_each(goal, epsilon, h, given=smooth, by=[fits, positive, *glue, *there, entails([], steep > 0)])


def product_of(first: Term, second: Term) -> Term:
    """What the product rule makes of `first` and `second`, which say that F and G are differentiable at t."""
    (_, F, t, p, near_f), (_, G, _, q, near_g) = first.args, second.args
    modulus = product_modulus(near_f, near_g, product_size(F, G, t, p, q))
    return differentiable(fun(R, lambda t: F(t) * G(t)), t, p * G(t) + F(t) * q, modulus)


def product_rule_at(first: Term, second: Term) -> Theorem:
    """{first, second} |- product_of(first, second)."""
    values = dict(zip((F, t, p, at_f, G, t, q, at_g), (*first.args[1:], *second.args[1:]), strict=True))
    return entails([first, second], product_of(first, second), by=[substitute(product_at_a_point(), values)])


def multiple_of(c: int, smooth: Term) -> Term:
    """What the rule for sums makes of 0 + c G, where `smooth` says that G is differentiable at t."""
    _, G, t, q, near_g = smooth.args
    modulus = sum_modulus(fun(R, lambda epsilon: 1), near_g, c)
    return differentiable(fun(R, lambda t: c * G(t)), t, c * q, modulus)


def multiple_rule_at(factor: int, smooth: Term) -> Theorem:
    """{smooth} |- multiple_of(factor, smooth)."""
    values = dict(zip((G, t, q, at_g), smooth.args[1:], strict=True))
    none = fun(R, lambda epsilon: 1)
    values |= {c: factor, F: fun(R, lambda t: 0), p: 0, at_f: none}
    flat = for_each(differentiable(values[F], smooth.args[2], 0, none), epsilon, h)
    rule = substitute(sum_at_a_point(), values)
    return entails([smooth], multiple_of(factor, smooth), by=[rule, flat])


def composition_of(outer: Term, inside: Term) -> Term:
    """What the chain rule makes of `outer` and `inside`: F is differentiable at G(t), and G at t."""
    (_, F, _, p, near_f), (_, G, t, q, near_g) = outer.args, inside.args
    return differentiable(fun(R, lambda t: F(G(t))), t, p * q, chain_modulus(near_f, near_g, p, q))


def chain_rule_at(outer: Term, inside: Term) -> Theorem:
    """{outer, inside} |- composition_of(outer, inside)."""
    values = dict(zip((G, t, q, at_g), inside.args[1:], strict=True))
    values |= {F: outer.args[1], p: outer.args[3], at_f: outer.args[4]}
    return entails([outer, inside], composition_of(outer, inside), by=[substitute(chain_at_a_point(), values)])


# -------------------------------------------------------------------------------------------------- everywhere
@cache
def sum_everywhere() -> Theorem:
    """F + c G has the derivative f + c g."""
    goal = derivative(fun(R, lambda t: F(t) + c * G(t)), fun(R, lambda t: f(t) + c * g(t)))
    modulus = fun(R, R, lambda t, epsilon: sum_modulus(at(near_f, t), at(near_g, t), c)(epsilon))
    return with_moduli(goal, modulus, sum_at_a_point())


@cache
def product_everywhere() -> Theorem:
    """F G has the derivative f G + F g."""
    goal = derivative(fun(R, lambda t: F(t) * G(t)), fun(R, lambda t: f(t) * G(t) + F(t) * g(t)))
    modulus = fun(R, R, lambda t, epsilon: product_modulus(
        at(near_f, t), at(near_g, t), product_size(F, G, t, f(t), g(t)))(epsilon))  # fmt: skip
    return with_moduli(goal, modulus, product_at_a_point())


def at(modulus: Term, t: Term | int) -> Term:
    """The modulus at the point t."""
    return fun(R, lambda epsilon: modulus(t, epsilon))


def with_moduli(goal: Term, modulus: Term, rule: Theorem) -> Theorem:
    """{F has the derivative f, G has g} |- goal, from the rule at each point t and the modulus that it gives."""
    smooth = [differentiable_everywhere(F, f, near_f), differentiable_everywhere(G, g, near_g)]
    there = substitute(rule, {p: f(t), q: g(t), at_f: at(near_f, t), at_g: at(near_g, t)})
    local = entails(smooth, there.goal, by=[there, *(instance(s, t) for s in smooth)])
    use = entails(smooth, goal, by=[witnessed(goal, modulus), generalize(local, t)])
    return choose(exact(derivative(G, g)), choose(exact(derivative(F, f)), use, near_f), near_g)


def sum_rule(first: Term, slope: Term, factor: Term | int, second: Term, other_slope: Term) -> Theorem:
    """{F has the derivative f, G has g} |- F + c G has f + c g."""
    return substitute(sum_everywhere(), {F: first, f: slope, c: factor, G: second, g: other_slope})


def product_rule(first: Term, slope: Term, second: Term, other_slope: Term) -> Theorem:
    """{F has the derivative f, G has g} |- F G has f G + F g."""
    return substitute(product_everywhere(), {F: first, f: slope, G: second, g: other_slope})


@cache
def equal_functions() -> Theorem:
    """{F = G, f = g, F has the derivative f} |- G has the derivative g."""
    equal = [forall(R, lambda t: F(t) == G(t)), forall(R, lambda t: f(t) == g(t))]
    smooth, goal = differentiable_everywhere(F, f, near_f), derivative(G, g)
    by = [instance(smooth, t, epsilon, h), instance(equal[0], t), instance(equal[0], t + h), instance(equal[1], t)]
    there = for_each(differentiable_everywhere(G, g, near_f), t, epsilon, h, given=[*equal, smooth], by=by)
    use = entails([*equal, smooth], goal, by=[witnessed(goal, near_f), there])
    return choose(exact(derivative(F, f)), use, near_f)


def same_derivative(
    first: Term, slope: Term, second: Term, other_slope: Term, given: Any = (), by: Any = ()
) -> Theorem:
    """{given, F has the derivative f} |- G has g, where z3 shows F(t) = G(t) and f(t) = g(t) from `given` and by(t)."""
    rule = substitute(equal_functions(), {F: first, f: slope, G: second, g: other_slope})
    facts = [entails(given, formula, by) for formula in (first(t) == second(t), slope(t) == other_slope(t))]
    return entails([*given, derivative(first, slope)], rule.goal, by=[rule, *(generalize(fact, t) for fact in facts)])


def constant_rule(value: Term | int) -> Theorem:
    """A constant function has the derivative 0."""
    goal = derivative(fun(R, lambda t: c), fun(R, lambda t: 0))
    there = for_each(instance_of(goal, fun(R, R, lambda t, epsilon: 1)), t, epsilon, h)
    return substitute(entails([], goal, by=[witnessed(goal, fun(R, R, lambda t, epsilon: 1)), there]), {c: value})


def identity_rule() -> Theorem:
    """t |-> t has the derivative 1."""
    goal = derivative(fun(R, lambda t: t), fun(R, lambda t: 1))
    there = for_each(instance_of(goal, fun(R, R, lambda t, epsilon: 1)), t, epsilon, h)
    return entails([], goal, by=[witnessed(goal, fun(R, R, lambda t, epsilon: 1)), there])


def instance_of(smooth: Term, modulus: Term) -> Term:
    """What a statement that there is a modulus says of this one."""
    (there,) = witnessed(smooth, modulus).hypotheses
    return there


@cache
def derivative_is_unique() -> Theorem:
    """{F has the derivative f, F has the derivative g} |- f(t) = g(t) for every t."""
    smooth = [differentiable_everywhere(F, f, near_f), differentiable_everywhere(F, g, near_g)]
    same = gradient_is_unique(F, t, f(t), at(near_f, t), g(t), at(near_g, t))
    local = generalize(entails(smooth, f(t) == g(t), by=[same, *(instance(s, t) for s in smooth)]), t)
    return choose(exact(derivative(F, g)), choose(exact(derivative(F, f)), local, near_f), near_g)


@cache
def mean_value_on_the_way() -> Theorem:
    """{F has the derivative f, t > 0} |- F(t) - F(0) = t f(x) for some x in (0, t): the axiom for s |-> F(s t)."""
    smooth, s = differentiable_everywhere(F, f, near_f), real("s")
    phi, slope = fun(R, lambda s: F(s * t)), fun(R, lambda s: t * f(s * t))
    modulus = fun(R, R, lambda s, epsilon: near_f(s * t, epsilon / t) / t)
    unit = differentiable_on_unit_interval(phi, slope, modulus)
    there = instance(smooth, s * t, epsilon / t, h * t)
    _u, reach = real("u reach")
    length = entails([t > 0], abs(h * t) == abs(h) * t)
    share = entails(
        [t > 0, epsilon > 0], (epsilon / t > 0) & (epsilon / t * abs(h * t) == epsilon * abs(h)), by=[length]
    )
    short = entails([t > 0, abs(h) < reach / t], abs(h * t) < reach, by=[length])
    positive = entails([t > 0, reach > 0], reach / t > 0)
    reached = [substitute(theorem, {reach: near_f(s * t, epsilon / t)}) for theorem in (short, positive)]
    holds = for_each(unit, s, epsilon, h, given=[smooth, t > 0], by=[there, share, *reached])
    goal = exists(R, lambda x: (x > 0) & (x < t) & (F(t) - F(0) == t * f(x)))
    inside = [s > 0, s < 1, phi(1) - phi(0) == slope(s)]
    use = entails(
        [t > 0, *inside], goal, by=[witnessed(goal, s * t), entails([t > 0, s > 0, s < 1], (s * t > 0) & (s * t < t))]
    )
    found = exists(R, lambda s: (s > 0) & (s < 1) & (phi(1) - phi(0) == slope(s)))
    somewhere = entails([smooth, t > 0], found, by=[instance(mean_value_theorem(), phi, slope, modulus), holds])
    return choose(exact(derivative(F, f)), choose(somewhere, use, s), near_f)


@cache
def equal_slopes() -> Theorem:
    """{F = G, F has the derivative f, G has g} |- f(t) = g(t) for every t."""
    equal = forall(R, lambda t: F(t) == G(t))
    turned = generalize(entails([equal], G(t) == F(t), by=[instance(equal, t)]), t)
    same = generalize(entails([], g(t) == g(t)), t)
    back = substitute(equal_functions(), {F: G, G: F, f: g})
    unique = derivative_is_unique()
    goal = unique.goal
    return entails([equal, derivative(F, f), derivative(G, g)], goal, by=[turned, same, back, unique])


def same_at_a_point(smooth: Term, second: Term, slope: Term, equal: Theorem, same: Theorem) -> Theorem:
    """{F has the slope p at x} |- G has the slope q at x, where `equal` says F(t) = G(t), of the symbol t, and `same` p
    = q.

    The hypotheses of `equal` and `same` are kept.
    """
    _first, point, old, modulus = smooth.args[1:]
    given = [*dict.fromkeys([*equal.hypotheses, *same.hypotheses]), smooth]
    everywhere = generalize(equal, t)
    there = [instance(everywhere, point), instance(everywhere, point + h), instance(smooth, epsilon, h)]
    moved = replaced(lambda y: differentiable(second, point, y, modulus), old, slope)
    same_slope = for_each(differentiable(second, point, old, modulus), epsilon, h, given=given, by=there)
    return entails(given, moved.goal, by=[same_slope, moved, same])


def slopes_of_equals(first: Term, slope: Term, second: Term, other_slope: Term) -> Theorem:
    """{F = G, F has the derivative f, G has g} |- f(t) = g(t) for every t."""
    return substitute(equal_slopes(), {F: first, f: slope, G: second, g: other_slope})


def mean_value(first: Term, slope: Term) -> Theorem:
    """{F has the derivative f, t > 0} |- F(t) - F(0) = t f(x) for some x in (0, t], of the symbol t."""
    return substitute(mean_value_on_the_way(), {F: first, f: slope})
