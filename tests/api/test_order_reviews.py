"""The review of a content removal notice by program: asked for by one officer, made by another."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from evenhand.rules.officers import Role
from evenhand.rules.referrals import State
from tests.actions.test_order_reviews import given
from tests.api.callers import Caller, now
from tests.journeys import Desk, row
from tests.mail import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def server(settings: Any) -> Iterator[None]:
    with mail_server() as server:
        settings.SMTP_URL = server.address
        yield


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_review_is_asked_for_once_and_made_by_another(withdrawn: bool) -> None:
    desk = Desk(now=now() - timedelta(hours=5))
    place = f"/referrals/{given(desk)}/order-review"
    reference = place.split("/")[2]
    ann, zoe = Caller("ann", Role.OFFICER), Caller("zoe", Role.APPROVER)
    said = {"withdrawn": withdrawn, "reason": "It is a prop."}
    early = zoe.post(f"{place}/outcomes", said)
    assert (early.status, early.rules) == (409, ["E-ORDER-01"])
    assert ann.post(f"{place}/requests", {"reason": "They say it is a prop."}).status == 200
    twice = ann.post(f"{place}/requests", {"reason": "They say it is a prop."})
    assert (twice.status, twice.rules) == (409, ["E-ORDER-02"])
    done = zoe.post(f"{place}/outcomes", said)
    assert done.status == 200
    assert row(reference).order_review == ("withdrawn" if withdrawn else "confirmed")
    assert (row(reference).state == State.WITHDRAWN) is withdrawn
