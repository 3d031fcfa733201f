"""numpy code, unchanged: each idiom gives the right value, the right derivative and a certified
range, or is refused.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from proofs.certify import check_descent
from proofs.certify.balls import middle
from proofs.certify.errors import NotDecided
from proofs.certify.gradient import in_balls, true_gradient
from proofs.certify.program import python_program
from proofs.certify.ray import Ray

X = np.random.default_rng(0).normal(size=(6, 3))
Y = np.array([0.0, 1, 1, 0, 1, 0])
FLOATS = np.zeros(3)
P = np.array([0.3, -0.7, 1.1])


def zeros_assigned(w: Any) -> Any:
    g = np.zeros(3)
    for i in range(3):
        g[i] = w[i] * 2
    return g @ g


def in_place(w: Any) -> Any:
    z = X @ w
    z -= Y
    z *= z
    z[0] += w[1]
    z[z > 2] = 0.5
    return z.sum()


def accumulated(w: Any) -> Any:
    total = 0.0
    for i in range(6):
        total += (X[i] @ w - Y[i]) ** 2
    return total


def added_at(w: Any) -> Any:
    z = np.zeros(2)
    np.add.at(z, [0, 0, 1], w)
    return (z * z).sum()


def with_out(w: Any) -> Any:
    z = np.empty_like(w)
    np.multiply(w, w, out=z)
    return z.sum()


def as_a_float(w: Any) -> Any:
    return float(np.sum(w * w))


IDIOMS: dict[str, Any] = {
    "sum of squares": lambda w: np.sum((X @ w - Y) ** 2),
    "mean of matmul": lambda w: np.mean((X @ w - Y) ** 2),
    "loop": accumulated,
    "in place": in_place,
    "dot": lambda w: w.dot(np.dot(X.T, X @ w)),
    "einsum": lambda w: np.einsum("ij,j->i", X, w).sum(),
    "einsum of three": lambda w: np.einsum("i,ij,j", w, np.outer(w, w), w),
    "outer": lambda w: np.outer(w, w).sum(),
    "sigmoid by hand": lambda w: -np.mean(Y * np.log(1 / (1 + np.exp(-X @ w)))),
    "logaddexp": lambda w: np.mean(np.logaddexp(0, X @ w)),
    "shifted log-sum-exp": lambda w: np.max(X @ w) + np.log(np.sum(np.exp(X @ w - np.max(X @ w)))),
    "relu": lambda w: np.maximum(0, X @ w).sum(),
    "where": lambda w: np.where(X @ w > 0, X @ w, 0.1 * (X @ w)).sum(),
    "abs": lambda w: np.abs(X @ w).sum(),
    "clip": lambda w: np.clip(X @ w, -1, 1).sum(),
    "norm": lambda w: np.linalg.norm(X @ w - Y),
    "norms": lambda w: np.linalg.norm(np.outer(w, w), axis=1).sum(),
    "other norms": lambda w: (
        np.linalg.norm(w, 1) + np.linalg.norm(w, np.inf) + np.linalg.norm(w, 3)
    ),
    "var and std": lambda w: np.var(X @ w) + np.std(X @ w) + w.std(ddof=1),
    "power": lambda w: np.sum((w * w + 1) ** 1.5) + np.sum(2.0**w),
    "pieces": lambda w: np.concatenate([w, w**2])[1:5].reshape(2, 2).sum(),
    "cumsum, prod": lambda w: np.cumsum(w)[-1] + np.prod(w),
    "log1p, expm1": lambda w: np.log1p(np.exp(-np.abs(w))).sum() + np.expm1(w).sum(),
    "zeros(3)[i] =": zeros_assigned,
    "zeros_like": lambda w: (np.zeros_like(w) + w * w).sum(),
    "if": lambda w: w[0] * w[0] if w[0] > 0 else w[0] ** 3,
    "return float": as_a_float,
    "asarray": lambda w: np.sum(np.asarray(w, dtype=float) ** 2),
    "astype": lambda w: np.sum(w.astype(float) ** 2),
    "solve": lambda w: np.linalg.solve(np.eye(3) + np.outer(w, w), w).sum(),
    "inv, det": lambda w: (
        np.linalg.inv(np.eye(3) + np.outer(w, w)).sum() + np.linalg.det(np.eye(3) + np.outer(w, w))
    ),
    "slogdet, cholesky": lambda w: (
        np.linalg.slogdet(np.eye(3) + np.outer(w, w))[1]
        + np.linalg.cholesky(np.eye(3) + np.outer(w, w)).sum()
    ),
    "mask": lambda w: (w[w > 0] ** 2).sum() + w[(w > 0) & (w < 2)].sum() + ((w > 0) * w).sum(),
    "argmax": lambda w: w[np.argmax(w)] ** 2,
    "sort, median": lambda w: np.sort(w)[0] ** 2 + np.median(w),
    "array of": lambda w: np.array([w[0], w[1] ** 2]).sum(),
    "stack": lambda w: (
        np.vstack([w, w**2]).sum() + np.stack([w, w]).prod() + np.hstack([w, 1.0]).sum()
    ),
    "diff, roll": lambda w: np.sum(np.diff(w) ** 2) + np.sum(w * np.roll(w, 1)),
    "convolve": lambda w: (np.convolve(w, [1.0, 2.0]) ** 2).sum(),
    "add.at": added_at,
    "out=": with_out,
    "largest": lambda w: np.max(np.outer(w, w), axis=1).sum() + np.ptp(w) + max(w[0], w[1]),
    "average": lambda w: np.average(w, weights=[1, 2, 3]) ** 2,
    "trace, diag, tril": lambda w: (
        np.trace(np.diag(w) @ np.diag(w)) + np.tril(np.outer(w, w)).sum()
    ),
    "select": lambda w: np.select([w > 0, w <= 0], [w * w, 2 * w]).sum(),
    "new axes": lambda w: (
        ((w[:, None] - w[None, :]) ** 2).sum() + (w.reshape(1, 3) @ X.T).sum() ** 2
    ),
    "tensordot": lambda w: (np.tensordot(X, w, 1) ** 2).sum() + np.inner(w, w) + np.vdot(w, w),
    "sqrt of squares": lambda w: np.sqrt(np.sum(w**2)),
    "trigonometry": lambda w: np.sum(
        np.sin(w) * np.cos(w) + np.tan(w / 3) + np.arctan(w) + np.arcsin(w / 2) + np.sinh(w)
    ),
    "hypot, arctan2": lambda w: np.hypot(w[0], w[1]) + np.arctan2(w[0], w[1]) + np.sinc(w[2]),
    "sign, heaviside": lambda w: (np.sign(w) * w).sum() + (np.heaviside(w, 0.5) * w * w).sum(),
    "isfinite": lambda w: (
        w @ w if np.isfinite(w).all() and np.any(w > 0) and not np.allclose(w, 0) else 0.0
    ),
    "float32 constants": lambda w: np.sum(np.float32(0.1) * w * w),
    "stacks of matrices": lambda w: np.sum((np.ones((2, 3, 3)) @ np.outer(w, w)) ** 2),
    "pad": lambda w: (np.pad(w, 1) ** 2).sum(),
    "logaddexp.reduce": lambda w: np.logaddexp.reduce(w),
    "matrix_power": lambda w: np.linalg.matrix_power(np.outer(w, w), 2).sum(),
}


def check(f: Any) -> None:
    program = python_program(f, None, P)
    truth = true_gradient(program)
    assert middle(truth.value) == pytest.approx(float(f(P)), rel=1e-12)
    h = 1e-6
    for e, slope in zip(np.eye(3), truth.gradient, strict=True):
        assert middle(slope) == pytest.approx(
            float(f(P + h * e) - f(P - h * e)) / (2 * h), rel=1e-5, abs=1e-6
        )
    ray = Ray(program, [middle(x) for x in truth.gradient])
    assert ray.reach(0.0, 1e-3) > 0


@pytest.mark.parametrize("name", sorted(IDIOMS))
def test_idiom(name: str) -> None:
    check(IDIOMS[name])


SPECIAL: dict[str, Any] = {
    "expit": lambda s, w: s.expit(X @ w).sum(),
    "log_expit": lambda s, w: -s.log_expit(X @ w).sum(),
    "logsumexp": lambda s, w: s.logsumexp(X @ w) + s.logsumexp(np.outer(w, w), axis=1).sum(),
    "softmax": lambda s, w: s.softmax(X @ w)[0] - s.log_softmax(X @ w)[1],
    "xlogy": lambda s, w: s.xlogy(Y, s.expit(X @ w)).sum() + s.xlog1py(Y, s.expit(X @ w)).sum(),
    "erf": lambda s, w: s.erf(w).sum() + s.erfc(w).sum() + s.ndtr(w).sum(),
    "gammaln": lambda s, w: s.gammaln(w + 2).sum() + s.gamma(w + 2).sum(),
    "huber": lambda s, w: s.huber(1.0, w).sum() + s.pseudo_huber(1.0, w).sum(),
    "entropy": lambda s, w: (
        s.entr(s.expit(w)).sum()
        + s.rel_entr(s.expit(w), 0.5).sum()
        + s.kl_div(s.expit(w), 0.5).sum()
    ),
    "logit": lambda s, w: s.logit(s.expit(w)).sum(),
}


@pytest.mark.parametrize("name", sorted(SPECIAL))
def test_scipy_special(name: str) -> None:
    special = pytest.importorskip("scipy.special")
    check(lambda w: SPECIAL[name](special, w))


REFUSED: dict[str, Any] = {
    "fft": lambda w: np.abs(np.fft.fft(w)).sum(),
    "floor": lambda w: np.floor(w).sum(),
    "remainder": lambda w: (w % 1).sum(),
    "interp": lambda w: np.interp(w, [-1, 0, 1], [0, 1, 0]).sum(),
    "eigenvalues": lambda w: np.linalg.eigvalsh(np.outer(w, w)).sum(),
    "float inside": lambda w: float(w[0]) * 2 + w[1],
    "stored in floats": lambda w: np.subtract(w, 1.0, out=FLOATS).sum(),
    "integers": lambda w: w.astype(int).sum() + w[0],
    "complex": lambda w: np.abs(w * 1j).sum(),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_not_understood_is_refused(name: str) -> None:
    with pytest.raises((NotDecided, TypeError, ValueError)):
        true_gradient(python_program(REFUSED[name], None, P))


def test_the_gradients_own_code_runs_in_balls() -> None:
    def grad(w: Any) -> Any:
        g = np.zeros(w.shape)
        r = X @ w - Y
        for i in range(3):
            g[i] = 2 * np.dot(r, X[:, i])
        return g

    program = python_program(lambda w: np.sum((X @ w - Y) ** 2), grad, P)
    found = in_balls(program)
    assert found is not None
    assert all(
        x.overlaps(t) for x, t in zip(found[0], true_gradient(program).gradient, strict=True)
    )


def test_numpy_is_as_before_in_other_threads_and_afterwards() -> None:
    kinds = []

    def loss(w: Any) -> Any:
        thread = threading.Thread(target=lambda: kinds.append(np.zeros(2).dtype.kind))
        thread.start()
        thread.join()
        return np.sum((np.zeros(3) + w) ** 2)

    before = np.zeros
    assert check_descent(loss, lambda w: 2 * w, at=P).verdict == "right"
    assert set(kinds) == {"f"}
    assert np.zeros is before
    assert np.zeros(2).dtype.kind == "f"


def test_trees_of_arrays() -> None:
    start = {"layers": [{"W": P.reshape(3, 1), "b": np.zeros(1)}], "scale": 2.0}

    def loss(p: Any) -> Any:
        z = X @ p["layers"][0]["W"] + p["layers"][0]["b"]
        return p["scale"] * np.mean((z[:, 0] - Y) ** 2)

    def grad(p: Any) -> Any:
        r = (X @ p["layers"][0]["W"] + p["layers"][0]["b"])[:, 0] - Y
        return {
            "layers": [
                {
                    "W": 2 * p["scale"] * (X.T @ r)[:, None] / 6,
                    "b": np.array([2 * p["scale"] * np.mean(r)]),
                }
            ],
            "scale": np.mean(r * r),
        }

    assert check_descent(loss, grad, at=start).verdict == "right"
    wrong = check_descent(loss, lambda p: grad(p) | {"scale": 0.0}, at=start)
    assert wrong.worst is not None
    assert wrong.worst["name"] == "['scale']"
    named = check_descent(
        loss,
        lambda p: grad(p) | {"layers": [{"W": p["layers"][0]["W"], "b": np.zeros(1)}]},
        at=start,
    )
    assert named.worst is not None
    assert named.worst["name"].startswith("['layers'][0][")
