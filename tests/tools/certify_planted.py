"""Losses in numpy with their gradients, and gradients with a mistake planted in them.

`corpus(seed, dtype, far)` makes them afresh: other data, another precision, points near 1e6 (with
data as much smaller). Every loss is of one flat vector, so that each peer can be asked about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Function = Callable[[Any], Any]


@dataclass
class Planted:
    """A wrong gradient. kind: of mistake, as the table has it; reach: half the side of the box of
    starts, if it is wrong in a part of it only.
    """

    kind: str
    grad: Function
    reach: float | None = None


@dataclass
class Entry:
    """A loss with its gradient at a start, and wrong gradients."""

    name: str
    loss: Function
    grad: Function
    at: Any
    bugs: list[Planted] = field(default_factory=list)

    def bug(self, kind: str, grad: Function, reach: float | None = None) -> None:
        self.bugs.append(Planted(kind, grad, reach))


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def scaled_at(grad: Function, i: int, factor: float) -> Function:
    """One coordinate of a gradient multiplied by a factor."""

    def wrong(w: Any) -> Any:
        g = grad(w)
        scale = np.ones(len(w))
        scale[i] = factor
        return g * scale

    return wrong


class Data:
    """Rows, targets, labels and a start of one seed."""

    def __init__(self, seed: int, dtype: Any, far: bool) -> None:
        rng = np.random.default_rng(seed)
        self.unit = 1e-6 if far else 1.0
        self.x = (rng.normal(size=(12, 3)) * self.unit).astype(dtype)
        self.y = rng.normal(size=12).astype(dtype)
        self.labels = (rng.random(12) > 0.5).astype(dtype)
        self.counts = rng.poisson(2.0, size=12).astype(dtype)
        self.w = (rng.normal(size=3) / self.unit).astype(dtype)
        self.rng, self.dtype = rng, dtype

    def start(self, n: int) -> Any:
        """A start of n coordinates, off the axes."""
        drawn = self.rng.uniform(0.2, 1.0, n) * self.rng.choice((-1, 1), n)
        return (drawn / self.unit).astype(self.dtype)


def least_squares(d: Data) -> Entry:
    x, y, m = d.x, d.y, 12
    loss: Function = lambda w: np.mean((x @ w - y) ** 2)
    grad: Function = lambda w: 2 / m * (x.T @ (x @ w - y))
    e = Entry("least squares", loss, grad, d.w)
    e.bug("factor 2", lambda w: 1 / m * (x.T @ (x @ w - y)))
    e.bug("1/m", lambda w: 2 * (x.T @ (x @ w - y)))
    e.bug("sign of one coordinate", scaled_at(grad, 1, -1.0))
    e.bug("relative 1e-3", scaled_at(grad, 2, 1 + 1e-3))
    e.bug("relative 1e-6", scaled_at(grad, 0, 1 + 1e-6))
    e.bug("a term left out", lambda w: 2 / m * (x.T @ (x @ w)))
    e.bug("float32", lambda w: 2 / m * (x.astype("e").astype(x.dtype).T @ (x @ w - y)))
    if x.dtype == np.float64:
        e.bug("float32", lambda w: grad(w.astype(np.float32)).astype(np.float32))
        e.bug("float32", lambda w: 2 / m * (x.astype(np.float32).T @ (x @ w - y)))
    return e


def ridge(d: Data) -> Entry:
    x, y, c = d.x, d.y, 0.3 * d.unit**2
    loss: Function = lambda w: np.sum((x @ w - y) ** 2) / 24 + c * np.sum(w[1:] ** 2)

    def grad(w: Any) -> Any:
        g = x.T @ (x @ w - y) / 12
        g[1:] += 2 * c * w[1:]
        return g

    e = Entry("ridge regression", loss, grad, d.w)
    e.bug("a term left out", lambda w: x.T @ (x @ w - y) / 12)
    e.bug("factor 2", lambda w: x.T @ (x @ w - y) / 12 + c * np.concatenate([w[:1] * 0, w[1:]]))
    e.bug("a term too many", lambda w: x.T @ (x @ w - y) / 12 + 2 * c * w)
    return e


def logistic(d: Data) -> list[Entry]:
    x, t = d.x, d.labels
    loss: Function = lambda w: np.mean(np.logaddexp(0, x @ w) - t * (x @ w))
    grad: Function = lambda w: x.T @ (sigmoid(x @ w) - t) / 12
    e = Entry("logistic regression", loss, grad, d.w)
    e.bug("chain factor", lambda w: x.T @ ((s := sigmoid(x @ w)) * (1 - s) * (s - t)) / 12)
    e.bug("sign", lambda w: -grad(w))
    e.bug("1/m", lambda w: 12 * grad(w))
    e.bug("relative 1e-6", scaled_at(grad, 2, 1 - 1e-6))
    memory: dict[str, Any] = {}

    def remembering(w: Any) -> Any:
        memory["s"] = sigmoid(x @ w)
        return loss(w)

    def stale(w: Any) -> Any:
        return x.T @ (memory.get("s", sigmoid(x @ w)) - t) / 12

    other = Entry("logistic regression with a cache", remembering, grad, d.w)
    other.bug("stale cache", stale)
    return [e, other]


def softmax(d: Data) -> Entry:
    x, k = d.x, np.arange(12) % 4
    hot = np.eye(4, dtype=d.dtype)[k]

    def probabilities(w: Any) -> Any:
        z = x @ w.reshape(3, 4)
        e = np.exp(z - np.max(z, axis=1, keepdims=True))
        return e / np.sum(e, axis=1, keepdims=True)

    def loss(w: Any) -> Any:
        return -np.mean(np.log(probabilities(w)[np.arange(12), k]))

    grad: Function = lambda w: (x.T @ (probabilities(w) - hot) / 12).reshape(12)
    e = Entry("softmax", loss, grad, d.start(12))
    e.bug("transposed", lambda w: (x.T @ (probabilities(w) - hot) / 12).T.reshape(12))
    e.bug("a term left out", lambda w: (x.T @ probabilities(w) / 12).reshape(12))
    e.bug("sign of one coordinate", scaled_at(grad, 7, -1.0))
    return e


def network(d: Data) -> Entry:
    x, y = d.x, d.y

    def parts(w: Any) -> tuple[Any, ...]:
        a, b, v = w[:6].reshape(3, 2), w[6:8] * d.unit, w[8:] * d.unit
        h = np.tanh(x @ a + b)
        return a, v, h, h @ v - y

    loss: Function = lambda w: np.mean(parts(w)[3] ** 2) / 2

    def back(w: Any, slope: Function = lambda h: 1 - h * h, bias: Function = lambda t: t) -> Any:
        _, v, h, r = parts(w)
        behind = np.outer(r, v) * slope(h) / 12
        first = np.reshape(x.T @ behind, 6)
        return np.concatenate([first, bias(np.sum(behind, axis=0)) * d.unit, h.T @ r / 12 * d.unit])

    def transposed(w: Any) -> Any:
        g = back(w)
        return np.concatenate([g[:6].reshape(3, 2).T.reshape(6), g[6:]])

    e = Entry("two-layer network", loss, back, d.start(10))
    e.bug("chain factor", lambda w: back(w, lambda h: 1 - h))
    e.bug("chain factor", lambda w: back(w, lambda h: h * 0 + 1))
    e.bug("1/m", lambda w: back(w, bias=lambda t: t / 12))
    e.bug("transposed", transposed)
    e.bug("relative 1e-3", scaled_at(back, 8, 1 + 1e-3))
    return e


def rosenbrock(d: Data) -> Entry:
    loss: Function = lambda w: (w[0] - 1) ** 2 + 10 * (w[1] - w[0] ** 2) ** 2
    both: Callable[..., Any] = lambda w, s=1.0, c=40.0: np.array(
        [2 * (w[0] - 1) - c * w[0] * (w[1] - w[0] ** 2), s * 20 * (w[1] - w[0] ** 2)]
    )
    e = Entry("Rosenbrock", loss, both, d.start(2))
    e.bug("sign of one coordinate", lambda w: both(w, -1.0))
    e.bug("cross-term", lambda w: both(w, 1.0, 0.0))
    e.bug("factor 2", lambda w: both(w, 1.0, 20.0))
    return e


def poisson(d: Data) -> Entry:
    x, n = d.x, d.counts
    loss: Function = lambda w: (
        np.sum(np.exp(x @ w) - n * (x @ w)) + 0.05 * np.sum((w * d.unit) ** 2)
    )
    grad: Function = lambda w: x.T @ (np.exp(x @ w) - n) + 0.1 * w * d.unit**2
    e = Entry("Poisson regression", loss, grad, d.w)
    e.bug("chain factor", lambda w: x.T @ (1 + x @ w - n) + 0.1 * w * d.unit**2)
    e.bug("a term left out", lambda w: x.T @ (np.exp(x @ w) - n))
    return e


def huber(d: Data) -> Entry:
    x, y = d.x, d.y * 3

    def loss(w: Any) -> Any:
        r = x @ w - y
        return np.sum(np.where(np.abs(r) < 1, r * r / 2, np.abs(r) - 0.5))

    grad: Function = lambda w: x.T @ np.clip(x @ w - y, -1, 1)
    e = Entry("Huber regression", loss, grad, d.w)
    e.bug("region only", lambda w: x.T @ (x @ w - y))
    e.bug("sign", lambda w: x.T @ np.where(x @ w > y, 1.0, np.clip(y - x @ w, -1, 1)))
    return e


def standardized(d: Data) -> Entry:
    x, y = d.x, d.y

    def loss(w: Any) -> Any:
        z = x @ w
        return np.mean(((z - np.mean(z)) / np.std(z) - y) ** 2)

    def back(w: Any, through: float = 1.0) -> Any:
        z = x @ w
        s = np.std(z)
        u = (z - np.mean(z)) / s
        e = 2 * (u - y) / 12 / s
        return x.T @ (e - through * (np.mean(e) + u * np.mean(e * u)))

    e = Entry("standardized outputs", loss, back, d.w)
    e.bug("statistics as constants", lambda w: back(w, 0.0))
    return e


def factorization(d: Data) -> Entry:
    target = (d.x[:3] / d.unit + d.x[:3].T / d.unit) / 2

    def residual(w: Any) -> tuple[Any, Any]:
        u = w.reshape(3, 2) * d.unit
        return u, u @ u.T - target

    loss: Function = lambda w: np.sum(residual(w)[1] ** 2) / 4

    def grad(w: Any) -> Any:
        u, r = residual(w)
        return np.reshape(r @ u, 6) * d.unit

    e = Entry("symmetric factorization", loss, grad, d.start(6))
    e.bug("cross-term", lambda w: grad(w) / 2)
    e.bug("transposed", lambda w: grad(w).reshape(3, 2).T.reshape(6))
    return e


def quadratic_form(d: Data) -> Entry:
    a = d.x[:3] + 3 * d.unit * np.eye(3, dtype=d.dtype)
    loss: Function = lambda w: w @ (a @ w) / 2 - np.sum(w)
    grad: Function = lambda w: (a @ w + a.T @ w) / 2 - 1
    e = Entry("quadratic form", loss, grad, d.w)
    e.bug("transposed", lambda w: a @ w - 1)
    e.bug("region only", lambda w: grad(w) * (1.0 if w[0] < 3 else 1.5), reach=5.0)
    near: Function = lambda w: 1.0 if np.abs(w[0] - w[1]) > 1e-3 else 2.0
    e.bug("region only", lambda w: grad(w) * near(w), reach=5.0)
    e.bug("region only", lambda w: grad(w) + (0.1 if np.sum(w) > 9 else 0.0), reach=5.0)
    e.bug("relative 1e-3", lambda w: grad(w) * (1 + 1e-3))
    return e


def cosine(d: Data) -> Entry:
    t = d.x[0] / d.unit
    root: Function = lambda w: np.sqrt(np.sum(w * w))
    loss: Function = lambda w: 1 - (w @ t) / root(w)
    grad: Function = lambda w: -t / root(w) + w * (w @ t) / root(w) ** 3
    e = Entry("cosine similarity", loss, grad, d.w)
    e.bug("a term left out", lambda w: -t / root(w))
    e.bug("chain factor", lambda w: -t / root(w) + w * (w @ t) / root(w) ** 2)
    return e


MAKERS: tuple[Callable[[Data], Entry | list[Entry]], ...] = (
    least_squares, ridge, logistic, softmax, network, rosenbrock, poisson, huber, standardized,
    factorization, quadratic_form, cosine,
)  # fmt: skip


def corpus(seed: int = 0, dtype: Any = np.float64, far: bool = False) -> list[Entry]:
    """All losses, with data of a seed."""
    made: list[Entry] = []
    for maker in MAKERS:
        entries = maker(Data(seed, dtype, far))
        made += entries if isinstance(entries, list) else [entries]
    return made


def shifted(entry: Entry, plus: float = 0.0, times: float = 1.0) -> Entry:
    """The same loss with a constant added, or multiplied by one."""
    loss: Function = lambda w: entry.loss(w) * times + plus
    return Entry(entry.name, loss, lambda w: entry.grad(w) * times, entry.at)


def conditions() -> dict[str, list[Entry]]:
    """The right gradients, under six conditions in which a check may raise a false alarm."""
    plain = corpus()
    return {
        "plain": plain,
        "float32": corpus(dtype=np.float32),
        "near 1e6": corpus(far=True),
        "loss + 1e8": [shifted(e, plus=1e8) for e in plain],
        "loss x 1e-8": [shifted(e, times=1e-8) for e in plain],
        "another seed": corpus(seed=1),
    }
