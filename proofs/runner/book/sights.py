"""What is to be seen of a witness: a loss, and the points at which the claim looks at it.

A point that moves with a bound number, as in "for all small alpha", is seen for some of its values;
one that moves with a bound unit vector as a ring, with the lowest point on it. Where there is no
loss, the vectors are seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import lookup

import numpy as np

from proofs.claims import Claim
from proofs.kernel import N, R, Sort, Term, V
from proofs.kernel.terms import build, open_binder, replace, term
from proofs.runner.book.prose import GREEK
from proofs.runner.book.values import NoPicture, sequences, standard, value
from proofs.runner.printing import text

Seen = tuple[Claim, Mapping[Term, Any], Sequence[Term]]
Point = tuple[float, float]
LOSSES = ("L", "f", "F", "nu")  # the symbols of a loss on the pages, and of a norm
STARTS, RUNS, DIRECTIONS = ("w0", "theta", "w", "x"), ("W", "x", "theta"), ("u", "v")
STEPS = 12  # of a run
SMALL = {R: [0.1, 0.25, 0.5, 1.0, 1.5, 2.0], N: [0.0, 1.0, 2.0, 3.0, 4.0]}  # of a bound number
DISTANCE, ANGLES = 1.0, np.linspace(0, 2 * np.pi, 361)  # of a ring
MINUS, MAPS_TO = lookup("MINUS SIGN"), lookup("RIGHTWARDS ARROW FROM BAR")


@dataclass(frozen=True)
class Mark:
    """Points of the plane that are one thing: a point of the claim, a ray, a run, a ring."""

    label: str
    points: list[Point]
    kind: str  # start, point, least, ray, run, ring, or vector, from 0


@dataclass(frozen=True)
class Scene:
    """What a picture shows: a function of a point of the line or of the plane, and marks."""

    name: str
    words: str  # the formula of the function, or the values of the vectors
    at: Any  # the function; None where there is none
    marks: list[Mark]
    line: bool = False  # whether the space is the real line
    steepest: Any = None  # where only the gradient is given
    starts: list[Any] = field(default_factory=list)  # where a run may start: of points of the plane


def scene(seen: Seen) -> Scene:
    """What is to be seen of a witness; NoPicture where nothing is."""
    claim, at, given = seen
    known = values_of(claim, at, given)
    vectors = [s for s in claim.for_all if s.sort == V and s in known]
    arrows = [Mark(label_of(s), [known[s]], "vector") for s in vectors]
    loss = next((s for s in at if s.data in LOSSES and s.sort in (V >> R, R >> R)), None)
    if loss is not None and loss in known:
        marks = [*each_once(points_seen(claim, loss, known))] or arrows
        words = text(term(at[loss]))
        return Scene(loss.data, with_arrow(words), known[loss], marks, loss.sort == R >> R)
    for sort in (V >> R, V >> V):
        for f in (f for f in functions_said(claim) if f.sort == sort and f.free <= {*known}):
            marks = [*each_once(points_seen(claim, f, known))]
            words = with_arrow(text(replace(f, {s: term(at[s]) for s in f.free})))
            if sort == V >> R:
                starts = [*where_it_starts(claim, known)]
                return Scene("L", words, value(f, known), marks, starts=starts)
            return Scene("the gradient", words, None, marks, steepest=value(f, known))
    if not any(np.any(known[s]) for s in vectors):
        raise NoPicture("no function and no vector but 0")
    told = [s for s in claim.for_all if s in at and not s.sort.inputs]
    words = ", ".join(f"{label_of(s)} = {label_of(term(at[s]))}" for s in told)
    return Scene("", words, None, arrows)


def values_of(claim: Claim, at: Mapping[Term, Any], given: Sequence[Term]) -> dict[Term, Any]:
    """The symbols as floats, pairs and functions, where they are determined."""
    known = standard([*given, *claim.given.values()])
    for _ in range(2):  # what a run is made of first
        for s, x in at.items():
            if s not in known and term(x).free <= {*known}:
                known[s] = value(term(x), known)
        known |= sequences(given, known)
    return known


def points_seen(claim: Claim, loss: Term, known: Mapping[Term, Any]) -> Iterator[Mark]:
    """The points at which a claim looks at the loss; and where it steps to, if at none but one."""
    space = loss.sort.inputs[0]
    start = next((s for s in claim.for_all if is_start(s, space) and s in known), None)
    if start is not None:
        yield Mark(label_of(start), [placed(known[start])], "start")
    for s in (s for s in claim.for_all if s in known):
        if s.sort == space and s.data.endswith("_star"):
            yield Mark(label_of(s), [placed(known[s])], "least")
        if s.sort == N >> space and s.data in RUNS:
            yield Mark(f"{label_of(s)}(0), {label_of(s)}(1), ...", run_of(known[s]), "run")
    looking = [*looked_at(claim.then, loss)]
    seen = [mark for t, bound in looking for mark in moved(t, bound, known, loss)]
    for s in claim.for_all if start is not None else ():
        goes = s in known and s.sort == space and s.data in DIRECTIONS
        if goes and not any(s in t.free for t, _ in looking):
            seen.append(Mark(label_of(start + s), [placed(value(start + s, known))], "point"))
    yield from seen
    if start is None or all(mark.points == [placed(known[start])] for mark in seen):
        yield from stepped_to(claim, start, loss, known)
    for f in (claim.then, *claim.given.values()):
        for t in parts_of(f):
            if t.op == "defined" and t.data[0] == "{at} is a minimizer of {loss}":
                least = dict(zip(t.data[1:], t.args[1:], strict=True))["at"]
                if least.free <= {*known}:
                    yield Mark(label_of(least), [placed(value(least, known))], "least")


def is_start(s: Term, space: Sort) -> bool:
    """Whether this is a symbol for where a step starts."""
    return s.sort == space and s.data in STARTS


def placed(x: Any) -> Point:
    """A number or a pair as a point of the plane; 0 for -0."""
    pair = x if isinstance(x, tuple) else (x, 0.0)
    return float(pair[0]) + 0.0, float(pair[1]) + 0.0


def moved(t: Term, bound: Sequence[Term], known: Mapping[Term, Any], loss: Term) -> Iterator[Mark]:
    """A term as a point, as a ray where a number in it is bound, as a ring where a vector is."""
    of_a_run = t.op == "apply" and t.args[0].op == "symbol" and t.args[0].sort.inputs == (N,)
    if not t.free <= {*known, *bound} or (bound and (of_a_run or t.op == "symbol")):
        return
    sorts = [v.sort for v in bound]
    if not bound:
        yield Mark(label_of(t), [placed(value(t, known))], "point")
    elif len(bound) == 1 and sorts[0] in SMALL:
        ray = [placed(value(t, {**known, bound[0]: x})) for x in SMALL[sorts[0]]]
        yield Mark(label_of(t), ray, "ray")
    elif sorts == [R, V] and loss in known:
        eta, u = bound
        units = zip(np.cos(ANGLES), np.sin(ANGLES), strict=True)
        ring = [placed(value(t, {**known, eta: DISTANCE, u: unit})) for unit in units]
        name = label_of(eta)
        yield Mark(f"{label_of(t)}, {name} = 1", ring, "ring")
        lowest = min(ring, key=known[loss])
        yield Mark(f"lowest for {name} = 1", [lowest], "point")


def run_of(sequence: Any) -> list[Point]:
    """The first points of a run, up to where it leaves the picture."""
    run = [placed(sequence(float(k))) for k in range(STEPS)]
    near = [i for i, p in enumerate(run) if max(map(abs, p)) > 20 * (1 + max(map(abs, run[0])))]
    return run[: near[0]] if near else run


def each_once(marks: Iterator[Mark]) -> Iterator[Mark]:
    """Each point once, under its first name; the start of a run by the name of the run."""
    taken = set[tuple[float, ...]]()
    for mark in marks:
        key = tuple(round(x, 9) for point in mark.points for x in point)
        if key not in taken:
            taken |= {key, key[:2]} if mark.kind == "run" else {key}
            yield mark


def looked_at(t: Term, loss: Term) -> Iterator[tuple[Term, list[Term]]]:
    """The terms t in L(t), each with the variables that are bound around it and occur in it."""
    for part, bound in opened(t):
        if part.op == "apply" and part.args[0] is loss:
            yield part.args[1], [v for v in bound if v in part.args[1].free]


def stepped_to(
    claim: Claim, start: Term | None, loss: Term, known: Mapping[Term, Any]
) -> Iterator[Mark]:
    """Where else the hypotheses look at the loss; the sums that the claim makes with its start."""
    for f in claim.given.values() if start is not None else ():
        for t, bound in looked_at(f, loss):
            yield from moved(t, bound, known, loss)
    for f in (claim.then, *claim.given.values()):
        for t in parts_of(f):
            here = t.op == "+" and t.sort == loss.sort.inputs[0]
            if here and (any(a is start for a in t.args) if start is not None else t.sort == V):
                yield from moved(t, [], known, loss)


def parts_of(t: Term) -> Iterator[Term]:
    """A formula and its parts, without those of notions and under quantifiers."""
    yield t
    if t.op not in ("forall", "exists", "fun"):
        for part in t.args[1:] if t.op == "defined" else t.args:
            yield from parts_of(part)


def opened(t: Term, bound: tuple[Term, ...] = ()) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    """A formula and its parts, each with the variables that are bound around it: numbers, and
    vectors of which the formula says that they have the length 1.
    """
    yield t, bound
    parts = t.args
    if t.op in ("forall", "exists"):
        name, sort = t.data
        fresh = build("symbol", sort, data=f"{name}'{t.serial}")
        parts, bound = (open_binder(t.args[0], (fresh,)),), (*bound, fresh)
        unit = f"|{fresh.data.partition(chr(39))[0]}| = 1"
        if sort == V and unit not in map(text, parts_of(parts[0])):
            bound = bound[:-1]
    if t.op != "fun":
        for part in parts:
            yield from opened(part, bound)


def functions_said(claim: Claim) -> Iterator[Term]:
    """The functions that the notions of a claim speak of, such as a loss that is no variable."""
    for f in (claim.then, *claim.given.values()):
        for t in parts_of(f):
            if t.op == "defined":
                yield from (a for a in t.args[1:] if a.op == "fun")


def where_it_starts(claim: Claim, known: Mapping[Term, Any]) -> Iterator[Any]:
    """What is given of W(0), by inequalities, as functions of a point of the plane."""
    for f in claim.given.values():
        runs = [s for s in f.free if s.sort == N >> V]
        inside = all(
            t.op in ("and", "<", "<=", ">", ">=") for t in (f, *f.args) if t.sort == f.sort
        )
        if len(runs) == 1 and inside:
            yield lambda p, f=f, run=runs[0]: value(f, {**known, run: lambda _: p})


def label_of(t: Term) -> str:
    """A term as a label, with Greek letters and a star."""
    words = re.sub(r"[a-z]+", lambda m: GREEK.get(m[0], m[0]), text(t)).replace("_star", "*")
    return words.replace("-", MINUS)


def with_arrow(words: str) -> str:
    """The text of a function, with an arrow."""
    return words.replace("|->", MAPS_TO)
