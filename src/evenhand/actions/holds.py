"""Holds: placed by one officer at once, ended by two."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from evenhand.actions.closing import close, opened
from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.rules.holds import (
    Evidence,
    HoldKind,
    HoldUnknown,
    check_hold,
    check_other_officer,
)
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.retention import Closed
from evenhand.rules.texts import check_reason
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store.records import Record, locked, parts_of
from evenhand.store.retention import HoldRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing


def place(  # noqa: PLR0913 - what a hold says, each by name
    reference: str,
    kind: HoldKind,
    *,
    their_reference: str,
    reason: str,
    owner: str = "",
    expires_on: date | None = None,
    acting: Acting,
) -> UUID:
    """Place a hold on a record, in force at once; give its id. What is evidence is closed, too.

    ``their_reference`` is that of the court, exhibit or request; ``owner`` who answers for it.
    """
    check_may(acting.officer, Permission.PLACE_HOLD)
    today = timezone.localdate(acting.at)
    check_hold(
        kind, owner=owner, their_reference=their_reference, expires_on=expires_on, today=today
    )
    check_reason(reason)
    with writing() as pen:
        row = locked(reference)
        key = open_record_key(row.key)
        if kind is HoldKind.EVIDENCE:
            close(row, Closed.EVIDENCE, pen, acting=acting)
        row.keep()
        evidence = Evidence(their_reference=their_reference, owner=owner, expires_on=expires_on)
        hold = hold_for(row, key, kind, evidence, reason, acting=acting)
        pen.enter(
            about(
                row,
                Act.HOLD_PLACED,
                Permission.PLACE_HOLD,
                acting=acting,
                outcome=kind,
                reason=committed(key, reason),
            )
        )
    return hold


def hold_for(
    row: Record,
    key: RecordKey,
    kind: HoldKind,
    evidence: Evidence,
    reason: str,
    *,
    acting: Acting,
) -> UUID:
    """Hold a locked record; give the id of the hold. Needs the pen."""
    hold = HoldRow(
        **parts_of(row),
        kind=kind,
        by_id=acting.officer.ref,
        at=acting.at,
        day=timezone.localdate(acting.at),
        expires_on=evidence.expires_on,
    )
    seal_into(
        hold,
        key,
        owner=evidence.owner,
        their_reference=evidence.their_reference,
        reason=reason,
    )
    hold.save(force_insert=True)
    return hold.id


def ask_to_end(reference: str, hold: UUID, reason: str, *, acting: Acting) -> None:
    """Ask for a hold to end, for a reason; it stands until a second officer ends it."""
    check_may(acting.officer, Permission.PLACE_HOLD)
    check_reason(reason)
    _ask_to_end(reference, hold, reason, acting.officer.ref, Permission.PLACE_HOLD, acting)


def ask_for_who_placed_it(reference: str, hold: UUID, because: str, *, acting: Acting) -> None:
    """Ask for a hold to end, for who placed it, as what it was for is erased; a colleague ends it.

    Only the worker does it.
    """
    _ask_to_end(reference, hold, because, None, None, acting)


def end(reference: str, hold: UUID, *, acting: Acting) -> None:
    """End a hold that a colleague asked to end. What was closed for it opens, unless it is late."""
    check_may(acting.officer, Permission.LIFT_HOLD)
    with writing() as pen:
        row = locked(reference)
        standing = _standing(row, hold)
        if standing.asked_by_id is None:
            raise HoldUnknown(
                words("Nobody has asked for this hold to end."),
                do=words("A colleague asks for it first, with a reason."),
            )
        check_other_officer(OfficerRef(standing.asked_by_id), acting.officer.ref)
        standing.ended_by_id, standing.ended_at = acting.officer.ref, acting.at
        standing.save()
        if not _other_evidence(row, standing):
            row.open_again(Closed.EVIDENCE)
        row.keep()
        opened(row, pen, acting=acting)
        pen.enter(about(row, Act.HOLD_ENDED, Permission.LIFT_HOLD, acting=acting))


def end_with_reply(
    reference: str,
    hold: UUID,
    *,
    because: str,
    asked_by: OfficerRef,
    ended_by: OfficerRef,
    acting: Acting,
) -> None:
    """End a hold with the request that it was for, by the two officers of the reply to it.

    The database refuses it while something can follow the reply.
    """
    check_other_officer(asked_by, ended_by)
    with writing() as pen:
        row = locked(reference)
        standing = _standing(row, hold)
        standing.asked_by_id, standing.asked_at = asked_by, acting.at
        standing.ended_by_id, standing.ended_at = ended_by, acting.at
        seal_into(standing, open_record_key(row.key), asked_because=because)
        standing.save()
        row.keep()
        pen.enter(about(row, Act.HOLD_ENDED, None, acting=acting))


def _ask_to_end(
    reference: str,
    hold: UUID,
    because: str,
    asked_by: OfficerRef | None,
    why: Permission | None,
    acting: Acting,
) -> None:
    with writing() as pen:
        row = locked(reference)
        standing = _standing(row, hold)
        key = open_record_key(row.key)
        standing.asked_by_id, standing.asked_at = asked_by or standing.by_id, acting.at
        seal_into(standing, key, asked_because=because)
        standing.save()
        row.keep()
        told = committed(key, because)
        pen.enter(about(row, Act.HOLD_END_ASKED, why, acting=acting, reason=told))


def _other_evidence(row: Record, ended: HoldRow) -> bool:
    others = row.holdrows.filter(kind=HoldKind.EVIDENCE, ended_at__isnull=True)
    return others.exclude(id=ended.id).exists()


def _standing(row: Record, hold: UUID) -> HoldRow:
    found = row.holdrows.filter(id=hold, ended_at__isnull=True).first()
    if found is None:
        raise HoldUnknown(
            words("This hold does not stand on {reference}."),
            do=words("Look at its holds again."),
            reference=row.reference,
        )
    return found
