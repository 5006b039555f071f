"""Answers are never lost: not by a second click, not by a session that ends."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import QueryDict
from django.test import Client

from evenhand.actions.assessments import take_statutory_route
from evenhand.queries import referrals as lists
from evenhand.queries.referrals import Filter
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.officers import Officer, Role
from evenhand.web import drafting
from tests.builders import as_reader
from tests.web.people import acting, logged, signed_in, stored, text_of
from tests.web.test_log import LOG, answers

pytestmark = pytest.mark.django_db
SECRET = "Zauberwort in my own words"


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


def sign_of(client: Client, address: str = LOG) -> str:
    found = re.search(r'name="submission" value="([^"]+)"', text_of(client.get(address)))
    assert found
    return found[1]


def how_many(officer: Officer) -> int:
    return len(lists.find(Filter(), acting=as_reader(officer)).lines)


def drafts() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM machinery.draft")
        return int(cursor.fetchone()[0])


def end_of_session(client: Client) -> None:
    Session.objects.all().delete()


def sign_in_again(client: Client, officer: Officer) -> None:
    from django.contrib.auth.models import User

    account = User.objects.get(username=officer.name.lower())
    client.force_login(account, backend="evenhand.web.account.backend.AccountsOfOfficers")


def test_kept_answers_come_back_exactly_and_are_forgotten_when_told(ada: Officer) -> None:
    sent = QueryDict("a=1&a=2&b=%F0%9F%92%A9&csrfmiddlewaretoken=x&submission=y")
    drafting.keep("form", sent, acting(ada), about="2026-000001")
    found = drafting.kept("form", acting(ada))
    assert dict(found.lists()) == {"a": ["1", "2"], "b": ["\N{PILE OF POO}"]}
    assert not drafting.kept("form", acting(stored("Bo", Role.OFFICER)))
    drafting.forget("form", acting(ada))
    assert not drafting.kept("form", acting(ada))


def test_a_double_click_logs_once_and_both_end_at_the_same_page(ada: Officer) -> None:
    client = signed_in(ada)
    sent = answers(submission=sign_of(client))
    first, second = client.post(LOG, sent), client.post(LOG, sent)
    assert first["Location"] == second["Location"]
    assert how_many(ada) == 1


def test_a_form_sent_again_with_other_answers_says_that_they_were_not_saved(ada: Officer) -> None:
    client = signed_in(ada)
    sent = answers(submission=sign_of(client), url="https://example.com/a")
    client.post(LOG, sent)
    page = text_of(client.post(LOG, sent | {"url": "https://example.com/b"}, follow=True))
    assert "What you changed in it since was not saved." in page
    assert how_many(ada) == 1


def test_a_refused_form_can_be_sent_again(ada: Officer) -> None:
    client = signed_in(ada)
    reference = logged(ada)
    triage = f"/referrals/{reference}/triage/"
    sent = {"submission": sign_of(client, triage), "version": "1", "outcome": "not_for_us"}
    assert client.post(triage, sent).status_code == 422
    whole = sent | {"signpost": "report-fraud", "reason_not_for_us": "A shop that is none."}
    assert client.post(triage, whole).status_code == 302


def test_a_form_shown_again_after_an_error_keeps_its_sign(ada: Officer) -> None:
    client = signed_in(ada)
    sign = sign_of(client)
    page = text_of(client.post(LOG, answers(submission=sign, description="")))
    assert sign in page


class TestSessionEnd:
    """A form sent after the session had ended comes back filled in, to the same officer only."""

    @pytest.fixture
    def client(self, ada: Officer) -> Client:
        return signed_in(ada)

    def send_too_late(self, client: Client, **changes: str) -> Any:
        sign = sign_of(client)
        end_of_session(client)
        return client.post(LOG, answers(description=SECRET, submission=sign, **changes))

    def test_the_answers_are_back_after_signing_in(self, client: Client, ada: Officer) -> None:
        response = self.send_too_late(client)
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/?next=/log-content/%3Fkept%3D")
        assert "Zauberwort" not in response["Location"]
        back = response["Location"].partition("next=")[2].replace("%3F", "?").replace("%3D", "=")
        sign_in_again(client, ada)
        for _ in range(2):  # also when the page is loaded again
            page = text_of(client.get(back))
            assert "Nothing was saved yet. Your answers are here" in page
            assert SECRET in page
            assert 'value="20"' in page
        client.post(back, answers(description=SECRET, submission=sign_of(client, back)))
        assert how_many(ada) == 1
        assert drafts() == 0

    def test_no_word_of_them_is_in_the_session_or_the_database(self, client: Client) -> None:
        self.send_too_late(client)
        (session,) = Session.objects.all()
        assert "Zauberwort" not in str(session.get_decoded())
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM machinery.draft")
            (row,) = cursor.fetchall()
        assert b"Zauberwort" not in b"".join(bytes(it) for it in row if isinstance(it, memoryview))

    def test_the_statutory_route_forgets_them(self, client: Client, ada: Officer) -> None:
        reference = logged(ada)
        triage = f"/referrals/{reference}/triage/"
        sent = {"submission": sign_of(client, triage), "version": "1", "reason": SECRET}
        end_of_session(client)
        assert client.post(triage, sent).status_code == 302
        assert drafts() == 1
        take_statutory_route(
            reference,
            reported_to=ReportedTo.IWF,
            reported_reference="IWF-7",
            acting=acting(ada),
        )
        assert drafts() == 0

    def test_another_officer_at_the_same_screen_does_not_see_them(self, client: Client) -> None:
        self.send_too_late(client)
        (session,) = Session.objects.all()
        back = f"{LOG}?kept={session.get_decoded()['kept']['ref']}"
        sign_in_again(client, stored("Bo", Role.OFFICER))
        assert SECRET not in text_of(client.get(back))

    def test_another_browser_does_not_see_them(self, client: Client, ada: Officer) -> None:
        self.send_too_late(client)
        (session,) = Session.objects.all()
        back = f"{LOG}?kept={session.get_decoded()['kept']['ref']}"
        assert SECRET not in text_of(signed_in(ada).get(back))

    def test_what_no_officer_was_shown_is_not_kept(self) -> None:
        assert Client().post(LOG, answers(submission="x/y")).status_code == 403
        assert drafts() == 0

    def test_what_is_not_public_is_not_kept(self, client: Client) -> None:
        assert self.send_too_late(client, public_without_login="no").status_code == 403
        assert drafts() == 0

    def test_more_than_a_megabyte_is_not_kept(self, client: Client) -> None:
        assert self.send_too_late(client, url="x" * 2_000_000).status_code == 403
        assert drafts() == 0

    def test_a_form_opened_before_the_last_sign_in_comes_back_filled(self, ada: Officer) -> None:
        client = signed_in(ada)
        client.handler.enforce_csrf_checks = True
        sent = answers(description=SECRET, submission=sign_of(client))
        stale = client.post(LOG, sent)
        assert stale.status_code == 302
        assert stale["Location"].startswith(f"{LOG}?kept=")
        page = text_of(client.get(stale["Location"]))
        assert "Nothing was saved yet" in page
        assert SECRET in page
        assert how_many(ada) == 0

    def test_a_form_shown_to_a_colleague_is_not_kept_for_another(self, ada: Officer) -> None:
        sent = answers(
            description=SECRET, submission=sign_of(signed_in(stored("Bo", Role.OFFICER)))
        )
        client = signed_in(ada)
        client.handler.enforce_csrf_checks = True
        assert client.post(LOG, sent).status_code == 403
        assert drafts() == 0

    def test_a_form_without_its_token_is_not_kept(self, client: Client) -> None:
        sign = sign_of(client)
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(LOG, answers(submission=sign)).status_code == 403
        assert drafts() == 0

    @pytest.mark.parametrize("kept", ["", "x", "00000000-0000-0000-0000-000000000000", "%00"])
    def test_a_made_up_id_brings_nothing_back(self, client: Client, kept: str) -> None:
        assert client.get(f"{LOG}?kept={kept}").status_code == 200
