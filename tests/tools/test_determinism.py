"""That a difference between two runs is seen, whichever text it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import determinism

REPORT = """<testsuite><testcase classname="a10" name="theorem_x" time="{time}"><properties>
<property name="proves" value="{proves}"/></properties></testcase></testsuite>"""


def test_what_a_step_says_is_compared_and_its_time_is_not(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"

    def said(time: str, proves: str) -> dict[str, bytes]:
        report.write_text(REPORT.format(time=time, proves=proves), encoding="utf-8")
        return dict(determinism.steps(report))

    assert list(said("1.0", "x = x")) == ["a10 theorem_x"]
    assert said("1.0", "x = x") == said("2.5", "x = x") != said("1.0", "y = y")


@pytest.mark.parametrize("last", [{"a": b"2"}, {}, {"a": b"1", "b": b""}])
def test_a_difference_is_told_by_name(
    last: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(determinism, "run", lambda seed, options: last if seed else {"a": b"1"})
    assert determinism.main(1) == 0
    assert determinism.main(2) == 1
    assert "DIFFERENT from the first run: " in capsys.readouterr().out
