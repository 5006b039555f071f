"""How who asked for information is reached: corrected, as long as that is kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import foi, foi_ending, foi_letters, foi_sending
from evenhand.queries import foi as known
from evenhand.queries import foi_published
from evenhand.rules.foi import FoiStanding, FoiStep, FoiStepWrong
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.public_foi import NotValid
from evenhand.rules.public_foi_letters import ToldOfRequester
from evenhand.store import foi_counting
from evenhand.store.foi import FoiRequesterRow
from evenhand.store.foi_replies import FoiDisclosureRow
from evenhand.store.retention import HoldRow
from tests.actions.foi import (
    EMAIL,
    NAME,
    UNA,
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
from tests.builders import ADA, DEE, RIA
from tests.journeys import Desk, changing_nothing, refused
from tests.mail import MailServer

pytestmark = pytest.mark.django_db
OTHER = "quilla@other.example"


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="send_foi_letter").count()


def test_how_who_asked_is_reached_is_corrected_and_entered() -> None:
    desk = Desk()
    number = on_paper(desk)
    version = row_of(number).version
    foi.reach(number, "", "2 Quay Street", acting=desk.by(RIA))
    who = known.requester(number, acting=desk.by(RIA))
    assert (who.name, who.email, who.postal) == (NAME, "", "2 Quay Street")
    assert row_of(number).version == version + 1
    with changing_nothing():
        with refused(NotValid):
            foi.reach(number, "", " ", acting=desk.by(RIA))
        with refused(RoleMissing):
            foi.reach(number, OTHER, "", acting=desk.by(ADA))


def test_what_could_not_be_sent_goes_to_the_corrected_address(server: MailServer) -> None:
    desk = Desk()
    number = received(desk)[0]
    letter = approved(desk, number)
    server.to_recipient = "550 5.1.1 Nobody"
    foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    assert letter_of(number).failed
    before = jobs()
    foi.reach(number, OTHER, "", acting=desk.by(RIA))
    assert (jobs(), letter_of(number).failed) == (before + 1, "")
    server.to_recipient = "250 2.1.5 Yes"
    foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    assert [it[1] for it in server.taken] == [[OTHER]]
    foi.reach(number, "", "2 Quay Street", acting=desk.by(RIA))
    assert letter_of(number).by_mail


def test_what_is_on_its_way_goes_to_the_corrected_address_or_is_printed() -> None:
    desk = Desk()
    number = received(desk)[0]
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="In May?")
    before = jobs()
    foi.reach(number, OTHER, "", acting=desk.by(RIA))
    assert (jobs(), letter_of(number, "clarification_asked").by_mail) == (before, True)
    foi.reach(number, "", "2 Quay Street", acting=desk.by(RIA))
    assert (jobs(), letter_of(number, "clarification_asked").by_mail) == (before, False)
    [letter] = known.one(number, acting=desk.by(RIA)).letters
    assert letter.to_print


def test_a_reply_that_waits_does_not_publish_the_corrected_address() -> None:
    desk = Desk()
    number = on_paper(desk)
    answered(desk, number, "It is at 2 Quay Street.")
    proposed(desk, number)
    with changing_nothing(), refused(ToldOfRequester):
        foi.reach(number, "", "2 Quay Street", acting=desk.by(RIA))
    foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    foi.reach(number, "", "2 Quay Street", acting=desk.by(RIA))
    assert known.requester(number, acting=desk.by(RIA)).postal == "2 Quay Street"


def test_who_is_erased_is_not_reached_any_more() -> None:
    desk = Desk()
    number = on_paper(desk)
    stepped(desk, number, FoiStep.WITHDRAWN)
    who = FoiRequesterRow.objects.get()
    foi_ending.forget_requester(who.id, acting=desk.by(WORKER))
    assert not known.one(number, acting=desk.by(DEE)).is_known
    with changing_nothing(), refused(FoiStepWrong):
        foi.reach(number, OTHER, "", acting=desk.by(RIA))


def refused_by_mail(desk: Desk, server: MailServer) -> str:
    """Have a reply approved that the mail server refuses for good; give the request's number."""
    number = received(desk)[0]
    letter = approved(desk, number)
    server.to_recipient = "550 5.1.1 Nobody"
    foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    return number


