"""The tables of edits against the pages, and a sample: the first two of a page of A, and the first
of B, are refused.

`python -m tests.tools.mutations` tries them all.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.tools.mutations import PRINTED, Edit, Outcome, attempt, edits, is_page, modules

EDITS = edits()
PAGES = [path.stem[:3] for name, path in modules().items() if is_page(name)]
SAMPLE = [
    edit
    for page in PAGES
    for edit in [e for e in EDITS if e.file == page][: 2 if page < "b" else 1]
]


def test_every_page_is_edited() -> None:
    counts = Counter(edit.file for edit in EDITS)
    assert all(counts[page] >= 4 for page in PAGES)
    assert sum(counts.values()) >= 75


def test_edits_are_distinct() -> None:
    assert len({(edit.file, edit.old, edit.new) for edit in EDITS}) == len(EDITS)


@pytest.mark.parametrize("file", dict.fromkeys(edit.file for edit in EDITS))
def test_table_fits_the_file(file: str) -> None:
    """Each old text occurs once."""
    assert all(edit.source for edit in EDITS if edit.file == file)


@pytest.mark.parametrize("edit", SAMPLE, ids=str)
def test_broken_line_is_refused(edit: Edit) -> None:
    assert not edit.why
    assert attempt(edit).refusal


def test_equivalent_line_survives() -> None:
    """A page that is edited and true still keeps its verdict, and the printed statement shows the
    edit.
    """
    outcome = attempt(
        Edit("a10", "iff(inner(g, g) == 0, g == zero)", "iff(inner(g, g) <= 0, g == zero)")
    )
    assert outcome == Outcome(shows=PRINTED)


def test_old_text_must_occur_once() -> None:
    with pytest.raises(
        LookupError, match=r"a10: g  ->  v: the old text occurs \d+ times, not once"
    ):
        attempt(Edit("a10", "g", "v"))


def test_edit_that_breaks_python_is_no_edit_of_mathematics() -> None:
    with pytest.raises(NameError):
        attempt(Edit("a10", "inhabited_by({g: e1})", "inhabited_by({g: e9})"))
