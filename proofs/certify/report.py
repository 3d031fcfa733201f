"""The answer: a verdict, numbers each marked proved or measured, and one paragraph that needs
no other page.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

VERDICTS = (
    "right", "wrong gradient", "kink", "step too large",
    "rounding", "limited by rounding", "impure", "not decided",
)  # fmt: skip
PAGES = {
    "gradient": "a07", "descent": "a11", "rate": "a12", "every start": "a14",
    "uphill": "b13", "kink": "a06", "too far": "b05", "steps": "a16",
}  # fmt: skip


def down(x: float) -> str:
    """x in six digits, rounded down: what is certified must not be rounded up."""
    return _directed(x, -1)


def up(x: float) -> str:
    """x in six digits, rounded up."""
    return _directed(x, 1)


def _directed(x: float, side: int) -> str:
    text = f"{x:.6g}"
    if math.isfinite(x) and (float(text) - x) * side < 0:
        unit = 10.0 ** (math.floor(math.log10(abs(x))) - 5) if x else 0.0
        text = f"{x + side * unit / 2:.6g}"
    return text


@dataclass
class Number:
    """A figure of the report. proved: by balls; otherwise it was measured in floats."""

    value: Any
    proved: bool

    def __str__(self) -> str:
        return f"{self.value} ({'proved' if self.proved else 'measured'})"


@dataclass
class Report:
    """What was found of one loss. `str(report)` is the paragraph; `bool(report)` whether there is
    nothing to repair.

    numbers: by name (certified, refuted, gradient_error, slope, loss, loss_after, noise,
    best_gain, lipschitz, ...).
    pages: the pages of the argument that the verdict rests on. certified and refuted are short
    for their numbers.
    """

    verdict: str = "right"
    sentences: list[str] = field(default_factory=list)
    numbers: dict[str, Number] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    kinks: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    advice: str = ""
    worst: dict[str, Any] | None = None
    alpha: float | None = None
    front: str = ""
    seconds: float = 0.0
    evaluations: int = 0
    harmless: bool = False
    ray: Any = field(default=None, repr=False)

    def say(self, sentence: str, page: str | None = None) -> None:
        """Adds a sentence, and the page of the argument that it rests on."""
        self.sentences.append(sentence)
        if page and PAGES[page] not in self.pages:
            self.pages.append(PAGES[page])

    def put(self, name: str, value: Any, proved: bool) -> None:
        self.numbers[name] = Number(value, proved)

    def decide(self, verdict: str) -> None:
        """Sets the verdict, unless a worse one stands already."""
        if self.verdict == "right":
            self.verdict = verdict

    def get(self, name: str) -> Any:
        """A number's value, or None."""
        found = self.numbers.get(name)
        return None if found is None else found.value

    @property
    def certified(self) -> float | None:
        """Every alpha in (0, certified] lowers the loss: proved."""
        found: float | None = self.get("certified")
        return found

    @property
    def refuted(self) -> float | None:
        """An alpha that does not lower the loss: proved."""
        found: float | None = self.get("refuted")
        return found

    @property
    def gradient_error(self) -> float | None:
        """An upper bound of |g - gradient| / |gradient|: proved."""
        found: float | None = self.get("gradient_error")
        return found

    @property
    def exit_code(self) -> int:
        """0 right, 1 wrong, 2 not decided."""
        if self.verdict == "not decided":
            return 2
        return 0 if self else 1

    def __bool__(self) -> bool:
        return self.verdict in ("right", "limited by rounding") or (
            self.verdict == "kink" and self.harmless
        )

    def __str__(self) -> str:
        text = [f"{self.verdict}: " + "; ".join(s for s in self.sentences if s) + "."]
        if self.advice:
            text.append(self.advice.rstrip(".") + ".")
        text += [f"Note: {note.rstrip('.')}." for note in self.notes]
        if self.pages:
            text.append(f"(The argument: {', '.join(self.pages)}.)")
        return " ".join(text)

    def __repr__(self) -> str:
        return f"<Report {self}>"

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        plain: Callable[[Any], Any] = lambda v: (
            str(v) if isinstance(v, float) and not math.isfinite(v) else v
        )
        return {
            "verdict": self.verdict,
            "ok": bool(self),
            "words": str(self),
            "numbers": {
                k: {"value": plain(n.value), "proved": n.proved} for k, n in self.numbers.items()
            },
            "worst": None if self.worst is None else {k: plain(v) for k, v in self.worst.items()},
            "kinks": self.kinks,
            "notes": self.notes,
            "pages": self.pages,
            "alpha": self.alpha,
            "front": self.front,
            "seconds": self.seconds,
            "evaluations": self.evaluations,
        }

    def to_json(self) -> str:
        return json.dumps(self.as_dict(), indent=2)

    def plot(self, path: str | None = None) -> Any:
        """The loss along the ray, with the certified range, the refuted rate and the user's;
        written to a .svg or .png.

        Raises ValueError where there is no ray to draw, ImportError without matplotlib.
        """
        from proofs.certify.plot import plot

        return plot(self, path)
