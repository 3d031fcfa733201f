"""The torch front end: every rule against torch itself, values and derivatives; losses and verdicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

torch = pytest.importorskip(
    "torch", reason="torch is not installed: its front end is not tested here"
)

import torch.nn.functional as F  # noqa: E402

from proofs.certify import BadCall, check_descent  # noqa: E402
from proofs.certify.balls import exact, middle, working  # noqa: E402
from proofs.certify.gradient import in_balls, true_gradient  # noqa: E402
from proofs.certify.reals import Ball  # noqa: E402
from proofs.certify.torch_front import torch_program  # noqa: E402
from proofs.certify.torch_graph import FILLED, name_of, understood  # noqa: E402
from proofs.certify.torch_moves import ADDING, MOVES  # noqa: E402
from proofs.certify.torch_rules import RULES, STEPS  # noqa: E402

D = torch.float64
WEIGHTS = torch.tensor([1.0, -2.0, 0.5], dtype=D)
MATRIX = torch.tensor([[2.0, 1.0, 0.5], [0.25, 3.0, -1.0], [1.0, 0.5, 4.0]], dtype=D)
SECOND = torch.tensor([0.3, -1.0, 2.0], dtype=D)
INDEX = torch.tensor([2, 0, 2])
ALL, UP, IN = (-3.0, 3.0), (0.2, 3.0), (-0.9, 0.9)


def _in_place(w: Any) -> Any:
    out = torch.zeros(3, dtype=D)
    out[0] = w[1]
    out[1:] += w[:2] ** 2
    out.mul_(w).add_(1.0)
    return out


def _image(w: Any) -> Any:
    return torch.outer(torch.cat([w, w]), torch.cat([w, SECOND])).reshape(1, 1, 6, 6)


FUNCTIONS: dict[str, tuple[Callable[[Any], Any], tuple[float, float]]] = {
    "arithmetic": (lambda w: (w + 2.0) * w - w / 3.0 - (-w) + torch.add(w, w, alpha=2) + (1 - w), ALL),
    "divide": (lambda w: SECOND / w + w / SECOND + w.reciprocal(), UP),
    "exp": (torch.exp, ALL), "exp2": (torch.exp2, ALL), "log": (torch.log, UP), "log2": (torch.log2, UP),
    "log10": (torch.log10, UP), "log1p": (torch.log1p, UP), "expm1": (torch.expm1, ALL),
    "tanh": (torch.tanh, ALL), "sigmoid": (torch.sigmoid, ALL), "sin": (torch.sin, ALL),
    "cos": (torch.cos, ALL), "tan": (torch.tan, IN), "asin": (torch.asin, IN), "acos": (torch.acos, IN),
    "atan": (torch.atan, ALL), "sinh": (torch.sinh, ALL), "cosh": (torch.cosh, ALL),
    "asinh": (torch.asinh, ALL), "acosh": (lambda w: torch.acosh(w + 1), UP), "atanh": (torch.atanh, IN),
    "sqrt": (torch.sqrt, UP), "rsqrt": (torch.rsqrt, UP), "abs": (torch.abs, ALL),
    "sign": (lambda w: torch.sign(w) * w, ALL), "erf": (torch.erf, ALL), "erfc": (torch.erfc, ALL),
    "erfinv": (torch.erfinv, IN), "lgamma": (torch.lgamma, UP), "digamma": (lambda w: torch.lgamma(w) * w, UP),
    "atan2": (lambda w: torch.atan2(w, SECOND.abs()), ALL), "hypot": (lambda w: torch.hypot(w, SECOND), UP),
    "maximum": (lambda w: torch.maximum(w, SECOND) + torch.fmax(w, SECOND), ALL),
    "minimum": (lambda w: torch.minimum(w, SECOND) + torch.fmin(w, SECOND), ALL),
    "pow": (lambda w: w**1.7 + w**-2 + 2.0**w + w**w + w.square(), UP), "xlogy": (lambda w: torch.xlogy(w, w), UP),
    "logaddexp": (lambda w: torch.logaddexp(w, SECOND), ALL), "relu": (torch.relu, ALL),
    "clamp": (lambda w: w.clamp(-1.0, 1.5) + w.clamp_min(0.2) + w.clamp_max(0.1) + F.hardtanh(w), ALL),
    "where": (lambda w: torch.where(w > 0.5, w**2, torch.where(w <= -1.0, w, 3 * w)), ALL),
    "compare": (lambda w: w * (w < 0.1) + (w >= 2.0) * w**2 + (w != SECOND) * w + (w == 9.0), ALL),
    "finite": (lambda w: torch.where(torch.isfinite(w), w, 0.0) * ~torch.isnan(w) * ~torch.isinf(w), ALL),
    "masked_fill": (lambda w: w.masked_fill(torch.tensor([True, False, False]), 2.0) ** 2, ALL),
    "addcmul": (lambda w: torch.addcmul(w, w, SECOND, value=2.0) + torch.addcdiv(w, w, SECOND), ALL),
    "lerp": (lambda w: torch.lerp(w, SECOND, 0.3), ALL), "gelu": (F.gelu, ALL), "silu": (F.silu, ALL),
    "elu": (F.elu, ALL), "softplus": (F.softplus, ALL), "logsigmoid": (F.logsigmoid, ALL),
    "leaky": (F.leaky_relu, ALL), "mish": (F.mish, ALL), "celu": (F.celu, ALL), "selu": (F.selu, ALL),
    "cast": (lambda w: w.float().double() * w.bool(), UP),
    "sums": (lambda w: w * w.sum() + w.mean() * w.var() + w.sum(0, keepdim=True), ALL),
    "std": (lambda w: w * w.std(), UP), "prod": (lambda w: w * w.prod(), UP),
    "logsumexp": (lambda w: w * torch.logsumexp(2 * w, 0), ALL),
    "amax": (lambda w: w.amax() * w + w.amin() + w.max() * w.min(), ALL),
    "max dim": (lambda w: torch.outer(w, w).max(1)[0] + torch.outer(w, w).min(0, keepdim=True).values[0], ALL),
    "argmax": (lambda w: w[w.argmax()[None]] + w * w[w.argmin(0, keepdim=True)], ALL),
    "softmax": (lambda w: F.softmax(w, 0), ALL), "log_softmax": (lambda w: F.log_softmax(w, 0), ALL),
    "cumsum": (lambda w: w.cumsum(0) * w, ALL), "cumprod": (lambda w: w.cumprod(0), UP),
    "logcumsumexp": (lambda w: w.logcumsumexp(0), ALL), "sort": (lambda w: w.sort()[0] ** 2, ALL),
    "topk": (lambda w: w.topk(2)[0].sum() * w, ALL), "norm": (lambda w: w * w.norm() + w.norm(1), UP),
    "norm p": (lambda w: w * torch.linalg.vector_norm(w, 3) + torch.linalg.vector_norm(w, float("inf")), UP),
    "mm": (lambda w: (MATRIX @ w) + torch.outer(w, w) @ w + MATRIX.mm(torch.outer(w, w))[0] + w.dot(SECOND), ALL),
    "addmm": (lambda w: torch.addmm(MATRIX, torch.outer(w, w), MATRIX, alpha=2)[0] + torch.addmv(w, MATRIX, w), ALL),
    "bmm": (lambda w: torch.einsum("bij,bj->bi", torch.stack([MATRIX * w] * 2), torch.ones(2, 3, dtype=D))[1], ALL),
    "baddbmm": (lambda w: torch.baddbmm(MATRIX[None], torch.outer(w, w)[None], MATRIX[None])[0, 1], ALL),
    "linear": (lambda w: F.linear(torch.outer(w, w), MATRIX, w)[1], ALL),
    "views": (lambda w: torch.outer(w, w).reshape(9)[1:7:2] * torch.outer(w, SECOND).t()[0], ALL),
    "permute": (lambda w: torch.outer(w, w)[None].permute(2, 1, 0).squeeze(2)[1].unsqueeze(0).expand(2, 3)[1], ALL),
    "select": (lambda w: torch.outer(w, SECOND)[1] * torch.stack([w, w**2]).unbind(0)[1], ALL),
    "cat": (lambda w: torch.cat([w, torch.ones(1, dtype=D), w])[1:4], ALL),
    "flip": (lambda w: w.flip(0) * w.roll(1) * w.repeat(2)[1:4], ALL),
    "gather": (lambda w: w.gather(0, INDEX) * w.index_select(0, INDEX) * torch.outer(w, w)[INDEX, [0, 1, 1]], ALL),
    "split": (lambda w: torch.outer(w, w).split(1)[2][0] + w.split([1, 2])[1].sum(), ALL),
    "triangle": (lambda w: torch.outer(w, w).tril().sum(0) + torch.outer(w, w).triu(1)[0], ALL),
    "diagonal": (lambda w: torch.outer(w, w).diagonal() + torch.diag_embed(w).sum(0), ALL),
    "pad": (lambda w: F.pad(w, (1, 0), value=2.0)[:3] ** 2, ALL),
    "unfold": (lambda w: torch.cat([w, w]).unfold(0, 3, 2).sum(0), ALL),
    "embedding": (lambda w: F.embedding(INDEX, torch.outer(w, SECOND)).sum(0), ALL),
    "scatter": (lambda w: SECOND.scatter(0, torch.tensor([2, 0]), w[:2] ** 2), ALL),
    "scatter_add": (lambda w: SECOND.scatter_add(0, INDEX, w), ALL),
    "index_add": (lambda w: SECOND.index_add(0, INDEX, w, alpha=2), ALL),
    "index_put": (lambda w: SECOND.index_put((INDEX,), w, accumulate=True) * w.index_put((INDEX[:2],), w[1:]), ALL),
    "in place": (_in_place, ALL), "filled": (lambda w: torch.ones_like(w) * w + torch.full_like(w, 2.0) * w, ALL),
    "conv": (lambda w: F.conv2d(_image(w), MATRIX[None, None], stride=2, padding=1).reshape(-1)[:3], ALL),
    "conv1d": (lambda w: F.conv1d(w[None, None], SECOND[None, None], w[:1], padding=1)[0, 0], ALL),
    "layer_norm": (lambda w: F.layer_norm(w, (3,)), UP),
    "batch_norm": (lambda w: F.batch_norm(torch.outer(w, SECOND), None, None, training=True)[0], UP),
    "mse": (lambda w: w * F.mse_loss(w, SECOND) + F.l1_loss(w, SECOND, reduction="none"), ALL),
    "huber": (lambda w: F.smooth_l1_loss(w, SECOND, reduction="none") + F.huber_loss(w, SECOND), ALL),
    "bce": (lambda w: F.binary_cross_entropy_with_logits(w, SECOND.abs() / 2, reduction="none"), ALL),
    "bce plain": (lambda w: F.binary_cross_entropy(w, SECOND.abs() / 2, reduction="none"), (0.1, 0.9)),
    "cross_entropy": (lambda w: w * F.cross_entropy(torch.outer(w, SECOND), INDEX), ALL),
    "kl": (lambda w: F.kl_div(w, SECOND.abs(), reduction="none"), ALL),
    "ndtr": (torch.special.ndtr, ALL), "detach": (lambda w: w + 0 * w.detach().clone(), ALL),
    "any": (lambda w: w * (w > 0).any() + w**2 * (w > 9).all(), ALL),
}  # fmt: skip

# Views have the rule of their copies, which functionalize writes; and steps only raise.
VIEWS = {"alias", "as_strided", "detach", "diagonal", "expand", "select", "split", "unbind"}
NOT_MET = {*VIEWS, *STEPS, "split_with_sizes"}


def _loss(f: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda w: (WEIGHTS * f(w)).sum()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_rule_against_torch(name: str) -> None:
    """The value of the loss, its gradient, and the gradient's own code, in balls, are torch's."""
    f, (low, high) = FUNCTIONS[name]
    loss = _loss(f)
    has_no_rule = name in ("conv", "conv1d")  # convolution_backward

    @settings(max_examples=3, deadline=None, phases=[Phase.generate])
    @given(st.lists(st.integers(0, 997), min_size=3, max_size=3, unique=True))
    def agrees(places: list[int]) -> None:
        point = torch.tensor([low + (high - low) * (k + 0.37) / 998 for k in places], dtype=D)
        program = torch_program(loss, None, point)
        with working(128):
            value = program.loss([Ball(exact(x)) for x in program.start])
        assert middle(value.ball) == pytest.approx(float(loss(point)), rel=1e-6, abs=1e-6)
        slopes = true_gradient(program).gradient
        w = point.clone().requires_grad_()
        wanted = torch.autograd.grad(loss(w), w)[0].tolist()
        assert [middle(s) for s in slopes] == pytest.approx(wanted, rel=1e-6, abs=1e-6)
        if not has_no_rule:
            code = in_balls(program)
            assert code is not None
            assert [middle(s) for s in code[0]] == pytest.approx(wanted, rel=1e-6, abs=1e-6)

    agrees()


X = torch.tensor(np.random.default_rng(0).normal(size=(6, 3)))
LABELS = torch.tensor([0, 1, 2, 0, 1, 2])


def net() -> Any:
    torch.manual_seed(0)
    layers = (torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 3))
    return torch.nn.Sequential(*layers).double()


def test_a_module_through_functional_call() -> None:
    module = net()
    loss = lambda p: F.cross_entropy(torch.func.functional_call(module, p, (X,)), LABELS)
    params = dict(module.named_parameters())
    report = check_descent(loss, at=params, alpha=0.1)
    assert report.verdict == "right"
    assert report.certified is not None
    assert report.refuted is not None
    assert report.certified < report.refuted <= 1.05 * report.certified


def test_a_module_itself() -> None:
    module = net()
    before = [p.detach().clone() for p in module.parameters()]
    report = check_descent(lambda m: F.cross_entropy(m(X), LABELS), at=module, alpha=0.1)
    assert report.verdict == "right"
    assert all(torch.equal(a, b) for a, b in zip(before, module.parameters(), strict=True))


class Net(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.tensor([0.5, -1.0, 2.0], dtype=D))
        self.shift = torch.nn.Parameter(torch.tensor(0.1, dtype=D))

    def forward(self, x: Any) -> Any:
        return F.relu(x @ self.weight + self.shift)


def test_a_module_of_ones_own() -> None:
    report = check_descent(lambda m: (m(X) ** 2).mean(), at=Net(), alpha=0.01)
    assert report.verdict == "right"
    assert report.front == "torch"


class Wrong(torch.autograd.Function):  # type: ignore[misc, unused-ignore]
    @staticmethod
    def forward(ctx: Any, t: Any) -> Any:
        ctx.save_for_backward(t)
        return (t * t).sum() / 2

    @staticmethod
    def backward(ctx: Any, grad: Any) -> Any:
        (t,) = ctx.saved_tensors
        g = t.clone()
        g[7] = -g[7]
        return grad * g


def test_a_wrong_backward_is_found() -> None:
    """pytorch#59615: one sign among many, where the fast check of torch passes."""
    w = torch.tensor(np.random.default_rng(0).normal(size=50))
    report = check_descent(Wrong.apply, at=w)
    assert report.verdict == "wrong gradient"
    assert report.worst is not None
    assert report.worst["name"] == "w[7]"


