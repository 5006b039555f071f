"""Who must be trained in what, and what an officer cannot do whose training is over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.officers import (
    DECISIONS,
    INSTRUCTED,
    MATRIX,
    NotInstructed,
    Permission,
    Role,
    check_may,
)
from evenhand.rules.training import (
    GRACE,
    LONGEST,
    RECORDED,
    Course,
    Known,
    NothingToAccept,
    OwnTraining,
    Standing,
    Training,
    TrainingWrong,
    accepting,
    as_known,
    check_in_force,
    check_may_record,
    check_training,
    needed_by,
    standing,
)
from tests.builders import ADA, CY, GUS, LIA, MAX, OLA, TODAY

DAY = timedelta(days=1)
days = st.integers(-900, 900).map(lambda it: TODAY + timedelta(days=it))


@given(until=days)
def test_who_is_appointed_for_children_is_an_approver_for_them_while_the_training_is_in_date(
    until: date,
) -> None:
    found = as_known(CY, Known(children_until=until), today=TODAY)
    assert (Role.CHILD_APPROVER in found.roles) == (until >= TODAY)
    assert Role.APPROVER in found.roles


def test_who_has_no_training_on_the_register_has_none() -> None:
    assert as_known(CY, Known(), today=TODAY).roles == {Role.APPROVER}
    assert as_known(GUS, Known(children_until=TODAY), today=TODAY).roles == GUS.roles


@pytest.mark.parametrize(
    ("known", "instructed"),
    [
        (Known(), True),
        (Known(since=TODAY), True),
        (Known(since=TODAY - GRACE), True),
        (Known(since=TODAY - GRACE - DAY), False),
        (Known(since=TODAY - 100 * DAY, accepted_until=TODAY), True),
        (Known(since=TODAY - 100 * DAY, accepted_until=TODAY - DAY), False),
    ],
)
def test_instructions_are_accepted_within_two_weeks_and_again_within_a_year(
    known: Known, *, instructed: bool
) -> None:
    assert as_known(ADA, known, today=TODAY).is_instructed is instructed
    assert as_known(OLA, known, today=TODAY).is_instructed


@given(since=days, accepted=st.none() | days)
def test_who_is_to_accept_them_is_asked_from_the_first_day_and_two_weeks_before_the_year_ends(
    since: date, accepted: date | None
) -> None:
    found = as_known(ADA, Known(since=since, accepted_until=accepted), today=TODAY)
    last = accepted or since + GRACE
    assert found.accepts_by == (last if last - GRACE <= TODAY else None)
    assert found.is_instructed or found.accepts_by is not None
    if accepted is None and since <= TODAY:
        assert found.accepts_by == since + GRACE


def test_nobody_is_asked_where_no_instructions_are_in_force_or_who_oversees() -> None:
    assert as_known(ADA, Known(), today=TODAY).accepts_by is None
    assert as_known(OLA, Known(since=TODAY), today=TODAY).accepts_by is None


@pytest.mark.parametrize("permission", Permission)
def test_who_has_not_accepted_them_decides_nothing_and_does_the_rest(
    permission: Permission,
) -> None:
    officer = replace(ADA, roles=MATRIX[permission])
    check_may(officer, permission)
    late = replace(officer, is_instructed=False)
    if permission in INSTRUCTED:
        with pytest.raises(NotInstructed):
            check_may(late, permission)
    else:
        check_may(late, permission)


def test_a_restored_desk_is_opened_by_who_cannot_accept_the_instructions_before() -> None:
    opening = {Permission.PROPOSE_OPENING, Permission.ATTEST_OPENING}
    assert opening == DECISIONS - INSTRUCTED


@pytest.mark.parametrize("role", Role)
def test_everybody_on_the_desk_is_trained_in_data_protection_and_accepts_the_instructions(
    role: Role,
) -> None:
    needed = set(needed_by(frozenset({role})))
    assert (Course.CHILDREN in needed) == (role is Role.CHILD_APPROVER)
    both = {Course.DATA_PROTECTION, Course.INSTRUCTIONS}
    assert needed & both == (set() if role is Role.OVERSEER else both)


@given(until=days)
def test_what_is_on_the_register_is_in_date_up_to_its_last_day(until: date) -> None:
    found = Training(TODAY, until)
    is_in_date = until >= TODAY
    wanted = Standing.IN_DATE if is_in_date else Standing.OVERDUE
    assert standing(found, today=TODAY) is wanted
    assert standing(None, today=TODAY) is Standing.NONE


@pytest.mark.parametrize("course", RECORDED)
def test_training_is_done_already_and_counts_for_a_stated_time(course: Course) -> None:
    longest = LONGEST[course]
    for until in (TODAY, TODAY + longest):
        check_training(course, Training(TODAY, until), today=TODAY)
    for done, at in (
        (Training(TODAY + DAY, TODAY + 2 * DAY), "done_on"),
        (Training(TODAY, TODAY - DAY), "valid_until"),
        (Training(TODAY, TODAY + longest + DAY), "valid_until"),
    ):
        with pytest.raises(TrainingWrong) as told:
            check_training(course, done, today=TODAY)
        assert told.value.at == at


def test_nobody_records_their_own_training_or_accepts_for_another() -> None:
    check_may_record(Course.CHILDREN, CY.ref, LIA.ref)
    for course, of, by in (
        (Course.CHILDREN, MAX.ref, MAX.ref),
        (Course.INSTRUCTIONS, CY.ref, MAX.ref),
    ):
        with pytest.raises(OwnTraining):
            check_may_record(course, of, by)


def test_what_is_accepted_is_in_force_and_counts_for_a_year() -> None:
    check_in_force(2, 2)
    for number in (None, 3):
        with pytest.raises(NothingToAccept):
            check_in_force(number, 2)
    assert accepting(TODAY) == Training(TODAY, TODAY + LONGEST[Course.INSTRUCTIONS])
