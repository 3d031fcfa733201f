"""Steepest directions: of all vectors of norm at most 1, those with the least product with the
gradient.

They are the vectors -q where q attains the dual norm of the gradient, the largest product there is.
(Boyd and Vandenberghe, Convex Optimization, on steepest descent.) In the Euclidean norm, which
is its own dual, that is -grad/|grad|.
"""

from collections.abc import Callable
from functools import cache

from proofs.lemmas.angles import opposite
from proofs.lemmas.inner_products import cauchy_schwarz, norm_scaling
from proofs.prelude import *

nu = function("nu", V >> R)
c, dual = real("c dual")
grad, q, u, v = vector("grad q u v")

EUCLIDEAN = fun(V, lambda v: norm(v))
LOPSIDED = fun(V, lambda v: norm(v) + abs(inner(e1, v)))


def least(ball: Callable[[Term], Term], product: Callable[[Term], Term], x: Term) -> Term:
    """x is in the ball, and no y in the ball has a smaller product."""
    return ball(x) & forall(x.sort, lambda y: implies(ball(y), product(x) <= product(y)))


@definition("{u} is steepest against {grad} in the norm {nu}")
def steepest(nu: Term, u: Term, grad: Term) -> Term:
    """nu(u) <= 1, and u.grad <= v.grad for every v with nu(v) <= 1."""
    return least(lambda v: nu(v) <= 1, lambda v: inner(v, grad), u)


@definition("{q} attains the dual norm {dual} of {grad} for the norm {nu}")
def attains_dual_norm(nu: Term, grad: Term, q: Term, dual: Term) -> Term:
    """nu(q) = 1 and q.grad = dual, and v.grad <= nu(v) dual for every v."""
    return all_of(
        nu(q) == 1, inner(q, grad) == dual, forall(V, lambda v: inner(v, grad) <= nu(v) * dual)
    )


def least_where(
    statement: Term, reached: Term, best: Term, y: Term, given: list[Term], by: list[Theorem]
) -> Theorem:
    """given |- `statement`, made by `least`, holds exactly where `reached` does: x is in the ball,
    its product a bound.

    By the theorems `by`, nothing in the ball has a smaller product than that, and `best` is in the
    ball and has it.
    """
    lowest = statement.args[0].args[-1]
    attained = entails([*given, statement], reached, by=[instance(lowest, best), *by])
    bounded = for_each(lowest, y, given=[*given, reached], by=by)
    return entails(given, iff(statement, reached), by=[attained, bounded, *by])


@cache
def steepest_in_any_norm() -> Theorem:
    """u is steepest exactly where nu(u) <= 1 and u.grad = -dual; -q is. For (-v).grad <= nu(-v)
    dual = nu(v) dual.
    """
    given, statement = [is_norm(nu), attains_dual_norm(nu, grad, q, dual)], steepest(nu, u, grad)
    scaling, bound = given[0].args[0].args[1], given[1].args[0].args[2]
    turned = [t for w in (q, u, v) for t in (instance(scaling, -1, w), instance(bound, -w))]
    where = least_where(statement, (nu(u) <= 1) & (inner(u, grad) == -dual), -q, v, given, turned)
    there = entails(given, (nu(-q) <= 1) & (inner(-q, grad) == -dual), by=turned)
    return entails(
        given, where.goal & steepest(nu, -q, grad), by=[where, there, substitute(where, {u: -q})]
    )


def norms(nu: Term) -> Theorem:
    """nu, made of |v| and inner products, is a norm, by |u.v| <= |u| |v|."""
    positive, scaling, triangle = is_norm(nu).args[0].args
    shorter = entails([], norm(u + v) <= norm(u) + norm(v), by=[cauchy_schwarz(u, v)])
    parts = [
        for_each(positive, v),
        for_each(scaling, c, v, by=[norm_scaling(c, v)]),
        for_each(triangle, u, v, by=[shorter]),
    ]
    return entails([], is_norm(nu), by=parts)


def dual_of_the_euclidean_norm(grad: Term) -> Theorem:
    """For grad != 0 the dual norm is |grad|, attained at grad/|grad|, by Cauchy-Schwarz."""
    attained = attains_dual_norm(EUCLIDEAN, grad, grad / norm(grad), norm(grad))
    bound = for_each(attained.args[0].args[2], v, by=[cauchy_schwarz(v, grad)])
    return entails([grad != zero], attained, by=[norm_scaling(1 / norm(grad), grad), bound])


@cache
def steepest_in_the_euclidean_norm() -> Theorem:
    """For grad != 0, u is steepest in the Euclidean norm exactly where u = -grad/|grad|."""
    in_any = substitute(
        steepest_in_any_norm(), {nu: EUCLIDEAN, q: grad / norm(grad), dual: norm(grad)}
    )
    where = iff(steepest(EUCLIDEAN, u, grad), u == -grad / norm(grad))
    facts = [
        norms(EUCLIDEAN),
        dual_of_the_euclidean_norm(grad),
        opposite(u, grad),
        cauchy_schwarz(u, grad),
    ]
    return entails([grad != zero], where, by=[in_any, *facts])


def steepest_in_the_lopsided_norm() -> list[Theorem]:
    """|v| + |x| with x = e1.v is a norm, in which -(3 e1 + 4 e2)/8 is steepest against 2 e1 + e2.

    For 4 v.(2 e1 + e2) = v.(3 e1 + 4 e2) + 5 x, which is at least -5 |v| - 5 |x|.
    """
    best = Fraction(-1, 8) * (3 * e1 + 4 * e2)
    statement = steepest(LOPSIDED, best, 2 * e1 + e2)
    lowest = for_each(statement.args[0].args[-1], v, by=[cauchy_schwarz(best, v)])
    return [norms(LOPSIDED), entails([], statement, by=[lowest])]
