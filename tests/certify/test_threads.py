"""flint's one precision: put back afterwards, and several threads may ask at once."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from flint import ctx

from proofs.certify import check_descent


def test_the_precision_is_put_back() -> None:
    before = ctx.prec, ctx.cap
    check_descent(lambda w: np.sum(w**4), lambda w: 4 * w**3, at=np.ones(2), alpha=0.01)
    check_descent(lambda w: np.sum(np.abs(np.fft.fft(w))), at=np.ones(2))
    assert (ctx.prec, ctx.cap) == before


def test_several_threads() -> None:
    found: dict[int, Any] = {}

    def ask(k: int) -> None:
        loss: Any = lambda w: k * np.sum(w**2) + np.sum(np.abs(w))
        grad: Any = lambda w: 2 * k * w + np.sign(w)
        found[k] = check_descent(loss, grad, at=np.array([1.0, -2.0]))

    threads = [threading.Thread(target=ask, args=(k,)) for k in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[k].verdict for k in range(1, 5)] == ["right"] * 4
    assert np.zeros(1).dtype.kind == "f"
    rates = [found[k].certified for k in range(1, 5)]
    assert rates == sorted(rates, reverse=True)
