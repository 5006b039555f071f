"""Figures, the series by quarter, yearly reports and replies: each sees what the others told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from evenhand.actions import (
    figures,
    foi_counting,
    foi_letters,
    foi_parts,
    people_series,
    yearly,
)
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries import figures as given
from evenhand.queries import foi_published, statistics
from evenhand.rules.foi import FoiStep, FoiStepWrong
from evenhand.rules.foi_counts import table_for
from evenhand.rules.foi_parts import Wanted
from evenhand.rules.officers import WORKER, Acting
from evenhand.rules.publishing import SmallNumberWouldShow, publishable
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import By, Question
from evenhand.rules.questions_library import meaning_of
from evenhand.rules.statistics import Quarter, on_record
from evenhand.rules.statistics import disposed_of as disposed_of_in
from evenhand.rules.yearly import ReportKind
from evenhand.store import people_series as series
from evenhand.store.figures import FigureRow
from evenhand.store.foi_replies import FoiPartRow
from evenhand.store.publishing import answer_of, written
from evenhand.store.writing import writing
from tests.actions.foi import HELP, approved, letter_of, on_paper, proposed, replied, stepped
from tests.builders import DEE, LIA, NED, RIA
from tests.desks import FreshDesk
from tests.journeys import Desk, changing_nothing, refused
from tests.queries.test_counts_as_at import as_owner, closed_until, the_database_is_on

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


def a_day_after(question: Question, desk: Desk) -> Acting:
    """Have Ria ask when the day of her question is over."""
    day = question.as_at + timedelta(days=1)
    acting = desk.by(RIA)
    return replace(acting, at=max(acting.at, datetime(day.year, day.month, day.day, 9, tzinfo=UTC)))


def published(desk: Desk, question: Question) -> Published:
    """Have a figure given and published; give what readers have of it."""
    ref = figures.give(question, acting=a_day_after(question, desk))
    figures.publish(ref, acting=desk.by(RIA))
    found = given.one(ref, officer=RIA).published
    assert found is not None
    return found


def drafted(desk: Desk, code: str, *by: By, **of: Any) -> str:
    """Have a request answered with a number as at the day on which it came; give the request's."""
    number = on_paper(desk)
    part = foi_parts.add(number, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    desk.now += timedelta(days=1)
    foi_counting.give(number, part, code, by=by, **of, acting=desk.by(RIA))
    return number


def of_people(desk: FreshDesk) -> tuple[int | None, int | None]:
    """Give what the series tells of the quarter: people on record, and disposed of."""
    with closed_until(LATER.date() - timedelta(days=1), desk):
        people_series.settle(acting=Acting(officer=WORKER, at=LATER))
    there, left = statistics.people()[QUARTER]
    return there.numbers[frozenset()], left.numbers[frozenset()]


def people(day: date) -> Question:
    return Question(code="people", as_at=day)


def disposed_of(day: date) -> Question:
    end = day + timedelta(days=1)
    return Question(code="records_disposed", as_at=day, start=FIRST, end=end, by=(By.KIND,))


def test_alone_the_series_tells_both_numbers(fresh_desk: FreshDesk) -> None:
    held(fresh_desk, (LAST, 23))
    gone(fresh_desk, LAST, 14)
    assert of_people(fresh_desk) == (23, 14)


@pytest.mark.parametrize("in_a_reply", [True, False])
def test_the_series_hides_what_would_undo_a_figure_or_a_reply_of_the_quarter(
    fresh_desk: FreshDesk, in_a_reply: bool
) -> None:
    held(fresh_desk, (FIRST, 20), (SOON, 23))
    gone(fresh_desk, FIRST, 12)
    gone(fresh_desk, SOON, 3)
    desk = on(LAST, fresh_desk)
    if in_a_reply:
        approved(desk, drafted(desk, "people"))
        replied(desk, drafted(desk, "records_disposed", By.KIND, start=FIRST, end=FEBRUARY))
    else:
        assert published(desk, people(LAST)).numbers[frozenset()] == 20
        assert published(desk, disposed_of(LAST)).numbers[PERSON] == 12
    assert of_people(fresh_desk) == (None, None)


def test_a_draft_hides_nothing_in_the_series_and_is_held_against_it(fresh_desk: FreshDesk) -> None:
    held(fresh_desk, (FIRST, 20), (SOON, 23))
    desk = on(LAST, fresh_desk)
    number, other = drafted(desk, "people"), drafted(desk, "people")
    proposed(desk, other)
    assert of_people(fresh_desk)[0] == 23
    acting, seen = desk.by(RIA), letter_of(other).number
    with refused(SmallNumberWouldShow), changing_nothing():
        foi_letters.propose(number, "How many", HELP, acting=acting)
    acting = desk.by(DEE)
    with refused(SmallNumberWouldShow), changing_nothing():
        foi_letters.approve(other, seen=seen, acting=acting)
    stepped(desk, number, FoiStep.WITHDRAWN)
    assert of_people(fresh_desk)[0] == 23


def test_a_figure_that_would_undo_the_series_or_a_reply_is_refused(fresh_desk: FreshDesk) -> None:
    held(fresh_desk, (FIRST, 23))
    gone(fresh_desk, FIRST, 12)
    gone(fresh_desk, SOON, 2)
    desk = on(LATER.date(), fresh_desk)
    desk.by(RIA)
    assert of_people(fresh_desk) == (23, 14)
    with refused(SmallNumberWouldShow):
        published(desk, disposed_of(LAST))
    quarter = Question(
        code="records_disposed", as_at=LATER.date(), start=FIRST, end=QUARTER.end, by=(By.KIND,)
    )
    assert published(desk, quarter).numbers[PERSON] == 14
    approved(desk, drafted(desk, "disclosures"))
    the_database_is_on(desk.now.date(), fresh_desk)
    with refused(SmallNumberWouldShow):
        published(desk, Question(code="people_disclosed", as_at=LATER.date(), start=FIRST))


def test_a_total_of_all_kinds_of_old_is_held_against_people_of_days_that_overlap(
    fresh_desk: FreshDesk,
) -> None:
    gone(fresh_desk, FIRST, 12)
    gone(fresh_desk, SOON, 2)
    desk = on(LATER.date(), fresh_desk)
    ref = figures.give(
        replace(disposed_of(LAST), by=()), acting=a_day_after(disposed_of(LAST), desk)
    )
    row = FigureRow.objects.get(id=ref)
    all_of_it = table_for(replace(answer_of(row), meaning=replace(meaning_of(row.code), parts=())))
    with writing() as pen:  # as it was published before that was refused
        row.published = written(publishable(all_of_it, earlier=()))
        row.published_by_id, row.published_at = RIA.ref, desk.now
        row.save()
        pen.enter(Entry(act=Act.FIGURE_PUBLISHED, at=desk.now, who=RIA.ref))
    with refused(SmallNumberWouldShow):
        published(desk, disposed_of(SOON))
    assert of_people(fresh_desk)[1] is None


def test_a_wrong_number_that_a_reply_told_is_corrected_and_stands_in_no_way(
    fresh_desk: FreshDesk,
) -> None:
    gone(fresh_desk, FIRST, 12)
    desk = on(LAST, fresh_desk)
    lia = desk.by(LIA)
    of: dict[str, Any] = {"start": FIRST, "end": FEBRUARY}
    number = drafted(desk, "records_disposed", By.KIND, **of)
    replied(desk, number)
    figure = figures.give(disposed_of(LAST), acting=a_day_after(disposed_of(LAST), desk))
    figures.publish(figure, acting=desk.by(RIA))
    as_owner(fresh_desk, "UPDATE machinery.day_count SET number = 26 WHERE number = 12")
    right = figures.give(disposed_of(LAST), acting=a_day_after(disposed_of(LAST), desk))
    erratum = figures.correct(figure, right, "Fourteen were left out.", acting=desk.by(RIA))
    figures.confirm(erratum, acting=lia)
    with refused(FoiStepWrong):
        foi_parts.add(number, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    stepped(desk, number, FoiStep.ERROR_FOUND, text="Fourteen were left out.")
    part = foi_parts.add(number, "How many, again?", Wanted.TOTAL, acting=desk.by(RIA))
    foi_counting.give(number, part, "records_disposed", by=(By.KIND,), **of, acting=desk.by(RIA))
    [was, _again] = FoiPartRow.objects.filter(request__number=number).order_by("number")
    corrected = replied(desk, number)
    [first, _second] = foi_published.replies(number)
    assert "Records disposed of: 12" in first.body
    says = f"This corrects what we replied on {first.replied_on}, which was: 12; Person: 12."
    assert says in corrected.body
    assert FoiPartRow.objects.get(id=was.id).published == was.published
    [told] = foi_published.numbers()
    assert told.numbers[PERSON] == 26
    the_database_is_on(LATER.date(), fresh_desk)
    approved(desk, drafted(desk, "records_disposed", By.KIND, **of))


def test_a_wrong_reply_is_corrected_while_the_figure_that_says_the_same_still_stands(
    fresh_desk: FreshDesk,
) -> None:
    gone(fresh_desk, FIRST, 12)
    desk = on(LAST, fresh_desk)
    of: dict[str, Any] = {"start": FIRST, "end": FEBRUARY}
    number = drafted(desk, "records_disposed", By.KIND, **of)
    replied(desk, number)
    published(desk, disposed_of(LAST))
    as_owner(fresh_desk, "UPDATE machinery.day_count SET number = 26 WHERE number = 12")
    with refused(SmallNumberWouldShow):
        drafted(desk, "records_disposed", By.KIND, start=FIRST, end=FEBRUARY)
    stepped(desk, number, FoiStep.ERROR_FOUND, text="Fourteen were left out.")
    part = foi_parts.add(number, "How many, again?", Wanted.TOTAL, acting=desk.by(RIA))
    foi_counting.give(number, part, "records_disposed", by=(By.KIND,), **of, acting=desk.by(RIA))
    assert "26" in replied(desk, number).body


def test_a_yearly_report_that_tells_of_people_otherwise_than_the_series_is_not_published(
    fresh_desk: FreshDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(fresh_desk, (FIRST, 23))
    desk = on(LATER.date(), fresh_desk)
    lia = desk.by(LIA)
    kind = ReportKind.TRANSPARENCY
    otherwise = on_record(QUARTER, 40, earlier=()), disposed_of_in(QUARTER, 0, earlier=())
    with monkeypatch.context() as before:  # as it was worked out before it was kept
        before.setattr(series, "people", lambda: {QUARTER: otherwise})
        number = yearly.prepare(kind, "2027-03", "So.", acting=desk.by(NED))
    of_people(fresh_desk)
    with refused(SmallNumberWouldShow):
        yearly.publish(kind, date(2027, 3, 1), number, acting=lia)
    number = yearly.prepare(kind, "2027-03", "So.", acting=desk.by(NED))
    yearly.publish(kind, date(2027, 3, 1), number, acting=lia)


def test_a_yearly_report_from_before_its_last_quarter_was_settled_is_not_published(
    fresh_desk: FreshDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(fresh_desk, (FIRST, 23))
    desk = on(LATER.date(), fresh_desk)
    lia = desk.by(LIA)
    kind = ReportKind.TRANSPARENCY
    with monkeypatch.context() as before:  # the worker settles it a few minutes later
        before.setattr(series, "people", dict)
        number = yearly.prepare(kind, "2027-03", "So.", acting=desk.by(NED))
    of_people(fresh_desk)
    with refused(SmallNumberWouldShow):
        yearly.publish(kind, date(2027, 3, 1), number, acting=lia)
