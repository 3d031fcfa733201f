"""Rules for the slope of a function on R at a point: sums, products and compositions.

A `Local` is a function F, a point t, the slope p of F at t, and its modulus there; each rule comes
with the modulus that it gives. (Rudin, Principles of Mathematical Analysis, chapter 5.)
"""

from functools import cache

from proofs.prelude import *

F, G = function("F G", R >> R)
near_F, near_G = function("near_F near_G", R >> R)
t, p, q, c, h, x, epsilon, error = real("t p q c h x epsilon error")

Local = tuple[Term, Term | int, Term | int, Term]
F_AT_T: Local = (F, t, p, near_F)
G_AT_T: Local = (G, t, q, near_G)
F_AT_G: Local = (F, G(t), p, near_F)


def about_these(theorem: Theorem, first: Local, second: Local) -> Theorem:
    """A theorem about F and G at t, of two other functions."""
    values = dict(zip((G, t, q, near_G), second, strict=True))
    return substitute(theorem, values | {F: first[0], p: first[2], near_F: first[3]})


# --------------------------------------------------------------------------------- small numbers
LEAST = real("r1 r2 r3")


@cache
def least_of(count: int) -> Theorem:
    """The least of these numbers is positive where all are, and what is below it is below each."""
    reaches, least = LEAST[:count], minimum(*LEAST[:count])
    positive = implies(*(r > 0 for r in reaches), least > 0)
    return entails([], positive & implies(x < least, all_of(*(x < r for r in reaches))))


def within_each(*reaches: Term | Fraction) -> Theorem:
    """What `least_of` says of |h| and these numbers, two or three."""
    values = dict(zip(LEAST, reaches, strict=False))
    return substitute(least_of(len(reaches)), {x: abs(h), **values})


@cache
def quadratic_error() -> Theorem:
    """For c > 0, an error of at most c h^2 is at most epsilon |h| where |h| < epsilon/c > 0."""
    short = [c > 0, abs(h) < epsilon / c]
    linear_bound = entails(short, c * abs(h) <= epsilon)
    enough = entails(short, c * h**2 <= epsilon * abs(h), by=[linear_bound])
    small = implies(abs(error) <= c * h**2, abs(h) < epsilon / c, abs(error) <= epsilon * abs(h))
    return entails([c > 0, epsilon > 0], (epsilon / c > 0) & small, by=[enough])


def quadratic_error_is_small(constant: Term | int, missed: Term) -> Theorem:
    """`quadratic_error` for this constant and this error."""
    return substitute(quadratic_error(), {c: constant, error: missed})


# ------------------------------------------------------------------------------------------ sums
def sum_modulus(first: Term, second: Term, c: Term | int) -> Term:
    """The modulus of F + c G, from those of F and G: half of the error is allowed to each."""
    share = 2 * (norm(c) + 1)
    return fun(R, lambda epsilon: minimum(first(epsilon / 2), second(epsilon / share)))


def sum_at(first: Local, c: Term | int, second: Local) -> Local:
    """F + c G has the slope p + c q."""
    (F, t, p, near_F), (G, _, q, near_G) = first, second
    return fun(R, lambda t: F(t) + c * G(t)), t, p + c * q, sum_modulus(near_F, near_G, c)


@cache
def sum_rule_at_t() -> Theorem:
    """The rule for F and G at t."""
    smooth = [differentiable(*F_AT_T), differentiable(*G_AT_T)]
    share = epsilon / (2 * (abs(c) + 1))
    half = entails([epsilon > 0], (share > 0) & (2 * abs(c) * share <= epsilon))
    missed = G(t + h) - G(t) - q * h
    small = [abs(missed) <= share * abs(h), epsilon > 0]
    scaled = entails(small, 2 * abs(c * missed) <= epsilon * abs(h), by=[half])
    errors = [instance(smooth[0], epsilon / 2, h), instance(smooth[1], share, h)]
    total = differentiable(*sum_at(F_AT_T, c, G_AT_T))
    return for_each(total, epsilon, h, given=smooth, by=[*errors, half, scaled])


def nought_at(t: Term | int) -> Local:
    """0 has the slope 0 at t, with any modulus."""
    return fun(R, lambda t: 0), t, 0, fun(R, lambda epsilon: 1)


def multiple_at(c: int, local: Local) -> Local:
    """c G, which is 0 + c G, has the slope c q."""
    return sum_at(nought_at(local[1]), c, local)


def multiple_rule_at(factor: int, local: Local) -> Theorem:
    """{G has the slope q} |- multiple_at(c, ...)."""
    nought, rule = nought_at(local[1]), substitute(sum_rule_at_t(), {c: factor})
    flat = for_each(differentiable(*nought), epsilon, h)
    goal, by = differentiable(*multiple_at(factor, local)), about_these(rule, nought, local)
    return entails([differentiable(*local)], goal, by=[by, flat])


