"""Pictures of counterexamples in one and two dimensions, computed from the witness's own values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from proofs.runner.book.drawing import svg_of
from proofs.runner.book.sights import MINUS, Mark, Scene, Seen, scene
from proofs.runner.book.values import NoPicture

STYLES = {"start": "ko", "point": "ko", "least": "k*", "ray": "k.", "run": "ko:", "ring": "k--"}
LABEL = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.6}


def picture(seen: Seen | None) -> dict[str, str] | None:
    """The picture of a witness: SVG and what it shows in words; None where there is none."""
    if seen is None:
        return None
    try:
        with np.errstate(all="ignore"):
            return drawn_picture(scene(seen))
    except NoPicture:
        return None


def drawn_picture(shown: Scene) -> dict[str, str]:
    """A graph over a line, level lines in the plane, or arrows; and the same in words."""
    at = shown.at and ((lambda x, y: shown.at(x)) if shown.line else lambda x, y: shown.at((x, y)))
    points = [p for mark in shown.marks for p in mark.points]
    flat = shown.line or (all(abs(y) < 1e-12 for _, y in points) and at and does_not_bend_in_y(at))
    figure = Figure(figsize=(4.6, 3.2))
    axes = figure.add_subplot()
    kind = "The vectors"
    if flat:
        graph(axes, at, shown.marks)
        kind = f"The graph of {shown.name}:"
    else:
        plane(axes, at, shown)
        kind = f"Level lines of {shown.name}:" if at else kind
        kind = "Arrows against the gradient" if shown.steepest else kind
    axes.set_xlabel("w" if shown.line else "x = e1.w")
    axes.set_ylabel(shown.name if flat else "y = e2.w")
    if not (shown.at or shown.steepest):
        axes.set_xlabel("along e1")
        axes.set_ylabel("along e2")
    told = "; ".join(in_words(mark, at, flat) for mark in shown.marks)
    more = ". Shaded: where a run may start" if shown.starts else ""
    caption = f"{shown.name}: {shown.words}" if shown.name else shown.words
    alt = f"{kind} {shown.words}. {told}{more}." if told else f"{kind} {shown.words}."
    return {"svg": svg_of(figure), "alt": alt, "caption": caption + more}


def in_digits(x: float) -> str:
    """A number as a reader wants it."""
    return f"{x + 0.0:.4g}".replace("-", MINUS)


def in_words(mark: Mark, at: Any, flat: bool) -> str:
    """A mark for those who do not see it."""

    def told(p: tuple[float, float]) -> str:
        where = in_digits(p[0]) if flat else f"({in_digits(p[0])}, {in_digits(p[1])})"
        return f"{where}, where it is {in_digits(float(at(*p)))}" if at else where

    if mark.kind == "ring":
        return f"{mark.label}: a ring"
    if len(mark.points) == 1:
        return f"{mark.label} = {told(mark.points[0])}"
    return f"{mark.label}: from {told(mark.points[0])} to {told(mark.points[-1])}"


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
    low, high = (low, high) if marks else (-2.0, 2.0)
    xs = np.linspace(low, high, 241)
    axes.plot(xs, np.broadcast_to(at(xs, 0 * xs), xs.shape), "k-", linewidth=1.2)
    for i, mark in enumerate(marks):
        there = [float(at(x, y)) for x, y in mark.points]
        draw_mark(axes, mark, [x for x, _ in mark.points], there, i)


def plane(axes: Any, at: Any, shown: Scene) -> None:
    """Level lines or arrows in the plane, with the marks and the steps between them."""
    points = [p for mark in shown.marks for p in mark.points] or [(-1.0, -1.0), (1.0, 1.0)]
    ranges = [span([p[i] for p in points] + [0.0], 0.3) for i in (0, 1)]
    half = max(high - low for low, high in ranges) / 2
    sides = [((low + high) / 2 - half, (low + high) / 2 + half) for low, high in ranges]
    axes.set_aspect("equal")
    axes.set_xlim(*sides[0])
    axes.set_ylim(*sides[1])
    grid = np.meshgrid(*(np.linspace(*side, 121) for side in sides))
    for inside in shown.starts:
        axes.contourf(*grid, np.where(inside(tuple(grid)), 1.0, 0.0), [0.5, 1.5], colors=["0.85"])
    if at:
        lines(
            axes, at, grid, [p for mark in shown.marks if mark.kind != "ring" for p in mark.points]
        )
    if shown.steepest:
        tails = np.meshgrid(*(np.linspace(*side, 13) for side in sides))
        slopes = [np.broadcast_to(part, tails[0].shape) for part in shown.steepest(tuple(tails))]
        axes.quiver(*tails, *(-slope for slope in slopes), color="0.6", width=0.004)
    for i, mark in enumerate(shown.marks):
        draw_mark(axes, mark, [x for x, _ in mark.points], [y for _, y in mark.points], i)
    tails_of_steps = [mark.points[0] for mark in shown.marks if mark.kind == "start"]
    for mark in shown.marks:
        arrow = {"arrowstyle": "->", "shrinkA": 4, "shrinkB": 4}
        if mark.kind == "point" and tails_of_steps:
            axes.annotate("", mark.points[0], tails_of_steps[0], arrowprops=arrow)
        if mark.kind == "vector" and any(mark.points[0]):
            axes.annotate(
                "", mark.points[0], (0, 0), arrowprops=arrow | {"shrinkA": 0, "shrinkB": 0}
            )


def lines(axes: Any, at: Any, grid: Sequence[Any], points: Sequence[tuple[float, float]]) -> None:
    """Level lines, in grey; and those through a few points, dashed."""
    heights = np.broadcast_to(at(*grid), grid[0].shape)
    some = np.quantile(heights, np.linspace(0.03, 0.97, 11))
    style = {"colors": "0.65", "linewidths": 0.7, "linestyles": "solid"}
    axes.contour(*grid, heights, np.unique(some), **style)
    wanted = np.unique([float(at(*p)) for p in points])
    if 0 < len(wanted) <= 4:
        axes.contour(*grid, heights, wanted, colors="k", linewidths=0.9, linestyles="dashed")


def draw_mark(axes: Any, mark: Mark, xs: Sequence[float], ys: Sequence[float], i: int) -> None:
    """A mark with its label: a dot, dots along a ray, dots joined along a run, a ring."""
    style = STYLES.get(mark.kind, "k.")
    axes.plot(xs, ys, style, markersize=5, linewidth=0.8, mfc="w" if i else "k")
    at = {"ray": -1, "ring": len(xs) // 8}.get(mark.kind, 0)
    offset = (6, 7 + 12 * (i % 2)) if i % 3 else (6, -13)
    axes.annotate(mark.label, (xs[at], ys[at]), offset, textcoords="offset points", bbox=LABEL)
