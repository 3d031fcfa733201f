"""The page of unsaid assumptions against the pages: no row says too much, none is missing."""

from __future__ import annotations

from functools import reduce

from proofs.runner.pages import Page, redundant
from proofs.runner.update import ASSUMED, ASSUMPTIONS, assumptions, contents, sentences_of

TEXT = ASSUMPTIONS.read_text(encoding="utf-8")


def test_the_rows_name_the_claims_that_need_them(pages: list[Page]) -> None:
    assert reduce(assumptions, pages, TEXT) == TEXT, "python -m proofs.runner.update"


def test_every_unsaid_hypothesis_has_a_row(pages: list[Page]) -> None:
    named = {name for _, names, *_ in ASSUMED.findall(TEXT) for name in names.split("; ")}
    unsaid = {name for page in pages for name in page.claims["CLAIM"].unsaid}
    assert unsaid - named == set()


def test_no_row_names_what_no_page_assumes(pages: list[Page]) -> None:
    used = {name for page in pages for claim in page.claims.values() for name in claim.given}
    named = {name for _, names, *_ in ASSUMED.findall(TEXT) for name in names.split("; ")}
    assert named - used == set()


def test_a_claim_too_many_and_one_too_few_are_seen(pages: list[Page]) -> None:
    a11 = next(page for page in pages if page.id == "a11")
    assert assumptions(TEXT, a11) == TEXT
    assert assumptions(TEXT.replace("a11, ", "", 1), a11) == TEXT
    row = next(line for line in TEXT.splitlines() if "a minimizer exists" in line)
    assert assumptions(TEXT.replace(row, row.replace("b02", "a11, b02")), a11) == TEXT


def test_the_rows_of_a_page_are_written(pages: list[Page]) -> None:
    a11 = next(page for page in pages if page.id == "a11")
    row = "| Nothing moves. | the gradient is not zero; x | b01 | a05 |"
    assert assumptions(row, a11) == row.replace("b01", "a11, b01")
    assert contents("| A:23 | a12 | It falls. |", "a11", sentences_of(a11)) == (
        "| A:23 | a11, a12 | It falls. |"
    )


def test_what_is_stated_and_not_needed_is_shown_redundant(pages: list[Page]) -> None:
    for page in pages:
        page.judge()
    shown = {page.id: redundant(page) for page in pages if redundant(page)}
    assert shown == {"a06": ["L is continuous at w0"]}
