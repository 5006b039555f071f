"""Nothing in casework changes without an entry of its own, whoever asks and however."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry, write
from evenhand.store.provisioning import COME_TOGETHER
from tests.desks import FreshDesk
from tests.store.raw import (
    LEAF,
    STILL_NAMED,
    Errors,
    ask,
    connected,
    enter,
    guarded,
    name_number,
    refuses,
    take_number,
    touch,
)

LOG = ("entry", "opening", "change")
# The framework's own tables: accounts, sessions, second factors, its list of migrations.
FRAMEWORK = ("auth_", "django_", "account_", "mfa_", "usersessions_", "axes_")

OWN_RULE: Mapping[str, tuple[Errors, str]] = {
    "UPDATE capture": (errors.CheckViolation, "E-CAP-07"),
    "UPDATE disposal": (errors.InsufficientPrivilege, "permission denied for table disposal"),
    "DELETE disposal": (errors.InsufficientPrivilege, "permission denied for table disposal"),
    "DELETE combination": (errors.CheckViolation, "E-CMB-49"),
    "DELETE document_version": (errors.CheckViolation, "E-APD-05"),
    "UPDATE training": (errors.CheckViolation, "E-TRN-01"),
    "DELETE training": (errors.CheckViolation, "E-TRN-01"),
    "DELETE document_word": (errors.CheckViolation, "E-DPIA-59"),
    "UPDATE yearly_report": (errors.CheckViolation, "E-YEAR-03"),
    "DELETE yearly_report": (errors.CheckViolation, "E-YEAR-03"),
    "UPDATE figure": (errors.CheckViolation, "E-COR-89"),
    "DELETE figure": (errors.CheckViolation, "E-COR-89"),
    "UPDATE people_quarter": (errors.CheckViolation, "E-SDC-88"),
    "DELETE people_quarter": (errors.CheckViolation, "E-SDC-88"),
    "DELETE erratum": (errors.CheckViolation, "E-COR-90"),
    "DELETE foi_hold": (errors.InsufficientPrivilege, "E-HOLD-30"),
    "DELETE hold": (errors.InsufficientPrivilege, "E-HOLD-30"),
    "DELETE recall": (errors.CheckViolation, "E-RECALL-18"),
    "DELETE referral": (errors.InsufficientPrivilege, "E-CNT-29"),
    "UPDATE restoration": (errors.CheckViolation, "E-OPEN-02"),
    "DELETE breach": (errors.CheckViolation, "E-BRE-66"),
    "UPDATE breach_note": (errors.CheckViolation, "E-BRE-66"),
    "DELETE breach_note": (errors.CheckViolation, "E-BRE-66"),
    "UPDATE breach_phase": (errors.CheckViolation, "E-BRE-66"),
    "DELETE breach_phase": (errors.CheckViolation, "E-BRE-66"),
    "DELETE breach_group": (errors.CheckViolation, "E-BRE-66"),
    **{
        f"{what} {table}": (errors.CheckViolation, "E-SCR-04")
        for what in ("UPDATE", "DELETE")
        for table in ("scrutiny", "scrutiny_word", "scrutiny_none")
    },
    "DELETE restoration": (errors.CheckViolation, "E-OPEN-02"),
    "DELETE person": (STILL_NAMED, "referenced from"),
    "DELETE person_link": (STILL_NAMED, "referenced from"),
    "DELETE record_key": (STILL_NAMED, "referenced from"),
}
"""Where a rule of the table's own refuses before the guard does: with which error, saying what."""


def goes_nowhere(connection: psycopg.Connection, what: str, table: str, statement: str) -> None:
    """Expect a change without an entry to be refused, by the guard unless a rule comes before."""
    error, says = OWN_RULE.get(f"{what} {table}", (errors.InsufficientPrivilege, "E-LOG-52"))
    refuses(connection, statement, error, says=says)


def test_every_table_outside_the_machinery_the_log_and_the_framework_is_guarded(
    lived_in: FreshDesk,
) -> None:
    with connected(lived_in) as connection:
        tables = ask(
            connection,
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition",
        )
        casework = {str(name) for (name,) in tables if not str(name).startswith(FRAMEWORK)}
        assert casework - set(LOG) == set(guarded(connection))
        assert len(casework) > 10


