"""Words as HTML, with links in the book."""

from __future__ import annotations

from proofs.runner.book.prose import Prose
from proofs.runner.guards import HOME

PROSE = Prose(["a11", "b20"], ["a"])


def test_everything_is_escaped() -> None:
    assert PROSE.inline("x < y & <b>") == "x &lt; y &amp; &lt;b&gt;"
    assert PROSE.inline("`a < b`") == "<code>a &lt; b</code>"
    assert "<script>" not in PROSE.of_markdown("<script>x</script>", HOME)


def test_claims_and_sentences_of_the_book_are_links() -> None:
    assert PROSE.inline("see a11, a12") == 'see <a href="a11.html">a11</a>, a12'
    sentence = '<a href="article-a.html#sentence-A-07">A:07</a>'
    assert PROSE.inline("A:07 and B:07") == f"{sentence} and B:07"
    alone = Prose(["a11"], ["a"], on_one_page=True)
    assert alone.inline("a11") == '<a href="#a11">a11</a>'
    assert alone.inline("A:07") == '<a href="#sentence-A-07">A:07</a>'


def test_bold_type_and_paragraphs() -> None:
    told = PROSE.paragraphs("**One** step.\nOn.\n\nTwo.")
    assert told == "<p><strong>One</strong> step.\nOn.</p>\n<p>Two.</p>"


def test_links_of_markdown_lead_to_the_book_or_nowhere() -> None:
    text = "[a11](proofs/a_x/a11_y.py), [axioms](proofs/axioms.py), [kernel](proofs/kernel/x.py)"
    told = PROSE.of_markdown(text, HOME.parent)
    assert 'href="a11.html">a11</a>' in told
    assert 'href="axioms.html">axioms</a>' in told
    assert ", kernel</p>" in told
