"""Which reasons on the pages are idle: a fact in `by` without which the step still holds.

Each fact that a page gives as a reason is deleted in turn, and the same is asked again, with a
tenth of z3's budget: `python -m tests.tools.idle a11` prints what is idle on some pages, or on all;
the exit status is 1 where something is. What only helps z3 stands in `hints`, which are not tried.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from proofs.claims import Claim
from proofs.kernel import KernelError, theorem
from proofs.kernel.solver import follows
from proofs.runner.pages import Page, load_page, page_paths

BUDGET = 3_000_000  # a tenth of z3's, for what is expected to fail
METHODS = ("proved", "inhabited_by", "fails")


def idle(page: Page) -> list[str]:
    """The idle reasons of a page, each with its line; runs the steps that are proofs."""
    found: list[str] = []
    module = sys.modules[next(iter(page.steps.values())).__module__]

    def tried(function: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(function)

        def wrapper(*values: Any, **named: Any) -> Any:
            result = function(*values, **named)
            caller = sys._getframe(1)
            given = signature.bind(*values, **named)
            facts = list(given.arguments.get("by", ()))
            if Path(caller.f_code.co_filename) == page.path:
                for i, fact in enumerate(facts):
                    given.arguments["by"] = facts[:i] + facts[i + 1 :]
                    if holds(lambda: function(*given.args, **given.kwargs)):
                        where = f"{page.path.name}:{caller.f_lineno}, {caller.f_code.co_name}"
                        found.append(f"{where}: idle: {fact}")
            return result

        return wrapper

    with patched(module, tried):
        for step in page.steps:
            if not step.startswith(("search_", "enclosure_")):
                page.run(step)
    return list(dict.fromkeys(found))


@contextmanager
def patched(module: Any, tried: Callable[..., Any]) -> Iterator[None]:
    """Meanwhile whatever takes reasons is tried without each, as the page calls it."""
    taking = {
        name: value
        for name, value in vars(module).items()
        if inspect.isfunction(value) and "by" in inspect.signature(value).parameters
    }
    methods = {name: tried(getattr(Claim, name)) for name in METHODS}
    with (
        patch.dict(vars(module), {name: tried(value) for name, value in taking.items()}),
        patch.multiple(Claim, **methods),
    ):
        yield


def holds(prove: Callable[[], object]) -> bool:
    """Whether something is proved within the smaller budget."""
    with patch.object(theorem, "follows", lambda p, goal, rlimit: follows(p, goal, BUDGET)):
        try:
            prove()
        except KernelError:
            return False
    return True


def main(numbers: list[str]) -> int:
    """Prints what is idle on these pages, or on all."""
    count = 0
    for path in page_paths():
        if not numbers or path.stem[:3] in numbers:
            for told in idle(load_page(path)):
                count += 1
                print(told, flush=True)
    print(f"{count} idle reasons")
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
