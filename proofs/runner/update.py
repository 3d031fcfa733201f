"""Writes every place that follows from a page, proving that page alone; says what a person owes.

    python -m proofs.runner.update a18          one claim, after it was added or changed
    python -m proofs.runner.update              all of them

What follows from a page: its part of the golden file, its row in the README, its number in the
contents of the articles that it cites and in the page of assumptions, and the row of its question
in the contents of its chapter. Nothing is written of a page whose verdict
is not derived. A test holds each of these places to what is written here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from proofs.kernel import KernelError
from proofs.kernel.solver import PROVED, stored
from proofs.kernel.verdict import Judgement
from proofs.runner.certificates import complete
from proofs.runner.failures import chain, describe
from proofs.runner.guards import HOME
from proofs.runner.pages import ARTICLES, NoVerdict, Page, load_page, page_paths, redundant
from proofs.runner.writing import axioms_in_full, in_full

ROOT = HOME.parent
GOLDEN = ROOT / "tests" / "pages" / "golden" / "statements.txt"
EDITS = ROOT / "tests" / "tools" / "edits"
README, ASSUMPTIONS = ROOT / "README.md", HOME / "ASSUMPTIONS.md"

ROW = re.compile(r"^\| \[([a-z]\d\d)\].*\n", re.MULTILINE)  # of the README's table
VERDICTS = re.compile(r"(<!-- verdicts -->\n)(.*?)(<!-- end of verdicts -->)", re.DOTALL)
SENTENCE = re.compile(r"^\| ([A-Z]:\d\d) \| ([a-z0-9, ]*)\| (.+) \|$", re.MULTILINE)
QUESTION = re.compile(r"^\| ([a-z]\d\d) \| ([A-Z]:.*?) \| (.+) \|$", re.MULTILINE)
CITED = r"[A-Z]:\d\d(?:-\d\d)?(?:, \d\d(?:-\d\d)?)*"
CITES = re.compile(rf"^(?:Article|Question)\s+({CITED}(?:; {CITED})*)", re.MULTILINE)
ASSUMED = re.compile(r"^\| ([A-Z].*?) \| (.*?) \| (.*?) ?\| (.*?) ?\|$", re.MULTILINE)


def golden(text: str, blocks: dict[str, str]) -> str:
    """The golden file with these pages' parts, by number, in place of theirs of before."""
    parts = re.split(r"(?m)^(?=[a-z]\d\d\. |axiom )", text)
    kept = {part[:3]: part for part in parts if re.match(r"[a-z]\d\d\. ", part)}
    pages = {**kept, **{number: block + "\n" for number, block in blocks.items()}}
    axioms = [block + "\n" for block in axioms_in_full()]
    return "".join([*(pages[number] for number in sorted(pages)), *axioms]).rstrip("\n") + "\n"


def table_row(page: Page, judgement: Judgement) -> str:
    """A page's row in the README's table of verdicts."""
    rests = {
        "unsaid": judgement.unsaid,
        "redundant": redundant(page),
        "axioms": judgement.axioms,
    }
    told = "; ".join(f"{what}: {', '.join(names)}" for what, names in rests.items() if names)
    link = f"[{page.id}](proofs/{page.path.parent.name}/{page.path.name})"
    cells = [link, page.title, judgement.verdict, told]
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def readme(text: str, rows: dict[str, str]) -> str:
    """The README with these rows, by number, in its table of verdicts."""
    head = "| claim | what it says | verdict | what it rests on |\n|---|---|---|---|\n"

    def written(found: re.Match[str]) -> str:
        kept = {old[1]: old[0] for old in ROW.finditer(found[2])}
        all_rows = {**kept, **rows}
        return found[1] + head + "".join(all_rows[n] for n in sorted(all_rows)) + found[3]

    return VERDICTS.sub(written, text)


def cited(docstring: str) -> list[str]:
    """The sentences that a page cites: `A:08-09, 15; B:16: ...` are A:08, A:09, A:15 and B:16."""
    match = CITES.search(docstring)
    if not match:
        raise KernelError("no Article or Question that cites sentences like A:08-09, 15")
    sentences = []
    for of_article in match[1].split("; "):
        letter, _, numbers = of_article.partition(":")
        for part in numbers.split(", "):
            first, _, last = part.partition("-")
            sentences += [f"{letter}:{n:02}" for n in range(int(first), int(last or first) + 1)]
    return sentences


def docstring_of(page: Page) -> str:
    """What a page says before its statements."""
    return page.path.read_text(encoding="utf-8").split('"""')[1]


def sentences_of(page: Page) -> list[str]:
    """The sentences that a page cites."""
    return cited(docstring_of(page))


def contents(text: str, number: str, sentences: list[str]) -> str:
    """The contents of an article, with the page `number` at just the sentences that it cites."""

    def written(found: re.Match[str]) -> str:
        others = {c for c in found[2].replace(",", " ").split() if c != number}
        claims = sorted(others | ({number} if found[1] in sentences else set()))
        shown = f"{', '.join(claims)} " if claims else ""
        return f"| {found[1]} | {shown}| {found[3]} |"

    return SENTENCE.sub(written, text)


