"""What is held of a person for one purpose serves another only once that is allowed."""

from itertools import product

import pytest

from evenhand.rules.officers import Officer
from evenhand.rules.purposes import (
    OTHERS,
    OWN,
    ChangeUnfounded,
    OtherPurpose,
    Purpose,
    PurposeChange,
    check_change,
    check_purpose,
)
from evenhand.rules.texts import LONG, TextTooLong
from tests.builders import ADA, DEE, RIA, SID

WHOLE = {"law": "Children Act 2004 s.11", "necessity": "To warn her.", "proportionality": "Yes."}


@pytest.mark.parametrize(("purpose", "officer"), list(product(Purpose, (ADA, SID, DEE, RIA))))
def test_nothing_else_is_done_without_leave_but_to_answer_for_rights(
    purpose: Purpose, officer: Officer
) -> None:
    check_purpose(purpose, {purpose}, officer)
    if purpose is OWN or (purpose is Purpose.RIGHTS and officer in {DEE, RIA}):
        check_purpose(purpose, (), officer)
        return
    others = set(OTHERS) - {purpose}
    with pytest.raises(OtherPurpose):
        check_purpose(purpose, others, officer)


@pytest.mark.parametrize("purpose", Purpose)
def test_only_another_law_enforcement_purpose_is_asked_for(purpose: Purpose) -> None:
    change = PurposeChange(purpose=purpose, **WHOLE)
    if purpose in OTHERS:
        check_change(change)
        return
    with pytest.raises(ChangeUnfounded):
        check_change(change)


def test_each_ground_is_given_and_every_fault_is_told() -> None:
    with pytest.raises(ChangeUnfounded) as told:
        check_change(PurposeChange(purpose=OWN, law=" ", necessity="", proportionality=""))
    assert [it.at for it in told.value.every] == ["purpose", "law", "necessity", "proportionality"]
    with pytest.raises(TextTooLong):
        change = {**WHOLE, "law": "x" * (LONG + 1)}
        check_change(PurposeChange(purpose=Purpose.EVIDENCE, **change))
