"""What a run knows of a page, as plain data that a report can carry: a chapter of the book.

A page is cut into blocks in its own order: headings, claims, steps. With each block goes the source
from the block before it, so that nothing of the page is left out.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from proofs.balls.searching import Survival
from proofs.claims import Claim
from proofs.kernel import N, R, Theorem, V, negation
from proofs.kernel.algebra import normal
from proofs.kernel.verdict import Judgement, Statement
from proofs.runner.book.listening import heard
from proofs.runner.book.references import Thing, everything_under, module_of, names_made, rests_on
from proofs.runner.failures import cause, chain, describe
from proofs.runner.guards import HOME
from proofs.runner.pages import SECTIONS, NoVerdict, Page, kind, redundant
from proofs.runner.printing import Notion, latex, marked_latex, variables

HEADING = re.compile(r"^# -{4,} *(.*)")
Chapter = dict[str, Any]


def chapter(page: Page) -> Chapter:
    """A page after its run, with its verdict or with what stands in its way."""
    judgement, told, notions = None, list[str](), list[Notion]()
    under = sorted(everything_below(page))
    try:
        judgement = page.judge()
    except NoVerdict as error:
        told = describe(error).splitlines()[1:]
    roles = {
        step: list(meets(theorem, page.claims)) if isinstance(theorem, Theorem) else []
        for step, theorem in page.evidence.items()
    }
    return {
        "id": page.id,
        "folder": page.path.parent.name,
        "file": page.path.name,
        "title": page.title,
        "verdict": judgement.verdict if judgement else "NO VERDICT",
        "failing": [line.removeprefix("  - ") for line in told],
        "parts": list(parts(page.path)),
        "reason": list(reasons(page, judgement, roles)) if judgement else [],
        "unsaid": judgement.unsaid if judgement else [],
        "redundant": redundant(page) if judgement else [],
        "axioms": judgement.axioms if judgement else [],
        "blocks": list(blocks(page, judgement, roles, notions)),
        "notions": [dict(zip(("reads", "latex", "means"), n, strict=True)) for n in notions],
        "under": [(t.module, t.name) for t in under],
        "lemmas": {f"{t.module}.{t.name}": said for t in under if (said := heard(t))},
    }


def unreadable(path: Path, error: BaseException) -> Chapter:
    """A page that cannot be read as one."""
    told = f"{path.name} cannot be read as a page", describe(error)
    empty = ("parts", "reason", "unsaid", "redundant", "axioms", "blocks", "under")
    return dict.fromkeys(empty, ()) | {
        "notions": (),
        "lemmas": {},
        "id": path.stem[:3],
        "folder": path.parent.name,
        "file": path.name,
        "title": path.stem[4:].replace("_", " "),
        "verdict": "NO VERDICT",
        "failing": told,
    }


def parts(path: Path) -> Iterator[tuple[str, str]]:
    """The parts of a page's docstring, each with its heading."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    found = re.split(rf"^({'|'.join(SECTIONS)})\b", doc, flags=re.MULTILINE)
    for name, words in zip(found[1::2], found[2::2], strict=True):
        yield name, inspect.cleandoc(" " * len(name) + words)


def meets(theorem: Theorem, claims: Mapping[str, Claim]) -> Iterator[tuple[str, str, str]]:
    """What a theorem does to claims: proves, refutes or inhabits one, without which hypothesis."""
    if theorem.hypotheses:
        return
    shown = normal(theorem.goal)
    for name, claim in claims.items():
        if shown is normal(claim.closed()) and not theorem.dimension:
            yield "proves", name, ""
        if shown is normal(negation(claim.closed())):
            yield "refutes", name, ""
        for dropped in claim.given:
            without = claim.closed(without=dropped)
            if shown is normal(negation(without)):
                yield "refutes", name, dropped
            elif shown is normal(without) and not theorem.dimension:
                yield "proves", name, dropped
        if claim.given and shown is normal(claim.inhabited()):
            yield "inhabits", name, ""


def reasons(
    page: Page, judgement: Judgement, roles: dict[str, list[tuple[str, str, str]]]
) -> Iterator[dict[str, str]]:
    """The verdict in words: the sentences of the steps that decide it, with their names."""

    def of(what: str, name: str, without: str = "") -> str:
        return next(s for s, role in roles.items() if (what, name, without) in role)

    def line(lead: str, step: str) -> dict[str, str]:
        return {"lead": lead, "step": step, "says": page.says(step)}

    claim = page.claims["CLAIM"]
    if judgement.verdict == "FAILS":
        yield line("It is false:", of("refutes", "CLAIM"))
        for name in (n for n in page.claims if n.startswith("REPAIR")):
            yield line("Repaired:", of("proves", name))
        return
    yield line("It is proved:", of("proves", "CLAIM"))
    for hypothesis in claim.given:
        if hypothesis in judgement.needed["CLAIM"]:
            unsaid = ", which is left unsaid" if hypothesis in claim.unsaid else ""
            lead = f"Without \N{LEFT DOUBLE QUOTATION MARK}{hypothesis}"
            lead += f"\N{RIGHT DOUBLE QUOTATION MARK}{unsaid}, it is false:"
            yield line(lead, of("refutes", "CLAIM", hypothesis))
    for hypothesis in redundant(page):
        lead = f"It does not need \N{LEFT DOUBLE QUOTATION MARK}{hypothesis}"
        yield {"lead": lead + "\N{RIGHT DOUBLE QUOTATION MARK}.", "step": "", "says": ""}


