"""Who is told what at the poster's door, on which day, and who may settle a challenge."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evenhand.rules.challenges import (
    COME_FROM,
    LONGEST_CHALLENGE,
    LONGEST_TOLD,
    ChallengeSettled,
    ChallengeStanding,
    HandsOnIt,
    NothingToChallenge,
    Settlement,
    WithheldWrong,
    Withholding,
    answer_on,
    check_can_challenge,
    check_challenge,
    check_may_settle,
    check_settlement,
    check_withholding,
    is_withheld,
)
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.public_doors import MOST_NUMBER, plain_number
from evenhand.rules.referrals import ChallengeOpen, State, check_may_close
from evenhand.rules.texts import TextMissing, TextTooLong
from tests.builders import TODAY, clocks, referral

FINE = Settlement(standing=ChallengeStanding.REJECTED, reasons="So.", told="We stand by it.")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (date(2026, 11, 18), date(2026, 11, 19)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 12, 24), date(2026, 12, 29)),
    ],
)
def test_everybody_is_answered_on_the_next_working_day(asked: date, answered: date) -> None:
    assert answer_on(asked, clocks().calendar) == answered


@pytest.mark.parametrize(
    ("emergency", "withheld_until", "withheld"),
    [
        (False, None, False),
        (True, None, True),
        (False, TODAY, True),
        (False, TODAY - timedelta(days=1), False),
    ],
)
def test_nobody_is_told_where_a_life_was_at_risk_or_an_officer_withholds_it(
    emergency: bool, withheld_until: date | None, withheld: bool
) -> None:
    found = is_withheld(emergency=emergency, withheld_until=withheld_until, today=TODAY)
    assert found is withheld


def test_a_challenge_says_something_that_one_person_reads() -> None:
    check_challenge("It was a song.")
    with pytest.raises(TextMissing):
        check_challenge(" ")
    with pytest.raises(TextTooLong):
        check_challenge("a" * (LONGEST_CHALLENGE + 1))


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.STATUTORY_ROUTE])
def test_what_is_gone_is_not_challenged(state: State) -> None:
    with pytest.raises(NothingToChallenge, match="any more"):
        check_can_challenge(state, is_first=True)


def test_a_referral_is_challenged_once_by_whoever_was_told() -> None:
    check_can_challenge(State.SENT, is_first=True)
    with pytest.raises(NothingToChallenge, match="already"):
        check_can_challenge(State.SENT, is_first=False)


def test_nobody_settles_what_they_worked_on_or_what_is_settled() -> None:
    check_may_settle(ChallengeStanding.OPEN, has_touched=False)
    with pytest.raises(HandsOnIt):
        check_may_settle(ChallengeStanding.OPEN, has_touched=True)
    with pytest.raises(ChallengeSettled):
        check_may_settle(ChallengeStanding.UPHELD, has_touched=False)


def test_a_settlement_has_a_result_reasons_and_an_answer() -> None:
    check_settlement(FINE)
    with pytest.raises(ChallengeSettled):
        check_settlement(replace(FINE, standing=ChallengeStanding.OPEN))
    with pytest.raises(TextMissing):
        check_settlement(replace(FINE, reasons=""))
    with pytest.raises(TextTooLong):
        check_settlement(replace(FINE, told="a" * (LONGEST_TOLD + 1)))


@pytest.mark.parametrize(("days", "fine"), [(0, False), (1, True), (90, True), (91, False)])
def test_posters_are_kept_in_the_dark_for_90_days_at_most(days: int, fine: bool) -> None:
    until = TODAY + timedelta(days=days)
    said = Withholding(ground=RestrictionGround.CRIME, reasons="So.", until=until)
    if fine:
        check_withholding(said, today=TODAY)
        return
    with pytest.raises(WithheldWrong, match="90"):
        check_withholding(said, today=TODAY)


def test_what_is_challenged_is_not_closed_and_every_state_of_it_was_sent_or_ended() -> None:
    check_may_close(referral(State.CHECKED))
    with pytest.raises(ChallengeOpen):
        check_may_close(referral(State.UNDER_CHALLENGE))
    with pytest.raises(ChallengeOpen):
        check_may_close(referral(State.REOPENED), challenged=True)
    assert State.APPROVED not in COME_FROM
    assert {State.SENT, State.CLOSED} <= COME_FROM


def test_a_receipt_number_is_read_as_people_type_it() -> None:
    assert plain_number(" 7kq2-m9xa 4TRB–W8CE ") == "7KQ2M9XA4TRBW8CE"
    assert len(plain_number("A" * 1_000)) == MOST_NUMBER
