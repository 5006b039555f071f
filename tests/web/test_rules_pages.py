"""Everyone may read the rules that this desk keeps, all of them, each with its clause."""

import pytest
from django.test import Client

from evenhand.rules.catalogue import every_rule
from tests.web.people import queries_of, text_of

pytestmark = pytest.mark.django_db
RULES = "/public/rules"


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


def test_the_page_needs_no_database() -> None:
    client = Client()
    client.get(RULES)
    assert queries_of(lambda: client.get(RULES)) == 0
