"""Whether the claims of a page say anything: what is green and says nothing is told here.

`judge` asks that hypotheses hold of something. Here: premises inside a conclusion do not contradict
one another; no claim compares a thing with itself; a repair is about what failed; a hypothesis is
needed where the claim has a meaning; the claim is the page's own. z3 serves as a detector only, so
that nothing is proved here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from operator import attrgetter
from typing import Any

from proofs.kernel import KernelError, R, Term, Theorem, all_of, implies, inner, negation, norm
from proofs.kernel.algebra import normal
from proofs.kernel.solver import Query, ask
from proofs.kernel.terms import FALSE, TRUE, build, flattened, open_binder, replace
from proofs.kernel.verdict import Statement, obligations

RLIMIT = 300_000  # z3's count of work, for each claim
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "implies")
WORDS = re.compile("[RNV]|and|or|not|implies|for|all|there|is|such|that|with|in|true|false")
# What holds in a place, the premise that stands there, and of an alternative what it is.
Premises = tuple[tuple[Term, ...], Term, Term | None]


def inner_terms(t: Term) -> Sequence[Term]:
    """What a term is made of, with symbols in place of the variables that it binds."""
    if t.op not in ("forall", "exists", "fun"):
        return t.args
    bound = zip(t.data, t.sort.inputs, strict=True) if t.op == "fun" else [t.data]
    fresh = [build("symbol", sort, data=f"{name}'{t.serial}") for name, sort in bound]
    return [open_binder(t.args[0], tuple(fresh))]


def subterms(t: Term, parts: Callable[[Term], Sequence[Term]] = inner_terms) -> Iterator[Term]:
    """A term and all that it is made of, each once."""
    stack, seen = [t], {t.serial}
    while stack:
        part = stack.pop()
        yield part
        for inside in parts(part):
            if inside.serial not in seen:
                seen.add(inside.serial)
                stack.append(inside)


def check_symbols_of(name: str, claim: Statement) -> None:
    """KernelError at a variable of a claim that is not the page's own, or reads like a word, or
    like another variable.
    """
    for hypothesis in claim.given:
        seen = hypothesis.isascii() and hypothesis.isprintable()
        if not seen or hypothesis != " ".join(hypothesis.split()):
            raise KernelError(f"{name}: the hypothesis {hypothesis!a} has signs that nobody sees")
    words = Counter(hypothesis.lower() for hypothesis in claim.given)
    if twice := [hypothesis for hypothesis in claim.given if words[hypothesis.lower()] > 1]:
        raise KernelError(f"{name}: two hypotheses read alike: {', '.join(twice)}")
    nodes = subterms(claim.closed(), attrgetter("args"))
    bound = [t.data for t in nodes if t.op in ("forall", "exists", "fun")]
    stems = [stem for data in bound for stem in data if isinstance(stem, str)]
    free = {v.data for v in claim.for_all}
    for stem in [v.data for v in claim.for_all] + stems:
        if "'" in stem:
            left = f"{stem.partition(chr(39))[0]} has left its binder, and reads like another"
            raise KernelError(f"{name} is about what no page can name: a variable {left}")
        if not stem.isascii() or WORDS.fullmatch(stem):
            raise KernelError(f"{name}: a variable called {stem} reads like something else")
    names = [*(v.data for v in claim.for_all), *{s for s in stems if s not in free}]
    alike = Counter(stem.replace("_", "") for stem in names)  # x_ and w_1 are typeset as x and w1
    if twice := [stem for stem in names if alike[stem.replace("_", "")] > 1]:
        raise KernelError(f"{name}: two variables read alike: {', '.join(twice)}")


def premises(t: Term, context: tuple[Term, ...] = ()) -> Iterator[Premises]:
    """The premises of implications that a conclusion asserts, each with what holds there."""
    if t.op == "forall":
        yield from premises(inner_terms(t)[0], context)
    if t.op == "and":
        for a in t.args:
            yield from premises(a, context)
    if t.op == "implies":
        yield context, t.args[0], None
        yield from premises(t.args[1], (*context, t.args[0]))
    if t.op == "not" and (pushed := negation(t.args[0])).op != "not":
        yield from premises(pushed, context)
    if t.op == "or":  # each alternative is needed where all others fail
        for alternative in t.args:
            others = all_of(*(negation(a) for a in t.args if a is not alternative))
            yield context, others, alternative


def vacuous(name: str, claim: Statement, reasons: Iterable[Theorem]) -> Iterator[str]:
    """Premises inside the conclusion of a claim that, by its own `reasons`, hold of nothing."""
    known = [implies(*r.hypotheses, r.goal) for r in reasons]
    found = list(premises(claim.then))
    asked = [
        [*known, *claim.given.values(), *context, p, *angles([*context, p])]
        for context, p, _ in found
    ]
    if not asked or _contradictory(asked) == "sat":
        return
    for (_, premise, _), formulas in zip(found, asked, strict=True):
        if _contradictory([formulas]) == "unsat":
            yield f"{name} is about nothing where it says {premise}: that contradicts what is given"


def angles(formulas: Iterable[Term]) -> Iterator[Term]:
    """|a.b| <= |a| |b| for the vectors of which formulas give lengths or products, if a few."""
    inside = [t for f in formulas for t in subterms(f) if t.op in ("norm", "inner") and not t.loose]
    vectors = list(dict.fromkeys(a for t in inside for a in t.args))
    for a, b in combinations(vectors, 2) if len(vectors) < 7 else ():
        yield abs(inner(a, b)) <= norm(a) * norm(b)


def _contradictory(questions: list[list[Term]]) -> str:
    """z3's word on these conjunctions, at once and each with names of its own: unsat if one is."""
    declared, asserted = list[str](), list[str]()
    for i, formulas in enumerate(questions):
        query = Query()
        assertions = [query.formula(f) for f in formulas]
        lines = query.text([*query.facts, *assertions]).splitlines()[:-1]
        own = [re.sub(r"\bx(?=\d)", f"y{i}x", line) for line in lines]
        declared += [line for line in own if line.startswith("(declare")]
        asserted += [line for line in own if line.startswith("(assert")]
    return _reply("\n".join([*declared, *asserted, "(check-sat)"]))


