"""A restored desk as people meet it: closed, and what remains; then opened by two."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from evenhand.rules.officers import Officer
from evenhand.store.opening import RestorationRow
from tests.builders import ADA, DEE, MAX, OLA
from tests.journeys import Desk
from tests.opening import closed, compared
from tests.web.filling import fill
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db
OPENING = "/opening/"


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(now=now() - timedelta(minutes=5))
    for officer in (ADA, DEE, MAX, OLA):
        desk.by(officer)
    with closed(desk):
        yield desk


@pytest.mark.parametrize("path", ["/", "/referrals/", "/people/find/", "/platforms/", "/counts/"])
def test_every_page_of_casework_says_that_it_is_closed(desk: Desk, path: str) -> None:
    page = signed_in(ADA).get(path)
    assert page.status_code == 503
    assert "An administrator proposes to open the desk." in text_of(page)
    assert "See what was restored" not in text_of(page)


def test_an_administrator_proposes_and_the_data_protection_officer_attests(desk: Desk) -> None:
    mac, dee = signed_in(MAX), signed_in(DEE)
    closed_page = text_of(mac.get("/"))
    assert "An administrator compares casework with the log." in closed_page
    assert OPENING in closed_page
    page = text_of(mac.get(OPENING))
    for said in ("1,234 entries", "3 entries: person.restrict (2)", "3 erasures", "Not yet."):
        assert said in page
    early = fill(mac, OPENING, reason="Looked.")
    assert (early.status_code, "E-OPEN-03" in text_of(early)) == (409, True)
    assert "has not proposed yet" in text_of(dee.get(OPENING))
    compared(now(), found=2)
    assert "2 differences" in text_of(mac.get(OPENING))
    empty = fill(mac, OPENING, reason="")
    assert "Write what you looked at" in text_of(empty)
    assert fill(mac, OPENING, reason="Told <Ola>.").status_code == 302
    assert "It waits for the data protection officer" in text_of(mac.get(OPENING))
    assert "Told &lt;Ola&gt;." in text_of(dee.get(OPENING))
    assert "Tick the box" in text_of(fill(dee, OPENING))
    assert dee.get("/referrals/").status_code == 503
    assert fill(dee, OPENING, attested="on").status_code == 302
    assert "This desk is open" in text_of(dee.get(OPENING))
    assert dee.get("/referrals/").status_code == 200
    assert mac.post(OPENING).status_code == 409
    assert RestorationRow.objects.get().opened_by_id == DEE.ref


def test_lost_holds_and_a_log_that_is_shorter_than_the_list_are_told(desk: Desk) -> None:
    with closed(desk, clock_ran=False):
        desk.now += timedelta(minutes=1)
        page = text_of(signed_in(DEE).get(OPENING))
    assert "Nothing past its time was destroyed" in page
    assert "1 of which the log has lost the entry" in page


@pytest.mark.parametrize("officer", [ADA, OLA], ids=["officer", "overseer"])
def test_nobody_else_sees_what_was_restored(desk: Desk, officer: Officer) -> None:
    assert signed_in(officer).get(OPENING).status_code == 403


def test_the_public_is_told_to_come_back_and_keeps_what_it_wrote(desk: Desk) -> None:
    anybody = Client()
    page = text_of(anybody.get("/public/report"))
    assert "This desk is not open yet" in page
    assert "ring 999" in page
    assert "Restored" not in page
    sent = anybody.post("/public/report", {"description": "He says he will come with a knife."})
    assert sent.status_code == 503
    assert sent["Retry-After"] == "600"
    assert "What you sent just now was not kept." in text_of(sent)
    assert "He says he will come with a knife." in text_of(sent)
    for path in ("/public/contact", "/public/accessibility", "/health/ready", "/account/login/"):
        assert anybody.get(path).status_code == 200, path
