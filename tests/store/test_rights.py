"""What a request about one's own data must never become cannot be stored, whoever writes it."""

from datetime import timedelta

import pytest
from psycopg import errors

from evenhand.actions import holds, rights, rights_further, rights_letters, rights_sending
from evenhand.actions.rights_reviews import look_again
from evenhand.rules.clocks_events import Happened
from evenhand.rules.holds import HoldKind
from evenhand.rules.people_finding import Key
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights_replies import Route
from tests.actions.asking_rights import (
    BORN,
    GIVEN,
    NAME,
    NOTHING,
    on_paper,
    piece_of,
    replied,
    requested,
    restriction,
    searched,
)
from tests.actions.people import known_person
from tests.actions.reviewing_rights import LIFTED, held_back, reviewed
from tests.builders import DEE, RIA, adult, proposal
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, take_number

RIA_ID, DEE_ID = f"'{RIA.ref}'", f"'{DEE.ref}'"
CLOSED = (
    "UPDATE rights_request SET standing = 'replied', outcome = '{}', replied_at = now(),"
    " review_on = now()::date, max_on = now()::date WHERE standing = 'open' AND came_by = 'form'"
)
APPROVED = (
    "UPDATE rights_letter SET standing = 'approved', answered_by_id = {}, answered_at = now()"
    " WHERE standing = 'proposed'"
)
MADE = (
    "INSERT INTO rights_letter (id, request_id, by_id, at, kind, outcome, subject, text, because,"
    f" standing, in_the_post) SELECT gen_random_uuid(), id, {RIA_ID}, now(), 'reply', 'given',"
    " '\\x00', '\\x00', '\\x00', '{}', false FROM rights_request WHERE standing = '{}' LIMIT 1"
)
MARKED = (
    f"INSERT INTO rights_mark (id, request_id, person_id, by_id, at, piece, withheld, ground,"
    f" review_on, reasons) SELECT gen_random_uuid(), request_id, person_id, {RIA_ID}, now(), 'x',"
    " '{}', {}, {}, '\\x00' FROM rights_found LIMIT 1"
)
REOPENED = (
    "UPDATE rights_request SET standing = 'open', outcome = NULL, replied_at = NULL,"
    " review_on = NULL, max_on = NULL WHERE standing = 'replied'"
)
WITHDRAWN = (
    "UPDATE rights_request SET standing = 'withdrawn', withdrawn_at = now(), told = '\\x00',"
    " review_on = now()::date, max_on = now()::date WHERE standing = 'open'"
)
SENT = (
    f"UPDATE rights_letter SET standing = 'sent', sent_at = now(), sent_by_id = {RIA_ID},"
    " route = 'post' WHERE standing = 'proposed'"
)
REVIEWED = (
    f"INSERT INTO rights_review (id, request_id, mark_id, person_id, by_id, at, outcome, review_on,"
    f" standing, reasons) SELECT gen_random_uuid(), request_id, id, person_id, {RIA_ID}, now(),"
    " '{}', {}, '{}', '\\x00' FROM rights_mark WHERE {} LIMIT 1"
)
CONFIRMED = (
    "UPDATE rights_review SET standing = 'confirmed', answered_by_id = {}, answered_at = now(),"
    " answer = '\\x00' WHERE standing = 'proposed'"
)
UNREACHED = (
    f"UPDATE rights_request SET standing = 'unreached', unreached_at = now(), tried = '\\x00',"
    f" unreached_by_id = {RIA_ID} WHERE standing = '{{}}'"
)
EVENT = (
    "INSERT INTO rights_event (id, request_id, by_id, at, day, what, because, reasons) SELECT"
    f" gen_random_uuid(), id, {RIA_ID}, now(), now()::date, '{{}}', '{{}}', {{}}"
    " FROM rights_request WHERE kind = '{}' LIMIT 1"
)
OPEN_TO_REPLY = (
    "SELECT * FROM rights_request WHERE standing = 'open' AND kind = '{}' AND EXISTS (SELECT FROM"
    " rights_search WHERE request_id = rights_request.id) AND NOT EXISTS (SELECT FROM rights_letter"
    " WHERE request_id = rights_request.id AND kind = 'reply') LIMIT 1"
)
REPLY = (
    "INSERT INTO rights_letter (id, request_id, by_id, at, kind, outcome, subject, text, because,"
    f" standing, in_the_post) SELECT gen_random_uuid(), id, {RIA_ID}, received_on, 'reply',"
    " '{}', '\\x00', '\\x00', '\\x00', 'proposed', false FROM ({}) AS it"
)
NOTICE = (
    "INSERT INTO rights_letter (id, request_id, by_id, at, kind, subject, text, standing,"
    f" in_the_post) SELECT gen_random_uuid(), id, {RIA_ID}, now(), 'acknowledgement', '\\x00',"
    " '\\x00', 'approved', false FROM rights_request WHERE standing = 'open' AND kind = '{}'"
    " LIMIT 1"
)
TOLD = (
    "INSERT INTO rights_mark (id, request_id, person_id, by_id, at, piece, withheld, reasons)"
    f" SELECT gen_random_uuid(), request_id, person_id, {RIA_ID}, now(), 'x', 'third_party',"
    " '\\x00' FROM rights_found WHERE request_id = (SELECT id FROM ({}) AS it); "
)
LEFT = (
    "UPDATE rights_letter SET standing = 'sent', sent_at = at + '{} days', route = 'post',"
    f" sent_by_id = {RIA_ID} WHERE standing = 'approved' AND outcome = 'nothing_to_give'"
)
UNPACKED = (
    "DELETE FROM rights_pack USING rights_letter AS it WHERE it.id = letter_id"
    " AND standing = 'proposed'; "
)
HAPPENED = (
    "INSERT INTO rights_event (id, request_id, by_id, at, day, what, because, reasons) SELECT"
    f" gen_random_uuid(), id, {RIA_ID}, received_on + 5, received_on + {{}}, '{{}}', '{{{{}}}}',"
    " '\\x00' FROM rights_request WHERE standing = 'open' AND kind = 'access' LIMIT 1; "
)
NEVER = {
    "given though it is in no pack": (
        UNPACKED + APPROVED.format(DEE_ID), "E-SAR-35"),
    "given in whole though some of it is held back": (
        TOLD.format(OPEN_TO_REPLY.format("access"))
        + REPLY.format("given", OPEN_TO_REPLY.format("access")), "E-RST-37"),
    "told of by when it leaves that nothing is given": (LEFT.format(19), "E-RST-38"),
    "put right though nothing was": (
        REPLY.format("granted", OPEN_TO_REPLY.format("rectification")), "E-RCT-39"),
    "restricted in part though nothing was": (
        REPLY.format("granted_in_part", OPEN_TO_REPLY.format("restriction")), "E-RCT-39"),
    "erased though it is evidence": (
        REPLY.format("granted", OPEN_TO_REPLY.format("erasure")), "E-RCT-39"),
    "granted what was only to be seen": (
        REPLY.format("granted", OPEN_TO_REPLY.format("access")), "E-RGT-03"),
    "given to who asked for something to be put right": (
        REPLY.format("given", OPEN_TO_REPLY.format("rectification")), "E-RGT-03"),
    "a complaint that is unfounded": (
        REPLY.format("nothing_to_give", "SELECT * FROM rights_request WHERE standing = 'open'"
            " AND kind = 'complaint'"), "E-RGT-03"),
    "a request acknowledged that is no complaint": (NOTICE.format("access"), "E-RGT-03"),
    "a complaint acknowledged twice": (NOTICE.format("complaint"), "E-RGT-03"),
    "a fee paid that nobody asked for": (HAPPENED.format(2, "fee_paid"), "E-CLK-43"),
    "a fee asked for twice": (HAPPENED.format(2, "fee_asked") * 2, "E-CLK-43"),
    "something before the request": (HAPPENED.format(-1, "fee_asked"), "E-CLK-43"),
    "something before the last thing": (
        HAPPENED.format(2, "fee_asked") + HAPPENED.format(1, "fee_paid"), "E-CLK-43"),
    "something that has not happened yet": (HAPPENED.format(8, "fee_asked"), "E-CLK-43"),
    "asked who they are without a doubt": (
        EVENT.format("identity_asked", "{}", "NULL", "access"), "E-ID-43"),
    "asked for a fee without grounds": (
        EVENT.format("fee_asked", "{}", "NULL", "access"), "E-MUE-44"),
    "given more time for nothing of the list": (
        EVENT.format("extended", "{}", "'\\x00'", "access"), "E-CLK-41"),
    "given more time for something else": (
        EVENT.format("extended", "{holidays}", "'\\x00'", "access"), "E-CLK-41"),
    "given more time, and nobody says why": (
        EVENT.format("extended", "{number}", "NULL", "access"), "E-CLK-41"),
    "paused though it is no request for access": (
        EVENT.format("clarification_asked", "{}", "'\\x00'", "rectification"), "E-CLK-42"),
    "replied to before anybody searched": (
        MADE.format("proposed", "open").replace("LIMIT 1",
            "AND kind <> 'complaint' AND NOT EXISTS (SELECT FROM rights_search"
            " WHERE request_id = rights_request.id)"),
        "E-SAR-36"),
    "refused as unfounded without grounds": (
        MADE.format("proposed", "open").replace("'given'", "'unfounded'").replace(
            "'\\x00', '\\x00', '\\x00'", "'\\x00', '\\x00', NULL"), "E-MUE-44|because"),
    "answered without a letter": (CLOSED.format("given"), "E-RGT-04"),
    "answered without an outcome": (
        "UPDATE rights_request SET standing = 'replied' WHERE standing = 'open'",
        "E-RGT-04|ends_with_a_reply"),
    "opened again": (REOPENED, "E-RGT-04"),
    "withdrawn without a letter": (WITHDRAWN, "E-RGT-04"),
    "received on another day": (
        "UPDATE rights_request SET received_on = received_on + 5 WHERE standing = 'open'",
        "E-RGT-04"),
    "on paper, and nobody logged it": (
        "UPDATE rights_request SET logged_by_id = NULL WHERE came_by = 'paper'", "E-RGT-04"),
    "approved by who wrote it": (APPROVED.format(RIA_ID), "by_a_second_officer"),
    "approved with other words": (
        APPROVED.format(DEE_ID).replace("SET", "SET text = '\\x01',"), "E-RGT-05"),
    "sent before anybody approved it": (SENT, "E-RGT-05|second_officer"),
    "sent by no route": (
        "UPDATE rights_letter SET standing = 'sent' WHERE standing = 'approved'",
        "left_by_a_route"),
    "taken back": (
        "UPDATE rights_letter SET standing = 'approved' WHERE standing = 'sent'", "E-RGT-05"),
    "begun as approved": (MADE.format("approved", "open"), "E-RGT-05"),
    "a second reply": (MADE.format("proposed", "replied"), "E-RGT-04"),
    "an event on another day": ("UPDATE rights_event SET day = day + 1", "E-RGT-04"),
    "another search": ("UPDATE rights_search SET hits = 0", "E-RGT-04"),
    "another pack": ("UPDATE rights_pack SET pack = '\\x01'", "E-RGT-04"),
    "another mark": ("UPDATE rights_mark SET withheld = 'restricted_told'", "E-RGT-04"),
    "restricted on no ground": (
        MARKED.format("restricted_told", "NULL", "now()::date"), "on_a_ground_in_law"),
    "restricted for long": (
        MARKED.format("restricted_told", "'crime'", "now()::date + 100"), "E-RST-34"),
    "lifted as it is marked": (
        MARKED.format("restricted_told", "'crime'", "now()::date").replace("reasons)", "reasons,"
            " lifted_at)").replace("'\\x00' FROM", "'\\x00', now() FROM"), "E-RST-35"),
    "lifted by nobody": (
        "UPDATE rights_mark SET lifted_at = now() WHERE lifted_at IS NULL", "E-RST-35"),
    "kept by nobody": ("UPDATE rights_mark SET review_on = review_on + 1", "E-RST-35"),
    "given without a letter": (
        "UPDATE rights_mark SET told_at = now() WHERE lifted_at IS NOT NULL", "E-RST-35"),
    "held back again": (
        "UPDATE rights_mark SET lifted_at = NULL WHERE lifted_at IS NOT NULL", "E-RST-35"),
    "told before it is lifted": (
        "UPDATE rights_mark SET told_at = now() WHERE lifted_at IS NULL",
        "E-RST-35|told_once_lifted"),
    "owing a letter for nothing": (
        "UPDATE rights_request SET standing = 'lifted' WHERE standing = 'replied'", "E-RST-35"),
    "owing a letter no more": (
        "UPDATE rights_request SET standing = 'replied' WHERE standing = 'lifted'", "E-RST-35"),
    "owing a letter before the reply": (
        "UPDATE rights_request SET standing = 'lifted' WHERE standing = 'open'", "E-RGT-04"),
    "giving more of what is answered": (
        MADE.format("proposed", "replied").replace("'reply', 'given'", "'further', NULL"),
        "E-RGT-04"),
    "giving more by one officer": (
        MADE.format("approved", "lifted").replace("'reply', 'given'", "'further', NULL"),
        "E-RGT-05"),
    "owing a letter to who is not reached, and none failed": (
        UNREACHED.format("lifted"), "E-RST-35"),
    "not reached before anything is owed": (UNREACHED.format("replied"), "E-RGT-04"),
    "not reached by nobody": (
        "UPDATE rights_request SET standing = 'unreached' WHERE standing = 'lifted'",
        "E-RST-35|could_not_be_reached"),
    "not delivered before it was tried": (
        ("UPDATE rights_letter SET standing = 'undelivered' WHERE standing = 'approved'"
        " AND kind = 'further'"), "E-RGT-05"),
    "a reply that is not delivered": (
        ("UPDATE rights_letter SET standing = 'undelivered' WHERE standing = 'approved'"
        " AND kind = 'reply'"), "E-RGT-05"),
    "looked at again before the reply": (
        REVIEWED.format("kept", "now()::date + 5", "proposed", "true"), "E-RST-35"),
    "looked at again after it was lifted": (
        REVIEWED.format("lifted", "NULL", "proposed", "lifted_at IS NOT NULL"), "E-RST-35"),
    "kept for long": (
        REVIEWED.format("kept", "now()::date + 100", "proposed", "true"), "E-RST-35"),
    "reviewed by one officer alone": (
        REVIEWED.format("lifted", "NULL", "confirmed", "true"), "E-RST-35"),
    "a review answered by who made it": (CONFIRMED.format(RIA_ID), "by_a_second_officer"),
    "a review of something else": (
        CONFIRMED.format(DEE_ID).replace("SET", "SET outcome = 'kept', review_on = now()::date,"),
        "E-RST-35"),
    "a review answered twice": (
        "UPDATE rights_review SET standing = 'returned' WHERE standing = 'confirmed'",
        "E-RST-35"),
    "reached nowhere": (
        "UPDATE rights_contact SET email = NULL, postal = NULL", "reaches_somebody"),
    "settled without a reason": (
        "UPDATE rights_found SET is_theirs = false, reason = NULL", "settled_with_a_reason"),
}  # fmt: skip
HELD = {
    "what was found": "DELETE FROM rights_found",
    "what is said": "DELETE FROM person_statement",
}


