"""Statements about a whole box that are nearly right, or are about something else than they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from proofs.balls.arithmetic import exp
from proofs.balls.boxes import Enclosure, descends, linearizes

Shown = Callable[[], Enclosure]
HALF, ONE, MORE = Fraction(1, 2), Fraction(1), Fraction(101, 100)


@dataclass(frozen=True, kw_only=True, eq=False)
class Boxed:
    """What balls must not show, what they say, and a twin that they do show."""

    name: str
    claim: Shown
    twin: Shown
    told: str

    def __str__(self) -> str:
        return self.name


square: Callable[[Any], Any] = lambda x: x * x
bowl: Callable[[Any, Any], Any] = lambda x, y: x * x + 2 * y * y
below = partial(descends, rises=((1,), ONE))  # from 1 the step 1 leads to -1
bends = partial(linearizes, exceeds=((1,), (0,), MORE))  # (1 - 0)^2 is more than 1.01 / 2
SIDE = [(-1, 1)]

FAULTS = [
    Boxed(
        name="alpha0 is the bound itself",
        claim=lambda: below(square, SIDE, ONE),
        twin=lambda: below(square, SIDE, Fraction(63, 64)),
        told="is not shown to fall from|rises from",
    ),
    Boxed(
        name="alpha0 is 1% above the bound",
        claim=lambda: descends(square, SIDE, MORE, rises=((1,), MORE)),
        twin=lambda: descends(square, SIDE, Fraction(99, 100), rises=((1,), MORE)),
        told="rises from",
    ),
    Boxed(
        name="the step that rises does not",
        claim=lambda: descends(square, SIDE, HALF, rises=((1,), Fraction(99, 100))),
        twin=lambda: descends(square, SIDE, HALF, rises=((1,), ONE)),
        told="alpha = 99/100 is not shown not to lower the loss",
    ),
    Boxed(
        name="the step that rises is more than twice alpha0",
        claim=lambda: descends(square, SIDE, Fraction(49, 100), rises=((1,), ONE)),
        twin=lambda: descends(square, SIDE, HALF, rises=((1,), ONE)),
        told="with a learning rate of at most twice 49/100",
    ),
    Boxed(
        name="the start that rises is outside the box",
        claim=lambda: descends(square, SIDE, HALF, rises=((2,), ONE)),
        twin=lambda: descends(square, [(-2, 2)], HALF, rises=((2,), ONE)),
        told="is no start of",
    ),
    Boxed(
        name="the start that rises has the gradient 0",
        claim=lambda: descends(square, SIDE, HALF, rises=((0,), ONE)),
        twin=lambda: descends(square, SIDE, HALF, rises=((-1,), ONE)),
        told="is not shown not to lower the loss",
    ),
    Boxed(
        name="a box in one direction only",
        claim=lambda: descends(bowl, [(-1, 1), (-1, 1)], Fraction(3, 5), rises=((0, 1), HALF)),
        twin=lambda: descends(bowl, [(-1, 1), (-1, 1)], Fraction(2, 5), rises=((0, 1), HALF)),
        told="is not shown to fall from|rises from",
    ),
    Boxed(
        name="a box with its ends exchanged",
        claim=lambda: below(square, [(1, -1)], HALF),
        twin=lambda: below(square, SIDE, HALF),
        told="the box .* is empty",
    ),
    Boxed(
        name="a jump behind a comparison",
        claim=lambda: below(lambda x: x * x if x != 0 else x * x - 1000, SIDE, HALF),
        twin=lambda: below(lambda x: x * x - 1000, SIDE, HALF),
        told="asks what its number is",
    ),
    Boxed(
        name="a loss that is another one where it is measured",
        claim=lambda: below(lambda x: x * x if hasattr(x, "coeffs") else -x * x, SIDE, HALF),
        twin=lambda: below(lambda x: x * x, SIDE, HALF),
        told="asks what its number is|rises from|is not shown",
    ),
    Boxed(
        name="a pole inside the box",
        claim=lambda: below(lambda x: x * x + 1 / (1000 * x), SIDE, HALF),
        twin=lambda: below(lambda x: x * x + 1 / (1000 * (x + 9)), SIDE, HALF),
        told="is not shown|rises from",
    ),
    Boxed(
        name="a loss that is constant",
        claim=lambda: below(lambda x: 3, SIDE, HALF),
        twin=lambda: below(lambda x: 3 + x * x, SIDE, HALF),
        told="everywhere, whatever its coordinates",
    ),
    Boxed(
        name="a Lipschitz constant 1% too small",
        claim=lambda: bends(square, SIDE, Fraction(198, 100)),
        twin=lambda: bends(square, SIDE, Fraction(201, 100)),
        told="bends more|is not shown to bend so little",
    ),
    Boxed(
        name="a Lipschitz constant that holds at the start alone",
        claim=lambda: linearizes(exp, [(0, 1)], ONE, exceeds=((1,), (0,), ONE)),
        twin=lambda: linearizes(exp, [(0, 1)], Fraction(28, 10),
                                exceeds=((1,), (0,), Fraction(14, 10))),
        told="bends more|is not shown to bend so little",
    ),
    Boxed(
        name="a constant that is no more than twice the least",
        claim=lambda: linearizes(square, SIDE, Fraction(5), exceeds=((1,), (0,), MORE)),
        twin=lambda: linearizes(square, SIDE, Fraction(201, 100), exceeds=((1,), (0,), MORE)),
        told="with a number of at least half of 5",
    ),
]  # fmt: skip
