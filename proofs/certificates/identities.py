"""Looks for a sum of products of known facts that is 0 as a polynomial, and yet should be > 0.

The facts are polynomials known to be > 0, >= 0 or = 0. Equations that give a variable are used up
first. Then linear programming looks for multipliers of the products of a few facts, and of squares:
where it finds none it gives each monomial a value with which all facts and products come true, and
a square that comes out negative with these values is the next one to be tried.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from math import gcd, lcm
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix
from sympy import QQ, ring
from sympy.polys.matrices import DomainMatrix

Monomial = tuple[str, ...]
Polynomial = dict[Monomial, Any]  # the coefficients are int or Fraction, and not 0
ONE: Polynomial = {(): 1}


def multiplied(p: Polynomial, q: Polynomial) -> Polynomial:
    result: Polynomial = {}
    for m, c in p.items():
        for n, d in q.items():
            both = tuple(sorted(m + n))
            result[both] = result.get(both, 0) + c * d
    return {m: c for m, c in result.items() if c}


def plus(p: Polynomial, q: Polynomial, factor: int | Fraction = 1) -> Polynomial:
    result = dict(p)
    for m, c in q.items():
        result[m] = result.get(m, 0) + factor * c
    return {m: c for m, c in result.items() if c}


def scaled(p: Polynomial, factor: int | Fraction) -> Polynomial:
    exact = {m: factor * c for m, c in p.items()}
    return {m: c.numerator if c.denominator == 1 else c for m, c in exact.items()}


def degree(p: Polynomial) -> int:
    return max(map(len, p), default=0)


def quotient(p: Polynomial, x: str, value: Polynomial) -> tuple[Polynomial, Polynomial]:
    """p = q (x - value) + rest, with no x in the rest; `value` has none."""
    by_power: dict[int, Polynomial] = {}
    for m, c in p.items():
        by_power.setdefault(m.count(x), {})[tuple(v for v in m if v != x)] = c
    q: Polynomial = {}
    above: Polynomial = {}
    for k in range(max(by_power, default=0), 0, -1):
        above = plus(by_power.get(k, {}), multiplied(value, above))
        q = plus(q, {tuple(sorted((*m, *(x,) * (k - 1)))): c for m, c in above.items()})
    return q, plus(by_power.get(0, {}), multiplied(value, above))


@dataclass
class Column:
    """A product that may stand in the sum: facts by their numbers, and a square."""

    polynomial: Polynomial
    strict: bool
    facts: tuple[int, ...] = ()
    square: Polynomial | None = None


class Equations:
    """Equations, numbered, each solved for a variable where one occurs once and alone."""

    def __init__(self, equations: list[Polynomial]):
        self.values: list[tuple[str, Polynomial, dict[int, Polynomial]]] = []
        self.rest = [(e, {i: ONE}) for i, e in enumerate(equations)]
        while best := min(self.solvable(), default=None):
            *_, k, x = best
            e, made_of = self.rest.pop(k)
            by = 1 / Fraction(e[(x,)])
            value = scaled({m: c for m, c in e.items() if m != (x,)}, -by)
            made_of = {i: scaled(p, by) for i, p in made_of.items()}
            self.values.append((x, value, made_of))
            left = []
            for other, parts in self.rest:
                q, remainder = quotient(other, x, value)
                parts = dict(parts)
                for i, p in made_of.items():
                    parts[i] = plus(parts.get(i, {}), multiplied(q, p), -1)
                if remainder:
                    left.append((remainder, parts))
            self.rest = left

    def solvable(self) -> Iterator[tuple[bool, int, int, int, str]]:
        for k, (e, _) in enumerate(self.rest):
            for m in e:
                if len(m) == 1 and sum(m[0] in n for n in e) == 1:
                    others = degree({n: c for n, c in e.items() if n != m})
                    yield others > 1, len(e), others, k, m[0]

    def substituted(self, p: Polynomial) -> Polynomial:
        for x, value, _ in self.values:
            if any(x in m for m in p):
                p = quotient(p, x, value)[1]
        return p

    def lifted(self, total: Polynomial, extra: dict[int, Polynomial]) -> dict[int, Polynomial]:
        """Multipliers of the equations that make up for `total`, with those for `rest` given."""
        multipliers: dict[int, Polynomial] = {}

        def use(parts: dict[int, Polynomial], q: Polynomial, sign: int) -> None:
            for i, p in parts.items():
                multipliers[i] = plus(multipliers.get(i, {}), multiplied(p, q), sign)

        for k, p in extra.items():
            use(self.rest[k][1], p, 1)
        for x, value, parts in self.values:
            q, total = quotient(total, x, value)
            use(parts, q, -1)
        return {i: p for i, p in multipliers.items() if p}


def without(m: Monomial, part: Monomial) -> Monomial | None:
    """m / part, if that is a monomial."""
    left = list(m)
    for v in part:
        if v not in left:
            return None
        left.remove(v)
    return tuple(left)


def multiples(
    equations: list[Polynomial], support: set[Monomial], rounds: int
) -> list[tuple[int, Polynomial]]:
    """The equations, by number, times monomials that make them meet the support."""
    found: dict[tuple[int, Monomial], Polynomial] = {}
    top = max(map(len, support), default=0)
    for _ in range(rounds):
        new: set[Monomial] = set()
        for i, e in enumerate(equations):
            for m in support:
                for part in e:
                    by = without(m, part)
                    if by is None or (i, by) in found or len(by) + degree(e) > max(top, degree(e)):
                        continue
                    found[i, by] = multiplied(e, {by: 1})
                    new |= set(found[i, by])
                    if len(found) > 1200:
                        return [(k[0], {k[1]: 1}) for k in found]
        support = new
    return [(i, {by: 1}) for i, by in found]


# ------------------------------------------------------------------------------- linear programs
def linear_program(
    columns: list[Column], free: list[Polynomial], until: float
) -> tuple[list[Fraction] | None, dict[Monomial, float]]:
    """Multipliers with which all adds up to 0, >= 0 for the columns and 1 for the strict ones.

    Where there are none: values of the monomials at which no column is < 0, strict ones are > 0.
    """
    polynomials = [*(c.polynomial for c in columns), *free]
    rows: dict[Monomial, int] = {}
    entries = [
        (rows.setdefault(m, len(rows)), j, float(c))
        for j, p in enumerate(polynomials)
        for m, c in p.items()
    ]
    count, size = len(columns), len(polynomials)
    entries += [(len(rows), j, 1.0) for j, c in enumerate(columns) if c.strict]
    entries.append((len(rows), size, 1.0))
    i, j, v = zip(*entries, strict=True)
    matrix = coo_matrix((v, (i, j)), shape=(len(rows) + 1, size + 1)).tocsc()
    right = np.zeros(len(rows) + 1)
    right[-1] = 1

    def solve(cost: np.ndarray, slack: float | None) -> Any:
        bounds = [*[(0, None)] * count, *[(None, None)] * len(free), (0, slack)]
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
    cost[:count] = [1 + 0.1 * len(c.polynomial) + 0.5 * len(c.facts) for c in columns]
    simple = solve(cost, 0)
    for x in ([simple.x] if simple.x is not None else []) + [found.x]:
        if exact := repaired(columns, polynomials, x[:-1]):
            return exact, {}
    return None, {}


def repaired(
    columns: list[Column], polynomials: list[Polynomial], x: np.ndarray
) -> list[Fraction] | None:
    """The rational multipliers near x: exact algebra on those that are not 0."""
    support = [j for j, v in enumerate(x) if abs(v) > 1e-9]
    rows: dict[Monomial, int] = {(): 0}
    for j in support:
        for m in polynomials[j]:
            rows.setdefault(m, len(rows))
    table = [[QQ(0)] * (len(support) + 1) for _ in range(len(rows) + 1)]
    for k, j in enumerate(support):
        for m, c in polynomials[j].items():
            table[rows[m]][k] = QQ(c.numerator, c.denominator)
        if j < len(columns) and columns[j].strict:
            table[-1][k] = QQ(1)
    table[-1][-1] = QQ(1)
    if len(support) > 150:
        return None
    reduced, pivots = DomainMatrix(table, (len(rows) + 1, len(support) + 1), QQ).rref()
    if len(support) in pivots:
        return None
    exact = [Fraction(0)] * len(x)
    free = [k for k in range(len(support)) if k not in pivots]
    for k in free:
        exact[support[k]] = Fraction(float(x[support[k]])).limit_denominator(1000)
    for r, k in enumerate(pivots):
        row = [reduced[r, n].element for n in (*free, len(support))]
        values = [Fraction(int(e.numerator), int(e.denominator)) for e in row]
        exact[support[k]] = values[-1] - sum(
            (c * exact[support[n]] for c, n in zip(values, free, strict=False)), Fraction(0)
        )
    return exact if all(exact[j] >= 0 for j in range(len(columns))) else None


def near_root(vector: np.ndarray, basis: list[Monomial], denominator: int) -> Polynomial:
    largest = max(abs(vector))
    values = [Fraction(float(v / largest)).limit_denominator(denominator) for v in vector]
    return {m: v for m, v in zip(basis, values, strict=True) if v}


def evaluated(p: Polynomial, values: dict[Monomial, float]) -> float:
    return sum(float(c) * values.get(m, 0.0) for m, c in p.items())


def squares(by: Column, basis: list[Monomial], values: dict[Monomial, float]) -> Iterator[Column]:
    """Squares of sums of the basis, times a product of facts, that are < 0 with these values."""
    size = len(basis)
    moments = np.zeros((size, size))
    for i in range(size):
        for k in range(i + 1):
            cell = multiplied(by.polynomial, {tuple(sorted(basis[i] + basis[k])): 1})
            moments[i, k] = moments[k, i] = evaluated(cell, values)
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
        product = multiplied(by.polynomial, multiplied(p, p))
        if evaluated(product, values) < -1e-9 * scale:
            yield Column(product, False, by.facts, p)


def products(facts: list[tuple[Polynomial, bool]], most: int) -> Iterator[Column]:
    for size in range(most + 1):
        for chosen in combinations_with_replacement(range(len(facts)), size):
            p = ONE
            for k in chosen:
                p = multiplied(p, facts[k][0])
            yield Column(p, all(facts[k][1] for k in chosen), chosen)


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
    """How much is tried: factors in a product, rounds of multiples of equations, and of squares."""

    factors: int
    rounds: int
    squares: int = 0
    multiplied: int = 0  # facts in a product with a square


def identity(
    facts: list[tuple[Polynomial, bool]],
    equations: Equations,
    effort: Effort,
    until: float,
) -> tuple[list[tuple[Fraction, Column]], dict[int, Polynomial]] | None:
    """A sum of products, with multipliers > 0, and the multipliers of the equations."""
    for e, parts in equations.rest:
        if degree(e) == 0:
            by = -1 / Fraction(e[()])
            return [(Fraction(1), Column(ONE, True))], {i: scaled(p, by) for i, p in parts.items()}
    known = [(equations.substituted(p), strict) for p, strict in facts]
    columns = list(products(known, effort.factors))
    bys = list(products(known, effort.multiplied))
    rest = [e for e, _ in equations.rest]
    multipliers: list[Fraction] | None
    for left in range(effort.squares, -1, -1):
        support = {m for c in columns for m in c.polynomial}
        times_equations = multiples(rest, support, effort.rounds)
        free = [multiplied(rest[i], by) for i, by in times_equations]
        multipliers, values = linear_program(columns, free, until)
        if multipliers:
            break
        if not left or not values or time.process_time() > until:
            return None
        may = roots(values)
        new = list[Column]()
        for column in bys:
            fit = [
                m
                for m in may
                if all(tuple(sorted((*n, *m, *m))) in values for n in column.polynomial)
            ]
            if fit and time.process_time() < until:
                new += squares(column, fit[:20], values)
        if not new:
            return None
        columns += new
    sums = [(v, c) for v, c in zip(multipliers or (), columns, strict=False) if v]
    extra: dict[int, Polynomial] = {}
    for v, (i, q) in zip((multipliers or [])[len(columns) :], times_equations, strict=True):
        extra[i] = plus(extra.get(i, {}), q, v)
    total: Polynomial = {}
    for v, c in sums:
        p = multiplied({(): v}, multiplied(c.square, c.square) if c.square else ONE)
        for k in c.facts:
            p = multiplied(p, facts[k][0])
        total = plus(total, p)
    return sums, equations.lifted(total, extra)


def primitive(p: Polynomial) -> tuple[Polynomial, Fraction]:
    """p as a positive number times a polynomial with whole coefficients."""
    by = Fraction(
        gcd(*(c.numerator for c in p.values())), lcm(*(c.denominator for c in p.values()))
    )
    return {m: int(c / by) for m, c in p.items()}, by


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
        found.append({m: Fraction(int(c.numerator), int(c.denominator)) for m, c in terms})
    return [primitive(q)[0] for q in found]
