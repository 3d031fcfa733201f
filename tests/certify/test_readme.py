"""The examples of the README run as they stand there, and its list is made from the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import proofs.certify
from proofs.certify.report import VERDICTS
from proofs.certify.understood import understood

TEXT = (Path(proofs.certify.__file__).parent / "README.md").read_text()
EXAMPLES = re.findall(r"^### (.*?)\n\n```python\n(.*?)```", TEXT, re.S | re.M)


def needed(code: str) -> list[str]:
    return [name for name in ("jax", "torch") if f"import {name}" in code]


@pytest.mark.parametrize(("title", "code"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_example(title: str, code: str) -> None:
    for module in needed(code):
        pytest.importorskip(module)
    assert "check_descent" in code or "assert_descent" in code
    exec(compile(code, title, "exec"), {"__name__": title})


def test_every_verdict_is_explained() -> None:
    assert [v for v in VERDICTS if f"| `{v}` |" not in TEXT] == []


def test_the_list_is_not_empty() -> None:
    found = understood()
    assert "logaddexp" in found["elementwise rules"]
    assert "expit" in found["ufuncs of numpy and scipy.special"]
    assert "einsum" in found["functions of numpy with a rule"]
    assert "logsumexp" in found["functions of scipy.special"]
