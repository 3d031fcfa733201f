"""The contents pages: every sentence of an article once, every question of a chapter once, in step
with the modules both ways.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from proofs.runner.pages import page_paths
from proofs.runner.update import QUESTION, cited, questions

PROOFS = Path(__file__).parent.parent.parent / "proofs"
ARTICLES = {"a_why_gradient_descent_works": 26, "b_opposite_to_the_gradient": 62}
SENTENCES = {folder: count for folder, count in ARTICLES.items() if (PROOFS / folder).exists()}
CHAPTERS = ("c_how_small_is_small", "d_reaching_the_minimum")
ROW = re.compile(r"^\| ([A-Z]:\d\d) \| ([a-z0-9, ]*)\| (.+) \|$", re.MULTILINE)

Rows = dict[str, tuple[list[str], str]]


def rows(page: str) -> Rows:
    """The rows of a contents page: sentence -> (claims, words)."""
    found: Rows = {}
    for sentence, claims, words in ROW.findall(page):
        assert sentence not in found, f"{sentence} stands twice"
        found[sentence] = ([c for c in claims.replace(",", " ").split() if c], words)
    return found


def disagreements(page: Rows, modules: dict[str, list[str]], count: int, letter: str) -> list[str]:
    """What keeps a contents page from being complete and in step with the modules."""
    wrong = []
    numbered = [f"{letter}:{n:02}" for n in range(1, count + 1)]
    if list(page) != numbered:
        wrong.append(
            f"rows {sorted(set(page) ^ set(numbered))} are missing, too many or out of order"
        )
    for sentence, (claims, words) in page.items():
        if (not claims) != words.startswith("No claim: "):
            wrong.append(f"{sentence} has {claims or 'no claims'} and says {words!r}")
        wrong += [
            f"{sentence} names {c}, and no module is called that"
            for c in claims
            if c not in modules
        ]
    by_claim = defaultdict(list)
    for sentence, (claims, _) in page.items():
        for claim in claims:
            by_claim[claim].append(sentence)
    for module, sentences in modules.items():
        if by_claim[module] != sentences:
            wrong.append(
                f"{module} cites {sentences}, and the contents page gives it {by_claim[module]}"
            )
    return wrong


def docstrings(folder: str = "[a-z]_*") -> dict[str, str]:
    """What pages say before their statements, by number."""
    paths = [path for path in page_paths() if path.parent.match(folder)]
    return {p.stem[:3]: p.read_text(encoding="utf-8").split('"""')[1] for p in paths}


def modules_of(article: str) -> dict[str, list[str]]:
    """The sentences of the article that each page cites, its own pages and those of chapters."""
    letter, cites = article[0].upper(), {n: cited(doc) for n, doc in docstrings().items()}
    here = {n: [s for s in sentences if s[0] == letter] for n, sentences in cites.items()}
    return {n: sentences for n, sentences in here.items() if sentences or n[0] == article[0]}


@pytest.mark.parametrize("article", SENTENCES)
def test_contents_page_is_complete_and_in_step(article: str) -> None:
    page = rows((PROOFS / article / "CONTENTS.md").read_text(encoding="utf-8"))
    assert disagreements(page, modules_of(article), SENTENCES[article], article[0].upper()) == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_contents_of_a_chapter_are_the_questions_of_its_pages(chapter: str) -> None:
    text = (PROOFS / chapter / "CONTENTS.md").read_text(encoding="utf-8")
    asked = docstrings(chapter)
    assert [number for number, _, _ in QUESTION.findall(text)] == list(asked)
    for number, docstring in asked.items():
        assert questions(text, number, docstring) == text, "python -m proofs.runner.update"


def test_every_folder_of_pages_has_a_contents_page() -> None:
    folders = {p.name for p in PROOFS.glob("[a-z]_*") if p.is_dir()}
    assert folders == {*SENTENCES, *CHAPTERS} != set()


GOOD = {"A:01": (["a01"], "x"), "A:02": ([], "No claim: y")}


@pytest.mark.parametrize(
    ("page", "modules", "complaint"),
    [
        ({"A:01": (["a01"], "x")}, {"a01": ["A:01"]}, "A:02"),
        (GOOD, {"a01": ["A:01"], "a02": ["A:02"]}, "a02 cites"),
        (GOOD, {}, "no module is called that"),
        (GOOD, {"a01": ["A:01", "A:02"]}, "the contents page gives it"),
        ({"A:01": (["a01"], "x"), "A:02": ([], "silence")}, {"a01": ["A:01"]}, "no claims"),
    ],
    ids=[
        "row missing",
        "module without a row",
        "row without a module",
        "another citation",
        "no reason",
    ],
)
def test_disagreements_are_found(page: Rows, modules: dict[str, list[str]], complaint: str) -> None:
    assert disagreements(GOOD, {"a01": ["A:01"]}, 2, "A") == []
    assert any(complaint in wrong for wrong in disagreements(page, modules, 2, "A"))
