"""A small page, and how the tests of the runner write it and run pytest on it."""

from __future__ import annotations

from pathlib import Path

import pytest

NAME = "a99_square_is_positive.py"
GOOD = '''"""a99. The square of a number is positive.

Claim     x^2 > 0.
Article   A:99: a sentence.
Idea      A square is never negative, and zero only for x = 0.
Notation  x, a number.
Verdict   HOLDS_IF x != 0.
"""

from proofs.prelude import *

x = real("x")

CLAIM = Claim(for_all=[x], given={"x is not zero": x != 0}, unsaid=["x is not zero"], then=x**2 > 0)


def inequality_square_is_not_negative():
    """x^2 >= 0."""
    return entails([], x**2 >= 0)


def theorem_square_is_positive():
    """x^2 >= 0, and x^2 = 0 only for x = 0."""
    return CLAIM.proved(by=[inequality_square_is_not_negative()])


def inhabited_by_one():
    """1 is not zero."""
    return CLAIM.inhabited_by({x: 1})


def counterexample_zero():
    """The square of 0 is 0."""
    return CLAIM.fails({x: 0}, without="x is not zero")
'''
STEPS = [
    "inequality_square_is_not_negative",
    "theorem_square_is_positive",
    "inhabited_by_one",
    "counterexample_zero",
]


def with_changes(*changes: tuple[str, str], source: str = GOOD) -> str:
    """The page with each old text, which must be there, replaced."""
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new)
    return source


def line_of(words: str, source: str) -> int:
    """The number of the first line that holds the words."""
    return next(i for i, line in enumerate(source.splitlines(), 1) if words in line)


def write_page(pytester: pytest.Pytester, source: str, name: str = NAME) -> Path:
    """Writes a page into the folder of an article."""
    folder = pytester.path / "a_article"
    folder.mkdir(exist_ok=True)
    page = folder / name
    page.write_text(source, encoding="utf-8")
    return page


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """pytest on the pages written so far."""
    plugins = ("-p", "proofs.conftest", "-p", "no:cacheprovider")
    return pytester.runpytest_inprocess(*plugins, *options)
