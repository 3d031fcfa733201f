"""The rules for quantifiers: instance and generalize, witnessed and choose."""

from __future__ import annotations

from typing import Any


import re

import pytest

from proofs.kernel import (
    KernelError, N, R, V, archimedes, choose, e1, entails, exists, forall, fun, function,
    generalize, implies, instance, natural, norm, real, sqrt, square_nonnegative, vector, witnessed,
    zero,
)  # fmt: skip
from proofs.definitions import convex
from proofs.kernel.terms import bind
from tests.kernel.comparing import alike
from tests.kernel.refusals import refuses

x, y, a, b, c, d = real("x y a b c d")
m, n = natural("m n")
u, v = vector("u v")
f = function("f", R >> R)
L = function("L", V >> R)

FALSE = x < x
POSITIVE = entails([a > 0], a > -1)


# ----------------------------------------------------------------------------------------- instance
def test_instances_have_the_sort_of_the_variable() -> None:
    naturals = generalize(entails([], n >= 0), n)
    refuses(
        "here belongs a term in N",
        lambda: instance(naturals, -a),
        lambda: instance(naturals, a),
        lambda: instance(naturals, -1),
        lambda: instance(naturals, n - 5),
        lambda: instance(naturals, n / 2),
        lambda: instance(naturals, abs(n)),
        lambda: instance(naturals, 1 / (n + 1)),
        lambda: instance(naturals, m / n),
        lambda: instance(naturals, sqrt(n)),
    )
    instance(naturals, 2 * n * m + 3)
    with pytest.raises(KernelError, match="here belongs a term in V"):
        instance(generalize(square_nonnegative(u), u), 0)
    with pytest.raises(KernelError, match="here belongs a term in R"):
        instance(forall(R, lambda t: t > 0), u)


def test_instances_of_what_is_not_universal() -> None:
    refuses(
        "is not of the form `forall",
        lambda: instance(exists(R, lambda t: t > 0), 1),
        lambda: instance(x > 0, 1),
        lambda: instance(~forall(R, lambda t: t > 0), 1),
        lambda: instance(forall(R, lambda t: t > 0), 1, 2),
        lambda: instance(implies(x > 0, forall(R, lambda t: t > 0)), 1),
    )
    assert instance(forall(R, lambda s, t: s > t), x, y).goal is (x > y)


def test_an_instance_of_a_formula_assumes_it() -> None:
    universal = forall(R, lambda t: f(t) > t)
    assert instance(universal, 3).hypotheses == (universal,)
    theorem = generalize(entails([f(x) > 0], f(x) >= 0), x)
    assert instance(theorem, y).hypotheses == ()
    assert alike(instance(theorem, y).goal, implies(f(y) > 0, f(y) >= 0))


# ---------------------------------------------------------------------------------------- witnessed
def test_values_stand_under_the_names_of_the_variables() -> None:
    """In whatever order they are given: the statement tells which comes first."""
    below = forall(R, V, R, lambda r, w, s: implies(r < s, r < s + norm(w)))
    there = instance(below, a, u, b)
    assert instance(below, r=a, w=u, s=b).goal is there.goal
    assert instance(below, s=b, w=u, r=a).goal is there.goal
    assert instance(below, a, s=b, w=u).goal is there.goal
    assert instance(below, r=a).goal is instance(below, a).goal
    assert instance(generalize(POSITIVE, a), a=b).goal is instance(generalize(POSITIVE, a), b).goal
    folded = convex(L)
    assert instance(folded, v=u, w=v, t=c).goal is instance(folded, u, v, c).goal
    some = exists(R, lambda r, s: r < s)
    assert witnessed(some, s=b, r=a).hypotheses[0] is witnessed(some, a, b).hypotheses[0]


