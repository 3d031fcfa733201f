"""Each rule that was applied as a lemma: the hypotheses, and what they imply, for all symbols.

A premise is used by its lemma; where the kernel takes two formulas for one because they have one
normal form, `bridge` goes from one to the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from proofs.axioms import cosine, exponential, mean_value_theorem
from proofs.kernel.terms import FALSE, TRUE, TRUTH, N, Sort, Term, build, flattened, implies, term
from proofs.rocq.certifying import none, projected
from proofs.rocq.normalizing import joined_up
from proofs.rocq.queries import Queries
from proofs.rocq.reading import Proved
from proofs.rocq.writing import (
    Text, default, dimension, inside_at, name_of, normalized, replaced_by, type_of, symbols,
)  # fmt: skip

# The project's axioms by their names.
LISTED = {
    name: t.goal for t in (mean_value_theorem(), cosine(), exponential()) for name in t.axioms
}
Available = Sequence[tuple[Term, str]]  # formulas with their proofs


@dataclass(eq=False)
class Fact:
    """A formula that unit propagation found, and from which others."""

    formula: Term
    name: str
    proof: str
    of: Sequence[Fact]


class NotWritten(Exception):
    """A rule that is not written for Rocq, or a certificate that is missing."""


class Theorems(Queries):
    """The lemmas of the rules that were applied."""

    def __init__(self, queries: Mapping[str, tuple[str, str]]):
        super().__init__(queries)
        self.made: dict[int, tuple[str, int]] = {}  # the lemma and the dimension of a theorem
        self.axioms: dict[int, frozenset[str]] = {}
        self.unwritten: dict[int, str] = {}

    def theorem(self, proved: Proved) -> str:
        """The name of the lemma that a theorem is."""
        todo = [proved]
        while todo:
            missing = [p for p in todo[-1].premises if id(p) not in self.made]
            if missing:
                todo.append(missing[0])
            else:
                self.write(todo.pop())
        return self.made[id(proved)][0]

    def write(self, p: Proved) -> None:
        free = symbols(*p.hypotheses, p.goal)
        d = max(map(dimension, (*p.hypotheses, p.goal, *p.given)))
        d = max([d, *(self.made[id(q)][1] for q in p.premises)])
        binders = " ".join(f"({name_of(s)} : {type_of(s.sort)})" for s in free)
        text = Text()
        statement = " -> ".join(text.formula(f) for f in (*p.hypotheses, p.goal))
        available = [(h, f"_h{i}") for i, h in enumerate(p.hypotheses)]
        names = [*map(name_of, free), *(name for _, name in available)]
        self.axioms[id(p)] = frozenset().union(*(self.axioms[id(q)] for q in p.premises))
        if p.rule == "axiom":
            if p.named not in LISTED or normalized(p.goal) is not normalized(LISTED[p.named]):
                raise NotWritten(f"{p.named} is no axiom of the project")
            name = "_".join(p.named.split())
            self.axioms[id(p)] = frozenset([name])
            if ("axiom", name) not in self.known:
                self.known["axiom", name] = name
                self.lines.append(f"Axiom {name} : {statement}.")
            self.made[id(p)] = name, 0
            return
        made = ("theorem", binders, statement, d)
        if made not in self.known:
            self.scope = set(free)
            self.posed = list[str]()
            script = getattr(self, p.rule)(p, available)
            intros = f"intros {' '.join(names)}. " if names else ""
            proof = intros + " ".join([*self.posed, script])
            self.known[made] = self.lemma("thm", binders, statement, proof, d)
        self.made[id(p)] = self.known[made], d

    # What rules have in common.

    def bridge(self, a: Term, b: Term, proof: str) -> str:
        """A proof of b from one of a, which has the same normal form."""
        if a is b:
            return proof
        if normalized(a) is not normalized(b):
            raise NotWritten(f"{Text().formula(a)} is not {Text().formula(b)}")
        there, back = self.iff(a), self.iff(b)
        proof = f"(proj1 {there} {proof})" if there else proof
        return f"(proj2 {back} {proof})" if back else proof

    def provided(self, h: Term, available: Available) -> str:
        """A proof of a hypothesis of a premise."""
        for f, name in available:
            if f is h:
                return name
        if normalized(h) is TRUE:
            return f"(proj2 {self.iff(h)} I)"
        for f, name in available:
            if normalized(f) is normalized(h):
                return self.bridge(f, h, name)
        raise NotWritten(f"no proof of {Text().formula(h)}")

    def pose(self, terms: Iterable[Term]) -> None:
        """Gives symbols on which nothing depends here some value."""
        for s in symbols(*terms):
            if s not in self.scope:
                self.scope.add(s)
                value = f"{default(s.sort)} : {type_of(s.sort)}"
                self.posed.append(f"pose ({name_of(s)} := {value}).")

    def used(self, p: Proved, proofs: Iterable[str], values: Mapping[Term, Term] = {}) -> str:
        """A premise, applied to the values of its symbols and the proofs of its hypotheses."""
        args = []
        for s in symbols(*p.hypotheses, p.goal):
            if s in values:
                args.append(Text().of(values[s], s.sort))
                continue
            self.pose([s])
            args.append(name_of(s))
        applied = [self.made[id(p)][0], *args, *proofs]
        return f"({' '.join(applied)})" if len(applied) > 1 else applied[0]

    def proved(self, p: Proved, available: Available) -> str:
        """A premise whose hypotheses are at hand."""
        return self.used(p, [self.provided(h, available) for h in p.hypotheses])

    def implication(self, p: Proved) -> tuple[Term, str]:
        """A premise as a formula, as the kernel has it, and its proof."""
        formula = implies(*p.hypotheses, p.goal)
        if not p.hypotheses:
            return formula, self.used(p, [])
        parts = flattened("and", p.hypotheses)
        each, i = list[str](), 0
        for h in p.hypotheses:
            width = len(h.args) if h.op == "and" else 1
            own = [projected("_p", j, len(parts)) for j in range(i, i + width)]
            each.append(reduce(lambda b, a: f"(conj {a} {b})", own[::-1]))
            i += width
        return formula, f"(fun _p => {self.used(p, each)})"

    # The rules.

    def evaluate(self, p: Proved, available: Available) -> str:
        return f"exact {self.provided(p.goal, available)}."

    def identical(self, p: Proved, available: Available) -> str:
        if normalized(p.goal) is TRUE:
            return self.evaluate(p, available)
        (left, s), (right, t) = (self.cong(a, ()) for a in p.goal.args)
        same = self.quotients(left, right, p.hypotheses, [name for _, name in available])
        return f"exact {joined_up(s, joined_up(same, f'(eq_sym {t})' if t else ''))}."

    def square_nonnegative(self, p: Proved, available: Available) -> str:
        return "apply inner_nonnegative."

    def archimedes(self, p: Proved, available: Available) -> str:
        return "apply archimedean."

    def entails(self, p: Proved, available: Available) -> str:
        premises = [(h, self.provided(h, available)) for h in p.given]
        premises += [self.implication(q) for q in p.premises]
        if p.place:
            return f"apply NNPP. intro _n. exact {self.query(p, premises)}."
        return self.propagation(p, premises)

    def propagation(self, p: Proved, premises: Available) -> str:
        """Modus ponens, as `propagates` in runner/substance.py goes, told of its reasons."""
        facts: dict[Term, Fact] = {}
        for f, proof in premises:
            there = self.iff(f)
            facts.setdefault(
                normalized(f),
                Fact(normalized(f), "", f"(proj1 {there} {proof})" if there else proof, ()),
            )
        denied = f"(proj1 {self.iff(p.goal, (), False)} _n)"
        refuted = normalized(build("not", TRUTH, p.goal))
        facts.setdefault(refuted, Fact(refuted, "", denied, ()))
        while FALSE not in facts:
            by_denial = {normalized(build("not", TRUTH, f)): fact for f, fact in facts.items()}
            found: dict[Term, Fact] = {}
            for f, fact in facts.items():
                parts = flattened("or", [f])
                left = [q for q in parts if q not in by_denial]
                if len(left) < 2:
                    self.found(fact, parts, left, by_denial, found)
            new = {f: fact for f, fact in found.items() if f not in facts}
            if not new:
                raise NotWritten("unit propagation ends")
            facts |= new
        return "apply NNPP. intro _n. " + self.written(facts[FALSE])

    def found(
        self, fact: Fact, parts: Sequence[Term], left: Sequence[Term],
        by_denial: Mapping[Term, Fact], found: dict[Term, Fact],
    ) -> None:  # fmt: skip
        """What is left of a clause, and the parts of that."""
        reasons = [fact, *(by_denial[q] for q in parts if q in by_denial)]
        at_hand = [f for f in reasons if f is not fact]

        def refutation(q: Term) -> str:
            g = by_denial[q]
            return f"(fun _q => proj2 {self.iff(g.formula, (), False)} _q {{{id(g)}}})"

        if not left:
            if len(parts) == 1 and fact.formula is FALSE:
                return
            proof = f"({none([refutation(q) for q in parts])} {{{id(fact)}}})"
            found.setdefault(FALSE, Fact(FALSE, "", proof, reasons))
            return
        (q,), proof = left, f"{{{id(fact)}}}"
        i = next(i for i, part in enumerate(parts) if part is q)
        for r in parts[:i]:
            proof = f"(or_right {proof} {refutation(r)})"
        if rest := parts[i + 1 :]:
            proof = f"(or_left {proof} {none([refutation(r) for r in rest])})"
        if q.op != "and":
            found.setdefault(q, Fact(q, "", proof, [fact, *at_hand]))
            return
        whole = Fact(q, "", proof, [fact, *at_hand])
        for j, part in enumerate(q.args):
            projection = projected(f"{{{id(whole)}}}", j, len(q.args))
            found.setdefault(part, Fact(part, "", projection, [whole]))

    def written(self, end: Fact) -> str:
        """The facts that the last one needs, each posed, and the last one as the proof."""
        lines = list[str]()

        def pose(fact: Fact) -> None:
            if fact.name:
                return
            for reason in fact.of:
                pose(reason)
            names = {f"{{{id(reason)}}}": reason.name for reason in fact.of}
            proof = fact.proof
            for mark, name in names.items():
                proof = proof.replace(mark, name)
            if fact is end:
                lines.append(f"exact {proof}.")
                return
            fact.name = f"_f{len(lines)}"
            lines.append(f"assert ({fact.name} : {Text().formula(fact.formula)}) by exact {proof}.")

        pose(end)
        return " ".join(lines)

    def instance(self, p: Proved, available: Available) -> str:
        formula, *values = p.given
        self.pose(values)
        (parent,) = p.premises or (None,)
        proof = self.proved(parent, available) if parent else self.provided(formula, available)
        given = inside_at("forall", formula, values)
        args = " ".join(Text().of(v, s) for v, s in zip(values, bound_sorts(formula), strict=False))
        return f"exact {self.bridge(given, p.goal, f'({proof} {args})')}."

    def witnessed(self, p: Proved, available: Available) -> str:
        formula, *values = p.given
        self.pose(values)
        proof = self.provided(inside_at("exists", formula, values), available)
        sorts = bound_sorts(formula)
        args = ", ".join(Text().of(v, s) for v, s in zip(values, sorts, strict=False))
        return f"exists {args}. exact {proof}."

    def generalize(self, p: Proved, available: Available) -> str:
        (parent,), variables = p.premises, p.given
        self.scope |= set(variables)
        inside = [h for h in parent.hypotheses if h.free & set(variables)]
        opened = inside_at("forall", p.goal, variables)
        intros = f"intros {' '.join(map(name_of, variables))}. "
        if inside:
            intros += "intro _p. "
            conjuncts = flattened("and", inside)
            premise, opened = opened.args
            parts = premise.args if len(conjuncts) > 1 else (premise,)
            more = [(f, projected("_p", i, len(parts))) for i, f in enumerate(parts)]
            available = [*available, *more, *together(inside, more)]
        return f"{intros}exact {self.bridge(parent.goal, opened, self.proved(parent, available))}."

    def choose(self, p: Proved, available: Available) -> str:
        (existence, use), chosen = p.premises, p.given
        exists = self.proved(existence, available)
        formula = inside_at("exists", existence.goal, chosen)
        self.scope |= set(chosen)
        pattern = reduce(lambda b, c: f"[{name_of(c)} {b}]", reversed(chosen), "_c")
        parts = formula.args if formula.op == "and" else ()
        more = [(f, projected("_c", i, len(parts))) for i, f in enumerate(parts)]
        rest = self.proved(use, [*available, (formula, "_c"), *more])
        return f"destruct {exists} as {pattern}. exact {self.bridge(use.goal, p.goal, rest)}."

    def substitute(self, p: Proved, available: Available) -> str:
        (parent,) = p.premises
        table = dict(zip(p.given[::2], p.given[1::2], strict=True))
        self.pose(table.values())
        proofs = [self.provided(replaced_by(h, table), available) for h in parent.hypotheses]
        proof = self.used(parent, proofs, table)
        return f"exact {self.bridge(replaced_by(parent.goal, table), p.goal, proof)}."

    def replaced(self, p: Proved, available: Available) -> str:
        y, body, a, b = p.given
        equation = self.provided(build("==", TRUTH, a, b), available)
        if y.sort == N:
            there, back = self.pushed(a, ()), self.pushed(b, ())
            equation = f"(INR_eq _ _ (eq_trans {there} (eq_trans {equation} (eq_sym {back}))))"
        known = self.provided(replaced_by(body, {y: a}), available)
        statement = f"(fun {name_of(y)} : {type_of(y.sort)} => {Text().formula(body)})"
        left, right = Text().of(a, y.sort), Text().of(b, y.sort)
        proof = f"(eq_ind {left} {statement} {known} {right} {equation})"
        return f"exact {self.bridge(replaced_by(body, {y: b}), p.goal, proof)}."

    def by_induction(self, p: Proved, available: Available) -> str:
        (base, step), (n, k, claim) = p.premises, p.given
        at_zero = replaced_by(claim, {k: term(0)})
        after = replaced_by(claim, {k: n + 1})
        first = self.bridge(base.goal, at_zero, self.proved(base, available))
        self.scope.add(n)
        assumed = [*available, (replaced_by(claim, {k: n}), "_p")]
        then = self.bridge(step.goal, after, self.proved(step, assumed))
        statement = f"(fun {name_of(k)} : nat => {Text().formula(claim)})"
        cases = f"{{ exact {first}. }} {{ intros {name_of(n)} _p. exact {then}. }}"
        return f"apply (nat_induction {statement}). {cases}"

    def recursion(self, p: Proved, available: Available) -> str:
        over = (len(p.given) - 4) // 2  # how many variables there are beside k
        w, (first, k, y, *x, following) = p.given[:over], p.given[over:]
        s = p.goal.data[1].output
        start = Text().of(replaced_by(first, dict(zip(w, x, strict=True))), s)
        binders = "".join(f" ({name_of(v)} : {type_of(v.sort)})" for v in x)
        step = f"(fun ({name_of(k)} : nat) ({name_of(y)} : {type_of(s)}) => "
        step += f"{Text().of(following, s)})"
        value = f"(nat_rect (fun _ => {type_of(s)}) {start} {step} _k)"
        return (
            f"exists (fun (_k : nat){binders} => {value}). "
            "split; intros; [reflexivity | exact (nat_rect_next _ _ _)]."
        )


def bound_sorts(formula: Term) -> list[Sort]:
    """The sorts of the variables that quantifiers bind, the outermost first."""
    sorts = list[Sort]()
    while formula.op in ("forall", "exists", "defined"):
        if formula.op != "defined":
            sorts.append(formula.data[1])
        formula = formula.args[0]
    return sorts


def together(inside: Sequence[Term], parts: Available) -> Available:
    """Hypotheses that were conjunctions, of which `parts` has the conjuncts in order."""
    made, i = list[tuple[Term, str]](), 0
    for h in inside:
        width = len(h.args) if h.op == "and" else 1
        own = [proof for _, proof in parts[i : i + width]]
        made.append((h, reduce(lambda b, a: f"(conj {a} {b})", own[::-1])))
        i += width
    return made
