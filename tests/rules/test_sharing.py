"""What leaves is agreed, verified, allowed by its handling code and approved by another."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.agreements import PACKED, Field
from evenhand.rules.assessments import Kind
from evenhand.rules.officers import Officer
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import Condition, Handling, Information, Source
from evenhand.rules.refusals import Refused
from evenhand.rules.sharing import (
    MOVES,
    OVER,
    Carrier,
    Disclosure,
    Item,
    Standing,
    Subject,
    all_fields,
    check_carrier,
    check_child,
    check_gaps,
    check_items,
    check_may_approve,
    check_may_release,
    check_move,
    check_stands,
    check_subject,
    check_vault,
    check_within,
    faults_of,
    is_approved,
    left_out,
)
from tests.builders import CY, DEE, NOW, SID, TODAY, item, terms

CONSULT = frozenset({Condition.CONSULT_ORIGINATOR})
SUBJECT = Subject(PersonRole.VICTIM, child=False, held=True, review_on=TODAY)
DIGEST = bytes(32)
KEPT_BACK: list[tuple[dict[str, Any], str]] = [
    ({"stands": False}, "E-QUAL-16"),
    ({"verified_at": None}, "E-QUAL-16"),
    ({"verified_at": NOW - timedelta(days=7, seconds=1)}, "E-QUAL-16"),
    ({"verified_at": NOW + timedelta(seconds=1)}, "E-QUAL-16"),
    ({"kind": Kind.ASSESSMENT}, "E-QUAL-17"),
    ({"kind": Kind.ASSESSMENT, "grade_source": Source.UNTESTED}, "E-QUAL-17"),
    ({"grade_information": Information.SUSPECTED_FALSE}, "E-HND-20"),
    ({"handling": None}, "E-HND-20"),
    ({"handling": Handling.CONDITIONS}, "E-HND-20"),
    ({"handling": Handling.CONDITIONS, "conditions": CONSULT}, "E-HND-20"),
]
FREE: list[dict[str, Any]] = [
    {},
    {"verified_at": NOW - timedelta(days=7)},
    {"handling": Handling.CONDITIONS, "conditions": CONSULT, "consented": True},
    {"handling": Handling.CONDITIONS, "conditions": frozenset({Condition.OVERT_USE})},
    {
        "kind": Kind.ASSESSMENT,
        "grade_source": Source.UNTESTED,
        "grade_information": Information.INDIRECTLY,
    },
]


def disclosure(standing: Standing = Standing.PROPOSED, **changes: Any) -> Disclosure:
    plain = Disclosure(
        reference="D-1",
        standing=standing,
        digest=DIGEST,
        child=False,
        built_by=SID.ref,
        built_at=NOW,
    )
    return replace(plain, **changes)


@pytest.mark.parametrize(("changes", "code"), KEPT_BACK)
def test_a_statement_that_may_not_leave_keeps_the_package_here(
    changes: dict[str, Any], code: str
) -> None:
    assert [it.code for it in faults_of(item(**changes), now=NOW)] == [code]
    with pytest.raises(Refused) as told:
        check_items([item(), item(**changes), item(**changes)], now=NOW)
    assert [it.code for it in told.value.every] == [code]


@pytest.mark.parametrize("changes", FREE)
def test_a_statement_that_is_fresh_and_coded_may_leave(changes: dict[str, Any]) -> None:
    check_items([item(**changes)], now=NOW)


@given(
    agreed=st.sets(st.sampled_from(Field), min_size=1),
    wanted=st.sets(st.sampled_from(Field)),
    kinds=st.lists(st.sampled_from(Kind)),
    role=st.sampled_from(PersonRole),
)
def test_nothing_but_what_was_agreed_gets_into_a_package(
    agreed: set[Field], wanted: set[Field], kinds: list[Kind], role: PersonRole
) -> None:
    one = terms(fields=frozenset(agreed))
    items: list[Item] = [item(kind=it, ref=UUID(int=at)) for at, it in enumerate(kinds)]
    fields = all_fields(wanted, items)
    if fields <= agreed and role is PersonRole.VICTIM:
        check_within(fields, role, one)
        assert set(left_out(fields, one)) == PACKED - fields
        return
    with pytest.raises(Refused) as told:
        check_within(fields, role, one)
    assert told.value.code == "E-SHR-63"


@pytest.mark.parametrize(
    ("changes", "checked"),
    [
        ({"held": False}, True),
        ({"review_on": TODAY - timedelta(days=1)}, True),
        ({"contested": frozenset({"name"})}, True),
        ({}, False),
    ],
)
def test_a_record_that_is_not_in_force_or_not_checked_stays(
    changes: dict[str, Any], checked: bool
) -> None:
    with pytest.raises(Refused) as told:
        check_subject(replace(SUBJECT, **changes), checked=checked, today=TODAY)
    assert told.value.code == "E-QUAL-16"
    check_subject(SUBJECT, checked=True, today=TODAY)


@pytest.mark.parametrize("reporter", [True, False])
@pytest.mark.parametrize("fields", [{Field.CONTACT, Field.NAME}, {Field.NAME}])
def test_how_a_reporter_is_reached_leaves_in_no_package(reporter: bool, fields: set[Field]) -> None:
    subject = replace(SUBJECT, reporter=reporter)
    if not (reporter and Field.CONTACT in fields):
        check_vault(fields, subject)
        return
    with pytest.raises(Refused) as told:
        check_vault(fields, subject)
    assert (told.value.code, told.value.at) == ("E-CON-05", "fields")


def test_data_about_a_child_leave_for_a_compelling_reason_only() -> None:
    child = replace(SUBJECT, child=True)
    for compelling in ("", " \u200b ", ".", "Because."):
        with pytest.raises(Refused) as told:
            check_child(child, compelling)
        assert (told.value.code, told.value.at) == ("E-CHD-75", "compelling")
    check_child(child, "He is threatened at his school today.")
    check_child(SUBJECT, "")


def test_a_package_says_what_is_not_known() -> None:
    with pytest.raises(Refused) as told:
        check_gaps(" ")
    assert told.value.code == "E-QUAL-17"
    check_gaps("Nothing is missing.")


def test_a_package_is_sealed_only_where_there_is_a_key() -> None:
    with pytest.raises(Refused) as told:
        check_carrier(Carrier.SEALED, terms())
    assert (told.value.code, told.value.at) == ("E-SHR-63", "carrier")
    check_carrier(Carrier.PRINTED, terms())
    check_carrier(Carrier.SEALED, terms(lock="age1"))


@pytest.mark.parametrize("here", Standing)
@pytest.mark.parametrize("there", Standing)
def test_a_disclosure_goes_step_by_step(here: Standing, there: Standing) -> None:
    if there in MOVES.get(here, frozenset()):
        check_move(disclosure(here), there)
        return
    with pytest.raises(Refused) as told:
        check_move(disclosure(here), there)
    assert told.value.code == "E-SHR-66"


@pytest.mark.parametrize("here", Standing)
@pytest.mark.parametrize("recalled", [True, False])
@pytest.mark.parametrize("doubted", [True, False])
def test_words_that_were_recalled_contested_or_came_to_nothing_are_given_to_nobody(
    here: Standing, recalled: bool, doubted: bool
) -> None:
    if not (recalled or doubted or here in OVER):
        check_stands(disclosure(here), recalled=recalled, doubted=doubted)
        return
    with pytest.raises(Refused) as told:
        check_stands(disclosure(here), recalled=recalled, doubted=doubted)
    assert told.value.code == "E-QUAL-16"


@pytest.mark.parametrize(
    ("officer", "digest", "at", "code"),
    [
        (SID, DIGEST, NOW, "E-TWO-03"),
        (CY, DIGEST, NOW + timedelta(hours=72, seconds=1), "E-TWO-04"),
        (CY, b"another" * 4, NOW, "E-SHR-65"),
    ],
)
def test_a_second_officer_approves_the_same_package_in_time(
    officer: Officer, digest: bytes, at: datetime, code: str
) -> None:
    with pytest.raises(Refused) as told:
        check_may_approve(disclosure(), officer, digest.hex(), now=at)
    assert told.value.code == code
    check_may_approve(disclosure(), CY, DIGEST.hex(), now=NOW + timedelta(hours=72))


def test_what_is_about_a_child_takes_two_approvers() -> None:
    one = disclosure(approved_by=CY.ref)
    assert not is_approved(disclosure())
    assert is_approved(one)
    assert not is_approved(replace(one, child=True))
    assert not is_approved(disclosure(dpo_by=DEE.ref, child=True))
    assert is_approved(replace(one, child=True, dpo_by=DEE.ref))


def test_an_approved_package_is_handed_over_within_72_hours() -> None:
    ready = disclosure(Standing.APPROVED, approved_by=CY.ref)
    check_may_release(ready, now=NOW + timedelta(hours=72))
    with pytest.raises(Refused) as told:
        check_may_release(ready, now=NOW + timedelta(hours=73))
    assert told.value.code == "E-TWO-04"
    with pytest.raises(Refused) as told:
        check_may_release(replace(ready, child=True), now=NOW)
    assert told.value.code == "E-CHD-75"
