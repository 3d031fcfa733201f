"""A picture of the loss along the ray (matplotlib, an extra)."""

from __future__ import annotations

from typing import Any

from proofs.certify.balls import middle
from proofs.certify.report import Report


def plot(report: Report, path: str | None = None, points: int = 160) -> Any:
    """The loss along w - alpha g, the certified range, the refuted rate and the user's rate.

    path: a file ending in .svg or .png; None: only the figure is made. Raises ValueError where
    the report has no ray, ImportError without matplotlib.
    """
    ray = report.ray
    if ray is None:
        raise ValueError(f"there is no ray to draw: {report}")
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as reason:
        raise ImportError("report.plot needs matplotlib: pip install matplotlib") from reason
    certified, refuted, alpha = report.certified, report.refuted, report.alpha
    most = 1.25 * max(x for x in (certified, refuted, 0.0) if x is not None) or alpha or 1.0
    if alpha is not None and alpha <= 4 * most:
        most = max(most, 1.1 * alpha)
    if refuted is None and certified:
        most = min(most, 4 * (alpha or certified))
    alphas = [most * k / points for k in range(points + 1)]
    losses = [middle(ray.at(a)) for a in alphas]
    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.plot(alphas, losses, color="black", linewidth=1.5, label="loss along w - alpha g")
    axes.axhline(
        middle(ray.value), color="gray", linewidth=0.8, linestyle=":", label="loss at the start"
    )
    if certified:
        axes.axvspan(
            0,
            min(certified, most),
            color="tab:green",
            alpha=0.2,
            label=f"certified: (0, {certified:.4g}]",
        )
    if refuted:
        axes.axvline(
            refuted, color="tab:red", linewidth=1, label=f"does not descend: {refuted:.4g}"
        )
    if alpha is not None:
        if alpha <= most:
            axes.axvline(alpha, color="tab:blue", linestyle="--", label=f"your rate: {alpha:g}")
        else:
            axes.plot(
                [],
                [],
                color="tab:blue",
                linestyle="--",
                label=f"your rate: {alpha:g} (off to the right)",
            )
    axes.set_xlim(0, most)
    axes.set_xlabel("learning rate alpha")
    axes.set_ylabel("loss")
    axes.set_title(report.verdict)
    axes.legend(fontsize="small")
    if path is not None:
        figure.savefig(path)
    return figure
