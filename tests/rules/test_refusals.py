"""How the house says no."""

import re
import string
from collections import Counter

import pytest

from evenhand.rules.catalogue import every_rule
from evenhand.rules.refusals import Kind, Refused, all_rules, raise_all

PUBLISHED = every_rule()
RULES = [it for it in all_rules() if it.__module__.startswith("evenhand.rules.")]


class Broken(Refused):
    """A rule of this test."""

    code = "E-TEST-01"


@pytest.mark.parametrize("rule", RULES, ids=lambda it: it.code)
def test_a_rule_has_a_code_a_sentence_and_a_clause(rule: type[Refused]) -> None:
    assert re.fullmatch(r"E-[A-Z\d]+-\d\d", rule.code)
    assert rule.rule().endswith(".")
    assert rule.clause
    assert isinstance(rule.kind, Kind)


def test_no_two_rules_share_a_code() -> None:
    assert [code for code, count in Counter(it.code for it in RULES).items() if count > 1] == []


def test_the_catalogue_publishes_every_rule_of_the_house() -> None:
    assert {it.code for it in RULES} <= {it.code for it in PUBLISHED}


def test_a_refusal_fills_its_values_in_and_leaves_the_values_alone() -> None:
    told = Broken("Not {this}.", this="{this} {that}")
    assert str(told) == "Not {this} {that}."
    assert told.sentence == "Not {this}."


def test_refusals_come_together_in_the_order_of_the_form() -> None:
    first, second, third = (Broken(it) for it in string.ascii_letters[:3])
    with pytest.raises(Broken) as told:
        raise_all([first, second, third])
    assert told.value.every == (first, second, third)
    raise_all([])


def test_a_refusal_alone_is_every_refusal() -> None:
    assert [str(it) for it in Broken("No.").every] == ["No."]


def test_a_family_of_rules_that_has_no_code_is_no_rule_itself() -> None:
    class Family(Refused):
        """Refusals that have something in common."""

    assert Family not in all_rules()
