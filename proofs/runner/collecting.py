"""pytest for proof modules: an item for each step and for the verdict, and a closing table."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from _pytest.mark import KeywordMatcher
from _pytest.mark.expression import Expression
from hypothesis import settings

from proofs.balls import searching
from proofs.balls.searching import Survival
from proofs.kernel import KernelError
from proofs.runner.book.chapters import chapter, unreadable
from proofs.runner.book.listening import listening
from proofs.runner.clock import limited
from proofs.runner.failures import cause, chain, describe, same_root
from proofs.runner.guards import HOME, parsed, steps_in
from proofs.runner.pages import (
    NoVerdict,
    Page,
    check_page,
    kind,
    make_page,
    on_one_solver,
    redundant,
)
from proofs.runner.writing import formal, proved, steps_in_full, table

settings.load_profile("gate")
SELECTED = pytest.StashKey[set[tuple[str, str]]]()
PAGES = pytest.StashKey[list[Page]]()
TOLD = pytest.StashKey[dict[str, str]]()
BOOK = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "print each claim as a mathematician writes it (text or latex), and prove nothing; "
    told += "with -vv also what each step says, and beside it what it proves"
    parser.addoption("--statements", nargs="?", const="text", choices=("text", "latex"), help=told)
    told = "write the pages, with what this run finds, as a book into DIR, a new or empty folder"
    parser.addoption("--book", metavar="DIR", type=Path, help=told)
    told = "a page fails where an inequality has no certificate and stands on z3's word alone"
    parser.addoption("--certified", action="store_true", help=told)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SELECTED], config.stash[PAGES], config.stash[TOLD] = set(), [], {}
    if (folder := config.getoption("book", None)) and not hasattr(config, "workerinput"):
        try:
            site().make_folder(folder)
        except (KernelError, ImportError) as error:
            lacking = "; its libraries: pip install -e '.[book]'"
            more = lacking if isinstance(error, ImportError) else ""
            raise pytest.UsageError(f"--book: {error}{more}") from None


def site() -> ModuleType:
    """The book's way to files, whose libraries are an extra."""
    return import_module("proofs.runner.book.site")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ProofModule | None:
    return ProofModule.from_parent(parent, path=file_path) if is_page_file(file_path) else None


def is_page_file(path: Path) -> bool:
    """Whether a file stands where pages stand."""
    return path.suffix == ".py" and path.parent.name[1:2] == "_" and path.name != "__init__.py"


