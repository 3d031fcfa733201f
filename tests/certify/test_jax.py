"""The jax front end: every rule against jax itself, values and derivatives; losses and verdicts."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

jax = pytest.importorskip("jax", reason="jax is not installed: its front end is not tested here")

import jax.numpy as jnp  # noqa: E402
from jax import lax  # noqa: E402

from proofs.certify import BadCall, check_descent  # noqa: E402
from proofs.certify.balls import exact, middle, working  # noqa: E402
from proofs.certify.gradient import in_balls, true_gradient  # noqa: E402
from proofs.certify.jax_front import jax_program  # noqa: E402
from proofs.certify.jax_graph import CALLS, Graph, derivatives_are_jax_own, understood  # noqa: E402
from proofs.certify.jax_rules import RULES, SAME, STEPS  # noqa: E402
from proofs.certify.program import program_of  # noqa: E402
from proofs.certify.reals import Ball  # noqa: E402
from tests.certify.jax_functions import FUNCTIONS, POOLS, WEIGHTS, custom, while_loop  # noqa: E402


def _primitives(jaxpr: Any) -> set[str]:
    found = set()
    for eqn in jaxpr.eqns:
        found.add(eqn.primitive.name)
        for value in eqn.params.values():
            for inner in value if isinstance(value, (list, tuple)) else [value]:
                if hasattr(inner, "eqns") or hasattr(inner, "jaxpr"):
                    found |= _primitives(getattr(inner, "jaxpr", inner))
    return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_rule_against_jax(name: str) -> None:
    """The value of the loss, its gradient, and the gradient's own code, in balls, are jax's."""
    f, (low, high) = FUNCTIONS[name]
    loss: Callable[..., Any] = lambda w: jnp.sum(WEIGHTS * f(w))
    differentiable = name != "while"

    slope_of: Callable[..., Any] = jax.grad if differentiable else jax.jacfwd
    wanted = jax.jit(lambda w: (loss(w), slope_of(loss)(w)))
    traced = jax_program(loss, None, jnp.linspace(low + 0.4, high - 0.1, 3))

    @settings(max_examples=3, deadline=None, phases=[Phase.generate])
    @given(st.lists(st.integers(0, 997), min_size=3, max_size=3, unique=True))
    def agrees(places: list[int]) -> None:
        numbers = [low + (high - low) * (k + 0.37) / 998 for k in places]
        if any(
            abs(abs(x) - y) < 1e-3 for x in numbers for y in (0.0, 0.1, 0.3, 0.5, 1.0, 1.5, 2.0)
        ):
            return  # ties have tests of their own
        program = replace(traced, start=numbers)
        with working(128):
            value = program.loss([Ball(exact(x)) for x in program.start])
        theirs, slopes = wanted(jnp.asarray(numbers))
        assert middle(value.ball) == pytest.approx(float(theirs), rel=1e-6, abs=1e-6)
        ours = [middle(s) for s in true_gradient(program).gradient]
        assert ours == pytest.approx(slopes.tolist(), rel=1e-6, abs=1e-6)
        if differentiable:
            code = in_balls(program)
            assert code is not None
            assert [middle(s) for s in code[0]] == pytest.approx(
                slopes.tolist(), rel=1e-6, abs=1e-6
            )

    agrees()


def test_every_rule_is_met() -> None:
    """No rule without a test: the functions above, and their gradients, use every primitive with a
    rule.
    """
    met = set()
    for f, _ in FUNCTIONS.values():
        loss: Callable[..., Any] = lambda w: jnp.sum(WEIGHTS * f(w))
        met |= _primitives(jax.make_jaxpr(loss)(jnp.ones(3)).jaxpr)
        if f is not custom:
            met |= _primitives(jax.make_jaxpr(jax.jacfwd(loss))(jnp.ones(3)).jaxpr)
        if f is not while_loop:
            met |= _primitives(jax.make_jaxpr(jax.grad(loss))(jnp.ones(3)).jaxpr)
    images = [lambda a, f=f: f(a, (1, 1, 1)).sum() for f in POOLS.values()]
    for loss in images:
        met |= _primitives(jax.make_jaxpr(jax.grad(loss))(jnp.ones((4, 5))).jaxpr)
    older = {
        "scatter_add",
        "scatter_sub",
        "scatter_mul",
        "scatter_min",
        "scatter_max",
        "expand_dims",
    }
    left = set(RULES) - met - set(STEPS) - set(SAME) - older
    assert left <= NOT_MET, left - NOT_MET


NOT_MET = {"stack", "unstack", "tile", "scatter-sub", "square", "rev", "digamma", "cbrt"}


def balls_of(loss: Callable[..., Any], point: Any) -> Any:
    program = jax_program(loss, None, point)
    with working(128):
        return program.loss([Ball(exact(x)) for x in program.start])


X = np.random.default_rng(0).normal(size=(6, 3))
LABELS = np.array([0, 1, 2, 0, 1, 2])


def cross_entropy(w: Any) -> Any:
    return -jnp.mean(jax.nn.log_softmax(X @ w)[jnp.arange(6), LABELS])


def by_hand(w: Any) -> Any:
    """The same, with the shift written out."""
    z = X @ w
    shifted = z - jnp.max(z, axis=1, keepdims=True)
    return jnp.mean(jnp.log(jnp.exp(shifted).sum(axis=1)) - shifted[jnp.arange(6), LABELS])


@pytest.mark.parametrize("loss", [cross_entropy, by_hand])
def test_the_shift_of_softmax_costs_no_path(loss: Callable[..., Any]) -> None:
    """At w = 0 all logits tie: 3^6 paths if the maximum were asked for."""
    stopped = lambda w: loss(w)
    report = check_descent(stopped, jax.grad(cross_entropy), at=jnp.zeros((3, 3)), alpha=0.1)
    assert report.verdict == "right"
    assert report.certified is not None
    assert report.refuted is not None
    assert report.refuted <= 1.05 * report.certified


def test_a_maximum_that_is_no_shift_is_asked_for() -> None:
    """exp(x - max(x)) alone depends on the maximum: its kinks are seen."""
    loss: Callable[..., Any] = lambda w: jnp.sum(jnp.exp(w - jnp.max(w)))
    assert middle(balls_of(loss, jnp.array([0.5, 2.0])).ball) == pytest.approx(1 + math.exp(-1.5))
    report = check_descent(loss, at=jnp.array([1.0, 1.0]))
    assert report.verdict == "kink"


def test_kinks_are_named_by_their_line() -> None:
    loss = lambda w: jnp.sum(jax.nn.relu(w))
    line = loss.__code__.co_firstlineno
    report = check_descent(loss, at=jnp.array([0.0, 1.0]))
    assert report.verdict == "kink"
    assert report.kinks[0].endswith(f"test_jax.py:{line}")


def test_what_no_result_needs_costs_no_path() -> None:
    """Eight unused relus at 0 would be 256 paths."""

    def loss(w: Any) -> Any:
        jax.nn.relu(w)
        return jnp.sum(w**2 + w)

    assert check_descent(loss, at=jnp.zeros(8)).verdict == "right"


def test_a_gradient_that_is_another_one_while_it_is_traced() -> None:
    """What is seen of its trace says nothing of its floats, which are wrong."""
    grad = lambda w: 2 * w * (1.0 if isinstance(w, jax.core.Tracer) else 3.0)
    report = check_descent(lambda w: jnp.sum(w**2), grad, at=jnp.ones(2))
    assert report.verdict == "wrong gradient"


def test_a_wrong_custom_vjp_is_found() -> None:
    @jax.custom_vjp  # type: ignore[untyped-decorator]
    def squares(x: Any) -> Any:
        return jnp.sum(x**2)

    squares.defvjp(lambda x: (jnp.sum(x**2), x), lambda x, g: (3 * x * g,))
    report = check_descent(squares, at=jnp.array([0.5, -1.0]))
    assert report.verdict == "wrong gradient"
    assert "1.5" in str(report)


def remembered() -> Any:
    """The sum of squares, whose derivative is right at the first call only."""
    calls: list[int] = []

    @jax.custom_vjp  # type: ignore[untyped-decorator]
    def squares(x: Any) -> Any:
        return jnp.sum(x**2)

    def back(x: Any, g: Any) -> Any:
        calls.append(1)
        return (2 * len(calls) * x * g,)

    squares.defvjp(lambda x: (jnp.sum(x**2), x), back)
    return squares


def root(w: Any) -> Any:
    return lax.custom_root(lambda x: x**2 - w[0], 1.0, lambda f, x: jnp.sqrt(w[0]), lambda g, y: y)


def test_a_derivative_that_depends_on_earlier_calls() -> None:
    """jax.grad is compiled as a whole only where no derivative is the user's."""
    squares = remembered()
    assert check_descent(lambda w: squares(w) + w[0], at=jnp.ones(2)).verdict == "impure"


