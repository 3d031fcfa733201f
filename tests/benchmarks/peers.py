"""Beside peers, and as sizes grow: `python -m tests.benchmarks.peers [--rounds 3] [--write]`.

One run, medians of the rounds, wall clock; with --write the tables go into PEERS.md. cvc5 and PEPit
are optional (`pip install -e '.[peers]'`): where one is not installed, its rows say so. A peer that
has no answer within LIMIT seconds is asked once.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib import import_module, metadata
from itertools import count
from operator import mul
from pathlib import Path
from statistics import median
from subprocess import run
from typing import Any

from hypothesis import strategies as st

from proofs import replay
from proofs.a_why_gradient_descent_works import a14_one_learning_rate_for_every_start as a14
from proofs.balls.deciding import decide
from proofs.kernel import real, solver, sqrt
from proofs.kernel.algebra import normal
from proofs.kernel.solver import NotProved, follows
from proofs.lemmas import inner_products
from proofs.runner.certificates import asked
from proofs.runner.pages import load_pages
from strategies import smooth_losses, starts
from tests.benchmarks.bench_search import OURS_WITH_POINT, draw, size
from tests.benchmarks.bench_speed import forget

LIMIT = 30  # seconds that a peer has
EACH = 1  # second that cvc5 has for a query
EVERY = 4  # of so many queries of a run, one is asked
TABLES = Path(__file__).with_name("PEERS.md")
FRESH = count()
Row = tuple[str, str, str, str]  # the question, who was asked, how long it took, the answer

# An expression in six variables, as one would first write it.
LEAVES = st.one_of(st.integers(-8, 8), st.sampled_from([f"x{i}" for i in range(6)]))
NAIVE: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["+", "*"]), st.lists(inner, min_size=3, max_size=6)),
        st.tuples(st.sampled_from(["sin", "exp", "log_cosh"]), inner),
    ),
    max_leaves=200,
)
NAIVE_WITH_POINT = st.tuples(NAIVE, st.lists(st.integers(-12, 12), min_size=6, max_size=6))


def timed(asked: Callable[[], Any], rounds: int) -> tuple[str, Any]:
    """The median time, and the last answer; one that took half of LIMIT is not asked again."""
    times: list[float] = []
    answer: Any = None
    while len(times) < rounds and max(times, default=0) < LIMIT / 2:
        start = time.perf_counter()
        answer = asked()
        times.append(time.perf_counter() - start)
    return f"{median(times):.3g} s", answer


def proved_cold(step: Callable[[], Any]) -> str:
    """Proves a step with no query answered and no lemma proved before."""
    forget()
    step()
    return "proved"


def by_z3(premises: list[Any], goal: Any) -> str:
    """z3's own answer, without a certificate."""
    forget()
    try:
        follows(premises, goal, rlimit=0, wall_clock=LIMIT)
    except NotProved as reason:
        return f"no answer in {LIMIT} s" if "killed" in reason.reply else reason.reply
    return "proved"


def himmelblau(rounds: int) -> Iterator[Row]:
    """Every start of [-1, 1]^2 with a gradient other than 0, every alpha up to 1/20."""
    told = "Himmelblau's loss falls on [-1, 1]^2, alpha up to 1/20"
    seconds, enclosure = timed(a14.enclosure_himmelblau, rounds)
    yield told, "balls (a14)", seconds, f"proved, {enclosure.boxes} boxes"

    def ask() -> str:
        x, y, alpha = (real(f"{name}{next(FRESH)}") for name in ("x", "y", "alpha"))
        loss: Callable[[Any, Any], Any] = lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
        by_x = 4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7)
        by_y = 2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7)
        start = [x >= -1, x <= 1, y >= -1, y <= 1, alpha > 0, alpha <= Fraction(1, 20)]
        lower = loss(x - alpha * by_x, y - alpha * by_y) < loss(x, y)
        return by_z3([*start, (by_x != 0) | (by_y != 0)], lower)

    yield told, "z3", *timed(ask, rounds)


