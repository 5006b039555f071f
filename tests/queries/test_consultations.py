"""Looks are in the log before anything is shown; one's own are counted for oneself alone."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection

from evenhand.actions import consultations as following
from evenhand.ledger.acts import Act
from evenhand.queries import consultations, history, notes, own, referrals, worklist
from evenhand.queries import referral as one_referral
from evenhand.queries.history import disclosed
from evenhand.queries.own import OwnLine
from evenhand.queries.referrals import Filter
from evenhand.rules.consultations import ONE_CONSULTATION, REMEMBERED, Stretch
from evenhand.rules.officers import Acting, Officer, Permission
from evenhand.rules.referrals import State
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.machinery import ConsultationRow
from tests.builders import ADA, BO, CY, NOW, OLA, as_reader
from tests.journeys import Desk, row
from tests.ledger import reading

pytestmark = pytest.mark.django_db


def last_entry() -> tuple[EntryRow, dict[str, object]]:
    opening = OpeningRow.objects.select_related("entry").latest("entry__number")
    return opening.entry, disclosed(opening.fields)


def entries() -> int:
    return EntryRow.objects.count()


def in_the_name_of(officer: Officer) -> list[OwnLine]:
    return list(own.entries(officer=officer).lines)


def test_a_look_is_an_entry_of_who_looked_at_what_and_what_for() -> None:
    desk = Desk()
    reference = desk.log()
    acting = Acting(officer=CY, at=desk.now, request=UUID(int=5))
    one_referral.one(reference, why=Permission.DECIDE, acting=acting)
    entry, fields = last_entry()
    opening = OpeningRow.objects.get(entry=entry.number).fields
    reading.check(bytes(entry.leaf), bytes(entry.leaf_hash), opening)
    assert (entry.obj, entry.ver) == (row(reference).id, None)
    assert fields == {
        "at": desk.now.isoformat(timespec="microseconds"),
        "who": str(CY.ref),
        "role": "approver",
        "obj": str(row(reference).id),
        "why": "decide",
        "req": str(UUID(int=5)),
        "chg": [],
    }
    leaf = bytes(entry.leaf).decode()
    assert '"act":"referral.consult"' in leaf
    assert '"s62":"consultation"' in leaf
    assert str(row(reference).id) not in leaf


@pytest.mark.parametrize("officer", [ADA, OLA], ids=lambda it: it.name)
def test_a_list_is_one_entry_with_everything_that_it_showed(officer: Officer) -> None:
    desk = Desk()
    desk.log()
    desk.log()
    page = referrals.find(Filter(), acting=as_reader(officer))
    entry, fields = last_entry()
    assert entry.obj is None
    objs = fields["objs"]
    assert isinstance(objs, list)
    assert len(objs) == len(page.lines) == 2
    assert fields["why"] == "list_referrals"


def test_a_search_and_a_worklist_are_entries_even_where_nothing_is_found() -> None:
    desk = Desk()
    referrals.find(Filter(q="zauberwort"), acting=as_reader(ADA))
    entry, fields = last_entry()
    assert '"act":"list.consult"' in bytes(entry.leaf).decode()
    assert (fields["why"], "objs" in fields) == ("read_words", False)
    before = entries()
    worklist.waiting_for(acting=as_reader(BO, desk.now))
    assert entries() == before + 1


def test_the_same_look_within_ten_minutes_is_one_entry_and_is_counted() -> None:
    desk = Desk()
    reference = desk.log()
    before, began = entries(), desk.now
    for minutes in (0, 3, 9):
        at = began + timedelta(minutes=minutes)
        one_referral.one(reference, acting=as_reader(ADA, at))
    assert entries() == before + 1
    one_referral.one(reference, why=Permission.ASSESS, acting=as_reader(ADA, began))
    one_referral.one(reference, acting=as_reader(BO, began))
    one_referral.one(desk.log(), acting=as_reader(ADA, began))
    assert entries() == before + 5
    one_referral.one(reference, acting=as_reader(ADA, began + ONE_CONSULTATION))
    assert entries() == before + 6


def test_a_look_that_is_dated_later_makes_no_later_one_a_repeat() -> None:
    desk = Desk()
    reference = desk.log()
    for ahead in (timedelta(seconds=1), timedelta(days=365 * 7000)):
        one_referral.one(reference, acting=as_reader(ADA, desk.now))
        ConsultationRow.objects.update(at=desk.now + ahead)
        before = entries()
        one_referral.one(reference, acting=as_reader(ADA, desk.now))
        assert entries() == before + 1


def test_how_often_a_look_was_repeated_is_entered_once_it_is_over() -> None:
    desk = Desk()
    reference = desk.log()
    for _ in range(3):
        one_referral.one(reference, acting=as_reader(ADA, desk.now))
    assert following.enter_repeats(now=desk.now + ONE_CONSULTATION - timedelta(seconds=1)) == 0
    assert following.enter_repeats(now=desk.now + ONE_CONSULTATION) == 1
    entry, fields = last_entry()
    assert entry.obj == row(reference).id
    assert (fields["who"], fields["times"], fields["why"]) == (str(ADA.ref), 2, "read_referral")
    assert following.enter_repeats(now=desk.now + ONE_CONSULTATION) == 0


def updates_of_looks() -> tuple[int, int]:
    """Count in this transaction how many rows of looks were updated, and how many of them HOT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_get_xact_tuples_updated(it), pg_stat_get_xact_tuples_hot_updated(it)"
            " FROM CAST('machinery.consultation' AS regclass) AS it"
        )
        updated, hot = cursor.fetchone()
        return int(updated), int(hot)


