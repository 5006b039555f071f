"""Everyone may read the rules that this desk keeps, all of them, each with its clause."""

import html
from functools import partial

import pytest
from django.test import Client

from evenhand.rules.catalogue import every_rule
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.register_words import CALLED
from tests.web.filling import check_valid
from tests.web.people import queries_of, text_of

pytestmark = pytest.mark.django_db
RULES = "/public/rules"
REGISTER_PAGE = "/public/register"
SMALL = 100_000
"""The whole register, field by field, has seven times as many bytes."""


def test_every_rule_is_on_the_page_for_anyone_to_read() -> None:
    page = text_of(Client().get(RULES))
    for rule in every_rule():
        assert f'id="{rule.code}"' in page


def test_rules_of_every_floor_are_found() -> None:
    Client().get(RULES)
    codes = {rule.code for rule in every_rule()}
    assert {"E-ADM-46", "E-OFF-01", "E-REP-01", "E-FIND-02", "E-TWO-01"} <= codes


def test_no_two_rules_share_a_code() -> None:
    codes = [rule.code for rule in every_rule()]
    assert len(codes) == len(set(codes))


def test_every_rule_is_one_sentence_with_a_clause() -> None:
    for rule in every_rule():
        assert rule.sentence.endswith("."), rule.code
        assert rule.clause, rule.code


def test_what_no_person_has_verified_says_so() -> None:
    page = text_of(Client().get(RULES))
    start = page.index('id="E-PRIV-72"')
    assert "Not verified" in page[start : page.index('class="eh-rule"', start)]


def test_the_pages_need_no_database() -> None:
    client = Client()
    for page in (RULES, REGISTER_PAGE, f"{REGISTER_PAGE}/person"):
        client.get(page)
        assert queries_of(partial(client.get, page)) == 0


def test_every_field_that_is_held_is_on_the_page_of_its_table() -> None:
    pages = {it.table: Client().get(f"{REGISTER_PAGE}/{it.table}") for it in REGISTER}
    check_valid(pages["person"])
    for line in REGISTER:
        page = text_of(pages[line.table])
        assert f"{html.escape(line.about)}<br><code>{line.column}</code>" in page, line
    assert Client().get(f"{REGISTER_PAGE}/nothing").status_code == 404


def test_the_first_page_of_the_register_is_small_and_names_each_kind_in_words() -> None:
    response = Client().get(REGISTER_PAGE)
    check_valid(response)
    page = text_of(response)
    for table in {it.table for it in REGISTER}:
        link = f'id="table-{table}" href="{REGISTER_PAGE}/{table}">{html.escape(CALLED[table])}</a>'
        assert link in page
        assert f">{table}<" not in page
    assert "from closing. Some fields: review after 6 months" in page
    assert len(response.content) < SMALL
    packed = Client().get(REGISTER_PAGE, headers={"Accept-Encoding": "br, gzip"})
    assert len(packed.content) < len(response.content) / 5


@pytest.mark.parametrize("page", [REGISTER_PAGE, f"{REGISTER_PAGE}/person", "/public/data/"])
def test_a_kind_of_record_that_is_held_for_two_purposes_names_both(page: str) -> None:
    told = text_of(Client().get(page))
    both = "hand over what must be handed over. Some fields: protect a victim or witness"
    assert both in told


def test_the_fields_of_each_kind_are_led_to_in_the_readers_language() -> None:
    welsh = {"Accept-Language": "cy"}
    page = text_of(Client(headers=welsh).get(REGISTER_PAGE))
    assert f'href="{REGISTER_PAGE}/person?language=cy"' in page
    fields = text_of(Client().get(f"{REGISTER_PAGE}/person?language=cy"))
    assert f'href="{REGISTER_PAGE}?language=cy"' in fields
    assert "Mae’r rhestr ei hun yn Saesneg." in fields


def test_the_page_of_rules_is_valid() -> None:
    check_valid(Client().get(RULES))


def test_the_clocks_of_law_say_how_far_each_was_read() -> None:
    response = Client().get("/public/clocks")
    check_valid(response)
    page = text_of(response)
    assert "reply to a freedom of information request" in page
    assert "20 working days" in page
    assert "Not verified: from memory" in page
    assert "60 days, as a service standard" in page
