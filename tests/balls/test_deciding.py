"""Balls are never wrong, compared with exact evaluation, and tell nothing only where they must.

The independent reading is that of `tests.kernel.exact`, and for small alpha the first coefficient
that is not 0.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from proofs.definitions import for_all_small
from proofs.balls import arithmetic
from proofs.balls.deciding import decide
from proofs.kernel import (
    KernelError, N, R, Term, V, all_of, any_of, e1, exists, forall, fun, function, iff,
    implies, inner, maximum, minimum, natural, norm, real, sqrt, vector, zero,
)  # fmt: skip
from proofs.balls.arithmetic import NotSmooth, convert, number
from strategies.losses import Bumps, Quadratic
from strategies.rough import Jump, Kink
from tests.kernel.exact import RELATIONS, IrrationalError, Model
from tests.kernel.refusals import refuses

x, y, z, alpha = real("x y z alpha")
u, v, w, d = vector("u v w d")
n = natural("n")
L, M = function("L M", V >> R)
h = function("h", R >> R)
s = function("s", N >> R)
TINY = Fraction(1, 2**20)


def drawn(count: int) -> settings:
    """The same `count` examples in every run."""
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def answer(
    formula: Term, at: dict[Term, Any], over: tuple[Term, Fraction] | None = None
) -> bool | None:
    """The answer, after a look at the margin."""
    told, margin = decide(formula, at, over)
    assert told in (True, False, None)
    assert 0 <= margin <= 1
    assert told is not None or margin == 1
    return told


def answer_unless_refused(formula: Term, at: dict[Term, Any], message: str) -> bool | None:
    """The answer, or None where it is refused with this message."""
    try:
        return answer(formula, at)
    except KernelError as refusal:
        if message not in str(refusal):
            raise
        return None


# ------------------------------------------------------------------------- formulas at exact points
rationals = st.builds(Fraction, st.integers(-6, 6), st.sampled_from([1, 1, 2, 3]))
dyadic = st.builds(Fraction, st.integers(-12, 12), st.sampled_from([1, 1, 2, 4]))
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
    return st.one_of(*atoms, *(st.builds(op, f, f) for op in (operator.and_, operator.or_, implies, iff)),
                     st.builds(operator.invert, f), st.builds(implies, f, f, f))  # fmt: skip


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


def test_what_has_no_value_is_not_decided() -> None:
    """1/0 and the root of -1 are unspecified; what holds all the same is decided."""
    for f in (x / y > 0, x / y <= 0, x / y == x / y, sqrt(-x) >= 0, sqrt(-x) < 0):
        assert answer(f, {x: 1, y: 0}) is None
        assert answer(~f, {x: 1, y: 0}) is None
    assert answer((x / y > 0) | (x > 0), {x: 1, y: 0}) is True
    assert answer((x / y > 0) & (x < 0), {x: 1, y: 0}) is False
    assert answer(implies(y != 0, x / y > 0), {x: 1, y: 0}) is True


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


def test_margins_are_small_where_a_comparison_nearly_fails() -> None:
    assert decide(x < y, {x: 1, y: 1 + TINY})[1] < 1e-6
    assert decide(x < y, {x: -1, y: 1})[1] == 1
    assert decide(x > y, {x: 1, y: 1 + TINY}) == (False, decide(x < y, {x: 1, y: 1 + TINY})[1])


# ------------------------------------------------------------------------------ for all small alpha
class Curve:
    """The polynomial in two variables with these coefficients of x^i y^j, in any arithmetic."""

    def __init__(self, terms: dict[tuple[int, int], Fraction]):
        self.terms = terms

    def __call__(self, p: Any) -> Any:
        total = 0 * p[0]
        for (i, j), c in self.terms.items():
            value = convert(c, p[0])
            for factor in [p[0]] * i + [p[1]] * j:
                value = value * factor
            total = total + value
        return total

    def __repr__(self) -> str:
        return f"Curve({self.terms})"

    def along(self, p: Any, q: Any) -> list[Fraction]:
        """The coefficients of t |-> f(p + t q), by interpolation at 0, 1, ..., 4."""
        values = [self([a + k * b for a, b in zip(p, q, strict=True)]) for k in range(5)]
        found, basis = [Fraction(0)] * 5, [Fraction(1)]
        for k in range(5):
            at_k = sum((c * Fraction(k) ** i for i, c in enumerate(found)), Fraction(0))
            factor = (values[k] - at_k) / sum(c * Fraction(k) ** i for i, c in enumerate(basis))
            found = [
                c + factor * b for c, b in zip(found, [*basis, *[Fraction(0)] * 5], strict=False)
            ]
            basis = [
                a - k * b for a, b in zip([Fraction(0), *basis], [*basis, Fraction(0)], strict=True)
            ]
        return found


EXPONENTS = [e for e in product(range(5), repeat=2) if sum(e) <= 4]
sparse = st.one_of(st.just(Fraction(0)), dyadic)
curves = st.fixed_dictionaries(dict.fromkeys(EXPONENTS, sparse)).map(lambda terms: Curve(terms))  # type: ignore[arg-type]
pairs = st.tuples(dyadic, dyadic)


def leading(coefficients: list[Fraction]) -> tuple[int, Fraction]:
    """The first coefficient that is not 0, with its order."""
    return next(((k, c) for k, c in enumerate(coefficients) if c), (5, Fraction(0)))


@pytest.mark.parametrize("relation", RELATIONS)
def test_small_steps_go_by_the_first_coefficient(relation: str) -> None:
    """L(w + alpha d) against L(w) for all small alpha > 0; of order 1 and 2 all is decided."""
    told: list[bool | None] = []
    holds: Callable[[Any, Any], Any] = RELATIONS[relation]
    statement = for_all_small(lambda a: holds(L(w + a * d), L(w)))

    @drawn(60)
    @given(curves, pairs, pairs, st.booleans())
    def check(f: Curve, p: Any, q: Any, flat: bool) -> None:
        if flat:  # no terms of order 1 at 0
            f, p = Curve({e: c for e, c in f.terms.items() if sum(e) != 1}), (0, 0)
        coefficients = f.along(p, q)
        order, first = leading([Fraction(0), *coefficients[1:]])
        found = answer(statement, {L: f, w: list(p), d: list(q)})
        assert found is holds(first, 0) or (found is None and order > 2), (f, p, q)
        told.append(found)

    check()
    assert told.count(None) < 20
    assert {True, False} <= set(told)


@drawn(60)
@given(curves, pairs, pairs, rationals)
def test_small_steps_against_another_value(f: Curve, p: Any, q: Any, c: Fraction) -> None:
    """L(w + alpha d) < c for all small alpha: where L(w) is not c, that decides."""
    order, first = leading(
        [a - b for a, b in zip(f.along(p, q), [c, *[Fraction(0)] * 4], strict=True)]
    )
    found = answer(for_all_small(lambda a: L(w + a * d) < x), {L: f, w: list(p), d: list(q), x: c})
    assert found is (first < 0) or (found is None and order > 0)


@drawn(100)
@given(curves, dyadic)
def test_small_steps_to_both_sides(f: Curve, p: Fraction) -> None:
    """a02's claim, that just steps to the right lower the loss: if the first term is odd and falls."""
    steps: Callable[[Term, Term], Term] = lambda r, t: implies(
        abs(t) < r, iff(h(x + t) < h(x), t > 0)
    )
    statement = exists(R, lambda r: (r > 0) & forall(R, lambda t: steps(r, t)))
    order, first = leading([Fraction(0), *f.along((p, Fraction(1)), (1, 0))[1:]])
    found = answer(statement, {h: lambda t: f([t[0], convert(Fraction(1), t[0])]), x: p})
    assert found is (first < 0 and order % 2 == 1) or (found is None and order > 2)


