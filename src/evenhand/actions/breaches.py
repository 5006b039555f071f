"""Breaches: reported by anybody on the desk, told, settled and closed by those who keep them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from evenhand.actions.entering import committed, entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules import breaches as rules
from evenhand.rules import breaches_telling as telling
from evenhand.rules.breaches import BreachKind, Content, Group, Noted, ToTell
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.texts import says_nothing
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store.breaches import (
    BreachGroupRow,
    BreachNoteRow,
    BreachPhaseRow,
    BreachRow,
    numbered,
)
from evenhand.store.sealing import new_record_key, open_record_key, seal_into
from evenhand.store.writing import writing

REPORT, KEEP = Permission.REPORT_BREACH, Permission.KEEP_BREACHES
WRONGLY_SENT = "A package left the desk that was wrong, or went to whom it should not have gone."
"""The facts with which a draft opens when a package is recalled as wrongly sent."""


def report(kinds: Collection[BreachKind], facts: str, aware_at: datetime, *, acting: Acting) -> int:
    """Record a breach that somebody on the desk knows of; give its number."""
    check_may(acting.officer, REPORT)
    rules.check_begun(kinds, facts, aware_at, now=acting.at)
    return _open(kinds, facts, aware_at, acting=acting)


def open_for(package: str, *, acting: Acting) -> None:
    """Record a breach for a package that was wrongly sent, once, as known from now on."""
    if not BreachRow.objects.filter(package=package).exists():
        _open([BreachKind.DISCLOSED], WRONGLY_SENT, acting.at, acting=acting, package=package)


def note(number: int, what: Noted, text: str, *, acting: Acting) -> None:
    """Add facts, effects, the remedy or a correction."""
    check_may(acting.officer, KEEP)
    with writing() as pen:
        row, key = _locked(number)
        rules.check_note(row.as_fact(), what, text)
        _note(row, key, what, text, acting)
        entry = _entry(row, Act.BREACH_NOTED, KEEP, acting, what, reason=committed(key, text))
        pen.enter(replace(entry, ver=None))  # the breach itself is as it was


def record_told(
    number: int,
    contents: Mapping[Content, str],
    told_at: datetime,
    *,
    late_because: str = "",
    rest_follows: bool = False,
    acting: Acting,
) -> None:
    """Record a phase of telling the Commissioner, with those of the four contents that it had."""
    check_may(acting.officer, KEEP)
    given = {it: text for it, text in contents.items() if not says_nothing(text)}
    with writing() as pen:
        row, key = _locked(number)
        telling.check_phase(
            row.as_fact(),
            contents,
            told_at,
            late_because=late_because,
            rest_follows=rest_follows,
            now=acting.at,
        )
        phase = BreachPhaseRow(breach=row, told_at=told_at, by_id=acting.officer.ref, at=acting.at)
        seal_into(phase, key, **{it.value: text for it, text in given.items()})
        phase.save(force_insert=True)
        if row.first_told_at is None:
            row.first_told_at = told_at
            if not says_nothing(late_because):
                seal_into(row, key, late_because=late_because)
        row.told = sorted({*row.told, *given})
        _keep(row)
        pen.enter(_entry(row, Act.BREACH_TOLD, KEEP, acting))


def do_not_tell(number: int, reason: str, *, acting: Acting) -> None:
    """Record why the Commissioner is not told: nobody is likely to be in danger."""
    check_may(acting.officer, KEEP)
    with writing() as pen:
        row, key = _locked(number)
        telling.check_not_told(row.as_fact(), reason)
        row.not_told_at = acting.at
        seal_into(row, key, not_told_because=reason)
        _keep(row)
        pen.enter(_entry(row, Act.BREACH_NOT_TOLD, KEEP, acting, reason=committed(key, reason)))


def settle_group(number: int, group: Group, *, acting: Acting) -> UUID:
    """Record of some of the people whether they are told, and why else not; give its id."""
    check_may(acting.officer, KEEP)
    with writing() as pen:
        row, key = _locked(number)
        telling.check_group(row.as_fact(), group)
        stored = BreachGroupRow(
            breach=row,
            whom=group.whom,
            about=group.about,
            under_18=group.under_18,
            to_tell=group.to_tell,
            ground=group.ground,
            by_id=acting.officer.ref,
            at=acting.at,
        )
        seal_into(stored, key, reasons=group.reasons)
        stored.save(force_insert=True)
        _keep(row)
        reason = committed(key, group.reasons)
        pen.enter(_entry(row, Act.BREACH_SETTLED, KEEP, acting, group.to_tell, reason=reason))
        return stored.id


def tell_group(
    number: int, group: UUID, contents: Mapping[Content, str], on: date, *, acting: Acting
) -> None:
    """Record that some of the people, or the public for them, were told the four contents."""
    check_may(acting.officer, KEEP)
    with writing() as pen:
        row, key = _locked(number)
        stored = row.groups.filter(id=group).first()
        if stored is None:
            raise NotFound(
                words("There is no such group of people."), do=words("Look at the breach.")
            )
        telling.check_told(
            ToTell(stored.to_tell),
            contents,
            on,
            is_told=stored.told_on is not None,
            today=timezone.localdate(acting.at),
        )
        stored.told_on = on
        seal_into(stored, key, **{it.value: contents[it] for it in Content})
        stored.save()
        _keep(row)
        pen.enter(_entry(row, Act.BREACH_PEOPLE_TOLD, KEEP, acting))


def close(number: int, *, acting: Acting) -> None:
    """Close a breach whose record is whole, and of which everybody was told who is told."""
    check_may(acting.officer, KEEP)
    with writing() as pen:
        row, _key = _locked(number)
        rules.check_may_close(row.as_fact())
        row.closed_by_id, row.closed_at = acting.officer.ref, acting.at
        _keep(row)
        pen.enter(_entry(row, Act.BREACH_CLOSED, KEEP, acting))


def _open(
    kinds: Collection[BreachKind],
    facts: str,
    aware_at: datetime,
    *,
    acting: Acting,
    package: str | None = None,
) -> int:
    with writing() as pen:
        _lock_numbers()
        newest = BreachRow.objects.aggregate(newest=Max("number"))["newest"] or 0
        ref = uuid4()
        key = new_record_key(ref)
        row = BreachRow.objects.create(
            id=ref,
            key_id=ref,
            number=newest + 1,
            kinds=sorted(kinds),
            aware_at=aware_at,
            package=package,
            opened_by_id=acting.officer.ref,
            opened_at=acting.at,
        )
        _note(row, key, Noted.FACTS, facts, acting)
        pen.enter(_entry(row, Act.BREACH_OPENED, REPORT, acting, reason=committed(key, facts)))
        return row.number


def _note(row: BreachRow, key: RecordKey, what: Noted, text: str, acting: Acting) -> None:
    said = BreachNoteRow(breach=row, what=what, by_id=acting.officer.ref, at=acting.at)
    seal_into(said, key, text=text)
    said.save(force_insert=True)


def _keep(row: BreachRow) -> None:
    row.version += 1
    row.save()


def _lock_numbers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('breach'))")


def _locked(number: int) -> tuple[BreachRow, RecordKey]:
    row = numbered(number, locked=True)
    rules.check_not_erased(row.as_fact())
    return row, open_record_key(row.key)  # type: ignore[arg-type] # its words are there


def _entry(
    row: BreachRow,
    act: Act,
    permission: Permission,
    acting: Acting,
    outcome: str | None = None,
    *,
    reason: Commitment | None = None,
) -> Entry:
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        ver=row.version,
        outcome=Code(outcome) if outcome else None,
        reason=reason,
    )
