"""What a proof page, and the lemmas it stands on, may not say: each is read as syntax before it is
imported.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from proofs.kernel import KernelError

PREFIXES = (
    "identity_",
    "inequality_",
    "enclosure_",
    "search_",
    "counterexample_",
    "inhabited_",
    "theorem_",
)

# Where names may be imported from, and which; None: any public name.
_PAGE: dict[str, set[str] | None] = {
    "proofs.claims": {"Claim"},
    "proofs.definitions": None,
    "proofs.balls.boxes": {"descends", "linearizes"},
    "proofs.balls.arithmetic": {"exp", "log_cosh", "sigmoid", "sin", "softplus"},
    "fractions": {"Fraction"},
}
_LEMMA = _PAGE | {
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
_FOLDERS = re.compile(r"proofs\.(lemmas|losses|background|[a-z]_\w+)(\.\w+)+|strategies(\.\w+)?")
_NAMES = {
    "setattr", "delattr", "getattr", "globals", "locals", "vars", "exec", "eval", "compile", "open", "object", "type",
    "super", "float", "complex",
}  # fmt: skip
_STATEMENTS = (
    ast.ClassDef, ast.AsyncFunctionDef, ast.Try, ast.TryStar, ast.Assert, ast.Global, ast.Nonlocal, ast.Delete,
    ast.With, ast.Match, ast.NamedExpr,
)  # fmt: skip


def check_module(path: str, source: str, public: frozenset[str], page: bool = True) -> list[str]:
    """The names of the steps of a proof module, in order; raises KernelError at what it may not
    hold.

    `public` are the names that the kernel offers to proof modules. On a `page` (not in a lemma) a
    function without arguments is a step.
    """
    try:
        tree = ast.parse(source, path)
    except SyntaxError as error:
        raise KernelError(f"{path}, line {error.lineno}: not Python: {error.msg}") from None
    for node in ast.walk(tree):
        if wrong := next(_wrong(node, public, page), None):
            raise KernelError(f"{path}, line {getattr(node, 'lineno', 1)}: {wrong}")
    functions = [f for f in tree.body if isinstance(f, ast.FunctionDef)]
    steps = [f.name for f in functions if not ast.unparse(f.args)]
    for f in ast.walk(tree):
        where = f"{path}, line {getattr(f, 'lineno', 1)}: {getattr(f, 'name', '')}"
        if (
            page
            and isinstance(f, ast.FunctionDef)
            and f.name.startswith(PREFIXES)
            and f not in functions
        ):
            raise KernelError(
                f"{where} is a step inside another statement, where nothing would run it"
            )
    imported = {
        a.asname or a.name for i in ast.walk(tree) if isinstance(i, ast.ImportFrom) for a in i.names
    }
    for f in functions:
        where = f"{path}, line {f.lineno}: {f.name}"
        if page and f.name.startswith(PREFIXES) != (f.name in steps):
            raise KernelError(
                f"{where} is a step, or is it? A step takes no arguments and begins with {', '.join(PREFIXES)}"
            )
        if not ast.get_docstring(f):
            raise KernelError(f"{where} has no docstring that says the mathematics")
        if Counter(g.name for g in functions)[f.name] > 1 or f.name in imported:
            raise KernelError(f"{where} stands twice; the second would hide the first")
    return steps


def _wrong(node: ast.AST, public: frozenset[str], page: bool) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield f"`import {node.names[0].name}`; import names from proofs.kernel, proofs.definitions, proofs.lemmas, ..."
    if isinstance(node, ast.ImportFrom):
        yield from _wrong_import(node, public, page)
    if isinstance(node, ast.Attribute):
        if node.attr.startswith("_") or not isinstance(node.ctx, ast.Load):
            yield f"{node.attr!r}: an attribute that is private, or set from outside"
        if re.match(r"(gi|cr|ag|tb|f|co|func)_", node.attr):
            yield f"{node.attr!r}: an attribute of Python's own machinery"
    if page and isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        yield "an item is set from outside"
    for name in _bound(node):
        if name in public or (name.startswith("_") and name != "_" and page):
            yield f"{name} hides a name of the kernel, or a private one"
        if (
            page
            and name.startswith(PREFIXES)
            and not isinstance(node, ast.FunctionDef | ast.ImportFrom)
        ):
            yield f"{name} is the name of a step, and is given to something else"
    if isinstance(node, ast.Name) and (node.id in _NAMES or node.id.startswith("__")):
        yield f"{node.id} has no place in a proof"
    if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
        yield f"the float {node.value!r} where a number belongs; write Fraction(1, 10)"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.Pow):
        sides = [s.operand if isinstance(s, ast.UnaryOp) else s for s in (node.left, node.right)]
        if isinstance(node.op, ast.Div) and all(isinstance(s, ast.Constant) for s in sides):
            yield f"{ast.unparse(node)} is a float; write Fraction({ast.unparse(node.left)}, {ast.unparse(node.right)})"
    if isinstance(node, ast.Dict):
        keys = Counter(ast.dump(k) for k in node.keys if k)
        if keys and max(keys.values()) > 1:
            yield "two entries of a dictionary under one name; the second would hide the first"
    if isinstance(node, _STATEMENTS) or (
        page and isinstance(node, ast.FunctionDef) and node.decorator_list
    ):
        yield f"{type(node).__name__}: a step is a plain function that returns its theorem"


def _wrong_import(node: ast.ImportFrom, public: frozenset[str], page: bool) -> Iterator[str]:
    home, offered = node.module or "", _PAGE if page else _LEMMA
    known = home == "proofs.kernel" or home in offered or _FOLDERS.fullmatch(home)
    if node.level or not known:
        yield f"import from {home or 'a relative place'}; no solver and no other library belongs in a proof"
    allowed = public if home == "proofs.kernel" else offered.get(home)
    for name in (a.name for a in node.names):
        if (
            name.startswith("_")
            or name in ("*", "axiom")
            or (allowed is not None and name not in allowed)
        ):
            yield f"{name} is no public name of {home}"
        if name in public and home != "proofs.kernel":
            yield f"{name} comes from {home} and hides a name of the kernel"


def _bound(node: ast.AST) -> list[str]:
    """The names that a node binds."""
    if isinstance(node, ast.Name):
        return [] if isinstance(node.ctx, ast.Load) else [node.id]
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    if isinstance(node, ast.ImportFrom):
        return [a.asname for a in node.names if a.asname]
    return [node.arg] if isinstance(node, ast.arg) else []
