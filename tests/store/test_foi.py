"""What a request for information must never become cannot be stored, whoever writes it."""

from datetime import timedelta

import pytest
from django.test import override_settings
from psycopg import errors

from evenhand.actions import foi, foi_correcting, foi_ending, foi_letters, foi_sending, scrutiny
from evenhand.queries import foi as known
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.foi import FoiStep
from evenhand.rules.foi_registers import HeldIn
from evenhand.rules.officers import WORKER
from evenhand.rules.scrutiny import ScrutinyKind
from evenhand.store.foi_registers import has_on_record
from tests.actions.foi import (
    UNA,
    approved,
    bounced,
    letter_of,
    on_paper,
    proposed,
    received,
    replied,
    row_of,
    stepped,
)
from tests.builders import DEE, RIA
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.mail import mail_server
from tests.store.raw import connected, take_number

OFFICER = "(SELECT id FROM officer LIMIT 1)"
REPLIED, OPEN = "WHERE standing = 'replied'", "WHERE standing = 'open'"
AGAIN = "WHERE standing = 'to_reply_again'"
A_PART = (
    "INSERT INTO foi_part (id, request_id, number, reply, wants, asked, question, exemption,"
    " published) SELECT gen_random_uuid(), id, 9, 1, 'other', '\\x00', '', '', ''"
)
NEVER = {
    "replied to without a reply": (
        ("UPDATE foi_request SET standing = 'replied', closed_on = received_on,"
        f" review_on = received_on, max_on = received_on {OPEN}"), "E-FOI-88"),
    "opened again": (
        ("UPDATE foi_request SET standing = 'open', closed_on = NULL, review_on = NULL,"
        f" max_on = NULL {REPLIED}"), "E-FOI-10"),
    "closed without a last day": (
        f"UPDATE foi_request SET standing = 'withdrawn' {OPEN}", "closed_is_on_the_schedule"),
    "kept longer than three years": (
        f"UPDATE foi_request SET max_on = closed_on + 1200 {REPLIED}", "ends_after_3_years"),
    "received on another day": (
        f"UPDATE foi_request SET received_on = received_on - 1 {OPEN}", "E-FOI-10"),
    "of an unknown kind": (
        f"UPDATE foi_request SET standing = 'lost' {OPEN}", "of_a_known_kind|on_the_schedule"),
    "logged by nobody": (
        "UPDATE foi_request SET logged_by_id = NULL WHERE channel = 'paper'",
        "logged_by_an_officer"),
    "estimated in part": (
        f"UPDATE foi_request SET locating_minutes = 1 {OPEN}", "estimated_by_somebody"),
    "a requester nobody reaches": (
        "UPDATE foi_requester SET email = NULL, postal = NULL", "can_be_reached"),
    "a step changed": ("UPDATE foi_step SET at = now()", "E-FOI-10"),
    "a disclosure changed": ("UPDATE foi_disclosure SET title = 'Other'", "E-FOI-10"),
    "a disclosure of numbers that no part told": (
        "UPDATE foi_disclosure SET tables = '[1]'", "E-FOI-10"),
    "a disclosure for ever": (
        ("INSERT INTO foi_disclosure (id, number, reply, title, body, tables, received_on,"
        " replied_on, outcome, schedule, max_on) VALUES (gen_random_uuid(), 'FOI-1', 1, 'x', 'x',"
        " '[]', now(), now(), 'all_given', 'D29', now() + interval '11 years')"),
        "ends_after_10_years"),
    "a part changed after the reply": ("UPDATE foi_part SET wants = 'total'", "E-FOI-89"),
    "a part refused by one alone": (
        ("INSERT INTO foi_part (id, request_id, number, reply, wants, asked, treatment, question,"
        " exemption, why, published, by_id, confirmed_by_id, confirmed_at) SELECT"
        " gen_random_uuid(), id, 9, 1, 'other', '\\x00', 'not_held', '', '', '\\x00', '',"
        f" {OFFICER}, {OFFICER}, now()"
        f" FROM foi_request {OPEN}"), "confirmed_by_another"),
    "a part withheld without an exemption": (
        ("INSERT INTO foi_part (id, request_id, number, reply, wants, asked, treatment, question,"
        " exemption, why, published, by_id) SELECT gen_random_uuid(), id, 9, 1, 'other', '\\x00',"
        f" 'withheld', '', '', '\\x00', '', {OFFICER} FROM foi_request {OPEN}"),
        "says_all_that_it_must"),
    "a part neither confirmed nor denied under no section that allows it": (
        ("INSERT INTO foi_part (id, request_id, number, reply, wants, asked, treatment, question,"
        " exemption, why, published, by_id) SELECT gen_random_uuid(), id, 9, 1, 'other', '\\x00',"
        f" 'neither', '', 's40', '\\x00', '', {OFFICER} FROM foi_request {OPEN}"),
        "says_all_that_it_must"),
    "a total neither confirmed nor denied": (
        ("INSERT INTO foi_part (id, request_id, number, reply, wants, asked, treatment, question,"
        " exemption, why, published, by_id) SELECT gen_random_uuid(), id, 9, 1, 'total', '\\x00',"
        f" 'neither', '', '40(5B)', '\\x00', '', {OFFICER} FROM foi_request {OPEN}"),
        "says_all_that_it_must"),
    "a reply approved by its author": (
        ("INSERT INTO foi_letter (id, request_id, number, reply, kind, text, title, by_id, at,"
        " approved_by_id, approved_at, by_mail, failed) SELECT gen_random_uuid(), id, 9, 1,"
        f" 'reply', '\\x00', '', {OFFICER}, now(), {OFFICER}, now(), false, ''"
        f" FROM foi_request {OPEN}"), "approved_by_another"),
    "a reply sent unapproved": (
        ("INSERT INTO foi_letter (id, request_id, number, reply, kind, text, title, by_id, at,"
        " by_mail, sent_on, failed) SELECT gen_random_uuid(), id, 9, 1, 'reply', '\\x00', '',"
        f" {OFFICER}, now(), false, now(), '' FROM foi_request {OPEN}"), "sent_when_approved"),
    "a letter changed": ("UPDATE foi_letter SET text = '\\x01'", "E-FOI-89"),
    "a part of another reply": ("UPDATE foi_part SET reply = 2", "E-FOI-89"),
    "a reply that is another one": ("UPDATE foi_letter SET reply = 2", "E-FOI-89"),
    "a part of a reply that is not to be given": (
        f"{A_PART} FROM foi_request {REPLIED}", "E-FOI-89"),
    "a further part while the first reply is written": (
        f"{A_PART.replace('9, 1', '9, 2')} FROM foi_request {OPEN}", "E-FOI-89"),
    "to be replied to anew without a review": (
        ("UPDATE foi_request SET standing = 'to_reply_again', closed_on = NULL, review_on = NULL,"
        f" max_on = NULL {REPLIED}"), "E-FOI-10"),
    "replied to anew without a further reply": (
        ("UPDATE foi_request SET standing = 'replied', closed_on = received_on, review_on ="
        f" received_on, max_on = received_on {AGAIN}"), "E-FOI-88"),
    "replied to because a review was withdrawn before the last one": (
        ("UPDATE foi_request SET standing = 'replied', closed_on = received_on, review_on ="
        f" received_on, max_on = received_on {AGAIN} AND EXISTS (SELECT FROM foi_step WHERE"
        " request_id = foi_request.id AND what = 'review_withdrawn')"), "E-FOI-88"),
    "left after an upheld review for elsewhere": (
        f"UPDATE foi_request SET standing = 'at_commissioner' {AGAIN}", "E-FOI-10"),
    "at the Commissioner though nobody asked there": (
        ("UPDATE foi_request SET standing = 'at_commissioner', closed_on = NULL, review_on = NULL,"
        f" max_on = NULL {REPLIED}"), "E-FOI-10"),
    "decided by a Commissioner who was not asked": (
        f"UPDATE foi_request SET standing = 'to_comply' {OPEN}", "E-FOI-10"),
    "under a review that nobody asked for": (
        ("UPDATE foi_request SET standing = 'under_review', closed_on = NULL, review_on = NULL,"
        f" max_on = NULL {REPLIED}"), "E-FOI-10"),
    "a correction of nothing": (
        f"UPDATE foi_request SET channel = 'correction' {OPEN}", "corrects_where|E-FOI-10"),
    "corrected though somebody asked": (
        f"UPDATE foi_request SET corrects = number {OPEN}", "corrects_where|E-FOI-10"),
    "ended after it was replied to": (
        f"UPDATE foi_request SET standing = 'withdrawn' {REPLIED}", "E-FOI-10"),
}  # fmt: skip


