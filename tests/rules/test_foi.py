"""A request for information is valid in writing, and goes its way step by step."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.clocks_events import NotInOrder
from evenhand.rules.clocks_foi import NotForPublicInterest
from evenhand.rules.clocks_reckoning import LawClocks
from evenhand.rules.foi import (
    RUNS,
    WAYS,
    Channel,
    FoiRequest,
    FoiStanding,
    FoiStep,
    FoiStepWrong,
    OwnReply,
    Undelivered,
    check_answers,
    check_no_hand,
    next_number,
    since,
)
from evenhand.rules.foi_due import (
    COMPLY,
    INTEREST,
    REPLY,
    REVIEW,
    TO_COMPLAIN_AFTER,
    check_moves,
    held_until,
    holding,
    review_until,
    running,
    unanswered_until,
)
from evenhand.rules.foi_taking import Taken, check_can_take, check_fee_lapsed, check_received
from evenhand.rules.public_foi import FoiAsked, NotValid, check_asked, check_reached
from evenhand.rules.public_reports import ReachUnusable
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextMissing, TextTooLong
from tests.builders import DEE, RIA
from tests.legal_clocks import CLOCKS, ENGLAND, UK

LAW = LawClocks(CLOCKS, ENGLAND, UK)
JUNE = date(2026, 6, 1)
DAY = timedelta(days=1)
TODAY = date(2026, 12, 1)


def asked(**changes: Any) -> FoiAsked:
    plain = {"name": "Quilla Marsh", "asked": "How many?", "email": "quilla@mailbox.example"}
    return FoiAsked(**{**plain, **changes})


def request(*steps: tuple[FoiStep, date], **changes: Any) -> FoiRequest:
    plain: dict[str, Any] = {
        "number": "FOI-2026-0001",
        "standing": FoiStanding.OPEN,
        "received_on": JUNE,
        "steps": steps,
    }
    return FoiRequest(**{**plain, **changes})


def taken(step: FoiStep, on: date = JUNE, **changes: Any) -> Taken:
    """A step with all that it needs."""
    needs: dict[FoiStep, dict[str, Any]] = {
        FoiStep.CLARIFICATION_ASKED: {"narrower": "How many in May?"},
        FoiStep.FEE_ASKED: {"pence": 1_000},
        FoiStep.EXTENDED: {"until": on + 20 * DAY},
    }
    return Taken(**{"step": step, "on": on, "text": "So.", **needs.get(step, {}), **changes})


def refusals(of: Any) -> set[str]:
    with pytest.raises(Refused) as told:
        check_asked(of)
    return {it.at for it in told.value.every}


def test_a_request_has_a_name_an_address_and_a_question() -> None:
    check_asked(asked())
    check_asked(asked(email="", postal="1 Quay Street"))
    lacking = asked(name=" ", asked="", email="")
    assert refusals(lacking) == {"name", "asked", "email"}
    with pytest.raises(NotValid):
        check_asked(lacking)


def test_all_that_cannot_be_kept_is_named_at_once() -> None:
    with pytest.raises(TextTooLong) as told:
        check_asked(asked(name="x" * 201, asked="x" * 10_001, postal="x" * 1_001))
    assert [it.at for it in told.value.every] == ["name", "asked", "postal"]
    with pytest.raises(ReachUnusable):
        check_asked(asked(email="nowhere"))


def test_who_asked_is_reached_by_an_address_that_can_be_written_to() -> None:
    check_reached("quilla@mailbox.example", "")
    check_reached("", "1 Quay Street")
    with pytest.raises(NotValid) as told:
        check_reached("", " ")
    assert told.value.at == "email"
    with pytest.raises(ReachUnusable) as two:
        check_reached("nowhere", "x" * 1_001)
    assert [it.at for it in two.value.every] == ["email", "postal"]


def test_what_came_by_hand_came_by_mail_or_on_paper_on_a_day_that_has_come() -> None:
    check_received(Channel.PAPER, TODAY, today=TODAY)
    check_received(Channel.PAPER, TODAY - 366 * DAY, today=TODAY)
    wrong = ((Channel.FORM, TODAY), (Channel.MAIL, TODAY + DAY), (Channel.MAIL, TODAY - 367 * DAY))
    for channel, on in wrong:
        with pytest.raises(FoiStepWrong):
            check_received(channel, on, today=TODAY)


FORBIDDEN = [
    (here, it) for it, way in WAYS.items() for here in FoiStanding if here not in way.since
]


@pytest.mark.parametrize(("here", "step"), FORBIDDEN)
def test_a_step_is_not_taken_from_elsewhere(here: FoiStanding, step: FoiStep) -> None:
    with pytest.raises(FoiStepWrong):
        check_can_take(request(standing=here), taken(step), today=TODAY)


NEED_MORE = {FoiStep.LAPSED, FoiStep.UNREACHED}


@pytest.mark.parametrize("step", [it for it in WAYS if it not in NEED_MORE])
def test_a_step_that_says_all_it_needs_is_taken(step: FoiStep) -> None:
    for here in WAYS[step].since:
        check_can_take(request(standing=here), taken(step), today=TODAY)
    assert (WAYS[step].to or FoiStanding.OPEN) in FoiStanding


@pytest.mark.parametrize(
    "wrong",
    [
        taken(FoiStep.WITHDRAWN, TODAY + DAY),
        taken(FoiStep.WITHDRAWN, JUNE - DAY),
        taken(FoiStep.CLARIFICATION_ASKED, narrower=" "),
        taken(FoiStep.EXTENDED, until=None),
        taken(FoiStep.EXTENDED, until=JUNE),
        taken(FoiStep.WITHDRAWN, until=TODAY),
        taken(FoiStep.FEE_ASKED, pence=None),
        taken(FoiStep.FEE_ASKED, pence=0),
        taken(FoiStep.FEE_ASKED, pence=45_001),
        taken(FoiStep.WITHDRAWN, pence=100),
        taken(FoiStep.LAPSED),
    ],
    ids=repr,
)
def test_a_step_that_lacks_something_is_refused(wrong: Taken) -> None:
    with pytest.raises(FoiStepWrong):
        check_can_take(request(), wrong, today=TODAY)


def test_a_request_ends_where_who_asked_cannot_be_reached_once_that_was_tried() -> None:
    unreached = taken(FoiStep.UNREACHED)
    for here in WAYS[FoiStep.UNREACHED].since:
        tried = Undelivered(is_on_its_way=False, is_tried=True)
        found = request(standing=here, to_reach_with=tried, is_reply_to_leave=True)
        check_can_take(found, unreached, today=TODAY)
        after = found.after(FoiStep.UNREACHED, JUNE)
        assert (after.standing, after.answers) == (FoiStanding.UNREACHED, False)
    for letter in (None, Undelivered(is_on_its_way=True, is_tried=False)):
        with pytest.raises(FoiStepWrong, match="ready to be sent"):
            check_can_take(request(to_reach_with=letter), unreached, today=TODAY)
    untried = Undelivered(is_on_its_way=False, is_tried=False)
    with pytest.raises(FoiStepWrong, match="at every address"):
        check_can_take(request(to_reach_with=untried), unreached, today=TODAY)


def test_a_question_that_the_mail_server_took_is_waited_for_as_a_fee_is() -> None:
    arrived = Undelivered(is_on_its_way=False, is_tried=True, taken_on=JUNE)
    last = unanswered_until(request(to_reach_with=arrived), LAW)
    assert last == date(2026, 8, 31)
    found = request(to_reach_with=arrived)
    with pytest.raises(FoiStepWrong, match="can be answered until"):
        check_moves(found, taken(FoiStep.UNREACHED, last), LAW)
    check_moves(found, taken(FoiStep.UNREACHED, last + DAY), LAW)
    posted = Undelivered(is_on_its_way=False, is_tried=True)
    check_moves(request(to_reach_with=posted), taken(FoiStep.UNREACHED), LAW)
    check_moves(request(), taken(FoiStep.UNREACHED), LAW)


def test_a_step_has_words() -> None:
    with pytest.raises(TextMissing):
        check_can_take(request(), taken(FoiStep.WITHDRAWN, text=" "), today=TODAY)


def target(found: FoiRequest) -> tuple[str, date | None]:
    runs = running(found, LAW)
    assert runs
    return runs.clock, runs.due.target


def test_the_clock_that_runs_is_that_of_where_the_request_stands() -> None:
    assert target(request()) == (REPLY, date(2026, 6, 30))
    asked_back = request((FoiStep.CLARIFICATION_ASKED, date(2026, 6, 5)))
    assert target(asked_back) == (REPLY, None)
    more = request((FoiStep.EXTENDED, date(2026, 6, 20)))
    assert target(more) == (INTEREST, date(2026, 7, 29))
    review = request((FoiStep.REVIEW_ASKED, date(2026, 7, 1)), standing=FoiStanding.UNDER_REVIEW)
    assert target(review) == (REVIEW, date(2026, 7, 30))
    comply = request(
        (FoiStep.COMMISSIONER_DECIDED, date(2026, 7, 1)), standing=FoiStanding.TO_COMPLY
    )
    assert target(comply) == (COMPLY, date(2026, 8, 5))
    for standing in {FoiStanding.AT_COMMISSIONER} | (set(FoiStanding) - RUNS):
        assert running(request(standing=standing, replied_on=JUNE), LAW) is None
    for standing in (FoiStanding.UNDER_REVIEW, FoiStanding.TO_REPLY_AGAIN, FoiStanding.TO_COMPLY):
        assert running(request(standing=standing), LAW)
    found_wrong = request(
        (FoiStep.REVIEW_ASKED, date(2026, 7, 1)),
        (FoiStep.REVIEW_WITHDRAWN, date(2026, 7, 2)),
        (FoiStep.ERROR_FOUND, date(2026, 9, 1)),
        standing=FoiStanding.TO_REPLY_AGAIN,
        replied_on=JUNE,
    )
    assert running(found_wrong, LAW) is None


ASKED, UPHELD, STOOD = FoiStep.REVIEW_ASKED, FoiStep.REVIEW_UPHELD, FoiStep.REVIEWED
WRONG, WITHDRAWN = FoiStep.ERROR_FOUND, FoiStep.REVIEW_WITHDRAWN
TO_ICO, DECIDED = FoiStep.COMMISSIONER_ASKED, FoiStep.COMMISSIONER_DECIDED
OVER = FoiStep.COMMISSIONER_DONE


def led(*steps: FoiStep, replied_on: date | None = JUNE) -> FoiRequest:
    """A request after steps of one day, each where the one before led."""
    here = FoiStanding.OPEN if replied_on is None else FoiStanding.REPLIED
    found = request(standing=here, replied_on=replied_on)
    for step in steps:
        assert found.standing in since(found, step), (found.standing, step)
        found = found.after(step, JUNE)
    return found


@pytest.mark.parametrize(
    ("steps", "stands", "owed"),
    [
        ((ASKED, STOOD), FoiStanding.REPLIED, FoiStanding.REPLIED),
        ((ASKED, UPHELD, WITHDRAWN), FoiStanding.REPLIED, FoiStanding.REPLIED),
        ((TO_ICO,), FoiStanding.AT_COMMISSIONER, FoiStanding.REPLIED),
        ((ASKED, TO_ICO), FoiStanding.AT_COMMISSIONER, FoiStanding.UNDER_REVIEW),
        ((ASKED, TO_ICO, OVER), FoiStanding.UNDER_REVIEW, FoiStanding.UNDER_REVIEW),
        ((ASKED, TO_ICO, STOOD), FoiStanding.AT_COMMISSIONER, FoiStanding.REPLIED),
        ((ASKED, TO_ICO, UPHELD), FoiStanding.AT_COMMISSIONER, FoiStanding.TO_REPLY_AGAIN),
        ((ASKED, TO_ICO, DECIDED), FoiStanding.TO_COMPLY, FoiStanding.REPLIED),
        ((ASKED, TO_ICO, DECIDED, OVER), FoiStanding.REPLIED, FoiStanding.REPLIED),
    ],
)
def test_where_a_step_leads_is_what_is_owed_after_it(
    steps: tuple[FoiStep, ...], stands: FoiStanding, owed: FoiStanding
) -> None:
    found = led(*steps)
    assert (found.standing, found.owed) == (stands, owed)


def test_a_reply_that_never_left_is_owed_through_all_that_the_commissioner_does() -> None:
    for steps in ((TO_ICO,), (TO_ICO, DECIDED), (TO_ICO, OVER), (TO_ICO, DECIDED, OVER)):
        found = led(*steps, replied_on=None)
        assert (found.owed, found.answers) == (FoiStanding.OPEN, True)
    assert led(TO_ICO, DECIDED, OVER, replied_on=None).standing is FoiStanding.OPEN
    assert target(led(TO_ICO, replied_on=None)) == (REPLY, date(2026, 6, 30))
    assert not led(TO_ICO).answers
    with pytest.raises(FoiStepWrong):
        check_answers(led(TO_ICO))
    check_answers(led(TO_ICO, replied_on=None))


def test_a_reply_that_left_gives_all_that_was_owed_until_it_was_written() -> None:
    found = replace(led(ASKED, UPHELD), answered=2)
    assert found.owed is FoiStanding.REPLIED
    assert found.after(WRONG, JUNE).is_own_correction


def test_the_commissioner_is_entered_once_the_desk_answered_or_is_late() -> None:
    late, last = date(2026, 7, 1), date(2026, 6, 30)
    reviewed = led(ASKED, replied_on=JUNE)
    for found in (request(), reviewed, led(ASKED, UPHELD)):
        assert found.standing in since(found, TO_ICO)
        check_moves(found, taken(TO_ICO, late), LAW)
        with pytest.raises(FoiStepWrong, match="not over") as told:
            check_moves(found, taken(TO_ICO, last), LAW)
        assert told.value.at == "on"
    waits = request((FoiStep.CLARIFICATION_ASKED, JUNE))
    with pytest.raises(FoiStepWrong):
        check_moves(waits, taken(TO_ICO, TODAY), LAW)
    for found in (led(), led(WRONG)):
        check_moves(found, taken(TO_ICO, JUNE), LAW)


@pytest.mark.parametrize("standing", FoiStanding)
def test_what_a_request_is_about_is_held_to_a_day_only_once_it_was_replied_to(
    standing: FoiStanding,
) -> None:
    until = held_until(request(standing=standing, replied_on=JUNE), LAW)
    ended = {FoiStanding.REPLIED, FoiStanding.UNREACHED}
    assert (until is not None) is (standing in ended)
    assert held_until(request(standing=standing), LAW) is None


@given(replied=st.integers(0, 300), reviewed=st.none() | st.integers(0, 300))
def test_it_is_held_while_a_review_or_the_commissioner_can_be_asked(
    replied: int, reviewed: int | None
) -> None:
    replied_on = JUNE + replied * DAY
    steps = [] if reviewed is None else [(FoiStep.REVIEWED, JUNE + reviewed * DAY)]
    found = request(*steps, standing=FoiStanding.REPLIED, replied_on=replied_on)
    until = held_until(found, LAW)
    assert until
    # These are the days before which the database lets no hold end.
    assert until >= replied_on + 54 * DAY
    assert reviewed is None or until >= JUNE + reviewed * DAY + 89 * DAY


def test_it_is_held_after_what_a_review_led_to_and_after_the_commissioner() -> None:
    for last in (FoiStep.REVIEW_UPHELD, *TO_COMPLAIN_AFTER):
        after = request(
            (FoiStep.REVIEWED, JUNE),
            (last, JUNE + 100 * DAY),
            standing=FoiStanding.REPLIED,
            replied_on=JUNE + 110 * DAY if last is FoiStep.REVIEW_UPHELD else JUNE,
        )
        until = held_until(after, LAW)
        assert until
        assert until >= JUNE + 189 * DAY
    reviewed = request((FoiStep.REVIEWED, JUNE), standing=FoiStanding.REPLIED, replied_on=JUNE)
    assert review_until(reviewed, LAW) is None
    unreached = replace(request(replied_on=JUNE), standing=FoiStanding.UNREACHED)
    assert review_until(unreached, LAW) is None


def test_by_which_clock_it_is_held_is_told_and_that_nobody_has_read_it_in_the_law() -> None:
    replied = request(standing=FoiStanding.REPLIED, replied_on=JUNE)
    reviewed = request((FoiStep.REVIEWED, JUNE), standing=FoiStanding.REPLIED, replied_on=JUNE)
    clocks = [it.clock for it in (holding(replied, LAW), holding(reviewed, LAW)) if it]
    assert [(it.code, it.verified) for it in clocks] == [("E26", False), ("E27", False)]


def test_nothing_closes_a_request_while_its_approved_reply_has_not_left() -> None:
    leaves = request(standing=FoiStanding.TO_COMPLY, replied_on=JUNE, is_reply_to_leave=True)
    with pytest.raises(FoiStepWrong, match="has not left yet"):
        check_can_take(leaves, taken(FoiStep.COMMISSIONER_DONE), today=TODAY)
    done = request(standing=FoiStanding.TO_COMPLY, replied_on=JUNE)
    check_can_take(done, taken(FoiStep.COMMISSIONER_DONE), today=TODAY)


def test_what_the_commissioner_does_waits_for_no_reply_but_to_close_the_request() -> None:
    leaves = replace(led(TO_ICO, replied_on=None), is_reply_to_leave=True)
    for step in (DECIDED, OVER):
        check_can_take(leaves, taken(step), today=TODAY)
    assert not led(TO_ICO).waits_to_leave(OVER, JUNE)
    decided = replace(led(TO_ICO, DECIDED), is_reply_to_leave=True)
    with pytest.raises(FoiStepWrong, match="has not left yet"):
        check_can_take(decided, taken(OVER), today=TODAY)


def test_a_letter_tells_what_is_needed_until_it_is_answered_or_something_follows() -> None:
    asked, explained = FoiStep.CLARIFICATION_ASKED, FoiStep.CLARIFICATION_ANSWERED
    assert request((asked, JUNE), (FoiStep.EXTENDED, JUNE)).still_tells(asked)
    assert request((asked, JUNE), (FoiStep.EXTENDED, JUNE)).still_tells(FoiStep.EXTENDED)
    assert not request((asked, JUNE), (explained, JUNE)).still_tells(asked)
    assert not request((asked, JUNE), standing=FoiStanding.WITHDRAWN).still_tells(asked)
    reviewed = led(FoiStep.REVIEW_ASKED, FoiStep.REVIEWED)
    assert reviewed.still_tells(FoiStep.REVIEWED)
    assert not reviewed.after(TO_ICO, JUNE).still_tells(FoiStep.REVIEWED)


def test_nothing_more_is_asked_while_an_approved_reply_has_not_left() -> None:
    leaves = request(is_reply_to_leave=True)
    for step in (FoiStep.CLARIFICATION_ASKED, FoiStep.FEE_ASKED, FoiStep.EXTENDED):
        with pytest.raises(FoiStepWrong, match="has not left yet"):
            check_can_take(leaves, taken(step), today=TODAY)
    for step in (FoiStep.CLARIFICATION_ANSWERED, FoiStep.FEE_PAID):
        check_can_take(leaves, taken(step), today=TODAY)


def test_what_the_law_does_not_let_move_the_clock_is_refused() -> None:
    check_moves(request(), taken(FoiStep.EXTENDED, date(2026, 6, 30)), LAW)
    check_moves(request(), taken(FoiStep.WITHDRAWN), LAW)
    with pytest.raises(NotForPublicInterest):
        check_moves(request(), taken(FoiStep.EXTENDED, date(2026, 7, 1)), LAW)
    with pytest.raises(NotInOrder):
        check_moves(request(), taken(FoiStep.FEE_PAID), LAW)


def test_a_request_ends_for_want_of_a_fee_only_after_three_months() -> None:
    awaited = request((FoiStep.FEE_ASKED, date(2026, 6, 5)))
    check_can_take(awaited, taken(FoiStep.LAPSED, date(2026, 9, 5)), today=TODAY)
    check_moves(awaited, taken(FoiStep.LAPSED, date(2026, 9, 5)), LAW)
    with pytest.raises(FoiStepWrong):
        check_moves(awaited, taken(FoiStep.LAPSED, date(2026, 9, 4)), LAW)
    with pytest.raises(FoiStepWrong):
        check_fee_lapsed(None, TODAY)


@given(days=st.lists(st.integers(0, 200), min_size=1, max_size=6))
def test_nothing_is_entered_before_what_happened_last(days: list[int]) -> None:
    steps = [(FoiStep.REVIEW_ASKED, JUNE + it * DAY) for it in sorted(days)]
    found = request(*steps)
    assert found.latest_on == found.last_day_of(FoiStep.REVIEW_ASKED)
    with pytest.raises(FoiStepWrong):
        before = taken(FoiStep.WITHDRAWN, found.latest_on - DAY)
        check_can_take(found, before, today=TODAY + 999 * DAY)


def test_a_reply_is_looked_at_again_by_somebody_who_had_no_hand_in_it() -> None:
    found = request(hands=frozenset({RIA.ref}))
    check_no_hand(found, DEE.ref)
    with pytest.raises(OwnReply):
        check_no_hand(found, RIA.ref)


def test_requests_are_numbered_by_the_year() -> None:
    assert next_number(2026, None) == "FOI-2026-0001"
    assert next_number(2026, "FOI-2026-9999") == "FOI-2026-10000"
    assert next_number(26, None) == "FOI-0026-0001"
