"""``evenhand generate`` as people run it: several processes, one desk."""

import argparse
import json
from collections.abc import Iterator

import pytest

from evenhand.cli.generate import generate
from evenhand.cli.main import main
from evenhand.cli.progress import Progress
from evenhand.store.referrals import ReferralRow
from tests.cli.programs import evenhand
from tests.desks import FreshDesk


def test_two_processes_write_one_synthetic_desk(fresh_desk: FreshDesk) -> None:
    words = ["generate", "--referrals", "24", "--seed", "5", "--processes", "2", "--json"]
    done = evenhand(*words, environment=fresh_desk.env)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["referrals"] == 24
    assert b"24 referrals" in done.stderr
    numbers = ReferralRow.objects.values_list("number", flat=True)
    assert len(set(numbers)) == 24


def test_people_are_refused_by_their_rule(
    fresh_desk: FreshDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    assert main(["generate", "--referrals", "5", "--people", "2"]) == 1
    assert "[E-GEN-02," in capsys.readouterr().err
    assert not ReferralRow.objects.exists()


def test_a_number_that_is_none_is_refused_with_the_numbers_that_are(
    fresh_desk: FreshDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    assert main(["generate", "--referrals", "-5"]) == 1
    told = capsys.readouterr().err
    assert "from 1 to " in told
    assert "{" not in told


def test_progress_is_told_in_plain_lines_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = Progress(400, "referrals")
    progress.add(200)
    progress.add(200)
    progress.end()
    assert capsys.readouterr().err == "200 of 400 referrals\n400 referrals.\n"


def test_progress_on_a_terminal_is_a_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress = Progress(4, "referrals")
    progress.add(1)
    assert capsys.readouterr().err == f"\r[{'#' * 10}{'.' * 30}] 1 of 4"


def test_what_is_written_is_told_where_it_breaks_off(
    fresh_desk: FreshDesk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fresh_desk.database_url

    def interrupted(*_any: object) -> Iterator[int]:
        yield 8
        raise KeyboardInterrupt

    monkeypatch.setattr("evenhand.cli.generate._written", interrupted)
    with pytest.raises(KeyboardInterrupt):
        generate(argparse.Namespace(referrals=24, people=0, seed=1, processes=1, json=False))
    assert "At least 8 of 24 referrals are written" in capsys.readouterr().err
