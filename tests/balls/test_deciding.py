"""Balls are never wrong, compared with exact evaluation, and tell nothing only where they must."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from proofs.balls.arithmetic import number
from proofs.balls.deciding import Decider, decide, prepared
from proofs.definitions import for_all_small
from proofs.kernel import (
    KernelError, N, R, Term, all_of, any_of, e1, exists, forall, iff, implies, inner,
    maximum, minimum, norm, sqrt, zero,
)  # fmt: skip
from tests.balls.polynomials import drawn
from tests.balls.statements import (
    L, answer, answer_unless_refused, d, dyadic, h, n, rationals, s, u, v, w, x, y, z,
)  # fmt: skip
from tests.kernel.exact import RELATIONS, IrrationalError, Model
from tests.kernel.refusals import refuses

literal: Callable[[Fraction], Term] = lambda c: 0 * x + c


def quotient(a: Term, b: Term) -> Term:
    """a / b, or a / (1 + b^2) where b is the literal 0."""
    return a / (1 + b**2) if b.op == "number" else a / b


def numbers(depth: int, exact: bool) -> st.SearchStrategy[Term]:
    """Terms in R; the exact ones without quotients and roots."""
    leaves = st.one_of(st.sampled_from([x, y, z]), (dyadic if exact else rationals).map(literal))
    if depth == 0:
        return leaves
    a, b = numbers(depth - 1, exact), vectors(depth - 1, exact)
    parts = [st.builds(op, a, a) for op in (operator.add, operator.sub, operator.mul, operator.mul)]
    parts += [
        st.builds(abs, a),
        st.builds(lambda t: t**2, a),
        st.builds(lambda t: t**3, a),
        st.builds(inner, b, b),
    ]
    if not exact:
        root: Callable[[Term], Term] = lambda t: sqrt(t * t)
        parts += [st.builds(quotient, a, a), st.builds(root, a), st.builds(norm, b)]
    return st.one_of(leaves, *parts)


def vectors(depth: int, exact: bool) -> st.SearchStrategy[Term]:
    """Combinations of u, v and w."""
    leaves = st.sampled_from([u, v, w])
    if depth == 0:
        return leaves
    a, b = numbers(depth - 1, exact), vectors(depth - 1, exact)
    return st.one_of(leaves, st.builds(operator.add, b, b), st.builds(operator.mul, a, b))


def formulas(depth: int, exact: bool) -> st.SearchStrategy[Term]:
    """Comparisons, and what connectives make of them."""
    a, b = numbers(2, exact), vectors(2, exact)
    atoms: list[st.SearchStrategy[Any]] = [st.builds(op, a, a) for op in RELATIONS.values()]
    atoms += [st.builds(operator.eq, b, b), st.builds(operator.ne, b, b)]
    if depth == 0:
        return st.one_of(atoms)
    f = formulas(depth - 1, exact)
    joined = [st.builds(op, f, f) for op in (operator.and_, operator.or_, implies, iff)]
    return st.one_of(*atoms, *joined, st.builds(operator.invert, f), st.builds(implies, f, f, f))


# (3, 4, 0), (1, 2, 2) and others, whose norms are rational, and so are those of their multiples.
places = st.sampled_from([(3, 4, 0), (1, 2, 2), (0, 0, 1), (0, 0, 0), (0, -5, 12), (2, -1, 2)])
exact_vectors = places.map(lambda p: tuple(map(Fraction, p)))


def points(coordinates: st.SearchStrategy[Fraction]) -> st.SearchStrategy[dict[Term, Any]]:
    """Values for the symbols."""
    return st.fixed_dictionaries(
        dict.fromkeys((x, y, z), coordinates) | dict.fromkeys((u, v, w), exact_vectors)
    )


class UndefinedError(Exception):
    """A quotient by 0."""


class Strict(Model):
    """The exact reading, where a quotient by 0 is refused."""

    def _combined(self, t: Term, a: list[Any], bound: tuple[Any, ...]) -> Any:
        if t.op == "/" and not a[1]:
            raise UndefinedError
        return super()._combined(t, a, bound)


def comparisons(f: Term) -> Iterator[Term]:
    """The comparisons of a formula."""
    if f.op in RELATIONS:
        yield f
    else:
        for a in f.args:
            yield from comparisons(a)


def has_equal_sides(f: Term, model: Model) -> bool:
    """Whether in some comparison the two sides are equal: rounding may then leave it undecided."""
    return any(model.value(c.args[0]) == model.value(c.args[1]) for c in comparisons(f))


@drawn(250)
@given(formulas(2, exact=True), points(dyadic))
def test_exact_formulas_are_decided(f: Term, at: dict[Term, Any]) -> None:
    """Sums, products and powers of dyadic numbers are exact, and their equality is decided."""
    assert answer(f, at) is Model(at, {}).value(f)


@drawn(250)
@given(formulas(2, exact=False), points(rationals))
def test_no_formula_is_decided_wrongly(f: Term, at: dict[Term, Any]) -> None:
    model = Strict(at, {})
    try:
        expected, equal = model.value(f), has_equal_sides(f, model)
    except (IrrationalError, UndefinedError):
        assume(False)
    try:
        told = answer(f, at)
    except KernelError as refusal:  # 0 u, which is the vector zero
        assume("no vector that balls know" not in str(refusal))
        raise
    assert told is expected or (told is None and equal)


def test_most_formulas_are_decided() -> None:
    """Both ways, and few are left undecided."""
    told: list[bool | None] = []

    @drawn(150)
    @given(formulas(1, exact=False), points(rationals))
    def draw(f: Term, at: dict[Term, Any]) -> None:
        told.append(answer(f, at))

    draw()
    assert told.count(True) > 30
    assert told.count(False) > 30
    assert told.count(None) < 30


def test_equality_that_is_not_exact() -> None:
    """The ball 1/3 is not known to equal itself; 4096 bits tell it from 1/3 + 2^-3000."""
    third = Fraction(1, 3)
    assert answer(x == y, {x: third, y: third}) is None
    assert answer(x != y, {x: third, y: third}) is None
    assert answer(x <= y, {x: third, y: third}) is None
    assert answer(x < y, {x: third, y: third + Fraction(1, 2**3000)}) is True
    assert answer(x == y, {x: third, y: third + Fraction(1, 2**3000)}) is False
    assert answer(x < y, {x: third, y: third + Fraction(1, 2**5000)}) is None
    assert answer(u == v, {u: [1, Fraction(1, 2)], v: [1, Fraction(1, 2)]}) is True
    assert answer(u == v, {u: [1, third], v: [1, third]}) is None
    assert answer(u != v, {u: [1, third], v: [2, third]}) is True
    assert answer(norm(u) == 5, {u: [3, 4]}) is True
    assert answer(u == zero, {u: [0, 0]}) is True
    assert answer(zero != u, {u: [0, 1]}) is True


# ----------------------------------------------------------------------------------- there is k < n
@drawn(80)
@given(st.lists(dyadic, max_size=6), dyadic)
def test_there_is_a_natural_number_below(values: list[Fraction], c: Fraction) -> None:
    at = {n: len(values), s: lambda k: number(values[k]), x: c}
    assert answer(exists(N, lambda k: (k < n) & (s(k) <= x)), at) is any(
        value <= c for value in values
    )
    assert answer(exists(N, lambda k: (k < n) & (s(k) == x)), at) is (c in values)
    both = exists(N, lambda k: (k < n) & (s(k) > x) & (s(k) < x + 1))
    assert answer(both, at) is any(c < value < c + 1 for value in values)


@pytest.mark.parametrize("joined", [lambda a, b: a | b, implies], ids=["or", "implies"])
def test_k_below_n_stands_in_a_conjunction(joined: Callable[[Term, Term], Term]) -> None:
    """k = 0 satisfies `k < n or P(k)`, k = n `if k < n then P(k)`; neither is `k < n and P(k)`."""
    formula = exists(N, lambda k: joined(k < n, s(k) > 0))
    assert (
        answer_unless_refused(formula, {n: 1, s: lambda k: number(-1)}, "balls cannot decide")
        is not False
    )


def test_the_greater_and_the_less_of_two_numbers() -> None:
    line: dict[Term, Any] = {x: 1, y: 2}
    truths = {maximum(x, y) > 1: True, minimum(x, y) > 1: False, minimum(x, y) >= 1: True}
    assert {claim: decide(claim, line)[0] for claim in truths} == truths


# ---------------------------------------------------------------------------------- what is refused
def test_what_balls_cannot_decide_is_refused() -> None:
    line: dict[Term, Any] = {x: 1, y: 2, w: [1], h: lambda t: t[0], n: 2, s: number}
    refuses("balls cannot decide", lambda: decide(forall(R, lambda t: t > x), line))
    refuses("balls cannot decide", lambda: decide(exists(N, lambda k: s(k) > x), line))
    refuses("balls cannot decide", lambda: decide(exists(N, lambda k: (k <= n) & (s(k) > x)), line))
    refuses(
        "balls cannot decide",
        lambda: decide(exists(R, lambda r: (r > 0) & forall(R, lambda t: t < r)), line),
    )
    refuses("balls cannot decide", lambda: decide(all_of(), line), lambda: decide(any_of(), line))
    refuses(
        "is no number that balls know",
        lambda: decide(for_all_small(lambda t: abs(x - t) > 0), line),
    )
    refuses("e₁|e1", lambda: decide(e1 == w, line))
    refuses("nothing is said of z, so balls cannot tell", lambda: decide(z > 0, line))
    for value in (0.5, True, "1"):
        refuses(
            "is no exact number",
            lambda: decide(x > 0, {x: value}),
            lambda: decide(w == w, {w: [value]}),
        )


def test_other_statements_of_existence_are_refused() -> None:
    shapes: list[Callable[[Term], Term]] = [
        lambda t: t > x,
        lambda t: (t > 0) & (t < x),
        lambda t: (t > 0) & (t < x) & (t > x),
        lambda t: norm(t * d) > 0,
        lambda t: forall(R, lambda r: r < t),
        lambda t: ~(t > 0),
    ]
    for shape in shapes:
        refuses("balls cannot decide", lambda: decide(exists(R, shape), {x: 1, d: [1]}))


def test_statements_of_existence_inside_others() -> None:
    """There are i < k < n just for n >= 2; P(alpha) may depend on nothing else that is bound."""
    twice = exists(N, lambda k: (k < n) & exists(N, lambda i: (i < n) & (i < k)))
    assert [answer(twice, {n: value}) for value in range(4)] == [False, False, True, True]
    small = exists(N, lambda k: (k < n) & for_all_small(lambda a: a * s(k) > 0))
    for f in (small, exists(N, lambda k: (k < k) & (s(k) > 0))):
        refuses("balls cannot decide", lambda: decide(f, {n: 3, s: number}))


def test_no_over_a_range_is_a_no_at_one_of_its_values() -> None:
    """What one half of the range remembers does not count on the other."""
    for statement, f in (
        ((1 / x > 0) & (h(x) >= x), lambda t: t[0]),
        ((1 / x > 0) & (h(x) <= x), lambda t: t[0]),
        ((1 / x >= 1) & (h(x) > x / 2), lambda t: t[0] * (2 - t[0])),
        ((1 / (x + 1) > 0) & (h(x + 1) >= h(1)), lambda t: t[0] * t[0]),
    ):
        at: dict[Any, Any] = {h: f}
        for points in ([Fraction(1, 2**k) for k in range(8)],):
            assert all(decide(statement, {**at, x: p})[0] is True for p in points)
        assert decide(statement, at, over=(x, Fraction(1)))[0] is not False


def test_terms_that_cancel_leave_no_number_too_large() -> None:
    """|d| < d + 3 t^2 for a d that is 0 but for its rounding: the hint is 2^-4096."""
    half: Callable[[Any], Any] = lambda p: (0 * p[0] + 1) / (p[0] - number(Fraction(1, 2)))
    other: Callable[[Any], Any] = lambda p: p[0] * p[1] + p[0].sin() - p[1] * p[1]
    at = {h: half, L: other, w: [1, 1], d: [Fraction(-3, 4), Fraction(-1, 4)]}
    gap: Callable[[Term], Term] = lambda t: h(t) - L(w + t * d)
    statement = for_all_small(lambda t: abs(gap(t)) < gap(t) + 3 * t**2)
    assert decide(statement, at)[0] is not True


@pytest.mark.parametrize("over", [None, (x, Fraction(1, 2))])
def test_what_is_decided_first_does_not_matter(over: tuple[Term, Fraction] | None) -> None:
    """Nor does a formula that is refused in the middle, below a quantifier."""
    refused = for_all_small(lambda a: maximum(a, y) > 0)
    formulas = [x + y > 1, (x < y) & (x * x < 2 * y), y * y != 2, h(y) - h(x) > 0, h(x) < x / 3]
    formulas += [x > y, x * y < 1, x < Fraction(1, 3)]
    formulas += [] if over else [for_all_small(lambda a: h(y - a) < h(y)), x == y]
    at: dict[Term, Any] = {x: Fraction(1, 4), y: Fraction(3, 2), h: lambda t: t[0] * t[0] * t[0]}
    alone = [decide(f, at, over) for f in formulas]
    assert len({*alone}) > 2
    for order in (formulas, formulas[::-1]):
        together, found = Decider(at, over), dict[Term, Any]()
        for f in order:
            with suppress(KernelError):
                together.decide(prepared(refused))
            found[f] = together.decide(prepared(f))
        assert [found[f] for f in formulas] == alone


@pytest.mark.parametrize("over", [None, (x, Fraction(1, 2))])
def test_an_answer_alone_is_the_same_and_measures_nothing(
    over: tuple[Term, Fraction] | None,
) -> None:
    at: dict[Term, Any] = {x: Fraction(1, 4), y: Fraction(3, 2)}
    formulas = [x < y, x + y > 2, y * y != 2, (x < y) & (2 * x < y), sqrt(y) * sqrt(y) == y]
    assert {decide(f, at, over)[0] for f in formulas} == {True, False, None}
    for f in formulas:
        (told, margin), alone = decide(f, at, over), Decider(at, over)
        assert (alone.answer(prepared(f)), alone.decide(prepared(f), 0.0)) == (told, (told, 0.0))
        assert margin > 0
        assert alone.decide(prepared(f)) == (told, margin)


def test_a_value_is_computed_once_for_all_that_is_decided() -> None:
    asked: list[int] = []

    def two() -> Any:
        asked.append(1)
        return number(2)

    at = Decider({x: two})
    assert [at.decide(prepared(f))[0] for f in (x > 1, x < 1, x * x == 4)] == [True, False, True]
    assert len(asked) == 1


def test_two_variables_do_not_range_at_once() -> None:
    """x = alpha is false, and would be true if one series stood for both."""
    both = for_all_small(lambda a: y + a == x + y)
    refuses("balls cannot decide", lambda: decide(both, {y: 1}, (x, Fraction(1, 2))))
