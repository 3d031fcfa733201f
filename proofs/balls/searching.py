"""Searches for a counterexample by hypothesis: evidence of survival, with its counts; never a
theorem.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import event, given, settings, target
from hypothesis.strategies import SearchStrategy

from proofs.kernel.terms import KernelError
from proofs.balls.profiles import register_profiles

register_profiles()
UNCHOSEN = (
    "default",
    "ci",
)  # hypothesis's own profiles, which nobody chose: then a search is the gate's

progress: Callable[[int], None] = lambda tried: (
    None
)  # conftest.py puts one in place that writes to a terminal


@dataclass(frozen=True, eq=False)
class Survival:
    """How often a claim survived, on losses of which families and dimensions, and what came closest
    to failing.

    An example may hold several cases, such as the starts on one loss. Only `survived` makes one
    that counts.
    """

    claim: str
    examples: int
    undecided: int  # of the cases
    cases: int = 0
    families: Counter[str] = field(default_factory=Counter)
    dimensions: Counter[int] = field(default_factory=Counter)
    margin: float = 1.0
    tightest: str = ""

    def __str__(self) -> str:
        told = f"{self.examples} tried, in {self.cases} cases, {self.undecided} undecided"
        if self.families:
            told += f"; dimensions {min(self.dimensions)} to {max(self.dimensions)}"
            told += f"; {', '.join(f'{n} {family}' for family, n in sorted(self.families.items()))}"
        return told + (f"; tightest {self.margin:.2g} at {self.tightest}" if self.tightest else "")


_MADE: dict[int, tuple[Survival, tuple[str, int, int]]] = {}


def is_survival(value: object) -> bool:
    """Whether `survived` made `value`, and nobody altered it."""
    made, contents = _MADE.get(id(value), (None, ()))
    return (
        isinstance(value, Survival)
        and made is value
        and contents == (value.claim, value.examples, value.undecided)
    )


def survived(claim: str, examples: SearchStrategy[Any], holds: Callable[[Any], Any]) -> Survival:
    """Searches the strategy `examples` for one where `holds` is not True; None means that it cannot
    tell.

    `holds` may return (answers, margin, case): an answer for each case in the example, a margin
    between 0 and 1 that is small where the claim nearly fails, and what nearly makes it fail. Then
    hypothesis is driven towards small margins. Raises KernelError with the shrunk example, or where
    more than 1% of the cases are undecided or nothing was tried.
    """
    answers: list[bool | None] = []
    tried = 0
    families, dimensions = Counter[str](), Counter[int]()
    tightest: tuple[float, Any] = (math.inf, None)

    def hunt(example: Any) -> None:
        nonlocal tightest, tried
        result = holds(example)
        found, margin, case = result if isinstance(result, tuple) else ([result], None, None)
        answers.extend(found)
        tried += 1
        progress(tried)
        for answer in found:
            if answer is not True and answer is not None:
                raise KernelError(f"{claim} fails for {example!r}: the search got {answer!r}")
        if margin is not None:
            target(-math.log2(max(margin, 2.0**-1000)))
            tightest = min(tightest, (margin, case), key=lambda found: found[0])
        if hasattr(example, "loss"):
            families[example.loss.family] += 1
            dimensions[example.loss.dimension] += 1
            event(f"family: {example.loss.family}")

    # hypothesis tells searches apart, for the seed of one and for what it keeps of it, by their
    # source and signature.
    hunt.__annotations__["return"] = claim
    with_settings = (
        settings.get_profile("gate")
        if settings.get_current_profile_name() in UNCHOSEN
        else settings()
    )
    with_settings(given(examples)(hunt))()
    undecided = answers.count(None)
    if not answers or undecided > len(answers) / 100:
        raise KernelError(
            f"{claim}: {undecided} of {len(answers)} cases are undecided, which is no evidence"
        )
    margin, case = tightest
    made = Survival(
        claim,
        tried,
        undecided,
        len(answers),
        families,
        dimensions,
        min(margin, 1.0),
        "" if case is None else repr(case),
    )
    _MADE[id(made)] = (made, (claim, tried, undecided))
    return made
