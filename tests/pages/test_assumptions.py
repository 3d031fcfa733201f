"""The page of unsaid assumptions against the pages: no row says too much, and no unsaid hypothesis
is left out.
"""

from __future__ import annotations

import re
from pathlib import Path

from proofs.runner.pages import Page, redundant

PAGE = Path(__file__).parent.parent.parent / "proofs" / "ASSUMPTIONS.md"
ROW = re.compile(r"^\| ([A-Z].*?) \| (.*?) \| (.*?) ?\| (.*?) ?\|$", re.MULTILINE)

Rows = list[tuple[set[str], list[str], list[str]]]


def rows(text: str) -> Rows:
    """The rows: names of the hypothesis, the claims that hold only with it, the repairs that assume
    it.
    """
    found: Rows = []
    for _, names, claims, repairs in ROW.findall(text):
        held, assumed = ([c for c in cell.split(", ") if c] for cell in (claims, repairs))
        found.append((set(names.split("; ")), held, assumed))
    return found


def disagreements(table: Rows, pages: list[Page]) -> list[str]:
    """What keeps the page of assumptions from being true and complete."""
    wrong = []
    unsaid = {p.id: set(p.claims["CLAIM"].unsaid) for p in pages}
    assumed = {
        p.id: {h for n, c in p.claims.items() if n.startswith("REPAIR") for h in c.given}
        for p in pages
    }
    for names, claims, repairs in table:
        wrong += [
            f"{c} leaves none of {sorted(names)} unsaid"
            for c in claims
            if not names & unsaid.get(c, set())
        ]
        wrong += [
            f"no repair of {c} assumes any of {sorted(names)}"
            for c in repairs
            if not names & assumed.get(c, set())
        ]
        wrong += [
            f"{c} is missing where {sorted(names & unsaid[c])} stands"
            for c in unsaid
            if names & unsaid[c] and c not in claims
        ]
        wrong += [
            f"{c} is missing where {sorted(names & assumed[c])} stands"
            for c in assumed
            if names & assumed[c] and c not in repairs
        ]
    named = {name for names, _, _ in table for name in names}
    wrong += [
        f"{c} leaves {h!r} unsaid, and no row names it"
        for c, hs in unsaid.items()
        for h in hs - named
    ]
    return wrong


def test_the_page_of_assumptions_is_true_and_complete(pages: list[Page]) -> None:
    assert disagreements(rows(PAGE.read_text(encoding="utf-8")), pages) == []


def test_disagreements_are_found(pages: list[Page]) -> None:
    table = rows(PAGE.read_text(encoding="utf-8"))
    assert len(table) == 13
    names, claims, repairs = table[0]
    assert disagreements([(names, [*claims, "a09"], repairs), *table[1:]], pages)
    assert disagreements([(names, claims[1:], repairs), *table[1:]], pages)
    assert disagreements([(names, claims, repairs[1:]), *table[1:]], pages)
    assert disagreements(table[:-1], pages)


def test_what_is_stated_and_not_needed_is_shown_redundant(pages: list[Page]) -> None:
    for page in pages:
        page.judge()
    assert {page.id: redundant(page) for page in pages if redundant(page)} == {
        "a06": ["L is continuous at w0"]
    }
