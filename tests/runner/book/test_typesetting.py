"""Formulas as MathML."""

from __future__ import annotations

import pytest

from proofs.kernel import KernelError, Term
from proofs.runner.book.typesetting import mathml
from proofs.runner.printing import latex
from tests.runner.test_printing import WRITTEN


@pytest.mark.parametrize("statement", [case[0] for case in WRITTEN], ids=lambda s: str(s)[:50])
def test_every_kind_of_term_is_typeset(statement: Term) -> None:
    shown = mathml(latex(statement))
    assert shown.startswith("<math>")
    assert shown.endswith("</math>")
    assert "\\" not in shown
    assert "<merror" not in shown


def test_words_are_words_and_are_escaped() -> None:
    assert "<mi>lipschitz</mi>" in mathml(r"\mathrm{lipschitz}")
    assert "<mtext>&lt;b&gt;\xa0&amp;\xa0c_d</mtext>" in mathml(r"\text{<b> \&{} c\_{}d}")


def test_a_formula_may_be_broken_behind_its_relations() -> None:
    assert mathml(r"x + 1 \le y").count("<wbr>") == 2
    assert "<wbr>" not in mathml(r"\frac{x + 1}{y}")


@pytest.mark.parametrize("formula", [r"\nosuch{x}", "{x", r"\frac{x}", r"\text{$x$}"])
def test_what_cannot_be_typeset_is_an_error_with_the_formula(formula: str) -> None:
    with pytest.raises(KernelError, match="cannot be typeset") as refused:
        mathml(f"y = {formula}")
    assert str(refused.value).endswith(f"y = {formula}")
