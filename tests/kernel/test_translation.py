"""The translation to z3, normal forms and negations, compared with exact evaluation.

A random statement is drawn as a tree and read twice: by the kernel's makers, and by plain
arithmetic on Fractions. At a random rational point z3 must prove it where it is true and prove its
negation where it is false, and never the reverse.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from proofs.kernel import (
    KernelError, Term, all_of, any_of, e1, e2, e3, entails, iff, implies, inner, maximum, minimum,
    natural, negation, norm, real, sqrt,
)  # fmt: skip
from proofs.kernel.algebra import normal
from proofs.kernel.solver import NotProved
from strategies.vectors import Bytes, from_bytes
from tests.kernel.exact import Model, dot, root

Tree = tuple[Any, ...]
Vector = tuple[Fraction, ...]

SYMBOLS = {"x": real("x"), "y": real("y"), "z": real("z"), "n": natural("n")}
UNITS: list[Vector] = [
    (Fraction(1), Fraction(0), Fraction(0)),
    (Fraction(0), Fraction(1), Fraction(0)),
    (Fraction(0), Fraction(0), Fraction(1)),
]


def drawn(count: int) -> settings:
    """The same `count` examples in every run."""
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


class UndefinedError(Exception):
    """A quotient by 0: its value is unspecified."""


# --------------------------------------------------------------------------------- the two readings
def exact_quotient(a: Fraction, b: Fraction) -> Fraction:
    """a / b."""
    if b == 0:
        raise UndefinedError
    return a / b


def combined(*coefficients: Fraction) -> Vector:
    """The vector with these coordinates."""
    return tuple(coefficients)


def scaled(c: Fraction, v: Vector) -> Vector:
    """c v."""
    return tuple(c * x for x in v)


def summed(u: Vector, v: Vector) -> Vector:
    """u + v."""
    return tuple(a + b for a, b in zip(u, v, strict=True))


KERNEL: dict[str, Callable[..., Any]] = {
    "/": lambda a, b: a / b, "min": minimum, "max": maximum, "root": lambda a: sqrt(a * a),
    "inner": inner, "norm": norm, "combined": lambda a, b, c: a * e1 + b * e2 + c * e3,
    "scaled": operator.mul, "summed": operator.add, "and": operator.and_, "or": operator.or_,
    "not": operator.invert, "implies": implies, "iff": iff,
    "three": lambda a, b, c: implies(a, b, c),
}  # fmt: skip
EXACT: dict[str, Callable[..., Any]] = {
    "/": exact_quotient, "min": min, "max": max, "root": lambda a: root(a * a), "inner": dot,
    "norm": lambda v: root(dot(v, v)), "combined": combined, "scaled": scaled, "summed": summed,
    "and": lambda a, b: a and b, "or": lambda a, b: a or b, "not": operator.not_,
    "implies": lambda a, b: not a or b, "iff": operator.eq,
    "three": lambda a, b, c: not (a and b) or c,
}  # fmt: skip
BOTH: dict[str, Callable[..., Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "neg": operator.neg, "abs": abs,
    "square": lambda a: a**2, "cube": lambda a: a**3, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


def read(tree: Tree, meaning: dict[str, Callable[..., Any]], point: Mapping[str, Any]) -> Any:
    """The value of a tree."""
    op, *parts = tree
    if op == "literal":
        return point["0"] + parts[0]
    if op in point:
        return point[op]
    return (BOTH | meaning)[op](*(read(part, meaning, point) for part in parts))


# ------------------------------------------------------------------------------------- random trees
# A tree is read off one string, which hypothesis draws at the price of a number: a tenth of the
# time of a tree drawn node by node.
Reader = Callable[[Bytes], Tree]
Kind = Sequence[Reader]  # one as likely as the other; the first is the simplest


def one_of(kind: Kind) -> Reader:
    """One of the readers, as the string chooses."""
    return lambda read: read.one_of(kind)(read)


def node(op: str, *parts: Kind) -> Reader:
    """Reads trees with `op` on top."""
    readers = [one_of(part) for part in parts]
    return lambda read: (op, *(reader(read) for reader in readers))


def rational(read: Bytes) -> Fraction:
    """A small number, whole in half of the cases."""
    return Fraction(read.below(13) - 6, read.one_of((1, 1, 2, 3)))


leaves: Kind = (
    lambda read: (read.one_of([*SYMBOLS]),),
    lambda read: ("literal", rational(read)),
)


@cache
def numbers(depth: int) -> Kind:
    """Trees that are numbers."""
    if depth == 0:
        return leaves
    a, v = numbers(depth - 1), vectors(depth - 1)
    binary = [node(op, a, a) for op in ("+", "-", "*", "*", "min", "max", "/")]
    unary = [node(op, a) for op in ("neg", "abs", "square", "cube", "root")]
    lengths = node("norm", [node("scaled", a, [lambda read: read.one_of(PYTHAGOREAN)])])
    return [*leaves, *binary, *unary, node("inner", v, v), lengths]


@cache
def vectors(depth: int) -> Kind:
    """Trees that are combinations of e1, e2, e3."""
    a = numbers(depth)
    frame = node("combined", a, a, a)
    if depth == 0:
        return [frame]
    v = vectors(depth - 1)
    return [frame, node("summed", v, v), node("scaled", a, v)]


@cache
def formulas(depth: int) -> Kind:
    """Trees that are formulas."""
    a, v = numbers(2), vectors(1)
    relations = [node(op, a, a) for op in ("<", "<=", ">", ">=", "==", "!=")]
    atoms = [*relations, node("==", v, v), node("!=", v, v)]
    if depth == 0:
        return atoms
    f = formulas(depth - 1)
    joined = [node(op, f, f) for op in ("and", "or", "implies", "iff")]
    return [*atoms, *joined, node("not", f), node("three", f, f, f)]


def trees(kind: Kind) -> st.SearchStrategy[Tree]:
    """Trees of a kind."""
    return from_bytes(one_of(kind), 300)


def several(kind: Kind) -> st.SearchStrategy[list[Tree]]:
    """One to four trees of a kind."""
    return from_bytes(lambda read: [one_of(kind)(read) for _ in range(1 + read.below(4))], 400)


# 3-4-5 and 1-2-2-3: the lengths of their multiples are rational.
PYTHAGOREAN: list[Tree] = [
    ("combined", *(("literal", Fraction(c)) for c in coordinates))
    for coordinates in ((3, 4, 0), (0, -5, 12), (1, 2, 2), (0, 0, 1), (0, 0, 0))
]
rationals = from_bytes(rational, 2)
points = from_bytes(
    lambda read: {**{name: rational(read) for name in "xyz"}, "n": Fraction(read.below(7))}, 7
)


def both_readings(tree: Tree, point: Mapping[str, Fraction]) -> tuple[Any, Any]:
    """The kernel's statement, and its exact value at the point; drops what is undefined there."""
    try:
        value = read(tree, EXACT, {**point, "0": Fraction(0)})
    except UndefinedError:
        assume(False)
    try:
        return read(tree, KERNEL, {**SYMBOLS, "0": 0 * SYMBOLS["x"]}), value
    except (
        KernelError
    ) as error:  # a literal quotient that the exact reading does not compute, as in 0 and 1/0
        assume("the denominator is zero" not in str(error))
        raise


