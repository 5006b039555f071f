"""After signing in, an officer sees what waits, and nobody sees what is not theirs."""

import pytest
from django.test import Client

from evenhand.queries.worklist import Waiting
from evenhand.rules.officers import Role
from evenhand.rules.referrals import State
from evenhand.web.worklist import present
from tests.web.people import logged, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db


def test_a_stranger_at_the_front_page_is_asked_to_sign_in() -> None:
    response = Client().get("/")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/"


def test_nothing_waits_on_a_quiet_desk() -> None:
    page = text_of(signed_in(stored("Ada", Role.OFFICER)).get("/"))
    assert "Nothing waits for you." in page
    assert "Log content" in page


def test_what_an_officer_logged_waits_for_them_with_its_reason() -> None:
    ada = stored("Ada", Role.OFFICER)
    reference = logged(ada)
    page = text_of(signed_in(ada).get("/"))
    assert f"/referrals/{reference}/triage/" in page
    assert "Logged, and not looked at since." in page
    assert "for less than an hour" in page


def test_what_a_colleague_logged_is_not_on_my_worklist() -> None:
    reference = logged(stored("Ada", Role.OFFICER))
    assert reference not in text_of(signed_in(stored("Bo", Role.OFFICER)).get("/"))


def test_the_oldest_comes_first_and_a_long_pile_says_so() -> None:
    ada = stored("Ada", Role.OFFICER)
    references = [logged(ada) for _ in range(26)]
    page = text_of(signed_in(ada).get("/"))
    assert "25 or more" in page
    assert "The 10 that have waited longest. When one is done, the next comes up." in page
    assert page.index(references[0]) < page.index(references[9])
    assert references[10] not in page


def test_a_longer_worklist_takes_no_more_queries() -> None:
    ada = stored("Ada", Role.OFFICER)
    client = signed_in(ada)
    client.get("/")
    for _ in range(10):
        logged(ada)
    few = queries_of(lambda: client.get("/"))
    for _ in range(50):
        logged(ada)
    assert queries_of(lambda: client.get("/")) == few <= 11


@pytest.mark.parametrize(
    ("role", "way"),
    [
        (Role.OVERSEER, "/referrals/"),
        (Role.DPO, "/referrals/"),
        (Role.ADMINISTRATOR, "/account/"),
        (Role.EQUALITY_LEAD, "/account/"),
    ],
)
def test_who_does_not_work_on_referrals_sees_what_they_may_see(role: Role, way: str) -> None:
    response = signed_in(stored("Ola", role)).get("/")
    assert response.status_code == 200
    assert f'href="{way}"' in text_of(response)
    assert "Log content" not in text_of(response)


def test_every_pile_has_its_words() -> None:
    assert set(present.TITLES) == set(present.WHY) == set(Waiting)


def test_every_state_has_its_words() -> None:
    from evenhand.web.labels import STATES

    assert set(STATES) == set(State)
