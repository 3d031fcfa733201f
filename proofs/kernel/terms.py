"""The language of statements: sorts, terms, formulas and binders, built by Python's own operators.

A statement is an immutable, interned tree: statements written alike are one object, `==` *builds an
equation*, nothing is simplified into a truth value. Bound variables are de Bruijn indices and a
binder takes a Python function: no name is captured. V is a real inner-product space, in which e1,
e2, e3 are orthonormal. x / y is x (1/y); 1/y and sqrt(y) are total, and unspecified outside their
domain; `verdict.py` demands that a claim stays inside.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial, partialmethod, wraps
from math import prod
from typing import Any, ClassVar, NamedTuple, NoReturn

# Limits of a statement; the pages need 39, 92,723, 20 and 12.
DEPTH, SIZE, DIGITS, EXPONENT = 100, 500_000, 1_000, 1_000


class KernelError(Exception):
    """A step that the kernel refuses; the message shows the offending value and says what to do."""


class TooBig(KernelError):
    """A statement beyond a limit: DEPTH, SIZE, DIGITS, EXPONENT, or `algebra.WORK`."""


def shortened(t: Term) -> str:
    """The beginning of `t`, or of its longest part that is quickly printed."""
    while t.size > 20_000 and t.args:
        t = max(t.args, key=lambda a: a.size)
    return f"{str(t)[:100]} ..."


@dataclass(frozen=True, eq=False)
class Sort:
    """The sort of a term: `R`, `N`, `V`, or of functions, `V >> R`, `(N, V) >> R`; interned."""

    name: str
    inputs: tuple[Sort, ...] = ()
    output: Sort | None = None

    def __rshift__(self, output: Sort) -> Sort:
        return (self,) >> output

    def __rrshift__(self, inputs: tuple[Sort, ...]) -> Sort:
        name = f"{' x '.join(f'({s.name})' if s.inputs else s.name for s in inputs)} -> {self.name}"
        if TRUTH in (*inputs, self):
            raise KernelError(f"{name}: no function takes or gives truth values")
        return _SORTS.setdefault((*inputs, self), Sort(name, inputs, self))


_SORTS: dict[tuple[Sort, ...], Sort] = {}
R, N, V, TRUTH = Sort("R"), Sort("N"), Sort("V"), Sort("truth values")
_Binary = Callable[[Any, Any], "Term"]
_AtDepth = Callable[["Term", int], Any]  # of a term below so many binders
_sort: Callable[[Any], Sort] = lambda terms: N if all(t.sort is N for t in terms) else R


def term(value: object, *sorts: Sort) -> Term:
    """`value` as a term of one of `sorts`: made by the kernel, or an int or a Fraction."""
    if type(value) is int or type(value) is Fraction:
        value = _literal(value.numerator, value.denominator)
    if type(value) is not Term or _NODES.get(id(value)) is not value:
        advice = "only the kernel makes terms: real(...), vector(...), function(...), fun(...)"
        known: dict[type, str] = {bool: "a statement collapsed", float: "write Fraction(1, 10)"}
        shown = f"{'it' if isinstance(value, Term) else repr(value)} ({type(value).__name__})"
        raise KernelError(f"{shown} is no term; {known.get(type(value), advice)}")
    if sorts and value.sort not in sorts and not (R in sorts and value.sort == N):
        wanted = " or ".join(s.name for s in sorts)
        raise KernelError(f"{value} in {value.sort.name}; here belongs a term in {wanted}")
    return value


@cache
def _literal(top: int, bottom: int) -> Term:
    if max(abs(top), bottom) >= 10**DIGITS:
        raise TooBig(f"a number of more than {DIGITS:,} digits; use a symbol with bounds for it")
    return build("number", N if top >= 0 and bottom == 1 else R, data=Fraction(top, bottom))


def flattened(op: str, terms: Iterable[Term]) -> list[Term]:
    return [a for t in terms for a in (t.args if t.op == op else (t,))]


def _number(op: str, *values: object) -> Term:
    terms = [term(v, R) for v in values]
    if not terms or (op == "sqrt" and len(terms) > 1):
        raise KernelError(f"{op} of {len(terms)} numbers")
    return build(op, R, *terms)


def add(*values: object) -> Term:
    """The sum of numbers or of vectors; literal numbers are added up, nothing is cancelled."""
    terms = flattened("+", [term(v, R, V) for v in values])
    if any(t.sort is V for t in terms):
        terms = [term(t, V) for t in terms if t is not zero]
        return build("+", V, *terms) if len(terms) > 1 else terms[0] if terms else zero
    numbers = [t for t in terms if t.op == "number"]
    constant = numbers[0] if len(numbers) == 1 else term(sum(t.data for t in numbers))
    terms = [t for t in terms if t.op != "number"]
    terms += [constant] if constant is not nought or not terms else []
    return build("+", _sort(terms), *terms) if len(terms) > 1 else terms[0]


def multiply(*values: object) -> Term:
    """The product of numbers, one may be a vector; literal numbers become one, in front."""
    vectors, numbers, factors = list[Term](), list[Term](), list[Term]()
    for t in flattened("*", flattened("scale", [term(v, R, V) for v in values])):
        (vectors if t.sort is V else numbers if t.op == "number" else factors).append(t)
    if len(vectors) > 1:
        raise KernelError(f"a product of two vectors, {vectors[0]} and {vectors[1]}: write inner")
    numbers = [t for t in numbers if t is not one]
    coefficient = numbers[0] if len(numbers) == 1 else term(prod(t.data for t in numbers))
    if coefficient is not one or not factors:
        factors = [coefficient, *factors] if coefficient is not nought else [coefficient]
    product = build("*", _sort(factors), *factors) if len(factors) > 1 else factors[0]
    if not vectors or coefficient is nought or vectors[0] is zero:
        return zero if vectors else product
    return vectors[0] if product is one else build("scale", V, product, *vectors)


def power(base: object, exponent: int) -> Term:
    """base ** exponent for a literal exponent 0, 1, 2, ..."""
    b = term(base, R)
    if type(exponent) is int and abs(exponent) > EXPONENT:
        raise TooBig(f"a power of {shortened(b)} with an exponent over {EXPONENT:,}")
    if type(exponent) is not int or exponent < 0:
        raise KernelError(f"the exponent {exponent!r} of {b} is no literal 0, 1, ...; write 1 / x")
    if b.op == "number" or exponent == 0:
        return term(b.data**exponent if exponent else 1)
    return build("^", b.sort, b, data=exponent) if exponent > 1 else b


def divide(numerator: object, denominator: object) -> Term:
    """The quotient; by a literal number at once, otherwise a term that nothing cancels."""
    top, bottom = term(numerator, R, V), term(denominator, R)
    if bottom.op == "number":
        if bottom.data == 0:
            raise KernelError(f"{top} / 0: the denominator is zero")
        return multiply(1 / bottom.data, top)
    return multiply(_number("/", 1, bottom), top) if top.sort is V else _number("/", top, bottom)


def inner(u: object, v: object) -> Term:
    """The inner product u.v of two vectors; of two numbers, their product: R has dimension 1."""
    a = term(u, R, V)
    return build("inner", R, a, term(v, V)) if a.sort == V else multiply(a, term(v, R))


def norm(v: object) -> Term:
    """|v|: the norm of a vector, the absolute value of a number."""
    return build("norm" if term(v, R, V).sort == V else "abs", R, term(v))


def compare(left: object, relation: str, right: object) -> Term:
    """left relation right, for < <= > >= == != on numbers and == != on vectors."""
    a = term(left, R, V) if relation in ("==", "!=") else term(left, R)
    return build(relation, TRUTH, a, term(right, V if a.sort == V else R))


def junction(op: str, *formulas: object) -> Term:
    """The formulas joined by "and" or "or"."""
    parts = flattened(op, [term(f, TRUTH) for f in formulas])
    if len(parts) > 1:
        return build(op, TRUTH, *parts)
    return parts[0] if parts else TRUE if op == "and" else FALSE


class _Node(NamedTuple):
    op: str
    sort: Sort
    args: tuple[Term, ...]
    data: Any
    below: frozenset[Term]  # the symbols that occur free in the arguments
    loose: int  # how many enclosing binders it needs to be closed
    depth: int  # of operations and binders inside one another
    size: int  # operations, symbols and numbers written out, x^n as n factors
    serial: int


class Term(_Node):
    """A node, whose contents nothing alters: operation, arguments, and a name, number or index."""

    __slots__ = ()
    __hash__ = object.__hash__  # by its address, so sets of terms have another order on each run

    @property
    def free(self) -> frozenset[Term]:
        """The symbols that occur free."""
        return self.below if self.op != "symbol" else frozenset((self,))

    def __repr__(self) -> str:
        return printer(self)

    def __bool__(self) -> NoReturn:
        raise KernelError(f"{self} has no truth value: write a < b < c as two formulas; &, |, ~")

    def __iter__(self, *_: object) -> NoReturn:
        raise KernelError(f"{self} is one term: it has no coordinates, and no length but |v|")

    __len__ = __getitem__ = __contains__ = __iter__

    def __call__(self, *values: object) -> Any:
        if len(values) != len(self.sort.inputs) or self.sort.output is None:
            raise KernelError(f"{self} is in {self.sort.name}; it cannot be applied to {values}")
        given = tuple(term(a, s) for a, s in zip(values, self.sort.inputs, strict=True))
        if self.op == "fun":
            return open_binder(self.args[0], given)
        return build("apply", self.sort.output, self, *given)

    __add__, __radd__, __mul__, __rmul__ = add, add, multiply, multiply
    __truediv__, __pow__, __abs__ = divide, power, norm
    __neg__ = partialmethod(multiply, -1)
    __sub__: ClassVar[_Binary] = lambda a, b: add(a, multiply(-1, b))
    __rsub__: ClassVar[_Binary] = lambda a, b: add(b, multiply(-1, a))
    __rtruediv__: ClassVar[_Binary] = lambda a, b: divide(b, a)
    __and__: ClassVar[_Binary] = lambda a, b: junction("and", a, b)
    __or__: ClassVar[_Binary] = lambda a, b: junction("or", a, b)
    __invert__: ClassVar[Callable[[Any], Term]] = lambda a: build("not", TRUTH, term(a, TRUTH))
    __lt__: ClassVar[_Binary] = lambda a, b: compare(a, "<", b)  # type: ignore[assignment]
    __le__: ClassVar[_Binary] = lambda a, b: compare(a, "<=", b)  # type: ignore[assignment]
    __gt__: ClassVar[_Binary] = lambda a, b: compare(a, ">", b)  # type: ignore[assignment]
    __ge__: ClassVar[_Binary] = lambda a, b: compare(a, ">=", b)  # type: ignore[assignment]
    # Interning makes `is` the equality of statements and leaves `==` to the equations.
    __eq__: ClassVar[_Binary] = lambda a, b: compare(a, "==", b)  # type: ignore[assignment]
    __ne__: ClassVar[_Binary] = lambda a, b: compare(a, "!=", b)  # type: ignore[assignment]


_INTERNED: dict[tuple[Any, ...], Term] = {}
_NODES: dict[int, Term] = {}  # all of them, by identity


def build(op: str, sort: Sort, *args: Term, data: Any = None) -> Term:
    """The one node of this operation on these arguments; for the kernel: it checks no sorts."""
    key = (op, sort, data, *args)
    if (known := _INTERNED.get(key)) is not None:
        return known
    free, loose, depth, size = frozenset[Term](), data + 1 if op == "bound" else 0, 1, 1
    inside, copies = binds(op, data), data if op == "^" else 1
    for a in args:
        if not (own := a.free) <= free:
            free = own if free <= own else free | own  # mostly no new set
        loose, depth = max(loose, a.loose - inside), max(depth, a.depth + 1)
        size += a.size * copies
    if depth > DEPTH or size > SIZE:
        raise TooBig(f"over {DEPTH} deep or {SIZE:,} long: a statement on {shortened(args[0])}")
    if len(args) > 1 and len({s.data for s in free}) < len(free):
        named = ", ".join(sorted(f"{s.data} in {s.sort.name}" for s in free))
        raise KernelError(f"one name, two sorts: {named}")
    node = tuple.__new__(Term, (op, sort, args, data, free, loose, depth, size, len(_NODES)))
    _INTERNED[key] = _NODES[id(node)] = node
    return node


def linear_combination(v: Term, factor: object = 1) -> dict[Term, Term]:
    """factor v as a linear combination of vectors that are neither sums nor multiples."""
    if v.op not in ("+", "scale", "zero"):
        return {v: term(factor)}
    sums: dict[Term, Term] = {}
    factor = factor if v.op != "scale" else multiply(factor, v.args[0])
    for part in v.args if v.op == "+" else v.args[1:]:
        for a, c in linear_combination(part, factor).items():
            sums[a] = add(sums[a], c) if a in sums else c
    return sums


def implies(*formulas: object) -> Term:
    """If all formulas but the last hold, so does the last."""
    *premises, conclusion = (term(f, TRUTH) for f in formulas)
    return build("implies", TRUTH, all_of(*premises), conclusion) if premises else conclusion


def definition(reads: str) -> Callable[[Callable[..., Term]], Callable[..., Term]]:
    """A notion, printed as `reads` (its arguments in braces), that means the formula returned."""

    def decorate(define: Callable[..., Term]) -> Callable[..., Term]:
        @wraps(define)
        def defined(*values: Any, **named: Any) -> Term:
            arguments = inspect.signature(define).bind(*values, **named).arguments
            given = {name: term(value) for name, value in arguments.items()}
            meaning = term(define(**given), TRUTH)
            return build("defined", TRUTH, meaning, *given.values(), data=(reads, *given))

        return defined

    return decorate


def binds(op: str, data: Any) -> int:
    """How many variables an operation binds in its arguments."""
    return 0 if op not in ("forall", "exists", "fun") else len(data) if op == "fun" else 1


def parameters(*sorts_and_body: Any) -> tuple[list[Term], Any]:
    """Fresh symbols for the parameters of a Python function, the last argument; its value there."""
    (*sorts, body), names = sorts_and_body, list(inspect.signature(sorts_and_body[-1]).parameters)
    sorts = sorts * len(names) if len(sorts) == 1 else sorts
    if len(sorts) != len(names) or not all(isinstance(s, Sort) and s != TRUTH for s in sorts):
        raise KernelError(f"a binder needs a sort for each of its variables {names}, got {sorts}")
    named = zip(names, sorts, strict=True)
    fresh = [build("symbol", s, data=f"{name}'{len(_NODES)}") for name, s in named]
    return fresh, body(*fresh)


def check_symbols(symbols: Sequence[Term]) -> None:
    """Raises unless these are distinct free symbols."""
    if len({s for s in symbols if type(s) is Term and term(s).op == "symbol"}) < len(symbols):
        raise KernelError(f"here belong distinct free symbols, not {symbols}")


def bind(op: str, variables: Sequence[Term], body: object) -> Term:
    """`body` quantified (op is "forall" or "exists") over free symbols, the first outermost."""
    check_symbols(variables)
    formula = close_binder(term(body, TRUTH), tuple(variables)[::-1])
    for v in reversed(variables):
        formula = build(op, TRUTH, formula, data=(v.data.split("'")[0], v.sort))
    return formula


def fun(*sorts_and_body: Any) -> Term:
    """The function given by a Python function: `fun(V, lambda w: inner(w, w))` is in V >> R."""
    variables, value = parameters(*sorts_and_body)
    body, names = term(value, R, V), tuple(v.data.split("'")[0] for v in variables)
    sort = tuple(v.sort for v in variables) >> (V if body.sort == V else R)
    return build("fun", sort, close_binder(body, tuple(variables)), data=names)


def _transform(t: Term, leaf: _AtDepth, skip: _AtDepth, makers: Any, depth: int = 0) -> Term:
    if skip(t, depth):
        return t
    if not t.args:
        put: Term = leaf(t, depth)
        return put
    inside = depth + binds(t.op, t.data)
    args = [_transform(a, leaf, skip, makers, inside) for a in t.args]
    if t.op == "^":
        return power(args[0], t.data)
    made: Term = makers[t.op](*args) if t.op in makers else build(t.op, t.sort, *args, data=t.data)
    return made


@cache
def close_binder(body: Term, variables: tuple[Term, ...]) -> Term:
    """`body` with the free symbols turned into the bound variables 0, 1, ... of a new binder."""
    if body.loose:
        raise KernelError(f"{body} holds a bound variable outside its binder: it would be captured")
    at, free = {v: i for i, v in enumerate(variables)}, frozenset(variables)
    bound: _AtDepth = lambda t, depth: build("bound", t.sort, data=depth + at[t])
    return _transform(body, bound, lambda t, _: t.free.isdisjoint(free), {})


@cache
def open_binder(body: Term, values: tuple[Term, ...]) -> Term:
    """`body`, the inside of a binder, with its bound variables 0, 1, ... replaced by `values`."""

    def leaf(t: Term, depth: int) -> Term:
        if t.data - depth >= len(values):
            return build("bound", t.sort, data=t.data - len(values))
        # The value moves below `depth` binders.
        lifted: _AtDepth = lambda b, _: build("bound", b.sort, data=b.data + depth)
        return _transform(values[t.data - depth], lifted, lambda s, d: s.loose <= d, _MAKERS)

    return _transform(body, leaf, lambda t, depth: t.loose <= depth, _MAKERS)


def replace(body: Term, replacement: Mapping[Any, Any]) -> Term:
    """`body` with free symbols replaced by closed terms of their sort, simultaneously."""
    check_symbols([*replacement])
    table = {symbol: term(value, symbol.sort) for symbol, value in replacement.items()}
    if loose := [value for value in table.values() if value.loose]:
        raise KernelError(f"{loose[0]} holds a bound variable outside its binder")
    symbols = frozenset(table)
    return _transform(body, lambda t, _: table[t], lambda t, _: t.free.isdisjoint(symbols), _MAKERS)


def function(names: str, sort: Sort) -> Any:
    """A symbol of which nothing is assumed, or several: function("L", V >> R), real("a b")."""
    for name in names.split() if type(names) is str and sort != TRUTH else [""]:
        if not name.isidentifier() or name[0] == "_" or re.fullmatch(r"e\d+|min|max|sqrt", name):
            raise KernelError(f"{name or names!r} is no name for a symbol of {sort.name}")
    made = tuple(build("symbol", sort, data=name) for name in names.split())
    return made[0] if len(made) == 1 else made


# forall(R, V, lambda epsilon, s: ...) takes a sort for each parameter, or one for all of them.
forall: Callable[..., Term] = lambda *sorts_and_body: bind("forall", *parameters(*sorts_and_body))
exists: Callable[..., Term] = lambda *sorts_and_body: bind("exists", *parameters(*sorts_and_body))
all_of, any_of = partial(junction, "and"), partial(junction, "or")
_MAKERS: dict[str, Callable[..., Term]] = {
    "+": add, "*": multiply, "scale": multiply, "/": divide, "and": all_of, "or": any_of,
    "apply": Term.__call__,
}  # fmt: skip
iff: Callable[..., Term] = lambda left, right: all_of(implies(left, right), implies(right, left))
real, natural, vector = (partial(function, sort=s) for s in (R, N, V))
sqrt, minimum, maximum = partial(_number, "sqrt"), partial(_number, "min"), partial(_number, "max")
TRUE, FALSE, zero = build("true", TRUTH), build("false", TRUTH), build("zero", V)
nought, one = term(0), term(1)
e1, e2, e3 = (build("frame", V, data=i) for i in (1, 2, 3))
printer: Callable[[Term], str] = object.__repr__  # runner/printing.py puts a better one here
