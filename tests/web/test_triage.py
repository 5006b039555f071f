"""The first look: it goes on, it ends with a reason and a way on, or a life comes first."""

import pytest
from django.test import Client

from evenhand.queries import referral as in_full
from evenhand.queries.platforms import signposts
from evenhand.rules.officers import Officer, Role
from evenhand.rules.referrals import State
from tests.builders import as_reader
from tests.web.filling import carried, fill
from tests.web.people import logged, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
NOT_FOR_US = {
    "outcome": "not_for_us",
    "signpost": "report-fraud",
    "reason_not_for_us": "A shop that is none.",
}


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def page_of(reference: str) -> str:
    return f"/referrals/{reference}/triage/"


def state_of(reference: str, officer: Officer) -> State:
    return in_full.one(reference, acting=as_reader(officer)).fact.state


def test_going_on_needs_nothing_more(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    response = fill(client, page_of(reference), outcome="proceed")
    assert response["Location"] == f"/referrals/{reference}/"
    assert "Your first look is recorded." in text_of(client.get(response["Location"]))
    assert state_of(reference, ada) is State.TRIAGED


def test_not_for_us_says_who_deals_with_it_and_what_to_tell(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    assert fill(client, page_of(reference), **NOT_FOR_US).status_code == 302
    assert state_of(reference, ada) is State.NOT_FOR_US
    page = text_of(client.get(f"/referrals/{reference}/"))
    known = signposts()["report-fraud"]
    for shown in (known.title, known.deals_with, known.tell, "Not verified yet"):
        assert shown in page
    assert NOT_FOR_US["reason_not_for_us"] in page


def test_every_signpost_is_offered_with_what_it_deals_with(client: Client, ada: Officer) -> None:
    page = text_of(client.get(page_of(logged(ada))))
    for known in signposts().values():
        assert f'value="{known.code}"' in page
        assert known.deals_with in page


def test_a_duplicate_repeats_a_referral_that_the_officer_names(
    client: Client, ada: Officer
) -> None:
    other, reference = logged(ada), logged(ada)
    sent = {"outcome": "duplicate", "duplicate_of": other, "reason_duplicate": "The same film."}
    assert fill(client, page_of(reference), **sent).status_code == 302
    assert in_full.one(reference, acting=as_reader(ada)).duplicate_of == other
    assert f'href="/referrals/{other}/"' in text_of(client.get(f"/referrals/{reference}/"))


def test_referrals_of_the_same_content_are_offered(client: Client, ada: Officer) -> None:
    from evenhand.actions import referrals
    from evenhand.actions.referrals import Continuing
    from tests.builders import intake
    from tests.web.people import acting

    address = "https://youtu.be/dQw4w9WgXcQ"
    first = logged(ada, address)
    content = referrals.admit(address, intake(), acting=acting(ada))
    second = referrals.log(
        content, address, intake(), continuing=Continuing(reason="Again."), acting=acting(ada)
    )
    page = text_of(client.get(page_of(second)))
    assert f'value="{first}"' in page
    assert "Another referral, whose reference is below" in page
    sent = {"outcome": "duplicate", "same": "another", "reason_duplicate": "The same."}
    assert fill(client, page_of(second), **sent).status_code == 422
    sent["same"] = first
    assert fill(client, page_of(second), **sent).status_code == 302
    assert in_full.one(second, acting=as_reader(ada)).duplicate_of == first


@pytest.mark.parametrize(
    ("missing", "sent"),
    [
        ("reason_not_for_us", NOT_FOR_US | {"reason_not_for_us": " "}),
        ("signpost", NOT_FOR_US | {"signpost": ""}),
        ("signpost", NOT_FOR_US | {"signpost": "mayor"}),
        (
            "reason_duplicate",
            {"outcome": "duplicate", "duplicate_of": "2026-000001", "reason_proceed": "My words"},
        ),
        ("duplicate_of", {"outcome": "duplicate", "reason_duplicate": "My words"}),
        (
            "duplicate_of",
            {"outcome": "duplicate", "duplicate_of": "2026-999999", "reason_duplicate": "My words"},
        ),
        ("outcome", {"reason_proceed": "My words"}),
    ],
)
def test_what_is_missing_is_asked_at_its_question_and_no_word_is_lost(
    client: Client, ada: Officer, missing: str, sent: dict[str, str]
) -> None:
    reference = logged(ada)
    response = fill(client, page_of(reference), **sent)
    page = text_of(response)
    assert response.status_code == 422
    assert f'href="#id_{missing}"' in page
    assert all(words in page for name, words in sent.items() if name.startswith("reason"))
    assert state_of(reference, ada) is State.LOGGED


def test_what_was_filled_in_for_another_outcome_is_left_out(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    sent = {"outcome": "proceed", "signpost": "iwf", "duplicate_of": "2026-999999"}
    assert fill(client, page_of(reference), **sent).status_code == 302
    read = in_full.one(reference, acting=as_reader(ada))
    assert (read.first_look.signpost, read.duplicate_of) == (None, None)


def test_a_reason_written_for_one_outcome_never_goes_with_another(
    client: Client, ada: Officer
) -> None:
    reference = logged(ada)
    sent = NOT_FOR_US | {"outcome": "proceed", "reason_duplicate": "a\0b"}
    assert fill(client, page_of(reference), **sent).status_code == 302
    [move] = in_full.one(reference, acting=as_reader(ada)).moves
    assert (move.move, move.reason) == ("triage_proceed", "")


def test_what_is_asked_of_one_outcome_stands_under_it(client: Client, ada: Officer) -> None:
    page = text_of(client.get(page_of(logged(ada))))
    order = [
        'value="proceed"', 'name="reason_proceed"',
        'value="not_for_us"', 'name="signpost"', 'name="reason_not_for_us"',
        'value="duplicate"', 'name="duplicate_of"', 'name="reason_duplicate"',
        'value="emergency"',
    ]  # fmt: skip
    places = [page.index(it) for it in order]
    assert places == sorted(places)
    assert page.count('name="reason_duplicate"') == 1
    assert "data-aria-controls" not in page
    assert "govuk-radios__conditional--hidden" not in page


def test_a_threat_to_life_is_told_first(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    page = text_of(client.get(page_of(reference)))
    assert "ring 999 or the force control room" in page
    assert page.index("ring 999") < page.index('<form method="post" novalidate')
    assert f'href="/referrals/{reference}/emergency/"' in page


def test_an_emergency_goes_on_to_what_to_do_now_without_a_word(
    client: Client, ada: Officer
) -> None:
    reference = logged(ada)
    response = fill(client, page_of(reference), outcome="emergency")
    assert response["Location"] == f"/referrals/{reference}/emergency/"
    assert state_of(reference, ada) is State.TRIAGED


def test_what_was_triaged_meanwhile_is_said_and_no_word_is_lost(
    client: Client, ada: Officer
) -> None:
    reference = logged(ada)
    opened = [carried(client.get(page_of(reference))) for _ in range(2)]
    assert client.post(page_of(reference), opened[0] | NOT_FOR_US).status_code == 302
    late = opened[1] | NOT_FOR_US | {"reason_not_for_us": "Another reason"}
    response = client.post(page_of(reference), late)
    assert response.status_code == 409
    assert "Another reason" in text_of(response)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("outcome", "x"),
        ("version", "x"),
        ("version", "99999999999999999999"),
        ("reason_not_for_us", "a\0b"),
        ("reason_not_for_us", "x" * 10_000_000),
        ("signpost", "a\0b"),
        ("signpost", "x" * 100_000),
    ],
)
def test_nothing_that_is_sent_breaks_the_page(
    client: Client, ada: Officer, field: str, text: str
) -> None:
    reference = logged(ada)
    sent = {"version": "1", **NOT_FOR_US, field: text}
    assert client.post(page_of(reference), sent).status_code in {409, 422}
    assert state_of(reference, ada) is State.LOGGED


@pytest.mark.parametrize("text", ["a\0b", "x" * 100_000, "<script>", "2026-1", "\u202e"])
def test_no_reference_breaks_the_page(client: Client, ada: Officer, text: str) -> None:
    reference = logged(ada)
    told = {"outcome": "duplicate", "duplicate_of": text, "reason_duplicate": "Why."}
    sent = carried(client.get(page_of(reference))) | told
    assert client.post(page_of(reference), sent).status_code == 422
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
