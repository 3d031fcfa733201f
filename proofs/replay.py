"""Replays certificates that queries (SMT-LIB: polynomials over the reals) have no model.

    python replay.py DIR      for each query DIR/NAME.smt2 the certificate DIR/NAME.txt

Plain Python; reads data, within bounds. Unit propagation needs no word; for the rest, a sequence of

    ? LITERAL          two cases: first it holds; then, when that case is closed, it does not
    (n FACTOR ...) .   closes a case by products that are, added up, the polynomial 0, and yet > 0:
                       a number n > 0 times squares `(square p)` and inequalities that are known; or
                       `(p EQUATION)`, a polynomial p times an equation that is known
"""

import re
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

SIZE, DEPTH, DEGREE, HUGE, WORK = 1_000_000, 100, 200, 10**300, 1_000_000
# The literals on p and 0, numbered from a multiple of 6 on; 2k and 2k + 1 are opposites.
RELATIONS = {">": 0, "<=": 1, "<": 2, ">=": 3, "=": 4, "distinct": 5}
WEAKER, DUAL = {0: (3, 5), 2: (1, 5), 4: (1, 3)}, {"and": "or", "or": "and"}
Polynomial = dict[tuple[str, ...], Any]  # sorted names to coefficients, rational and not 0
ONE, MINUS = Polynomial({(): 1}), Polynomial({(): -1})
Formula = int | tuple[str, list[Any]]  # a literal (0 false, 1 true) or "and", "or" with formulas


class Refused(Exception):
    """The query or its certificate is malformed or too big, or the certificate shows nothing."""


def demand(condition: object, why: str, *about: object) -> None:
    if not condition:
        raise Refused(" ".join([why, *map(str, about)])[:99])


def tree(text: str) -> list[Any]:
    """The expressions of a text, as tuples in tuples."""
    stack: list[list[Any]] = [[]]
    demand(len(text) <= SIZE, "too long")
    for token in text.replace("(", " ( ").replace(")", " ) ").split():
        if token == "(":
            stack.append([])
            demand(len(stack) < DEPTH, "nested too deep")
        elif token == ")":
            stack[-2].append(tuple(stack.pop()))
        else:
            stack[-1].append(token)
    demand(len(stack) == 1, "a parenthesis is left open")
    return stack[0]


def dual(f: Any) -> Any:
    return f ^ 1 if isinstance(f, int) else (DUAL[f[0]], [dual(g) for g in f[1]])


