"""What the desk answers to questions that were asked: from its registers, as at a day."""

import inspect
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from evenhand.actions import scrutiny
from evenhand.queries import foi_answers, foi_told, people_ages, questions
from evenhand.queries.foi_answers import FoiAnswer
from evenhand.queries.foi_told import NOT_OF_PEOPLE
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.equality import NOBODY
from evenhand.rules.foi_questions import RECURRING, Told
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.questions import By, NotHeldIsUntrue, Question
from evenhand.rules.referrals import State
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.scrutiny import ScrutinyKind
from evenhand.rules.scrutiny import Told as ToldOfIt
from evenhand.store import notices as store_notices
from evenhand.store.log import EntryRow
from tests.actions.foi import approved, on_paper
from tests.actions.people import known_person
from tests.actions.test_foi_counting import count
from tests.actions.test_scrutiny import recorded
from tests.builders import ADA, DEE, NOW, OLA, RIA, SID, proposal
from tests.desks import FreshDesk
from tests.journeys import Desk, refused
from tests.queries.test_counts_as_at import as_owner


def answered(id_: str, *, officer: Officer = RIA) -> FoiAnswer:
    today = timezone.localdate()
    return foi_answers.answer(id_, "", as_at=today, today=today, officer=officer)


def told(id_: str, what: Told) -> list[dict[str, Any]]:
    return [dict(it) for it in answered(id_).told[what]]


DISPOSED = """
INSERT INTO machinery.day_count (counted, day, parts, slot, number) VALUES
    ('created', '{day}', '["{kind}", "evenhand"]', 9, {number}),
    ('disposed', '{day}', '["{kind}", "record", "evenhand", "reviewed"]', 9, {number})
"""


def disposed_of(desk: FreshDesk, kind: str, number: int, day: str) -> None:
    as_owner(desk, DISPOSED.format(kind=kind, number=number, day=day))


def number_disposed_of() -> int | None:
    """Give what is published of how many records were disposed of."""
    [(_answer, shown)] = foi_answers.publishable_of(answered("R4Q4").counts)
    assert shown is not None
    return shown.numbers[frozenset()]


def test_that_records_were_disposed_of_is_told_only_where_their_number_is(
    fresh_desk: FreshDesk,
) -> None:
    assert number_disposed_of() == 0
    assert told("R4Q4", Told.DISPOSALS) == [{"ever": False, "first": None, "last": None}]
    disposed_of(fresh_desk, "person", 2, "2026-05-03")
    disposed_of(fresh_desk, "person", 1, "2026-05-09")
    assert number_disposed_of() is None
    note = {"note": NOT_OF_PEOPLE}
    hidden = {"ever": "[c]", "first": "[c]", "last": "[c]", **note}
    assert told("R4Q4", Told.DISPOSALS) == told("R4Q5", Told.DISPOSALS) == [hidden]
    today = timezone.localdate()
    exact = foi_answers.answer_here("R4Q4", "", exact=True, as_at=today, today=today)
    all_of_them = {"ever": True, "first": "2026-05-03", "last": "2026-05-09"}
    assert exact.told[Told.DISPOSALS] == [all_of_them]
    disposed_of(fresh_desk, "referral", 7, "2026-05-05")
    others = {"ever": True, "first": "2026-05-05", "last": "2026-05-05", **note}
    assert told("R4Q4", Told.DISPOSALS) == [others]
    disposed_of(fresh_desk, "person", 20, "2026-05-04")
    assert number_disposed_of() == 30
    assert told("R4Q4", Told.DISPOSALS) == [all_of_them]


@pytest.mark.django_db
def test_a_number_of_the_tally_that_is_hidden_is_told_as_hidden() -> None:
    [head, *_rest] = told("X6", Told.EQUALITY)
    assert head["not_asked"] == "[c]"


@pytest.mark.django_db
def test_on_a_new_desk_every_question_has_an_answer_for_who_may_ask() -> None:
    for id_ in RECURRING:
        found = answered(id_)
        assert found.says or found.counts or any(found.told.values()), id_
    with refused(RoleMissing):
        answered("R4Q2", officer=ADA)
    today = timezone.localdate()
    with refused(NotHeldIsUntrue):
        foi_answers.answer_here("X1", "", not_held=True, as_at=today, today=today)
    assert told("R4Q1", Told.EXTREMES)[0]["youngest"] is None
    assert told("R4Q4", Told.DISPOSALS) == [{"ever": False, "first": None, "last": None}]
    [contents] = told("R3Q2", Told.CONTENTS)
    assert contents["requests_with_a_persons_record"] == 0
    assert contents["of_a_persons_record"] == []


