"""Formulas as MathML, which browsers show and screen readers read, in pieces that may be broken."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup
from math_core import LatexError, LatexToMathML

from proofs.kernel import KernelError
from proofs.runner.printing import pieces

_CONVERTER = LatexToMathML(fancy_error=False)


@cache
def mathml(formula: str) -> Markup:
    """A formula in LaTeX as MathML; KernelError, with the formula, where it cannot be typeset."""
    written = []
    for piece in pieces(formula):
        whole = f"{piece}{{}}" if piece.endswith(" ") else piece  # an operand for what ends it
        try:
            written.append(_CONVERTER.convert_with_local_state(whole, displaystyle=False))
        except LatexError as error:
            raise KernelError(f"cannot be typeset, at {piece!r} ({error}): {formula}") from None
    return Markup("<wbr>".join(written))
