"""Proofs that a term equals its normal form, and that a formula is equivalent to its normal form.

What the kernel's `normal` computes is shown here step by step: the parts that stay whole are
replaced by theirs (`cong`); what is left is an identity between polynomials, which Rocq's own
`ring`, `field` or `lra` decide, over variables for these parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from itertools import combinations, combinations_with_replacement, product
from typing import Any

from proofs.kernel import algebra
from proofs.kernel.terms import TRUTH, N, R, Sort, Term, V, build, linear_combination, term
from proofs.rocq.certifying import projected, rational, signed
from proofs.rocq.writing import (
    Env, Text, default, dimension, is_inr, loose, name_of, new_names, normalized, type_of,
    symbols,
)  # fmt: skip

KINDS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
RHO = {"<": "Rlt", "<=": "Rle", ">": "Rgt", ">=": "Rge", "==": "(@eq R)",
       "!=": "(fun a b : R => a <> b)"}  # fmt: skip
FRAMES = "{F1 : Frame1}", "{F2 : Frame2}", "{F3 : Frame3}"
MINUS = term(-1)


def context(d: int) -> str:
    """The space, with as many orthonormal vectors as are spoken of."""
    return " ".join(["{E : Space}", *FRAMES[:d]])


class Development:
    """The lemmas of a file, each written before the first that uses it."""

    def __init__(self) -> None:
        self.lines, self.known = list[str](), dict[object, str]()

    def lemma(self, kind: str, binders: str, statement: str, proof: str, d: int = 0) -> str:
        """The name of a lemma, which is written where it is new."""
        key = (kind, binders, statement, d)
        if key not in self.known:
            name = self.known[key] = f"{kind}_{len(self.known)}"
            stated = f"forall {binders}, {statement}" if binders else statement
            self.lines += [f"Lemma {name} {context(d)} : {stated}.", f"Proof. {proof} Qed."]
        return self.known[key]

    def about(self, t: Term, kind: str, statement: str, proof: str) -> str:
        """A lemma for all values of the free symbols and loose variables of `t`."""
        bound = loose(t)
        binders = [f"({name_of(s)} : {type_of(s.sort)})" for s in symbols(t)]
        binders += [f"({around(t)[i]} : {type_of(bound[i])})" for i in sorted(bound)]
        names = [b.split(" : ")[0][1:] for b in binders]
        intros = f"intros {' '.join(names)}. " if names else ""
        return self.lemma(kind, " ".join(binders), statement, intros + proof, dimension(t))

    def called(self, name: str, t: Term, env: Env) -> str:
        """The lemma `name` that is about `t`, at the values that are around."""
        args = [name_of(s) for s in symbols(t)] + [env[i] for i in sorted(loose(t))]
        return f"({' '.join([name, *args])})"

    # Equality of terms with their normal forms.

    def equal(self, t: Term, env: Env = ()) -> str:
        """A proof of t = normalized(t); "" where that is t itself."""
        if (whole := normalized(t)) is t:
            return ""
        key = ("equal", t)
        if key not in self.known:
            here = around(t)
            stated = f"{self.of(t, here)} = {self.of(whole, here)}"
            self.known[key] = self.about(t, "eq", stated, f"exact {self.steps(t, here)}.")
        return self.called(self.known[key], t, env)

    def steps(self, t: Term, env: Env) -> str:
        if is_occurrence(t) and not (t.sort == V and t.op == "apply"):
            return self.occurrence(t, env) or "eq_refl"
        parts, congruent = self.cong(t, env)
        whole = normalized(t)
        same = self.identity(parts, whole, env) if parts is not whole else ""
        return joined_up(congruent, same)

    def cong(self, t: Term, env: Env) -> tuple[Term, str]:
        """`t` with its whole parts replaced by their normal forms, and a proof of the equation."""
        if is_inr(t):
            inner, proof = self.cong(t.args[0], env)
            return inner, joined_up(self.pushed(t.args[0], env), proof)
        if t.op in ("number", "symbol", "bound", "zero", "frame"):
            return t, ""
        if is_occurrence(t):
            if t.sort == V:
                whole = build("apply", V, *map(normalized, t.args))
                return whole, self.applied(t, env)
            return normalized(t), self.equal(t, env)
        if t.op == "/":
            below = build("/", R, term(1), t.args[1], data=t.data)
            (above, p), q = self.cong(t.args[0], env), self.equal(below, env)
            made = build("*", R, above, normalized(below))
            return made, f"(over {p or 'eq_refl'} {q or 'eq_refl'})"
        parts, proofs = zip(*(self.cong(a, env) for a in t.args), strict=True)
        made = build(t.op, t.sort, *parts, data=t.data)
        if not any(proofs):
            return made, ""
        if t.op == "^":
            return made, f"(f_equal (fun z => z ^ {t.data}) {proofs[0]})"
        if t.op == "scale":
            return made, f"(f_equal2 vscale {proofs[0] or 'eq_refl'} {proofs[1] or 'eq_refl'})"
        head = "vadd" if t.sort == V else {"+": "Rplus", "*": "Rmult"}[t.op]
        each = [p or f"(eq_refl {self.of(a, env)})" for p, a in zip(proofs, t.args, strict=True)]
        return made, reduce(lambda a, b: f"(f_equal2 {head} {a} {b})", each)

    def of(self, t: Term, env: Env) -> str:
        return Text().vector(t, env) if t.sort == V else Text().real(t, env)

    def pushed(self, t: Term, env: Env) -> str:
        """A proof of INR (t) = t, with INR inside."""
        if is_inr(t):
            return self.pushed(t.args[0], env)
        if t.op == "number":
            return f"(inr_literal {t.data}%nat)"
        if t.op in ("+", "*"):
            head = "inr_add" if t.op == "+" else "inr_multiply"
            return reduce(lambda a, b: f"({head} {a} {b})", (self.pushed(a, env) for a in t.args))
        if t.op == "^":
            return f"(inr_power {t.data} {self.pushed(t.args[0], env)})"
        return f"(eq_refl (INR {Text().nat(t, env)}))"

    def natural(self, t: Term, env: Env) -> str:
        """A proof of t = normalized(t) for natural numbers, as such."""
        whole = normalized(t)
        if Text().nat(t, env) == Text().nat(whole, env):
            return ""
        key = ("natural", t)
        if key not in self.known:
            here = around(t)
            parts, steps = self.nat_cong(t, here)
            statement = f"{Text().nat(t, here)} = {Text().nat(whole, here)}"
            atoms = sorted(nat_atoms(parts) | nat_atoms(whole), key=lambda a: a.serial)
            names = {a: f"n{i}" for i, a in enumerate(atoms)}
            binders = " ".join(f"({n} : nat)" for n in names.values())
            text = Text(names)
            same = self.lemma(
                "gen", binders, f"{text.nat(parts)} = {text.nat(whole)}", "intros; ring."
            )
            values = " ".join(f"{Text().nat(a, here)}" for a in atoms)
            proof = joined_up(steps, f"({same} {values})" if values else same)
            self.known[key] = self.about(t, "eq", statement, f"exact {proof}.")
        return self.called(self.known[key], t, env)

    def nat_cong(self, t: Term, env: Env) -> tuple[Term, str]:
        if is_inr(t):
            return self.nat_cong(t.args[0], env)
        if t.op in ("number", "symbol", "bound"):
            return t, ""
        if t.op == "apply":
            return build("apply", t.sort, *map(normalized, t.args)), self.applied(t, env)
        parts, proofs = zip(*(self.nat_cong(a, env) for a in t.args), strict=True)
        made = build(t.op, t.sort, *parts, data=t.data)
        if not any(proofs):
            return made, ""
        if t.op == "^":
            return made, f"(f_equal (fun z => z ^ {t.data})%nat {proofs[0]})"
        head = "Nat.add" if t.op == "+" else "Nat.mul"
        each = [p or f"(eq_refl {Text().nat(a, env)})" for p, a in zip(proofs, t.args, strict=True)]
        return made, reduce(lambda a, b: f"(f_equal2 {head} {a} {b})", each)

    def applied(self, t: Term, env: Env) -> str:
        """A proof that a function's value is that of the arguments in normal form."""
        head, *args = t.args
        proofs = [self.argument(a, s, env) for a, s in zip(args, head.sort.inputs, strict=True)]
        if not any(proofs):
            return ""
        each = [
            p or f"(eq_refl {Text().of(a, s, env)})"
            for p, a, s in zip(proofs, args, head.sort.inputs, strict=True)
        ]
        first = f"(eq_refl {Text().of(head, head.sort, env)})"
        return reduce(lambda f, a: f"(ap {f} {a})", [first, *each])

    def argument(self, t: Term, s: Sort | None, env: Env) -> str:
        if t.sort.output is not None:
            return self.function(t, env)
        if s == N:
            return self.natural(t, env)
        return self.equal(t, env)

    def function(self, t: Term, env: Env) -> str:
        whole = normalized(t)
        if whole is t or t.op != "fun":
            return ""
        bound = new_names(t.data, t, env)
        body = t.args[0]
        proof = self.argument(body, t.sort.output, [*bound, *env])
        if not proof:
            return ""
        for x, s in reversed(list(zip(bound, t.sort.inputs, strict=True))):
            proof = f"(functional_extensionality _ _ (fun {x} : {type_of(s)} => {proof}))"
        return proof

    def occurrence(self, t: Term, env: Env) -> str:
        """A proof of t = normalized(t) for a term that the normal form keeps whole."""
        whole, (first, *rest) = normalized(t), t.args
        if t.op == "apply":
            if t.sort == N:
                return f"(f_equal INR {self.natural(t, env)})"
            return self.applied(t, env)
        if t.op == "/":
            below = normalized(rest[0])
            same = self.equal(rest[0], env)
            inverse = f"(f_equal (fun z => 1 * / z) {same})" if same else ""
            if whole.op != "number":
                return inverse
            stated = f"(1 * / {Text().real(below)}) = {Text().real(whole)}"
            return joined_up(inverse, self.lemma("gen", "", stated, "field."))
        if t.op in ("min", "max"):
            one = "Rmin" if t.op == "min" else "Rmax"
            each = [self.equal(a, env) or f"(eq_refl {Text().real(a, env)})" for a in t.args]
            return reduce(lambda b, a: f"(f_equal2 {one} {a} {b})", each[::-1])
        if t.op == "inner":
            parts, proofs = zip(*(self.cong(a, env) for a in t.args), strict=True)
            each = [p or f"(eq_refl {Text().vector(a, env)})"
                    for p, a in zip(proofs, t.args, strict=True)]  # fmt: skip
            congruent = f"(f_equal2 inner {each[0]} {each[1]})" if any(proofs) else ""
            made = build("inner", R, *parts)
            return joined_up(
                congruent, self.identity(made, whole, env) if made is not whole else ""
            )
        if whole.op == "number":
            square = first if t.op == "sqrt" else squared(first)
            stated = self.equal_to_square(square, whole, env)
            return f"({t.op}_number _ {Text().real(whole)} {stated} ltac:(lra))"
        if t.op == "sqrt" or whole.args[0] is normalized(first):
            head = "Rabs" if t.op == "abs" else t.op
            return f"(f_equal {head} {self.equal(first, env) or 'eq_refl'})"
        opposite = build("scale" if t.op == "norm" else "*", first.sort, MINUS, first)
        if t.op == "abs":
            opposite = build("*", R, MINUS, first)
        return f"({t.op}_opposite _ _ {self.equal(opposite, env) or 'eq_refl'})"

    def equal_to_square(self, square: Term, root: Term, env: Env) -> str:
        """A proof that what has a number for its normal form is the square of `root`."""
        c = Text().real(root)
        known = self.equal(square, env)
        number = Text().real(normalized(square))
        same = self.lemma("gen", "", f"{number} = {c} * {c}", "lra.")
        return joined_up(known, same)

    # Identities between polynomials in whole parts.

    def identity(self, s: Term, t: Term, env: Env) -> str:
        """A proof of s = t, which are equal as polynomials in their whole parts."""
        if s.sort == V:
            state: State = lambda w: f"{w.vector(s)} = {w.vector(t)}"
            return self.general([s, t], env, state, lambda _: "apply vector_ext; intro w; POLY.")
        state = lambda w: f"{w.real(s)} = {w.real(t)}"
        return self.general([s, t], env, state, lambda _: "POLY.", minus(s, t))

    def general(
        self, terms: Sequence[Term], env: Env, state: State, script: State,
        difference: Term | None = None,
    ) -> str:  # fmt: skip
        """The proof of a statement on terms, by a lemma that has variables for the whole parts.

        In `script`, POLY decides an equation: that `difference` is 0, if it is one of numbers.
        """
        numbers, vectors = dict[Term, None](), dict[Term, None]()
        lengths, known = dict[Term, None](), list[tuple[str, str]]()
        for t in terms:
            collect(t, numbers, vectors)
        multipliers = multipliers_of(difference)[1] if difference is not None else {}
        while new := [
            a for a in (numbers if difference is None else multipliers)
            if a.op in ("norm", "abs") and a not in lengths
        ]:  # fmt: skip
            lengths |= dict.fromkeys(new)
            for a in new:
                collect(normalized(squared(a.args[0])), numbers, vectors)
        frames = sorted((a for a in vectors if a.op == "frame"), key=lambda a: int(a.data))
        order = [*frames, *(a for a in vectors if a.op != "frame")]
        names = {a: f"r{i}" for i, a in enumerate(numbers)}
        names |= {a: f"v{i}" for i, a in enumerate(order)}
        writer = Text(names)
        for a, b in combinations_with_replacement(frames, 2):
            proved = f"inner {names[a]} {names[b]} = {int(a is b)}"
            known.append((proved, f"e{a.data}{b.data}"))
        orthonormal = len(known)
        for a in lengths:
            known.append(self.square_of(a, writer, env))
        binders = [f"({names[a]} : R)" for a in numbers] + [f"({names[a]} : V)" for a in order]
        values = [self.of(a, env) for a in numbers] + [self.of(a, env) for a in order]
        statement = " -> ".join([*(f"({k})" for k, _ in known), f"({state(writer)})"])
        facts = [f"h{i}" for i in range(len(known))]
        intros = " ".join(["intros", *names.values(), *facts]) + ". " if binders else ""
        multiplied = [writer.real(multipliers[a]) for a in lengths if multipliers]
        by = decided_by([names[v] for v in order], facts[:orthonormal], facts[orthonormal:],
                        multiplied)  # fmt: skip
        proof = intros + script(writer).replace("POLY", by)
        made = self.lemma("gen", " ".join(binders), statement, proof)
        return f"({' '.join([made, *values, *(by for _, by in known)])})" if values else made

    def square_of(self, length: Term, writer: Text, env: Env) -> tuple[str, str]:
        """|v| |v| = v.v, with v.v in its normal form, and a proof of it."""
        (v,), n = length.args, writer.real(length)
        square = squared(v)
        by = joined_up(f"({length.op}_square {self.of(v, env)})", self.equal(square, env))
        return f"{n} * {n} = {writer.real(normalized(square))}", by

    def quotients(self, s: Term, t: Term, given: Sequence[Term], proofs: Sequence[str]) -> str:
        """A proof of s = t, one rational function in whole parts where its denominators are not 0.

        `field` knows nothing of lengths: s - t is multiples of |v|^2 - v.v, over denominators.
        """
        below, multipliers = multipliers_of(minus(s, t), over=True)
        numbers: dict[Term, None] = {}
        squares = [normalized(squared(a.args[0])) for a in multipliers]
        denominators = [h.args[0] for h in given]
        for part in (s, t, *denominators, *multipliers.values(), *multipliers, *squares):
            fraction_parts(part, numbers)
        names = {a: f"r{i}" for i, a in enumerate(numbers)}
        writer = Text(names)
        known = [self.square_of(a, writer, ()) for a in multipliers]
        nonzero = [f"h{i}" for i in range(len(given))]
        refuted = "".join(f" | intro Z; apply {h}; first [lra | rewrite Z; ring]" for h in nonzero)
        lengths = [f"k{i}" for i in range(len(known))]
        script = f"intros {' '.join([*names.values(), *nonzero, *lengths])}. "
        by = f"field; repeat split; first [lra{refuted}]."
        if known:
            total = " + ".join(
                f"{writer.real(q)} * ({k.replace(' = ', ' - ')})"
                for q, (k, _) in zip(multipliers.values(), known, strict=True)
            )
            script += f"apply Rminus_diag_uniq. transitivity (({total}) * / {writer.real(below)}). "
            by = f"{{ {by} }} {' '.join(f'rewrite {k}.' for k in lengths)} ring."
        binders = " ".join(f"({x} : R)" for x in names.values())
        equal = f"{writer.real(s)} = {writer.real(t)}"
        stated = " -> ".join([*map(writer.formula, given), *(k for k, _ in known), equal])
        made = self.lemma("gen", binders, stated, script + by)
        values = [*map(Text().real, numbers), *proofs, *(by for _, by in known)]
        return f"({' '.join([made, *values])})"

    # Formulas and their normal forms.

    def iff(self, f: Term, env: Env = (), positive: bool = True) -> str:
        """A proof of f <-> normalized(f), or of ~ f <-> normalized(~ f); "" where these are one.

        Below a quantifier only relations have lemmas: else each would state what is inside again.
        """
        whole = normalized(f, positive)
        if whole is f and positive:
            return ""
        if env and f.op not in KINDS:
            return self.by_parts(f, env, positive)
        key = ("iff", f, positive)
        if key not in self.known:
            here = around(f)
            sign = "" if positive else "~ "
            stated = f"{sign}{Text().formula(f, here)} <-> {Text().formula(whole, here)}"
            proof = self.by_parts(f, here, positive) or "(iff_refl _)"
            self.known[key] = self.about(f, "nf", stated, f"exact {proof}.")
        return self.called(self.known[key], f, env)

    def by_parts(self, f: Term, env: Env, positive: bool) -> str:
        if f.op == "defined":
            return self.iff(f.args[0], env, positive)
        if f.op == "not":
            if positive:
                return self.iff(f.args[0], env, False)
            return composed("(not_not _)", self.iff(f.args[0], env))
        if f.op in ("true", "false"):
            return "ltac:(tauto)"
        if f.op in ("forall", "exists"):
            return self.quantified(f, env, positive)
        if f.op in ("and", "or", "implies"):
            return self.joined(f, env, positive)
        if positive:
            return self.related(f, env)
        opposite = algebra.negation(f)
        kind = "_".join(["not", KINDS[f.op]])
        return composed(f"({kind} _ _)", self.iff(opposite, env))

    def quantified(self, f: Term, env: Env, positive: bool) -> str:
        (x,) = new_names(f.data[:1], f, env)
        body = self.iff(f.args[0], [x, *env], positive) or "(iff_refl _)"
        ways = {("forall", True): "iff_all", ("exists", True): "iff_ex"}
        ways |= {("forall", False): "not_all", ("exists", False): "not_ex"}
        s = f.data[1]
        proof = f"({ways[f.op, positive]} (fun {x} : {type_of(s)} => {body}))"
        inside = normalized(f.args[0], positive)
        if inside.op in ("true", "false"):
            some = f"(inhabits {default(s)})"
            return composed(proof, f"(trivial_{'all' if (f.op == 'forall') == positive else 'ex'}"
                                     f"_{inside.op} {some})")  # fmt: skip
        return proof

    def joined(self, f: Term, env: Env, positive: bool) -> str:
        op = f.op if positive else algebra._DUAL.get(f.op, f.op)
        op = op if op != "implies" else "or" if positive else "and"
        signs = [positive] * len(f.args)
        if f.op == "implies":
            signs = [not positive, positive]
        parts = [normalized(a, s) for a, s in zip(f.args, signs, strict=True)]
        proofs = [self.iff(a, env, s) or "(iff_refl _)" for a, s in zip(f.args, signs, strict=True)]
        ways = {"and": ("not_and", "iff_and"), "or": ("not_or", "iff_or")}
        way = (ways | {"implies": ("not_implies", "iff_implies")})[f.op][positive]
        proof = reduce(lambda b, a: f"({way} {a} {b})", proofs[::-1])
        return composed(proof, self.rearranged(op, parts, normalized(f, positive), env))

    def rearranged(self, op: str, parts: Sequence[Term], whole: Term, env: Env) -> str:
        """A proof that the parts, joined by `op`, are the formula `whole`: in another order."""
        made = build(op, TRUTH, *parts)
        if made is whole:
            return ""
        leaves = dict.fromkeys([*junction_leaves(op, made), *junction_leaves(op, whole)])
        names = {a: f"A{i}" for i, a in enumerate(leaves)}
        writer = Text(names)
        binders = " ".join(f"({n} : Prop)" for n in names.values())
        stated = f"{writer.formula(made)} <-> {writer.formula(whole)}"
        there, back = reordered(op, made, whole), reordered(op, whole, made)
        script = f"intros; split; [exact {there} | exact {back}]." if there and back else "tauto."
        lemma = self.lemma("gen", binders, stated, script)
        values = " ".join(Text().formula(a, env) for a in leaves)
        return f"({lemma} {values})" if leaves else lemma

    def related(self, f: Term, env: Env) -> str:
        whole = normalized(f)
        (left, p), (right, q) = (self.cong(a, env) for a in f.args)
        vectors = left.sort == V
        rho = "(@eq V)" if vectors and f.op == "==" else RHO[f.op]
        rho = "(fun a b : V => a <> b)" if vectors and f.op == "!=" else rho
        same = f"(same {rho} {p or 'eq_refl'} {q or 'eq_refl'})" if p or q else ""
        here = build(f.op, TRUTH, left, right)
        if here is whole:
            return same
        state: State = lambda w: f"{w.formula(here)} <-> {w.formula(whole)}"
        terms = [left, right, *(whole.args[:1])]
        script = vector_script(here, whole) if vectors else number_script(here, whole)
        difference = None if vectors else leftover(here, whole)
        return composed(same, self.general(terms, env, state, script, difference))


