"""Derivations: every rule behind each theorem of a page, written out for a checker to read.

`recorded()` notes each application of a rule while it lasts; `derivation` makes the text of a page:

    term 7 apply R 3 4                          a node: operation, sort, parts (numbers of terms)
    term 8 forall truth 7 : x V                 and, after the colon, its data
    theorem 5 entails by 3 4 : 1 2 |- 10        rule, premises (theorems), hypotheses |- goal
    theorem 6 instance by 5 with 8 9 : |- 11    and what else the rule is given (terms)
    theorem 7 axiom named mean value theorem : |- 12
    theorem 8 entails query a11.step.1 x0=3 : |- 12      and what the names of its query stand for
    step theorem_small_steps_lower_the_loss 5

A sort is R, N, V or truth, or a list of the sorts of the inputs and of the output: (V R). Numbers
are given in the order of first use, so that a page's file tells of that page's proofs alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from proofs.kernel import theorem as rules
from proofs.kernel.solver import Query
from proofs.kernel.terms import TRUTH, Sort, Term, term
from proofs.kernel.theorem import Theorem
from proofs.runner.substance import propagates

# What a rule is given beside theorems, by the names that its own code has for it.
GIVEN = {
    "entails": ("hypotheses",),
    "instance": ("formula", "values"),
    "witnessed": ("formula", "values"),
    "generalize": ("variables",),
    "choose": ("symbols",),
    "replaced": ("y", "body", "a", "b"),
    "by_induction": ("n", "k", "claim"),
    "recursion": ("w", "first", "k", "y", "x", "following"),
}


@dataclass(frozen=True)
class Application:
    """One application of a rule: its name, its premises, and what else it was given."""

    rule: str
    premises: Sequence[Theorem]
    given: Sequence[Term]
    query: str = ""
    names: Mapping[str, Term] = field(default_factory=dict)


Applications = dict[int, Application]  # by the identity of the theorem that was made


def bound_by(formula: Term) -> Iterator[str]:
    """The names of the variables that a formula binds, the outermost first."""
    while formula.op in ("forall", "exists", "defined"):
        if formula.op != "defined":
            yield formula.data[0]
        formula = formula.args[0]


def arguments_of(rule: str, local: Mapping[str, Any]) -> Iterator[Term]:
    """The terms that a rule was given."""
    if rule == "substitute":
        for symbol, value in local["replacement"].items():
            yield from (symbol, term(value))
    for name in GIVEN.get(rule, ()):
        value = local[name]
        yield from map(term, value if type(value) in (list, tuple) else [value])
    if named := local.get("named"):
        names = [*bound_by(local["formula"])][len(local["values"]) :][: len(named)]
        yield from (term(named[name]) for name in names)


def application(rule: str, local: Mapping[str, Any], arguments: Sequence[Any]) -> Application:
    """What `rule` did, from its variables and from what it handed to `_made`."""
    _, _, means, *rest = arguments
    premises, given_terms = rest[0] if rest else (), tuple(arguments_of(rule, local))
    if rule != "entails":
        return Application(rule, tuple(premises), given_terms)
    if means == "logic" and propagates(local["premises"], local["conclusion"]):
        return Application(rule, tuple(premises), given_terms)  # the rest: x > 0 implies x >= 0
    query = Query()
    denied = [query.formula(f) for f in (*local["premises"], ~local["conclusion"])]
    text = query.text([*query.facts, *denied])
    return Application(rule, tuple(premises), given_terms, text, dict(query.shown))


@contextmanager
def recorded() -> Iterator[Applications]:
    """The applications of rules, noted as theorems are made."""
    made: Applications = {}
    make = rules._made

    def noted(*arguments: Any, **named: Any) -> Theorem:
        theorem, rule = make(*arguments, **named), sys._getframe(1)
        made[id(theorem)] = application(rule.f_code.co_name, rule.f_locals, arguments)
        return theorem

    rules._made = noted
    try:
        yield made
    finally:
        rules._made = make


def sort_text(s: Sort) -> str:
    """A sort as a list of lists."""
    if s.output is None:
        return "truth" if s == TRUTH else s.name
    return f"({' '.join(map(sort_text, (*s.inputs, s.output)))})"


class Writer:
    """The lines of one page's derivations."""

    def __init__(self, made: Applications, places: Mapping[str, str]):
        self.made, self.places = made, places
        self.lines, self.terms = list[str](), dict[Term, int]()
        self.theorems, self.fresh = dict[int, int](), dict[str, int]()

    def term(self, t: Term) -> int:
        """The number of a term, which is written where it is new."""
        if t not in self.terms:
            parts = [self.term(a) for a in t.args]
            number = self.terms[t] = len(self.terms) + 1
            head = " ".join(map(str, ("term", number, t.op, sort_text(t.sort), *parts)))
            self.lines.append(f"{head} : {self.data(t)}" if t.data is not None else head)
        return self.terms[t]

    def data(self, t: Term) -> str:
        if t.op in ("forall", "exists"):
            return f"{t.data[0]} {sort_text(t.data[1])}"
        if t.op in ("fun", "defined"):
            return " ".join(t.data)
        name, prime, number = str(t.data).partition("'")
        return f"{name}'{self.fresh.setdefault(number, len(self.fresh) + 1)}" if prime else name

    def theorem(self, theorem: Theorem) -> int:
        """The number of a theorem, which is written, after its premises, where it is new."""
        todo = [theorem]
        while todo:
            t = todo[-1]
            application = self.made[id(t)]
            missing = [p for p in application.premises if id(p) not in self.theorems]
            if missing or id(t) in self.theorems:
                todo = todo + missing[::-1] if missing else todo[:-1]
                continue
            self.state(todo.pop(), application)
        return self.theorems[id(theorem)]

    def state(self, t: Theorem, applied: Application) -> None:
        """Writes a theorem whose premises are written."""
        premises = [self.theorems[id(p)] for p in applied.premises]
        words: list[Any] = [applied.rule]
        words += ["named", *sorted(t.axioms)] if applied.rule == "axiom" else []
        words += ["by", *premises] if premises else []
        words += ["with", *map(self.term, applied.given)] if applied.given else []
        if applied.query:
            named = [f"{x}={self.term(shown)}" for x, shown in applied.names.items()]
            words += ["query", self.places[applied.query], *named]
        words += [":", *map(self.term, t.hypotheses), "|-", self.term(t.goal)]
        number = self.theorems[id(t)] = len(self.theorems) + 1
        self.lines.append(" ".join(map(str, ("theorem", number, *words))))


def derivation(steps: Mapping[str, Theorem], made: Applications, places: Mapping[str, str]) -> str:
    """The derivations of a page's theorems, by the names of its steps."""
    writer = Writer(made, places)
    for step, theorem in steps.items():
        number = writer.theorem(theorem)
        writer.lines.append(f"step {step} {number}")
    return "\n".join(writer.lines) + "\n"
