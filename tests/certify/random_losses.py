"""Random losses with kinks, in numpy, for the fuzz: a dozen kinds of terms on random affine
arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Loss = Callable[[Any], Any]

TERMS: dict[str, Callable[[Any], Any]] = {
    "quartic": lambda z: np.sum(z**4 - z**2),
    "absolute": lambda z: np.sum(np.abs(z)),
    "squared hinge": lambda z: np.mean(np.maximum(0, 1 - z) ** 2),
    "hinge": lambda z: np.mean(np.maximum(0, 1 - z)),
    "waves": lambda z: np.sum(np.tanh(z) ** 2 + np.cos(2 * z)),
    "log-sum-exp and max": lambda z: np.log(np.sum(np.exp(z))) + np.max(z),
    "where": lambda z: np.sum(np.where(z > 0, z * z, z * z * z)),
    "logistic, clipped": lambda z: np.sum(np.logaddexp(0, z)) - np.sum(np.minimum(z, 0.5)),
    "leaky": lambda z: np.sum(np.where(z > 0, z, 0.1 * z) ** 2),
    "clip": lambda z: np.sum(np.clip(z, -1, 1) ** 3),
    "norm": lambda z: np.linalg.norm(z),
    "huber": lambda z: np.sum(np.where(np.abs(z) < 1, z * z / 2, np.abs(z) - 0.5)),
    "jump": lambda z: np.sum(np.where(z > 0.3, z * z + 0.05, z * z)),
    "jump at 0": lambda z: np.sum(np.where(z > 0, z * z + 0.05, z * z)),
    "fall at 0": lambda z: np.sum(np.where(z > 0, z * z - 0.05, z * z)),
    "two relus": lambda z: np.sum(np.maximum(0, np.maximum(0, z) - 0.5 * np.maximum(0, -z) - 0.2)),
    "variance": lambda z: np.mean(z * z) - np.mean(z) ** 2,
    "smooth bump": lambda z: np.sum(np.exp(-z * z)),
    "ratio": lambda z: np.sum(z / (1 + z * z)),
    "by hand": lambda z: sum((x if x > 0 else -2 * x) * x for x in z),
}


def draw(seed: int) -> tuple[str, Loss, np.ndarray[Any, Any]]:
    """A name, a loss and a start, from a seed; every third start lies exactly on a kink of its
    first term.
    """
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 4))
    names = rng.choice(list(TERMS), size=int(rng.integers(1, 3)), replace=False).tolist()
    a, b = rng.normal(size=(4, n)).round(2), rng.normal(size=4).round(2)
    start = rng.normal(size=n).round(3)
    if seed % 3 == 0:
        start = rng.integers(-2, 3, size=n) / 2
        a = np.round(a * 2) / 2
        b = -(a @ start)

    def loss(w: Any) -> Any:
        z = a @ w + b
        return sum(TERMS[name](z) for name in names) + w @ w / 8

    return " + ".join(names), loss, start
