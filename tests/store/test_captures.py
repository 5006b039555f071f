"""What the database itself refuses of captures, whoever asks."""

from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import errors

from evenhand.actions import captures, captures_time
from evenhand.rules.captures import MOST_CAPTURES
from evenhand.rules.handover import ENDED
from evenhand.rules.officers import WORKER
from evenhand.rules.referrals import State
from tests.builders import ADA
from tests.captures import taken
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, refuses
from tests.store.test_people import refused_by
from tests.timestamps import Tsa, serving

COPY = (
    "INSERT INTO capture SELECT (jsonb_populate_record(capture, jsonb_build_object('id', {id},"
    " 'referral_id', {referral}))).* FROM capture WHERE locked_at IS NULL LIMIT 1"
)
FILE = "INSERT INTO machinery.capture_file (id, at) VALUES ({id}, now()); "
OTHER = "'00000000-0000-0000-0000-000000000009'"
HERE = "referral_id"
NEVER = {
    "UPDATE capture SET sha256 = '\\x00' WHERE locked_at IS NULL": "E-CAP-07",
    "UPDATE capture SET locked_at = NULL, locked_by_id = NULL WHERE locked_at IS NOT NULL": (
        "E-CAP-07"
    ),
    "UPDATE capture SET locked_at = now() WHERE locked_at IS NULL": (
        "capture_locked_is_out_of_reach"
    ),
    COPY.format(id=OTHER, referral=HERE): "E-CAP-09",
}
OUT_OF_REACH = (
    "SELECT identity FROM machinery.locked_capture",
    "DELETE FROM machinery.locked_capture",
    "INSERT INTO machinery.locked_capture (id, identity) VALUES (gen_random_uuid(), 'x')",
)


@pytest.fixture
def desk(fresh_desk: FreshDesk) -> Desk:
    desk = Desk()
    stopped = taken(desk, desk.log())
    captures.stop(stopped, acting=desk.by(ADA))
    return desk


def test_a_capture_is_written_once_and_locked_for_good(fresh_desk: FreshDesk, desk: Desk) -> None:
    taken(desk, desk.log())
    with connected(fresh_desk) as connection:
        for statement, names in NEVER.items():
            assert names in refused_by(connection, statement), statement
        for statement in OUT_OF_REACH:
            refuses(connection, statement, errors.InsufficientPrivilege, says="permission denied")


def test_what_opens_a_stopped_capture_is_kept_where_only_the_owner_sees_it(
    fresh_desk: FreshDesk, desk: Desk
) -> None:
    with psycopg.connect(fresh_desk.owner_url) as owner:
        [(identity,)] = owner.execute("SELECT identity FROM machinery.locked_capture").fetchall()
        assert len(identity) > 80


def test_a_timestamp_is_as_it_came(
    fresh_desk: FreshDesk, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taken(desk, desk.log())
    tsa = Tsa(tmp_path / "tsa")
    with serving(tsa.reply, tsa.root) as authority:
        monkeypatch.setattr(settings, "TIMESTAMPS", authority)
        captures_time.stamp_all(acting=desk.by(WORKER))
    with connected(fresh_desk) as connection:
        statement = "UPDATE capture_time SET stamped_at = now()"
        assert "E-CAP-07" in refused_by(connection, statement)
        for statement in ("UPDATE capture_time SET at = at", "DELETE FROM capture_time"):
            refuses(connection, statement, errors.InsufficientPrivilege, says="E-LOG-52")


@pytest.mark.parametrize("state", sorted(ENDED - {State.STATUTORY_ROUTE}))
def test_none_comes_to_what_has_ended(fresh_desk: FreshDesk, desk: Desk, state: State) -> None:
    taken(desk, desk.log())
    over = desk.brought_to(state)
    with connected(fresh_desk) as connection:
        there = f"(SELECT id FROM referral WHERE reference = '{over}')"
        statement = FILE.format(id=OTHER) + COPY.format(id=OTHER, referral=there)
        assert "E-CAP-02" in refused_by(connection, statement)


def test_none_comes_to_what_has_enough(fresh_desk: FreshDesk, desk: Desk) -> None:
    reference = desk.log()
    for _ in range(MOST_CAPTURES):
        taken(desk, reference)
    with connected(fresh_desk) as connection:
        statement = FILE.format(id=OTHER) + COPY.format(id=OTHER, referral=HERE)
        assert "E-CAP-02" in refused_by(connection, statement)
