"""A slope on the real line that is -1 at 0, alpha, ..., n alpha and sags between, and its loss.

Both are sums over k < n, by recursion: of tents on [k alpha, (k + 1) alpha], and of humps, whose
derivatives they are. A last ramp leads from n alpha on to a minimum.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from proofs.lemmas.naturals import nothing_between
from proofs.prelude import *

tents, humps = function("tents humps", (N, R) >> R)
alpha, x, y, z = real("alpha x y z")
k, n = natural("k n")
Statement = Callable[[Any], Term]
Reasons = Iterable[Theorem]
SHORT = [alpha > 0, alpha <= 1]


def bend(x: Term, corner: Term | int = 0) -> Term:
    """max(x - corner, 0)."""
    return maximum(x - corner, 0)


def tent(x: Term) -> Term:
    """min(x, alpha - x), where that is positive, and otherwise 0."""
    value: Term = bend(x) - 2 * bend(x, alpha / 2) + bend(x, alpha)
    return value


def hump(x: Term) -> Term:
    """The loss with the slope `tent`: 0 up to 0, and alpha^2/4 from alpha on."""
    value: Term = bend(x) ** 2 / 2 - bend(x, alpha / 2) ** 2 + bend(x, alpha) ** 2 / 2
    return value


def slope(n: Term | int, x: Term) -> Term:
    """-1, but for n tents and the ramp x - n alpha."""
    value: Term = -1 + tents(n, x) + bend(x, n * alpha)
    return value


def loss(n: Term | int, x: Term) -> Term:
    """Its loss."""
    value: Term = -x + humps(n, x) + bend(x, n * alpha) ** 2 / 2
    return value


# -------------------------------------------------------------------------------- what the sums are
TENTS, HUMPS = (
    [
        forall(R, lambda x: total(0, x) == 0),
        forall(N, R, lambda k, x: total(k + 1, x) == total(k, x) + part(x - k * alpha)),
    ]
    for total, part in ((tents, tent), (humps, hump))
)
GIVEN = [*TENTS, *HUMPS, *SHORT]
PLACE = x - n * alpha


def first(x: Term) -> list[Theorem]:
    """No tents, no humps."""
    return [instance(TENTS[0], x), instance(HUMPS[0], x)]


def following(x: Term) -> list[Theorem]:
    """Of n + 1 tents and humps."""
    return [instance(TENTS[1], n, x), instance(HUMPS[1], n, x)]


def sags_of(part: Statement) -> Theorem:
    """There is a function that is the sum of the first parts, by recursion."""
    return recursion(R, lambda x: 0, lambda k, y, x: y + part(x - k * alpha), R)


def there_are_sags(use: Theorem) -> Theorem:
    """`use` without its hypotheses TENTS and HUMPS: there are such sums."""
    return choose(sags_of(tent), choose(sags_of(hump), use, humps), tents)


# ------------------------------------------------------------------- by induction on their number
def for_every_number(
    holds: Statement, symbols: Sequence[Term], begins: Reasons, goes_on: Reasons
) -> Theorem:
    """holds(n), a statement about all values of the symbols, for every n."""
    base = for_each(holds(0), *symbols, given=GIVEN, by=begins)
    known = [*goes_on, instance(holds(n), *symbols)]
    step = for_each(holds(n + 1), *symbols, given=[*GIVEN, holds(n)], by=known)
    return by_induction(holds, base, step, n)


def of_one(given: Sequence[Term], goal: Term, place: Term = PLACE) -> Theorem:
    """A fact of one tent or hump at z, for z = place."""
    return substitute(entails([*SHORT, *given], goal), {z: place})


@cache
def past() -> Theorem:
    """From n alpha on the tents are 0, and the humps n alpha^2/4."""

    def flat(n: Term | int) -> Term:
        return forall(R, lambda x: implies(
            x >= n * alpha, (tents(n, x) == 0) & (humps(n, x) == n * alpha**2 / 4)
        ))  # fmt: skip

    one = of_one([z >= alpha], (tent(z) == 0) & (hump(z) == alpha**2 / 4))
    return for_every_number(flat, [x], first(x), [*following(x), one])


@cache
def before() -> Theorem:
    """Up to 0 the humps are 0."""

    def flat(n: Term | int) -> Term:
        return forall(R, lambda x: implies(x <= 0, humps(n, x) == 0))

    one = of_one([z <= 0], hump(z) == 0)
    return for_every_number(flat, [x], first(x), [*following(x), one])


@cache
def at_multiples() -> Theorem:
    """At k alpha the tents are 0."""

    def none(n: Term | int) -> Term:
        return forall(N, lambda k: tents(n, k * alpha) == 0)

    place = k * alpha
    one = of_one([(z <= 0) | (z >= alpha)], tent(z) == 0, place - n * alpha)
    known = [*following(place), one, nothing_between(n, k)]
    return for_every_number(none, [k], first(place), known)


@cache
def lowest() -> Theorem:
    """The loss is at least -n (alpha - alpha^2/4) - 1/2."""

    def bounded(n: Term | int) -> Term:
        low = -n * (alpha - alpha**2 / 4) - Fraction(1, 2)
        return forall(R, lambda x: loss(n, x) >= low)

    last = -z + hump(z) + bend(z, alpha) ** 2 / 2
    late = of_one([z >= 0], last >= -(alpha - alpha**2 / 4) - Fraction(1, 2))
    early = of_one([z <= 0], all_of(hump(z) == 0, bend(z) == 0, bend(z, alpha) == 0))
    falls = entails(SHORT, alpha - alpha**2 / 4 >= 0)
    known = [*following(x), late, early, falls, instance(past(), n, x)]
    return for_every_number(bounded, [x], first(x), known)


def last_rise(z: Term) -> Term:
    """The last tent, and the ramp after it."""
    value: Term = tent(z) + bend(z, alpha)
    return value


@cache
def steady() -> Theorem:
    """|slope(n, x) - slope(n, y)| <= |x - y|: the last tent and the ramp begin where the others
    end.
    """

    def lipschitz(n: Term | int) -> Term:
        return forall(R, R, lambda x, y: abs(slope(n, x) - slope(n, y)) <= abs(x - y))

    def parts(x: Term) -> list[Theorem]:
        none = of_one([z <= 0], all_of(tent(z) == 0, bend(z) == 0, bend(z, alpha) == 0), x - edge)
        known = [*following(x), none, instance(past(), n, x)]
        early = entails([*GIVEN, x <= edge], slope(n + 1, x) == slope(n, x), by=known)
        late = entails([*GIVEN, x >= edge], slope(n + 1, x) == last_rise(x - edge) - 1, by=known)
        return [early, late]

    edge = n * alpha
    one = entails(SHORT, abs(last_rise(z) - last_rise(y)) <= abs(z - y))
    ends = entails(GIVEN, slope(n, edge) == -1, by=[instance(past(), n, edge)])
    starts = entails(SHORT, last_rise(0 * alpha) == 0)
    ones = [(x - edge, y - edge), (x - edge, 0 * alpha), (y - edge, 0 * alpha)]
    known = [*parts(x), *parts(y), ends, starts]
    known += [substitute(one, {z: a, y: b}) for a, b in ones]
    known += [instance(lipschitz(n), x, edge), instance(lipschitz(n), y, edge)]
    return for_every_number(lipschitz, [x, y], [*first(x), *first(y)], known)


@cache
def one_is_modelled() -> Theorem:
    """The linear model of a hump errs by at most y^2: each bend by at most half of it."""
    e, f, g, square = real("e f g square")
    errors, bounds = {square: y**2}, []
    for error, corner in ((e, 0 * alpha), (f, alpha / 2), (g, alpha)):
        before, after = bend(z, corner), bend(z + y, corner)
        errors[error] = after**2 / 2 - before**2 / 2 - before * y
        bounds.append(entails([], (errors[error] >= 0) & (2 * errors[error] <= y**2)))
    halves = [(error >= 0) & (2 * error <= square) for error in (e, f, g)]
    summed = substitute(entails(halves, abs(e - 2 * f + g) <= square), errors)
    missed = hump(z + y) - hump(z) - tent(z) * y
    return entails([], abs(missed) <= y**2, by=[summed, *bounds])


@cache
def modelled() -> Theorem:
    """The linear model of n humps errs by at most n y^2."""

    def small(n: Term | int) -> Term:
        return forall(R, R, lambda x, y: (
            abs(humps(n, x + y) - humps(n, x) - tents(n, x) * y) <= n * y**2
        ))  # fmt: skip

    (a, b, c), (p, q, r), (sa, sb, sc) = real("a b c"), real("p q r"), real("sa sb sc")
    totals = [sa == a + p, sb == b + q, sc == c + r]
    errors = [abs(a - b - c * y) <= n * y**2, abs(p - q - r * y) <= y**2]
    added = entails([*totals, *errors], abs(sa - sb - sc * y) <= (n + 1) * y**2)
    values = {a: humps(n, x + y), b: humps(n, x), c: tents(n, x)}
    values |= {p: hump(PLACE + y), q: hump(PLACE), r: tent(PLACE)}
    values |= {sa: humps(n + 1, x + y), sb: humps(n + 1, x), sc: tents(n + 1, x)}
    known = [substitute(added, values), substitute(one_is_modelled(), {z: PLACE})]
    known += [instance(HUMPS[1], n, x + y), *following(x)]
    return for_every_number(small, [x, y], [*first(x), *first(x + y)], known)