def test_every_guard_watches_every_kind_of_change_and_is_switched_on(lived_in: FreshDesk) -> None:
    with connected(lived_in) as connection:
        # Row, after, insert 4, update 16; statement, delete 8; statement, before, truncate 32.
        alone = {("guard", 1 | 4 | 16, "O"), ("guard_gone", 8, "O"), ("guard_whole", 2 | 32, "O")}
        together = {("guard", 1 | 16, "O"), ("guard_come", 4, "O"), *alone} - {("guard", 21, "O")}
        for table in guarded(connection):
            kinds = ask(
                connection,
                "SELECT tgname, tgtype & 127, tgenabled FROM pg_trigger"
                f" WHERE tgname ~ '^guard' AND tgrelid = '{table}'::regclass",
            )
            assert set(kinds) == (together if table in COME_TOGETHER else alone), table


def test_what_comes_in_one_statement_is_noted_row_by_row_and_not_without_an_entry(
    lived_in: FreshDesk,
) -> None:
    new = (
        "INSERT INTO disposed_trace (id, trace, day)"
        " SELECT gen_random_uuid(), '\\x00', now() FROM generate_series(1, {})"
    )
    with connected(lived_in) as connection:
        refuses(connection, new.format(1), says="E-LOG-52: INSERT of disposed_trace without")
        connection.execute(new.format(0).encode())
        number = take_number(connection)
        connection.execute(new.format(3).encode())
        [(noted,)] = ask(
            connection,
            "SELECT count(*) FROM change JOIN disposed_trace AS it ON it.id::text = row_key"
            f" WHERE entry = {number} AND operation = 'I'"
            " AND digest = row_digest(to_jsonb(it))",
        )
        assert noted == 3
        connection.rollback()


def test_a_change_without_an_entry_is_refused_on_every_table(lived_in: FreshDesk) -> None:
    with connected(lived_in) as connection:
        for table in guarded(connection):
            assert ask(connection, f"SELECT 1 FROM {table} LIMIT 1"), table
            goes_nowhere(connection, "UPDATE", table, f"UPDATE {table} SET id = id")
            goes_nowhere(connection, "DELETE", table, f"DELETE FROM {table}")
        new = "(id, wrapped) VALUES (gen_random_uuid(), 'x')"
        refuses(connection, f"INSERT INTO record_key {new}", says="E-LOG-52: INSERT of record_key")
        take_number(connection)
        connection.execute(f"INSERT INTO record_key {new}".encode())
        name_number(connection, "")
        unnamed = "DELETE FROM record_key WHERE wrapped = 'x'"
        refuses(connection, unnamed, says="E-LOG-52: DELETE of record_key")
        new = "(id, day, rule, count) VALUES (gen_random_uuid(), now(), 'E', 1)"
        refuses(connection, f"INSERT INTO refused_intake {new}", says="E-LOG-52")


def test_no_roundabout_way_of_writing_passes_the_guard(lived_in: FreshDesk) -> None:
    matched = "MERGE INTO referral r USING (SELECT 1) s ON true WHEN MATCHED THEN"
    with connected(lived_in) as connection:
        for what, statement in (
            ("UPDATE", f"{matched} UPDATE SET version = r.version"),
            ("DELETE", f"{matched} DELETE"),
            (
                "UPDATE",
                "WITH w AS (UPDATE referral SET version = version RETURNING id) SELECT id FROM w",
            ),
            ("DELETE", "WITH w AS (DELETE FROM referral RETURNING id) SELECT id FROM w"),
            (
                "INSERT",
                "INSERT INTO referral TABLE referral ON CONFLICT (id) DO UPDATE SET version = 99",
            ),
            ("UPDATE", "DO $$ BEGIN UPDATE referral SET version = version; END $$"),
        ):
            goes_nowhere(connection, what, "referral", statement)
        with (
            pytest.raises(errors.InsufficientPrivilege, match="E-LOG-52"),
            connection.cursor() as c,
            c.copy("COPY record_key (id, wrapped) FROM STDIN") as copy,
        ):
            copy.write_row((uuid4(), b"x"))
        connection.rollback()
        assert ask(connection, "SELECT 1 FROM referral WHERE version = 99") == []


