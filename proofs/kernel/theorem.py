"""Theorems, and the rules that alone can make one.

A theorem is a sequent: *if the hypotheses hold, so does the goal*, for all values of the free
symbols, in every real inner-product space of at least `dimension` dimensions (the largest i such
that e_i was used). It lists the axioms that it rests on and its means ("algebra", "logic",
"certificate", "z3" alone). A registry tells what the kernel made from what is forged.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from proofs.kernel.algebra import denominators, normal
from proofs.kernel.solver import RLIMIT, follows
from proofs.kernel.terms import (
    TRUE, TRUTH, KernelError, N, R, Sort, Term, V, bind, check_symbols, exists, implies, inner,
    open_binder, parameters, replace, term, zero,
)  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Theorem:
    """`hypotheses |- goal`; it counts only if one of the rules below made it."""

    hypotheses: tuple[Term, ...]
    goal: Term
    axioms: frozenset[str]
    dimension: int
    means: frozenset[str]

    def __repr__(self) -> str:
        return f"{', '.join(map(repr, self.hypotheses))} |- {self.goal}".lstrip()


_MADE: dict[int, tuple[Theorem, tuple[Any, ...]]] = {}


def genuine(theorem: object) -> Theorem:
    """`theorem` if the kernel made it and nobody altered it."""
    made, contents = _MADE.get(id(theorem), (None, ()))
    if not isinstance(theorem, Theorem) or made is not theorem:
        shown = "it" if isinstance(theorem, Theorem) else repr(theorem)
        raise KernelError(f"{shown} ({type(theorem).__name__}) is no theorem made by the kernel")
    if not all(getattr(theorem, s) is c for s, c in zip(Theorem.__slots__, contents, strict=True)):
        raise KernelError("a theorem was altered after the kernel made it")
    return theorem


def _closed(formula: object) -> Term:
    if (f := term(formula, TRUTH)).loose:
        raise KernelError(f"a bound variable on the loose: {f}")
    return f


def _made(
    given: Iterable[Any], goal: object, means: str, parents: Sequence[Theorem] = (), axiom: str = ""
) -> Theorem:
    stated, conclusion = [_closed(f) for f in given], _closed(goal)
    hypotheses = tuple(h for n, h in {normal(h): h for h in stated}.items() if n is not TRUE)
    axioms = frozenset([axiom] if axiom else []).union(*(p.axioms for p in parents))
    dimension = max([_dimension(implies(*stated, conclusion)), *(p.dimension for p in parents)])
    all_means = frozenset([means]).union(*(p.means for p in parents))
    made = Theorem(*(contents := (hypotheses, conclusion, axioms, dimension, all_means)))
    _MADE[id(made)] = (made, contents)
    return made


@cache
def _dimension(t: Term) -> int:
    return int(t.data) if t.op == "frame" else max(map(_dimension, t.args), default=0)


def identical(left: object, right: object) -> Theorem:
    """left = right as rational functions, where no denominator is 0; or as vectors."""
    a, b = _closed(term(left, R, V) == right).args
    if a.sort == V and normal(a - b) is not zero:
        raise KernelError(f"not identical: the difference is {normal(a - b)}")
    below = [] if a.sort == V else denominators(a - b)
    return _made([d != 0 for d in below], a == b, "algebra")


def evaluate(formula: object) -> Theorem:
    """A formula that exact arithmetic and polynomial identities decide: 1/2 < 2/3, |3 e1| = 3."""
    f = _closed(formula)
    if normal(f) is not TRUE:
        raise KernelError(f"evaluates not to true: {f} has the normal form {normal(f)}")
    return _made([], f, "algebra")


def entails(
    given: Iterable[object],
    goal: object,
    by: Iterable[Theorem] = (),
    hints: Iterable[Theorem] = (),
    rlimit: int = RLIMIT,
) -> Theorem:
    """given |- goal by modus ponens or z3, where each H |- G in `by` or `hints` counts as H -> G.

    `by` are the reasons that a reader needs, `hints` what only z3 needs. Raises NotProved.
    """
    hypotheses, conclusion = [_closed(g) for g in given], _closed(goal)
    parents = [genuine(t) for t in (*by, *hints)]
    premises = [*hypotheses, *(implies(*t.hypotheses, t.goal) for t in parents)]
    return _made(hypotheses, conclusion, follows(premises, conclusion, rlimit), parents)


def square_nonnegative(v: object) -> Theorem:
    """v.v >= 0: the inner product is positive semidefinite."""
    return _made([], inner(term(v, V), v) >= 0, "algebra")


def _at(
    op: str, formula: Term, values: Sequence[object], named: Any = (), exactly: bool = False
) -> Term:
    """`formula` at values in the order of its variables, or by name: instance(CONVEX, v=w0)."""
    bound, inside = list[str](), formula
    while inside.op in (op, "defined"):
        bound += [inside.data[0]] * (inside.op == op)
        inside = inside.args[0]
    rest = bound[len(values) :][: len(named)]
    if {*rest} != {*named}:
        binds = f"binds {', '.join(bound) or 'no variable'}"
        raise KernelError(f"{formula} {binds}, in this order; it is given {', '.join(named)}")
    put = tuple[Term, ...]()
    for value in (*values, *(named[name] for name in rest)):
        while formula.op == "defined":
            formula = formula.args[0]
        if formula.op != op:
            found = f"{open_binder(formula, put)} is not of the form `{op} ...`"
            raise KernelError(f"{found}: {value} cannot be put in")
        chosen, (name, sort) = term(value, formula.data[1]), formula.data
        if chosen.loose or (exactly and chosen.sort != sort):
            where = f"{chosen} in {chosen.sort.name}"
            raise KernelError(f"{where} cannot stand for {name} in {sort.name}")
        formula, put = formula.args[0], (chosen, *put)
    return open_binder(formula, put)


def instance(universal: object, /, *values: object, **named: object) -> Theorem:
    """G |- P(value) from a theorem G |- forall x. P(x), or from a formula, under itself."""
    parents = [genuine(universal)] if isinstance(universal, Theorem) else []
    formula = parents[0].goal if parents else term(universal, TRUTH)
    given = parents[0].hypotheses if parents else [formula]
    return _made(given, _at("forall", formula, values, named), "logic", parents)


def witnessed(existential: object, /, *values: object, **named: object) -> Theorem:
    """{P(value)} |- exists x. P(x)."""
    formula = term(existential, TRUTH)
    return _made([_at("exists", formula, values, named)], formula, "logic")


def generalize(theorem: Theorem, *variables: Term) -> Theorem:
    """G |- forall x. P from G |- P; the hypotheses that mention x move inside, as premises of P."""
    t = genuine(theorem)
    check_symbols(variables)
    inside = [h for h in t.hypotheses if h.free & set(variables)]
    kept = [h for h in t.hypotheses if not h.free & set(variables)]
    return _made(kept, bind("forall", variables, implies(*inside, t.goal)), "logic", [t])


def choose(existence: Theorem, use: Theorem, *symbols: Term) -> Theorem:
    """From G |- exists x. P(x) and D, P(c) |- Q with c fresh: G, D |- Q; conjuncts do for P(c)."""
    ex, t = genuine(existence), genuine(use)
    check_symbols(symbols)
    chosen = _at("exists", ex.goal, symbols, exactly=True)
    parts = {normal(p) for p in (chosen, *(chosen.args if chosen.op == "and" else ()))}
    kept = [h for h in t.hypotheses if normal(h) not in parts]
    if stray := [f for f in (*kept, t.goal, *ex.hypotheses, ex.goal) if f.free & set(symbols)]:
        raise KernelError(f"the chosen {symbols} must be fresh, but {stray} mention them")
    return _made([*ex.hypotheses, *kept], t.goal, "logic", [ex, t])


def substitute(theorem: Theorem, replacement: Mapping[Any, Any]) -> Theorem:
    """The whole sequent with free symbols replaced by terms of their sort, simultaneously."""
    t = genuine(theorem)
    hypotheses = [replace(h, replacement) for h in t.hypotheses]
    return _made(hypotheses, replace(t.goal, replacement), "logic", [t])


def replaced(statement: Callable[[Any], Term], old: object, new: object) -> Theorem:
    """{old = new, P(old)} |- P(new): equals for equals, for numbers and vectors."""
    a, b = term(old, R, V), term(new, R, V)
    (y,), body = parameters(a.sort if a.sort == b.sort else R, statement)
    return _made([a == b, replace(body, {y: a})], replace(body, {y: b}), "logic")


def by_induction(statement: Callable[..., Term], base: Theorem, step: Theorem, n: Term) -> Theorem:
    """forall n. P(n) from |- P(0) and P(n) |- P(n + 1); no other hypothesis may mention n in N."""
    (k,), body = parameters(N, statement)
    b, s, claim = genuine(base), genuine(step), _closed(body)
    check_symbols([n])
    for what, proved, value in (("base", b.goal, term(0)), ("step", s.goal, n + 1)):
        if normal(proved) is not normal(replace(claim, {k: value})):
            raise KernelError(f"the {what} proves {proved}, not {replace(claim, {k: value})}")
    assumed = normal(replace(claim, {k: n}))
    kept = [*b.hypotheses, *(h for h in s.hypotheses if normal(h) is not assumed)]
    if n.sort != N or any(n in f.free for f in (*kept, claim)):
        raise KernelError(f"{n} must be in N, and {[*kept, claim]} may not mention it")
    return _made(kept, bind("forall", [k], claim), "logic", [b, s])


def recursion(sort: Sort, start: Any, step: Callable[..., Any], *over: Sort) -> Theorem:
    """exists p. p(0) = start and p(k+1) = step(k, p(k)).

    Over w: p(0, w) = start(w) and p(k+1, w) = step(k, p(k, w), w).
    """
    (p,), _ = parameters((N, *over) >> sort, lambda p: None)
    w, first = parameters(*over, start) if over else ([], start)
    (k, y, *x), following = parameters(N, sort, *over, step)
    begins = bind("forall", w, p(0, *w) == term(first, sort))
    after = replace(term(following, sort), {y: p(k, *x)})
    continues = bind("forall", [k, *x], p(k + 1, *x) == after)
    return _made([], bind("exists", [p], begins & continues), "logic")


def archimedes(x: object) -> Theorem:
    """exists n in N. x <= n: the real numbers are archimedean."""
    return _made([], exists(N, lambda n: term(x, R) <= n), "logic")


def axiom(name: str, formula: object) -> Theorem:
    """A closed theorem of analysis taken on trust; only `axioms.py` calls this."""
    f = term(formula, TRUTH)
    if f.free or _dimension(f):
        raise KernelError(f"an axiom is closed and mentions no frame: {f}")
    return _made([], f, "logic", axiom=name)
