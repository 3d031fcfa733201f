"""The theorems of analysis that the rules cannot prove, each with its source. Everything else is
derived.
"""

from proofs.definitions import differentiable_on_unit_interval, is_cosine, is_exponential
from proofs.kernel import R, Theorem, exists, forall, implies
from proofs.kernel.theorem import axiom


def mean_value_theorem() -> Theorem:
    """If f has the derivative d(t) at each t in [0, 1], then f(1) - f(0) = d(t) for some t in (0,
    1).

    Rudin, Principles of Mathematical Analysis, 5.10.
    """
    return axiom(
        "mean value theorem",
        forall(R >> R, R >> R, (R, R) >> R, lambda f, d, delta: implies(
            differentiable_on_unit_interval(f, d, delta),
            exists(R, lambda t: (t > 0) & (t < 1) & (f(1) - f(0) == d(t))),
        )),
    )  # fmt: skip


def cosine() -> Theorem:
    """There are a function and a number that do what `is_cosine` says of cos and pi.

    Rudin, Principles of Mathematical Analysis, chapter 8.
    """
    return axiom("cosine", exists(R >> R, R, lambda cosine, pi: is_cosine(cosine, pi)))


def exponential() -> Theorem:
    """There is a function that does what `is_exponential` says of exp.

    Rudin, Principles of Mathematical Analysis, chapter 8.
    """
    return axiom("exponential", exists(R >> R, lambda exp: is_exponential(exp)))
