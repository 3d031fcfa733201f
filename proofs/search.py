"""Searches for a counterexample by hypothesis: evidence of survival, with its counts; never a theorem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import given

from proofs.kernel.statements import KernelError


@dataclass(frozen=True, eq=False)
class Survival:
    """How often a claim survived. Only `survived` makes one that counts."""

    claim: str
    examples: int
    undecided: int


_MADE: dict[int, tuple[Survival, tuple[str, int, int]]] = {}


def is_survival(value: object) -> bool:
    """Whether `survived` made `value`, and nobody altered it."""
    made, contents = _MADE.get(id(value), (None, ()))
    return isinstance(value, Survival) and made is value and contents == (value.claim, value.examples, value.undecided)


def survived(claim: str, examples: Any, holds: Callable[[Any], bool | None]) -> Survival:
    """Searches the strategy `examples` for one where `holds` is not True; None means that it cannot tell.

    Raises KernelError with the shrunk example, or where more than 1% are undecided or nothing was tried.
    """
    answers: list[bool | None] = []

    @given(examples)
    def hunt(example: Any) -> None:
        answers.append(holds(example))
        if answers[-1] is not True and answers[-1] is not None:
            raise KernelError(f"{claim} fails for {example!r}: the search got {answers[-1]!r}")

    hunt()
    undecided = answers.count(None)
    if not answers or undecided > len(answers) / 100:
        raise KernelError(f"{claim}: {undecided} of {len(answers)} examples are undecided, which is no evidence")
    made = Survival(claim, len(answers), undecided)
    _MADE[id(made)] = (made, (claim, len(answers), undecided))
    return made
