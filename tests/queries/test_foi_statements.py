"""What the desk's registers say in an answer to a request, and who may have it drafted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from evenhand.actions import foi_parts, scrutiny
from evenhand.queries import foi_statements
from evenhand.queries.foi_statements import statement
from evenhand.queries.registers_told import compared
from evenhand.queries.scrutiny import Comparisons
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.foi_parts import Wanted
from evenhand.rules.foi_registers import OF_A_DAY, HeldIn, Register
from evenhand.rules.officers import RoleMissing
from evenhand.rules.operations import OPERATIONS
from evenhand.rules.referrals import NotFound
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.scrutiny import ScrutinyKind, Told
from evenhand.store.days import day_in_words
from tests.actions.foi import on_paper
from tests.actions.test_scrutiny import recorded
from tests.builders import ADA, DEE, RIA
from tests.journeys import Desk, refused

pytestmark = pytest.mark.django_db


def test_each_register_says_what_the_desk_has_on_record() -> None:
    desk = Desk()
    today = desk.now.date()
    none = statement(Register.DOCUMENTS, as_at=today, today=today)
    assert none.count("none in force") == len(DocumentKind)
    desk.assured()
    in_force = statement(Register.DOCUMENTS, as_at=today, today=today)
    assert "Data protection impact assessment: version 1, in force from" in in_force
    assert f"{settings.PUBLIC_URL}/public/documents/dpia/1/" in in_force
    assert "overdue" not in in_force
    day = today + timedelta(days=800)
    assert "is overdue" in statement(Register.DOCUMENTS, as_at=day, today=day)
    number = recorded(desk)
    for what, text in ((Told.OUTCOME, "All is well."), (Told.RECOMMENDATION, "Train everybody.")):
        scrutiny.tell(number, what, text, today, acting=desk.by(DEE))
    said = statement(Register.SCRUTINY, as_at=today, today=today)
    assert "How people on record are told.\nAll is well." in said
    assert "Train everybody. (Nothing said yet)" in said
    assert "Corrected" not in said
    assert "untrue" not in said
    scrutiny.say_none(ScrutinyKind.APPEAL, today, acting=desk.by(DEE))
    recorded(desk, kind=ScrutinyKind.APPEAL)
    scrutiny.tell(number, Told.CORRECTION, "It was of two days.", today, acting=desk.by(DEE))
    said = statement(Register.SCRUTINY, as_at=today, today=today)
    assert f"Corrected on {day_in_words(today)}: It was of two days." in said
    assert f"Entry {number}: Audit or formal review" in said
    assert "there was none by" in said
    assert "untrue: see entry 2." in said
    operations = statement(Register.OPERATIONS, as_at=today, today=today)
    assert all(it.does in operations for it in OPERATIONS)
    assert f"records {len(REGISTER)} fields" in statement(Register.FIELDS, as_at=today, today=today)


def test_how_often_the_log_was_compared_is_said() -> None:
    never = Comparisons(times=0, last_at=None, differences=0)
    assert "not compared" in compared(never)
    last = replace(never, times=3, last_at=datetime(2026, 6, 1, 12, tzinfo=UTC))
    assert compared(last).endswith("was on 1 June 2026. Differences that it found: 0.")


@pytest.mark.parametrize("register", Register)
def test_a_register_is_drafted_as_at_receipt_where_it_knows_that_day(register: Register) -> None:
    desk = Desk()
    number, today = on_paper(desk, days_ago=2), desk.now.date()
    early = on_paper(desk)
    received = today - timedelta(days=2)
    is_of_a_day = register in OF_A_DAY
    found = foi_statements.drafted(number, register, today=today, officer=RIA)
    assert (found.register, found.is_early) == (register, False)
    assert found.as_at == (received if is_of_a_day else today)
    assert day_in_words(found.as_at) in found.text.splitlines()[0]
    assert foi_statements.drafted(early, register, today=today, officer=RIA).is_early is is_of_a_day
    with refused(RoleMissing):
        foi_statements.drafted(number, register, today=today, officer=ADA)
    with refused(NotFound):
        foi_statements.drafted("FOI-2026-9999", register, today=today, officer=RIA)


def test_every_address_that_a_register_names_is_there(client: Client) -> None:
    desk = Desk()
    desk.assured()
    today = desk.now.date()
    for register in Register:
        says = statement(register, as_at=today, today=today).splitlines()
        there = [it for it in says if it.startswith(settings.PUBLIC_URL)]
        assert there
        for it in there:
            assert client.get(it.removeprefix(settings.PUBLIC_URL)).status_code == 200


def test_a_part_that_asks_for_a_document_is_told_of_that_document_alone() -> None:
    desk = Desk()
    number, today = on_paper(desk), desk.now.date()
    acting = desk.by(RIA)
    for held_in in (HeldIn.DPIA, HeldIn.SCRUTINY):
        foi_parts.add(number, "Share it.", Wanted.DOCUMENT, held_in, acting=acting)
    one, other, whole = (
        foi_statements.drafted(number, Register.DOCUMENTS, part=it, today=today, officer=RIA).text
        for it in (1, 2, 0)
    )
    assert one.splitlines()[1:] == ["Data protection impact assessment: none in force."]
    assert other == whole
    assert len(whole.splitlines()) == 1 + len(DocumentKind)
