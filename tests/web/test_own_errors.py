"""The page and the call of the desk's own errors."""

from datetime import timedelta

import pytest

from evenhand.rules.answers import WhyDeclined
from evenhand.rules.officers import Role
from evenhand.rules.referrals import State
from tests.api.callers import Caller
from tests.builders import ADA
from tests.journeys import Desk
from tests.web.filling import carried
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=1))


def test_the_page_says_so_where_nothing_was_decided(desk: Desk) -> None:
    desk.by(ADA)
    assert "No platform decided anything in this time." in text_of(
        signed_in(ADA).get("/counts/errors/")
    )


def test_what_a_platform_declined_is_counted_by_why(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    client, address = signed_in(ADA), f"/referrals/{reference}/answer/"
    said = {"said": "declined", "why_declined": WhyDeclined.IMPRECISE}
    assert client.post(address, carried(client.get(address)) | said).status_code == 302
    page = text_of(client.get("/counts/errors/"))
    assert "1 of 1 decisions (100.0%)" in page
    assert "By platform" in page
    record = text_of(client.get(f"/referrals/{reference}/"))
    assert "Our notice was not precise enough" in record
    found = Caller("zoe", Role.APPROVER).get("/counts/errors").body
    assert found["all"]["errors"]["imprecise"] == 1
    errors = {"wrong": 0, "imprecise": 1, "duplicate": 0, "already_gone": 0}
    assert list(found["platforms"].values()) == [{"decided": 1, "wrong": 1, "errors": errors}]


def test_why_declined_beside_another_answer_is_refused_at_its_question(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    client, address = signed_in(ADA), f"/referrals/{reference}/answer/"
    said = {"said": "already_gone", "why_declined": WhyDeclined.WRONG}
    refused = client.post(address, carried(client.get(address)) | said)
    assert refused.status_code == 422
    assert "E-ANS-04" in text_of(refused)
