"""Only an officer of this desk gets past the door, whatever account they signed in with."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from evenhand.actions import officers
from evenhand.rules.officers import WORKER, Acting, Role
from tests.web.people import now, signed_in, stored

pytestmark = pytest.mark.django_db


def test_an_account_that_is_no_officer_is_refused() -> None:
    ada = stored("Ada", Role.OFFICER)
    client = signed_in(ada)
    client.force_login(User.objects.create_user("visitor"), backend=BACKEND)
    answer = client.get("/log-content/")
    assert answer.status_code == 403
    assert "E-WHO-04" in answer.content.decode()


def test_a_retired_officer_is_out_at_the_next_request() -> None:
    client = signed_in(stored("Ada", Role.OFFICER))
    assert client.get("/log-content/").status_code == 200
    officers.retire("ada", acting=Acting(officer=WORKER, at=now()))
    assert client.get("/log-content/").status_code in {302, 403}


BACKEND = "evenhand.web.account.backend.AccountsOfOfficers"


def test_a_sign_in_ends_after_the_longest_time_however_busy(settings: Any) -> None:
    client = signed_in(stored("Ada", Role.OFFICER))
    assert client.get("/log-content/").status_code == 200
    session = client.session
    session["signed_in_at"] -= settings.DESK.session_hours * 3600
    session.save()
    answer = client.get("/log-content/")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/")


def test_the_use_of_a_session_is_kept_once_a_minute() -> None:
    client = signed_in(stored("Ada", Role.OFFICER))
    client.get("/log-content/")
    place = UserSession.objects.get()
    ends = Session.objects.get().expire_date
    client.get("/log-content/")
    assert UserSession.objects.get().last_seen_at == place.last_seen_at
    assert Session.objects.get().expire_date == ends
    session = client.session
    session["used_at"] -= 60
    session.save()
    client.get("/log-content/")
    assert UserSession.objects.get().last_seen_at > place.last_seen_at
    assert Session.objects.get().expire_date > ends
