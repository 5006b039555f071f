"""The register of scrutiny from outside: entered, added to, and “none” said of a day."""

from datetime import date
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from evenhand.actions.entering import committed, entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.scrutiny import (
    Scrutiny,
    ScrutinyKind,
    Told,
    check_none,
    check_scrutiny,
    check_told,
)
from evenhand.store.scrutiny import ScrutinyNoneRow, ScrutinyRow, ScrutinyWordRow, numbered
from evenhand.store.sealing import new_record_key, open_record_key, seal_into
from evenhand.store.writing import writing

RECORD = Permission.RECORD_SCRUTINY


def record(found: Scrutiny, *, acting: Acting) -> int:
    """Enter that somebody outside looked at the desk; give its number."""
    check_may(acting.officer, RECORD)
    check_scrutiny(found, today=timezone.localdate(acting.at))
    with writing() as pen:
        _lock()
        newest = ScrutinyRow.objects.aggregate(newest=Max("number"))["newest"] or 0
        ref = uuid4()
        key = new_record_key(ref)
        row = ScrutinyRow(
            id=ref,
            key_id=ref,
            number=newest + 1,
            kind=found.kind,
            held_on=found.held_on,
            by_id=acting.officer.ref,
            at=acting.at,
        )
        seal_into(row, key, body=found.body, scope=found.scope)
        row.save(force_insert=True)
        pen.enter(_entry(Act.SCRUTINY_RECORDED, ref, found.kind, acting))
        return row.number


def tell(
    number: int, what: Told, text: str, day: date, *, about: UUID | None = None, acting: Acting
) -> None:
    """Add what came of it; ``about``: the recommendation that something was done about."""
    check_may(acting.officer, RECORD)
    with writing() as pen:
        row = numbered(number)
        recommended = about is not None and _recommends(row, about)
        check_told(
            what,
            text,
            day,
            of_recommendation=recommended,
            held_on=row.held_on,
            today=timezone.localdate(acting.at),
        )
        key = open_record_key(row.key)
        said = ScrutinyWordRow(
            scrutiny=row, about_id=about, what=what, day=day, by_id=acting.officer.ref, at=acting.at
        )
        seal_into(said, key, text=text)
        said.save(force_insert=True)
        reason = committed(key, text)
        pen.enter(_entry(Act.SCRUTINY_TOLD, row.id, what, acting, reason=reason))


def say_none(kind: ScrutinyKind, true_on: date, *, acting: Acting) -> None:
    """Say that by a day there was no scrutiny of a kind."""
    check_may(acting.officer, RECORD)
    with writing() as pen:
        _lock()
        held = ScrutinyRow.objects.filter(kind=kind, held_on__lte=true_on).exists()
        check_none(true_on, held=held, today=timezone.localdate(acting.at))
        row = ScrutinyNoneRow.objects.create(
            kind=kind, true_on=true_on, by_id=acting.officer.ref, at=acting.at
        )
        pen.enter(_entry(Act.SCRUTINY_NONE, row.id, kind, acting))


def _recommends(row: ScrutinyRow, about: UUID) -> bool:
    return row.told.filter(id=about, what=Told.RECOMMENDATION).exists()


def _lock() -> None:
    """Let one at a time into the register: “none” and an entry would not see each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('scrutiny'))")


def _entry(
    act: Act, ref: UUID, outcome: str, acting: Acting, *, reason: Commitment | None = None
) -> Entry:
    return entered(
        act,
        RECORD,
        acting=acting,
        obj=ref,
        outcome=Code(outcome),
        reason=reason,
    )
