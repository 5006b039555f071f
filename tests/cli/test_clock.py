"""``clock``: every reading of a clock of law, as text and as JSON, and never a traceback."""

import json
from pathlib import Path

import pytest

from evenhand.cli import clock
from evenhand.cli.failures import CannotStart
from evenhand.cli.main import main
from tests.cli.programs import evenhand


def told(*words: str) -> dict[str, object]:
    done = evenhand("clock", *words, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_bank_holiday_in_scotland_moves_an_answer_in_england() -> None:
    found = told("E14", "2026-06-01")
    assert (found["target"], found["outer"]) == ("2026-06-30", "2026-06-30")
    assert found["verified"] is True


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["clock", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_both_readings_of_a_saturday_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "e14", "2026-06-13")
    assert status == 0
    assert "target    2026-07-14" in out
    assert "outer     2026-07-15" in out
    assert "next_working_day" in out
    assert err == ""


def test_a_question_that_waits_has_no_last_day(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("E14", "2026-06-01", "--event", "clarification_asked=2026-06-05")
    assert "no last day yet" in run(capsys, *asked)[1]
    answered = run(capsys, *asked, "--event", "clarification_answered=2026-06-08")[1]
    assert "target    2026-07-07" in answered


def test_hours_are_counted_through_the_change_of_the_clocks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = run(capsys, "E08", "2026-03-27T18:00")[1]
    assert "2026-03-30T19:00:00+01:00" in out
    assert "outer" not in run(capsys, "E09", "2026-03-27T18:00+00:00")[1]


def test_what_nobody_verified_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Not verified" in run(capsys, "E18", "2026-06-01")[2]
    assert "E18  internal review  (not verified)" in run(capsys)[1]
    assert {it["clock"] for it in json.loads(run(capsys, "--json")[1])["items"]} >= {"E01", "E20"}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("E14",), "when the clock starts"),
        (("E99", "2026-06-01"), "E20"),
        (("E14", "1 June"), "is not a day"),
        (("E08", "2026-03-27Tnoon"), "is not a moment"),
        (("E08", "2026-03-27"), "with a time"),
        (("E14", "2026-06-01T10:00"), "without a time"),
        (("E14", "2026-06-01", "--event", "nonsense=2026-06-02"), "moves no clock"),
        (("E14", "2026-06-01", "--event", "fee_paid=2026-06-02"), "E-CLK-43"),
        (("E08", "2026-06-01T10:00", "--event", "fee_asked=2026-06-02"), "Nothing moves"),
        (("E14", "2045-06-01"), "E-CLK-44"),
    ],
)
def test_what_cannot_be_counted_is_a_sentence(
    words: tuple[str, ...], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *words)
    assert (status, out) == (1, "")
    assert named in err


def test_law_data_that_cannot_be_read_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "clocks.csv").write_text("id,what\nE01,x\n", "utf-8")
    monkeypatch.setattr(clock, "LAW", tmp_path)
    with pytest.raises(CannotStart, match="cannot be read"):
        clock._law("GB-ENG")
