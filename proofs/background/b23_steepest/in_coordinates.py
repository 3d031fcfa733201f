"""Steepest directions in R^n, for any n, where the norm is the max norm or the 1-norm; each is the
dual of the other.

d(0), ..., d(n - 1) is the gradient. A vector is a sequence x, of which the first n numbers count;
`total` sums them up. (For the 1-norm: Boyd and Vandenberghe, Convex Optimization, on steepest
descent.)
"""

from collections.abc import Callable
from functools import cache

from proofs.background.b23_steepest.norms import least, least_where
from proofs.background.b23_steepest.sums import (
    a, b, below, c, equal_sums, i, k, m, n, next_sum, sum_of_larger_terms, sum_of_multiples,
    sum_of_one_term, total,
)  # fmt: skip
from proofs.lemmas.naturals import nothing_between
from proofs.prelude import *

d, x, y = function("d x y", N >> R)
OF_D = (d, n, total)

Steepest = Callable[..., Term]


def product(x: Term, d: Term, n: Term, total: Term) -> Term:
    """x(0) d(0) + ... + x(n - 1) d(n - 1)."""
    value: Term = total(n, fun(N, lambda k: x(k) * d(k)))
    return value


def one_norm(x: Term, n: Term, total: Term) -> Term:
    """|x(0)| + ... + |x(n - 1)|."""
    value: Term = total(n, fun(N, lambda k: abs(x(k))))
    return value


def in_the_cube(x: Term, n: Term) -> Term:
    """The max norm of x is at most 1."""
    return below(n, lambda k: abs(x(k)) <= 1)


@definition("{x} is steepest against {d} in the max norm of R^{n}, summed by {total}")
def steepest_in_max_norm(x: Term, d: Term, n: Term, total: Term) -> Term:
    """|x(k)| <= 1 for k < n, and x.d <= y.d for every y with |y(k)| <= 1 for k < n."""
    return least(lambda y: in_the_cube(y, n), lambda y: product(y, d, n, total), x)


@definition("{x} is steepest against {d} in the 1-norm of R^{n}, summed by {total}")
def steepest_in_one_norm(x: Term, d: Term, n: Term, total: Term) -> Term:
    """|x(0)| + ... + |x(n - 1)| <= 1, and x.d <= y.d for every other such y."""
    return least(lambda y: one_norm(y, n, total) <= 1, lambda y: product(y, d, n, total), x)


def only_one(steepest: Steepest, d: Term, n: Term | int, total: Term) -> Term:
    """Any two steepest vectors have the same first n coordinates."""
    return forall(N >> R, N >> R, lambda x, y: implies(
        steepest(x, d, n, total), steepest(y, d, n, total), below(n, lambda k: x(k) == y(k)),
    ))  # fmt: skip


@definition("{x} goes against each sign of {d} in R^{n}")
def against_each_sign(x: Term, d: Term, n: Term) -> Term:
    """For k < n, x(k) is -1 where d(k) > 0 and 1 where d(k) < 0, and some number from -1 to 1 where
    d(k) = 0.
    """
    signs = below(n, lambda k: implies(d(k) > 0, x(k) == -1) & implies(d(k) < 0, x(k) == 1))
    return in_the_cube(x, n) & signs


@definition("{x} goes against the coordinate {i} of {d} in R^{n}, and no other")
def against_one_coordinate(x: Term, d: Term, n: Term, i: Term) -> Term:
    """x(i) is -1 if d(i) > 0 and 1 if d(i) < 0, and the other coordinates are 0."""
    others = below(n, lambda k: implies(k != i, x(k) == 0))
    return all_of(implies(d(i) > 0, x(i) == -1), implies(d(i) < 0, x(i) == 1), others)


@definition("|{d}({i})| is largest in R^{n}")
def is_largest(d: Term, n: Term, i: Term) -> Term:
    """i < n, and |d(k)| <= |d(i)| for k < n."""
    return (i < n) & below(n, lambda k: abs(d(k)) <= abs(d(i)))


