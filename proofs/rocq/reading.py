"""Reads a page's derivation (see proofs/runner/derivations.py): terms and applications of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofs.kernel.terms import TRUTH, N, R, Sort, Term, V, build
from proofs.replay import tree

SORTS = {"R": R, "N": N, "V": V, "truth": TRUTH}


@dataclass(frozen=True, eq=False)
class Proved:
    """A theorem: the rule that made it, from what, and what it states."""

    number: int
    rule: str
    premises: Sequence[Proved]
    given: Sequence[Term]
    place: str  # of the query, where there is one
    names: Mapping[str, Term]  # what the names of the query stand for
    hypotheses: Sequence[Term]
    goal: Term
    named: str  # the name of an axiom


def sort_of(words: Any) -> Sort:
    """The sort that a word, or a list of inputs and output, says."""
    if isinstance(words, str):
        return SORTS[words]
    *inputs, output = map(sort_of, words)
    return tuple(inputs) >> output


def data_of(op: str, text: str) -> Any:
    """What a term is beside its operation and parts."""
    if op in ("forall", "exists"):
        name, sort = tree(text)
        return name, sort_of(sort)
    if op == "number":
        return Fraction(text)
    if op in ("fun", "defined"):
        return tuple(text.split())
    return text if op == "symbol" else int(text)


def read(text: str) -> dict[str, Proved]:
    """The theorems of a derivation by the names of their steps."""
    terms, theorems, steps = dict[str, Term](), dict[str, Proved](), dict[str, Proved]()
    for line in text.splitlines():
        kind, number, *_ = line.split()
        if kind == "term":
            head, colon, data = line.partition(" : ")
            _, _, op, sort, *parts = tree(head)
            args = [terms[p] for p in parts]
            terms[number] = build(
                op, sort_of(sort), *args, data=data_of(op, data) if colon else None
            )
        elif kind == "theorem":
            theorems[number] = theorem_of(line, terms, theorems)
        else:
            _, name, made = line.split()
            steps[name] = theorems[made]
    return steps


def theorem_of(line: str, terms: Mapping[str, Term], theorems: Mapping[str, Proved]) -> Proved:
    """The theorem that a line states."""
    applied, _, stated = line.partition(" :")
    _, number, rule, *words = applied.split()
    parts: dict[str, list[str]] = {"by": [], "with": [], "query": [], "named": []}
    for word in words:
        if word in parts:
            into = parts[word]
        else:
            into.append(word)
    place, *named = parts["query"] or [""]
    names = {x: terms[t] for x, t in (pair.split("=") for pair in named)}
    before, _, goal = stated.partition("|-")
    return Proved(
        number=int(number),
        rule=rule,
        premises=[theorems[p] for p in parts["by"]],
        given=[terms[t] for t in parts["with"]],
        place=place,
        names=names,
        hypotheses=[terms[t] for t in before.split()],
        goal=terms[goal.strip()],
        named=" ".join(parts["named"]),
    )
