"""Each claim's formal statement as printed, with its outcome, against a golden file: a change shows
in review.

`python -m tests.pages.test_golden` writes the file anew.
"""

from __future__ import annotations

from pathlib import Path

from proofs import axioms
from proofs.kernel import Theorem
from proofs.kernel.verdict import Judgement
from proofs.runner.pages import Evidence, Page, load_pages, statements
from proofs.runner.printing import text

GOLDEN = Path(__file__).parent / "golden" / "statements.txt"


def printed(pages: list[Page], judgements: dict[str, Judgement]) -> str:
    """The claims of all pages, folded and unfolded, the outcome of each, what every step proves;
    then the axioms.
    """
    blocks = []
    for page in pages:
        lines = [statements(page), "  in full:"]
        for name, claim in page.claims.items():
            lines.append(f"    {name}. {text(claim.closed(), unfold=True)}")
            needed = judgements[page.id].needed[name]
            outcome = judgements[page.id].outcomes[name]
            lines.append(
                f"    {name} is {outcome}" + (f"; needed: {', '.join(needed)}" if needed else "")
            )
        lines.append("  steps:")
        lines += [f"    {step}: {shown(page.evidence[step])}" for step in page.steps]
        blocks.append("\n".join(lines) + "\n")
    named = [
        (name, make)
        for name, make in vars(axioms).items()
        if getattr(make, "__module__", "") == axioms.__name__
    ]
    blocks += [f"axiom {name}: {text(make().goal, unfold=True)}\n" for name, make in named]
    return "\n".join(blocks)


def shown(evidence: Evidence) -> str:
    """A step's theorem; what an enclosure shows; what a search looked for a counterexample to."""
    if not isinstance(evidence, Theorem):
        return evidence.claim
    return f"{', '.join(map(text, evidence.hypotheses))} |- {text(evidence.goal)}".lstrip()


def test_statements_are_as_reviewed(pages: list[Page], judgements: dict[str, Judgement]) -> None:
    reviewed = GOLDEN.read_text(encoding="utf-8")
    assert printed(pages, judgements) == reviewed, (
        "run python -m tests.pages.test_golden, and review the change"
    )


if __name__ == "__main__":
    found = load_pages()
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(printed(found, {page.id: page.judge() for page in found}), encoding="utf-8")
