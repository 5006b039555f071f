"""Everyone may read the rules that this desk keeps, all of them, each with its clause."""

import re
from functools import partial

import pytest
from django.test import Client

from evenhand.rules.catalogue import every_rule
from evenhand.rules.register_desk import REGISTER
from tests.web.filling import check_valid
from tests.web.people import queries_of, text_of

pytestmark = pytest.mark.django_db
RULES = "/public/rules"
REGISTER_PAGE = "/public/register"


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
    for page in (RULES, REGISTER_PAGE):
        client.get(page)
        assert queries_of(partial(client.get, page)) == 0


def test_every_field_that_is_held_is_on_the_page_of_its_table() -> None:
    response = Client().get(REGISTER_PAGE)
    check_valid(response)
    tables = dict(re.findall(r'id="table-([^"]+)">(.*?)</table>', text_of(response), re.DOTALL))
    for line in REGISTER:
        assert re.search(rf">\s*{line.column}\s*</th>", tables[line.table]), line


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
