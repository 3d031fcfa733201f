"""Proof modules as pages: loading one under the guards, writing its statements out, running its
steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from proofs import kernel
from proofs.claims import Claim
from proofs.balls.boxes import Enclosure, is_enclosure
from proofs.runner.guards import check_module
from proofs.kernel import KernelError, Theorem, negation
from proofs.kernel.algebra import normal
from proofs.kernel.verdict import Judgement, judge
from proofs.kernel.theorem import genuine
from proofs.runner import countermodels as countermodels  # so that refusals show values
from proofs.runner.printing import latex, text, variables
from proofs.balls.searching import Survival, is_survival

NAME = re.compile(r"([a-z])\d\d_[a-z0-9_]+")
SECTIONS = ("Claim", "Article", "Idea", "Notation", "Verdict")
VERDICTS = ("HOLDS_IF", "HOLDS", "FAILS", "DEFINITION")
PUBLIC = frozenset(kernel.__all__)
HOME = Path(__file__).parent.parent
ROOMS_OF_LEMMAS = ("lemmas", "losses", "background")
Evidence = Theorem | Enclosure | Survival


@dataclass
class Page:
    """One proof module: its claims, its steps and what the steps have proved so far."""

    path: Path
    steps: dict[str, Callable[[], object]]
    claims: dict[str, Claim]
    title: str
    declared: str
    evidence: dict[str, Evidence] = field(default_factory=dict)
    failures: dict[str, BaseException] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The claim's number, such as a11."""
        return self.path.stem[:3]

    def says(self, step: str) -> str:
        """What a step proves, in its own words."""
        return " ".join((self.steps[step].__doc__ or "").split())

    def run(self, step: str) -> Evidence:
        """The evidence of a step, obtained once."""
        if step not in self.evidence and step not in self.failures:
            try:
                self.evidence[step] = self._checked(step, self.steps[step]())
            except BaseException as error:
                self.failures[step] = error
                raise
        if step in self.failures:
            raise self.failures[step]
        return self.evidence[step]

    def _checked(self, step: str, result: object) -> Evidence:
        for prefix, genuine_one, makers in (
            ("search_", is_survival, "`survives` and `survived`"),
            ("enclosure_", is_enclosure, "`descends` and `linearizes`"),
        ):
            if step.startswith(prefix):
                if not genuine_one(result):
                    raise KernelError(
                        f"{step} returns a {type(result).__name__}; it must return what {makers} made"
                    )
                assert isinstance(result, Survival | Enclosure)
                return result
        if result is None:
            raise KernelError(f"{step} returns nothing; a step returns its theorem")
        theorem = genuine(result)
        if step.startswith("identity_") and "z3" in theorem.means:
            raise KernelError(
                f"{step} is called an identity and rests on z3; call it inequality_..."
            )
        return theorem

    def judge(self) -> Judgement:
        """The derived verdict, from every step; raises where it is not the declared one."""
        for step in self.steps:
            try:
                self.run(step)
            except Exception as error:
                raise KernelError(f"no verdict, because {step} fails: {error}") from None
        theorems = {n: t for n, t in self.evidence.items() if isinstance(t, Theorem)}
        try:
            judgement = judge(self.claims, theorems)
        except KernelError as error:
            raise KernelError(f"{error}{diagnosis(self.claims, theorems)}") from None
        if judgement.verdict != self.declared:
            raise KernelError(
                f"the page declares {self.declared}, and its theorems give {judgement.verdict}"
            )
        return judgement


def diagnosis(claims: Mapping[str, Claim], theorems: Mapping[str, Theorem]) -> str:
    """What a reader should know of the claims that no theorem decides, and of the theorems that
    come near.
    """
    told = []
    for name, claim in claims.items():
        asked = {normal(claim.closed()), normal(negation(claim.closed()))}
        near = {step: t for step, t in theorems.items() if normal(t.goal) in asked}
        more = [
            f"{s} needs more: {', '.join(map(str, t.hypotheses))}"
            for s, t in near.items()
            if t.hypotheses
        ]
        more += [
            f"{s} needs {t.dimension} orthonormal vectors" for s, t in near.items() if t.dimension
        ]
        if not near or len(more) == len(near):
            told.append(f"{name} says: {claim.closed()}. {'; '.join(more)}")
    return "".join(f". {words}" for words in told)