State = Callable[[Text], str]


def number_script(f: Term, whole: Term) -> State:
    """Shows that a relation between numbers is equivalent to its normal form."""
    left, right = f.args
    c, up = factor(f)
    q = "" if whole.op in ("true", "false") else whole.args[0]
    return lambda w: compared(
        f.op, w.real(left), w.real(right), c.data, w.real(q) if isinstance(q, Term) else q, up
    )


def factor(f: Term) -> tuple[Term, bool]:
    """c where left - right = c q, for the normal form of `left op right`, and whether c > 0; or
    left - right, where that is constant.
    """
    _, p, _ = algebra._polynomial(minus(*f.args))
    c, up = p.coeff(1), True
    if not p.is_ground:
        c, q = (-p if f.op in ("<", "<=") else p).primitive()
        up = f.op in (">", ">=") or (f.op in ("==", "!=") and q.LC > 0)
    return term(Fraction(int(c.numerator), int(c.denominator)) * (1 if up else -1)), up


def leftover(f: Term, whole: Term) -> Term:
    """left - right - c q, which is 0."""
    c, _ = factor(f)
    q = term(1) if whole.op in ("true", "false") else whole.args[0]
    return minus(minus(*f.args), build("*", R, c, q))


def compared(op: str, left: str, right: str, c: Fraction, q: str, up: bool = True) -> str:
    """A script from left - right = c q, or c alone, to what `left op right` is equivalent to."""
    times = f"{rational(c)} * {q}" if q else rational(c)
    equation = f"assert (_e : {left} - {right} = {times}) by (POLY). "
    if not q:
        return equation + "decided."
    every = f"({'rel_up' if up else 'rel_down'} {rational(c)} _ _ _ _e {signed(c)})"
    return f"{equation}exact {projected(every, list(KINDS).index(op), len(KINDS))}."


