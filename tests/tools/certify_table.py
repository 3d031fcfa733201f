"""Which mistakes are found by whom, and how long it takes: writes proofs/certify/COMPARISON.md.

    python -m tests.tools.certify_table [FILE]

Needs torch, numdifftools and scipy; a peer that is not installed is left out, as the page says.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from proofs.certify import check_descent
from proofs.certify.check import check_gradient_at
from proofs.certify.program import program_of
from tests.tools.certify_planted import Entry, Function, Planted, conditions, corpus, shifted

FILE = Path(__file__).parents[2] / "proofs" / "certify" / "COMPARISON.md"
POINTS = 100  # of a region; as many as check_descent draws
Found = dict[str, Counter[str]]
Peer = Callable[[Function, Function, Any], bool]


def by_torch(loss: Function, grad: Function, at: Any) -> bool:
    """torch.autograd.gradcheck with its own tolerances, on a function whose backward is grad."""
    torch = importlib.import_module("torch")

    def forward(ctx: Any, w: Any) -> Any:
        ctx.save_for_backward(w)
        return torch.as_tensor(np.asarray(loss(w.detach().numpy())), dtype=w.dtype)

    def backward(ctx: Any, *outer: Any) -> Any:
        (w,) = ctx.saved_tensors
        g = np.asarray(grad(w.detach().numpy()))
        return outer[0] * torch.as_tensor(g, dtype=w.dtype)

    methods = {"forward": staticmethod(forward), "backward": staticmethod(backward)}
    claimed: Any = type("Claimed", (torch.autograd.Function,), methods)
    w = torch.tensor(np.array(at), requires_grad=True)
    return not torch.autograd.gradcheck(claimed.apply, (w,), raise_exception=False)


def by_numdifftools(loss: Function, grad: Function, at: Any) -> bool:
    """numdifftools.Gradient beside grad, by np.allclose with its own tolerances."""
    numdifftools = importlib.import_module("numdifftools")
    slopes = numdifftools.Gradient(loss)(np.array(at))
    return not np.allclose(grad(np.array(at)), slopes)


def by_scipy(loss: Function, grad: Function, at: Any) -> bool:
    """scipy.optimize.check_grad above 1e-5 |g|: it leaves the limit to its user."""
    check_grad = importlib.import_module("scipy.optimize").check_grad
    return not check_grad(loss, grad, np.array(at)) <= 1e-5 * float(np.linalg.norm(grad(at)))


def by_us(loss: Function, grad: Function, at: Any) -> bool:
    """check_descent: anything but right, or limited by rounding."""
    return not check_descent(loss, grad, at=at)


PEERS: dict[str, tuple[str, Peer]] = {
    "torch.autograd.gradcheck": ("torch", by_torch),
    "numdifftools": ("numdifftools", by_numdifftools),
    "scipy check_grad": ("scipy", by_scipy),
}


def installed() -> dict[str, tuple[str, Peer]]:
    """The peers that can be asked here."""
    found = {}
    for name, (module, peer) in PEERS.items():
        try:
            importlib.import_module(module)
        except ImportError:
            continue
        found[name] = module, peer
    return found


def starts_of(entry: Entry, bug: Planted) -> list[Any]:
    """Where a peer is asked: the start, or points of the box of a bug that is in a part of it."""
    if bug.reach is None:
        return [entry.at]
    rng = np.random.default_rng(0)
    return list(rng.uniform(-bug.reach, bug.reach, (POINTS, len(entry.at))))


def found_by_us(entry: Entry, bug: Planted) -> bool:
    """check_descent at the start, or on a strategy for the box."""
    if bug.reach is None:
        return by_us(entry.loss, bug.grad, entry.at)
    from hypothesis import strategies as st

    sides = [st.floats(-bug.reach, bug.reach)] * len(entry.at)
    return by_us(entry.loss, bug.grad, st.tuples(*sides).map(np.array))


def mistakes() -> tuple[Counter[str], Found]:
    """How many mistakes of each kind there are, and how many each checker finds."""
    there: Counter[str] = Counter()
    found: Found = {n: Counter() for n in ("check_descent", *installed())}
    for entry in corpus():
        for bug in entry.bugs:
            there[bug.kind] += 1
            found["check_descent"][bug.kind] += found_by_us(entry, bug)
            for name, (_, peer) in installed().items():
                points = starts_of(entry, bug)
                found[name][bug.kind] += any(peer(entry.loss, bug.grad, p) for p in points)
    return there, found


def small(times: float = 1e-8) -> tuple[Counter[str], Found]:
    """The same of the mistakes at a start, with loss and gradient multiplied by a number."""
    there: Counter[str] = Counter()
    found: Found = {n: Counter() for n in ("check_descent", *installed())}
    key = f"loss x {times:g}"
    for entry in corpus():
        for bug in entry.bugs:
            if bug.reach is not None:
                continue
            there[key] += 1
            other = shifted(Entry(entry.name, entry.loss, bug.grad, entry.at), times=times)
            found["check_descent"][key] += by_us(other.loss, other.grad, other.at)
            for name, (_, peer) in installed().items():
                found[name][key] += peer(other.loss, other.grad, other.at)
    return there, found


def alarms() -> tuple[Counter[str], Found]:
    """How many right gradients each condition has, and how many each checker complains of."""
    there: Counter[str] = Counter()
    wrong: Found = {n: Counter() for n in ("check_descent", *installed())}
    for condition, entries in conditions().items():
        for entry in entries:
            there[condition] += 1
            wrong["check_descent"][condition] += by_us(entry.loss, entry.grad, entry.at)
            for name, (_, peer) in installed().items():
                wrong[name][condition] += peer(entry.loss, entry.grad, entry.at)
    return there, wrong


def larger(n: int) -> Entry:
    """Logistic regression of 50 rows and n parameters."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(50, n)) / n**0.5, (rng.random(50) > 0.5).astype(float)
    loss = lambda w: np.mean(np.logaddexp(0, x @ w) - y * (x @ w))
    grad = lambda w: x.T @ (1 / (1 + np.exp(-(x @ w))) - y) / 50
    return Entry(f"logistic regression of {n}", loss, grad, rng.normal(size=n))