def test_a_request_whose_reply_reaches_nobody_ends_and_is_published(server: MailServer) -> None:
    desk = Desk()
    number = refused_by_mail(desk, server)
    foi.hold(number, desk.log(), "It is asked for.", acting=desk.by(RIA))
    stepped(desk, number, FoiStep.UNREACHED, text="Mail on 1 June. No other address is known.")
    row = row_of(number)
    assert (row.standing, row.closed_on) == (FoiStanding.UNREACHED, desk.now.date())
    assert row.requester.last_on
    [told] = foi_published.replies(number)
    assert "By hand." in told.body
    assert HoldRow.objects.get().asked_at
    found = known.one(number, acting=desk.by(RIA))
    assert found.steps[-1].text.startswith("Mail on 1 June.")
    assert len(list(foi_counting.told())) == 0
    foi.reach(number, OTHER, "", acting=desk.by(RIA))
    foi_sending.deliver(letter_of(number).id, last_attempt=True, acting=desk.by(WORKER))
    assert letter_of(number).sent_on is None
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.WITHDRAWN)


def test_a_request_whose_question_back_reaches_nobody_ends_and_publishes_nothing() -> None:
    desk = Desk()
    number = on_paper(desk)
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="In May?")
    foi_sending.sent_by_hand(number, 1, acting=desk.by(RIA))
    stepped(desk, number, FoiStep.UNREACHED, text="The letter came back.")
    assert row_of(number).standing == FoiStanding.UNREACHED
    assert not FoiDisclosureRow.objects.exists()


def test_nobody_is_given_up_before_it_was_tried(server: MailServer) -> None:
    desk = Desk()
    waits = received(desk)[0]
    proposed(desk, waits)
    on_its_way = received(desk)[0]
    approved(desk, on_its_way)
    untried = received(desk)[0]
    foi_sending.give_up(approved(desk, untried).id, acting=desk.by(WORKER))
    explained = on_paper(desk)
    for step in (FoiStep.CLARIFICATION_ASKED, FoiStep.CLARIFICATION_ANSWERED):
        narrower = "In May?" if step is FoiStep.CLARIFICATION_ASKED else ""
        stepped(desk, explained, step, narrower=narrower)
    printed = on_paper(desk)
    approved(desk, printed)
    both = received(desk, postal="1 Quay Street")[0]
    bounced(approved(desk, both), desk.by(WORKER))
    for number in (waits, on_its_way, untried, explained, printed, both):
        with changing_nothing(), refused(FoiStepWrong):
            stepped(desk, number, FoiStep.UNREACHED)


@pytest.mark.parametrize("is_decided", [False, True])
def test_a_further_reply_that_reaches_nobody_is_published_beside_the_first(
    server: MailServer, *, is_decided: bool
) -> None:
    desk = Desk()
    number = received(desk)[0]
    replied(desk, number)
    for step in (
        (FoiStep.COMMISSIONER_ASKED, FoiStep.COMMISSIONER_DECIDED)
        if is_decided
        else (FoiStep.ERROR_FOUND,)
    ):
        stepped(desk, number, step)
    answered(desk, number, "By machine.")
    bounced(approved(desk, number), desk.by(WORKER))
    stepped(desk, number, FoiStep.UNREACHED, text="Moved, address unknown.")
    first, second = foi_published.replies(number)
    assert ("By hand." in first.body, "By machine." in second.body) == (True, True)
    assert row_of(number).parts.count() == 2


@pytest.mark.parametrize(
    "later",
    [
        (FoiStep.REVIEW_ASKED, FoiStep.REVIEW_UPHELD),
        (FoiStep.COMMISSIONER_ASKED, FoiStep.COMMISSIONER_DECIDED),
    ],
)
def test_an_old_question_back_ends_nothing_that_was_owed_later(later: tuple[FoiStep, ...]) -> None:
    desk = Desk()
    number = on_paper(desk)
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="In May?")
    foi_sending.sent_by_hand(number, 1, acting=desk.by(RIA))
    replied(desk, number)
    for step in later:
        stepped(desk, number, step, by=UNA)
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.UNREACHED)


