"""Statements as a mathematician writes them: plain text and LaTeX, with definitions folded or
unfolded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from string import Formatter

from proofs.kernel import terms
from proofs.kernel.terms import R, Sort, Term, all_of, build, open_binder

# How tightly an operation binds: a part that binds less than its place asks for gets parentheses.
_ATOM, _POWER, _PRODUCT, _SUM, _RELATION, _NOT, _AND, _OR, _LOOSE = range(9, 0, -1)
# fmt: off
_TEXT = {
    "<=": "<=", ">=": ">=", "!=": "!=", "==": "=", "and": " and ", "or": " or ", "not": "not ",
    "implies": "{} implies {}", "forall": "for all {}: {}", "exists": "there is {} such that {}",
    "with": " with ", "in": " in ", "to": " -> ", "fun": "{} |-> {}", "true": "true",
    "false": "false", "times": " ", "comma": ", ", "inner": "{}.{}", "norm": "|{}|", "abs": "|{}|",
    "sqrt": "sqrt({})", "min": "min({})", "max": "max({})", "/": "{}/{}", "^": "{}^{}",
}
_LATEX = _TEXT | {
    "<=": r"\le", ">=": r"\ge", "!=": r"\ne", "and": r" \text{ and } ", "or": r" \text{ or } ",
    "not": r"\lnot ", "implies": r"{} \implies {}", "forall": r"\forall {}\colon\; {}",
    "exists": r"\exists {}\colon\; {}", "with": r" \text{{ with }} ", "in": r" \in ",
    "to": r" \to ", "fun": r"{} \mapsto {}", "true": r"\top", "false": r"\bot", "times": r" \, ",
    "comma": ",",
    "inner": r"\langle {},{} \rangle", "norm": r"\lVert {} \rVert",
    "abs": r"\lvert {} \rvert", "sqrt": r"\sqrt{{{}}}", "min": r"\min({})", "max": r"\max({})",
    "/": r"\frac{{{}}}{{{}}}", "^": "{}^{{{}}}",
}
OPENS, MEANS, CLOSES = "\ue000", "\ue001", "\ue002"  # around a notion: its number, its words
_NOTION = re.compile(f"{OPENS}\\d+{MEANS}|{CLOSES}")
# A formula may be broken behind these. Where an operator ends a line it is no sign of a number.
_BREAKS = re.compile(
    r" (?:\\text\{ (?:and|or|with) \}|\\implies|\\mapsto|\\[lgn]e|[-+<>=]) "
    r"|\\text\{[^{}]*\}|\\colon\\; |(?<!\\), "
)
GREEK_LETTERS = {
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
    "omega",
}
# fmt: on
_SETS = {"R": r"\mathbb{R}", "N": r"\mathbb{N}", "x": r"\times", "->": r"\to"}
_IN_TEXT = {c: f"\\{c}{{}}" for c in "_&%#${}"} | {
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


def text(statement: Term, unfold: bool = False) -> str:
    """Plain text; `unfold` writes defined notions out."""
    return _Printer(_TEXT, unfold).show(statement, _LOOSE)


def latex(statement: Term, unfold: bool = False) -> str:
    """LaTeX, without the dollar signs."""
    return _Printer(_LATEX, unfold).show(statement, _LOOSE)


Notion = tuple[str, str, str]  # how it reads, here in LaTeX, and what it means in LaTeX


def marked_latex(statement: Term, notions: list[Notion]) -> str:
    """LaTeX in which each notion is marked with its number in `notions`, to which it is added."""
    return _Printer(_LATEX, False, notions).show(statement, _LOOSE)


def unmarked(formula: str) -> str:
    """LaTeX without the marks."""
    return _NOTION.sub("", formula)


def pieces(formula: str) -> Iterator[str]:
    """The parts of a formula in LaTeX between the places where it may be broken."""
    start = 0
    for found in _BREAKS.finditer(formula):
        before = formula[: found.end()]
        if before.count("{") == before.count("}"):  # no place inside a fraction, an index, a root
            yield formula[start : found.end()]
            start = found.end()
    if start < len(formula):
        yield formula[start:]


def variables(block: Sequence[Term], in_latex: bool = False) -> str:
    """Symbols with their sorts: `w0, g in V, alpha in R, L: V -> R`."""
    style = _LATEX if in_latex else _TEXT
    groups: list[tuple[Sort, list[str]]] = []
    for v in block:
        if not groups or groups[-1][0] != v.sort:
            groups.append((v.sort, []))
        groups[-1][1].append(_name(v.data, style))
    sorts = [s.name for s, _ in groups]
    if in_latex:
        sorts = [re.sub(r"[RN]|x|->", lambda m: _SETS[m[0]], name) for name in sorts]
    joints = [": " if s.inputs else style["in"] for s, _ in groups]
    rows = zip([names for _, names in groups], joints, sorts, strict=True)
    return ", ".join(f"{', '.join(names)}{joint}{sort}" for names, joint, sort in rows)


def _name(name: str, style: dict[str, str]) -> str:
    stem, _, mark = name.partition("'")
    primes = (
        "" if mark.isdigit() else "'" * name.count("'")
    )  # the kernel's fresh symbols carry a number behind a prime
    if style is _TEXT:
        return stem + primes
    head, _, tail = stem.partition("_")
    letters = head.rstrip("0123456789")
    index = [head[len(letters) :]] if letters != head else []
    index += [rf"\mathrm{{{tail.replace('_', ' ')}}}"] if tail and tail != "star" else []
    letter = f"\\{letters}" if letters in GREEK_LETTERS else letters
    if len(letters) > 1 and letters not in GREEK_LETTERS:
        letter = rf"\mathrm{{{letters}}}"
    above = r"\star" * (tail == "star") + r"\prime" * len(primes)
    below = f"_{{{', '.join(index)}}}" if index else ""
    return letter + below + (f"^{{{above}}}" if above else "")


def _worded(reads: str, shown: dict[str, str]) -> str:
    """A notion in LaTeX: its words as text, and between them the formulas of its arguments."""
    written = []
    for words, name, _, _ in Formatter().parse(reads):
        escaped = "".join(_IN_TEXT.get(c, c) for c in words)
        written += [rf"\text{{{escaped}}}"] * bool(words) + ([shown[name]] if name else [])
    return "".join(written)


def _fraction(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number)
    sign = "-" if number < 0 else ""
    return rf"{sign}\frac{{{abs(number.numerator)}}}{{{number.denominator}}}"


class _Printer:
    def __init__(self, style: dict[str, str], unfold: bool, notions: list[Notion] | None = None):
        self.style, self.unfold, self.notions = style, unfold, notions

    def show(self, t: Term, place: int) -> str:
        """`t` as it stands in a place that asks for a given tightness."""
        written, tightness = self.write(t)
        return written if tightness >= place else f"({written})"

    def row(self, terms: Sequence[Term], place: int, separator: str = ", ") -> str:
        return separator.join(self.show(a, place) for a in terms)

    def write(self, t: Term) -> tuple[str, int]:
        s, a = self.style, t.args
        if t.op in ("symbol", "bound", "frame", "zero", "number", "true", "false"):
            names = {
                "bound": f"#{t.data}",
                "frame": f"e{t.data}" if s is _TEXT else f"e_{{{t.data}}}",
                "zero": "0",
                "number": str(t.data),
            }
            if t.op == "number" and s is _LATEX:
                names["number"] = _fraction(t.data)
            name = s[t.op] if t.op in ("true", "false") else names.get(t.op) or _name(t.data, s)
            return name, _ATOM if t.op != "number" or (
                t.data.denominator == 1 and t.data >= 0
            ) else _PRODUCT
        if t.op in ("norm", "abs", "sqrt", "min", "max"):
            return s[t.op].format(self.row(a, _LOOSE, s["comma"])), _ATOM
        if t.op == "apply":
            return f"{self.show(a[0], _ATOM)}({self.row(a[1:], _LOOSE, s['comma'])})", _ATOM
        if t.op == "inner":
            fenced = s is _LATEX
            sides = (self.show(x, _LOOSE if fenced else _ATOM) for x in a)
            return s["inner"].format(*sides), _ATOM if fenced else _POWER
        if t.op == "^":
            base = self.show(a[0], _ATOM)
            base = f"{{{base}}}" if s is _LATEX and "^" in base else base
            return s["^"].format(base, t.data), _POWER
        if t.op == "/":
            loose = s is _LATEX
            return s["/"].format(
                *(self.show(x, _LOOSE if loose else _POWER) for x in a)
            ), _ATOM if loose else _PRODUCT
        if t.op in ("*", "scale"):
            return self._product(t)
        if t.op == "+":
            parts = [self.show(x, _PRODUCT) for x in a]
            return parts[0] + "".join(
                f" - {p[1:]}" if p.startswith("-") else f" + {p}" for p in parts[1:]
            ), _SUM
        if t.op in ("<", "<=", ">", ">=", "==", "!="):
            return f"{self.show(a[0], _SUM)} {s.get(t.op, t.op)} {self.show(a[1], _SUM)}", _RELATION
        if t.op == "and":
            return s["and"].join(self._conjuncts(a)), _AND
        if t.op == "or":
            return self.row(a, _AND, s["or"]), _OR
        if t.op == "not":
            return s["not"] + self.show(a[0], _NOT), _NOT
        if t.op == "implies":
            return s["implies"].format(self.show(a[0], _AND), self.show(a[1], _LOOSE)), _LOOSE
        if t.op == "defined":
            reads, *names = t.data
            if self.unfold:
                return self.write(a[0])
            shown = {n: self.show(x, _SUM) for n, x in zip(names, a[1:], strict=True)}
            written = _worded(reads, shown) if s is _LATEX else reads.format(**shown)
            return self._marked(t, reads, written), _NOT
        return self._binder(t)

    def _marked(self, t: Term, reads: str, written: str) -> str:
        if self.notions is None:
            return written
        notion = (reads, unmarked(written), self.show(t.args[0], _LOOSE))
        if notion not in self.notions:
            self.notions.append(notion)
        return f"{OPENS}{self.notions.index(notion)}{MEANS}{written}{CLOSES}"

    def _conjuncts(self, parts: Sequence[Term]) -> list[str]:
        """The parts of a conjunction; a lower and an upper bound that stand together become a < x <
        b.
        """
        written, rest, turned = list[str](), list(parts), {">": "<", ">=": "<="}
        while rest:
            first = rest.pop(0)
            if (
                first.op in turned
                and rest
                and rest[0].op in ("<", "<=")
                and rest[0].args[0] is first.args[0]
            ):
                low, x, high = (
                    self.show(b, _SUM) for b in (first.args[1], first.args[0], rest[0].args[1])
                )
                lower, upper = (self.style.get(op, op) for op in (turned[first.op], rest.pop(0).op))
                written.append(f"{low} {lower} {x} {upper} {high}")
            else:
                written.append(self.show(first, _NOT))
        return written

    def _product(self, t: Term) -> tuple[str, int]:
        factor, *vector = t.args if t.op == "scale" else (t,)
        factors = [*(factor.args if factor.op == "*" else (factor,)), *vector]
        coefficient = factors.pop(0).data if factors[0].op == "number" else Fraction(1)
        numerator, denominator = abs(coefficient.numerator), coefficient.denominator
        place = _ATOM if vector else _POWER  # (u.v) w, and alpha u.v
        parts = [str(numerator)] * (numerator != 1) + [
            self.show(f, place if f.op == "inner" else _POWER) for f in factors
        ]
        written = self.style["times"].join(parts)
        if denominator != 1:
            written = (
                self.style["/"].format(written, denominator)
                if self.style is _LATEX
                else f"{written} / {denominator}"
            )
        return ("-" if coefficient < 0 else "") + written, _PRODUCT

    def _binder(self, t: Term) -> tuple[str, int]:
        # A run of equal quantifiers is one block; a bound name that is taken inside gets a prime.
        bound, body = list[Term](), t
        while body.op == t.op and (t.op != "fun" or not bound):
            declared = zip(t.data, t.sort.inputs, strict=True) if t.op == "fun" else [body.data]
            for stem, sort in declared:
                name = stem
                while name in {v.data for v in (*body.free, *bound)}:
                    name += "'"
                bound.append(build("symbol", sort, data=name))
            body = body.args[0]
        body = open_binder(body, tuple(bound if t.op == "fun" else bound[::-1]))
        if t.op == "fun":
            return self.style["fun"].format(self.row(bound, _ATOM), self.show(body, _LOOSE)), _LOOSE
        plain = all(v.sort == R for v in bound)
        head = (
            ", ".join(_name(v.data, self.style) for v in bound)
            if plain
            else variables(bound, self.style is _LATEX)
        )
        if t.op == "forall" and body.op == "implies":
            head, body = (
                head + self.style["with"].format() + self.show(body.args[0], _AND),
                body.args[1],
            )
        first = body.args[0] if body.op == "and" else body
        if (
            t.op == "exists"
            and plain
            and len(bound) == 1
            and first.op in (">", ">=", "!=")
            and first.args[0] is bound[0]
            and body.op == "and"
        ):
            head, body = self.show(first, _RELATION), all_of(*body.args[1:])
        return self.style[t.op].format(head, self.show(body, _LOOSE)), _LOOSE


terms.printer = text
