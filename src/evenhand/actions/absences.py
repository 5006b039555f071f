"""Absences: who is away, until when, and who stands in. Why is never asked."""

from datetime import date

from evenhand.actions.handover import colleague_named
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules.handover import Absence, check_absence
from evenhand.rules.officers import MATRIX, Acting, Officer, Permission, check_may
from evenhand.store.officers import AbsenceRow
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
    check_absence(absence, other, today=acting.at.date())
    with writing() as pen:
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
    """Say that an officer is back, or not away after all."""
    officer = _whose(username, acting)
    with writing() as pen:
        _end(officer, acting)
        pen.enter(_entry(Act.ABSENCE_ENDED, officer, acting))


def _whose(username: str, acting: Acting) -> Officer:
    officer = colleague_named(username)
    if officer.ref != acting.officer.ref:
        check_may(acting.officer, Permission.MANAGE_ABSENCE)
    return officer


def _end(officer: Officer, acting: Acting) -> None:
    AbsenceRow.objects.filter(officer=officer.ref, ended_at__isnull=True).update(ended_at=acting.at)


def _entry(act: Act, officer: Officer, acting: Acting) -> Entry:
    others = officer.ref != acting.officer.ref
    roles = sorted(acting.officer.roles & MATRIX[Permission.MANAGE_ABSENCE]) if others else []
    return Entry(
        act=act,
        at=acting.at,
        who=acting.officer.ref,
        role=Code(roles[0]) if roles else None,
        obj=officer.ref,
        req=acting.request,
    )
