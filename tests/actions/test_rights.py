"""Requests about one's own data: asked, searched for, answered by two officers, sent, forgotten."""

import json
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path
from uuid import uuid4

import jsonschema_rs
import pytest

from evenhand.actions import (
    holds,
    imports_passing,
    people,
    people_corrections,
    people_restrictions,
    people_roles,
    retention,
    reviews,
    rights,
    rights_forgetting,
    rights_letters,
    rights_receiving,
    rights_sending,
)
from evenhand.actions.oversight import enter_attempt
from evenhand.actions.people_corrections import Why
from evenhand.actions.people_storing import Identity, identity_of
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import short
from evenhand.queries import imports as quarantine
from evenhand.queries import rights as known
from evenhand.queries import rights_pack
from evenhand.rules.challenges import ChallengeStanding
from evenhand.rules.clocks_events import Happened, NotInOrder
from evenhand.rules.clocks_rights import MoreTime, NotExtended
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.holds import Hold, HoldKind, OnHold
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.people import OwnRequest, PersonStanding, Restriction
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_changes import NewRole
from evenhand.rules.people_finding import Key
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.receipts import ReceiptNotYet
from evenhand.rules.referrals import NotFound, State
from evenhand.rules.rights import (
    Answered,
    CameBy,
    NoReasonableDoubt,
    NotAPiece,
    NotReceivedYet,
    RightsStanding,
)
from evenhand.rules.rights_pack_json import schema
from evenhand.rules.rights_pack_words import STANDINGS
from evenhand.rules.rights_replies import (
    ERASED_WITHIN,
    QUIET_FOR,
    LetterKind,
    LetterNotReady,
    LetterStanding,
    LettersTellApart,
    NotSearched,
    Reply,
    ReplyDoesNotFit,
    RightsOutcome,
    Route,
    UnfoundedWithoutGrounds,
)
from evenhand.store.imports import ImportedRow
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.people import PersonRow
from evenhand.store.records import kept
from evenhand.store.rights import RightsSearchRow
from evenhand.store.rights_found import RightsFoundRow
from evenhand.store.rights_letters import RightsPackRow
from evenhand.store.sealing import open_record_key
from evenhand.transports.email import NotAccepted
from tests.actions.asking_rights import (
    BORN,
    GIVEN,
    NAME,
    NOTHING,
    asked,
    known_row,
    letter_row,
    on_paper,
    read_of,
    replied,
    requested,
    row_of,
    searched,
    sent,
    somebody,
    wholly_restricted,
)
from tests.actions.people import known_person, proposed
from tests.actions.reporting import anyone
from tests.actions.test_combinations import joined
from tests.actions.test_disposal import DISPOSE
from tests.actions.test_imports import NAME as OLD_NAME
from tests.actions.test_imports import confirmed, passed, records
from tests.builders import ADA, CY, DEE, LEE, RIA, RON, adult, proposal
from tests.journeys import Desk, challenged, refused
from tests.ledger import reading
from tests.mail import MailServer

pytestmark = pytest.mark.django_db
OLD_BORN = date(1931, 6, 5)


def test_what_is_held_is_given_in_a_pack_that_two_officers_agreed_on(server: MailServer) -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    with refused(NotSearched):
        rights_letters.propose(request, GIVEN, acting=desk.by(RIA))
    searched(desk, request, person)
    letter = sent(desk, request)
    row = row_of(request)
    assert (row.standing, row.outcome) == (RightsStanding.REPLIED, RightsOutcome.GIVEN)
    [(_sender, recipients, data)] = server.taken
    assert recipients == ["ode@mailbox.example"]
    parts = list(message_from_bytes(data).walk())
    [pack] = [it for it in parts if it.get_content_type() == "application/json"]
    told = json.loads(read_of(pack))
    jsonschema_rs.validate(schema("https://desk.example/pack"), told)
    assert told["record"] == person
    assert told["roles"] == ["Victim"]
    assert told["facts"]
    assert known.one(request, acting=desk.by(DEE)).letters[0].packs == [person]
    assert rights_pack.drawn(request, letter, person, acting=desk.by(RIA)) == told