def test_what_must_never_be_is_refused_by_the_database(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    replied(desk, on_paper(desk))
    again = on_paper(desk)
    replied(desk, again)
    stepped(desk, again, FoiStep.REVIEW_ASKED)
    stepped(desk, again, FoiStep.REVIEW_WITHDRAWN)
    stepped(desk, again, FoiStep.REVIEW_ASKED)
    stepped(desk, again, FoiStep.REVIEW_UPHELD, by=UNA)
    stepped(desk, received(desk)[0], FoiStep.CLARIFICATION_ASKED, narrower="May?")
    for name, (statement, says) in NEVER.items():
        with connected(fresh_desk) as connection:
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=says):
                connection.execute(statement.encode())
                raise AssertionError(name)
            connection.rollback()


NOT_HELD = (
    "INSERT INTO foi_part (id, request_id, number, reply, wants, held_in, asked, treatment,"
    " question, exemption, why, published, by_id) SELECT gen_random_uuid(), id, 9, 1, %s, %s,"
    " '\\x00', 'not_held', '', '', '\\x00', '', %s FROM foi_request"
)


def check_not_held(fresh_desk: FreshDesk, wants: str, held_in: str | None) -> None:
    """Have a part stored as not held, and taken back. Raises CheckViolation."""
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(NOT_HELD.encode(), [wants, held_in, RIA.ref])
        connection.rollback()