def test_broadcast_of_a_column_and_a_row_is_right() -> None:
    """pytorch#16045: the loss is another one, its gradient is right."""
    report = check_descent(lambda w: ((X @ w[:, None] - LABELS) ** 2).mean(), at=X[0], alpha=0.01)
    assert report.verdict == "right"


def test_float32_is_seen() -> None:
    report = check_descent(lambda w: w.exp().sum(), at=X[0].float(), alpha=0.01)
    assert report.verdict == "right"
    assert 1e-10 < (report.get("gradient_error") or 0) < 1e-6


def test_kink() -> None:
    report = check_descent(lambda w: F.relu(w).sum(), at=torch.tensor([0.0, 1.0], dtype=D))
    assert report.verdict == "kink"
    assert "test_torch.py" in report.kinks[0]


@pytest.mark.parametrize(
    ("loss", "named"),
    [
        (lambda w: torch.special.i0e(w).sum(), "i0e"),
        (lambda w: (torch.floor(w) * w).sum(), "floor"),
        (lambda w: (w**2).sum() if w[0] > 0 else w[1], "the loss"),
        (lambda w: (w * w.int()).sum(), "int"),
    ],
)
def test_what_is_not_understood_is_named_with_its_line(loss: Any, named: str) -> None:
    report = check_descent(loss, at=torch.tensor([0.5, 1.5], dtype=D))
    assert report.verdict == "not decided"
    assert named in str(report)
    assert "test_torch.py:" in str(report)


