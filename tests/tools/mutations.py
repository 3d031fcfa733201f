"""Breaks one line of mathematics at a time, and sees whether a verdict notices.

`edits/` holds them, a table for each page or lemma: [[old text, new text], [old text, new text, why
the edit leaves a true statement], ...]. The old text occurs once in the file; an edit without a
reason must be refused, one with a reason must survive. Each is made in memory, never on disk: the
edited module and all that import it are loaded anew, and the pages among them are judged as pytest
judges them, the edited one first, up to the first refusal. An edit that survives gives another
proof of the same claims, or another statement, which the golden file shows in review, unless it is
printed as before.

`python -m tests.tools.mutations` tries every edit, and with the names of files after it, such as
`a12 lemmas/rates`, only those of these; the exit status is 1 where an edit without a reason
survives, or one with a reason is refused.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import ModuleType

import proofs
from proofs.kernel import KernelError
from proofs.kernel.verdict import Judgement
from proofs.runner.guards import check_module
from proofs.runner.pages import ROOMS_OF_LEMMAS, NoVerdict, Page, make_page
from proofs.runner.writing import in_full

HOME = Path(proofs.__file__).parent
TABLES = sorted((Path(__file__).parent / "edits").rglob("*.toml"))


# --------------------------------------------------------------------------------------- the tables
@dataclass(frozen=True)
class Edit:
    """`new` for `old`, which occurs once in `file`.

    The file is a page, by its number, or a path in proofs/ without .py.
    """

    file: str
    old: str
    new: str
    why: str = ""  # it leaves a true statement; "" where it must be refused

    def __str__(self) -> str:
        old, new = (" ".join(text.split()) for text in (self.old, self.new))
        return f"{self.file}: {old}  ->  {new or '(nothing)'}"

    @property
    def module(self) -> str:
        """The name of the module that is edited."""
        for name, path in modules().items():
            if self.file in (number(name), path.relative_to(HOME).with_suffix("").as_posix()):
                return name
        raise LookupError(f"{self}: there is no such file in proofs/")

    @property
    def source(self) -> str:
        """The edited source."""
        source = modules()[self.module].read_text(encoding="utf-8")
        if (count := source.count(self.old)) != 1:
            raise LookupError(f"{self}: the old text occurs {count} times, not once")
        return source.replace(self.old, self.new)


def edits() -> list[Edit]:
    """The tables."""
    tables: list[dict[str, list[list[str]]]] = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in TABLES
    ]
    return [Edit(file, *row) for table in tables for file, rows in table.items() for row in rows]


# -------------------------------------------------------------------------------------- the modules
@cache
def modules() -> dict[str, Path]:
    """The pages and what they may rest on in `proofs`, by their names."""
    rooms = (HOME.glob(f"{room}/**/*.py") for room in ROOMS_OF_LEMMAS)
    paths = sorted(chain(HOME.glob("*.py"), HOME.glob("[a-z]_*/*.py"), *rooms))
    return {
        "proofs." + ".".join(path.relative_to(HOME).with_suffix("").parts): path
        for path in paths
        if path.stem not in ("__init__", "conftest")
    }


def is_page(module: str) -> bool:
    """Whether a module is a page."""
    return re.match(r"[a-z]_", modules()[module].relative_to(HOME).as_posix()) is not None


def number(module: str) -> str:
    """The number of a page, such as a11; of another module, nothing."""
    return modules()[module].stem[:3] if is_page(module) else ""


@cache
def imports(module: str) -> frozenset[str]:
    """The modules that a module imports, or imports something from."""
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    parts = (f"{node.module}.{alias.name}" for node in froms for alias in node.names)
    return frozenset(node.module or "" for node in froms).union(parts)


@cache
def importers(module: str) -> frozenset[str]:
    """The module, and all that import it or one of its importers."""
    return frozenset([module]).union(
        *(importers(name) for name in modules() if module in imports(name))
    )


@contextmanager
def edited(module: str, source: str) -> Iterator[None]:
    """Meanwhile `module` has this source, and whatever imports it is loaded anew."""
    saved = {name: sys.modules[name] for name in importers(module) if name in sys.modules}
    for name in importers(module):
        forget(name)
    try:
        made = ModuleType(module)
        remember(module, made)
        exec(compile(source, str(modules()[module]), "exec"), vars(made))
        yield
    finally:
        for name in importers(module):
            forget(name)
        for name, module_before in saved.items():
            remember(name, module_before)


def remember(name: str, module: ModuleType) -> None:
    """Makes `import name`, and `from room import name`, give this module."""
    room, _, leaf = name.rpartition(".")
    sys.modules[name] = module
    setattr(import_module(room), leaf, module)


def forget(name: str) -> None:
    """Makes the next import of a module load it."""
    room, _, leaf = name.rpartition(".")
    sys.modules.pop(name, None)
    if room in sys.modules:
        vars(sys.modules[room]).pop(leaf, None)


# ------------------------------------------------------------------------------------- the verdicts
@dataclass(frozen=True)
class Statement:
    """What a page states: its part of the golden file, and its claims as nodes of the kernel."""

    text: str
    claims: tuple[int, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of an edit: why it is refused, or else "" and how it shows."""

    refusal: str = ""
    shows: str = ""


