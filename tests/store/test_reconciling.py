"""Whoever changes casework or the log behind the application's back is found by comparing them.

Each attack is done as the database's superuser would: with the guard and every key switched off.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from evenhand.actions import comparing
from evenhand.actions import consultations as following
from evenhand.actions.comparing import MOST_KEPT, Comparison, Difference
from evenhand.actions.oversight import enter_attempt
from evenhand.actions.reconciling import KEPT, reconcile
from evenhand.cli.embedded import SUPERUSER
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.explaining import Fault
from evenhand.queries import consultations, oversight, people, people_finding
from evenhand.queries import referral as one_referral
from evenhand.rules.consultations import ONE_CONSULTATION
from evenhand.rules.oversight import DIFFERENCES
from evenhand.rules.people_finding import Key
from evenhand.rules.referrals import SameOfficer, State
from evenhand.store import reconciling, sequencing
from evenhand.store.machinery import LooksOfDayRow, ReconciliationRow
from tests.actions.people import known_person
from tests.attacking import with_digest
from tests.builders import ADA, BO, CY, NOW, OLA, as_reader
from tests.desks import FreshDesk
from tests.journeys import LOG_TABLES, Desk, row
from tests.killing.record import entries_that_do_not_hold, rows_without_entry
from tests.store.raw import take_number

NO_LOG = Path("/nowhere")
"""Nothing is published: what is compared with the tree is tested beside the tree."""


def compare(progress: Callable[[int], None] = lambda _entries: None) -> Comparison:
    found = comparing.compare(NO_LOG, progress=progress)
    assert found.in_tree is None
    return found


@contextmanager
def superuser(desk: FreshDesk) -> Iterator[psycopg.Connection]:
    """Connect as somebody who may do anything, with every trigger and every key switched off."""
    address = desk.server.address(SUPERUSER, desk.name)
    with psycopg.connect(address) as intruder:
        intruder.execute("SET session_replication_role = replica")
        yield intruder


def attack(desk: FreshDesk, statement: str, *values: object) -> None:
    with superuser(desk) as intruder:
        assert intruder.execute(statement.encode(), values or None).rowcount == 1


def sentences(found: Comparison) -> list[str]:
    return [DIFFERENCES[it.what].format(table=it.table, key=it.key) for it in found.differences]


def newest_of(reference: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM entry WHERE obj = %s", [row(reference).id])
        [number] = cursor.fetchone()
        return int(number)


def test_a_desk_on_which_everything_happened_agrees_with_its_log(lived_in: FreshDesk) -> None:
    found = compare()
    assert sentences(found) == []
    assert found.ok
    with psycopg.connect(lived_in.database_url) as reader:
        counts = [
            reader.execute(f"SELECT count(*) FROM {it}".encode()).fetchone()
            for it in ("entry", "change")
        ]
    assert [(found.entries,), (found.changes,)] == counts
    assert found.rows > 40


def test_what_is_erased_lawfully_is_no_difference(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.database_url
    desk = Desk()
    reference = desk.brought_to(State.STATUTORY_ROUTE)
    assert row(reference).url is None
    assert compare().differences == []


def test_the_settings_of_a_session_change_no_digest(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.database_url
    Desk().brought_to(State.CLOSED)
    with connection.cursor() as cursor:
        for setting in ("timezone = 'Asia/Tokyo'", "bytea_output = 'escape'", "datestyle = 'SQL'"):
            cursor.execute(f"SET {setting}")
    assert compare().differences == []
    connection.close()


def test_a_row_is_as_noted_before_a_column_came_as_long_as_it_has_what_that_came_with(
    lived_in: FreshDesk,
) -> None:
    found = {
        table: noted_without(lived_in, table, column)
        for table, column in (
            ("document_version", "harms"),
            ("export", "child"),
            ("import_row", "tokens"),
        )
    }
    assert all(found.values())
    key = found["document_version"][0]
    attack(lived_in, "UPDATE document_version SET harms = '{V1}' WHERE id::text = %s", key)
    assert f"Row {key} of document_version was changed behind" in sentences(compare())[0]


def test_a_desk_on_which_everything_happened_is_whole_to_who_reads_it_without_our_functions(
    lived_in: FreshDesk,
) -> None:
    address = lived_in.server.address("postgres", lived_in.name)
    assert rows_without_entry(address) == []
    assert entries_that_do_not_hold(address) == []


def noted_without(desk: FreshDesk, table: str, column: str) -> list[str]:
    """Name the rows whose last change has a digest in which this column has no part."""
    with superuser(desk) as intruder:
        rows = intruder.execute(
            f"SELECT it.id::text FROM {table} AS it, LATERAL (SELECT digest FROM change"
            f" WHERE row_table = '{table}' AND row_key = it.id::text"
            " ORDER BY change.number DESC LIMIT 1) AS last"
            f" WHERE digest = row_digest(to_jsonb(it) - '{column}')".encode()
        )
        return [str(key) for (key,) in rows]


# 1
def test_a_row_changed_by_sql_is_named(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    referral = row(desk.brought_to(State.NOT_REFERRED))
    attack(fresh_desk, "UPDATE referral SET state = 'closed' WHERE id = %s", referral.id)
    [said] = sentences(compare())
    assert said == (
        f"Row {referral.id} of referral was changed behind the application’s back: it is not as"
        " the log last noted it."
    )


# 2
def test_a_row_changed_with_its_digests_and_what_its_entry_says_is_named(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    reference = desk.brought_to(State.NOT_REFERRED)
    referral, number = row(reference), newest_of(reference)
    with superuser(fresh_desk) as intruder:
        intruder.execute("UPDATE referral SET state = 'closed' WHERE id = %s", [referral.id])
        [digest] = intruder.execute(
            "UPDATE change SET digest = row_digest((SELECT to_jsonb(it) FROM referral it"
            " WHERE id::text = row_key)) WHERE entry = %s AND row_table = 'referral'"
            " RETURNING encode(digest, 'hex')",
            [number],
        ).fetchone() or [""]
        [opening] = intruder.execute(
            "SELECT fields FROM opening WHERE entry = %s", [number]
        ).fetchone() or [""]
        forged = with_digest(str(opening), "referral", str(digest))
        intruder.execute("UPDATE opening SET fields = %s WHERE entry = %s", [forged, number])
    [said] = sentences(compare())
    assert said == (
        f"The fields of entry #{number} of the log were altered: they do not give the digest in"
        " its leaf."
    )


NIL = "00000000-0000-0000-0000-000000000000"


# 7
@pytest.mark.parametrize("key", ["0b6f4c3e-5a1d-4c7e-9f2a-1d2e3f4a5b6c", NIL])
def test_a_row_inserted_without_an_entry_is_named(fresh_desk: FreshDesk, key: str) -> None:
    desk = Desk()
    referral = row(desk.log())
    new = "INSERT INTO note (id, referral_id, by_id, at, text, mentions)"
    attack(fresh_desk, f"{new} VALUES (%s, %s, %s, now(), 'x', '{{}}')", key, referral.id, ADA.ref)
    [said] = sentences(compare())
    assert said == (
        f"Row {key} of note was added behind the application’s back: no entry of the log tells of"
        " it."
    )


# 8
def test_a_row_deleted_without_an_erasure_is_named(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    referral = row(desk.log())
    attack(fresh_desk, "DELETE FROM words WHERE id = %s", referral.id)
    [said] = sentences(compare())
    assert said == (
        f"Row {referral.id} of words was removed behind the application’s back: no entry of the log"
        " says that it was erased."
    )


# 11
def test_an_erasure_that_was_claimed_and_not_done_is_named(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    reference = desk.log()
    referral = row(reference)
    with superuser(fresh_desk) as intruder:
        intruder.execute("CREATE TABLE kept AS SELECT * FROM words")
        desk.do(reference, "statutory")
    with superuser(fresh_desk) as intruder:
        intruder.execute("INSERT INTO words SELECT * FROM kept")
        intruder.execute("DROP TABLE kept")
    [said] = sentences(compare())
    assert said == (
        f"Row {referral.id} of words is there, although an entry of the log says that it was"
        " erased."
    )


def test_a_row_that_was_erased_is_none_whatever_number_its_changes_have(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    reference, other = desk.log(), desk.log()
    key = row(reference).id
    with superuser(fresh_desk) as intruder:
        intruder.execute("CREATE TABLE kept AS SELECT * FROM words WHERE id = %s", [key])
    desk.do(reference, "statutory")
    sequencing.give_indexes(1_000)
    # What waits for its index came after all that has one.
    desk.do(other, "statutory")
    assert compare().ok
    with superuser(fresh_desk) as intruder:
        intruder.execute("INSERT INTO words SELECT * FROM kept")
        intruder.execute("DROP TABLE kept")
        intruder.execute(
            "UPDATE change SET number = (SELECT max(number) + 1 FROM change)"
            " WHERE row_table = 'words' AND row_key = %s AND operation = 'I'",
            [str(key)],
        )
    assert compare().differences == [Difference("words", str(key), Fault.ERASURE_NOT_DONE)]


def test_a_change_under_a_number_below_all_entries_explains_no_row(fresh_desk: FreshDesk) -> None:
    referral = row(Desk().brought_to(State.NOT_REFERRED))
    with superuser(fresh_desk) as intruder:
        intruder.execute(
            "CREATE TABLE change_below PARTITION OF change FOR VALUES FROM (-9) TO (0)"
        )
        intruder.execute("UPDATE referral SET state = 'closed'")
        intruder.execute(
            "INSERT INTO change (entry, row_table, row_key, operation, digest) SELECT -1,"
            " 'referral', id::text, 'U', row_digest(to_jsonb(referral)) FROM referral"
        )
    assert compare().differences == [
        Difference("referral", str(referral.id), Fault.CHANGE_WITHOUT_ENTRY)
    ]


def test_a_gap_in_the_versions_of_the_first_of_all_records_is_named(fresh_desk: FreshDesk) -> None:
    Desk().brought_to(State.TRIAGED)
    with superuser(fresh_desk) as intruder:
        intruder.execute("UPDATE entry SET obj = %s, ver = 2 * ver WHERE ver IS NOT NULL", [NIL])
    assert Difference("entry", NIL, Fault.VERSION_GAP) in compare().differences


def test_an_entry_removed_with_all_that_belongs_to_it_leaves_a_gap(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    reference = desk.brought_to(State.TRIAGED)
    desk.do(reference, "start", "submit")
    referral = row(reference)
    with superuser(fresh_desk) as intruder:
        [number] = intruder.execute(
            "DELETE FROM entry WHERE obj = %s AND ver = 3 RETURNING number", [referral.id]
        ).fetchone() or [0]
        intruder.execute("DELETE FROM opening WHERE entry = %s", [number])
        intruder.execute("DELETE FROM change WHERE entry = %s", [number])
    found = compare()
    assert Difference("entry", str(referral.id), Fault.VERSION_GAP) in found.differences
    assert (
        f"The entries about record {referral.id} do not follow each other: one was removed, or put"
        " in." in sentences(found)
    )


NEWEST = "(SELECT max(number) FROM entry)"
LEAF = "UPDATE entry SET {} WHERE number = " + NEWEST
REHASHED = "leaf_hash = sha256('\\x00'::bytea || {0}), leaf = {0}"
OTHER_CLASS = "convert_to(replace(convert_from(leaf, 'UTF8'), 'alteration', 'none'), 'UTF8')"
OTHER_DAY = (
    "convert_to(regexp_replace(convert_from(leaf, 'UTF8'), '\\d{4}-\\d\\d', '2020-01'), 'UTF8')"
)
OPENING = "UPDATE opening SET fields = {} WHERE entry = " + NEWEST
ON_THE_LOG: dict[str, set[str]] = {
    LEAF.format("leaf = overlay(leaf placing 'x'::bytea from 9)"): {"leaf-altered"},
    LEAF.format("leaf = 'x'"): {"leaf-altered"},
    LEAF.format("leaf = '[]'"): {"leaf-altered"},
    LEAF.format("leaf_hash = sha256('x')"): {"leaf-altered"},
    LEAF.format(REHASHED.format(OTHER_CLASS)): {"leaf-altered"},
    LEAF.format(REHASHED.format(OTHER_DAY)): {"opening-altered"},
    LEAF.format("obj = gen_random_uuid()"): {"entry-altered", "version-gap"},
    LEAF.format("ver = ver + 1"): {"entry-altered", "version-gap"},
    OPENING.format("'[]'"): {"opening-altered"},
    OPENING.format("'[7]'"): {"opening-altered"},
    OPENING.format("'7'"): {"opening-altered"},
    f"DELETE FROM opening WHERE entry = {NEWEST}": {"opening-missing"},
    f"DELETE FROM entry WHERE number = {NEWEST}": {
        "opening-without-entry",
        "change-without-entry",
        "version-gap",
    },
    "DELETE FROM change WHERE number = (SELECT max(number) FROM change)": {
        "change-missing",
        "row-without-log-entry",
    },
    "INSERT INTO change (entry, row_table, row_key, operation, digest) SELECT entry, row_table,"
    " 'no \"key', 'I', digest FROM change ORDER BY number DESC LIMIT 1": {
        "change-without-entry",
        "row-missing",
    },
    "INSERT INTO change (entry, row_table, row_key, operation, digest) SELECT entry, row_table,"
    " repeat('-', 36), 'I', digest FROM change ORDER BY number DESC LIMIT 1": {
        "change-without-entry",
        "row-missing",
    },
    # What is no row of casework, and names an entry that is none.
    "INSERT INTO change (entry, row_table, row_key, operation, digest) SELECT entry, 'entry', 'x',"
    " 'I', digest FROM change ORDER BY number DESC LIMIT 1": {"change-without-entry"},
    # What an entry tells of once was noted twice, or in another order.
    "INSERT INTO change (entry, row_table, row_key, operation, digest) SELECT entry, row_table,"
    " row_key, operation, digest FROM change ORDER BY number DESC LIMIT 1": {
        "change-without-entry",
    },
    "UPDATE change SET number = (SELECT max(number) + 1 FROM change) WHERE number ="
    f" (SELECT min(number) FROM change WHERE entry = {NEWEST})": {"changes-reordered"},
}
"""What is done to the log itself, and what a comparison then says."""


def test_whatever_is_altered_in_the_log_itself_is_named(fresh_desk: FreshDesk) -> None:
    Desk().brought_to(State.TRIAGED)
    with superuser(fresh_desk) as intruder:
        for check in ("entry_leaf_hash", "entry_leaf_holds_no_words"):
            intruder.execute(f"ALTER TABLE entry DROP CONSTRAINT {check}".encode())
    said = {}
    for statement in ON_THE_LOG:
        with put_back(fresh_desk):
            attack(fresh_desk, statement)
            found = compare()
            # The page that tells it stands, whatever the newest entry holds.
            assert oversight.state(officer=OLA).newest
        said[statement] = {str(it.what) for it in found.differences}
        assert all(sentences(found))
    assert said == ON_THE_LOG
    assert compare().ok


@contextmanager
def put_back(desk: FreshDesk) -> Iterator[None]:
    """Have the log at the end of the block as it was before."""
    with superuser(desk) as intruder:
        for table in LOG_TABLES:
            intruder.execute(f"CREATE TABLE kept_{table} AS TABLE {table}".encode())
    yield
    with superuser(desk) as intruder:
        for table in LOG_TABLES:
            intruder.execute(f"DELETE FROM {table}".encode())
            intruder.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}".encode())
            intruder.execute(f"DROP TABLE kept_{table}".encode())


def test_every_fault_has_its_sentence() -> None:
    assert set(DIFFERENCES) == {str(it) for it in Fault}


def test_a_log_longer_than_a_step_is_read_whole(
    fresh_desk: FreshDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk()
    for _ in range(3):
        desk.brought_to(State.CLOSED)
    whole = compare()
    steps: list[int] = []
    for size in (1, 2, 7):
        monkeypatch.setattr(reconciling, "STEP", size)
        again = compare(steps.append)
        counts = (again.entries, again.changes, again.rows, again.found)
        assert counts == (whole.entries, whole.changes, whole.rows, 0)
    assert len(steps) > whole.entries
    assert sum(steps) == 3 * whole.entries
    attack(fresh_desk, "DELETE FROM words WHERE number = 2")
    assert [it.what for it in compare().differences] == [Fault.ROW_MISSING]


def test_all_differences_are_counted_and_the_first_are_named(fresh_desk: FreshDesk) -> None:
    Desk().log()
    with superuser(fresh_desk) as intruder:
        intruder.execute(
            "INSERT INTO refused_intake (id, day, rule, count)"
            " SELECT gen_random_uuid(), DATE '2020-01-01' + it, 'E', 1"
            " FROM generate_series(1, %s) AS it",
            [MOST_KEPT + 5],
        )
    found = compare()
    assert (found.found, len(found.differences)) == (MOST_KEPT + 5, MOST_KEPT)


def test_a_comparison_blocks_no_work_and_sees_one_moment(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.log()
    before = compare().entries
    with psycopg.connect(fresh_desk.database_url) as writer:
        # Half a change, not committed: it is not seen, and nobody waits for it.
        number = take_number(writer)
        writer.execute("UPDATE referral SET version = version")
        during = compare()
        assert (during.entries, during.ok) == (before, True)
        assert number
        writer.rollback()


def test_what_was_found_is_kept_for_a_year_with_looks_by_day_and_purpose(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    reference = desk.log()
    for officer in (ADA, ADA, BO):
        one_referral.one(reference, acting=as_reader(officer, desk.now))
    following.enter_repeats(now=desk.now + ONE_CONSULTATION)
    enter_attempt(SameOfficer("No."), reference=reference, acting=as_reader(ADA, desk.now))
    moments = iter([NOW, NOW + timedelta(seconds=3)])
    found = reconcile(lambda: next(moments), log=NO_LOG)
    kept = ReconciliationRow.objects.get()
    assert (kept.began_at, kept.ended_at) == (NOW, NOW + timedelta(seconds=3))
    assert (kept.entries, kept.rows, kept.changes) == (found.entries, found.rows, found.changes)
    assert (kept.found, kept.differences) == (0, [])
    looks = LooksOfDayRow.objects.get()
    assert (looks.day, looks.why) == (desk.now.date(), "read_referral")
    assert (looks.looks, looks.repeats) == (2, 1)

    attack(fresh_desk, "DELETE FROM words")
    later = NOW + KEPT + timedelta(seconds=4)
    reconcile(lambda: later, log=NO_LOG)
    newest = ReconciliationRow.objects.get()
    assert (newest.ended_at, newest.found) == (later, 1)
    assert newest.differences == [
        {"table": "words", "key": str(row(reference).id), "what": "row-missing"}
    ]
    assert LooksOfDayRow.objects.count() == 1


def test_looks_at_people_searches_and_old_records_are_counted_too(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.name
    desk = Desk()
    desk.assured()
    referral = desk.log()
    known = known_person(desk, referral)
    before = compare().looks
    people.one(known, "To decide.", acting=desk.by(CY))
    # The search, and its hit.
    found = Key(reference=known)
    people_finding.find(found, referral=referral, reason="She rang.", acting=desk.by(CY))
    consultations.at_imported(row(referral).id, acting=desk.by(ADA))
    new = compare().looks - before
    assert {why: times for (_day, why), times in new.items()} == {
        "read_person": 1,
        "find_person": 2,
        "import": 1,
    }


def test_a_comparison_that_failed_is_kept_as_one_that_failed(
    fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    assert fresh_desk.name
    Desk().log()
    reconcile(lambda: NOW, log=tmp_path)
    # Whoever can write in the folder of the log can have nobody read it.
    (tmp_path / CHECKPOINT).symlink_to(CHECKPOINT)
    later = NOW + timedelta(days=1)
    with pytest.raises(OSError, match="symbolic links"):
        reconcile(lambda: later, log=tmp_path)
    before, failed = ReconciliationRow.objects.order_by("ended_at")
    assert (before.failure, before.found) == ("", 0)
    assert (failed.failure, failed.ended_at, failed.entries) == ("OSError", later, 0)
