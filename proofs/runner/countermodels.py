"""What a reader is told where z3 does not prove a step: the smallest values that refute it."""

from __future__ import annotations

import re

from proofs.kernel.solver import NotProved, ask
from proofs.kernel.terms import TRUTH

RLIMIT = 1_000_000  # for each attempt to find smaller values


def explain(error: NotProved) -> str:
    """Values that satisfy the premises and not the goal, the smallest found; or z3 gave up."""
    query, goal = error.query, error.goal
    if error.reply != "sat":
        reply = f"z3 gives no answer ({' '.join(error.reply.split())}) within its limit to: {goal}"
        return f"{reply}. State the step in inner products rather than coordinates, or split it"
    numbers = [name for name, t in query.shown.items() if t.sort != TRUTH]
    reply = ""
    for bound in (1, 2, 5, 20, 10**9):
        inside = [f"(<= (- {bound}) {n} {bound})" for n in numbers]
        question = query.text([*query.facts, *error.assertions, *inside])
        reply = ask(question + f"(get-value ({' '.join(numbers)}))", RLIMIT)
        if reply.startswith("sat"):
            break
    values = re.findall(r"\(+(x\d+) (.*?)\)(?=\s*\(x|\)$)", reply)
    example = ", ".join(f"{query.shown[name]} = {_readable(value)}" for name, value in values)
    premises = f"The premises hold and it fails for {example or 'some values'}."
    told = f"not proved: {goal} does not follow. {premises}"
    if all(query.shown[name].op == "symbol" for name in numbers):
        return told
    return (
        f"{told} (z3 makes up values of inner products and functions; no vectors need have them.)"
    )


def _readable(value: str) -> str:
    value = re.sub(r"\(/ ([\d.]+) ([\d.]+)\)", r"\1/\2", value).replace(".0", "")
    return re.sub(r"\(- ([\d/]+)\)", r"-\1", value)


NotProved.__str__ = explain  # type: ignore[method-assign]
