"""Modus ponens without z3: what it derives, what it leaves to z3, and what nobody may derive."""

from __future__ import annotations

import random
from itertools import pairwise, product
from typing import Any

import pytest

from proofs.kernel import (
    R, Term, all_of, any_of, entails, exists, forall, function, iff, implies, instance, real,
    square_nonnegative, vector, witnessed,
)  # fmt: skip
from proofs.kernel import solver
from proofs.kernel.solver import NotProved, Query, certified
from proofs.runner.substance import propagates

x, y, z = real("x y z")
u, v = vector("u v")
f = function("f", R >> R)
A, B, C, D = x > 0, y > 0, z > 0, f(x) >= y
EVERY = forall(R, lambda t: f(t) > 0)
SOME = exists(R, lambda t: f(t) > 0)


def replayed(premises: list[Term], goal: Term) -> bool:
    """What the kernel calls logic: without a certificate, nor what defines the names."""
    query = Query()
    return certified(query.text([query.formula(f) for f in (*premises, ~goal)]), "")


@pytest.fixture
def without_z3(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks z3 gets no answer."""
    monkeypatch.setattr(solver, "ask", lambda *_: "unknown")
    monkeypatch.setattr(solver, "PROVED", {})
    monkeypatch.setattr(solver.NotProved, "__str__", lambda error: f"z3 is asked for {error.goal}")


@pytest.mark.usefixtures("without_z3")
@pytest.mark.parametrize(
    ("given", "goal"),
    [
        ([A], A),
        ([A, B], B & A),
        ([A & B], A),
        ([A, implies(A, B)], B),
        ([A, B, implies(A, B, C)], C),
        ([A, implies(A, implies(B, C))], implies(B, C)),
        ([implies(A, B), implies(B, C), A], C),
        ([A, implies(A, B & implies(C, D)), C], B & D),
        ([implies(A, B)], implies(A & C, B)),
        ([A], A | B),
        ([A | B, ~A], B),
        ([implies(A, B), ~B], ~A),
        ([implies(A | B, C), B], C),
        ([iff(A, B), B], A),
        ([A, ~A], B),
        ([], A | ~A | B),
        ([A | B, implies(A, C), implies(B, C)], C),
        ([], implies(A, A)),
        ([0 < x], A),
        ([x + x > y], 2 * x - y > 0),
        ([EVERY, implies(forall(R, lambda s: 0 < f(s)), A)], A),
        ([~SOME], forall(R, lambda t: f(t) <= 0)),
        ([u == v], v == u),
        ([x > y], x >= y),
        ([x < y], x != y),
    ],
    ids=str,
)
def test_modus_ponens_asks_no_z3(given: list[Term], goal: Term) -> None:
    theorem = entails(given, goal)
    assert theorem.means == {"logic"}
    assert theorem.goal is goal


@pytest.mark.usefixtures("without_z3")
@pytest.mark.parametrize(
    ("given", "goal"),
    [
        ([], A),
        ([A], B),
        ([A], A & B),
        ([B, implies(A, B)], A),
        ([implies(A, B)], B),
        ([~A, implies(A, B)], ~B),
        ([A, implies(A, B, C)], C),
        ([implies(A, B), implies(B, A)], A),
        ([implies(A, B), implies(B, C)], C),
        ([A, implies(A & B, C)], implies(A, C)),
        ([A | B], A),
        ([implies(A | B, C)], C),
        ([A, implies(A, B | C)], B),
        ([iff(A, B)], A),
        ([x >= 0], A),
        ([implies(x >= 0, B), x > y], B),
        ([SOME, implies(EVERY, A)], A),
        ([EVERY], f(x) > 0),
        ([~EVERY], forall(R, lambda t: f(t) <= 0)),
        ([u == v, implies(u == 2 * v, A)], A),
    ],
    ids=str,
)
def test_what_does_not_follow_is_refused(given: list[Term], goal: Term) -> None:
    """Consequents affirmed, antecedents denied, half of the premises, circles, weaker premises."""
    with pytest.raises(NotProved):
        entails(given, goal)


@pytest.mark.parametrize(
    ("given", "goal"),
    [
        ([x > 1], A),
        ([A | B, implies(A, B), implies(B, A)], A & B),
        ([], square_nonnegative(u).goal),
    ],
    ids=str,
)
def test_arithmetic_and_two_sided_cases_are_left_to_z3(given: list[Term], goal: Term) -> None:
    assert not propagates(given, goal)
    assert not replayed(given, goal)
    assert entails(given, goal).means == {"z3"}


def test_theorems_count_with_their_hypotheses() -> None:
    """From A |- B, not B, but A -> B; what was derived by z3 says so, and axioms are inherited."""
    shown = entails([x > 1], A)
    assert shown.means == {"z3"}
    used = entails([x > 1, implies(A, B)], B, by=[shown])
    assert used.means == {"logic", "z3"}
    assert set(used.hypotheses) == {x > 1, implies(A, B)}
    with pytest.raises(NotProved):
        entails([implies(A, B)], B, by=[shown])
    witness = witnessed(SOME, x)
    assert entails([f(x) > 0], SOME, by=[witness]).means == {"logic"}
    with pytest.raises(NotProved):
        entails([f(y) > 0], SOME, by=[witness])
    assert entails([EVERY], f(x) > 0, by=[instance(EVERY, x)]).means == {"logic"}


def test_a_loop_of_implications_ends() -> None:
    chain = [real(f"c{i}") > 0 for i in range(40)]
    links = [implies(p, q) for p, q in pairwise(chain)]
    for does in (propagates, replayed):
        assert does([chain[0], *links], chain[-1])
        assert not does([*links, implies(chain[-1], chain[0])], chain[0])


# -------------------------------------------------------------------------- against the truth table
ATOMS = [A, B, C, SOME]


def drawn(rng: random.Random, depth: int) -> tuple[Term, Any]:
    """A formula, and its value as a function of the values of the atoms."""
    kind = rng.choice(["atom", "not", "and", "or", "implies"]) if depth else "atom"
    if kind == "atom":
        i = rng.randrange(len(ATOMS))
        return ATOMS[i], lambda row: row[i]
    (p, p_value), (q, q_value) = drawn(rng, depth - 1), drawn(rng, depth - 1)
    if kind == "not":
        return ~p, lambda row: not p_value(row)
    if kind == "and":
        return all_of(p, q), lambda row: p_value(row) and q_value(row)
    if kind == "or":
        return any_of(p, q), lambda row: p_value(row) or q_value(row)
    return implies(p, q), lambda row: q_value(row) or not p_value(row)


@pytest.mark.parametrize("propagates", [propagates, replayed])
def test_it_is_sound_on_random_propositions(propagates: Any) -> None:
    """The truth table confirms whatever it derives, which is about half of what follows."""
    rng = random.Random(3)
    derived = follows = 0
    for _ in range(1500):
        *premises, (goal, value) = [drawn(rng, 2) for _ in range(rng.randint(2, 5))]
        rows = [
            row
            for row in product([True, False], repeat=len(ATOMS))
            if all(p[1](row) for p in premises)
        ]
        entailed = all(value(row) for row in rows)
        found = propagates([p for p, _ in premises], goal)
        assert entailed or not found, (premises, goal)
        derived, follows = derived + found, follows + entailed
    assert 2 * derived > follows > 100
