"""Terms that are forged or altered are recognised."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from proofs.kernel import (
    KernelError, R, Term, all_of, entails, evaluate, forall, function, implies, real,
)  # fmt: skip
from proofs.kernel.terms import is_intact
from tests.kernel.refusals import refuses

x = real("x")
f = function("f", R >> R)


class Liar(Term):
    """A subclass whose text and parts could say anything."""

    def __repr__(self) -> str:
        return "0 = 0"


def copied(kind: type[Term], original: Term, **changes: object) -> Any:
    """A node with the contents of `original`, made past the kernel."""
    node: Any = object.__new__(kind)
    for name in ("op", "sort", "args", "data", "free", "loose", "depth", "size", "serial"):
        object.__setattr__(node, name, changes.get(name, getattr(original, name)))
    return node


@pytest.mark.parametrize("kind", [Term, Liar])
@pytest.mark.parametrize("changes", [{}, {"args": (x, x)}, {"op": "!="}], ids=str)
def test_forged_nodes_are_no_terms(kind: type[Term], changes: dict[str, object]) -> None:
    forged, number = copied(kind, x > 0, **changes), copied(kind, x)
    refuses(
        "is no term",
        lambda: entails([], forged),
        lambda: entails([forged], x > 0),
        lambda: (x > 0) & forged,
        lambda: evaluate(forged),
        lambda: number + x,
        lambda: x + number,
        lambda: f(number),
    )
    entails([x > 0], (x > 0) & (x + x > 0))


def test_the_constructor_makes_no_term() -> None:
    with pytest.raises(KernelError, match="is no term"):
        entails([], Term("true", (x > 0).sort, (), None, frozenset(), 0, 1, 1, 0))
    entails([], all_of())


def test_copies_are_no_terms() -> None:
    duplicate = copy.copy(x > 0)
    with pytest.raises(KernelError, match="is no term"):
        entails([], implies(duplicate, x > 0))
    entails([], implies(x > 0, x > 0))


def test_an_empty_forgery_gets_a_readable_refusal() -> None:
    with pytest.raises(KernelError, match="is no term"):
        x + object.__new__(Term)


def test_statements_cannot_be_set() -> None:
    for name, value in (("op", ">="), ("args", (x, x)), ("free", frozenset()), ("new", 1)):
        with pytest.raises((KernelError, AttributeError, TypeError)):
            setattr(x > 0, name, value)
    assert (x > 0).op == ">"


Alter = Callable[[Term, str, object], None]


@pytest.fixture
def alter(request: pytest.FixtureRequest) -> Alter:
    """Alters a node behind the kernel's back, until the test ends."""

    def change(node: Term, name: str, value: object) -> None:
        old = getattr(node, name)
        request.addfinalizer(lambda: object.__setattr__(node, name, old))
        object.__setattr__(node, name, value)

    return change


@pytest.mark.parametrize(
    ("name", "value"), [("op", ">="), ("args", (real("x"), real("x"))), ("op", "!=")]
)
def test_an_altered_statement_is_refused(alter: Alter, name: str, value: object) -> None:
    t = real("altered")
    statement = t > t + 1
    with pytest.raises(KernelError, match="does not follow"):
        entails([], statement)
    alter(statement, name, value)
    refuses(
        r"is no term|altered",
        lambda: entails([], statement),
        lambda: entails([t > 0, statement], t > 0),
    )


def test_an_altered_part_is_refused(alter: Alter) -> None:
    t = real("deep")
    inside = t * t * t
    statement = implies(t > 0, inside + t < 0)
    alter(inside, "args", (t, t, real("x")))
    assert not is_intact(statement)
    with pytest.raises(KernelError, match="altered"):
        entails([statement, t == 0], t == 0)


def test_an_altered_list_of_free_symbols_is_noticed(alter: Alter) -> None:
    """Freshness rests on it: without it, `choose` and `by_induction` would take anything."""
    t = real("hidden")
    statement = t > 17
    alter(statement, "free", frozenset())
    assert not is_intact(statement)
    with pytest.raises(KernelError, match="altered"):
        entails([statement], t > 16)


def test_an_altered_depth_is_noticed(alter: Alter) -> None:
    loose = forall(R, lambda t: t > 23).args[0]
    assert loose.loose == 1
    alter(loose, "loose", 0)
    assert not is_intact(loose)


def test_what_was_computed_of_an_altered_statement_is_forgotten() -> None:
    """A remembered normal form, computed while a part was altered, must not outlive that."""
    t = real("poisoned")
    part = t + 1
    statement, args = f(part) == f(t), part.args
    object.__setattr__(part, "args", (t, t - t))
    try:
        with pytest.raises(KernelError, match=r"is no term|altered"):
            evaluate(statement)
    finally:
        object.__setattr__(part, "args", args)
    with pytest.raises(KernelError, match="evaluates not to true"):
        evaluate(statement)
    evaluate(f(part) == f(1 + t))
