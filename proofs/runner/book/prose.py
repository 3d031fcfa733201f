"""Words as HTML: docstrings, and the Markdown of the README and of the articles' contents, with
links to the claims and sentences that they name. In formulas, powers are raised, numbers of letters
lowered, and signs and Greek letters are what their names say.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unicodedata import lookup

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from proofs.runner.guards import HOME
from proofs.runner.printing import GREEK_LETTERS

GREEK = {
    name: lookup(f"GREEK SMALL LETTER {name.replace('lambda', 'lamda').upper()}")
    for name in sorted(GREEK_LETTERS)
}
SIGNS = {
    "<=": "\u2264",
    ">=": "\u2265",
    "!=": "\u2260",
    "-": "\u2212",
    "|->": "\u21a6",
    "|-": "\u22a2",
}
MARKED = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*"
    r"|\b(?P<claim>[a-z]\d\d)\b|\b(?P<sentence>[A-Z]:\d\d)\b"
    r"|\^(?P<power>-?\w+|\([^()]+\))|(?P<sign>\|->|(?<=\s)\|-(?=\s)|[<>!]="
    r"|(?<!\S)-(?=\s)|(?<![\w-])-(?=[\w(|]))"
    rf"|\b(?!z3\b)(?P<letter>[A-Za-z]|{'|'.join(GREEK)})(?P<index>_star|_\w|\d?)(?!\w)",
    re.DOTALL,
)
ROOMS = ("definitions", "axioms", "lemmas", "losses", "background")


class Prose:
    """Words with links inside a book: of these claims and articles, on a page each or on one."""

    def __init__(self, claims: Iterable[str], articles: Iterable[str], on_one_page: bool = False):
        self.claims, self.articles, self.on_one_page = set(claims), set(articles), on_one_page
        self.markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
        self.markdown.renderer.rules["text"] = self._text

    def link(self, page: str, anchor: str = "") -> str:
        """The address of a page of the book, or of a place on it."""
        if self.on_one_page:
            return f"#{anchor or page}"
        return f"{page}.html" + (f"#{anchor}" if anchor else "")

    def inline(self, words: str) -> Markup:
        """Words with code, bold type and links in place; everything else escaped."""
        written, start = Markup(), 0
        for found in MARKED.finditer(words):
            written += escape(words[start : found.start()]) + self._marked(found)
            start = found.end()
        return written + escape(words[start:])

    def paragraphs(self, words: str) -> Markup:
        """The paragraphs of a docstring."""
        told = [self.inline(p) for p in re.split(r"\n\s*\n", words.strip())]
        return Markup("\n").join(Markup("<p>{}</p>").format(p) for p in told)

    def of_markdown(self, text: str, folder: Path) -> Markup:
        """A Markdown text that stands in `folder`; links that lead out of the book become words."""
        tokens = self.markdown.parse(text)
        for token in tokens:
            if token.children:
                token.children = self._links(token.children, folder)
        rendered: str = self.markdown.renderer.render(tokens, self.markdown.options, {})
        rendered = rendered.replace("<table>", '<div class="wide" tabindex="0"><table>')
        rendered = rendered.replace("</table>", "</table></div>")
        return Markup(rendered.replace("<pre>", '<pre tabindex="0">'))  # scrolled by keys

    def _marked(self, found: re.Match[str]) -> Markup:
        words = found[0]
        if code := found["code"]:
            return Markup("<code>{}</code>").format(code)
        if bold := found["bold"]:
            return Markup("<strong>{}</strong>").format(self.inline(bold))
        if power := found["power"]:
            raised = power[1:-1] if power.startswith("(") else power
            return Markup("<sup>{}</sup>").format(self.inline(raised))
        if sign := found["sign"]:
            return Markup(SIGNS[sign])
        if letter := found["letter"]:
            index = found["index"].removeprefix("_")
            below = Markup("*") if index == "star" else Markup("<sub>{}</sub>").format(index)
            return escape(GREEK.get(letter, letter)) + (below if index else "")
        if words in self.claims:
            return Markup('<a href="{}">{}</a>').format(self.link(words), words)
        article = f"article-{words[0].lower()}"
        if found["sentence"] and words[0].lower() in self.articles:
            address = self.link(article, anchor_of(words))
            return Markup('<a href="{}">{}</a>').format(address, words)
        return escape(words)

    def _links(self, children: Sequence[Any], folder: Path) -> list[Any]:
        kept, open_links = [], list[bool]()
        for token in children:
            if token.type == "link_open":
                address = self._inside(str(token.attrs["href"]), folder)
                open_links.append(bool(address))
                if not address:
                    continue
                token.attrs["href"] = address
            if token.type == "link_close" and not open_links.pop():
                continue
            kept.append(token)
        return kept

    def _inside(self, href: str, folder: Path) -> str:
        """Where the book has what a link in the project leads to; claims are linked as words."""
        path = posixpath.normpath(posixpath.join(folder.as_posix(), href))
        home = HOME.as_posix()
        if path == f"{home}/__init__.py" or (href.startswith("#") and href == "#the-verdicts"):
            return self.link("index")
        if path == f"{home}/ASSUMPTIONS.md":
            return self.link("assumptions")
        if article := re.fullmatch(rf"{re.escape(home)}/([a-z])_\w+/CONTENTS\.md", path):
            return self.link(f"article-{article[1]}") if article[1] in self.articles else ""
        room = path.removeprefix(f"{home}/").split("/")[0].removesuffix(".py")
        return self.link(room) if path.startswith(home) and room in ROOMS else ""

    def _text(self, tokens: Sequence[Any], i: int, *more: Any) -> str:
        return str(self.inline(tokens[i].content))


def anchor_of(sentence: str) -> str:
    """The anchor of a sentence such as A:17."""
    return f"sentence-{sentence.replace(':', '-')}"