def test_both_sides_include_0_itself() -> None:
    """h(t) > h(0) holds for every small t but 0."""
    square = fun(R, lambda t: t**2)
    statement: Callable[[Callable[[Term], Term]], Term] = lambda holds: exists(
        R, lambda r: (r > 0) & forall(R, lambda t: implies(abs(t) < r, holds(t)))
    )
    assert answer(statement(lambda t: square(t) >= 0), {}) is True
    assert answer(statement(lambda t: square(t) > 0), {}) is False
    assert answer(for_all_small(lambda t: square(t) > 0), {}) is True
    assert answer(statement(lambda t: t**3 > 0), {}) is False
    assert answer(statement(lambda t: t**3 < 1), {}) is True


def test_how_small_may_depend_on_alpha0_itself() -> None:
    """alpha0 = 1/4 serves, where 1 does not; whatever the answer is, it is not no."""
    statement = exists(
        R, lambda r: (r > 0) & forall(R, lambda t: implies(t > 0, t < r, r < Fraction(1, 2)))
    )
    assert answer_unless_refused(statement, {}, "balls cannot decide") is not False


# ------------------------------------------------------------- which values cancel where alpha is 0
SAME: dict[str, Callable[[Term], Term]] = {
    "rises": lambda a: L(w + a * d) > M(v), "falls": lambda a: L(w + a * d) < M(v),
}  # fmt: skip
FAR = 10_000


