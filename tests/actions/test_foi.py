"""Requests for information: received once, taken step by step, held, closed and forgotten."""

from datetime import timedelta

import pytest

from evenhand.actions import foi, foi_ending
from evenhand.queries import foi as known
from evenhand.rules.clocks_events import Happened, NotInOrder
from evenhand.rules.foi import Channel, FoiStanding, FoiStep, FoiStepWrong, OwnReply
from evenhand.rules.foi_costs import Activity, CostNotCounted
from evenhand.rules.officers import PUBLIC, WORKER, Acting, RoleMissing
from evenhand.rules.public_foi import NotValid
from evenhand.rules.referrals import NotFound
from evenhand.store.foi import FoiRequesterRow, FoiRequestRow
from evenhand.store.foi_replies import FoiDisclosureRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.log import EntryRow
from tests.actions.foi import (
    EMAIL,
    NAME,
    UNA,
    asked,
    letter_of,
    on_paper,
    received,
    replied,
    row_of,
    stepped,
)
from tests.builders import ADA, DEE, RIA
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db


def standing(number: str) -> FoiStanding:
    return FoiStanding(row_of(number).standing)


def test_a_request_by_the_form_is_kept_once_and_who_asks_is_kept_apart() -> None:
    desk = Desk()
    now = Acting(officer=PUBLIC, at=desk.now)
    first = foi.receive(asked(), "form", acting=now)
    assert foi.receive(asked(), "form", acting=now) == first
    assert foi.receive(asked(asked="Other?"), "form", acting=now) != first
    row = row_of(first[0])
    assert (row.channel, row.logged_by, row.standing) == ("form", None, "open")
    who = FoiRequesterRow.objects.get(request=row)
    assert who.key_id != row.key_id
    assert NAME.encode() not in bytes(who.name or b"")


def test_a_request_that_is_not_valid_is_not_taken_at_the_door() -> None:
    desk = Desk()
    with changing_nothing(), refused(NotValid):
        received(desk, name="")


def test_a_request_on_paper_is_logged_with_the_day_it_came() -> None:
    desk = Desk()
    number = on_paper(desk, days_ago=3)
    row = row_of(number)
    assert row.received_on == desk.now.date() - timedelta(days=3)
    assert row.logged_by_id == RIA.ref
    with refused(RoleMissing):
        on_paper(desk, by=ADA)
    with refused(FoiStepWrong):
        foi.log(asked(), Channel.MAIL, desk.now.date() + timedelta(days=1), acting=desk.by(RIA))


def test_numbers_follow_each_other() -> None:
    desk = Desk()
    first, second = received(desk)[0], on_paper(desk)
    assert (first, second) == ("FOI-2026-0001", "FOI-2026-0002")


def test_a_question_back_is_written_to_who_asked_and_its_answer_restarts_the_clock() -> None:
    desk = Desk()
    number = on_paper(desk, days_ago=10)
    before = known.one(number, acting=desk.by(RIA)).line.runs
    stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="How many in May?")
    waiting = known.one(number, acting=desk.by(RIA)).line.runs
    assert waiting
    assert waiting.due.waits_for is Happened.CLARIFICATION_ANSWERED
    letter = known.one(number, acting=desk.by(RIA)).letters[0]
    assert "How many in May?" in letter.text
    assert "/public/disclosures/" in letter.text
    assert letter.to_print
    stepped(desk, number, FoiStep.CLARIFICATION_ANSWERED, text="I mean May.")
    after = known.one(number, acting=desk.by(RIA)).line.runs
    assert before
    assert after
    assert before.due.target
    assert after.due.target
    assert after.due.target > before.due.target


def test_a_fees_notice_says_how_much_and_who_has_not_paid_lapses() -> None:
    desk = Desk()
    number = received(desk)[0]
    stepped(desk, number, FoiStep.FEE_ASKED, pence=1_250)
    found = known.one(number, acting=desk.by(RIA))
    assert "£12.50" in found.letters[0].text
    assert found.letters[0].by_mail
    assert found.steps[0].pence == 1_250
    with refused(FoiStepWrong):
        stepped(desk, number, FoiStep.LAPSED)
    desk.now += timedelta(days=100)
    with refused(NotInOrder):
        stepped(desk, number, FoiStep.FEE_PAID)
    stepped(desk, number, FoiStep.LAPSED)
    assert standing(number) is FoiStanding.LAPSED
    with refused(FoiStepWrong):
        stepped(desk, number, FoiStep.WITHDRAWN)


def test_more_time_is_taken_with_an_estimate() -> None:
    desk = Desk()
    number = received(desk)[0]
    until = desk.now.date() + timedelta(days=40)
    stepped(desk, number, FoiStep.EXTENDED, until=until)
    found = known.one(number, acting=desk.by(RIA))
    assert found.steps[0].until == until
    assert "30 December 2026" in found.letters[0].text
    assert found.line.runs
    assert found.line.runs.clock == "E17"


@pytest.mark.parametrize("step", [FoiStep.NOT_VALID, FoiStep.TRANSFERRED, FoiStep.WITHDRAWN])
def test_an_ended_request_has_its_last_day_and_so_has_who_asked(step: FoiStep) -> None:
    desk = Desk()
    number = received(desk)[0]
    stepped(desk, number, step, text="The Home Office holds it.")
    row = row_of(number)
    assert row.standing == step
    assert row.closed_on == desk.now.date()
    assert row.max_on
    assert row.max_on > (row.requester.last_on or row.max_on) > desk.now.date()
    letters = known.one(number, acting=desk.by(RIA)).letters
    assert len(letters) == (step is not FoiStep.WITHDRAWN)


