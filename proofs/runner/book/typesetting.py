"""Formulas as MathML, which browsers show and screen readers read, in pieces that may be broken."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from markupsafe import Markup
from math_core import LatexError, LatexToMathML

from proofs.kernel import KernelError
from proofs.runner.printing import CLOSES, MEANS, OPENS, pieces, unmarked

NOTION = re.compile(f"{OPENS}(?P<number>\\d+){MEANS}(?P<words>[^{CLOSES}]*){CLOSES}")
TAG = re.compile("<[^>]*>")
BUTTON = Markup(
    '<button type="button" class="notion" popovertarget="{}" aria-label="{}">{}</button>'
)
SHORTER = {"<mrow></mrow>": "<mrow/>", "<mspace/>": "", '"0.16666667em"': '".17em"'}
_CONVERTER = LatexToMathML(fancy_error=False)


@cache
def mathml(formula: str, page: str = "") -> Markup:
    """A formula in LaTeX as MathML; a marked notion as a button that shows, on its page, what it
    means. KernelError, with the formula, where it cannot be typeset.
    """
    written, start = Markup(), 0
    for notion in NOTION.finditer(formula):
        shown = _typeset(notion["words"], formula)
        said = " ".join(unescape(TAG.sub(" ", shown)).split())
        written += _typeset(formula[start : notion.start()], formula)
        written += BUTTON.format(f"{page}-means-{notion['number']}", said, shown)
        start = notion.end()
    return written + _typeset(formula[start:], formula)


def _typeset(part: str, formula: str) -> Markup:
    written = []
    for piece in pieces(part):
        whole = f"{piece}{{}}" if piece.endswith(" ") else piece  # an operand for what ends it
        try:
            written.append(_CONVERTER.convert_with_local_state(whole, displaystyle=False))
        except LatexError as error:
            told = f"cannot be typeset, at {piece!r} ({error}): {unmarked(formula)}"
            raise KernelError(told) from None
    shorter = "<wbr>".join(written)
    for long, short in SHORTER.items():
        shorter = shorter.replace(long, short)
    return Markup(shorter)
