"""Tables are made by their owner; the application has no more rights than it needs."""

from datetime import UTC, datetime

import psycopg
import pytest

from evenhand.actions import desk
from evenhand.queries.health import read_health, read_rights
from evenhand.rules.referrals import State
from evenhand.store.keys import IndexKeyRow
from evenhand.store.provisioning import SQL, guarded_tables
from tests.desks import FreshDesk
from tests.journeys import Desk, changing_nothing
from tests.store.raw import STILL_NAMED, ask, connected, guarded, refuses, take_number, touch


def test_preparing_a_desk_again_changes_nothing(fresh_desk: FreshDesk) -> None:
    Desk().brought_to(State.CLOSED)
    with changing_nothing():
        desk.prepare_tables(now=datetime(2027, 1, 1, tzinfo=UTC))
    assert IndexKeyRow.objects.count() == 1
    with connected(fresh_desk) as connection:
        assert guarded(connection) == guarded_tables()


@pytest.mark.django_db
def test_the_applications_role_has_no_right_that_it_must_not_have() -> None:
    assert list(read_rights()) == []
    assert read_health().missing_migrations == ()


def test_the_application_owns_nothing(fresh_desk: FreshDesk) -> None:
    with connected(fresh_desk) as connection:
        owned = ask(
            connection,
            "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles"
            " WHERE rolname = current_user)",
        )
        assert owned == []


def test_the_application_takes_no_key_of_the_log_away(fresh_desk: FreshDesk) -> None:
    with connected(fresh_desk) as connection:
        for statement in (
            "UPDATE machinery.log_key SET since = now()",
            "DELETE FROM machinery.log_key",
            "TRUNCATE machinery.log_key",
        ):
            refuses(connection, statement)


def test_a_desk_that_is_there_gets_the_guard_of_this_version(fresh_desk: FreshDesk) -> None:
    with psycopg.connect(fresh_desk.owner_url) as owner:
        owner.execute(
            "CREATE OR REPLACE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RETURN NULL; END'"
        )
    desk.prepare_tables(now=datetime(2027, 1, 1, tzinfo=UTC))
    with connected(fresh_desk) as connection:
        refuses(connection, touch("index_key").as_string(connection), says="E-LOG-52")


def test_what_names_a_key_or_a_person_keeps_it_from_going_at_once(fresh_desk: FreshDesk) -> None:
    """Also of a table that a migration brings."""
    compared_at_commit = (
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND confdeltype = 'a' AND confrelid IN ('record_key'::regclass,"
        " 'person'::regclass, 'person_link'::regclass, 'person_statement'::regclass)"
    )
    with psycopg.connect(fresh_desk.owner_url) as owner:
        owner.execute(
            "CREATE TABLE brought (id uuid PRIMARY KEY,"
            " key_id uuid NOT NULL REFERENCES record_key DEFERRABLE INITIALLY DEFERRED)"
        )
    desk.prepare_tables(now=datetime(2027, 1, 1, tzinfo=UTC))
    with psycopg.connect(fresh_desk.owner_url) as owner:
        # These two are parted by a trigger as somebody goes.
        assert ask(owner, compared_at_commit) == [("combination", "person")] * 2
        take_number(owner)
        owner.execute("INSERT INTO record_key (id, wrapped) VALUES (gen_random_uuid(), 'x')")
        owner.execute("INSERT INTO brought SELECT gen_random_uuid(), id FROM record_key LIMIT 1")
        refuses(owner, "DELETE FROM record_key", STILL_NAMED, says="brought")
        owner.rollback()


KEYS_OF_PARTS = """SELECT count(*) FILTER (WHERE named ~ '^opening_'),
    count(*) FILTER (WHERE named ~ '^change_')
    FROM (SELECT conrelid::regclass::text AS named, confrelid::regclass::text AS its_entry
        FROM pg_constraint WHERE conname ~ '^(opening|change)_belongs_to_an_entry$') AS keys
    WHERE its_entry = regexp_replace(named, '^(opening|change)', 'entry')"""


def test_entries_go_on_after_the_first_ten_million(fresh_desk: FreshDesk) -> None:
    with psycopg.connect(fresh_desk.owner_url, autocommit=True) as owner:
        owner.execute("SELECT setval('entry_number', 39999998)")
        owner.execute("SELECT make_partitions_ahead()")
    here = Desk()
    for _ in range(3):
        here.log()
    with connected(fresh_desk) as connection:
        assert ask(connection, "SELECT count(*) FROM entry_4") > [(0,)]
        new = ask(
            connection,
            "SELECT has_table_privilege('entry_7', 'INSERT, UPDATE, DELETE, TRUNCATE')",
        )
        assert new == [(False,)]
        assert ask(connection, KEYS_OF_PARTS) == [(8, 8)]


def test_a_desk_whose_log_was_held_to_all_parts_is_held_part_by_part(
    fresh_desk: FreshDesk,
) -> None:
    with psycopg.connect(fresh_desk.owner_url, autocommit=True) as owner:
        for part in range(5):
            owner.execute(f"ALTER TABLE opening_{part} DROP CONSTRAINT opening_belongs_to_an_entry")
            owner.execute(f"ALTER TABLE change_{part} DROP CONSTRAINT change_belongs_to_an_entry")
        owner.execute("ALTER TABLE opening ADD FOREIGN KEY (entry) REFERENCES entry (number)")
        owner.execute(
            "ALTER TABLE change ADD CONSTRAINT change_belongs_to_an_entry FOREIGN KEY"
            " (entry, made_in) REFERENCES entry (number, made_in) DEFERRABLE INITIALLY DEFERRED"
        )
        owner.execute((SQL / "parts.sql").read_text("utf-8"))
        assert ask(owner, KEYS_OF_PARTS) == [(5, 5)]
        assert ask(owner, "SELECT FROM pg_constraint WHERE confrelid = 'entry'::regclass") == []
        refuses(
            owner,
            "INSERT INTO opening (entry, fields) VALUES (4000000, '[]')",
            psycopg.errors.ForeignKeyViolation,
            says="opening_belongs_to_an_entry",
        )
