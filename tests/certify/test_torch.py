"""The torch front end: every rule against torch itself, values and derivatives; losses and
verdicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

torch = pytest.importorskip(
    "torch", reason="torch is not installed: its front end is not tested here"
)

import torch.nn.functional as F  # noqa: E402

from proofs.certify import BadCall, NotUnderstood, check_descent  # noqa: E402
from proofs.certify.balls import exact, middle, working  # noqa: E402
from proofs.certify.gradient import in_balls, true_gradient  # noqa: E402
from proofs.certify.reals import Ball  # noqa: E402
from proofs.certify.torch_front import torch_program  # noqa: E402
from proofs.certify.torch_graph import FILLED, name_of, understood  # noqa: E402
from proofs.certify.torch_moves import ADDING, MOVES  # noqa: E402
from proofs.certify.torch_rules import RULES, STEPS  # noqa: E402
from tests.certify.torch_functions import D, FUNCTIONS, POOLS, SECOND, WEIGHTS  # noqa: E402


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

    traced = torch_program(loss, None, torch.linspace(low + 0.4, high - 0.1, 3, dtype=D))

    @settings(max_examples=3, deadline=None, phases=[Phase.generate])
    @given(st.lists(st.integers(0, 997), min_size=3, max_size=3, unique=True))
    def agrees(places: list[int]) -> None:
        point = torch.tensor([low + (high - low) * (k + 0.37) / 998 for k in places], dtype=D)
        program = replace(traced, start=point.tolist())
        with working(128):
            value = program.loss([Ball(exact(x)) for x in program.start])
        assert middle(value.ball) == pytest.approx(float(loss(point)), rel=1e-6, abs=1e-6)
        slopes = true_gradient(program).gradient
        w = point.clone().requires_grad_()
        wanted = torch.autograd.grad(loss(w), w)[0].tolist()
        assert [middle(s) for s in slopes] == pytest.approx(wanted, rel=1e-6, abs=1e-6)
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


class Net(torch.nn.Module):  # type: ignore[misc, name-defined]
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


class Wrong(torch.autograd.Function):  # type: ignore[misc, name-defined]
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


def test_a_choice_between_whole_numbers_and_others() -> None:
    loss = lambda w: (torch.heaviside(w, torch.zeros_like(w)) * w**2 + w).sum()
    program = torch_program(loss, None, torch.tensor([0.5, -1.5, 2.0], dtype=D))
    with working(64):
        value = program.loss([Ball(x) for x in program.start])
    assert middle(value.ball) == 0.25 + 4.0 + 1.0


def test_distributions_look_at_their_arguments_again_after_a_trace() -> None:
    loss = lambda w: -torch.distributions.Normal(w, w.exp()).log_prob(SECOND).sum()
    assert check_descent(loss, at=SECOND).verdict == "right"
    with pytest.raises(ValueError, match="scale"):
        torch.distributions.Normal(0.0, -1.0)


def test_one_hot_of_as_many_classes_as_there_are_labels() -> None:
    report = check_descent(lambda w: (F.one_hot(LABELS) * (X @ w)[:, None]).sum(), at=SECOND)
    assert report.verdict == "not decided"
    assert "give num_classes" in str(report)


def test_kink() -> None:
    loss: Any = lambda w: F.relu(w).sum()
    line = loss.__code__.co_firstlineno
    report = check_descent(loss, at=torch.tensor([0.0, 1.0], dtype=D))
    assert report.verdict == "kink"
    assert report.kinks[0].endswith(f"test_torch.py:{line}")


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
    assert "draw numbers before" in str(report)


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
    point, image = torch.tensor([0.4, 0.6, 0.8], dtype=D), torch.linspace(0, 1, 40, dtype=D)
    at_image: Callable[[Any], Callable[[Any], Any]] = lambda f: lambda a: f(a, (1, 1, 1, 1)).sum()
    losses = [(_loss(f), point) for f, _ in FUNCTIONS.values()]
    images = {name: f for name, f in POOLS.items() if name != "fold"}
    losses += [(at_image(f), image.reshape(1, 2, 4, 5)) for f in images.values()]
    for loss, at in losses:
        program = torch_program(loss, None, at)
        for run in (program.loss, program.gradient):
            assert run is not None
            try:
                with working(64):
                    run([Ball(x) for x in program.start])
            except NotUnderstood:
                continue
    left = {*RULES, *MOVES, *FILLED, *(a for a in ADDING if a != "index_put_add")} - met
    assert left <= NOT_MET, " ".join(sorted(left - NOT_MET))


def test_the_list_is_made_from_the_code() -> None:
    assert {*RULES, *MOVES} <= set(understood())


@pytest.mark.parametrize("seed", range(4))
def test_the_bracket_of_a_net_with_kinks(seed: int) -> None:
    """Every rate that is certified lowers the loss, tried at 40 rates in floats."""
    torch.manual_seed(seed)
    bend = [torch.nn.ReLU(), torch.nn.LeakyReLU(), torch.nn.Hardtanh(), torch.nn.ELU()][seed]
    module = torch.nn.Sequential(torch.nn.Linear(3, 4), bend, torch.nn.Linear(4, 3)).double()
    params = {k: p.detach() for k, p in module.named_parameters()}

    def loss(p: Any) -> Any:
        return F.cross_entropy(torch.func.functional_call(module, p, (X,)), LABELS)

    report = check_descent(loss, at=params)
    assert report.verdict == "right"
    assert report.certified is not None
    g, before = torch.func.grad(loss)(params), float(loss(params))
    for k in range(1, 41):
        rate = report.certified * k / 40
        assert float(loss({n: p - rate * g[n] for n, p in params.items()})) < before


def test_several_values_in_one_place_are_not_decided() -> None:
    """Which one stays is not defined."""
    loss = lambda w: (torch.zeros(2, dtype=D).index_put((torch.tensor([1, 1]),), w) ** 2).sum()
    report = check_descent(loss, at=torch.tensor([0.5, 1.5], dtype=D))
    assert not report
    assert "several values" in str(report)


def test_a_trace_is_kept_for_one_check_only() -> None:
    """What the loss closes over may change between two checks."""
    held = [torch.tensor(1.0, dtype=D)]
    loss = lambda w: (held[0] * torch.cosh(w)).sum() - torch.sin(held[0] * w).sum()
    at = torch.tensor([0.5, 1.5], dtype=D)
    first = check_descent(loss, at=at)
    held[0] = 2 * held[0]
    second = check_descent(loss, at=at)
    assert (first.verdict, second.verdict) == ("right", "right")
    assert first.get("loss") != second.get("loss")


def test_strides_of_a_view_are_not_decided() -> None:
    """as_strided reads memory, of which a graph without views knows nothing."""
    view: Any = lambda w: torch.as_strided(torch.outer(w, SECOND).t(), (3,), (1,))
    report = check_descent(lambda w: (WEIGHTS * view(w) ** 2).sum(), at=WEIGHTS / 2)
    assert report.verdict == "not decided"


def test_masks_of_infinity_are_no_nan() -> None:
    mask = torch.tensor([True, False, False])

    def loss(w: Any) -> Any:
        z = w.masked_fill(mask, -float("inf"))
        return torch.where(torch.isnan(z) | torch.isinf(z), 2.0, z**2).sum()

    at = torch.tensor([0.5, 1.5, -1.0], dtype=D)
    program = torch_program(lambda w: torch.isnan(w.masked_fill(mask, -float("inf"))).sum() + w[1],
                            None, at)  # fmt: skip
    with working(64):
        assert middle(program.loss([Ball(x) for x in program.start]).ball) == 1.5
    assert check_descent(loss, at=at, alpha=0.1).verdict == "right"


def test_a_number_stored_among_whole_numbers_is_not_decided() -> None:
    """It is cut off there, which cannot be seen at whole numbers."""

    def loss(w: Any) -> Any:
        out = torch.zeros(2, dtype=torch.int64)
        out[:] = w
        return (out * w).sum()

    report = check_descent(loss, at=torch.tensor([1.0, 2.0], dtype=D))
    assert not report
    assert report.verdict == "not decided"


def test_buffers_of_a_module_stay_as_they_are() -> None:
    module = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2)).double()
    before = {k: v.clone() for k, v in module.named_buffers()}
    assert check_descent(lambda m: (m(X) ** 3).sum(), at=module).verdict in ("right", "not decided")
    assert all(torch.equal(before[k], v) for k, v in module.named_buffers())


def test_a_small_loss_whose_trace_is_another_one() -> None:
    """What is small is said by the loss's own size."""
    traced: Any = lambda w: type(w) is not torch.Tensor or torch._C._len_torch_dispatch_stack() > 0
    loss = lambda w: (w**2).sum() * (2e-9 if traced(w) else 1e-9)
    report = check_descent(loss, lambda w: 2e-9 * w, at=torch.ones(2, dtype=D))
    assert report.verdict == "not decided"
