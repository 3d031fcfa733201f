"""What follows from a page is written by one command, and what a person owes is said."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proofs.kernel import KernelError
from proofs.runner import update
from tests.runner.sample import with_changes

ROOT = Path(__file__).parent.parent.parent
FOLDER = "proofs/a_why_gradient_descent_works"
CONTENTS = "| A:01 | | No claim: the title. |\n| A:22 | a10, a12 | The square is positive. |\n"
ASSUMED = (
    "| The gradient is not zero. | the gradient is not zero; g is not 0 | a10 | a05 |\n"
    "| x is not zero. | x is not zero | | |\n"
)


def test_the_golden_file_gets_the_part_of_one_page() -> None:
    before = "a09. Nine  [HOLDS]\n  x\n\na11. Eleven  [HOLDS]\n  y\n\naxiom old: z\n"
    after = update.golden(before, {"a10": "a10. Ten  [HOLDS]\n  new\n"})
    assert after.startswith("a09. Nine  [HOLDS]\n  x\n\na10. Ten  [HOLDS]\n  new\n\na11. Eleven")
    assert "axiom old" not in after
    assert after.count("axiom mean_value_theorem: ") == 1
    assert update.golden(after, {"a10": "a10. Ten  [FAILS]\n"}).count("a10. ") == 1
    assert update.golden(after, {}) == after


def test_the_table_of_verdicts_gets_a_row() -> None:
    text = "# Title\n<!-- verdicts -->\n| [a09](x) | nine |\n<!-- end of verdicts -->\nrest\n"
    after = update.readme(text, {"a10": "| [a10](y) | ten |\n"})
    assert after.index("| [a09](x) | nine |\n| [a10](y) | ten |\n<!-- end") > 0
    assert after.startswith("# Title\n<!-- verdicts -->\n| claim |")
    assert after.endswith("<!-- end of verdicts -->\nrest\n")
    assert update.readme(after, {}) == after


def test_the_contents_name_the_page_where_it_cites() -> None:
    assert update.contents(CONTENTS, "a11", ["A:22"]).count("| a10, a11, a12 |") == 1
    assert update.contents(CONTENTS, "a12", []).count("| A:22 | a10 | The") == 1
    assert update.contents(CONTENTS, "a10", ["A:22"]) == CONTENTS


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("Article   A:08-10, 15: a rule.", ["A:08", "A:09", "A:10", "A:15"]),
        ("Article   B:02: a rule.", ["B:02"]),
        ("Question  A:09, 23; B:16-17: how small?", ["A:09", "A:23", "B:16", "B:17"]),
    ],
)
def test_cited_sentences(line: str, sentences: list[str]) -> None:
    assert update.cited(f"a99. x\n\n{line}\n") == sentences
    with pytest.raises(KernelError, match="no Article or Question that cites"):
        update.cited("a99. x\n")


def test_the_contents_of_a_chapter_get_a_question() -> None:
    asked = "c09. x.\n\nQuestion  A:09; B:16: alpha is small;\n          how small?\nClaim     y.\n"
    row = "| c09 | A:09; B:16 | alpha is small; how small? |\n"
    text = "# Chapter\n\n|---|---|---|\n| c08 | A:01 | why? |\n"
    assert update.questions(text, "c09", asked) == text + row
    again = text + "| c09 | B:17 | old? |\n| c10 | A:02 | what? |\n"
    assert update.questions(again, "c09", asked) == text + row + "| c10 | A:02 | what? |\n"
    with pytest.raises(KernelError, match="c09 asks no Question"):
        update.questions(text, "c09", asked.replace("Question", "Article"))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the house, with a page that is new."""
    kept = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".hypothesis", ".*_cache")
    shutil.copytree(ROOT, tmp_path / "house", ignore=kept)
    page = with_changes(("A:99: a sentence", "A:22: a square is positive"), ("a99", "a18"))
    (tmp_path / "house" / FOLDER / "a18_square_is_positive.py").write_text(page, encoding="utf-8")
    return tmp_path / "house"


def command(house: Path, *arguments: str) -> tuple[int, str]:
    """Runs Python in a copy of the house."""
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=house, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(house)},
    )  # fmt: skip
    return run.returncode, run.stdout + run.stderr


def test_one_command_adds_a_claim(house: Path) -> None:
    """Everything derived is written, proving that page alone; the second run writes nothing."""
    status, told = command(house, "-m", "proofs.runner.update", "a18")
    assert status == 0, told
    assert "a18 HOLDS_IF. The square of a number is positive." in told
    for place in ("tests/pages/golden/statements.txt", "README.md", f"{FOLDER}/CONTENTS.md"):
        assert f"wrote {place}" in told
    assert "proofs/ASSUMPTIONS.md has no row that names 'x is not zero'" in told
    assert "tests/tools/edits/a18.toml would hold one-line edits" in told
    assert "| [a18](" in (house / "README.md").read_text(encoding="utf-8")
    assert "a10, a18" in (house / FOLDER / "CONTENTS.md").read_text(encoding="utf-8")
    status, told = command(house, "-m", "proofs.runner.update", "a18")
    assert (status, "wrote" in told) == (0, False)


def test_a_page_without_a_verdict_is_not_written(house: Path) -> None:
    page = house / FOLDER / "a18_square_is_positive.py"
    golden = (house / "tests/pages/golden/statements.txt").read_text(encoding="utf-8")
    source = page.read_text(encoding="utf-8")
    page.write_text(source.replace("entails([], x**2 >= 0)", "entails([], x**2 >= x)"))
    status, told = command(house, "-m", "proofs.runner.update", "a18")
    assert status == 1
    assert "a18 has no verdict, and nothing is written of it" in told
    assert "a18_square_is_positive.py:19, inequality_square_is_not_negative" in told
    assert (house / "tests/pages/golden/statements.txt").read_text(encoding="utf-8") == golden
    page.write_text(source.replace("by=[inequality", "by=[inequalty"))
    assert "name 'inequalty_square_is_not_negative' is not defined" in command(
        house, "-m", "proofs.runner.update", "a18"
    )[1]  # fmt: skip
    status, told = command(house, "-m", "proofs.runner.update", "a77")
    assert (status, "there is no page a77; there are a01" in told) == (1, True)
