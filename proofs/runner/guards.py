"""What a proof page, and the lemmas it stands on, may not say: each is read as syntax, not run."""

from __future__ import annotations

import ast
import builtins
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

import strategies
from proofs import prelude
from proofs.kernel import KernelError

HOME = Path(__file__).parent.parent
PREFIXES = (
    "identity_", "inequality_", "enclosure_", "search_", "counterexample_", "inhabited_",
    "theorem_",
)  # fmt: skip
LANGUAGE = frozenset(prelude.__all__)  # no page and no lemma may bind one of these names

# Where names may be imported from, and which; None: any name that is made there.
_PAGE: dict[str, set[str] | None] = {
    "proofs.prelude": {"*"},
    "proofs.balls.boxes": {"descends", "linearizes"},
    "proofs.balls.arithmetic": {"exp", "log_cosh", "sigmoid", "sin", "softplus"},
    "strategies": set(strategies.__all__),
}
_LEMMA = _PAGE | {
    "proofs.claims": {"Witness"},
    "proofs.witnesses": {"ParticularLoss", "particular"},
    "proofs.balls.arithmetic": {"exp", "log", "number", "softplus", "tanh"},
    "proofs.axioms": None,
    "__future__": {"annotations"},
    "collections.abc": {"Callable", "Collection", "Iterable", "Mapping", "Sequence"},
    "functools": {"cache", "reduce"},
    "itertools": {"product"},
    "math": {"comb", "factorial"},
    "operator": {"add", "mul"},
    "typing": {"Any"},
}
_LEMMAS = re.compile(r"proofs\.(lemmas|losses|background)(\.\w+)+")
_PAGES = re.compile(r"proofs\.([a-z])_\w+\.(\1\d\d)_\w+")
_BUILTINS = {
    "abs", "all", "any", "bool", "dict", "enumerate", "frozenset", "int", "isinstance", "len",
    "list", "map", "max", "min", "next", "range", "reversed", "set", "sorted", "str", "sum",
    "tuple", "zip",
}  # fmt: skip
_REFUSED_BUILTINS = vars(builtins).keys() - _BUILTINS - LANGUAGE
_STATEMENTS = (
    ast.ClassDef, ast.AsyncFunctionDef, ast.Try, ast.TryStar, ast.Assert, ast.Global, ast.Nonlocal,
    ast.Delete, ast.With, ast.Match, ast.NamedExpr,
)  # fmt: skip


