"""What a statement amounts to at given values: yes, no or cannot tell, by ball arithmetic.

Searches decide the claims themselves here, so that no claim is written a second time for its
search. Statements about every small alpha are settled for all of them at once, by a Taylor series
in alpha. `valuation` evaluates terms, `differences` subtracts them, `comparing` compares them, and
here formulas are put together. No answer is a theorem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from proofs.balls.arithmetic import (
    BITS, Answer, all_hold, holds, negated, number, power_of_2, precision,
)  # fmt: skip
from proofs.balls.comparing import Attempt, Comparisons, Reach
from proofs.balls.valuation import Valuation
from proofs.kernel.terms import KernelError, N, R, Term, V, build, zero

SHRINKINGS = 60  # of an alpha0 that is sought, by a factor of at least 4 each
PIECES = 6  # how often a range that is given is halved


@dataclass(frozen=True)
class Undecidable:
    """What is told of such a formula: printed only where it is read, for hypotheses are many."""

    formula: Term

    def __str__(self) -> str:
        return f"balls cannot decide {self.formula}"


class Formulas:
    """Whether formulas hold, for one valuation."""

    def __init__(self, at: Mapping[Term, Any]):
        self.values = Valuation(at)
        self.comparisons = Comparisons(self.values)

    def formula(self, f: Term, reach: Reach | None = None) -> Answer:
        """Whether a formula holds; where a variable ranges, yes or no is for all of its values."""
        if f.op in ("<", "<=", ">", ">=", "==", "!="):
            left, right = f.args
            if left.sort == V:
                return self._vectors_compared(left, f.op, right)
            if f.op in (">", ">="):
                return self.comparisons.compared(right, f.op.replace(">", "<"), left, reach)
            return self.comparisons.compared(left, f.op, right, reach)
        if f.op in ("defined", "not"):
            answer = self.formula(f.args[0], reach)
            return answer if f.op == "defined" else negated(answer)
        if f.op == "and":
            return all_hold(self.formula(a, reach) for a in f.args)
        if f.op == "or":
            return negated(all_hold(negated(self.formula(a, reach)) for a in f.args))
        if f.op == "implies":
            premise, conclusion = f.args
            fails = (self.formula(premise, reach), negated(self.formula(conclusion, reach)))
            return negated(all_hold(fails))
        if f.op == "exists" and reach is None:
            return self._some_number(f) if f.data[1] == N else self._for_all_small(f)
        raise KernelError(Undecidable(f))

    def _vectors_compared(self, left: Term, relation: str, right: Term) -> Answer:
        """Whether two vectors, which do not depend on a variable that ranges, are == or !=."""
        difference = self.values.vector(left if right is zero else left - right)
        same = all_hold(holds(x, "==") for x in difference)
        return same if relation == "==" else negated(same)

    def _for_all_small(self, f: Term) -> Answer:
        """For some alpha0 > 0, P(alpha) for all alpha in (0, alpha0), or with |alpha| < alpha0."""
        sides, body = _small(f)
        tried, margin = 1, self.comparisons.margin  # beyond every hint: a first look
        for _ in range(SHRINKINGS):
            attempt = Attempt(tried)
            answer = all_hold(self._on_side(side, attempt, body) for side in sides)
            if answer is not None or attempt.hopeless:
                break
            tried = min(tried - 2, attempt.hint - 7)
        self.comparisons.margin = min(margin, 2.0 ** min(0, tried - attempt.hint))
        return answer

    def _on_side(self, side: int, attempt: Attempt, body: Term) -> Answer:
        """P(alpha) for alpha in (0, alpha0], in [-alpha0, 0), or for alpha = 0."""
        around, alpha0 = self.values.bound, power_of_2(attempt.tried)
        self.values.bound = [None if side else number(0), alpha0, *around]
        answer = self.formula(body, Reach(side, 0, alpha0, attempt) if side else None)
        self.values.bound = around
        return answer

    def _some_number(self, f: Term) -> Answer:
        """There is k < n with P(k)."""
        bounded, *rest = f.args[0].args if f.args[0].op == "and" else f.args
        if bounded.op != "<" or bounded.args[0] is not build("bound", N, data=0):
            raise KernelError(f"balls cannot decide {f}: say k < n and ...")
        around, self.values.bound = self.values.bound, [None, *self.values.bound]
        n = self.values.real(bounded.args[1]).unique_fmpz()
        if n is None:
            raise KernelError(f"balls cannot decide {f}: {bounded.args[1]} is no whole number")
        answers = []
        for value in range(int(n)):
            self.values.bound = [number(value), *around]
            answers.append(negated(all_hold(map(self.formula, rest))))
        self.values.bound = around
        return negated(all_hold(answers))

    def throughout(
        self, f: Term, symbol: Term, a: Fraction, b: Fraction, pieces: int = PIECES
    ) -> Answer:
        """Whether a formula holds for all values in (a, b] of a symbol; halved where in doubt."""
        answer = self.formula(f, Reach(1, a, b))
        if answer is not None:
            return answer
        if not pieces:  # perhaps it fails at the end
            at_the_end = Formulas({**self.values.at, symbol: b})
            return False if at_the_end.formula(f) is False else None
        halves = ((a, (a + b) / 2), ((a + b) / 2, b))
        return all_hold(self.throughout(f, symbol, *half, pieces - 1) for half in halves)


class Decider:
    """Decides formulas at the values `at`; with over = (alpha, b), for all alpha in (0, b].

    Values are exact numbers, lists of them, functions of balls and series, or functions without
    arguments that compute a value at the current precision. Each is computed once, for all that is
    decided.
    """

    def __init__(self, at: Mapping[Term, Any], over: tuple[Term, Fraction] | None = None):
        self.at = {**at, over[0]: None} if over else at
        self.over = over
        self._formulas: dict[int, Formulas] = {}  # by precision

    def answer(self, formula: Term) -> Answer:
        """Whether `formula` holds."""
        return self.decide(formula, 0.0)[0]

    def decide(self, formula: Term, most: float = 1.0) -> tuple[Answer, float]:
        """Whether `formula` holds, and the margin, `most` at most: of the closest comparison,
        |a - b| against the size of what is compared; of "for all small alpha", the alpha0 found,
        against where terms of second order take over.
        """
        for bits in BITS:
            formulas = self._formulas.get(bits)
            if formulas is None:
                formulas = self._formulas[bits] = Formulas(self.at)
            formulas.comparisons.margin = most
            with precision(bits):
                if self.over:
                    symbol, b = self.over
                    answer = formulas.throughout(formula, symbol, Fraction(0), b)
                else:
                    answer = formulas.formula(formula)
            if answer is not None:
                return answer, formulas.comparisons.margin
        return None, most


def decide(
    formula: Term, at: Mapping[Term, Any], over: tuple[Term, Fraction] | None = None
) -> tuple[Answer, float]:
    """`Decider(at, over).decide(formula)`."""
    return Decider(at, over).decide(formula)


@cache
def _small(f: Term) -> tuple[tuple[int, ...], Term]:
    """The sides on which alpha is small, and P(alpha), if f says "for all small alpha"."""
    alpha, alpha0 = (build("bound", R, data=i) for i in (0, 1))
    body = f.args[0]
    positive = body.op == "and" and len(body.args) == 2 and body.args[0] is (alpha > 0)
    if positive and body.args[1].op == "forall":
        small = body.args[1].args[0]
        for sides, premise in (
            ((1,), (alpha > 0) & (alpha < alpha0)),
            ((1, -1, 0), abs(alpha) < alpha0),
        ):
            if small.op == "implies" and small.args[0] is premise and small.args[1].loose < 2:
                return sides, small.args[1]  # where no word is of alpha0
    raise KernelError(Undecidable(f))