# -------------------------------------------------------------------------------------- products
def product_size(first: Local, second: Local) -> Term:
    """|F(t)| + |G(t)| + |p| + |q| + 1."""
    (F, t, p, _), (G, _, q, _) = first, second
    size: Term = abs(F(t)) + abs(G(t)) + abs(p) + abs(q) + 1
    return size


def product_reaches(first: Local, second: Local, epsilon: Term) -> tuple[Term, Term, Term]:
    """The three numbers below which |h| is to be, for F G."""
    size = product_size(first, second)
    share = minimum(1, epsilon / (2 * size))
    return first[3](share), second[3](share), epsilon / (2 * size**2)


def product_at(first: Local, second: Local) -> Local:
    """F G has the slope p G(t) + F(t) q."""
    (F, t, p, _), (G, _, q, _) = first, second
    modulus = fun(R, lambda epsilon: minimum(*product_reaches(first, second, epsilon)))
    return fun(R, lambda t: F(t) * G(t)), t, p * G(t) + F(t) * q, modulus


@cache
def product_of_bounded() -> tuple[tuple[Term, ...], Theorem]:
    """|y z| <= m n if |y| <= m and |z| <= n; with the symbols y, z, m and n."""
    y, z, m, n = real("y z m n")
    return (y, z, m, n), entails([abs(y) <= m, abs(z) <= n], abs(y * z) <= m * n)


def bounded_by_factors(y: Term, z: Term, m: Term, n: Term) -> Theorem:
    """|y z| <= m n if |y| <= m and |z| <= n."""
    symbols_of_rule, rule = product_of_bounded()
    return substitute(rule, dict(zip(symbols_of_rule, (y, z, m, n), strict=True)))


@cache
def product_error() -> Theorem:
    """|a d + b e + (p h + e) (q h + d)| <= epsilon |h|, for values a, b and small errors e, d.

    With |e| <= r and |d| <= r the first two terms are at most size r, and the third is at most
    (size |h|)^2.
    """
    a, b, d, e, m, n, r, size, y, z = real("a b d e m n r size y z")
    small = [abs(d) <= r, abs(e) <= r, r <= abs(h), size >= abs(a) + abs(b) + abs(p) + abs(q) + 1]
    enough = [2 * size * r <= epsilon * abs(h), 2 * size**2 * abs(h) <= epsilon]
    factors = (size >= abs(a) + abs(b)) & (size >= abs(p) + 1) & (size >= abs(q) + 1)
    sizes = entails(small, (r >= 0) & factors)
    terms = [bounded_by_factors(a, d, abs(a), r), bounded_by_factors(b, e, abs(b), r)]
    both = [abs(y) <= m * r, abs(z) <= n * r, r >= 0, size >= m + n]
    sum_of_two = entails(both, abs(y + z) <= size * r)
    first_two = substitute(sum_of_two, {y: a * d, z: b * e, m: abs(a), n: abs(b)})
    error = [abs(e) <= r, r <= abs(h), size >= abs(p) + 1]
    change = entails(error, abs(p * h + e) <= size * abs(h))
    changes = [change, substitute(change, {p: q, e: d})]
    third = bounded_by_factors(p * h + e, q * h + d, size * abs(h), size * abs(h))
    halves = [abs(y) <= size * r, abs(z) <= (size * abs(h)) ** 2, *enough]
    here = {y: a * d + b * e, z: (p * h + e) * (q * h + d)}
    added = substitute(entails(halves, abs(y + z) <= epsilon * abs(h)), here)
    by = [sizes, *terms, first_two, *changes, third, added]
    theorem = entails([*small, *enough], added.goal, by=by)
    errors = {e: F(t + h) - F(t) - p * h, d: G(t + h) - G(t) - q * h}
    return substitute(theorem, {a: F(t), b: G(t), **errors, size: product_size(F_AT_T, G_AT_T)})


@cache
def product_rule_at_t() -> Theorem:
    """The rule for F and G at t."""
    smooth = [differentiable(*F_AT_T), differentiable(*G_AT_T)]
    size, s = product_size(F_AT_T, G_AT_T), real("s")
    share, length = minimum(1, epsilon / (2 * s)), abs(h)
    positive = entails([epsilon > 0, s >= 1], (share > 0) & (epsilon / (2 * s**2) > 0))
    spent = (2 * s * (share * length) <= epsilon * length) & (2 * s**2 * length <= epsilon)
    short = [epsilon > 0, s >= 1, length < epsilon / (2 * s**2)]
    paid = entails(short, (share * length <= length) & spent)
    at_most = minimum(1, epsilon / (2 * size))
    error_of_product = substitute(product_error(), {real("r"): at_most * length})
    by = [entails([], size >= 1), substitute(positive, {s: size}), substitute(paid, {s: size})]
    by += [instance(f, at_most, h) for f in smooth]
    by += [error_of_product, within_each(*product_reaches(F_AT_T, G_AT_T, epsilon))]
    product = differentiable(*product_at(F_AT_T, G_AT_T))
    return for_each(product, epsilon, h, given=smooth, by=by)