@cache
def _reply(question: str) -> str:
    return ask(question, RLIMIT)


def empty(claims: Mapping[str, Statement]) -> Iterator[str]:
    """Conclusions that are supposed; comparisons of a thing with itself; notions that hide one;
    what exists past its premise; repairs of something else than the claim.
    """
    main = claims["CLAIM"]
    for name, claim in claims.items():
        parts = claim.then.args if claim.then.op == "and" else (claim.then,)
        if claim.given and all(propagates(claim.given.values(), p) for p in parts):
            yield f"{name} concludes what it supposes: {claim.then}"
        whole = [t for part in (claim.then, *claim.given.values()) for t in subterms(part)]
        nested = {part.serial for t in whole if t.op == "exists" for part in inner_terms(t)}
        for t in whole:
            if t.op in COMPARISONS and t.args[0] is t.args[1]:
                yield f"{name} compares a thing with itself: {t}"
            if t.op == "defined" and (hidden := t.free - _shown(t)):
                about = ", ".join(sorted(map(str, hidden)))
                yield f"{name}: {t} is also about {about}, and hides it"
            outermost = t.op == "exists" and t.serial not in nested
            if outermost and (premise := _chosen_premise(t)) is not None:
                yield f"{name} says that there is something unless {premise}: it chooses so"
        if name.startswith("REPAIR"):
            if normal(claim.closed()) is TRUE is not normal(main.closed()):
                yield f"{name} is true by its form alone, and repairs nothing"
            if not set(claim.for_all) & set(main.for_all):
                yield f"{name} is about nothing that CLAIM is about: it repairs nothing"


def propagates(premises: Iterable[Term], goal: Term) -> bool:
    """Whether modus ponens does it: unit propagation on normal forms refutes the goal's denial."""
    facts, found = dict[Term, None](), dict.fromkeys(normal(f) for f in (*premises, ~goal))
    while not found.keys() <= facts.keys():
        facts |= found
        denied = {normal(~f) for f in facts}
        clauses = [[p for p in flattened("or", [f]) if p not in denied] for f in facts]
        units = [p for left in clauses if len(left) < 2 for p in left or [FALSE]]
        found = dict.fromkeys(flattened("and", units))
    return FALSE in facts


def _shown(notion: Term) -> frozenset[Term]:
    """The symbols in the arguments of a notion, which its words show."""
    return frozenset[Term]().union(*(a.free for a in notion.args[1:]))


def _chosen_premise(t: Term) -> Term | None:
    """A premise under `there is` that the choice can make false: one about nothing that is bound
    inside; or one that is false where numbers are chosen as 0 or -1, and the rest is not.
    """
    outside, own = t.free, list[Term]()
    while t.op == "exists":
        own.append(build("symbol", t.data[1], data=f"{t.data[0]}'{t.serial}"))
        t = open_binder(t.args[0], (own[-1],))
    parts = t.args if t.op == "and" else (t,)
    given = [p for p in parts if not any(premises(p))]
    for context, premise, then in (found for p in parts for found in premises(p)):
        if not premise.free & set(own):
            continue
        if premise.free <= outside.union(own):
            if then is None or then.free.difference(premise.free, own):
                return premise
            continue
        for number in (0, -1):
            at = {s: number for s in own if s.sort == R}
            held = normal(replace(all_of(*given), at))
            there = [held, *(replace(f, at) for f in (*context, premise))]
            if held is FALSE or _contradictory([there]) != "unsat":
                continue
            if _contradictory([[held]]) == "sat":
                return premise
    return None


def meaningless(claim: Statement, without: str, at: Mapping[Any, Any]) -> list[Term]:
    """Denominators that may be 0, and roots of what may be negative, in a claim without one of its
    hypotheses, at the values that refute it. None where a part that has a meaning there fails.
    """
    kept = [h for name, h in claim.given.items() if name != without]
    values = {v: at[v] for v in claim.for_all if v in at}
    facts, lacking = list(getattr(at, "facts", ())), list[Term]()
    for part in claim.then.args if claim.then.op == "and" else (claim.then,):
        statement = implies(*kept, part)
        unclear = [
            needs
            for context, needs in obligations(statement)
            if not _follows(context, needs, [])
            and not _follows([replace(c, values) for c in context], replace(needs, values), facts)
        ]
        if not unclear and _follows([], replace(negation(statement), values), facts):
            return []
        lacking += unclear
    return list(dict.fromkeys(lacking))


def _follows(given: Iterable[Term], goal: Term, facts: Iterable[Theorem]) -> bool:
    known = [*given, *(implies(*f.hypotheses, f.goal) for f in facts)]
    return propagates(known, goal) or _contradictory([[*known, ~goal]]) == "unsat"
