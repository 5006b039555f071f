"""Saved lists on the pages: kept in one form, one click from the list and the worklist."""

import pytest
from django.test import Client

from evenhand.actions import saved_lists
from evenhand.queries import saved_lists as asking
from evenhand.rules.officers import Officer, Role
from evenhand.rules.saved_lists import MOST_LISTS
from tests.web.people import acting, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
LISTS, SAVE = "/referrals/lists/", "/referrals/lists/save/?state=logged&officer=ada"
FILTERS = {"state": "logged", "officer": "ada"}


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def test_filters_are_kept_under_a_name_and_lead_back_to_the_list(
    client: Client, ada: Officer
) -> None:
    assert "Logged · with Ada" in text_of(client.get(SAVE))
    saved = client.post(SAVE, {"name": "My <own>"})
    assert saved["Location"] == "/referrals/?state=logged&officer=ada"
    for page in ("/", "/referrals/", LISTS):
        text = text_of(client.get(page))
        assert "My &lt;own&gt;" in text
        assert 'href="/referrals/?state=logged&amp;officer=ada"' in text
    assert "Logged · with Ada" in text_of(client.get(LISTS))


def test_a_second_click_saves_nothing_twice(client: Client, ada: Officer) -> None:
    sign = text_of(client.get(SAVE)).partition('name="submission" value="')[2].partition('"')[0]
    for _ in range(2):
        client.post(SAVE, {"name": "Mine", "submission": sign})
    assert len(asking.of(ada)) == 1


def test_saving_and_renaming_can_be_left_without_doing_it(client: Client, ada: Officer) -> None:
    there = 'href="/referrals/?state=logged&amp;officer=ada">Cancel'
    assert there in text_of(client.get(SAVE))
    ref = saved_lists.add("Mine", FILTERS, acting=acting(ada))
    assert f'href="{LISTS}">Cancel' in text_of(client.get(f"{LISTS}{ref}/"))


def test_a_list_is_renamed_and_removed(client: Client, ada: Officer) -> None:
    ref = saved_lists.add("Mine", FILTERS, acting=acting(ada))
    assert 'value="Mine"' in text_of(client.get(f"{LISTS}{ref}/"))
    assert client.post(f"{LISTS}{ref}/", {"name": "  "}).status_code == 422
    assert client.post(f"{LISTS}{ref}/", {"name": "Other"}).status_code == 302
    [kept] = asking.of(ada)
    assert kept.name == "Other"
    assert client.get(f"{LISTS}{kept.ref}/remove/").status_code == 405
    assert client.post(f"{LISTS}{kept.ref}/remove/").status_code == 302
    assert "You have none." in text_of(client.get(LISTS))


def test_what_is_another_officers_is_not_found(client: Client) -> None:
    theirs = saved_lists.add("Bo's", FILTERS, acting=acting(stored("Bo", Role.OFFICER)))
    assert "Bo&#x27;s" not in text_of(client.get(LISTS))
    assert client.get(f"{LISTS}{theirs}/").status_code == 404
    assert client.post(f"{LISTS}{theirs}/remove/").status_code == 404


def test_what_cannot_be_saved_is_said(client: Client, ada: Officer) -> None:
    assert "E-LIST-02" in text_of(client.get("/referrals/lists/save/?q=knife"))
    assert client.post(SAVE, {"name": ""}).status_code == 422
    for _ in range(MOST_LISTS):
        saved_lists.add("Mine", FILTERS, acting=acting(ada))
    full = client.post(SAVE, {"name": "One more"})
    assert full.status_code == 422
    assert "E-LIST-01" in text_of(full)
    assert 'value="One more"' in text_of(full)


def test_a_list_whose_choice_is_gone_says_so_and_can_be_removed(
    client: Client, ada: Officer
) -> None:
    saved_lists.add("Old", {"state": "gone"}, acting=acting(ada))
    assert "not offered any more" in text_of(client.get(LISTS))
    assert client.get("/referrals/?state=gone").status_code == 422


def test_more_lists_take_no_more_queries(client: Client, ada: Officer) -> None:
    for page in ("/", "/referrals/", LISTS):
        saved_lists.add("Mine", FILTERS, acting=acting(ada))
        client.get(page)
        few = queries_of(lambda page=page: client.get(page))  # type: ignore[misc]
        for _ in range(5):
            saved_lists.add("Mine", FILTERS, acting=acting(ada))
        assert queries_of(lambda page=page: client.get(page)) == few  # type: ignore[misc]


def test_who_lists_nothing_has_no_lists() -> None:
    client = signed_in(stored("Max", Role.ADMINISTRATOR))
    for page in (LISTS, SAVE):
        assert client.get(page).status_code == 403