def on_record(desk: Desk) -> set[HeldIn | None]:
    """Give what of a register the program has on record today."""
    today = desk.now.date()
    return {it for it in (*HeldIn, None) if has_on_record(it, today)}


def test_what_a_register_had_on_the_day_of_receipt_is_not_stored_as_not_held(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    on_paper(desk)
    assert on_record(desk) == {HeldIn.OPERATIONS}
    never = [("total", None), ("field", None), ("statement", "operations")]
    of_registers = [("document", "dpia"), ("statement", "scrutiny")]
    for wants, held_in in (("other", None), ("document", "none"), *of_registers):
        check_not_held(fresh_desk, wants, held_in)
    desk.put_in_force(DocumentKind.DPIA)
    scrutiny.say_none(ScrutinyKind.AUDIT, desk.now.date(), acting=desk.by(DEE))
    assert on_record(desk) == {HeldIn.OPERATIONS, HeldIn.DPIA, HeldIn.SCRUTINY}
    check_not_held(fresh_desk, "document", "eia")
    for wants, held_in in (*never, *of_registers):
        with pytest.raises(errors.CheckViolation, match="E-FOI-82"):
            check_not_held(fresh_desk, wants, held_in)
    with pytest.raises(errors.CheckViolation, match="of_a_known_register"):
        check_not_held(fresh_desk, "document", "diary")


def test_what_came_into_a_register_after_the_day_of_receipt_may_be_stored_as_not_held(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    on_paper(desk, days_ago=1)
    desk.put_in_force(DocumentKind.DPIA)
    scrutiny.say_none(ScrutinyKind.AUDIT, desk.now.date(), acting=desk.by(DEE))
    for wants, held_in in (("document", "dpia"), ("statement", "scrutiny")):
        check_not_held(fresh_desk, wants, held_in)


TAKEN = (
    'INSERT INTO foi_step (id, request_id, number, what, "on", by_id, at, text)'
    " SELECT gen_random_uuid(), request_id, number + 1, '{what}', \"on\" + {days}, by_id, at, text"
    " FROM foi_step ORDER BY number DESC LIMIT 1"
)
CLOSED = (
    "UPDATE foi_request SET standing = 'replied', closed_on = received_on,"
    " review_on = received_on, max_on = received_on"
)


def took(what: FoiStep, days: int = 0) -> str:
    """Write a step after the last one, so many days later."""
    return TAKEN.format(what=what, days=days)


@pytest.mark.parametrize(
    ("why", "what"),
    [
        (FoiStep.REVIEW_UPHELD, FoiStep.REVIEW_WITHDRAWN),
        (FoiStep.ERROR_FOUND, FoiStep.ERROR_WITHDRAWN),
    ],
)
def test_no_reply_that_is_to_leave_is_passed_over(
    fresh_desk: FreshDesk, why: FoiStep, what: FoiStep
) -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    if why is FoiStep.REVIEW_UPHELD:
        stepped(desk, number, FoiStep.REVIEW_ASKED)
    stepped(desk, number, why, by=UNA)
    proposed(desk, number)
    both = (took(what), f"{CLOSED} {AGAIN}")
    with connected(fresh_desk) as connection:
        take_number(connection)
        for statement in both:
            connection.execute(statement.encode())
        connection.rollback()
    foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(both[0].encode())
        with pytest.raises(errors.CheckViolation, match="E-FOI-88"):
            connection.execute(both[1].encode())


def test_what_was_found_wrong_is_corrected_once(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    stepped(desk, number, FoiStep.ERROR_FOUND)
    replied(desk, number)
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-FOI-10"):
            connection.execute(
                b"UPDATE foi_request SET standing = 'to_reply_again', closed_on = NULL,"
                b" review_on = NULL, max_on = NULL"
            )


COPIED = (
    "INSERT INTO foi_request SELECT (jsonb_populate_record(it, jsonb_build_object('id',"
    " gen_random_uuid(), 'number', 'FOI-2030-0001', 'corrects', {corrects}, 'standing', '{to}',"
    " 'channel', 'correction', 'closed_on', NULL, 'review_on', NULL, 'max_on', NULL))).*"
    " FROM foi_request AS it"
)


def test_only_what_takes_no_further_reply_is_corrected_and_by_one_at_a_time(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    with connected(fresh_desk) as connection:
        for corrects, to in ((f"'{number}'", "open"), ("'FOI-2020-0001'", "open")):
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match="E-FOI-10"):
                connection.execute(COPIED.format(corrects=corrects, to=to).encode())
            connection.rollback()
    foi_ending.forget(row_of(number).id, acting=desk.by(WORKER))
    own = foi_correcting.begin(number, "It was wrong.", acting=desk.by(RIA))
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.UniqueViolation, match="one_correction_at_a_time"):
            connection.execute(COPIED.format(corrects="it.corrects", to="open").encode())
        connection.rollback()
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-FOI-10"):
            connection.execute(
                f"UPDATE foi_request SET corrects = 'x' WHERE number = '{own}'".encode()
            )


ENDED = (
    "UPDATE hold SET asked_by_id = (SELECT id FROM officer ORDER BY id LIMIT 1),"
    " asked_at = timestamptz '{at}',"
    " ended_by_id = (SELECT id FROM officer ORDER BY id DESC LIMIT 1),"
    " ended_at = timestamptz '{at}'"
)
HELD_NEVER = {
    "ended with its reply": ENDED.format(at="2026-11-21"),
    "ended the day before": ENDED.format(at="2027-01-12"),
    "of another end": "UPDATE hold SET kind = 'evidence', owner = '\\x00', expires_on = day",
    "without its request": "DELETE FROM foi_hold",
    "of another request": "UPDATE foi_hold SET id = gen_random_uuid()",
}


@pytest.mark.parametrize("name", HELD_NEVER)
def test_a_hold_of_a_request_lasts_while_a_review_can_follow(
    fresh_desk: FreshDesk, name: str
) -> None:
    desk = Desk()
    number = on_paper(desk)
    foi.hold(number, desk.log(), "It is asked for.", acting=desk.by(RIA))
    replied(desk, number)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(b"UPDATE foi_hold SET id = id")
        with pytest.raises(errors.InsufficientPrivilege, match="E-HOLD-30"):
            connection.execute(HELD_NEVER[name].encode())


@pytest.mark.parametrize("last", [None, FoiStep.REVIEWED, FoiStep.REVIEW_WITHDRAWN])
def test_a_hold_of_a_request_that_runs_or_was_reviewed_does_not_end_by_itself(
    fresh_desk: FreshDesk, last: FoiStep | None
) -> None:
    desk = Desk()
    number = on_paper(desk)
    foi.hold(number, desk.log(), "It is asked for.", acting=desk.by(RIA))
    if last is not None:
        replied(desk, number)
        desk.now += timedelta(days=50)
        stepped(desk, number, FoiStep.REVIEW_ASKED)
        stepped(desk, number, last, by=UNA)
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.InsufficientPrivilege, match="E-HOLD-30"):
            connection.execute(ENDED.format(at="2027-02-20").encode())


@pytest.mark.parametrize("is_reviewed", [False, True])
def test_what_is_held_lasts_as_long_in_the_database_as_in_the_program_after_what_reached_nobody(
    fresh_desk: FreshDesk, *, is_reviewed: bool
) -> None:
    desk = Desk()
    number = received(desk)[0]
    foi.hold(number, desk.log(), "It is asked for.", acting=desk.by(RIA))
    with mail_server() as server, override_settings(SMTP_URL=server.address):
        replied(desk, number)
    desk.now += timedelta(days=60)
    if is_reviewed:
        stepped(desk, number, FoiStep.REVIEW_ASKED)
        stepped(desk, number, FoiStep.REVIEW_UPHELD, by=UNA)
        with mail_server() as server, override_settings(SMTP_URL=server.address):
            replied(desk, number)
    else:
        stepped(desk, number, FoiStep.ERROR_FOUND)
        bounced(approved(desk, number), desk.by(WORKER))
        stepped(desk, number, FoiStep.UNREACHED)
    holding = known.one(number, acting=desk.by(RIA)).holding
    assert holding
    at_least = desk.now.date() + timedelta(days=89)
    assert holding.until - at_least < timedelta(days=4)
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.InsufficientPrivilege, match="E-HOLD-30"):
            connection.execute(ENDED.format(at=at_least - timedelta(days=1)).encode())
        connection.rollback()
        take_number(connection)
        connection.execute(ENDED.format(at=holding.until + timedelta(days=1)).encode())


