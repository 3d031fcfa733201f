"""Whether a goal follows from premises, as a query over real numbers: by a certificate, and by z3.

`replay` judges the certificate that is stored for the query. z3 is asked too; where there is none,
its word alone counts, and is told from the rest. Whatever a query must not look into (a function's
value, u.v, |v|, 1/x, a root, a quantified formula) becomes a constant, one for each normal form,
with the facts that define it: v.v >= 0; |v| >= 0 and |v|^2 = v.v; x (1/x) = 1 where x != 0; where
x >= 0, sqrt(x) >= 0 and sqrt(x)^2 = x; a maximum is >= each of its numbers, and one of them; |x| is
that of x and -x; a natural number is >= 0.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, files
from os import getpid
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Timer

from proofs import replay
from proofs.kernel.algebra import normal
from proofs.kernel.terms import (
    FALSE, TRUTH, KernelError, N, Term, V, build, flattened, inner, linear_combination, term,
)  # fmt: skip

RLIMIT = 30_000_000  # z3's own count of work: mostly some ten seconds; some work it does not count
WALL_CLOCK = 120  # seconds, the watchdog behind it: what it ends depends on the machine
QUERIES = 200  # after which z3 is started anew
IDLE: dict[int, tuple[int, Popen[str]]] = {}  # queries so far, z3; by process: a fork has its own
CERTIFICATES = Path(__file__).parents[1] / "certificates" / "certificates.txt"


class NotProved(KernelError):
    """z3 answers `reply`, not `unsat`, to `query` with `assertions`; no certificate is stored."""

    def __init__(self, goal: Term, reply: str, query: Query, assertions: list[str]):
        self.goal, self.reply, self.query, self.assertions = goal, reply, query, assertions

    def __str__(self) -> str:  # runner/countermodels.py says more
        return f"not proved: {self.goal}"


class Query:
    """The names, and their defining facts, under which terms and formulas are put to z3."""

    def __init__(self) -> None:
        self.names: dict[Term, str] = {}
        self.shown: dict[str, Term] = {}
        self.facts: list[str] = []

    def atom(self, t: Term) -> str:
        key = normal(t)
        if key in self.names or key.op == "number":
            return self.names[key] if key in self.names else self.real(key)
        name = self.names[key] = f"x{len(self.names)}"
        self.shown[name] = t
        if t.sort == N or t.op == "norm" or (t.op == "inner" and t.args[0] is t.args[1]):
            self.facts.append(f"(>= {name} 0)")
        if t.op == "norm":
            self.facts.append(f"(= (* {name} {name}) {self.real(inner(t.args[0], t.args[0]))})")
        if t.op == "/":
            x = self.real(t.args[1])
            self.facts.append(f"(=> (distinct {x} 0) (= (* {x} {name}) 1))")
        if t.op == "sqrt":
            x = self.real(t.args[0])
            self.facts.append(f"(=> (>= {x} 0) (and (>= {name} 0) (= (* {name} {name}) {x})))")
        if t.op in ("abs", "min", "max"):
            each = [self.real(x) for x in ((t.args[0], -t.args[0]) if t.op == "abs" else t.args)]
            self.facts += [f"({'<=' if t.op == 'min' else '>='} {name} {x})" for x in each]
            self.facts.append(f"(or {' '.join(f'(= {name} {x})' for x in each)})")
        return name

    def real(self, t: Term) -> str:
        """An SMT-LIB term for a number."""
        if t.op == "number":
            value = f"(/ {abs(t.data.numerator)} {t.data.denominator})"
            return f"(- {value})" if t.data < 0 else value
        if t.op in ("+", "*", "^"):
            args = t.args * t.data if t.op == "^" else t.args
            return f"({'+' if t.op == '+' else '*'} {' '.join(map(self.real, args))})"
        if t.op == "/":
            return f"(* {self.real(t.args[0])} {self.atom(build('/', t.sort, term(1), t.args[1]))})"
        if t.op == "inner":
            u, v = (linear_combination(a).items() for a in t.args)
            products = [
                f"(* {self.real(c)} {self.real(d)} {self.pair(a, b)})" for a, c in u for b, d in v
            ]
            return f"(+ 0.0 {' '.join(products)})" if products else "0.0"
        if t.op in ("symbol", "norm", "sqrt", "abs", "min", "max", "apply") and t.sort != V:
            return self.atom(t)
        raise KernelError(f"{t} is no number that z3 could be asked about")

    def pair(self, a: Term, b: Term) -> str:
        product = normal(inner(a, b))
        return self.atom(product) if product.op == "inner" else self.real(product)

    def formula(self, f: Term) -> str:
        """An SMT-LIB formula; an `exists` is the negation of the dual `forall`."""
        if f.op in ("true", "false", "defined"):
            return self.formula(f.args[0]) if f.args else f.op
        if f.op in ("and", "or", "not", "implies"):
            return f"({'=>' if f.op == 'implies' else f.op} {' '.join(map(self.formula, f.args))})"
        if f.op == "exists" and normal(~f).op == "forall":
            return f"(not {self.atom(~f)})"
        if f.op in ("forall", "exists"):
            return self.atom(f) if normal(f).op == f.op else normal(f).op
        left, right = f.args
        if left.sort == V:
            left, right = inner(left - right, left - right), term(0)
        relation = {"==": "=", "!=": "distinct"}.get(f.op, f.op)
        return f"({relation} {self.real(left)} {self.real(right)})"

    def text(self, assertions: Iterable[str]) -> str:
        kinds = {name: "Bool" if t.sort == TRUTH else "Real" for name, t in self.shown.items()}
        declared = [f"(declare-const {name} {kind})" for name, kind in kinds.items()]
        asserted = [f"(assert {a})" for a in (*self.facts, *assertions)]
        return "\n".join([*declared, *asserted, "(check-sat)"])


@cache
def z3() -> str:
    """The z3 program of the pinned package, and no other on the machine; "" if there is none."""
    with suppress(PackageNotFoundError, StopIteration):
        return str(next(f for f in files("z3-solver") or () if f.name in ("z3", "z3.exe")).locate())
    return ""


def ask(query: str, rlimit: int, wall_clock: float = WALL_CLOCK) -> str:
    """z3's reply, after a reset: no query depends on another. A process that hangs is killed."""
    if not (program := z3()):
        return "z3 is not installed"
    count, process = IDLE.pop(getpid(), (1, None))
    if process is None or process.poll() is not None:
        process = Popen([program, "-in"], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True)
        atexit.register(process.__exit__, None, None, None)  # ends its input, and so itself
    watchdog, reply, end = Timer(wall_clock, process.kill), [""], f"end of reply {count}\n"
    asked = f'(reset)(set-logic QF_NRA)(set-option :rlimit {rlimit})\n{query}\n(echo "{end[:-1]}")'
    watchdog.start()
    try:
        with suppress(BrokenPipeError):
            print(asked, file=process.stdin, flush=True)
        while reply[-1] != end and process.stdout and (line := process.stdout.readline()):
            reply.append(line)
    finally:
        watchdog.cancel()
        if reply[-1] != end or count % QUERIES == 0:
            process.kill()
            process.communicate()
        IDLE[getpid()] = count + 1, process
    return "".join(reply[:-1]).strip() if reply[-1] == end else f"killed after {wall_clock} s"


