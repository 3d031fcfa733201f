"""How far a reader has to go on each page: `python -m tests.tools.figures` prints the table.

Lines from the end of a claim's statement to the step that decides it (the median over the claims of
a page, and the longest way), the names that a page imports, and its lines.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from statistics import median

from proofs.runner.pages import DECIDING, Page, code_of, load_pages


def ways(page: Page) -> Iterator[int]:
    """For each claim, the lines from its statement to the first step that decides it."""
    tree = ast.parse(page.path.read_text(encoding="utf-8"))
    stated = {
        target.id: node.end_lineno or 0
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in ast.walk(node.targets[0])
        if isinstance(target, ast.Name)
    }
    for name, steps in page.judge().steps.items():
        lines = [code_of(page.steps[s]).co_firstlineno for s in steps if s.startswith(DECIDING)]
        yield min(abs(line - stated[name]) for line in lines)


def imported(page: Page) -> int:
    """How many names a page imports; `*` is one."""
    tree = ast.parse(page.path.read_text(encoding="utf-8"))
    return sum(len(node.names) for node in tree.body if isinstance(node, ast.ImportFrom))


def main() -> None:
    """Prints the table."""
    pages = load_pages()
    print("page  lines  imported  claim to deciding step: median, longest")
    for page in pages:
        found = list(ways(page))
        lines = len(page.path.read_text(encoding="utf-8").splitlines())
        print(f"{page.id}   {lines:5}  {imported(page):8}  {median(found):6g} {max(found):5}")
    print(f"all imported: {sum(map(imported, pages))}")


if __name__ == "__main__":
    main()
