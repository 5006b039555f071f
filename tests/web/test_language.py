"""The public pages are whole in Welsh; the officers' pages and the API are in English alone."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.conf import settings
from django.test import Client

from evenhand.rules.officers import Role
from tests.web.filling import invalid_html
from tests.web.people import signed_in, stored, text_of

pytestmark = pytest.mark.django_db
PAGES = (
    "/public/report",
    "/public/report/receipt",
    "/public/challenge",
    "/public/challenge/receipt",
    "/public/challenge/words",
    "/public/rights",
    "/public/rights/receipt",
    "/account/login/",
    "/account/closed/",
    "/there/is/no/such/page",
)
HTML = "{http://www.w3.org/1999/xhtml}"
NAMES = re.compile(
    r"Evenhand.*|([\w ]+, )?[\w.-]+@[\w.-]+|E-[A-Z\d]+-\d+|English|Cymraeg|:|PIN|JavaScript"
)
"""What is the same in every language: names, codes and addresses."""
RECEIPTS = (
    "/public/report/receipt",
    "/public/challenge/receipt",
    "/public/foi/receipt",
    "/public/rights/receipt",
)
FORMS = (
    *RECEIPTS,
    "/public/report",
    "/public/challenge",
    "/public/challenge/words",
    "/public/foi",
    "/public/rights",
)


def words_in(element: Element, *, marked: bool = False) -> Iterator[str]:
    """Give the texts of a page that are in the page's own language."""
    marked = marked or (element.tag != f"{HTML}html" and "lang" in element.attrib)
    silent = element.tag in {f"{HTML}script", f"{HTML}style"}
    if not (marked or silent) and element.text:
        yield element.text.strip()
    for child in element:
        if isinstance(child.tag, str):
            yield from words_in(child, marked=marked)
        if not marked and child.tail:
            yield child.tail.strip()
    if not marked:
        yield from (element.attrib[it] for it in ("aria-label",) if it in element.attrib)


def shown(page: str, language: str) -> set[str]:
    parsed = html5lib.parse(text_of(Client(headers={"Accept-Language": language}).get(page)))
    return {it for it in words_in(parsed) if re.search(r"[A-Za-z]", it)}


SHARED = (
    "/log/",
    "/public/by-itself",
    "/public/corrections/",
    "/public/figures/",
    "/public/documents/",
    "/public/equality/",
    "/public/scrutiny/",
    "/public/sharing",
    "/public/",
    "/public/accessibility",
    "/public/by-itself",
    "/public/clocks",
    "/public/contact",
    "/public/data/",
    "/public/looking",
    "/public/register",
    "/public/register/machinery.draft",
    "/public/reports/",
    "/public/rules",
    "/public/statistics/",
    "/public/statistics/2026/",
)
"""Pages that caches keep, which take no cookie."""


@pytest.mark.parametrize("page", [*PAGES, *SHARED])
def test_a_welsh_page_has_no_words_of_its_english_twin_but_names_and_what_is_marked(
    page: str,
) -> None:
    same = shown(page, "cy") & shown(page, "en-GB")
    assert {it for it in same if not NAMES.fullmatch(it)} == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_welsh_page_says_that_it_is_welsh_is_valid_and_leads_to_its_english(page: str) -> None:
    response = Client(headers={"Accept-Language": "cy"}).get(page)
    text = text_of(response)
    assert '<html lang="cy"' in text
    assert response["Content-Language"] == "cy"
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].replace(" ", "").split(","))
    assert "no-store" in response["Cache-Control"]
    assert f"to=en&amp;next={page.replace('/', '%2F')}" in text
    assert '<span aria-current="true">Cymraeg</span>' in text
    assert invalid_html(response) == []


@pytest.mark.parametrize("page", SHARED)
def test_a_welsh_page_that_caches_keep_says_so_too_and_leads_to_its_english_address(
    page: str,
) -> None:
    reader = Client(headers={"Accept-Language": "cy"})
    response = reader.get(page)
    text = text_of(response)
    assert '<html lang="cy"' in text
    assert response["Content-Language"] == "cy"
    assert response["Vary"] == "Accept-Encoding, Accept-Language"
    assert f"to=en&amp;next={page.replace('/', '%2F')}" in text
    assert '<span aria-current="true">Cymraeg</span>' in text
    assert invalid_html(response) == []
    assert reader.get("/public/language", {"to": "en", "next": page})["Location"] == (
        f"{page}?language=en"
    )


def test_the_choice_is_remembered_and_goes_before_the_browser() -> None:
    client = Client(headers={"Accept-Language": "en"})
    page = text_of(client.get("/public/report"))
    assert 'hreflang="cy" lang="cy" rel="nofollow">Cymraeg</a>' in page
    response = client.get("/public/language?to=cy&next=/public/report", follow=True)
    assert response.redirect_chain == [("/public/report?language=cy", 302)]
    assert '<html lang="cy"' in text_of(response)
    kept = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (kept.value, kept["httponly"], kept["samesite"]) == ("cy", True, "Lax")
    assert "Mewngofnodi" in text_of(client.get("/account/login/"))


