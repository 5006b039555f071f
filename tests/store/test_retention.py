"""What must never be true of keeping and disposing cannot be stored, whoever writes it."""

from datetime import timedelta

import pytest
from psycopg import Connection, errors

from evenhand.actions import holds, reviews
from evenhand.rules.holds import HoldKind
from evenhand.rules.reviews import Question, Review, ReviewOutcome
from evenhand.store.disposing import REMOVE_PEOPLE
from tests.actions.people import known_person
from tests.actions.test_disposal import DISPOSE, a_desk, dispose_of, today
from tests.builders import LEE, RIA, RON, proposal
from tests.desks import FreshDesk
from tests.store.raw import connected, enter, take_number

CERTIFICATE = (
    "INSERT INTO disposal (id, reference, record, kind, what, system, schedule, because,"
    " created_on, max_on, day, at, proposed_by_id, released_by_id)"
    " SELECT gen_random_uuid(), 'C-AAAAAAAA', {record}, 'referral', 'record', 'evenhand',"
    " 'D01', {because}, now(), {max_on}, {day}, now(), {by}, {released} FROM officer LIMIT 1"
)
TODAY = "current_date"
HELD = "{} IN (SELECT person_id FROM hold)"
UNHELD = "SELECT id FROM person AS it WHERE NOT EXISTS (SELECT FROM hold WHERE person_id = it.id)"
OF_RON = "(SELECT id FROM officer WHERE name = 'Ron')"


def certificate(**changes: str) -> str:
    plain = {"because": "'reviewed'", "max_on": TODAY, "day": TODAY, "by": "NULL"}
    plain |= {"released": "NULL", "record": "gen_random_uuid()"}
    return CERTIFICATE.format(**{**plain, **changes})


# What is written, and what the database names when it refuses it.
NEVER = {
    "E-RET-21: ended without days": (
        "UPDATE referral SET max_on = NULL WHERE state = 'withdrawn'",
        "referral_kept_for_a_time",
    ),
    "E-RET-21: reviewed after its last day": (
        "UPDATE referral SET review_on = max_on + 1 WHERE state = 'withdrawn'",
        "referral_kept_for_a_time",
    ),
    "E-RET-21: open with days": (
        "UPDATE referral SET state = 'logged' WHERE state = 'withdrawn'",
        "referral_kept_for_a_time",
    ),
    "E-RET-21: a person without days": ("UPDATE person SET max_on = NULL", "max_on"),
    "E-RET-22: a last day moved": (
        "UPDATE referral SET max_on = max_on + 1 WHERE state = 'withdrawn'",
        "E-RET-22",
    ),
    "E-RET-22: a last day moved twice": (
        "UPDATE referral SET max_on = max_on + 1, extended = true WHERE extended",
        "E-RET-22",
    ),
    "E-RET-22: a person's last day moved": ("UPDATE person SET max_on = max_on + 1", "E-RET-22"),
    "E-RET-22: a last day in a hundred years": (
        (
            "UPDATE referral SET start_on = start_on + 1, max_on = '2126-01-01'"
            " WHERE max_on > '2000-01-01'"
        ),
        "referral_last_day_within_limits",
    ),
    "E-RET-23: figures past the limits": (
        (
            "INSERT INTO schedule_version (id, key_id, schedule, review_months, max_months,"
            " child_review_months, child_max_months, proposed_by_id, proposed_at)"
            f" SELECT gen_random_uuid(), id, 'D01', 1, 999, 1, 1, {OF_RON}, now()"
            " FROM record_key LIMIT 1"
        ),
        "schedule_within_limits",
    ),
    "E-RET-28: what is closed reopened": (
        (
            "UPDATE referral SET state = 'reopened', schedule = NULL, start_on = NULL,"
            " review_on = NULL, max_on = NULL, extended = NULL, restricted = NULL"
            " WHERE restricted IS NOT NULL"
        ),
        "E-RET-28",
    ),
    "E-REV-23: kept on with a question open": (
        "UPDATE review SET news = NULL WHERE outcome = 'retain'",
        "review_answers_each_question",
    ),
    "E-TWO-05: whoever reviewed confirms": (
        "UPDATE review SET standing = 'confirmed', settled_by_id = by_id",
        "review_confirmed_by_another",
    ),
    "E-TWO-05: whoever asked ends a hold": (
        "UPDATE hold SET asked_by_id = by_id, ended_by_id = by_id, ended_at = now()",
        "hold_ended_by_another",
    ),
    "E-TWO-05: a hold ended unasked": (
        "UPDATE hold SET ended_by_id = by_id, ended_at = now()",
        "hold_ended_by_another",
    ),
    "E-TWO-05: one person disposes": (
        certificate(by=OF_RON, released=OF_RON),
        "disposal_by_two_or_past_its_time",
    ),
    "E-TWO-05: nobody disposes before its time": (
        certificate(because="'not_released'", max_on="current_date - 14"),
        "disposal_waits_for_its_release",
    ),
    "E-HOLD-26: evidence without owner": (
        "UPDATE hold SET kind = 'evidence', expires_on = day",
        "hold_says_enough",
    ),
    "E-HOLD-26: evidence for more than a year": (
        "UPDATE hold SET kind = 'evidence', owner = reason, expires_on = day + 366",
        "hold_ends_within_a_year",
    ),
    "E-HOLD-30: a hold that stands deleted": ("DELETE FROM hold", "E-HOLD-30"),
    "E-HOLD-30: a proposal that is held refused": (
        f"UPDATE person SET standing = 'refused' WHERE {HELD.format('id')}",
        "E-HOLD-30",
    ),
    "E-HOLD-30: contact details that are held erased": (
        f"UPDATE person SET contact = NULL WHERE {HELD.format('id')}",
        "E-HOLD-30",
    ),
    "E-HOLD-30: words of a role that is held erased": (
        f"UPDATE person_link SET necessity = NULL WHERE {HELD.format('person_id')}",
        "E-HOLD-30",
    ),
    "E-HOLD-30: a statement that is held deleted": (
        f"DELETE FROM person_statement WHERE {HELD.format('person_id')}",
        "E-HOLD-30",
    ),
    "E-CNT-29: a referral gone without a certificate": (
        "DELETE FROM referral WHERE state = 'withdrawn'",
        "E-CNT-29",
    ),
    "E-CNT-29: a person gone without a certificate": (
        REMOVE_PEOPLE.replace("%(people)s", f"ARRAY({UNHELD})"),
        "E-CNT-29",
    ),
    "E-CNT-29: a person gone before what names them": ("DELETE FROM person", "referenced from"),
    "E-CNT-29: a certificate changed": ("UPDATE disposal SET kind = 'person'", "permission denied"),
    "E-CNT-29: a certificate deleted": ("DELETE FROM disposal", "permission denied"),
}