def test_who_ends_a_hold_has_accepted_the_instructions_but_for_the_clock(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    number = on_paper(desk)
    foi.hold(number, desk.log(), "It is asked for.", acting=desk.by(RIA))
    replied(desk, number)
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    by_the_clock = ENDED.format(at="2027-01-22")
    asked, ended = by_the_clock.split(", ended_by_id")
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(by_the_clock.encode())
        connection.rollback()
        take_number(connection)
        connection.execute(asked.encode())
        with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
            connection.execute(f"UPDATE hold SET ended_by_id{ended}".encode())
        connection.rollback()
        take_number(connection)
        connection.execute(
            b"INSERT INTO hold SELECT (jsonb_populate_record(it, jsonb_build_object("
            b"'id', gen_random_uuid(), 'kind', 'rights'))).* FROM hold AS it"
        )
        with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
            connection.execute(f"{by_the_clock} WHERE kind = 'rights'".encode())


def test_a_hold_ends_once_nothing_can_follow_or_two_officers_ended_it(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    number = on_paper(desk)
    foi.hold(number, desk.log(), "It is asked for.", acting=desk.by(RIA))
    replied(desk, number)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(ENDED.format(at="2027-01-22").encode())
    with connected(fresh_desk) as connection:
        take_number(connection)
        asked, ended = ENDED.format(at="2026-11-21").split(", ended_by_id")
        connection.execute(asked.encode())
        connection.execute(f"UPDATE hold SET ended_by_id{ended}".encode())


MOVED = "UPDATE foi_request SET standing = '{to}'"


@pytest.mark.parametrize("days", [26, 27])
@pytest.mark.parametrize("is_reviewed", [False, True])
def test_the_commissioner_is_not_entered_before_the_desk_can_be_late(
    fresh_desk: FreshDesk, days: int, is_reviewed: bool
) -> None:
    desk = Desk()
    number = on_paper(desk)
    if is_reviewed:
        replied(desk, number)
        stepped(desk, number, FoiStep.REVIEW_ASKED)
    else:
        stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="May?")
        stepped(desk, number, FoiStep.CLARIFICATION_ANSWERED)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(took(FoiStep.COMMISSIONER_ASKED, days).encode())
        moved = MOVED.format(to="at_commissioner").encode()
        if days > 26:
            connection.execute(moved)
        else:
            with pytest.raises(errors.CheckViolation, match="not late"):
                connection.execute(moved)


def test_what_was_never_replied_to_is_open_after_the_commissioner_and_not_replied(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    number = on_paper(desk, days_ago=40)
    stepped(desk, number, FoiStep.COMMISSIONER_ASKED)
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-FOI-10"):
            connection.execute(MOVED.format(to="open").encode())
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(took(FoiStep.COMMISSIONER_DONE).encode())
        connection.execute(MOVED.format(to="open").encode())
        connection.rollback()
        take_number(connection)
        connection.execute(took(FoiStep.COMMISSIONER_DONE).encode())
        with pytest.raises(errors.CheckViolation, match="E-FOI-88"):
            connection.execute(f"{CLOSED} WHERE standing = 'at_commissioner'".encode())


@pytest.mark.parametrize("last", [FoiStep.REVIEWED, FoiStep.REVIEW_WITHDRAWN])
def test_what_was_found_wrong_is_still_owed_after_a_review(
    fresh_desk: FreshDesk, last: FoiStep
) -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    stepped(desk, number, FoiStep.ERROR_FOUND)
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(took(last).encode())
        connection.execute(MOVED.format(to="to_reply_again").encode())
        connection.rollback()
        take_number(connection)
        connection.execute(took(last).encode())
        with pytest.raises(errors.CheckViolation, match="E-FOI-88"):
            connection.execute(f"{CLOSED} WHERE standing = 'under_review'".encode())


def test_what_a_review_led_to_is_not_reviewed_before_it_left(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    stepped(desk, number, FoiStep.REVIEW_UPHELD, by=UNA)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(took(FoiStep.REVIEW_ASKED).encode())
        with pytest.raises(errors.CheckViolation, match="E-FOI-10"):
            connection.execute(MOVED.format(to="under_review").encode())


@pytest.mark.parametrize("was_tried", [False, True])
def test_nobody_is_given_up_whom_a_letter_can_still_reach(
    fresh_desk: FreshDesk, *, was_tried: bool
) -> None:
    desk = Desk()
    number = received(desk)[0]
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="May?")
    approved(desk, number)
    ended = CLOSED.replace("'replied'", "'unreached'").encode()
    failed = b"UPDATE foi_letter SET failed = '550'"
    with connected(fresh_desk) as connection:
        take_number(connection)
        if was_tried:
            connection.execute(failed)
            with pytest.raises(errors.CheckViolation, match="E-FOI-10"):
                connection.execute(ended)
            connection.rollback()
            take_number(connection)
            connection.execute(failed)
        connection.execute(took(FoiStep.UNREACHED).encode())
        if was_tried:
            connection.execute(ended)
            with pytest.raises(errors.CheckViolation, match="this request has ended"):
                connection.execute(MOVED.format(to="replied").encode())
        else:
            with pytest.raises(errors.CheckViolation, match="can still be sent"):
                connection.execute(ended)


@pytest.mark.parametrize("what", ["clarification_asked", "fee_asked", "extended"])
def test_nothing_more_is_asked_while_an_approved_reply_has_not_left(
    fresh_desk: FreshDesk, what: str
) -> None:
    desk = Desk()
    number = on_paper(desk)
    for step in (FoiStep.CLARIFICATION_ASKED, FoiStep.CLARIFICATION_ANSWERED):
        narrower = "May?" if step is FoiStep.CLARIFICATION_ASKED else ""
        stepped(desk, number, step, narrower=narrower)
    proposed(desk, number)
    needs = {"fee_asked": ("pence", "100"), "extended": ("until", '"on" + 9')}
    column, value = needs.get(what, ("pence", "NULL::integer"))
    asked = took(FoiStep(what)).replace("at, text)", f"at, text, {column})", 1)
    asked = asked.replace("at, text FROM", f"at, text, {value} FROM", 1)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(asked.encode())
    foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(took(FoiStep.CLARIFICATION_ANSWERED).encode())
        with pytest.raises(errors.CheckViolation, match="has not left yet"):
            connection.execute(asked.encode())


def test_a_correction_without_a_letter_is_of_two_and_overwrites_nothing(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    desk.now += timedelta(days=366)
    foi_ending.forget_old(acting=desk.by(WORKER))
    stepped(desk, number, FoiStep.ERROR_FOUND)
    proposed(desk, number)
    approve = "UPDATE foi_letter SET approved_by_id = {by}, approved_at = now() WHERE reply = 2"
    never = {
        "UPDATE foi_letter SET sent_on = now() WHERE reply = 2": "sent_when_approved",
        approve.format(by="by_id"): "approved_by_another",
        "UPDATE foi_disclosure SET body = 'Other'": "E-FOI-10",
        f"{CLOSED} {AGAIN}": "E-FOI-88",
    }
    for statement, says in never.items():
        with connected(fresh_desk) as connection:
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=says):
                connection.execute(statement.encode())


def test_an_old_question_back_ends_nothing_that_was_owed_later(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    number = on_paper(desk)
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="May?")
    foi_sending.sent_by_hand(number, 1, acting=desk.by(RIA))
    ended = CLOSED.replace("'replied'", "'unreached'").encode()
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(took(FoiStep.UNREACHED).encode())
        connection.execute(ended)
        connection.rollback()
    replied(desk, number)
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    stepped(desk, number, FoiStep.REVIEW_UPHELD, by=UNA)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(took(FoiStep.UNREACHED).encode())
        with pytest.raises(errors.CheckViolation, match="can still be sent"):
            connection.execute(ended)


def test_what_the_commissioner_decided_closes_nothing_before_an_approved_reply_left(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    for step in (FoiStep.COMMISSIONER_ASKED, FoiStep.COMMISSIONER_DECIDED):
        stepped(desk, number, step)
    approved(desk, number)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(took(FoiStep.COMMISSIONER_DONE).encode())
        with pytest.raises(errors.CheckViolation, match="E-FOI-88"):
            connection.execute(f"{CLOSED} WHERE standing = 'to_comply'".encode())


@pytest.mark.parametrize("days", [88, 89])
def test_a_question_that_went_by_mail_is_given_up_no_earlier_than_a_fee(
    fresh_desk: FreshDesk, days: int
) -> None:
    desk = Desk()
    number = received(desk)[0]
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="May?")
    ended = CLOSED.replace("'replied'", "'unreached'").encode()
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(b"UPDATE foi_letter SET sent_on = at::date")
        connection.execute(took(FoiStep.UNREACHED, days).encode())
        if days == 89:
            connection.execute(ended)
        else:
            with pytest.raises(errors.CheckViolation, match="can still be sent"):
                connection.execute(ended)


def test_a_reply_that_can_be_posted_is_posted(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    number = received(desk, postal="1 Quay Street")[0]
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="May?")
    approved(desk, number)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(
            b"UPDATE foi_letter SET sent_on = at::date, failed = '550' WHERE kind <> 'reply'"
        )
        connection.execute(b"UPDATE foi_letter SET failed = '550' WHERE kind = 'reply'")
        connection.execute(took(FoiStep.UNREACHED).encode())
        with pytest.raises(errors.CheckViolation, match="can still be sent"):
            connection.execute(CLOSED.replace("'replied'", "'unreached'").encode())
