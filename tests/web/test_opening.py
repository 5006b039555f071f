"""A restored desk as people meet it: closed, and what remains; then opened by two."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from evenhand.actions import platform_tokens
from evenhand.rules.officers import Officer
from evenhand.store.opening import RestorationRow
from evenhand.store.platforms import PlatformTokenRow, SignOffRow
from evenhand.store.referrals import ReferralRow
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


@pytest.mark.parametrize(
    "path", ["/", "/referrals/", "/people/find/", "/referrals/lists/", "/counts/"]
)
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


def test_what_was_ended_since_the_backup_is_ended_again_on_its_pages() -> None:
    desk = Desk(now=now() - timedelta(hours=1))
    desk.sign_off("youtube")
    platform_tokens.make("youtube", acting=desk.by(MAX))
    [token] = PlatformTokenRow.objects.all()
    link = f"/referrals/{desk.log()}/link/"
    ada, dee, mac = signed_in(ADA), signed_in(DEE), signed_in(MAX)
    with closed(desk):
        for officer in (dee, mac):
            assert "End a platform’s tokens and sign-offs" in text_of(officer.get("/"))
        assert "/platforms/youtube/" in mac.get("/platforms/").content.decode()
        assert mac.get("/platforms/youtube/").status_code == 200
        tokens, leave = "/platforms/youtube/tokens/", "/platforms/youtube/sign-off/"
        assert f"{token.id}/end/" in mac.get(tokens).content.decode()
        assert mac.post(f"{tokens}{token.id}/end/").status_code == 302
        assert "It has no token." in text_of(mac.get(tokens))
        assert "End the sign-off for" in text_of(dee.get(leave))
        assert dee.post(f"{leave}end/", {"by": "email"}).status_code == 302
        assert SignOffRow.objects.get().ended_at
        page = ada.get(link)
        assert "Take the link back" in text_of(page)
        assert "/public/answer/" not in page.content.decode()
        assert fill(ada, link, reason="").status_code == 422
        assert fill(ada, link, reason="It was taken back.").status_code == 302
        assert ReferralRow.objects.get().link_number == 2
        assert mac.get(link).status_code == 403
        assert ada.get(link.replace("/link/", "/")).status_code == 503
        made = mac.post(tokens)
        assert (made.status_code, "is not open yet" in text_of(made)) == (503, True)


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
