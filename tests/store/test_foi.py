"""What a request for information must never become cannot be stored, whoever writes it."""

import pytest
from psycopg import errors

from evenhand.rules.foi import FoiStep
from tests.actions.foi import on_paper, received, replied, stepped
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, take_number

OFFICER = "(SELECT id FROM officer LIMIT 1)"
REPLIED, OPEN = "WHERE standing = 'replied'", "WHERE standing = 'open'"
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
    "a disclosure for ever": (
        ("INSERT INTO foi_disclosure (id, number, title, body, received_on, replied_on, outcome,"
        " schedule, max_on) VALUES (gen_random_uuid(), 'FOI-1', 'x', 'x', now(), now(),"
        " 'all_given', 'D29', now() + interval '11 years')"), "ends_after_10_years"),
    "a part changed after the reply": ("UPDATE foi_part SET wants = 'total'", "E-FOI-89"),
    "a part refused by one alone": (
        ("INSERT INTO foi_part (id, request_id, number, wants, asked, treatment, question,"
        " exemption, why, published, by_id, confirmed_by_id, confirmed_at) SELECT"
        " gen_random_uuid(), id, 9, 'other', '\\x00', 'not_held', '', '', '\\x00', '',"
        f" {OFFICER}, {OFFICER}, now()"
        f" FROM foi_request {OPEN}"), "confirmed_by_another"),
    "a part withheld without an exemption": (
        ("INSERT INTO foi_part (id, request_id, number, wants, asked, treatment, question,"
        " exemption, why, published, by_id) SELECT gen_random_uuid(), id, 9, 'other', '\\x00',"
        f" 'withheld', '', '', '\\x00', '', {OFFICER} FROM foi_request {OPEN}"),
        "says_all_that_it_must"),
    "a reply approved by its author": (
        ("INSERT INTO foi_letter (id, request_id, number, kind, text, title, by_id, at,"
        " approved_by_id, approved_at, by_mail, failed) SELECT gen_random_uuid(), id, 9, 'reply',"
        f" '\\x00', '', {OFFICER}, now(), {OFFICER}, now(), false, ''"
        f" FROM foi_request {OPEN}"), "approved_by_another"),
    "a reply sent unapproved": (
        ("INSERT INTO foi_letter (id, request_id, number, kind, text, title, by_id, at, by_mail,"
        " sent_on, failed) SELECT gen_random_uuid(), id, 9, 'reply', '\\x00', '',"
        f" {OFFICER}, now(), false, now(), '' FROM foi_request {OPEN}"), "sent_when_approved"),
    "a letter changed": ("UPDATE foi_letter SET text = '\\x01'", "E-FOI-89"),
}  # fmt: skip


def test_what_must_never_be_is_refused_by_the_database(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    replied(desk, on_paper(desk))
    stepped(desk, received(desk)[0], FoiStep.CLARIFICATION_ASKED, narrower="May?")
    for name, (statement, says) in NEVER.items():
        with connected(fresh_desk) as connection:
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=says):
                connection.execute(statement.encode())
                raise AssertionError(name)
            connection.rollback()