def test_the_application_cannot_put_the_guard_out_of_the_way(lived_in: FreshDesk) -> None:
    with connected(lived_in) as connection:
        for table in guarded(connection):
            for statement in (
                f"TRUNCATE {table}",
                f"TRUNCATE {table} CASCADE",
                f"ALTER TABLE {table} DISABLE TRIGGER guard",
                f"ALTER TABLE {table} DISABLE TRIGGER guard_gone",
                f"ALTER TABLE {table} DISABLE TRIGGER ALL",
                f"ALTER TABLE {table} ADD COLUMN note text",
                f"DROP TRIGGER guard ON {table}",
                f"DROP TABLE {table} CASCADE",
                f"CREATE RULE quiet AS ON UPDATE TO {table} DO INSTEAD NOTHING",
                f"CREATE POLICY quiet ON {table}",
            ):
                refuses(connection, statement)
        for statement in (
            "SET session_replication_role = replica",
            "DROP FUNCTION guard() CASCADE",
            "CREATE OR REPLACE FUNCTION guard() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
            "ALTER FUNCTION guard() SET search_path = pg_temp",
            "CREATE TABLE public.mine (id int)",
            "CREATE TABLE machinery.mine (id int)",
            "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "SET ROLE evenhand_owner",
            "SET SESSION AUTHORIZATION evenhand_owner",
            "ALTER ROLE CURRENT_USER SET session_replication_role = replica",
            "SELECT setval('entry_number', 1)",
            "ALTER SEQUENCE entry_number RESTART",
            "CREATE TEMP TABLE referral (id int)",
            "COPY referral TO '/tmp/referral'",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "ALTER TABLE entry DETACH PARTITION entry_0",
            "ALTER ROLE evenhand_app SUPERUSER",
        ):
            refuses(connection, statement)


@pytest.mark.parametrize("table", LOG)
def test_the_log_can_only_be_added_to(lived_in: FreshDesk, table: str) -> None:
    key = "number" if table == "entry" else "entry"
    with connected(lived_in) as connection:
        parts = ask(
            connection, "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent = %s::regclass", table,
        )  # fmt: skip
        assert len(parts) >= 5
        for name in (table, *(str(part) for (part,) in parts)):
            for statement in (
                f"UPDATE {name} SET {key} = {key}",
                f"DELETE FROM {name}",
                f"TRUNCATE {name}",
                f"DROP TABLE {name}",
                f"ALTER TABLE {name} RENAME TO gone",
            ):
                refuses(connection, statement)
        for (part,) in parts:
            refuses(connection, f"INSERT INTO {part} SELECT * FROM {part}")


def test_nobody_but_the_guard_writes_a_change(lived_in: FreshDesk) -> None:
    with connected(lived_in) as connection:
        number = take_number(connection)
        refuses(
            connection,
            "INSERT INTO change (entry, row_table, row_key, operation, digest)"
            f" VALUES ({number}, 'referral', 'x', 'U', sha256('x'))",
        )
        refuses(connection, "SELECT guard()", psycopg.Error)


def test_a_change_cannot_ride_on_an_entry_that_is_closed(lived_in: FreshDesk) -> None:
    with connected(lived_in) as connection:
        for (number,) in ask(connection, "SELECT number FROM entry"):
            with pytest.raises(errors.InsufficientPrivilege, match="which is closed"):
                name_number(connection, number)
                connection.execute(touch("referral"))
            connection.rollback()


def test_a_change_under_a_made_up_number_cannot_commit(lived_in: FreshDesk) -> None:
    with connected(lived_in) as connection:
        name_number(connection, 4_000_000)
        connection.execute(touch("referral"))
        with pytest.raises(errors.ForeignKeyViolation, match="change_belongs_to_an_entry"):
            connection.commit()
    for number in ("90000000000", "-1", "0.5", "one", "9" * 40):
        with connected(lived_in) as connection:
            name_number(connection, number)
            with pytest.raises(psycopg.Error):
                connection.execute(touch("referral"))
            connection.rollback()


def test_a_change_cannot_ride_on_the_entry_of_a_transaction_that_is_still_open(
    lived_in: FreshDesk,
) -> None:
    with connected(lived_in) as honest, connected(lived_in) as rider:
        number = take_number(honest)
        honest.execute("UPDATE referral SET version = version WHERE state = 'closed'")
        name_number(rider, number)
        rider.execute("UPDATE referral SET version = version WHERE state = 'returned'")
        enter(honest, number)
        honest.commit()
        with pytest.raises(errors.ForeignKeyViolation):
            rider.commit()
        changes = ask(honest, "SELECT count(*) FROM change WHERE entry = %s", number)
        assert changes == [(1,)]


