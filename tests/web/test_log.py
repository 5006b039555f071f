"""Logging content: several addresses become a referral each, all or none, and nothing is lost."""

import csv
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evenhand.queries import referral as in_full
from evenhand.queries import referrals as lists
from evenhand.queries.referrals import Filter
from evenhand.rules.officers import Officer, Role
from tests.builders import as_reader
from tests.web.filling import entered
from tests.web.people import signed_in, stored, text_of

pytestmark = pytest.mark.django_db
LOG = "/log-content/"
YOUTUBE = "https://youtu.be/dQw4w9WgXcQ"
WITH_NAMES = Path(__file__).parent.parent / "data" / "person_names.csv"


def answers(**changes: str) -> dict[str, str]:
    return {
        "url": YOUTUBE,
        "public_without_login": "yes",
        "observed_at_day": "20",
        "observed_at_month": "11",
        "observed_at_year": "2025",
        "observed_at_hour": "9",
        "observed_at_minute": "30",
        "source": "officer_found",
        "source_detail": "",
        "content_type": "video",
        "language": "en",
        "language_code": "",
        "description": "A person threatens a shop with a knife.",
    } | changes


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def everything(officer: Officer) -> list[lists.ReferralLine]:
    return list(lists.find(Filter(), acting=as_reader(officer)).lines)


def test_one_address_becomes_a_referral_and_the_page_says_what_comes_next(
    client: Client, ada: Officer
) -> None:
    response = client.post(LOG, answers(), follow=True)
    (line,) = everything(ada)
    page = text_of(response)
    assert "Content logged" in page
    assert line.reference in page
    assert f"/referrals/{line.reference}/triage/" in page
    referral = in_full.one(line.reference, acting=as_reader(ada))
    assert referral.address == YOUTUBE
    assert referral.description == answers()["description"]
    assert referral.logged_by == "Ada"


def test_a_refused_address_is_named_and_nothing_is_logged(client: Client, ada: Officer) -> None:
    response = client.post(LOG, answers(url="http://localhost/x"))
    page = text_of(response)
    assert response.status_code == 422
    assert "This address does not lead to a public website." in page
    assert "Rule E-URL-04" in page
    assert answers()["description"] in page
    assert everything(ada) == []


@pytest.mark.parametrize("missing", ["url", "source", "content_type", "language", "description"])
def test_an_unanswered_question_is_asked_again_and_the_rest_is_kept(
    client: Client, ada: Officer, missing: str
) -> None:
    response = client.post(LOG, answers(source_detail="My own detail", **{missing: ""}))
    page = text_of(response)
    assert response.status_code == 422
    assert "There is a problem" in page
    assert f'href="#id_{missing}"' in page
    assert "My own detail" in page
    assert everything(ada) == []


def test_what_is_not_public_is_refused_and_nothing_of_it_is_kept(
    client: Client, ada: Officer
) -> None:
    secret = "Zauberwort in a closed group"
    response = client.post(
        LOG, answers(public_without_login="no", description=secret, source="", url="x")
    )
    page = text_of(response)
    assert response.status_code == 422
    assert "E-PRIV-72" in page
    assert "Zauberwort" not in page
    assert f'href="{LOG}">Log other content' in page
    assert 'href="/public/looking"' in page
    assert everything(ada) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rule, count FROM refused_intake")
        assert cursor.fetchall() == [("E-PRIV-72", 1)]
        cursor.execute("SELECT count(*) FROM machinery.draft")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "said", [{"url": "https://t.me/c/1234567/89"}, {"public_without_login": "no", "url": "x"}]
)
def test_the_same_showing_of_the_form_sent_again_counts_one_refusal(
    client: Client, said: dict[str, str]
) -> None:
    found = re.search(r'name="submission" value="([^"]+)"', client.get(LOG).content.decode())
    assert found is not None
    for _again in range(3):
        assert client.post(LOG, answers(submission=found[1], **said)).status_code == 422
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(count) FROM refused_intake")
        assert cursor.fetchone() == (1,)