def cauchy_schwarz(rounds: int) -> Iterator[Row]:
    """In any dimension by the kernel; in coordinates, z3 asked directly."""
    told = "Cauchy-Schwarz"
    proof = lambda: proved_cold(inner_products.at_most_the_lengths)
    yield f"{told}, every dimension", "the lemma", *timed(proof, rounds)
    for n in range(2, 7):

        def ask(n: int = n) -> str:
            u, v = ([real(f"{s}{next(FRESH)}") for _ in range(n)] for s in "uv")
            dot: Callable[[Any, Any], Any] = lambda a, b: sum(map(mul, a, b))
            return by_z3([], dot(u, v) ** 2 <= dot(u, u) * dot(v, v))

        yield f"{told}, n = {n}", "z3", *timed(ask, rounds)


def by_cvc5(query: str) -> str:
    """cvc5's answer to a query."""
    cvc5 = import_module("cvc5")
    asked = cvc5.Solver(cvc5.TermManager())
    asked.setOption("tlimit-per", str(1000 * EACH))
    parser = cvc5.InputParser(asked)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(set-logic ALL)\n{query}", "query")
    symbols, told = parser.getSymbolManager(), ""
    while not (command := parser.nextCommand()).isNull():
        told += command.invoke(asked, symbols)
    return told.strip()


def answered(some: list[str], answer: Callable[[str], str]) -> str:
    """How many of some queries have no model, says `answer`."""
    return f"{sum(answer(q) == 'unsat' for q in some)} of {len(some)} decided"


def solvers(rounds: int) -> Iterator[Row]:
    """Some of the queries of a run: z3, the certificates that are stored, cvc5."""
    forget()
    some = list(asked()[0])[::EVERY]
    told = f"one query of {EVERY} of a run"
    z3 = lambda: answered(some, lambda q: solver.ask(q, solver.RLIMIT))
    replays = solver.certified.__wrapped__  # which remembers nothing
    replayed = lambda: answered(
        some, lambda q: "unsat" if replays(q, solver.stored()[solver.key(q)]) else ""
    )
    yield told, "z3, one process", *timed(z3, rounds)
    yield told, f"certificates, {Path(replay.__file__).name}", *timed(replayed, rounds)
    if installed("cvc5"):
        yield told, f"cvc5, {EACH} s each", *timed(lambda: answered(some, by_cvc5), rounds)
    else:
        yield told, "cvc5", "", "not installed"


def exact_rate(rounds: int) -> Iterator[Row]:
    """The best bound after n steps: for every n here, one n at a time by PEPit."""
    told = "L(W(n)) - L(w*) <= lipschitz |W(0) - w*|^2 / (2 (2 n h + 1))"
    d01 = next(page for page in load_pages() if page.id == "d01").steps
    seconds, answer = timed(lambda: proved_cold(d01["theorem_exact_rate"]), rounds)
    yield f"{told}, every n, h <= sqrt(2)", "d01", seconds, answer
    seconds, answer = timed(lambda: proved_cold(d01["theorem_sharp"]), rounds)
    yield "no smaller bound, every n and h", "d01", seconds, answer
    for n in (2, 8, 32):
        if not installed("PEPit"):
            yield f"n = {n}, h = 1", "PEPit", "", "not installed"
            continue
        seconds, value = timed(lambda n=n: by_pepit(n), rounds)  # type: ignore[misc]
        exact = 1 / (2 * (2 * n + 1))
        yield f"n = {n}, h = 1", "PEPit", seconds, f"{value:.9f}; exact {exact:.9f}"


