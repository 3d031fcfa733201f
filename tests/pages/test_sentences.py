"""The preface and the page of assumptions say no more than named claims do: `sentences.toml` is the
review, every sentence word for word with its claims; a sentence that changes is to be read again.
What became of a claim is told by the golden file, which another test holds to the proofs.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from proofs.runner.pages import page_paths
from proofs.runner.update import ASSUMED, ASSUMPTIONS, GOLDEN, ROOT

REVIEW = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
OUTCOME = re.compile(r"^    (\w+) is (proved|refuted)(?:; needed: (.+))?$", re.MULTILINE)
PAGES = re.compile(r"\(([a-z]\d\d(?:, [a-z]\d\d)*)\)")


def one_line(text: str) -> str:
    """The text without line breaks, and without the punctuation before its first word."""
    return " ".join(text.split()).lstrip(".,;: ")


def cited(text: str) -> list[tuple[str, set[str]]]:
    """What is said up to each citation, with the pages that the citation names."""
    parts = PAGES.split(text)
    return [
        (one_line(words), set(pages.split(", ")))
        for words, pages in zip(parts[::2], parts[1::2], strict=False)
    ]


def preface() -> list[tuple[str, set[str]]]:
    """The sentences of the preface, with the pages that each cites."""
    doc = ast.get_docstring(ast.parse((ROOT / "proofs/__init__.py").read_text(encoding="utf-8")))
    assert doc
    return cited(doc.partition("\n\n")[2])


def assumptions() -> list[tuple[str, set[str]]]:
    """The rows of the page of assumptions, which cite no page, and the sentences after them."""
    text = ASSUMPTIONS.read_text(encoding="utf-8")
    rows = list(ASSUMED.finditer(text))
    return [(row[1], set[str]()) for row in rows] + cited(text[rows[-1].end() :])


def outcomes() -> dict[str, tuple[str, list[str]]]:
    """Of each claim, such as b20.REPAIR: proved or refuted, and what it is shown to need."""
    pages = re.findall(r"(?ms)^([a-z]\d\d)\. (.+?)(?=^[a-z]\d\d\. |\Z)", GOLDEN.read_text("utf-8"))
    return {
        f"{page}.{name}": (outcome, needed.split(", "))
        for page, told in pages
        for name, outcome, needed in OUTCOME.findall(told)
    }


def unfounded(entry: dict[str, Any], pages: set[str]) -> Iterable[str]:
    """What is wrong with the claims that a reviewed sentence is said to rest on."""
    rests = [(how, name) for how in ("holds", "fails", "needs") for name in entry.get(how, [])]
    if not rests:
        yield "rests on nothing"
    if pages and {name[:3] for _, name in rests} != pages:
        yield f"cites {sorted(pages)}, and rests on {[name for _, name in rests]}"
    known = outcomes()
    for how, name in rests:
        claim, _, hypothesis = name.partition(": ")
        outcome, needed = known.get(claim, ("not there", []))
        if how == "needs" and hypothesis not in needed:
            yield f"{claim} is not shown to need {hypothesis!r}"
        elif how != "needs" and outcome != {"holds": "proved", "fails": "refuted"}[how]:
            yield f"{claim} is {outcome}"


@pytest.mark.parametrize("where", ["preface", "assumptions"])
def test_every_sentence_rests_on_named_claims(where: str) -> None:
    said = {"preface": preface, "assumptions": assumptions}[where]()
    assert [words for words, _ in said] == [entry["says"] for entry in REVIEW[where]]
    for (words, pages), entry in zip(said, REVIEW[where], strict=True):
        assert list(unfounded(entry, pages)) == [], words


def test_every_page_is_in_the_preface() -> None:
    cited_pages = set().union(*(pages for _, pages in preface()))
    assert cited_pages == {path.stem[:3] for path in page_paths()}


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({}, "rests on nothing"),
        ({"holds": ["b20.REPAIR", "a11.CLAIM"]}, "cites"),
        ({"holds": ["b20.REPAIRED"]}, "b20.REPAIRED is not there"),
        ({"holds": ["b20.ONE_ETA0_FOR_ALL_U"]}, "is refuted"),
        ({"fails": ["b20.REPAIR_FOR_ALL_U"]}, "is proved"),
        ({"needs": ["b20.REPAIR: eta is small"]}, "is not shown to need"),
    ],
)
def test_a_sentence_that_says_more_is_seen(entry: dict[str, Any], complaint: str) -> None:
    """That the loss falls most "for all small eta" was said of b20, which proves less than that."""
    good = {"holds": ["b20.REPAIR"], "fails": ["b20.ONE_ETA0_FOR_ALL_U"]}
    assert list(unfounded(good, {"b20"})) == []
    assert complaint in " ".join(unfounded(entry, {"b20"}))
