"""How the tests compare statements: by their normal forms."""

from __future__ import annotations

from proofs.kernel import Term, Theorem
from proofs.kernel.algebra import normal


def alike(left: Term, right: Term) -> bool:
    """Whether two statements differ at most in bound names and in polynomial identities."""
    return normal(left) is normal(right)


def hypotheses(theorem: Theorem) -> set[Term]:
    """The normal forms of a theorem's hypotheses."""
    return {normal(h) for h in theorem.hypotheses}
