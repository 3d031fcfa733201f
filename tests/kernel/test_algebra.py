"""Exact algebra: what normal forms must and must not identify, what `identical` may divide by."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from proofs.kernel import (
    KernelError, N, R, Term, V, all_of, any_of, definition, e1, e2, e3, evaluate, exists, forall,
    fun, function, identical, iff, implies, inner, maximum, minimum, natural, negation, norm, real,
    sqrt, vector, zero,
)  # fmt: skip
from proofs.kernel.algebra import normal
from proofs.kernel.terms import term
from tests.kernel.refusals import refuses

x, y, z = real("x y z")
n = natural("n")
u, v, w = vector("u v w")
f, g = function("f g", R >> R)
L = function("L", V >> R)
G = function("G", V >> V)


@definition("{a} lies below {b}")
def below(a: Term, b: Term) -> Term:
    """A defined notion that means a < b."""
    return a < b


SAME: list[tuple[Any, Any]] = [
    ((x + y) ** 2, x**2 + 2 * x * y + y**2),
    (x / 3 + x / 6, x / 2),
    (2 * (x / y), (x * 2) / y),
    ((x + y) / z, x / z + y / z),
    (inner(u + 2 * v, u - v), inner(u, u) + inner(u, v) - 2 * inner(v, v)),
    (norm(u - v), norm(v - u)),
    (norm(u) ** 3, norm(u) * inner(u, u)),
    (abs(x) ** 2, x**2),
    (abs(x - y), abs(y - x)),
    (norm(x * u) ** 2, x**2 * inner(u, u)),
    (norm(3 * e1 + 4 * e2), 5),
    (norm(2 * e1 + e2 - 2 * e3), 3),
    (inner(x * e1 + y * e2, e1 - e2), x - y),
    (sqrt(Fraction(9, 4)), Fraction(3, 2)),
    (sqrt(x - x), 0),
    (norm(norm(u) * v) ** 2, inner(u, u) * inner(v, v)),
    (f((x + y) ** 2), f(x**2 + 2 * x * y + y**2)),
    (G(u + u), G(2 * u)),
    (L(G(u - v) * 1), L(G(-v + u))),
    (G(u + u) + 3 * G(2 * u), 4 * G(2 * u)),
    (1 / (x * y + x), 1 / (x * (y + 1))),
    (minimum(x + x, y), minimum(2 * x, y)),
    (maximum(x + x, y), maximum(2 * x, y)),
    (u + v - u, v),
    (0 * u, zero),
    (fun(R, lambda a: a + a), fun(R, lambda b: 2 * b)),
    (x > y, y < x),
    (x >= y, y - x <= 0),
    (2 * x > 2 * y, x > y),
    (-x > -y, x < y),
    (x == y, y - x == 0),
    (x != y, ~(2 * y == 2 * x)),
    (u == v, v - u == zero),
    (~(x < y), x >= y),
    (implies(x > 0, y > 0), (x <= 0) | (y > 0)),
    (~implies(x > 0, y > 0), (x > 0) & (y <= 0)),
    ((x > 0) & (y > 0) & (x > 0), (y > 0) & (x > 0)),
    (~forall(R, lambda a: a > x), exists(R, lambda b: b <= x)),
    (
        forall(R, lambda a: exists(V, lambda b: a > L(b))),
        forall(R, lambda c: exists(V, lambda d: L(d) < c)),
    ),
    (below(x, y), x < y),
    (~below(x, y), x >= y),
    (forall(R, lambda a: a * 0 == 0), all_of()),
    (exists(V, lambda a: norm(a) ** 2 != inner(a, a)), any_of()),
]


@pytest.mark.parametrize(("left", "right"), SAME, ids=[f"{a}  ~  {b}" for a, b in SAME])
def test_what_is_identified(left: Any, right: Any) -> None:
    assert normal(left) is normal(term(right))
    assert normal(normal(left)) is normal(left)


DIFFERENT: list[tuple[Any, Any]] = [
    (x / 2, x),
    (f(x / 2), f(x)),
    (x / x, 1),
    (x / y * y, x),
    (1 / (1 / x), x),
    (x**2 / x, x),
    ((x**2 - 1) / (x - 1), x + 1),
    (0 / x + 1 / y, 1 / x),
    (1 / (x - x + 2) * y, y / 3),
    (sqrt(x) ** 2, x),
    (sqrt(x**2), x),
    (sqrt(x**2), abs(x)),
    (sqrt(-(x - x) - 4), 2),
    (sqrt(x) * sqrt(y), sqrt(x * y)),
    (norm(u), inner(u, u)),
    (norm(u + v), norm(u) + norm(v)),
    (norm(e1 + e2), 2),
    (norm(e1 + e2), norm(e1 + e3)),
    (abs(x), x),
    (abs(x) * abs(y), x * y),
    (norm(u) * norm(v), inner(u, v)),
    (inner(u, v) ** 2, inner(u, u) * inner(v, v)),
    (inner(e1, u), inner(e2, u)),
    (inner(e1, e1), inner(e1, e2)),
    (minimum(x, y), maximum(x, y)),
    (minimum(x, y), x),
    (minimum(4, x), 2),
    (maximum(x - x + 4, y), 2),
    (f(4), 2),
    (f(x), f(y)),
    (f(x), g(x)),
    (f(x + y), f(x) + f(y)),
    (f(2 * x), 2 * f(x)),
    (G(-u), -1 * G(u)),
    (G(u + u) + G(2 * u), G(2 * u)),
    (L(u), L(-u)),
    (n, n + 1),
    (u, -u),
    (x > 0, x >= 0),
    (x > 0, -x > 0),
    (-2 * x > 0, 2 * x > 0),
    (x > 1, x > -1),
    (x == 1, x == -1),
    (x > y, y > x),
    (x == y, x != y),
    (u == v, u == -v),
    ((x > 0) & (y > 0), (x > 0) | (y > 0)),
    (implies(x > 0, y > 0), implies(y > 0, x > 0)),
    (~(x < y), x > y),
    (forall(R, lambda a: a > x), exists(R, lambda a: a > x)),
    (forall(R, lambda a: a >= 0), forall(N, lambda a: a >= 0)),
    (forall(R, lambda a: f(a) > 0), forall(R, lambda a: f(x) > 0)),
    (
        forall(R, lambda a: exists(R, lambda b: b > a)),
        exists(R, lambda b: forall(R, lambda a: b > a)),
    ),
    (
        forall(R, lambda a: exists(R, lambda b: b > a)),
        forall(R, lambda a: exists(R, lambda b: a > b)),
    ),
    (forall(R, lambda a, b: f(a) > b), forall(R, lambda a, b: f(b) > a)),
    (fun(R, lambda a: a), fun(R, lambda a: -a)),
    (fun(R, lambda a: x), fun(N, lambda a: x)),
    (fun(R, R, lambda a, b: a - b), fun(R, R, lambda a, b: b - a)),
    (below(x, y), below(y, x)),
    (iff(x > 0, y > 0), implies(x > 0, y > 0)),
]


@pytest.mark.parametrize(("left", "right"), DIFFERENT, ids=[f"{a}  /~  {b}" for a, b in DIFFERENT])
def test_what_is_not_identified(left: Any, right: Any) -> None:
    assert normal(left) is not normal(term(right))


def test_bound_variables_do_not_clash_in_remembered_normal_forms() -> None:
    """The same inside at two depths: the normal form of one must not be taken for the other's."""
    inside = forall(R, lambda a: f(a) > 0)
    one = forall(R, lambda a: (f(a) > 0) | inside)
    two = forall(R, lambda a: (f(a) > 0) | forall(R, lambda b: f(a) > 0))
    assert normal(one) is not normal(two)
    assert normal(forall(R, lambda a: forall(R, lambda b: (f(a) > 0) | (f(b) > 0)))) is not normal(
        forall(R, lambda a: forall(R, lambda b: f(b) > 0))
    )


