"""How who asked for information is reached: corrected, as long as that is kept."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import foi, foi_ending, foi_sending
from evenhand.queries import foi as known
from evenhand.rules.foi import FoiStep, FoiStepWrong
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.public_foi import NotValid
from evenhand.rules.public_foi_letters import ToldOfRequester
from evenhand.store.foi import FoiRequesterRow
from tests.actions.foi import (
    NAME,
    answered,
    approved,
    letter_of,
    on_paper,
    proposed,
    received,
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


def test_who_is_erased_is_not_reached_any_more() -> None:
    desk = Desk()
    number = on_paper(desk)
    stepped(desk, number, FoiStep.WITHDRAWN)
    who = FoiRequesterRow.objects.get()
    foi_ending.forget_requester(who.id, acting=desk.by(WORKER))
    assert not known.one(number, acting=desk.by(DEE)).is_known
    with changing_nothing(), refused(FoiStepWrong):
        foi.reach(number, OTHER, "", acting=desk.by(RIA))