class Assertions:
    """What a query declares and asserts."""

    def __init__(self, text: str):
        self.work, self.formulas, self.sorts = 0, list[Formula](), {"false": "Bool", "true": "Bool"}
        self.numbers, self.real = dict[Any, int]({"false": 0, "true": 1}), cache(self.expanded)
        for op, *args in tree(text):
            if op == "declare-const":
                new = re.fullmatch(r"x\d{1,9}", args[0]) and args[0] not in self.sorts
                demand(new and args[1:] in (["Real"], ["Bool"]), "declared:", args)
                self.sorts[args[0]] = args[1]
            else:
                demand((op, len(args)) in (("assert", 1), ("check-sat", 0)), "no command:", op)
                self.formulas += map(self.formula, args)

    def spend(self, work: int) -> None:
        self.work += work
        demand(self.work <= WORK, "too much work")

    def add(self, p: Polynomial, q: Polynomial, r: Polynomial) -> Polynomial:
        """p + q r."""
        result = dict(p)
        self.spend(len(p) + len(q) * len(r))
        for m, c in q.items():
            for n, d in r.items():
                names = tuple(sorted(m + n)) if m and n else m or n
                e = result.get(names, 0) + c * d
                if not -HUGE < e.numerator < HUGE > e.denominator or len(names) > DEGREE:
                    raise Refused("a number or a degree is too big")
                result[names] = e if e.denominator > 1 else e.numerator  # an int is quicker
        return result if all(result.values()) else {m: c for m, c in result.items() if c}

    def expanded(self, e: Any) -> Polynomial:
        """The polynomial that a term is."""
        if isinstance(e, str):
            name = self.sorts.get(e) == "Real"
            demand(name or re.fullmatch(r"-?\d{1,300}(\.0)?", e), "no number:", e[:40])
            return {(e,): 1} if name else self.add({}, ONE, {(): int(e.removesuffix(".0"))})
        op, p, *rest = e[0], *map(self.real, e[1:])
        if op == "/" and len(rest) == 1 and set(rest[0]) == {()}:
            return self.add({}, p, {(): Fraction(1) / rest[0][()]})
        demand(op in ("+", "-", "*"), "no operation:", op)
        for q in rest:
            p = self.add({}, p, q) if op == "*" else self.add(p, ONE if op == "+" else MINUS, q)
        return self.add({}, MINUS, p) if op == "-" and not rest else p

    def formula(self, e: Any) -> Any:
        """The formula that an expression is, `not` and `=>` resolved."""
        if isinstance(e, str):
            demand(self.sorts.get(e) == "Bool", "no formula:", e[:40])
            return self.numbers.setdefault(e, 6 * len(self.numbers))
        if e[0] in ("and", "or"):
            return e[0], [self.formula(part) for part in e[1:]]
        if e[0] in ("not", "=>"):
            *premise, last = map(self.formula, e[1:])
            demand(len(e) == (2 if e[0] == "not" else 3), "wrong number of operands:", *e)
            return ("or", [dual(premise[0]), last]) if premise else dual(last)
        p, relation = self.real(("-", *e[1:])), RELATIONS[e[0]]
        demand(len(e) == 3, "wrong number of operands:", *e)
        if set(p) <= {()}:
            c = p.get((), 0)
            return int([c > 0, c <= 0, c < 0, c >= 0, c == 0, c != 0][relation])
        lead = p[max(p)]
        turned = relation if lead > 0 or relation > 3 else (relation + 2) % 4
        scaled = p.items() if lead == 1 else ((m, Fraction(c) / lead) for m, c in p.items())
        return self.numbers.setdefault(tuple(sorted(scaled)), 6 * len(self.numbers)) + turned

    def product(self, word: Any, known: set[int]) -> tuple[Polynomial, bool]:
        """A product of a certificate, and whether it is > 0."""
        p, factors = self.real(word[0]), word[1:]
        equation = len(factors) == 1 and factors[0][0] == "="
        demand(equation or (set(p) == {()} and p[()] > 0), "the multiplier is no number > 0")
        for op, *sides in factors:
            ok = (equation or op in (">", ">=", "distinct")) and self.formula((op, *sides)) in known
            demand(ok or op == "square", "not known in this case:", op, *sides)
            q = self.real(("+" if op == "square" else "-", *sides))
            p = self.add({}, p, self.add({}, q, q) if op in ("square", "distinct") else q)
        return p, all(op in (">", "distinct") for op, *_ in factors)

    def simplified(self, f: Formula, known: set[int]) -> Formula:
        self.spend(1)
        if isinstance(f, int):
            return 1 if f in known else 0 if f ^ 1 in known else f
        absorbing, parts = int(f[0] == "or"), list[Any]()
        for g in (self.simplified(part, known) for part in f[1]):
            if g == absorbing:
                return absorbing
            if g != 1 - absorbing:
                parts += g[1] if isinstance(g, tuple) and g[0] == f[0] else [g]
        return (f[0], parts) if len(parts) > 1 else parts[0] if parts else 1 - absorbing

    def propagated(self, f: Formula, known: set[int], new: set[int]) -> Any:
        """What is left of f, 0 if it contradicts, and what is known, by unit propagation."""
        while new:
            new = new | {n - n % 6 + k for n in new for k in WEAKER.get(n % 6, ())}
            known = known | new
            self.spend(len(known))
            if any(n ^ 1 in known for n in new):
                return 0, known
            f = self.simplified(f, known)
            parts = f[1] if isinstance(f, tuple) and f[0] == "and" else [f]
            new = {g for g in parts if isinstance(g, int)} - known
        return f, known

    def replay(self, certificate: list[Any]) -> None:
        """Raises Refused unless the certificate closes every case."""
        words, cases = certificate[::-1], [(("and", self.formulas), {1}, {1})]
        while cases:
            f, known = self.propagated(*cases.pop())
            if f == 0:
                continue
            if words[-1] == "?":
                split = self.formula(words[-2])
                cases += [(f, known, {dual(split)}), (f, known, {split})]
                del words[-2:]
                continue
            total, positive = Polynomial(), False
            while (word := words.pop()) != ".":
                p, strict = self.product(word, known)
                total, positive = self.add(total, ONE, p), positive or strict
            demand(positive and not total, "a sum of products that is no contradiction")
        demand(not words, "words behind the end")


def check(query: str, certificate: str) -> None:
    """Raises Refused unless the certificate shows that the query has no model."""
    try:
        Assertions(query).replay(tree(certificate))
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise Refused(f"malformed: {error!r}"[:99]) from None


if __name__ == "__main__":
    refused = 0
    for path in sorted(Path(sys.argv[1]).glob("*.smt2")):
        both, told = (path, path.with_suffix(".txt")), "proved"
        try:
            demand(max(p.stat().st_size for p in both) <= SIZE, "too long")
            check(*(p.read_text(encoding="ascii") for p in both))
        except (OSError, ValueError, Refused) as error:
            refused, told = refused + 1, f"REFUSED: {error}"
        print(path.stem, told)
    sys.exit(refused > 0)
