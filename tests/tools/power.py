"""Plants faults in the losses that searches draw, and counts the seeds with which they are found.

`python -m tests.tools.power` runs every search with every fault, and writes `tests/tools/POWER.md`;
`python -m tests.tools.power --true` runs the searches as they are, where each counterexample would
be a false alarm. A fault counts as found where a search shows a counterexample, or a point where
the loss is not smooth; not where it only says that too much is undecided, nor where it breaks down.
What a search cannot see by its nature is listed under `BLIND`, with the reason.

With --results, what has been run is kept in a file, and not run again unless the sources have
changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from hypothesis import Phase, given, seed, settings
from hypothesis.errors import HypothesisException
from hypothesis.strategies import SearchStrategy

import proofs
from proofs.balls.arithmetic import NotSmooth
from proofs.balls.profiles import register_profiles
from proofs.balls.searching import Survival
from proofs.kernel import KernelError
from proofs.runner.pages import load_pages
from strategies import Start
from strategies.losses import Loss
from strategies.rough import FAULTS as ROUGH
from strategies.rough import WrongGradient
from strategies.trials import TOGETHER
from strategies.vectors import changed

HOME = Path(__file__).parent
DRAWN = (  # by these, pages draw losses
    "smooth_losses", "lipschitz_losses", "one_sided_losses", "convex_losses",
    "strongly_convex_losses", "polyak_lojasiewicz_losses",
)  # fmt: skip
NEVER = 10**6
FAILURES = (KernelError, ArithmeticError, ValueError, HypothesisException, BaseExceptionGroup)
CONTROLS = 3  # seeds with which the gate's searches are tried on faults that they cannot see


# ------------------------------------------------------------------------------ searches and faults
@cache
def searches() -> dict[str, Callable[[], object]]:
    """The `search_` steps of all pages, as "a11 smooth_losses"."""
    steps = [(page.id, name, step) for page in load_pages() for name, step in page.steps.items()]
    return {f"{page} {name[7:]}": step for page, name, step in steps if name.startswith("search_")}


@dataclass(frozen=True)
class Overpromised(WrongGradient):
    """A loss that claims a Lipschitz constant 1% below its own, so it allows steps 1% too long, and
    derivatives along a direction 1% below; and a constant of strong convexity, or of Polyak and
    Lojasiewicz, if it has one, 1% above.
    """

    factor: int = 1

    @property
    def lipschitz(self) -> Fraction | None:
        constant = self.loss.lipschitz
        return None if constant is None else constant * Fraction(100, 101)

    @property
    def one_sided(self) -> Fraction | None:
        constant = self.loss.one_sided
        return None if constant is None else constant * Fraction(100, 101)

    @property
    def strong_convexity(self) -> Fraction | None:
        constant = self.loss.strong_convexity
        return None if constant is None else constant * Fraction(101, 100)

    @property
    def polyak_lojasiewicz(self) -> Fraction | None:
        constant = self.loss.polyak_lojasiewicz
        return None if constant is None else constant * Fraction(101, 100)

    def bends(self, point: Sequence[Any], along: Sequence[Any], order: int, upto: Any = 0) -> Any:
        return super().bends(point, along, order, upto) * 100 / 101


ABOVE_THE_BOUND = "alpha0 1% above the bound"
FAULTS: dict[str, Callable[[Loss], Loss]] = {**ROUGH, ABOVE_THE_BOUND: Overpromised}
HEADS = {  # of the columns of the table
    "sign of the gradient": "sign",
    "sign of one coordinate": "one sign",
    "factor 2": "2",
    "dropped cross-term": "cross-term",
    "transposed matrix": "transpose",
    "missing chain factor": "chain",
    "kink": "kink",
    "jump": "jump",
    "sign where x0 > 3": "x0 > 3",
    "sign where |x0 - x1| < 1e-3": "x0 ~ x1",
    "sign where x0 x1 < -20": "x0 x1 < -20",
    "relative error 1e-3": "1e-3",
    "relative error 1e-6": "1e-6",
    ABOVE_THE_BOUND: "bound",
}


# ------------------------------------------------------------------------- what a search cannot see
@dataclass(frozen=True)
class Blindness:
    """Why these searches cannot see these faults: the claim is true of each loss nevertheless."""

    reason: str
    faults: tuple[str, ...]
    searches: tuple[str, ...]


LARGER = ("factor 2", "relative error 1e-3", "relative error 1e-6")
ON_A_LINE = ("a02 small_steps", "a02 convex_losses")
CONVEX = ("a02 convex_losses", "a16 convex_losses", "b04 convex_losses", "b13 convex_losses")
LIPSCHITZ = (
    "a07 lipschitz_gradient", "a12 lipschitz_losses", "a12 one_sided_losses",
    "a14 one_rate_for_several_starts", "a14 one_sided_losses",
    "a16 losses_bounded_below", "b11 lipschitz_losses", "b12 lipschitz_losses",
    "b20 away_from_downhill", "b20 lipschitz_losses", "b20 at_the_bound", "b20 long_steps",
    "c03 lipschitz_losses", "c04 lipschitz_losses",
    "c06 lipschitz_losses", "d01 convex_losses", "d02 losses_bounded_below",
    "d03 polyak_lojasiewicz_losses", "d04 strongly_convex_losses",
)  # fmt: skip
SHARP = (*LIPSCHITZ, "c01 smooth_losses")  # searches up to nearly a bound
DOWNHILL = (
    "a11 smooth_losses", "b13 negative_is_enough", "b13 positive_is_excluded", "b14 smooth_losses",
    "b20 smooth_losses", "b23 every_downhill_direction", "b23 opposite_is_enough",
)  # fmt: skip
TAYLOR = ("a07 small_remainder", "b09 smooth_losses", "b12 smooth_losses")

BLIND = (
    Blindness(
        "Decrease alone: the claim speaks only of the sign of the slope, or of the direction of "
        "the gradient, and a positive factor changes neither.",
        LARGER,
        (*ON_A_LINE, *DOWNHILL, "b13 convex_losses", "b20 long_steps"),
    ),
    Blindness(
        "On a line there is no x1, and a matrix of one entry is its own transpose.",
        ("transposed matrix", "sign where |x0 - x1| < 1e-3", "sign where x0 x1 < -20"),
        ON_A_LINE,
    ),
    Blindness(
        "Neither products nor compositions are drawn: they need not be convex, nor have a "
        "Lipschitz gradient.",
        ("dropped cross-term", "missing chain factor"),
        (*CONVEX, *LIPSCHITZ),
    ),
    Blindness(
        "A convex loss plus |x0| is convex, and the gradient with the sign of x0 added is a "
        "subgradient g. The claim needs no more than L(v) >= L(w) + g.(v - w).",
        ("kink",),
        ("a02 convex_losses", "b04 convex_losses", "b13 convex_losses"),
    ),
    Blindness(
        "At a point other than the minimizer, grad.(theta - theta_star) is positive; the claim "
        "bounds it from below, and a factor above 1 makes it larger.",
        LARGER,
        ("b04 convex_losses",),
    ),
    Blindness(
        "The claim has room. With h = alpha lipschitz it bounds the excess by lipschitz |W(0) - "
        "w_star|^2 / (n m), where m = 2 h up to h = 1, and m = 2 h (2 - h) from there on. On a "
        "quadratic the excess is at most 3/8 of that, whatever n and h < 2; and less than half of "
        "it in the eight steps that are drawn, where the bound of h is wrong by 1%.",
        ("relative error 1e-3", "relative error 1e-6", ABOVE_THE_BOUND),
        ("a16 convex_losses",),
    ),
    Blindness(
        "Of a quadratic the claim leaves h^2 and more to spare, with h = alpha lipschitz; and the "
        "least h that is drawn is about a thousandth.",
        ("relative error 1e-6",),
        ("d01 convex_losses", "d02 losses_bounded_below"),
    ),
    Blindness(
        "The run is that of the loss without the jump, which only adds to L(W(0)), in the upper "
        "bound.",
        ("jump",),
        ("a16 losses_bounded_below", "d02 losses_bounded_below"),
    ),
    Blindness(
        "The claim speaks of no Lipschitz constant.",
        (ABOVE_THE_BOUND,),
        (*ON_A_LINE, *DOWNHILL, *TAYLOR, "b04 convex_losses", "b13 convex_losses"),
    ),
    Blindness(
        "The claim speaks of points alone, not of what the loss is there.",
        ("jump",),
        ("d04 strongly_convex_losses",),
    ),
)


@cache
def blind() -> dict[tuple[str, str], int]:
    """The number, in `BLIND`, of the first reason why a search cannot see a fault, by both."""
    cells: dict[tuple[str, str], int] = {}
    for number, why in enumerate(BLIND):
        cells |= {(s, f): number for s in why.searches for f in why.faults if (s, f) not in cells}
    return cells


# --------------------------------------------------------------------------------------- one search
@dataclass(frozen=True)
class Outcome:
    """What came of a search."""

    kind: str  # "found", "survived", "undecided" or "broken"
    tried: int  # of what hypothesis draws
    seconds: float
    says: str
    undecided: int = 0
    cases: int = 0


class Seen:
    """What a search drew last, and how many examples it had settled by then."""

    trial: Any = None
    tried = 0

    def start(self, words: str) -> Start:
        """The start that these words, of a counterexample, are about."""
        found: Start = next(start for start in self.trial.cases if repr(start) in words)
        return found


@contextmanager
def watched(module: ModuleType, fault: Callable[[Loss], Loss] | None) -> Iterator[Seen]:
    """Meanwhile the page `module` draws losses with the fault, and what it draws is seen."""
    seen = Seen()

    def keep(trial: Any) -> Any:
        seen.trial = trial
        return trial

    def count(tried: int) -> None:
        seen.tried = tried

    def then(draw: Callable[..., Any], change: Callable[[Any], Any]) -> Callable[..., Any]:
        return lambda *args, **options: changed(draw(*args, **options), change)

    with ExitStack() as stack:
        for name in DRAWN if fault else ():
            if hasattr(module, name):
                faulty = then(getattr(module, name), fault or keep)
                stack.enter_context(patch.object(module, name, faulty))
        stack.enter_context(patch.object(module, "starts", then(vars(module)["starts"], keep)))
        stack.enter_context(patch("proofs.balls.searching.progress", count))
        yield seen


@contextmanager
def seeded(profile: str, number: int) -> Iterator[None]:
    """Meanwhile searches draw as `profile` says, from this seed, remember and shrink nothing."""
    parent, before = settings.get_profile(profile), settings.get_current_profile_name()
    phases = [phase for phase in parent.phases if phase in (Phase.generate, Phase.target)]
    settings.register_profile("power", parent, derandomize=False, database=None, phases=phases)
    sow: Callable[[Callable[..., None]], Callable[..., None]] = seed(number)

    def given_from_seed(
        examples: SearchStrategy[Any],
    ) -> Callable[[Callable[..., None]], Callable[..., None]]:
        return lambda test: sow(given(examples)(test))

    settings.load_profile("power")
    try:
        with patch("proofs.balls.searching.given", given_from_seed):
            yield
    finally:
        settings.load_profile(before)


def is_refutation(error: BaseException) -> bool:
    """Whether an error shows a counterexample: not one that says that nothing can be told."""
    if isinstance(error, BaseExceptionGroup):  # several counterexamples
        return all(map(is_refutation, error.exceptions))
    return isinstance(error, NotSmooth) or (
        isinstance(error, KernelError) and " fails for " in str(error)
    )


def tried(search: str, fault: Callable[[Loss], Loss] | None) -> tuple[Outcome, Seen]:
    """What comes of a search with the fault in each loss, and what it drew last: the smallest."""
    step, began = searches()[search], time.perf_counter()
    undecided = cases = 0
    with watched(sys.modules[step.__module__], fault) as seen:
        try:
            survival = step()
            assert isinstance(survival, Survival)
            kind, says = "survived", str(survival)
            undecided, cases = survival.undecided, survival.cases
        except FAILURES as error:
            says = f"{type(error).__name__}: {error}"
            if is_refutation(error):
                kind = "found"
            else:
                kind = "undecided" if "which is no evidence" in says else "broken"
    return Outcome(kind, seen.tried, time.perf_counter() - began, says, undecided, cases), seen


# ------------------------------------------------------------------------------------ many searches
@dataclass(frozen=True)
class Run:
    """One search with one fault ("" for none), profile and seed."""

    profile: str
    search: str
    fault: str
    seed: int


def sources() -> str:
    """A digest of all that a search depends on."""
    root = Path(proofs.__file__).parent.parent
    paths = sorted([*root.glob("proofs/**/*.py"), *root.glob("strategies/*.py"), Path(__file__)])
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


class Results:
    """What came of the runs; kept in a file, a line each, if there is one."""

    def __init__(self, path: Path | None):
        self.path, self.digest, self.of = path, sources(), dict[Run, Outcome]()
        self.cells = defaultdict[tuple[str, str, str], list[Outcome]](list)
        if path and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                digest, run, outcome = json.loads(line)
                if digest == self.digest:
                    self.keep(Run(**run), Outcome(**outcome))

    def keep(self, run: Run, outcome: Outcome) -> None:
        """That this came of the run."""
        self.of[run] = outcome
        self.cells[run.profile, run.search, run.fault].append(outcome)

    def outcome(self, run: Run) -> Outcome:
        """What comes of the run, made now unless it was made before."""
        if run not in self.of:
            with seeded(run.profile, run.seed):
                self.keep(run, tried(run.search, FAULTS.get(run.fault))[0])
            if self.path:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([self.digest, asdict(run), asdict(self.of[run])]) + "\n")
        return self.of[run]

    def cell(self, profile: str, search: str, fault: str) -> list[Outcome]:
        """What has come so far of a search with a fault."""
        return self.cells[profile, search, fault]


def try_all(results: Results, options: argparse.Namespace, chosen: Sequence[str]) -> None:
    """Runs each search with each fault, seed after seed, within the limits of the options."""
    end, seeds = time.monotonic() + 60 * options.minutes, list(seed_range(options.seeds))
    for profile in options.profile:
        for number, search, fault in ((n, s, f) for n in seeds for s in chosen for f in FAULTS):
            cell = results.cell(profile, search, fault)
            if (search, fault) in blind():
                enough = len(cell) >= (CONTROLS if profile == "gate" else 0)
            else:
                enough = sum(outcome.kind != "found" for outcome in cell) >= options.misses
            if time.monotonic() < end and not enough:
                results.outcome(Run(profile, search, fault, number))


def contradictions(results: Results) -> list[str]:
    """What was found although `BLIND` says that it cannot be."""
    return [
        f"{run.search} found {run.fault!r} with seed {run.seed} of {run.profile}: {outcome.says}"
        for run, outcome in results.of.items()
        if (run.search, run.fault) in blind() and outcome.kind == "found"
    ]


# ---------------------------------------------------------------------------------------- the table
def letter(number: int) -> str:
    """a, b, c, ..."""
    return chr(ord("a") + number)


def cell_text(results: Results, profile: str, search: str, fault: str) -> str:
    """found/total, or a dash with the letter of the reason."""
    if (search, fault) in blind():
        return f"- ({letter(blind()[search, fault])})"
    outcomes = results.cell(profile, search, fault)
    return f"{sum(o.kind == 'found' for o in outcomes)}/{len(outcomes)}" if outcomes else "not run"


def profile_lines(results: Results, profile: str, chosen: Sequence[str]) -> Iterator[str]:
    """The table of one profile, and what it cost."""
    runs = {run: outcome for run, outcome in results.of.items() if run.profile == profile}
    seen = [outcome for run, outcome in runs.items() if (run.search, run.fault) not in blind()]
    controls = [outcome for run, outcome in runs.items() if (run.search, run.fault) in blind()]
    found, wrong = (
        sum(outcome.kind == "found" for outcome in outcomes) for outcomes in (seen, controls)
    )
    losses = settings.get_profile(profile).max_examples * TOGETHER
    yield f"## {profile}: {losses:,} losses a search, with three starts each"
    yield ""
    minutes = sum(outcome.seconds for outcome in runs.values()) / 60
    yield f"{found:,} of {len(seen):,} found, in {minutes:.0f} minutes of one core."
    if controls:
        yield f"Of {len(controls)} runs where nothing can be seen, as a control, {wrong} found"
        yield "something."
    yield ""
    yield f"| search | {' | '.join(HEADS.values())} |"
    yield f"|---|{'---|' * len(HEADS)}"
    for search in chosen:
        cells = (cell_text(results, profile, search, fault) for fault in HEADS)
        yield f"| {search} | {' | '.join(cells)} |"
    yield ""
    failures = {
        (r.search, r.fault, o.kind): o for r, o in runs.items() if o.kind in ("undecided", "broken")
    }
    for (search, fault, kind), outcome in failures.items():
        yield f"- {search}, {fault}: {kind}, which does not count as found. {outcome.says[:200]}"
    if failures:
        yield ""


def page_lines(
    results: Results, options: argparse.Namespace, chosen: Sequence[str]
) -> Iterator[str]:
    """The whole of POWER.md."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("hypothesis", "python-flint"))
    yield "# Which planted faults the searches find"
    yield ""
    asked = [f"--profile {profile}" for profile in options.profile] + [f"--seeds {options.seeds}"]
    asked += [
        f"--{name} {vars(options)[name]:g}"
        for name in ("minutes", "misses")
        if vars(options)[name] < NEVER
    ]
    yield f"Written by `python -m tests.tools.power {' '.join(asked)}` on {date.today()},"
    yield f"with Python {platform.python_version()}, {packages}, sources {results.digest}."
    yield ""
    yield "A cell says with how many of the seeds the search found the fault, planted in every loss"
    yield "drawn. A search that only says that too much is undecided has not found it. The seeds"
    yield "are random ones of the profile, not shrunk; `tests/tools/test_power.py` runs a part of"
    yield "the table as the gate does, derandomized, and shrinks."
    if options.misses < NEVER:
        yield f"A cell is given up after {options.misses} misses, so its total may be lower than"
        yield "that of the others."
    yield ""
    for profile in options.profile:
        yield from profile_lines(results, profile, chosen)
    yield "## Faults"
    yield ""
    yield from (f"- **{head}**: {fault}" for fault, head in HEADS.items())
    yield ""
    yield "## What cannot be seen"
    yield ""
    yield from (f"- ({letter(number)}) {why.reason}" for number, why in enumerate(BLIND))