def vector_script(f: Term, whole: Term) -> State:
    """Shows that an equation of vectors, or its denial, is equivalent to its normal form."""
    equation = "apply vector_ext; intro w; POLY"
    if whole.op in ("true", "false"):
        left, right = f.args
        return lambda w: (
            f"assert (_e : {w.vector(left)} = {w.vector(right)}) by ({equation}). vdecided."
        )
    denial = "apply iff_ne. " if f.op == "!=" else ""
    return lambda _: (
        f"{denial}first [apply difference; {equation} | apply difference_flipped; {equation}]."
    )


def decided_by(
    vectors: Sequence[str], frames: Sequence[str], lengths: Sequence[str], times: Sequence[str]
) -> str:
    """A tactic for an equation of polynomials in numbers and inner products.

    `times` are the multiples of |v|^2 = v.v that it is the sum of; without them, `ring` looks.
    """
    poses = "".join(
        f"generalize (f_equal (Rmult {m}) {h}); " for m, h in zip(times, lengths, strict=False)
    )
    swaps = [f"?(inner_sym {b} {a})" for a, b in combinations(vectors, 2)]
    rewrites = "".join(f"rewrite {r}; " for r in [*swaps, *(f"?{h}" for h in frames)])
    by = f"[{' '.join(lengths)}]"
    ways = f"lra | ring {by} | field {by}" if lengths and not times else "lra | field"
    return f"{poses}expand; {rewrites}intros; first [{ways}]"


