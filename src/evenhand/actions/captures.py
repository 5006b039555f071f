"""Captures: taken for a reason, stopped at once where need be; their files go with them."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.actions.captures_coming import Received, drop
from evenhand.actions.entering import committed, entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.captures import (
    NotHandedOver,
    Taking,
    check_may_capture,
    check_stopped,
    check_taking,
)
from evenhand.rules.disposal import Reason
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import State
from evenhand.rules.retention import check_open
from evenhand.rules.words import words
from evenhand.seal.age import LockUnusable, check_lock, sealed_for
from evenhand.store import capture_files, captures
from evenhand.store.captures import CaptureRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing

IDENTITY = "identity.age"
"""In a folder that is handed over: what opens the file beside it, sealed for who receives it."""
TAKEN, LOCKED = 1, 2
"""The versions of a capture: nothing else ever changes of one."""


def take(reference: str, taking: Taking, received: Received, *, acting: Acting) -> UUID:
    """Keep a file that came in as a capture of a referral; give its id.

    Raises CapturesOff, NoMoreCaptures, StatutoryRouteOnly for what shows a child's abuse (A77,
    E-CSAM-77), TextMissing without a reason, CaptureTimeWrong. Whatever it raises, drop the file.
    """
    check_may(acting.officer, Permission.TAKE_CAPTURE)
    check_taking(taking, now=acting.at)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        closed = row.is_restricted(timezone.localdate(acting.at))
        check_open(row.reference, restricted=closed, officer=acting.officer)
        held, allowed = row.capturerows.count(), settings.DESK.captures
        check_may_capture(row.reference, State(row.state), held, allowed=allowed)
        key = open_record_key(row.key)
        capture = CaptureRow(
            id=received.id,
            referral=row,
            by_id=acting.officer.ref,
            at=acting.at,
            how=taking.how,
            taken_at=taking.taken_at,
            clock_offset=taking.offset,
            format=received.format,
            size=received.size,
            sha256=received.sha256,
            scan=received.scan,
            can_be_drawn=received.can_be_drawn,
        )
        seal_into(capture, key, why=taking.why, identity=received.identity)
        capture.save(force_insert=True)
        pen.enter(
            entered(
                Act.CAPTURE_TAKEN,
                Permission.TAKE_CAPTURE,
                acting=acting,
                obj=capture.id,
                ver=TAKEN,
                reason=committed(key, taking.why),
                capture=Commitment(received.sha256),
            )
        )
    return capture.id


def stop(capture: UUID, *, acting: Acting) -> None:
    """Stop a capture as illegal imagery: from this moment nobody opens it, whatever their role.

    Stopped already, it stays so. What opens it is out of the application's reach.
    """
    check_may(acting.officer, Permission.STOP_CAPTURE)
    with transaction.atomic(savepoint=False):
        row = CaptureRow.objects.select_for_update(of=("self",)).named(capture)
        if row.locked_at is None:
            lock(row, Permission.STOP_CAPTURE, acting=acting)


def lock(row: CaptureRow, permission: Permission | None, *, acting: Acting) -> None:
    """Lock a locked row's capture for good, and enter that."""
    with writing() as pen:
        row.locked_at, row.identity = acting.at, None
        row.locked_by_id = acting.officer.ref if permission else None
        row.save()
        pen.enter(
            entered(
                Act.CAPTURE_STOPPED,
                permission,
                acting=acting,
                obj=row.id,
                ver=LOCKED,
                outcome=None if permission else Code(Reason.RESTORED),
            )
        )


def hand_over(capture: UUID, lock: str, folder: Path, *, acting: Acting) -> Path:
    """Copy a stopped capture into a new folder, unopened, with what opens it sealed to a lock.

    ``lock`` is the public key of age of whoever receives it. Only the owner of the tables can.
    Raises NotHandedOver, FileExistsError.
    """
    try:
        check_lock(lock)
    except LockUnusable as error:
        raise NotHandedOver(
            words("This is not a public key of age."),
            do=words("Copy it again: one of its signs is wrong."),
        ) from error
    row = CaptureRow.objects.named(capture)
    check_stopped(locked=row.locked_at is not None)
    folder.mkdir(mode=0o700)
    with writing() as pen:
        pen.enter(
            Entry(
                act=Act.CAPTURE_HANDED_OVER,
                at=acting.at,
                who=acting.officer.ref,
                obj=row.id,
                capture=Commitment(bytes(row.sha256)),
            )
        )
    (folder / IDENTITY).write_bytes(sealed_for(lock, captures.locked_identity(row).encode()))
    return capture_files.copy_out(row.id, folder)


def sweep(*, now: datetime) -> None:
    """Remove the files that no capture needs: disposed of, or left by whoever was interrupted."""
    for file in captures.not_needed(now=now):
        drop(file)
    capture_files.sweep_incoming(now=now)


def drop_unknown() -> None:
    """Remove the files that the tables know nothing of, as after a restore of an older backup."""
    for file in captures.unknown(capture_files.known()):
        drop(file)
