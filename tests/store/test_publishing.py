"""What was published by names and rules of old is compared with what is published now."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.publishing_tables import About
from evenhand.store import foi_counting, publishing
from evenhand.store.figures import FigureRow
from evenhand.store.foi_replies import FoiDisclosureRow
from evenhand.store.writing import writing
from tests.builders import RIA
from tests.journeys import Desk

pytestmark = pytest.mark.django_db
START, END = date(2020, 1, 1), date(2020, 2, 1)
OLD = {
    "subject": "people_disclosed",
    "about": "people",
    "start": START.isoformat(),
    "end": END.isoformat(),
    "axes": [["all", ["all"]]],
    "rounded": False,
    "numbers": [[[], 14], [[["all", "all"]], 14]],
}


def published(desk: Desk, code: str, **of: object) -> FigureRow:
    """Have a figure stand that was published as it was in those days."""
    desk.by(RIA)
    text = json.dumps(OLD | {"subject": code} | of)
    asked = {"code": code, "as_at": END.isoformat(), "start": "", "end": "", "by": []}
    with writing() as pen:
        row = FigureRow(
            id=uuid4(),
            code=code,
            as_at=END,
            question_sha256=uuid4().bytes,
            value_sha256=uuid4().bytes,
            document=json.dumps({"question": asked}),
            document_sha256=uuid4().bytes,
            by_id=RIA.ref,
            at=desk.now,
            entry=pen.number,
            published=text,
            published_by_id=RIA.ref,
            published_at=desk.now,
        )
        row.save(force_insert=True)
        pen.enter(Entry(act=Act.FIGURE_PUBLISHED, at=desk.now, who=RIA.ref))
    return row


def test_what_was_told_of_a_part_by_its_own_name_is_told_of_what_it_is_a_part_of() -> None:
    published(Desk(now=timezone.now()), "people_disclosed")
    [told] = publishing.earlier()
    assert (told.subject, told.part) == ("disclosures", ("people_disclosed",))
    again = publishing.read(publishing.written(told))
    assert again == told


def test_records_that_were_told_as_work_are_told_of_people() -> None:
    by_kind = {"axes": [["kind", ["person"]]], "numbers": [[[], 3], [[["kind", "person"]], 3]]}
    published(Desk(now=timezone.now()), "records_held", about="work", start="", **by_kind)
    [told] = publishing.earlier()
    assert (told.subject, told.about) == ("records_held", About.PEOPLE)


def test_a_number_of_all_kinds_of_old_is_compared_as_the_people_among_them() -> None:
    by_system = {"axes": [["system", ["evenhand"]]]}
    key = [["system", "evenhand"]]
    desk = Desk(now=timezone.now())
    for code in ("records_disposed", "records_held"):
        published(desk, code, numbers=[[[], 42], [key, None]], **by_system)
        *_, told = publishing.earlier()
        assert told.subject == f"{code} of people"
        # Nobody was on record then.
        assert told.numbers == {frozenset(): 0, frozenset({("system", "evenhand")}): None}


def test_what_the_log_of_disclosures_tells_is_read_by_the_names_of_today() -> None:
    desk = Desk(now=timezone.now())
    desk.by(RIA)
    with writing() as pen:
        FoiDisclosureRow.objects.create(
            number="FOI-2020-0001",
            title="How many",
            body="14",
            tables=json.dumps([(desk.now.isoformat(), json.dumps(OLD))]),
            received_on=END,
            replied_on=END,
            outcome="all",
            max_on=END + timedelta(days=3650),
        )
        pen.enter(Entry(act=Act.FOI_LETTER_SENT, at=desk.now, who=RIA.ref))
    [told] = foi_counting.told()
    assert (told.subject, told.part) == ("disclosures", ("people_disclosed",))
