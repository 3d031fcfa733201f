"""What the lemmas of a run prove: while pages run, lemmas are listened to where they are called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any

from proofs.kernel import Sort, Term, Theorem
from proofs.runner.book.references import ROOMS, Thing
from proofs.runner.guards import HOME
from proofs.runner.printing import latex

FOUND: dict[Thing, tuple[Theorem, int]] = {}  # with the number of arguments that are no symbols


@contextmanager
def listening(*more: dict[str, Any]) -> Iterator[None]:
    """Keeps a theorem of each lemma that is called, of those for symbols the first, if any is; in
    the modules of the project, and where `more` are the names.
    """
    modules = [m for m in sys.modules.values() if is_of_proofs(getattr(m, "__file__", None) or "")]
    spaces = {id(names): names for names in (*map(vars, modules), *more)}
    plain = [
        (names, key, f, thing)
        for names in spaces.values()
        for key, f in names.items()
        if callable(f) and not isinstance(f, type) and (thing := lemma(f))
    ]
    for names, key, f, thing in plain:
        names[key] = listened(f, thing)
    try:
        yield
    finally:
        for names, key, f, _ in plain:
            names[key] = f


def is_of_proofs(file: str) -> bool:
    """Whether this is the file of a page, or of what pages build on."""
    path = Path(file)
    return path.parent.name[1:2] == "_" or any(path.is_relative_to(HOME / room) for room in ROOMS)


def lemma(f: Callable[..., Any]) -> Thing | None:
    """The lemma that a function is, if it is one."""
    home = str(getattr(f, "__module__", "")).removeprefix("proofs.")
    name = str(getattr(f, "__name__", ""))
    return Thing(home, name) if home.split(".")[0] in ROOMS and name.isidentifier() else None


def listened(f: Callable[..., Any], thing: Thing) -> Callable[..., Any]:
    """A lemma that is listened to."""

    @wraps(f)
    def calls(*values: Any, **named: Any) -> Any:
        made = f(*values, **named)
        if isinstance(made, Theorem):
            others = [x for x in (*values, *named.values()) if not is_general(x)]
            if thing not in FOUND or len(others) < FOUND[thing][1]:
                FOUND[thing] = made, len(others)
        return made

    return calls


def is_general(x: Any) -> bool:
    """Whether an argument is a symbol, or a sort."""
    return isinstance(x, Sort) or (isinstance(x, Term) and x.op == "symbol")


def heard(thing: Thing) -> dict[str, Any] | None:
    """The theorem of a lemma, in LaTeX, if it was called."""
    return told(FOUND[thing][0]) if thing in FOUND else None


@cache
def told(theorem: Theorem) -> dict[str, Any]:
    """A theorem in LaTeX."""
    return {
        "hypotheses": [latex(h) for h in theorem.hypotheses],
        "goal": latex(theorem.goal),
        "axioms": sorted(theorem.axioms),
    }