def _to_be_answered(desk: Desk, person: str) -> None:
    """Have one request of each kind that waits for its reply, and one for its letter to leave."""
    evidence = known_person(desk, said=proposal(name="Cato Lind"))
    until = desk.now.date() + timedelta(days=90)
    holds.place(evidence, HoldKind.EVIDENCE, their_reference="Exhibit 1", owner="DS Quince",
                reason="It is.", expires_on=until, acting=desk.by(RIA))  # fmt: skip
    erasure = on_paper(desk, RightsKind.ERASURE, wish="All of it.")
    rights.search(erasure, Key(reference=evidence), acting=desk.by(RIA))
    rights.settle_hit(erasure, evidence, is_theirs=True, reason="Same.", acting=desk.by(RIA))
    for kind in (RightsKind.RECTIFICATION, RightsKind.RESTRICTION):
        searched(desk, on_paper(desk, kind, wish="It is spelled with an e."), person)
    complaint = on_paper(desk, RightsKind.COMPLAINT, wish="Nobody answered.")
    rights_letters.acknowledge(complaint, acting=desk.by(RIA))
    nothing = on_paper(desk)
    rights.search(nothing, Key(name="Nobody Known", birth_date=BORN), acting=desk.by(RIA))
    replied(desk, nothing, NOTHING)
    on_paper(desk, RightsKind.RECTIFICATION, wish="It is spelled with an a.")  # not searched