def crossing(f: Callable[[Any], Any], g: Callable[[Any], Any], p: Any, q: Any) -> list[bool | None]:
    """Whether small steps from p along the second unit vector make f higher, and lower, than g is
    at q; if no ball can tell f(p) from g(q), then neither do all the steps up to 1/4.
    """
    at = {L: f, M: g, w: list(p), v: list(q), d: [0, 1]}
    assert answer(SAME["rises"](alpha), at, (alpha, Fraction(1, 4))) is not True
    return [answer(for_all_small(SAME[k]), at) for k in SAME]


def test_values_cancel_at_the_same_exact_point_of_the_same_function_only() -> None:
    """In each case the first value is the lower one, by less than any ball can tell, and small
    steps from there rise: it is not true that they lead above the second value.
    """
    level: Callable[[Any], Any] = lambda p: arithmetic.tanh(p[0]) + p[1]
    plane: Callable[[Any], Any] = lambda p: p[0] + p[1]
    raised: Callable[[Any], Any] = lambda p: p[0] + p[1] + arithmetic.exp(convert(-FAR * 10, p[0]))
    third = Fraction(1, 3)
    same = {L: level, w: [FAR, 0], d: [0, 1]}
    assert answer(for_all_small(lambda a: L(w + a * d) > L(w)), same) is True
    assert crossing(level, level, (FAR, 0), (FAR + 1, 0))[0] is not True
    assert crossing(plane, plane, (third, 0), (third + Fraction(1, 2**5000), 0))[0] is not True
    assert crossing(plane, raised, (1, 0), (1, 0))[0] is not True
    assert crossing(plane, plane, (1, 0), (1 + Fraction(1, 2**100), 0)) == [False, True]
    for f, p, q in ((level, FAR, FAR + 1), (plane, third, third + Fraction(1, 2**5000))):
        two = {L: f, w: [p, 0], v: [q, 0], d: [0, 1]}
        assert answer(for_all_small(lambda a: L(w + a * d) > L(v)), two) is not True
        assert answer(L(w + alpha * d) > L(v), two, (alpha, Fraction(1, 4))) is not True
        assert answer(L(w) < L(v), two) is None


def test_an_inexact_point_is_not_known_to_be_itself() -> None:
    """At (1/3, 0) the answer may be missing, and is not wrong."""
    plane: Callable[[Any], Any] = lambda p: p[0] + p[1]
    at = {L: plane, w: [Fraction(1, 3), 0], d: [0, 1]}
    assert answer(for_all_small(lambda a: L(w + a * d) > L(w)), at) is not False
    assert answer(for_all_small(lambda a: L(w + a * d) < L(w)), at) is not True
    assert answer(L(w) == L(w), at) is not False


def test_weights_of_values_that_cancel() -> None:
    """2 L(w + alpha d) - L(w) - L(w) starts at 0, and 2 L(w + alpha d) - L(w) at L(w) = tanh(1)."""
    at = {L: lambda p: arithmetic.tanh(p[0]), w: [1], d: [1]}
    assert answer(for_all_small(lambda a: 2 * L(w + a * d) > L(w) + L(w)), at) is True
    assert answer(for_all_small(lambda a: 2 * L(w + a * d) - L(w) > 0), at) is True
    assert answer(for_all_small(lambda a: 2 * L(w + a * d) - L(w) < 0), at) is False
    assert answer(for_all_small(lambda a: L(w + a * d) - 2 * L(w) < 0), at) is True
    assert answer(for_all_small(lambda a: L(w + a * d) - 2 * L(w) > 0), at) is False


# ------------------------------------------------------------------- for all alpha of a given range
BOWL = Quadratic((1, 2), (0, 0))


