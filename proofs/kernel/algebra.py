"""Exact algebra with sympy: the normal form of a statement, and the test behind `identical`.

`normal` makes one object of statements that differ only by polynomial identities over the
rationals, bilinearity of the inner product, |v|^2 = v.v, the names of bound variables, folded
definitions and the laws of negation. Everything else (a function's value, 1/x, a root, |v|, a
quantified formula) is an atom, itself in normal form.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import product
from math import isqrt, prod
from typing import Any

from sympy import QQ, lex
from sympy.polys.rings import PolyElement, PolyRing

from proofs.kernel import terms as st
from proofs.kernel.terms import (
    FALSE, TRUE, TRUTH, KernelError, R, Term, TooBig, V, build, compare, junction, term, zero,
)  # fmt: skip

WORK = 20_000  # products of monomials for one normal form; the pages need 1,471
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_PAIRS = (("and", "or"), ("forall", "exists"), ("true", "false"))
_DUAL = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}
_LENGTHS = ("norm", "abs")
_POLYNOMIALS: dict[Term, Any] = {}  # what `_read` gives; of a term that was made from it, at once
_expanded: list[Any] = [zero, 0]  # the term that is multiplied out, and the work so far


@cache
def normal(t: Term) -> Term:
    """The normal form of a term or formula."""
    if t.sort in (TRUTH, V):
        return _formula(t, True) if t.sort == TRUTH else _vector(t)
    if t.op == "fun":
        return build("fun", t.sort, normal(t.args[0]), data=("_",) * len(t.data))
    return t if t.sort.inputs else _term(*_polynomial(t))


def negation(f: Term) -> Term:
    """The negation of a formula, pushed inwards as far as the defined notions."""
    if f.op in _OPPOSITE:
        return compare(f.args[0], _OPPOSITE[f.op], f.args[1])
    if f.op in ("and", "or"):
        return junction(_DUAL[f.op], *map(negation, f.args))
    if f.op == "implies":
        return junction("and", f.args[0], negation(f.args[1]))
    if f.op in ("forall", "exists"):
        return build(_DUAL[f.op], TRUTH, negation(f.args[0]), data=f.data)
    return f.args[0] if f.op == "not" else ~f


@cache
def _formula(f: Term, positive: bool) -> Term:
    if f.op in ("defined", "not"):
        return _formula(f.args[0], positive == (f.op == "defined"))
    op = f.op if positive else _DUAL.get(f.op, f.op)
    if op in ("true", "false"):
        return TRUE if op == "true" else FALSE
    if op in ("forall", "exists"):
        body = _formula(f.args[0], positive)
        trivial = body.op in ("true", "false")
        return body if trivial else build(op, TRUTH, body, data=("_", f.data[1]))
    if op in ("and", "or", "implies"):
        op = op if op != "implies" else "or" if positive else "and"
        premise = (True, False) if f.op == "implies" else (False,) * len(f.args)
        parts = {_formula(a, positive != p) for a, p in zip(f.args, premise, strict=True)}
        absorbing, unit = (FALSE, TRUE) if op == "and" else (TRUE, FALSE)
        if absorbing in parts:
            return absorbing
        return junction(op, *sorted({*st.flattened(op, parts)} - {unit}, key=lambda t: t.serial))
    relation, (left, right) = f.op if positive else _OPPOSITE[f.op], f.args
    if left.sort == V:
        difference = min(normal(left - right), normal(right - left), key=lambda t: t.serial)
        same = TRUE if relation == "==" else FALSE
        return same if difference is zero else compare(difference, relation, zero)
    atoms, p, relations = _polynomial(left - right)
    if relation in ("<", "<="):
        p, relation = -p, relation.replace("<", ">")
    if p.is_ground:
        c = p.coeff(1)
        return TRUE if {">": c > 0, ">=": c >= 0, "==": c == 0, "!=": c != 0}[relation] else FALSE
    p = p.primitive()[1] * (-1 if relation in ("==", "!=") and p.LC < 0 else 1)
    return compare(_term(atoms, p, relations), relation, 0)


def _vector(v: Term) -> Term:
    sums: dict[Term, Term] = {}
    for a, c in st.linear_combination(v).items():
        atom = build("apply", V, *map(normal, a.args)) if a.op == "apply" else a
        sums[atom] = sums.get(atom, term(0)) + c
    return st.add(zero, *(normal(sums[a]) * a for a in sorted(sums, key=lambda t: t.serial)))


def _term(atoms: dict[Term, PolyElement], p: PolyElement, relations: Any = None) -> Term:
    products = []
    for exponents, c in p.terms():
        powers = (a**n for a, n in zip(atoms, exponents, strict=False) if n)
        products.append(st.multiply(Fraction(int(c.numerator), int(c.denominator)), *powers))
    made = st.add(0, *products)
    if relations is not None:
        _POLYNOMIALS.setdefault(made, (atoms, p, relations))
    return made


@cache
def _ring(size: int) -> PolyRing:
    ring = PolyRing([f"x{i}" for i in range(max(size, 1))], QQ, lex)

    def counted(m: Any, n: Any, times: Any = ring.monomial_mul) -> Any:
        _expanded[1] += 1
        if _expanded[1] > WORK:
            raise TooBig(f"over {WORK:,} products of monomials: {st.shortened(_expanded[0])}")
        return times(m, n)

    ring.monomial_mul = counted
    return ring


def _polynomial(t: Term) -> Any:
    return _POLYNOMIALS.get(t) or _POLYNOMIALS.setdefault(t, _read(t))


class _Atoms(dict[Term, Any]):  # of a term, and of what they are made of
    def __missing__(self, atom: Term) -> Any:
        self[atom] = QQ(0)
        if atom.op in _LENGTHS or atom.op == "/":
            inside = st.inner(*atom.args * 2) if atom.op != "/" else atom.args[1]
            _fold(inside, self.__getitem__)
        return self[atom]


def _read(t: Term) -> tuple[dict[Term, PolyElement], PolyElement, list[PolyElement]]:
    """The atoms of a term as generators of a ring; the term in it; the relations |v|^2 - v.v."""
    found = _Atoms()
    _fold(t, found.__getitem__)
    _expanded[:] = t, 0
    # Lengths first, the outer before the inner: then the relations are a Groebner basis.
    atoms = sorted(found, key=lambda a: (a.op not in _LENGTHS, -a.serial))
    generators = dict(zip(atoms, _ring(len(atoms)).gens, strict=False))
    lengths = [a for a in atoms if a.op in _LENGTHS]
    squares = [_fold(st.inner(*a.args * 2), generators.__getitem__) for a in lengths]
    relations = [generators[a] ** 2 - s for a, s in zip(lengths, squares, strict=True)]
    p = _ring(len(atoms))(_fold(t, generators.__getitem__))
    return generators, p.rem(relations) if relations else p, relations


def _fold(t: Term, atom: Callable[[Term], Any]) -> Any:
    """The value of `t` in a ring, given the values of its atoms."""
    if t.op == "number":
        return QQ(t.data.numerator, t.data.denominator)
    if t.op in ("+", "*", "^"):
        first, *rest = [_fold(a, atom) for a in t.args] * (t.data if t.op == "^" else 1)
        return sum(rest, first) if t.op == "+" else prod(rest, start=first)
    if t.op == "inner":
        total, (u, v) = QQ(0), (st.linear_combination(normal(a)).items() for a in t.args)
        for (a, c), (b, d) in product(u, v):
            pair = build("inner", R, *sorted((a, b), key=lambda t: t.serial))
            known = a.op == b.op == "frame"
            total += _fold(c, atom) * _fold(d, atom) * (QQ(int(a is b)) if known else atom(pair))
        return total
    if t.op == "/":
        return _fold(t.args[0], atom) * atom(build("/", t.sort, term(1), normal(t.args[1])))
    if t.op in _LENGTHS:
        either_sign = min(normal(t.args[0]), normal(-t.args[0]), key=lambda t: t.serial)
        return _root(normal(st.inner(*t.args * 2)), build(t.op, t.sort, either_sign), atom)
    if t.op in ("sqrt", "min", "max", "apply"):
        t = build(t.op, t.sort, *map(normal, t.args))
        return _root(t.args[0], t, atom) if t.op == "sqrt" else atom(t)
    return atom(t)


def _root(square: Term, root: Term, atom: Callable[[Term], Any]) -> Any:
    if square.op == "number" and square.data >= 0:
        top, bottom = isqrt(square.data.numerator), isqrt(square.data.denominator)
        return QQ(top, bottom) if Fraction(top, bottom) ** 2 == square.data else atom(root)
    return atom(root)


def denominators(t: Term) -> list[Term]:
    """The denominators that must not be 0 for the rational function `t` to be 0; refuses others."""
    generators, p, relations = _read(t)
    _expanded[:] = t, 0
    inverses = {generators[a]: a.args[1] for a in generators if a.op == "/"}
    for x, denominator in inverses.items():  # the outer before the inner
        if not (below := _fold(denominator, generators.__getitem__)):
            raise KernelError(f"the denominator {denominator} is 0")
        p = prod([below] * p.degree(x) if p else [], start=p).rem([x * below - 1])
    if rest := p.rem(relations) if relations else p:
        difference = _term(generators, rest)
        raise KernelError(f"not identical: the difference is {difference}, up to a denominator")
    return list(inverses.values())
