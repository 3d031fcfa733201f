"""What comes of the points of R^n that are drawn for a claim, and how much of it is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random

from proofs.claims import Claim
from proofs.kernel import Term
from proofs.runner.pages import load_pages
from tests.pages.coordinates.drawing import Draw
from tests.pages.coordinates.notions import CONSTRUCTED, words
from tests.pages.coordinates.semantics import Point, conjuncts

EXAMPLES = {1: 5, 2: 5, 3: 4, 10: 3, 100: 2}  # points looked for in each dimension
ATTEMPTS = 20  # draws for each of them
CLAIMS = {
    f"{page.id} {name}": claim for page in load_pages() for name, claim in page.claims.items()
}


@dataclass
class Conclusion:
    """What came of one conclusion of a claim, at the points where the hypotheses hold."""

    formula: Term
    true: int = 0  # and its premise, if it has one, is not false
    empty: int = 0  # its premise is false
    undecided: int = 0
    false: list[str] = field(default_factory=list)  # the points, in words


@dataclass
class Report:
    """What came of the points drawn for a claim."""

    claim: Claim
    conclusions: list[Conclusion]
    tested: Counter[int] = field(default_factory=Counter)  # by dimension: hypotheses hold
    answers: dict[str, set[bool | None]] = field(default_factory=dict)  # to each hypothesis asked

    @property
    def false(self) -> list[str]:
        """The points at which the claim is false, in words."""
        return [words for conclusion in self.conclusions for words in conclusion.false]

    @property
    def undecidable(self) -> list[str]:
        """The hypotheses that are decided at no point: series, continuity, and the like."""
        return [name for name, answers in self.answers.items() if answers == {None}]

    @property
    def is_met(self) -> bool:
        """Whether the hypotheses hold at a point in every dimension, unless they need two axes."""
        low = 2 if any(is_two_dimensional(h) for h in self.claim.given.values()) else 1
        return set(self.tested) == {n for n in EXAMPLES if n >= low}


def is_two_dimensional(hypothesis: Term) -> bool:
    """Whether a hypothesis speaks of two orthonormal vectors."""
    return hypothesis.op == "defined" and hypothesis.data[0] == words("orthonormal")


def meets(report: Report, point: Point) -> bool:
    """Whether the hypotheses hold at the point, as far as that is decided or by construction."""
    for name, hypothesis in report.claim.given.items():
        holds = point.holds(hypothesis, positive=False)
        report.answers.setdefault(name, set()).add(holds)
        if not (holds or (holds is None and name in CONSTRUCTED)):
            return False
    return True


def examine(
    claim: Claim, examples: Mapping[int, int] = EXAMPLES, attempts: int = ATTEMPTS
) -> Report:
    """Evaluates a claim at random points of R^n, the same on each run."""
    report = Report(claim, [Conclusion(formula) for formula in conjuncts(claim.then)])
    for n, seed in ((n, seed) for n, count in examples.items() for seed in range(count)):
        random = Random(f"{n} {seed}")
        points = (Draw(claim, n, random).point for _ in range(attempts))
        point = next((p for p in points if meets(report, p)), None)
        if point is not None:
            report.tested[n] += 1
            for conclusion in report.conclusions:
                weigh(conclusion, point)
    return report


def weigh(conclusion: Conclusion, point: Point) -> None:
    """Counts whether a conclusion holds at a point."""
    formula = conclusion.formula
    holds = point.holds(formula)
    empty = formula.op == "implies" and point.holds(formula.args[0], positive=False) is False
    conclusion.undecided += holds is None
    conclusion.empty += empty
    conclusion.true += holds is True and not empty
    if holds is False:
        values = {v.data: x for v, x in point.values.items()}
        conclusion.false.append(f"in R^{point.dimension}, {values} refutes {formula}")


@cache
def examined(name: str) -> Report:
    """What comes of a claim of the pages, such as "a04 REPAIR"."""
    return examine(CLAIMS[name])
