"""What a question or a challenge must never hold or become cannot be stored, whoever writes it."""

import pytest
from psycopg import errors

from evenhand.actions import challenges
from evenhand.rules.challenges import ChallengeStanding, Settlement
from evenhand.rules.referrals import State
from tests.builders import ADA, GUS
from tests.desks import FreshDesk
from tests.journeys import Desk, asked, challenged
from tests.store.raw import connected, take_number

GUS_ID, ADA_ID = f"'{GUS.ref}'", f"'{ADA.ref}'"
SETTLED = (
    "UPDATE challenge SET standing = 'upheld', settled_at = now(), reasons = '\\x00',"
    " told = '\\x00', settled_by_id = {} WHERE standing = 'open'"
)
MADE = (
    "INSERT INTO challenge (id, referral_id, at, due_on, standing, words) SELECT"
    " gen_random_uuid(), id, now(), now()::date, '{}', '\\x00' FROM referral WHERE state = '{}'"
)
ASKED = (
    "INSERT INTO asking (id, receipt, content, schedule, day, answer_on, answers_until, told)"
    " VALUES (gen_random_uuid(), '\\x01', '\\x01', 'D26', '2026-01-01', {}, '2026-07-01', {})"
)
WITHHELD = (
    "INSERT INTO withholding (id, referral_id, by_id, at, ground, until) SELECT"
    f" gen_random_uuid(), id, {GUS_ID}, now(), {{}}, now()::date + {{}} FROM referral LIMIT 1"
)
CLOSED = (
    "UPDATE referral SET state = 'closed', before_challenge = NULL WHERE state = 'under_challenge'"
)
NEVER = {
    "settled by who worked on it": (SETTLED.format(ADA_ID), "E-CHAL-02"),
    "settled without reasons": (
        "UPDATE challenge SET standing = 'upheld' WHERE standing = 'open'", "E-CHAL|with_reasons"),
    "opened again": (
        "UPDATE challenge SET standing = 'open' WHERE standing = 'rejected'", "E-CHAL-03"),
    "other words": ("UPDATE challenge SET words = '\\x01', standing = 'rejected'", "E-CHAL-03"),
    "begun as settled": (MADE.format("upheld", "sent"), "E-CHAL-03"),
    "of what was never sent": (MADE.format("open", "logged"), "E-CHAL-04"),
    "another ground": ("UPDATE asking SET ground = 'terms' WHERE told = 'referred'", "E-CHAL-04"),
    "a ground of nothing": (
        "UPDATE asking SET ground = 'terms' WHERE told IS NULL", "says_only_what_it_tells"),
    "closed while it is challenged": (
        CLOSED, "E-CHAL-01"),
    "deleted while it waits": (
        "SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM challenge WHERE standing = 'open'",
        "E-CHAL-01"),
    "answered at once": (ASKED.format("'2026-01-02'", "'cannot_say'"), "E-CHAL-04"),
    "answered on the same day": (ASKED.format("'2026-01-01'", "NULL"), "on_another_day"),
    "answered twice": (
        "UPDATE asking SET told = 'cannot_say', referral = NULL WHERE told = 'referred'",
        "E-CHAL-04"),
    "another content": ("UPDATE asking SET content = '\\x02'", "E-CHAL-04"),
    "told of nothing": (
        "UPDATE asking SET told = 'referred' WHERE told IS NULL", "only_what_it_tells"),
    "nothing told, and yet named": (
        "UPDATE asking SET referral = gen_random_uuid() WHERE told IS NULL", "only_what_it_tells"),
    "withheld on no ground": (WITHHELD.format("'because'", 10), "ground_in_law"),
    "withheld for long": (WITHHELD.format("'crime'", 100), "within_90_days"),
    "owed what was not withdrawn": (
        "UPDATE referral SET withdrawal_owed = true WHERE state = 'sent'", "told_once_withdrawn"),
    "under challenge from nowhere": (
        "UPDATE referral SET before_challenge = NULL WHERE state = 'under_challenge'",
        "goes_back"),
}  # fmt: skip


def test_the_database_refuses_what_a_rule_about_challenges_refuses(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.by(GUS)
    desk.log()
    desk.brought_to(State.SENT)
    rejected = Settlement(standing=ChallengeStanding.REJECTED, reasons="So.", told="So.")
    first = challenged(desk, desk.brought_to(State.SENT))
    challenges.settle(first, rejected, acting=desk.by(GUS))
    challenged(desk, desk.brought_to(State.CHECKED))
    asked(desk, "https://site.example/asked")
    with connected(fresh_desk) as connection:
        for name, (statement, says) in NEVER.items():
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=says):
                connection.execute(statement.encode())
                raise AssertionError(name)
            connection.rollback()
        take_number(connection)
        connection.execute(SETTLED.format(GUS_ID).encode())
        connection.rollback()
