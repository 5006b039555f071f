"""What is overdue, what was put off, and what may be reminded of."""

from datetime import timedelta

import pytest
from django.conf import settings

from evenhand.actions import snoozes
from evenhand.queries import due
from evenhand.queries.referrals import PAGE, CursorWrong
from evenhand.rules.clocks import NEXT_STEP, NextStep
from evenhand.rules.officers import RoleMissing
from evenhand.rules.referrals import State
from tests.builders import ADA, MAX, OLA
from tests.journeys import Desk, refused, row
from tests.web.people import queries_of

pytestmark = pytest.mark.django_db


def overdue(desk: Desk, step: NextStep | None = None, cursor: str = "") -> due.DuePage:
    return due.overdue(step, cursor, officer=ADA, now=desk.now)


def put_off(desk: Desk, reference: str, days: int) -> None:
    calendar = settings.CLOCKS.calendar
    until = calendar.working_day_after(calendar.day_of(desk.now), days)
    snoozes.put_off(reference, until, "Later.", acting=desk.by(ADA))


def test_every_step_that_waits_too_long_is_listed_the_longest_overdue_first() -> None:
    desk = Desk()
    states = [it for it in NEXT_STEP if it is not State.NO_RESPONSE]
    references = {desk.brought_to(state): state for state in states}
    assert overdue(Desk(now=row(next(iter(references))).logged_at)).lines == []
    desk.now += timedelta(days=60)
    found = overdue(desk)
    assert {it.reference: it.state for it in found.lines} == references
    assert [it.due_at for it in found.lines] == sorted(it.due_at for it in found.lines)
    for step in NextStep:
        listed = {it.reference for it in overdue(desk, step).lines}
        assert listed == {ref for ref, state in references.items() if NEXT_STEP[state] is step}


def test_pages_follow_each_other_without_a_gap_or_a_repeat() -> None:
    desk = Desk()
    references = [desk.log() for _ in range(PAGE + 3)]
    desk.now += timedelta(days=30)
    first = overdue(desk)
    assert first.next
    rest = overdue(desk, cursor=first.next)
    assert [it.reference for it in (*first.lines, *rest.lines)] == references
    assert rest.next is None


@pytest.mark.parametrize("cursor", ["x", "1", "1-", "-1-1", "99999999999999999-1", "1-1 "])
def test_a_cursor_of_ones_own_making_is_refused(cursor: str) -> None:
    desk = Desk()
    desk.by(ADA)
    with refused(CursorWrong):
        overdue(desk, cursor=cursor)


def test_what_is_put_off_is_not_overdue_until_its_day_and_then_says_so() -> None:
    desk = Desk()
    soon, late = desk.log(), desk.log()
    desk.now += timedelta(days=30)
    put_off(desk, late, 5)
    put_off(desk, soon, 2)
    assert overdue(desk).lines == []
    listed = due.put_off(officer=ADA, now=desk.now)
    assert [it.reference for it in listed.lines] == [soon, late]
    (waiting, _) = listed.lines
    assert waiting.postponed
    assert waiting.postponed.by == "Ada"
    assert waiting.postponed.was_due_at
    assert waiting.postponed.was_due_at < desk.now
    desk.now += timedelta(days=30)
    assert due.put_off(officer=ADA, now=desk.now).lines == []
    assert [bool(it.postponed) for it in overdue(desk).lines] == [True, True]


def test_what_is_put_off_has_pages_too() -> None:
    desk = Desk()
    references = [desk.log() for _ in range(PAGE + 2)]
    for reference in references:
        put_off(desk, reference, 5)
    first = due.put_off(officer=ADA, now=desk.now)
    assert first.next
    rest = due.put_off(first.next, officer=ADA, now=desk.now)
    assert [it.reference for it in (*first.lines, *rest.lines)] == references


def test_only_what_may_be_reminded_of_now_is_offered() -> None:
    desk = Desk()
    ready, early = desk.brought_to(State.SENT), desk.brought_to(State.DECIDED)
    silent = desk.do(desk.brought_to(State.SENT), *["chase"] * settings.DESK.chases_before_silence)
    waiting = desk.brought_to(State.SENT)
    desk.now += timedelta(days=30)
    put_off(desk, waiting, 3)
    young = desk.brought_to(State.ACKNOWLEDGED)
    offered = [it.reference for it in due.to_chase(officer=ADA, now=desk.now).lines]
    assert offered == [ready]
    assert {early, silent, young}.isdisjoint(offered)
    assert silent not in [it.reference for it in overdue(desk).lines]


def test_the_lists_ask_the_same_number_of_questions_of_few_and_of_many() -> None:
    desk = Desk()

    def counted() -> list[int]:
        return [
            queries_of(lambda: overdue(desk)),
            queries_of(lambda: due.put_off(officer=ADA, now=desk.now)),
            queries_of(lambda: due.to_chase(officer=ADA, now=desk.now)),
        ]

    def more(count: int) -> None:
        for _ in range(count):
            put_off(desk, desk.log(), 5)
            desk.log()
            desk.brought_to(State.SENT)

    more(3)
    desk.now += timedelta(days=4)
    few = counted()
    more(12)
    assert counted() == few
    assert max(few) <= 3


def test_lists_are_for_those_who_may_see_referrals() -> None:
    desk = Desk()
    desk.by(OLA)
    assert due.overdue(None, officer=OLA, now=desk.now).lines == []
    with refused(RoleMissing):
        due.to_chase(officer=OLA, now=desk.now)
    for ask in (due.put_off, lambda **who: due.overdue(None, **who)):
        with refused(RoleMissing):
            ask(officer=MAX, now=desk.now)
