"""``evenhand backup`` and ``restore``: the same desk again, without what was disposed of since."""

import json
import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from evenhand.actions import captures
from evenhand.actions.sequencing import Sequencer
from evenhand.cli.clusters import programs
from evenhand.cli.embedded import OWNER, Cluster
from evenhand.cli.home import Home
from evenhand.cli.signer_folder import KEY
from evenhand.ledger.erasures import ERASED
from evenhand.rules.officers import Role
from evenhand.seal.keys import KeyFile
from evenhand.seal.record import RecordKey
from evenhand.store.keys import RecordKeyRow
from tests.actions.people import known_person, person
from tests.actions.test_disposal import dispose_of
from tests.builders import ADA, LEE, RIA, RON, proposal
from tests.captures import taken
from tests.cli.programs import evenhand, wait_until_nothing_is_left
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.signers import ORIGIN, RunningSigner, running_signer
from tests.web.people import stored

GONE, STAYS = "Zora Vanishing", "Alba Staying"
Digests = dict[str, tuple[int, str]]


@dataclass
class Lived:
    """A desk with a published log in a home of its own, and its programs' environment."""

    desk: Desk
    home: Path
    signer: RunningSigner
    env: dict[str, str]
    gone: str
    stays: str

    @property
    def set(self) -> Path:
        return self.home.with_name("set")

    def publish(self) -> None:
        sequencer = Sequencer(self.home / "log", self.signer.socket)
        for _ in range(2):
            sequencer.step(now=datetime.now(UTC))

    def backup(self, folder: Path) -> None:
        done = evenhand("backup", str(folder), environment=self.env)
        assert done.returncode == 0, done.stderr.decode()
        assert b"The desk's key is not in it." in done.stderr


@pytest.fixture
def lived(fresh_desk: FreshDesk, place: Path) -> Iterator[Lived]:
    with running_signer() as signer:
        home = place / "first"
        home.mkdir()
        desk = Desk(now=datetime.now(UTC) - timedelta(days=2))
        for officer in (LEE, RIA, RON):
            desk.by(officer)
        gone = known_person(desk, said=proposal(name=GONE))
        stays = known_person(desk, said=proposal(name=STAYS))
        desk.do(desk.log(), "withdraw")
        env = fresh_desk.env | {"EVENHAND_HOME": str(home), "EVENHAND_SIGNER": str(signer.socket)}
        lived = Lived(desk, home, signer, env, gone, stays)
        lived.publish()
        yield lived


@pytest.fixture
def empty(fresh_desk: FreshDesk, lived: Lived, place: Path) -> Iterator[dict[str, str]]:
    """Settings of a desk of one's own whose database is empty."""
    server, name = fresh_desk.server, f"{fresh_desk.name}_again"
    server.create_empty(name)
    home = place / "again"
    home.mkdir()
    signer = {"EVENHAND_SIGNER": lived.env["EVENHAND_SIGNER"]}
    yield server.environment(name) | {"EVENHAND_HOME": str(home)} | signer
    server.drop(name)


def digests(address: str) -> Digests:
    """Count and digest the rows of every guarded table."""
    from evenhand.store.provisioning import guarded_tables

    with psycopg.connect(address) as run:
        return {
            table: run.execute(
                f"SELECT count(*), md5(string_agg(it::text, ',' ORDER BY it::text))"
                f' FROM "{table}" AS it'.encode()
            ).fetchone()
            or (0, "")
            for table in guarded_tables()
        }


def rights(address: str) -> list[tuple[str, str]]:
    """Say what anybody but the owner may call, read and write."""
    others = (
        f"SELECT {{0}}name, array(SELECT it::text FROM unnest({{0}}acl) AS it"
        f" WHERE it::text !~ '^{OWNER}=' ORDER BY 1)::text FROM pg_{{1}}"
        f" WHERE {{0}}namespace::regnamespace::text IN ('public', 'machinery')"
    )
    tables = others.format("rel", "class") + " AND relkind IN ('r', 'p', 'S')"
    with psycopg.connect(address) as run:
        asked = f"{others.format('pro', 'proc')} UNION {tables} ORDER BY 1, 2"
        return run.execute(asked.encode()).fetchall()


