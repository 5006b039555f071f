"""What quarantine must never hold or let go cannot be stored, whoever writes it."""

import pytest
from psycopg import errors

from evenhand.actions import imports
from evenhand.queries import imports as known
from tests.actions.test_imports import OLD
from tests.builders import ADA
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, take_number

PASSED = "standing = 'passed', by_id = (SELECT id FROM officer LIMIT 1), at = now()"
FIRST = "WHERE number = 2 AND sheet = 0"
WITHOUT_KEY = (
    f"UPDATE import_row SET {PASSED}, key_id = NULL, tokens = '{{}}',"
    f" became = (SELECT id FROM referral LIMIT 1) {FIRST}"
)
WITHOUT_REASON = (
    "UPDATE import_row SET standing = 'rejected', by_id = (SELECT id FROM officer LIMIT 1),"
    f" at = now(), cells = NULL, key_id = NULL, tokens = '{{}}' {FIRST}"
)
BEGUN_OUTSIDE = (
    "INSERT INTO import_row (id, system, sheet, number, lacks, names_person, tokens, standing, at,"
    " reason, by_id, run_id) SELECT gen_random_uuid(), system, sheet, 999, lacks, false, '{}',"
    " 'rejected', now(), '\\x00', (SELECT id FROM officer LIMIT 1), run_id"
    f" FROM import_row {FIRST}"
)
# While no document is in force.
NAMES_SOMEBODY = (
    "INSERT INTO import_row (id, system, sheet, number, lacks, names_person, tokens, standing,"
    " cells, run_id, key_id) SELECT gen_random_uuid(), 'Old', 0, 999, '{}', true, '{}', 'waiting',"
    " '\\x00',"
    " id, key_id FROM import_run"
)
NEVER = {
    "a record kept 91 days": (
        "UPDATE import_run SET max_on = start_on + 91", "import_run_ends_after_90_days"),
    "a run on no schedule": ("UPDATE import_run SET schedule = 'D01'", "on_the_schedule"),
    "a file kept after it was confirmed": (
        "UPDATE import_run SET workbook = '\\x00'", "keeps_no_file_once_confirmed"),
    "a file kept after its end": (
        "UPDATE import_run SET ended_at = now()", "keeps_nothing_once_ended"),
    "a run without a key": ("UPDATE import_run SET key_id = NULL", "has_a_key_until_it_ends"),
    "passed by nobody": (
        "UPDATE import_row SET standing = 'passed'", "import_row_leaves_by_one_officer"),
    "passed as nothing": (
        f"UPDATE import_row SET {PASSED} {FIRST}", "import_row_leaves_by_one_officer"),
    "passed as a referral that is none": (
        f"UPDATE import_row SET {PASSED}, became = id {FIRST}", "E-IMP-31"),
    "passed all at once": (
        f"UPDATE import_row SET {PASSED}, became = (SELECT id FROM referral LIMIT 1)",
        "E-IMP-31.*one by one"),
    "a word without a key": (WITHOUT_KEY, "import_row_words_have_a_key"),
    "rejected without a reason": (WITHOUT_REASON, "import_row_leaves_by_one_officer"),
    "a record that begins outside": (BEGUN_OUTSIDE, "E-IMP-31.*begins"),
    "found by a name without a word": (
        WITHOUT_KEY.replace("tokens = '{}'", "cells = NULL"),
        "found_only_while_it_has_words"),
    "a negative count": ("UPDATE import_tally SET count = -1", "import_tally_counts"),
}  # fmt: skip


def test_the_database_refuses_what_a_rule_of_quarantine_refuses(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.log()
    desk.assured()
    run = imports.bring(OLD, "old.xlsx", acting=desk.by(ADA))
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(b"UPDATE document_version SET stage = 'replaced'")
        with pytest.raises(errors.CheckViolation, match="E-DPIA-58"):
            connection.execute(NAMES_SOMEBODY.encode())
        connection.rollback()
    suggested = known.to_confirm(run, acting=desk.by(ADA)).suggested
    imports.confirm(run, suggested, acting=desk.by(ADA))
    with connected(fresh_desk) as connection:
        for statement, says in NEVER.values():
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=says):
                connection.execute(statement.encode())
            connection.rollback()
        take_number(connection)
        one = f"UPDATE import_row SET {PASSED}, became = (SELECT id FROM referral LIMIT 1) {FIRST}"
        connection.execute(one.encode())
        again = "UPDATE import_row SET standing = 'waiting', by_id = NULL, at = NULL, became = NULL"
        with pytest.raises(errors.CheckViolation, match="E-IMP-32"):
            connection.execute(f"{again} {FIRST}".encode())
        connection.rollback()
