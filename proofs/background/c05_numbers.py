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
    """Where x = m s, r is as near to x - d as x is, and |d| <= REACH / 2: r is x, or EDGE and just
    as near.
    """
    given, off = [*X, x == m * s, significand(n), abs(r) == n * t], abs(r - (x - d))
    close = entails([off <= abs(d), abs(d) <= REACH / 2], abs(r - x) <= REACH)
    edge = entails([*X[:1], *X[1].args, s > 0], m * s - EDGE >= REACH)
    tie = entails([y >= REACH, r == x - y, off <= abs(d), abs(d) <= REACH / 2], off == abs(d))
    same = entails([x == m * s], abs(r - x) == abs(r - m * s))
    near = [*X[:1], *X[1].args, s > 0, x == m * s, off <= abs(d), abs(d) <= REACH / 2]
    just = implies(r == EDGE, off == abs(d))
    as_near = entails(near, just, by=[edge, substitute(tie, {y: m * s - EDGE})])
    stays = (r == x) | ((r == EDGE) & (off == abs(d)))
    known = [apart().goal, just, x == m * s, off <= abs(d), abs(d) <= REACH / 2]
    decided = entails(known, stays, by=[same, close])
    return entails([*given, *known[3:]], stays, by=[apart(), as_near, decided])


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
    reach = entails(given, abs(d) <= REACH / 2)
    tie = (abs(r) == EDGE) & (abs(r - (x - d)) == abs(d))
    opposites = [stays_or_edge(), substitute(stays_or_edge(), {r: -r, d: -d, x: -x})]

    def near_or_tie(known: list[Term], double: Theorem) -> list[Theorem]:
        """r is x, or as near as x: for x = m s, and for x = -m s."""
        sides = zip((x == m * s, -x == m * s), opposites, strict=True)
        return [
            entails([*known, side], (r == x) | tie, by=[double, near, reach, rule])
            for side, rule in sides
        ]

    uses = []
    for product, symbol, then in ((products[0], n, (r == x) | tie), (products[1], h, ~tie)):
        (shape,) = witnessed(product, symbol, t).hypotheses
        known = [powers, *at_x.args, *shape.args]
        double = entails(known, doubling(s, t), by=[instance(powers, s, t)])
        by = near_or_tie([*given, *shape.args], double) if symbol is n else [edge_is_odd()]
        use = entails([*given, *shape.args], then, by=[double, *by])
        uses.append(chosen(product, use, symbol, t))
    positive = instance(powers, s, s)
    short = entails(given, (EDGE > 0) & (abs(r - x) < abs(x)), by=[near, positive])
    return claim.proved(by=[*uses, short, is_x, instance(even, x)])


def off_the_mark(sign: int, side: int) -> Theorem:
    """Where x = sign z, and d leads towards y = sign p, which is beyond z on this side, by at most
    2e < 2 |d|: x is not the nearest to x - d.
    """
    p, z, e = real("p z e")
    beyond, nearest = side * (p - z), abs(r - (x - d)) <= abs(sign * p - (x - d))
    given = [x == sign * z, side * sign * d < 0, beyond > 0, beyond <= 2 * e, abs(d) > e, nearest]
    return substitute(entails(given, r != x), {z: m * s, e: REACH})


def moves(claim: Claim, number: Number) -> Theorem:
    """The claim, that r != x: one of the neighbours of x is nearer to x - d."""
    _, powers, _, nearest, *_ = claim.given.values()
    positive = entails(claim.hypotheses, s > 0, by=[instance(powers, s, s)])
    far = entails(claim.hypotheses, abs(d) > REACH)
    neighbours = [
        (-1, [m == k + 1, size < m], k, s),
        (-1, [m == k + 1, size == m], 2 * k + 1, s / 2),
        (1, [m + 1 < 2 * size], m + 1, s),
        (1, [m + 1 == 2 * size], size, 2 * s),
    ]
    whole_numbers, moved = [nothing_between(k, size), nothing_between(size, k)], []
    for side, where, significand, scale in neighbours:
        given, place = [*claim.hypotheses, *where], significand * scale
        beyond = side * (place - m * s)
        close = entails(given, (beyond > 0) & (beyond <= 2 * REACH), by=[positive])
        for sign in (1, -1):
            y = sign * place
            shape = witnessed(number(y, 1).args[1], significand, scale)
            there = entails(given, number(y, 1), by=[shape, positive, *whole_numbers])
            rule = substitute(off_the_mark(sign, side), {real("p"): place})
            known = [instance(nearest, y), there, far, close, rule]
            moved.append(entails([*given, *rule.hypotheses[:2]], claim.then, by=known))
    use = entails([*claim.hypotheses, m == k + 1], claim.then, by=[*moved, positive, *whole(m)])
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
