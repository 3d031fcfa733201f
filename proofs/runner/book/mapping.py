"""The map: which claims rest on which, on which lemmas and axioms; as a picture and as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from proofs.runner.book.drawing import svg_of
from proofs.runner.book.references import Thing


@dataclass(frozen=True)
class Needs:
    """What a claim rests on, and what rests on it; `axioms` are those that its theorems list."""

    claim: str
    title: str
    nearest: list[str]  # the claims whose steps its own steps name
    claims: list[str]  # and theirs, and so on
    lemmas: list[tuple[str, str]]
    axioms: list[str]
    users: list[str]  # the claims that name its steps
    all_users: list[str]

    @property
    def subjects(self) -> list[str]:
        """The modules of its lemmas."""
        return sorted({module.partition(".")[2] for module, _ in self.lemmas})


def map_of(chapters: Sequence[dict[str, Any]]) -> list[Needs]:
    """For each chapter what it rests on, by the steps and lemmas that its steps name."""
    told = {c["id"]: c for c in chapters}
    nearest: dict[str, list[str]] = {}
    under: dict[str, set[str]] = {}
    for number, chapter in told.items():
        named = {Thing(*r) for b in chapter["blocks"] for r in b.get("rests", ())}
        pages = {thing.page for thing in named if thing.room == "pages"}
        nearest[number] = sorted(pages - {number})
        deep = {Thing(*thing) for thing in chapter["under"]}
        under[number] = {t.page for t in deep if t.room == "pages"} - {number}
    return [
        Needs(
            number,
            chapter["title"],
            nearest[number],
            sorted(under[number]),
            [(module, name) for module, name in chapter["under"] if module.startswith("lemmas.")],
            list(chapter["axioms"]),
            sorted(n for n in told if number in nearest[n]),
            sorted(n for n in told if number in under[n]),
        )
        for number, chapter in told.items()
    ]


def drawn(needs: Sequence[Needs]) -> str:
    """The map as a picture: a row for each claim, a column for what it rests on; SVG."""
    columns = [f"axiom: {name}" for name in sorted({a for n in needs for a in n.axioms})]
    columns += sorted({subject for n in needs for subject in n.subjects})
    columns += sorted({claim for n in needs for claim in n.claims})
    figure = Figure(figsize=(0.26 * len(columns) + 1, 0.2 * len(needs) + 2))
    axes = figure.add_subplot()
    at = {name: x for x, name in enumerate(columns)}
    for y, n in enumerate(needs):
        near = [*(f"axiom: {name}" for name in n.axioms), *n.subjects, *n.nearest]
        far = [claim for claim in n.claims if claim not in n.nearest]
        axes.plot([at[name] for name in near], [y] * len(near), "ko", markersize=5)
        axes.plot([at[name] for name in far], [y] * len(far), "o", mec="k", mfc="w", markersize=5)
    words = [name.replace("_", " ") for name in columns]
    axes.set_xticks(range(len(columns)), words, rotation=90)
    axes.set_yticks(range(len(needs)), [n.claim for n in needs])
    axes.xaxis.tick_top()
    axes.set_xlim(-0.7, len(columns) - 0.3)
    axes.set_ylim(len(needs) - 0.3, -0.7)
    axes.grid(color="0.85", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return svg_of(figure)