@pytest.mark.parametrize(
    ("step", "to"),
    [
        (FoiStep.COMMISSIONER_DECIDED, FoiStanding.TO_COMPLY),
        (FoiStep.COMMISSIONER_DONE, FoiStanding.OPEN),
    ],
)
def test_what_the_commissioner_does_goes_on_beside_a_reply_that_reaches_nobody(
    server: MailServer, step: FoiStep, to: FoiStanding
) -> None:
    desk = Desk()
    number = received(desk)[0]
    desk.now += timedelta(days=40)
    stepped(desk, number, FoiStep.COMMISSIONER_ASKED)
    letter = approved(desk, number)
    server.to_recipient = "550 5.1.1 Nobody"
    foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.UNREACHED)
    stepped(desk, number, step)
    assert row_of(number).standing == to
    assert letter_of(number).returned_at is None
    stepped(desk, number, FoiStep.UNREACHED, text="Mail on 1 June.")
    assert row_of(number).standing == FoiStanding.UNREACHED


@pytest.mark.parametrize("is_given_up", [False, True])
def test_a_letter_is_read_once_its_request_is_locked(
    server: MailServer, *, is_given_up: bool
) -> None:
    desk = Desk()
    letter = approved(desk, received(desk)[0])
    with CaptureQueriesContext(connection) as asked:
        if is_given_up:
            foi_sending.give_up(letter.id, acting=desk.by(WORKER))
        else:
            foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    locks = [it["sql"] for it in asked if it["sql"] and "FOR UPDATE" in it["sql"]]
    tables = [it.partition('FROM "')[2].partition('"')[0] for it in locks]
    assert tables.index("foi_request") < tables.index("foi_letter")
    assert len(server.taken) == (0 if is_given_up else 1)


def test_only_what_is_still_owed_goes_to_the_corrected_address(server: MailServer) -> None:
    desk = Desk()
    server.to_recipient = "550 5.1.1 Nobody"
    number = received(desk)[0]
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="In May?")
    first = letter_of(number, "clarification_asked")
    foi_sending.deliver(first.id, last_attempt=True, acting=desk.by(WORKER))
    assert foi.reach(number, OTHER, "", acting=desk.by(RIA))
    foi_sending.deliver(first.id, last_attempt=True, acting=desk.by(WORKER))
    before = jobs()
    assert not foi.reach(number, OTHER, "2 Quay Street", acting=desk.by(RIA))
    stepped(desk, number, FoiStep.CLARIFICATION_ANSWERED)
    assert not foi.reach(number, "third@other.example", "", acting=desk.by(RIA))
    ended = received(desk)[0]
    stepped(desk, ended, FoiStep.FEE_ASKED, pence=100)
    fee = letter_of(ended, "fee_asked")
    foi_sending.give_up(fee.id, acting=desk.by(WORKER))
    assert foi.reach(ended, EMAIL, "", acting=desk.by(RIA))
    foi_sending.give_up(fee.id, acting=desk.by(WORKER))
    stepped(desk, ended, FoiStep.WITHDRAWN)
    assert not foi.reach(ended, OTHER, "", acting=desk.by(RIA))
    assert letter_of(ended, "fee_asked").failed
    assert jobs() == before + 2


def test_what_was_to_be_printed_goes_by_mail_once_an_address_for_that_is_known() -> None:
    desk = Desk()
    number = on_paper(desk)
    approved(desk, number)
    before = jobs()
    assert foi.reach(number, OTHER, "", acting=desk.by(RIA))
    assert (jobs(), letter_of(number).by_mail) == (before + 1, True)
    refused_one = on_paper(desk)
    stepped(desk, refused_one, FoiStep.NOT_VALID)
    assert foi.reach(refused_one, OTHER, "", acting=desk.by(RIA))
    assert letter_of(refused_one, "not_valid").by_mail


def test_an_address_that_is_not_given_is_kept_where_that_is_asked() -> None:
    desk = Desk()
    number = received(desk)[0]
    for email, postal in (("", "2 Quay Street"), (OTHER, "")):
        foi.reach(number, email, postal, keeps=True, acting=desk.by(RIA))
    who = known.requester(number, acting=desk.by(RIA))
    assert (who.email, who.postal) == (OTHER, "2 Quay Street")


def test_a_question_that_went_by_mail_is_given_up_after_three_months(server: MailServer) -> None:
    desk = Desk()
    number = received(desk)[0]
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="In May?")
    asked = letter_of(number, "clarification_asked")
    foi_sending.deliver(asked.id, last_attempt=True, acting=desk.by(WORKER))
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.UNREACHED)
    desk.now += timedelta(days=93)
    stepped(desk, number, FoiStep.UNREACHED)
    assert row_of(number).standing == FoiStanding.UNREACHED