def test_a_review_and_the_commissioner_open_a_request_again() -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    assert row_of(number).requester.last_on
    stepped(desk, number, FoiStep.REVIEW_ASKED, text="It is more than that.")
    assert standing(number) is FoiStanding.UNDER_REVIEW
    assert row_of(number).closed_on is None
    assert row_of(number).requester.last_on is None
    with refused(OwnReply):
        stepped(desk, number, FoiStep.REVIEWED)
    stepped(desk, number, FoiStep.REVIEWED, text="We stand by it.", by=UNA)
    assert standing(number) is FoiStanding.REPLIED
    assert letter_of(number, "reviewed").by_id == UNA.ref
    stepped(desk, number, FoiStep.COMMISSIONER_ASKED, text="IC-1")
    stepped(desk, number, FoiStep.COMMISSIONER_DECIDED, text="Disclose it.")
    runs = known.one(number, acting=desk.by(RIA)).line.runs
    assert runs
    assert runs.clock == "E19"
    stepped(desk, number, FoiStep.COMMISSIONER_DONE, text="Disclosed.")
    assert row_of(number).closed_on


def test_only_the_officers_of_rights_take_steps() -> None:
    desk = Desk()
    number = received(desk)[0]
    for by in (ADA, DEE):
        with refused(RoleMissing):
            stepped(desk, number, FoiStep.WITHDRAWN, by=by)
        with refused(RoleMissing):
            foi.estimate(number, {}, acting=desk.by(by))
        with refused(RoleMissing):
            foi.hold(number, "2026-000001", "So.", acting=desk.by(by))


def test_an_estimate_counts_the_four_activities_and_like_requests() -> None:
    desk = Desk()
    first, second = received(desk)[0], received(desk, asked="Once more?")[0]
    foi.estimate(first, {Activity.LOCATING: 90}, acting=desk.by(RIA))
    foi.estimate(second, {Activity.EXTRACTING: 30}, like=first, acting=desk.by(RIA))
    cost = known.one(second, acting=desk.by(RIA)).cost
    assert cost
    assert (cost.total, cost.pence, cost.like, cost.by) == (30, 1_250, first, "Ria")
    with refused(CostNotCounted):
        foi.estimate(first, {Activity.REDACTING: 1}, acting=desk.by(RIA))
    with refused(NotFound):
        foi.estimate(first, {}, like="FOI-2026-9999", acting=desk.by(RIA))
    foi.estimate(first, {}, like=first, acting=desk.by(RIA))
    assert row_of(first).like is None


def test_who_asked_goes_after_a_year_and_the_request_after_three() -> None:
    desk = Desk()
    number = on_paper(desk)
    published = replied(desk, number)
    open_one = received(desk)[0]
    ref = row_of(number).id
    acting = desk.by(WORKER)
    assert foi_ending.forget_old(acting=acting) == 0
    desk.now += timedelta(days=366)
    assert foi_ending.forget_old(acting=desk.by(WORKER)) == 1
    with refused(NotFound):
        known.requester(number, acting=desk.by(RIA))
    desk.now += timedelta(days=3 * 366)
    assert foi_ending.forget_old(acting=desk.by(WORKER)) == 1
    with refused(NotFound):
        known.one(number, acting=desk.by(RIA))
    assert not RecordKeyRow.objects.filter(id=ref).exists()
    assert FoiDisclosureRow.objects.get(number=published.number).body
    desk.now += timedelta(days=10 * 366)
    assert foi_ending.forget_old(acting=desk.by(WORKER)) == 1
    assert not FoiDisclosureRow.objects.exists()
    assert [it.number for it in FoiRequestRow.objects.all()] == [open_one]


def test_nobody_looks_again_for_somebody_who_is_not_known_any_more() -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    desk.now += timedelta(days=366)
    foi_ending.forget_old(acting=desk.by(WORKER))
    with refused(FoiStepWrong):
        stepped(desk, number, FoiStep.REVIEW_ASKED)
    stepped(desk, number, FoiStep.COMMISSIONER_ASKED, text="IC-1")


def test_what_is_gone_is_not_forgotten_again() -> None:
    desk = Desk()
    ref = row_of(received(desk)[0]).id
    acting = desk.by(WORKER)
    assert foi_ending.forget(ref, acting=acting)
    assert not FoiRequesterRow.objects.exists()
    assert not foi_ending.forget(ref, acting=acting)
    assert not foi_ending.forget_requester(ref, acting=acting)


def test_who_asked_is_read_only_with_an_entry_in_the_log() -> None:
    desk = Desk()
    number = received(desk)[0]
    before = EntryRow.objects.count()
    found = known.requester(number, acting=desk.by(RIA))
    assert (found.name, found.email, found.postal) == (NAME, EMAIL, "")
    assert EntryRow.objects.count() == before + 2  # Ria, and her look
    with refused(RoleMissing):
        known.requester(number, acting=desk.by(DEE))


def test_every_act_is_of_the_log() -> None:
    desk = Desk()
    number = received(desk)[0]
    before = EntryRow.objects.count()
    stepped(desk, number, FoiStep.WITHDRAWN)
    assert EntryRow.objects.count() == before + 2  # Ria, and what she did
