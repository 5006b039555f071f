"""The desk's own error rate is counted from what platforms decided, and stays so."""

import pytest

from evenhand.actions import answers, assessments
from evenhand.queries import counts
from evenhand.rules.answers import AnswerKind, Outcome, WhyDeclined, WhyOnlyIfDeclined
from evenhand.rules.assessments import Ground
from evenhand.rules.counting import month_of
from evenhand.rules.own_errors import OwnError, OwnErrors, Parts, read_parts
from evenhand.rules.referrals import State
from tests.a_lived_in_desk import disposed_of
from tests.builders import ADA, BO, assessment
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db


def decide(desk: Desk, reference: str, outcome: Outcome, why: WhyDeclined | None = None) -> str:
    answers.record(reference, AnswerKind.DECIDED, outcome, why_declined=why, acting=desk.by(ADA))
    return reference


def sent(desk: Desk, ground: Ground = Ground.BOTH, address: str = "") -> str:
    reference = desk.log(address)
    assessments.submit(reference, assessment(ground=ground), acting=desk.by(BO))
    return desk.do(reference, "approve", "send")


def rates(desk: Desk) -> OwnErrors:
    now = month_of(desk.now.date())
    return counts.decided(now.year_before, now, officer=ADA)


def test_each_kind_of_error_is_counted_by_ground_and_platform() -> None:
    desk = Desk()
    decide(desk, sent(desk, Ground.ILLEGAL), Outcome.DECLINED, WhyDeclined.WRONG)
    decide(desk, sent(desk, Ground.ILLEGAL), Outcome.RESTRICTED_IN_FULL)
    decide(desk, sent(desk), Outcome.ALREADY_GONE)
    decide(desk, sent(desk), Outcome.DECLINED)
    found = rates(desk)
    assert (found.all.decided, found.all.wrong) == (4, 2)
    assert found.all.errors == {
        OwnError.WRONG: 1,
        OwnError.IMPRECISE: 0,
        OwnError.DUPLICATE: 0,
        OwnError.ALREADY_GONE: 1,
    }
    assert (found.grounds[Ground.ILLEGAL].decided, found.grounds[Ground.ILLEGAL].wrong) == (2, 1)
    assert found.grounds[Ground.TERMS].decided == 0
    assert sum(it.decided for it in found.platforms.values()) == 4


def test_a_site_that_only_this_desk_knows_is_counted_without_its_name() -> None:
    desk = Desk()
    decide(desk, sent(desk, address="https://ada-at-home.example/1"), Outcome.DECLINED)
    assert list(rates(desk).platforms) == ["other"]


def test_disposal_changes_no_count() -> None:
    desk = Desk()
    gone, kept = (
        decide(desk, sent(desk), Outcome.DECLINED, WhyDeclined.IMPRECISE) for _ in range(2)
    )
    before = rates(desk)
    disposed_of(desk, gone)
    assert rates(desk) == before
    assert before.all.errors[OwnError.IMPRECISE] == 2
    assert kept


def test_a_reason_for_declining_is_only_of_what_was_declined() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    with changing_nothing(), refused(WhyOnlyIfDeclined):
        decide(desk, reference, Outcome.ALREADY_GONE, WhyDeclined.WRONG)


@pytest.mark.parametrize("why", [None, *WhyDeclined])
def test_what_is_kept_is_read_back(why: WhyDeclined | None) -> None:
    parts = Parts("youtube", Ground.ILLEGAL, Outcome.DECLINED, why)
    assert read_parts(str(parts)) == parts
