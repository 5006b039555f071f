"""A request about data is withdrawn by whoever made it: clock and hold end, a letter says so."""

from datetime import timedelta

import pytest

from evenhand.actions import rights, rights_letters, rights_sending, rights_withdrawing
from evenhand.queries import rights as known
from evenhand.queries import rights_reviews
from evenhand.rules.officers import RoleMissing
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import Answered, RightsStanding
from evenhand.rules.rights_replies import LetterKind, LetterNotReady, Route
from evenhand.rules.texts import ReasonMissing
from evenhand.store.people import PersonRow
from evenhand.store.rights import RightsContactRow
from evenhand.store.rights_found import is_concerned
from tests.actions.asking_rights import (
    BORN,
    NAME,
    NOTHING,
    letter_row,
    on_paper,
    piece_of,
    requested,
    restriction,
    row_of,
    searched,
)
from tests.actions.people import known_person
from tests.builders import ADA, CY, DEE, RIA, adult, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
TOLD = "They telephoned on the third and said so."


def somebody(desk: Desk) -> str:
    for officer in (ADA, CY):
        desk.by(officer)
    return known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))


def test_what_is_withdrawn_ends_its_clock_and_its_hold() -> None:
    desk = Desk()
    person, request = somebody(desk), requested(desk)
    searched(desk, request, person)
    rights.hold_back(request, person, piece_of(person), restriction(desk), acting=desk.by(RIA))
    assert is_concerned(PersonRow.objects.get(reference=person))
    letter = rights_withdrawing.withdraw(request, TOLD, acting=desk.by(RIA))
    assert not is_concerned(PersonRow.objects.get(reference=person))
    row = row_of(request)
    assert (row.standing, row.outcome, row.replied_at) == (RightsStanding.WITHDRAWN, None, None)
    assert row.withdrawn_at
    assert row.max_on
    assert TOLD.encode() not in bytes(row.told or b"")
    assert RightsContactRow.objects.get(request=row).last_on
    assert not known.waiting(officer=RIA)
    [line] = known.answered(officer=RIA)
    assert (line.reference, line.is_overdue(desk.now.date() + timedelta(days=99))) == (
        request,
        False,
    )
    assert known.counts(officer=RIA)[RightsKind.ACCESS, "withdrawn"] == 1
    desk.now += timedelta(days=85)
    assert not rights_reviews.due(acting=desk.by(RIA))
    assert letter_row(letter).kind == LetterKind.WITHDRAWAL


def test_the_letter_confirms_it_and_leaves_afterwards() -> None:
    desk = Desk()
    request = on_paper(desk, language="cy")
    letter = rights_withdrawing.withdraw(request, TOLD, acting=desk.by(RIA))
    found = known.one(request, acting=desk.by(RIA))
    assert found.told == TOLD
    [shown] = found.letters
    assert TOLD not in shown.text
    assert request in shown.text
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    assert letter_row(letter).sent_at


def test_nothing_more_is_done_about_it() -> None:
    desk = Desk()
    request = requested(desk)
    rights_withdrawing.withdraw(request, TOLD, acting=desk.by(RIA))
    now = desk.by(RIA)
    with refused(Answered), changing_nothing():
        rights_withdrawing.withdraw(request, TOLD, acting=now)
    with refused(Answered), changing_nothing():
        rights_letters.propose(request, NOTHING, acting=now)


def test_it_takes_how_it_was_told_and_a_rights_officer_and_no_reply_that_waits() -> None:
    desk = Desk()
    request = requested(desk)
    searched(desk, request)
    for told, by, wrong in ((" ", RIA, ReasonMissing), (TOLD, DEE, RoleMissing)):
        now = desk.by(by)
        with pytest.raises(wrong), changing_nothing():
            rights_withdrawing.withdraw(request, told, acting=now)
    rights_letters.propose(request, NOTHING, acting=desk.by(RIA))
    now = desk.by(RIA)
    with refused(LetterNotReady), changing_nothing():
        rights_withdrawing.withdraw(request, TOLD, acting=now)