def by_pepit(n: int) -> float:
    """The worst loss after n steps of length 1, with lipschitz = 1 and |W(0) - w*| <= 1."""
    functions, problem = import_module("PEPit.functions"), import_module("PEPit").PEP()
    f = problem.declare_function(functions.SmoothConvexFunction, L=1)
    minimizer = f.stationary_point()
    w = problem.set_initial_point()
    problem.set_initial_condition((w - minimizer) ** 2 <= 1)
    for _ in range(n):
        w = w - f.gradient(w)
    problem.set_performance_metric(f(w) - f(minimizer))
    return float(problem.solve(verbose=0))


def drawing(rounds: int) -> Iterator[Row]:
    """A thousand losses with points, beside naive expressions; how large they are is told."""
    told = "1,000 losses with points"
    seconds, found = timed(lambda: draw(OURS_WITH_POINT), rounds)
    sizes = [size(trial.losses[0]) for trial in found[:200]]
    yield told, "strategies", seconds, f"mean size {sum(sizes) / len(sizes):.0f}"
    seconds, found = timed(lambda: draw(NAIVE_WITH_POINT), rounds)
    sizes = [naive_size(expression) for expression, _ in found]
    yield told, "naive st.recursive", seconds, f"mean size {sum(sizes) / len(sizes):.0f}"


def naive_size(expression: Any) -> int:
    """How many nodes an expression has."""
    return sum(map(naive_size, expression)) if isinstance(expression, tuple | list) else 1


def growth(rounds: int) -> Iterator[Row]:
    """With the number of pages, with the dimension of a search, and with the depth of a term."""
    ids = [page.id for page in load_pages()]
    for n in (1, 14, 28, len(ids)):
        pages = " or ".join(ids[:: len(ids) // n][:n])
        asked = [sys.executable, "-m", "pytest", "proofs", "-q", "-k", pages]
        prove = lambda asked=asked: run(asked, check=True, capture_output=True).stdout
        seconds, told = timed(prove, rounds)
        yield f"pages: {n}", "pytest proofs", seconds, told.decode().splitlines()[-1]
    from proofs.a_why_gradient_descent_works import a11_small_step_lowers_the_loss as a11

    for n in (1, 2, 4, 8, 16, 32, 64):

        def decided(n: int = n) -> str:
            told = []
            for trial in draw(starts(smooth_losses(dimensions=n), count=1, together=1), 100):
                at = trial.cases[0].gives(loss=a11.L, point=a11.w0, gradient=a11.g)
                told.append(decide(a11.CLAIM.then, at)[0])
            return f"lower after a small step: {told.count(True)} of {len(told)}"

        yield f"dimension: {n}", "a11, 100 losses drawn and decided", *timed(decided, rounds)
    for levels in (1, 2, 4, 8, 16, 32):

        def deep(levels: int = levels) -> str:
            t = x = real(f"x{next(FRESH)}")
            for _ in range(levels):
                t = sqrt(1 + t * x)
            return f"depth {normal(t).depth}"

        yield f"roots: {levels}", "normal form of nested roots", *timed(deep, rounds)


def installed(package: str) -> bool:
    """Whether a peer is installed."""
    try:
        return bool(metadata.version(package))
    except metadata.PackageNotFoundError:
        return False


def main() -> None:
    """Prints the tables, or writes them."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"into {TABLES.name}")
    options = parser.parse_args()
    peers = ("z3-solver", "cvc5", "PEPit", "hypothesis")
    versions = ", ".join(f"{p} {metadata.version(p)}" for p in peers if installed(p))
    lines = ["# Beside peers, and as sizes grow", ""]
    lines += [f"Made by `python -m tests.benchmarks.peers --rounds {options.rounds} --write`;"]
    lines += [f"do not edit. Medians of one run, wall clock, with {versions}."]
    for table in (himmelblau, cauchy_schwarz, solvers, exact_rate, drawing, growth):
        lines += ["", (table.__doc__ or "").strip(), ""]
        lines += ["| asked | of | time | answer |", "|---|---|--:|---|"]
        for row in table(options.rounds):
            lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |")
            print(lines[-1], flush=True)
    if options.write:
        TABLES.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
