"""Which mistakes are found by whom: writes proofs/certify/COMPARISON.md.

    python -m tests.tools.certify_table [FILE]

Needs torch, numdifftools and scipy; a peer that is not installed is left out, as the page says.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from proofs.certify import check_descent
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
