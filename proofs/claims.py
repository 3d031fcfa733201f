"""Claims as pages write them: the kernel's `Claim` with short ways to vary it and to build its proofs.

Nothing here is trusted: each method returns what the kernel's rules made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from proofs.kernel import KernelError, Term, Theorem, entails, generalize, negation, witnessed
from proofs.kernel.claim import Claim as Statement
from proofs.kernel.inequalities import RLIMIT, NotProved
from proofs.kernel.statements import replace

Values = Mapping[Term, Any]


class Claim(Statement):
    """For all `for_all`: if `given`, `then`; see `proofs.kernel.claim.Claim`."""

    @property
    def hypotheses(self) -> list[Term]:
        """The hypotheses without their names."""
        return list(self.given.values())

    def conclusion(self, at: Values) -> Term:
        """The conclusion at the values `at` of the variables."""
        return replace(self.then, at)

    def but(self, *, without: str = "", given: Mapping[str, Term] | None = None, **changes: Any) -> Claim:
        """This claim with changes: a hypothesis dropped, others added, another conclusion; nothing is left unsaid."""
        if without and without not in self.given:
            raise KernelError(f"there is no hypothesis {without!r} to drop, only {list(self.given)}")
        kept = {n: h for n, h in self.given.items() if n != without} | dict(given or {})
        fields: dict[str, Any] = {"for_all": self.for_all, "then": self.then, "given": kept}
        return Claim(**fields | changes)

    def proved(self, by: Iterable[Theorem] = (), rlimit: int = RLIMIT) -> Theorem:
        """`closed()`, where z3 derives the conclusion from the hypotheses and the theorems `by`."""
        return generalize(entails(self.hypotheses, self.then, by, rlimit), *self.for_all)

    def inhabited_by(self, at: Values, by: Iterable[Theorem] = (), given: Iterable[Term] = ()) -> Theorem:
        """given |- `inhabited()`, from the values `at` of the variables."""
        return self._shown("inhabit", self.inhabited(), at, by, given)

    def fails(self, at: Values, by: Iterable[Theorem] = (), given: Iterable[Term] = ()) -> Theorem:
        """given |- the negation of `closed()`, from the values `at` of the variables."""
        return self._shown("refute", negation(self.closed()), at, by, given)

    def fails_without(self, name: str, at: Values, by: Iterable[Theorem] = (), given: Iterable[Term] = ()) -> Theorem:
        """That the hypothesis `name` is needed: without it, the claim fails at the values `at`."""
        return self._shown("refute", negation(self.closed(without=name)), at, by, given)

    def _shown(self, what: str, existence: Term, at: Values, by: Iterable[Theorem], given: Iterable[Term]) -> Theorem:
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
