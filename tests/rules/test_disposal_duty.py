"""What the desk has to erase without being asked, and what alone ends that."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.disposal_duty import Duty, DutyStands, check_no_duty, drops_suspicion
from evenhand.rules.holds import Hold, HoldKind
from evenhand.rules.people_roles import ACCUSED, PROTECTED, PersonRole
from evenhand.rules.retention import (
    Because,
    KeepingDecision,
    Kept,
    RecordKind,
    decide,
    duty_to_erase,
)
from evenhand.rules.retention_schedules import Dates

START = date(2026, 1, 1)
KEPT = Kept(
    kind=RecordKind.PERSON,
    reference="P-7K3M9XQA",
    schedule="D05",
    dates=Dates(START, START + timedelta(days=180), START + timedelta(days=365)),
)
DAYS = st.integers(0, 800).map(lambda days: START + timedelta(days=days))


@given(duty=st.sampled_from(Duty), restricted=st.booleans(), today=DAYS)
def test_what_is_to_be_erased_is_due_at_once_unless_it_is_closed_or_held(
    duty: Duty, restricted: bool, today: date
) -> None:
    kept = replace(KEPT, duty=duty, restricted=restricted)
    without = decide(replace(kept, duty=None), today=today)
    decision = decide(kept, today=today).decision
    if not restricted:
        assert decision in {KeepingDecision.DISPOSE, KeepingDecision.DESTROY}
    assert restricted <= (decide(kept, today=today) == without)
    held = replace(kept, holds=(Hold(HoldKind.EVIDENCE, today),))
    assert decide(held, today=today).because is Because.HELD


@given(today=DAYS)
def test_the_basis_of_a_persons_record_ends_with_its_last_day(today: date) -> None:
    over = today >= KEPT.dates.max_on
    assert duty_to_erase(KEPT, today=today) == (Duty.BASIS_EXPIRED if over else None)
    assert duty_to_erase(replace(KEPT, kind=RecordKind.REFERRAL), today=today) is None
    found = replace(KEPT, duty=Duty.POLICY_LAPSED)
    assert duty_to_erase(found, today=today) is Duty.POLICY_LAPSED


@pytest.mark.parametrize(("earlier", "role"), list(product(PersonRole, PersonRole)))
def test_a_suspicion_is_dropped_where_nothing_that_protects_takes_its_place(
    earlier: PersonRole, role: PersonRole
) -> None:
    assert drops_suspicion(earlier, role) == (
        earlier in ACCUSED and role not in ACCUSED and role not in PROTECTED
    )


def test_what_is_to_be_erased_is_not_kept_on() -> None:
    check_no_duty(None)
    for duty in Duty:
        with pytest.raises(DutyStands):
            check_no_duty(duty)