def test_a_name_that_the_statement_does_not_bind() -> None:
    below = forall(R, lambda r, s: implies(r < 0, forall(R, lambda t: r < t**2)))
    refuses("binds r, s, in this order; it is given t", lambda: instance(below, t=a))
    refuses(
        "binds r, s, in this order",
        lambda: instance(below, s=a),
        lambda: instance(below, r=a, s=b, t=c),
        lambda: instance(below, a, r=b),
        lambda: instance(below, a, b, s=c),
    )
    refuses("binds no variable", lambda: instance(a > 0, r=a), lambda: witnessed(below, r=a))


def test_a_value_too_many_is_told_of_the_statement_with_the_others_put_in() -> None:
    below = forall(R, lambda r, s: implies(r < 0, forall(R, lambda t: r + s < t**2)))
    told = "a < 0 implies for all t: a + b < t^2 is not of the form"
    refuses(re.escape(told), lambda: instance(below, a, b, c))
    assert instance(below, a, b).goal is implies(a < 0, forall(R, lambda t: a + b < t**2))


def test_one_name_bound_twice_is_not_given_by_name() -> None:
    again = bind("forall", [x], bind("forall", [x], x == x))
    assert instance(again, a, b).goal is (b == b)
    refuses("cannot stand for|binds x, x", lambda: instance(again, x=a, y=b))


def test_a_witness_shows_its_property_first() -> None:
    positive = exists(R, lambda t: (t > 0) & (t**2 < 0))
    assert len(witnessed(positive, 1).hypotheses) == 1
    with pytest.raises(KernelError, match="does not follow"):
        entails([], positive, by=[witnessed(positive, 1)])
    small = exists(R, lambda t: (t > 0) & (t**2 < x))
    theorem = entails([x > 4], small, by=[witnessed(small, 2)])
    assert theorem.hypotheses == (x > 4,)


def test_a_witness_has_the_sort_of_the_variable() -> None:
    refuses(
        "here belongs a term in N",
        lambda: witnessed(exists(N, lambda i: i < 0), -1),
        lambda: witnessed(exists(N, lambda i: 2 * i == 1), x / 2),
        lambda: witnessed(exists(N, lambda i: i == x), x),
    )
    refuses("here belongs a term in V", lambda: witnessed(exists(V, lambda s: norm(s) == 0), 0))
    refuses(
        "here belongs a term in R -> R", lambda: witnessed(exists(R >> R, lambda h: h(0) == 0), L)
    )
    refuses("is not of the form `exists", lambda: witnessed(forall(R, lambda t: t > 0), 1))
    witnessed(exists(R, lambda t: t >= 0), n)
    witnessed(exists(R >> R, lambda h: h(0) == 0), fun(R, lambda t: t))


# --------------------------------------------------------------------------------------- generalize
def test_hypotheses_on_the_variable_move_inside() -> None:
    theorem = generalize(entails([a > 0, b > 0], a + b > 0), a)
    assert theorem.hypotheses == (b > 0,)
    assert alike(theorem.goal, forall(R, lambda t: implies(t > 0, t + b > 0)))
    closed = generalize(entails([a > 0, b > a], b > 0), a, b)
    assert closed.hypotheses == ()
    assert alike(closed.goal, forall(R, lambda s, t: implies(s > 0, t > s, t > 0)))
    with pytest.raises(KernelError, match="does not follow"):
        entails([], b > 0, by=[instance(closed, a, b)])


def test_only_free_symbols_are_generalized() -> None:
    attempts: list[Any] = [a + 1, 3, "a", e1, zero, f(a), None]
    for attempt in attempts:
        with pytest.raises(KernelError, match="free symbol"):
            generalize(POSITIVE, attempt)
    with pytest.raises(KernelError, match="free symbol"):
        generalize(POSITIVE, a, a)
    generalize(POSITIVE, a, b)


def test_a_natural_number_generalizes_over_the_naturals_only() -> None:
    theorem = generalize(entails([], n >= 0), n)
    assert alike(theorem.goal, forall(N, lambda i: i >= 0))
    assert not alike(theorem.goal, forall(R, lambda t: t >= 0))


# ------------------------------------------------------------------------------------------- choose
ABOVE = entails([], exists(R, lambda t: t > b), by=[witnessed(exists(R, lambda t: t > b), b + 1)])


