"""Yearly reports: prepared from the record by one, published by another, then frozen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.actions import yearly
from evenhand.queries import yearly as asked
from evenhand.rules.assurance import DocumentKind, OwnDocument
from evenhand.rules.counting import month_of
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.referrals import NotFound, State
from evenhand.rules.refusals import Refused
from evenhand.rules.yearly import (
    EditionUnexplained,
    PersonalInReport,
    ReportKind,
    ReportPeriodWrong,
    ReportStageWrong,
    Table,
    as_text,
)
from tests.a_lived_in_desk import disposed_of
from tests.builders import ADA, DEE, LIA, NED
from tests.journeys import INDEPENDENT, Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
FLAGGER, TRANSPARENCY = ReportKind.TRUSTED_FLAGGER, ReportKind.TRANSPARENCY


def a_month_later(desk: Desk) -> str:
    """Have it be the next month; give the month that is over, as it is written."""
    last = month_of(desk.now.date())
    desk.now += timedelta(days=31)
    return str(last)


def prepared(desk: Desk, last: str, kind: ReportKind = FLAGGER, because: str = "") -> int:
    return yearly.prepare(kind, last, INDEPENDENT, because, acting=desk.by(NED))


def table(desk: Desk, kind: ReportKind, last: str, name: str) -> Table:
    number = prepared(desk, last, kind)
    found = asked.one(kind, date.fromisoformat(f"{last}-01"), number, officer=LIA)
    return next(it for it in found.report.tables if it.name == name)


def test_what_came_of_each_notice_is_told_and_stays_told_when_a_record_is_disposed_of() -> None:
    desk = Desk()
    kept = desk.brought_to(State.CHECKED, address="https://youtu.be/z0000000001")
    desk.brought_to(State.SENT)
    gone = desk.brought_to(State.CHECKED)
    last = a_month_later(desk)
    [before] = table(desk, FLAGGER, last, "summary").rows
    assert before[:6] == [3, 2, 0, 0, 1, 0]
    assert isinstance(before[6], float)
    disposed_of(desk, gone)
    [after] = table(desk, FLAGGER, last, "summary").rows
    assert after[:6] == [3, 1, 0, 0, 1, 1]
    assert ["YouTube", 1] in list(map(list, table(desk, FLAGGER, last, "providers").rows))
    assert kept


def test_what_the_desk_did_is_told_by_month() -> None:
    desk = Desk()
    desk.assured()
    desk.brought_to(State.CHECKED)
    last = a_month_later(desk)
    months = table(desk, TRANSPARENCY, last, "months")
    told = dict(zip((it.name for it in months.columns), months.rows[-1], strict=True))
    assert (told["month"], told["logged"], told["referred"]) == (last, 1, 1)
    assert [it[0] for it in table(desk, TRANSPARENCY, last, "documents").rows] == [
        "Data protection impact assessment",
        "Appropriate policy document",
    ]


def test_a_published_report_is_the_same_whatever_happens_later() -> None:
    desk = Desk()
    desk.brought_to(State.SENT)
    a_month_later(desk)
    last = desk.published_report(FLAGGER)
    before = asked.one_published(FLAGGER, last)
    desk.brought_to(State.CHECKED)
    after = asked.one_published(FLAGGER, last)
    assert before
    assert after
    assert as_text(before.report) == as_text(after.report)
    assert asked.last_published(FLAGGER) == desk.now.date()
    assert asked.last_published(TRANSPARENCY) is None


def test_a_report_is_published_on_the_day_as_the_desk_counts_days() -> None:
    desk = Desk(now=datetime(2027, 6, 30, 23, 30, tzinfo=UTC))
    desk.published_report(FLAGGER)
    assert asked.last_published(FLAGGER) == date(2027, 7, 1)


def test_whoever_prepared_a_report_does_not_publish_it() -> None:
    desk = Desk()
    last = a_month_later(desk)
    number = yearly.prepare(FLAGGER, last, INDEPENDENT, acting=desk.by(LIA))
    day = date.fromisoformat(f"{last}-01")
    with changing_nothing(), refused(OwnDocument):
        yearly.publish(FLAGGER, day, number, acting=desk.by(LIA))
    assert asked.published() == []


def test_another_edition_says_what_was_wrong_and_takes_the_place_of_the_first() -> None:
    desk = Desk()
    last = a_month_later(desk)
    day = desk.published_report(FLAGGER)
    assert str(month_of(day)) == last
    with changing_nothing(), refused(EditionUnexplained):
        prepared(desk, last)
    number = prepared(desk, last, because="April was missing.")
    assert [it.number for it in asked.published()] == [1]
    yearly.publish(FLAGGER, day, number, acting=desk.by(LIA))
    assert [it.number for it in asked.published()] == [2]
    assert [it.edition.number for it in asked.published_in_full()] == [2]
    first = asked.one_published(FLAGGER, day, 1)
    assert first
    assert not first.edition.is_newest
    assert list(first.published) == [2, 1]


def test_only_the_newest_edition_is_published_and_once() -> None:
    desk = Desk()
    last = a_month_later(desk)
    first, second = prepared(desk, last), prepared(desk, last)
    day = date.fromisoformat(f"{last}-01")
    desk.by(LIA)
    with changing_nothing(), refused(ReportStageWrong):
        yearly.publish(FLAGGER, day, first, acting=desk.by(LIA))
    yearly.publish(FLAGGER, day, second, acting=desk.by(LIA))
    with changing_nothing(), refused(ReportStageWrong):
        yearly.publish(FLAGGER, day, second, acting=desk.by(LIA))
    assert asked.one_published(FLAGGER, day, first) is None


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"last": "2099-01"}, Refused),
        ({"explanation": "Ask Ned."}, PersonalInReport),
        ({"explanation": "See https://hub.example/1"}, PersonalInReport),
    ],
)
def test_a_report_that_must_not_be_is_not_kept(change: dict[str, str], rule: type[Refused]) -> None:
    desk = Desk()
    said = {"last": a_month_later(desk), "explanation": INDEPENDENT, **change}
    desk.by(NED)
    with changing_nothing(), pytest.raises(rule):
        yearly.prepare(FLAGGER, **said, acting=desk.by(NED))


def test_the_month_that_is_not_over_is_refused() -> None:
    desk = Desk()
    with pytest.raises(ReportPeriodWrong):
        prepared(desk, str(month_of(desk.now.date())))


@pytest.mark.parametrize("officer", [ADA, DEE], ids=lambda it: it.name)
def test_who_has_no_role_for_it_neither_prepares_nor_publishes(officer: Officer) -> None:
    desk = Desk()
    last = a_month_later(desk)
    day = date.fromisoformat(f"{last}-01")
    number = prepared(desk, last)
    acts: list[Callable[[], object]] = [
        lambda: yearly.prepare(FLAGGER, last, INDEPENDENT, acting=desk.by(officer)),
        lambda: yearly.publish(FLAGGER, day, number, acting=desk.by(officer)),
    ]
    desk.by(officer)
    for act in acts:
        with changing_nothing(), refused(RoleMissing):
            act()


def test_an_edition_that_is_not_there_is_not_found() -> None:
    desk = Desk()
    desk.by(LIA)
    with refused(NotFound):
        yearly.publish(FLAGGER, date(2026, 1, 1), 1, acting=desk.by(LIA))


def test_every_edition_is_listed_for_who_keeps_documents_and_for_nobody_else() -> None:
    desk = Desk()
    last = a_month_later(desk)
    prepared(desk, last)
    prepared(desk, last, TRANSPARENCY)
    assert [it.kind for it in asked.editions(officer=LIA)] == [TRANSPARENCY, FLAGGER]
    assert all(it.is_newest for it in asked.editions(officer=LIA))
    for ask in (
        lambda: asked.editions(officer=ADA),
        lambda: asked.one(FLAGGER, date(2026, 1, 1), 1, officer=replace(ADA)),
    ):
        with pytest.raises(RoleMissing):
            ask()


def test_the_clocks_of_what_is_published_are_those_of_the_law() -> None:
    assert began() == {"E21": None, "E22": None, "E23": None}


def test_the_clocks_of_equality_run_from_the_day_on_which_its_documents_came_into_force() -> None:
    desk = Desk()
    desk.put_in_force(DocumentKind.EQUALITY_INFORMATION)
    first = desk.now.date()
    desk.write_document(DocumentKind.EQUALITY_OBJECTIVES)
    assert began() == {"E21": None, "E22": first, "E23": None}
    desk.now += timedelta(days=300)
    desk.put_in_force(DocumentKind.EQUALITY_OBJECTIVES, days=1400)
    assert began() == {"E21": None, "E22": first, "E23": desk.now.date()}
    desk.put_in_force(DocumentKind.EQUALITY_INFORMATION)
    assert began()["E22"] == desk.now.date()


def began() -> dict[str, date | None]:
    return {it.code: day for it, day in asked.yearly_clocks()}
