"""The desk's documents: written, advised on, approved by another, corrected in the open."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone

from evenhand.actions.entering import committed, entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules import assurance
from evenhand.rules.assurance import Claim, DocumentKind, Part, Residual, Said, Stage
from evenhand.rules.conditions import check_conditions, check_still_stated
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.assurance import (
    OPEN_STAGES,
    REGISTERS,
    DocumentRow,
    DocumentWordRow,
    assured,
    named,
    true_here,
)
from evenhand.store.lawbook import conditions as known_conditions
from evenhand.store.lawbook import lawbook
from evenhand.store.sealing import new_record_key, open_record_key, seal_into
from evenhand.store.writing import Pen, writing


def write(
    kind: DocumentKind,
    parts: Mapping[Part, str],
    *,
    residual: Residual | None = None,
    claims: Collection[Claim] = (),
    conditions: Collection[str] = (),
    acting: Acting,
) -> int:
    """Write a new version of a document; give its number. One that was on its way is replaced."""
    check_may(acting.officer, Permission.WRITE_DOCUMENT)
    assurance.check_document(kind, parts, residual, claims)
    check_conditions(kind, conditions, known_conditions(), settings.DESK.regime)
    with writing() as pen:
        _lock(kind)
        of_kind = DocumentRow.objects.filter(kind=kind)
        of_kind.filter(stage__in=OPEN_STAGES).update(stage=Stage.REPLACED, replaced_at=acting.at)
        newest = of_kind.order_by("-number").first()
        ref = uuid4()
        row = DocumentRow(
            id=ref,
            key_id=ref,
            kind=kind,
            number=newest.number + 1 if newest else 1,
            stage=assurance.first_stage(residual),
            residual=residual,
            claims=sorted(claims),
            conditions=sorted(set(conditions)) or None,
            written_by_id=acting.officer.ref,
            written_at=acting.at,
        )
        seal_into(row, new_record_key(ref), **{it: parts[it] for it in assurance.PARTS[kind]})
        row.save(force_insert=True)
        pen.enter(_entry(row, Act.DOCUMENT_WRITTEN, Permission.WRITE_DOCUMENT, acting))
        return row.number


def advise(kind: DocumentKind, number: int, text: str, *, acting: Acting) -> None:
    """Add the data protection officer's advice to a version. It is never changed."""
    check_may(acting.officer, Permission.ADVISE_DOCUMENT)
    with writing() as pen:
        row = _locked(kind, number)
        assurance.check_may_advise(row.as_fact(), text)
        row.advised_at = acting.at
        _say(row, Said.ADVICE, text, pen, acting)


def record_ico_advice(
    kind: DocumentKind, number: int, text: str, given_on: date, *, acting: Acting
) -> None:
    """Record what the Information Commissioner advised on an assessment that leaves a high risk."""
    check_may(acting.officer, Permission.ADVISE_DOCUMENT)
    with writing() as pen:
        row = _locked(kind, number)
        today = timezone.localdate(acting.at)
        assurance.check_ico_advice(row.as_fact(), text, given_on, today=today)
        row.stage = Stage.WRITTEN
        row.ico_advised_on = given_on
        _say(row, Said.ICO_ADVICE, text, pen, acting)


def approve(kind: DocumentKind, number: int, review_on: date, *, acting: Acting) -> None:
    """Put a version in force from today until its review; the one before it is replaced."""
    check_may(acting.officer, Permission.APPROVE_DOCUMENT)
    today = timezone.localdate(acting.at)
    with writing() as pen:
        row = _locked(kind, number)
        fact = row.as_fact()
        assurance.check_may_approve(
            fact, acting.officer.ref, review_on, true_here=true_here(), today=today
        )
        check_still_stated(fact, assured())
        before = DocumentRow.objects.filter(kind=kind, stage=Stage.IN_FORCE)
        before.update(stage=Stage.REPLACED, replaced_at=acting.at)
        row.stage = Stage.IN_FORCE
        row.approved_by_id = acting.officer.ref
        row.approved_at = acting.at
        row.in_force_from = today
        row.review_on = review_on
        if kind in REGISTERS:
            row.list_parties()
        row.harms = sorted(lawbook().harms) if kind is DocumentKind.EIA else []
        _keep(row)
        pen.enter(_entry(row, Act.DOCUMENT_APPROVED, Permission.APPROVE_DOCUMENT, acting))


def write_erratum(kind: DocumentKind, number: int, text: str, *, acting: Acting) -> None:
    """Write a correction of a version that is or was in force. Another publishes it."""
    check_may(acting.officer, Permission.WRITE_DOCUMENT)
    with writing() as pen:
        row = _locked(kind, number)
        assurance.check_erratum(row.as_fact(), text)
        _say(row, Said.ERRATUM, text, pen, acting)


def publish_erratum(kind: DocumentKind, number: int, erratum: int, *, acting: Acting) -> None:
    """Publish the correction of that place among the version's, from 1, beside its text."""
    check_may(acting.officer, Permission.APPROVE_DOCUMENT)
    with writing() as pen:
        row = _locked(kind, number)
        found = list(row.said.filter(what=Said.ERRATUM).order_by("at", "id"))
        if not 0 < erratum <= len(found):
            raise NotFound(words("There is no such correction."), do=words("Look at the document."))
        said = found[erratum - 1]
        assurance.check_may_publish(
            OfficerRef(said.by_id), acting.officer.ref, published=said.published_at is not None
        )
        said.published_by_id = acting.officer.ref
        said.published_at = acting.at
        said.save()
        _keep(row)
        pen.enter(_entry(row, Act.ERRATUM_PUBLISHED, Permission.APPROVE_DOCUMENT, acting))


SAYS: Mapping[Said, tuple[Act, Permission]] = {
    Said.ADVICE: (Act.DOCUMENT_ADVISED, Permission.ADVISE_DOCUMENT),
    Said.ICO_ADVICE: (Act.ICO_ADVICE_RECORDED, Permission.ADVISE_DOCUMENT),
    Said.ERRATUM: (Act.ERRATUM_WRITTEN, Permission.WRITE_DOCUMENT),
}


def _say(row: DocumentRow, what: Said, text: str, pen: Pen, acting: Acting) -> None:
    """Add words to a version, and enter it."""
    key = open_record_key(row.key)
    said = DocumentWordRow(document=row, what=what, by_id=acting.officer.ref, at=acting.at)
    seal_into(said, key, text=text)
    said.save(force_insert=True)
    _keep(row)
    act, permission = SAYS[what]
    entry = _entry(row, act, permission, acting)
    pen.enter(replace(entry, reason=committed(key, text)))


def _keep(row: DocumentRow) -> None:
    row.version += 1
    row.save()


def _lock(kind: DocumentKind) -> None:
    """Let one change of a document at a time through: the second waits and sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"document {kind}"])


def _locked(kind: DocumentKind, number: int) -> DocumentRow:
    _lock(kind)
    return named(kind, number)


def _entry(row: DocumentRow, act: Act, permission: Permission, acting: Acting) -> Entry:
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        ver=row.version,
        outcome=Code(row.kind),
    )
