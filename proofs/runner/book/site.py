"""The book as files: the chapters of a run, and what stands in the project, put into templates."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import proofs
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from proofs import axioms
from proofs.kernel import KernelError, Theorem
from proofs.runner.book.chapters import Chapter
from proofs.runner.book.mapping import drawn, map_of
from proofs.runner.book.figures import step_and_tangent, walk_downhill
from proofs.runner.book.prose import ROOMS, Prose, anchor_of
from proofs.runner.book.references import (
    Thing, modules_in, path_of, rests_on, source,
)  # fmt: skip
from proofs.runner.book.typesetting import mathml
from proofs.runner.guards import HOME
from proofs.runner.printing import latex, unmarked
from proofs.runner.pages import ARTICLES
from proofs.runner.update import QUESTION, README, SENTENCE
from proofs.witnesses import ParticularLoss

FIGURES = {"walk-downhill": walk_downhill(), "one-step": step_and_tangent()}  # that article A shows
LARGEST_PAGE, LARGEST_BOOK = 300_000, 15_000_000  # bytes
KINDS = {
    "exact": "exact algebra and logic",
    "certificate": "an exact certificate, replayed",
    "solver": "z3 derives it; there is no certificate yet",
    "witness": "an exact witness",
    "enclosure": "ball arithmetic on a box",
    "search": "a search that found no counterexample",
    "fails": "fails",
}
VERDICTS = {
    "HOLDS": "as the article says it",
    "HOLDS_IF": "more is assumed than the article says",
    "FAILS": "as the article says it",
    "DEFINITION": "introduces something; what it needs to make sense is proved",
    "NO VERDICT": "nothing is claimed here",
}


def make_folder(folder: Path) -> None:
    """Makes the folder of a book; KernelError unless it is new or empty, and can be written to."""
    if folder.exists() and not folder.is_dir():
        raise KernelError(f"{folder} is a file; name a folder for the book")
    if folder.exists() and any(folder.iterdir()):
        raise KernelError(f"{folder} is not empty: the book is written into a new or empty folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as error:
        raise KernelError(f"{folder} cannot be written: {error.strerror}") from None


def write_book(folder: Path, chapters: Sequence[Chapter]) -> int:
    """Writes the book of these chapters, or, where one cannot be typeset, nothing; the number of
    its bytes. KernelError where that is too large to be read with pleasure.
    """
    make_folder(folder)
    files = {n: t.encode() for n, t in pages(sorted(chapters, key=lambda c: c["id"]))}
    for name, text in files.items():
        (folder / name).write_bytes(text)
    sizes = {f"{c['id']}.html": (len(files[f"{c['id']}.html"]), LARGEST_PAGE) for c in chapters}
    sizes["the book"] = size, _ = sum(map(len, files.values())), LARGEST_BOOK
    for name, (found, most) in sizes.items():
        if found > most:
            raise KernelError(f"{name} has {found:,} bytes, of at most {most:,}")
    return size


def pages(chapters: Sequence[Chapter]) -> Iterator[tuple[str, str]]:
    """The files of the book: their names and their texts."""
    style = Path(__file__).with_name("templates") / "style.css"
    yield "style.css", style.read_text(encoding="utf-8")
    made = _Book(chapters)
    for name, template, given in made.sections:
        yield f"{name}.html", made.render(template, name, **given)
    yield "everything.html", made.on_one_page()
    for chapter in chapters:
        for block in chapter["blocks"]:
            if drawing := block.get("picture"):
                yield f"{chapter['id']}-{block['name']}.svg", drawing["svg"]
    for name, drawing in FIGURES.items():
        yield f"{name}.svg", drawing["svg"]
    yield "map.svg", drawn(map_of(chapters))


class _Book:
    """What the templates are given."""

    def __init__(self, chapters: Sequence[Chapter]):
        self.chapters = chapters
        self.articles = {c["id"][0]: HOME / c["folder"] / "CONTENTS.md" for c in chapters}
        self.articles = {letter: p for letter, p in self.articles.items() if p.exists()}
        self.users = users(chapters)
        self.readings = {
            notion["reads"]: (chapter["id"], notion)
            for chapter in reversed(chapters)
            for notion in reversed(chapter["notions"])
        }
        self.proved = {name: told for c in reversed(chapters) for name, told in c["lemmas"].items()}
        self.defined = {
            reads: name for name, node in functions("definitions") for reads in reading(node)
        }

    @cached_property
    def on_pages(self) -> Environment:
        """The words, on a page each."""
        return self.environment(on_one_page=False)

    def environment(self, on_one_page: bool) -> Environment:
        """Jinja with the words of the book: `inline`, `math`, `link`, ..."""
        prose = Prose((c["id"] for c in self.chapters), self.articles, on_one_page)
        made = Environment(
            loader=PackageLoader("proofs.runner.book"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        made.filters |= {"inline": prose.inline, "paragraphs": prose.paragraphs, "math": mathml}
        made.filters |= {"unmarked": unmarked, "plain": Prose((), ()).inline}
        made.globals |= {
            "link": prose.link,
            "thing": lambda module, name: self.address(prose, Thing(module, name)),
            "defined": lambda reads: self.defined.get(reads, ""),
            "markdown": prose.of_markdown,
            "articles": {letter: title_of(path) for letter, path in self.articles.items()},
            "kinds": KINDS,
            "verdicts": VERDICTS,
            "on_one_page": on_one_page,
        }
        return made

    def render(self, template: str, name: str, **given: Any) -> str:
        """A page of its own."""
        made = self.on_pages.get_template("page.html")
        page: str = made.render(content=f"{template}.html", name=name, **given)
        return page

    def on_one_page(self) -> str:
        """All pages on one, to be printed."""
        made = self.environment(on_one_page=True)
        sections = [
            {"name": name, "html": Markup(made.get_template(f"{template}.html").render(given))}
            for name, template, given in self.sections
        ]
        everything = made.get_template("everything.html")
        page: str = everything.render(sections=sections, title="Everything on one page")
        return page

    def address(self, prose: Prose, thing: Thing) -> str:
        """Where the book has a step, a lemma, a loss, an axiom or a notion; nowhere, if it not."""
        if thing.room == "pages":
            there = thing.page in prose.claims
            return prose.link(thing.page, f"{thing.page}-{thing.name}") if there else ""
        return prose.link(thing.room, f"{thing.module}.{thing.name}") if thing.room in ROOMS else ""

    @cached_property
    def sections(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Each page: its name, its template, what it is given."""
        return list(self.each_section())

    def each_section(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """The pages, in order."""
        counts = {
            letter: Counter(c["verdict"] for c in self.chapters if c["id"][0] == letter)
            for letter in sorted({c["id"][0] for c in self.chapters})
        }
        front: dict[str, Any] = {
            "title": "Does gradient descent work?",
            "argument": proofs.__doc__ or "",
        }
        front |= {"questions": section("Questions that people ask"), "folder": README.parent}
        yield "index", "index", front | {"chapters": self.chapters, "counts": counts}
        yield "map", "map", {"title": "What rests on what", "needs": map_of(self.chapters)}
        for i, chapter in enumerate(self.chapters):
            around = [*self.chapters[max(i - 1, 0) : i], *self.chapters[i + 1 : i + 2]]
            title = f"{chapter['id']}. {chapter['title']}"
            yield chapter["id"], "chapter", {"chapter": chapter, "title": title, "around": around}
        for letter, path in self.articles.items():
            text = path.read_text(encoding="utf-8")
            rows = (SENTENCE if letter in ARTICLES else QUESTION).findall(text)
            given = {
                "title": title_of(path),
                "figures": FIGURES if letter == "a" else {},
                "intro": text.split("\n\n")[1],
                "heads": re.split(r" *\| *", text.split("\n\n")[2].splitlines()[0].strip("| ")),
                "rows": rows,
            }
            here = {"anchor_of": anchor_of, "folder": path.parent}
            yield f"article-{letter}", "article", given | here
        yield "definitions", "definitions", {"title": "Definitions", "notions": [*self.notions()]}
        yield "axioms", "axioms", {"title": "Axioms", "axioms": [*self.axioms()]}
        for room in ("lemmas", "losses", "background"):
            modules = [*self.modules(room)]
            doc = import_module(f"proofs.{room}").__doc__ or ""
            given = {"title": room.capitalize(), "intro": doc.split("\n\n")[0], "modules": modules}
            yield room, "room", given
        assumptions = (HOME / "ASSUMPTIONS.md").read_text(encoding="utf-8").split("\n", 1)
        given = {"title": assumptions[0].strip("# "), "text": assumptions[1], "folder": HOME}
        yield "assumptions", "text", given
        trusted = section("How to read a page") + "\n\n## What is trusted\n\n"
        trusted += section("What is trusted")
        given = {"title": "How to read a page, and what is trusted", "folder": README.parent}
        yield "trusted", "text", given | {"text": trusted}

    def notions(self) -> Iterator[dict[str, Any]]:
        """The notions of `definitions`, each as some claim has it, and with those that use it."""
        for name, node in functions("definitions"):
            reads = reading(node)
            example = self.readings.get(reads[0]) if reads else None
            given = self.entry("definitions", name, node)
            yield given | {"reads": reads[0] if reads else "", "example": example}

    def axioms(self) -> Iterator[dict[str, Any]]:
        """The axioms, with their formulas."""
        for name, node in functions("axioms"):
            theorem = getattr(axioms, name)()
            assert isinstance(theorem, Theorem)
            yield self.entry("axioms", name, node) | {"latex": latex(theorem.goal)}

    def modules(self, room: str) -> Iterator[dict[str, Any]]:
        """The modules of a room, with what each offers."""
        for module in modules_in(room):
            made = import_module(f"proofs.{module}")
            entries = [self.entry(module, name, node) for name, node in functions(module)]
            for name, node in source(module).made.items():
                loss = getattr(made, name)
                if room == "losses" and isinstance(loss, ParticularLoss):
                    shown = {"latex": latex(loss.value), "gradient": latex(loss.gradient)}
                    entries.append(self.entry(module, name, node) | shown)
            doc = ast.get_docstring(ast.parse(path_of(module).read_text(encoding="utf-8"))) or ""
            yield {"name": module.partition(".")[2], "doc": doc, "entries": entries}

    def entry(self, module: str, name: str, node: ast.stmt) -> dict[str, Any]:
        """A function or a loss: its words, its code, what it rests on and what uses it."""
        lines = path_of(module).read_text(encoding="utf-8").splitlines()
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
        thing, doc = Thing(module, name), ""
        if isinstance(node, ast.FunctionDef):
            doc = ast.get_docstring(node) or ""
        elif lines[first - 2].startswith("# "):
            doc = lines[first - 2][2:]
        return {
            "module": module,
            "name": name,
            "doc": doc,
            "code": "\n".join(lines[first - 1 : node.end_lineno]),
            "rests": [(t.module, t.name) for t in rests_on(thing)],
            "users": [(t.module, t.name) for t in self.users[thing]],
            "latex": "",
            "gradient": "",
            "proved": self.proved.get(f"{module}.{name}"),
            "general": isinstance(node, ast.FunctionDef) and not node.args.args,
        }


def users(chapters: Sequence[Chapter]) -> dict[Thing, list[Thing]]:
    """What names each thing: the steps and claims of these chapters, the lemmas, the losses."""
    found = defaultdict[Thing, list[Thing]](list)
    for chapter in chapters:
        module = f"{chapter['folder']}.{chapter['file'].removesuffix('.py')}"
        for block in chapter["blocks"]:
            for reason in block.get("rests", ()):
                found[Thing(*reason)].append(Thing(module, block["name"]))
    for room in ("lemmas", "losses", "background"):
        for module in modules_in(room):
            for name, _ in functions(module):
                for reason in rests_on(Thing(module, name)):
                    found[reason].append(Thing(module, name))
    return found


def functions(module: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The public functions that a module makes."""
    for name, node in source(module).made.items():
        if isinstance(node, ast.FunctionDef) and not name.startswith("_"):
            yield name, node


def reading(node: ast.FunctionDef) -> list[str]:
    """How a notion reads, if the function is one: `@definition("{loss} is convex")`."""
    calls = [d for d in node.decorator_list if isinstance(d, ast.Call)]
    return [str(a.value) for d in calls for a in d.args if isinstance(a, ast.Constant)]


def title_of(contents: Path) -> str:
    """The title of an article, or of a chapter, from its page of contents."""
    first, _, rest = contents.read_text(encoding="utf-8").partition("\n")
    named = re.search(r"\*(.+?)\*", rest)
    return f"{first.strip('# ').split(',')[0]}: {named[1]}" if named else first.strip("# ")


def section(heading: str) -> str:
    """A section of the README, without its heading."""
    text = README.read_text(encoding="utf-8")
    found = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE
    )
    if not found:
        raise KernelError(f"{README} has no section {heading!r}, which the book shows")
    return found[1].strip()
