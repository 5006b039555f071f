"""Who may export a referral, for what, and until when."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from evenhand.rules.agreements import Field, NoAgreement, RecipientNotNamed
from evenhand.rules.exports import (
    FOR,
    Export,
    ExportStands,
    TrainingNeededForExport,
    check_may_allow,
    check_may_take,
    check_purpose_of,
    check_still_of_a_child,
    check_terms,
    chosen,
)
from evenhand.rules.officers import RoleMissing
from evenhand.rules.people import BOTH_WITHIN, Asked, AskedTooLongAgo, OwnRequest
from evenhand.rules.purposes import Purpose
from evenhand.rules.texts import UnknownChoice
from tests.builders import CY, DEE, GUS, KIM, NOW, SAM, SID, terms

ASKED = Export(Asked(by=SID.ref, at=NOW), None, None)
ALLOWED = replace(ASKED, allowed=True, answered_at=NOW)
LOCK = "age1" + "q" * 58
GOOD = terms(lock=LOCK, fields=frozenset({Field.CONTENT}))


def test_a_second_officer_allows_it_in_time() -> None:
    check_may_allow(ASKED, CY, now=NOW + BOTH_WITHIN)
    with pytest.raises(OwnRequest):
        check_may_allow(ASKED, SID, now=NOW)
    with pytest.raises(AskedTooLongAgo):
        check_may_allow(ASKED, CY, now=NOW + BOTH_WITHIN + timedelta(seconds=1))
    with pytest.raises(ExportStands):
        check_may_allow(ALLOWED, CY, now=NOW)


def test_it_is_taken_once_allowed_and_in_time() -> None:
    check_may_take(ALLOWED, now=NOW + BOTH_WITHIN)
    for export, late in ((ASKED, 0), (replace(ALLOWED, allowed=False), 0), (ALLOWED, 1)):
        with pytest.raises(ExportStands):
            check_may_take(export, now=NOW + late * (BOTH_WITHIN + timedelta(seconds=1)))


def test_of_a_child_who_is_trained_for_it_and_the_data_protection_officer_allow_it() -> None:
    asked = replace(ASKED, child=True)
    with pytest.raises(TrainingNeededForExport):
        check_may_allow(asked, GUS, now=NOW)
    check_may_allow(asked, SAM, now=NOW)
    check_may_allow(asked, DEE, as_dpo=True, now=NOW)
    with pytest.raises(RoleMissing):
        check_may_allow(ASKED, DEE, as_dpo=True, now=NOW)
    half = replace(asked, allowed=True, answered_at=NOW)
    assert half.may_leave is None
    with pytest.raises(ExportStands, match="Two people"):
        check_may_take(half, now=NOW)
    later = NOW + timedelta(hours=50)
    whole = replace(half, dpo_allowed=True, dpo_at=later)
    check_may_take(whole, now=later + BOTH_WITHIN)
    with pytest.raises(ExportStands):
        check_may_take(whole, now=later + BOTH_WITHIN + timedelta(seconds=1))
    for refused in (
        replace(asked, dpo_allowed=False, dpo_at=NOW),
        replace(half, dpo_allowed=False),
    ):
        assert refused.may_leave is False
        with pytest.raises(ExportStands):
            check_may_allow(refused, SAM, now=NOW)
        with pytest.raises(ExportStands):
            check_may_take(refused, now=NOW)
    check_still_of_a_child(True, now=True)
    with pytest.raises(ExportStands):
        check_still_of_a_child(False, now=True)


def test_the_captures_that_were_chosen_go_in_their_order() -> None:
    kept = [uuid4() for _ in range(3)]
    assert chosen(None, kept) == kept
    assert chosen({kept[2], kept[0]}, kept) == [kept[0], kept[2]]
    assert chosen([], kept) == []
    with pytest.raises(ExportStands):
        chosen([uuid4()], kept)


def test_it_leaves_for_a_law_enforcement_purpose_only() -> None:
    for purpose in FOR:
        check_purpose_of(purpose)
    with pytest.raises(UnknownChoice):
        check_purpose_of(Purpose.RIGHTS)


def test_the_agreement_lets_referrals_leave_and_has_a_key() -> None:
    check_terms(GOOD, KIM.ref, [], child=False, today=NOW.date())
    for changed in (replace(GOOD, lock=""), replace(GOOD, fields=frozenset({Field.NAME}))):
        with pytest.raises(NoAgreement):
            check_terms(changed, KIM.ref, [], child=False, today=NOW.date())
    with pytest.raises(RecipientNotNamed):
        check_terms(GOOD, uuid4(), [], child=False, today=NOW.date())
