"""Whether a goal follows from premises, as a query over real numbers: by a certificate, and by z3.

`replay` judges: by unit propagation alone, which is logic, or by the certificate that is stored for
the query. Then z3 is asked too, whose word alone counts, and is told, where none is stored. What a
query must not look into (f(x), u.v, |v|, 1/x, a root, a quantified formula) is a constant, one for
each normal form, with facts: v.v, |v|, n >= 0; |v|^2 = v.v; x (1/x) = 1 where x != 0; sqrt(x) >= 0,
sqrt(x)^2 = x where x >= 0; a maximum (of x and -x: |x|) is >= each of its numbers, and one of them.
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
    TRUTH, KernelError, N, Term, V, build, inner, linear_combination, term,
)  # fmt: skip

RLIMIT, GLANCE = 30_000_000, 1_000_000  # by z3's own count of work: mostly 10 s; not all is counted
WALL_CLOCK = 120  # seconds, the watchdog behind it: what it ends depends on the machine
QUERIES = 1_000  # after which z3 is started anew
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
            top, bottom = t.data.as_integer_ratio()
            return f"(/ {top} {bottom})" if top >= 0 else f"(- (/ {-top} {bottom}))"
        if t.op in ("+", "*", "^"):
            args = t.args * t.data if t.op == "^" else t.args
            return f"({'+' if t.op == '+' else '*'} {' '.join(map(self.real, args))})"
        if t.op == "/":
            return f"(* {self.real(t.args[0])} {self.atom(build('/', t.sort, term(1), t.args[1]))})"
        if t.op == "inner":
            u, v = (linear_combination(a).items() for a in t.args)
            p = [f"(* {self.real(c)} {self.real(d)} {self.pair(a, b)})" for a, c in u for b, d in v]
            return f"(+ 0.0 {' '.join(p)})" if p else "0.0"
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
        return "\n".join([*declared, *(f"(assert {a})" for a in assertions), "(check-sat)"])


@cache
def z3() -> str:
    """The z3 program of the pinned package, and no other on the machine; "" if there is none."""
    with suppress(PackageNotFoundError, StopIteration):
        return str(next(f for f in files("z3-solver") or () if f.name in ("z3", "z3.exe")).locate())
    return ""


def ask(query: str, rlimit: int, wall_clock: float = WALL_CLOCK, glance: bool = True) -> str:
    """z3's reply: sat or unsat at a glance, else what it says after a reset; killed if it hangs."""
    if not (program := z3()):
        return "z3 is not installed"
    count, process = IDLE.pop(getpid(), (1, None))
    if process is None or process.poll() is not None:
        process = Popen([program, "-in"], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True)
        atexit.register(process.__exit__, None, None, None)  # ends its input, and so itself
    watchdog, reply, end = Timer(wall_clock, process.kill), [""], f"end of reply {count}\n"
    limit = f"(set-option :rlimit {min(rlimit or GLANCE, GLANCE) if glance else rlimit})"
    quick = query.replace("(check-sat)", "(check-sat-using qfnra-nlsat)")
    asked = f"(push){limit}{quick}(pop)" if glance else f"(reset){limit}{query}(reset)"
    watchdog.start()
    try:
        with suppress(BrokenPipeError):
            print(f'{asked}(echo "{end[:-1]}")', file=process.stdin, flush=True)
        while reply[-1] != end and process.stdout and (line := process.stdout.readline()):
            reply.append(line)
    finally:
        watchdog.cancel()
        if reply[-1] != end or count % QUERIES == 0:
            process.kill()
            process.communicate()
        IDLE[getpid()] = count + 1, process
    said = "".join(reply[:-1]).strip() if reply[-1] == end else f"killed after {wall_clock} s"
    return said if not glance or said in ("sat", "unsat") else ask(query, rlimit, wall_clock, False)


def key(query: str) -> str:
    """By what a certificate is found; another query's would prove nothing."""
    return sha256(query.encode()).hexdigest()[:16]


@cache
def stored() -> dict[str, str]:
    """The certificates, a line each, by the keys of their queries."""
    lines = CERTIFICATES.read_text(encoding="ascii").splitlines() if CERTIFICATES.exists() else []
    return {name: certificate for name, _, certificate in (line.partition(" ") for line in lines)}


@cache
def certified(query: str, certificate: str) -> bool:
    """Whether a certificate shows that the query has no model; "": that unit propagation does."""
    with suppress(replay.Refused):
        replay.check(query, certificate)
        return True
    return False


def follows(
    premises: Iterable[Term], goal: Term, rlimit: int = RLIMIT, wall_clock: float = WALL_CLOCK
) -> str:
    """What shows that `premises` imply `goal`: "logic", "certificate" or "z3" alone. NotProved."""
    query, formulas = Query(), [*premises, ~goal]
    denied = [query.formula(f) for f in formulas]
    question = query.text([*query.facts, *denied])
    known = stored().get(key(question))
    if known is None:
        if certified(query.text(denied), ""):
            return "logic"
        list(map(normal, formulas))  # refuses what is too big for a polynomial, where z3 would hang
    if (question, rlimit) not in PROVED:
        reply = ask(question, rlimit, wall_clock)
        proved = known is not None and certified(question, known)
        if reply != "unsat" and (reply == "sat" or not proved):
            raise NotProved(goal, reply, query, denied)
        PROVED[question, rlimit] = "certificate" if proved else "z3"
    return PROVED[question, rlimit]


PROVED: dict[tuple[str, int], str] = {}  # by what means, for each query with z3's limit