def test_two_transactions_under_one_number_never_mix(lived_in: FreshDesk) -> None:
    with connected(lived_in) as first, connected(lived_in) as second:
        number = take_number(first)
        first.execute("UPDATE referral SET version = version WHERE state = 'closed'")
        name_number(second, number)
        second.execute("UPDATE referral SET version = version WHERE state = 'returned'")
        enter(second, number)
        second.commit()
        with pytest.raises(errors.UniqueViolation):
            enter(first, number)
        first.rollback()
        assert ask(first, "SELECT count(*) FROM change WHERE entry = %s", number) == [(1,)]


def test_an_entry_cannot_be_made_for_another_transaction(lived_in: FreshDesk) -> None:
    with connected(lived_in) as connection:
        number = take_number(connection)
        refuses(
            connection,
            "INSERT INTO entry (number, made_in, leaf, leaf_hash)"
            f" VALUES ({number}, '99999', 'x', 'x')",
        )


def test_an_entry_committed_ahead_of_its_changes_is_closed(lived_in: FreshDesk) -> None:
    with connected(lived_in) as connection:
        number = take_number(connection)
        enter(connection, number)
        connection.commit()
        name_number(connection, number)
        with pytest.raises(errors.InsufficientPrivilege, match="closed"):
            connection.execute(touch("referral"))
        connection.rollback()


def test_the_owner_does_not_empty_a_table_either(lived_in: FreshDesk) -> None:
    with psycopg.connect(lived_in.owner_url) as owner:
        for table in guarded(owner):
            refuses(owner, f"TRUNCATE {table} CASCADE", says="E-LOG-52")
        number = take_number(owner)
        refuses(owner, "TRUNCATE referral CASCADE", says="E-LOG-52")
        assert number


WRONG_LEAVES = (
    LEAF.replace(b'"n":5', b'"n":5,"name":"J Smith"'),
    LEAF.replace(b'"v":1', b'"v":1,"z":1'),
    LEAF.replace(b"referral.log", b"J Smith"),
    LEAF.replace(b"referral.log", b"Referral.log"),
    LEAF.replace(b"2026-11-20", b"20 November"),
    LEAF.replace(b"2026-11-20", b"2026-11-20T10:00"),
    LEAF.replace(b"a" * 43, b"a" * 42),
    LEAF.replace(b"a" * 43, b"a" * 42 + b"="),
    LEAF.replace(b'"n":5', b'"n":0'),
    LEAF.replace(b'"n":5', b'"n":500'),
    LEAF.replace(b"collection", b"gossip"),
    LEAF.replace(b'"v":1', b'"v":2'),
    LEAF.replace(b'"n":5', b'"n": 5'),
    LEAF + b"\n",
    LEAF + b" ",
    b" " + LEAF,
    LEAF + LEAF,
    b"J Smith\n" + LEAF,
    LEAF + b"\nJ Smith",
    b"\x00" + LEAF,
    LEAF + b"\xff",
    b"",
)


def test_a_leaf_with_anything_more_than_its_six_fields_is_refused(fresh_desk: FreshDesk) -> None:
    with connected(fresh_desk) as connection:
        for leaf in WRONG_LEAVES:
            number = take_number(connection)
            with pytest.raises(errors.CheckViolation, match="entry_leaf_holds_no_words"):
                enter(connection, number, leaf)
            connection.rollback()


def test_a_leaf_of_every_act_is_taken(fresh_desk: FreshDesk) -> None:
    with connected(fresh_desk) as connection:
        for act in Act:
            said = Entry(
                act=act, at=datetime(2026, 11, 20, tzinfo=UTC), who=uuid4(), role=Code("approver")
            )
            enter(connection, take_number(connection), write(said, ()).leaf)


def test_a_leaf_has_its_own_hash(fresh_desk: FreshDesk) -> None:
    with connected(fresh_desk) as connection:
        for value in ("sha256(%(leaf)s)", "'\\x00'::bytea", "sha256('\\x01'::bytea || %(leaf)s)"):
            columns = "INSERT INTO entry (number, leaf, leaf_hash)"
            statement = f"{columns} VALUES (nextval('entry_number'), %(leaf)s, {value})".encode()
            with pytest.raises(errors.CheckViolation, match="entry_leaf_hash"):
                connection.execute(statement, {"leaf": LEAF})
            connection.rollback()
