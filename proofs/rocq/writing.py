"""Terms and formulas as Rocq writes them.

A natural number is a `nat`, and `INR` of it where a real number belongs. Bound variables stand in
`env`, the innermost first; `names` says what stands for a part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, reduce

from proofs.kernel.algebra import normal
from proofs.kernel.terms import (
    _MAKERS, TRUTH, N, R, Sort, Term, V, _transform, binds, build, divide,
)  # fmt: skip

RESERVED = frozenset(
    re.findall(
        r"\w+",
        """V R I E F1 F2 F3 IF as at by cofix do else end exists fix for forall fun if in let match
        nat ap norm inner sqrt using vadd vscale vzero e1 e2 e3 where with then Type Prop Set True
        False INR IZR Rabs Rmin Rmax pow not return iff struct same weak closed none""",
    )
)
Env = Sequence[str]
RELATIONS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "=", "!=": "<>"}


def inr(value: Term) -> Term:
    """A natural number that stood in for a bound one: Rocq keeps `INR` around it as it is."""
    return build("+", N, value, data="INR")


def is_inr(t: Term) -> bool:
    """Whether a term is what `inr` made."""
    return t.op == "+" and t.data == "INR"


def name_of(symbol: Term) -> str:
    """The name of a free symbol."""
    name = str(symbol.data)
    return f"{name}_" if name in RESERVED else name


def type_of(s: Sort) -> str:
    """A sort as a type."""
    if s.output is None:
        return {R: "R", N: "nat", V: "V"}[s]
    return f"({' -> '.join(map(type_of, (*s.inputs, s.output)))})"


@cache
def loose(t: Term) -> dict[int, Sort]:
    """The bound variables that a term needs from around it, with their sorts."""
    found: dict[int, Sort] = {}
    if not t.loose:
        return found
    if t.op == "bound":
        return {t.data: t.sort}
    inside = binds(t.op, t.data)
    for a in t.args:
        found |= {i - inside: s for i, s in loose(a).items() if i >= inside}
    return found


def symbols(*formulas: Term) -> list[Term]:
    """The free symbols, in order."""
    return sorted(frozenset().union(*(f.free for f in formulas)), key=lambda s: str(s.data))


@cache
def dimension(t: Term) -> int:
    """The largest i such that e_i occurs."""
    return int(t.data) if t.op == "frame" else max(map(dimension, t.args), default=0)


class Text:
    """Writes terms where `names` stand for some of them."""

    def __init__(self, names: Mapping[Term, str] | None = None):
        self.names = names or {}

    def real(self, t: Term, env: Env = ()) -> str:
        if t in self.names:
            return self.names[t]
        if t.op == "number":
            top, bottom = t.data.numerator, t.data.denominator
            return f"({top}/{bottom})" if bottom > 1 else f"({top})" if top < 0 else str(top)
        if is_inr(t) or (t.sort == N and t.op in ("symbol", "bound", "apply")):
            return f"(INR {self.nat(t, env)})"
        if t.op in ("symbol", "bound", "apply"):
            return self.applied(t, env)
        parts = [self.vector(a, env) if a.sort == V else self.real(a, env) for a in t.args]
        if t.op in ("+", "*", "/"):
            return f"({' * / '.join(parts) if t.op == '/' else f' {t.op} '.join(parts)})"
        if t.op == "^":
            return f"({parts[0]} ^ {t.data})"
        if t.op in ("max", "min"):
            one = "Rmax" if t.op == "max" else "Rmin"
            return reduce(lambda b, a: f"({one} {a} {b})", parts[::-1])
        if t.op in ("inner", "norm", "abs", "sqrt"):
            return f"({'Rabs' if t.op == 'abs' else t.op} {' '.join(parts)})"
        raise ValueError(f"{t.op} is no number")

    def nat(self, t: Term, env: Env = ()) -> str:
        if is_inr(t):
            return self.nat(t.args[0], env)
        if t in self.names and t.sort == N:
            return self.names[t]
        if t.op == "number":
            return f"{t.data}%nat"
        if t.op in ("+", "*"):
            return f"({f' {t.op} '.join(self.nat(a, env) for a in t.args)})%nat"
        if t.op == "^":
            return f"({self.nat(t.args[0], env)} ^ {t.data})%nat"
        return self.applied(t, env)

    def vector(self, t: Term, env: Env = ()) -> str:
        if t in self.names:
            return self.names[t]
        if t.op == "zero":
            return "vzero"
        if t.op == "frame":
            return f"e{t.data}"
        if t.op == "+":
            return reduce(lambda a, b: f"(vadd {a} {b})", (self.vector(a, env) for a in t.args))
        if t.op == "scale":
            return f"(vscale {self.real(t.args[0], env)} {self.vector(t.args[1], env)})"
        return self.applied(t, env)

    def applied(self, t: Term, env: Env) -> str:
        """A symbol, a bound variable, or a function's value."""
        if t.op == "symbol":
            return name_of(t)
        if t.op == "bound":
            return env[int(t.data)]
        head, *args = t.args
        given = [self.of(a, s, env) for a, s in zip(args, head.sort.inputs, strict=True)]
        return f"({self.of(head, head.sort, env)} {' '.join(given)})"

    def of(self, t: Term, s: Sort, env: Env = ()) -> str:
        """A term where the sort `s` belongs."""
        if s.output is None:
            return {R: self.real, N: self.nat, V: self.vector}[s](t, env)
        if t.op != "fun":
            return self.applied(t, env)
        bound = new_names(t.data, t, env)
        binders = " ".join(f"({x} : {type_of(i)})" for x, i in zip(bound, s.inputs, strict=True))
        body = self.of(t.args[0], s.output, [*bound, *env])
        return f"(fun {binders} => {body})"

    def formula(self, f: Term, env: Env = ()) -> str:
        if f in self.names:
            return self.names[f]
        if f.op in ("true", "false"):
            return f.op.capitalize()
        if f.op == "defined":
            return self.formula(f.args[0], env)
        if f.op in ("forall", "exists"):
            (name,) = new_names(f.data[:1], f, env)
            body = self.formula(f.args[0], [name, *env])
            return f"({f.op} {name} : {type_of(f.data[1])}, {body})"
        if f.op in ("and", "or", "implies"):
            sign = {"and": "/\\", "or": "\\/", "implies": "->"}[f.op]
            return f"({f' {sign} '.join(self.formula(a, env) for a in f.args)})"
        if f.op == "not":
            return f"(~ {self.formula(f.args[0], env)})"
        s = V if f.args[0].sort == V else R
        left, right = (self.of(a, s, env) for a in f.args)
        return f"({left} {RELATIONS[f.op]} {right})"


