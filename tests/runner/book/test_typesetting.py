"""Formulas as MathML."""

from __future__ import annotations

import pytest

from proofs.definitions import convex
from proofs.kernel import KernelError, R, Term, V, function, implies, real
from proofs.runner.book.typesetting import mathml
from proofs.runner.printing import latex, marked_latex
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


def test_a_marked_notion_is_a_button_that_shows_what_it_means() -> None:
    formula = marked_latex(implies(real("x") > 0, convex(function("L", V >> R))), [])
    shown = mathml(formula, "a11")
    opening = '<button type="button" class="notion" popovertarget="a11-means-0" '
    opening += 'aria-label="L is convex"><math><mi>L</mi>'
    assert opening in shown
    assert shown.endswith("</math></button>")
    assert shown.count("<math>") == shown.count("</math>")
    assert "\\ue000" not in repr(str(shown))


def test_an_error_tells_the_formula_without_its_marks() -> None:
    formula = marked_latex(convex(function("L", V >> R)), []) + r"\nosuch{x}"
    with pytest.raises(KernelError, match="cannot be typeset") as refused:
        mathml(formula)
    assert str(refused.value).endswith(r"L\text{ is convex}\nosuch{x}")