@definition("|{d}({i})| is larger than each other |{d}(k)| in R^{n}")
def is_alone(d: Term, n: Term | int, i: Term | int) -> Term:
    """|d(k)| < |d(i)| for every other k < n."""
    return below(n, lambda k: implies(k != i, abs(d(k)) < abs(d(i))))


# ---------------------------------------------------------------------------------- in the max norm
# Both are against each sign. Where d(k) = 0, the first is 0, whatever 1/0 may be, and the second is
# 1.
SIGNS = fun(N, lambda k: -d(k) / abs(d(k)))
OTHER_SIGNS = fun(N, lambda k: 1 - (d(k) + abs(d(k))) / abs(d(k)))


def for_each_term(statement: Term, given: list[Term], by: list[Theorem]) -> Theorem:
    """given |- `statement`, made by `below(n, ...)`, where z3 derives it for each k < n."""
    return for_each(statement, k, given=given, by=by)


@cache
def least_in_the_cube() -> Theorem:
    """x.d >= -(|d(0)| + ... + |d(n - 1)|) in the cube, with equality exactly against each sign."""
    lowest, terms = fun(N, lambda k: -abs(d(k))), fun(N, lambda k: x(k) * d(k))
    inside, equal = in_the_cube(x, n), below(n, lambda k: lowest(k) == terms(k))
    signs = against_each_sign(x, d, n).args[0].args[1]
    by = [
        for_each_term(below(n, lambda k: lowest(k) <= terms(k)), [inside], [instance(inside, k)]),
        for_each_term(signs, [equal], [instance(equal, k)]),
        for_each_term(equal, [signs], [instance(signs, k)]),
        substitute(equal_sums(), {a: lowest, b: terms}),
        sum_of_larger_terms(lowest, terms, n, k),
        substitute(sum_of_multiples(), {c: -1, a: fun(N, lambda k: abs(d(k)))}),
    ]
    bound = -one_norm(d, n, total)
    reached = iff(product(x, *OF_D) == bound, against_each_sign(x, d, n))
    return entails([sums(total), inside], (product(x, *OF_D) >= bound) & reached, by)


def signs_are_against_each_sign(signs: Term) -> Theorem:
    """SIGNS and OTHER_SIGNS are against each sign."""
    inside, against = against_each_sign(signs, d, n).args[0].args
    return entails(
        [], inside & against, by=[for_each_term(inside, [], []), for_each_term(against, [], [])]
    )


@cache
def steepest_in_the_cube() -> Theorem:
    """x is steepest in the max norm exactly against each sign, and its product with d is minus the
    1-norm of d.
    """
    given, statement, bound = [sums(total)], steepest_in_max_norm(x, *OF_D), -one_norm(d, n, total)
    by = [
        signs_are_against_each_sign(SIGNS),
        *(substitute(least_in_the_cube(), {x: z}) for z in (x, y, SIGNS)),
    ]
    where = least_where(
        statement, in_the_cube(x, n) & (product(x, *OF_D) == bound), SIGNS, y, given, by
    )
    signs = against_each_sign(x, d, n)
    return entails(
        given, iff(statement, signs) & implies(signs, product(x, *OF_D) == bound), by=[where, *by]
    )


@cache
def only_one_in_the_cube() -> Theorem:
    """That is one vector exactly where no d(k) is 0: where one is, SIGNS and OTHER_SIGNS differ."""
    given, one, regular = (
        [sums(total)],
        only_one(steepest_in_max_norm, *OF_D),
        below(n, lambda k: d(k) != 0),
    )
    steepest = [substitute(steepest_in_the_cube(), {x: z}) for z in (x, y, SIGNS, OTHER_SIGNS)]
    both = [steepest_in_max_norm(z, *OF_D) for z in (x, y)]
    each = [
        instance(regular, k),
        *(instance(against_each_sign(z, d, n).args[0].args[1], k) for z in (x, y)),
    ]
    same = for_each_term(
        below(n, lambda k: x(k) == y(k)), [*given, regular, *both], [*steepest, *each]
    )
    two = [signs_are_against_each_sign(SIGNS), signs_are_against_each_sign(OTHER_SIGNS)]
    agree = below(n, lambda k: SIGNS(k) == OTHER_SIGNS(k))
    forced = entails([*given, one], agree, by=[instance(one, SIGNS, OTHER_SIGNS), *steepest, *two])
    differ = entails([d(k) == 0], SIGNS(k) != OTHER_SIGNS(k))
    not_zero = for_each_term(regular, [*given, one], [instance(forced, k), differ])
    return entails(given, iff(one, regular), by=[generalize(same, x, y), not_zero])


