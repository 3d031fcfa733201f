"""The house: what its rooms may import, how long its lines are, and that each name is one thing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROOFS = ROOT / "proofs"

# What a room may import of this project. `pages` are the folders of the articles.
ARROWS = {
    "replay": set(),
    "kernel": {"kernel", "replay"},
    "definitions": {"kernel"},
    "axioms": {"kernel", "definitions"},
    "balls": {"kernel", "balls"},
    "claims": {"kernel", "balls"},
    "prelude": {"kernel", "definitions", "claims", "runner"},
    "witnesses": {"kernel", "definitions", "claims", "lemmas"},
    "lemmas": {"prelude", "claims", "axioms", "lemmas"},
    "losses": {"prelude", "claims", "witnesses", "lemmas", "losses", "balls"},
    "background": {"prelude", "claims", "axioms", "witnesses", "lemmas", "losses", "background"},
    "pages": {"prelude", "lemmas", "losses", "background", "pages", "balls", "strategies"},
    "strategies": {"kernel", "balls", "strategies"},
    "certificates": {"kernel", "replay", "certificates"},
    "rocq": {"kernel", "replay", "axioms", "rocq"},
    "runner": {
        *("kernel", "replay", "definitions", "axioms", "balls", "claims", "witnesses"),
        *("prelude", "certificates", "losses", "runner", "pages", "strategies", "proofs"),
    },
    "conftest": {"runner"},
    "certify": {"certify"},
    "proofs": set(),
}
SOURCES = sorted([*PROOFS.rglob("*.py"), *(ROOT / "strategies").rglob("*.py")])


def room(module: str) -> str:
    """The room of a module of this project."""
    parts = module.split(".")
    if parts[0] == "strategies" or len(parts) == 1:
        return parts[0]
    return "pages" if re.match(r"[a-z]_", parts[1]) else parts[1]


def imported(path: Path) -> Iterator[str]:
    """The modules of this project that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in ("proofs", "strategies"):
            yield from (f"{node.module}.{a.name}" for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names)


def name_of(path: Path) -> str:
    """The dotted name of a file's module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_arrows_point_down_only(path: Path) -> None:
    here = room(name_of(path))
    ours = [m for m in imported(path) if m.split(".")[0] in ("proofs", "strategies")]
    wrong = [m for m in ours if room(m) not in ARROWS[here]]
    assert wrong == [], f"{here} may import {', '.join(sorted(ARROWS[here])) or 'nothing'}"


def test_every_room_has_its_arrows() -> None:
    assert {room(name_of(path)) for path in SOURCES} - ARROWS.keys() == set()


def test_solvers_are_imported_in_their_rooms() -> None:
    homes = {"z3": set(), "sympy": {"kernel", "certificates", "strategies"}}
    homes["flint"] = {"balls", "certify"}
    for path in SOURCES:
        for module in imported(path):
            library = module.split(".")[0]
            assert room(name_of(path)) in homes.get(library, {room(name_of(path))}), path


def test_to_import_proofs_does_nothing_else() -> None:
    """Its docstring is the argument on one page; a user's own process loads no solver for it."""
    heavy = ("sympy", "z3", "hypothesis", "flint", "pytest", "numpy")
    show = (
        f"import sys, proofs; print([m for m in {heavy} if m in sys.modules], len(proofs.__doc__))"
    )
    run = subprocess.run(
        [sys.executable, "-c", show], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded, length = run.stdout.rsplit(" ", 1)
    assert loaded == "[]"
    assert int(length) > 2000
    tree = ast.parse((PROOFS / "__init__.py").read_text(encoding="utf-8"))
    assert len(tree.body) == 1


def test_the_kernel_is_read_in_one_sitting() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (PROOFS / "kernel").glob("*.py")]
    assert 500 < sum(len(text.splitlines()) for text in texts) < 1200


def test_the_replayer_is_short_and_stands_alone() -> None:
    """Anybody may copy the file and run it."""
    path = PROOFS / "replay.py"
    assert 100 < len(path.read_text(encoding="utf-8").splitlines()) <= 200
    assert set(imported(path)) <= set(sys.stdlib_module_names)


def test_no_line_is_over_100_columns() -> None:
    paths = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
    long = [
        f"{path.relative_to(ROOT)}:{i}"
        for path in paths
        for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 100
    ]
    assert long == []


def test_every_room_says_what_it_is() -> None:
    for path in SOURCES:
        if path.name == "__init__.py" and path.parent.name[1:2] != "_":
            doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            assert len(doc) > 60, f"{path.relative_to(ROOT)}: the front page of a room"


def made(path: Path) -> Iterator[str]:
    """The public functions and classes that a module makes, and the CAPITAL constants of a loss."""
    losses = path.parent.name == "losses"
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name
        elif isinstance(node, ast.Assign) and losses:
            names = [n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
            yield from (name for name in names if name.isupper() and len(name) > 1)


def test_no_two_things_have_one_name() -> None:
    """Of what modules make for others; a page's own claims and steps are its own."""
    homes = defaultdict(set)
    for path in SOURCES:
        if room(name_of(path)) not in ("pages", "conftest", "certify"):
            for name in made(path):
                homes[name].add(name_of(path))
    assert {name: sorted(where) for name, where in homes.items() if len(where) > 1} == {}


def test_the_index_of_the_lemmas_is_complete() -> None:
    """`lemmas/__init__` names every module of theorems, and every theorem that is offered."""
    index = ast.get_docstring(ast.parse((PROOFS / "lemmas/__init__.py").read_text())) or ""
    words = set(re.findall(r"\w+", index))
    offered = {
        name
        for path in (PROOFS / "lemmas").glob("*.py")
        if path.name != "__init__.py"
        for name in (path.stem, *made(path))
    }
    assert offered - words == set()
    assert "by_the_moon" not in words


def test_the_index_of_the_losses_is_complete() -> None:
    index = ast.get_docstring(ast.parse((PROOFS / "losses/__init__.py").read_text())) or ""
    words = set(re.findall(r"\w+", index))
    paths = [p for p in (PROOFS / "losses").glob("*.py") if p.name != "__init__.py"]
    named = {name for path in paths if path.stem != "landscapes" for name in made(path)}
    assert {path.stem for path in paths} - words == set()
    assert {n for n in named if n.isupper() and not n.startswith("SYMBOLIC")} - words == set()


def test_the_prelude_has_all_of_the_language() -> None:
    from proofs import definitions, kernel, prelude

    ways = ["Claim", "Fraction", "for_each", "refuted_at"]
    assert sorted(prelude.__all__) == sorted([*kernel.__all__, *definitions.__all__, *ways])
