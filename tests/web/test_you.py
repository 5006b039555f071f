"""An officer's own page: for oneself, and for nobody else."""

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.queries.officers import signed_in as account_signed_in
from evenhand.rules.officers import MATRIX, Officer, Permission, Role
from evenhand.web.you import present
from tests.web.filling import check_valid, entered, fill
from tests.web.people import logged, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def test_the_page_tells_what_was_done_and_looked_at_in_my_name(
    ada: Officer, client: Client
) -> None:
    mine, other = logged(ada), logged(stored("Bo", Role.OFFICER))
    client.get(f"/referrals/{mine}/")
    response = client.get("/you/")
    check_valid(response)
    page = text_of(response)
    assert f'Looked at it: <a class="govuk-link" href="/referrals/{mine}/">' in page
    assert "Logged this content" in page
    assert "This was not me" in page
    assert other not in page
    client.get("/")
    client.get(f"/referrals/{mine}/triage/")
    page = text_of(client.get("/you/"))
    for purpose in ("to read it", "to triage", "a worklist or a list"):
        assert f"· {purpose} ·" in page


def test_every_purpose_of_a_look_has_its_words() -> None:
    pages = {
        Permission.READ_PLATFORMS,
        Permission.READ_RULES,
        Permission.READ_HISTORY,
        Permission.READ_AGREEMENTS,
        Permission.READ_DISCLOSURES,
    }
    others = {Permission.SHARE, Permission.APPROVE_CHILD_SHARE, Permission.WITHHOLD_TELLING}
    requests = {
        Permission.READ_FOI,
        Permission.READ_REQUESTER,
        Permission.READ_RIGHTS,
        Permission.HANDLE_RIGHTS,
    }
    of_referrals = {it for it, roles in MATRIX.items() if Role.APPROVER in roles}
    desk = {
        Permission.LOG,
        Permission.MANAGE_ABSENCE,
        Permission.SORT_MAIL,
        Permission.STOP_CAPTURE,
        Permission.REPORT_BREACH,
        Permission.TALLY,
        Permission.ACCEPT_INSTRUCTIONS,
    }
    assert set(present.PURPOSES) == (of_referrals | others | requests) - pages - desk


def test_a_head_request_is_a_look_like_any_other(ada: Officer, client: Client) -> None:
    reference = logged(ada)
    client.head(f"/referrals/{reference}/")
    assert "Looked at it" in text_of(client.get("/you/"))


def test_what_was_opened_is_counted_for_oneself_alone(ada: Officer, client: Client) -> None:
    reference = logged(ada)
    assert "You opened no referral in the last 7 days." in text_of(client.get("/you/"))
    for _ in range(2):
        client.get(f"/referrals/{reference}/")
    page = text_of(client.get("/you/"))
    assert "Only you see these counts." in page
    assert "Not assessed yet" in page
    assert "You opened no referral" in text_of(signed_in(stored("Bo", Role.OFFICER)).get("/you/"))


@pytest.mark.parametrize("role", [Role.DPO, Role.ADMINISTRATOR, Role.EQUALITY_LEAD])
def test_every_officer_has_the_page(role: Role) -> None:
    client = signed_in(stored("Max", role))
    page = text_of(client.get("/you/"))
    assert "The log holds nothing in your name yet." in page
    assert "How much you opened" not in page


def test_older_entries_follow_on_further_pages_in_as_many_queries(
    ada: Officer, client: Client
) -> None:
    logged(ada)
    client.get("/you/")
    few = queries_of(lambda: client.get("/you/"))
    for _ in range(30):
        logged(ada)
    assert queries_of(lambda: client.get("/you/")) == few
    first = text_of(client.get("/you/"))
    query = first.partition("?before=")[2].partition('"')[0]
    older = text_of(client.get(f"/you/?before={query}"))
    assert "Back to the first page" in older
    assert "Logged this content" in older


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "٣"])
def test_a_page_that_does_not_exist_is_the_first(client: Client, before: str) -> None:
    assert client.get("/you/", {"before": before}).status_code == 200


def test_a_reminder_of_a_break_comes_only_where_it_was_wished_for(
    ada: Officer, client: Client
) -> None:
    reference = logged(ada)
    reminder = "You wanted to be reminded of a break"
    client.get(f"/referrals/{reference}/")
    assert reminder not in text_of(client.get("/"))
    done = fill(client, "/you/settings/", after_looks="1", after_minutes="", shortcuts="on")
    assert done["Location"] == "/you/"
    assert reminder in text_of(client.get("/"))
    assert 'value="1"' in text_of(client.get("/you/settings/"))
    fill(client, "/you/settings/", after_looks="", after_minutes="", shortcuts="on")
    assert reminder not in text_of(client.get("/"))


def test_a_reminder_counts_as_the_own_page_does_and_can_be_put_away(
    ada: Officer, client: Client
) -> None:
    reference = logged(ada)
    fill(client, "/you/settings/", after_looks="1", after_minutes="", shortcuts="on")
    for page in ("", "triage/", "notes/"):
        client.get(f"/referrals/{reference}/{page}")
    shown = client.get("/referrals/?state=logged")
    check_valid(shown)
    assert "Referrals you opened since the last: 1." in text_of(shown)
    away = client.post("/you/reminder/", {"back": entered(shown)["back"][-1]})
    assert away["Location"] == "/referrals/?state=logged"
    assert "You wanted to be reminded" not in text_of(client.get("/"))
    assert client.get("/you/reminder/").status_code == 405
    elsewhere = client.post("/you/reminder/", {"back": "https://elsewhere.example/"})
    assert elsewhere["Location"] == "/"


@pytest.mark.parametrize("wrong", ["0", "501", "many"])
def test_a_wish_that_cannot_come_true_is_asked_again(client: Client, wrong: str) -> None:
    answered = fill(client, "/you/settings/", after_looks=wrong)
    assert answered.status_code == 422
    assert f'value="{wrong}"' in text_of(answered)


def test_shortcuts_are_listed_and_can_be_turned_off(client: Client) -> None:
    page = text_of(client.get("/"))
    assert 'data-eh-keys="g w"' in page
    assert "shortcuts.js" in page
    fill(client, "/you/settings/")
    assert "shortcuts.js" not in text_of(client.get("/"))


def test_keys_lead_only_where_the_officer_may_go() -> None:
    page = text_of(signed_in(stored("Max", Role.ADMINISTRATOR)).get("/"))
    assert 'data-eh-keys="g w"' in page
    assert 'data-eh-keys="n"' not in page


def test_preferences_come_with_the_officer_in_one_query(ada: Officer) -> None:
    from django.contrib.auth.models import User

    account = User.objects.get(username="ada").pk
    assert queries_of(lambda: account_signed_in(account, today=timezone.localdate())) == 1
