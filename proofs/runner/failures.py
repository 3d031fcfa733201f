"""What is told of a step that fails: where, by a chain of files and lines; each cause once."""

from __future__ import annotations

import linecache
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from proofs.kernel import KernelError
from proofs.runner.guards import HOME
from proofs.runner.pages import ROOMS_OF_LEMMAS, Page

RULES = HOME / "kernel"
SHORT_WAYS = HOME / "claims.py"


@dataclass(frozen=True)
class Line:
    """A line that was being run: of a page, of a lemma, or of a rule."""

    path: Path
    line: int
    code: CodeType

    @property
    def source(self) -> str:
        """The whole line of source."""
        linecache.checkcache(str(self.path))
        return linecache.getline(str(self.path), self.line).strip()


def places(error: BaseException) -> list[Line]:
    """Where an error came about, the outermost line first."""
    frames = traceback.walk_tb(error.__traceback__)
    return [Line(Path(f.f_code.co_filename), line, f.f_code) for f, line in frames]


def is_page(place: Line) -> bool:
    """Whether this is a line of a page."""
    return place.path.parent.name[1:2] == "_"


def is_proof(place: Line) -> bool:
    """Whether this is a line of a page, or of what pages build on."""
    lemma = any(place.path.is_relative_to(HOME / room) for room in ROOMS_OF_LEMMAS)
    return is_page(place) or lemma


def chain(error: BaseException, root: Path) -> list[str]:
    """The lines of the page, of the lemmas and the kernel's rule that led to an error."""
    found = places(error)
    told = []
    for place in filter(is_proof, found):
        path = place.path.relative_to(root) if place.path.is_relative_to(root) else place.path
        function = place.code.co_name
        inside = f", {function}" if function.isidentifier() else ""
        told.append(f"  {path.as_posix()}:{place.line}{inside}:  {place.source}")
    rules = [p.code.co_name for p in found if p.path.parent == RULES or p.path == SHORT_WAYS]
    public = [name for name in rules if not name.startswith("_") and name.isidentifier()]
    told = list(dict.fromkeys(told))  # each once, where a function calls itself
    return [*told, f"  refused by `{public[0]}`"] if public else told


def describe(error: BaseException) -> str:
    """What an error says; of one that is not the kernel's, its kind as well."""
    if isinstance(error, RecursionError):
        return "a function calls itself without end, or too deep for Python"
    return str(error) if isinstance(error, KernelError) else f"{type(error).__name__}: {error}"


def cause(error: BaseException, pages: list[Page]) -> tuple[str, str] | None:
    """The page and the step in which an error came about: the first that it stopped."""
    stopped = ((p.id, step) for p in pages for step, e in p.failures.items() if e is error)
    return next(stopped, None)


def same_root(error: BaseException) -> str:
    """What errors of one root share: the innermost line of a page or lemma, and the message."""
    inside = [f"{p.path}:{p.line}" for p in places(error) if is_proof(p)]
    return f"{inside[-1] if inside else ''} {describe(error)}"
