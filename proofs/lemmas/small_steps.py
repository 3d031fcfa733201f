"""How statements about every alpha, and about every small enough alpha, are refuted."""

from collections.abc import Iterable

from proofs.kernel import (
    Term,
    Theorem,
    entails,
    generalize,
    instance,
    minimum,
    negation,
    real,
    substitute,
    witnessed,
)


def refuted_at(universal: Term, *values: Term | int, by: Iterable[Theorem] = ()) -> Theorem:
    """Not `universal` (a statement forall x. P(x)), because P fails at the values."""
    return entails([], negation(universal), by=[witnessed(negation(universal), *values), *by])


def never_for_all_small(
    statement: Term, failing: Theorem, alpha: Term, below: Term | int = 1
) -> Theorem:
    """Not `statement` (made by `for_all_small`), because it fails for every alpha with 0 < alpha <
    below.

    `failing` says so of the symbol `alpha`, with hypotheses among alpha > 0 and alpha < below; z3
    must see below > 0.
    """
    alpha0 = real("alpha0")
    refuted = instance(negation(statement), alpha0).goal
    halfway = minimum(alpha0, below) / 2
    fails_there = witnessed(refuted.args[1], halfway)
    return generalize(
        entails([], refuted, by=[fails_there, substitute(failing, {alpha: halfway})]), alpha0
    )
