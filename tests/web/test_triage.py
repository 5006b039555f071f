"""The first look: it goes on, it ends with a reason, or a life comes first."""

import pytest
from django.test import Client

from evenhand.queries import referral as in_full
from evenhand.rules.officers import Officer, Role
from evenhand.rules.referrals import State
from tests.web.people import logged, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def page_of(reference: str) -> str:
    return f"/referrals/{reference}/triage/"


def state_of(reference: str, officer: Officer) -> State:
    return in_full.one(reference, officer=officer).fact.state


@pytest.mark.parametrize(
    ("outcome", "reason", "state"),
    [
        ("proceed", "", State.TRIAGED),
        ("emergency", "Rang the control room at 9:05.", State.TRIAGED),
        ("not_for_us", "A civil matter; the poster was told to ask a solicitor.", State.NOT_FOR_US),
        ("duplicate", "The same as 2026-000001", State.DUPLICATE),
    ],
)
def test_each_outcome_is_recorded_with_its_reason(
    client: Client, ada: Officer, outcome: str, reason: str, state: State
) -> None:
    reference = logged(ada)
    sent = {"version": "1", "outcome": outcome, "reason": reason}
    page = text_of(client.post(page_of(reference), sent, follow=True))
    assert "Your first look is recorded." in page
    assert state_of(reference, ada) is state
    assert reason in page


@pytest.mark.parametrize("outcome", ["emergency", "not_for_us", "duplicate"])
def test_anything_but_going_on_needs_a_reason(client: Client, ada: Officer, outcome: str) -> None:
    reference = logged(ada)
    response = client.post(page_of(reference), {"version": "1", "outcome": outcome, "reason": " "})
    page = text_of(response)
    assert response.status_code == 422
    assert "E-ADM-46" in page
    assert 'href="#id_reason"' in page
    assert state_of(reference, ada) is State.LOGGED


def test_a_threat_to_life_is_told_first(client: Client, ada: Officer) -> None:
    page = text_of(client.get(page_of(logged(ada))))
    assert "ring 999 or the force control room" in page
    assert page.index("ring 999") < page.index('<form method="post" novalidate')


def test_what_was_triaged_meanwhile_is_said_and_no_word_is_lost(
    client: Client, ada: Officer
) -> None:
    reference = logged(ada)
    sent = {"version": "1", "outcome": "not_for_us", "reason": "My reason"}
    assert client.post(page_of(reference), sent).status_code == 302
    response = client.post(page_of(reference), {**sent, "reason": "Another reason"})
    assert response.status_code == 409
    assert "Another reason" in text_of(response)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("outcome", "x"),
        ("version", "x"),
        ("version", "99999999999999999999"),
        ("reason", "a\0b"),
        ("reason", "x" * 10_000_000),
    ],
)
def test_nothing_that_is_sent_breaks_the_page(
    client: Client, ada: Officer, field: str, text: str
) -> None:
    reference = logged(ada)
    sent = {"version": "1", "outcome": "not_for_us", "reason": "r", field: text}
    assert client.post(page_of(reference), sent).status_code in {409, 422}
    assert state_of(reference, ada) is State.LOGGED


def test_who_may_not_triage_is_refused(ada: Officer) -> None:
    client = signed_in(stored("Ola", Role.OVERSEER))
    assert client.get(page_of(logged(ada))).status_code == 403


def test_a_fuller_desk_takes_no_more_queries(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    client.get(page_of(reference))
    few = queries_of(lambda: client.get(page_of(reference)))
    for _ in range(10):
        logged(ada)
    assert queries_of(lambda: client.get(page_of(reference))) == few