# ------------------------------------------------------------------------------------ in the 1-norm
def unit(i: Term) -> Term:
    """The vector against the i-th coordinate: -d(i)/|d(i)| at i, and 0 elsewhere, at a distance of
    1 and more.
    """
    return fun(N, lambda k: -maximum(0, 1 - abs(k - i)) * (d(i) / abs(d(i))))


def unit_is_against(j: Term) -> Theorem:
    """If d(j) != 0, unit(j) is against the j-th coordinate."""
    others = against_one_coordinate(unit(i), d, n, i).args[0].args[-1]
    apart = for_each_term(others, [], [nothing_between(k, i), nothing_between(i, k)])
    return substitute(
        entails([d(i) != 0], against_one_coordinate(unit(i), d, n, i), by=[apart]), {i: j}
    )


def sum_along(terms: Term, given: list[Term], by: list[Theorem]) -> Theorem:
    """The sum of `terms` is the one at i, where by the theorems `by` about each k the others are
    0.
    """
    vanish = for_each_term(below(n, lambda k: implies(k != i, terms(k) == 0)), given, by)
    one_term = substitute(sum_of_one_term(), {a: terms})
    return entails([sums(total), i < n, *given], one_term.goal, by=[vanish, one_term])


@cache
def along_one_coordinate() -> Theorem:
    """Against the i-th coordinate the product is -|d(i)|, and the 1-norm is 1."""
    given = [sums(total), i < n, d(i) != 0, against_one_coordinate(x, d, n, i)]
    others = given[-1].args[0].args[-1]
    parts = fun(N, lambda k: x(k) * d(k)), fun(N, lambda k: abs(x(k)))
    by = [sum_along(terms, [others], [instance(others, k)]) for terms in parts]
    return entails(given, (product(x, *OF_D) == -abs(d(i))) & (one_norm(x, n, total) == 1), by)


@cache
def least_in_the_cross_polytope() -> Theorem:
    """Where |d(i)| is largest, x.d >= -|d(i)| times the 1-norm of x; x(k) d(k) + |d(i)| |x(k)| is
    at most the gap.
    """
    lowest, terms = fun(N, lambda k: -abs(d(i)) * abs(x(k))), fun(N, lambda k: x(k) * d(k))
    largest = is_largest(d, n, i)
    larger = below(n, lambda k: lowest(k) <= terms(k))
    by = [
        for_each_term(larger, [largest], [instance(largest.args[0].args[1], k)]),
        sum_of_larger_terms(lowest, terms, n, k),
        substitute(sum_of_multiples(), {c: -abs(d(i)), a: fun(N, lambda k: abs(x(k)))}),
    ]
    gap = product(x, *OF_D) + abs(d(i)) * one_norm(x, n, total)
    return entails(
        [sums(total), largest],
        (gap >= 0) & implies(k < n, x(k) * d(k) + abs(d(i)) * abs(x(k)) <= gap),
        by,
    )


@cache
def steepest_in_the_cross_polytope() -> Theorem:
    """Where |d(i)| > 0 is largest: x is steepest in the 1-norm exactly where its product with d is
    -|d(i)|.
    """
    given, statement = [sums(total), is_largest(d, n, i), d(i) != 0], steepest_in_one_norm(x, *OF_D)
    reached = (one_norm(x, n, total) <= 1) & (product(x, *OF_D) == -abs(d(i)))
    bounds = [substitute(least_in_the_cross_polytope(), {x: z}) for z in (x, y)]
    by = [
        *bounds,
        unit_is_against(i),
        along_one_coordinate(),
        substitute(along_one_coordinate(), {x: unit(i)}),
    ]
    where = least_where(statement, reached, unit(i), y, given, by)
    along = implies(against_one_coordinate(x, d, n, i), statement)
    return entails(given, iff(statement, reached) & along, by=[where, *by])