def test_nothing_held_and_wholly_restricted_are_told_in_the_same_bytes_on_the_same_day(
    server: MailServer,
) -> None:
    desk = Desk()
    person = somebody(desk)
    first = requested(desk, name="Alba Quince")
    second = requested(desk)
    rights.search(first, Key(name="Alba Quince", birth_date=BORN), acting=desk.by(RIA))
    searched(desk, second, person)
    with refused(ReplyDoesNotFit):
        rights_letters.propose(second, NOTHING, acting=desk.by(RIA))
    wholly_restricted(desk, second, person)
    letters = [replied(desk, it, NOTHING) for it in (first, second)]
    for request, letter in zip((first, second), letters, strict=True):
        with refused(LettersTellApart):
            rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    desk.now += QUIET_FOR
    for request, letter in zip((first, second), letters, strict=True):
        rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
        rights_sending.deliver(letter, last_attempt=False, acting=desk.by(WORKER))
    plain = []
    for (_sender, _to, data), request, name in zip(
        server.taken, (first, second), ("Alba Quince", NAME), strict=True
    ):
        mail = message_from_bytes(data)
        body = read_of(mail).decode()
        assert not mail.is_multipart()
        assert (name in body, request in body) == (True, True)
        plain.append(body.replace(name, "NAME").replace(request, "REFERENCE").encode())
        assert mail["Subject"].replace(request, "") == "Your request about your data ()"
    assert plain[0] == plain[1]
    assert b"section 51" in plain[0]
    assert b"section 167" in plain[0]
    lines = [known.one(it, acting=desk.by(RIA)).line for it in (first, second)]
    assert [it.outcome for it in lines] == [RightsOutcome.NOTHING_TO_GIVE] * 2


def test_words_of_ones_own_are_in_no_letter_that_gives_nothing() -> None:
    desk = Desk()
    somebody(desk)
    request = requested(desk, name="Alba Quince")
    rights.search(request, Key(name="Alba Quince", birth_date=BORN), acting=desk.by(RIA))
    with refused(LettersTellApart):
        said = replace(NOTHING, reasons="We looked everywhere.")
        rights_letters.propose(request, said, acting=desk.by(RIA))


def test_whoever_wrote_a_reply_does_not_approve_it_and_what_is_returned_is_written_anew() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    assert known.one(request, acting=desk.by(DEE)).reply is None
    letter = rights_letters.propose(request, GIVEN, acting=desk.by(RIA))
    waits = known.one(request, acting=desk.by(DEE)).reply
    assert waits
    assert waits.id == letter
    with refused(OwnRequest) as caught:
        rights_letters.answer(request, letter, "Mine.", approves=True, acting=desk.by(RIA))
    enter_attempt(caught.value, reference=request, acting=desk.by(RIA))
    entry = EntryRow.objects.latest("number")
    assert (entry.obj, Act.ATTEMPT_REFUSED.encode() in bytes(entry.leaf)) == (
        row_of(request).id,
        True,
    )
    with refused(RoleMissing):
        rights_letters.answer(request, letter, "I too.", approves=True, acting=desk.by(ADA))
    with refused(LetterNotReady):
        rights_letters.propose(request, GIVEN, acting=desk.by(RIA))
    with refused(LetterNotReady):
        wholly_restricted(desk, request, person)
    with refused(LetterNotReady):
        rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    rights_letters.answer(request, letter, "Look again.", approves=False, acting=desk.by(DEE))
    assert letter_row(letter).standing == LetterStanding.RETURNED
    with refused(LetterNotReady):
        rights_letters.answer(request, letter, "After all.", approves=True, acting=desk.by(DEE))
    with refused(LetterNotReady):
        rights_letters.answer(request, uuid4(), "What?", approves=True, acting=desk.by(DEE))
    again = replied(desk, request)
    rights_sending.send(request, again, Route.POST, acting=desk.by(RIA))
    assert row_of(request).standing == RightsStanding.REPLIED
    with refused(Answered):
        rights_letters.propose(request, GIVEN, acting=desk.by(RIA))
    with refused(Answered):
        rights.move(request, Happened.EXTENDED, desk.now.date(), "Long.", acting=desk.by(RIA))


