"""Searches for a counterexample by hypothesis: evidence of survival, counted; never a theorem."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import event, given, settings, target
from hypothesis.strategies import SearchStrategy

from proofs.balls.profiles import register_profiles
from proofs.kernel.terms import KernelError

register_profiles()
UNCHOSEN = ("default", "ci")  # hypothesis's own profiles, in which a search is the gate's

progress: Callable[[int], None] = lambda tried: None  # proofs/conftest.py puts its own in place


@dataclass(frozen=True, eq=False)
class Survival:
    """How often a claim survived, on which losses, and what came closest to failing.

    What hypothesis draws at once may hold several losses, each with several starts, the cases. Only
    `survived` makes one that counts.
    """

    claim: str
    examples: int  # losses, or what else hypothesis drew
    undecided: int  # of the cases
    cases: int = 0
    families: Counter[str] = field(default_factory=Counter)
    dimensions: Counter[int] = field(default_factory=Counter)
    margin: float = 1.0
    tightest: str = ""
    terms: str = ""  # what is not tested, and what ranges

    @property
    def domain(self) -> str:
        """On what it was tried: families, dimensions, and on what terms."""
        told = [f"families: {', '.join(sorted(self.families))}"] if self.families else []
        if self.dimensions:
            told.append(f"dimensions {min(self.dimensions)} to {max(self.dimensions)}")
        return "; ".join([*told, *([self.terms] if self.terms else [])])

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


def survived(
    claim: str, examples: SearchStrategy[Any], holds: Callable[[Any], Any], terms: str = ""
) -> Survival:
    """Searches `examples` for one where `holds` is not True; None means that it cannot tell.

    `holds` may return (answers, margin, case): an answer for each case in the example, a margin
    between 0 and 1 that is small where the claim nearly fails, and what nearly makes it fail. Then
    hypothesis is driven towards small margins. Raises KernelError with the shrunk example, or where
    more than 1% of the cases are undecided or nothing was tried.
    """
    answers: list[bool | None] = []
    drawn = tried = 0
    families, dimensions = Counter[str](), Counter[int]()
    tightest: tuple[float, Any] = (math.inf, None)

    def hunt(example: Any) -> None:
        nonlocal tightest, drawn, tried
        result = holds(example)
        found, margin, case = result if isinstance(result, tuple) else ([result], None, None)
        answers.extend(found)
        losses = getattr(example, "losses", [])
        drawn, tried = drawn + 1, tried + (len(losses) or 1)
        progress(drawn)
        for answer in found:
            if answer is not True and answer is not None:
                raise KernelError(f"{claim} fails for {example!r}: the search got {answer!r}")
        if margin is not None:
            target(-math.log2(max(margin, 2.0**-1000)))
            tightest = min(tightest, (margin, case), key=lambda found: found[0])
        for loss in losses:
            families[loss.family] += 1
            dimensions[loss.dimension] += 1
            event(f"family: {loss.family}")

    # By source and signature hypothesis tells searches apart, in its seeds and what it remembers.
    hunt.__annotations__["return"] = claim
    unchosen = settings.get_current_profile_name() in UNCHOSEN
    with_settings = settings.get_profile("gate") if unchosen else settings()
    with_settings(given(examples)(hunt))()
    undecided = answers.count(None)
    if not answers or undecided > len(answers) / 100:
        raise KernelError(
            f"{claim}: {undecided} of {len(answers)} cases are undecided, which is no evidence"
        )
    margin, case = tightest
    shown = "" if case is None else repr(case)
    counts = (claim, tried, undecided, len(answers), families, dimensions)
    made = Survival(*counts, min(margin, 1.0), shown, terms)
    _MADE[id(made)] = (made, (claim, tried, undecided))
    return made
