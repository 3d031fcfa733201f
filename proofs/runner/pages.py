"""Proof modules as pages: reading one under the guards, running its steps, deriving its verdict."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import CodeType, ModuleType, TracebackType
from typing import Any

from hypothesis import settings

from proofs import claims
from proofs.balls.boxes import Enclosure, is_enclosure
from proofs.balls.searching import Survival, is_survival
from proofs.claims import Claim
from proofs.kernel import KernelError, Term, Theorem, entails, negation
from proofs.kernel.algebra import normal
from proofs.kernel.theorem import genuine
from proofs.kernel.verdict import Judgement, NotJudged, Statement, judge, obligations
from proofs.kernel.solver import z3
from proofs.runner.clock import limited
from proofs.runner.guards import HOME, PREFIXES, check_module, check_notions, parsed
from proofs.runner.substance import check_symbols_of, empty, meaningless, vacuous

NAME = re.compile(r"([a-z])\d\d_[a-z0-9_]+")
ARTICLES = "ab"  # their letters; further letters are chapters, on questions that they leave open
SECTIONS = ("Question", "Claim", "Article", "Idea", "Notation", "Verdict")
VERDICTS = ("HOLDS_IF", "HOLDS", "FAILS", "DEFINITION")
DECIDING = ("theorem_", "counterexample_")  # the steps that may decide a claim
ROOMS_OF_LEMMAS = ("lemmas", "losses", "background")
Witnessed = tuple[Statement, Mapping[Term, Any], list[Term]]  # the claim, the values, what is given
Evidence = Theorem | Enclosure | Survival


class NoVerdict(KernelError):
    """A page has no verdict: `failing` are its steps that fail, and `told` is what else is open."""

    def __init__(self, failing: list[str], told: list[str]):
        self.failing, self.told = failing, told
        shown = [f"these steps fail: {', '.join(failing)}"] if failing else []
        super().__init__("no verdict:\n" + "\n".join(f"  - {line}" for line in [*shown, *told]))


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
    witnesses: dict[str, Witnessed] = field(default_factory=dict)
    reasons: dict[str, list[Theorem]] = field(default_factory=dict)
    traces: dict[str, TracebackType | None] = field(default_factory=dict)
    borrowed: dict[str, Callable[[], object]] = field(default_factory=dict)  # of earlier pages
    running: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """The claim's number, such as a11."""
        return self.path.stem[:3]

    def says(self, step: str) -> str:
        """What a step proves, in its own words."""
        return " ".join((self.steps[step].__doc__ or "").split())

    def line(self, step: str) -> str:
        """Where a step stands: the file and the line."""
        code = code_of(self.steps[step])
        return f"{self.path.name}, line {code.co_firstlineno}"

    def run(self, step: str) -> Evidence:
        """The evidence of a step, obtained once."""
        if step not in self.evidence and step not in self.failures:
            if step in self.running:
                raise KernelError(f"{self.line(step)}: {step} rests on itself")
            self.running.add(step)
            outer = claims.watched, claims.reasoned
            claims.watched = lambda *what: self.witnesses.update({step: what})
            claims.reasoned = lambda _, reasons: self.reasons.update({step: reasons})
            try:
                hunting = settings.get_current_profile_name() == "hunt"
                with limited(f"{self.line(step)}: {step}", 0 if hunting else None):
                    self.evidence[step] = self._checked(step, self.steps[step]())
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # pytest's skip and SystemExit are no evidence either
                self.failures[step], self.traces[step] = error, error.__traceback__
            finally:
                self.running.remove(step)
                claims.watched, claims.reasoned = outer
        if step in self.failures:
            raise self.failures[step].with_traceback(self.traces[step])
        return self.evidence[step]

    def _checked(self, step: str, result: object) -> Evidence:
        where = f"{self.line(step)}: {step}"
        for prefix, genuine_one, makers in (
            ("search_", is_survival, "`survives` and `survived`"),
            ("enclosure_", is_enclosure, "`descends` and `linearizes`"),
        ):
            if step.startswith(prefix):
                if not genuine_one(result):
                    returned = f"returns a {type(result).__name__}"
                    raise KernelError(f"{where} {returned}; it must return what {makers} made")
                assert isinstance(result, Survival | Enclosure)
                return result
        if result is None:
            raise KernelError(f"{where} returns nothing; a step returns its theorem")
        theorem = genuine(result)
        if step.startswith("identity_") and theorem.means & {"certificate", "z3"}:
            told = "is called an identity, rests on an inequality: call it inequality_..."
            raise KernelError(f"{where} {told}")
        return theorem

    def judge(self) -> Judgement:
        """The derived verdict, from every step. Raises NoVerdict with all that is open."""
        for step in self.steps:
            try:
                self.run(step)
            except KeyboardInterrupt:
                raise
            except BaseException:
                continue
        failing = [step for step in self.steps if step in self.failures]
        theorems = {n: t for n, t in self.evidence.items() if isinstance(t, Theorem)}
        try:
            judgement = judge(self.claims, theorems)
        except NotJudged as error:
            # What a failing step may have been about is no news: it waits for that step.
            waits = {prefix for prefix in ("inhabited_", "counterexample_") for step in failing
                     if step.startswith(prefix)}  # fmt: skip
            waits |= {"theorem_"} if any(s.startswith(DECIDING) for s in failing) else set()
            near = diagnosis(self.claims, theorems)
            told = [
                line + near.get(line.split()[0], "") for p, line in error.open if p not in waits
            ]
            raise NoVerdict(failing, told) from None
        told = [*misnamed(self, judgement), *insubstantial(self, judgement)]
        if judgement.verdict != self.declared:
            told.append(f"the page declares {self.declared}; its theorems give {judgement.verdict}")
        if failing or told:
            raise NoVerdict(failing, told)
        return judgement


