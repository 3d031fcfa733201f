"""pytest for proof modules: one item a step, one for the verdict, and a closing table of the
verdicts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from proofs.balls import searching
from proofs.kernel import KernelError
from proofs.runner.pages import Page, check_page, kind, make_page, redundant, statements
from proofs.balls.searching import Survival

KINDS = ("exact", "solver", "enclosure", "witness", "search")

settings.load_profile("gate")


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "print each claim as a mathematician writes it (text or latex), and prove nothing"
    parser.addoption("--statements", nargs="?", const="text", choices=("text", "latex"), help=told)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ProofModule | None:
    home = file_path.parent.name
    if file_path.suffix == ".py" and home[1:2] == "_" and file_path.name != "__init__.py":
        return ProofModule.from_parent(parent, path=file_path)
    return None


class ProofModule(pytest.Module):
    """A page; every function in it is a step, and its verdict is an item of its own."""

    page: Page

    def collect(self) -> Iterator[pytest.Item]:
        try:
            steps = check_page(self.path)
            self.page = make_page(self.path, self.obj, steps)
        except KernelError as error:
            raise self.CollectError(str(error)) from None
        for step in steps:
            yield Step.from_parent(self, name=step)
        yield Verdict.from_parent(self, name="verdict")


class Step(pytest.Item):
    """One step of a proof."""

    parent: ProofModule

    def runtest(self) -> None:
        self.user_properties.append(("says", self.parent.page.says(self.name)))
        searching.progress = self.progress
        evidence = self.parent.page.run(self.name)
        if isinstance(evidence, Survival):
            self.user_properties.append(
                ("survival", f"{self.parent.page.id}  {self.name}: {evidence}")
            )

    def progress(self, tried: int) -> None:
        """Shows on a terminal how far a hunt is."""
        reporter: Any = self.config.pluginmanager.get_plugin("terminalreporter")
        capture: Any = self.config.pluginmanager.get_plugin("capturemanager")
        if (
            reporter
            and reporter.isatty()
            and settings.get_current_profile_name() == "hunt"
            and tried % 100 == 0
        ):
            whole = settings.get_profile("hunt").max_examples
            with capture.global_and_fixture_disabled():
                reporter.rewrite(
                    f"{self.parent.page.id} {self.name}: {tried:,} of {whole:,} ", erase=True
                )
                reporter.flush()

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.parent.page.id} {self.name}"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        page = self.parent.page
        if not isinstance(excinfo.value, KernelError):
            return super().repr_failure(excinfo, style)
        says = f" ({page.says(self.name)})" if self.name in page.steps else ""
        return f"{page.id}. {page.title}\nstep {self.name}{says}\n{excinfo.value}"


class Verdict(Step):
    """The verdict that all steps of the module amount to; it runs those that have not run."""

    def runtest(self) -> None:
        page = self.parent.page
        judgement = page.judge()
        self.user_properties.append(("says", f"{page.id} {judgement.verdict}. {page.title}"))
        kinds = Counter(kind(step, evidence) for step, evidence in page.evidence.items())
        record = {
            "id": page.id,
            "title": page.title,
            "evidence": kinds,
            "tried": sum(e.examples for e in page.evidence.values() if isinstance(e, Survival)),
            "redundant": redundant(page),
        } | asdict(judgement)
        self.user_properties.append(("judgement", json.dumps(record)))


def pytest_report_teststatus(
    report: Any, config: pytest.Config
) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    says = dict(getattr(report, "user_properties", ())).get("says")
    if report.when == "call" and report.passed and says:
        return "passed", ".", (f"PASSED  {says}", {"green": True})
    return None


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    style = session.config.getoption("--statements")
    if not style or session.testsfailed:
        return None
    pages = {
        item.parent.page.id: item.parent.page for item in session.items if isinstance(item, Step)
    }
    print("", *(statements(page, style) + "\n" for page in pages.values()), sep="\n")
    return True


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    records, broken, searches = [], {}, []
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") != "call":
                continue
            properties = dict(report.user_properties)
            if "judgement" in properties:
                records.append(json.loads(properties["judgement"]))
            elif report.failed and report.nodeid.endswith("::verdict"):
                broken[Path(report.nodeid.split("::")[0]).stem[:3]] = "NO VERDICT"
            if "survival" in properties:
                searches.append(properties["survival"])
    if searches and config.getoption("--hypothesis-show-statistics"):
        terminalreporter.section("searches")
        for told in sorted(searches):
            terminalreporter.write_line(told)
    if records or broken:
        terminalreporter.section("verdicts")
        for line in table(records, broken):
            terminalreporter.write_line(line)


def table(records: list[dict[str, Any]], broken: dict[str, str]) -> Iterator[str]:
    """The closing table: claim, verdict, evidence by kind, what the article leaves unsaid, axioms;
    then totals.
    """
    records = sorted(records, key=lambda r: r["id"])
    width = max((len(r["title"]) for r in records), default=0)
    for r in records:
        kinds = ", ".join(
            f"{r['evidence'][kind]} {kind}" for kind in KINDS if kind in r["evidence"]
        )
        kinds += f" ({r['tried']:,} losses)" if r["tried"] else ""
        rests = "; ".join(
            f"{what}: {', '.join(r[what])}" for what in ("unsaid", "redundant", "axioms") if r[what]
        )
        yield f"{r['id']}  {r['title']:{width}}  {r['verdict']:10}  {kinds}{'  | ' if rests else ''}{rests}"
    yield from (f"{claim}  {why}" for claim, why in sorted(broken.items()))
    for article in sorted({r["id"][0] for r in records}):
        verdicts = [r["verdict"] for r in records if r["id"][0] == article]
        counts = ", ".join(
            f"{verdicts.count(v)} {v}"
            for v in ("HOLDS", "HOLDS_IF", "FAILS", "DEFINITION")
            if v in verdicts
        )
        yield f"Article {article.upper()}: {len(verdicts)} claims: {counts}"
    axioms = sorted({a for r in records for a in r["axioms"]})
    yield f"Axioms used: {', '.join(axioms) or 'none'}"
