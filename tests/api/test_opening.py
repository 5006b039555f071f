"""A restored desk that nobody has opened answers every call with the same problem."""

from datetime import timedelta

import pytest
from django.test import Client

from evenhand.rules.officers import Role
from tests.api.callers import Caller, intake, now
from tests.journeys import Desk
from tests.opening import closed

pytestmark = pytest.mark.django_db


def test_a_closed_desk_says_so_to_who_is_known_and_does_nothing() -> None:
    ada = Caller("ada", Role.OFFICER)
    with closed(Desk(now=now() - timedelta(minutes=5))):
        for answer in (ada.get("/referrals"), ada.post("/referrals", intake())):
            assert (answer.status, answer.body["rule"]) == (503, "E-OPEN-01")
        assert Client().get("/api/v1/referrals").status_code == 401
    assert ada.get("/referrals").status == 503
