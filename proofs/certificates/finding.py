"""Finds certificates for queries: splits cases, and ends each by a sum of products.

Nothing here is trusted: proofs/replay.py judges what comes out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from sympy import QQ

from proofs.certificates.identities import (
    Effort, Equations, Monomial, Polynomial, degree, evaluated, factors, identity, multiplied, plus,
    primitive, scaled, solved_equations,
)  # fmt: skip
from proofs.replay import Assertions, Refused, dual, tree

QUICK = [Effort(1), Effort(2)]
USUAL = [*QUICK, Effort(2, 3), Effort(1, signs=3)]
UNSPLIT = [Effort(1, 8, 1), Effort(2, 6, 1)]
RANGES = [*QUICK, Effort(1, 2)]
LEARNING = [Effort(1, signs=3), Effort(2), Effort(1, 10)]
SIGNS = [Effort(1, signs=4, above=2), Effort(2, signs=4, above=1)]
LATER = [
    Effort(2, signs=4, above=2),
    Effort(2, 8, signs=4),
    Effort(1, 8, signs=4, above=1),
    Effort(2, 8, 1, signs=3, above=1),
]
HARD = [Effort(1, 8, 3), Effort(2, 20), Effort(2, 12, 1), Effort(3, 12), Effort(3, 20, 1)]


Learnt = tuple[set[int], int, list[str]]  # what was known, a literal more, what closes its denial


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
        self.point: tuple[Equations, dict[Monomial, float]] = solved_equations([]), {}

    def stated(self, n: int) -> tuple[str, Polynomial] | str:
        """What a literal says: an operation and a polynomial, or a name."""
        says = self.by_number()[n - n % 6]
        if isinstance(says, str):
            return says if n % 6 == 0 else f"(not {says})"
        sign, op = OPS[n % 6]
        return op, primitive({m: sign * QQ(c.numerator, c.denominator) for m, c in says})[0]

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
        solved = solved_equations(equations)
        values = [(multiplied(p, p) if op == "distinct" else p, op != ">=") for op, p in facts]
        for effort in efforts:
            if len(facts) > (200, 200, 30, 12)[effort.factors]:
                continue
            if time.process_time() > self.until:
                raise NotFound("time")
            found = identity(values, solved, effort, self.until)
            if isinstance(found, dict):
                if found and not effort.signs:
                    self.point = solved, found
            else:
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
        if words := self.unsplit(f, known):
            return words
        if isinstance(f, int):
            return self.leaf(known)
        if depth == 0:
            raise NotFound("too many cases")
        clauses = f[1] if f[0] == "and" else [f]
        clause = min(clauses, key=lambda c: (self.holds(c), len(list(atoms(c)))))
        n = next(atoms(clause))
        yes = self.case(f, known, {n}, depth - 1)
        if self.closes(yes, f, known):
            return yes
        return ["?", self.text(n), *yes, *self.case(f, known, {dual(n)}, depth)]

    def unsplit(self, f: Any, known: set[int]) -> list[str] | None:
        """The words that close a case without a split; more is tried where no clause is false at
        the point at which all comes true that was tried before.
        """
        words = self.sum(known, USUAL)
        return words or (
            None if isinstance(f, int) or not self.holds(f) else self.sum(known, UNSPLIT)
        )

    def holds(self, f: Any) -> bool:
        """Whether a formula is true at that point."""
        if not isinstance(f, int):
            return (all if f[0] == "and" else any)(map(self.holds, f[1]))
        solved, values = self.point
        if isinstance(says := self.stated(f), str) or not values:
            return False
        value = evaluated(solved.substituted(says[1]), values)
        return {">": value > 1e-6, ">=": value > -1e-6, "=": abs(value) < 1e-6}.get(
            says[0], abs(value) > 1e-6
        )

    def leaf(self, known: set[int]) -> list[str]:
        """A case in which nothing is left to split but signs."""
        if words := self.sum(known, SIGNS):
            return words
        learnt = list[Learnt]()
        now, words = known, None
        for found in (self.within_ranges, self.consequences):
            for new in found(now):
                learnt.append(new)
                now = self.having(now, new[1])
                if words := self.sum(now, QUICK[:1]):
                    break
            if words := words or self.sum(now, QUICK):
                break
        words = words or (
            (self.sum(now, SIGNS) if learnt else None)
            or self.sum(now, LATER[:1])
            or self.signs(now, 1)
            or self.sum(now, LATER[1:])
            or self.sum(now, HARD)
            or self.signs(now, 2)
        )
        if not words:
            raise NotFound("; ".join(self.text(n) for n in sorted(now - {1})))
        return self.used(learnt, 1, words)

    def used(self, learnt: list[Learnt], f: Any, words: list[str]) -> list[str]:
        """The words, behind those for what is learnt and used."""
        for before, n, closing in reversed(learnt):
            if self.closes(words, f, before):
                continue
            if n % 6 == 4:
                words = ["?", self.text(n), *words, *closing]
            else:
                words = ["?", self.text(n ^ 1), *closing, *words]
        return words

    def having(self, known: set[int], n: int) -> set[int]:
        """All that is known with a literal more; nothing if that contradicts."""
        self.query.work = 0
        f, more = self.query.propagated(1, known, {n})
        return more if f else set()

    def closing(self, known: set[int], n: int, efforts: list[Effort]) -> list[str] | None:
        """The words that close the case of a literal more."""
        more = self.having(known, n)
        return self.sum(more, efforts) if more else []

    def within_ranges(self, known: set[int]) -> Iterator[Learnt]:
        """What variables, and products of a few of them, are between."""
        said = [s for s in map(self.stated, sorted(known - {1})) if not isinstance(s, str)]
        for p in bounds([p for op, p in said if op in (">", ">=")]):
            n = self.query.formula(tree(relation(">=", p))[0])
            about = {v for m in p for v in m}
            near = {k for k in known if about & set(self.variables(k)) or degree(p) == 1} | {1}
            if n < 2 or n in known:
                continue
            words = self.closing(near, n ^ 1, QUICK[:1] if degree(p) == 1 else RANGES)
            if words is not None:
                yield known, n, words
                known = self.having(known, n)

    def consequences(self, known: set[int]) -> Iterator[Learnt]:
        """Literals whose denial a sum of products closes."""
        for _ in range(2):
            before = known
            for up, down in self.candidates(known):
                for n in (up ^ 1, down ^ 1, up, down, up - up % 6 + 4):
                    zero_is_left = {up ^ 1, down ^ 1} <= known
                    if {n, n ^ 1} & known or (n % 6 == 4 and not zero_is_left):
                        continue
                    words = self.closing(known, n ^ 1, LEARNING)
                    if words is not None:
                        yield known, n, words
                        known = self.having(known, n)
                        if not known:
                            return
            if known == before:
                return

    def variables(self, n: int) -> Iterator[str]:
        says = self.stated(n)
        return iter(()) if isinstance(says, str) else (v for m in says[1] for v in m)

    def signs(self, known: set[int], depth: int) -> list[str] | None:
        """Cases by the sign of a factor, each closed by a sum."""
        for up, down in self.candidates(known):
            for n in (up, down ^ 1):
                if n in known or n ^ 1 in known:
                    continue
                found = []
                for new in (n, n ^ 1):
                    words = self.closing(known, new, QUICK if depth > 1 else SIGNS)
                    if words is None and depth > 1 and (more := self.having(known, new)):
                        words = self.signs(more, depth - 1)
                    if words is None:
                        break
                    if self.closes(words, 1, known):
                        return words
                    found.append(words)
                else:
                    return ["?", self.text(n), *found[0], *found[1]]
        return None

    def candidates(self, known: set[int]) -> list[tuple[int, int]]:
        """Literals p > 0 and p < 0: of what is known not to be 0, of factors, and of variables."""
        said = [s for s in map(self.stated, sorted(known - {1})) if not isinstance(s, str)]
        solved = solved_equations([p for op, p in said if op == "="])
        polynomials = [p for op, p in said if op == "distinct"]
        sides = [q for _, p in said for q in (p, solved.substituted(p))]
        for p in sides + [plus({lead: 1}, value, -1) for lead, value, _ in solved.rules]:
            polynomials += [f for f in factors(p) if f != p]
        polynomials += [{(v,): 1} for v in sorted({v for _, p in said for m in p for v in m})]
        pairs = [
            [self.query.formula(tree(relation(op, p))[0]) for op in (">", "<")] for p in polynomials
        ]
        found = {min(p): (p[0], p[1]) for p in pairs if min(p) > 1 and not known & set(p)}
        return list(found.values())[:24]

    def certificate(self) -> str:
        f, known = self.query.propagated(("and", self.query.formulas), {1}, {1})
        if f == 0:
            return ""
        if words := self.unsplit(f, known):
            return " ".join(words)
        learnt = [] if isinstance(f, int) else list(self.within_ranges(known))
        now, new = (learnt[-1][0], {learnt[-1][1]}) if learnt else (known, set[int]())
        return " ".join(self.used(learnt, f, self.case(f, now, new, 14)))


def atoms(f: Any) -> Iterator[int]:
    if isinstance(f, int):
        yield f
    else:
        for part in f[1]:
            yield from atoms(part)


def bounds(known: list[Polynomial]) -> list[Polynomial]:
    """What is >= 0 where variables, and products of a few of them, keep to their ranges."""
    ends: dict[tuple[str, ...], tuple[Any, Any]] = {}  # the least and the greatest, None where none

    def narrowed(m: tuple[str, ...], low: Any, high: Any) -> None:
        old = ends.get(m, (None, None))
        lows, highs = (
            [x for x in pair if x is not None] for pair in zip(old, (low, high), strict=True)
        )
        ends[m] = max(lows, default=None), min(highs, default=None)

    linear = [p for p in known if all(len(m) < 2 for m in p)]
    for _ in range(3):
        for p in linear:
            for m, c in p.items():
                # c m >= - the rest, and the rest is at most its greatest value
                rest = [
                    (d, ends.get(n, (None, None))[d > 0]) for n, d in p.items() if n not in ((), m)
                ]
                if not m or any(end is None for _, end in rest):
                    continue
                end = -(p.get((), 0) + sum(d * e for d, e in rest)) / QQ(c)
                narrowed(m, *((end, None) if c > 0 else (None, end)))
    products = {m[:k] for p in known for m in p for k in range(2, min(len(m), 7) + 1)}
    for m in sorted(products, key=lambda m: (len(m), m)):
        first, last = ends.get(m[:-1], (None, None)), ends.get(m[-1:], (None, None))
        if None not in (*first, *last):
            values = [x * y for x in first for y in last]
            narrowed(m, 0 if m[0] == m[-1] and len(m) == 2 else min(values), max(values))
    return [
        {k: c for k, c in {m: sign, (): -sign * end}.items() if c}
        for m, pair in sorted(ends.items(), key=lambda e: (len(e[0]), e[0]))
        for sign, end in zip((1, -1), pair, strict=True)
        if end is not None
    ]