def test_a_hit_that_is_somebody_else_is_not_given_and_is_held_until_the_reply() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    with refused(NotSearched):
        rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
    assert rights.search(request, Key(reference=person), acting=desk.by(RIA)) == 1
    assert rights.search(request, Key(name=NAME, birth_date=BORN), acting=desk.by(RIA)) == 1
    with refused(NotSearched):
        rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
    assert kept(known_row(person)).holds == (Hold(HoldKind.RIGHTS),)
    rights.settle_hit(
        request, person, is_theirs=False, reason="Born elsewhere.", acting=desk.by(RIA)
    )
    assert kept(known_row(person)).holds == (Hold(HoldKind.RIGHTS),)
    with refused(NotFound):
        rights_pack.preview(request, person, acting=desk.by(RIA))
    with refused(NotAPiece):
        wholly_restricted(desk, request, person)
    letter = replied(desk, request, NOTHING)
    searches = known.one(request, acting=desk.by(RIA)).searches
    assert [it.sought for it in searches] == [person, f"{NAME}, {BORN.isoformat()}"]
    desk.now += QUIET_FOR
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    assert kept(known_row(person)).holds == ()


def test_more_records_than_are_taken_at_once_are_found_by_searching_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    first = somebody(desk)
    for _another in range(2):
        proposed(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))
    monkeypatch.setattr(rights, "MOST_HITS", 1)
    request, key = requested(desk), Key(name=NAME, birth_date=BORN)
    assert rights.search(request, Key(reference=first), acting=desk.by(RIA)) == 1
    assert rights.search(request, key, acting=desk.by(RIA)) == 2
    with refused(NotSearched) as caught:
        rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
    assert "Not every record" in str(caught.value)
    assert rights.search(request, key, acting=desk.by(RIA)) == 3
    found = known.one(request, acting=desk.by(RIA))
    assert [it.more for it in found.searches] == [False, True, False]
    for it in found.found:
        person = it.hit.reference
        rights.settle_hit(request, person, is_theirs=False, reason="No.", acting=desk.by(RIA))
    replied(desk, request, NOTHING)


def renamed(desk: Desk, person: str, name: str) -> None:
    """Have the name of a record be corrected, by two officers."""
    people_corrections.contest(person, "name", "It is another.", acting=desk.by(ADA))
    row = PersonRow.objects.get(reference=person)
    right = replace(identity_of(row, open_record_key(row.key)), name=name)
    why = Why(reason="The document says so.")
    people_corrections.correct_identity(person, right, why, acting=desk.by(CY))


def test_a_record_that_is_one_persons_with_another_is_found_by_its_name_too() -> None:
    desk = Desk()
    first, second = somebody(desk), known_person(desk, said=proposal(name="Ode Marshe"))
    joined(desk, first, second)
    renamed(desk, second, "Ida Moor")
    request, key = requested(desk), Key(name=NAME, birth_date=BORN)
    assert rights.search(request, key, acting=desk.by(RIA)) == 2
    found = known.one(request, acting=desk.by(RIA)).found
    assert {it.hit.reference for it in found} == {first, second}


def test_a_record_that_was_joined_after_the_search_is_searched_for_before_the_reply() -> None:
    desk = Desk()
    first, second = somebody(desk), known_person(desk, said=proposal(name="Ida Moor"))
    request = requested(desk)
    searched(desk, request, first)
    joined(desk, first, second)
    with refused(NotSearched) as caught:
        rights_letters.propose(request, GIVEN, acting=desk.by(RIA))
    assert "was joined with one of theirs" in str(caught.value)
    searched(desk, request, first, second)
    replied(desk, request)
    packs = RightsPackRow.objects.values_list("person__reference", flat=True)
    assert set(packs) == {first, second}


