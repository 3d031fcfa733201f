"""Theorems that are forged or altered are recognised, whatever rule they are put into."""

from __future__ import annotations

import copy
import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from proofs.kernel import (
    KernelError, R, Theorem, by_induction, choose, entails, evaluate, forall, function,
    generalize, instance, natural, real, substitute,
)  # fmt: skip
from proofs.kernel.theorem import genuine

x, y, a = real("x y a")
n = natural("n")
f = function("f", R >> R)

FALSE = x < x
POSITIVE = entails([a > 0], a > -1)


class Impostor(Theorem):
    """A subclass that calls itself proved."""

    def __init__(self, *_: object) -> None:
        pass


def forged(kind: type[Theorem], **contents: object) -> Any:
    """A theorem made past the kernel."""
    made: Any = object.__new__(kind)
    for name in ("hypotheses", "goal", "axioms", "dimension", "means"):
        object.__setattr__(made, name, contents.get(name, getattr(POSITIVE, name)))
    return made


USES: list[Callable[[Any], object]] = [
    genuine,
    lambda t: entails([], a > -1, by=[t]),
    lambda t: generalize(t, a),
    lambda t: substitute(t, {a: 1}),
    lambda t: choose(t, t, a),
    lambda t: by_induction(lambda i: i >= 0, t, t, n),
]


@pytest.mark.parametrize(
    "use", USES, ids=["genuine", "entails", "generalize", "substitute", "choose", "by_induction"]
)
@pytest.mark.parametrize(
    "fake", ["forged", "copied", "subclass", "formula", "text", "nothing", "function"]
)
def test_forgeries_are_no_theorems(use: Callable[[Any], object], fake: str) -> None:
    made: dict[str, Any] = {
        "forged": forged(Theorem, hypotheses=(), goal=FALSE),
        "copied": copy.copy(POSITIVE),
        "subclass": forged(Impostor, hypotheses=()),
        "formula": a > -1,
        "text": "a > -1",
        "nothing": None,
        "function": test_forgeries_are_no_theorems,
    }
    with pytest.raises(KernelError, match=r"is no theorem"):
        use(made[fake])
    assert genuine(POSITIVE) is POSITIVE


def test_instance_of_a_forgery() -> None:
    universal = forall(R, lambda t: t > 0)
    with pytest.raises(KernelError, match=r"is no theorem"):
        instance(forged(Theorem, hypotheses=(), goal=universal), -1)
    assert instance(universal, -1).hypotheses == (universal,)


def test_the_constructor_makes_no_theorem() -> None:
    with pytest.raises((KernelError, TypeError), match=r"theorem|argument"):
        genuine(Theorem((), FALSE, frozenset(), 0, frozenset({"logic"})))
    with pytest.raises((KernelError, TypeError), match=r"theorem|argument"):
        genuine(Theorem())  # type: ignore[call-arg]


def test_an_empty_forgery_gets_a_readable_refusal() -> None:
    with pytest.raises(KernelError, match="is no theorem"):
        genuine(object.__new__(Theorem))


def test_theorems_cannot_be_set() -> None:
    for name in ("hypotheses", "goal", "axioms", "dimension", "means", "new"):
        with pytest.raises((KernelError, AttributeError, TypeError)):
            setattr(POSITIVE, name, ())
    genuine(POSITIVE)


class Flickering(tuple[Any, ...]):
    """Shows its items once; afterwards it is empty."""

    shown = False

    def __iter__(self) -> Iterator[Any]:
        items = () if self.shown else tuple(self[i] for i in range(len(self)))
        self.shown = True
        return iter(items)


class Agreeable(frozenset[str]):
    """Equal to whatever it is compared with."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = frozenset.__hash__


ALTERATIONS: list[tuple[str, Callable[[Theorem], object]]] = [
    ("hypotheses", lambda t: ()),
    ("hypotheses", lambda t: t.hypotheses[:0]),
    ("hypotheses", lambda t: Flickering(t.hypotheses)),
    ("goal", lambda t: FALSE),
    ("axioms", lambda t: frozenset({"another"})),
    ("axioms", lambda t: Agreeable()),
    ("dimension", lambda t: 3),
    ("means", lambda t: frozenset({"algebra"})),
]


@pytest.mark.parametrize(
    ("name", "change"), ALTERATIONS, ids=[f"{n}{i}" for i, (n, _) in enumerate(ALTERATIONS)]
)
def test_an_altered_theorem_is_recognised(name: str, change: Callable[[Theorem], object]) -> None:
    theorem = entails([a > 3], a > 2)
    object.__setattr__(theorem, name, change(theorem))
    for use in USES[:4]:
        with pytest.raises(KernelError, match="altered"):
            use(theorem)


def test_a_discarded_theorem_does_not_lend_its_place() -> None:
    """The registry goes by identity: what lies where a theorem lay would pass for it."""
    places = set()
    for i in range(50):
        places.add(id(evaluate(x + i == i + x)))
    gc.collect()
    fakes = [forged(Theorem, hypotheses=(), goal=FALSE) for _ in range(200)]
    for fake in fakes:
        with pytest.raises(KernelError, match="is no theorem"):
            genuine(fake)
    assert len(places) == 50