class AsLargeAsATerm(tuple[int, ...]):
    """What leaves room for a term where it is thrown away."""

    __slots__ = ()


def test_normal_forms_have_the_order_in_which_terms_were_made() -> None:
    """Not that of their addresses, which differs on each run, and here from the beginning."""
    thrown_away = [AsLargeAsATerm(range(len(Term._fields))) for _ in range(1_000)][::-1]
    thrown_away.clear()
    vectors = [vector(f"order_v{i}") for i in range(12)]
    numbers = [real(f"order{i}") for i in range(12)]
    addresses = [[id(x) for x in made] for made in (vectors, numbers)]
    assert all(found != sorted(found) for found in addresses)
    made = [t.serial for t in normal(all_of(*(x > 0 for x in numbers))).args]
    assert len(made) == 12
    assert made == sorted(made)
    assert normal(sum(numbers)) is sum(numbers[::-1])  # the last one first
    assert normal(sum(vectors[::-1], zero)) is sum(vectors, zero)
    for u, v in pairwise(vectors):
        assert normal(inner(v, u)) is inner(u, v)
        first = min(normal(v - u), normal(u - v), key=lambda t: t.serial)
        assert normal(norm(v - u)) is norm(first)
        assert normal(v == u) is (first == zero)


def test_negation_is_pushed_inwards() -> None:
    table: list[tuple[Term, Term]] = [
        (x < y, x >= y),
        (x <= y, x > y),
        (x == y, x != y),
        (u == v, u != v),
        (u != v, u == v),
        (implies(x > 0, y > 0), (x > 0) & (y <= 0)),
        ((x > 0) & (y > 0), (x <= 0) | (y <= 0)),
        ((x > 0) | (y > 0), (x <= 0) & (y <= 0)),
        (~(x > 0), x > 0),
        (iff(x > 0, y > 0), ((x > 0) & (y <= 0)) | ((y > 0) & (x <= 0))),
        (
            forall(R, lambda a: exists(R, lambda a: a > x)),
            exists(R, lambda a: forall(R, lambda a: a <= x)),
        ),
    ]
    for statement, negated in table:
        assert negation(statement) is negated
        assert normal(~statement) is normal(negated)
    assert negation(below(x, y)) is ~below(x, y)


