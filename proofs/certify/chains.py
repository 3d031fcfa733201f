"""A program that is written down, with one function for each chain of operations on one number.

So 1 / (1 + exp(-z)) and what is made of it alone are as wide on an interval as they are, not as
their parts would let them be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb

from proofs.certify.balls import ONE, Function, reciprocal, series_of, square
from proofs.certify.jets import times
from proofs.certify.tracing import (
    ADD, APPLY, INVERSE, MINUS, OVER, SCALE, SHIFT, SQUARE, TIMES, Step, Written,
)  # fmt: skip

LONGEST = 12  # operations
MOST = 60  # different chains


def joined(written: Written) -> Written:
    """The same program, where a chain that divides or applies a function is applied at once."""
    n, steps = written.n, written.steps
    # of each value: the value that its chain begins with, the chain, and whether to join it
    start, joins = list(range(n)), [False] * n
    chain: list[tuple[int, ...]] = [()] * n
    for k, (code, i, x) in enumerate(steps, n):
        inputs = (i, x) if code in (ADD, TIMES) else (i,)
        found = tuple(sorted({k, *(p for j in inputs for p in chain[j])}))
        if len({start[j] for j in inputs}) > 1 or len(found) > LONGEST:
            start.append(k)
            chain.append(())
            joins.append(False)
        else:
            start.append(start[i])
            chain.append(found)
            joins.append(code in (INVERSE, APPLY) or any(joins[j] for j in inputs))
    made: dict[Any, Function] = {}
    kept: dict[int, Step] = {}
    needed = {written.last}
    for k in reversed(range(n, n + len(steps))):
        if k not in needed:
            continue
        code, i, x = steps[k - n]
        if joins[k] and len(chain[k]) > 1:
            function = _function([steps[p - n] for p in chain[k]], (start[k], *chain[k]), made)
            code, i, x = (APPLY, start[k], function) if function else (code, i, x)
        kept[k] = code, i, x
        needed.update((i, x) if code in (ADD, TIMES) else (i,))
    places = {k: k for k in range(n)} | {k: n + j for j, k in enumerate(sorted(kept))}
    moved = [
        (code, places[i], places[x] if code in (ADD, TIMES) else x)
        for _, (code, i, x) in sorted(kept.items())
    ]
    return Written(moved, n, places[written.last])


def _function(
    steps: Sequence[Step], places: Sequence[int], made: dict[Any, Function]
) -> Function | None:
    """The function of one number that a chain computes; the same one for equal chains. None for
    one more than there may be.
    """
    place = {p: k for k, p in enumerate(places)}
    own = [(code, place[i], place[x] if code in (ADD, TIMES) else x) for code, i, x in steps]
    key = tuple((code, i, id(x) if _is_wide(x) else x) for code, i, x in own)
    if key not in made and len(made) >= MOST:
        return None

    def run(x: Any) -> Any:
        values = [x]
        for code, i, other in own:
            values.append(_step(code, values[i], values[other] if code in (ADD, TIMES) else other))
        return values[-1]

    return made.setdefault(key, Function("a chain of operations", run, run))


def _is_wide(x: Any) -> bool:
    """Whether it is a ball that flint does not hash."""
    return isinstance(x, arb) and not bool(x.is_exact())


def _step(code: int, a: Any, x: Any) -> Any:
    """One operation on balls or series."""
    if code in (ADD, SHIFT):
        return a + x
    is_ball = type(a) is arb
    if code in (TIMES, SCALE):
        return a * x if is_ball else times(a, x)
    if code == APPLY:
        return x.ball(a) if is_ball else series_of(x, a)
    if code == SQUARE:
        return square(a) if is_ball else a * a
    if code == MINUS:
        return -a
    if code == OVER:
        return a / x
    return ONE / a if is_ball else reciprocal(a)