def in_torch(n: int) -> dict[str, Callable[[], Any]]:
    """The same loss written in torch, with its autograd: what each checker does of it."""
    torch = importlib.import_module("torch")
    rng = np.random.default_rng(0)
    x, y = torch.tensor(rng.normal(size=(50, n)) / n**0.5), torch.tensor(rng.random(50)).round()
    loss = lambda w: torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y)
    w = torch.tensor(rng.normal(size=n), requires_grad=True)
    return {
        "check_descent": lambda: gradient_alone(loss, None, w.detach()),
        "torch.autograd.gradcheck": lambda: torch.autograd.gradcheck(loss, (w,)),
    }


def gradient_alone(loss: Any, grad: Any, at: Any) -> None:
    """What check_descent does for the gradient, without the learning rate."""
    assert check_gradient_at(program_of(loss, grad, at)).verdict == "right"


def medians(asked: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """Milliseconds of the process for each; all are asked in turn, round by round."""
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds + 1):
        for name, ask in asked.items():
            began = time.process_time()
            ask()
            spent[name].append(1e3 * (time.process_time() - began))
    return {name: statistics.median(times[1:]) for name, times in spent.items()}


def times() -> list[str]:
    """Markdown: how long each checker takes for one right gradient."""
    names = ["check_descent", *installed()]
    lines = [f"| loss | parameters | {' | '.join(names)} |", "|---|" + "--:|" * (len(names) + 1)]

    def row(name: str, n: int, asked: dict[str, Callable[[], Any]]) -> str:
        found = medians(asked, 9 if n < 1000 else 3)
        fastest = found["check_descent"] <= min(
            v for k, v in found.items() if k not in ("check_descent", "scipy check_grad")
        )
        shown = {k: f"{v:.1f}" for k, v in found.items()}
        if fastest:
            shown["check_descent"] = f"**{shown['check_descent']}**"
        return f"| {name} | {n} | {' | '.join(shown.get(k, '') for k in names)} |"

    for e in [*corpus(), larger(100), larger(1000)]:
        asked: dict[str, Callable[[], Any]] = {
            "check_descent": partial(gradient_alone, e.loss, e.grad, e.at)
        }
        for name, (_, peer) in installed().items():
            asked[name] = partial(peer, e.loss, e.grad, e.at)
        lines.append(row(e.name, len(e.at), asked))
    if "torch.autograd.gradcheck" in installed():
        lines += [row("the same in torch, autograd", n, in_torch(n)) for n in (10, 100, 1000)]
    return lines