def at(point: Mapping[str, Fraction]) -> list[Term]:
    """The premises that fix the symbols."""
    return [SYMBOLS[name] == value for name, value in point.items()]


# -------------------------------------------------------------------------------------------- tests
@drawn(120)
@given(several(formulas(1)), points)
def test_z3_agrees_with_exact_evaluation(trees: list[Tree], point: dict[str, Fraction]) -> None:
    read_twice = [both_readings(tree, point) for tree in trees]
    true = [formula if value else ~formula for formula, value in read_twice]
    entails(at(point), all_of(*true))
    with pytest.raises(NotProved):
        entails(at(point), any_of(*(~formula for formula in true)))


@drawn(120)
@given(trees(formulas(2)), points)
def test_z3_agrees_on_the_negation_and_the_normal_form(
    tree: Tree, point: dict[str, Fraction]
) -> None:
    formula, value = both_readings(tree, point)
    true = [negation(normal(formula)), normal(negation(formula)), ~negation(formula)]
    true = [~true[0], ~true[1], true[2]] if value else [true[0], true[1], ~true[2]]
    entails(at(point), all_of(*true))
    with pytest.raises(NotProved):
        entails(at(point), any_of(*map(negation, true)))


@drawn(80)
@given(trees(numbers(3)), rationals, points)
def test_z3_agrees_on_values(tree: Tree, other: Fraction, point: dict[str, Fraction]) -> None:
    term, value = both_readings(tree, point)
    entails(at(point), term + 0 * SYMBOLS["x"] == value)
    if other != value:
        with pytest.raises(NotProved):
            entails(at(point), term + 0 * SYMBOLS["x"] == other)


@drawn(250)
@given(trees(formulas(2)), points)
def test_normal_form_and_negation_keep_the_meaning(tree: Tree, point: dict[str, Fraction]) -> None:
    formula, value = both_readings(tree, point)
    model = Model({SYMBOLS[name]: v for name, v in point.items()}, {})
    assert model.value(formula) is value
    assert model.value(normal(formula)) is value
    assert model.value(negation(formula)) is not value
    assert normal(negation(formula)) is normal(~formula)
    assert normal(normal(formula)) is normal(formula)


@drawn(300)
@given(trees(numbers(3)), trees(vectors(1)), points)
def test_normal_forms_of_terms_keep_the_value(
    tree: Tree, other: Tree, point: dict[str, Fraction]
) -> None:
    model = Model({SYMBOLS[name]: v for name, v in point.items()}, {})
    for each in (tree, other):
        term, value = both_readings(each, point)
        if isinstance(term, Term):
            assert model.value(term) == value
            assert model.value(normal(term)) == value


@drawn(40)
@given(trees(formulas(1)), points)
def test_what_is_proved_everywhere_holds_at_each_point(
    tree: Tree, point: dict[str, Fraction]
) -> None:
    """What is proved without premises, a statement or its negation, does not fail at a point."""
    formula, value = both_readings(tree, point)
    with pytest.raises(NotProved):
        entails([], ~formula if value else formula, rlimit=300_000)


def test_the_examples_are_not_all_alike() -> None:
    """Each operation is drawn, true and false statements are, and few are undefined."""
    operations: set[str] = set()
    values: list[bool] = []

    @drawn(300)
    @given(trees(formulas(2)), points)
    def draw(tree: Tree, point: dict[str, Fraction]) -> None:
        stack = [tree]
        while stack:
            op, *parts = stack.pop()
            operations.add(op)
            stack += [part for part in parts if isinstance(part, tuple)]
        values.append(both_readings(tree, point)[1])

    draw()
    assert operations >= {*BOTH, *EXACT, *SYMBOLS, "literal"}
    assert len(values) > 150
    assert 1 / 4 < sum(values) / len(values) < 3 / 4