@pytest.mark.parametrize("passes", [True, False])
def test_whom_a_record_in_quarantine_names_is_answered_once_that_is_settled(passes: bool) -> None:
    desk = Desk()
    for officer in (RIA, DEE):
        desk.by(officer)
    record, *_others = records(confirmed(desk))
    request = requested(desk, name=OLD_NAME, birth_date=OLD_BORN)
    sought = Key(name=OLD_NAME, birth_date=OLD_BORN)
    assert rights.search(request, sought, acting=desk.by(RIA)) == 1
    row = RightsSearchRow.objects.get()
    assert (row.hits, row.in_quarantine, row.more) == (0, [record], False)
    entered = reading.fields(OpeningRow.objects.latest("entry").fields)
    assert entered["objs"] == [short(record)]
    assert quarantine.one(record, acting=desk.by(ADA)).is_asked_about
    assert known.one(request, acting=desk.by(RIA)).searches[0].in_quarantine == 1
    with refused(NotSearched):
        rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
    if passes:
        reference = passed(desk, record, "https://clipnest.example/v/1")
        with refused(NotSearched):
            rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
        named = proposal(name=OLD_NAME, age=adult(birth_date=OLD_BORN))
        person = proposed(desk, reference, said=named)
        imports_passing.settle_person(record, proposed=person, acting=desk.by(ADA))
        assert rights.search(request, sought, acting=desk.by(RIA)) == 1
        assert known.one(request, acting=desk.by(RIA)).found[0].hit.reference == person
    else:
        imports_passing.reject(record, "It says nothing.", acting=desk.by(ADA))
        with refused(NotSearched):
            rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
        assert rights.search(request, sought, acting=desk.by(RIA)) == 0
        rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
    assert not ImportedRow.objects.exclude(tokens=[]).exists()


def test_no_other_search_finds_who_is_in_quarantine_and_no_reference_does() -> None:
    desk = Desk()
    confirmed(desk)
    request = requested(desk)
    for sought in (Key(name=NAME, birth_date=BORN), Key(reference="P-22222222")):
        assert rights.search(request, sought, acting=desk.by(RIA)) == 0
    sought = Key(name=OLD_NAME, birth_date=OLD_BORN)
    assert not PersonRow.objects.exactly(sought, or_proposed=True).exists()
    assert ImportedRow.objects.number_without_key() == 3


def test_a_record_without_a_birth_date_is_found_by_the_name_alone_for_a_request() -> None:
    desk = Desk()
    for officer in (RIA, DEE):
        desk.by(officer)
    nobody_knows = Age(basis=AgeBasis.UNKNOWN, as_at=desk.now.date())
    said = proposal(
        name=NAME,
        age=nobody_knows,
        welfare_reason="Who it is may be a child.",
        best_interests="It is safer.",
    )
    person = known_person(desk, said=said)
    known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))
    known_person(desk, said=replace(said, name="Ned Oval"))
    request = requested(desk, birth_date=None)
    assert rights.search(request, Key(reference="P-22222222"), acting=desk.by(RIA)) == 0
    with refused(NotSearched) as told:
        rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
    assert "by their name" in told.value.sentence
    assert rights.search(request, Key(name="ode  MARSH"), acting=desk.by(RIA)) == 1
    shown = known.one(request, acting=desk.by(RIA))
    assert ([it.hit.reference for it in shown.found], shown.without_birth_date) == ([person], 2)
    with refused(NotSearched):
        rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
    rights.settle_hit(request, person, is_theirs=True, reason="Theirs.", acting=desk.by(RIA))
    replied(desk, request)


def test_a_proposed_record_is_found_held_and_given_as_proposed() -> None:
    desk = Desk()
    for officer in (RIA, DEE):
        desk.by(officer)
    person = proposed(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))
    request = requested(desk)
    searched(desk, request, person)
    [shown] = known.one(request, acting=desk.by(RIA)).found
    assert shown.hit.standing is PersonStanding.PROPOSED
    with refused(OnHold):
        people.refuse(person, "It is not needed.", acting=desk.by(CY))
    letter = replied(desk, request)
    pack = rights_pack.drawn(request, letter, person, acting=desk.by(DEE))
    [record] = next(it["pieces"] for it in pack["sections"] if it["table"] == "person")
    assert {it["column"]: it["value"] for it in record["fields"]}["standing"] == (
        STANDINGS[PersonStanding.PROPOSED]
    )


def test_what_an_open_request_is_about_is_not_disposed_of() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    rights.search(request, Key(name=NAME, birth_date=BORN), acting=desk.by(RIA))
    for officer in (RON, LEE):
        desk.by(officer)
    with refused(OnHold):
        reviews.review(person, DISPOSE, acting=desk.by(RON))
    rights.settle_hit(request, person, is_theirs=True, reason="Theirs.", acting=desk.by(RIA))
    letter = replied(desk, request)
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    reviews.review(person, DISPOSE, acting=desk.by(RON))
    reviews.confirm(person, acting=desk.by(LEE))
    assert not RightsFoundRow.objects.exists()
    assert not RightsPackRow.objects.exists()
    with refused(LetterNotReady):
        rights_pack.drawn(request, letter, person, acting=desk.by(RIA))


