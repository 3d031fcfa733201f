"""What rests on what, by the names that occur in the sources.

The guards let a page and its lemmas take names only by `from ... import`, never by a string, so
that a definition rests on just what its names stand for, through the helpers beside it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from proofs.definitions import __all__ as notions
from proofs.runner.guards import HOME, PREFIXES

OUTSIDE: dict[str, Path] = {}  # pages that do not stand in the project
ROOMS = ("lemmas", "losses", "background")


@dataclass(frozen=True, order=True)
class Thing:
    """What has a name in a module: a step, a claim, a lemma, a loss, an axiom, a notion."""

    module: str  # such as lemmas.slopes, axioms, or a_why_gradient_descent_works.a11_small_...
    name: str

    @property
    def room(self) -> str:
        """`pages`, or the first part of the module."""
        first = self.module.split(".")[0]
        return "pages" if first[1:2] == "_" else first

    @property
    def page(self) -> str:
        """The number of the page, such as a11."""
        return self.module.split(".")[1][:3]

    @property
    def is_step(self) -> bool:
        """Whether this is a step of a page."""
        return self.room == "pages" and self.name.startswith(PREFIXES)


@dataclass(frozen=True)
class Source:
    """A module: where its names are made, and where those that it imports come from."""

    made: dict[str, ast.stmt]
    imported: dict[str, Thing]


def path_of(module: str) -> Path:
    """The file of a module, or of a package's front page."""
    if module in OUTSIDE:
        return OUTSIDE[module]
    path = HOME.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def module_of(path: Path) -> str:
    """The name of a file's module, without `proofs`; a page may stand outside the project."""
    if not path.is_relative_to(HOME):
        OUTSIDE[name := f"{path.parent.name}.{path.stem}"] = path
        for known in (source, rests_on, everything_under):
            known.cache_clear()
        return name
    return ".".join(path.relative_to(HOME).with_suffix("").parts)


def names_made(node: ast.stmt) -> list[str]:
    """The names that a statement of a module gives to something."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
    names = [n for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    return [n.id for n in names if isinstance(n.ctx, ast.Store)]


@cache
def source(module: str) -> Source:
    """A module as names."""
    made, imported = dict[str, ast.stmt](), dict[str, Thing]()
    for node in ast.parse(path_of(module).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            home = (node.module or "").removeprefix("proofs.")
            for a in node.names:
                imported[a.asname or a.name] = Thing(home, a.name)
        else:
            made |= dict.fromkeys(names_made(node), node)
    if "*" in imported:  # of the prelude
        imported |= {name: Thing("definitions", name) for name in notions}
    return Source(made, imported)


def named_in(thing: Thing) -> list[Thing]:
    """What is named where a thing is made, in this order."""
    here = source(thing.module)
    body = here.made.get(thing.name)
    nodes = ast.walk(body) if body else ()
    names = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    found = dict[Thing, None]()
    for name in names:
        if name in here.made and name != thing.name:
            found[Thing(thing.module, name)] = None
        elif name in here.imported:
            found[here.imported[name]] = None
    return list(found)


def is_reason(thing: Thing) -> bool:
    """Whether a reader looks for this by its name: a step, a lemma, a loss, an axiom, a notion."""
    if thing.room in ("axioms", "definitions") or thing.is_step:
        return True
    made = source(thing.module).made.get(thing.name) if thing.room in ROOMS else None
    loss = thing.room == "losses" and isinstance(getattr(made, "value", None), ast.Call)
    return isinstance(made, ast.FunctionDef) or (loss and thing.name.isupper())


@cache
def rests_on(thing: Thing) -> tuple[Thing, ...]:
    """The nearest reasons: what is named where a thing is made, through the helpers beside it.

    A claim on the page is what a step is about, and no reason.
    """
    found, seen, stack = dict[Thing, None](), {thing}, named_in(thing)[::-1]
    while stack:
        part = stack.pop()
        if part in seen:
            continue
        seen.add(part)
        if is_reason(part):
            found[part] = None
        elif part.room in (*ROOMS, "pages") and not _states(part):
            stack += named_in(part)[::-1]
    return tuple(found)


def _states(thing: Thing) -> bool:
    """Whether this is a claim of a page: `X = Claim(...)`, or another claim with changes."""
    node = source(thing.module).made.get(thing.name)
    value = getattr(node, "value", None)
    if thing.room != "pages" or not thing.name.isupper() or not isinstance(value, ast.Call):
        return False
    way = value.func
    return getattr(way, "id", "") == "Claim" or getattr(way, "attr", "") == "but"


@cache
def everything_under(thing: Thing) -> frozenset[Thing]:
    """All that a thing rests on, through its reasons and theirs."""
    found, stack = set[Thing](), list(rests_on(thing))
    while stack:
        part = stack.pop()
        if part not in found:
            found.add(part)
            if part.room in (*ROOMS, "pages"):
                stack += rests_on(part)
    return frozenset(found)


def modules_in(room: str) -> Iterator[str]:
    """The modules of a room, in order."""
    for path in sorted((HOME / room).rglob("*.py")):
        if path.name != "__init__.py":
            yield module_of(path)
