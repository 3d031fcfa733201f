"""The tables of edits against the pages, and a sample that is refused as they say.

The sample has the first two edits of a page of A, and the first of one of B.
`python -m tests.tools.mutations` tries them all.
"""

from __future__ import annotations

import sys
from collections import Counter
from importlib import import_module

import pytest

from proofs.runner.pages import load_pages
from tests.tools.mutations import PRINTED, Edit, Outcome, attempt, edited, edits, is_page, modules

EDITS = edits()
PAGES = [path.stem[:3] for name, path in modules().items() if is_page(name)]
SAMPLE = [
    edit
    for page in PAGES
    for edit in [e for e in EDITS if e.file == page][: 2 if page < "b" else 1]
]


def test_pages_in_the_tables_are_edited_well() -> None:
    """By four edits or more. A new page needs none, but the 42 of today keep theirs."""
    counts = Counter(edit.file for edit in EDITS if edit.file in PAGES)
    assert len(counts) >= 42
    assert min(counts.values()) >= 4, counts


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
    """A page that is still true keeps its verdict, and the printed statement shows the edit."""
    outcome = attempt(
        Edit("a10", "iff(inner(g, g) == 0, g == zero)", "iff(inner(g, g) <= 0, g == zero)")
    )
    assert outcome == Outcome(shows=PRINTED)


def test_an_edit_leaves_no_trace() -> None:
    """In the list of modules, or in the rooms, from which `from room import` takes them."""
    page, shared = Edit("a11", "", "").module, "proofs.definitions"

    def loaded() -> dict[str, object]:
        found = {name: sys.modules.get(name) for name in modules()}
        rooms = {name.rpartition(".")[0] for name in modules()}
        return found | {
            room: dict(vars(sys.modules[room])) for room in rooms if room in sys.modules
        }

    load_pages()
    before = loaded()
    with edited(page, modules()[page].read_text(encoding="utf-8")):
        assert sys.modules[page] is not before[page]
    with edited(shared, modules()[shared].read_text(encoding="utf-8")):
        assert page not in sys.modules
        assert import_module(page) is not before[page]
        assert vars(import_module("proofs"))["definitions"] is sys.modules[shared]
    assert loaded() == before


def test_old_text_must_occur_once() -> None:
    with pytest.raises(
        LookupError, match=r"a10: g  ->  v: the old text occurs \d+ times, not once"
    ):
        attempt(Edit("a10", "g", "v"))


def test_edit_that_breaks_python_is_no_edit_of_mathematics() -> None:
    with pytest.raises(NameError):
        attempt(Edit("a10", "inhabited_by({g: e1})", "inhabited_by({g: e9})"))
