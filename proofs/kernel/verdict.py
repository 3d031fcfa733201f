"""Claims: variables, named hypotheses, a conclusion; and the verdict that theorems of exactly these
formulas give.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from proofs.kernel.algebra import negation, normal
from proofs.kernel.solver import NotProved
from proofs.kernel.terms import (
    TRUTH,
    KernelError,
    Term,
    all_of,
    bind,
    build,
    implies,
    open_binder,
    term,
)
from proofs.kernel.theorem import Theorem, entails, genuine


@dataclass(frozen=True, kw_only=True, eq=False)
class Claim:
    """For all `for_all`: if `given`, `then`; of the hypotheses, the article leaves out the
    `unsaid`.

    `defines` says what is introduced, where the article defines rather than asserts.
    """

    for_all: Sequence[Term]
    given: Mapping[str, Term] = field(default_factory=dict)
    unsaid: Collection[str] = ()
    then: Term
    defines: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "for_all", tuple(self.for_all))
        object.__setattr__(self, "unsaid", tuple(self.unsaid))
        object.__setattr__(self, "given", MappingProxyType(dict(self.given)))
        if any(term(f, TRUTH).op in ("true", "false") for f in (*self.given.values(), self.then)):
            raise KernelError("the claim collapses: one of its formulas is just `true` or `false`")
        if not set(self.unsaid) <= set(self.given):
            raise KernelError(
                f"unsaid, but not among the hypotheses: {set(self.unsaid) - set(self.given)}"
            )
        if stray := self.closed().free:
            raise KernelError(
                f"{sorted(v.data for v in stray)} occur in the claim and are not among its variables"
            )

    def closed(self, without: str = "") -> Term:
        """The universal closure, with the hypothesis named `without` dropped."""
        if without and without not in self.given:
            raise KernelError(
                f"there is no hypothesis {without!r} to drop, only {list(self.given)}"
            )
        return bind(
            "forall",
            self.for_all,
            implies(*(h for n, h in self.given.items() if n != without), self.then),
        )

    def inhabited(self) -> Term:
        """That the hypotheses hold of something."""
        return bind("exists", self.for_all, all_of(*self.given.values()))


def obligations(t: Term, context: tuple[Term, ...] = ()) -> Iterator[tuple[tuple[Term, ...], Term]]:
    """Each denominator != 0 and root's argument >= 0 in a statement, with the formulas that hold
    where it stands.
    """
    parts: Sequence[Term] = t.args[:1] if t.op == "defined" else t.args
    if t.op in ("forall", "exists", "fun"):
        declared = zip(t.data, t.sort.inputs, strict=True) if t.op == "fun" else [t.data]
        parts = [
            open_binder(
                t.args[0], [build("symbol", s, data=f"{name}'{t.serial}") for name, s in declared]
            )
        ]
    for i, part in enumerate(parts):
        before = (
            parts[:i]
            if t.op in ("and", "implies")
            else map(negation, parts[:i])
            if t.op == "or"
            else ()
        )
        yield from obligations(part, (*context, *before))
    if t.op in ("/", "sqrt"):
        yield context, t.args[1] != 0 if t.op == "/" else t.args[0] >= 0


@dataclass(frozen=True)
class Judgement:
    """What the theorems of a page amount to."""

    verdict: str
    outcomes: dict[str, str]  # of each named claim: proved or refuted
    needed: dict[str, list[str]]  # of each named claim: the hypotheses without which it is refuted
    unsaid: list[str]
    axioms: list[str]


def judge(claims: Mapping[str, Claim], theorems: Mapping[str, Theorem]) -> Judgement:
    """The verdict on `claims["CLAIM"]`: HOLDS; HOLDS_IF, with hypotheses unsaid, each shown to be
    needed; FAILS, with every REPAIR proved; DEFINITION. Raises unless each claim is proved or
    refuted, what is proved is inhabited, each division and root is inside its domain, and each
    theorem shown is one that some claim asks for.
    """
    used: set[str] = set()
    goals = {name: normal(t.goal) for name, t in theorems.items() if not genuine(t).hypotheses}

    def shown(formula: Term, everywhere: bool = False) -> bool:
        proofs = {
            n
            for n in goals
            if goals[n] is normal(formula) and not (everywhere and theorems[n].dimension)
        }
        used.update(proofs)
        return bool(proofs)

    outcomes, needed = {}, {}
    for name, claim in claims.items():
        for context, needs in obligations(claim.closed()):
            try:
                entails(context, needs)
            except NotProved as reason:
                what = (
                    "a denominator that may be zero"
                    if needs.op == "!="
                    else "a root of what may be negative"
                )
                raise KernelError(
                    f"{name} holds {what}: {needs} is not shown there. {reason}"
                ) from None
        proved, refuted = shown(claim.closed(), everywhere=True), shown(negation(claim.closed()))
        if proved is refuted:
            raise KernelError(
                f"{name} is {'both proved and' if proved else 'neither proved nor'} refuted"
            )
        outcomes[name] = "proved" if proved else "refuted"
        needed[name] = [h for h in claim.given if shown(negation(claim.closed(without=h)))]
        if claim.given and not shown(claim.inhabited()) and proved:
            raise KernelError(
                f"no step shows that the hypotheses of {name} hold of anything: {claim.inhabited()}"
            )
        if idle := set(claim.unsaid) - set(needed[name]):
            raise KernelError(
                f"{name}: unsaid by the article and not shown to be needed: {', '.join(sorted(idle))}"
            )
    for name in sorted(theorems.keys() - used):
        if name.startswith(("theorem_", "counterexample_", "inhabited_")):
            raise KernelError(
                f"{name} proves nothing that a claim of the page asks for: {theorems[name]}"
            )
    repairs = [n for n in claims if n.startswith("REPAIR")]
    fails = outcomes["CLAIM"] == "refuted"
    if (fails and not repairs) or any(outcomes[n] == "refuted" for n in repairs):
        raise KernelError(f"the claim fails and has no proved REPAIR: {outcomes}")
    held = (
        "DEFINITION"
        if claims["CLAIM"].defines
        else "HOLDS_IF"
        if claims["CLAIM"].unsaid
        else "HOLDS"
    )
    unsaid = list(dict.fromkeys(h for n in ("CLAIM", *repairs) for h in claims[n].unsaid))
    axioms = sorted(frozenset().union(*(t.axioms for t in theorems.values())))
    return Judgement("FAILS" if fails else held, outcomes, needed, unsaid, axioms)