@pytest.mark.parametrize("lipschitz", [1, 2, 3, Fraction(5, 8), 1000])
def test_bound_of_a_quadratic(lipschitz: Any) -> None:
    """2 / lipschitz leads from (1, 0) to (-1, 0), where the loss is the same."""
    at = {L: Quadratic((lipschitz, 0), (0, 0)), w: [1, 0], d: [-lipschitz, 0]}
    below, above = L(w + alpha * d) < L(w), L(w + alpha * d) <= L(w)
    bound = Fraction(2) / Fraction(lipschitz)
    for part in (Fraction(1, 2), 1 - TINY):
        assert answer(below, at, (alpha, bound * part)) is True
    for part in (1 + TINY, 1 + Fraction(1, 8), Fraction(3)):
        assert answer(below, at, (alpha, bound * part)) is False
        assert answer(above, at, (alpha, bound * part)) is False
    assert answer(below, at, (alpha, bound)) is (False if number(bound).is_exact() else None)
    assert answer(above, at, (alpha, bound)) is not False


@drawn(100)
@given(
    curves,
    pairs,
    pairs,
    st.sampled_from(list(RELATIONS)),
    st.sampled_from([Fraction(1, 4), Fraction(2), 9]),
)
def test_whole_ranges_are_decided_soundly(
    f: Curve, p: Any, q: Any, relation: str, bound: Any
) -> None:
    """A yes is true of each alpha tried, a no of some."""
    coefficients = f.along(p, q)
    statement: Any = RELATIONS[relation](L(w + alpha * d), L(w))
    found = answer(statement, {L: f, w: list(p), d: list(q)}, (alpha, Fraction(bound)))
    steps = [Fraction(bound) * k / 64 for k in range(1, 65)]
    holding = [
        RELATIONS[relation](sum(c * t**i for i, c in enumerate(coefficients) if i), 0)
        for t in steps
    ]
    assert all(holding) if found is True else not all(holding) if found is False else True


def test_a_range_with_a_pole() -> None:
    """Nothing is known across a pole: at 3/4 alpha + alpha^2 / (1 - 2 alpha) is negative."""
    f = alpha + alpha**2 / (1 - 2 * alpha)
    assert answer(f > 0, {}, (alpha, Fraction(1, 4))) is True
    assert answer(f > 0, {}, (alpha, Fraction(1))) is not True
    bump = Bumps("rational", (-1,), (1,), ((0,),))  # from 4 to -4 it is even, and beyond it rises
    for bound, expected in ((Fraction(7), True), (Fraction(16), False)):
        assert answer(L(w - alpha * d) < L(w), {L: bump, w: [4], d: [1]}, (alpha, bound)) in (
            expected,
            None,
        )


def test_a_range_of_a_formula() -> None:
    """and, or, not and implies: yes or no only of the whole range."""
    quarter = Fraction(1, 4)
    for f, expected in (
        ((alpha > 0) & (alpha < 1), True), ((alpha > 0) & (alpha < quarter), False), (~(alpha < 0), True),
        ((alpha < quarter) | (alpha > Fraction(1, 8)), True), (implies(alpha > 1, alpha < 0), True),
        (alpha != 0, True), (alpha == 0, False), (alpha**2 <= alpha, True), (alpha**2 >= alpha, False),
    ):  # fmt: skip
        assert answer(f, {}, (alpha, Fraction(1, 2))) in (expected, None), f
    cubic = alpha**2 > 2 * alpha**3  # whose terms of order 0 and 1 are 0
    assert [answer(cubic, {}, (alpha, Fraction(k, 8))) for k in (2, 8)] == [True, False]
    assert answer(abs(alpha - 1) < Fraction(1, 2), {}, (alpha, quarter)) is False
    assert answer(abs(alpha - quarter) <= quarter, {}, (alpha, quarter)) is not False
    assert answer(abs(alpha - quarter) < 1, {}, (alpha, quarter)) is True
    assert answer(alpha**2 < alpha, {}, (alpha, Fraction(1, 2))) is True
    assert answer(alpha < quarter, {}, (alpha, Fraction(1, 2))) is False


