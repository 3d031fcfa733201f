"""A page reads from top to bottom: a statement stands above its steps, arguments have names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from proofs.kernel.verdict import Judgement
from proofs.runner.pages import DECIDING, Page, code_of, page_paths

TREES = {p.stem[:3]: ast.parse(p.read_text(encoding="utf-8")) for p in page_paths()}


def statements(tree: ast.Module, claims: list[str]) -> dict[str, tuple[int, int]]:
    """The first and the last line of each claim's statement, in the order of the page."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    return {
        name.id: (node.lineno, node.end_lineno or 0)
        for node in assigned
        for name in ast.walk(node.targets[0])
        if isinstance(name, ast.Name) and name.id in claims
    }


def out_of_place(
    stated: dict[str, tuple[int, int]], decided: dict[str, int], steps: list[int]
) -> Iterator[str]:
    """The claims that another statement or too many lines part from the step that decides them.

    Claims that stand in one block, with no step among them, count as one statement.
    """
    for name, (_, end) in stated.items():
        line = decided[name]
        if line < end:
            yield f"{name} is decided above its statement"
        between = [n for n, (first, _) in stated.items() if end < first < line]
        parted = [n for n in between if any(end < step < stated[n][0] for step in steps)]
        if parted:
            yield f"{name} is decided below {', '.join(parted)}"
        if line - end > 45:
            yield f"{name} is decided {line - end} lines below"


@pytest.mark.parametrize("number", TREES)
def test_a_statement_stands_above_the_steps_that_decide_it(
    pages: list[Page], judgements: dict[str, Judgement], number: str
) -> None:
    page = next(page for page in pages if page.id == number)
    lines = {step: code_of(made).co_firstlineno for step, made in page.steps.items()}
    decided = {
        name: min(lines[step] for step in steps if step.startswith(DECIDING))
        for name, steps in judgements[number].steps.items()
    }
    stated = statements(TREES[number], list(page.claims))
    assert list(out_of_place(stated, decided, list(lines.values()))) == []


def test_claims_out_of_place_are_found() -> None:
    stated = {"CLAIM": (1, 4), "A": (10, 12), "B": (13, 14)}
    steps = [6, 20, 25]
    assert list(out_of_place(stated, {"CLAIM": 6, "A": 20, "B": 25}, steps)) == []
    assert list(out_of_place(stated, {"CLAIM": 20, "A": 20, "B": 25}, steps)) == [
        "CLAIM is decided below A, B"
    ]
    assert list(out_of_place(stated, {"CLAIM": 6, "A": 6, "B": 25}, steps)) == [
        "A is decided above its statement"
    ]
    assert len(list(out_of_place(stated, {"CLAIM": 6, "A": 20, "B": 60}, [6, 20, 60]))) == 1


def nameless(tree: ast.Module) -> Iterator[str]:
    """Calls that put two values or more into a statement, and do not name them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            values = [a for a in node.args[1:] if not isinstance(a, ast.Starred)]
            if node.func.id in ("instance", "witnessed") and len(values) > 1:
                yield f"line {node.lineno}: {ast.unparse(node)[:80]}"


@pytest.mark.parametrize("number", TREES)
def test_arguments_have_names(number: str) -> None:
    assert list(nameless(TREES[number])) == []


def test_arguments_without_names_are_found() -> None:
    assert len(list(nameless(ast.parse("x = instance(SMOOTH, norm(g) / 2, s)")))) == 1
    assert list(nameless(ast.parse("instance(SMOOTH, s)\nwitnessed(A, *values)"))) == []
