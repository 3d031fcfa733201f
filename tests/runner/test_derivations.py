"""The derivations of an export: every rule behind a theorem, in a text that does not vary."""

from __future__ import annotations

import ast
import inspect

import pytest

from proofs.kernel import (
    R, by_induction, entails, forall, function, generalize, implies, inner, instance, natural,
    real, substitute, vector, zero,
)  # fmt: skip
from proofs.kernel import theorem as rules
from proofs.runner.derivations import GIVEN, Applications, derivation, recorded

v = vector("v")
x = real("x")

SQUARE = """\
term 1 symbol V : v
term 2 zero V
term 3 != truth 1 2
term 4 inner R 1 1
term 5 number N : 0
term 6 > truth 4 5
theorem 1 entails with 3 query here x0=4 : 3 |- 6
term 7 bound V : 0
term 8 != truth 7 2
term 9 inner R 7 7
term 10 > truth 9 5
term 11 implies truth 8 10
term 12 forall truth 11 : v V
theorem 2 generalize by 1 with 1 : |- 12
step theorem_positive 2
"""


def positive() -> rules.Theorem:
    return generalize(entails([v != zero], inner(v, v) > 0), v)


def text(theorem: rules.Theorem, made: Applications) -> str:
    """The derivation, where each query is `here`."""
    places = {a.query: "here" for a in made.values()}
    return derivation({"theorem_positive": theorem}, made, places)


def test_a_derivation_has_every_rule_premise_and_term() -> None:
    with recorded() as made:
        theorem = positive()
    assert text(theorem, made) == SQUARE


def test_fresh_names_are_numbered_in_the_order_of_their_use() -> None:
    """The kernel numbers them by all terms ever made."""
    texts = []
    for _ in range(2):
        with recorded() as made:
            base = entails([], real("x") ** 2 >= 0)
            step = entails([], real("x") ** 2 >= 0)
            theorem = by_induction(lambda k: x**2 >= 0, base, step, natural("n"))
        texts.append(text(theorem, made))
    assert texts[0] == texts[1]
    assert "k'1" in texts[0]


def test_values_and_replacements_are_written() -> None:
    f = function("f", R >> R)
    with recorded() as made:
        known = instance(forall(R, lambda y: f(y) >= 0), 3)
        moved = substitute(known, {f: function("h", R >> R)})
    lines = text(moved, made).splitlines()
    assert lines[5] == "term 6 forall truth 5 : y R"
    assert lines[9] == "theorem 1 instance with 6 7 : 6 |- 9"
    assert lines[16] == "theorem 2 substitute by 1 with 1 10 : 13 |- 15"


def test_what_was_made_before_is_not_there() -> None:
    theorem = positive()
    with recorded() as made, pytest.raises(KeyError):
        text(theorem, made)


def test_nothing_is_recorded_afterwards() -> None:
    with recorded() as made:
        pass
    positive()
    assert made == {}


def test_each_rule_is_known() -> None:
    """A new rule that is given more than theorems and a goal has to say what."""
    tree = ast.parse(inspect.getsource(rules))
    functions = [f for f in tree.body if isinstance(f, ast.FunctionDef) and f.name != "_made"]
    making = {f.name for f in functions if "_made(" in ast.unparse(f)}
    by_statement = {"identical", "evaluate", "square_nonnegative", "archimedes", "axiom"}
    assert making == GIVEN.keys() | by_statement | {"substitute"}


def test_values_given_by_name_are_written_in_the_order_of_the_variables() -> None:
    below = forall(R, lambda r, s, t: implies(r < s, r < s + t**2))
    texts = []
    for named in ({}, {"t": 3}, {"t": 3, "s": 2}, {"s": 2, "r": 1, "t": 3}):
        with recorded() as made:
            theorem = instance(below, *range(1, 4 - len(named)), **named)
            texts.append(text(theorem, made))
    assert len(set(texts)) == 1
    assert "theorem 1 instance with " in texts[0]
