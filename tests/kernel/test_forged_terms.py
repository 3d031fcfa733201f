"""Terms that are forged or altered are recognised."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from proofs.kernel import (
    KernelError, R, Term, all_of, entails, evaluate, forall, function, generalize, real, substitute,
)  # fmt: skip
from tests.kernel.refusals import refuses

x = real("x")
f = function("f", R >> R)


class Liar(Term):
    """A subclass whose text and parts could say anything."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "0 = 0"


def copied(kind: type[Term], original: Term, **changes: object) -> Any:
    """A node with the contents of `original`, made past the kernel."""
    contents = [changes.get(name, getattr(original, name)) for name in Term._fields]
    return tuple.__new__(kind, contents)


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


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_there_are_no_copies(copied: Callable[[object], object]) -> None:
    with pytest.raises(KernelError, match="is one term"):
        copied(x > 0)


def test_an_empty_forgery_gets_a_readable_refusal() -> None:
    with pytest.raises(KernelError, match="is no term"):
        x + tuple.__new__(Term, ())


SETTERS: list[Callable[[Any, str, Any], None]] = [
    setattr,
    object.__setattr__,
    lambda node, name, value: getattr(Term, name).__set__(node, value),
    lambda node, name, value: vars(node).__setitem__(name, value),
]


@pytest.mark.parametrize("setter", SETTERS, ids=range(len(SETTERS)))
@pytest.mark.parametrize("name", [*Term._fields, "free"])
def test_nothing_in_a_term_can_be_set(setter: Callable[[Any, str, Any], None], name: str) -> None:
    """Freshness, closedness and every normal form that is remembered rest on it."""
    for node in (x, x > 0, forall(R, lambda t: t > 23).args[0]):
        old = getattr(node, name)
        with pytest.raises((KernelError, AttributeError, TypeError)):
            setter(node, name, (old, old))
        assert getattr(node, name) == old


def test_a_term_of_another_class_is_no_term() -> None:
    statement = x > 17
    object.__setattr__(statement, "__class__", Liar)
    try:
        refuses("is no term", lambda: entails([], statement), lambda: statement & (x > 0))
    finally:
        object.__setattr__(statement, "__class__", Term)
    entails([statement], x > 16)


def test_a_term_is_no_list_of_its_parts() -> None:
    """It is a tuple, whose parts are nobody's coordinates."""
    uses: list[Callable[[Any], object]] = [
        len, list, tuple, sorted, lambda v: v[0], lambda v: v[:1], lambda v: [*v],
        lambda v: x in v,
    ]  # fmt: skip
    for use in uses:
        with pytest.raises(KernelError, match="x is one term: it has no coordinates"):
            use(x)


def test_a_forged_symbol_binds_nothing() -> None:
    theorem, forged = evaluate(x == x), copied(Term, x, serial=-1)
    refuses(
        "is no term", lambda: generalize(theorem, forged), lambda: substitute(theorem, {forged: 1})
    )
    generalize(theorem, x)