def functions_in(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions of a module."""
    return [f for f in tree.body if isinstance(f, ast.FunctionDef)]


def steps_in(tree: ast.Module) -> list[str]:
    """The names of those without arguments, which on a page are its steps."""
    return [f.name for f in functions_in(tree) if not ast.unparse(f.args)]


def check_module(path: str, source: str, page: str = "") -> list[str]:
    """The names of the steps of a proof module, in order; KernelError at what it may not hold.

    `page` is the number of a page, such as a11, and empty for a lemma. On a page a function without
    arguments is a step. The error names the file and the line.
    """
    try:
        tree = parsed(source)
    except SyntaxError as error:
        raise KernelError(f"{path}, line {error.lineno}: not Python: {error.msg}") from None
    nodes = [node for node in ast.walk(tree) if not isinstance(node, ast.expr_context)]
    for node in nodes:
        if wrong := next(_wrong(node, page), None):
            raise KernelError(f"{path}, line {getattr(node, 'lineno', 1)}: {wrong}")
    functions, steps = functions_in(tree), steps_in(tree)
    for f in nodes:
        step = isinstance(f, ast.FunctionDef) and f.name.startswith(PREFIXES)
        if page and step and f not in functions:
            where = f"{path}, line {getattr(f, 'lineno', 1)}: {getattr(f, 'name', '')}"
            raise KernelError(f"{where} is a step inside another statement: nothing would run it")
    check_notions(path, tree, nodes)
    imports = [i for i in nodes if isinstance(i, ast.ImportFrom)]
    if inside := [i for i in imports if i not in tree.body]:
        raise KernelError(f"{path}, line {inside[0].lineno}: an import inside another statement")
    imported = {a.asname or a.name for i in imports for a in i.names}
    for i, f in enumerate(functions):
        where = f"{path}, line {f.lineno}: {f.name}"
        if page and f.name.startswith(PREFIXES) != (f.name in steps):
            begins = f"A step takes no arguments and begins with {', '.join(PREFIXES)}"
            raise KernelError(f"{where} is a step, or is it? {begins}")
        if not ast.get_docstring(f):
            raise KernelError(f"{where} has no docstring that says the mathematics")
        if f.name in imported or any(g.name == f.name for g in functions[:i]):
            raise KernelError(f"{where} stands twice; the second would hide the first")
    if page:
        check_straight(path, tree)
    return steps


def check_straight(path: str, tree: ast.Module) -> None:
    """KernelError unless what a page states is there once, whatever happens."""
    stated = set[str]()
    for node in tree.body:
        if isinstance(node, ast.If | ast.For | ast.While):
            told = f"`{type(node).__name__.lower()}` outside a function: nobody sees what is stated"
            raise KernelError(f"{path}, line {node.lineno}: {told}")
        named = {name for part in _targets(node) for name in _bound(part)}
        if twice := sorted(named & stated):
            told = f"{twice[0]} stands twice; the second would hide the first"
            raise KernelError(f"{path}, line {node.lineno}: {told}")
        stated |= named


_NOTIONS: dict[str, str] = {}  # where each notion is made, by its words


def check_notions(path: str, tree: ast.Module, nodes: Iterable[ast.AST]) -> None:
    """KernelError unless each notion has words of its own, which show each of its arguments.

    `nodes` are those of the tree.
    """
    made = [f for f in tree.body if isinstance(f, ast.FunctionDef) and _words(f)]
    used = sum(isinstance(n, ast.Name) and n.id == "definition" for n in nodes)
    if used != len(made):
        raise KernelError(f"{path}: `definition` decorates a function, with its words in quotes")
    for f in made:
        where, pieces = f"{path}: {f.name}", list(Formatter().parse(_words(f)))
        shown = {name for _, name, _, _ in pieces if name is not None}
        arguments = {a.arg for a in ast.walk(f.args) if isinstance(a, ast.arg)}
        if any(spec or conversion for _, _, spec, conversion in pieces) or shown != arguments:
            told = f"its words show {', '.join(sorted(shown))}, not {', '.join(sorted(arguments))}"
            raise KernelError(f"{where} is a notion whose words hide what it is about: {told}")
        words = "{}".join(literal for literal, *_ in pieces).strip()
        if not words.isascii() or words != " ".join(words.split()):
            raise KernelError(f"{where} has words that may read like another's: {words!r}")
        if _NOTIONS.setdefault(words, where) != where:
            raise KernelError(f"{where} reads like {_NOTIONS[words]}: two notions, the same words")


def _words(f: ast.FunctionDef) -> str:
    """The words of a notion, or nothing."""
    for d in f.decorator_list:
        made = d.args if isinstance(d, ast.Call) and ast.unparse(d.func) == "definition" else []
        words = made[0] if len(made) == 1 else None
        if isinstance(words, ast.Constant) and type(words.value) is str:
            return words.value
    return ""


@lru_cache(maxsize=8)  # a module, and those that it imports, are soon read again; trees are large
def parsed(source: str) -> ast.Module:
    """A source as a tree, which nobody alters."""
    return ast.parse(source)


def _wrong(node: ast.AST, page: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        home = "write `from proofs.prelude import *`, or import names from a lemma"
        yield f"`import {node.names[0].name}`; {home}"
    if isinstance(node, ast.ImportFrom):
        yield from _wrong_import(node, page)
    if isinstance(node, ast.Attribute):
        if node.attr.startswith("_") or not isinstance(node.ctx, ast.Load):
            yield f"{node.attr!r}: an attribute that is private, or set from outside"
        if re.match(r"(gi|cr|ag|tb|f|co|func)_", node.attr):
            yield f"{node.attr!r}: an attribute of Python's own machinery"
        if page and node.attr in ("map", "filter", "flatmap"):
            yield f"`.{node.attr}` alters what a search draws: draw from `strategies` as it is"
        if page and node.attr == "args":
            yield "`.args` picks into a formula: name the part when it is built"
    if page and isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        yield "an item is set from outside"
    for name in _bound(node):
        if name in LANGUAGE or (name.startswith("_") and name != "_" and page):
            yield f"{name} hides a name of the prelude, or a private one"
        stated = isinstance(node, ast.FunctionDef | ast.ImportFrom)
        if page and name.startswith(PREFIXES) and not stated:
            yield f"{name} is the name of a step, and is given to something else"
    if isinstance(node, ast.Name) and (node.id in _REFUSED_BUILTINS or node.id.startswith("__")):
        yield f"{node.id} has no place in a proof"
    if page and isinstance(node, ast.Name) and node.id == "definition":
        yield "a notion is made in proofs/definitions.py, where all that use its words find it"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sort":
        yield "a sort of its own could read like another: there are R, N, V and their functions"
    if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
        yield f"the float {node.value!r} where a number belongs; write Fraction(1, 10)"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.Pow):
        sides = [s.operand if isinstance(s, ast.UnaryOp) else s for s in (node.left, node.right)]
        if isinstance(node.op, ast.Div) and all(isinstance(s, ast.Constant) for s in sides):
            exact = f"Fraction({ast.unparse(node.left)}, {ast.unparse(node.right)})"
            yield f"{ast.unparse(node)} is a float; write {exact}"
    if isinstance(node, ast.Dict):
        keys = Counter(ast.dump(k) for k in node.keys if k)
        if keys and max(keys.values()) > 1:
            yield "two entries of a dictionary under one name; the second would hide the first"
    decorated = page and isinstance(node, ast.FunctionDef) and node.decorator_list
    if isinstance(node, _STATEMENTS) or decorated:
        yield f"{type(node).__name__}: a step is a plain function that returns its theorem"


def _wrong_import(node: ast.ImportFrom, page: str) -> Iterator[str]:
    home, offered = node.module or "", _PAGE if page else _LEMMA
    other = _PAGES.fullmatch(home)
    if node.level or not (home in offered or _LEMMAS.fullmatch(home) or (page and other)):
        yield f"import from {home or 'a relative place'}; no solver, no other library in a proof"
        return
    if other and other[2] >= page:
        yield f"import of {other[2]}, a later page; {page} may build on earlier ones"
    named = offered.get(home)
    allowed = made_there(home) if named is None else named
    for name in (a.name for a in node.names):
        if name.startswith("_") or name not in allowed:
            yield f"{name} is no public name of {home}"
        if other and not name.startswith(PREFIXES):
            yield f"{name} of {other[2]}: a page takes theorems of another page, not its symbols"
        if name in LANGUAGE:
            yield f"{name} comes from {home} and hides a name of the prelude"


@cache
def made_there(module: str) -> frozenset[str]:
    """The public names that a module of this project makes itself, not those that it imports."""
    path = HOME.joinpath(*module.split(".")[1:]).with_suffix(".py")
    if not path.exists():
        return frozenset()
    body = parsed(path.read_text(encoding="utf-8")).body
    made = [name for node in body for part in _targets(node) for name in _bound(part)]
    return frozenset(name for name in made if not name.startswith("_"))


def _targets(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node
    if isinstance(node, ast.Assign | ast.AnnAssign):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            yield from ast.walk(target)


def _bound(node: ast.AST) -> list[str]:
    """The names that a node binds."""
    if isinstance(node, ast.Name):
        return [] if isinstance(node.ctx, ast.Load) else [node.id]
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.ImportFrom):
        return [a.asname for a in node.names if a.asname]
    return [node.arg] if isinstance(node, ast.arg) else []
