"""Words as HTML, with links in the book."""

from __future__ import annotations

import pytest

from proofs.runner.book.prose import Prose
from proofs.runner.guards import HOME

PROSE = Prose(["a11", "b20"], ["a"])


def test_everything_is_escaped() -> None:
    assert PROSE.inline("x < y & <b>") == "x &lt; y &amp; &lt;b&gt;"
    assert PROSE.inline("x^<b> (<i>)^(<i>)") == "x^&lt;b&gt; (&lt;i&gt;)<sup>&lt;i&gt;</sup>"
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


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("|w|^2 / 2", "|w|<sup>2</sup> / 2"),
        ("2^-k and (1 + a)^(2n)", "2<sup>\u2212k</sup> and (1 + a)<sup>2n</sup>"),
        ("-x <= y - 1 != z", "\u2212x \u2264 y \u2212 1 \u2260 z"),
        ("alpha0 g, e1.w, w_star", "\u03b1<sub>0</sub> g, e<sub>1</sub>.w, w*"),
        ("z3: x |-> x", "z3: x \u21a6 x"),
        ("{x > 0} |- |-x| > 0", "{x &gt; 0} \u22a2 |\u2212x| &gt; 0"),
        ("w_n -\nw0", "w<sub>n</sub> \u2212\nw<sub>0</sub>"),
        ("log-sum-exp, a step-by-step beta_new", "log-sum-exp, a step-by-step beta_new"),
        ("`x^2 >= alpha`", "<code>x^2 &gt;= alpha</code>"),
        ("a11^2 at B:07", '<a href="a11.html">a11</a><sup>2</sup> at B:07'),
    ],
)
def test_formulas_in_words(words: str, expected: str) -> None:
    assert PROSE.inline(words) == expected