def test_the_worker_leaves_what_is_asked_for_to_the_reply() -> None:
    desk = Desk()
    somebody(desk)
    request = requested(desk)
    rights.search(request, Key(name=NAME, birth_date=BORN), acting=desk.by(RIA))
    desk.now += timedelta(days=2_000)
    retention.run(acting=desk.by(WORKER))
    assert RightsFoundRow.objects.exists()


def test_erasure_that_was_granted_is_carried_out_by_the_day_that_the_letter_promised() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk, RightsKind.ERASURE)
    searched(desk, request, person)
    granted = Reply(outcome=RightsOutcome.GRANTED, reasons="", because="No need any more.")
    letter = replied(desk, request, granted)
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    row = known_row(person)
    assert row.erase_because == Duty.GRANTED
    desk.now += ERASED_WITHIN
    retention.run(acting=desk.by(WORKER))
    assert not PersonRow.objects.filter(reference=person).exists()


def test_what_is_evidence_is_not_erased_on_request() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk, RightsKind.ERASURE)
    searched(desk, request, person)
    holds.place(
        person,
        HoldKind.EVIDENCE,
        their_reference="Case 1",
        reason="It is evidence.",
        owner="Court",
        expires_on=desk.now.date() + timedelta(days=30),
        acting=desk.by(RIA),
    )
    granted = Reply(outcome=RightsOutcome.GRANTED, reasons="", because="So.")
    with refused(ReplyDoesNotFit):
        rights_letters.propose(request, granted, acting=desk.by(RIA))
    no = Reply(outcome=RightsOutcome.REFUSED, reasons="It is evidence.", because="So.")
    replied(desk, request, no)


def test_what_is_said_to_be_put_right_has_been_put_right() -> None:
    desk = Desk()
    person = somebody(desk)
    desk.by(CY)
    request = requested(desk, RightsKind.RECTIFICATION)
    searched(desk, request, person)
    granted = Reply(outcome=RightsOutcome.GRANTED, reasons="", because="So.")
    with refused(ReplyDoesNotFit):
        rights_letters.propose(request, granted, acting=desk.by(RIA))
    people_corrections.contest(person, "name", "It is Otto.", acting=desk.by(RIA))
    people_corrections.correct_identity(
        person,
        Identity(name="Otto Marsh", age=adult(birth_date=BORN)),
        Why(reason="They showed it."),
        acting=desk.by(CY),
    )
    replied(desk, request, granted)


def test_a_changed_role_puts_right_what_somebody_was_taken_for() -> None:
    desk = Desk()
    desk.by(RIA)
    said = proposal(PersonRole.SUSPECT, name=NAME, age=adult(birth_date=BORN))
    person = known_person(desk, said=said)
    request = requested(desk, RightsKind.RECTIFICATION)
    searched(desk, request, person)
    granted = Reply(outcome=RightsOutcome.GRANTED, reasons="", because="So.")
    link = PersonRow.objects.get(reference=person).links.get()
    victim = NewRole(role=PersonRole.VICTIM, necessity="They are the victim.")
    referral = link.referral.reference
    people_roles.ask(person, victim, referral=referral, acting=desk.by(ADA))
    with refused(ReplyDoesNotFit):
        rights_letters.propose(request, granted, acting=desk.by(RIA))
    people_roles.authorise(person, "The log shows it.", referral=referral, acting=desk.by(CY))
    replied(desk, request, granted)


def test_wrong_words_are_kept_while_somebody_has_asked_to_see_them() -> None:
    desk = Desk()
    person = somebody(desk)
    desk.by(CY)
    searched(desk, requested(desk), person)
    people_corrections.contest(person, "name", "It is Otto.", acting=desk.by(RIA))
    with refused(OnHold):
        people_corrections.correct_identity(
            person,
            Identity(name="Otto Marsh", age=adult(birth_date=BORN)),
            Why(reason="They showed it."),
            acting=desk.by(CY),
        )


def test_what_is_said_to_be_restricted_has_been_restricted() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk, RightsKind.RESTRICTION)
    searched(desk, request, person)
    granted = Reply(outcome=RightsOutcome.GRANTED, reasons="", because="So.")
    with refused(ReplyDoesNotFit):
        rights_letters.propose(request, granted, acting=desk.by(RIA))
    because = Restriction.UNLAWFUL
    people_restrictions.restrict(person, because, "They ask for it.", acting=desk.by(RIA))
    replied(desk, request, granted)


