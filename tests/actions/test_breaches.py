"""Breaches go their way: recorded, told in phases, people settled group by group, closed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from evenhand.actions import breaches, breaches_forgetting, sharing
from evenhand.ledger.acts import Act
from evenhand.queries import breaches as known
from evenhand.queries.history import act_of
from evenhand.rules.breaches import (
    BreachIncomplete,
    BreachKind,
    BreachStands,
    Content,
    Group,
    Noted,
    PeopleSettled,
    ToTell,
    Urgency,
    Whom,
)
from evenhand.rules.officers import WORKER, Officer, RoleMissing
from evenhand.rules.referrals import NotFound
from evenhand.store.breaches import BreachRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.log import EntryRow
from tests.actions.people import known_person
from tests.actions.sharing import in_force, released
from tests.builders import ADA, DEE, LIA, OLA, SID
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
ALL = {it: f"The {it}." for it in Content}
VICTIMS = Group(
    whom=Whom.VICTIMS, about=3, under_18=True, to_tell=ToTell.TELL, reasons="Addresses."
)


def at_work() -> Desk:
    """A desk on which everybody is known who has to do with breaches."""
    desk = Desk()
    for officer in (ADA, DEE, LIA, OLA):
        desk.by(officer)
    return desk


def reported(desk: Desk, officer: Officer = ADA) -> int:
    """Have somebody record that a list was sent to the wrong address, as they hear of it."""
    kinds = [BreachKind.DISCLOSED]
    return breaches.report(kinds, "A list went astray.", desk.now, acting=desk.by(officer))


def one(desk: Desk, number: int = 1) -> known.BreachInFull:
    return known.one(number, now=desk.now, officer=OLA)


def settled(desk: Desk, number: int) -> None:
    """Have a breach told in two phases, and the people it touched."""
    desk.now += timedelta(hours=20)
    first = {Content.NATURE: ALL[Content.NATURE]}
    breaches.record_told(number, first, desk.now, rest_follows=True, acting=desk.by(DEE))
    desk.now += timedelta(hours=90)
    rest: dict[Content, str] = {it: ALL[it] for it in Content if it is not Content.NATURE}
    breaches.record_told(number, rest, desk.now, acting=desk.by(DEE))
    for what in (Noted.EFFECTS, Noted.REMEDY):
        breaches.note(number, what, f"The {what}.", acting=desk.by(LIA))
    group = breaches.settle_group(number, VICTIMS, acting=desk.by(DEE))
    breaches.tell_group(number, group, ALL, desk.now.date(), acting=desk.by(DEE))


def test_a_breach_is_told_in_phases_and_closed_once_all_is_told() -> None:
    desk = at_work()
    number = reported(desk)
    with changing_nothing(), refused(BreachStands):
        breaches.close(number, acting=desk.by(DEE))
    settled(desk, number)
    breaches.close(number, acting=desk.by(DEE))
    found = one(desk, number)
    assert found.closed_at == desk.now
    assert [(it.what, it.text, it.by) for it in found.notes] == [
        (Noted.FACTS, "A list went astray.", "Ada"),
        (Noted.EFFECTS, "The effects.", "Lia"),
        (Noted.REMEDY, "The remedy.", "Lia"),
    ]
    assert [list(it.contents) for it in found.phases] == [
        [Content.NATURE],
        [Content.CONTACT, Content.CONSEQUENCES, Content.MEASURES],
    ]
    [group] = found.groups
    assert (group.fact, group.told_on, group.contents) == (VICTIMS, desk.now.date(), ALL)
    assert not group.is_owed
    breaches.note(number, Noted.CORRECTION, "It was two lists.", acting=desk.by(DEE))
    with changing_nothing(), refused(BreachStands):
        breaches.note(number, Noted.FACTS, "It was two lists.", acting=desk.by(DEE))


def test_after_72_hours_it_is_told_only_with_reasons_which_are_kept() -> None:
    desk = at_work()
    number = reported(desk)
    desk.now += timedelta(hours=73)
    assert one(desk).urgency is Urgency.LATE
    with changing_nothing(), refused(BreachIncomplete):
        breaches.record_told(number, ALL, desk.now, acting=desk.by(DEE))
    why = "Nobody was there."
    breaches.record_told(number, ALL, desk.now, late_because=why, acting=desk.by(DEE))
    assert (one(desk).late_because, one(desk).urgency) == (why, Urgency.SETTLED)


def test_why_the_commissioner_is_not_told_is_recorded_and_can_be_told_later_all_the_same() -> None:
    desk = at_work()
    number = reported(desk)
    with changing_nothing(), refused(BreachIncomplete):
        breaches.do_not_tell(number, "", acting=desk.by(DEE))
    breaches.do_not_tell(number, "It was encrypted.", acting=desk.by(DEE))
    assert one(desk).not_told_because == "It was encrypted."
    breaches.record_told(number, ALL, desk.now, acting=desk.by(DEE))
    assert one(desk).fact.is_told_whole


def test_people_are_told_once_and_only_of_groups_that_there_are() -> None:
    desk = at_work()
    number = reported(desk)
    group = breaches.settle_group(number, VICTIMS, acting=desk.by(DEE))
    assert one(desk).groups[0].is_owed
    assert one(desk).groups[0].due_at == desk.now + timedelta(hours=72)
    today = desk.now.date()
    breaches.tell_group(number, group, ALL, today, acting=desk.by(DEE))
    with changing_nothing(), refused(PeopleSettled):
        breaches.tell_group(number, group, ALL, today, acting=desk.by(DEE))
    with changing_nothing(), refused(NotFound):
        breaches.tell_group(number, uuid4(), ALL, today, acting=desk.by(DEE))


def test_a_package_that_was_wrongly_sent_opens_a_breach_of_its_own() -> None:
    desk = at_work()
    package = released(desk, known_person(desk), in_force(desk))
    sharing.recall_one(package, "It was for somebody else.", acting=desk.by(SID))
    sharing.recall_one(package, "It was for somebody else.", acting=desk.by(SID))
    [line] = known.waiting(now=desk.now, officer=DEE)
    found = one(desk, line.number)
    assert (found.package, found.opened_by, found.kinds) == (package, "Sid", [BreachKind.DISCLOSED])
    assert found.fact.aware_at == found.opened_at


def test_everybody_records_a_breach_and_only_those_who_keep_them_go_on() -> None:
    desk = at_work()
    number = reported(desk)
    at: datetime = desk.now
    assert known.waiting(now=at, officer=ADA) == []
    assert [it.urgency for it in known.waiting(now=at, officer=LIA)] == [Urgency.BEGUN]
    with changing_nothing(), refused(RoleMissing):
        breaches.close(number, acting=desk.by(ADA))
    with changing_nothing(), refused(RoleMissing):
        reported(desk, OLA)
    with refused(NotFound):
        one(desk, 9)


def test_breaches_are_listed_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "PAGE", 2)
    desk = at_work()
    for _each in range(3):
        reported(desk)
    first = known.breaches(now=desk.now, officer=OLA)
    assert ([it.number for it in first.lines], first.next) == ([3, 2], 2)
    last = known.breaches(first.next, now=desk.now, officer=OLA)
    assert ([it.number for it in last.lines], last.next) == ([1], None)


def test_six_years_after_closing_what_was_said_goes_and_the_facts_stay() -> None:
    desk = at_work()
    number = reported(desk)
    reported(desk)
    settled(desk, number)
    breaches.close(number, acting=desk.by(DEE))
    key, before = BreachRow.objects.get(number=number).id, one(desk, number)
    assert RecordKeyRow.objects.filter(id=key).exists()
    desk.now = datetime(desk.now.year + 6, desk.now.month, desk.now.day - 1, 12, tzinfo=UTC)
    with changing_nothing():
        assert breaches_forgetting.forget_old(acting=desk.by(WORKER)) == 0
    desk.now += timedelta(days=1)
    assert breaches_forgetting.forget_old(acting=desk.by(WORKER)) == 1
    assert act_of(EntryRow.objects.latest("number").leaf) is Act.BREACH_FORGOTTEN
    with changing_nothing():
        assert breaches_forgetting.forget_old(acting=desk.by(WORKER)) == 0
    found = one(desk, number)
    assert found.erased_at is not None
    assert (found.fact.is_erased, found.closed_at) == (True, before.closed_at)
    assert (found.kinds, found.fact.told) == (before.kinds, before.fact.told)
    assert (found.notes, found.phases, found.late_because) == ([], [], "")
    [group] = found.groups
    assert (group.fact, group.contents) == (replace(VICTIMS, reasons=""), {})
    assert group.told_on == before.groups[0].told_on
    assert not RecordKeyRow.objects.filter(id=key).exists()
    with changing_nothing(), refused(BreachStands):
        breaches.note(number, Noted.CORRECTION, "It was two lists.", acting=desk.by(DEE))


def test_what_is_erased_already_or_is_open_is_not_erased_again() -> None:
    desk = at_work()
    reported(desk)
    with changing_nothing():
        opened = BreachRow.objects.get(number=1).id
        assert not breaches_forgetting.forget(opened, acting=desk.by(WORKER))
