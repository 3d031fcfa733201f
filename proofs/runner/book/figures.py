"""The two figures that article A shows, of the loss w^2: a walk downhill, and one step."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from proofs.losses.parabolas import parabola
from proofs.runner.book.drawing import svg_of
from proofs.runner.book.pictures import graph, in_words
from proofs.runner.book.sights import Mark
from proofs.runner.book.values import value

LOSS, SLOPE = (value(part, {}) for part in (parabola(1).value, parabola(1).gradient))


def along(w: Any, _: Any) -> Any:
    """The loss where the second coordinate does not matter."""
    return LOSS(w)


def on_the_graph(*marks: Mark) -> tuple[Figure, Any]:
    """The graph of the loss with marks on it."""
    figure = Figure(figsize=(4.6, 3.2))
    axes = figure.add_subplot()
    graph(axes, along, marks)
    axes.set_xlabel("w")
    axes.set_ylabel("L")
    return figure, axes


def walk_downhill() -> dict[str, str]:
    """A:05-07: a run of gradient descent from -2 with alpha = 1/6."""
    run = [(-2.0, 0.0)]
    for _ in range(6):
        w = run[-1][0]
        run.append((w - SLOPE(w) / 6, 0.0))
    walk = Mark("w0", run, "run")
    figure, _ = on_the_graph(walk)
    alt = "The graph of L(w) = w^2 with the first points of gradient descent, alpha = 1/6: "
    caption = "Walking downhill (A:05-07): L(w) = w^2, alpha = 1/6."
    return {
        "svg": svg_of(figure),
        "alt": f"{alt}{in_words(walk, along, True)}.",
        "caption": caption,
    }


def step_and_tangent() -> dict[str, str]:
    """A:13-15: w0, the step s, w1, and the derivative at w0 as the slope of the tangent."""
    w0 = -1.5
    w1 = w0 - SLOPE(w0) / 4
    middle, height = (w0 + w1) / 2, LOSS(w0)
    starts, ends = (Mark(n, [(w, 0.0)], "point") for n, w in (("w0", w0), ("w1", w1)))
    figure, axes = on_the_graph(starts, ends)

    def tangent(w: Any) -> Any:
        return height + SLOPE(w0) * (w - w0)

    near = np.array([w0 - 0.4, w1 + 0.15])
    axes.plot(near, tangent(near), "k--", linewidth=0.9)
    axes.annotate("", (w1, height), (w0, height), arrowprops={"arrowstyle": "->"})
    for label, at, offset, side in (
        ("s = w1 - w0", (middle, height), (0, 5), "center"),
        ("slope L'(w0) = -3", (w1, tangent(w1)), (-6, -16), "right"),
    ):
        axes.annotate(label, at, offset, textcoords="offset points", ha=side)
    alt = (
        "The graph of L(w) = w^2 with its tangent at w0 = -3/2, where it is 9/4 and has the slope "
        "-3; the step s = 3/4 leads to w1 = -3/4, where the loss is 9/16, above the tangent."
    )
    caption = "One step (A:13-15): L(w) = w^2, alpha = 1/4."
    return {"svg": svg_of(figure), "alt": alt, "caption": caption}
