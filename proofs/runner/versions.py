"""Which versions a run has, against those that the project pins: with others it is other evidence.

The pins are the extra `proofs` of pyproject.toml, or, where the project is installed, of what was
installed. Of z3 the program is asked too, since it is the program that answers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version

from proofs.kernel.solver import RLIMIT, ask, z3
from proofs.runner.guards import HOME

PROJECT = HOME.parent / "pyproject.toml"


def pins() -> dict[str, str]:
    """The pinned versions, by the names of the packages."""
    lines: list[str] = []
    if PROJECT.exists():
        read = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
        lines = read["project"]["optional-dependencies"]["proofs"]
    else:
        with suppress(PackageNotFoundError):
            lines = [r for r in requires("descent-proofs") or () if 'extra == "proofs"' in r]
    return dict(re.findall(r"^([\w-]+)==([\w.]+)", "\n".join(lines), re.MULTILINE))


def installed(package: str) -> str:
    """The version of a package, or "none"."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def other_versions() -> Iterator[str]:
    """What runs in another version than the pinned one: `sympy 1.13.3 (pinned: 1.14.0)`."""
    if not (pinned_versions := pins()):
        yield "not known, since neither pyproject.toml nor an installed project tells the pins"
    for package, pinned in pinned_versions.items():
        if (found := installed(package)) != pinned:
            yield f"{package} {found} (pinned: {pinned})"
        if package == "z3-solver" and z3():
            said = re.sub(r'.*"(.*)".*', r"\1", ask("(get-info :version)", RLIMIT))
            if not f"{pinned}.".startswith(f"{said}."):
                yield f"the program z3 {said} (pinned: {pinned})"