def lived_in() -> None:
    """Have a closed, a held, an extended, a disposed record, a person, and one who is held."""
    desk = a_desk()
    person = known_person(desk)
    first, second, third = (desk.do(desk.log(), "withdraw") for _ in range(3))
    holds.place(first, HoldKind.FOI, their_reference="FOI 1", reason="Asked.", acting=desk.by(RIA))
    closing = Review(outcome=ReviewOutcome.RESTRICT, reason="It may be wrong.")
    reviews.review(second, closing, acting=desk.by(RON))
    last = today(desk) + timedelta(days=400)
    kept_on = Review(
        outcome=ReviewOutcome.RETAIN,
        reason="Asked for.",
        answers={it: f"My answer on {it}." for it in Question},
        until=today(desk) + timedelta(days=30),
        last_day=last,
    )
    reviews.review(third, kept_on, acting=desk.by(RON))
    reviews.confirm(third, acting=desk.by(LEE))
    dispose_of(desk, desk.do(desk.log(), "withdraw"))
    reviews.review(person, DISPOSE, acting=desk.by(RON))
    said = proposal(name="Alba Quince", contact="alba@harbour.example")
    held = known_person(desk, said=said)
    holds.place(held, HoldKind.RIGHTS, their_reference="R 1", reason="So.", acting=desk.by(RIA))


def test_the_database_refuses_what_a_rule_refuses(fresh_desk: FreshDesk) -> None:
    lived_in()
    with connected(fresh_desk) as connection:
        for what, (statement, names) in NEVER.items():
            assert names in refusal(connection, statement), what


def refusal(connection: Connection, statement: str) -> str:
    """Write with a log entry, as an intruder could, and give what the database says."""
    number = take_number(connection)
    try:
        connection.execute(statement.encode())
        enter(connection, number)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except (errors.Error, pytest.fail.Exception) as error:
        return str(error)
    finally:
        connection.rollback()
    return "nothing"


def test_a_held_record_cannot_go_even_with_a_certificate(fresh_desk: FreshDesk) -> None:
    lived_in()
    with connected(fresh_desk) as connection:
        number = take_number(connection)
        [(record,)] = connection.execute(
            "SELECT referral_id FROM hold WHERE referral_id IS NOT NULL"
        ).fetchall()
        connection.execute(
            certificate(by=OF_RON, released="id")
            .replace("gen_random_uuid(), 'referral'", f"'{record}', 'referral'")
            .replace("FROM officer LIMIT 1", "FROM officer WHERE name = 'Lee'")
            .encode()
        )
        for table in ("move", "words"):
            connection.execute(f"DELETE FROM {table} WHERE referral_id = %s".encode(), [record])
        connection.execute("DELETE FROM referral WHERE id = %s", [record])
        enter(connection, number)
        with pytest.raises(errors.ForeignKeyViolation, match='"hold"'):
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