def test_random_numbers_are_impure_or_not_decided() -> None:
    loss = lambda w: F.dropout(w, 0.5).sum() + (w**2).sum()
    report = check_descent(loss, at=torch.tensor([0.5, 1.5], dtype=D))
    assert report.verdict in ("impure", "not decided")


def test_a_fixed_seed_inside_is_not_decided() -> None:
    def loss(w: Any) -> Any:
        torch.manual_seed(0)
        return (w**2 * torch.rand(2, dtype=D)).sum() + F.dropout(w, 0.5).sum()

    report = check_descent(loss, at=torch.tensor([0.5, 1.5], dtype=D))
    assert report.verdict == "not decided"


@pytest.mark.parametrize(
    ("loss", "at", "words"),
    [
        (lambda w: w, torch.ones(2), "shape"), (lambda w: w.sum(), torch.tensor([1, 2]), "floats"),
        (lambda w: w.sum(), torch.tensor([1.0, float("nan")]), "finite"),
        (lambda w: "no", torch.ones(2), "number"), (lambda w: w.sum() * 1j, torch.ones(2), "real"),
        (lambda p: p["a"].sum(), {"a": torch.ones(2), "b": 1}, "1"),
    ],
)  # fmt: skip
def test_bad_calls(loss: Any, at: Any, words: str) -> None:
    with pytest.raises(BadCall, match=words):
        check_descent(loss, at=at)


def test_grad_of_another_shape() -> None:
    with pytest.raises(BadCall, match="shape"):
        check_descent(lambda w: (w**2).sum(), lambda w: torch.ones(3), at=torch.ones(2))


def test_every_rule_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule without a test: the functions above, and their gradients, use each of them."""
    from proofs.certify import torch_graph

    met: set[str] = set()
    read = torch_graph.Graph._read

    def reading(self: Any, traced: Any, node: Any) -> None:
        if node.op == "call_function":
            met.add(name_of(node.target))
        read(self, traced, node)

    monkeypatch.setattr(torch_graph.Graph, "_read", reading)
    for f, _ in FUNCTIONS.values():
        program = torch_program(_loss(f), None, torch.tensor([0.4, 0.6, 0.8], dtype=D))
        for run in (program.loss, program.gradient):
            assert run is not None
            try:
                with working(64):
                    run([Ball(x) for x in program.start])
            except torch_graph.NotUnderstood:
                continue
    left = {*RULES, *MOVES, *FILLED, *(a for a in ADDING if a != "index_put_add")} - met
    assert left <= NOT_MET, " ".join(sorted(left - NOT_MET))


def test_the_list_is_made_from_the_code() -> None:
    assert {*RULES, *MOVES} <= set(understood())
