"""A reason is a reason: none that a page gives can be deleted, and the step still hold."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from proofs.runner.guards import check_module
from proofs.runner.pages import load_page, make_page, page_paths
from tests.runner.sample import NAME, with_changes
from tests.tools.idle import idle


@pytest.mark.parametrize("path", page_paths(), ids=lambda path: path.stem[:3])
def test_no_reason_is_idle(path: Path) -> None:
    assert idle(load_page(path)) == []


MANY = "by=[inequality_square_is_not_negative(), evaluate(0 * x == 0)]"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("by=[inequality_square_is_not_negative()]", MANY, ["0 = 0", "x^2 >= 0"]),
        (
            "CLAIM.inhabited_by({x: 1})",
            "CLAIM.inhabited_by({x: 1}, [evaluate(0 * x == 0)])",
            ["0 = 0"],
        ),
        (
            "entails([], x**2 >= 0)",
            "for_each(forall(R, lambda y: y**2 >= 0), x, by=[square_nonnegative(zero)])",
            ["zero"],
        ),
        (
            "by=[inequality_square_is_not_negative()]",
            "hints=[inequality_square_is_not_negative()]",
            [],
        ),
    ],
    ids=["proved", "inhabited_by", "for_each", "hints"],
)
def test_what_is_idle_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, told: list[str]
) -> None:
    """z3 needs no reason for x^2 > 0 where x != 0, so that the one of the sample is idle too."""
    source = with_changes((old, new))
    path = tmp_path / NAME
    path.write_text(source, encoding="utf-8")
    module = ModuleType("sample_page")
    monkeypatch.setitem(sys.modules, "sample_page", module)
    exec(compile(source, path, "exec"), vars(module))
    page = make_page(path, module, check_module(NAME, source, "a99"))
    found = [line for line in idle(page) if "x^2 >= 0" not in line or "x^2 >= 0" in told]
    assert all(line.startswith(f"{NAME}:") for line in found)
    for words in told:
        assert any(words.replace("zero", "0.0 >= 0") in line for line in found), found
    assert bool(found) == bool(told)
