"""SVG of a figure: black on white, its words as text, the same from run to run."""

from __future__ import annotations

import re
from io import StringIO

import matplotlib
from matplotlib.figure import Figure

matplotlib.rcParams |= {
    "svg.fonttype": "none",
    "svg.hashsalt": "the book",
    "path.simplify_threshold": 0.3,  # of a pixel
    "font.family": "serif",
    "font.serif": ["Charter", "Georgia", "DejaVu Serif"],
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
UNSAID = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def svg_of(figure: Figure) -> str:
    """A figure as SVG, without the time at which it was drawn; to a hundredth of a point."""
    written = StringIO()
    figure.savefig(written, format="svg", bbox_inches="tight", metadata=UNSAID)
    return re.sub(r"(\.\d\d)\d+|^ +", r"\1", written.getvalue(), flags=re.MULTILINE)
