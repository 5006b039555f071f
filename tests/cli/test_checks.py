"""``check`` and ``status``: what is wrongly set up is named, all at once, in plain sentences."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings as django_settings

from evenhand.cli import checks
from evenhand.cli.failures import SettingsWrong
from evenhand.cli.signer_folder import KEY
from evenhand.config import environment
from evenhand.config.environment import bucket_options
from tests.cli.programs import evenhand
from tests.desks import FreshDesk
from tests.signers import running_signer
from tests.swift import SECRET, Swift

RIGHTS = ("owns tables", "may make tables", "may change the log")


def settings(desk: FreshDesk, **changes: str) -> dict[str, str]:
    return desk.env | {"EVENHAND_OWNER_URL": ""} | changes


def found(environment: dict[str, str]) -> list[str]:
    done = evenhand("check", "--json", environment=environment)
    assert b"Traceback" not in done.stderr
    said = json.loads(done.stdout)
    assert (done.returncode, said["ok"]) == ((1, False) if said["faults"] else (0, True))
    faults: list[str] = said["faults"]
    return faults


def test_a_desk_without_worker_and_style_sheets_is_told_so(fresh_desk: FreshDesk) -> None:
    faults = " ".join(found(settings(fresh_desk)))
    assert "No worker has been seen" in faults
    assert "evenhand migrate" in faults


def test_a_desk_whose_clock_ran_ahead_is_told_how_to_open_its_days_again(
    fresh_desk: FreshDesk,
) -> None:
    with psycopg.connect(fresh_desk.owner_url, autocommit=True) as owner:
        owner.execute("UPDATE machinery.known_since SET added_up = current_date + 9")
        [told] = [it for it in found(settings(fresh_desk)) if "closed for counts" in it]
        owner.execute(told.partition("run: ")[2].encode())
    assert "closed for counts" not in " ".join(found(settings(fresh_desk)))


def test_a_desk_that_can_hold_more_than_its_register_lists_is_told_so(
    fresh_desk: FreshDesk,
) -> None:
    with psycopg.connect(fresh_desk.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE person ADD COLUMN also text")
        faults = " ".join(found(settings(fresh_desk)))
        owner.execute("ALTER TABLE person DROP COLUMN also")
    assert "E-PUB-64" in faults
    assert "person.also" in faults
    assert "E-PUB-64" not in " ".join(found(settings(fresh_desk)))


def test_a_profile_that_leaves_out_the_data_protection_officer_is_told_so(
    fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    shipped = (environment.PROFILES / "demo.toml").read_text(encoding="utf-8")
    changed = tmp_path / "desk.toml"
    changed.write_text(shipped.replace("data-protection@demo.example", ""), encoding="utf-8")
    told = [
        it for it in found(settings(fresh_desk, EVENHAND_PROFILE=str(changed))) if "E-PUB" in it
    ]
    assert len(told) == 1
    assert "leaves out dpo_email. Fill these lines in" in told[0]
    assert "E-PUB-32" not in " ".join(found(settings(fresh_desk)))


def test_wrong_settings_are_all_named(fresh_desk: FreshDesk, tmp_path: Path) -> None:
    key = tmp_path / "desk.key"
    key.write_bytes(Path(fresh_desk.env["EVENHAND_DESK_KEY"]).read_bytes())
    key.chmod(0o644)
    faults = " ".join(
        found(
            settings(
                fresh_desk,
                EVENHAND_DESK_KEY=str(key),
                EVENHAND_PUBLIC_URL="http://desk.example",
                EVENHAND_SECRET_KEY="short",
                EVENHAND_OWNER_URL=fresh_desk.owner_url,
            )
        )
    )
    for fault in (
        "can be read by others",
        "is not https",
        "shorter than 50 characters",
        "EVENHAND_OWNER_URL is set here",
    ):
        assert fault in faults


def test_a_role_that_may_too_much_is_named(fresh_desk: FreshDesk) -> None:
    faults = " ".join(found(settings(fresh_desk, DATABASE_URL=fresh_desk.owner_url)))
    assert all(right in faults for right in RIGHTS)


@pytest.mark.parametrize("what", ["no server", "no tables"])
def test_a_database_that_cannot_be_used_is_said(fresh_desk: FreshDesk, what: str) -> None:
    if what == "no server":
        changed = {"DATABASE_URL": "postgresql://evenhand_app@127.0.0.1:9/none"}
        sentence = "The database cannot be reached"
    else:
        changed = {"DATABASE_URL": fresh_desk.server.address("evenhand_owner", "postgres")}
        sentence = "The tables are out of date"
    environment = settings(fresh_desk, **changed)
    assert sentence in " ".join(found(environment))
    done = evenhand("status", environment=environment)
    assert done.returncode == 1
    assert json.loads(done.stdout)["ok"] is False


def test_migrate_needs_the_owner_and_may_run_again(fresh_desk: FreshDesk) -> None:
    refused = evenhand("migrate", environment=settings(fresh_desk))
    assert refused.returncode == 1
    assert b"EVENHAND_OWNER_URL is not set" in refused.stderr
    done = evenhand("migrate", "--json", environment=dict(fresh_desk.env))
    assert json.loads(done.stdout) == {"ok": True}, done.stderr
    assert "style sheets" not in " ".join(found(settings(fresh_desk)))


@pytest.mark.parametrize(("left", "told"), [(-1, 1), (179, 1), (181, 0)])
def test_bank_holidays_that_run_out_are_told_half_a_year_before(
    left: int, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = datetime.now(UTC).date() + timedelta(days=left)
    calendar = replace(django_settings.CLOCKS.calendar, known_until=until)
    clocks = replace(django_settings.CLOCKS, calendar=calendar)
    monkeypatch.setattr(django_settings, "CLOCKS", clocks)
    assert len(list(checks._calendar())) == told


def test_the_logs_key_is_made_once_and_not_where_a_signer_answers(
    fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    home = {"EVENHAND_HOME": str(tmp_path), "EVENHAND_SIGNER": str(tmp_path / "socket")}
    here = settings(fresh_desk, **home)
    assert any("Run: evenhand signer" in it for it in found(here))
    made = evenhand("check", "--fix", environment=here)
    assert b"is the log's key" in made.stderr
    key = tmp_path / "signer" / KEY
    before = key.read_text()
    assert b"is the log's key" not in evenhand("check", "--fix", environment=here).stderr
    assert key.read_text() == before
    key.unlink()
    with running_signer() as signer:
        here |= {"EVENHAND_SIGNER": str(signer.socket)}
        done = evenhand("check", "--fix", environment=here)
        assert b"evenhand signer" not in done.stderr
    assert not key.exists()


def test_the_store_of_captures_is_tried_out(fresh_desk: FreshDesk, swift: Swift) -> None:
    key = f"desk%3Acaptures:{quote(SECRET, safe='')}"
    address = f"s3+http://{key}@127.0.0.1:{swift.port}/not-made"
    faults = found(settings(fresh_desk, EVENHAND_CAPTURES=address))
    assert [it for it in faults if "(bucket not-made) has no such bucket." in it]


@pytest.mark.parametrize(
    "address",
    [
        "/var/captures",
        "https://key:secret@store.example/bucket",
        "s3://store.example/bucket",
        "s3://key:secret@store.example/",
        "s3://key:secret@store.example:port/bucket",
        "s3+http://key:secret@store.example/bucket",
    ],
)
def test_an_address_that_is_no_bucket_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        bucket_options(address)


def test_the_address_of_a_bucket_says_all_of_it() -> None:
    assert bucket_options("s3://a%2Fkey:sec%3Aret@[2001:db8::1]:9000/files?region=eu-west-2") == {
        "endpoint": "https://[2001:db8::1]:9000",
        "bucket": "files",
        "key": "a/key",
        "secret": "sec:ret",
        "region": "eu-west-2",
    }
    assert bucket_options("s3+http://k:s@localhost/files")["region"] == "us-east-1"


def test_a_bucket_needs_a_package_that_the_desk_may_not_have(
    fresh_desk: FreshDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda _name: None)
    given = settings(fresh_desk, EVENHAND_CAPTURES="s3://k:s@store.example/files")
    with pytest.raises(SettingsWrong, match=r"requirements/s3\.lock"):
        environment.read_environment(given)
    with pytest.raises(SettingsWrong, match="EVENHAND_CAPTURES must be s3://"):
        environment.read_environment(given | {"EVENHAND_CAPTURES": "s3://store.example"})


@pytest.mark.parametrize(
    ("address", "token", "says"),
    [
        ("imaps://desk@mail.example/INBOX", "https://x", "must be file:/PATH or exec:/PATH"),
        ("imaps://desk:secret@mail.example/INBOX", "file:/t", "without a password"),
        ("imap://desk@mail.example/INBOX", "file:/t", "must then be imaps://"),
        ("imaps://mail.example/INBOX", "file:/t", "must then be imaps://"),
        ("file:///mail", "file:/t", "must then be imaps://"),
    ],
)
def test_a_token_of_a_mailbox_goes_over_tls_in_place_of_a_password(
    fresh_desk: FreshDesk, address: str, token: str, says: str
) -> None:
    given = settings(fresh_desk, EVENHAND_MAIL_IN=address, EVENHAND_MAIL_IN_TOKEN=token)
    with pytest.raises(SettingsWrong, match=says):
        environment.read_environment(given)
    good = {"EVENHAND_MAIL_IN": "imaps://desk@mail.example/", "EVENHAND_MAIL_IN_TOKEN": "file:/t"}
    assert environment.read_environment(given | good).mail_in_token == "file:/t"


def test_clocks_of_law_that_cannot_be_used_are_named(
    fresh_desk: FreshDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evenhand.store import lawbook

    (tmp_path / "clocks.csv").write_text("id,what\nE01,x\n", "utf-8")
    monkeypatch.setattr(django_settings, "LAW_DATA", tmp_path)
    lawbook.clocks.cache_clear()
    try:
        assert "clocks.csv" in " ".join(checks._clocks())
    finally:
        monkeypatch.undo()
        lawbook.clocks.cache_clear()
    assert list(checks._clocks()) == []


def test_an_approver_of_childrens_cases_without_training_is_named(
    fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    where, secret = settings(fresh_desk), tmp_path / "secret"
    secret.write_text("correct horse battery staple", encoding="utf-8")
    roles = ("--role", "approver", "--role", "child_approver")
    added = ("officer", "add", "cy", "--name", "Cy Hart", "--password-file", str(secret), *roles)
    assert evenhand(*added, environment=where).returncode == 0
    told = [it for it in found(where) if "child training" in it]
    assert len(told) == 1
    assert "Cy Hart" in told[0]
    today = datetime.now(UTC).date()
    days = ("--done-on", str(today), "--valid-until", str(today + timedelta(days=300)))
    trained = ("officer", "train", "cy", "--course", "children", *days)
    assert evenhand(*trained, environment=where).returncode == 0
    assert "child training" not in " ".join(found(where))