def minus(a: Term, b: Term) -> Term:
    return build("+", R, a, build("*", R, MINUS, b))


def multipliers_of(difference: Term, over: bool = False) -> tuple[Term, dict[Term, Term]]:
    """By what |v|^2 - v.v is multiplied in a polynomial that vanishes for that reason.

    With `over`, in a rational function that does, times a product of its denominators.
    """
    found: dict[Term, None] = {}

    def note(atom: Term) -> Any:
        if atom not in found:
            found[atom] = None
            if atom.op in ("norm", "abs"):
                in_ring(normalized(squared(atom.args[0])), note)
            if over and atom.op == "/":
                in_ring(atom.args[1], note)
        return in_ring(term(0), note)

    in_ring(difference, note)
    atoms = sorted(found, key=lambda a: (a.op not in ("norm", "abs"), -a.serial))
    lengths = [a for a in atoms if a.op in ("norm", "abs")]
    below, found_by = term(1), dict[Term, Term]()
    if not lengths:
        return below, found_by
    ring = algebra._ring(len(atoms))
    algebra._expanded[:] = difference, 0
    generators = dict(zip(atoms, ring.gens, strict=False))
    squares = [in_ring(normalized(squared(a.args[0])), generators.__getitem__) for a in lengths]
    relations = [generators[a] ** 2 - s for a, s in zip(lengths, squares, strict=True)]
    p = ring(in_ring(difference, generators.__getitem__))
    for a, x in generators.items():  # the outer before the inner
        if over and a.op == "/" and (degree := p.degree(x)) > 0:
            denominator = ring(in_ring(a.args[1], generators.__getitem__))
            p = (p * denominator**degree).rem([x * denominator - 1])
            below = build("*", R, below, build("^", R, a.args[1], data=degree))
    quotients, _ = p.div(relations) if p else ([], None)
    pairs = zip(lengths, quotients, strict=bool(p))
    return below, {a: algebra._term(generators, q) for a, q in pairs if q}


