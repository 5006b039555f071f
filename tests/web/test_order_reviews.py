"""The review of a content removal notice on pages: the platform's and the desk's."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.actions.test_order_reviews import given
from tests.actions.test_platform_links import token_of
from tests.builders import ADA, SAM
from tests.journeys import Desk, row
from tests.mail import MailServer, mail_server
from tests.web.filling import check_valid, fill
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.SMTP_URL = server.address
        yield server


def test_a_platform_asks_and_another_approver_confirms() -> None:
    desk = Desk(now=now() - timedelta(hours=5))
    reference = given(desk)
    desk.by(SAM)
    ada, sam = signed_in(ADA), signed_in(SAM)
    shown = text_of(ada.get(f"/referrals/{reference}/"))
    assert "Its 48 hours end" in shown
    link = f"/public/answer/{token_of(reference)}/"
    opened = Client().get(link)
    check_valid(opened)
    assert "Act by" in text_of(opened)
    page = Client().get(f"{link}review/")
    check_valid(page)
    assert Client().post(f"{link}review/", {"text": ""}).status_code == 422
    assert Client().post(f"{link}review/", {"text": "It is a prop."}).status_code == 302
    assert "You asked for it" in text_of(Client().get(link))
    place = f"/referrals/{reference}/order/review/"
    assert place in sam.get(f"/referrals/{reference}/").content.decode()
    asked = sam.get(place)
    check_valid(asked)
    assert "nobody has verified" in text_of(asked)
    done = fill(sam, place, outcome="confirmed", reason="It is a real knife.")
    assert done.status_code == 302
    assert row(reference).order_review == "confirmed"
    assert "The notice was confirmed" in text_of(Client().get(link))


def test_an_officer_records_it_from_a_mail() -> None:
    desk = Desk(now=now() - timedelta(hours=5))
    reference = given(desk)
    ada = signed_in(ADA)
    place = f"/referrals/{reference}/order/asked/"
    page = ada.get(place)
    check_valid(page)
    assert fill(ada, place, reason="They say it is a prop.").status_code == 302
    shown = text_of(ada.get(f"/referrals/{reference}/"))
    assert "The platform asks for it; nobody has made it yet" in shown
    assert "A review of this notice was asked for already." in text_of(ada.get(place))
