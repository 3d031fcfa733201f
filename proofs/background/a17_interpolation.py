"""Hermite interpolation: any values and gradients at distinct points are those of a polynomial.

A point at a time, as Newton does it (Davis, Interpolation and Approximation). Let F
have the data at p(0), ..., p(n - 1), and let W = |w - p(0)|^2 ... |w - p(n - 1)|^2, which vanishes
there to the second order and is positive elsewhere. At a further point q,

    F(w) + (a + b.(w - q)) W(w)

has any value and any gradient, with the right a and b, and it still has the data at the others.

A loss goes with its gradient and a bound: |loss(w + s) - loss(w) - gradient(w).s| is at most
bound(w) |s|^2 for |s| <= 1. So it is differentiable everywhere, and so are sums and products of
such losses.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from proofs.lemmas.differentiability import (
    differentiable_everywhere_by_remainder, model_error, modulus_by_remainder,
)  # fmt: skip
from proofs.lemmas.inner_products import cauchy_schwarz
from proofs.lemmas.naturals import nothing_between
from proofs.prelude import *

Number = Term | int
Smooth = tuple[Term, Term, Term]  # a loss, its gradient and its bound

F, W, bound_F, bound_W = function("F W bound_F bound_W", V >> R)
grad_F, grad_W = function("grad_F grad_W", V >> V)
FIRST, SECOND = (F, grad_F, bound_F), (W, grad_W, bound_W)
p, v, h = function("p", N >> V), function("v", N >> R), function("h", N >> V)
contains = function("contains", (V >> R) >> R)
a, value = real("a value")
b, q, s, w, slope = vector("b q s w slope")
i, m, n = natural("i m n")


# -------- smooth losses, and how to combine them
def is_smooth(loss: Term, gradient: Term, bound: Term) -> Term:
    """|loss(w + s) - loss(w) - gradient(w).s| <= bound(w) |s|^2 for |s| <= 1, at every w."""
    return forall(V, lambda w, s: implies(
        norm(s) <= 1, abs(model_error(loss, w, gradient(w), s)) <= bound(w) * norm(s) ** 2,
    ))  # fmt: skip


def affine_loss(a: Number, b: Term, q: Term) -> Smooth:
    """a + b.(w - q)."""
    return fun(V, lambda w: a + inner(b, w - q)), fun(V, lambda w: b), fun(V, lambda w: 0)


def squared_distance(q: Term) -> Smooth:
    """|w - q|^2."""
    return fun(V, lambda w: inner(w - q, w - q)), fun(V, lambda w: 2 * (w - q)), fun(V, lambda w: 1)


def sum_of_losses(f: Smooth, g: Smooth) -> Smooth:
    """The sum of two losses."""
    (x, grad_x, bound_x), (y, grad_y, bound_y) = f, g
    return (
        fun(V, lambda w: x(w) + y(w)),
        fun(V, lambda w: grad_x(w) + grad_y(w)),
        fun(V, lambda w: bound_x(w) + bound_y(w)),
    )


def slope_bound(f: Smooth, w: Term) -> Term:
    """|gradient(w)| + bound(w): near w the loss changes at most so much per unit of length."""
    rate: Term = norm(f[1](w)) + f[2](w)
    return rate


def product_of_losses(f: Smooth, g: Smooth) -> Smooth:
    """The product of two losses."""
    (x, grad_x, bound_x), (y, grad_y, bound_y) = f, g

    def bound(w: Term) -> Term:
        of_errors: Term = abs(x(w)) * bound_y(w) + abs(y(w)) * bound_x(w)
        return of_errors + slope_bound(f, w) * slope_bound(g, w)

    slope = fun(V, lambda w: y(w) * grad_x(w) + x(w) * grad_y(w))
    return fun(V, lambda w: x(w) * y(w)), slope, fun(V, bound)


def smooth_by_algebra(f: Smooth) -> Theorem:
    """A loss is smooth where z3 sees at once that the remainder is small enough."""
    return for_each(is_smooth(*f), w, s)


@cache
def sums_are_smooth() -> Theorem:
    """F + W is smooth if F and W are: the remainders add up."""
    given = [is_smooth(*FIRST), is_smooth(*SECOND)]
    errors = [instance(f, w=w, s=s) for f in given]
    return for_each(is_smooth(*sum_of_losses(FIRST, SECOND)), w, s, given=given, by=errors)


def bounded_change(f: Smooth) -> Theorem:
    """|loss(w + s) - loss(w)| <= (|gradient(w)| + bound(w)) |s| for |s| <= 1."""
    loss, gradient, _ = f
    known = [instance(is_smooth(*f), w=w, s=s), cauchy_schwarz(gradient(w), s)]
    change = abs(loss(w + s) - loss(w))
    return entails([is_smooth(*f), norm(s) <= 1], change <= slope_bound(f, w) * norm(s), by=known)


def bounded_product(left: Term, right: Term, left_bound: Term, right_bound: Term) -> Theorem:
    """|left right| <= left_bound right_bound if |left| <= left_bound and |right| <= right_bound."""
    x, y, c, d = real("x y c d")
    both = entails([abs(x) <= c, abs(y) <= d], abs(x * y) <= c * d)
    return substitute(both, {x: left, y: right, c: left_bound, d: right_bound})


def bounded_sum(terms: Sequence[Term], bounds: Sequence[Term]) -> Theorem:
    """|x + y + z| <= c + d + e if |x| <= c, |y| <= d and |z| <= e."""
    x, y, z, c, d, e = real("x y z c d e")
    three = entails([abs(x) <= c, abs(y) <= d, abs(z) <= e], abs(x + y + z) <= c + d + e)
    return substitute(three, dict(zip((x, y, z, c, d, e), (*terms, *bounds), strict=True)))


@cache
def products_are_smooth() -> Theorem:
    """F W is smooth if F and W are.

    Its remainder is F times that of W, plus W times that of F, plus the product of the changes of F
    and W.
    """
    given, length = [is_smooth(*FIRST), is_smooth(*SECOND)], norm(s)
    error_F, change_F = model_error(F, w, grad_F(w), s), F(w + s) - F(w)
    error_W, change_W = model_error(W, w, grad_W(w), s), W(w + s) - W(w)
    rate_F, rate_W = slope_bound(FIRST, w), slope_bound(SECOND, w)
    parts = [
        (F(w), error_W, abs(F(w)), bound_W(w) * length**2),
        (W(w), error_F, abs(W(w)), bound_F(w) * length**2),
        (change_F, change_W, rate_F * length, rate_W * length),
    ]
    known = [bounded_change(FIRST), bounded_change(SECOND)]
    known += [instance(f, w=w, s=s) for f in given] + [bounded_product(*part) for part in parts]
    added = bounded_sum([x * y for x, y, c, d in parts], [c * d for x, y, c, d in parts])
    bound = entails([*given, length <= 1], added.goal, by=[*known, added])
    whole = is_smooth(*product_of_losses(FIRST, SECOND))
    return entails(given, whole, by=[generalize(bound, w, s)])


def modulus_of(bound: Term) -> Term:
    """delta(w, epsilon) = min(1, epsilon / (|bound(w)| + 1))."""
    return modulus_by_remainder(fun(V, lambda w: abs(bound(w)) + 1))


@cache
def smooth_losses_are_differentiable() -> Theorem:
    """F has the gradient grad_F everywhere, if it is smooth."""
    known, constant = is_smooth(*FIRST), fun(V, lambda w: abs(bound_F(w)) + 1)
    error = lambda w, s: [instance(known, w=w, s=s)]
    return differentiable_everywhere_by_remainder(F, grad_F, constant, error, [known])


# -------- polynomials
def polynomial_in_every_class(
    loss: Term, given: Sequence[Term], by: Callable[..., Iterable[Theorem]]
) -> Theorem:
    """given |- `loss` is a polynomial: z3 shows that a class `contains` as in the definition
    contains it.

    It may use that the class contains what `given` calls polynomials, and by(generators, square,
    combinations), which are theorems about the three properties of the class.
    """
    statement = instance(polynomial(loss), contains).goal
    generators, square, combinations = statement.args[0].args  # as the definition lists them
    known = [instance(f, contains) for f in given]
    known += by(generators, square, combinations)
    return generalize(entails(given, statement, by=known), contains)


@cache
def sums_are_polynomials() -> Theorem:
    """F + W is a polynomial if F and W are."""
    combined = lambda generators, square, combinations: [instance(combinations, f=F, h=W)]
    given, (combination, _, _) = [polynomial(F), polynomial(W)], sum_of_losses(FIRST, SECOND)
    return polynomial_in_every_class(combination, given, combined)


@cache
def products_are_polynomials() -> Theorem:
    """F W is a polynomial if F and W are."""
    combined = lambda generators, square, combinations: [instance(combinations, f=F, h=W)]
    given, (combination, _, _) = [polynomial(F), polynomial(W)], product_of_losses(FIRST, SECOND)
    return polynomial_in_every_class(combination, given, combined)


def affine_is_polynomial(height: Number, tilt: Term, at: Term) -> Theorem:
    """a + b.(w - q) is the constant a - b.q plus the linear b.w."""
    constant, tilted = fun(V, lambda w: a - inner(b, q)), fun(V, lambda w: inner(b, w))
    parts = lambda generators, square, combinations: [
        instance(generators, a=a - inner(b, q), b=b),
        instance(combinations, f=constant, h=tilted),
    ]
    affine = polynomial_in_every_class(affine_loss(a, b, q)[0], [], parts)
    return substitute(affine, {a: height, b: tilt, q: at})


def squared_distance_is_polynomial(at: Term) -> Theorem:
    """|w - q|^2 is w.w plus the affine q.q - 2 q.w."""
    rest, dot_square = affine_loss(inner(q, q), -2 * q, zero)[0], fun(V, lambda w: inner(w, w))
    affine = affine_is_polynomial(inner(q, q), -2 * q, zero)
    parts = lambda generators, square, combinations: [
        instance(affine, contains),
        instance(combinations, f=dot_square, h=rest),
    ]
    return substitute(polynomial_in_every_class(squared_distance(q)[0], [], parts), {q: at})


# -------- statements about the data
def avoids(q: Term, n: Number) -> Term:
    """q is none of p(0), ..., p(n - 1)."""
    return forall(N, lambda i: implies(i < n, p(i) != q))


def distinct(m: Number) -> Term:
    """p(0), ..., p(m - 1) are distinct."""
    return forall(N, lambda i, j: implies(i < m, j < m, i != j, p(i) != p(j)))


def agrees(loss: Term, gradient: Term, n: Number) -> Term:
    """At p(i) the value is v(i) and the gradient h(i), for i < n."""
    return forall(N, lambda i: implies(i < n, (loss(p(i)) == v(i)) & (gradient(p(i)) == h(i))))


def vanishes(loss: Term, gradient: Term, n: Number) -> Term:
    """At p(i) the value is 0 and the gradient 0, for i < n."""
    return forall(N, lambda i: implies(i < n, (loss(p(i)) == 0) & (gradient(p(i)) == zero)))


def positive_elsewhere(loss: Term, n: Number) -> Term:
    """loss(w) > 0 at every w that is none of p(0), ..., p(n - 1)."""
    return forall(V, lambda w: implies(avoids(w, n), loss(w) > 0))


def fits(
    loss: Term, gradient: Term, modulus: Term, m: Number, q: Term, value: Number, slope: Term
) -> Term:
    """A polynomial, differentiable everywhere, has the data for i < m, and value and slope at q."""
    smooth = differentiable_everywhere(loss, gradient, modulus)
    data = agrees(loss, gradient, m)
    return all_of(polynomial(loss), smooth, data, loss(q) == value, gradient(q) == slope)


def smooth_polynomial(f: Smooth) -> list[Term]:
    """A polynomial, with its gradient and its bound."""
    return [polynomial(f[0]), is_smooth(*f)]


def vanishing(f: Smooth, n: Number) -> list[Term]:
    """A smooth polynomial: at p(0), ..., p(n - 1) it is 0 with its gradient, and > 0 elsewhere."""
    return [*smooth_polynomial(f), vanishes(f[0], f[1], n), positive_elsewhere(f[0], n)]


def interpolating(f: Smooth, n: Number) -> list[Term]:
    """A smooth polynomial with the data at p(0), ..., p(n - 1)."""
    return [*smooth_polynomial(f), agrees(f[0], f[1], n)]


def some_loss(holds: Callable[[Smooth], Iterable[Term]]) -> Term:
    """There is a loss, with a gradient and a bound, of which each formula of `holds` holds."""
    formula = lambda loss, gradient, bound: all_of(*holds((loss, gradient, bound)))
    return exists(V >> R, V >> V, V >> R, formula)


# -------- interpolation
def of_losses(theorem: Theorem, f: Smooth, g: Smooth) -> Theorem:
    """A theorem about F and W, of f and g."""
    return substitute(theorem, dict(zip((*FIRST, *SECOND), (*f, *g), strict=True)))


def sum_rules(f: Smooth, g: Smooth) -> list[Theorem]:
    """f + g is a smooth polynomial if f and g are."""
    return [of_losses(sums_are_smooth(), f, g), of_losses(sums_are_polynomials(), f, g)]


def product_rules(f: Smooth, g: Smooth) -> list[Theorem]:
    """f g is a smooth polynomial if f and g are."""
    return [of_losses(products_are_smooth(), f, g), of_losses(products_are_polynomials(), f, g)]


def holds_of_no_points(property_: Term) -> Theorem:
    """What is said of p(i) for all i < 0 holds."""
    return for_each(property_, i)


def holds_of_one_more(
    holds: Callable[[Number], Term], given: Sequence[Term], by: Sequence[Theorem]
) -> Theorem:
    """given |- holds(i) for all i < n + 1: by the theorems `by`, it holds for n and for i < n."""
    last = entails(given, holds(n), by=by)
    before = entails([*given, i < n], holds(i), by=by)
    cases = [before, last, replaced(holds, n, i), nothing_between(n, i)]
    return generalize(entails(given, implies(i < n + 1, holds(i)), by=cases), i)


@cache
def vanishing_polynomials_exist() -> Theorem:
    """For every n there is W: 1 for n = 0, and for n + 1 the W for n times |w - p(n)|^2."""

    def claim(n: Number) -> Term:
        return some_loss(lambda f: vanishing(f, n))

    one, factor = affine_loss(1, zero, zero), squared_distance(p(n))
    first = [smooth_by_algebra(one), affine_is_polynomial(1, zero, zero)]
    first += [holds_of_no_points(vanishes(one[0], one[1], 0))]
    base = entails([], claim(0), by=[witnessed(claim(0), *one), *first])

    given, new = vanishing(SECOND, n), product_of_losses(SECOND, factor)
    vanishes_at = lambda i: (new[0](p(i)) == 0) & (new[1](p(i)) == zero)
    zeros = holds_of_one_more(vanishes_at, given, by=[instance(vanishes(W, grad_W, n), i)])
    off = avoids(w, n + 1)
    fewer = for_each(avoids(w, n), i, given=[off], by=[instance(off, i)])
    known = [fewer, instance(off, n), square_nonnegative(w - p(n))]
    known += [instance(positive_elsewhere(W, n), w)]
    positive = generalize(entails([*given, off], new[0](w) > 0, by=known), w)
    rules = [smooth_by_algebra(factor), squared_distance_is_polynomial(p(n))]
    rules += product_rules(SECOND, factor)
    step = entails(given, claim(n + 1), by=[witnessed(claim(n + 1), *new), *rules, zeros, positive])
    return by_induction(claim, base, choose(entails([claim(n)], claim(n)), step, *SECOND), n)


def corrected(a: Term, b: Term) -> Smooth:
    """F + (a + b.(w - q)) W."""
    return sum_of_losses(FIRST, product_of_losses(affine_loss(a, b, q), SECOND))


@cache
def corrected_polynomial_agrees() -> Theorem:
    """Whatever a and b are, F + (a + b.(w - q)) W is a smooth polynomial and has the data at p(0),
    ..., p(n - 1).
    """
    given, new = [*interpolating(FIRST, n), *vanishing(SECOND, n)], corrected(a, b)
    data, zeros = instance(agrees(F, grad_F, n), i), instance(vanishes(W, grad_W, n), i)
    no_turn = cauchy_schwarz(grad_W(p(i)), grad_F(p(i)) - h(i))
    agrees_at = (new[0](p(i)) == v(i)) & (new[1](p(i)) == h(i))
    kept = generalize(entails([*given, i < n], agrees_at, by=[data, zeros, no_turn]), i)
    factor = affine_loss(a, b, q)
    rules = [smooth_by_algebra(factor), affine_is_polynomial(a, b, q)]
    rules += product_rules(factor, SECOND)
    rules += sum_rules(FIRST, product_of_losses(factor, SECOND))
    return entails(given, all_of(*interpolating(new, n)), by=[kept, *rules])


def right_at_the_new_point(a: Term, b: Term) -> Term:
    """F + (a + b.(w - q)) W has value and slope at q."""
    loss, gradient, _ = corrected(a, b)
    return all_of(loss(q) == value, gradient(q) == slope)


@cache
def right_coefficients_exist() -> Theorem:
    """If W(q) > 0: a = (value - F(q)) / W(q) and b = (slope - grad_F(q) - a grad_W(q)) / W(q)."""
    goal, inverse, height = exists(R, V, right_at_the_new_point), 1 / W(q), (value - F(q)) / W(q)
    missing = slope - grad_F(q) - height * grad_W(q)
    turned = replaced(lambda x: slope - missing + x * missing == slope, 1, W(q) * inverse)
    cancels = entails([W(q) > 0], W(q) * inverse == 1)
    value_is_right = entails([W(q) > 0], F(q) + height * W(q) == value)
    witness = witnessed(goal, a=height, b=inverse * missing)
    return entails([W(q) > 0], goal, by=[witness, value_is_right, turned, cancels])


@cache
def further_point() -> Theorem:
    """If a smooth polynomial has the data at n points, one has them and, at a further point q,
    value and slope.
    """
    given = [*interpolating(FIRST, n), *vanishing(SECOND, n), avoids(q, n)]
    before = some_loss(lambda f: interpolating(f, n))
    goal = some_loss(lambda f: [*interpolating(f, n), f[0](q) == value, f[1](q) == slope])
    known = [right_coefficients_exist(), instance(positive_elsewhere(W, n), q)]
    coefficients = entails(given, exists(R, V, right_at_the_new_point), by=known)
    witness = [witnessed(goal, *corrected(a, b)), corrected_polynomial_agrees()]
    use = entails([*given, right_at_the_new_point(a, b)], goal, by=witness)
    with_coefficients = choose(coefficients, use, a, b)
    with_W = choose(instance(vanishing_polynomials_exist(), n), with_coefficients, *SECOND)
    return choose(entails([before], before), with_W, *FIRST)


@cache
def interpolating_polynomials_exist() -> Theorem:
    """For distinct p(0), ..., p(m - 1), some smooth polynomial has the data at the first n <= m."""

    def claim(n: Number) -> Term:
        return implies(n <= m, some_loss(lambda f: interpolating(f, n)))

    nought, none = affine_loss(0, zero, zero), some_loss(lambda f: interpolating(f, 0))
    first = [smooth_by_algebra(nought), affine_is_polynomial(0, zero, zero)]
    first += [holds_of_no_points(agrees(nought[0], nought[1], 0))]
    base = entails([], claim(0), by=[witnessed(none, *nought), *first])

    given = [*interpolating(FIRST, n), F(p(n)) == v(n), grad_F(p(n)) == h(n)]
    longer = some_loss(lambda f: interpolating(f, n + 1))
    agrees_at = lambda i: (F(p(i)) == v(i)) & (grad_F(p(i)) == h(i))
    data = holds_of_one_more(agrees_at, given, by=[instance(agrees(F, grad_F, n), i)])
    use = entails(given, longer, by=[witnessed(longer, *FIRST), data])
    extended = choose(substitute(further_point(), {q: p(n), value: v(n), slope: h(n)}), use, *FIRST)
    room = [distinct(m), n + 1 <= m]
    new_point = for_each(avoids(p(n), n), i, given=room, by=[instance(distinct(m), i=i, j=n)])
    step = entails([distinct(m), claim(n)], claim(n + 1), by=[extended, new_point])
    return by_induction(claim, base, step, n)


@cache
def interpolation_theorem() -> Theorem:
    """The theorem for the symbols m, q, value and slope: all the points, and q as a further one."""
    formula = lambda f, grad, delta: fits(f, grad, delta, m, q, value, slope)
    goal = exists(V >> R, V >> V, (V, R) >> R, formula)
    witness = witnessed(goal, f=F, grad=grad_F, delta=modulus_of(bound_F))
    given = [*interpolating(FIRST, m), F(q) == value, grad_F(q) == slope]
    use = entails(given, goal, by=[witness, smooth_losses_are_differentiable()])
    one_more_point = substitute(further_point(), {n: m})
    known = [one_more_point, instance(interpolating_polynomials_exist(), m)]
    return choose(entails([distinct(m), avoids(q, m)], one_more_point.goal, by=known), use, *FIRST)


def hermite_interpolation(count: Term, at: Term, height: Number, gradient: Term) -> Theorem:
    """For distinct p(0), ..., p(count - 1) and a further point `at`, some polynomial has any data.

    {distinct(count), avoids(at, count)} |- there are L, grad and delta such that
    `fits(L, grad, delta, count, at, height, gradient)`.
    """
    return substitute(interpolation_theorem(), {m: count, q: at, value: height, slope: gradient})
