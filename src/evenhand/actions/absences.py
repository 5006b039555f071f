"""Absences: who is away, until when, and who stands in. Why is never asked."""

from datetime import date

from django.utils import timezone

from evenhand.actions.entering import entered
from evenhand.actions.handover import colleague_named
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.handover import Absence, check_absence
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.officers import AbsenceRow, OfficerRow
from evenhand.store.writing import writing


def set_absence(
    username: str, *, first_day: date, last_day: date, stand_in: str = "", acting: Acting
) -> None:
    """Say that an officer is away, in place of whatever was said before.

    Everybody says so for themselves; for others an approver or the administrator does.
    """
    officer = _whose(username, acting)
    other = colleague_named(stand_in, at="stand_in") if stand_in else None
    absence = Absence(
        officer=officer.ref,
        first_day=first_day,
        last_day=last_day,
        stand_in=other.ref if other else None,
    )
    with writing() as pen:
        # One change at a time of whoever is concerned: the second waits, and sees the first.
        _lock(officer, other)
        theirs = _entered(other) if other else None
        check_absence(absence, other, theirs=theirs, today=timezone.localdate(acting.at))
        _end(officer, acting)
        AbsenceRow.objects.create(
            officer_id=officer.ref,
            first_day=first_day,
            last_day=last_day,
            stand_in_id=absence.stand_in,
            set_by_id=acting.officer.ref,
            set_at=acting.at,
        )
        pen.enter(_entry(Act.ABSENCE_SET, officer, acting))


def end_absence(username: str, *, acting: Acting) -> None:
    """Say that an officer is back, or not away after all. Raises NotFound where none is entered."""
    officer = _whose(username, acting)
    with writing() as pen:
        if not _end(officer, acting):
            raise NotFound(
                words("No absence is entered for this officer."),
                do=words("Look at the list of colleagues."),
            )
        pen.enter(_entry(Act.ABSENCE_ENDED, officer, acting))


def _whose(username: str, acting: Acting) -> Officer:
    officer = colleague_named(username)
    if officer.ref != acting.officer.ref:
        check_may(acting.officer, Permission.MANAGE_ABSENCE)
    return officer


def _lock(*officers: Officer | None) -> None:
    refs = [it.ref for it in officers if it]
    rows = OfficerRow.objects.select_for_update(of=("self",)).filter(id__in=refs)
    list(rows.order_by("id"))


def _entered(officer: Officer) -> Absence | None:
    row = AbsenceRow.objects.filter(officer=officer.ref, ended_at__isnull=True).first()
    return row.as_fact() if row else None


def _end(officer: Officer, acting: Acting) -> int:
    entered = AbsenceRow.objects.filter(officer=officer.ref, ended_at__isnull=True)
    return entered.update(ended_at=acting.at)


def _entry(act: Act, officer: Officer, acting: Acting) -> Entry:
    others = officer.ref != acting.officer.ref
    return entered(
        act,
        Permission.MANAGE_ABSENCE if others else None,
        acting=acting,
        obj=officer.ref,
    )