@cache
def steepest_along_one_coordinate() -> Theorem:
    """If every other |d(k)| is less than |d(i)|, a steepest x has x(k) = 0 there, by x(k) d(k) =
    -|d(i)| |x(k)|.
    """
    statement = steepest_in_one_norm(x, *OF_D)
    others = against_one_coordinate(x, d, n, i).args[0].args[-1]
    given = [sums(total), is_largest(d, n, i), d(i) != 0, is_alone(d, n, i), statement]
    reached = [steepest_in_the_cross_polytope(), least_in_the_cross_polytope()]
    vanish = for_each_term(others, given, [*reached, instance(is_alone(d, n, i), k)])
    remains = sum_along(fun(N, lambda k: x(k) * d(k)), [others], [instance(others, k)])
    return entails(given, against_one_coordinate(x, d, n, i), by=[vanish, remains, *reached])


@cache
def only_one_in_the_cross_polytope() -> Theorem:
    """Where |d(i)| > 0 is largest, that is one vector exactly where no other |d(k)| is as large,
    else unit(k) too.
    """
    given, one = (
        [sums(total), is_largest(d, n, i), d(i) != 0],
        only_one(steepest_in_one_norm, *OF_D),
    )
    both = [steepest_in_one_norm(z, *OF_D) for z in (x, y)]
    along = [substitute(steepest_along_one_coordinate(), {x: z}) for z in (x, y)]
    each = [instance(against_one_coordinate(z, d, n, i).args[0].args[-1], k) for z in (x, y)]
    at_i = replaced(lambda j: x(j) == y(j), i, k)
    same = for_each_term(
        below(n, lambda k: x(k) == y(k)), [*given, is_alone(d, n, i), *both], [*along, *each, at_i]
    )

    as_large = [*given, one, k < n, k != i, abs(d(k)) >= abs(d(i))]
    bounds, bounds_k = (is_largest(d, n, z).args[0].args[1] for z in (i, k))
    largest = for_each(bounds_k, m, given=as_large, by=[instance(bounds, m)])
    units = [unit_is_against(i), unit_is_against(k)]
    steepest = [substitute(steepest_in_the_cross_polytope(), {i: z, x: unit(z)}) for z in (i, k)]
    agree = below(n, lambda j: unit(i)(j) == unit(k)(j))
    forced = entails(
        as_large, agree, by=[largest, instance(one, unit(i), unit(k)), *steepest, *units]
    )
    differ = instance(against_one_coordinate(unit(k), d, n, k).args[0].args[-1], i)
    absurd = entails(as_large, 0 * d(i) != 0, by=[instance(forced, i), differ, *units])
    smaller = for_each_term(is_alone(d, n, i), [*given, one], [absurd])
    return entails(given, iff(one, is_alone(d, n, i)), by=[generalize(same, x, y), smaller])


def in_the_unit_cube() -> list[Theorem]:
    """Which vectors are steepest in the max norm, and when there is only one."""
    return [steepest_in_the_cube(), only_one_in_the_cube()]


def in_the_cross_polytope() -> list[Theorem]:
    """Which vectors are steepest in the 1-norm, and when there is only one."""
    return [steepest_in_the_cross_polytope(), only_one_in_the_cross_polytope()]


def two_against_zero() -> list[Theorem]:
    """In R^1 the coordinate d(0) = 0 is alone, and yet both 0 and 1 are steepest in the 1-norm: all
    products are 0.
    """
    flat, level = fun(N, lambda k: 0), fun(N, lambda k: 1)
    unique = only_one(steepest_in_one_norm, flat, 1, total)
    differ = witnessed(negation(below(1, lambda k: flat(k) == level(k))), 0)
    two = witnessed(negation(unique), flat, level)
    sizes = [
        *next_sum(fun(N, lambda k: abs(flat(k))), 0),
        *next_sum(fun(N, lambda k: abs(level(k))), 0),
    ]
    refuted = entails([sums(total)], negation(unique), by=[two, differ, *sizes])
    return [for_each_term(is_alone(flat, 1, 0), [], [nothing_between(0, k)]), refuted]
