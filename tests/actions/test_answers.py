"""What came back, what a person saw, what counts, and the clock that ends the waiting."""

from datetime import timedelta

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from evenhand.actions import answers, notices
from evenhand.queries import referral as one_referral
from evenhand.queries.due import to_chase
from evenhand.rules.answers import (
    AnswerKind,
    NothingToReinstate,
    Outcome,
    OutcomeMissing,
    PlatformStatus,
    Seen,
)
from evenhand.rules.notices import NoChaseYet
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, MoveForbidden, State
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextTooLong
from tests.builders import ADA, OLA, as_reader
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db
RESTRICTED = {"restricted_in_full", "restricted_in_part"}


def test_an_answer_is_kept_in_the_platforms_own_words() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    statement = {"decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT", "facts": ["„Ja“", 1, None]}
    answers.record(
        reference,
        AnswerKind.DECIDED,
        Outcome.RESTRICTED_IN_PART,
        their_reference="T-1",
        ground_relied_on="Their terms, not the law",
        statement_of_reasons=statement,
        acting=desk.by(ADA),
    )
    read = one_referral.one(reference, acting=as_reader(ADA))
    [answer] = read.answers
    assert (answer.outcome, answer.their_reference) == (Outcome.RESTRICTED_IN_PART, "T-1")
    assert answer.ground_relied_on == "Their terms, not the law"
    assert answer.statement_of_reasons == statement
    assert read.platform_status == "restricted_in_part"
    assert read.fact.state is State.DECIDED


@pytest.mark.parametrize("outcome", [it for it in Outcome if it is not Outcome.REINSTATED])
@pytest.mark.parametrize("seen", list(Seen))
def test_a_removal_is_counted_where_both_say_so_and_nowhere_else(
    outcome: Outcome, seen: Seen
) -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    desk.do(reference, outcome)
    assert not row(reference).is_removal
    desk.do(reference, f"look_{seen}")
    assert row(reference).is_removal == (outcome in RESTRICTED and seen == "not_visible")


@pytest.mark.parametrize("end", [(), ("close",)])
def test_a_reinstatement_takes_a_counted_removal_back(end: tuple[str, ...]) -> None:
    desk = Desk()
    reference = desk.do(desk.brought_to(State.CHECKED), *end)
    assert row(reference).is_removal
    desk.do(reference, "reinstated")
    stored = row(reference)
    assert (stored.is_removal, stored.platform_status) == (False, "reinstated")
    assert (stored.state, stored.closed_at) == (State.DECIDED, None)
    desk.do(reference, "look_not_visible")
    assert not row(reference).is_removal
    with changing_nothing(), refused(NothingToReinstate):
        desk.do(reference, "reinstated")


def test_looking_again_later_corrects_the_count() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CHECKED)
    desk.do(reference, "look_visible")
    assert not row(reference).is_removal
    desk.do(reference, "look_not_visible")
    assert row(reference).is_removal


def test_a_new_decision_makes_the_last_look_out_of_date() -> None:
    desk = Desk()
    reference = desk.do(desk.brought_to(State.CHECKED), "restricted_in_part")
    assert (row(reference).is_removal, row(reference).last_seen) == (False, None)


AFTERWARDS = [*Outcome, *(f"look_{it}" for it in Seen), "close", "reopen", "acknowledge"]


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from([str(it) for it in AFTERWARDS]), max_size=8))
def test_whatever_happens_in_whatever_order_a_removal_was_said_and_seen(steps: list[str]) -> None:
    from django.db import transaction

    desk = Desk()
    with transaction.atomic():
        reference = desk.brought_to(State.SENT)
        said, seen = "none_yet", None
        for step in steps:
            try:
                with transaction.atomic():
                    desk.do(reference, step)
            except Refused:
                continue
            if step in set(Outcome):
                said, seen = step, None
            elif step.startswith("look_"):
                seen = step.removeprefix("look_")
            stored = row(reference)
            assert stored.is_removal == (said in RESTRICTED and seen == "not_visible")
        transaction.set_rollback(True)


