"""What the tests share: every page, with its verdict derived once; profile and precision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from proofs.balls.arithmetic import precision
from proofs.kernel.verdict import Judgement
from proofs.runner.pages import Page, load_pages


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the project's own tests a warning is an error; a user's run of the proofs it leaves be."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings("error"), append=False)


@pytest.fixture(scope="session")
def pages() -> list[Page]:
    """Every page, not yet run."""
    return load_pages()


@pytest.fixture(scope="session")
def judgements(pages: list[Page]) -> dict[str, Judgement]:
    """The derived verdicts by claim number."""
    return {page.id: page.judge() for page in pages}


@pytest.fixture
def gate() -> Iterator[None]:
    """The profile of the gate: every run draws the same losses."""
    before = settings.get_current_profile_name()
    settings.load_profile("gate")
    yield
    settings.load_profile(before)


@pytest.fixture
def bits() -> Iterator[None]:
    """64 bits, as in the first attempt of a search."""
    with precision(64):
        yield