def test_a_complaint_is_acknowledged_once_and_answered_without_a_search(
    server: MailServer,
) -> None:
    desk = Desk()
    somebody(desk)
    request = requested(desk, RightsKind.COMPLAINT, wish="You were rude.")
    line = known.waiting(officer=RIA)[0]
    assert line.acknowledge_on == line.received_on + timedelta(days=29)
    letter = rights_letters.acknowledge(request, acting=desk.by(RIA))
    with refused(ReplyDoesNotFit):
        rights_letters.acknowledge(request, acting=desk.by(RIA))
    rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    with refused(LetterNotReady):
        rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    rights_sending.deliver(letter, last_attempt=False, acting=desk.by(WORKER))
    rights_sending.deliver(letter, last_attempt=False, acting=desk.by(WORKER))
    assert len(server.taken) == 1
    assert known.waiting(officer=RIA)[0].acknowledge_on is None
    with refused(ReplyDoesNotFit):
        rights.move(request, Happened.IDENTITY_ASKED, desk.now.date(), "Who?", acting=desk.by(RIA))
    said = Reply(outcome=RightsOutcome.GRANTED_IN_PART, reasons="We were.", because="So.")
    sent(desk, request, said)
    assert row_of(request).schedule == "D13"


def test_a_request_that_is_unfounded_is_refused_with_what_shows_it() -> None:
    desk = Desk()
    somebody(desk)
    request = requested(desk)
    said = Reply(outcome=RightsOutcome.UNFOUNDED, reasons="It is the tenth.", because=" ")
    with refused(UnfoundedWithoutGrounds):
        rights_letters.propose(request, said, acting=desk.by(RIA))
    letter = replied(desk, request, replace(said, because="Ten in a week, each the same."))
    [shown] = known.one(request, acting=desk.by(DEE)).letters
    assert (shown.id, shown.not_searched) == (letter, 0)
    assert "manifestly unfounded" in shown.text
    assert "It is the tenth." in shown.text
    assert "Ten in a week" not in shown.text


def test_what_happens_moves_the_clock_and_what_is_asked_goes_into_a_letter() -> None:
    desk = Desk()
    somebody(desk)
    request, today = requested(desk), desk.now.date()
    with refused(NoReasonableDoubt):
        rights.move(request, Happened.IDENTITY_ASKED, today, " ", acting=desk.by(RIA))
    with refused(UnfoundedWithoutGrounds):
        rights.move(request, Happened.FEE_ASKED, today, "", acting=desk.by(RIA))
    with refused(NotExtended):
        rights.move(request, Happened.EXTENDED, today, "Long.", acting=desk.by(RIA))
    with refused(NotInOrder):
        later = today + timedelta(days=1)
        rights.move(request, Happened.IDENTITY_ASKED, later, "Who?", acting=desk.by(RIA))
    rights.move(request, Happened.IDENTITY_ASKED, today, "Two of them.", acting=desk.by(RIA))
    [line] = known.waiting(officer=DEE)
    assert (line.due.waits_for, line.next_on) == (Happened.IDENTITY_GIVEN, date.max)
    assert not line.is_overdue(today)
    with refused(ReplyDoesNotFit):
        rights.move(
            request,
            Happened.EXTENDED,
            today,
            "Long.",
            because=[MoreTime.COMPLEXITY],
            acting=desk.by(RIA),
        )
    desk.now += timedelta(days=3)
    given = desk.now.date()
    rights.move(request, Happened.IDENTITY_GIVEN, given, "A passport.", acting=desk.by(RIA))
    rights.move(
        request,
        Happened.EXTENDED,
        given,
        "Ten records.",
        because=[MoreTime.NUMBER],
        acting=desk.by(RIA),
    )
    found = known.one(request, acting=desk.by(RIA))
    assert found.began_on == given
    assert [it.kind for it in found.letters] == [LetterKind.IDENTITY, LetterKind.EXTENSION]
    assert [it.what for it in found.events][-1] is Happened.EXTENDED
    assert found.line.extend_by is None
    assert "Two of them." in found.letters[0].text
    letter = found.letters[0].id
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    assert row_of(request).standing == RightsStanding.OPEN