def test_an_answer_that_does_not_fit_is_refused() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    version = row(reference).version
    by = desk.by(ADA)
    with changing_nothing(), refused(OutcomeMissing):
        answers.record(reference, AnswerKind.DECIDED, acting=by)
    with changing_nothing(), refused(OutcomeMissing):
        answers.record(reference, AnswerKind.ACKNOWLEDGED, Outcome.DECLINED, acting=by)
    with changing_nothing(), refused(NothingToReinstate):
        answers.record(reference, AnswerKind.DECIDED, Outcome.REINSTATED, acting=by)
    with changing_nothing(), refused(TextTooLong):
        answers.record(reference, AnswerKind.ACKNOWLEDGED, their_reference="x" * 501, acting=by)
    with changing_nothing(), refused(TextTooLong):
        answers.record(
            reference,
            AnswerKind.DECIDED,
            Outcome.DECLINED,
            statement_of_reasons={"facts": "x" * 20_000},
            acting=by,
        )
    with changing_nothing(), refused(ChangedMeanwhile):
        answers.record(reference, AnswerKind.ACKNOWLEDGED, seen_version=version - 1, acting=by)
    with changing_nothing(), refused(ChangedMeanwhile):
        answers.look_again(reference, Seen.VISIBLE, seen_version=version - 1, acting=by)
    overseer = desk.by(OLA)
    with changing_nothing(), refused(RoleMissing):
        answers.record(reference, AnswerKind.ACKNOWLEDGED, acting=overseer)
    with changing_nothing(), refused(RoleMissing):
        answers.look_again(reference, Seen.VISIBLE, acting=overseer)


def test_only_a_reinstatement_is_recorded_on_a_closed_referral() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED)
    with changing_nothing(), refused(MoveForbidden):
        desk.do(reference, "declined")
    desk.do(reference, "reopen", "declined")
    assert row(reference).platform_status == "declined"


def test_silence_is_noted_after_every_chase_and_not_before() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    for _ in range(settings.DESK.chases_before_silence):
        desk.now += timedelta(days=300)
        assert answers.note_silences(acting=desk.by(WORKER)) == 0
        desk.sign_off()
        desk.do(reference, "chase")
    due = row(reference).due_at
    assert due
    desk.now = due - timedelta(minutes=5)
    with changing_nothing():
        assert answers.note_silences(acting=desk.by(WORKER)) == 0
    desk.now += timedelta(minutes=5)
    assert answers.note_silences(acting=desk.by(WORKER)) == 1
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.fact.state is State.NO_RESPONSE
    assert read.platform_status is PlatformStatus.NO_RESPONSE
    with changing_nothing():
        assert answers.note_silences(acting=desk.by(WORKER)) == 0


def test_an_acknowledgement_after_the_silence_begins_the_waiting_anew() -> None:
    desk = Desk()
    reference = desk.brought_to(State.NO_RESPONSE)
    chases = row(reference).chases
    assert chases == settings.DESK.chases_before_silence
    desk.do(reference, "acknowledge")
    due = row(reference).due_at
    assert due == settings.CLOCKS.calendar.opening_after(desk.now, settings.DESK.chase_gap_days)
    desk.now = due - timedelta(minutes=5)
    with changing_nothing():
        assert answers.note_silences(acting=desk.by(WORKER)) == 0
    assert (row(reference).state, row(reference).chases) == (State.ACKNOWLEDGED, chases)
    desk.now += timedelta(minutes=5)
    assert answers.note_silences(acting=desk.by(WORKER)) == 1


def test_an_acknowledgement_lets_the_next_reminder_wait_its_days_and_takes_none_back() -> None:
    desk = Desk()
    reference = desk.do(desk.brought_to(State.SENT), "chase")
    desk.now += timedelta(days=60)
    desk.sign_off()
    desk.do(reference, "acknowledge")
    due = row(reference).due_at
    assert due == settings.CLOCKS.calendar.opening_after(desk.now, settings.DESK.chase_gap_days)
    desk.now = due - timedelta(minutes=5)
    with changing_nothing(), refused(NoChaseYet):
        notices.chase(reference, acting=desk.by(ADA))
    assert reference not in [it.reference for it in to_chase(officer=ADA, now=desk.now).lines]
    desk.now = due
    assert reference in [it.reference for it in to_chase(officer=ADA, now=desk.now).lines]
    desk.do(reference, "chase")
    assert row(reference).chases == 2


def test_a_platform_that_answered_meanwhile_is_not_silent() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    for _ in range(settings.DESK.chases_before_silence):
        desk.do(reference, "chase")
    desk.do(reference, "declined")
    desk.now += timedelta(days=90)
    with changing_nothing():
        answers.note_silence(reference, acting=desk.by(WORKER))


def test_a_new_sending_begins_a_new_answer() -> None:
    desk = Desk()
    reference = desk.brought_to(State.REOPENED)
    assert row(reference).is_removal
    desk.do(reference, "submit", "approve", "send")
    stored = row(reference)
    assert (stored.platform_status, stored.last_seen, stored.is_removal) == (
        "none_yet",
        None,
        False,
    )
