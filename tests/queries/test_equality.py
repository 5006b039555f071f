"""What stands out is counted as it is assessed, and stays counted when its records are gone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from evenhand.actions import assessments
from evenhand.queries import equality
from evenhand.queries.equality import Report
from evenhand.rules.assessments import Expression
from evenhand.rules.disparity import By, Quarter
from evenhand.rules.referrals import State
from evenhand.store.casework import AssessmentRow
from tests.a_lived_in_desk import disposed_of
from tests.builders import BO, OLA, assessment
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.queries.test_counts_as_at import as_owner
from tests.web.filling import check_valid
from tests.web.people import signed_in, text_of

ANEW = (
    "DELETE FROM machinery.day_count WHERE counted LIKE 'assessed%'",
    f"SELECT machinery.count_assessed_before('{settings.TIME_ZONE}')",
)
FIRST, SECOND = Quarter(2026, 1), Quarter(2026, 2)


def on(year: int, month: int, day: int) -> Desk:
    return Desk(now=datetime(year, month, day, 12, tzinfo=UTC))


def report(quarter: Quarter = FIRST) -> Report:
    return equality.report(quarter, officer=OLA)


@pytest.mark.django_db
def test_a_comparison_stays_the_same_when_everything_in_it_is_disposed_of() -> None:
    desk = on(2026, 2, 10)
    several = [desk.brought_to(State.CHECKED) for _each in range(6)]
    several += [desk.brought_to(State.NOT_REFERRED) for _each in range(5)]
    before = report()
    assert (before.assessed, before.missing) == (11, 0)
    [ground] = before.by[By.GROUND]
    assert ground.sent is not None
    assert ground.sent.value == pytest.approx(6 / 11)
    for reference in several:
        disposed_of(desk, reference)
    assert AssessmentRow.objects.count() == 0
    assert report() == before


@pytest.mark.django_db
def test_a_referral_counts_by_its_last_assessment_of_a_quarter_and_in_each_quarter() -> None:
    desk = on(2026, 3, 30)
    reference = desk.brought_to(State.RETURNED)
    assert [it.category for it in report().by[By.EXPRESSION]] == [equality.NONE]
    desk.now += timedelta(hours=1)
    both = frozenset({Expression.ARTISTIC, Expression.POLITICAL})
    again = assessment(expression=both, expression_weighing="It is a song.")
    assessments.submit(reference, again, acting=desk.by(BO))
    assert report().assessed == 1
    assert [it.category for it in report().by[By.EXPRESSION]] == sorted(both)
    desk.do(reference, "return")
    desk.now += timedelta(days=3)
    desk.do(reference, "submit", "approve", "send")
    for quarter in (FIRST, SECOND):
        assert report(quarter).assessed == 1
    assert equality._assessed(FIRST)[equality.ALL][""].sent == 1
    assert equality._assessed(SECOND)[equality.ALL][""].sent == 1


@pytest.mark.django_db
def test_a_quarter_without_assessments_has_nothing_to_compare() -> None:
    assert report(Quarter(2020, 1)) == Report(Quarter(2020, 1), 0, 0, {by: [] for by in By})


def test_counted_anew_it_is_the_same_and_says_how_many_assessments_are_gone(
    fresh_desk: FreshDesk,
) -> None:
    desk = on(2026, 2, 10)
    gone = desk.brought_to(State.CHECKED)
    for state in (State.SENT, State.NOT_REFERRED, State.RETURNED):
        desk.brought_to(state)
    before = report()
    for sql in ANEW:
        as_owner(fresh_desk, sql)
    assert report() == before
    disposed_of(desk, gone)
    assert report() == before
    for sql in ANEW:
        as_owner(fresh_desk, sql)
    assert (report().assessed, report().missing) == (3, 1)
    desk.by(OLA)
    page = signed_in(OLA).get("/equality/?quarter=2026-Q1")
    check_valid(page)
    assert "Assessments of this quarter that are not among them: 1." in text_of(page)
    assert "not among them" not in text_of(signed_in(OLA).get("/equality/?quarter=2020-Q1"))