def key(query: str) -> str:
    """By what a certificate is found; another query's would prove nothing."""
    return sha256(query.encode()).hexdigest()[:16]


@cache
def stored() -> dict[str, str]:
    """The certificates, a line each, by the keys of their queries."""
    lines = CERTIFICATES.read_text(encoding="ascii").splitlines() if CERTIFICATES.exists() else []
    return {name: certificate for name, _, certificate in (line.partition(" ") for line in lines)}


def certified(query: str) -> bool:
    """Whether a certificate is stored that shows that the query has no model."""
    with suppress(KeyError, replay.Refused):
        replay.check(query, stored()[key(query)])
        return True
    return False


def propagates(premises: Iterable[Term], goal: Term) -> bool:
    """Whether modus ponens does it: unit propagation on normal forms refutes the goal's denial."""
    facts, found = set[Term](), {normal(f) for f in (*premises, ~goal)}
    while not found <= facts:
        facts |= found
        denied = {normal(~f) for f in facts}
        clauses = [[p for p in flattened("or", [f]) if p not in denied] for f in facts]
        found = {p for left in clauses if len(left) < 2 for p in flattened("and", left or [FALSE])}
    return FALSE in facts


def follows(
    premises: Iterable[Term], goal: Term, rlimit: int = RLIMIT, wall_clock: float = WALL_CLOCK
) -> str:
    """What shows that `premises` imply `goal`: "logic", "certificate" or "z3" alone. NotProved."""
    premises, query = list(premises), Query()
    assertions = [query.formula(p) for p in premises] + [f"(not {query.formula(goal)})"]
    question = query.text(assertions)
    if key(question) not in stored() and propagates(premises, goal):
        return "logic"
    if (question, rlimit) not in PROVED:
        reply, proved = ask(question, rlimit, wall_clock), certified(question)
        if reply != "unsat" and (reply == "sat" or not proved):
            raise NotProved(goal, reply, query, assertions)
        PROVED[question, rlimit] = "certificate" if proved else "z3"
    return PROVED[question, rlimit]


PROVED: dict[tuple[str, int], str] = {}  # by what means, for each query with z3's limit
