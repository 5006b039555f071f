"""What is published stays correctable once its request is erased, or where it reached nobody."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from evenhand.actions import foi, foi_correcting, foi_ending, foi_letters, foi_sending
from evenhand.queries import foi as known
from evenhand.queries import foi_published
from evenhand.rules.foi import Channel, FoiStanding, FoiStep, FoiStepWrong
from evenhand.rules.foi_parts import OtherEyesNeeded, PartStageWrong
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.public_foi_letters import ToldOfRequester
from evenhand.rules.publishing import SmallNumberWouldShow
from evenhand.rules.referrals import NotFound
from evenhand.rules.texts import TextMissing
from evenhand.store import foi_counting as stored
from evenhand.store.foi import FoiRequesterRow
from evenhand.store.foi_replies import FoiDisclosureRow
from tests.actions.foi import (
    EMAIL,
    NAME,
    answered,
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
from tests.actions.test_foi_counting import count
from tests.builders import ADA, DEE, RIA
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
WRONG = "One record was left out."


def erased(desk: Desk, number: str) -> str:
    """Have a request erased that is replied to; what is published stays."""
    foi_ending.forget(row_of(number).id, acting=desk.by(WORKER))
    return number


def begun(desk: Desk, number: str) -> str:
    return foi_correcting.begin(number, WRONG, acting=desk.by(RIA))


def test_a_wrong_number_is_corrected_once_its_request_is_erased() -> None:
    desk = Desk(now=datetime.now(UTC))
    desk.log()
    number = on_paper(desk)
    assert count(desk, number, "logged").startswith("Referrals logged: 1")
    replied(desk, number)
    erased(desk, number)
    desk.log()
    own = begun(desk, number)
    words = count(desk, own, "logged")
    assert f"what we replied on {desk.now.date()}, which was: 1." in words
    assert "Referrals logged: 2" in words
    assert [it.numbers[frozenset()] for it in foi_published.numbers()] == [1]
    proposed(desk, own)
    with changing_nothing(), refused(OtherEyesNeeded):
        foi_letters.approve(own, seen=letter_of(own).number, acting=desk.by(RIA))
    foi_letters.approve(own, seen=letter_of(own).number, acting=desk.by(DEE))
    first, second = foi_published.replies(number)
    assert "Referrals logged: 1" in first.body
    assert "Referrals logged: 2" in second.body
    assert (second.reply, second.replied_on) == (2, desk.now.date())
    assert (second.received_on, second.due_on) == (first.received_on, None)
    row = row_of(own)
    assert (row.standing, row.channel) == (FoiStanding.REPLIED, Channel.CORRECTION)
    for _turn in range(2):
        assert [it.numbers[frozenset()] for it in foi_published.numbers()] == [2]
        if _turn == 0:
            erased(desk, own)
    assert foi_published.in_time(today=desk.now.date()).answered == 1


def test_a_correction_is_corrected_in_its_turn_with_its_request_or_without() -> None:
    desk = Desk(now=datetime.now(UTC))
    number = on_paper(desk)
    count(desk, number, "logged")
    replied(desk, number)
    own = begun(desk, erased(desk, number))
    desk.log()
    count(desk, own, "logged")
    approved(desk, own)
    desk.log()
    stepped(desk, own, FoiStep.ERROR_FOUND)
    words = count(desk, own, "logged")
    assert "which was: 1." in words
    approved(desk, own)
    assert [it.reply for it in foi_published.replies(number)] == [1, 2, 3]
    with changing_nothing(), refused(FoiStepWrong):
        begun(desk, number)
    again = begun(desk, erased(desk, own) and number)
    answered(desk, again, "By hand.")
    approved(desk, again)
    assert [it.reply for it in foi_published.replies(number)] == [1, 2, 3, 4]


def test_what_a_correction_tells_hides_small_numbers_as_every_reply() -> None:
    desk = Desk(now=datetime.now(UTC))
    days = [desk.now.date() - timedelta(days=it) for it in (9, 5, 4)]
    number, other = on_paper(desk), on_paper(desk)
    count(desk, number, "disclosures", start=days[0], end=days[1])
    for one in (number, other):
        replied(desk, one)
        erased(desk, one)
    own = begun(desk, other)
    with refused(SmallNumberWouldShow):
        count(desk, own, "people_disclosed", start=days[0], end=days[2])


def test_what_was_published_before_its_question_was_kept_is_corrected_in_words() -> None:
    desk = Desk(now=datetime.now(UTC))
    number = on_paper(desk)
    with pytest.MonkeyPatch.context() as before_it_was:
        written = stored.written
        before_it_was.setattr(
            stored,
            "written",
            lambda parts: json.dumps([it[:2] for it in json.loads(written(parts))]),
        )
        count(desk, number, "logged")
        replied(desk, number)
    own = begun(desk, erased(desk, number))
    desk.log()
    words = count(desk, own, "logged")
    assert "Referrals logged: 1" in words
    assert "This corrects" not in words


def test_a_reply_that_reached_nobody_is_corrected_without_a_letter() -> None:
    desk = Desk(now=datetime.now(UTC))
    number = received(desk)[0]
    count(desk, number, "logged")
    bounced(approved(desk, number), desk.by(WORKER))
    with changing_nothing(), refused(NotFound):  # It is not published yet.
        begun(desk, number)
    stepped(desk, number, FoiStep.UNREACHED, text="No mail arrives there.")
    desk.log()
    own = begun(desk, number)
    assert "which was: 0." in count(desk, own, "logged")
    approved(desk, own)
    assert letter_of(own).sent_on == desk.now.date()
    assert [it.reply for it in foi_published.replies(number)] == [1, 2]
    assert row_of(number).standing == FoiStanding.UNREACHED
    assert [it.numbers[frozenset()] for it in foi_published.numbers()] == [1]
    erased(desk, own)
    assert [it.numbers[frozenset()] for it in foi_published.numbers()] == [1]


def test_a_correction_of_what_reached_nobody_does_not_say_who_asked() -> None:
    desk = Desk()
    number = received(desk)[0]
    bounced(approved(desk, number), desk.by(WORKER))
    stepped(desk, number, FoiStep.UNREACHED, text="No mail arrives there.")
    own = begun(desk, number)
    answered(desk, own, "By hand, at 1 Quay Street.")
    with changing_nothing(), refused(ToldOfRequester):
        proposed(desk, own, title=f"What {NAME} was told")
    proposed(desk, own)
    with changing_nothing(), refused(ToldOfRequester):
        foi.reach(number, EMAIL, "1 Quay Street", acting=desk.by(RIA))


def test_a_correction_is_nobodys_and_has_no_clock_and_no_steps_but_its_own() -> None:
    desk = Desk()
    number = on_paper(desk, days_ago=60)
    replied(desk, number)
    own = begun(desk, erased(desk, number))
    found = known.one(own, acting=desk.by(RIA))
    assert (found.line.runs, found.is_known, found.asked) == (None, False, WRONG)
    assert (found.line.corrects, found.line.received_on) == (
        number,
        desk.now.date() - timedelta(days=60),
    )
    assert not FoiRequesterRow.objects.exists()
    assert foi_published.in_time(today=desk.now.date()).overdue == 0
    for step in (FoiStep.FEE_ASKED, FoiStep.COMMISSIONER_ASKED, FoiStep.EXTENDED):
        with changing_nothing(), refused(FoiStepWrong):
            stepped(desk, own, step)
    with changing_nothing(), refused(FoiStepWrong):
        foi.reach(own, "", "1 Quay Street", acting=desk.by(RIA))
    stepped(desk, own, FoiStep.WITHDRAWN, text="It was right.")
    assert FoiDisclosureRow.objects.count() == 1
    again = begun(desk, number)
    approved(desk, again)
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, again, FoiStep.REVIEW_ASKED)
    with changing_nothing(), refused(PartStageWrong):
        foi_sending.sent_by_hand(again, 1, acting=desk.by(RIA))


def test_only_what_is_published_is_corrected_and_only_by_who_answers_requests() -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    with changing_nothing():
        with refused(FoiStepWrong):
            begun(desk, number)
        with refused(NotFound):
            begun(desk, "FOI-2020-0001")
    erased(desk, number)
    with changing_nothing():
        with refused(TextMissing):
            foi_correcting.begin(number, " ", acting=desk.by(RIA))
        with refused(RoleMissing):
            foi_correcting.begin(number, WRONG, acting=desk.by(ADA))
