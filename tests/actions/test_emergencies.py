"""A life at risk: marked until somebody has recorded what was done; and how triage ends."""

from datetime import datetime, timedelta

import pytest

from evenhand.actions import emergencies, referrals
from evenhand.ledger.acts import Act
from evenhand.queries import history, worklist
from evenhand.queries import referral as one_referral
from evenhand.queries.worklist import Waiting
from evenhand.rules.officers import RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, MoveForbidden, State, TriageOutcome
from evenhand.rules.triage import (
    Detail,
    DetailMisplaced,
    EmergencyRecord,
    EmergencyStep,
    NothingDone,
    RepeatsNothing,
    SignpostUnknown,
    WordsDestroyed,
)
from evenhand.store.casework import EmergencyRow
from tests.builders import ADA, BO, CY, OLA, as_reader
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db
EMERGENCY = TriageOutcome.EMERGENCY


def record(at: datetime, **changes: object) -> EmergencyRecord:
    said = {"told": "The duty inspector", "their_reference": "CAD 1234", "words": "They are safe."}
    return EmergencyRecord(
        done=frozenset({EmergencyStep.CONTROL_ROOM, EmergencyStep.PLATFORM_DISCLOSURE}),
        done_at=at - timedelta(minutes=2),
        **said | changes,  # type: ignore[arg-type]
    )


def waits_first(desk: Desk, reference: str) -> bool:
    """Whether it is the first thing on everyone's worklist."""
    piles = [worklist.waiting_for(acting=as_reader(who, desk.now)) for who in (ADA, BO, CY)]
    firsts = [pile[0] for pile in piles if pile]
    return len(firsts) == 3 and all(
        it.why is Waiting.EMERGENCY and reference in [line.reference for line in it.lines]
        for it in firsts
    )


def test_an_emergency_stays_first_on_everyones_worklist_until_it_is_recorded() -> None:
    desk = Desk()
    for officer in (BO, CY):
        desk.by(officer)
    reference = desk.log()
    referrals.triage(reference, EMERGENCY, "", acting=desk.by(ADA))
    assert row(reference).state == State.TRIAGED
    assert waits_first(desk, reference)
    desk.do(reference, "start")
    assert waits_first(desk, reference)
    emergencies.record(reference, record(desk.now), acting=desk.by(BO))
    assert not waits_first(desk, reference)
    assert row(reference).state == State.ASSESSING
    desk.do(reference, "submit", "approve")


def test_what_was_done_is_kept_sealed_with_who_and_when() -> None:
    desk = Desk()
    reference = desk.do(desk.log(), "emergency")
    emergencies.record(reference, record(desk.now), acting=desk.by(BO))
    [told] = one_referral.one(reference, acting=as_reader(ADA)).first_look.emergencies
    assert told.done == [EmergencyStep.CONTROL_ROOM, EmergencyStep.PLATFORM_DISCLOSURE]
    assert (told.told, told.their_reference, told.words, told.by) == (
        "The duty inspector",
        "CAD 1234",
        "They are safe.",
        "Bo",
    )
    [hidden] = one_referral.one(reference, acting=as_reader(OLA)).first_look.emergencies
    assert (hidden.told, hidden.their_reference, hidden.words) == (None, None, None)
    assert b"CAD" not in bytes(EmergencyRow.objects.get().their_reference or b"")
    acts = [it.act for it in history.of(reference, officer=ADA).lines]
    assert acts[-2:] == [Act.REFERRAL_TRIAGED, Act.EMERGENCY_RECORDED]


def test_recording_it_triages_what_nobody_had_triaged() -> None:
    desk = Desk()
    reference = desk.log()
    emergencies.record(reference, record(desk.now), acting=desk.by(ADA))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert (read.triage, read.fact.state) == (EMERGENCY, State.TRIAGED)
    assert read.first_look.emergency_since is None


def test_an_emergency_found_out_later_is_recorded_where_the_referral_stands() -> None:
    desk = Desk()
    reference = desk.brought_to(State.ASSESSING)
    emergencies.record(reference, record(desk.now), acting=desk.by(ADA))
    emergencies.record(reference, record(desk.now), acting=desk.by(ADA))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert (read.triage, read.fact.state) == (TriageOutcome.PROCEED, State.ASSESSING)
    assert len(read.first_look.emergencies) == 2


def test_a_record_that_is_refused_changes_nothing() -> None:
    desk = Desk()
    reference = desk.do(desk.log(), "emergency")
    desk.by(OLA)
    empty = EmergencyRecord(frozenset(), desk.now, "The duty inspector")
    with changing_nothing(), refused(NothingDone):
        emergencies.record(reference, empty, acting=desk.by(ADA))
    with changing_nothing(), refused(ChangedMeanwhile):
        emergencies.record(reference, record(desk.now), seen_version=1, acting=desk.by(ADA))
    with changing_nothing(), refused(RoleMissing):
        emergencies.record(reference, record(desk.now), acting=desk.by(OLA))


def test_the_statutory_route_ends_an_emergency_and_destroys_its_words() -> None:
    desk = Desk()
    reference = desk.do(desk.log(), "emergency")
    emergencies.record(reference, record(desk.now), acting=desk.by(ADA))
    other = desk.do(desk.log(), "emergency")
    for it in (reference, other):
        desk.do(it, "statutory")
        assert row(it).emergency_since is None
    stored = EmergencyRow.objects.get()
    assert (stored.told, stored.their_reference, stored.words) == (None, None, None)
    with changing_nothing(), refused(WordsDestroyed):
        emergencies.record(reference, record(desk.now), acting=desk.by(ADA))


def test_not_for_us_keeps_its_signpost() -> None:
    desk = Desk()
    reference = desk.log()
    detail = Detail(signpost="report-fraud")
    referrals.triage(
        reference, TriageOutcome.NOT_FOR_US, "A shop.", detail=detail, acting=desk.by(ADA)
    )
    assert one_referral.one(reference, acting=as_reader(ADA)).first_look.signpost == "report-fraud"


def test_a_detail_that_does_not_fit_is_refused() -> None:
    desk = Desk()
    reference = desk.log()
    for outcome, detail, rule in (
        (TriageOutcome.NOT_FOR_US, Detail(signpost="mayor"), SignpostUnknown),
        (TriageOutcome.PROCEED, Detail(signpost="iwf"), DetailMisplaced),
        (TriageOutcome.DUPLICATE, Detail(duplicate_of="2026-999999"), RepeatsNothing),
        (TriageOutcome.DUPLICATE, Detail(duplicate_of=reference), RepeatsNothing),
        (TriageOutcome.DUPLICATE, Detail(duplicate_of="no\0thing"), RepeatsNothing),
    ):
        with changing_nothing(), refused(rule):
            referrals.triage(reference, outcome, "Why.", detail=detail, acting=desk.by(ADA))


def test_a_duplicate_is_linked_to_what_it_repeats_and_never_in_a_chain() -> None:
    desk = Desk()
    first, second, third = desk.log(), desk.log(), desk.log()

    def repeats(this: str, other: str) -> None:
        detail = Detail(duplicate_of=f" {other} ")
        referrals.triage(
            this, TriageOutcome.DUPLICATE, "The same.", detail=detail, acting=desk.by(ADA)
        )

    repeats(second, first)
    assert one_referral.one(second, acting=as_reader(ADA)).duplicate_of == first
    with changing_nothing(), refused(RepeatsNothing):
        repeats(third, second)
    with changing_nothing(), refused(RepeatsNothing):
        repeats(first, second)
    with changing_nothing(), refused(MoveForbidden):
        repeats(second, third)