def test_the_time_now_is_filled_in(client: Client, ada: Officer) -> None:
    opened = client.get(LOG)
    assert "The time now is filled in." in text_of(opened)
    told = {name: said for name, said in answers().items() if "observed_at" not in name}
    client.post(LOG, entered(opened) | told)
    [line] = everything(ada)
    seen = in_full.one(line.reference, acting=as_reader(ada)).observed_at
    assert timedelta(0) <= datetime.now(UTC) - seen < timedelta(minutes=2)


def test_a_time_in_the_future_is_refused_at_its_question(client: Client) -> None:
    page = text_of(client.post(LOG, answers(observed_at_year="2999")))
    assert "The time you saw it is in the future." in page
    assert 'href="#id_observed_at_day"' in page


def test_another_language_needs_its_code(client: Client, ada: Officer) -> None:
    assert "Enter the code of the language" in text_of(client.post(LOG, answers(language="other")))
    page = text_of(client.post(LOG, answers(language="other", language_code="not a code")))
    assert "E-LANG-01" in page
    client.post(LOG, answers(language="other", language_code="mt"))
    (line,) = everything(ada)
    assert in_full.one(line.reference, acting=as_reader(ada)).language == "mt"


def test_fifty_one_addresses_are_too_many(client: Client, ada: Officer) -> None:
    pasted = "\n".join(f"https://youtu.be/{number:011d}" for number in range(51))
    assert "E-MANY-01" in text_of(client.post(LOG, answers(url=pasted)))
    assert everything(ada) == []


class TestHostile:
    """Whatever is typed is kept exactly, or refused with a sentence."""

    @pytest.mark.parametrize("field", ["description", "source_detail", "url"])
    def test_ten_megabytes_are_refused(self, client: Client, ada: Officer, field: str) -> None:
        response = client.post(LOG, answers(**{field: "x" * 10_000_000}))
        assert response.status_code == 422
        assert "characters or fewer" in text_of(response)
        assert everything(ada) == []

    @pytest.mark.parametrize("field", sorted(answers()))
    @pytest.mark.parametrize(
        "text", ["\0", "a\0b", "\u202egnp.exe", "\N{PILE OF POO}", "<script>", "%s%n"]
    )
    def test_no_field_breaks_the_page(self, client: Client, field: str, text: str) -> None:
        response = client.post(LOG, answers(**{field: text}))
        assert response.status_code in {302, 422}

    def test_an_address_that_reads_other_than_it_is_is_refused(self, client: Client) -> None:
        page = text_of(client.post(LOG, answers(url="https://example.com/\u202egnp.exe")))
        assert "E-URL-05" in page

    def test_names_of_every_locale_are_kept_exactly(self, client: Client, ada: Officer) -> None:
        with WITH_NAMES.open(encoding="utf-8", newline="") as file:
            rows = [" ".join(filter(None, list(it.values())[2:])) for it in csv.DictReader(file)]
        words = "\n".join(rows) + "\n\N{PILE OF POO} \u202e\u200b e\u0301 \u00e9 \u2067\U0001f1e6"
        sent: dict[str, Any] = answers(description=words[:10_000], source_detail=words[10_000:])
        response = client.post(LOG, sent)
        assert response.status_code == 302
        (line,) = everything(ada)
        referral = in_full.one(line.reference, acting=as_reader(ada))
        assert referral.description == sent["description"]
        assert referral.source_detail == sent["source_detail"]
        page = text_of(client.get(f"/referrals/{line.reference}/"))
        assert rows[0] in page


def test_only_who_may_log_sees_the_form() -> None:
    assert signed_in(stored("Ola", Role.OVERSEER)).get(LOG).status_code == 403


def test_a_forged_confirmation_confirms_nothing(client: Client) -> None:
    response = client.get("/log-content/done/?reference=2026-999999&reference=%00<b>")
    assert response.status_code == 302
