"""The counts of a month: every number with its meaning, for whoever may list referrals."""

import csv
import html
import io
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.queries import people_count
from evenhand.queries.people_count import PeopleCount
from evenhand.rules.counting import DEFINITIONS, Counted, month_of
from evenhand.rules.officers import Officer, Role
from evenhand.web.counting import present
from tests.web.filling import check_valid
from tests.web.people import logged, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def test_every_number_has_its_words_and_its_place() -> None:
    assert set(present.TITLES) == set(Counted)
    assert sorted(it for _, several in present.GROUPS for it in several) == sorted(Counted)


def test_a_month_is_shown_with_what_each_number_means(client: Client, ada: Officer) -> None:
    logged(ada)
    response = client.get("/counts/")
    check_valid(response)
    page = text_of(response)
    for definition in DEFINITIONS.values():
        assert definition in page
    assert "This month is not over." in page
    assert '<span class="govuk-!-font-weight-bold">1</span>' in page


def test_what_was_refused_is_told_by_rule(client: Client) -> None:
    client.post("/log-content/", {"public_without_login": "no"})
    page = text_of(client.get("/counts/"))
    assert "Refused at intake, by rule" in page
    assert "E-PRIV-72" in page


def test_where_people_on_record_come_from_is_said_in_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [PeopleCount("", 3, 3), PeopleCount("evenhand", 2, 2), PeopleCount("Old <1>", 1, 1)]
    monkeypatch.setattr(people_count, "on_record", lambda **_officer: found)
    page = text_of(client.get("/counts/"))
    for told in ("All together", "Logged in this system", "Brought over from Old &lt;1&gt;"):
        assert told in page


def test_a_quiet_month_says_so(client: Client) -> None:
    page = text_of(client.get("/counts/?month=2001-02"))
    assert "Counts, February 2001" in page
    assert "Nothing happened in this month." in page
    assert '<option value="2001-02" selected>' in page


@pytest.mark.parametrize("month", ["2999-01", "x", "2026-13", "%00", "1" * 5000, "<script>"])
def test_a_month_that_is_none_is_refused_with_a_sentence(client: Client, month: str) -> None:
    response = client.get("/counts/", {"month": month})
    assert response.status_code == 422
    check_valid(response)
    assert "There is a problem" in text_of(response)


def as_at(day: date) -> dict[str, int]:
    return {f"as_at_{part}": getattr(day, part) for part in ("day", "month", "year")}


def test_a_month_is_shown_and_downloaded_as_at_a_day(client: Client, ada: Officer) -> None:
    logged(ada)
    today = timezone.localdate()
    response = client.get("/counts/", as_at(today))
    check_valid(response)
    page = text_of(response)
    assert f"as this desk knew it at the end of {today.day} " in page
    assert f"People on record at the end of {today.day} " in page
    [file] = re.findall(r'href="(\?month=[^"]*csv=1)"', page)
    rows = list(csv.DictReader(io.StringIO(text_of(client.get(f"/counts/{html.unescape(file)}")))))
    assert {it["as_at"] for it in rows} == {today.isoformat()}


def test_a_day_as_at_which_nothing_is_kept_is_refused_beside_its_field(client: Client) -> None:
    response = client.get("/counts/", as_at(date(2001, 2, 3)))
    assert response.status_code == 422
    check_valid(response)
    assert "What the desk knew on 3 February 2001 is not kept." in text_of(response)


def test_three_years_are_offered(client: Client) -> None:
    page = text_of(client.get("/counts/"))
    assert page.count('<option value="2') == 36
    assert f'value="{month_of(datetime.now(UTC).date()).before}"' in page


@pytest.mark.parametrize("role", [Role.DPO, Role.OVERSEER])
def test_who_oversees_finds_the_counts_from_the_start(role: Role) -> None:
    client = signed_in(stored("Ola", role))
    assert 'href="/counts/"' in text_of(client.get("/"))
    assert client.get("/counts/").status_code == 200


def test_who_may_not_list_referrals_is_refused() -> None:
    assert signed_in(stored("Max", Role.ADMINISTRATOR)).get("/counts/").status_code == 403


def test_more_referrals_take_no_more_queries(client: Client, ada: Officer) -> None:
    client.get("/counts/")
    few = queries_of(lambda: client.get("/counts/"))
    for _ in range(10):
        logged(ada)
    assert queries_of(lambda: client.get("/counts/")) == few


def test_the_numbers_are_downloaded_as_a_table(client: Client, ada: Officer) -> None:
    logged(ada)
    client.post("/log-content/", {"public_without_login": "no"})
    page = text_of(client.get("/counts/?month=2026-01"))
    assert 'href="?month=2026-01&amp;csv=1"' in page
    file = client.get("/counts/?csv=1")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    month = str(month_of(timezone.localdate()))
    assert file["Content-Disposition"] == f'attachment; filename="counts-{month}.csv"'
    head, *lines = csv.reader(text_of(file).splitlines())
    assert head == ["month", "as_at", "code", "name", "count", "definition"]
    numbers = {(at, code): number for at, _as_at, code, _name, number, _meaning in lines}
    assert numbers[month, "logged"] == numbers[month, "E-PRIV-72"] == "1"
    assert len(lines) == len(Counted) + 1
    assert client.get("/counts/?csv=1&month=x").status_code == 422
    assert signed_in(stored("Max", Role.ADMINISTRATOR)).get("/counts/?csv=1").status_code == 403