def in_ring(t: Term, atom: Callable[[Term], Any]) -> Any:
    """A number in a ring, given its whole parts; unlike `normal`, it takes no |v|^2 for v.v."""
    if t.op == "inner":
        u, v = (linear_combination(a).items() for a in t.args)
        total = in_ring(term(0), atom)
        for (a, c), (b, d) in product(u, v):
            pair = build("inner", R, *sorted((a, b), key=lambda t: t.serial))
            frames = a.op == b.op == "frame"
            times = in_ring(term(int(a is b)), atom) if frames else atom(pair)
            total += in_ring(c, atom) * in_ring(d, atom) * times
        return total
    if t.op in ("+", "*", "^"):
        first, *rest = [in_ring(a, atom) for a in t.args] * (t.data if t.op == "^" else 1)
        return reduce(lambda a, b: a + b if t.op == "+" else a * b, rest, first)
    return algebra._fold(t, atom) if t.op == "number" else atom(t)


def joined_up(first: str, second: str) -> str:
    """Two equations, either of which may be trivial, as one."""
    return f"(eq_trans {first} {second})" if first and second else first or second or "eq_refl"


def composed(first: str, second: str) -> str:
    """The same of equivalences; "" where both are trivial."""
    return f"(iff_trans {first} {second})" if first and second else first or second


