"""What a statement amounts to at given values: yes, no or cannot tell, by ball arithmetic.

Searches decide the claims themselves here, so that no claim is written a second time for its
search. Statements about every small alpha are settled for all of them at once, by a Taylor series
in alpha. `valuation` evaluates terms, `differences` subtracts them, `comparing` compares them, and
here formulas are put together. No answer is a theorem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from proofs.balls.arithmetic import (
    BITS, Answer, all_hold, holds, negated, number, power_of_2, precision,
)  # fmt: skip
from proofs.balls.comparing import Attempt, Comparison, Comparisons, Reach
from proofs.balls.valuation import Valuation, real, vector
from proofs.kernel.terms import KernelError, N, R, Term, V, build, zero

SHRINKINGS = 60  # of an alpha0 that is sought, by a factor of at least 4 each
PIECES = 6  # how often a range that is given is halved


@dataclass(frozen=True)
class Undecidable:
    """What is told of such a formula: printed only where it is read, for hypotheses are many."""

    formula: Term
    advice: str = ""

    def __str__(self) -> str:
        return f"balls cannot decide {self.formula}{self.advice}"


class Formulas:
    """Whether formulas hold, for one valuation."""

    def __init__(self, at: Mapping[Term, Any], ranges: Term | None = None):
        self.values = Valuation(at, ranges)
        self.comparisons = Comparisons(self.values)

    def throughout(
        self, f: Prepared, symbol: Term, a: Fraction, b: Fraction, pieces: int = PIECES
    ) -> Answer:
        """Whether a formula holds for all values in (a, b] of a symbol; halved where in doubt."""
        answer = f(self, Reach(1, a, b))
        if answer is not None:
            return answer
        if not pieces:  # perhaps it fails at the end
            at_the_end = Formulas({**self.values.at, symbol: b})
            return False if f(at_the_end, None) is False else None
        halves = ((a, (a + b) / 2), ((a + b) / 2, b))
        return all_hold(self.throughout(f, symbol, *half, pieces - 1) for half in halves)


# Where a variable ranges (over Reach), yes or no is for all of its values.
Prepared = Callable[[Formulas, Reach | None], Answer]


@cache
def prepared(f: Term) -> Prepared:
    """Whether a formula holds, prepared for all valuations."""
    if f.op in ("==", "!=") and f.args[0].sort == V:
        return _vectors(f.args[0], f.op, f.args[1])
    if f.op in ("<", "<=", "==", "!="):
        return _numbers(f.args[0], f.op, f.args[1])
    if f.op in (">", ">="):
        return _numbers(f.args[1], f.op.replace(">", "<"), f.args[0])
    if f.op == "defined":
        return prepared(f.args[0])
    if f.op in ("not", "and", "or", "implies"):
        return _connected(f.op, [prepared(a) for a in f.args])
    if f.op == "exists":
        return _some_number(f) if f.data[1] == N else _for_all_small(f)
    return _undecidable(f)


def _undecidable(f: Term, advice: str = "") -> Prepared:
    def refuse(on: Formulas, reach: Reach | None) -> Answer:
        raise KernelError(Undecidable(f, advice))

    return refuse


def _numbers(left: Term, relation: str, right: Term) -> Prepared:
    comparison = Comparison(left, relation, right)
    return lambda on, reach: on.comparisons.compared(comparison, reach)


def _vectors(left: Term, relation: str, right: Term) -> Prepared:
    """Whether two vectors, which do not depend on a variable that ranges, are == or !=."""
    difference = vector(left if right is zero else left - right)

    def holding(on: Formulas, reach: Reach | None) -> Answer:
        same = all_hold(holds(x, "==") for x in difference(on.values))
        return same if relation == "==" else negated(same)

    return holding


def _connected(op: str, parts: list[Prepared]) -> Prepared:
    first, last = parts[0], parts[-1]
    if op == "not":
        return lambda on, reach: negated(first(on, reach))
    if op == "and":
        return lambda on, reach: all_hold(part(on, reach) for part in parts)
    if op == "or":
        return lambda on, reach: negated(all_hold(negated(part(on, reach)) for part in parts))
    return lambda on, reach: negated(all_hold([first(on, reach), negated(last(on, reach))]))


def _for_all_small(f: Term) -> Prepared:
    """For some alpha0 > 0, P(alpha) for all alpha in (0, alpha0), or with |alpha| < alpha0."""
    small = _small(f)
    if small is None:
        return _undecidable(f)
    sides, body = small[0], prepared(small[1])

    def holding(on: Formulas, reach: Reach | None) -> Answer:
        if reach is not None:
            raise KernelError(Undecidable(f))
        tried, margin = 1, on.comparisons.margin  # beyond every hint: a first look
        for _ in range(SHRINKINGS):
            attempt = Attempt(tried)
            answer = all_hold(_on_side(side, attempt, body, on) for side in sides)
            if answer is not None or attempt.hopeless:
                break
            tried = min(tried - 2, attempt.hint - 7)
        on.comparisons.margin = min(margin, 2.0 ** min(0, tried - attempt.hint))
        return answer

    return holding


def _on_side(side: int, attempt: Attempt, body: Prepared, on: Formulas) -> Answer:
    """P(alpha) for alpha in (0, alpha0], in [-alpha0, 0), or for alpha = 0."""
    values, alpha0 = on.values, power_of_2(attempt.tried)
    around = values.bound
    values.bound = [None if side else number(0), alpha0, *around]
    answer = body(on, Reach(side, 0, alpha0, attempt) if side else None)
    values.bound = around
    return answer


def _some_number(f: Term) -> Prepared:
    """There is k < n with P(k)."""
    bounded, *rest = f.args[0].args if f.args[0].op == "and" else f.args
    if bounded.op != "<" or bounded.args[0] is not build("bound", N, data=0):
        return _undecidable(f, ": say k < n and ...")
    bound, parts = real(bounded.args[1]), [prepared(a) for a in rest]

    def holding(on: Formulas, reach: Reach | None) -> Answer:
        if reach is not None:
            raise KernelError(Undecidable(f))
        values, around = on.values, on.values.bound
        values.bound = [None, *around]
        n = bound(values).unique_fmpz()
        if n is None:
            raise KernelError(Undecidable(f, f": {bounded.args[1]} is no whole number"))
        answers = []
        for value in range(int(n)):
            values.bound = [number(value), *around]
            answers.append(negated(all_hold(part(on, None) for part in parts)))
        values.bound = around
        return negated(all_hold(answers))

    return holding


def _small(f: Term) -> tuple[tuple[int, ...], Term] | None:
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
    return None


class Decider:
    """Decides formulas that are `prepared` at the values `at`; over = (alpha, b): for all alpha in
    (0, b].

    Values are exact numbers, lists of them, functions of balls and series, or functions without
    arguments that compute a value at the current precision. Each is computed once, for all that is
    decided.
    """

    def __init__(self, at: Mapping[Term, Any], over: tuple[Term, Fraction] | None = None):
        self.at = {**at, over[0]: None} if over else at
        self.over, self.ranges = over, over[0] if over else None
        self._formulas: dict[int, Formulas] = {}  # by precision

    def answer(self, formula: Prepared) -> Answer:
        """Whether a formula holds."""
        return self.decide(formula, 0.0)[0]

    def decide(self, formula: Prepared, most: float = 1.0) -> tuple[Answer, float]:
        """Whether a formula holds, and the margin, `most` at most: of the closest comparison,
        |a - b| against the size of what is compared; of "for all small alpha", the alpha0 found,
        against where terms of second order take over.
        """
        for bits in BITS:
            formulas = self._formulas.get(bits)
            if formulas is None:
                formulas = self._formulas[bits] = Formulas(self.at, self.ranges)
            formulas.comparisons.margin = most
            with precision(bits):
                if self.over:
                    symbol, b = self.over
                    answer = formulas.throughout(formula, symbol, Fraction(0), b)
                else:
                    answer = formula(formulas, None)
            if answer is not None:
                return answer, formulas.comparisons.margin
        return None, most


def decide(
    formula: Term, at: Mapping[Term, Any], over: tuple[Term, Fraction] | None = None
) -> tuple[Answer, float]:
    """`Decider(at, over).decide(prepared(formula))`."""
    return Decider(at, over).decide(prepared(formula))
