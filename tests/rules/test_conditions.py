"""A policy document states the conditions of Schedule 8 that it relies on, out of the law data."""

from dataclasses import replace
from pathlib import Path

import pytest

import evenhand
from evenhand.rules.assurance import Assured, Claim, Document, DocumentKind, Stage
from evenhand.rules.clocks_law import Status
from evenhand.rules.conditions import (
    ConditionsWrong,
    ConditionWrong,
    check_conditions,
    check_still_stated,
    read_conditions,
    relied_on,
)
from evenhand.rules.profile import Regime
from tests.builders import NED

FILE = Path(evenhand.__file__).parent / "config" / "law" / "schedule_8.csv"
KNOWN = read_conditions(FILE.read_text("utf-8").splitlines())
APD, HERE = DocumentKind.APD, Regime.UK_PART3
POLICY = Document(kind=APD, number=1, stage=Stage.WRITTEN, written_by=NED.ref)


def test_a_document_rests_on_nothing_that_nobody_read_and_never_on_what_is_public() -> None:
    assert KNOWN.keys() >= set("12345")
    assert not KNOWN["5"].whole_document
    assert {it.status for it in KNOWN.values() if it.whole_document} == {Status.READ}


def test_a_stated_paragraph_that_the_law_data_has_no_more_keeps_its_number() -> None:
    kept, gone = relied_on(("1", "99"), KNOWN)
    assert kept is KNOWN["1"]
    assert (gone.paragraph, gone.title, gone.whole_document) == ("99", "", False)


@pytest.mark.parametrize(
    "line", ["6,Other,perhaps,Schedule 8,read", "6,Other,yes,Schedule 8,heard", "6,Other"]
)
def test_a_row_that_cannot_be_used_is_named(line: str) -> None:
    with pytest.raises(ConditionsWrong, match="Other"):
        read_conditions(["paragraph,title,whole_document,source,status", line])


@pytest.mark.parametrize("stated", [["1"], ["1", "4"], list("1234")])
def test_a_policy_document_states_one_condition_or_more(stated: list[str]) -> None:
    check_conditions(APD, stated, KNOWN, HERE)


@pytest.mark.parametrize(
    ("stated", "why"),
    [([], "states no condition"), (["9"], "no such condition"), (["1", "5"], "one post at a time")],
)
def test_none_an_unknown_one_and_that_data_is_public_are_refused(
    stated: list[str], why: str
) -> None:
    with pytest.raises(ConditionWrong, match=why) as told:
        check_conditions(APD, stated, KNOWN, HERE)
    assert told.value.at == "conditions"


@pytest.mark.parametrize(
    ("kind", "regime"),
    [(it, HERE) for it in DocumentKind if it is not APD]
    + [(APD, it) for it in Regime if it is not HERE],
)
def test_no_other_document_and_no_desk_under_other_law_states_any(
    kind: DocumentKind, regime: Regime
) -> None:
    check_conditions(kind, [], KNOWN, regime)
    check_still_stated(replace(POLICY, kind=kind), Assured(dpia=None, apd=None, regime=regime))
    with pytest.raises(ConditionWrong, match="under Part 3"):
        check_conditions(kind, ["1"], KNOWN, regime)


def test_a_version_from_before_is_not_put_in_force() -> None:
    here = Assured(dpia=None, apd=None, regime=HERE)
    check_still_stated(replace(POLICY, conditions=("1",)), here)
    with pytest.raises(ConditionWrong, match="states no condition"):
        check_still_stated(POLICY, here)


def test_a_desk_that_came_under_other_law_assesses_that_before_its_policy_says_so() -> None:
    dpia = replace(POLICY, kind=DocumentKind.DPIA, claims=frozenset({Claim.PART_3}))
    before = Assured(dpia=dpia, apd=None, regime=Regime.UK_GDPR)
    with pytest.raises(ConditionWrong, match="impact assessment in force"):
        check_still_stated(POLICY, before)
    check_still_stated(replace(POLICY, conditions=("1",)), before)
    check_still_stated(POLICY, replace(before, dpia=replace(dpia, claims=frozenset())))