def test_a_request_on_paper_counts_from_its_receipt_and_is_printed_where_there_is_no_mail() -> None:
    desk = Desk()
    person = somebody(desk)
    tomorrow = desk.now.date() + timedelta(days=1)
    with refused(NotReceivedYet):
        said = asked()
        rights_receiving.log(said, CameBy.PAPER, tomorrow, acting=desk.by(RIA))
    request = on_paper(desk, email="", postal="1 Long Street")
    searched(desk, request, person)
    letter = replied(desk, request)
    with refused(ReplyDoesNotFit):
        rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    found = known.reach(request, acting=desk.by(RIA))
    assert (found.email, found.postal) == ("", "1 Long Street")
    desk.now += timedelta(days=60)
    [line] = known.waiting(officer=RIA)
    assert line.is_overdue(desk.now.date())
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    counted = known.counts(officer=RIA)
    assert counted[RightsKind.ACCESS, "received"] == 1
    assert counted[RightsKind.ACCESS, "late"] == 1
    [line] = known.answered(officer=DEE)
    assert line.outcome is RightsOutcome.GIVEN


def test_a_letter_that_the_mail_server_refuses_waits_to_be_sent_otherwise(
    server: MailServer,
) -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    letter = replied(desk, request)
    rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    server.to_recipient = "450 4.2.0 Later"
    with pytest.raises(NotAccepted):
        rights_sending.deliver(letter, last_attempt=False, acting=desk.by(WORKER))
    rights_sending.deliver(letter, last_attempt=True, acting=desk.by(WORKER))
    assert letter_row(letter).failure == "450"
    rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    rights_sending.give_up(letter, acting=desk.by(WORKER))
    rights_sending.give_up(letter, acting=desk.by(WORKER))
    assert letter_row(letter).failure == "fault"
    rights_sending.deliver(uuid4(), last_attempt=True, acting=desk.by(WORKER))
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    assert letter_row(letter).failure is None


def test_requests_and_how_people_were_reached_are_forgotten_in_time() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    letter = replied(desk, request)
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    assert rights_forgetting.forget_old(acting=desk.by(WORKER)) == 0
    desk.now += timedelta(days=100)
    assert rights_forgetting.forget_old(acting=desk.by(WORKER)) == 0
    found = known.reach(request, acting=desk.by(RIA))
    assert (found.email, found.postal) == ("", "")
    desk.now += timedelta(days=700)
    assert rights_forgetting.forget_old(acting=desk.by(WORKER)) == 1
    with refused(NotFound):
        known.one(request, acting=desk.by(RIA))
    assert known.counts(officer=RIA)[RightsKind.ACCESS, "received"] == 1


def test_the_same_page_sent_again_is_one_request_with_one_number() -> None:
    desk = Desk()
    first = rights_receiving.receive(asked(), "form", acting=anyone(desk))
    assert rights_receiving.receive(asked(), "form", acting=anyone(desk)) == first
    found = known.by_receipt(first)
    assert (found.kind, found.replied_on, found.is_signed) == (RightsKind.ACCESS, None, False)
    with refused(NotFound):
        known.by_receipt("2222-2222-2222-2222")
    with refused(ReceiptNotYet):
        known.log_receipt(first, log=Path("/nonexistent"))


def test_a_challenge_is_shown_at_this_desk_without_the_case() -> None:
    desk = Desk()
    somebody(desk)
    challenged(desk, desk.brought_to(State.CHECKED))
    [found] = known.challenges(officer=RIA)
    assert found.standing is ChallengeStanding.OPEN
    assert found.due_on > found.came_on


def test_only_this_desk_reads_requests() -> None:
    desk = Desk()
    somebody(desk)
    request = requested(desk)
    for ask in (known.waiting, known.is_more, known.answered, known.counts, known.challenges):
        with refused(RoleMissing):
            ask(officer=CY)
    with refused(RoleMissing):
        known.one(request, acting=desk.by(CY))
    with refused(RoleMissing):
        known.reach(request, acting=desk.by(DEE))
    with refused(NotFound):
        known.one("R-22222222", acting=desk.by(RIA))
    with refused(NotFound):
        known.one("nonsense", acting=desk.by(RIA))
