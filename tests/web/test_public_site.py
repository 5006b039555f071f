"""The public site: what the desk does and never does, what it holds, and its numbers."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from evenhand.queries import published_register
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.never import DOES, NEVER
from evenhand.rules.officers import Role
from evenhand.rules.operations import OPERATIONS
from evenhand.rules.referrals import State
from evenhand.rules.register_beside import BESIDE
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.register_words import CALLED
from evenhand.web.frame import FOOTER
from evenhand.web.rules_kept.held import kinds
from evenhand.web.times import day
from evenhand.web.ways import WAYS
from tests.builders import DEE, LIA, NED
from tests.journeys import Desk
from tests.web.filling import check_valid
from tests.web.people import queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
SHARED = (
    "/public/",
    "/public/data/",
    "/public/statistics/",
    "/public/statistics/2026/",
    "/public/rules",
    "/public/register",
    "/public/register/machinery.draft",
    "/public/clocks",
    "/public/documents/",
    "/public/documents/dpia/",
    "/public/documents/processors/1/",
    "/public/equality/",
    "/public/scrutiny/",
    "/public/corrections/",
    "/public/figures/",
    "/public/disclosures/",
    "/public/contact",
    "/public/looking",
    "/public/sharing",
    "/public/accessibility",
    "/public/by-itself",
    "/log/",
)
FILES = (
    "/public/package.schema.json",
    "/public/notice-1.schema.json",
    "/public/rights/pack-1.schema.json",
    "/.well-known/security.txt",
)
MOST_QUERIES = 8
"""So many questions a page for everybody asks the database at most, whatever the desk holds."""

HREF = re.compile(r'href="([^"?#]+)')
LINKED_ELSEWHERE = {
    "/public/language",
    "/public/package.schema.json",
    "/public/rights/pack-1.schema.json",
    "/public/rights/receipt/log",
    "/public/report/receipt/log",
    "/public/foi/receipt/log",
    "/public/challenge/receipt/log",
    "/public/challenge/words/log",
    "/public/challenge/words",
}
"""The choice of language, schemas that the files name, and what comes after a receipt number."""


def addresses() -> Iterator[str]:
    """Give the addresses of public pages that need nothing filled in."""
    for it in get_resolver().url_patterns:
        for page in getattr(it, "url_patterns", [it]):
            for one in getattr(page, "url_patterns", [page]):
                if str(one.pattern).startswith("public/") and "<" not in str(one.pattern):
                    yield str(one.pattern)


@pytest.fixture
def documents() -> None:
    """Have two documents in force, the second with a party."""
    desk = Desk()
    desk.put_in_force()
    line = "Hosts; p@hosts.example; runs the machines; 2026-01-05; 2026-11-25"
    desk.put_in_force(DocumentKind.PROCESSORS, parties=line)


@pytest.mark.parametrize("page", FILES)
def test_a_file_for_everybody_may_be_kept_by_caches(page: str) -> None:
    first = Client().get(page)
    assert (first["Cache-Control"], first.cookies.output()) == ("public, max-age=300", "")
    assert Client(headers={"If-None-Match": first["ETag"]}).get(page).status_code == 304


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("page", [it for it in SHARED if "statistics" not in it])
def test_a_page_for_everybody_asks_the_database_little(page: str) -> None:
    anybody = Client()
    anybody.get(page)
    assert queries_of(lambda: anybody.get(page)) <= MOST_QUERIES


@pytest.mark.usefixtures("documents")
def test_a_page_of_documents_asks_no_more_however_many_are_in_force() -> None:
    before = queries_of(lambda: Client().get("/public/documents/"))
    desk = Desk(now=Desk().now + timedelta(days=1), here={NED.ref, DEE.ref, LIA.ref})
    for kind in DocumentKind:
        desk.put_in_force(kind)
    assert queries_of(lambda: Client().get("/public/documents/")) == before


@pytest.mark.usefixtures("documents")
def test_a_reader_of_welsh_stays_in_it_from_page_to_page() -> None:
    anybody = Client()
    for page in ("/public/documents/", "/public/rules", "/public/equality/", "/public/contact"):
        shown = text_of(anybody.get(f"{page}?language=cy"))
        inner = set(re.findall(r'href="(/public/[^"]*)"', shown))
        assert {it for it in inner if "language=" not in it and "to=" not in it} == set(), page


FORMS = ("/public/foi", "/public/rights", "/public/report", "/public/challenge")


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("page", [*SHARED, *FORMS])
def test_no_public_page_leads_to_where_one_signs_in(page: str) -> None:
    shown = Client().get(page).content.decode()
    sign_in = reverse(settings.LOGIN_URL)
    for there in set(HREF.findall(shown.partition("<main")[2].partition("</main>")[0])):
        if there.startswith("/"):
            assert not Client().get(there).get("Location", "").startswith(sign_in), there


def names_of(resolver: URLResolver) -> Iterator[tuple[str, object]]:
    """Give every name that an address has, with the view that it is of."""
    for it in resolver.url_patterns:
        if isinstance(it, URLResolver):
            yield from () if it.namespace else names_of(it)
        elif it.name:
            yield it.name, it.callback


def test_no_two_pages_have_one_name() -> None:
    twice = Counter(name for name, _view in set(names_of(get_resolver())))
    assert {name for name, number in twice.items() if number > 1} == set()


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("page", SHARED)
def test_a_page_for_everybody_may_be_kept_by_caches_and_sets_no_cookie(page: str) -> None:
    response = Client().get(page)
    check_valid(response)
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Vary"] == "Accept-Encoding, Accept-Language"
    assert not response.cookies
    assert "<form" not in text_of(response)


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("page", SHARED)
def test_whoever_has_a_page_already_is_answered_briefly(page: str) -> None:
    first = Client().get(page)
    again = Client(headers={"If-None-Match": first["ETag"]}).get(page)
    assert (again.status_code, again.content) == (304, b"")
    assert (again["Vary"], again["Cache-Control"]) == (first["Vary"], first["Cache-Control"])


def test_a_page_for_everybody_is_compressed_for_whoever_takes_that() -> None:
    plain = Client().get("/public/rules")
    taking = Client(headers={"Accept-Encoding": "br;q=0.9, gzip"})
    packed = taking.get("/public/rules")
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert (packed["ETag"], packed["Vary"]) == (f"W/{plain['ETag']}", plain["Vary"])
    again = taking.get("/public/rules", headers={"If-None-Match": packed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Vary"]) == (packed["ETag"], packed["Vary"])
    asked = taking.head("/public/rules")
    assert (asked["ETag"], asked["Content-Length"]) == (packed["ETag"], packed["Content-Length"])


@pytest.mark.parametrize(
    ("page", "takes"),
    [
        ("/public/rules", "gzip;q=0, br"),
        ("/public/rules", "gzip; q=0.0"),
        ("/public/rules", ""),
        ("/.well-known/security.txt", "gzip"),
        ("/public/report", "gzip"),
    ],
)
def test_no_page_is_compressed_that_is_short_or_ones_own_or_for_who_does_not_take_it(
    page: str, takes: str
) -> None:
    response = Client().get(page, headers={"Accept-Encoding": takes})
    assert (response.status_code, "Content-Encoding" in response) == (200, False)


def test_nothing_is_compressed_for_whoever_is_signed_in() -> None:
    """A page of theirs may hold a secret beside what somebody else makes them send (BREACH)."""
    eva = signed_in(stored("Eva", Role.OVERSEER))
    response = eva.get("/public/rules", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("page", SHARED)
def test_no_cache_keeps_what_a_signed_in_officer_is_shown(page: str) -> None:
    response = signed_in(stored("Eva", Role.OVERSEER)).get(page)
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("page", SHARED)
def test_the_language_comes_from_the_address_or_the_browser_and_from_no_cookie(page: str) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    assert '<html lang="en"' in text_of(client.get(page))
    welsh = client.get(f"{page}?language=cy")
    assert '<html lang="cy"' in text_of(welsh)
    assert welsh["Content-Language"] == "cy"
    assert "/public/statistics/?language=cy" in text_of(welsh)
    assert '<html lang="cy"' in text_of(Client(headers={"Accept-Language": "cy"}).get(page))


def test_the_choice_of_a_language_leads_back_to_the_page_in_it() -> None:
    response = Client().get("/public/language?to=cy&next=/public/statistics/%3Flanguage%3Den")
    assert response["Location"] == "/public/statistics/?language=cy"


def test_the_home_leads_to_every_public_page_and_says_each_promise() -> None:
    page = text_of(Client().get("/public/"))
    for way in WAYS:
        assert str(way.text) in page
        assert f'href="{way.href}"' in page
        assert Client().get(way.href).status_code == 200
    for promise in (*DOES, *NEVER):
        assert promise.text in page.replace("&#x27;", "'")
        assert all(f"#{code}" in page for code in promise.rules)


def test_every_public_page_is_on_the_home_or_on_a_page_that_is() -> None:
    home = text_of(Client().get("/public/"))
    near = {it for it in HREF.findall(home) if it.startswith(("/public/", "/log/"))}
    assert {way.href for way in WAYS} <= near
    reached = near.union(*(HREF.findall(text_of(Client().get(it))) for it in near))
    assert {f"/{it}" for it in addresses()} - LINKED_ELSEWHERE <= reached


def test_the_foot_of_a_page_names_few_ways_and_the_home_is_one() -> None:
    assert len(FOOTER) <= 8
    assert "/public/" in {href for _text, href in FOOTER}


def test_the_page_of_what_is_held_counts_the_fields_and_says_when_they_changed() -> None:
    page = text_of(Client().get("/public/data/"))
    assert f"can hold {len(REGISTER)} fields" in page
    assert "They are the same" in page
    assert "22 November 2026" in page


def test_no_name_of_a_table_is_on_the_page_of_what_is_held() -> None:
    page = text_of(Client().get("/public/data/"))
    tables = [it for it in (*CALLED, *BESIDE) if "_" in it or "." in it]
    assert [it for it in tables if it in page] == []
    assert "Requests for information" in page
    assert "Absences of officers (" in page
    register = text_of(Client().get("/public/register"))
    assert ">Requests for information</a>" in register


def test_each_kind_of_record_has_one_line_with_all_of_its_fields() -> None:
    rows: Any = kinds(REGISTER)["rows"]
    of = Counter(it.table for it in REGISTER)
    assert [row[0]["text"] for row in rows] == [CALLED[it] for it in of]
    assert [int(row[2]["text"]) for row in rows] == list(of.values())


def test_a_desk_that_holds_a_field_that_is_not_listed_says_so_on_its_public_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(published_register, "REGISTER", REGISTER[1:])
    page = text_of(Client().get("/public/data/"))
    assert "E-PUB-64" in page
    assert f"{REGISTER[0].table}.{REGISTER[0].column}" in page
    assert "They are the same" not in page


def test_the_pages_need_few_queries_however_many_referrals_there_are() -> None:
    client = Client()
    desk = Desk()
    counts = []
    for _turn in range(2):
        desk.brought_to(State.CHECKED)
        counts.append(queries_of(partial(client.get, "/public/statistics/")))
    assert counts[0] == counts[1] < 30


def test_what_goes_on_by_itself_is_listed_with_its_effect_and_no_record_is_made_so() -> None:
    Desk().brought_to(State.LOGGED)
    page = unescape(text_of(Client().get("/public/by-itself")))
    for it in OPERATIONS:
        assert f">{it.does}</td>" in page
        assert f">{it.effect}</td>" in page
    assert f"{len(OPERATIONS)} operations" in page
    assert f"by the log up to {day(localdate())}: <strong>0</strong>" in page
