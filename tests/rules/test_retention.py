"""How long a record is kept, what is due, what a hold does, and what a review must say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.balance import Balance, CountsDoNotBalance, InBalance, check_balances
from evenhand.rules.disposal import RestsOnIt, check_nobody_rests_on
from evenhand.rules.holds import (
    Hold,
    HoldIncomplete,
    HoldKind,
    OnHold,
    OtherOfficerNeeded,
    check_hold,
    check_no_hold,
    check_other_officer,
)
from evenhand.rules.referrals import ChangedMeanwhile
from evenhand.rules.refusals import Refused
from evenhand.rules.retention import (
    LIMITS,
    RELEASE_DAYS,
    Because,
    ContentGone,
    Figures,
    FiguresWrong,
    KeepingDecision,
    Kept,
    LastDayFixed,
    RecordKind,
    Restricted,
    What,
    check_figures,
    check_has_content,
    check_open,
    decide,
    is_restricted,
    period_of_review,
    what_goes,
)
from evenhand.rules.retention_schedules import Dates, Period, Schedule, ScheduleWrong
from evenhand.rules.reviews import (
    NEWEST_FINDING,
    NothingProposed,
    Proposal,
    Question,
    Review,
    ReviewerInvolved,
    ReviewIncomplete,
    ReviewOutcome,
    check_may_confirm,
    check_review,
    check_seen,
)
from evenhand.rules.texts import ReasonMissing
from tests.builders import ADA, CY, DEE, LEE, RIA, RON, TODAY

DAY = timedelta(days=1)
SCHEDULE = Schedule(
    code="D02",
    kind="content",
    review=Period(6, 0),
    most=Period(12, 0),
    child_review=Period(3, 0),
    child_most=Period(6, 0),
)
ANSWERS = {it: f"My answer on {it}." for it in Question}
days = st.dates(date(2026, 1, 1), date(2032, 12, 31))
holds = st.builds(
    Hold,
    kind=st.sampled_from(HoldKind),
    expires_on=st.none() | days,
    ended=st.booleans(),
)
lengths = st.tuples(st.integers(0, 400), st.integers(0, 800), st.integers(0, 800))


def kept(**changes: object) -> Kept:
    """A referral whose content is reviewed in ten days and goes in a hundred."""
    plain = Kept(
        kind=RecordKind.REFERRAL,
        reference="2026-000001",
        schedule="D02",
        dates=Dates(TODAY - 80 * DAY, TODAY + 10 * DAY, TODAY + 100 * DAY),
        worked_on_by=frozenset({ADA.ref}),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@st.composite
def records(draw: st.DrawFn) -> Kept:
    start, (review, more, _rest) = draw(days), draw(lengths)
    dates = Dates(start, start + review * DAY, start + (review + more) * DAY)
    return kept(
        dates=dates,
        holds=tuple(draw(st.lists(holds, max_size=3))),
        restricted=draw(st.booleans()),
    )


@given(record=records(), today=days)
def test_a_hold_always_wins(record: Kept, today: date) -> None:
    if any(it.stands(today) for it in record.holds):
        assert decide(record, today=today).because is Because.HELD
        assert decide(record, today=today).decision is KeepingDecision.KEEP
        with pytest.raises(OnHold):
            check_no_hold(record.holds, today=today)
    else:
        check_no_hold(record.holds, today=today)


@given(record=records(), today=days, later=st.integers(0, 1_000))
def test_what_is_due_stays_due(record: Kept, today: date, later: int) -> None:
    order = [
        KeepingDecision.KEEP,
        KeepingDecision.REVIEW,
        KeepingDecision.DISPOSE,
        KeepingDecision.DESTROY,
    ]
    unheld = replace(record, holds=())
    first = decide(unheld, today=today).decision
    assert order.index(decide(unheld, today=today + later * DAY).decision) >= order.index(first)
    if is_restricted(unheld, today=today):
        assert is_restricted(unheld, today=today + later * DAY)


@pytest.mark.parametrize(
    ("today", "decision", "closed"),
    [
        (TODAY + 9 * DAY, KeepingDecision.KEEP, False),
        (TODAY + 10 * DAY, KeepingDecision.REVIEW, False),
        (TODAY + 11 * DAY, KeepingDecision.REVIEW, True),
        (TODAY + 99 * DAY, KeepingDecision.REVIEW, True),
        (TODAY + 100 * DAY, KeepingDecision.DISPOSE, True),
        (TODAY + (100 + RELEASE_DAYS) * DAY, KeepingDecision.DISPOSE, True),
        (TODAY + (101 + RELEASE_DAYS) * DAY, KeepingDecision.DESTROY, True),
    ],
)
def test_the_days_at_which_something_changes(
    today: date, decision: KeepingDecision, closed: bool
) -> None:
    assert decide(kept(), today=today).decision is decision
    assert is_restricted(kept(), today=today) is closed


def test_what_is_closed_is_open_to_who_reviews_or_answers_for_rights() -> None:
    for officer in (RON, RIA, DEE):
        check_open("2026-000001", restricted=True, officer=officer)
    check_open("2026-000001", restricted=False, officer=ADA)
    for officer in (ADA, CY, LEE):
        with pytest.raises(Restricted):
            check_open("2026-000001", restricted=True, officer=officer)


def test_what_has_no_content_any_more_is_not_reopened() -> None:
    check_has_content("2026-000001", has_content=True)
    with pytest.raises(ContentGone):
        check_has_content("2026-000001", has_content=False)


def test_the_content_goes_before_the_trail() -> None:
    assert [what_goes(it) for it in ("D02", "D01", "D05")] == [
        What.CONTENT,
        What.RECORD,
        What.RECORD,
    ]


numbers = st.integers(-2, 80)


@given(
    code=st.sampled_from([*LIMITS, "D99"]),
    figures=st.builds(Figures, numbers, numbers, numbers, numbers),
)
def test_figures_never_pass_the_limits_of_the_code(code: str, figures: Figures) -> None:
    try:
        check_figures(code, figures)
    except FiguresWrong:
        return
    review, most = LIMITS[code]
    assert 0 < figures.child_review <= figures.review <= review
    assert figures.review <= figures.most <= most
    assert figures.child_review <= figures.child_most <= figures.most


def test_approved_figures_replace_those_of_the_law_data() -> None:
    check_figures("D02", Figures(3, 9, 2, 4))
    changed = Figures(3, 9, 2, 4).over(SCHEDULE)
    assert (changed.code, changed.review, changed.child_most) == (
        "D02",
        Period(3, 0),
        Period(4, 0),
    )


def test_a_schedule_without_a_review_has_no_period_of_review() -> None:
    assert period_of_review(SCHEDULE, child=True) == Period(3, 0)
    with pytest.raises(ScheduleWrong):
        period_of_review(replace(SCHEDULE, review=None), child=False)


HOLDS: dict[str, tuple[HoldKind, dict[str, object], str]] = {
    "no reference": (HoldKind.FOI, {"their_reference": " "}, "their_reference"),
    "an end of a request": (HoldKind.RIGHTS, {"expires_on": TODAY}, "expires_on"),
    "evidence without owner": (HoldKind.EVIDENCE, {"expires_on": TODAY}, "owner"),
    "evidence without end": (HoldKind.EVIDENCE, {"owner": "DC"}, "expires_on"),
    "evidence for more than a year": (
        HoldKind.EVIDENCE,
        {"owner": "DC", "expires_on": TODAY + 366 * DAY},
        "expires_on",
    ),
    "evidence of the past": (
        HoldKind.EVIDENCE,
        {"owner": "DC", "expires_on": TODAY - DAY},
        "expires_on",
    ),
}


@pytest.mark.parametrize("what", HOLDS)
def test_a_hold_says_enough(what: str) -> None:
    kind, changes, at = HOLDS[what]
    given_ = {"owner": "", "their_reference": "T 1", "expires_on": None} | changes
    with pytest.raises(HoldIncomplete) as told:
        check_hold(kind, **given_, today=TODAY)  # type: ignore[arg-type]
    assert told.value.at == at


@pytest.mark.parametrize("kind", HoldKind)
def test_a_whole_hold_is_taken(kind: HoldKind) -> None:
    end = TODAY + 365 * DAY if kind is HoldKind.EVIDENCE else None
    check_hold(kind, owner="DC", their_reference="T 1", expires_on=end, today=TODAY)
    assert Hold(kind, end).stands(TODAY)


def test_nobody_is_their_own_second_officer() -> None:
    check_other_officer(RON.ref, LEE.ref)
    with pytest.raises(OtherOfficerNeeded):
        check_other_officer(RON.ref, RON.ref)


def retain(**changes: object) -> Review:
    plain = Review(
        outcome=ReviewOutcome.RETAIN,
        reason="A court asks for it.",
        answers=ANSWERS,
        until=TODAY + 30 * DAY,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


WRONG: dict[str, tuple[Review, Kept, type[Refused]]] = {
    "no reason": (retain(reason=" "), kept(), ReasonMissing),
    "one question open": (
        retain(answers={**ANSWERS, Question.NEWS: " "}),
        kept(),
        ReviewIncomplete,
    ),
    "the same answer twice": (
        retain(answers=ANSWERS | {Question.LESS: ANSWERS[Question.ROLE].upper()}),
        kept(),
        ReviewIncomplete,
    ),
    "an answer in two words": (
        retain(answers=ANSWERS | {Question.LESS: "As before."}),
        kept(),
        ReviewIncomplete,
    ),
    "no next review": (retain(until=None), kept(), ReviewIncomplete),
    "a review of the past": (retain(until=TODAY), kept(), ReviewIncomplete),
    "past the last day": (retain(until=TODAY + 101 * DAY), kept(), ReviewIncomplete),
    "a child's for as long as others": (
        retain(until=TODAY + 100 * DAY),
        kept(child=True),
        ReviewIncomplete,
    ),
    "a last day no later": (retain(last_day=TODAY + 100 * DAY), kept(), LastDayFixed),
    "a last day far later": (retain(last_day=TODAY + 300 * DAY), kept(), LastDayFixed),
    "a last day twice": (retain(last_day=TODAY + 101 * DAY), kept(extended=True), LastDayFixed),
    "one's own work": (retain(), kept(worked_on_by=frozenset({RON.ref})), ReviewerInvolved),
    "disposing of what is held": (
        Review(outcome=ReviewOutcome.DISPOSE, reason="Over."),
        kept(holds=(Hold(HoldKind.FOI),)),
        OnHold,
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_review_is_whole_or_refused(what: str) -> None:
    review, record, rule = WRONG[what]
    with pytest.raises(rule):
        check_review(record, review, SCHEDULE, by=RON.ref, today=TODAY)


@pytest.mark.parametrize(
    "review",
    [
        retain(),
        retain(last_day=TODAY + 200 * DAY, until=TODAY + 150 * DAY),
        Review(outcome=ReviewOutcome.DISPOSE, reason="Over."),
        Review(outcome=ReviewOutcome.RESTRICT, reason="Somebody says it is wrong."),
    ],
)
def test_a_whole_review_is_taken(review: Review) -> None:
    check_review(kept(), review, SCHEDULE, by=RON.ref, today=TODAY)


@given(record=records(), until=days, last=st.none() | days)
def test_nothing_is_kept_on_past_its_last_day(record: Kept, until: date, last: date | None) -> None:
    try:
        asked = retain(until=until, last_day=last)
        check_review(record, asked, SCHEDULE, by=RON.ref, today=TODAY)
    except Refused:
        return
    assert TODAY < until <= (last or record.dates.max_on)
    latest = Period(6, 0).after(record.dates.max_on)
    assert last is None or record.dates.max_on < last <= latest


def proposal(**changes: object) -> Proposal:
    plain = Proposal(outcome=ReviewOutcome.DISPOSE, by=RON.ref, on=TODAY, version=3)
    return replace(plain, **changes)  # type: ignore[arg-type]


UNCONFIRMED: dict[str, tuple[Kept, Proposal | None, int, type[Refused]]] = {
    "nothing": (kept(), None, 3, NothingProposed),
    "one's own": (kept(), proposal(by=LEE.ref), 3, OtherOfficerNeeded),
    "changed since": (kept(), proposal(), 4, ChangedMeanwhile),
    "held since": (kept(holds=(Hold(HoldKind.FOI),)), proposal(), 3, OnHold),
    "an old finding": (
        kept(),
        proposal(outcome=ReviewOutcome.RETAIN, last_day=TODAY, on=TODAY - NEWEST_FINDING - DAY),
        3,
        LastDayFixed,
    ),
    "moved already": (
        kept(extended=True),
        proposal(outcome=ReviewOutcome.RETAIN, last_day=TODAY),
        3,
        LastDayFixed,
    ),
    "who worked on it": (
        kept(worked_on_by=frozenset({LEE.ref})),
        proposal(),
        3,
        ReviewerInvolved,
    ),
}


@pytest.mark.parametrize("what", UNCONFIRMED)
def test_what_cannot_be_confirmed(what: str) -> None:
    record, proposed, version, rule = UNCONFIRMED[what]
    with pytest.raises(rule):
        check_may_confirm(record, proposed, version=version, by=LEE.ref, today=TODAY)


def test_what_can_be_confirmed() -> None:
    fresh = proposal(outcome=ReviewOutcome.RETAIN, last_day=TODAY, on=TODAY - NEWEST_FINDING)
    for it in (proposal(), fresh, proposal(outcome=ReviewOutcome.RETAIN)):
        assert check_may_confirm(kept(), it, version=3, by=LEE.ref, today=TODAY) == it


def test_a_review_is_of_the_version_that_was_seen() -> None:
    check_seen("2026-000001", 3, None)
    check_seen("2026-000001", 3, 3)
    with pytest.raises(ChangedMeanwhile):
        check_seen("2026-000001", 3, 2)


def test_a_referral_waits_for_whom_it_brought_on_record() -> None:
    check_nobody_rests_on("2026-000001", 0)
    with pytest.raises(RestsOnIt):
        check_nobody_rests_on("2026-000001", 1)


counts = st.integers(0, 1_000)


@st.composite
def movements(draw: st.DrawFn, *, start: date = TODAY, opened: int | None = None) -> Balance:
    first = draw(counts) if opened is None else opened
    created, imported, disposed, transferred = (draw(counts) for _ in range(4))
    return Balance(
        kind=InBalance.REFERRAL,
        start=start,
        end=start + 30 * DAY,
        open=first,
        created=created,
        imported=imported,
        disposed=disposed,
        transferred=transferred,
        close=first + created + imported - disposed - transferred,
    )


def joined(first: Balance, second: Balance) -> Balance:
    """Join two periods of which the second begins where the first ends."""
    sums = ("created", "imported", "disposed", "transferred")
    added = {it: getattr(first, it) + getattr(second, it) for it in sums}
    return replace(first, end=second.end, close=second.close, **added)


@given(data=st.data(), off=st.integers(-3, 3))
def test_adjacent_periods_add_up(data: st.DataObject, off: int) -> None:
    first = data.draw(movements())
    second = data.draw(movements(start=first.end, opened=first.close))
    both = joined(first, second)
    check_balances(both)
    assert (both.open, both.close) == (first.open, second.close)
    wrong = replace(both, close=both.close + off)
    assert wrong.difference == off
    if off:
        with pytest.raises(CountsDoNotBalance):
            check_balances(wrong)