def squared(t: Term) -> Term:
    return build("inner", R, t, t) if t.sort == V else build("*", R, t, t)


def is_occurrence(t: Term) -> bool:
    """Whether the normal form keeps a term whole."""
    whole = t.op in ("inner", "norm", "abs", "sqrt", "min", "max", "apply")
    return whole or (t.op == "/" and t.args[0] is term(1))


def collect(t: Term, numbers: dict[Term, None], vectors: dict[Term, None]) -> None:
    """The whole parts of a term, numbers and vectors."""
    if is_inr(t) or t.op in ("number", "zero"):
        parts: Sequence[Term] = t.args
    elif t.op in ("+", "*", "^", "scale", "inner"):
        parts = t.args
    else:
        parts = ()
        (vectors if t.sort == V else numbers).setdefault(t)
    for part in parts:
        collect(part, numbers, vectors)


def fraction_parts(t: Term, numbers: dict[Term, None]) -> None:
    """What a rational function is made of."""
    if t.op in ("+", "*", "^", "/", "number") or is_inr(t):
        for a in t.args:
            fraction_parts(a, numbers)
    else:
        numbers.setdefault(t)


def nat_atoms(t: Term) -> set[Term]:
    """The whole parts of a natural number."""
    if t.op in ("symbol", "bound", "apply"):
        return {t}
    return set().union(*map(nat_atoms, t.args))