def questions(text: str, number: str, docstring: str) -> str:
    """The contents of a chapter, with the question of the page `number`."""
    asked = re.search(rf"^Question\s+({CITED}(?:; {CITED})*): (.+?)\n\S", docstring, re.M | re.S)
    if not asked:
        raise KernelError(f"{number} asks no Question like `A:09: alpha is small; how small?`")
    head, *kept = QUESTION.split(text)[0], *(row[0] for row in QUESTION.finditer(text))
    words = " ".join(asked[2].split())
    rows = [row for row in kept if row[2:5] != number] + [f"| {number} | {asked[1]} | {words} |"]
    return head.rstrip("\n") + "\n" + "".join(f"{row}\n" for row in sorted(rows))


def assumptions(text: str, page: Page) -> str:
    """The page of assumptions, with this page where its CLAIM or a repair of it belongs."""
    unsaid = set(page.claims["CLAIM"].unsaid)
    repairs = [claim for name, claim in page.claims.items() if name.startswith("REPAIR")]
    assumed = {name for claim in repairs for name in claim.given}

    def written(found: re.Match[str]) -> str:
        names, cells = set(found[2].split("; ")), []
        for cell, holds in ((found[3], names & unsaid), (found[4], names & assumed)):
            others = {c for c in cell.replace(",", " ").split() if c != page.id}
            told = ", ".join(sorted(others | ({page.id} if holds else set())))
            cells.append(f"{told} " if told else "")
        return f"| {found[1]} | {found[2]} | {cells[0]}| {cells[1]}|"

    return ASSUMED.sub(written, text)


def owed(page: Page, contents_pages: str, assumptions_page: str) -> Iterator[str]:
    """What a person still has to write about a page."""
    rows = {sentence: words for sentence, _, words in SENTENCE.findall(contents_pages)}
    for sentence in sentences_of(page):
        home = f"the CONTENTS.md of article {sentence[0]}"
        if sentence not in rows:
            yield f"{home} has no row for {sentence}: say there in a few words what it says"
        elif rows[sentence].startswith("No claim"):
            yield f"{home} gives a reason why {sentence} claims nothing: say there what it says"
    named = {
        name for _, names, _, _ in ASSUMED.findall(assumptions_page) for name in names.split("; ")
    }
    for hypothesis in page.claims["CLAIM"].unsaid:
        if hypothesis not in named:
            yield f"proofs/ASSUMPTIONS.md has no row that names {hypothesis!r}: write one"
    if EDITS.exists() and not (EDITS / f"{page.id}.toml").exists():
        yield (
            f"tests/tools/edits/{page.id}.toml would hold one-line edits of the page that must be "
            f"refused; try them with python -m tests.tools.mutations {page.id}"
        )
    if any(step.startswith("search_") for step in page.steps):
        yield "if its search is new: python -m tests.tools.power says which planted faults it finds"


def write(path: Path, text: str) -> Iterator[str]:
    """Writes a file where it changes, and says so."""
    if path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        yield f"  wrote {path.relative_to(ROOT).as_posix()}"


def update(page: Page, judgement: Judgement) -> Iterator[str]:
    """Writes what follows from a page with its verdict; tells what was written, what is owed."""
    yield f"{page.id} {judgement.verdict}. {page.title}"
    if GOLDEN.exists():
        block = {page.id: in_full(page, judgement)}
        yield from write(GOLDEN, golden(GOLDEN.read_text(encoding="utf-8"), block))
    if README.exists():
        new = readme(README.read_text(encoding="utf-8"), {page.id: table_row(page, judgement)})
        yield from write(README, new)
    new_contents = ""
    for home in sorted(HOME.glob("[a-z]_*/CONTENTS.md")):
        text = contents(home.read_text(encoding="utf-8"), page.id, sentences_of(page))
        if home.parent == page.path.parent and page.id[0] not in ARTICLES:
            text = questions(text, page.id, docstring_of(page))
        yield from write(home, text)
        new_contents += text
    new_assumptions = assumptions(ASSUMPTIONS.read_text(encoding="utf-8"), page)
    yield from write(ASSUMPTIONS, new_assumptions)
    yield from (f"  owed: {what}" for what in owed(page, new_contents, new_assumptions))


def main(numbers: list[str]) -> int:
    """Updates what follows from these pages, or from all; 1 where one has no verdict."""
    paths = {path.stem[:3]: path for path in page_paths()}
    if unknown := [number for number in numbers if number not in paths]:
        print(f"there is no page {', '.join(unknown)}; there are {', '.join(paths)}")
        return 1
    failed = 0
    for number in numbers or paths:
        try:
            page = load_page(paths[number])
            told = update(page, page.judge())
            print(*told, sep="\n", flush=True)
        except (KernelError, NameError, ImportError, AttributeError, TypeError) as error:
            failed += 1
            roots = list(page.failures.values()) if isinstance(error, NoVerdict) else [error]
            print(f"{number} has no verdict, and nothing is written of it")
            for root in roots:
                print(*chain(root, ROOT), f"  {describe(root)}", sep="\n")
            if isinstance(error, NoVerdict):
                print(*(f"  open: {what}" for what in error.told), sep="\n")
    if "z3" in PROVED.values():
        try:
            print(*complete((query for query, _ in PROVED), stored()), sep="\n")
        except ImportError:
            print("owed: certificates; scipy looks for them (pip install -e '.[dev]')")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