# ------------------------------------------------------------------------------ evaluate, identical
def test_evaluate_decides_what_arithmetic_decides() -> None:
    true: list[Any] = [
        Fraction(1, 2) + x - x < Fraction(2, 3), norm(3 * e1 + 4 * e2) == 5, x == x,
        (x + 1) ** 2 - x**2 - 2 * x >= 1, forall(R, lambda a: (a + 1) ** 2 == a**2 + 2 * a + 1),
        (x < x) | (u == u), implies(x < x, y > 0),
    ]  # fmt: skip
    for statement in true:
        evaluate(statement)
        with pytest.raises(KernelError, match="evaluates not to true"):
            evaluate(~statement)


def test_evaluate_decides_nothing_else() -> None:
    open_: list[Any] = [
        x > 0, x**2 >= 0, norm(u) >= 0, n >= 0, 0 / x == 0 * y + 1 / y, x / x == 1, sqrt(x**2) == x,
        abs(x) >= x, inner(u, v) <= norm(u) * norm(v), e1 != zero, (x > 0) | (x <= 0),
        forall(R, lambda a: a**2 >= 0),
        sqrt(5 + 2 * sqrt(x * 0 + 6)) == sqrt(x * 0 + 2) + sqrt(x * 0 + 3),
    ]  # fmt: skip
    for statement in open_:
        refuses(
            "evaluates not to true",
            lambda: evaluate(statement),
            lambda: evaluate(~statement),
        )


def test_identical_keeps_each_denominator_as_a_hypothesis() -> None:
    assert {normal(h) for h in identical((x**2 - 1) / (x - 1), x + 1).hypotheses} == {
        normal(x != 1)
    }
    nested = identical(1 / (1 / x), x)
    assert {normal(h) for h in nested.hypotheses} == {normal(x != 0), normal(1 / x != 0)}
    assert identical((x + 1) ** 2, x**2 + 2 * x + 1).hypotheses == ()
    assert {normal(h) for h in identical(x / y + y / x, (x**2 + y**2) / (x * y)).hypotheses} == {
        normal(x != 0), normal(y != 0), normal(x * y != 0),
    }  # fmt: skip


def test_identical_refuses_what_differs() -> None:
    refuses(
        "not identical: the difference is",
        lambda: identical(x, y),
        lambda: identical(x / y, y / x),
        lambda: identical((x**2 - 1) / (x - 1), x - 1),
        lambda: identical(sqrt(x) ** 2, x),
        lambda: identical(abs(x), x),
        lambda: identical(norm(x * u), x * norm(u)),
        lambda: identical(inner(u, v), inner(u, w)),
        lambda: identical(u, v),
        lambda: identical(x * u / x, u),
        lambda: identical(f(x), f(y)),
        lambda: identical(x / x, 0),
    )
    identical(inner(u, v), inner(v, u))
    identical(x * (u + v), x * v + x * u)
    identical(f(x + x), f(2 * x))


def test_identical_refuses_a_denominator_that_is_zero_by_the_relations() -> None:
    """|x|^2 - x^2 is 0: nothing follows about what is divided by it."""
    refuses(
        "the denominator .* is 0",
        lambda: identical(1 / (x - x + abs(x) ** 2 - x**2), 1 / (abs(x) ** 2 - x**2) + 0 * y),
        lambda: identical(1 / (norm(u) ** 2 - inner(u, u)), y),
        lambda: identical(1 / ((x + 1) ** 2 - x**2 - 2 * x - 1), y),
    )
    identical(1 / (abs(x) ** 2 + x**2), 1 / (2 * x**2))
    identical(norm(u) / inner(u, u), 1 / norm(u))


def test_numbers_and_vectors_are_not_identical() -> None:
    refuses(
        "here belongs a term",
        lambda: identical(u, x),
        lambda: identical(0, zero),
        lambda: identical(x > 0, x > 0),
    )
    identical(zero, 0 * u)


def test_nested_radicals_are_left_undecided() -> None:
    """sqrt(5 + 2 sqrt 6) = sqrt 2 + sqrt 3: the algebra says neither that nor its negation."""
    two, three, six = (sqrt(x * 0 + k) for k in (2, 3, 6))
    refuses(
        "not identical",
        lambda: identical(sqrt(5 + 2 * six), two + three),
        lambda: identical(two * three, six),
    )
    identical(two + three, three + two)