def redundant(page: Page) -> list[str]:
    """The hypotheses that the article states and that CLAIM does not need: it is proved without
    them too.

    The page says so by a claim that is CLAIM without the hypothesis, and proves it.
    """
    main = page.claims["CLAIM"]
    proved = {
        normal(t.goal)
        for t in page.evidence.values()
        if isinstance(t, Theorem) and not t.hypotheses
    }
    stated = [h for h in main.given if h not in main.unsaid]
    return [h for h in stated if len(main.given) > 1 and normal(main.closed(without=h)) in proved]


def kind(step: str, evidence: Evidence) -> str:
    """What kind of evidence a step gives: exact, solver, enclosure, witness or search."""
    if not isinstance(evidence, Theorem):
        return "search" if isinstance(evidence, Survival) else "enclosure"
    witness = step.startswith(("counterexample_", "inhabited_"))
    return "witness" if witness else "solver" if "z3" in evidence.means else "exact"


@cache
def check_lemmas() -> None:
    """Reads every lemma as syntax; raises KernelError at what it may not hold."""
    for room in ROOMS_OF_LEMMAS:
        for lemma in sorted((HOME / room).rglob("*.py")):
            name = lemma.relative_to(HOME).as_posix()
            check_module(name, lemma.read_text(encoding="utf-8"), PUBLIC, page=False)


def check_page(path: Path) -> list[str]:
    """The steps of the module at `path`, after reading it as syntax; raises KernelError at what a
    page may not hold.
    """
    match = NAME.fullmatch(path.stem)
    if not match or not path.parent.name.startswith(f"{match[1]}_"):
        raise KernelError(
            f"{path.name}: a page is named like a11_what_it_says.py, after its article's letter and its number"
        )
    check_lemmas()
    steps = check_module(path.name, path.read_text(encoding="utf-8"), PUBLIC)
    if not steps:
        raise KernelError(f"{path.name} has no steps")
    return steps


def make_page(path: Path, module: ModuleType, steps: list[str]) -> Page:
    """The page that an imported module is; raises KernelError where a part is missing."""
    doc = module.__doc__ or ""
    found = re.findall(rf"^({'|'.join(SECTIONS)})\b", doc, re.MULTILINE)
    if tuple(found) != SECTIONS:
        raise KernelError(
            f"{path.name}: the docstring has the parts {found}; a page has {', '.join(SECTIONS)}, in this order"
        )
    verdict = re.search(r"^Verdict\s+(\w+)", doc, re.MULTILINE)
    if not verdict or verdict[1] not in VERDICTS:
        raise KernelError(f"{path.name}: the verdict is one of {', '.join(VERDICTS)}")
    title = doc.splitlines()[0]
    if not title.startswith(f"{path.stem[:3]}. "):
        raise KernelError(f"{path.name}: the title {title!r} does not begin with {path.stem[:3]}.")
    claims = {n: c for n, c in vars(module).items() if isinstance(c, Claim) and n.isupper()}
    if "CLAIM" not in claims:
        raise KernelError(f"{path.name} states no CLAIM")
    return Page(path, {s: getattr(module, s) for s in steps}, claims, title[5:].strip(), verdict[1])


def load_pages() -> list[Page]:
    """Every page of the project, in order, under the same guards as in pytest."""
    paths = sorted(p for p in HOME.glob("[a-z]_*/*.py") if p.name != "__init__.py")
    names = [f"proofs.{p.parent.name}.{p.stem}" for p in paths]
    return [
        make_page(p, import_module(n), check_page(p)) for p, n in zip(paths, names, strict=True)
    ]


def statement(name: str, claim: Claim, style: str = "text") -> Iterator[str]:
    """The lines of a claim as a mathematician writes it; `style` is text or latex."""
    show: Callable[[Any], str] = (lambda f: f"${latex(f)}$") if style == "latex" else text
    block = (
        variables(claim.for_all)
        if style == "text"
        else f"${variables(claim.for_all, in_latex=True)}$"
    )
    yield f"{name}. For all {block}:" if claim.for_all else f"{name}."
    if claim.given:
        yield "  if"
    for hypothesis, formula in claim.given.items():
        mark = "  (unsaid)" if hypothesis in claim.unsaid else ""
        yield f"    {show(formula)}{'' if str(formula) == hypothesis else f'    [{hypothesis}]'}{mark}"
    yield "  then" if claim.given else ""
    conclusions = claim.then.args if claim.then.op == "and" else (claim.then,)
    for formula in conclusions:
        yield f"    {show(formula)}"


def statements(page: Page, style: str = "text") -> str:
    """All claims of a page, as printed by `pytest proofs/ --statements`."""
    lines = [f"{page.id}. {page.title}  [{page.declared}]"]
    for name, claim in page.claims.items():
        lines += [f"  {line}" for line in statement(name, claim, style) if line]
    return "\n".join(lines)