def test_a_desk_comes_back_into_a_new_home_as_it_was(lived: Lived, place: Path) -> None:
    home = Home(place / "second")
    home.make()
    given = {"EVENHAND_HOME": str(home.folder)}
    seen, stopped = (taken(lived.desk, lived.desk.log()) for _ in range(2))
    captures.stop(stopped, acting=lived.desk.by(ADA))
    shutil.copytree(settings.HOME / "captures" / "kept", lived.home / "captures" / "kept")
    lived.publish()
    lived.backup(lived.set)
    assert [it.name for it in (lived.set / "data" / "captures").iterdir()] == [f"{seen.hex}.age"]
    keep = (datetime.now(UTC) + timedelta(days=35)).date()
    assert f"Evenhand-Keep-Until: {keep}" in (lived.set / "bag-info.txt").read_text()
    _holds_no_key(lived.set, lived)
    assert _refused("restore", str(lived.set), environment=given).startswith(
        f"The desk's key is not at {home.desk_key}."
    )
    shutil.copy(lived.env["EVENHAND_DESK_KEY"], home.desk_key)
    own = str(lived.set / "data" / ERASED)
    assert f"name the backup's own: --erased {own}" in _refused(
        "restore", str(lived.set), environment=given
    )
    told = _restored(str(lived.set), "--erased", own, environment=given)
    assert (told["lost"], told["erased_again"], told["clock_ran"]) == (0, 0, True)
    assert told["open"] is False
    cluster = Cluster(home.folder, secret=home.secret)
    with cluster.used():
        restored = digests(cluster.address())
        assert restored.pop("restoration")[0] == 1  # and its key: who opens the desk says why
        before = digests(lived.env["DATABASE_URL"])
        assert restored.pop("record_key")[0] == before.pop("record_key")[0] + 1
        del before["restoration"]
        assert restored == before
        assert rights(cluster.address()) == rights(lived.env["DATABASE_URL"])
        kept = home.folder / "captures" / "kept"
        assert [it.name for it in kept.iterdir()] == [f"{seen.hex}.age"]
        assert kept.joinpath(f"{seen.hex}.age").read_bytes().startswith(b"age-encryption.org/v1")
        with psycopg.connect(cluster.address(OWNER)) as run:
            assert run.execute("SELECT FROM machinery.locked_capture").fetchall() == []
            known = run.execute("SELECT FROM pg_stats WHERE tablename = 'referral'").fetchall()
            assert known, "PostgreSQL does not know yet what is in the rows that were restored."
        compared = evenhand("log", "reconcile", "--json", environment=given)
        assert json.loads(compared.stdout)["ok"], compared.stdout
        assert "There is a desk in this database already." in _refused(
            "restore", str(lived.set), environment=given
        )
    assert wait_until_nothing_is_left(home.folder) == []


def test_whoever_was_disposed_of_since_is_nowhere_in_the_restored_desk(
    lived: Lived, empty: dict[str, str]
) -> None:
    gone, stays = person(lived.gone), person(lived.stays)
    sealed = [bytes(gone.name or b""), bytes(RecordKeyRow.objects.get(id=gone.id).wrapped)]
    lived.backup(lived.set)
    dispose_of(lived.desk, lived.gone)
    lived.desk.log()
    lived.publish()
    erased = lived.home / ERASED
    again = Path(empty["EVENHAND_HOME"])
    shutil.copytree(lived.home / "log", again / "log")
    _a_changed_byte_stops_it(lived, empty)
    (again / "none").touch()
    assert "1 of 1 erasures since the backup are not in the list" in _refused(
        "restore", str(lived.set), "--erased", str(again / "none"), environment=empty
    )
    assert "A restore of this desk broke off" in _refused("serve", environment=empty)
    assert "A restore of this desk broke off" in _refused(
        "backup", str(again / "set"), environment=empty
    )
    assert not (again / "set").exists()
    told = _restored(str(lived.set), "--erased", str(erased), environment=empty)
    assert (told["erased_again"], told["beyond_the_log"]) == (1, 0)
    assert told["lost_by_act"]["record.dispose"] == told["lost_by_act"]["referral.log"] == 1

    signed = evenhand("log", "checkpoint", "--json", environment=empty)
    assert signed.returncode == 0, signed.stderr.decode()
    compared = evenhand("log", "reconcile", environment=empty)
    assert compared.returncode == 0, compared.stdout
    assert f"{told['lost']} of the entries were lost at a restore".encode() in compared.stderr
    script = _as_text(lived.set / "data" / "database.dump")
    assert all(it.hex().encode() in script for it in sealed)  # so would be whoever was not erased
    _check_second_backup(empty, again / "set", sealed)
    with psycopg.connect(empty["DATABASE_URL"]) as run:
        assert not run.execute("SELECT FROM person WHERE id = %s", [gone.id]).fetchall()
        [(name, wrapped)] = run.execute(
            "SELECT name, wrapped FROM person JOIN record_key ON record_key.id = key_id"
            " WHERE person.id = %s",
            [stays.id],
        ).fetchall()
    key = RecordKey.unwrap(stays.id, wrapped, KeyFile(Path(empty["EVENHAND_DESK_KEY"])))
    assert key.open(f"person.name.{stays.id}", name) == STAYS


def test_a_backup_that_fails_leaves_nothing(lived: Lived, place: Path) -> None:
    nobody = lived.env["EVENHAND_OWNER_URL"].replace("_owner:", "_nobody:", 1)
    wrong = lived.env | {"EVENHAND_OWNER_URL": nobody}
    before = sorted(place.iterdir())
    assert "The database could not be written to a file" in _refused(
        "backup", str(place / "half"), environment=wrong
    )
    assert sorted(place.iterdir()) == before
    assert "is there already" in _refused("backup", str(place), environment=lived.env)