def code_of(step: Callable[[], object]) -> CodeType:
    """The code of a step, by which it is known in a traceback."""
    code: CodeType = step.__code__
    return code


def misnamed(page: Page, judgement: Judgement) -> Iterator[str]:
    """The steps that decide a named claim under another claim's name, or under none.

    A step that decides IN_R2 is called theorem_in_r2 or counterexample_in_r2, and more words may
    follow. CLAIM is decided under any name that is no other claim's.
    """
    for decided, steps in judgement.steps.items():
        for step in steps:
            words = step.partition("_")[2]
            named = [n for n in page.claims if f"{words}_".startswith(f"{n.lower()}_")]
            meant = max(named, key=len, default="CLAIM")
            if step.startswith(DECIDING) and meant != decided:
                prefix = step.partition("_")[0]
                right = f"{prefix}_{decided.lower()}" if decided != "CLAIM" else "in its own words"
                where = f"{page.line(step)}: {step}"
                yield f"{where} decides {decided}, not {meant}: call it {right}"


def insubstantial(page: Page, judgement: Judgement) -> Iterator[str]:
    """What is green on a page and says nothing: see `runner/substance.py`."""
    yield from empty(page.claims)
    for name, claim in page.claims.items():
        reasons = [r for step in judgement.steps[name] for r in page.reasons.get(step, ())]
        if judgement.outcomes[name] == "proved":
            yield from vacuous(name, claim, reasons)
        for without in judgement.needed[name] if z3() else ():
            unclear = [
                meaningless(claim, without, page.witnesses[step][1])
                for step in deciding(page, negation(claim.closed(without)))
                if step in page.witnesses
            ]
            if lacking := min(unclear, key=len, default=[]):
                needs = ", ".join(map(str, lacking))
                told = f"{name} without {without!r} has no meaning where it is refuted"
                yield f"{told}: {needs} is not shown there"
    for step, there in page.borrowed.items():
        theorem = there()
        main = normal(page.claims["CLAIM"].closed())
        if isinstance(theorem, Theorem) and normal(theorem.goal) is main:
            yield f"CLAIM is what {step} of an earlier page proves: this page states nothing"