def test_the_chosen_symbol_is_fresh() -> None:
    above_6 = exists(R, lambda t: t > 6)
    existence = entails([a > 7], above_6, by=[witnessed(above_6, a)])
    refuses(
        "must be fresh",
        lambda: choose(ABOVE, entails([a > b], a > b), a),  # in the goal
        lambda: choose(ABOVE, entails([a > b, a < b + 1], b + 1 > b), a),  # in another hypothesis
        lambda: choose(ABOVE, entails([b > b], FALSE), b),  # in the existence theorem
        lambda: choose(existence, entails([a > 6, y > 0], y > -1), a),  # in its hypothesis
    )
    again = entails([a > b], ABOVE.goal, by=[witnessed(ABOVE.goal, a)])
    assert choose(ABOVE, again, a).hypotheses == ()


def test_choose_keeps_the_other_hypotheses() -> None:
    above = exists(R, lambda t: t > 0)
    positive = entails([], above, by=[witnessed(above, 1)])
    assert choose(positive, entails([a > 0, b > 0], b > -1), a).hypotheses == (b > 0,)
    assert choose(positive, entails([b > 0], b > -1), a).hypotheses == (b > 0,)


def test_choose_drops_only_what_the_property_says() -> None:
    """The conjuncts of P(c) go; what follows from them, or resembles them, stays."""
    band = exists(R, lambda t: (t > 0) & (t < b))
    existence = entails([b > 0], band, by=[witnessed(band, b / 2)])
    theorem = choose(existence, entails([a > 0, a < b], b > 0), a)
    assert theorem.hypotheses == (b > 0,)
    with pytest.raises(KernelError, match="must be fresh"):
        choose(existence, entails([a > 0, a < b, a > b / 4], b > 0), a)
    with pytest.raises(KernelError, match="must be fresh"):
        choose(existence, entails([(a > 0) | (a < b)], x == x), a)
    either = exists(R, lambda t: (t > b) | (t < b))
    split = entails([], either, by=[witnessed(either, b + 1)])
    with pytest.raises(KernelError, match="must be fresh"):
        choose(split, entails([a > b], x == x), a)


def test_choose_takes_distinct_symbols() -> None:
    pair = exists(R, lambda s, t: s > t)
    existence = entails([], pair, by=[witnessed(pair, 1, 0)])
    with pytest.raises(KernelError, match="distinct free symbols"):
        choose(existence, entails([c > c], FALSE), c, c)
    for other in (c + 1, 2, e1, f(c)):
        with pytest.raises(KernelError, match="distinct free symbols"):
            choose(existence, entails([x > y], x - y > 0), c, other)  # type: ignore[arg-type]
    above = exists(R, lambda s: s > 0)
    use = entails([c > d], above, by=[witnessed(above, c - d)])
    assert choose(existence, use, c, d).hypotheses == ()


def test_a_natural_number_is_not_chosen_for_a_real_one() -> None:
    """There is a real number below 0, and no natural one."""
    below = exists(R, lambda t: t < 0)
    existence = entails([], below, by=[witnessed(below, -1)])
    with pytest.raises(KernelError, match="cannot stand for t in R"):
        choose(existence, entails([n < 0], FALSE), n)
    refuses("here belongs a term", lambda: choose(existence, entails([u == v], x == x), u))
    bigger = archimedes(x)
    refuses("here belongs a term in N", lambda: choose(bigger, entails([x <= a], x <= a), a))
    moved = exists(R, lambda t: t + 1 < 1)
    choose(existence, entails([a < 0], moved, by=[witnessed(moved, a)]), a)


def test_choose_needs_an_existence_theorem() -> None:
    refuses(
        "is not of the form `exists",
        lambda: choose(generalize(POSITIVE, a), POSITIVE, c),
        lambda: choose(POSITIVE, POSITIVE, c),
        lambda: choose(ABOVE, POSITIVE, c, d),
    )