def test_what_makes_a_request_reads_no_record_of_a_person() -> None:
    assert not re.search(r"store\.people|PersonRow|people import", inspect.getsource(store_notices))


@pytest.mark.django_db
def test_documents_are_told_by_kind_and_whether_one_came_after_the_assessment() -> None:
    desk = Desk(now=timezone.now())
    desk.put_in_force(DocumentKind.APD)
    apd = {it["document"]: it for it in told("R1Q1", Told.DOCUMENTS)}
    assert (apd["apd"]["later_than_the_dpia"], apd["dpia"]["state"]) == (None, "none in force")
    desk.put_in_force(DocumentKind.DPIA)
    both = {it["document"]: it for it in told("R1Q1", Told.DOCUMENTS)}
    assert [both[it]["later_than_the_dpia"] for it in ("apd", "dpia")] == [False, False]
    assert both["dpia"]["copy"] == "/public/documents/dpia/1/"
    recorded(desk)
    assert told("R2Q3", Told.SCRUTINY)[0]["body"]


def test_the_median_is_of_every_decision_of_a_platform(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.database_url
    desk = Desk()
    for _twice in range(2):
        desk.brought_to(State.DECIDED)
    [line] = told("X8", Told.TIMES)
    assert (line["platform"], line["decisions"], line["median_days"]) == ("other", 2, 0)


COUNTED = """
INSERT INTO machinery.day_count (counted, day, parts, slot, number)
VALUES ('people', machinery.known_today(), '["{band}", "age"]', 9, {number})
"""


def test_only_bands_with_enough_people_are_told(fresh_desk: FreshDesk) -> None:
    as_owner(fresh_desk, COUNTED.format(band="10-12", number=1))
    assert told("R4Q1", Told.EXTREMES)[0]["youngest"] is None
    for band, number in (("13-15", 12), ("25-34", 40), ("50-64", 30), ("65+", 2)):
        as_owner(fresh_desk, COUNTED.format(band=band, number=number))
    [line] = told("R4Q1", Told.EXTREMES)
    assert line["youngest"] in {"13-15", "25-34"}
    assert line["oldest"] in {"25-34", "50-64"}


def test_a_field_that_is_gone_is_told_with_its_days(fresh_desk: FreshDesk) -> None:
    as_owner(
        fresh_desk,
        "INSERT INTO machinery.field_known (its_table, its_column, since, until)"
        " VALUES ('person', 'nickname', '2026-01-01', '2026-02-01')",
    )
    lines = told("X1", Told.FIELDS)
    gone = {"table": "person", "field": "nickname", "since": "2026-01-01", "until": "2026-02-01"}
    assert lines[-1] == gone
    numbers = [it for it in lines if "from" in it]
    assert numbers == lines[: len(numbers)]
    assert numbers[-1]["fields"] == len(REGISTER) == sum("what" in it for it in lines)
    assert gone in fields_on(date(2026, 2, 1))
    assert not [it for it in fields_on(date(2000, 1, 1)) if "from" in it]


def fields_on(day: date) -> list[dict[str, Any]]:
    told = foi_told.tell(Told.FIELDS, as_at=day, today=timezone.localdate())
    return [dict(it) for it in told]


def test_a_field_that_was_there_on_a_day_and_is_gone_since_was_held_on_that_day(
    fresh_desk: FreshDesk,
) -> None:
    as_owner(
        fresh_desk,
        "INSERT INTO machinery.field_known (its_table, its_column, since, until)"
        " VALUES ('person', 'nickname', '2026-01-01', '2026-02-01'),"
        " ('person', 'name', '2026-01-05', '2026-01-20')",
    )
    nickname = {"table": "person", "field": "nickname", "since": "2026-01-01"}
    held = [it for it in fields_on(date(2026, 1, 31)) if it.get("since") and "until" not in it]
    assert held == [nickname]
    name, *others = [it for it in fields_on(date(2026, 1, 10)) if it.get("since")]
    assert (name["field"], name["since"], bool(name["what"])) == ("name", "2026-01-05", True)
    assert others == [nickname]
    assert not [it for it in fields_on(date(2025, 12, 31)) if it.get("since")]


@pytest.mark.django_db
def test_a_tally_that_is_erased_is_not_told_as_nobody_counted() -> None:
    day = date(2020, 2, 1)

    def told_on(today: date) -> list[dict[str, Any]]:
        return [dict(it) for it in foi_told.tell(Told.EQUALITY, as_at=day, today=today)]

    assert any(it.get("says") == NOBODY for it in told_on(day))
    [gone] = told_on(date(2040, 1, 1))
    assert gone["quarter"] == "2019-Q4"
    assert gone["says"] == "The counts of this quarter are not kept any more."


@pytest.mark.django_db
def test_that_nobody_has_said_whether_there_was_any_is_told_as_that() -> None:
    desk = Desk(now=timezone.now())
    lines = {it["kind"]: it for it in told("R2Q3", Told.SCRUTINY) if "none_true_on" in it}
    assert lines["audit"]["says"] == "Nobody has said yet whether there was any."
    scrutiny.say_none(ScrutinyKind.AUDIT, desk.now.date(), acting=desk.by(DEE))
    lines = {it["kind"]: it for it in told("R2Q3", Told.SCRUTINY) if "none_true_on" in it}
    assert lines["audit"]["says"].startswith("None. That was last true on")
    number = recorded(desk)
    text, today = "It was of two days.", desk.now.date()
    scrutiny.tell(number, ToldOfIt.CORRECTION, text, today, acting=desk.by(DEE))
    lines_now = told("R2Q3", Told.SCRUTINY)
    assert lines_now[0]["corrections"] == [[today.isoformat(), text]]
    [untrue] = [it for it in lines_now if "said_none_by" in it]
    assert untrue["says"] == f"That there was none has been found untrue: see entry {number}."


@pytest.mark.django_db
def test_exact_ages_are_shown_to_who_reads_identities_and_the_look_is_in_the_log_first() -> None:
    desk = Desk()
    today = timezone.localdate()
    found = questions.answered(Question(code="people", as_at=today), today=today)
    assert people_ages.beside(found, acting=now_by(desk, RIA)) is None
    known_person(desk)
    known_person(desk, said=proposal(name="Orla Tangent", age=of(61)))
    known_person(
        desk,
        said=proposal(
            name="Ned Oval",
            age=Age(basis=AgeBasis.UNKNOWN, as_at=NOW.date()),
            welfare_reason="She is threatened.",
            best_interests="She is safer.",
        ),
    )
    entries = EntryRow.objects.count()
    shown = people_ages.beside(found, acting=now_by(desk, DEE))
    assert shown is not None
    assert (shown.youngest.recorded, shown.oldest.recorded) == (36, 61)
    assert (shown.known, shown.not_known) == (2, 1)
    assert EntryRow.objects.count() == entries + 1
    other = questions.answered(Question(code="logged", as_at=today), today=today)
    assert people_ages.beside(found, acting=now_by(desk, OLA)) is None
    assert people_ages.beside(other, acting=now_by(desk, SID)) is None


def of(years: int) -> Age:
    return Age(basis=AgeBasis.STATED, as_at=NOW.date(), value=years)


def now_by(desk: Desk, officer: Officer) -> Any:
    desk.now = max(desk.now, timezone.now())
    return desk.by(officer)


@pytest.mark.django_db
def test_of_people_only_what_may_be_published_beside_the_others_is_given() -> None:
    today = timezone.localdate()
    asked = [
        Question(code="logged", as_at=today),
        Question(code="people", as_at=today),
        Question(code="people", as_at=today, by=(By.AGE,)),
    ]
    counts = [questions.answer(it, officer=RIA, today=today) for it in asked]
    of_people = list(foi_answers.publishable_of(counts))
    assert [it for it, _shown in of_people] == counts[1:]
    for _it, shown in of_people:
        assert shown is not None
        assert {*shown.numbers.values()} == {None}


@pytest.mark.django_db
def test_what_replies_tell_is_beside_what_is_answered_to_a_file_of_questions() -> None:
    desk = Desk(now=timezone.now())
    today = timezone.localdate()
    days = [today - timedelta(days=it) for it in (9, 5, 4)]
    number = on_paper(desk)
    count(desk, number, "disclosures", start=days[0], end=days[1])
    approved(desk, number)
    asked = Question(code="people_disclosed", as_at=today, start=days[0], end=days[2])
    [(_answer, shown)] = foi_answers.publishable_of(
        [questions.answer(asked, officer=RIA, today=today)]
    )
    assert shown is None
