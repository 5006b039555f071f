"""Whoever is owed what was lifted and cannot be reached: the request ends, and it is said why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.actions import (
    reviews,
    rights,
    rights_forgetting,
    rights_further,
    rights_reviews,
    rights_sending,
    rights_withdrawing,
    vaults,
)
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries import rights as known
from evenhand.queries import rights_pack
from evenhand.queries import rights_reviews as held
from evenhand.rules.holds import OnHold
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.rights import Answered, RightsStanding, Withheld
from evenhand.rules.rights_replies import LetterNotReady, LetterStanding, Route
from evenhand.rules.rights_reviews import NothingToReview
from evenhand.rules.texts import ReasonMissing
from evenhand.store.log import EntryRow
from evenhand.store.people import PersonRow
from evenhand.store.records import holds_of
from evenhand.store.rights import RightsContactRow, RightsRequestRow
from evenhand.store.rights_found import RightsMarkRow
from evenhand.store.writing import writing
from tests.actions.asking_rights import letter_row, requested, restriction, row_of, searched
from tests.actions.reviewing_rights import (
    LIFTED,
    agreed,
    held_back,
    mailed_in_vain,
    posted,
    review_of,
    reviewed,
    somebody,
)
from tests.actions.test_disposal import DISPOSE
from tests.builders import DEE, RIA, RON
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
TRIED = "The mail came back twice, and the telephone is dead."


def two_pieces(desk: Desk, request: str, person: str) -> list[str]:
    pack = rights_pack.preview(request, person, acting=desk.by(RIA)).pack
    return [it.name for it in pack.pieces[1:3]]


def test_a_request_of_somebody_who_cannot_be_reached_ends_with_what_was_tried() -> None:
    desk = Desk()
    person = somebody(desk)
    request, piece = held_back(desk, person)
    with refused(NothingToReview):
        rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    reviewed(desk, request, piece)
    with refused(LetterNotReady):
        rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    letter = agreed(desk, request)
    with changing_nothing(), refused(LetterNotReady):
        rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    with refused(LetterNotReady):
        rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    rights_sending.give_up(letter, acting=desk.by(WORKER))
    with refused(LetterNotReady):
        rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    mailed_in_vain(desk, request, letter)
    for officer, tried, why in ((RON, TRIED, RoleMissing), (RIA, " ", ReasonMissing)):
        with changing_nothing(), refused(why):
            rights_further.unreached(request, tried, acting=desk.by(officer))
    rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    leaf = bytes(EntryRow.objects.latest("number").leaf)
    assert Act.RIGHTS_UNREACHED.encode() in leaf
    row, mark = row_of(request), RightsMarkRow.objects.get()
    assert (row.standing, row.unreached_by_id) == (RightsStanding.UNREACHED, RIA.ref)
    assert letter_row(letter).standing == LetterStanding.UNDELIVERED
    assert mark.told_at is None
    shown = known.one(request, acting=desk.by(DEE))
    assert (shown.tried, shown.unreached_by) == (TRIED, RIA.name)
    assert not held.due(acting=desk.by(DEE))


def test_nothing_more_is_done_with_a_request_whose_person_cannot_be_reached() -> None:
    desk = Desk()
    person = somebody(desk)
    request, piece = held_back(desk, person)
    reviewed(desk, request, piece)
    letter = agreed(desk, request)
    mailed_in_vain(desk, request, letter)
    assert holds_of(PersonRow.objects.get(reference=person))
    with refused(OnHold):
        reviews.review(person, DISPOSE, acting=desk.by(RON))
    rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    assert not holds_of(PersonRow.objects.get(reference=person))
    with changing_nothing():
        with refused(LetterNotReady):
            rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
        with refused(NothingToReview):
            rights_further.propose(request, "Again.", acting=desk.by(RIA))
        with refused(NothingToReview):
            rights_reviews.look_again(request, piece, LIFTED, acting=desk.by(RIA))
        with refused(NothingToReview):
            rights_further.unreached(request, TRIED, acting=desk.by(RIA))
        with refused(Answered):
            rights_withdrawing.withdraw(request, "They wrote.", acting=desk.by(RIA))


def test_how_they_were_reached_and_then_the_request_go_by_the_clock() -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    desk.now += timedelta(days=200)
    reviewed(desk, request, piece)
    letter = agreed(desk, request)
    mailed_in_vain(desk, request, letter)
    rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    last_on = RightsContactRow.objects.get(request__reference=request).last_on
    assert last_on
    assert last_on > timezone.localdate(desk.now)
    desk.now += timedelta(days=80)
    rights_forgetting.forget_old(acting=desk.by(WORKER))
    assert RightsContactRow.objects.exists()
    desk.now += timedelta(days=20)
    assert rights_forgetting.forget_old(acting=desk.by(WORKER)) == 0
    assert not RightsContactRow.objects.exists()
    desk.now += timedelta(days=500)
    assert rights_forgetting.forget_old(acting=desk.by(WORKER)) == 1
    assert not RightsRequestRow.objects.exists()


def test_a_request_that_a_restore_brought_back_as_owing_a_letter_can_end() -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    reviewed(desk, request, piece)
    desk.now += timedelta(days=800)
    with writing() as pen:
        vaults.erase(RightsContactRow.objects.all())
        now = desk.by(WORKER)
        pen.enter(Entry(act=Act.RIGHTS_FORGOTTEN, at=now.at, who=now.officer.ref))
    assert rights_forgetting.forget_old(acting=desk.by(WORKER)) == 0
    agreed(desk, request)
    rights_further.unreached(request, "They were sent it before.", acting=desk.by(RIA))
    assert rights_forgetting.forget_old(acting=desk.by(WORKER)) == 1
    assert not RightsRequestRow.objects.exists()


def test_a_request_does_not_end_while_a_review_of_something_else_waits() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk, email="", postal="1 Long Street")
    searched(desk, request, person)
    found = two_pieces(desk, request, person)
    for piece in found:
        mark = restriction(desk, Withheld.RESTRICTED_TOLD)
        rights.hold_back(request, person, piece, mark, acting=desk.by(RIA))
    posted(desk, request)
    reviewed(desk, request, found[0])
    agreed(desk, request)
    rights_reviews.look_again(request, found[1], LIFTED, acting=desk.by(RIA))
    with refused(NothingToReview):
        rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    rights_reviews.answer(
        request,
        found[1],
        "Not yet.",
        approves=False,
        seen=review_of(request, found[1]),
        acting=desk.by(DEE),
    )
    rights_further.unreached(request, TRIED, acting=desk.by(RIA))
    assert row_of(request).standing == RightsStanding.UNREACHED


def test_how_who_withdrew_was_reached_goes_in_its_time_whatever_was_held_back() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    piece = two_pieces(desk, request, person)[0]
    mark = restriction(desk, Withheld.RESTRICTED_TOLD)
    rights.hold_back(request, person, piece, mark, acting=desk.by(RIA))
    rights_withdrawing.withdraw(request, "They telephoned.", acting=desk.by(RIA))
    desk.now += timedelta(days=100)
    rights_forgetting.forget_old(acting=desk.by(WORKER))
    assert not RightsContactRow.objects.exists()
