import re
from pathlib import Path

import django
from django.urls import get_resolver

from evenhand.rules.catalogue import every_rule
from evenhand.rules.refusals import Refused, all_rules

CODE = re.compile(r"E-[A-Z0-9]+-\d\d")
TESTS = Path(__file__).parents[1]


def house_rules() -> list[type[Refused]]:
    django.setup()
    every_rule()
    assert get_resolver().url_patterns
    return [it for it in all_rules() if it.__module__.startswith("evenhand.")]


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [it.code for it in house_rules()]
    assert [it for it in codes if not CODE.fullmatch(it)] == []
    assert sorted(set(codes)) == sorted(codes)


def test_every_refusal_says_its_rule_in_one_sentence() -> None:
    wrong = [it.code for it in house_rules() if not re.fullmatch(r"[“A-Z].{10,130}\.”?", it.rule())]
    assert wrong == []


def test_every_rule_is_broken_by_some_test() -> None:
    here = Path(__file__)
    texts = "\n".join(it.read_text("utf-8") for it in TESTS.rglob("*.py") if it != here)
    missing = [
        f"{it.code} {it.__name__}"
        for it in house_rules()
        if it.code not in texts and not re.search(rf"\b{it.__name__}\b", texts)
    ]
    assert not missing, f"No test breaks: {', '.join(missing)}"
