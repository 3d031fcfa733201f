"""Claims as pages write them: statements with short ways to vary them and to build their proofs.

Nothing here is trusted: each method returns what the kernel's rules made, or what balls counted.
Imports the kernel, and `balls` for searches; pages have `Claim` through `proofs.prelude`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Any

from hypothesis import reject

from proofs.balls.deciding import Decider, prepared
from proofs.balls.listening import Listener
from proofs.balls.searching import Survival, survived
from proofs.kernel import (
    KernelError, Term, Theorem, entails, generalize, instance, negation, witnessed,
)  # fmt: skip
from proofs.kernel.algebra import normal
from proofs.kernel.solver import RLIMIT, NotProved
from proofs.kernel.terms import TRUE, replace
from proofs.kernel.verdict import Statement


# Told of each witness that a step puts in; runner/pages.py puts its own in place.
watched: Callable[[Statement, Mapping[Term, Any], list[Term]], None] = lambda *what: None
# Told of the reasons that prove a claim; likewise.
reasoned: Callable[[Statement, list[Theorem]], None] = lambda *what: None
Fact = Theorem | Callable[[], Theorem]
PLAIN = 100_000  # z3's count of work for what is plainly true


class Witness(Mapping[Term, Any]):
    """Values of symbols, with the theorems that are proved of these values, as `facts`.

    A theorem may be given as a function that makes it, when the facts are first asked for.
    """

    def __init__(self, values: Mapping[Term, Any], facts: Iterable[Fact] = ()):
        self.values_of, self.made_by = dict(values), tuple(facts)

    def __getitem__(self, symbol: Term) -> Any:
        return self.values_of[symbol]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.values_of)

    def __len__(self) -> int:
        return len(self.values_of)

    def __or__(self, more: Mapping[Term, Any]) -> Witness:
        return Witness({**self, **more}, (*self.made_by, *getattr(more, "made_by", ())))

    @property
    def facts(self) -> list[Theorem]:
        """The theorems."""
        return [fact() if callable(fact) else fact for fact in self.made_by]


class Claim(Statement):
    """For all `for_all`: if `given`, `then`; see `proofs.kernel.verdict.Statement`."""

    @property
    def hypotheses(self) -> list[Term]:
        """The hypotheses without their names."""
        return list(self.given.values())

    def conclusion(self, at: Mapping[Term, Any]) -> Term:
        """The conclusion at the values `at` of the variables."""
        return replace(self.then, at)

    def but(
        self, *, without: str = "", given: Mapping[str, Term] | None = None, **changes: Any
    ) -> Claim:
        """This claim with changes: a hypothesis dropped, others added, another conclusion.

        Nothing is left unsaid, unless `changes` says so.
        """
        self.closed(without)  # raises where there is no such hypothesis
        kept = {n: h for n, h in self.given.items() if n != without} | dict(given or {})
        fields: dict[str, Any] = {"for_all": self.for_all, "then": self.then, "given": kept}
        return Claim(**fields | changes)

    def proved(
        self, by: Iterable[Theorem] = (), hints: Iterable[Theorem] = (), rlimit: int = RLIMIT
    ) -> Theorem:
        """`closed()`: the conclusion follows from the hypotheses and the theorems `by`."""
        by, hints = list(by), list(hints)
        reasoned(self, [*by, *hints])
        return generalize(entails(self.hypotheses, self.then, by, hints, rlimit), *self.for_all)

    def inhabited_by(
        self,
        at: Mapping[Term, Any],
        by: Iterable[Theorem] = (),
        hints: Iterable[Theorem] = (),
        given: Iterable[Term] = (),
    ) -> Theorem:
        """given |- `inhabited()`: the hypotheses hold at the values `at` of the variables."""
        return self._shown("inhabit", self.inhabited(), at, [*by, *hints], given)

    def fails(
        self,
        at: Mapping[Term, Any],
        by: Iterable[Theorem] = (),
        hints: Iterable[Theorem] = (),
        given: Iterable[Term] = (),
        without: str = "",
    ) -> Theorem:
        """given |- the negation of `closed(without)`, at the values `at` of the variables.

        The hypothesis named `without` is dropped: then the theorem says that it is needed.
        """
        refuted = negation(self.closed(without))
        return self._shown("refute", refuted, at, [*by, *hints], given)

    def survives(
        self,
        trials: Any,
        at: Callable[[Any], Mapping[Term, Any]],
        granted: Collection[str] = (),
        then: Term | None = None,
        over: Callable[[Any], tuple[Term, Fraction]] | None = None,
    ) -> Survival:
        """Searches the strategy `trials` for a start where the hypotheses hold and the conclusion
        (or `then`) does not.

        `at(start)` gives the variables their values, and over(start) = (alpha, b) has alpha range
        over (0, b]; see `proofs.balls.deciding.Decider`. The hypotheses `granted` hold by the way
        that a start is drawn, and are not tested.
        """
        if stray := set(granted) - set(self.given):
            raise KernelError(f"granted, but not among the hypotheses: {', '.join(sorted(stray))}")
        tested = [prepared(h) for name, h in self.given.items() if name not in granted]
        conclusion = self.then if then is None else then
        if normal(conclusion) is TRUE or (then is not None and _is_plain(conclusion)):
            raise KernelError(f"{conclusion} is true by its form alone: there is nothing to search")
        asked = prepared(conclusion)
        listener = Listener({name: self.given[name] for name in granted})

        def holds(trial: Any) -> tuple[list[bool | None], float, Any]:
            told: list[tuple[bool | None, float, Any]] = []
            for start in map(listener.hears, trial.cases):
                values = at(start)
                listener.check_drawn(values)
                at_start = Decider(values, over(start) if over else None)
                try:
                    premises = [at_start.answer(h) for h in tested]
                    if False in premises:
                        continue
                    answer, margin = None, 1.0
                    if None not in premises:
                        answer, margin = at_start.decide(asked)
                except KernelError as reason:
                    raise type(reason)(f"{reason}, for {start!r}") from None
                if answer is False:
                    raise KernelError(f"{conclusion} fails for {start!r}")
                listener.check_granted(at_start, start)
                told.append((answer, margin, start))
            if not told:
                reject()
            _, margin, start = min(told, key=lambda one: one[1])
            return [answer for answer, _, _ in told], margin, start

        known = ", ".join(name for name in self.given if name in granted)
        made = survived(str(conclusion), trials, holds, f"granted: {known}" if known else "")
        listener.check_asked(conclusion)
        return made

    def _shown(
        self,
        what: str,
        existence: Term,
        at: Mapping[Term, Any],
        by: Iterable[Theorem],
        given: Iterable[Term],
    ) -> Theorem:
        given = list(given)
        watched(self, at, given)
        witness = witnessed(existence, *(at.get(v, v) for v in self.for_all))
        facts, shown = [*getattr(at, "facts", ()), *by], []
        for part in witness.hypotheses:
            for conjunct in part.args if part.op == "and" else (part,):
                try:
                    shown.append(entails(given, conjunct, facts))
                except NotProved as reason:
                    values = f"the values {dict(at)} do not {what} the claim"
                    raise KernelError(f"{values}: {conjunct} is not shown. {reason}") from None
        return entails(given, existence, [witness, *shown])


def _is_plain(formula: Term) -> bool:
    """Whether z3 alone soon proves a formula, whatever its functions are."""
    with suppress(NotProved):
        entails([], formula, rlimit=PLAIN)
        return True
    return False


def for_each(
    universal: Term,
    *variables: Term,
    given: Iterable[Term] = (),
    by: Iterable[Theorem] = (),
    hints: Iterable[Theorem] = (),
) -> Theorem:
    """given |- `universal`, a statement forall k. P(k): P follows at the symbols `variables`."""
    return generalize(entails(given, instance(universal, *variables).goal, by, hints), *variables)


def refuted_at(universal: Term, *values: Any, by: Iterable[Theorem] = ()) -> Theorem:
    """Not `universal` (a statement forall x. P(x)), because P fails at the values."""
    return entails([], negation(universal), [witnessed(negation(universal), *values), *by])