@pytest.mark.parametrize(
    ("function", "own"),
    [
        (lambda w: jnp.sum(jax.nn.relu(w) + jax.nn.softplus(w)), True),
        (lambda w: jax.nn.logsumexp(w) + jnp.linalg.norm(w), True),
        (lambda w: lax.scan(lambda c, x: (c + x, c), w[0], w)[0], True),
        (lambda w: lax.scan(lambda c, x: (c + remembered()(w), c), w[0], w)[0], False),
        (lambda w: jax.custom_gradient(lambda x: (jnp.sum(x), lambda g: g * x))(w), False),
        (root, False),
    ],
)
def test_whose_the_derivatives_are(function: Any, own: bool) -> None:
    assert derivatives_are_jax_own(jax.make_jaxpr(function)(jnp.ones(3)).jaxpr) == own


def test_a_wrong_gradient_by_hand_is_named_in_the_tree() -> None:
    params = {"w": jnp.array([1.0, 2.0, -1.0]), "b": jnp.array(0.5)}
    loss: Callable[..., Any] = lambda p: jnp.mean((X @ p["w"] + p["b"] - LABELS) ** 2)
    right = jax.grad(loss)
    wrong = lambda p: {"w": right(p)["w"], "b": 2 * right(p)["b"]}
    assert check_descent(loss, right, at=params).verdict == "right"
    report = check_descent(loss, wrong, at=params)
    assert report.verdict == "wrong gradient"
    assert report.worst is not None
    assert report.worst["name"] == "['b']"


