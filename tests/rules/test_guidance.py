"""The guidance beside the questions of casework."""

import tomllib
from pathlib import Path

import pytest

from evenhand.rules.catalogue import every_rule
from evenhand.rules.guidance import read_guidance
from evenhand.rules.lawbook import LawDataWrong

ROOT = Path(__file__).parents[2]
SHIPPED = read_guidance(
    tomllib.loads((ROOT / "src/evenhand/config/law/guidance.toml").read_text("utf-8"))
)
ONE = {
    "question": "log.url",
    "purpose": "To find it.",
    "good": "An address.",
    "leave_out": "Names.",
    "asked_by": "An Act, section 1",
    "rule": "E-URL-01",
    "verified": False,
    "source": "From memory",
}


def document(*rows: dict[str, object]) -> dict[str, object]:
    return {
        "version": 1,
        "in_force_from": tomllib.loads("d = 2026-01-01")["d"],
        "guidance": list(rows),
    }


def test_one_is_read_as_it_stands_and_need_not_name_a_rule() -> None:
    without = {key: value for key, value in ONE.items() if key != "rule"} | {"question": "log.more"}
    found = read_guidance(document(ONE, without))
    assert (found["log.url"].good, found["log.url"].rule) == ("An address.", "E-URL-01")
    assert found["log.more"].rule == ""


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([ONE, ONE], "guidance.toml, guidance log.url: this is used 2 times."),
        ([ONE | {"question": "the address"}], "is not of the form"),
        ([ONE | {"rule": "Article 10"}], "is not of the form"),
        ([{key: value for key, value in ONE.items() if key != "good"}], "good is missing."),
        ([{key: value for key, value in ONE.items() if key != "verified"}], "verified is missing."),
        ([ONE | {"leave_out": " "}], "leave_out is empty."),
        ([ONE | {"example": "1"}], "example is not a key that we know."),
    ],
)
def test_a_fault_is_told_with_its_place(rows: list[dict[str, object]], fault: str) -> None:
    with pytest.raises(LawDataWrong, match=r"guidance\.toml") as told:
        read_guidance(document(*rows))
    assert fault in str(told.value)


def test_the_guidance_names_only_rules_that_there_are_and_is_no_surer_than_they_are() -> None:
    rules = {it.code: it.verified for it in every_rule()}
    surer = [
        it.question
        for it in SHIPPED.values()
        if it.rule and (it.rule not in rules or it.verified != rules[it.rule])
    ]
    assert surer == []


def test_every_part_of_the_guidance_is_a_whole_sentence_and_short() -> None:
    for it in SHIPPED.values():
        for text in (it.purpose, it.good, it.leave_out):
            assert text.endswith((".", "?", "”")), (it.question, text)
            assert len(text) <= 240, (it.question, text)