def pytest_collection_finish(session: pytest.Session) -> None:
    steps = [item for item in session.items if isinstance(item, Step)]
    session.config.stash[SELECTED] = {(item.parent.page.id, item.name) for item in steps}
    gc.freeze()  # what is imported and read by now stays
    gc.set_threshold(50_000, 20, 20)
    if session.config.getoption("book", None):
        run = ExitStack()
        steps_of_pages = [f for page in session.config.stash[PAGES] for f in page.steps.values()]
        run.enter_context(listening(*(f.__globals__ for f in steps_of_pages)))
        session.config.add_cleanup(run.close)


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Nothing, where a page is named on the command line: pytest would run it as tests as well."""
    return Nothing.from_parent(parent, path=module_path) if is_page_file(module_path) else None


class Nothing(pytest.Module):
    """What pytest itself would collect of a page."""

    def collect(self) -> Iterator[pytest.Item]:
        return iter(())


class ProofModule(pytest.Module):
    """A page; every function in it is a step, and its verdict is an item of its own."""

    page: Page

    def collect(self) -> Iterator[pytest.Item]:
        if unread := self._not_selected():
            yield from unread
            return
        try:
            steps = check_page(self.path)
            with limited(f"{self.path.name}: what stands outside its steps"):
                module = self._imported()
            self.page = make_page(self.path, module, steps)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a page that cannot be read stops no other page
            yield Unreadable.from_parent(self, name="page", error=error)
            return
        self.config.stash[PAGES].append(self.page)
        for step in steps:
            yield Step.from_parent(self, name=step)
        yield Verdict.from_parent(self, name="verdict")

    def _not_selected(self) -> list[pytest.Item]:
        """The items of a page that `-k` selects nothing of: it is neither checked nor imported."""
        if not (keyword := self.config.getoption("keyword")):
            return []
        try:
            wanted = Expression.compile(keyword)
            steps = steps_in(parsed(self.path.read_text(encoding="utf-8")))
        except (SyntaxError, ValueError):  # told elsewhere
            return []
        items: list[pytest.Item] = [Step.from_parent(self, name=step) for step in steps]
        items.append(Verdict.from_parent(self, name="verdict"))
        unreadable = Unreadable.from_parent(self, name="page", error=KernelError())
        named = [KeywordMatcher.from_item(item) for item in (*items, unreadable)]
        return [] if any(map(wanted.evaluate, named)) else items

    def _imported(self) -> ModuleType:
        if self.path.is_relative_to(HOME):
            return import_module(f"proofs.{self.path.parent.name}.{self.path.stem}")
        module = ModuleType(self.path.stem)
        exec(compile(self.path.read_text(encoding="utf-8"), self.path, "exec"), vars(module))
        return module


class Item(pytest.Item):
    """What the runner reports about a page."""

    parent: ProofModule

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.stem[:3]} {self.name}"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        lines = [*self.heading(), *chain(excinfo.value, self.config.rootpath)]
        return "\n".join([*lines, describe(excinfo.value)])

    def heading(self) -> list[str]:
        """What the item is about."""
        return [f"{self.path.name} cannot be read as a page; the other pages are"]


class Unreadable(Item):
    """A page that cannot be read, or not imported."""

    def __init__(self, error: BaseException, **named: Any):
        super().__init__(**named)
        self.error = error

    def runtest(self) -> None:
        if self.config.getoption("book", None):
            self.user_properties.append(("chapter", json.dumps(unreadable(self.path, self.error))))
        raise self.error if isinstance(self.error, Exception) else KernelError(describe(self.error))


class Step(Item):
    """One step of a proof."""

    def runtest(self) -> None:
        page = self.parent.page
        self.user_properties.append(("says", page.says(self.name)))
        searching.progress = self.progress
        try:
            evidence = page.run(self.name)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            if on := self.told_elsewhere(error):
                self.user_properties.append(("depends", on))
            if isinstance(error, Exception):
                raise
            raise KernelError(f"a step returns its theorem, not {describe(error)}") from error
        self.user_properties.append(("proves", proved(evidence)))
        if isinstance(evidence, Survival):
            survival = f"{page.id}  {self.name}: {evidence}"
            self.user_properties.append(("survival", survival))
            gc.collect()  # a search leaves cycles behind
        gc.freeze()  # what a proof makes stays

    def told_elsewhere(self, error: BaseException) -> str:
        """Where the cause of an error is told, if not here: at a step of this run."""
        page, stash = self.parent.page, self.config.stash
        inner = cause(error, stash[PAGES])
        if inner and inner != (page.id, self.name) and inner in stash[SELECTED]:
            return f"{' '.join(inner)}, which fails"
        here = f"{page.id} {self.name}"
        first = stash[TOLD].setdefault(same_root(error), here)
        return "" if first == here else f"what fails in {first}"

    def progress(self, tried: int) -> None:
        """Shows on a terminal how far a hunt is."""
        reporter: Any = self.config.pluginmanager.get_plugin("terminalreporter")
        capture: Any = self.config.pluginmanager.get_plugin("capturemanager")
        hunting = settings.get_current_profile_name() == "hunt"
        if reporter and reporter.isatty() and hunting and tried % 25 == 0:
            whole = settings.get_profile("hunt").max_examples
            told = f"{self.parent.page.id} {self.name}: {tried:,} of {whole:,} "
            with capture.global_and_fixture_disabled():
                reporter.rewrite(told, erase=True)
                reporter.flush()

    def heading(self) -> list[str]:
        """The claim and the step, in words."""
        page = self.parent.page
        says = f" ({page.says(self.name)})" if self.name in page.steps else ""
        return [f"{page.id}. {page.title}", f"step {self.name}{says}"]


class Verdict(Step):
    """The verdict that all steps of the module amount to; it runs those that have not run."""

    def runtest(self) -> None:
        page = self.parent.page
        try:
            self.judge()
        finally:
            if self.config.getoption("book", None):
                self.user_properties.append(("chapter", json.dumps(chapter(page))))

    def judge(self) -> None:
        """Reports the verdict of the page."""
        page = self.parent.page
        try:
            judgement = page.judge()
        except NoVerdict as error:
            selected = self.config.stash[SELECTED]
            if not error.told and all((page.id, step) in selected for step in error.failing):
                on = f"{', '.join(error.failing)}, failing"
                self.user_properties.append(("depends", on))
            raise
        says = f"{page.id} {judgement.verdict}. {page.title}"
        self.user_properties.append(("says", says))
        evidence = {step: page.evidence[step] for step in page.steps if step in page.evidence}
        alone = on_one_solver(page)
        record = {
            "id": page.id,
            "title": page.title,
            "evidence": Counter(kind(step, found) for step, found in evidence.items()),
            "tried": sum(e.examples for e in evidence.values() if isinstance(e, Survival)),
            "redundant": redundant(page),
            "alone": alone,
        } | asdict(judgement)
        self.user_properties.append(("judgement", json.dumps(record)))
        if alone and self.config.getoption("certified", False):
            told = f"on z3's word alone, without a certificate: {', '.join(alone)}"
            raise KernelError(f"{told}. `python -m proofs.runner.update {page.id}` looks for one")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """A step that is skipped, or expected to fail, shows nothing: the run is not green."""
    report: Any = yield
    if isinstance(item, Item) and (report.skipped or hasattr(report, "wasxfail")):
        report.outcome, report.longrepr = "failed", f"{item.name} is skipped, and shows nothing"
        vars(report).pop("wasxfail", None)
    return report


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A page goes to one worker, whole: there its verdict runs the steps that have not run."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class PageByPage(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if is_page_file(Path(file)) else nodeid

    return PageByPage(config, log)


Status = tuple[str, str, tuple[str, dict[str, bool]]]


def pytest_report_teststatus(report: Any, config: pytest.Config) -> Status | None:
    told = dict(getattr(report, "user_properties", ()))
    if report.when == "call" and report.passed and "says" in told:
        beside = (
            f"\n      {told['proves']}" if "proves" in told and config.get_verbosity() > 1 else ""
        )
        return "passed", ".", (f"PASSED  {told['says']}{beside}", {"green": True})
    if report.when == "call" and report.failed and "depends" in told:
        return "depending", "d", (f"DEPENDS on {told['depends']}", {"red": True})
    return None


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    style = session.config.getoption("statements", None)
    if not style:
        return None
    pages = {
        item.parent.page.id: item.parent.page for item in session.items if isinstance(item, Step)
    }
    if unreadable := [item for item in session.items if isinstance(item, Unreadable)]:
        session.testsfailed += len(unreadable)
        print("", *(f"{item.path.name}: {describe(item.error)}" for item in unreadable), sep="\n")
    for page in pages.values():
        print("", formal(page, style), sep="\n")
        if session.config.get_verbosity() > 1:
            print("  steps:", *(f"    {line}" for line in steps_in_full(page)), sep="\n")
    print()
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Writes the book, where one is asked for: of a red run as well, with what fails marked."""
    if all(isinstance(item, Item) for item in session.items):
        gc.freeze()  # else pytest looks through every term, twice; where users test, it does
    config = session.config
    folder = config.getoption("book", None)
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    if not folder or hasattr(config, "workerinput") or not reporter:
        return
    properties = [
        dict(report.user_properties)
        for reports in reporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
    ]
    chapters = [json.loads(found["chapter"]) for found in properties if "chapter" in found]
    try:
        size = site().write_book(folder, chapters)
        config.stash[BOOK] = f"{folder / 'index.html'}, {size / 1e6:.1f} MB"
    except KernelError as error:
        session.exitstatus, config.stash[BOOK] = pytest.ExitCode.TESTS_FAILED, str(error)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    records, broken, searches, depending = [], {}, [], []
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") != "call":
                continue
            properties = dict(report.user_properties)
            if "judgement" in properties:
                records.append(json.loads(properties["judgement"]))
            elif report.failed and report.nodeid.endswith(("::verdict", "::page")):
                broken[Path(report.nodeid.split("::")[0]).stem[:3]] = "NO VERDICT"
            if "survival" in properties:
                searches.append(properties["survival"])
            if report.failed and "depends" in properties:
                step = report.nodeid.rpartition("::")[2]
                page = Path(report.nodeid.split("::")[0]).stem[:3]
                depending.append(f"{page} {step} depends on {properties['depends']}")
    sections = {"depending": depending, "searches": [], "verdicts": [], "book": []}
    if told := config.stash.get(BOOK, ""):
        sections["book"] = [told]
    if searches and config.getoption("--hypothesis-show-statistics", False):
        sections["searches"] = sorted(searches)
    if records or broken:
        sections["verdicts"] = list(table(records, broken))
    for title, lines in sections.items():
        if lines:
            terminalreporter.section(title)
            for line in lines:
                terminalreporter.write_line(line)
