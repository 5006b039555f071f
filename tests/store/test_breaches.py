"""What was recorded of a breach stands, whoever writes."""

from psycopg import errors

from evenhand.actions import breaches
from tests.actions.test_breaches import ALL, VICTIMS, at_work, reported
from tests.builders import DEE
from tests.desks import FreshDesk
from tests.store.raw import connected, refuses, take_number

NEVER = {
    "a breach is removed": ("DELETE FROM breach", "E-BRE-66"),
    "a note is changed": ("UPDATE breach_note SET text = '\\x00'", "E-BRE-66"),
    "a phase is removed": ("DELETE FROM breach_phase", "E-BRE-66"),
    "it was known later": ("UPDATE breach SET aware_at = aware_at + interval '1 day'", "E-BRE-66"),
    "the commissioner was told less": ("UPDATE breach SET told = '{nature}'", "E-BRE-66"),
    "the commissioner was told sooner": (
        "UPDATE breach SET first_told_at = first_told_at - interval '1 hour' WHERE number = 1",
        "E-BRE-66",
    ),
    "told late without reasons": (
        (
            "UPDATE breach SET first_told_at = aware_at + interval '73 hours', told = '{nature}'"
            " WHERE number = 2"
        ),
        "late_only_with_reasons",
    ),
    "not told without a reason": (
        "UPDATE breach SET not_told_at = now() WHERE number = 2",
        "not_told_for_a_reason",
    ),
    "closed although nobody told": (
        "UPDATE breach SET closed_at = now(), closed_by_id = opened_by_id WHERE number = 2",
        "closed_once_told_or_not",
    ),
    "closed although people are owed": (
        "UPDATE breach SET closed_at = now(), closed_by_id = opened_by_id WHERE number = 1",
        "E-BRE-67",
    ),
    "told without the four contents": (
        "UPDATE breach_group SET told_on = current_date",
        "told_the_four_contents",
    ),
    "fewer people": ("UPDATE breach_group SET about = 1", "E-BRE-67"),
    "erased before it was closed": (
        (
            "UPDATE breach SET erased_at = now() + interval '4 years', key_id = NULL"
            " WHERE number = 2"
        ),
        "E-BRE-66",
    ),
    "people settled without reasons": (
        (
            "INSERT INTO breach_group SELECT (jsonb_populate_record(breach_group,"
            " jsonb_build_object('id', gen_random_uuid(), 'reasons', NULL))).* FROM breach_group"
        ),
        "E-BRE-67",
    ),
    "the reasons are taken away": ("UPDATE breach_group SET reasons = NULL", "E-BRE-67"),
    "people are removed": ("DELETE FROM breach_group", "E-BRE-66"),
    "restricted without a ground": (
        (
            "INSERT INTO breach_group SELECT (jsonb_populate_record(breach_group,"
            " jsonb_build_object('id', gen_random_uuid(), 'to_tell', 'restricted'))).*"
            " FROM breach_group"
        ),
        "restricted_on_a_ground",
    ),
}


def test_the_database_refuses_of_a_breach_what_a_rule_refuses(fresh_desk: FreshDesk) -> None:
    desk = at_work()
    first = reported(desk)
    breaches.record_told(first, ALL, desk.now, acting=desk.by(DEE))
    breaches.settle_group(first, VICTIMS, acting=desk.by(DEE))
    reported(desk)
    with connected(fresh_desk) as connection:
        for statement, says in NEVER.values():
            take_number(connection)
            refuses(connection, statement, errors.CheckViolation, says=says)
