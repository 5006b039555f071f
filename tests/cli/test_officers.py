"""Officers and tokens from the command line, on a desk of one's own."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from evenhand.cli.main import main
from evenhand.queries import officers
from tests.builders import NOW
from tests.desks import FreshDesk
from tests.journeys import Desk

PASSWORD = "amber teapot rocket 42"


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """A file with a password in its first line."""
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\nnot this\n", "utf-8")
    return str(file)


def add(secret: str, *more: str, username: str = "ada") -> int:
    words = ["officer", "add", username, "--name", "Ada Quill", "--password-file", secret]
    return main([*words, *(more or ("--role", "officer"))])


def said(capsys: pytest.CaptureFixture[str]) -> object:
    return json.loads(capsys.readouterr().out)


def test_an_officer_is_added_listed_and_retired(
    fresh_desk: FreshDesk, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    assert add(secret, "--role", "approver", "--role", "child_approver", "--json") == 0
    assert said(capsys) == {"username": "ada", "roles": ["approver", "child_approver"]}

    assert main(["officer", "list"]) == 0
    assert "ada  Ada Quill  approver, child_approver" in capsys.readouterr().out

    assert main(["officer", "retire", "ada"]) == 0
    capsys.readouterr()
    assert main(["officer", "list", "--json"]) == 0
    listed = said(capsys)
    assert isinstance(listed, list)
    assert listed[0]["retired_at"]


def test_training_is_recorded_and_listed(
    fresh_desk: FreshDesk, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    assert add(secret, "--role", "approver", "--role", "child_approver") == 0
    words = ["officer", "train", "ada", "--course", "children"]
    today = datetime.now(UTC).date()
    until = today + timedelta(days=300)
    days = ["--done-on", str(today), "--valid-until", str(until)]
    capsys.readouterr()
    assert main([*words, *days, "--json"]) == 0
    assert said(capsys) == {"username": "ada", "course": "children", "valid_until": str(until)}
    assert main(["officer", "training"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == [f"ada  children  in_date  until {until:%d %B %Y}", "ada  data_protection  none"]
    assert main(["officer", "training", "--json"]) == 0
    assert said(capsys) == [
        {
            "username": "ada",
            "course": "children",
            "valid_until": str(until),
            "standing": "in_date",
        },
        {"username": "ada", "course": "data_protection", "valid_until": None, "standing": "none"},
    ]
    assert main(["officer", "train", "ada", "--course", "instructions", *days]) == 1
    assert "E-TRN-02" in capsys.readouterr().err


def test_open_work_is_handed_over_when_an_officer_is_retired(
    fresh_desk: FreshDesk, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    Desk(now=NOW).log()
    assert add(secret, "--role", "officer", username="bo") == 0
    assert main(["officer", "retire", "ada"]) == 1
    assert "[E-HAND-04" in capsys.readouterr().err
    assert main(["officer", "retire", "ada", "--hand-over-to", "bo", "--json"]) == 0
    assert said(capsys) == {"username": "ada", "handed_over": 1}


def test_a_token_is_printed_once_and_opens_the_door(
    fresh_desk: FreshDesk, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    assert add(secret) == 0
    capsys.readouterr()
    assert main(["token", "create", "ada"]) == 0
    token = capsys.readouterr().out.strip()
    officer = officers.of_token(token, now=NOW)
    assert officer is not None
    assert not officer.may_decide

    assert main(["token", "create", "ada", "--decide", "--json"]) == 0
    made = said(capsys)
    assert isinstance(made, dict)
    decides = officers.of_token(made["token"], now=NOW)
    assert decides is not None
    assert decides.may_decide


def test_a_token_decides_only_where_the_profile_allows_it(
    fresh_desk: FreshDesk, secret: str, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    settings.DESK = replace(settings.DESK, token_may_decide=False)
    assert add(secret) == 0
    assert main(["token", "create", "ada", "--decide"]) == 1
    assert "[E-WHO-05," in capsys.readouterr().err
    assert main(["token", "create", "ada"]) == 0


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        (("--role", "officer", "--role", "dpo"), "E-ROLE-61"),
        (("--role", "administrator", "--role", "overseer"), "E-ROLE-61"),
        (("--role", "senior_approver"), "E-ROLE-62"),
    ],
)
def test_roles_that_exclude_each_other_are_refused_with_their_rule(
    fresh_desk: FreshDesk,
    secret: str,
    more: tuple[str, ...],
    rule: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert fresh_desk.database_url
    assert add(secret, *more) == 1
    assert f"[{rule}," in capsys.readouterr().err
    assert officers.everyone() == []


def test_an_unknown_officer_and_a_taken_name_are_refused(
    fresh_desk: FreshDesk, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    assert main(["officer", "retire", "nobody"]) == 1
    assert "[E-FIND-01," in capsys.readouterr().err
    assert (add(secret), add(secret)) == (0, 1)
    assert "[E-OFF-01," in capsys.readouterr().err


def test_an_unknown_role_is_wrong_usage(secret: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        add(secret, "--role", "chief")
    assert ended.value.code == 2
    assert "chief" in capsys.readouterr().err


def test_a_missing_password_is_never_asked_for_without_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["officer", "add", "ada", "--name", "Ada", "--role", "officer"]) == 1
    assert "--password-file" in capsys.readouterr().err


def test_a_password_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(str(tmp_path / "none")) == 1
    assert "none" in capsys.readouterr().err


def test_tokens_are_listed_and_revoked(
    fresh_desk: FreshDesk, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    assert add(secret) == 0
    assert main(["token", "list"]) == 0
    assert "No token is in force." in capsys.readouterr().err
    assert main(["token", "create", "ada"]) == 0
    token = capsys.readouterr().out.strip()

    assert main(["token", "list", "--json"]) == 0
    listed = said(capsys)
    assert isinstance(listed, list)
    number = listed[0]["token"]
    assert main(["token", "list"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{number}  ada  until ")
    assert token not in shown

    assert main(["token", "revoke", number, "--json"]) == 0
    assert said(capsys) == {"token": number}
    assert main(["token", "list", "--json"]) == 0
    assert said(capsys) == []
    assert main(["token", "revoke", number]) == 1
    assert "[E-WHO-06," in capsys.readouterr().err


def test_a_number_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["token", "revoke", "ada"])
    assert ended.value.code == 2
    assert "evenhand token list" in capsys.readouterr().err