def blocks(
    page: Page,
    judgement: Judgement | None,
    roles: dict[str, list[tuple[str, str, str]]],
    found: list[Notion],
) -> Iterator[dict[str, Any]]:
    """The headings, claims and steps of a page, in its order; `found` gets their notions."""
    lines = page.path.read_text(encoding="utf-8").splitlines()
    body = ast.parse("\n".join(lines)).body
    module, end = module_of(page.path), body[0].end_lineno or 0
    made = [(node, name) for node in body[1:] for name in names_made(node)]
    kept = [(node, n) for node, n in made if n in page.steps or n in page.claims]
    for i, (node, name) in enumerate(kept):
        last = len(lines) if i == len(kept) - 1 else node.end_lineno
        here, code = lines[end:last], list[str]()
        for row in here:
            if heading := HEADING.match(row):
                yield {"type": "heading", "text": heading[1]}
            else:
                code.append(row)
        shown: dict[str, Any] = {
            "name": name,
            "code": "\n".join(code).strip("\n"),
            "rests": [(t.module, t.name) for t in rests_on(Thing(module, name))],
        }
        if name in page.claims:
            yield shown | stated(name, page.claims[name], judgement, found)
        else:
            yield shown | step(page, name, found) | {"roles": roles.get(name, [])}
        end = node.end_lineno or end


def everything_below(page: Page) -> set[Thing]:
    """All that the steps of a page rest on."""
    here = module_of(page.path)
    return {thing for step in page.steps for thing in everything_under(Thing(here, step))}


def stated(
    name: str, claim: Claim, judgement: Judgement | None, found: list[Notion]
) -> dict[str, Any]:
    """A claim: its variables, its hypotheses with their names, what it says."""
    then = claim.then.args if claim.then.op == "and" else (claim.then,)
    needed = judgement.needed[name] if judgement else []
    return {
        "type": "claim",
        "variables": variables(claim.for_all, in_latex=True),
        "given": [
            {
                "name": h,
                "latex": marked_latex(f, found),
                "unsaid": h in claim.unsaid,
                "needed": h in needed,
            }
            for h, f in claim.given.items()
        ],
        "then": [marked_latex(f, found) for f in then],
        "latex": latex(claim.closed()),
        "defines": claim.defines,
        "outcome": judgement.outcomes[name] if judgement else "not decided",
    }


def step(page: Page, name: str, found: list[Notion]) -> dict[str, Any]:
    """A step: what it says, what it found, or how it failed."""
    told: dict[str, Any] = {"type": "step", "says": page.says(name), "failure": [], "goal": ""}
    if name in page.failures:
        error = page.failures[name]
        inner = cause(error, [page])
        on = f"It depends on {inner[1]}, which fails." if inner and inner[1] != name else ""
        return told | {
            "kind": "fails",
            "failure": [on] if on else [*chain(error, HOME.parent), describe(error)],
        }
    evidence = page.evidence[name]
    told |= {"kind": kind(name, evidence)}
    if isinstance(evidence, Theorem):
        return told | {
            "hypotheses": [marked_latex(h, found) for h in evidence.hypotheses],
            "goal": ""
            if is_as_stated(evidence, page.claims)
            else marked_latex(evidence.goal, found),
            "axioms": sorted(evidence.axioms),
            "picture": drawn_of(page, name),
        }
    if isinstance(evidence, Survival):
        return told | {"claim": evidence.claim, "counts": counted(evidence)}
    return told | {"claim": evidence.claim, "boxes": evidence.boxes}


def is_as_stated(theorem: Theorem, claims: Mapping[str, Claim]) -> bool:
    """Whether a theorem is a whole claim, or that its hypotheses hold of something."""
    roles = meets(theorem, claims)
    return any(what in ("proves", "inhabits") and not without for what, _, without in roles)


def drawn_of(page: Page, name: str) -> dict[str, str] | None:
    """The picture of a counterexample, or of what inhabits a claim about runs on one loss; the
    library that draws is loaded for a book alone.
    """
    seen = page.witnesses.get(name)
    if seen is None or not name.startswith(("counterexample_", "inhabited_")):
        return None
    if name.startswith("inhabited_") and not is_about_runs_on_one_loss(seen[0]):
        return None
    made: dict[str, str] | None
    made = import_module("proofs.runner.book.pictures").picture(seen)
    return made


def is_about_runs_on_one_loss(claim: Statement) -> bool:
    """Whether a claim speaks of runs in V, and its loss, or the gradient, is no variable."""
    sorts = {s.sort for s in claim.for_all}
    return N >> V in sorts and V >> R not in sorts


def counted(found: Survival) -> dict[str, Any]:
    """The counts of a search."""
    return {
        "examples": found.examples,
        "cases": found.cases,
        "undecided": found.undecided,
        "families": sorted(found.families.items()),
        "dimensions": sorted(found.dimensions),
        "margin": f"{found.margin:.2g}",
        "tightest": found.tightest,
    }
