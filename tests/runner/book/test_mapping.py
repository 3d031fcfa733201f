"""The map: which claims rest on which."""

from __future__ import annotations

from typing import Any

from proofs.runner.book.mapping import drawn, map_of


def chapter_of(number: str, rests: list[tuple[str, str]], **more: Any) -> dict[str, Any]:
    """A chapter with one step."""
    under = more.pop("under", rests)
    blocks = [{"type": "heading", "text": ""}, {"type": "step", "rests": rests}]
    given = {"id": number, "title": f"{number} <x>", "blocks": blocks, "under": under, "axioms": []}
    return given | more


FIRST = ("a_x.a01_x", "theorem_one")
SECOND = ("a_x.a02_x", "theorem_two")
LEMMA = ("lemmas.slopes", "negative_slope")
CHAPTERS = [
    chapter_of("a01", [LEMMA], axioms=["cosine"]),
    chapter_of("a02", [FIRST], under=[FIRST, LEMMA]),
    chapter_of("a03", [SECOND, ("definitions", "convex")], under=[SECOND, FIRST, LEMMA]),
]


def test_from_a_claim_to_all_that_it_rests_on_and_back() -> None:
    first, second, third = map_of(CHAPTERS)
    assert (third.nearest, third.claims, third.lemmas) == (["a02"], ["a01", "a02"], [LEMMA])
    assert (first.users, first.all_users, first.axioms) == (["a02"], ["a02", "a03"], ["cosine"])
    assert (second.subjects, second.users) == (["slopes"], ["a03"])


def test_the_picture_has_rows_and_columns() -> None:
    svg = drawn(map_of(CHAPTERS))
    for words in ("a03", "axiom: cosine", "slopes"):
        assert f">{words}</text>" in svg