def test_squared_norm_at_0() -> None:
    """jax#21723: the loss is smooth there, jax.grad gives nan."""
    report = check_descent(lambda w: jnp.linalg.norm(w) ** 2, at=jnp.zeros(2))
    assert report.verdict == "wrong gradient"
    assert "not finite" in str(report)


def test_float32_is_seen() -> None:
    at = jnp.asarray(X[0], jnp.float32)
    report = check_descent(lambda w: jnp.sum(jnp.exp(w)), at=at, alpha=0.01)
    assert report.verdict == "right"
    assert 1e-10 < (report.get("gradient_error") or 0) < 1e-6


def test_numpy_start_of_jax_code() -> None:
    report = check_descent(lambda w: jnp.sum(jnp.exp(w)), at=np.array([0.3, 0.4]), alpha=0.01)
    assert report.front == "jax"
    assert report.verdict == "right"


def test_random_numbers_from_a_fixed_key_are_constants() -> None:
    key: Callable[..., Any] = lambda: jax.random.key(0)
    loss: Callable[..., Any] = lambda w: jnp.sum(
        jax.random.bernoulli(key(), 0.5, (3,)) * w**2 + w**2
    )
    assert check_descent(loss, at=jnp.asarray(WEIGHTS), alpha=0.1).verdict == "right"


def test_keys_that_are_moved_about() -> None:
    def loss(w: Any) -> Any:
        keys = jnp.stack(list(jax.random.split(jax.random.key(0))))[::-1].reshape(1, 2)
        return jnp.sum(jax.random.normal(keys[0, 1], (3,)) ** 2 * w**2)

    assert check_descent(loss, at=jnp.asarray(WEIGHTS), alpha=0.01).verdict == "right"


def test_masked_softmax() -> None:
    mask = jnp.array([True, True, False])
    loss: Callable[..., Any] = lambda w: jnp.sum(
        jax.nn.softmax(jnp.where(mask, w, -jnp.inf)) * WEIGHTS
    )
    report = check_descent(loss, at=jnp.array([0.1, 0.2, 9.0]), alpha=0.1)
    assert report.verdict == "right"


