"""Somebody who was disposed of is not quietly recorded anew. A24."""

from datetime import timedelta

import pytest

from evenhand.actions import people, people_corrections, retention, traces
from evenhand.actions.people_storing import Identity
from evenhand.ledger.acts import Act
from evenhand.queries import people as one_person
from evenhand.queries.history import act_of
from evenhand.rules.disposal import DisposedLately
from evenhand.rules.officers import WORKER
from evenhand.rules.people import PersonStanding
from evenhand.seal.blind import What
from evenhand.seal.keys import KeyUnusable
from evenhand.seal.record import RecordKey
from evenhand.store.log import EntryRow
from evenhand.store.people import PersonRow
from evenhand.store.sealing import blind_index
from evenhand.store.traces import TraceRow
from tests.actions.people import known_person, person, proposed
from tests.actions.test_disposal import a_desk, dispose_of, today
from tests.builders import ADA, ANSWERS, CY, adult, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db


def disposed() -> tuple[Desk, str]:
    """A desk that disposed of Noor Vantage, and a referral that was logged before."""
    desk = a_desk()
    before = desk.log()
    dispose_of(desk, known_person(desk))
    return desk, before


def test_only_a_keyed_hash_and_the_day_stay_of_whom_was_disposed_of() -> None:
    desk = a_desk()
    tokens = [bytes(it) for it in person(known_person(desk)).tokens]
    dispose_of(desk, known_person(desk, said=proposal(name="")))
    dispose_of(desk, known_person(desk, said=proposal(name="Alba Quince")))
    [kept] = TraceRow.objects.all()
    born = adult().birth_date
    assert born is not None
    same = f"alba quince\n{born.isoformat()}"
    assert bytes(kept.trace) == blind_index().token(What.DISPOSED, same)
    assert bytes(kept.trace) != blind_index().token(What.PERSON, same)
    assert kept.day == today(desk)
    assert bytes(kept.trace) not in tokens


def test_what_nobody_released_in_time_leaves_a_trace_too() -> None:
    desk = a_desk()
    reference = known_person(desk)
    desk.now += timedelta(days=1000)
    assert retention.run(acting=desk.by(WORKER)).destroyed == 1
    assert TraceRow.objects.get().day == today(desk)
    assert reference


def test_whoever_was_disposed_of_comes_back_by_a_fresh_case_alone() -> None:
    desk, before = disposed()
    same_day = desk.log()
    spelt = proposal(name="NOOR  vantage")
    for through in (before, same_day):
        with refused(DisposedLately), changing_nothing():
            proposed(desk, through, said=spelt)
    proposed(desk, before, said=proposal(name="Noor Vantages"))
    desk.now += timedelta(days=1)
    with refused(DisposedLately):
        proposed(desk, same_day, said=spelt)
    reference = proposed(desk, desk.log(), said=spelt)
    people.authorise(reference, ANSWERS, acting=desk.by(CY))
    row = person(reference)
    assert (row.standing, row.trace) == (PersonStanding.HELD, None)


def test_what_was_proposed_before_is_not_authorised_after() -> None:
    desk = a_desk()
    held = known_person(desk)
    reference = proposed(desk, said=proposal(name="Alba Quince"))
    assert bytes(person(reference).trace or b"")
    other = known_person(desk, said=proposal(name="Alba Quince"))
    dispose_of(desk, other)
    dispose_of(desk, held)
    with refused(DisposedLately), changing_nothing():
        people.authorise(reference, ANSWERS, acting=desk.by(CY))
    people.refuse(reference, "Disposed of lately.", acting=desk.by(CY))
    assert person(reference).trace is None


def test_the_second_officer_is_told_the_day_and_nobody_else_is() -> None:
    desk, _before = disposed()
    day = today(desk)
    desk.now += timedelta(days=1)
    reference = proposed(desk)
    shown = one_person.one(reference, "To decide.", acting=desk.by(CY))
    assert shown.disposed_on == day
    assert one_person.one(reference, "To see.", acting=desk.by(ADA)).disposed_on is None
    people.authorise(reference, ANSWERS, acting=desk.by(CY))
    assert one_person.one(reference, acting=desk.by(CY)).disposed_on is None


def test_after_twelve_months_it_is_forgotten_with_an_entry() -> None:
    desk, before = disposed()
    assert traces.forget_old(acting=desk.by(WORKER)) == 0
    desk.now = desk.now.replace(year=desk.now.year + 1)
    # What is past its time counts no more, also before the worker comes by.
    desk.put_in_force()
    desk.assured()
    assert proposed(desk, before)
    assert traces.forget_old(acting=desk.by(WORKER)) == 1
    newest = EntryRow.objects.order_by("number").last()
    assert newest is not None
    assert (act_of(newest.leaf), newest.obj) == (Act.TRACES_FORGOTTEN, None)
    assert not TraceRow.objects.exists()


def corrected(desk: Desk, reference: str) -> None:
    """Have a wrong name corrected to Noor Vantage."""
    people_corrections.contest(reference, "name", "It is misspelt.", acting=desk.by(ADA))
    why = people_corrections.Why(reason="She showed a document.")
    people_corrections.correct_identity(
        reference, Identity("Noor Vantage", adult()), why, acting=desk.by(CY)
    )


def test_nobody_comes_back_by_a_slip_that_is_corrected() -> None:
    desk = a_desk()
    before = desk.log()
    misspelt = proposal(name="Nor Vantage")
    known_already = known_person(desk, before, said=misspelt)
    desk.now += timedelta(days=1)
    dispose_of(desk, known_person(desk))
    desk.now += timedelta(days=1)
    slip = known_person(desk, before, said=proposal(name="Noor Vantag"))
    with refused(DisposedLately):
        corrected(desk, slip)
    fresh = known_person(desk, desk.log(), said=proposal(name="Nooor Vantage"))
    for reference in (known_already, fresh):
        corrected(desk, reference)


def test_a_record_that_cannot_be_opened_any_more_goes_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_key: object) -> RecordKey:
        raise KeyUnusable("damaged")

    desk = a_desk()
    reference = known_person(desk)
    monkeypatch.setattr(traces, "open_record_key", broken)
    dispose_of(desk, reference)
    assert not PersonRow.objects.exists()
    assert not TraceRow.objects.exists()
