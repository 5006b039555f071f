"""Figures, the series by quarter, yearly reports and replies: each sees what the others told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.actions import figures, foi_counting, foi_parts, yearly
from evenhand.queries import figures as given
from evenhand.queries import statistics
from evenhand.rules.foi_parts import Wanted
from evenhand.rules.publishing import SmallNumberWouldShow
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import By, Question
from evenhand.rules.statistics import Quarter
from evenhand.rules.yearly import ReportKind
from tests.actions.foi import on_paper
from tests.builders import LIA, NED, RIA
from tests.desks import FreshDesk
from tests.journeys import Desk, refused
from tests.queries.test_counts_as_at import as_owner, the_database_is_on

FIRST, LAST, SOON = date(2027, 1, 1), date(2027, 1, 31), date(2027, 2, 20)
FEBRUARY = date(2027, 2, 1)
LATER = datetime(2027, 4, 20, 12, tzinfo=UTC)
QUARTER = Quarter(2027, 1)
COUNTED = "INSERT INTO machinery.day_count (counted, day, parts, known_on, slot, number) VALUES "
PERSON = frozenset({("kind", "person")})


def held(desk: FreshDesk, *several: tuple[date, int]) -> None:
    """Have so many people been on record from each of these days on, as the desk knows it."""
    before = 0
    for day, people in ((date(2026, 12, 1), 43), *several):
        as_owner(
            desk,
            "INSERT INTO machinery.people_known (system, known_on, records, people)"
            f" VALUES ('', '{day}', {people}, {people})",
        )
        line = f"""('people', '{day}', '["25-34", "known"]', '{day}', 0, {people - before})"""
        as_owner(desk, f"{COUNTED}{line}")
        before = people


def gone(desk: FreshDesk, day: date, people: int) -> None:
    """Have so many records of people come and been disposed of on a day."""
    for counted, parts in (
        ("created", '["person", "evenhand"]'),
        ("disposed", '["person", "record", "evenhand", "reviewed"]'),
    ):
        as_owner(desk, f"{COUNTED}('{counted}', '{day}', '{parts}', '{day}', 0, {people})")


def on(day: date, fresh: FreshDesk) -> Desk:
    the_database_is_on(day, fresh)
    return Desk(now=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def published(desk: Desk, question: Question) -> Published:
    """Have a figure given and published; give what readers have of it."""
    ref = figures.give(question, acting=desk.by(RIA))
    figures.publish(ref, acting=desk.by(RIA))
    found = given.one(ref, officer=RIA).published
    assert found is not None
    return found


def replied(desk: Desk, code: str, *by: By, **of: date) -> None:
    """Have a request answered with a number as at the day on which it came."""
    number = on_paper(desk)
    part = foi_parts.add(number, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    desk.now += timedelta(days=1)
    foi_counting.give(number, part, code, by=by, **of, acting=desk.by(RIA))


def of_people() -> tuple[int | None, int | None]:
    """Give what the series tells of the quarter: people on record, and disposed of."""
    there, left = statistics.people(today=LATER.date())[QUARTER]
    return there.numbers[frozenset()], left.numbers[frozenset()]


def people(day: date) -> Question:
    return Question(code="people", as_at=day)


def disposed_of(day: date) -> Question:
    end = day + timedelta(days=1)
    return Question(code="records_disposed", as_at=day, start=FIRST, end=end, by=(By.KIND,))


def test_alone_the_series_tells_both_numbers(fresh_desk: FreshDesk) -> None:
    held(fresh_desk, (LAST, 23))
    gone(fresh_desk, LAST, 14)
    assert of_people() == (23, 14)


@pytest.mark.parametrize("in_a_reply", [True, False])
def test_the_series_hides_what_would_undo_a_figure_or_a_reply_of_the_quarter(
    fresh_desk: FreshDesk, in_a_reply: bool
) -> None:
    held(fresh_desk, (FIRST, 20), (SOON, 23))
    gone(fresh_desk, FIRST, 12)
    gone(fresh_desk, SOON, 3)
    desk = on(LAST, fresh_desk)
    if in_a_reply:
        replied(desk, "people")
        replied(desk, "records_disposed", By.KIND, start=FIRST, end=FEBRUARY)
    else:
        assert published(desk, people(LAST)).numbers[frozenset()] == 20
        assert published(desk, disposed_of(LAST)).numbers[PERSON] == 12
    assert of_people() == (None, None)


def test_a_figure_that_would_undo_the_series_or_a_reply_is_refused(fresh_desk: FreshDesk) -> None:
    held(fresh_desk, (FIRST, 23))
    gone(fresh_desk, FIRST, 12)
    gone(fresh_desk, SOON, 2)
    desk = on(LATER.date(), fresh_desk)
    desk.by(RIA)
    assert of_people() == (23, 14)
    with refused(SmallNumberWouldShow):
        published(desk, disposed_of(LAST))
    quarter = Question(
        code="records_disposed", as_at=LATER.date(), start=FIRST, end=QUARTER.end, by=(By.KIND,)
    )
    assert published(desk, quarter).numbers[PERSON] == 14
    replied(desk, "disclosures")
    the_database_is_on(desk.now.date(), fresh_desk)
    with refused(SmallNumberWouldShow):
        published(desk, Question(code="people_disclosed", as_at=LATER.date(), start=FIRST))


def test_a_yearly_report_that_tells_of_people_otherwise_than_the_series_is_not_published(
    fresh_desk: FreshDesk,
) -> None:
    held(fresh_desk, (FIRST, 23))
    desk = on(LATER.date(), fresh_desk)
    lia = desk.by(LIA)
    kind = ReportKind.TRANSPARENCY
    number = yearly.prepare(kind, "2027-03", "So.", acting=desk.by(NED))
    as_owner(fresh_desk, "UPDATE machinery.people_known SET people = 4 WHERE people = 23")
    with refused(SmallNumberWouldShow):
        yearly.publish(kind, date(2027, 3, 1), number, acting=lia)
    number = yearly.prepare(kind, "2027-03", "So.", acting=desk.by(NED))
    yearly.publish(kind, date(2027, 3, 1), number, acting=lia)