def statements(module: str, source: str) -> Iterator[tuple[str, Statement]]:
    """What each page states that rests on `module`, its verdict being derived from this source."""
    if modules()[module].parent != HOME:
        check_module(modules()[module].name, source, number(module))
    with edited(module, source):
        resting = filter(is_page, importers(module))
        for name in sorted(resting, key=lambda name: (name != module, name)):
            path = modules()[name]
            text = source if name == module else path.read_text(encoding="utf-8")
            page = make_page(path, import_module(name), check_module(path.name, text, number(name)))
            claims = tuple(hash(claim.closed()) for claim in page.claims.values())
            yield page.id, Statement(in_full(page, verdict(page)), claims)


def verdict(page: Page) -> Judgement:
    """The verdict. What is no error of the kernel goes through: it is Python that is broken."""
    try:
        return page.judge()
    except NoVerdict as told:
        for error in page.failures.values():
            if not isinstance(error, KernelError):
                raise error from None
        raise next(iter(page.failures.values()), told) from None


@cache
def original(module: str) -> dict[str, Statement]:
    """What the pages state that rest on `module`."""
    return dict(statements(module, modules()[module].read_text(encoding="utf-8")))


def attempt(edit: Edit) -> Outcome:
    """Makes the edit and derives the verdicts of the pages that rest on it."""
    try:
        found = dict(statements(edit.module, edit.source))
    except KernelError as error:
        return Outcome(refusal=" ".join(str(error).split()))
    before = original(edit.module)
    if any(found[page].text != before[page].text for page in found):
        return Outcome(shows=PRINTED)
    return Outcome(shows=HIDDEN if found != before else PROOF)


PRINTED = "survived, another statement"
HIDDEN = "survived, another statement, printed as before"
PROOF = "survived, another proof"


def main(files: list[str]) -> int:
    """Tries the edits of these files, or all, and prints what came of each; 1 if one is wrong."""
    chosen, counts = [edit for edit in edits() if not files or edit.file in files], Counter[str]()
    for edit in chosen:
        assert edit.source, "raises where the table does not fit the file"
    for edit in chosen:
        outcome = attempt(edit)
        wrong = bool(outcome.refusal) == bool(edit.why)
        counts.update([outcome.shows or "refused", *["WRONG"] * wrong])
        said = textwrap.shorten(outcome.refusal or edit.why or "no reason is given", 200)
        print(f"{'WRONG  ' * wrong}{edit}\n    {outcome.shows or 'refused'}: {said}", flush=True)
    print(f"\n{len(chosen)} edits")
    for kind in ("refused", PROOF, PRINTED, HIDDEN, "WRONG"):
        print(f"{counts[kind]:5} {kind}")
    return int(counts["WRONG"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
