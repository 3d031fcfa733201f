"""How to refute a statement about every small alpha, and to prove one about some short steps."""

from collections.abc import Callable, Iterable

from proofs.prelude import *


def never_for_all_small(
    statement: Term, alpha: Term, below: Term | int = 1, by: Iterable[Theorem] = ()
) -> Theorem:
    """Not `statement` (made by `for_all_small`): it fails for every alpha with 0 < alpha < below.

    That it fails there follows from `by`, for the symbol `alpha`; below > 0 must be evident.
    """
    alpha0 = real("alpha0")
    refuted = instance(negation(statement), alpha0).goal
    some_alpha = refuted.args[1]
    fails_at_alpha = witnessed(some_alpha, alpha).hypotheses[0].args[-1]
    failing = entails([alpha > 0, alpha < below], fails_at_alpha, by)
    halfway = minimum(alpha0, below) / 2
    there = [witnessed(some_alpha, halfway), substitute(failing, {alpha: halfway})]
    return generalize(entails([], refuted, there), alpha0)


def arbitrarily_short(
    holds: Callable[[Term], Term],
    r: Term,
    step: Term,
    by: Iterable[Theorem] = (),
    given: Iterable[Term] = (),
) -> Theorem:
    """given |- `for_arbitrarily_short_steps(holds)`: the `step` serves for the bound r, a symbol.

    That 0 < |step| < r and holds(step) follows from `by`.
    """
    shorter, bound = step_shorter_than(r, holds), [*given, r > 0]
    return generalize(entails(bound, shorter, by=[witnessed(shorter, s=step), *by]), r)
