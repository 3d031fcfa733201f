"""What the lemmas of a run prove is heard, and its calls are as before."""

from __future__ import annotations

import sys

import pytest

from proofs.kernel import V, e1, vector
from proofs.runner.book import listening
from proofs.runner.book.chapters import chapter
from proofs.runner.book.references import Thing
from proofs.runner.pages import load_page, page_paths

a, b = vector("a b")
PATHS = {path.stem[:3]: path for path in page_paths()}
CAUCHY_SCHWARZ = Thing("lemmas.inner_products", "cauchy_schwarz")


@pytest.fixture(autouse=True)
def _nothing_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "FOUND", {})


def test_the_most_general_theorem_of_a_lemma_is_kept() -> None:
    module = sys.modules[f"proofs.{CAUCHY_SCHWARZ.module}"]
    plain = module.cauchy_schwarz
    with listening.listening():
        module.cauchy_schwarz(e1, 2 * a)
        module.cauchy_schwarz(a, b)
        module.cauchy_schwarz(a, e1)
        heard = listening.heard(CAUCHY_SCHWARZ)
    assert heard is not None
    assert heard["goal"].startswith(r"\langle a,b \rangle \le")
    assert module.cauchy_schwarz is plain
    module.cauchy_schwarz(b, a)
    assert listening.heard(CAUCHY_SCHWARZ) == heard


def test_sorts_are_as_general_as_symbols() -> None:
    assert [listening.is_general(x) for x in (V, a, 2 * a, 3)] == [True, True, False, False]


def test_a_chapter_has_the_theorems_of_the_lemmas_that_its_steps_called() -> None:
    with listening.listening():
        told = chapter(load_page(PATHS["b19"]))
    heard = told["lemmas"]
    assert set(heard) <= {f"{module}.{name}" for module, name in told["under"]}
    assert any(name.startswith("lemmas.") for name in heard)
    assert not chapter(load_page(PATHS["a10"]))["lemmas"]
