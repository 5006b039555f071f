"""``evenhand foi answer``: a file of questions, answered or refused in a sentence."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from evenhand.cli.foi_written import A_DAY, not_over
from evenhand.cli.main import main
from tests.desks import FreshDesk
from tests.journeys import Desk

DAY = date(2026, 6, 1)
FILE = """
[[question]]
id = "R4Q2"
question = "How many records?"
[[question]]
id = "R2Q1"
[[question]]
id = "Ours"
answers = ["people", "logged"]
"""


def asked(tmp_path: Path, text: str) -> str:
    file = tmp_path / "questions.toml"
    file.write_text(text, "utf-8")
    return str(file)


def test_a_file_is_answered_in_words_and_as_one_document(
    fresh_desk: FreshDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    Desk().log()
    file = asked(tmp_path, FILE)
    assert main(["foi", "answer", file, "--exact"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Not for publication")
    assert "R4Q2  How many records?" in out
    assert "    referral · evenhand: 1" in out
    assert "lines in all; --json has them." in out
    assert main(["foi", "answer", file, "--exact", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["for_publication"] is False
    assert [it["id"] for it in told["answers"]] == ["R4Q2", "R2Q1", "Ours"]
    assert all(it["held"] for it in told["answers"])
    [logged] = [it for it in told["answers"][2]["counts"] if it["code"] == "logged"]
    assert logged["exact"] == 1
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 - the desk's day in winter and summer
    assert told["not_over"].endswith(f"that a reply can tell are there from {tomorrow} on.")
    assert told["not_over"] in out
    assert logged["balance"] == [
        {"kind": "referral", "system": "evenhand", "created": 1, "imported": 0, "held": 1,
         "disposed": 0, "transferred": 0}
    ]  # fmt: skip


def test_small_numbers_of_people_are_not_told_unless_exact_ones_are_asked_for(
    fresh_desk: FreshDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    Desk().log()
    file = asked(tmp_path, FILE + '[[question]]\nid = "R4Q4"\n[[question]]\nid = "R4Q5"\n')
    assert main(["foi", "answer", file]) == 0
    out = capsys.readouterr().out
    assert "Not for publication" not in out
    assert out.startswith("[c] stands for a number that is not shown")
    assert "    [c]: not shown, because it is fewer than 10 or would show" in out
    assert "    referral · evenhand: 1\n" in out
    assert re.search(r"  Records disposed of by kind, as at [0-9-]+: 0\n", out)
    assert re.search(r"  Records disposed of by system, because, as at [0-9-]+: 0\n", out)
    assert re.search(r"  People on record, as at [0-9-]+: \[c\]\n", out)
    assert "Referrals logged, as at" in out
    assert "ever: no, first: none, last: none" in out
    assert main(["foi", "answer", file, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["for_publication"] is True
    people, logged = told["answers"][2]["counts"]
    assert (people["exact"], people["at_least"], people["digest"]) == (None, None, None)
    assert logged["exact"] == 1
    assert people["balance"] == logged["balance"] == []


@pytest.mark.parametrize(
    ("as_at", "since", "says"),
    [
        (DAY - A_DAY, DAY - A_DAY, ""),
        (DAY, DAY - A_DAY, "A reply tells those of a day that is over: --as-at 2026-05-31."),
        (DAY, DAY, "are there from 2026-06-02 on."),
    ],
)
def test_a_day_that_goes_on_is_said_to_with_what_to_ask_instead(
    as_at: date, since: date, says: str
) -> None:
    told = not_over(as_at, since=since, today=DAY)
    assert (told.endswith(says), bool(told)) == (True, bool(says))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[question]]\nid = "R4Q2"\nanswer = "not held"\n', "E-FOI-82"),
        ('[[question]]\nid = "Cars"\n', "E-COUNT-03"),
        ('[[question]]\nid = "Cars"\nanswers = ["cars"]\n', "E-COUNT-03"),
    ],
)
def test_what_the_library_answers_is_never_not_held_and_nothing_is_made_up(
    fresh_desk: FreshDesk,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    says: str,
) -> None:
    assert fresh_desk.database_url
    assert main(["foi", "answer", asked(tmp_path, text)]) == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x =", "is no TOML"),
        ("x = 1", "has no [[question]]"),
        ("question = 1", "has no [[question]]"),
        ("[[question]]\nx = 1", "needs an id"),
        ('[[question]]\nid = "a"\nanswers = [1]', "is a list of codes"),
        ("#" * 1_100_000, "larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    assert main(["foi", "answer", asked(tmp_path, text)]) == 1
    assert says in capsys.readouterr().err
    assert main(["foi", "answer", str(tmp_path / "none.toml")]) == 1
    assert "there is no such file" in capsys.readouterr().err
