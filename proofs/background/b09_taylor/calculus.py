"""Rules for derivatives of functions on R: sums, products, uniqueness, and the mean value theorem
on [0, t].

Rudin, Principles of Mathematical Analysis, 5.3 and 5.10. F and G have the slopes p and q at the
point t, or the derivatives f and g everywhere; a rule at a point comes with its modulus.
"""

from functools import cache
from typing import Any

from proofs.axioms import mean_value_theorem
from proofs.definitions import (
    derivative,
    differentiable,
    differentiable_everywhere,
    differentiable_on_unit_interval,
)
from proofs.kernel import (
    R, Term, Theorem, all_of, choose, entails, exists, forall, fun, function, generalize, implies,
    instance, minimum, norm, real, substitute, witnessed,
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


@cache
def least_of(count: int) -> Theorem:
    """The least of these numbers is positive where all are, and what is below it is below each."""
    reaches, least = LEAST[:count], minimum(*LEAST[:count])
    positive = implies(*(r > 0 for r in reaches), least > 0)
    return entails([], positive & implies(x < least, all_of(*(x < r for r in reaches))))


LEAST = real("r1 r2 r3")


def within_each(modulus: Term) -> Theorem:
    """What `least_of` says of |h| and modulus(epsilon), which is the least of two or three
    numbers.
    """
    reaches = modulus(epsilon).args
    return substitute(
        least_of(len(reaches)), {x: abs(h), **dict(zip(LEAST, reaches, strict=False))}
    )


@cache
def quadratic_error() -> Theorem:
    """For c > 0, epsilon/c is positive, and an error of at most c h^2 is at most epsilon |h| where
    |h| < epsilon/c.
    """
    error = real("error")
    enough = entails([c > 0, abs(h) < epsilon / c], c * h**2 <= epsilon * abs(h), by=[
        entails([c > 0, abs(h) < epsilon / c], c * abs(h) <= epsilon)
    ])  # fmt: skip
    small = implies(abs(error) <= c * h**2, abs(h) < epsilon / c, abs(error) <= epsilon * abs(h))
    return entails([c > 0, epsilon > 0], (epsilon / c > 0) & small, by=[enough])


def error_is_small(constant: Term | int, error: Term) -> Theorem:
    """`quadratic_error` for this error after the step h."""
    return substitute(quadratic_error(), {c: constant, real("error"): error})


# --------------------------------------------------------------------------------------- at a point
def sum_modulus(first: Term, second: Term, c: Term | int) -> Term:
    """The modulus of F + c G at a point, from those of F and G."""
    return fun(
        R, lambda epsilon: minimum(first(epsilon / 2), second(epsilon / (2 * (norm(c) + 1))))
    )


@cache
def sum_at_a_point() -> Theorem:
    """F + c G has the slope p + c q: half of the error is allowed to F, half to c G."""
    smooth = [differentiable(F, t, p, at_f), differentiable(G, t, q, at_g)]
    total, modulus = fun(R, lambda t: F(t) + c * G(t)), sum_modulus(at_f, at_g, c)
    share = epsilon / (2 * (abs(c) + 1))
    half = entails([epsilon > 0], (share > 0) & (2 * abs(c) * share <= epsilon))
    by = [instance(smooth[0], epsilon / 2, h), instance(smooth[1], share, h), half]
    error = G(t + h) - G(t) - q * h
    scaled = entails(
        [abs(error) <= share * abs(h), epsilon > 0],
        2 * abs(c * error) <= epsilon * abs(h),
        by=[half],
    )
    return for_each(
        differentiable(total, t, p + c * q, modulus), epsilon, h, given=smooth, by=[*by, scaled]
    )


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
    """|a d + b e + (p h + e) (q h + d)| <= epsilon |h|, where e and d are small errors of F and G,
    and a and b values.

    With |e| <= r and |d| <= r the first two terms are at most size r, and the third is at most
    (size |h|)^2.
    """
    a, b, d, e, r, size, y, z, m, n = real("a b d e r size y z m n")
    small = [abs(d) <= r, abs(e) <= r, r <= abs(h), size >= abs(a) + abs(b) + abs(p) + abs(q) + 1]
    enough = [2 * size * r <= epsilon * abs(h), 2 * size**2 * abs(h) <= epsilon]
    product = entails([abs(y) <= m, abs(z) <= n], abs(y * z) <= m * n)
    values = [substitute(product, {y: y_, m: abs(y_), z: z_, n: r}) for y_, z_ in ((a, d), (b, e))]
    linear = entails(small, abs(a * d + b * e) <= size * r, by=values)
    changes = entails(small, (abs(p * h + e) <= size * abs(h)) & (abs(q * h + d) <= size * abs(h)))
    quadratic = substitute(
        product, {y: p * h + e, z: q * h + d, m: size * abs(h), n: size * abs(h)}
    )
    halves = [abs(y) <= size * r, abs(z) <= (size * abs(h)) ** 2, *enough]
    added = substitute(
        entails(halves, abs(y + z) <= epsilon * abs(h)),
        {y: a * d + b * e, z: (p * h + e) * (q * h + d)},
    )
    theorem = entails([*small, *enough], added.goal, by=[linear, changes, quadratic, added])
    errors = {e: F(t + h) - F(t) - p * h, d: G(t + h) - G(t) - q * h}
    return substitute(theorem, {a: F(t), b: G(t), **errors, size: product_size(F, G, t, p, q)})


@cache
def product_at_a_point() -> Theorem:
    """F G has the slope p G(t) + F(t) q."""
    smooth = [differentiable(F, t, p, at_f), differentiable(G, t, q, at_g)]
    size, s = product_size(F, G, t, p, q), real("s")
    modulus, product = product_modulus(at_f, at_g, size), fun(R, lambda t: F(t) * G(t))
    share = minimum(1, epsilon / (2 * s))
    positive = entails([epsilon > 0, s >= 1], (share > 0) & (epsilon / (2 * s**2) > 0))
    spent = all_of(
        share * abs(h) <= abs(h),
        2 * s * (share * abs(h)) <= epsilon * abs(h),
        2 * s**2 * abs(h) <= epsilon,
    )
    short = entails([epsilon > 0, s >= 1, abs(h) < epsilon / (2 * s**2)], spent)
    here = [
        entails([], size >= 1),
        *(substitute(theorem, {s: size}) for theorem in (positive, short)),
    ]
    there = minimum(1, epsilon / (2 * size))
    error = substitute(product_error(), {real("r"): there * abs(h)})
    by = [*here, instance(smooth[0], there, h), instance(smooth[1], there, h)]
    by += [error, within_each(modulus)]
    return for_each(
        differentiable(product, t, p * G(t) + F(t) * q, modulus), epsilon, h, given=smooth, by=by
    )


def chain_modulus(first: Term, second: Term, p: Term, q: Term) -> Term:
    """The modulus of F(G(t)) at a point, from that of F at G(t) and that of G."""
    return fun(R, lambda epsilon: minimum(
        second(minimum(1, epsilon / (2 * (abs(p) + 1)))), first(epsilon / (2 * (abs(q) + 1))) / (abs(q) + 1),
    ))  # fmt: skip


@cache
def chain_at_a_point() -> Theorem:
    """F(G(t)) has the slope p q, where F has the slope p at G(t): G moves by d, with |d| <= (|q| +
    1) |h|.

    The error is y + p (d - q h), where y is that of F after the step d: half of epsilon |h| is
    allowed to each.
    """
    d, y, z, s, reach = real("d y z s reach")
    steep, share, outer = abs(q) + 1, minimum(1, epsilon / (2 * (abs(p) + 1))), epsilon / (2 * s)
    positive = entails([epsilon > 0, s > 0], (share > 0) & (outer > 0))
    inside = [epsilon > 0, abs(d - q * h) <= share * abs(h)]
    moves = entails(
        inside, (abs(d) <= steep * abs(h)) & (2 * abs(p * (d - q * h)) <= epsilon * abs(h))
    )
    reached = entails([reach > 0, s > 0], reach / s > 0)
    near = entails([abs(d) <= s * abs(h), s > 0, abs(h) < reach / s], abs(d) < reach)
    error = entails(
        [epsilon > 0, s > 0, abs(d) <= s * abs(h), abs(y) <= outer * abs(d)],
        2 * abs(y) <= epsilon * abs(h),
    )
    added = entails(
        [2 * abs(y) <= epsilon * abs(h), 2 * abs(z) <= epsilon * abs(h)],
        abs(y + z) <= epsilon * abs(h),
    )
    parts = [positive, moves, reached, near, error, substitute(added, {z: p * (d - q * h)})]
    outer = epsilon / (2 * steep)
    values = {
        s: steep,
        reach: at_f(outer),
        d: G(t + h) - G(t),
        y: F(G(t + h)) - F(G(t)) - p * (G(t + h) - G(t)),
    }
    smooth = [differentiable(F, G(t), p, at_f), differentiable(G, t, q, at_g)]
    modulus, composed = chain_modulus(at_f, at_g, p, q), fun(R, lambda t: F(G(t)))
    by = [
        *(substitute(part, values) for part in parts),
        entails([], steep > 0),
        within_each(modulus),
    ]
    by += [instance(smooth[0], outer, G(t + h) - G(t)), instance(smooth[1], share, h)]
    return for_each(differentiable(composed, t, p * q, modulus), epsilon, h, given=smooth, by=by)


def product_of(first: Term, second: Term) -> Term:
    """What the product rule makes of `first` and `second`, which say that F and G are
    differentiable at t.
    """
    (_, F, t, p, near_f), (_, G, _, q, near_g) = first.args, second.args
    modulus = product_modulus(near_f, near_g, product_size(F, G, t, p, q))
    return differentiable(fun(R, lambda t: F(t) * G(t)), t, p * G(t) + F(t) * q, modulus)


def product_rule_at(first: Term, second: Term) -> Theorem:
    """{first, second} |- product_of(first, second)."""
    values = dict(
        zip((F, t, p, at_f, G, t, q, at_g), (*first.args[1:], *second.args[1:]), strict=True)
    )
    return entails(
        [first, second], product_of(first, second), by=[substitute(product_at_a_point(), values)]
    )


def multiple_of(c: int, smooth: Term) -> Term:
    """What the rule for sums makes of 0 + c G, where `smooth` says that G is differentiable at
    t.
    """
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
    """What the chain rule makes of `outer` and `inside`: F is differentiable at G(t), and G at
    t.
    """
    (_, F, _, p, near_f), (_, G, t, q, near_g) = outer.args, inside.args
    return differentiable(fun(R, lambda t: F(G(t))), t, p * q, chain_modulus(near_f, near_g, p, q))


def chain_rule_at(outer: Term, inside: Term) -> Theorem:
    """{outer, inside} |- composition_of(outer, inside)."""
    values = dict(zip((G, t, q, at_g), inside.args[1:], strict=True))
    values |= {F: outer.args[1], p: outer.args[3], at_f: outer.args[4]}
    return entails(
        [outer, inside], composition_of(outer, inside), by=[substitute(chain_at_a_point(), values)]
    )


# --------------------------------------------------------------------------------------- everywhere
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
    """{F has the derivative f, G has g} |- goal, from the rule at each point t and the modulus that
    it gives.
    """
    smooth = [differentiable_everywhere(F, f, near_f), differentiable_everywhere(G, g, near_g)]
    there = substitute(rule, {p: f(t), q: g(t), at_f: at(near_f, t), at_g: at(near_g, t)})
    local = entails(smooth, there.goal, by=[there, *(instance(s, t) for s in smooth)])
    use = entails(smooth, goal, by=[witnessed(goal, modulus), generalize(local, t)])
    return choose(exact(derivative(G, g)), choose(exact(derivative(F, f)), use, near_f), near_g)


def sum_rule(
    first: Term, slope: Term, factor: Term | int, second: Term, other_slope: Term
) -> Theorem:
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
    by = [
        instance(smooth, t, epsilon, h),
        instance(equal[0], t),
        instance(equal[0], t + h),
        instance(equal[1], t),
    ]
    there = for_each(
        differentiable_everywhere(G, g, near_f), t, epsilon, h, given=[*equal, smooth], by=by
    )
    use = entails([*equal, smooth], goal, by=[witnessed(goal, near_f), there])
    return choose(exact(derivative(F, f)), use, near_f)


def same_derivative(
    first: Term, slope: Term, second: Term, other_slope: Term, given: Any = (), by: Any = ()
) -> Theorem:
    """{given, F has the derivative f} |- G has g, where z3 shows F(t) = G(t) and f(t) = g(t) from
    `given` and by(t).
    """
    rule = substitute(equal_functions(), {F: first, f: slope, G: second, g: other_slope})
    facts = [
        entails(given, formula, by)
        for formula in (first(t) == second(t), slope(t) == other_slope(t))
    ]
    return entails(
        [*given, derivative(first, slope)],
        rule.goal,
        by=[rule, *(generalize(fact, t) for fact in facts)],
    )


def constant_rule(value: Term | int) -> Theorem:
    """A constant function has the derivative 0."""
    goal = derivative(fun(R, lambda t: c), fun(R, lambda t: 0))
    there = for_each(instance_of(goal, fun(R, R, lambda t, epsilon: 1)), t, epsilon, h)
    return substitute(
        entails([], goal, by=[witnessed(goal, fun(R, R, lambda t, epsilon: 1)), there]), {c: value}
    )


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
    local = generalize(
        entails(smooth, f(t) == g(t), by=[same, *(instance(s, t) for s in smooth)]), t
    )
    return choose(exact(derivative(F, g)), choose(exact(derivative(F, f)), local, near_f), near_g)


@cache
def mean_value_on_the_way() -> Theorem:
    """{F has the derivative f, t > 0} |- F(t) - F(0) = t f(x) for some x in (0, t): the axiom for s
    |-> F(s t).
    """
    smooth, s = differentiable_everywhere(F, f, near_f), real("s")
    phi, slope = fun(R, lambda s: F(s * t)), fun(R, lambda s: t * f(s * t))
    modulus = fun(R, R, lambda s, epsilon: near_f(s * t, epsilon / t) / t)
    unit = differentiable_on_unit_interval(phi, slope, modulus)
    there = instance(smooth, s * t, epsilon / t, h * t)
    _u, reach = real("u reach")
    length = entails([t > 0], abs(h * t) == abs(h) * t)
    share = entails(
        [t > 0, epsilon > 0],
        (epsilon / t > 0) & (epsilon / t * abs(h * t) == epsilon * abs(h)),
        by=[length],
    )
    short = entails([t > 0, abs(h) < reach / t], abs(h * t) < reach, by=[length])
    positive = entails([t > 0, reach > 0], reach / t > 0)
    reached = [
        substitute(theorem, {reach: near_f(s * t, epsilon / t)}) for theorem in (short, positive)
    ]
    holds = for_each(unit, s, epsilon, h, given=[smooth, t > 0], by=[there, share, *reached])
    goal = exists(R, lambda x: (x > 0) & (x < t) & (F(t) - F(0) == t * f(x)))
    inside = [s > 0, s < 1, phi(1) - phi(0) == slope(s)]
    use = entails(
        [t > 0, *inside],
        goal,
        by=[witnessed(goal, s * t), entails([t > 0, s > 0, s < 1], (s * t > 0) & (s * t < t))],
    )
    found = exists(R, lambda s: (s > 0) & (s < 1) & (phi(1) - phi(0) == slope(s)))
    somewhere = entails(
        [smooth, t > 0], found, by=[instance(mean_value_theorem(), phi, slope, modulus), holds]
    )
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
    return entails(
        [equal, derivative(F, f), derivative(G, g)], goal, by=[turned, same, back, unique]
    )


@cache
def equal_at_the_point() -> Theorem:
    """{F = G, p = q, F has the slope p at x} |- G has the slope q at x, with the same modulus."""
    equal, smooth = forall(R, lambda t: F(t) == G(t)), differentiable(F, x, p, at_f)
    there = [instance(equal, x), instance(equal, x + h), instance(smooth, epsilon, h)]
    return for_each(
        differentiable(G, x, q, at_f), epsilon, h, given=[equal, p == q, smooth], by=there
    )


def equal_at_a_point(
    first: Term, point: Term | int, slope: Term, modulus: Term, second: Term, other_slope: Term
) -> Theorem:
    """{F = G, p = q, F has the slope p at x} |- G has the slope q at x."""
    values = {F: first, x: point, p: slope, at_f: modulus, G: second, q: other_slope}
    return substitute(equal_at_the_point(), values)


def same_at_a_point(
    smooth: Term, second: Term, slope: Term, equal: Theorem, same: Theorem
) -> Theorem:
    """{F has the slope p at x} |- G has the slope q at x, where `equal` says F(t) = G(t), of the
    symbol t, and `same` p = q.

    The hypotheses of `equal` and `same` are kept.
    """
    _formula, first, point, old, modulus = smooth.args
    rule = equal_at_a_point(first, point, old, modulus, second, slope)
    given = [*dict.fromkeys([*equal.hypotheses, *same.hypotheses]), smooth]
    return entails(given, rule.goal, by=[rule, generalize(equal, t), same])


def slopes_of_equals(first: Term, slope: Term, second: Term, other_slope: Term) -> Theorem:
    """{F = G, F has the derivative f, G has g} |- f(t) = g(t) for every t."""
    return substitute(equal_slopes(), {F: first, f: slope, G: second, g: other_slope})


def mean_value(first: Term, slope: Term) -> Theorem:
    """{F has the derivative f, t > 0} |- F(t) - F(0) = t f(x) for some x in (0, t], of the symbol
    t.
    """
    return substitute(mean_value_on_the_way(), {F: first, f: slope})
