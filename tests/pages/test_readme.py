"""The README: its verdict table against the derived verdicts, its commands, its example."""

from __future__ import annotations

import re

from proofs.kernel.verdict import Judgement
from proofs.runner.pages import Page
from proofs.runner.update import README, ROOT, VERDICTS, readme, table_row

TEXT = README.read_text(encoding="utf-8")


def commands() -> list[str]:
    """The two commands of the README: the lines of its first two `sh` blocks."""
    return re.findall(r"```sh\n(.+)\n```", TEXT)[:2]


def test_table_shows_the_derived_verdicts(
    pages: list[Page], judgements: dict[str, Judgement]
) -> None:
    rows = {page.id: table_row(page, judgements[page.id]) for page in pages}
    empty = VERDICTS.sub(r"\1\3", TEXT)
    assert empty != TEXT
    assert readme(empty, rows) == TEXT, "python -m proofs.runner.update"


def test_the_two_commands_are_those_that_ci_runs() -> None:
    first, second = commands()
    assert first.endswith("-m pytest proofs/")
    assert second.endswith("-m pytest -n auto tests/")
    assert all("venv" in c and "pip install" in c for c in (first, second)), "each suffices"


def test_the_claim_that_is_shown_is_the_page(pages: list[Page]) -> None:
    """a10 as it reads, line by line and in order, but for its last part."""
    shown = re.findall(r"```python\n(.+?)```", TEXT, re.DOTALL)[0].splitlines()
    page = next(page for page in pages if page.id == "a10").path.read_text(encoding="utf-8")
    lines = iter(page.splitlines())
    assert [line for line in shown if line not in lines] == []


def test_every_link_leads_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert len(targets) > 60
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_questions_that_people_ask_are_answered() -> None:
    questions = TEXT.split("## Questions that people ask")[1].split("##")[0]
    for words in (
        "steepest descent", "converge", "local minimum", "saddle", "step size", "learning rate",
        "too large", "overshoot", "diverge", "descent direction", "below 1", "opposite of the",
    ):  # fmt: skip
        assert words in questions, words
