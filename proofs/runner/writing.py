"""Pages written out: their formal statements, what every step proves; the table of verdicts."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from proofs import axioms
from proofs.kernel import solver
from proofs.balls.searching import Survival
from proofs.claims import Claim
from proofs.kernel import KernelError, Theorem
from proofs.kernel.verdict import Judgement
from proofs.runner.pages import ARTICLES, Evidence, Page
from proofs.runner.printing import latex, text, variables
from proofs.runner.versions import other_versions

KINDS = ("exact", "certificate", "solver", "enclosure", "witness", "search")


def statement(name: str, claim: Claim, style: str = "text") -> Iterator[str]:
    """The lines of a claim as a mathematician writes it; `style` is text or latex."""
    show: Callable[[Any], str] = (lambda f: f"${latex(f)}$") if style == "latex" else text
    block = variables(claim.for_all)
    if style == "latex":
        block = f"${variables(claim.for_all, in_latex=True)}$"
    yield f"{name}. For all {block}:" if claim.for_all else f"{name}."
    if claim.given:
        yield "  if"
    for hypothesis, formula in claim.given.items():
        named = "" if str(formula) == hypothesis else f"    [{hypothesis}]"
        yield f"    {show(formula)}{named}{'  (unsaid)' if hypothesis in claim.unsaid else ''}"
    if claim.given:
        yield "  then"
    for formula in claim.then.args if claim.then.op == "and" else (claim.then,):
        yield f"    {show(formula)}"


def formal(page: Page, style: str = "text") -> str:
    """All claims of a page, as printed by `pytest proofs/ --statements`."""
    lines = [f"{page.id}. {page.title}  [{page.declared}]"]
    for name, claim in page.claims.items():
        lines += [f"  {line}" for line in statement(name, claim, style)]
    return "\n".join(lines)


def proved(evidence: Evidence) -> str:
    """A step's theorem; what an enclosure shows; what a search looked for a counterexample to."""
    if not isinstance(evidence, Theorem):
        return evidence.claim
    return f"{', '.join(map(text, evidence.hypotheses))} |- {text(evidence.goal)}".lstrip()


def in_full(page: Page, judgement: Judgement) -> str:
    """A page's part of the golden file: its claims, folded and unfolded, the outcome of each, and
    what every step says, and below it what it proves; of a search also what it was tried on, and
    how it is written.
    """
    lines = [formal(page), "  in full:"]
    for name, claim in page.claims.items():
        lines.append(f"    {name}. {text(claim.closed(), unfold=True)}")
        needed = judgement.needed[name]
        needs = f"; needed: {', '.join(needed)}" if needed else ""
        lines.append(f"    {name} is {judgement.outcomes[name]}{needs}")
    lines += [f"  {line}" for line in hypotheses(page.claims["CLAIM"])]
    lines.append("  steps:")
    for step in page.steps:
        evidence = page.evidence[step]
        lines += [f"    {step}: {page.says(step)}", f"      {proved(evidence)}"]
        if isinstance(evidence, Survival):
            lines.append(f"      on {evidence.domain}")
            lines += [f"    {line}" for line in body(page.steps[step])]
    return "\n".join(lines) + "\n"


def hypotheses(claim: Claim) -> Iterator[str]:
    """Which of them the article states, as the page has it, and which it leaves unsaid."""
    for what, those in (
        ("stated", [h for h in claim.given if h not in claim.unsaid]),
        ("unsaid", claim.unsaid),
    ):
        if those:
            yield f"{what}: {', '.join(those)}"


def body(step: Callable[[], object]) -> list[str]:
    """The lines of a step, behind what it says."""
    source = inspect.getsource(step)
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    return source.splitlines()[function.body[1].lineno - 1 :]


def steps_in_full(page: Page) -> Iterator[str]:
    """What each step says, and on the next line what it proves, or why it does not."""
    for step in page.steps:
        yield f"{step}: {page.says(step)}"
        try:
            yield f"    {proved(page.run(step))}"
        except KernelError as error:
            yield f"    fails: {error}"


def axioms_in_full() -> list[str]:
    """The axioms' part of the golden file."""
    made = {
        n: f for n, f in vars(axioms).items() if getattr(f, "__module__", "") == axioms.__name__
    }
    return [f"axiom {n}: {text(f().goal, unfold=True)}\n" for n, f in made.items()]


def table(records: list[dict[str, Any]], broken: Mapping[str, str]) -> Iterator[str]:
    """The closing table: claim, verdict, evidence by kind, what is left unsaid, axioms; totals."""
    records = sorted(records, key=lambda r: r["id"])
    width = max((len(r["title"]) for r in records), default=0)
    for r in records:
        kinds = ", ".join(f"{r['evidence'][k]} {k}" for k in KINDS if k in r["evidence"])
        kinds += f" ({r['tried']:,} losses)" if r["tried"] else ""
        rests = [
            f"{what}: {', '.join(r[what])}" for what in ("unsaid", "redundant", "axioms") if r[what]
        ]
        line = f"{r['id']}  {r['title']:{width}}  {r['verdict']:10}  {kinds}"
        yield f"{line}  | {'; '.join(rests)}" if rests else line
    yield from (f"{claim}  {why}" for claim, why in sorted(broken.items()))
    for letter in sorted({r["id"][0] for r in records}):
        verdicts = [r["verdict"] for r in records if r["id"][0] == letter]
        order = ("HOLDS", "HOLDS_IF", "FAILS", "DEFINITION")
        counts = ", ".join(f"{verdicts.count(v)} {v}" for v in order if v in verdicts)
        home = "Article" if letter in ARTICLES else "Chapter"
        yield f"{home} {letter.upper()}: {len(verdicts)} claims: {counts}"
    axioms_used = sorted({a for r in records for a in r["axioms"]})
    yield f"Axioms used: {', '.join(axioms_used) or 'none'}"
    if not solver.z3():
        yield "z3 is not installed: it was not asked. What is proved has its certificates"
    if others := [*other_versions()]:
        yield f"OTHER VERSIONS than the pinned, so other evidence: {', '.join(others)}"
    if alone := [f"{r['id']} {step}" for r in records for step in r["alone"]]:
        yield f"ONE SOLVER: without a certificate, on z3's word alone: {', '.join(alone)}"
        yield "            `python -m proofs.runner.update` looks for certificates"
