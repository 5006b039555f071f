"""Putting a step off by the API."""

import pytest
from django.conf import settings

from evenhand.rules.officers import Role
from tests.api.callers import Caller, intake, now

pytestmark = pytest.mark.django_db


def test_a_step_is_put_off_and_the_referral_says_so() -> None:
    ada = Caller("ada", Role.OFFICER)
    one = f"/referrals/{ada.post('/referrals', intake()).body['reference']}"
    assert ada.get(one).body["put_off_until"] is None
    calendar = settings.CLOCKS.calendar
    until = calendar.working_day_after(calendar.day_of(now()), 2).isoformat()
    done = ada.post(f"{one}/snooze", {"until": until, "reason": "They call back.", "version": 1})
    assert (done.status, done.body["version"]) == (200, 2)
    read = ada.get(one).body
    assert read["put_off_until"] == until
    assert read["due_at"].startswith(until) or read["due_at"] < f"{until}T"
    (snooze,) = read["snoozes"]
    assert (snooze["until"], snooze["reason"]) == (until, "They call back.")


@pytest.mark.parametrize("until", ["soon", "2026-02-30", "", 7, None, "2026-11-23T00:00:00Z"])
def test_a_day_that_is_none_is_refused_at_its_field(until: object) -> None:
    ada = Caller("ada", Role.OFFICER)
    one = f"/referrals/{ada.post('/referrals', intake()).body['reference']}"
    told = ada.post(f"{one}/snooze", {"until": until, "reason": "Later."})
    assert told.status == 422
    assert told.pointers == ["/until"]


def test_a_day_past_is_refused_by_its_rule() -> None:
    ada = Caller("ada", Role.OFFICER)
    one = f"/referrals/{ada.post('/referrals', intake()).body['reference']}"
    told = ada.post(f"{one}/snooze", {"until": "2020-01-06", "reason": "Later."})
    assert (told.status, told.rules, told.pointers) == (422, ["E-CLOCK-02"], ["/until"])
