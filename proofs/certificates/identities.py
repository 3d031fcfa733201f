"""Looks for a sum of products of known facts that is 0 as a polynomial, and yet should be > 0.

The facts are polynomials known to be > 0, >= 0 or = 0. Equations that give a variable are used up
first. Then linear programming looks for multipliers of the products of a few facts, and of squares:
where it finds none it gives each monomial a value with which all facts and products come true, and
a square that comes out negative with these values is the next one to be tried.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import combinations, combinations_with_replacement
from math import gcd, lcm
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix
from sympy import QQ, ring
from sympy.polys.matrices import DomainMatrix

Monomial = tuple[str, ...]
Polynomial = dict[Monomial, Any]  # the coefficients are int or of QQ, and not 0
ONE: Polynomial = {(): 1}


def multiplied(p: Polynomial, q: Polynomial) -> Polynomial:
    result: Polynomial = {}
    for m, c in p.items():
        for n, d in q.items():
            both = tuple(sorted(m + n)) if m and n else m or n
            result[both] = result.get(both, 0) + c * d
    return {m: c for m, c in result.items() if c}


def plus(p: Polynomial, q: Polynomial, factor: Any = 1) -> Polynomial:
    result = dict(p)
    increase(result, q, factor)
    return result


def increase(p: Polynomial, q: Polynomial, factor: Any = 1) -> None:
    """p becomes p + factor q."""
    for m, c in q.items():
        if total := p.get(m, 0) + factor * c:
            p[m] = total
        else:
            p.pop(m, None)


def scaled(p: Polynomial, factor: Any) -> Polynomial:
    return {m: factor * c for m, c in p.items()}


def degree(p: Polynomial) -> int:
    return max(map(len, p), default=0)


def quotient(p: Polynomial, lead: Monomial, value: Polynomial) -> tuple[Polynomial, Polynomial]:
    """p = q (lead - value) + rest, with no multiple of the monomial `lead` in the rest."""
    q: Polynomial = {}
    rest: Polynomial = {}
    while p:
        by: Polynomial = {}
        for m, c in p.items():
            left = without(m, lead)
            if left is None:
                increase(rest, {m: c})
            else:
                by[left] = c
        increase(q, by)
        p = multiplied(by, value)
    return q, rest


@dataclass
class Column:
    """A product that may stand in the sum: facts by their numbers, and a square."""

    polynomial: Polynomial
    strict: bool
    facts: tuple[int, ...] = ()
    square: Polynomial | None = None


Parts = dict[int, Polynomial]  # how a polynomial is made of the equations, by their numbers


class Equations:
    """Equations, numbered, as rules that replace a monomial by a polynomial.

    First each is solved for a variable where one occurs once and alone; then comes Buchberger's
    algorithm, up to a size.
    """

    def __init__(self, equations: Iterable[Polynomial]):
        self.seen: dict[Monomial, Polynomial] = {}
        self.rules: list[tuple[Monomial, Polynomial, Parts]] = []
        self.false: Parts | None = None  # of the number 1, if the equations contradict each other
        rest = [(e, {i: ONE}) for i, e in enumerate(equations)]
        while best := min(solvable(rest), default=None):
            *_, k, x = best
            e, parts = rest.pop(k)
            self.rules.append(rule(e, parts, (x,)))
            rest = [r for p, made in rest if (r := self.reduced(p, made))[0]]
        solved, pairs = len(self.rules), rest
        while pairs and len(self.rules) < solved + 12 and not self.false:
            pairs.sort(key=lambda r: (degree(r[0]), len(r[0])), reverse=True)
            e, parts = self.reduced(*pairs.pop())
            if degree(e) == 0:
                self.false = {i: scaled(p, QQ(1) / e[()]) for i, p in parts.items()} if e else None
                continue
            new = rule(e, parts, max(e, key=lambda m: (len(m), m)))
            for old in self.rules[solved:]:
                both = least_multiple(new[0], old[0])
                if len(both) < len(new[0]) + len(old[0]) and len(both) < 9:
                    pairs.append(difference(both, new, old))
            self.rules.append(new)

    def reduced(self, p: Polynomial, parts: Parts) -> tuple[Polynomial, Parts]:
        """What the rules leave of p, and how that is made, where p is made of `parts`."""
        parts, again = dict(parts), True
        while again:
            again = False
            for lead, value, made in self.rules:
                q, p = quotient(p, lead, value)
                if q:
                    again = True
                    combine(parts, made, q, -1)
        return p, {i: r for i, r in parts.items() if r}

    def normal(self, m: Monomial) -> Polynomial:
        if m not in self.seen:
            self.seen[m] = self.reduced({m: 1}, {})[0]
        return self.seen[m]

    def substituted(self, p: Polynomial) -> Polynomial:
        result: Polynomial = {}
        for m, c in p.items():
            increase(result, self.normal(m), c)
        return result


@lru_cache(200)
def kept(equations: tuple[tuple[tuple[Monomial, Any], ...], ...]) -> Equations:
    return Equations(map(dict, equations))


def solved_equations(equations: Iterable[Polynomial]) -> Equations:
    return kept(tuple(tuple(e.items()) for e in equations))


def combine(parts: Parts, made: Parts, by: Polynomial, sign: int) -> None:
    for i, p in made.items():
        increase(parts.setdefault(i, {}), multiplied(p, by), sign)


def rule(e: Polynomial, parts: Parts, lead: Monomial) -> tuple[Monomial, Polynomial, Parts]:
    by = QQ(1) / e[lead]
    value = scaled({m: c for m, c in e.items() if m != lead}, -by)
    return lead, value, {i: scaled(p, by) for i, p in parts.items()}


def difference(
    both: Monomial, one: tuple[Monomial, Polynomial, Parts], two: tuple[Monomial, Polynomial, Parts]
) -> tuple[Polynomial, Parts]:
    """Two rules for a common multiple of their monomials, as an equation: the S-polynomial."""
    p: Polynomial = {}
    parts: Parts = {}
    for (lead, value, made), sign in ((one, -1), (two, 1)):
        by = {without(both, lead) or (): 1}
        p = plus(p, multiplied(value, by), sign)
        combine(parts, made, by, -sign)
    return p, parts


def least_multiple(m: Monomial, n: Monomial) -> Monomial:
    return tuple(sorted((Counter(m) | Counter(n)).elements()))


def solvable(rest: list[tuple[Polynomial, Parts]]) -> Iterator[tuple[bool, int, int, int, str]]:
    for k, (e, _) in enumerate(rest):
        for m in e:
            if len(m) == 1 and sum(m[0] in n for n in e) == 1:
                others = degree({n: c for n, c in e.items() if n != m})
                yield others > 1, len(e), others, k, m[0]


def without(m: Monomial, part: Monomial) -> Monomial | None:
    """m / part, if that is a monomial."""
    left = list(m)
    for v in part:
        if v not in left:
            return None
        left.remove(v)
    return tuple(left)


# ------------------------------------------------------------------------------- linear programs
def linear_program(
    columns: list[Column], until: float
) -> tuple[list[Any] | None, dict[Monomial, float]]:
    """Multipliers with which all adds up to 0, >= 0 for the columns and 1 for the strict ones.

    Where there are none: values of the monomials at which no column is < 0, strict ones are > 0.
    """
    rows: dict[Monomial, int] = {}
    entries = [
        (rows.setdefault(m, len(rows)), j, float(c))
        for j, column in enumerate(columns)
        for m, c in column.polynomial.items()
    ]
    size = len(columns)
    entries += [(len(rows), j, 1.0) for j, c in enumerate(columns) if c.strict]
    entries.append((len(rows), size, 1.0))
    i, j, v = zip(*entries, strict=True)
    matrix = coo_matrix((v, (i, j)), shape=(len(rows) + 1, size + 1)).tocsc()
    right = np.zeros(len(rows) + 1)
    right[-1] = 1

    def solve(cost: np.ndarray, slack: float | None) -> Any:
        bounds = [*[(0, None)] * size, (0, slack)]
        limit = max(0.2, until - time.process_time())
        return linprog(
            cost,
            A_eq=matrix,
            b_eq=right,
            bounds=bounds,
            method="highs-ds",
            options={"time_limit": limit},
        )

    cost = np.zeros(size + 1)
    cost[-1] = 1
    found = solve(cost, None)
    if found.x is None or found.status != 0:
        return None, {}
    if found.x[-1] > 1e-6:
        return None, {m: -found.eqlin.marginals[k] for m, k in rows.items()}
    cost[:size] = [1 + 0.1 * len(c.polynomial) + 0.5 * len(c.facts) for c in columns]
    simple = solve(cost, 0)
    for x in ([simple.x] if simple.x is not None else []) + [found.x]:
        if exact := repaired(columns, x[:-1]):
            return exact, {}
    return None, {}


def repaired(columns: list[Column], x: np.ndarray) -> list[Any] | None:
    """The rational multipliers near x: exact algebra on those that are not 0."""
    support = [j for j, v in enumerate(x) if abs(v) > 1e-9]
    rows: dict[Monomial, int] = {(): 0}
    for j in support:
        for m in columns[j].polynomial:
            rows.setdefault(m, len(rows))
    table = [[QQ(0)] * (len(support) + 1) for _ in range(len(rows) + 1)]
    for k, j in enumerate(support):
        for m, c in columns[j].polynomial.items():
            table[rows[m]][k] = QQ(c.numerator, c.denominator)
        if columns[j].strict:
            table[-1][k] = QQ(1)
    table[-1][-1] = QQ(1)
    if len(support) > 150:
        return None
    reduced, pivots = DomainMatrix(table, (len(rows) + 1, len(support) + 1), QQ).rref()
    if len(support) in pivots:
        return None
    exact = [QQ(0)] * len(x)
    free = [k for k in range(len(support)) if k not in pivots]
    for k in free:
        near = Fraction(float(x[support[k]])).limit_denominator(1000)
        exact[support[k]] = QQ(near.numerator, near.denominator)
    for r, k in enumerate(pivots):
        values = [reduced[r, n].element for n in (*free, len(support))]
        exact[support[k]] = values[-1] - sum(
            (c * exact[support[n]] for c, n in zip(values, free, strict=False)), QQ(0)
        )
    return exact if min(exact) >= 0 else None


@cache
def fractions(most: int) -> tuple[list[Any], np.ndarray]:
    """The fractions between -1 and 1 whose denominators are not greater, and as floats."""
    exact = sorted({QQ(n, d) for d in range(1, most + 1) for n in range(-d, d + 1)})
    return exact, np.array([float(q) for q in exact])


def near_root(vector: np.ndarray, basis: list[Monomial], denominator: int) -> Polynomial:
    exact, floats = fractions(denominator)
    nearest = abs(floats - (vector / max(abs(vector)))[:, None]).argmin(axis=1)
    return {m: exact[k] for m, k in zip(basis, nearest, strict=True) if exact[k]}


def evaluated(p: Polynomial, values: dict[Monomial, float]) -> float:
    return sum(float(c) * values.get(m, 0.0) for m, c in p.items())


def squares(
    by: Column,
    basis: list[Monomial],
    value: Callable[[Monomial], float],
    equations: Equations,
) -> Iterator[Column]:
    """Squares of sums of the basis, times a product of facts, that are < 0 with these values."""
    factor = [(m, float(c)) for m, c in by.polynomial.items()]
    size = len(basis)
    moments = np.zeros((size, size))
    for i in range(size):
        for k in range(i + 1):
            cell = sum(c * value(tuple(sorted(m + basis[i] + basis[k]))) for m, c in factor)
            moments[i, k] = moments[k, i] = cell
    scale = max(1.0, abs(moments).max())
    tried: list[Polynomial] = []
    for i in range(size):
        for k in range(i):
            worse = abs(moments[i, k]) * 2 > moments[i, i] + moments[k, k] + 1e-7 * scale
            if worse and basis[i] != basis[k]:
                tried.append({basis[i]: 1, basis[k]: -1 if moments[i, k] > 0 else 1})
    tried = tried[:12]
    eigenvalues, vectors = np.linalg.eigh(moments)
    for number in range(min(3, size)):
        if eigenvalues[number] < -1e-8 * scale:
            tried += [near_root(vectors[:, number], basis, d) for d in (2, 6, 40)]
    for p in tried:
        vector = np.array([float(p.get(m, 0)) for m in basis])
        if vector @ moments @ vector < -1e-9 * scale:
            product = equations.substituted(multiplied(by.polynomial, multiplied(p, p)))
            yield Column(product, False, by.facts, p)


def products(facts: list[tuple[Polynomial, bool]], most: int) -> Iterator[Column]:
    for size in range(most + 1):
        for chosen in combinations_with_replacement(range(len(facts)), size):
            p = ONE
            for k in chosen:
                p = multiplied(p, facts[k][0])
            yield Column(p, all(facts[k][1] for k in chosen), chosen)


def with_signs(
    columns: list[Column], facts: list[tuple[Polynomial, bool]], most: int, top: int
) -> list[Column]:
    """The columns, and each times the monomials that are known to be >= 0, up to a degree."""
    numbers = [
        k for k, (p, _) in enumerate(facts) if len(p) == 1 and degree(p) and min(p.values()) > 0
    ]
    monomials = [facts[k] for k in numbers]
    signs = sorted(products(monomials, most), key=lambda by: degree(by.polynomial))
    degrees = [degree(by.polynomial) for by in signs]
    found: dict[Any, Column] = {}
    for column in columns:
        room = max(0, top - degree(column.polynomial))
        for by in signs[: bisect_right(degrees, room)]:
            p, strict = multiplied(column.polynomial, by.polynomial), column.strict & by.strict
            new = Column(p, strict, (*column.facts, *(numbers[k] for k in by.facts)))
            found.setdefault((frozenset(p.items()), strict), new)
    return list(found.values())


def that_cancel(columns: list[Column]) -> list[Column]:
    """The columns without those in which a monomial has one sign in all columns that have it."""
    while True:
        signs: dict[Monomial, set[bool]] = {}
        for column in columns:
            for m, c in column.polynomial.items():
                signs.setdefault(m, set()).add(c > 0)
        alone = {m for m, s in signs.items() if len(s) == 1 and m}
        left = [c for c in columns if not alone & c.polynomial.keys()]
        if len(left) == len(columns):
            return left
        columns = left


def roots(support: Iterable[Monomial]) -> list[Monomial]:
    """Monomials whose squares may meet the support."""
    found: set[Monomial] = {()}
    for m in support:
        if all(m.count(v) % 2 == 0 for v in m):
            found.add(m[::2])
        for size in (1, 2):
            found.update(combinations(m, size) if len(m) < 7 else ())
    return sorted(found, key=lambda m: (len(m), m))


@dataclass(frozen=True)
class Effort:
    """How much is tried: factors in a product, rounds of squares."""

    factors: int
    squares: int = 0
    multiplied: int = 0  # facts in a product with a square
    signs: int = 0  # monomials known to be >= 0 in a product with the others
    above: int = 0  # the degree of these products, above that of the facts


def identity(
    facts: list[tuple[Polynomial, bool]],
    equations: Equations,
    effort: Effort,
    until: float,
) -> tuple[list[tuple[Any, Column]], dict[int, Polynomial]] | dict[Monomial, float]:
    """A sum of products, with multipliers > 0, and the multipliers of the equations.

    Where there is none: values of the monomials at which all that was tried comes true, if known.
    """
    if equations.false:
        less = {i: scaled(p, -1) for i, p in equations.false.items()}
        return [(QQ(1), Column(ONE, True))], less
    known = [(equations.substituted(p), strict) for p, strict in facts]
    columns = list(products(known, effort.factors))
    bys = list(products(known, effort.multiplied))
    for c in columns:
        c.polynomial = equations.substituted(c.polynomial)
    if effort.signs:
        top = max([degree(p) for p, _ in known] + [len(lead) for lead, *_ in equations.rules] + [0])
        if effort.factors == 1:
            columns += [Column(multiplied(p, p), s, (k, k)) for k, (p, s) in enumerate(known)]
        columns = with_signs(columns, known, effort.signs, top + effort.above)
        for c in columns:
            c.polynomial = equations.substituted(c.polynomial)
        if not effort.squares:
            columns = that_cancel(columns)
        bys = with_signs(bys, known, effort.signs, top + effort.above)
        if len(columns) + len(bys) > 8000:
            return {}
    multipliers: list[Any] | None
    for left in range(effort.squares, -1, -1):
        multipliers, values = linear_program(columns, until)
        if multipliers:
            break
        if not left or not values or time.process_time() > until:
            return values
        may = roots(values)
        value = cache(lambda m, values=values: evaluated(equations.normal(m), values))
        new = list[Column]()
        for column in bys:
            fit = [
                m
                for m in may
                if equations.substituted(
                    multiplied(column.polynomial, {tuple(sorted(m + m)): 1})
                ).keys()
                <= values.keys()
            ]
            if fit:
                new += squares(column, fit[:20], value, equations)
        if not new:
            return values
        columns += new
    sums = [(v, c) for v, c in zip(multipliers or (), columns, strict=False) if v]
    total: Polynomial = {}
    for v, c in sums:
        p = multiplied({(): v}, multiplied(c.square, c.square) if c.square else ONE)
        for k in c.facts:
            p = multiplied(p, facts[k][0])
        increase(total, p)
    return sums, equations.reduced(total, {})[1]


def primitive(p: Polynomial) -> tuple[Polynomial, Any]:
    """p as a positive number times a polynomial with whole coefficients."""
    by = QQ(
        gcd(*(int(c.numerator) for c in p.values())), lcm(*(int(c.denominator) for c in p.values()))
    )
    return {m: int((c / by).numerator) for m, c in p.items()}, by


def factors(p: Polynomial) -> list[Polynomial]:
    """The irreducible factors of a polynomial that are not numbers."""
    names = sorted({v for m in p for v in m})
    if not names:
        return []
    of = ring(names, QQ)[0]
    made = of.from_dict(
        {tuple(m.count(v) for v in names): QQ(c.numerator, c.denominator) for m, c in p.items()}
    )
    found = []
    for q, _ in made.factor_list()[1]:
        terms = [
            (tuple(v for v, k in zip(names, powers, strict=True) for _ in range(k)), c)
            for powers, c in q.terms()
        ]
        found.append(dict(terms))
    return [primitive(q)[0] for q in found]
