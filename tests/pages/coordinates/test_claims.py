"""Every claim of the pages, in coordinates: what is false at a point is refuted on its page.

Which claims are proved and which refuted, and which hypotheses are needed, is taken from the
derived verdicts. That this semantics sees something is shown by shares, which are computed as well.
Each limit lies a little below the share of today, so that a page more whose claims are all out of
reach (series, norms, cosines, unknown functions) leaves it standing.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from proofs.claims import Claim
from proofs.kernel.verdict import Judgement
from proofs.runner.pages import ARTICLES
from tests.pages.coordinates.examining import CLAIMS, Conclusion, Report, examine, examined
from tests.pages.coordinates.notions import CONSTRUCTED
from tests.pages.coordinates.semantics import beyond_samples, quantifies


@pytest.fixture(scope="module")
def outcomes(judgements: dict[str, Judgement]) -> dict[str, str]:
    """Whether each claim is proved or refuted, by names such as "a04 REPAIR"."""
    return {f"{page} {name}": o for page, j in judgements.items() for name, o in j.outcomes.items()}


@pytest.fixture(scope="module")
def proved(outcomes: dict[str, str]) -> dict[str, Report]:
    """What comes of the claims that are proved."""
    return {name: examined(name) for name, outcome in outcomes.items() if outcome == "proved"}


def conclusions(reports: Mapping[str, Report]) -> dict[str, Conclusion]:
    """The conclusions of the claims whose hypotheses hold at a point, by claim and number."""
    return {
        f"{name}, conclusion {i}": conclusion
        for name, report in reports.items()
        if report.tested
        for i, conclusion in enumerate(report.conclusions, 1)
    }


def of_articles(named: Mapping[str, bool]) -> dict[str, bool]:
    """Those of the articles' pages; chapters C and D speak of whole runs, seldom within reach."""
    return {name: true for name, true in named.items() if name[0] in ARTICLES}


def check_share(of: Mapping[str, bool], at_least: float) -> None:
    """Fails where too small a share of these is true, and names the others."""
    share, others = sum(of.values()) / len(of), [name for name, true in of.items() if not true]
    assert share >= at_least, f"{share:.0%} is less than {at_least:.0%}; not {', '.join(others)}"


@pytest.mark.parametrize("name", CLAIMS)
def test_claim_that_is_false_at_a_point_is_refuted(name: str, outcomes: dict[str, str]) -> None:
    report = examined(name)
    assert outcomes[name] == "refuted" or not report.false, report.false[0]


# ------------------------------------------------------------------------------------ what is seen
def test_hypotheses_of_proved_claims_are_met(proved: dict[str, Report]) -> None:
    """In every dimension. In some of the others a hypothesis is never decided."""
    met = {
        f"{name} (never decided: {report.undecidable})": report.is_met
        for name, report in proved.items()
    }
    check_share(of_articles(met), 0.85)
    check_share(met, 0.8)


def test_proved_claims_are_decided(proved: dict[str, Report]) -> None:
    """Each conclusion is true at a point that meets its premise."""
    seen = {
        name: all(conclusion.true for conclusion in report.conclusions)
        for name, report in proved.items()
    }
    check_share(of_articles(seen), 0.7)
    check_share(seen, 0.65)


def test_what_samples_can_decide_is_decided(proved: dict[str, Report]) -> None:
    """Somewhere, if it does not say "there is alpha0 such that for all alpha": all 145."""
    within = {
        name: bool(conclusion.true)
        for name, conclusion in conclusions(proved).items()
        if not beyond_samples(conclusion.formula)
    }
    check_share(within, 0.97)


def test_what_needs_no_sample_is_decided_everywhere(proved: dict[str, Report]) -> None:
    """A conclusion without quantifiers is undecided where the arithmetic ends: none of 104."""
    plain = {
        name: not conclusion.undecided
        for name, conclusion in conclusions(proved).items()
        if not quantifies(conclusion.formula)
    }
    check_share(plain, 0.97)


def test_points_refute_what_is_refuted(outcomes: dict[str, str]) -> None:
    """The points are not too tame. The others fail on losses that are no quadratics."""
    refuted = [name for name, outcome in outcomes.items() if outcome == "refuted"]
    check_share(of_articles({name: bool(examined(name).false) for name in refuted}), 0.28)


def test_points_show_that_hypotheses_are_needed(judgements: dict[str, Judgement]) -> None:
    """Without them, claims come out false that were true with them: about one in three."""
    seen = {}
    for page, judgement in judgements.items():
        for name, needed in judgement.needed.items():
            claim = CLAIMS[f"{page} {name}"]
            for without in needed:
                given = {h: formula for h, formula in claim.given.items() if h != without}
                weaker = Claim(for_all=claim.for_all, given=given, then=claim.then)
                seen[f"{page} {name} without {without!r}"] = bool(examine(weaker).false)
    check_share(seen, 0.33)


def test_what_holds_by_construction_is_a_hypothesis_of_some_page() -> None:
    stale = CONSTRUCTED - {name for claim in CLAIMS.values() for name in claim.given}
    assert not stale
