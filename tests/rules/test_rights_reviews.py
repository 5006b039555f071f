"""What is held back by law is looked at again: when, by whom, and what is written then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.notification import REVIEWED_WITHIN, RestrictionNotAllowed
from evenhand.rules.people import OwnRequest
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.public_rights_letters import (
    CHECK,
    COMPLAIN,
    COURT,
    FURTHER,
    NOW_GIVEN,
    NOW_TOLD,
    STILL_HELD_BACK,
    Addressed,
    further,
)
from evenhand.rules.rights import ENDED, HOLDS, RESTRICTED, RightsStanding, Withheld
from evenhand.rules.rights_replies import LetterNotReady
from evenhand.rules.rights_reviews import (
    NothingToReview,
    Restriction,
    RestrictionOutcome,
    Review,
    Undelivered,
    check_is_owed,
    check_may_answer,
    check_may_look_again,
    check_review,
    check_unreached,
)
from evenhand.rules.texts import TextMissing
from tests.builders import ADA, DEE, TODAY

HELD = Restriction(
    withheld=Withheld.RESTRICTED_UNTOLD, is_lifted=False, in_whole=False, waits=False
)
TO = Addressed(
    name="Ode Marsh",
    reference="R-7K3M9XQA",
    kind=RightsKind.ACCESS,
    received_on="1 November 2026",
    written_on="20 November 2026",
    desk="Testshire desk",
    contact="desk@testshire.example",
)


@given(day=st.dates(TODAY - timedelta(days=200), TODAY + timedelta(days=200)))
def test_what_stays_held_back_is_looked_at_once_more_within_90_days(day: date) -> None:
    found = Review(outcome=RestrictionOutcome.KEPT, reasons="It goes on.", review_on=day)
    if TODAY < day <= TODAY + REVIEWED_WITHIN:
        check_review(found, today=TODAY)
    else:
        with pytest.raises(RestrictionNotAllowed):
            check_review(found, today=TODAY)


@pytest.mark.parametrize("outcome", RestrictionOutcome)
def test_a_review_has_reasons_and_what_is_lifted_no_day(outcome: RestrictionOutcome) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(TextMissing):
        check_review(Review(outcome=outcome, reasons=" ", review_on=tomorrow), today=TODAY)
    lifted = Review(outcome=RestrictionOutcome.LIFTED, reasons="It has ended.")
    check_review(lifted, today=TODAY)
    with pytest.raises(RestrictionNotAllowed):
        check_review(replace(lifted, review_on=tomorrow), today=TODAY)


@pytest.mark.parametrize("outcome", RestrictionOutcome)
@pytest.mark.parametrize("standing", RightsStanding)
@pytest.mark.parametrize("withheld", Withheld)
def test_only_what_an_answered_request_holds_back_by_law_is_looked_at_again(
    withheld: Withheld, standing: RightsStanding, outcome: RestrictionOutcome
) -> None:
    held = replace(HELD, withheld=withheld)
    if standing in ENDED and withheld in RESTRICTED:
        check_may_look_again(standing, held, outcome)
    else:
        with pytest.raises(NothingToReview):
            check_may_look_again(standing, held, outcome)


def test_what_waits_or_is_lifted_is_not_looked_at_again_and_a_part_not_before_the_whole() -> None:
    lifted, replied = RestrictionOutcome.LIFTED, RightsStanding.REPLIED
    for held in (replace(HELD, waits=True), replace(HELD, is_lifted=True)):
        for outcome in RestrictionOutcome:
            with pytest.raises(NothingToReview):
                check_may_look_again(replied, held, outcome)
    part = replace(HELD, in_whole=True)
    check_may_look_again(replied, part, RestrictionOutcome.KEPT)
    with pytest.raises(NothingToReview):
        check_may_look_again(replied, part, lifted)


def test_a_second_officer_answers_a_review_that_waits() -> None:
    check_may_answer(ADA.ref, DEE.ref)
    with pytest.raises(OwnRequest):
        check_may_answer(ADA.ref, ADA.ref)
    with pytest.raises(NothingToReview):
        check_may_answer(None, ADA.ref)


@pytest.mark.parametrize("standing", RightsStanding)
def test_a_further_letter_is_written_only_where_it_is_owed(standing: RightsStanding) -> None:
    if standing is RightsStanding.LIFTED:
        check_is_owed(standing)
        assert standing in HOLDS
    else:
        with pytest.raises(NothingToReview):
            check_is_owed(standing)


OWED = Undelivered(standing=RightsStanding.LIFTED, is_ready=True, is_tried=True, waits=False)


def test_that_nobody_can_be_reached_is_said_of_what_is_owed_ready_and_tried() -> None:
    check_unreached(OWED)
    for standing in set(RightsStanding) - {RightsStanding.LIFTED}:
        with pytest.raises(NothingToReview):
            check_unreached(replace(OWED, standing=standing))
    with pytest.raises(NothingToReview):
        check_unreached(replace(OWED, waits=True))
    for wrong in (replace(OWED, is_ready=False), replace(OWED, is_tried=False)):
        with pytest.raises(LetterNotReady):
            check_unreached(wrong)


@pytest.mark.parametrize("held_back", [True, False])
@pytest.mark.parametrize("kind", RightsKind)
def test_a_further_letter_says_what_is_given_and_leaves_no_way_on_out(
    kind: RightsKind, held_back: bool
) -> None:
    text = further(replace(TO, kind=kind), held_back=held_back, said=str).body
    ways = (COMPLAIN, COURT) if kind is RightsKind.COMPLAINT else (CHECK, COMPLAIN, COURT)
    assert all(it in text for it in (FURTHER, *ways))
    is_access = kind is RightsKind.ACCESS
    assert (NOW_GIVEN in text, NOW_TOLD in text) == (is_access, not is_access)
    assert (STILL_HELD_BACK in text) == (is_access and held_back)
