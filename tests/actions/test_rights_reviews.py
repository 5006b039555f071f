"""What a reply held back is looked at again by two, and given with a further letter once lifted."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from django.utils import timezone

from evenhand.actions import (
    reviews,
    rights,
    rights_forgetting,
    rights_further,
    rights_letters,
    rights_reviews,
    rights_sending,
    vaults,
)
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries import rights as known
from evenhand.queries import rights_pack
from evenhand.rules.holds import OnHold
from evenhand.rules.notification import RestrictionNotAllowed
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.people import OwnRequest
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.referrals import ChangedMeanwhile
from evenhand.rules.rights import Mark, NotAPiece, RightsStanding, Withheld
from evenhand.rules.rights_replies import LetterKind, LetterNotReady, ReplyDoesNotFit, Route
from evenhand.rules.rights_reviews import NothingToReview, RestrictionOutcome
from evenhand.rules.texts import TextMissing
from evenhand.store.log import EntryRow
from evenhand.store.people import PersonRow
from evenhand.store.records import holds_of
from evenhand.store.rights import RightsContactRow, RightsRequestRow
from evenhand.store.rights_found import RightsMarkRow
from evenhand.store.writing import writing
from tests.actions.asking_rights import (
    NOTHING,
    letter_row,
    piece_of,
    requested,
    restriction,
    row_of,
    searched,
)
from tests.actions.reviewing_rights import (
    LIFTED,
    given_further,
    held_back,
    kept,
    nothing_given,
    posted,
    review_of,
    reviewed,
    somebody,
)
from tests.actions.test_disposal import DISPOSE
from tests.builders import ADA, DEE, RIA, RON
from tests.journeys import Desk, changing_nothing, refused
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


def test_what_stays_held_back_is_confirmed_by_a_second_officer_and_has_a_new_day() -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    desk.now += timedelta(days=81)
    found = kept(desk)
    rights_reviews.look_again(request, piece, found, acting=desk.by(RIA))
    before = RightsMarkRow.objects.get().review_on
    assert before != found.review_on
    with refused(NothingToReview):
        rights_reviews.look_again(request, piece, found, acting=desk.by(RIA))
    with refused(OwnRequest):
        rights_reviews.answer(
            request,
            piece,
            "Mine.",
            approves=True,
            seen=review_of(request, piece),
            acting=desk.by(RIA),
        )
    with refused(RoleMissing):
        rights_reviews.answer(
            request, piece, "I.", approves=True, seen=review_of(request, piece), acting=desk.by(ADA)
        )
    rights_reviews.answer(
        request,
        piece,
        "It goes on.",
        approves=True,
        seen=review_of(request, piece),
        acting=desk.by(DEE),
    )
    assert RightsMarkRow.objects.get().review_on == found.review_on
    assert row_of(request).standing == RightsStanding.REPLIED
    with refused(NothingToReview):
        rights_reviews.answer(
            request,
            piece,
            "Again.",
            approves=True,
            seen=review_of(request, piece),
            acting=desk.by(DEE),
        )
    leaf = bytes(EntryRow.objects.latest("number").leaf)
    assert Act.RIGHTS_REVIEW_CONFIRMED.encode() in leaf


def test_a_review_that_is_returned_changes_nothing_and_another_may_follow() -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    rights_reviews.look_again(request, piece, LIFTED, acting=desk.by(RIA))
    rights_reviews.answer(
        request,
        piece,
        "Look again.",
        approves=False,
        seen=review_of(request, piece),
        acting=desk.by(DEE),
    )
    [line] = known.one(request, acting=desk.by(RIA)).held_back
    assert (line.is_lifted, line.proposed_by) == (False, None)
    reviewed(desk, request, piece)
    assert row_of(request).standing == RightsStanding.LIFTED
    with refused(NothingToReview):
        rights_reviews.look_again(request, piece, LIFTED, acting=desk.by(RIA))


def test_a_review_says_why_and_until_when_and_is_confirmed_before_that_day() -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    today = desk.now.date()
    for found in (
        kept(desk, 91),
        kept(desk, 0),
        kept(desk, review_on=None),
        kept(desk, outcome=RestrictionOutcome.LIFTED),
    ):
        with refused(RestrictionNotAllowed):
            rights_reviews.look_again(request, piece, found, acting=desk.by(RIA))
    with refused(TextMissing):
        rights_reviews.look_again(request, piece, kept(desk, reasons=" "), acting=desk.by(RIA))
    with refused(NotAPiece):
        rights_reviews.look_again(request, "person/nobody", LIFTED, acting=desk.by(RIA))
    rights_reviews.look_again(request, piece, kept(desk, 5), acting=desk.by(RIA))
    desk.now += timedelta(days=5)
    assert desk.now.date() > today
    with refused(RestrictionNotAllowed):
        rights_reviews.answer(
            request,
            piece,
            "Late.",
            approves=True,
            seen=review_of(request, piece),
            acting=desk.by(DEE),
        )


def test_what_is_lifted_is_given_with_a_further_letter_that_two_officers_agreed_on(
    server: MailServer,
) -> None:
    desk = Desk()
    person = somebody(desk)
    request, piece = held_back(desk, person)
    with refused(NothingToReview):
        rights_further.propose(request, "It was lifted.", acting=desk.by(RIA))
    reviewed(desk, request, piece)
    letter = rights_further.propose(request, "It was lifted.", acting=desk.by(RIA))
    with refused(LetterNotReady):
        rights_further.propose(request, "It was lifted.", acting=desk.by(RIA))
    with refused(OwnRequest):
        rights_letters.answer(request, letter, "Mine.", approves=True, acting=desk.by(RIA))
    rights_letters.answer(request, letter, "Not so.", approves=False, acting=desk.by(DEE))
    letter = given_further(desk, request)
    row, mark = row_of(request), RightsMarkRow.objects.get()
    assert row.standing == RightsStanding.REPLIED
    assert mark.told_at == letter_row(letter).sent_at
    pack = rights_pack.drawn(request, letter, person, acting=desk.by(RIA))
    assert [it["withheld"] for it in pack["facts"]] == [False]
    mail = message_from_bytes(server.taken[-1][2])
    texts = [it.get_payload(decode=True) for it in mail.walk() if not it.is_multipart()]
    assert b"We have looked again at what we held back" in b"".join(map(bytes, texts))
    assert b"Some of it we still hold back" not in b"".join(map(bytes, texts))
    shown = known.one(request, acting=desk.by(DEE))
    assert shown.letters[-1].kind is LetterKind.FURTHER
    assert shown.held_back[0].is_told


def test_the_further_letter_says_that_more_is_held_back_only_where_they_may_know() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    pack = rights_pack.preview(request, person, acting=desk.by(RIA)).pack
    told, untold = pack.pieces[1].name, pack.pieces[2].name
    for piece, withheld in (
        (told, Withheld.RESTRICTED_TOLD),
        (untold, Withheld.RESTRICTED_UNTOLD),
    ):
        mark = restriction(desk, withheld)
        rights.hold_back(request, person, piece, mark, acting=desk.by(RIA))
    posted(desk, request)
    reviewed(desk, request, untold)
    letter = rights_further.propose(request, "It was lifted.", acting=desk.by(RIA))
    assert (
        "Some of it we still hold back" in known.one(request, acting=desk.by(RIA)).letters[-1].text
    )
    rights_reviews.look_again(request, told, LIFTED, acting=desk.by(RIA))
    with refused(LetterNotReady):
        rights_reviews.answer(
            request, told, "Yes.", approves=True, seen=review_of(request, told), acting=desk.by(DEE)
        )
    given = rights_pack.drawn(request, letter, person, acting=desk.by(RIA))
    pieces = [it for section in given["sections"] for it in section["pieces"]]
    held = [
        it["piece"] for it in [*given["facts"], *given["assessments"], *pieces] if it["withheld"]
    ]
    assert held == ["person_link/1"]


@pytest.mark.parametrize("kind", [RightsKind.ACCESS, RightsKind.ERASURE])
def test_whoever_was_told_of_nothing_is_told_once_the_whole_record_is_lifted(
    kind: RightsKind,
) -> None:
    desk = Desk()
    person = somebody(desk)
    request = nothing_given(desk, person, kind)
    reviewed(desk, request, piece_of(person))
    letter = given_further(desk, request, Route.POST)
    shown = known.one(request, acting=desk.by(DEE)).letters[-1]
    assert shown.id == letter
    is_access = kind is RightsKind.ACCESS
    assert shown.packs == ([person] if is_access else [])
    assert ("If you still want what you asked for" in shown.text) is not is_access


def test_a_piece_of_a_record_that_is_held_back_wholly_is_not_lifted_before_the_record() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    whole = piece_of(person)
    pack = rights_pack.preview(request, person, acting=desk.by(RIA)).pack
    link = pack.in_section("person_link")[0].name
    for piece in (link, whole):
        rights.hold_back(request, person, piece, restriction(desk), acting=desk.by(RIA))
    with refused(NothingToReview):
        rights_reviews.look_again(request, link, LIFTED, acting=desk.by(RIA))
    desk.now += timedelta(days=21)
    posted(desk, request, NOTHING)
    with refused(NothingToReview):
        rights_reviews.look_again(request, link, LIFTED, acting=desk.by(RIA))
    rights_reviews.look_again(request, link, kept(desk), acting=desk.by(RIA))
    reviewed(desk, request, whole)


def test_what_is_about_others_is_not_looked_at_again() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    pack = rights_pack.preview(request, person, acting=desk.by(RIA)).pack
    piece = pack.in_section("person_link")[0].name
    others = Mark(withheld=Withheld.THIRD_PARTY, reasons="It names a neighbour.")
    rights.hold_back(request, person, piece, others, acting=desk.by(RIA))
    posted(desk, request)
    with refused(NothingToReview):
        rights_reviews.look_again(request, piece, LIFTED, acting=desk.by(RIA))
    assert not known.one(request, acting=desk.by(RIA)).held_back


def test_a_record_is_held_until_what_was_lifted_is_given() -> None:
    desk = Desk()
    person = somebody(desk)
    request, piece = held_back(desk, person)
    row = PersonRow.objects.get(reference=person)
    assert not holds_of(row)
    reviewed(desk, request, piece)
    assert holds_of(PersonRow.objects.get(reference=person))
    with refused(OnHold):
        reviews.review(person, DISPOSE, acting=desk.by(RON))
    given_further(desk, request, Route.POST)
    assert not holds_of(PersonRow.objects.get(reference=person))


def test_who_may_be_given_more_can_be_reached_until_then(server: MailServer) -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    desk.now += timedelta(days=100)
    rights_forgetting.forget_old(acting=desk.by(WORKER))
    contact = RightsContactRow.objects.get(request__reference=request)
    last_on = contact.last_on
    assert last_on
    assert last_on < timezone.localdate(desk.now)
    reviewed(desk, request, piece)
    desk.now += timedelta(days=800)
    rights_forgetting.forget_old(acting=desk.by(WORKER))
    assert RightsRequestRow.objects.filter(reference=request).exists()
    given_further(desk, request)
    contact.refresh_from_db()
    assert contact.last_on
    assert contact.last_on > timezone.localdate(desk.now)
    desk.now += timedelta(days=100)
    assert rights_forgetting.forget_old(acting=desk.by(WORKER)) == 1
    assert not RightsRequestRow.objects.filter(reference=request).exists()
    assert not RightsMarkRow.objects.exists()


def test_whoever_cannot_be_reached_any_more_is_written_on_paper() -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    reviewed(desk, request, piece)
    with writing() as pen:
        vaults.erase(RightsContactRow.objects.all())
        now = desk.by(WORKER)
        pen.enter(Entry(act=Act.RIGHTS_FORGOTTEN, at=now.at, who=now.officer.ref))
    letter = rights_further.propose(request, "It was lifted.", acting=desk.by(RIA))
    rights_letters.answer(request, letter, "Yes.", approves=True, acting=desk.by(DEE))
    with refused(ReplyDoesNotFit):
        rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    assert row_of(request).standing == RightsStanding.REPLIED


def test_a_review_in_place_of_the_one_that_was_read_is_not_answered() -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    rights_reviews.look_again(request, piece, kept(desk), acting=desk.by(RIA))
    read, dee = review_of(request, piece), desk.by(DEE)
    rights_reviews.answer(request, piece, "No.", approves=False, seen=read, acting=dee)
    rights_reviews.look_again(request, piece, LIFTED, acting=desk.by(RIA))
    for approves in (True, False):
        with refused(ChangedMeanwhile), changing_nothing():
            rights_reviews.answer(request, piece, "So.", approves=approves, seen=read, acting=dee)
    assert RightsMarkRow.objects.get().lifted_at is None
