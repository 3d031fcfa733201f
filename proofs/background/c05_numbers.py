"""Numbers of a machine that are m s, where m = size, size + 1, ..., 2 size - 1 and s is a scale:
how far they are apart, and where their neighbours are.

Of two scales one is at least twice the other. With u = 1 / (2 size), other numbers are more than u
m s away from m s; but for (2 size - 1) s / 2, which is just so far below size s, and odd.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from proofs.claims import Witness
from proofs.lemmas.naturals import nothing_between, predecessor
from proofs.prelude import *

size, m, n, h, k = natural("size m n h k")
x, d, r, y, s, t = real("x d r y s t")
Number = Callable[[Term, int], Term]  # number(y, part): see c05
EDGE, REACH = (2 * size - 1) * s / 2, m * s / (2 * size)


def significand(m: Term) -> Term:
    """size <= m < 2 size."""
    return all_of(size <= m, m < 2 * size)


def doubling(s: Term, t: Term) -> Term:
    """Both are positive, and the same or one at least twice the other."""
    return all_of(s > 0, t > 0, any_of(s == t, s >= 2 * t, t >= 2 * s))


def whole(m: Term) -> list[Theorem]:
    """m < 2 size just if m + 1 <= 2 size."""
    return [nothing_between(m, 2 * size), nothing_between(2 * size, m)]


X = [size >= 1, significand(m), doubling(s, t)]


@cache
def apart() -> Theorem:
    """Where |r| = n t, r is m s, or more than REACH away from it, or EDGE."""
    given, place = [*X, significand(n)], n * t
    small = entails(given, REACH < s)
    equal = entails([*given, s == t, m != n], abs(place - m * s) >= s,
                    by=[nothing_between(m, n), nothing_between(n, m)])  # fmt: skip
    above = entails([*given, t >= 2 * s], place - m * s >= s, by=whole(m))
    below = entails([*given, s >= 2 * t], place <= EDGE, by=whole(n))
    edge = entails([*X[:1], *X[1].args, s > 0, y <= EDGE, m * s - y <= REACH], y == EDGE)
    known = [small, equal, above, below, substitute(edge, {y: place})]
    far = any_of(r == m * s, abs(r - m * s) > REACH, r == EDGE)
    positive = entails(
        given, any_of(place == m * s, abs(place - m * s) > REACH, place == EDGE), by=known
    )
    return entails([*given, abs(r) == place], far, by=[positive, small])


@cache
def stays_or_edge() -> Theorem:
    """Where r is as near to m s - d as m s is, and |d| <= REACH / 2: r is m s, or EDGE and just as
    near.
    """
    given, off = [*X, significand(n), abs(r) == n * t], abs(r - (m * s - d))
    close = entails([off <= abs(d), abs(d) <= REACH / 2], abs(r - m * s) <= REACH)
    edge = entails([*X[:1], *X[1].args, s > 0], m * s - EDGE >= REACH)
    tie = entails([y >= REACH, r == m * s - y, off <= abs(d), abs(d) <= REACH / 2], off == abs(d))
    known = [apart(), close, edge, substitute(tie, {y: m * s - EDGE})]
    stays = (r == m * s) | ((r == EDGE) & (off == abs(d)))
    return entails([*given, off <= abs(d), abs(d) <= REACH / 2], stays, by=known)


@cache
def edge_is_odd() -> Theorem:
    """EDGE is not 2 h t, with 2 h for a significand."""
    given, place = [size >= 1, doubling(s, t), significand(2 * h)], 2 * h * t
    parity = entails(
        [2 * h < 2 * size],
        2 * h <= 2 * size - 2,
        by=[nothing_between(h, size), nothing_between(size, h)],
    )
    same = entails([*given, s == t], place > EDGE)
    above = entails([*given, t >= 2 * s], place > EDGE)
    below = entails([*given, s >= 2 * t], place < EDGE, by=[parity])
    return entails(given, place != EDGE, by=[same, above, below])


def chosen(some: Term, use: Theorem, *symbols: Term) -> Theorem:
    """`use`, whose hypotheses say of the symbols what `some` does, under `some` instead."""
    return choose(entails([some], some), use, *symbols)


def stays(claim: Claim, number: Number) -> Theorem:
    """The claim, that r = x: otherwise |r| is EDGE, which is odd."""
    _, powers, at_x, nearest, even = list(claim.given.values())[:5]
    given, products = claim.hypotheses, [number(r, part).args[1] for part in (1, 2)]
    is_x = witnessed(number(x, 1).args[1], m, s)
    near = entails(given, abs(r - (x - d)) <= abs(d), by=[instance(nearest, x), is_x])
    tie = (abs(r) == EDGE) & (abs(r - (x - d)) == abs(d))
    opposites = [stays_or_edge(), substitute(stays_or_edge(), {r: -r, d: -d})]

    uses = []
    for product, symbol, then, by in (
        (products[0], n, (r == x) | tie, [near, *opposites]),
        (products[1], h, ~tie, [edge_is_odd()]),
    ):
        (shape,) = witnessed(product, symbol, t).hypotheses
        known = [powers, *at_x.args, *shape.args]
        double = entails(known, doubling(s, t), by=[instance(powers, s, t)])
        use = entails([*given, *shape.args], then, by=[double, *by])
        uses.append(chosen(product, use, symbol, t))
    positive = instance(powers, s, s)
    short = entails(given, (EDGE > 0) & (abs(r - x) < abs(x)), by=[near, positive])
    return claim.proved(by=[*uses, short, is_x, instance(even, x)])


def moves(claim: Claim, number: Number) -> Theorem:
    """The claim, that r != x: one of the neighbours of x is nearer to x - d."""
    _, powers, _, nearest, *_ = claim.given.values()
    positive = entails(claim.hypotheses, s > 0, by=[instance(powers, s, s)])
    neighbours = [
        ([m == k + 1, size < m], k, s),
        ([m == k + 1, size == m], 2 * k + 1, s / 2),
        ([m + 1 < 2 * size], m + 1, s),
        ([m + 1 == 2 * size], size, 2 * s),
    ]
    whole_numbers, nearer = [nothing_between(k, size), nothing_between(size, k)], []
    for where, significand, scale in neighbours:
        given = [*claim.hypotheses, *where]
        for y in (significand * scale, -significand * scale):
            shape = witnessed(number(y, 1).args[1], significand, scale)
            there = entails(given, number(y, 1), by=[shape, positive, *whole_numbers])
            nearer.append(
                entails(given, instance(nearest, y).goal.args[1], by=[there, instance(nearest, y)])
            )
    use = entails([*claim.hypotheses, m == k + 1], claim.then, by=[*nearer, positive, *whole(m)])
    predecessors = predecessor(m)
    return claim.proved(by=[predecessors, chosen(predecessors.goal.args[1], use, k)])


def exactly(claim: Claim, at: Mapping[Term, Any]) -> Witness:
    """The values, where r = x - d, with what they make true of all scales, all numbers and of 1."""
    facts = []
    for hypothesis in claim.hypotheses:
        formula = claim.but(then=hypothesis).conclusion(at)
        if formula.op == "forall":
            facts.append(for_each(formula, *([s, t] if formula.args[0].op == "forall" else [y])))
        elif formula.op == "or":
            facts.append(witnessed(formula.args[1], 1, 1))
    return Witness(at, facts)