def test_what_is_found_at_the_end_of_a_part_is_not_taken_for_the_rest() -> None:
    """The first disjunct cannot be told at the end 1/3 of the first part, and fails beyond 1/2; the
    second fails at 1/3, and holds beyond 2/5: together they hold everywhere.
    """
    near = (x - alpha) ** 2 * (Fraction(1, 2) - alpha) >= 0
    at = {x: Fraction(1, 3), h: lambda t: t[0]}
    for beyond in (h(alpha) > Fraction(2, 5), alpha > Fraction(2, 5)):
        assert answer(near | beyond, at, (alpha, Fraction(64, 3))) is not False


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
    for term in (maximum(x, y), minimum(x, y)):
        refuses(r"(max|min)\(x, y\) is no number that balls know", lambda: decide(term > 0, line))
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
        lambda t: t > x, lambda t: (t > 0) & (t < x), lambda t: (t > 0) & (t < x) & (t > x), lambda t: norm(t * d) > 0,
        lambda t: forall(R, lambda r: r < t), lambda t: ~(t > 0),
    ]  # fmt: skip
    for shape in shapes:
        refuses("balls cannot decide", lambda: decide(exists(R, shape), {x: 1, d: [1]}))


@pytest.mark.parametrize(
    "formula", [inner(u, v) > 0, u == v, u != v, norm(u + v) > 0, norm(u - 2 * v) > 0], ids=str
)
def test_vectors_of_different_dimensions_are_refused(formula: Term) -> None:
    """(1, 2) and (1)."""
    for at in ({u: [1, 2], v: [1]}, {u: [1], v: [1, 2]}):
        with pytest.raises((KernelError, ValueError)):
            decide(formula, at)


def test_statements_of_existence_inside_others() -> None:
    """There are i < k < n just for n >= 2; P(alpha) may depend on nothing else that is bound."""
    twice = exists(N, lambda k: (k < n) & exists(N, lambda i: (i < n) & (i < k)))
    assert [answer(twice, {n: value}) for value in range(4)] == [False, False, True, True]
    small = exists(N, lambda k: (k < n) & for_all_small(lambda a: a * s(k) > 0))
    for f in (small, exists(N, lambda k: (k < k) & (s(k) > 0))):
        refuses("balls cannot decide", lambda: decide(f, {n: 3, s: number}))


def test_there_is_k_below_what_is_no_natural_number() -> None:
    with pytest.raises(KernelError):
        decide(exists(N, lambda k: (k < x) & (s(k) > 0)), {x: Fraction(5, 2), s: number})


def test_a_comparison_of_vectors_while_alpha_ranges_is_refused_or_decided() -> None:
    assert (
        answer_unless_refused(for_all_small(lambda a: a * d != zero), {d: [1, 2]}, "balls")
        is not False
    )


@pytest.mark.parametrize("value", ["nan", "infinite"])
def test_values_that_are_not_finite_are_refused_with_the_point(value: str) -> None:
    """log(0) and 1/0 at (0, 5), as a value and at the start of a small step."""
    f: Callable[[Any], Any] = {
        "nan": lambda p: arithmetic.log(p[0] - 1),
        "infinite": lambda p: 1 / (p[0] * number(1)),
    }[value]
    at = {L: f, w: [0, 5], d: [1, 0]}
    refuses(
        r"L is .*(nan|inf).* at \(0, 5\.?0*\); a loss has a finite value everywhere",
        lambda: decide(L(w) > 0, at),
    )
    assert (
        answer_unless_refused(
            for_all_small(lambda a: L(w + a * d) > L(w)), at, "a loss has a finite value everywhere"
        )
        is None
    )
    assert answer(L(w) > 0, {L: f, w: [3, 5]}) is True


@pytest.mark.parametrize("rough", [Kink, Jump])
def test_what_is_not_smooth_at_the_point_is_refused_and_near_it_is_not(rough: Any) -> None:
    """The kink of |x| and the jump are at x = 0."""
    loss = rough(BOWL)
    statement = for_all_small(lambda a: L(w + a * d) < L(w))
    with pytest.raises(NotSmooth, match=r"L is not smooth at \(0, 3\.?0*\)"):
        decide(statement, {L: loss, w: [0, 3], d: [0, -1]})
    for place in (TINY, -TINY, Fraction(1)):
        assert answer(statement, {L: loss, w: [place, 3], d: [0, -1]}) is True
        assert answer(statement, {L: loss, w: [place, 3], d: [0, 1]}) is False
    assert answer(L(w) > 0, {L: loss, w: [0, 3]}) is True
