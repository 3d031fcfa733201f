"""Claims as pages write them: the kernel's `Claim` with short ways to vary it and to build its
proofs.

Nothing here is trusted: each method returns what the kernel's rules made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from hypothesis import reject

from proofs.balls.deciding import decide
from proofs.kernel import KernelError, Term, Theorem, entails, generalize, negation, witnessed
from proofs.kernel.verdict import Claim as Statement
from proofs.kernel.solver import RLIMIT, NotProved
from proofs.kernel.terms import replace
from proofs.balls.searching import Survival, survived

Values = Mapping[Term, Any]


class Claim(Statement):
    """For all `for_all`: if `given`, `then`; see `proofs.kernel.verdict.Claim`."""

    @property
    def hypotheses(self) -> list[Term]:
        """The hypotheses without their names."""
        return list(self.given.values())

    def conclusion(self, at: Values) -> Term:
        """The conclusion at the values `at` of the variables."""
        return replace(self.then, at)

    def but(
        self, *, without: str = "", given: Mapping[str, Term] | None = None, **changes: Any
    ) -> Claim:
        """This claim with changes: a hypothesis dropped, others added, another conclusion; nothing
        is left unsaid.
        """
        if without and without not in self.given:
            raise KernelError(
                f"there is no hypothesis {without!r} to drop, only {list(self.given)}"
            )
        kept = {n: h for n, h in self.given.items() if n != without} | dict(given or {})
        fields: dict[str, Any] = {"for_all": self.for_all, "then": self.then, "given": kept}
        return Claim(**fields | changes)

    def proved(self, by: Iterable[Theorem] = (), rlimit: int = RLIMIT) -> Theorem:
        """`closed()`, where z3 derives the conclusion from the hypotheses and the theorems `by`."""
        return generalize(entails(self.hypotheses, self.then, by, rlimit), *self.for_all)

    def inhabited_by(
        self, at: Values, by: Iterable[Theorem] = (), given: Iterable[Term] = ()
    ) -> Theorem:
        """given |- `inhabited()`, from the values `at` of the variables."""
        return self._shown("inhabit", self.inhabited(), at, by, given)

    def fails(self, at: Values, by: Iterable[Theorem] = (), given: Iterable[Term] = ()) -> Theorem:
        """given |- the negation of `closed()`, from the values `at` of the variables."""
        return self._shown("refute", negation(self.closed()), at, by, given)

    def fails_without(
        self, name: str, at: Values, by: Iterable[Theorem] = (), given: Iterable[Term] = ()
    ) -> Theorem:
        """That the hypothesis `name` is needed: without it, the claim fails at the values `at`."""
        return self._shown("refute", negation(self.closed(without=name)), at, by, given)

    def survives(
        self,
        trials: Any,
        at: Callable[[Any], Values],
        granted: Collection[str] = (),
        then: Term | None = None,
        over: Callable[[Any], tuple[Term, Fraction]] | None = None,
    ) -> Survival:
        """Searches the strategy `trials` for a start where the hypotheses hold and the conclusion
        (or `then`) does not.

        `at(start)` gives the variables their values, and over(start) = (alpha, b) has alpha range
        over (0, b]; see `proofs.balls.deciding.decide`. The hypotheses `granted` hold by the way
        that a start is drawn, and are not tested.
        """
        if stray := set(granted) - set(self.given):
            raise KernelError(f"granted, but not among the hypotheses: {', '.join(sorted(stray))}")
        tested = [h for name, h in self.given.items() if name not in granted]
        conclusion = self.then if then is None else then

        def holds(trial: Any) -> tuple[list[bool | None], float, Any]:
            told: list[tuple[bool | None, float, Any]] = []
            for start in trial.cases:
                values, reach = at(start), over(start) if over else None
                try:
                    premises = [decide(h, values, reach)[0] for h in tested]
                    if False in premises:
                        continue
                    answer, margin = (
                        decide(conclusion, values, reach) if None not in premises else (None, 1.0)
                    )
                except KernelError as reason:
                    raise type(reason)(f"{reason}, for {start!r}") from None
                if answer is False:
                    raise KernelError(f"{conclusion} fails for {start!r}")
                told.append((answer, margin, start))
            if not told:
                reject()
            _, margin, start = min(told, key=lambda one: one[1])
            return [answer for answer, _, _ in told], margin, start

        return survived(str(conclusion), trials, holds)

    def _shown(
        self, what: str, existence: Term, at: Values, by: Iterable[Theorem], given: Iterable[Term]
    ) -> Theorem:
        witness = witnessed(existence, *(at.get(v, v) for v in self.for_all))
        by, given, shown = list(by), list(given), []
        for part in witness.hypotheses:
            for conjunct in part.args if part.op == "and" else (part,):
                try:
                    shown.append(entails(given, conjunct, by))
                except NotProved as reason:
                    message = f"the values {dict(at)} do not {what} the claim: {conjunct} is not shown. {reason}"
                    raise KernelError(message) from None
        return entails(given, existence, [witness, *shown])