def new_names(wanted: Sequence[str], t: Term, env: Env) -> list[str]:
    """Names for bound variables that nothing around has."""
    taken = {*RESERVED, *env, *(name_of(s) for s in t.free)}
    chosen = list[str]()
    for name in wanted:
        fresh = (n for n in candidates(name) if n not in taken)
        chosen.append(next(fresh))
        taken.add(chosen[-1])
    return chosen


def candidates(name: str) -> Iterator[str]:
    """`name`, then `name` with numbers."""
    name = name if name[:1].isalpha() else "x"
    yield name
    i = 0
    while True:
        i += 1
        yield f"{name}{i}"


def default(s: Sort) -> str:
    """Some value of a sort."""
    if s.output is None:
        return {R: "0", N: "0%nat", V: "vzero"}[s]
    blanks = " ".join(f"(_ : {type_of(i)})" for i in s.inputs)
    return f"(fun {blanks} => {default(s.output)})"


def raw(t: Term, value: Callable[[Term, int], Term | None], depth: int = 0) -> Term:
    """`t` with some leaves replaced and nothing simplified but the application of a `fun`."""
    if not t.args:
        new = value(t, depth)
        return t if new is None else new
    args = [raw(a, value, depth + binds(t.op, t.data)) for a in t.args]
    if t.op == "apply" and args[0].op == "fun":
        return put_in(args[0].args[0], args[1:], args[0].sort.inputs)
    if t.op == "/" and t.args[1].op != "number" and folded(args[1]).op == "number":
        return build("/", t.sort, *args, data="by a literal")
    return build(t.op, t.sort, *args, data=t.data)


def standing(value: Term, s: Sort) -> Term:
    """A value that stands in for a variable of the sort."""
    return inr(value) if s == N and not is_inr(value) and value.op != "symbol" else value


def put_in(body: Term, values: Sequence[Term], sorts: Sequence[Sort]) -> Term:
    """The inside of a binder at the values, as Rocq has it."""

    def leaf(t: Term, depth: int) -> Term | None:
        if t.op != "bound" or t.data < depth:
            return None
        if t.data - depth >= len(values):
            return build("bound", t.sort, data=t.data - len(values))
        chosen = standing(values[t.data - depth], sorts[t.data - depth])
        return lifted(chosen, depth)

    return raw(body, leaf)


def lifted(t: Term, by: int) -> Term:
    """`t` below `by` more binders."""
    if not t.loose or not by:
        return t
    return raw(t, lambda b, d: build("bound", b.sort, data=b.data + by)
               if b.op == "bound" and b.data >= d else None)  # fmt: skip


def replaced_by(t: Term, table: Mapping[Term, Term]) -> Term:
    """`t` with symbols replaced, as Rocq has it."""
    return raw(t, lambda s, d: lifted(standing(table[s], s.sort), d) if s in table else None)


@cache
def folded(t: Term) -> Term:
    """What the kernel makes of a term whose parts were replaced."""
    return _transform(t, lambda leaf, _: leaf, lambda *_: False, _MAKERS)


@cache
def remade(t: Term) -> Term:
    """The term with what `raw` divided by a literal number divided as the kernel does."""
    if not t.args:
        return t
    parts = [remade(a) for a in t.args]
    if t.op == "/" and t.data:
        return divide(parts[0], folded(t.args[1]))
    return build(t.op, t.sort, *parts, data=t.data)


@cache
def normalized(t: Term, positive: bool = True) -> Term:
    """The normal form of a term or formula, or of the negation of a formula."""
    made = remade(t)
    return normal(made) if positive else normal(build("not", TRUTH, made))


def inside_at(op: str, formula: Term, values: Sequence[Term]) -> Term:
    """The inside of quantifiers at the values, as Rocq has it."""
    for value in values:
        while formula.op == "defined":
            formula = formula.args[0]
        assert formula.op == op
        formula = put_in(formula.args[0], [value], [formula.data[1]])
    return formula
