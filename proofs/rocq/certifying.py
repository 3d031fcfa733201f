"""A query and its certificate (see proofs/replay.py) as a lemma: the assertions imply False.

Each literal that unit propagation finds is posed with its proof, each `?` is a `destruct`, and a
case is closed by the sum of products itself: it is > 0 by the signs of its factors, and 0 by `ring`
or `lra`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from proofs.replay import WEAKER, Assertions, Formula, Polynomial, dual, tree

SIGNS = (">", "<=", "<", ">=", "=", "<>")
NO, CASE = ("no_gt", "no_lt", "no_eq"), ("case_gt", "case_lt", "case_eq")
WEAKENED = {0: ("gt_ge", "gt_ne"), 2: ("lt_le", "lt_ne"), 4: ("eq_le", "eq_ge")}
Known = dict[int, str]  # the literals that hold, with their proofs
Pending = list[tuple[str, Formula]]


def rational(c: Any) -> str:
    c = Fraction(c)
    top, bottom = c.numerator, c.denominator
    return f"({top}/{bottom})" if bottom > 1 else f"({top})" if top < 0 else str(top)


def signed(c: Fraction) -> str:
    """A proof of 0 < c, or of c < 0."""
    top, bottom = c.numerator, c.denominator
    if bottom > 1:
        return f"({'positive' if c > 0 else 'negative'} ({top}) {bottom} eq_refl eq_refl)"
    return f"(IZR_lt {f'0 {top}' if c > 0 else f'({top}) 0'} eq_refl)"


def polynomial_text(p: Polynomial) -> str:
    terms = []
    for names, c in sorted(p.items()):
        factors = [rational(c)] if c != 1 or not names else []
        terms.append(" * ".join([*factors, *names]))
    return f"({' + '.join(terms)})" if terms else "0"


def projected(h: str, i: int, n: int) -> str:
    """A proof of the i-th of n conjuncts."""
    for _ in range(i):
        h = f"(proj2 {h})"
    return f"(proj1 {h})" if i < n - 1 else h


def none(refuted: Sequence[str]) -> str:
    """A refutation of a disjunction."""
    *first, last = refuted
    for r in reversed(first):
        last = f"(or_none {r} {last})"
    return last


class Question:
    """The formulas of a query, and how its literals are written."""

    def __init__(self, text: str):
        self.read = Assertions(text)
        self.sorts = {x: s for x, s in self.read.sorts.items() if x[0] == "x"}

    def key(self, n: int) -> Any:
        keys = list(self.read.numbers)
        return keys[n // 6] if n > 1 else None

    def parts(self, n: int) -> tuple[Polynomial, int]:
        """The polynomial of a literal, and its relation."""
        return dict(self.key(n)), n % 6

    def literal(self, n: int) -> str:
        if n < 2:
            return ("False", "True")[n]
        if isinstance(self.key(n), str):
            return f"(~ {self.key(n)})" if n % 2 else str(self.key(n))
        p, k = self.parts(n)
        return f"({polynomial_text(p)} {SIGNS[k]} 0)"

    def formula(self, f: Formula) -> str:
        if isinstance(f, int):
            return self.literal(f)
        sign = " /\\ " if f[0] == "and" else " \\/ "
        return f"({sign.join(map(self.formula, f[1]))})"


class Closing:
    """The script that closes every case by the certificate."""

    def __init__(self, query: Question, certificate: str):
        self.query, self.words = query, tree(certificate)[::-1]
        self.lines, self.fresh = list[str](), 0

    def new(self, kind: str) -> str:
        self.fresh += 1
        return f"{kind}{self.fresh}"

    def pose(self, proof: str) -> str:
        if proof.isidentifier():
            return proof
        name = self.new("K")
        self.lines.append(f"pose proof {proof} as {name}.")
        return name

    def contradiction(self, n: int, this: str, that: str) -> str:
        """From the literals n and not n."""
        way = "no_prop" if isinstance(self.query.key(n), str) else NO[n % 6 // 2]
        return f"({way} {that} {this})" if n % 2 else f"({way} {this} {that})"

    def refuted(self, f: Formula, known: Known) -> str:
        """A proof of f -> False, or nothing."""
        if isinstance(f, int):
            if f == 0:
                return "(fun h : False => h)"
            if f ^ 1 in known and f > 1:
                return f"(fun h => {self.contradiction(f, 'h', known[f ^ 1])})"
            return ""
        each = [self.refuted(g, known) for g in f[1]]
        if f[0] == "or":
            return none(each) if all(each) else ""
        for i, r in enumerate(each):
            if r:
                return f"(fun h => {r} {projected('h', i, len(each))})"
        return ""

    def learn(self, proof: str, f: Formula, known: Known, pending: Pending) -> str:
        """Adds what a formula says: a proof of False, or nothing."""
        if isinstance(f, int):
            if f < 2:
                return proof if f == 0 else ""
            if f in known:
                return ""
            if f ^ 1 in known:
                return self.contradiction(f, proof, known[f ^ 1])
            known[f] = proof = self.pose(proof)
            if not isinstance(self.query.key(f), str):
                ways = zip(WEAKER.get(f % 6, ()), WEAKENED.get(f % 6, ()), strict=True)
                for k, way in ways:
                    weaker = f - f % 6 + k
                    if weaker ^ 1 in known:
                        return self.contradiction(weaker, f"({way} {proof})", known[weaker ^ 1])
                    known.setdefault(weaker, f"({way} {proof})")
            return ""
        if f[0] == "and":
            for i, g in enumerate(f[1]):
                if end := self.learn(projected(proof, i, len(f[1])), g, known, pending):
                    return end
            return ""
        pending.append((proof, f))
        return ""

    def propagated(self, known: Known, pending: Pending) -> str:
        """Unit propagation, to its end: a proof of False, or nothing."""
        progress = True
        while progress:
            size, progress, waiting = len(known), False, list(pending)
            pending.clear()
            for proof, f in waiting:
                assert not isinstance(f, int)
                each = [self.refuted(g, known) for g in f[1]]
                live = [i for i, r in enumerate(each) if not r]
                if not live:
                    return f"({none(each)} {proof})"
                if any(g in known for g in f[1] if isinstance(g, int)):
                    continue
                if len(live) > 1:
                    pending.append((proof, f))
                    continue
                (i,), progress = live, True
                for r in each[:i]:
                    proof = f"(or_right {proof} {r})"
                if each[i + 1 :]:
                    proof = f"(or_left {proof} {none(each[i + 1 :])})"
                if end := self.learn(self.pose(proof), f[1][i], known, pending):
                    return end
            progress = progress or len(known) > size
        return ""

    def case(self, known: Known, pending: Pending, new: Pending) -> None:
        """Writes the proof of False in one case."""
        for proof, f in new:
            if end := self.learn(proof, f, known, pending):
                self.lines.append(f"exact {end}.")
                return
        if end := self.propagated(known, pending):
            self.lines.append(f"exact {end}.")
            return
        if self.words[-1] != "?":
            self.lines.append(self.closed(known))
            return
        split = self.query.read.formula(self.words[-2])
        del self.words[-2:]
        name = self.new("S")
        if isinstance(self.query.key(split), str):
            cases = f"(classic {self.query.key(split)})"
        else:
            p, k = self.query.parts(split)
            cases = f"({CASE[k // 2]} {polynomial_text(p)})"
        if split % 2:
            cases = f"(proj1 (or_comm _ _) {cases})"
        self.lines.append(f"destruct {cases} as [{name} | {name}].")
        for literal in (split, dual(split)):
            self.lines.append("{")
            self.case(dict(known), list(pending), [(name, literal)])
            self.lines.append("}")

    def closed(self, known: Known) -> str:
        """A sum of products that is positive, and 0."""
        total, strict, proof = "", False, ""
        words = list[Any]()
        while (word := self.words.pop()) != ".":
            words.append(word)
        for word in reversed(words):
            text, positive, why = self.product(word, known)
            if not total:
                total, strict, proof = text, positive, why
                continue
            if positive or strict:
                way = "sum_gt" if positive else "sum_ge_gt"
                rest = f"(weak {proof})" if positive and strict else proof
                proof = f"({way} {why} {rest})"
            else:
                proof = f"(sum_ge {why} {proof})"
            total, strict = f"({text} + {total})", positive or strict
        return f"assert (T : 0 < {total}) by exact {proof}. apply (closed T). clear. vanishes."

    def product(self, word: Any, known: Known) -> tuple[str, bool, str]:
        """A product as a text, whether it is > 0 and not only >= 0, and a proof of it."""
        read, (first, *factors) = self.query.read, word
        multiplier = read.real(first)
        if len(factors) == 1 and factors[0][0] == "=":
            n = read.formula(factors[0])
            if n == 1:
                return "0", False, "(Rle_refl 0)"
            scaled, _ = self.query.parts(n)
            q = read.real(("-", *factors[0][1:]))
            by = read.add({}, multiplier, {(): lead_of(q)})
            text = polynomial_text(by)
            proof = f"(zero_ge (times_eq {text} {known[n]}))"
            return f"({text} * {polynomial_text(scaled)})", False, proof
        c, parts = multiplier[()], list[tuple[str, bool, str]]()
        for op, *sides in factors:
            q = read.real(("+" if op == "square" else "-", *sides))
            if op == "square":
                text = polynomial_text(q)
                parts.append((f"({text} * {text})", False, f"(square_ge {text})"))
                continue
            n = read.formula([op, *sides])
            if n == 1:
                c = c * q[()] ** (2 if op == "distinct" else 1) if q else 0
                continue
            (scaled, k), lead = self.query.parts(n), abs(lead_of(q))
            text = polynomial_text(scaled)
            if k == 5:
                c = c * lead * lead
                parts.append((f"({text} * {text})", True, f"(ne_square {known[n]})"))
                continue
            c = c * lead
            turned = text if k in (0, 3) else f"(-1 * {text})"
            way = {0: "", 3: "Rge_le _ _ ", 2: "neg_gt ", 1: "neg_ge "}[k]
            parts.append((turned, k in (0, 2), f"({way}{known[n]})"))
        if not c:
            return "0", False, "(Rle_refl 0)"
        text, strict, proof = rational(c), True, signed(c)
        for more, positive, why in parts:
            if strict and positive:
                proof = f"(mul_gt {proof} {why})"
            else:
                left = f"(weak {proof})" if strict else proof
                right = f"(weak {why})" if positive else why
                proof = f"(mul_ge {left} {right})"
            text, strict = f"({text} * {more})", strict and positive
        return text, strict, proof


def lead_of(p: Polynomial) -> Fraction:
    """By what the replayer divides a polynomial."""
    return Fraction(p[max(p)])


def certified_lemma(text: str, certificate: str) -> tuple[Question, str, str, str]:
    """The query; the binders, the statement and the proof of its lemma."""
    query = Question(text)
    closing = Closing(query, certificate)
    hypotheses = [f"A{i}" for i in range(len(query.read.formulas))]
    formulas = list(query.read.formulas)
    closing.case({}, [], list(zip(hypotheses, formulas, strict=True)))
    binders = " ".join(f"({x} : {'R' if s == 'Real' else 'Prop'})" for x, s in query.sorts.items())
    statement = " -> ".join([*map(query.formula, formulas), "False"])
    intros = f"intros {' '.join([*query.sorts, *hypotheses])}. "
    return query, binders, statement, intros + "\n".join(closing.lines)
