"""Finds certificates for queries: splits cases, and ends each by a sum of products.

Nothing here is trusted: proofs/replay.py judges what comes out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from proofs.certificates.identities import (
    Effort, Equations, Polynomial, factors, identity, multiplied, primitive, scaled,
)  # fmt: skip
from proofs.replay import Assertions, Refused, dual, tree

QUICK = [Effort(1, 1), Effort(2, 1)]
USUAL = [*QUICK, Effort(2, 1, 3)]
HARD = [
    Effort(1, 2, 8, 3),
    Effort(2, 2, 20),
    Effort(2, 2, 12, 1),
    Effort(3, 2, 12),
    Effort(3, 2, 20, 1),
]


class NotFound(Exception):
    """No certificate with this effort."""


def rational_text(c: Any) -> str:
    return str(c) if c.denominator == 1 else f"(/ {c.numerator} {c.denominator})"


def written(p: Polynomial) -> str:
    terms = []
    for m, c in p.items():
        factors = [*([rational_text(c)] if c != 1 or not m else []), *m]
        terms.append(factors[0] if len(factors) == 1 else f"(* {' '.join(factors)})")
    return "0" if not terms else terms[0] if len(terms) == 1 else f"(+ {' '.join(terms)})"


def relation(op: str, p: Polynomial) -> str:
    left = {m: c for m, c in p.items() if c > 0}
    right = {m: -c for m, c in p.items() if c < 0}
    return f"({op} {written(left)} {written(right)})"


OPS = {0: (1, ">"), 1: (-1, ">="), 2: (-1, ">"), 3: (1, ">="), 4: (1, "="), 5: (1, "distinct")}
IMPLIED = {0: (3, 5), 2: (1, 5), 4: (1, 3)}


class Search:
    def __init__(self, text: str, seconds: float):
        self.query = Assertions(text)
        self.until = time.process_time() + seconds

    def stated(self, n: int) -> tuple[str, Polynomial] | str:
        """What a literal says: an operation and a polynomial, or a name."""
        says = self.by_number()[n - n % 6]
        if isinstance(says, str):
            return says if n % 6 == 0 else f"(not {says})"
        sign, op = OPS[n % 6]
        return op, primitive({m: Fraction(sign * c) for m, c in says})[0]

    def by_number(self) -> dict[int, Any]:
        return {n: says for says, n in self.query.numbers.items()}

    def text(self, n: int) -> str:
        s = self.stated(n)
        return s if isinstance(s, str) else relation(*s)

    def closes(self, words: list[str], f: Any, known: set[int]) -> bool:
        self.query.formulas, self.query.work = [f, *sorted(known)], 0
        try:
            self.query.replay(tree(" ".join(words)))
        except (Refused, LookupError, TypeError, ValueError):
            return False
        return True

    def sum(self, known: set[int], efforts: list[Effort]) -> list[str] | None:
        """The words that close a case by a sum of products."""
        implied = {n - n % 6 + k for n in known for k in IMPLIED.get(n % 6, ())}
        literals = [self.stated(n) for n in sorted(known - implied - {1})]
        said = [s for s in literals if not isinstance(s, str)]
        equations = [p for op, p in said if op == "="]
        facts = [(op, p) for op, p in said if op != "="]
        solved = Equations(equations)
        values = [(multiplied(p, p) if op == "distinct" else p, op != ">=") for op, p in facts]
        for effort in efforts:
            if len(facts) > (200, 200, 30, 12)[effort.factors]:
                continue
            if time.process_time() > self.until:
                raise NotFound("time")
            if found := identity(values, solved, effort, self.until):
                sums, multipliers = found
                rows: list[tuple[Polynomial, list[str]]] = []
                for v, c in sums:
                    factors = [relation(*facts[k]) for k in c.facts]
                    if c.square:
                        p, by = primitive(c.square)
                        v *= by * by
                        factors.append(f"(square {written(p)})")
                    rows.append(({(): v}, factors))
                for i, p in multipliers.items():
                    rows.append((p, [relation("=", equations[i])]))
                _, by = primitive(
                    {(str(k), *m): c for k, (p, _) in enumerate(rows) for m, c in p.items()}
                )
                return [
                    *(f"({' '.join([written(scaled(p, 1 / by)), *fs])})" for p, fs in rows),
                    ".",
                ]
        return None

    def case(self, f: Any, known: set[int], new: set[int], depth: int) -> list[str]:
        self.query.work = 0
        f, known = self.query.propagated(f, known, new)
        if f == 0:
            return []
        if words := self.sum(known, USUAL):
            return words
        if isinstance(f, int):
            return self.leaf(known)
        if depth == 0:
            raise NotFound("too many cases")
        clauses = f[1] if f[0] == "and" else [f]
        clause = min(clauses, key=lambda c: len(list(atoms(c))))
        n = next(atoms(clause))
        yes = self.case(f, known, {n}, depth - 1)
        if self.closes(yes, f, known):
            return yes
        return ["?", self.text(n), *yes, *self.case(f, known, {dual(n)}, depth)]

    def leaf(self, known: set[int]) -> list[str]:
        """A case in which nothing is left to split but signs."""
        if words := self.signs(known, 1) or self.sum(known, HARD) or self.signs(known, 2):
            return words
        raise NotFound("; ".join(self.text(n) for n in sorted(known - {1})))

    def signs(self, known: set[int], depth: int) -> list[str] | None:
        """Cases by the sign of a factor, each closed by a sum."""
        for n in self.candidates(known):
            found = []
            for new in (n, n ^ 1):
                self.query.work = 0
                f, more = self.query.propagated(1, known, {new})
                words = [] if f == 0 else self.sum(more, QUICK)
                if words is None and depth > 1:
                    words = self.signs(more, depth - 1)
                if words is None:
                    break
                if self.closes(words, 1, known):
                    return words
                found.append(words)
            else:
                return ["?", self.text(n), *found[0], *found[1]]
        return None

    def candidates(self, known: set[int]) -> list[int]:
        """Literals on the signs of what is known not to be 0, of factors, and of variables."""
        said = [s for s in map(self.stated, sorted(known - {1})) if not isinstance(s, str)]
        solved = Equations([p for op, p in said if op == "="])
        polynomials = [p for op, p in said if op == "distinct"]
        for _, p in said:
            for q in (p, solved.substituted(p)):
                polynomials += [f for f in factors(q) if f != q]
        polynomials += [{(v,): 1} for v in sorted({v for _, p in said for m in p for v in m})]
        found = []
        for p in polynomials:
            weak, strict = (self.query.formula(tree(relation(op, p))[0]) for op in (">=", ">"))
            up, down = strict, self.query.formula(tree(relation("<", p))[0])
            if known & {up, down} or min(up, down) < 2:
                continue
            found += (
                [strict]
                if known & {up ^ 1, down ^ 1} or up + 5 - up % 6 in known
                else [weak, strict]
            )
        return list(dict.fromkeys(found))[:24]

    def certificate(self) -> str:
        return " ".join(self.case(("and", self.query.formulas), {1}, {1}, 14))


def atoms(f: Any) -> Iterator[int]:
    if isinstance(f, int):
        yield f
    else:
        for part in f[1]:
            yield from atoms(part)
