"""What a query asserts is what the premises say, and the facts that define its names hold.

The lemma of a query is about any numbers and propositions; here these are the whole parts of the
premises in their normal form, and each assertion is shown to be equivalent to its premise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from proofs.kernel import algebra
from proofs.kernel.terms import TRUTH, N, R, Term, V, build, term
from proofs.replay import Formula, tree
from proofs.rocq.certifying import SIGNS, Question, certified_lemma, lead_of, rational
from proofs.rocq.normalizing import KINDS, MINUS, RHO, Development, State, composed, minus, compared
from proofs.rocq.reading import Proved
from proofs.rocq.writing import Text, normalized

Names = Mapping[str, Term]


class NoCertificate(Exception):
    """A query without one."""


class Queries(Development):
    """Lemmas of queries, and how they are used."""

    def __init__(self, queries: Mapping[str, tuple[str, str]]):
        super().__init__()
        self.queries = queries
        self.asked: dict[str, tuple[Question, str]] = {}

    def query(self, p: Proved, premises: Sequence[tuple[Term, str]]) -> str:
        """A proof of False from the premises and _n, that the goal does not hold."""
        if p.place not in self.queries:
            raise NoCertificate(p.place)
        text, certificate = self.queries[p.place]
        if text not in self.asked:
            query, binders, statement, proof = certified_lemma(text, certificate)
            self.asked[text] = query, self.lemma("query", binders, statement, proof)
        query, name = self.asked[text]
        commands = [e for op, *args in tree(text) if op == "assert" for e in args]
        count = len(commands) - len(premises) - 1
        names = {x: normalized(t) for x, t in p.names.items()}
        values = [self.value(names[x], s) for x, s in query.sorts.items()]
        given = [*map(self.fact_of(p.names, {}), commands[:count]), *premises, (p.goal, "_n")]
        proofs = list[str]()
        for i, (e, (formula, proof)) in enumerate(zip(commands, given, strict=True)):
            last = i == len(commands) - 1
            walk = Walk(self, query, names)
            same = walk.same(formula, not last, e[1] if last else e, query.read.formulas[i])
            proofs.append(f"(proj1 {same} {proof})" if same else proof)
        return f"({' '.join([name, *values, *proofs])})"

    def value(self, t: Term, sort: str) -> str:
        return Text().real(t) if sort == "Real" else Text().formula(t)

    def fact_of(self, names: Names, seen: dict[str, int]) -> Any:
        """What a defining fact says, as a formula, and its proof."""

        def fact(e: list[Any]) -> tuple[Term, str]:
            op, *sides = e
            if op == "=>":
                denominator = sides[0][0] == "distinct"
                t = names[sides[1][1][-1] if denominator else sides[1][1][1]]
                below = t.args[1] if denominator else t.args[0]
                x = Text().real(below)
                if denominator:
                    one = related_by("==", of_two(below, t), term(1))
                    return implication(related_by("!=", below, term(0)), one), f"(inverse_fact {x})"
                square = related_by("==", of_two(t, t), below)
                both = build("and", TRUTH, related_by(">=", t, term(0)), square)
                return implication(related_by(">=", below, term(0)), both), f"(sqrt_fact {x})"
            if op == "=":
                t = names[sides[0][1]]
                (v,) = t.args
                square = build("inner", R, v, v)
                return related_by("==", of_two(t, t), square), f"(norm_square {Text().vector(v)})"
            if op == "or":
                t = names[sides[0][1]]
                each = choices(t)
                formula = build("or", TRUTH, *(related_by("==", t, a) for a in each))
                return formula, either(t)
            t = names[sides[0]]
            if sides[1] == "0":
                return related_by(">=", t, term(0)), nonnegative(t)
            i = seen[sides[0]] = seen.get(sides[0], -1) + 1
            return related_by(op, t, choices(t)[i]), bound(t, i)

        return fact


class Walk:
    """Goes through a formula and what the query says of it side by side."""

    def __init__(self, development: Development, query: Question, names: Names):
        self.development, self.query, self.names = development, query, names

    def same(self, f: Term, positive: bool, e: Any, read: Formula) -> str:
        """A proof of f (or of ~ f) <-> what was read; "" where these are written alike."""
        if f.op == "defined":
            return self.same(f.args[0], positive, e, read)
        if f.op in ("true", "false"):
            return "" if positive else "ltac:(tauto)"
        if f.op == "not":
            if positive:
                return self.same(f.args[0], False, e[1], read)
            return composed("(not_not _)", self.same(f.args[0], True, e[1], read))
        if f.op in ("forall", "exists"):
            return self.quantified(f, positive)
        if f.op in ("and", "or", "implies"):
            assert not isinstance(read, int)
            signs = [positive] * len(f.args)
            if f.op == "implies":
                signs = [not positive, positive]
            parts = zip(f.args, signs, e[1:], read[1], strict=True)
            each = [self.same(*part) or "(iff_refl _)" for part in parts]
            ways = {"and": ("not_and", "iff_and"), "or": ("not_or", "iff_or")}
            way = (ways | {"implies": ("not_implies", "iff_implies")})[f.op][positive]
            *first, last = each
            for one in reversed(first):
                last = f"({way} {one} {last})"
            return last
        assert isinstance(read, int)
        if f.args[0].sort == V:
            return self.vectors(f, positive, e, read)
        if not positive:
            opposite = algebra.negation(f)
            return composed(f"(not_{KINDS[f.op]} _ _)", self.related(opposite, e, read))
        return self.related(f, e, read)

    def quantified(self, f: Term, positive: bool) -> str:
        made = self.development
        if normalized(f).op in ("true", "false"):
            return made.iff(f, (), positive)
        denied = f.op == "exists" and normalized(build("not", TRUTH, f)).op == "forall"
        if denied:
            same = made.iff(f, (), False)
            return f"(iff_not {same})" if positive else same
        same = made.iff(f)
        return same if positive else f"(not_iff_compat {same or '(iff_refl _)'})"

    def vectors(self, f: Term, positive: bool, e: Any, read: int) -> str:
        left, right = f.args
        difference = build("+", V, left, build("scale", V, MINUS, right))
        square = build("inner", R, difference, difference)
        texts = " ".join(Text().vector(a) for a in f.args)
        first = f"(difference_square {texts})"
        equal = f.op == "=="
        if equal != positive:
            first = f"(iff_ne {first})"
        if not equal and not positive:
            first = f"(iff_trans (not_ne _ _) (difference_square {texts}))"
        op = "==" if equal == positive else "!="
        return composed(first, self.related(related_by(op, square, term(0)), e, read))

    def related(self, f: Term, e: Any, read: int) -> str:
        """A proof of a relation between numbers <-> the literal that was read."""
        made = self.development
        (left, p), (right, q) = (made.cong(a, ()) for a in f.args)
        here = build(f.op, TRUTH, left, right)
        same = f"(same {RHO[f.op]} {p or 'eq_refl'} {q or 'eq_refl'})" if p or q else ""
        difference = self.query.read.real(("-", *e[1:]))
        terms = [left, right]
        products = [
            build("*", R, term(Fraction(c)), *(self.names[x] for x in names))
            for names, c in difference.items()
        ]
        leftover = minus(minus(left, right), build("+", R, term(0), *products))
        if read < 2:
            c = Fraction(difference.get((), 0))
            truth = ("False", "True")[read]
            state: State = lambda w: f"{w.formula(here)} <-> {truth}"
            script: State = lambda w: compared(f.op, w.real(left), w.real(right), c, "")
            return composed(same, made.general(terms, (), state, script, leftover))
        scaled_by, k = self.query.parts(read)
        lead = lead_of(difference)
        terms += [self.names[x] for names in scaled_by for x in names]

        def text(w: Text) -> str:
            parts = []
            for names, c in sorted(scaled_by.items()):
                factors = [rational(c)] if c != 1 or not names else []
                parts.append(" * ".join([*factors, *(w.real(self.names[x]) for x in names)]))
            return f"({' + '.join(parts)})"

        state = lambda w: f"{w.formula(here)} <-> {text(w)} {SIGNS[k]} 0"
        script = lambda w: compared(f.op, w.real(left), w.real(right), lead, text(w), lead > 0)
        return composed(same, made.general(terms, (), state, script, leftover))


def related_by(op: str, a: Term, b: Term) -> Term:
    return build(op, TRUTH, a, b)


def of_two(a: Term, b: Term) -> Term:
    return build("*", R, a, b)


def implication(a: Term, b: Term) -> Term:
    return build("implies", TRUTH, a, b)


def choices(t: Term) -> list[Term]:
    """Between which values |x|, or a maximum or minimum, chooses."""
    return [t.args[0], of_two(MINUS, t.args[0])] if t.op == "abs" else list(t.args)


def nonnegative(t: Term) -> str:
    if t.sort == N:
        return f"(inr_nonnegative {Text().nat(t)})"
    kind = "norm" if t.op == "norm" else "inner"
    return f"({kind}_nonnegative {Text().vector(t.args[0])})"


def bound(t: Term, i: int) -> str:
    """A proof that |x|, or a maximum or minimum, is on its side of the i-th value."""
    if t.op == "abs":
        return f"({'abs_below' if i else 'abs_above'} {Text().real(t.args[0])})"
    last = i == len(t.args) - 1
    reflexive = "(Rle_refl _)" if t.op == "min" else "(Req_ge _ _ eq_refl)"
    proof = reflexive if last else f"({t.op}_l _ _)"
    for _ in range(i):
        proof = f"({t.op}_r {proof})"
    return proof


def either(t: Term) -> str:
    """A proof that |x|, or a maximum or minimum, is one of its values."""
    if t.op == "abs":
        return f"(abs_either {Text().real(t.args[0])})"
    texts = [Text().real(a) for a in t.args]
    proof = f"({t.op}_either (fun e => e))"
    for i in range(len(texts) - 3, -1, -1):
        one = " \\/ ".join(f"z = {a}" for a in texts[i + 1 :])
        proof = f"({t.op}_either (fun e => eq_ind_r (fun z => {one}) {proof} e))"
    return proof