@pytest.mark.parametrize(
    ("loss", "named"),
    [
        (lambda w: jnp.sum(jax.scipy.special.i0e(w)), "bessel_i0e"),
        (lambda w: jnp.sum(jnp.floor(w) * w), "steps"),
        (lambda w: jnp.sum(w) if w[0] > 0 else w[1], "an if"),
        (lambda w: jnp.sum(w.astype(int) * w), "int"),
        (lambda w: lax.while_loop(lambda x: x[0] < 1e9, lambda x: x + 1e-9, w)[0], "while"),
    ],
)
def test_what_is_not_understood_is_named_with_its_line(loss: Any, named: str) -> None:
    if named == "while":
        from proofs.certify import NotDecided

        with pytest.raises(NotDecided, match="turns"):
            balls_of_graph(loss)
        return
    report = check_descent(loss, at=jnp.array([0.5, 1.5]))
    assert report.verdict == "not decided"
    assert named in str(report)
    assert "test_jax.py:" in str(report)


def balls_of_graph(loss: Any) -> Any:
    graph = Graph(jax.make_jaxpr(loss)(jnp.ones(2)))
    with working(64):
        return graph.run([np.array([Ball(0.5), Ball(1.5)], dtype=object)])


@pytest.mark.parametrize(
    ("loss", "at", "words"),
    [
        (lambda w: w, jnp.ones(2), "shape"), (lambda w: jnp.sum(w), jnp.array([1, 2]), "floats"),
        (lambda w: jnp.sum(w), jnp.array([1.0, jnp.nan]), "finite"),
        (lambda w: "no", jnp.ones(2), "number"),
        (lambda w: jnp.sum(w) * 1j, jnp.ones(2), "real"),
        (lambda p: p["a"].sum(), {"a": jnp.ones(2), "b": 1}, "1"),
    ],
)  # fmt: skip
def test_bad_calls(loss: Any, at: Any, words: str) -> None:
    with pytest.raises(BadCall, match=words):
        check_descent(loss, at=at)


def test_grad_of_another_shape() -> None:
    with pytest.raises(BadCall, match="shape"):
        check_descent(lambda w: jnp.sum(w**2), lambda w: jnp.ones(3), at=jnp.ones(2))


def test_a_trace_that_is_not_the_program() -> None:
    """What depends on whether jax is tracing is not judged."""
    loss: Callable[..., Any] = lambda w: (
        jnp.sum(w**2) * (2.0 if isinstance(w, jax.core.Tracer) else 1.0)
    )
    report = check_descent(loss, lambda w: 2 * w, at=jnp.ones(2))
    assert report.verdict == "not decided"


def test_impure() -> None:
    calls: list[int] = []

    def loss(w: Any) -> Any:
        calls.append(1)
        return jnp.sum(w**2) * len(calls)

    assert check_descent(loss, lambda w: 2 * w, at=jnp.ones(2)).verdict in ("impure", "not decided")