def deciding(page: Page, formula: Term) -> list[str]:
    """The steps whose theorem is this formula, up to its normal form."""
    theorems = {s: e for s, e in page.evidence.items() if isinstance(e, Theorem)}
    return [step for step, t in theorems.items() if normal(t.goal) is normal(formula)]


def diagnosis(claims: Mapping[str, Claim], theorems: Mapping[str, Theorem]) -> dict[str, str]:
    """By claim that no theorem decides: what it says, and which theorems come near."""
    told = {}
    for name, claim in claims.items():
        asked = {normal(claim.closed()), normal(negation(claim.closed()))}
        near = {step: t for step, t in theorems.items() if normal(t.goal) in asked}
        more = [
            f"{step} needs more: {', '.join(map(str, t.hypotheses))}"
            for step, t in near.items()
            if t.hypotheses
        ]
        more += [
            f"{s} needs {t.dimension} orthonormal vectors" for s, t in near.items() if t.dimension
        ]
        if not near or len(more) == len(near):
            told[name] = f". It says: {claim.closed()}" + "".join(f"; {words}" for words in more)
    return told


def redundant(page: Page) -> list[str]:
    """The hypotheses that the article states and that CLAIM does not need: it is proved without.

    The page says so by a claim that is CLAIM without the hypothesis, and proves it.
    """
    main, evidence = page.claims["CLAIM"], page.evidence.values()
    theorems = [t for t in evidence if isinstance(t, Theorem) and not t.hypotheses]
    proved = {normal(t.goal) for t in theorems}
    stated = [h for h in main.given if h not in main.unsaid]
    return [h for h in stated if len(main.given) > 1 and normal(main.closed(without=h)) in proved]


def on_one_solver(page: Page) -> list[str]:
    """The steps, and the claims whose denominators and roots, that stand on z3's word alone."""
    theorems = {step: e for step, e in page.evidence.items() if isinstance(e, Theorem)}
    steps = [step for step, theorem in theorems.items() if "z3" in theorem.means]
    told = [
        f"the meaning of {name}"
        for name, claim in page.claims.items()
        for context, needs in obligations(claim.closed())
        if "z3" in entails(context, needs).means
    ]
    return [*steps, *dict.fromkeys(told)]


def kind(step: str, evidence: Evidence) -> str:
    """What kind of evidence a step gives: of writing.KINDS; `solver` where z3 alone says so."""
    if not isinstance(evidence, Theorem):
        return "search" if isinstance(evidence, Survival) else "enclosure"
    witness = step.startswith(("counterexample_", "inhabited_"))
    inequality = "certificate" if "certificate" in evidence.means else "exact"
    return "witness" if witness else "solver" if "z3" in evidence.means else inequality


@cache
def check_lemma(path: Path) -> None:
    """Reads a lemma, and what it builds on, as syntax; KernelError at what it may not hold."""
    name = path.relative_to(HOME).as_posix()
    source = path.read_text(encoding="utf-8")
    check_module(name, source)
    check_rooms(path.parent)
    for lemma in lemmas_of(source):
        check_lemma(lemma)


@cache
def check_rooms(folder: Path) -> None:
    """KernelError where the front page of a room holds more than words: importing would run it."""
    front = folder / "__init__.py"
    body = parsed(front.read_text(encoding="utf-8")).body if front.exists() else []
    if body and (len(body) > 1 or ast.get_docstring(ast.Module(body, [])) is None):
        told = "holds more than words, which every import from this room would run"
        raise KernelError(f"{front.relative_to(HOME.parent).as_posix()} {told}")
    if folder != HOME:
        check_rooms(folder.parent)


@cache
def check_common_notions() -> None:
    """Reads the notions that all pages share, so that no lemma makes one that reads like them."""
    path = HOME / "definitions.py"
    tree = parsed(path.read_text(encoding="utf-8"))
    check_notions(path.name, tree, ast.walk(tree))