def table(head: str, there: Counter[str], found: Found) -> list[str]:
    """Markdown, one row for each key and one for the sum."""
    names = list(found)
    lines = [f"| {head} | number | {' | '.join(names)} |", "|---|" + "--:|" * (len(names) + 1)]
    for key, number in sorted(there.items()):
        lines.append(f"| {key} | {number} | {' | '.join(str(found[n][key]) for n in names)} |")
    sums = " | ".join(f"**{found[n].total()}**" for n in names)
    return [*lines, f"| **all** | **{there.total()}** | {sums} |"]


def text() -> str:
    """The page."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        planted, false = table("mistake", *mistakes()), table("right gradients", *alarms())
        tiny = table("mistakes", *small())[:-1]
        spent = times()
    used = ", ".join(f"{module} {version(module)}" for module, _ in installed().values())
    missing = [name for name in PEERS if name not in installed()]
    left_out = f" Not installed, and left out: {', '.join(missing)}." if missing else ""
    losses = len({entry.name for entry in corpus()})
    return "\n".join(
        [
            "# Mistakes in gradients, and who finds them",
            "",
            "Made by `python -m tests.tools.certify_table`; do not edit. The losses and the",
            f"mistakes are in `tests/tools/certify_planted.py`: {losses} losses in numpy, of 2 to",
            f"12 parameters. numpy {version('numpy')}, {used}.{left_out}",
            "",
            "Each checker sees the same functions of one flat vector, in doubles, at one point; a",
            "mistake in one region only is looked for at 100 points of a box: `check_descent` is",
            "given a strategy, the others points drawn evenly. gradcheck runs with its own",
            "tolerances, numdifftools with those of `np.allclose`; scipy leaves the limit to its",
            "user: 1e-5 |g| here.",
            "",
            "## Planted mistakes that are found",
            "",
            *planted,
            "",
            "The same mistakes at a start, where loss and gradient are small:",
            "",
            *tiny,
            "",
            "## Right gradients that are called wrong",
            "",
            *false,
            "",
            "gradcheck is meant for doubles, so float32 is no fault of it.",
            "",
            "## How long the gradient takes",
            "",
            "Milliseconds of one right gradient at one point, without the learning rate: medians",
            "of 9 rounds (3 for 1,000 parameters) in which all are asked in turn, on one core.",
            "Bold: faster than gradcheck and numdifftools. scipy: n + 1 losses alone.",
            "",
            *spent,
            "",
            "`check_descent` runs loss and g on balls, and the loss once or twice more to see that",
            "this is the program: on small losses it takes 0.6 to 1.4 times gradcheck's time. It",
            "grows with the operations, the others with these times the parameters: from a",
            "hundred parameters on it is faster. A function of torch is traced first, which takes",
            "a tenth of a second: gradcheck is faster there, up to about a thousand parameters.",
            "",
        ]
    )


def main() -> int:
    """Writes the page."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    path.write_text(text())
    print(path.read_text())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
