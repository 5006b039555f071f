"""``evenhand log``: casework compared with the log, for people and for programs."""

import json

import psycopg
import pytest

from evenhand.actions import comparing
from evenhand.cli.embedded import SUPERUSER
from evenhand.cli.main import main
from evenhand.rules.profile import Profile
from tests.builders import NOW
from tests.desks import FreshDesk
from tests.journeys import Desk, row


def test_where_everything_agrees_it_says_so_and_how_much_was_read(
    fresh_desk: FreshDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    Desk(now=NOW).log()
    assert main(["log", "reconcile"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "rows compared." in told.err
    assert "The log was not compared with its tree: no signed checkpoint is published." in told.err
    assert told.err.endswith("They agree.\n")


def test_what_differs_is_named_in_sentences_and_as_json_and_fails(
    fresh_desk: FreshDesk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(now=NOW)
    lost = [str(row(desk.log()).id) for _ in range(2)]
    with psycopg.connect(fresh_desk.server.address(SUPERUSER, fresh_desk.name)) as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute("DELETE FROM words")
    assert main(["log", "reconcile", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["found"]) == (False, 2)
    assert told["differences"] == [
        {"table": "words", "key": key, "what": "row-missing"} for key in sorted(lost)
    ]
    assert {"rows", "changes", "entries"} < told.keys()
    assert told["in_tree"] is None

    monkeypatch.setattr(comparing, "MOST_KEPT", 1)
    assert main(["log", "reconcile"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"Row {min(lost)} of words was removed behind the application’s back")
    assert out.endswith("And 1 more.\n")


def test_a_command_that_a_rule_refuses_is_an_attempt_in_the_desks_own_name(
    fresh_desk: FreshDesk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from django.conf import settings

    from evenhand.queries import own
    from evenhand.rules.officers import WORKER

    assert fresh_desk.database_url
    profile: Profile = settings.DESK
    Desk(now=NOW).log()
    monkeypatch.setattr(settings, "DESK", replace(profile, token_may_decide=False))
    assert main(["token", "create", "ada", "--decide"]) == 1
    assert "E-WHO-05" in capsys.readouterr().err
    assert next(it.act for it in own.entries(officer=WORKER).lines) == "attempt.refuse"
