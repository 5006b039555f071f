"""A desk whose profile asks for a second factor lets nobody work without one."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.urls import reverse

from evenhand.rules.officers import Role
from tests.web.people import signed_in, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DESK", replace(settings.DESK, second_factor_required=True))


@pytest.mark.usefixtures("strict")
def test_an_officer_without_a_second_factor_is_taken_to_where_one_is_set_up() -> None:
    client = signed_in(stored("Ada", Role.OFFICER))
    answer = client.get("/log-content/")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("mfa_index")
    assert client.get("/account/sessions/").status_code == 200


def test_a_desk_that_does_not_ask_for_one_lets_the_officer_work() -> None:
    client = signed_in(stored("Ada", Role.OFFICER))
    assert client.get("/log-content/").status_code == 200
