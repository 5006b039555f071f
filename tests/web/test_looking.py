"""One look at an account too many: the question on the way to logging, and the public page."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from evenhand.actions import referrals
from evenhand.queries import referral as in_full
from evenhand.queries import referrals as lists
from evenhand.queries.referrals import Filter
from evenhand.rules.officers import Acting, Officer, Role
from evenhand.store.looks import LookRow
from tests.builders import as_reader, intake
from tests.web.filling import carried, check_valid, entered
from tests.web.people import now, queries_of, signed_in, stored, text_of
from tests.web.test_log import LOG, answers

pytestmark = pytest.mark.django_db
CHECK = "/log-content/check/"
QUESTION = "This account was looked at before"
WORDS = "A person threatens a shop with a knife."


def video(number: int, name: str = "made.up") -> str:
    return f"https://www.tiktok.com/@{name}/video/{7_000_000_000_000_000_000 + number}"


def looked_at(officer: Officer, number: int, *, days_ago: int, name: str = "made.up") -> None:
    acting = Acting(officer=officer, at=now() - timedelta(days=days_ago))
    said = intake(observed_at=acting.at)
    address = video(number, name)
    content = referrals.admit(address, said, acting=acting)
    referrals.log(content, address, said, acting=acting)


@pytest.fixture
def ada() -> Officer:
    ada = stored("Ada", Role.OFFICER)
    for number, days_ago in enumerate((20, 3)):
        looked_at(ada, number, days_ago=days_ago)
    return ada


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def how_many(officer: Officer) -> int:
    return len(lists.find(Filter(), acting=as_reader(officer)).lines)


def newest(officer: Officer) -> in_full.ReferralInFull:
    reference = lists.find(Filter(), acting=as_reader(officer)).lines[0].reference
    return in_full.one(reference, acting=as_reader(officer))


def test_the_third_look_asks_for_its_authorisation_and_keeps_every_word(
    client: Client, ada: Officer
) -> None:
    response = client.post(LOG, answers(url=video(9)))
    check_valid(response)
    page = text_of(response)
    assert response.status_code == 200
    assert QUESTION in page
    assert "E-RIPA-71" in page
    assert how_many(ada) == 2
    kept = carried(response)
    assert (kept["description"], kept["url"]) == (WORDS, video(9))
    response = client.post(LOG, kept | {"authorisation_0": "URN 12/2026"}, follow=True)
    assert "Content logged" in text_of(response)
    read = newest(ada)
    assert (read.first_look.authorisation, read.description) == ("URN 12/2026", WORDS)
    page = text_of(client.get(f"/referrals/{read.fact.reference}/"))
    assert "URN 12/2026" in page
    assert "Counted in the view ledger" in page


@pytest.mark.parametrize("reference", ["", "  ", "x" * 501, "a\0b"])
def test_a_reference_that_is_none_is_asked_for_again(
    client: Client, ada: Officer, reference: str
) -> None:
    kept = carried(client.post(LOG, answers(url=video(9))))
    response = client.post(LOG, kept | {"authorisation_0": reference})
    check_valid(response)
    assert response.status_code == 422
    assert 'href="#id_authorisation_0"' in text_of(response)
    assert carried(response)["description"] == WORDS
    assert how_many(ada) == 2


def test_what_was_entered_can_be_changed_to_what_it_was(client: Client) -> None:
    kept = carried(client.post(LOG, answers(url=video(9))))
    page = text_of(client.post(LOG, kept | {"change": "yes", "authorisation_0": ""}))
    assert '<h1 class="govuk-heading-l">Log content</h1>' in page
    assert WORDS in page


def test_what_was_reported_is_not_asked_about(client: Client, ada: Officer) -> None:
    client.post(LOG, answers(url=video(9), source="public_report"))
    assert how_many(ada) == 3
    page = text_of(client.get(f"/referrals/{newest(ada).fact.reference}/"))
    assert "Not counted: it was reported to this desk" in page


def test_an_address_that_names_no_account_is_not_counted_and_says_so(
    client: Client, ada: Officer
) -> None:
    client.post(LOG, answers())
    assert LookRow.objects.count() == 2
    page = text_of(client.get(f"/referrals/{newest(ada).fact.reference}/"))
    assert "Not counted: its address names no account" in page
    assert "An address that names no account is not counted." in text_of(client.get(LOG))


def test_each_account_of_several_addresses_is_asked_about_once(
    client: Client, ada: Officer
) -> None:
    looked_at(ada, 50, days_ago=5, name="other")
    looked_at(ada, 51, days_ago=4, name="other")
    pasted = "\n".join((video(9), video(10), "https://youtu.be/aaaaaaaaaaa", video(11, "other")))
    checked = client.post(LOG, answers(url=pasted))
    response = client.post(CHECK, entered(checked))
    page = text_of(response)
    assert QUESTION in page
    assert page.count('name="authorisation_') == 2
    kept = carried(response)
    half = client.post(CHECK, kept | {"authorisation_0": "URN 1", "authorisation_3": ""})
    assert half.status_code == 422
    assert 'value="URN 1"' in text_of(half)
    client.post(CHECK, kept | {"authorisation_0": "URN 1", "authorisation_3": "URN 2"})
    assert how_many(ada) == 8


def test_it_comes_before_the_question_about_the_same_content_and_goes_along(
    client: Client, ada: Officer
) -> None:
    kept = carried(client.post(LOG, answers(url=video(1))))
    response = client.post(LOG, kept | {"authorisation_0": "URN 3"})
    assert "This desk has 1 of them already." in text_of(response)
    kept = carried(response)
    assert kept["authorisation_0"] == "URN 3"
    client.post(CHECK, entered(response) | {"what_1": "continue", "reason_1": "It is up again."})
    assert newest(ada).first_look.authorisation == "URN 3"


def test_a_limit_reached_in_the_meantime_loses_no_answer_about_the_same_content(
    client: Client, ada: Officer
) -> None:
    checked = client.post(LOG, answers(url="\n".join((video(1), "https://youtu.be/aaaaaaaaaaa"))))
    chosen = entered(checked) | {"what_1": "continue", "reason_1": "It is up again."}
    response = client.post(CHECK, chosen)
    assert QUESTION in text_of(response)
    kept = carried(response)
    assert (kept["what_1"], kept["reason_1"]) == ("continue", "It is up again.")
    client.post(CHECK, kept | {"authorisation_0": "URN 4"})
    assert how_many(ada) == 4


def test_more_accounts_take_no_more_queries_to_ask_about(client: Client) -> None:
    client.get(LOG)

    def ask(count: int) -> int:
        pasted = "\n".join([video(9), *(video(100 + n, f"new{n}") for n in range(count))])
        # The order of the addresses decides which is refused first: the first.
        with patch("evenhand.rules.intake.MOST_ADDRESSES", 50):
            checked = client.post(LOG, answers(url=pasted))
            return queries_of(lambda: client.post(CHECK, entered(checked)))

    assert ask(3) == ask(40)


def test_anyone_may_read_where_the_boundary_is() -> None:
    response = Client().get("/public/looking")
    check_valid(response)
    page = text_of(response)
    assert response.status_code == 200
    for said in ("28 days", "E-RIPA-71", "Not verified", "names no account", "No saved accounts"):
        assert said in page
    assert 'href="/public/looking"' in text_of(Client().get("/public/contact"))


def test_the_boundary_is_one_link_away_from_logging(client: Client) -> None:
    assert 'href="/public/looking"' in text_of(client.get(LOG))