# ------------------------------------------------------------------------------------------ running
def seed_range(text: str) -> range:
    """The seeds "first:end", or 0, 1, ..., n - 1 for "n"."""
    first, _, end = text.rpartition(":")
    return range(int(first or 0), int(end))


def run_true(results: Results, options: argparse.Namespace, chosen: Sequence[str]) -> int:
    """Runs the searches as they are, and prints what came of each seed; 1 where one failed."""
    failed = 0
    for profile in options.profile:
        for number in seed_range(options.seeds):
            outcomes = {
                search: results.outcome(Run(profile, search, "", number)) for search in chosen
            }
            counts = {
                what: sum(getattr(o, what) for o in outcomes.values())
                for what in ("tried", "cases", "undecided")
            }
            rates = {search: o.undecided / max(o.cases, 1) for search, o in outcomes.items()}
            worst = max(rates, key=lambda search: rates[search])
            seconds = sum(outcome.seconds for outcome in outcomes.values())
            print(
                f"{profile}, seed {number}: {len(outcomes)} searches, "
                f"{counts['tried'] * TOGETHER:,} losses, {counts['cases']:,} cases, "
                f"{counts['undecided']:,} undecided "
                f"(at most {rates[worst]:.2%}, {worst}), {seconds:.0f} s",
                flush=True,
            )
            for search, outcome in outcomes.items():
                if outcome.kind != "survived":
                    failed += 1
                    print(f"    FALSE ALARM {search}: {outcome.kind}: {outcome.says}", flush=True)
    return int(failed > 0)


def parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    made = argparse.ArgumentParser(
        prog="python -m tests.tools.power",
        description="Plants faults in the losses that searches draw.",
    )
    add = made.add_argument
    many, often = "append", "may be repeated"
    add("--profile", action=many, choices=("gate", "hunt"), help=f"{often}; default: gate")
    add("--seeds", default="20", help="how many, or first:end")
    add("--search", action=many, help=f"part of the name of searches, such as a11; {often}")
    add("--true", action="store_true", help="plant nothing; a counterexample is a false alarm")
    add("--minutes", type=float, default=NEVER, help="after which no search is begun")
    add("--misses", type=int, default=NEVER, help="after which a cell is given up")
    add("--results", type=Path, help="a file that keeps what has been run")
    add("--output", type=Path, default=HOME / "POWER.md", help="where the table goes")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what is asked for; 1 where a true claim fails, or what cannot be seen is found."""
    options = parser().parse_args(arguments)
    options.profile = options.profile or ["hunt" if options.true else "gate"]
    register_profiles()
    chosen = [
        s for s in searches() if not options.search or any(part in s for part in options.search)
    ]
    if not chosen:
        parser().error(f"no search is called {options.search}; there are {', '.join(searches())}")
    results = Results(options.results)
    if options.true:
        return run_true(results, options, chosen)
    try_all(results, options, chosen)
    options.output.write_text(
        "\n".join(page_lines(results, options, chosen)) + "\n", encoding="utf-8"
    )
    for contradiction in (wrong := contradictions(results)):
        print(f"BLIND is wrong: {contradiction}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