def test_from_the_second_time_on_a_repeat_touches_no_index() -> None:
    desk = Desk()
    reference = desk.log()
    for _look_and_first_repeat in range(2):
        one_referral.one(reference, acting=as_reader(ADA, desk.now))
    updated, hot = updates_of_looks()
    for _again in range(3):
        one_referral.one(reference, acting=as_reader(ADA, desk.now))
    assert updates_of_looks() == (updated + 3, hot + 3)


def test_what_was_repeated_is_found_by_an_index_of_that_alone() -> None:
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        query, values = following.repeated(NOW)[:500].query.sql_with_params()
        cursor.execute(f"EXPLAIN {query}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using consultation_repeated" in plan


def test_looks_are_remembered_beside_the_log_for_some_days_only() -> None:
    desk = Desk()
    one_referral.one(desk.log(), acting=as_reader(ADA, desk.now))
    before = entries()
    following.tidy(now=desk.now + REMEMBERED)
    assert ConsultationRow.objects.count() == 1
    following.tidy(now=desk.now + REMEMBERED + timedelta(seconds=1))
    assert (ConsultationRow.objects.count(), entries()) == (0, before)


LOOKS: dict[str, Callable[[str], object]] = {
    "a referral": lambda it: one_referral.one(it, acting=as_reader(ADA)),
    "its notes": lambda it: notes.notes_on(it, acting=as_reader(ADA)),
    "a list": lambda _it: referrals.find(Filter(), acting=as_reader(ADA)),
    "a worklist": lambda _it: worklist.waiting_for(acting=as_reader(ADA)),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_where_the_log_cannot_be_written_nothing_is_shown(look: Callable[[str], object]) -> None:
    reference = Desk().log()
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    with pytest.raises(DatabaseError):
        look(reference)


def test_a_look_changes_no_casework() -> None:
    desk = Desk()
    reference = desk.log()
    referral = row(reference)
    one_referral.one(reference, acting=as_reader(ADA))
    assert row(reference) == referral
    assert row(reference).version == referral.version


def test_a_history_tells_what_changed_and_not_who_looked() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED)
    before = [it.act for it in history.of(reference, officer=OLA).lines]
    for officer in (ADA, BO, CY):
        one_referral.one(reference, acting=as_reader(officer))
    following.enter_repeats(now=desk.now + ONE_CONSULTATION)
    assert [it.act for it in history.of(reference, officer=OLA).lines] == before


def test_everybody_sees_what_was_done_and_looked_at_in_their_own_name_and_no_more() -> None:
    desk = Desk()
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    one_referral.one(reference, acting=as_reader(CY, desk.now))
    referrals.find(Filter(), acting=as_reader(BO, desk.now))
    assert [(it.act, it.reference) for it in in_the_name_of(CY)] == [
        (Act.REFERRAL_CONSULTED, reference)
    ]
    acts = [it.act for it in in_the_name_of(BO)]
    assert acts[0] is Act.LIST_CONSULTED
    assert Act.ASSESSMENT_SUBMITTED in acts
    assert in_the_name_of(BO)[0].listed == 1
    assert in_the_name_of(OLA) == []


def test_ones_own_entries_come_a_page_at_a_time_newest_first() -> None:
    desk = Desk()
    for _ in range(30):
        desk.log()
    first = own.entries(officer=ADA)
    assert (len(first.lines), first.next) == (25, first.lines[-1].number)
    rest = own.entries(before=first.next, officer=ADA)
    assert (len(rest.lines), rest.next) == (5, None)
    numbers = [it.number for it in (*first.lines, *rest.lines)]
    assert numbers == sorted(numbers, reverse=True)


def test_ones_own_entries_are_found_by_an_index_and_not_by_reading_the_log() -> None:
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM opening WHERE opening_who(fields) = %s AND entry < 9"
            " ORDER BY entry DESC LIMIT 26",
            [ADA.ref],
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "opening_who" in plan.partition("Index Cond")[2]
    assert "Sort" not in plan.replace("Sort Key", "").replace("Merge Append", "")


def test_exposure_counts_each_referral_once_by_harm_today_and_in_a_week() -> None:
    desk = Desk()
    assessed, fresh = desk.brought_to(State.AWAITING_APPROVAL), desk.log()
    now = desk.now
    for days, reference in ((0, assessed), (0, assessed), (2, assessed), (2, fresh), (8, fresh)):
        acting = as_reader(ADA, now - timedelta(days=days))
        one_referral.one(reference, why=Permission.READ_REFERRAL, acting=acting)
    referrals.find(Filter(), acting=as_reader(ADA, now))
    seen = consultations.exposure(officer=ADA, now=now, day_began=now - timedelta(hours=1))
    assert (seen.today, seen.week) == ({"V1": 1}, {"": 1, "V1": 1})
    nothing = consultations.exposure(officer=BO, now=now, day_began=now)
    assert (nothing.today, nothing.week) == ({}, {})


def test_lists_are_no_referrals_opened_since_a_break() -> None:
    desk = Desk()
    several = [desk.log() for _ in range(3)]
    now = desk.now
    for minutes, reference in enumerate(several):
        one_referral.one(reference, acting=as_reader(ADA, now - timedelta(minutes=minutes)))
    again = as_reader(ADA, now - timedelta(minutes=1))
    one_referral.one(several[0], why=Permission.ASSESS, acting=again)
    referrals.find(Filter(), acting=as_reader(ADA, now - timedelta(minutes=8)))
    assert consultations.since_break(officer=ADA, now=now) == Stretch(3, 2)
    assert consultations.since_break(officer=BO, now=now) == Stretch(0, 0)


def test_an_opening_whose_first_fields_are_erased_is_nobodys() -> None:
    with connection.cursor() as cursor:
        word = '"WzEsIjIiLCIzIl0"'
        cursor.execute("SELECT opening_who('[]'), opening_who(%s)", [f"[{word},{word}]"])
        assert cursor.fetchone() == (None, None)
