"""The README's verdict table against the derived verdicts, and its commands against .ci/run.

`python -m tests.pages.test_readme` writes the table anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from proofs.kernel.verdict import Judgement
from proofs.runner.pages import Page, load_pages, redundant

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
TABLE = re.compile(r"(<!-- verdicts -->\n)(.*?)(<!-- end of verdicts -->)", re.DOTALL)


def table(pages: list[Page], judgements: dict[str, Judgement]) -> str:
    """The verdict table in Markdown."""
    lines = ["| claim | what the article says | verdict | what it rests on |", "|---|---|---|---|"]
    for page in pages:
        j = judgements[page.id]
        rests = {"unsaid": j.unsaid, "redundant": redundant(page), "axioms": j.axioms}
        told = "; ".join(f"{what}: {', '.join(names)}" for what, names in rests.items() if names)
        link = f"[{page.id}](proofs/{page.path.parent.name}/{page.path.name})"
        cells = [link, page.title, j.verdict, told]
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def commands() -> list[str]:
    """The two commands of the README: the lines of its first two `sh` blocks."""
    return re.findall(r"```sh\n(.+)\n```", README.read_text(encoding="utf-8"))[:2]


def test_table_shows_the_derived_verdicts(
    pages: list[Page], judgements: dict[str, Judgement]
) -> None:
    found = TABLE.search(README.read_text(encoding="utf-8"))
    assert found
    assert found[2] == table(pages, judgements), "python -m tests.pages.test_readme"


def test_the_two_commands_are_those_that_ci_runs() -> None:
    first, second = commands()
    assert first.endswith("-m pytest proofs/")
    assert second.endswith("-m pytest tests/")
    assert all("venv" in c and "pip install" in c for c in (first, second)), (
        "each suffices by itself"
    )


if __name__ == "__main__":
    all_pages = load_pages()
    new = table(all_pages, {page.id: page.judge() for page in all_pages})
    README.write_text(
        TABLE.sub(lambda m: m[1] + new + m[3], README.read_text(encoding="utf-8")), encoding="utf-8"
    )