def insides(page: str) -> set[str]:
    """Give the addresses on the desk that a page leads or sends to, but for the other language."""
    found = re.findall(r'(?:href|action)="(/(?:public|log)/[^"]*)"', page)
    return {it for it in found if not it.startswith("/public/language")}


@pytest.mark.parametrize("page", FORMS)
def test_a_welsh_address_stays_welsh_through_a_form_its_faults_and_its_links(page: str) -> None:
    client = Client()
    opened = client.get(f"{page}?language=cy")
    for response in (opened, client.post(f"{page}?language=cy", {})):
        text = text_of(response)
        assert '<html lang="cy"' in text
        assert response["Content-Language"] == "cy"
        assert "to=en" in text
        assert f'action="{page}?language=cy"' in text
        assert {it for it in insides(text) if "language=cy" not in it} == set()
        assert invalid_html(response) == []
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize("page", ["/public/", "/public/statistics/", "/public/rights"])
def test_who_reads_english_in_a_welsh_browser_stays_in_it(page: str) -> None:
    text = text_of(Client(headers={"Accept-Language": "cy"}).get(f"{page}?language=en"))
    assert '<html lang="en"' in text
    assert {it for it in insides(text) if "language=en" not in it} == set()
    # What was drawn for them is not what others are given.
    for language in ("cy", "en"):
        text = text_of(Client(headers={"Accept-Language": language}).get(page))
        assert {it for it in insides(text) if "language=en" in it} == set()


@pytest.mark.parametrize("page", FORMS)
def test_an_english_address_goes_before_what_was_chosen_once(page: str) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    assert '<html lang="cy"' in text_of(client.get(page))
    assert '<html lang="en"' in text_of(client.get(f"{page}?language=en"))
    assert '<html lang="cy"' in text_of(client.get(f"{page}?language=xx"))


@pytest.mark.parametrize("page", RECEIPTS)
def test_the_address_of_a_proof_leads_back_to_its_receipt_in_the_language(page: str) -> None:
    response = Client().get(f"{page}/log?language=cy")
    assert response["Location"] == f"{page}?language=cy"


def test_a_public_address_that_leads_nowhere_says_so_in_its_language() -> None:
    response = Client().get("/public/nowhere?language=cy")
    assert (response.status_code, response["Content-Language"]) == (404, "cy")
    assert Client().get("/account/login/?language=cy")["Content-Language"] == "en"


def test_the_page_to_sign_in_keeps_where_it_leads_when_the_language_changes() -> None:
    page = text_of(Client().get("/account/login/?next=/referrals/2026-000001/"))
    assert "next=%2Faccount%2Flogin%2F%3Fnext%3D%2Freferrals%2F2026-000001%2F" in page


@pytest.mark.parametrize("back", ["//other.example/", "https://other.example/", "public", ""])
def test_choosing_a_language_leads_nowhere_else(back: str) -> None:
    response = Client().get("/public/language", {"to": "cy", "next": back})
    assert response["Location"] == "/"


def test_a_language_that_is_not_offered_is_not_kept() -> None:
    response = Client().get("/public/language?to=xx&next=/public/rules")
    assert (response["Location"], settings.LANGUAGE_COOKIE_NAME in response.cookies) == (
        "/public/rules",
        False,
    )


def test_a_welsh_reader_is_told_in_welsh_why_they_were_not_signed_in() -> None:
    client = Client(headers={"Accept-Language": "cy"})
    page = text_of(client.post("/account/login/", {"login": "", "password": ""}))
    assert "Rhowch eich enw defnyddiwr" in page
    assert "Mae problem" in page
    assert "Gwall: " in page


def test_days_are_in_the_language_of_the_page() -> None:
    assert "28 Tachwedd 2026" in " ".join(shown("/public/accessibility", "cy"))
    assert "28 November 2026" in " ".join(shown("/public/accessibility", "en"))


def test_an_officer_who_reads_welsh_has_english_pages_whole_and_public_ones_in_welsh() -> None:
    client = signed_in(stored("Ada", Role.OFFICER))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    worklist = client.get("/")
    assert '<html lang="en"' in text_of(worklist)
    assert worklist["Content-Language"] == "en"
    assert "Rhestr waith" not in text_of(worklist)
    assert "eh-languages" not in text_of(worklist)
    rules = text_of(client.get("/public/rules?language=cy"))
    assert '<html lang="cy"' in rules
    assert "Rhestr waith" in rules
    assert "Worklist" not in rules


def test_the_api_and_its_page_are_in_english_whatever_the_browser_wants() -> None:
    client = Client(headers={"Accept-Language": "cy"})
    page = text_of(client.get("/api/v1/docs"))
    assert '<html lang="en"' in page
    assert "eh-languages" not in page
    assert "Cysylltu" not in page
    refused = client.get("/api/v1/referrals")
    assert refused.status_code == 401
    assert refused["Content-Language"] == "en"
