"""Whether the claims of a page say anything: what is green and says nothing is told here.

`judge` asks that hypotheses hold of something. Here: premises inside a conclusion do not contradict
one another; no claim compares a thing with itself; a repair is about what failed; a hypothesis is
needed where the claim has a meaning; the claim is the page's own. z3 serves as a detector only, so
that nothing is proved here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from proofs.kernel import KernelError, Term, Theorem, all_of, implies, negation
from proofs.kernel.algebra import normal
from proofs.kernel.solver import Query, ask, propagates
from proofs.kernel.terms import TRUE, build, open_binder, replace
from proofs.kernel.verdict import Statement, obligations

RLIMIT = 300_000  # z3's count of work, for each claim
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
WORDS = re.compile("[RNV]|and|or|not|implies|for|all|there|is|such|that|with|in|true|false")
Premises = tuple[tuple[Term, ...], Term]  # what holds in a place, and the premise that stands there


def subterms(t: Term) -> Iterator[Term]:
    """A term and all that it is made of, each once."""
    stack, seen = [t], {t.serial}
    while stack:
        part = stack.pop()
        yield part
        stack += [a for a in part.args if a.serial not in seen]
        seen.update(a.serial for a in part.args)


def check_symbols_of(name: str, claim: Statement) -> None:
    """KernelError at a variable of a claim that is not the page's own, or reads like a word, or
    like another variable.
    """
    for hypothesis in claim.given:
        if not (hypothesis.isascii() and hypothesis.isprintable()):
            raise KernelError(f"{name}: the hypothesis {hypothesis!a} has signs that nobody sees")
    bound = [t.data for t in subterms(claim.closed()) if t.op in ("forall", "exists", "fun")]
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
        (name, sort), serial = t.data, t.serial
        fresh = build("symbol", sort, data=f"{name}'{serial}")
        yield from premises(open_binder(t.args[0], [fresh]), context)
    if t.op == "and":
        for a in t.args:
            yield from premises(a, context)
    if t.op == "implies":
        yield context, t.args[0]
        yield from premises(t.args[1], (*context, t.args[0]))
    if t.op == "not" and (pushed := negation(t.args[0])).op != "not":
        yield from premises(pushed, context)
    if t.op == "or":  # each alternative is needed where all others fail
        for alternative in t.args:
            yield context, all_of(*(negation(a) for a in t.args if a is not alternative))


def vacuous(name: str, claim: Statement, reasons: Iterable[Theorem]) -> Iterator[str]:
    """Premises inside the conclusion of a claim that, by its own `reasons`, hold of nothing."""
    known = [implies(*r.hypotheses, r.goal) for r in reasons]
    found = list(premises(claim.then))
    asked = [[*known, *claim.given.values(), *context, p] for context, p in found]
    if not asked or _contradictory(asked) == "sat":
        return
    for (_, premise), formulas in zip(found, asked, strict=True):
        if _contradictory([formulas]) == "unsat":
            yield f"{name} is about nothing where it says {premise}: that contradicts what is given"


def _contradictory(questions: list[list[Term]]) -> str:
    """z3's word on these conjunctions, at once and each with names of its own: unsat if one is."""
    declared, asserted = list[str](), list[str]()
    for i, formulas in enumerate(questions):
        query = Query()
        lines = query.text([query.formula(f) for f in formulas]).splitlines()[:-1]
        own = [re.sub(r"\bx(?=\d)", f"y{i}x", line) for line in lines]
        declared += [line for line in own if line.startswith("(declare")]
        asserted += [line for line in own if line.startswith("(assert")]
    return ask("\n".join([*declared, *asserted, "(check-sat)"]), RLIMIT)


def empty(claims: Mapping[str, Statement]) -> Iterator[str]:
    """Conclusions that are supposed; comparisons of a thing with itself; notions that hide one;
    what exists past its premise; repairs of something else than the claim.
    """
    main = claims["CLAIM"]
    for name, claim in claims.items():
        parts = claim.then.args if claim.then.op == "and" else (claim.then,)
        if claim.given and all(propagates(claim.given.values(), part) for part in parts):
            yield f"{name} concludes what it supposes: {claim.then}"
        for t in (t for part in (claim.then, *claim.given.values()) for t in subterms(part)):
            if t.op in COMPARISONS and t.args[0] is t.args[1]:
                yield f"{name} compares a thing with itself: {t}"
            if t.op == "defined" and (hidden := t.free - _shown(t)):
                yield f"{name}: {t} is also about {', '.join(map(str, hidden))}, and hides it"
            if t.op == "exists" and (premise := _chosen_premise(t)) is not None:
                yield f"{name} says that there is something unless {premise}: it chooses so"
        if name.startswith("REPAIR"):
            if normal(claim.closed()) is TRUE is not normal(main.closed()):
                yield f"{name} is true by its form alone, and repairs nothing"
            if not set(claim.for_all) & set(main.for_all):
                yield f"{name} is about nothing that CLAIM is about: it repairs nothing"


def _shown(notion: Term) -> frozenset[Term]:
    """The symbols in the arguments of a notion, which its words show."""
    return frozenset[Term]().union(*(a.free for a in notion.args[1:]))


def _chosen_premise(t: Term) -> Term | None:
    """A premise straight under `there is` that the choice can make false."""
    chosen = list[Term]()
    while t.op == "exists":
        chosen.append(build("symbol", t.data[1], data=f"{t.data[0]}'{t.serial}"))
        t = open_binder(t.args[0], chosen[-1:])
    parts = t.args if t.op == "and" else (t,)
    inside = (p.args[0] for p in parts if p.op == "implies" and p.args[0].free & set(chosen))
    return next(inside, None)


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
