"""What the tests share: every page of the project, with its verdict derived once a session."""

from __future__ import annotations

import pytest

from proofs.kernel.claim import Judgement
from proofs.pages import Page, load_pages


@pytest.fixture(scope="session")
def pages() -> list[Page]:
    """Every page, not yet run."""
    return load_pages()


@pytest.fixture(scope="session")
def judgements(pages: list[Page]) -> dict[str, Judgement]:
    """The derived verdicts by claim number."""
    return {page.id: page.judge() for page in pages}
