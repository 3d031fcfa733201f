"""The book of a small page: what is in it, what a red run leaves, what bad input gets."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import proofs.conftest  # noqa: F401  imported once here, it stays imported from run to run

from proofs.kernel import KernelError
from proofs.runner.book.__main__ import book
from proofs.runner.book.site import make_folder
from tests.runner.sample import GOOD, run, with_changes, write_page

pytest_plugins = ["pytester"]


WITH_A_NOTION = with_changes(
    ('given={"x is not zero": x != 0}', 'given={"x is not zero": local_minimizer(f, x)}'),
    ('x = real("x")\n', 'x, f = real("x"), function("f", R >> R)\n'),
    ("for_all=[x]", "for_all=[x, f]"),
)


class Anchors(HTMLParser):
    """The anchors of a page, and where its links lead."""

    def __init__(self, text: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attributes if name == "id"]
        self.links += [value or "" for name, value in attributes if tag == "a" and name == "href"]
        self.links += [f"#{value}" for name, value in attributes if name == "popovertarget"]


def made(pytester: pytest.Pytester, source: str, *options: str) -> dict[str, str]:
    """The files of the book of one page."""
    write_page(pytester, source)
    run(pytester, "--book", "made", *options)
    return {p.name: p.read_text(encoding="utf-8") for p in Path("made").iterdir()}


def test_a_page_has_its_statement_its_steps_and_its_verdict(pytester: pytest.Pytester) -> None:
    files = made(pytester, GOOD)
    page = files["a99.html"]
    for words in (
        "HOLDS IF", "A square is never negative, and zero only for x = 0.",
        "Without “x is not zero”, which is left unsaid, it is false:", "unsaid</strong>",
        "x<sup>2</sup> \u2265 0, and x<sup>2</sup> = 0 only for x = 0.", "<math>", "exact witness",
        "CLAIM.proved(by=[inequality_square_is_not_negative()])",
        'href="a99.html#a99-inequality_square_is_not_negative"',
    ):  # fmt: skip
        assert words in page, words
    assert "a99" in files["index.html"]


def test_nothing_of_the_page_is_left_out(pytester: pytest.Pytester) -> None:
    source = GOOD.replace("x = real", "y = 7  # seven & more\nx = real")
    page = made(pytester, source + "\n\n# the end\n")["a99.html"]
    rows = source.split('"""')[2].splitlines()
    for row in filter(None, (*map(str.strip, rows), "# the end")):
        shown = row.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
        assert shown.replace('"', "&#34;") in page, row


def test_every_link_leads_somewhere(pytester: pytest.Pytester) -> None:
    files = made(pytester, WITH_A_NOTION)
    pages = {n: Anchors(t) for n, t in files.items() if n.endswith(".html")}
    assert "#a99-means-0" in pages["everything.html"].links
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            file, _, anchor = link.partition("#")
            assert file in ("", *pages), f"{name}: {link}"
            assert not anchor or anchor in pages[file or name].ids, f"{name}: {link}"
    assert all(link.startswith("#") or ".html" not in link
               for link in pages["everything.html"].links if link != "everything.html")  # fmt: skip


def test_a_page_that_fails_is_written_with_its_failure(pytester: pytest.Pytester) -> None:
    page = made(pytester, GOOD.replace("x**2 >= 0)", "x**2 >= x)"))["a99.html"]
    assert "NO VERDICT" in page
    assert "HOLDS" not in page.partition("</header>")[0].replace("HOLDS_IF", "")
    assert "not proved: x^2 &gt;= x does not follow" in page
    assert "a99_square_is_positive.py:19, inequality_square_is_not_negative:" in page
    assert "It depends on inequality_square_is_not_negative, which fails." in page
    assert page.count('class="step fails"') == 2


def test_a_page_that_cannot_be_read_is_in_the_book(pytester: pytest.Pytester) -> None:
    files = made(pytester, GOOD.replace("real(", "nothing("))
    assert "NO VERDICT" in files["index.html"]
    assert "cannot be read as a page" in files["a99.html"]


def test_names_are_escaped(pytester: pytest.Pytester) -> None:
    source = GOOD.replace("x is not zero", "x_y <b> & not zero")
    page = made(pytester, source)["a99.html"]
    assert "x_y &lt;b&gt; &amp; not zero" in page
    assert "<b>" not in page


def test_what_cannot_be_typeset_fails_the_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("proofs.runner.book.chapters.marked_latex", lambda *of: r"\nosuch{x}")
    write_page(pytester, GOOD)
    told = run(pytester, "--book", "made")
    assert told.ret == 1
    told.stdout.fnmatch_lines([r"*cannot be typeset*\nosuch{x}"])
    assert list(Path("made").iterdir()) == []


def test_a_notion_opens_to_what_it_means(pytester: pytest.Pytester) -> None:
    page = made(pytester, WITH_A_NOTION)["a99.html"]
    assert 'popovertarget="a99-means-0" aria-label="x is a local minimizer of f"' in page
    meaning = page.partition('id="a99-means-0">')[2].partition("</div>")[0]
    assert "is a local minimizer of" in re.sub(r"<[^>]*>|\xa0", " ", meaning).replace("  ", " ")
    assert 'href="definitions.html#definitions.local_minimizer"' in meaning
    assert "<mo>∃</mo>" in meaning


def test_a_lemma_shows_what_it_proves(pytester: pytest.Pytester) -> None:
    lemma = "from proofs.lemmas.inner_products import cauchy_schwarz\n"
    source = with_changes(
        ("import *\n", f"import *\n{lemma}"),
        ("x**2 >= 0)", "x**2 >= 0, by=[cauchy_schwarz(u, v)])"),
        ('x = real("x")\n', 'x, (u, v) = real("x"), vector("u v")\n'),
    )
    lemmas = made(pytester, source)["lemmas.html"]
    after = lemmas.partition('id="lemmas.inner_products.cauchy_schwarz"')[2]
    shown = after.partition("</section>")[0]
    assert "It proves, for instance:" in shown
    assert '<div class="theorem">' in shown
    assert 'href="a99.html#a99-inequality_square_is_not_negative"' in shown


@pytest.mark.parametrize("limit", ["LARGEST_PAGE", "LARGEST_BOOK"])
def test_what_is_too_large_fails_the_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(f"proofs.runner.book.site.{limit}", 5000)
    write_page(pytester, GOOD)
    told = run(pytester, "--book", "made")
    assert told.ret == 1
    name = "a99.html" if limit == "LARGEST_PAGE" else "the book"
    told.stdout.fnmatch_lines([f"{name} has *,* bytes, of at most 5,000"])


def test_the_folder_must_be_new_or_empty(pytester: pytest.Pytester) -> None:
    write_page(pytester, GOOD)
    full = pytester.mkdir("full")
    (full / "old.html").write_text("old", encoding="utf-8")
    told = run(pytester, "--book", "full")
    told.stderr.fnmatch_lines(["*full is not empty*"])
    assert [p.name for p in full.iterdir()] == ["old.html"]
    told = run(pytester, "--book", "full/old.html")
    told.stderr.fnmatch_lines(["*old.html is a file*"])
    with pytest.raises(KernelError, match="cannot be written: "):
        make_folder(Path("/proc/book"))


def test_the_command_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert book([]) == 2
    assert book(["-k", "a11"]) == 2
    assert "python -m proofs.runner.book DIR" in capsys.readouterr().out
