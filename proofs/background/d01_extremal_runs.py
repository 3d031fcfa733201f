"""Runs of which d1 speaks: in equal strides down Huber's loss, and one step on others."""

from collections.abc import Mapping
from typing import Any

from proofs.claims import Witness
from proofs.lemmas.descents import Run, descent, obeys, there_is
from proofs.lemmas.inner_products import norm_scaling
from proofs.losses.huber import clipped, huber
from proofs.prelude import *
from proofs.witnesses import ParticularLoss

W, u, (r, alpha, lipschitz, bend) = (
    function("W", N >> V),
    vector("u"),
    real("r alpha lipschitz bend"),
)
k, n = natural("k n")
h = alpha * lipschitz
HUBER = huber(u, bend, lipschitz)
RUN = obeys(W, descent(r * u, HUBER.gradient, alpha))
POSITIVE = [norm(u) == 1, lipschitz > 0, alpha > 0, r > 0]
FAR = [*POSITIVE, bend > 0, bend * (n * h + 1) <= r]  # so far that n strides end before the bend


def place(k: Term | int) -> Term:
    """u.W(k): r, less k strides."""
    x: Term = r - k * h * bend
    return x


def on_the_slope() -> Theorem:
    """The slope is at its greatest at place(k) u, where k <= n."""
    x, at = real("x"), clipped(inner(u, place(k) * u))
    same = entails([norm(u) == 1], inner(u, x * u) == x)
    there = substitute(same, {x: place(k)})
    far = entails([*FAR, k <= n], place(k) >= bend)
    return entails([*FAR, k <= n], at == bend, by=[there, far])


def in_equal_strides() -> Theorem:
    """W(n) = place(n) u: by induction on the steps."""

    def placed(k: Term | int) -> Term:
        return implies(k <= n, W(k) == place(k) * u)

    here, step = place(k) * u, instance(RUN[1], k)
    moves = replaced(lambda w: W(k + 1) == w - alpha * HUBER.gradient(w), W(k), here)
    slope = clipped(inner(u, here))
    strides = replaced(lambda s: W(k + 1) == here - alpha * (lipschitz * s * u), slope, bend)
    arrives = W(k + 1) == place(k + 1) * u
    given = [*FAR, *RUN, k <= n, W(k) == here]
    onwards = entails(given, arrives, by=[step, moves, strides, on_the_slope()])
    after = entails([*FAR, *RUN, placed(k)], placed(k + 1), by=[onwards])
    begins = entails(RUN, placed(0))
    always = by_induction(placed, begins, after, k)
    return entails([*FAR, *RUN], W(n) == place(n) * u, by=[instance(always, n)])


def where_it_ends() -> Theorem:
    """The loss and the length of the gradient at W(n), and |W(0)|."""
    x, start = place(n), r * u

    def at(w: Term) -> Term:
        low = HUBER(w) == lipschitz * (x * bend - bend**2 / 2)
        return all_of(low, norm(HUBER.gradient(w)) == lipschitz * bend)

    known = [entails([norm(u) == 1], inner(u, x * u) == x), substitute(on_the_slope(), {k: n})]
    there = entails(FAR, at(x * u), by=known)
    end = entails([*FAR, *RUN], at(W(n)), by=[there, in_equal_strides(), replaced(at, x * u, W(n))])
    far = entails([norm(u) == 1, r >= 0], norm(start) == r, by=[norm_scaling(r, u)])
    begins = replaced(lambda w: norm(w) == r, start, W(0))
    return entails([*FAR, *RUN], end.goal & (norm(W(0)) == r), by=[end, far, begins])


def attained_on_huber(share: int, existence: Term) -> Theorem:
    """There is a run as the formula `existence` says: on Huber's loss that bends at r / (share n h
    + 1), for share = 1 or 2.
    """
    sooner = {bend: r / (share * n * h + 1)}
    loss = HUBER.where(sooner)
    far = substitute(entails([*POSITIVE, bend == sooner[bend]], FAR[4] & FAR[5]), sooner)
    known = [loss.smooth(), loss.steady(), loss.convex(), loss.least()]
    facts = [far, substitute(where_it_ends(), sooner), *known]
    run = descent(r * u, loss.gradient, alpha)
    there = witnessed(existence, loss.value, loss.gradient, loss.modulus, W, zero)
    parts = [entails([*POSITIVE, *obeys(W, run)], part, by=facts) for part in there.hypotheses]
    shown = entails([*POSITIVE, *obeys(W, run)], existence, by=[there, *parts])
    return there_is(W, run, shown)


# --------------------------------------------------------------------- one step, on other losses
def same_at(loss: ParticularLoss, point: Term, value: Term) -> Theorem:
    """{point = value} |- so have the loss, the gradient's length and the point's."""

    def alike(w: Term) -> Term:
        slope = norm(loss.gradient(w)) == norm(loss.gradient(value))
        return all_of(loss(w) == loss(value), slope, norm(w) == norm(value))

    same = replaced(alike, value, point)
    return entails([point == value], same.goal, by=[evaluate(alike(value)), same])


def one_step_from_e1(of: ParticularLoss, rate: Any, after: Any, symbols: Mapping[str, Term]) -> Run:
    """On the loss `of` one step with the learning rate `rate` leads from e1 to `after` times e1."""
    run, points = descent(e1, of.gradient, rate), symbols["points"]
    begins, moves = obeys(points, run)
    there = replaced(lambda w: points(1) == w - rate * of.gradient(w), points(0), e1)
    arrived = entails([begins, moves], points(1) == after * e1, by=[instance(moves, 0), there])
    facts = [arrived, same_at(of, points(0), e1), same_at(of, points(1), after * e1)]
    convexity = [of.convex] if "convex" in of.facts else []
    values = {"alpha": rate, "points": points, "steps": 1}
    at = Witness({symbols[part]: value for part, value in values.items()}, [*facts, *convexity])
    loss = {part: symbol for part, symbol in symbols.items() if part not in values}
    return of.at(e1, **loss) | at, points, run
