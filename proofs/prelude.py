"""The language of pages and lemmas: `from proofs.prelude import *` brings the names below, and no
others; what is particular to a page it imports by name.

The kernel's words and rules, every notion of `definitions`, exact fractions, `Claim` and two short
ways to use its rules. Nothing may be bound on a page, or in a lemma, under one of these names.
"""

from fractions import Fraction

from proofs.claims import Claim, for_each, refuted_at
from proofs.definitions import *
from proofs.kernel import *
from proofs.runner import countermodels as countermodels  # refusals show the smallest values
from proofs.runner import printing as printing  # statements read as mathematics

__all__ = [
    "Claim", "Fraction", "KernelError", "N", "R", "Sort", "Term", "Theorem", "V", "all_of",
    "any_of", "approaches_minimum", "archimedes", "by_induction", "choose", "collinear",
    "continuous", "converges", "convex", "definition", "derivative", "derivative_along",
    "derivative_of_gradient", "derivatives_at_most", "derivatives_at_zero", "derivatives_up_to",
    "differentiable", "differentiable_everywhere", "differentiable_on_segment",
    "differentiable_on_unit_interval", "direction_of_reduced_loss", "e1", "e2", "e3", "entails",
    "evaluate", "exists", "for_all_positive", "for_all_small", "for_arbitrarily_short_steps",
    "for_each", "for_every_short_step", "for_some_rate", "forall", "fun", "function",
    "generalize", "gradient_descent", "identical", "iff", "implies", "inner", "instance",
    "is_cosine", "is_exponential", "is_first", "is_norm", "is_power", "linear",
    "lipschitz_from_start", "lipschitz_gradient", "lipschitz_near", "local_minimizer",
    "lower_bound", "lowers_every_step", "maximum", "minimizer", "minimum", "natural", "negation",
    "norm", "one_sided_lipschitz", "orthonormal", "polynomial", "positive_definite", "quasi_convex",
    "real", "recursion", "refuted_at", "replaced", "serves_every_start", "sqrt",
    "square_nonnegative", "step_shorter_than", "strongly_convex", "subgradient", "substitute",
    "sums", "symmetric", "taylor_powers", "taylor_sums", "vector", "witnessed", "zero",
]  # fmt: skip
