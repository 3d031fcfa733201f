"""How the tests say that something is refused, and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from proofs.kernel import KernelError


def refuses(match: str, *attempts: Callable[[], object]) -> None:
    """Each attempt raises KernelError with a message in which `match` is found."""
    for attempt in attempts:
        with pytest.raises(KernelError, match=match):
            attempt()
