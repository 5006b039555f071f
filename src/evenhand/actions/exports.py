"""One referral for somebody outside: asked for, allowed by a second officer, and taken as a bag.

The bag has the facts of the referral as CASE/UCO, its captures sealed to the recipient, and what
the log tells of both. It says nothing about any person.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils import timezone

from evenhand.actions.entering import committed, entered
from evenhand.actions.exports_bag import SealedCapture, in_bag, sealed
from evenhand.actions.sharing_checks import check_party
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.agreements import Terms, check_in_date
from evenhand.rules.exports import (
    Wanted,
    check_may_allow,
    check_may_take,
    check_not_withdrawn,
    check_purpose_of,
    check_stands_as,
    check_still_of_a_child,
    check_terms,
    check_waits,
    chosen,
    not_the_same,
    nothing_left,
)
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.people import check_own_request
from evenhand.rules.referrals import State
from evenhand.rules.retention import check_open
from evenhand.rules.texts import check_reason
from evenhand.seal.record import RecordKey
from evenhand.store.agreements import agreement_of, in_force, opened_now
from evenhand.store.captures import CaptureRow
from evenhand.store.exports import ExportRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into, unsealed
from evenhand.store.sharing import AgreementRow
from evenhand.store.writing import writing
from evenhand.transports.bag import Part, zipped


@dataclass(frozen=True, slots=True)
class Taken:
    """A bag that is taken: its file name, its length, and its bytes. Read them to their end."""

    name: str
    size: int
    pieces: Iterator[bytes]


def ask(reference: str, wanted: Wanted, *, acting: Acting) -> UUID:
    """Ask that a referral with captures of it may go to somebody; give the export's id.

    Raises NoAgreement, RecipientNotNamed, RecipientClosed, ExportStands, ExportWithdrawn,
    Restricted, NotFound.
    """
    check_may(acting.officer, Permission.SHARE)
    check_reason(wanted.reason)
    check_purpose_of(wanted.purpose)
    with writing() as pen:
        referral = ReferralRow.objects.locked(reference)
        row = ExportRow(
            referral=referral,
            by_id=acting.officer.ref,
            at=acting.at,
            recipient_person=wanted.recipient,
            purpose=wanted.purpose,
            child=referral.child,
        )
        row.agreement, _terms = _agreed(wanted.agreement, row, acting)
        open_ones = referral.capturerows.filter(locked_at__isnull=True).order_by("at", "id")
        kept = list(open_ones.values_list("id", flat=True))
        row.captures = chosen(wanted.captures, kept)
        key = open_record_key(referral.key)
        seal_into(row, key, reason=wanted.reason)
        row.save(force_insert=True)
        reason = committed(key, wanted.reason)
        pen.enter(replace(_about(row, Act.EXPORT_ASKED, Permission.SHARE, acting), reason=reason))
    return row.id


def answer(export: UUID, why: str, *, allowed: bool, acting: Acting) -> None:
    """Allow or refuse an export: as a second officer, or as the DPO what is about a child.

    Of a child it takes both. Raises OwnRequest, AskedTooLongAgo, TrainingNeededForExport.
    """
    as_dpo = may(acting.officer, Permission.APPROVE_CHILD_SHARE)
    permission = Permission.APPROVE_CHILD_SHARE if as_dpo else Permission.APPROVE_SHARE
    check_may(acting.officer, permission)
    check_reason(why)
    with writing() as pen:
        row, key = _locked(export)
        if allowed:
            check_may_allow(row.as_fact(), acting.officer, as_dpo=as_dpo, now=acting.at)
            _agreed(row.agreement.reference, row, acting)
        check_waits(row.as_fact(), as_dpo=as_dpo)
        check_own_request(row.as_fact().asked, acting.officer)
        if as_dpo:
            row.dpo_allowed, row.dpo_by_id, row.dpo_at = allowed, acting.officer.ref, acting.at
            seal_into(row, key, dpo_why=why)
        else:
            row.allowed, row.answered_by_id = allowed, acting.officer.ref
            row.answered_at = acting.at
            seal_into(row, key, answer=why)
        row.keep()
        act = Act.EXPORT_ALLOWED if allowed else Act.EXPORT_REFUSED
        pen.enter(replace(_about(row, act, permission, acting), reason=committed(key, why)))


def take(export: UUID, *, acting: Acting) -> Taken:
    """Take an export that was allowed, as a bag in a ZIP file. Each taking is an entry of the log.

    Raises ExportStands, NotCleaned, CaptureDamaged, CaptureNotKept, and what ``ask`` raises. The
    bytes end early with CaptureLocked where a capture is stopped on the way.
    """
    check_may(acting.officer, Permission.SHARE)
    row = ExportRow.objects.named(export)
    check_may_take(row.as_fact(), now=acting.at)
    _agreement, terms = _agreed(row.agreement.reference, row, acting)
    captures: list[SealedCapture] = []
    folder = f"export-{row.referral.reference}-{row.id.hex[:8]}"
    try:
        for capture in _captures(row):
            captures.append(sealed(capture, terms.lock))
        parts = in_bag(row, captures, row.referral.platform, at=acting.at)
        digest, size = hashlib.sha256(), 0
        for piece in zipped(parts, folder):
            digest.update(piece)
            size += len(piece)
        _enter_taking(row, digest.digest(), acting)
    except BaseException:
        _remove(captures)
        raise
    return Taken(f"{folder}.zip", size, _read(parts, folder, captures))


def _enter_taking(told: ExportRow, package: bytes, acting: Acting) -> None:
    """Enter that it is taken, if it still may leave: putting it together took its time."""
    with writing() as pen:
        row, key = _locked(told.id)
        check_may_take(row.as_fact(), now=acting.at)
        _agreed(row.agreement.reference, row, acting)
        check_stands_as(State(told.referral.state), State(row.referral.state))
        _captures(row)
        row.taken_at, row.package_sha256 = acting.at, package
        row.keep()
        pen.enter(
            replace(
                _about(row, Act.EXPORT_TAKEN, Permission.SHARE, acting),
                recipient=Code(row.agreement.recipient.code),
                to=row.recipient_person,
                package=Commitment(package),
                reason=committed(key, unsealed(row, key, "reason")),
            )
        )


def _agreed(reference: str, row: ExportRow, acting: Acting) -> tuple[AgreementRow, Terms]:
    """Refuse what may not leave now; give the agreement that it leaves under, and its terms."""
    today, referral = timezone.localdate(acting.at), row.referral
    check_open(referral.reference, restricted=referral.is_restricted(today), officer=acting.officer)
    if referral.url is None:
        raise nothing_left()
    check_not_withdrawn(State(referral.state))
    check_still_of_a_child(row.child, now=referral.child)
    found = in_force(reference)
    if found and row.agreement_id not in {None, found.id}:
        found = None  # There is a newer version since.
    terms = check_in_date(agreement_of(found) if found else None, today=today).terms
    assert found  # noqa: S101 - without a row there is no agreement in date
    opened = list(opened_now())
    check_party(found, today=today)
    check_terms(terms, row.recipient_person, opened, child=referral.child, today=today)
    return found, terms


def _captures(row: ExportRow) -> Sequence[CaptureRow]:
    """Give the captures of an export, in its order. One that was stopped or is gone refuses it."""
    rows = CaptureRow.objects.select_related("referral__key", "time").filter(
        id__in=row.captures, locked_at__isnull=True
    )
    found = {it.id: it for it in rows}
    if len(found) != len(row.captures):
        raise not_the_same()
    return [found[it] for it in row.captures]


def _read(parts: Sequence[Part], folder: str, captures: Sequence[SealedCapture]) -> Iterator[bytes]:
    """Give the bytes of a bag; remove what lies on this machine of it when they end."""
    try:
        yield from zipped(parts, folder)
    finally:
        _remove(captures)


def _remove(captures: Sequence[SealedCapture]) -> None:
    for it in captures:
        it.remove()


def _locked(export: UUID) -> tuple[ExportRow, RecordKey]:
    """Give an export that nobody else answers or takes now, and whose referral stays as it is."""
    ReferralRow.objects.locked(ExportRow.objects.named(export).referral.reference)
    ExportRow.objects.select_for_update(of=("self",)).filter(id=export).first()
    row = ExportRow.objects.named(export)
    return row, open_record_key(row.referral.key)


def _about(row: ExportRow, act: Act, permission: Permission, acting: Acting) -> Entry:
    """Give the entry of an act on an export: it names the referral and each capture by id."""
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        ver=row.version,
        why=Code(row.purpose),
        agreement=row.agreement_id,
        objs=(row.referral_id, *row.captures),
    )