def lemmas_of(source: str) -> list[Path]:
    """The files of lemmas, losses and background that a source imports from."""
    body = parsed(source).body  # the guards refuse an import that stands elsewhere
    modules = sorted({n.module or "" for n in body if isinstance(n, ast.ImportFrom)})
    parts = [m.split(".")[1:] for m in modules if m.startswith("proofs.")]
    found = [HOME.joinpath(*p).with_suffix(".py") for p in parts if p[0] in ROOMS_OF_LEMMAS]
    return [path for path in found if path.exists()]


def check_page(path: Path) -> list[str]:
    """The steps of the module at `path`, after reading it, and what it builds on, as syntax.

    Raises KernelError at what a page may not hold.
    """
    match = NAME.fullmatch(path.stem)
    if not match or not path.parent.name.startswith(f"{match[1]}_"):
        named = "a page is named like a11_what_it_says.py, after its folder's letter and its number"
        raise KernelError(f"{path.name}: {named}")
    source = path.read_text(encoding="utf-8")
    check_common_notions()
    if path.is_relative_to(HOME):
        check_rooms(path.parent)
    steps = check_module(path.name, source, path.stem[:3])
    for lemma in lemmas_of(source):
        check_lemma(lemma)
    if not steps:
        raise KernelError(f"{path.name} has no steps")
    return steps


def make_page(path: Path, module: ModuleType, steps: list[str]) -> Page:
    """The page that an imported module is; raises KernelError where a part is missing."""
    doc = module.__doc__ or ""
    found = re.findall(rf"^({'|'.join(SECTIONS)})\b", doc, re.MULTILINE)
    other = "Question" if path.stem[0] in ARTICLES else "Article"
    wanted = [part for part in SECTIONS if part != other]
    if found != wanted:
        parts = f"a page has {', '.join(wanted)}, in this order"
        raise KernelError(f"{path.name}, line 1: the docstring has the parts {found}; {parts}")
    verdict = re.search(r"^Verdict\s+(\w+)", doc, re.MULTILINE)
    if not verdict or verdict[1] not in VERDICTS:
        raise KernelError(f"{path.name}, line 1: the verdict is one of {', '.join(VERDICTS)}")
    title = doc.splitlines()[0]
    if not title.startswith(f"{path.stem[:3]}. ") or not title.endswith("."):
        begins = f"does not begin with {path.stem[:3]}. and end with a full stop, on one line"
        raise KernelError(f"{path.name}, line 1: the title {title!r} {begins}")
    claims = {n: c for n, c in vars(module).items() if isinstance(c, Claim)}
    if "CLAIM" not in claims:
        raise KernelError(f"{path.name} states no CLAIM")
    for name, claim in claims.items():
        if not name.isupper():
            raise KernelError(f"{path.name}: {name} is a claim; in small letters it is not shown")
        check_symbols_of(name, claim)
    made = {step: as_written(getattr(module, step)) for step in steps}
    borrowed = {n: f for n, f in vars(module).items() if n.startswith(PREFIXES) and n not in steps}
    page = Page(path, made, claims, title[5:].strip(), verdict[1], borrowed=borrowed)
    for step in steps:  # what stands on a step, here or on a later page, has it from the page
        run = partial(page.run, step)
        vars(run)["of"] = page
        setattr(module, step, run)
    return page


def as_written(step: Callable[[], object]) -> Callable[[], object]:
    """The function that stands on the page, where another `Page` of the module has replaced it."""
    if isinstance(step, partial):
        page: Page = vars(step)["of"]
        return page.steps[step.args[0]]
    return step


def page_paths() -> list[Path]:
    """The files of all pages, in order."""
    return sorted(p for p in HOME.glob("[a-z]_*/*.py") if p.name != "__init__.py")


def load_page(path: Path) -> Page:
    """The page in a file of the project, under the same guards as in pytest."""
    steps = check_page(path)
    return make_page(path, import_module(f"proofs.{path.parent.name}.{path.stem}"), steps)


def load_pages() -> list[Page]:
    """Every page of the project, in order."""
    return [load_page(path) for path in page_paths()]
