"""A life at risk: the page says what to do now, then asks what was done, and nothing is lost."""

import pytest
from django.test import Client

from evenhand.queries import referral as in_full
from evenhand.rules.officers import Officer, Role
from evenhand.rules.referrals import State
from tests.builders import ADA, as_reader
from tests.journeys import Desk
from tests.web.filling import entered, fill
from tests.web.people import logged, now, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
DONE = {
    "done": ["control_room", "platform_disclosure"],
    "done_at_day": "20",
    "done_at_month": "11",
    "done_at_year": "2025",
    "done_at_hour": "9",
    "done_at_minute": "5",
    "told": "The duty inspector",
    "their_reference": "CAD 1234",
    "words": "Officers went to the address.",
}


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def page_of(reference: str) -> str:
    return f"/referrals/{reference}/emergency/"


def test_what_to_do_now_comes_before_every_question(client: Client, ada: Officer) -> None:
    page = text_of(client.get(page_of(logged(ada))))
    order = ["force control room, or 999", "ask YouTube", "Do not write to the poster", "<form"]
    places = [page.index(it, page.index("<main")) for it in order]
    assert places == sorted(places)
    assert "Law Enforcement Request System" in page
    assert "Not verified by this desk" in page


def test_the_time_now_is_filled_in(client: Client, ada: Officer) -> None:
    opened = client.get(page_of(logged(ada)))
    assert "The time now is filled in." in text_of(opened)
    sent = {name: DONE[name] for name in ("done", "told")}
    answered = client.post(page_of(logged(ada)), entered(opened) | sent)
    assert answered.status_code == 302


def test_of_a_site_that_we_do_not_know_no_route_is_made_up(client: Client, ada: Officer) -> None:
    page = text_of(client.get(page_of(logged(ada, "https://site.example/post/1"))))
    assert "knows no emergency route of theirs" in page


def test_it_stays_first_on_the_worklist_marked_until_it_is_recorded(
    client: Client, ada: Officer
) -> None:
    reference = logged(ada)
    bo = signed_in(stored("Bo", Role.OFFICER))
    fill(client, f"/referrals/{reference}/triage/", outcome="emergency")
    for who in (client, bo):
        page = text_of(who.get("/"))
        assert "Nobody has recorded yet what was done." in page
        assert page_of(reference) in page
        assert "govuk-tag--red" in page
    page = text_of(client.get(f"/referrals/{reference}/"))
    assert "Nobody has recorded yet what was done." in page
    assert "A life is at risk: act and record" in page
    response = fill(client, page_of(reference), **DONE)
    assert response["Location"] == f"/referrals/{reference}/"
    for who in (client, bo):
        assert "Nobody has recorded yet what was done." not in text_of(who.get("/"))


def test_the_record_is_told_on_the_referral(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    assert fill(client, page_of(reference), **DONE).status_code == 302
    page = text_of(client.get(f"/referrals/{reference}/"))
    for shown in (
        "What was done is recorded.",
        "The force control room was told; The platform was asked for emergency disclosure",
        "20 November 2025 at 9:05am",
        "The duty inspector",
        "CAD 1234",
        "Officers went to the address.",
    ):
        assert shown in page
    overseer = text_of(signed_in(stored("Ola", Role.OVERSEER)).get(f"/referrals/{reference}/"))
    assert "The force control room was told" in overseer
    assert "CAD 1234" not in overseer
    history = text_of(client.get(f"/referrals/{reference}/history/"))
    assert "recorded what was done for the life at risk" in history


def test_only_what_is_needed_is_needed(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    sent = DONE | {"their_reference": "", "words": ""}
    assert fill(client, page_of(reference), **sent).status_code == 302
    assert "Their reference" not in text_of(client.get(f"/referrals/{reference}/"))


@pytest.mark.parametrize(
    ("wrong", "at", "said"),
    [
        ({"done": []}, "done", "Select everything that was done"),
        ({"done": ["prayed"]}, "done", "Select only answers on this page"),
        ({"done_at_year": "2999"}, "done_at_day", "E-EMER-02"),
        ({"done_at_day": "31"}, "done_at_day", "day"),
        ({"told": ""}, "told", "Enter who was told"),
        ({"told": "x" * 501}, "told", "500 characters or fewer"),
        ({"words": "a\0b"}, "words", "cannot be stored"),
    ],
)
def test_what_is_wrong_is_said_at_its_question_and_no_word_is_lost(
    client: Client, ada: Officer, wrong: dict[str, object], at: str, said: str
) -> None:
    reference = logged(ada)
    response = fill(client, page_of(reference), **DONE | wrong | {"their_reference": "Kept 77"})
    page = text_of(response)
    assert response.status_code == 422
    assert f'href="#id_{at}"' in page
    assert said in page
    assert "Kept 77" in page
    assert in_full.one(reference, acting=as_reader(ada)).first_look.emergencies == []


def test_a_life_at_risk_can_be_found_out_as_long_as_the_desk_is_at_work() -> None:
    desk = Desk(now=now())
    desk.by(ADA)
    client = signed_in(ADA)
    for state in (State.AWAITING_APPROVAL, State.SENT, State.REOPENED):
        page = text_of(client.get(f"/referrals/{desk.brought_to(state)}/"))
        assert "A life is at risk" in page
    closed = text_of(client.get(f"/referrals/{desk.brought_to(State.CLOSED)}/"))
    assert "A life is at risk" not in closed


def test_after_the_statutory_route_nothing_is_written_down(client: Client, ada: Officer) -> None:
    from evenhand.actions import assessments
    from evenhand.rules.assessments import ReportedTo
    from tests.web.people import acting

    reference = logged(ada)
    assessments.take_statutory_route(
        reference, reported_to=ReportedTo.IWF, reported_reference="1", acting=acting(ada)
    )
    response = client.get(page_of(reference))
    assert response.status_code == 409
    assert "E-EMER-03" in text_of(response)
    assert "A life is at risk" not in text_of(client.get(f"/referrals/{reference}/"))


def test_who_may_not_triage_is_refused(ada: Officer) -> None:
    client = signed_in(stored("Ola", Role.OVERSEER))
    assert client.get(page_of(logged(ada))).status_code == 403


def test_a_fuller_desk_takes_no_more_queries(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    client.get(page_of(reference))
    few = queries_of(lambda: client.get(page_of(reference)))
    for _ in range(10):
        fill(client, page_of(logged(ada)), **DONE)
    assert queries_of(lambda: client.get(page_of(reference))) == few