def test_the_database_refuses_what_a_rule_about_requests_refuses(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    for officer in (RIA, DEE):
        desk.by(officer)
    person = known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))
    done = on_paper(desk)
    searched(desk, done, person)
    rights_sending.send(done, replied(desk, done), Route.POST, acting=desk.by(RIA))
    approved = on_paper(desk)
    searched(desk, approved, person)
    replied(desk, approved)
    request, today = requested(desk), desk.now.date()
    rights.move(request, Happened.IDENTITY_ASKED, today, "Two of them.", acting=desk.by(RIA))
    searched(desk, request, person)
    rights.hold_back(request, person, piece_of(person), restriction(desk), acting=desk.by(RIA))
    rights.give_after_all(request, piece_of(person), acting=desk.by(RIA))
    rights_letters.propose(request, GIVEN, acting=desk.by(RIA))
    other = on_paper(desk)
    searched(desk, other, person)
    rights.hold_back(other, person, piece_of(person), restriction(desk), acting=desk.by(RIA))
    rights.settle_hit(
        other, person, is_theirs=False, reason="It is another's.", acting=desk.by(RIA)
    )
    _to_be_answered(desk, person)
    lifted, piece = held_back(desk, person)
    reviewed(desk, lifted, piece)
    owed = rights_further.propose(lifted, "It was lifted.", acting=desk.by(RIA))
    rights_letters.answer(lifted, owed, "Yes.", approves=True, acting=desk.by(DEE))
    again, piece = held_back(desk, person)
    look_again(again, piece, LIFTED, acting=desk.by(RIA))
    with connected(fresh_desk) as connection:
        for name, (statement, says) in NEVER.items():
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=says):
                connection.execute(statement.encode())
                raise AssertionError(name)
            connection.rollback()
        for name, statement in HELD.items():
            take_number(connection)
            with pytest.raises(errors.InsufficientPrivilege, match="E-HOLD-30"):
                connection.execute(statement.encode())
                raise AssertionError(name)
            connection.rollback()
        for statement in (
            APPROVED.format(DEE_ID),
            LEFT.format(20),
            REPLY.format("refused", OPEN_TO_REPLY.format("rectification")),
            HAPPENED.format(2, "fee_asked") + HAPPENED.format(2, "fee_paid"),
        ):
            take_number(connection)
            connection.execute(statement.encode())
            connection.rollback()
