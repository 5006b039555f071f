"""Requests by their clocks are on the first page of who answers them, without a name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.actions import rights
from evenhand.web.rights import waiting
from tests.actions import foi
from tests.actions.asking_rights import BORN, NAME, on_paper, piece_of, restriction, searched
from tests.actions.people import known_person
from tests.builders import ADA, CY, DEE, RIA, adult, proposal
from tests.journeys import Desk
from tests.web.filling import check_valid
from tests.web.people import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_who_answers_requests_sees_them_by_their_clocks() -> None:
    desk = Desk(now=timezone.now() - timedelta(days=85))
    for officer in (RIA, DEE, ADA, CY):
        desk.by(officer)
    known = adult(birth_date=BORN, as_at=desk.now.date())
    person, late = known_person(desk, said=proposal(name=NAME, age=known)), on_paper(desk)
    searched(desk, late, person)
    rights.hold_back(late, person, piece_of(person), restriction(desk), acting=desk.by(RIA))
    desk.now = timezone.now() - timedelta(minutes=30)
    waits = foi.proposed(desk, foi.on_paper(desk))
    ria, dee = signed_in(RIA), signed_in(DEE)
    start = ria.get("/")
    check_valid(start)
    shown = text_of(start)
    assert "Requests about data: overdue" in shown
    assert f"/rights/{late}/" in shown
    assert "1 piece is held back; it was to be reviewed on" in shown
    assert "Requests for information: waiting" not in shown
    assert NAME not in shown
    looked_at = dee.get("/")
    check_valid(looked_at)
    assert "Requests for information: waiting for a second officer" in text_of(looked_at)
    assert f"/foi/{waits}/" in text_of(looked_at)
    assert "/foi/" not in text_of(signed_in(ADA).get("/"))


def test_a_long_pile_says_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "SHOWN", 1)
    desk = Desk(now=timezone.now() - timedelta(minutes=30))
    for _ in range(2):
        foi.on_paper(desk, days_ago=50)
    shown = text_of(signed_in(RIA).get("/"))
    assert "Requests for information: overdue" in shown
    assert "The 1 that are due first, of 2." in shown
