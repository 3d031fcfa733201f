"""What the tests of strategies share: the precision at which losses are compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from proofs.balls.arithmetic import precision


@pytest.fixture
def many_bits() -> Iterator[None]:
    """256 bits."""
    with precision(256):
        yield
