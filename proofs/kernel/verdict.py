"""Statements with named hypotheses, and the verdict that theorems of just these formulas give."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType

from proofs.kernel.algebra import negation, normal
from proofs.kernel.solver import NotProved
from proofs.kernel.terms import (
    TRUTH, KernelError, Term, all_of, bind, build, implies, open_binder, term,
)  # fmt: skip
from proofs.kernel.theorem import Theorem, entails, genuine


@dataclass(frozen=True, kw_only=True, eq=False)
class Statement:
    """For all `for_all`: if `given`, `then`; the article leaves out the hypotheses `unsaid`.

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
        if nameless := [h for h in self.given if type(h) is not str or not h.strip()]:
            raise KernelError(f"a hypothesis needs a name in words, not {nameless[0]!r}")
        if strange := set(self.unsaid) - set(self.given):
            raise KernelError(f"unsaid, but not among the hypotheses: {strange}")
        if stray := sorted(v.data for v in self.closed().free):
            raise KernelError(f"{stray} occur in the claim and are not among its variables")

    def closed(self, without: str = "") -> Term:
        """The universal closure, with the hypothesis named `without` dropped."""
        if without and without not in self.given:
            raise KernelError(f"there is no hypothesis {without!r} to drop, only {[*self.given]}")
        kept = [h for name, h in self.given.items() if name != without]
        return bind("forall", self.for_all, implies(*kept, self.then))

    def inhabited(self) -> Term:
        """That the hypotheses hold of something."""
        return bind("exists", self.for_all, all_of(*self.given.values()))


def obligations(t: Term, context: tuple[Term, ...] = ()) -> Iterator[tuple[tuple[Term, ...], Term]]:
    """Each denominator != 0 and root's argument >= 0, with the formulas that hold there."""
    parts: Sequence[Term] = t.args[:1] if t.op == "defined" else t.args
    inside, fresh = t, tuple[Term, ...]()
    while inside.op in ("forall", "exists", "fun"):
        fun = inside.op == "fun"
        declared = zip(inside.data, inside.sort.inputs, strict=True) if fun else [inside.data]
        opened = (build("symbol", s, data=f"{name}'{inside.serial}") for name, s in declared)
        inside, fresh = inside.args[0], (*opened, *fresh)
    parts = [open_binder(inside, fresh)] if fresh else parts
    for i, part in enumerate(parts):
        before: Sequence[Term] = parts[:i] if t.op in ("and", "or", "implies") else ()
        known = map(negation, before) if t.op == "or" else before
        yield from obligations(part, (*context, *known))
    if t.op in ("/", "sqrt"):
        yield context, t.args[1] != 0 if t.op == "/" else t.args[0] >= 0


@dataclass(frozen=True)
class Judgement:
    """What the theorems of a page amount to."""

    verdict: str
    outcomes: dict[str, str]  # of each named claim: proved or refuted
    steps: dict[str, list[str]]  # of each named claim: the theorems that say so
    needed: dict[str, list[str]]  # of each named claim: the hypotheses without which it is refuted
    unsaid: list[str]
    axioms: list[str]


class NotJudged(KernelError):
    """All that is `open` on a page: the prefix of a step that would settle it, and what it is."""

    def __init__(self, still_open: Sequence[tuple[str, str]]):
        self.open = tuple(still_open)
        super().__init__("; ".join(told for _, told in self.open))


def judge(claims: Mapping[str, Statement], theorems: Mapping[str, Theorem]) -> Judgement:
    """The verdict on `claims["CLAIM"]`: HOLDS; HOLDS_IF, with hypotheses unsaid, each shown to be
    needed; FAILS, with every REPAIR proved; DEFINITION. Raises NotJudged unless each claim is
    proved or refuted, what is proved is inhabited, each division and root is inside its domain, and
    each theorem shown is one that some claim asks for.
    """
    used, still_open = set[str](), list[tuple[str, str]]()
    goals = {name: normal(t.goal) for name, t in theorems.items() if not genuine(t).hypotheses}

    def shown(formula: Term, everywhere: bool = False) -> list[str]:
        same = [name for name in goals if goals[name] is normal(formula)]
        proofs = [n for n in same if not (everywhere and theorems[n].dimension)]
        used.update(proofs)
        return proofs

    outcomes, steps, needed = dict[str, str](), dict[str, list[str]](), dict[str, list[str]]()
    # A subclass of Statement is not believed: its fields are, as a statement of the kernel's own.
    parts = [f.name for f in fields(Statement)]
    plain = {name: Statement(**{f: getattr(c, f) for f in parts}) for name, c in claims.items()}
    for name, claim in plain.items():
        for context, needs in obligations(claim.closed()):
            try:
                entails(context, needs)
            except NotProved as reason:
                zero = "a denominator that may be zero" if needs.op == "!=" else ""
                what = f"{name} holds {zero or 'a root of what may be negative'}"
                still_open.append(("", f"{what}: {needs} is not shown there. {reason}"))
        proved, refuted = shown(claim.closed(), everywhere=True), shown(negation(claim.closed()))
        if bool(proved) is bool(refuted):
            both = "both proved and" if proved else "neither proved nor"
            still_open.append(("theorem_", f"{name} is {both} refuted"))
        outcomes[name] = "proved" if proved else "refuted"
        steps[name] = proved or refuted
        needed[name] = [h for h in claim.given if shown(negation(claim.closed(without=h)))]
        if claim.given and not shown(claim.inhabited()) and proved:
            holds = f"the hypotheses of {name} hold of anything: {claim.inhabited()}"
            still_open.append(("inhabited_", f"no step shows that {holds}"))
        if idle := [h for h in claim.unsaid if h not in needed[name]]:
            told = f"{name}: unsaid by the article and not shown to be needed: {', '.join(idle)}"
            still_open.append(("counterexample_", told))
    for name in sorted(theorems.keys() - used):
        if name.startswith(("theorem_", "counterexample_", "inhabited_")):
            asked = f"{name} proves nothing that a claim of the page asks for"
            still_open.append(("", f"{asked}: {theorems[name]}"))
    repairs = [n for n in claims if n.startswith("REPAIR")]
    fails = outcomes["CLAIM"] == "refuted"
    failing = [n for n in repairs if steps[n] and outcomes[n] == "refuted"]
    if (fails and steps["CLAIM"] and not repairs) or failing:
        still_open.append(("", f"the claim fails and has no proved REPAIR: {outcomes}"))
    if still_open:
        raise NotJudged(still_open)
    held = "HOLDS_IF" if plain["CLAIM"].unsaid else "HOLDS"
    held = "DEFINITION" if plain["CLAIM"].defines else held
    unsaid = list(dict.fromkeys(h for n in ("CLAIM", *repairs) for h in plain[n].unsaid))
    axioms = sorted(frozenset().union(*(t.axioms for t in theorems.values())))
    return Judgement("FAILS" if fails else held, outcomes, steps, needed, unsaid, axioms)
