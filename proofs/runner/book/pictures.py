"""Pictures of counterexamples in one and two dimensions, computed from the witness's own values.

What is drawn is where the claim looks at the loss: the points t of which it says something of L(t),
and the points of a run. A point that moves with a bound number, as in "for all small alpha", is
drawn for some of its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import lookup

import numpy as np
from matplotlib.figure import Figure

from proofs.claims import Claim
from proofs.kernel import N, R, Term, V
from proofs.kernel.terms import build, open_binder, term
from proofs.runner.book.drawing import svg_of
from proofs.runner.book.values import NoPicture, sequences, value
from proofs.runner.printing import text

Seen = tuple[Claim, Mapping[Term, Any], Sequence[Term]]
LOSSES = ("L", "f")  # the symbols of a loss on the pages
STARTS, RUNS, DIRECTIONS = ("w0", "theta"), ("W", "x", "theta"), ("u", "v")
STEPS = 12  # of a run
SMALL = [0.1, 0.25, 0.5, 1.0, 1.5, 2.0]  # values of a bound number
LETTERS = ("alpha", "beta", "delta", "epsilon", "eta", "theta", "xi", "mu")
GREEK = {name: lookup(f"GREEK SMALL LETTER {name.upper()}") for name in LETTERS}


@dataclass(frozen=True)
class Mark:
    """Points of the plane that are one thing: a point of the claim, a ray, a run."""

    label: str
    points: list[tuple[float, float]]
    kind: str  # point, least, ray or run


def picture(seen: Seen | None) -> dict[str, str] | None:
    """The picture of a witness: SVG and what it shows in words; None where there is none."""
    if seen is None:
        return None
    claim, at, given = seen
    loss = next((s for s in at if s.data in LOSSES and s.sort in (V >> R, R >> R)), None)
    if loss is None:
        return None
    try:
        with np.errstate(all="ignore"):
            known = {s: value(term(x), {}) for s, x in at.items() if not term(x).free}
            known |= sequences(given, known)
            known |= {s: value(term(x), known) for s, x in at.items() if term(x).free <= {*known}}
            marks = list(each_once(found(claim, loss, known)))
            if loss not in known or not any(mark.points for mark in marks):
                return None
            return drawn_picture(text(term(at[loss])), known[loss], loss, marks)
    except (NoPicture, ArithmeticError, TypeError, ValueError):
        return None


def found(claim: Claim, loss: Term, known: Mapping[Term, Any]) -> Iterator[Mark]:
    """The points at which a claim looks at the loss."""
    line = loss.sort == R >> R

    def placed(x: Any) -> tuple[float, float]:
        return (float(x), 0.0) if line else (float(x[0]), float(x[1]))

    space = loss.sort.inputs[0]
    for s in (s for s in claim.for_all if s in known):
        if s.sort == space and (s.data in STARTS or s.data.endswith("_star")):
            kind = "point" if s.data in STARTS else "least"
            yield Mark(label_of(s), [placed(known[s])], kind)
        if s.sort == N >> space and s.data in RUNS:
            yield Mark(f"{label_of(s)}(0), {label_of(s)}(1), ...", run_of(known[s], placed), "run")
    looking = list(looked_at(claim.then, loss))
    for t, bound in looking:
        if t.op == "symbol" and bound:
            continue
        if not bound and t.free <= {*known}:
            yield Mark(label_of(t), [placed(value(t, known))], "point")
        if len(bound) == 1 and bound[0].sort == R and t.free <= {*known, *bound}:
            ray = [placed(value(t, {**known, bound[0]: x})) for x in SMALL]
            yield Mark(label_of(t), ray, "ray")
    start = next((s for s in claim.for_all if s in known and s.data in STARTS), None)
    for s in claim.for_all:
        goes = s in known and s.sort == space and s.data in DIRECTIONS
        if start is not None and goes and not any(s in t.free for t, _ in looking):
            yield Mark(label_of(start + s), [placed(value(start + s, known))], "point")


def run_of(points: Any, placed: Any) -> list[tuple[float, float]]:
    """The first points of a run, up to where it leaves the picture."""
    run = [placed(points(float(k))) for k in range(STEPS)]
    near = [i for i, p in enumerate(run) if max(map(abs, p)) > 20 * (1 + max(map(abs, run[0])))]
    return run[: near[0]] if near else run


def each_once(marks: Iterator[Mark]) -> Iterator[Mark]:
    """Each point once, under its first name."""
    taken = set[tuple[float, ...]]()
    for mark in marks:
        key = tuple(round(x, 9) for point in mark.points for x in point)
        if key not in taken:
            taken.add(key)
            yield mark


def looked_at(t: Term, loss: Term, bound: tuple[Term, ...] = ()) -> Iterator[tuple[Term, Any]]:
    """The terms t in L(t), each with the variables that are bound around it and occur in it."""
    if t.op == "apply" and t.args[0] is loss:
        yield t.args[1], [v for v in bound if v in t.args[1].free]
    parts = t.args
    if t.op in ("forall", "exists"):
        name, sort = t.data
        fresh = build("symbol", sort, data=f"{name}'{t.serial}")
        parts, bound = (open_binder(t.args[0], [fresh]),), (*bound, fresh)
    if t.op == "fun":
        return
    for part in parts:
        yield from looked_at(part, loss, bound)


def label_of(t: Term) -> str:
    """A term as a label, with Greek letters."""
    return re.sub(r"[a-z]+", lambda m: GREEK.get(m[0], m[0]), text(t))


def in_digits(x: float) -> str:
    """A number as a reader wants it."""
    return f"{x:.4g}".replace("-", "\N{MINUS SIGN}")


def drawn_picture(loss_text: str, loss: Any, symbol: Term, marks: Sequence[Mark]) -> dict[str, str]:
    """A graph over a line, or level lines in the plane, with the marks; and the same in words."""
    line = symbol.sort == R >> R
    at = (lambda x, y: loss(x)) if line else (lambda x, y: loss((x, y)))
    points = [p for mark in marks for p in mark.points]
    flat = line or (all(abs(y) < 1e-12 for _, y in points) and does_not_bend_in_y(at))
    figure = Figure(figsize=(4.6, 3.2))
    axes = figure.add_subplot()
    (graph if flat else levels)(axes, at, marks)
    axes.set_xlabel("w" if line else "x = e1.w")
    axes.set_ylabel(symbol.data if flat else "y = e2.w")
    name = shown_text(loss_text)
    told = "; ".join(in_words(mark, at, flat) for mark in marks)
    kind = "The graph of" if flat else "Level lines of"
    alt = f"{kind} the loss {symbol.data}: {name}. {told}."
    return {"svg": svg_of(figure), "alt": alt, "caption": f"{symbol.data}: {name}"}


def shown_text(words: str) -> str:
    """The text of a function, with an arrow."""
    return words.replace("|->", "\N{RIGHTWARDS ARROW FROM BAR}")


def in_words(mark: Mark, at: Any, flat: bool) -> str:
    """A mark for those who do not see it."""

    def told(p: tuple[float, float]) -> str:
        where = in_digits(p[0]) if flat else f"({in_digits(p[0])}, {in_digits(p[1])})"
        return f"{where}, where it is {in_digits(float(at(*p)))}"

    if mark.kind in ("point", "least"):
        return f"{mark.label} = {told(mark.points[0])}"
    ends = f"from {told(mark.points[0])} to {told(mark.points[-1])}"
    return f"{mark.label}: {ends}"


def does_not_bend_in_y(at: Any) -> bool:
    """Whether a loss in the plane does not depend on the second coordinate."""
    return all(abs(at(x, 0.7) - at(x, -0.4)) < 1e-9 for x in (-1.3, -0.2, 0.6, 1.9))


def span(numbers: Sequence[float], room: float) -> tuple[float, float]:
    """A range with some room around the numbers."""
    low, high = min(numbers), max(numbers)
    wide = max(high - low, 1.0) * room
    return low - wide, high + wide


def graph(axes: Any, at: Any, marks: Sequence[Mark]) -> None:
    """The loss over a line, with the marks on its graph."""
    low, high = span([x for mark in marks for x, _ in mark.points] + [0.0], 0.35)
    xs = np.linspace(low, high, 241)
    axes.plot(xs, np.broadcast_to(at(xs, 0 * xs), xs.shape), "k-", linewidth=1.2)
    for i, mark in enumerate(marks):
        here = [x for x, _ in mark.points]
        there = [float(at(x, y)) for x, y in mark.points]
        draw_mark(axes, mark, here, there, i)


def levels(axes: Any, at: Any, marks: Sequence[Mark]) -> None:
    """Level lines in the plane, with the marks and the steps between them."""
    points = [p for mark in marks for p in mark.points]
    ranges = [span([p[i] for p in points] + [0.0], 0.3) for i in (0, 1)]
    half = max(high - low for low, high in ranges) / 2
    sides = [((low + high) / 2 - half, (low + high) / 2 + half) for low, high in ranges]
    xs, ys = np.meshgrid(*(np.linspace(*side, 121) for side in sides))
    axes.set_aspect("equal")
    heights = np.broadcast_to(at(xs, ys), xs.shape)
    wanted = np.unique([float(at(*p)) for p in points])
    some = np.quantile(heights, np.linspace(0.03, 0.97, 11))
    axes.contour(
        xs, ys, heights, np.unique(some), colors="0.65", linewidths=0.7, linestyles="solid"
    )
    if len(wanted) <= 4:
        axes.contour(xs, ys, heights, wanted, colors="k", linewidths=0.9, linestyles="dashed")
    for i, mark in enumerate(marks):
        draw_mark(axes, mark, [x for x, _ in mark.points], [y for _, y in mark.points], i)
    start = marks[0].points[0]
    for mark in marks[1:]:
        if mark.kind == "point":
            arrow = {"arrowstyle": "->", "shrinkA": 4, "shrinkB": 4}
            axes.annotate("", mark.points[0], start, arrowprops=arrow)


def draw_mark(axes: Any, mark: Mark, xs: Sequence[float], ys: Sequence[float], i: int) -> None:
    """A mark with its label: a dot, open dots along a ray, dots joined along a run."""
    style = {"point": "ko", "least": "k*", "ray": "k.", "run": "ko:"}[mark.kind]
    axes.plot(
        xs,
        ys,
        style,
        markersize=5 if mark.kind != "ray" else 6,
        linewidth=0.8,
        mfc="w" if i else "k",
    )
    at = 0 if mark.kind != "ray" else -1
    offset = (6, 7 + 12 * (i % 2)) if i % 3 else (6, -13)
    axes.annotate(mark.label, (xs[at], ys[at]), offset, textcoords="offset points")