def _a_changed_byte_stops_it(lived: Lived, empty: dict[str, str]) -> None:
    changed = lived.set.with_name("changed")
    shutil.copytree(lived.set, changed)
    dump = changed / "data" / "database.dump"
    data = bytearray(dump.read_bytes())
    data[len(data) // 2] ^= 1
    dump.write_bytes(data)
    said = _refused("restore", str(changed), "--erased", os.devnull, environment=empty)
    assert "data/database.dump was changed" in said


def _check_second_backup(empty: dict[str, str], folder: Path, sealed: list[bytes]) -> None:
    done = evenhand("backup", str(folder), environment=empty)
    assert done.returncode == 0, done.stderr.decode()
    script = _as_text(folder / "data" / "database.dump")
    assert "COPY public.person " in script.decode()
    assert not [it for it in sealed if it.hex().encode() in script]


def _restored(*words: str, environment: dict[str, str]) -> dict[str, Any]:
    done = evenhand("restore", *words, "--json", environment=environment)
    assert done.returncode == 0, done.stderr.decode()
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _refused(*words: str, environment: dict[str, str]) -> str:
    done = evenhand(*words, environment=environment)
    assert done.returncode == 1, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stderr.decode()


def _as_text(dump: Path) -> bytes:
    command = [str(programs() / "pg_restore"), "--file=-", str(dump)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _holds_no_key(folder: Path, lived: Lived) -> None:
    """Search the set, and the database in it as it is loaded, for the bytes of every key."""
    secrets = [
        Path(lived.env["EVENHAND_DESK_KEY"]).read_text(),
        (lived.signer.folder / KEY).read_text(),
    ]
    desk = json.loads(secrets[0])["keys"][0]["key"]
    signing = secrets[1].strip().split("+", 4)[4]
    wanted = [desk.encode(), b64decode(desk), b64decode(desk).hex().encode()]
    wanted += [signing.encode(), b64decode(signing)[1:], b64decode(signing)[1:].hex().encode()]
    script = _as_text(folder / "data" / "database.dump")
    held = [script, *(it.read_bytes() for it in folder.rglob("*") if it.is_file())]
    assert not [key for key in wanted for it in held if key in it]
    assert b"COPY public.referral " in script


def test_a_desk_that_lost_entries_goes_on_in_a_new_log_that_backups_have_too(
    lived: Lived, empty: dict[str, str], fresh_desk: FreshDesk, place: Path
) -> None:
    new = "desk.example/log-2"
    stored("Kim", Role.ADMINISTRATOR)
    stored("Jon", Role.OVERSEER)
    lived.publish()
    lived.backup(lived.set)
    lived.desk.log()
    lived.publish()

    def done(*words: str | Path, environment: dict[str, str] = empty) -> str:
        ran = evenhand(*map(str, words), environment=environment)
        assert ran.returncode == 0, ran.stderr.decode()
        return (ran.stdout + ran.stderr).decode()

    # Nothing newer than the backup is left: only the signer knows how far the log was.
    done("restore", lived.set, "--erased", lived.set / "data" / ERASED)
    assert "ROLLBACK: the " in _refused("log", "checkpoint", environment=empty)
    begin = ["log", "begin", new, "--why", "entries_lost", "--administrator", "kim"]
    without = empty | {"EVENHAND_OWNER_URL": ""}
    said = _refused(*begin, "--overseer", "jon", environment=without)
    assert said.startswith("EVENHAND_OWNER_URL is not set")
    assert "E-WHO-02" in _refused(*begin, "--overseer", "kim", environment=empty)
    assert f"The log {new} continues it." in done(*begin, "--overseer", "jon", "--json")
    lived.signer.kill()
    done("signer", "--folder", lived.signer.folder, "--new-log", new)
    lived.signer.start()
    done("log", "export", place / "now")
    assert '"size"' in done("log", "export", place / "before", "--closed", ORIGIN, "--json")
    said = _refused("log", "export", str(place / "before"), "--closed", ORIGIN, environment=empty)
    assert "is there already" in said
    said = done("log", "verify", place / "now", "--before", place / "before")
    assert f"It continues the log {ORIGIN}, which was closed" in said
    assert "leads to the checkpoint that this log names" in said
    done("log", "reconcile")

    done("backup", place / "set-2")
    name, home = f"{fresh_desk.name}_third", place / "third"
    fresh_desk.server.create_empty(name)
    home.mkdir()
    third = empty | fresh_desk.server.environment(name) | {"EVENHAND_HOME": str(home)}
    done(
        *("restore", place / "set-2", "--erased", place / "set-2" / "data" / ERASED),
        environment=third,
    )
    closed = Path("closed-logs") / "1" / "checkpoint"
    assert (home / closed).read_bytes() == (place / "again" / closed).read_bytes()
    done("log", "export", home / "before", "--closed", ORIGIN, environment=third)
    fresh_desk.server.drop(name)