def test_a_net() -> None:
    """Two layers of tanh: the certified rate is within a per cent of one that fails."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(20, 2)), rng.normal(size=20)
    shapes = {"a": (5, 2), "b": (5,), "c": (5,), "d": ()}
    params = {k: jnp.asarray(rng.normal(size=s) / 2) for k, s in shapes.items()}

    def loss(p: Any) -> Any:
        return jnp.mean((jnp.tanh(x @ p["a"].T + p["b"]) @ p["c"] + p["d"] - y) ** 2)

    report = check_descent(loss, at=params, alpha=0.01)
    assert report.verdict == "right"
    assert report.certified is not None
    assert report.refuted is not None
    assert report.certified < report.refuted <= 1.05 * report.certified
    stepped: Callable[..., Any] = lambda a: jax.tree.map(
        lambda p, g: p - a * g, params, jax.grad(loss)(params)
    )
    assert loss(stepped(report.certified)) < loss(params)
    assert loss(stepped(report.refuted * 1.01)) > loss(params)


def test_the_list_is_made_from_the_code() -> None:
    assert set(RULES) <= set(understood())
    assert {"scan", "while", "cond", *CALLS} <= set(understood())


@pytest.mark.parametrize("seed", range(6))
def test_the_bracket_of_a_net_with_kinks(seed: int) -> None:
    """Every rate that is certified lowers the loss, tried at 40 rates in floats."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(8, 2)), rng.normal(size=8)
    shapes = {"a": (2, 4), "b": (4,), "c": (4,)}
    params = {k: jnp.asarray(rng.normal(size=s)) for k, s in shapes.items()}
    bend = [jax.nn.relu, jnp.abs, lambda z: jnp.maximum(z, 0.1 * z)][seed % 3]

    def loss(p: Any) -> Any:
        return jnp.mean((bend(x @ p["a"] + p["b"]) @ p["c"] - y) ** 2) + 0.1 * jnp.max(p["c"])

    report = check_descent(loss, at=params)
    assert report.verdict == "right"
    assert report.certified is not None
    g, before = jax.grad(loss)(params), float(loss(params))
    after: Callable[..., Any] = lambda a: float(
        loss(jax.tree.map(lambda p, s: p - a * s, params, g))
    )
    assert all(after(report.certified * k / 40) < before for k in range(1, 41))
    if report.refuted is not None:
        assert after(report.refuted) > before - 1e-9 * before


def test_a_name_is_no_rule() -> None:
    """A function of the user's that is called logaddexp means what its body says."""

    @jax.custom_jvp  # type: ignore[untyped-decorator]
    def logaddexp(a: Any, b: Any) -> Any:
        return a * b + a

    logaddexp.defjvp(lambda x, t: (logaddexp(*x), t[0] * (x[1] + 1) + t[1] * x[0]))
    found = balls_of(lambda w: logaddexp(w[0], w[1]), jnp.array([0.5, 2.0]))
    assert middle(found.ball) == pytest.approx(1.5)


def test_logaddexp_has_no_kink() -> None:
    """jax writes it with max and |a - b|; at ties of all 30 pairs there is one path, not 2^30."""
    loss = lambda w: jnp.mean(jax.nn.softplus(w) - 0.3 * w)
    report = check_descent(loss, at=jnp.zeros(30), alpha=0.1)
    assert report.verdict == "right"
    assert (report.certified or 0) > 1


def test_jax_code_that_takes_minutes() -> None:
    """Interrupted, at a start of jax and at one of numpy."""

    def endless(w: Any) -> Any:
        while True:
            time.sleep(0.01)
        return jnp.sum(w)

    for at in (jnp.ones(2), np.ones(2)):
        report = check_descent(endless, at=at, budget=0.5)
        assert report.verdict == "not decided"
        assert report.seconds < 5


def test_numpy_code_is_not_called_to_ask_what_it_is() -> None:
    """jax is imported, the loss does not mention it: a call more would be seen by the user."""
    calls: list[int] = []

    def loss(w: Any) -> Any:
        calls.append(1)
        return np.sum(w**2)

    assert program_of(loss, None, np.ones(2)).front == "numpy"
    assert calls == []
    assert program_of(lambda w: helper(w), None, np.ones(2)).front == "jax"


def helper(w: Any) -> Any:
    return jnp.sum(w**2)


def test_a_small_loss_whose_trace_is_another_one() -> None:
    """What is small is said by the loss's own size."""
    loss: Callable[..., Any] = lambda w: (
        jnp.sum(w**2) * (2e-9 if isinstance(w, jax.core.Tracer) else 1e-9)
    )
    report = check_descent(loss, lambda w: 2e-9 * w, at=jnp.ones(2))
    assert report.verdict == "not decided"


def test_c3_one_over_batch_is_missing() -> None:
    """A gradient by hand that is summed where the loss is a mean."""
    loss: Callable[..., Any] = lambda w: jnp.mean((X @ w - LABELS) ** 2)
    summed = lambda w: 2 * X.T @ (X @ w - LABELS)
    report = check_descent(loss, summed, at=jnp.asarray(WEIGHTS), alpha=0.01)
    assert report.verdict == "wrong gradient"
    assert "6" in str(report)
