"""The trusted core, and nothing that cannot make a theorem.

`terms` is the language of statements, `algebra` their normal forms (sympy), `solver` the one gate
to z3 and to `proofs.replay`, which judges certificates, `theorem` the rules, `verdict` what the
theorems of a page amount to. It imports sympy and, of this project, the replayer alone; all may
import it, and pages and lemmas have its names through `proofs.prelude`.
"""

from proofs.kernel.algebra import negation
from proofs.kernel.terms import (
    KernelError, N, R, Sort, Term, V, all_of, any_of, definition, e1, e2, e3, exists, forall, fun,
    function, iff, implies, inner, maximum, minimum, natural, norm, real, sqrt, vector, zero,
)  # fmt: skip
from proofs.kernel.theorem import (
    Theorem, archimedes, by_induction, choose, entails, evaluate, generalize, identical, instance,
    recursion, replaced, square_nonnegative, substitute, witnessed,
)  # fmt: skip

__all__ = [
    "KernelError", "N", "R", "Sort", "Term", "Theorem", "V", "all_of", "any_of", "archimedes",
    "by_induction", "choose", "definition", "e1", "e2", "e3", "entails", "evaluate", "exists",
    "forall", "fun", "function", "generalize", "identical", "iff", "implies", "inner", "instance",
    "maximum", "minimum", "natural", "negation", "norm", "real", "recursion", "replaced", "sqrt",
    "square_nonnegative", "substitute", "vector", "witnessed", "zero",
]  # fmt: skip
