"""Which referrals can be assessed together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.assessments import Assessment, Child, Ground
from evenhand.rules.groups import (
    GROUPABLE,
    LARGEST,
    OWN,
    SHARED,
    SMALLEST,
    GroupOfOnePlatform,
    GroupSize,
    NotOneReason,
    check_group,
    check_one_reason,
    check_still_group,
    same_evidence,
)
from evenhand.rules.referrals import MoveForbidden, Referral, State
from tests.builders import assessment, referral


def several(count: int) -> list[Referral]:
    return [referral(reference=f"2026-{number:06d}") for number in range(count)]


def test_what_is_shared_and_what_is_own_make_up_an_assessment() -> None:
    assert sorted([*OWN, *SHARED]) == sorted(Assessment.__dataclass_fields__)


@given(st.integers(0, 60))
def test_a_group_has_two_to_twenty_referrals(count: int) -> None:
    if SMALLEST <= count <= LARGEST:
        check_group(several(count))
    else:
        with pytest.raises(GroupSize):
            check_group(several(count))


def test_a_group_that_some_have_left_may_be_one_referral() -> None:
    check_still_group(several(1))
    for count in (0, LARGEST + 1):
        with pytest.raises(GroupSize):
            check_still_group(several(count))


def test_a_group_is_on_one_platform() -> None:
    mixed = [referral(platform="youtube"), referral(platform="x")]
    for check in (check_group, check_still_group):
        with pytest.raises(GroupOfOnePlatform) as told:
            check(mixed)
        assert "x, youtube" in str(told.value)


@pytest.mark.parametrize("state", sorted(set(State) - GROUPABLE))
def test_what_somebody_has_begun_to_assess_joins_no_group(state: State) -> None:
    with pytest.raises(MoveForbidden):
        check_group([referral(), referral(state)])


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(GroupOfOnePlatform) as told:
        check_group([referral(), referral(State.SENT, platform="x")])
    assert [it.code for it in told.value.every] == ["E-GRP-02", "E-MOVE-01"]


@pytest.mark.parametrize(
    "change",
    [{"harm": "V2"}, {"ground": Ground.TERMS}, {"necessity": "Other."}, {"also_harms": ("H1",)}],
)
def test_the_reason_is_one_for_all(change: dict[str, object]) -> None:
    with pytest.raises(NotOneReason):
        check_one_reason([assessment(), assessment(**change)])


def test_the_evidence_may_differ_and_so_may_the_child() -> None:
    own = replace(
        assessment(), evidence_inside="Other.", child=Child.YES, child_interests="To be left out."
    )
    check_one_reason([assessment(), own])


def test_the_same_evidence_word_for_word_is_named() -> None:
    one = assessment(evidence_inside="At 0:42.", supports_opposite="A joke.")
    two = assessment(evidence_inside=" At  0:42.\n", supports_opposite="A quotation.")
    other = assessment(evidence_inside="At 0:43.", supports_opposite="Fiction.")
    assert same_evidence({"b": one, "a": two, "c": other}) == {"evidence_inside": ["a", "b"]}