def product_rule_at(first: Local, second: Local) -> Theorem:
    """{F has the slope p, G has q} |- product_at(F, G)."""
    return about_these(product_rule_at_t(), first, second)


# ---------------------------------------------------------------------------------- compositions
def composition_reaches(outer: Local, inside: Local, epsilon: Term) -> tuple[Term, Term]:
    """The two numbers below which |h| is to be, for F(G)."""
    p, q, near_F, near_G = outer[2], inside[2], outer[3], inside[3]
    steep = norm(q) + 1
    share = minimum(1, epsilon / (2 * (norm(p) + 1)))
    return near_G(share), near_F(epsilon / (2 * steep)) / steep


def composition_at(outer: Local, inside: Local) -> Local:
    """F(G) has the slope p q, where F has the slope p at G(t)."""
    (F, _, p, _), (G, t, q, _) = outer, inside
    modulus = fun(R, lambda epsilon: minimum(*composition_reaches(outer, inside, epsilon)))
    return fun(R, lambda t: F(G(t))), t, p * q, modulus


@cache
def chain_rule_at_t() -> Theorem:
    """G moves by d, with |d| <= (|q| + 1) |h|.

    The error is y + p (d - q h), where y is that of F after the step d: half of epsilon |h| is
    allowed to each.
    """
    d, y, z, s, reach = real("d y z s reach")
    steep, share, outer = abs(q) + 1, minimum(1, epsilon / (2 * (abs(p) + 1))), epsilon / (2 * s)
    positive = entails([epsilon > 0, s > 0], (share > 0) & (outer > 0))
    inside = [epsilon > 0, abs(d - q * h) <= share * abs(h)]
    half = 2 * abs(p * (d - q * h)) <= epsilon * abs(h)
    moves = entails(inside, (abs(d) <= steep * abs(h)) & half)
    reached = entails([reach > 0, s > 0], reach / s > 0)
    near = entails([abs(d) <= s * abs(h), s > 0, abs(h) < reach / s], abs(d) < reach)
    small = [epsilon > 0, s > 0, abs(d) <= s * abs(h), abs(y) <= outer * abs(d)]
    error_of_F = entails(small, 2 * abs(y) <= epsilon * abs(h))
    halves = [2 * abs(y) <= epsilon * abs(h), 2 * abs(z) <= epsilon * abs(h)]
    added = substitute(entails(halves, abs(y + z) <= epsilon * abs(h)), {z: p * (d - q * h)})
    parts = [positive, moves, reached, near, error_of_F, added]
    allowed, step = epsilon / (2 * steep), G(t + h) - G(t)
    values = {s: steep, reach: near_F(allowed), d: step, y: F(G(t + h)) - F(G(t)) - p * step}
    smooth = [differentiable(*F_AT_G), differentiable(*G_AT_T)]
    by = [*(substitute(part, values) for part in parts), entails([], steep > 0)]
    by += [within_each(*composition_reaches(F_AT_G, G_AT_T, epsilon))]
    by += [instance(smooth[0], allowed, step), instance(smooth[1], share, h)]
    composed = differentiable(*composition_at(F_AT_G, G_AT_T))
    return for_each(composed, epsilon, h, given=smooth, by=by)


def chain_rule_at(outer: Local, inside: Local) -> Theorem:
    """{F has the slope p at G(t), G has q at t} |- composition_at(F, G)."""
    return about_these(chain_rule_at_t(), outer, inside)


# ------------------------------------------------------------------------------ equal functions
@cache
def slope_carries_over() -> Theorem:
    """{F = G, p = q, F has the slope p at x} |- G has the slope q at x, with the same modulus."""
    equal, smooth = forall(R, lambda t: F(t) == G(t)), differentiable(F, x, p, near_F)
    there = [instance(equal, x), instance(equal, x + h), instance(smooth, epsilon, h)]
    goal = differentiable(G, x, q, near_F)
    return for_each(goal, epsilon, h, given=[equal, p == q, smooth], by=there)


def slope_of_equal_function(local: Local, second: Term, slope: Term | int) -> Theorem:
    """{F = G, p = q, F has the slope p at x} |- G = `second` has the slope q = `slope` at x."""
    first, point, p_there, modulus = local
    values = {F: first, x: point, p: p_there, near_F: modulus, G: second, q: slope}
    return substitute(slope_carries_over(), values)


def slope_rewritten(local: Local, new: Local, equal: Theorem, same: Theorem) -> Theorem:
    """{F has the slope p at x} |- G has q, where `equal` says F(t) = G(t) and `same` p = q.

    `equal` is about the symbol t; the hypotheses of both are kept.
    """
    rule = slope_of_equal_function(local, new[0], new[2])
    given = [*dict.fromkeys([*equal.hypotheses, *same.hypotheses]), differentiable(*local)]
    return entails(given, differentiable(*new), by=[rule, generalize(equal, t), same])
