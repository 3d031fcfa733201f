"""Each claim's formal statement as printed, with its outcome, against a golden file.

A change shows in review; `python -m proofs.runner.update` writes the file anew.
"""

from __future__ import annotations

from proofs.kernel.verdict import Judgement
from proofs.runner.pages import Page
from proofs.runner.update import GOLDEN, golden
from proofs.runner.writing import in_full


def test_statements_are_as_reviewed(pages: list[Page], judgements: dict[str, Judgement]) -> None:
    reviewed = GOLDEN.read_text(encoding="utf-8")
    parts = {page.id: in_full(page, judgements[page.id]) for page in pages}
    assert golden("", parts) == reviewed, "python -m proofs.runner.update, and review the change"