def junction_leaves(op: str, f: Term) -> list[Term]:
    """The formulas that `op` joins."""
    if f.op == op:
        return [leaf for a in f.args for leaf in junction_leaves(op, a)]
    return [] if f.op in ("true", "false") else [f]


def reordered(op: str, f: Term, g: Term) -> str:
    """A proof of f -> g, whose parts are joined by `op` in another order; "" with True or False."""
    if not junction_leaves(op, f) or any(constants_in(op, t) for t in (f, g)):
        return ""
    if op == "or":
        return eliminated(f, g)
    proofs = dict[Term, str]()

    def project(t: Term, h: str) -> None:
        if t.op != op:
            proofs.setdefault(t, h)
        for i, a in enumerate(t.args if t.op == op else ()):
            project(a, projected(h, i, len(t.args)))

    def conjoin(t: Term) -> str:
        if t.op != op:
            return proofs[t]
        return reduce(lambda b, a: f"(conj {a} {b})", [conjoin(a) for a in t.args][::-1])

    project(f, "h")
    return f"(fun h => {conjoin(g)})"


def eliminated(f: Term, g: Term) -> str:
    """A proof of f -> g for disjunctions, by cases."""
    if f.op != "or":
        return f"(fun h => {injected(f, g, 'h')})"
    return reduce(lambda b, a: f"(or_ind {a} {b})", [eliminated(a, g) for a in f.args][::-1])


def injected(f: Term, g: Term, h: str) -> str:
    """A proof of a disjunction by one of one of its parts, h; "" where it is none."""
    if g.op != "or":
        return h if g is f else ""
    for i, a in enumerate(g.args):
        if proof := injected(f, a, h):
            proof = f"(or_introl {proof})" if i < len(g.args) - 1 else proof
            return reduce(lambda p, _: f"(or_intror {p})", range(i), proof)
    return ""


def constants_in(op: str, f: Term) -> bool:
    """Whether True or False are among the parts that `op` joins."""
    return f.op in ("true", "false") or (f.op == op and any(constants_in(op, a) for a in f.args))


def around(t: Term) -> list[str]:
    """Names for the loose variables of a term."""
    return [f"_{i}" for i in range(t.loose)]
