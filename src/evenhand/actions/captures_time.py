"""Timestamps of captures: asked of an authority outside by the worker, again until there is one."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Commitment, Entry
from evenhand.rules.officers import Acting
from evenhand.store import captures
from evenhand.store.captures import CaptureRow, CaptureTimeRow
from evenhand.store.writing import writing
from evenhand.transports.timestamps import Authority, NotStamped, Stamp, stamped


def stamp_all(*, acting: Acting) -> None:
    """Have the captures timestamped that wait for it, until the authority fails one of them.

    The one that it failed is noted with the reason, and is the last to be asked for the next time.
    """
    authority: Authority | None = settings.TIMESTAMPS
    if authority is None:
        return
    for capture, sha256 in captures.without_time():
        try:
            stamp = stamped(sha256, authority)
        except NotStamped as error:
            captures.note_no_time(capture, error.why, at=acting.at)
            return
        keep(capture, stamp, authority.certificates, acting=acting)


def keep(capture: UUID, stamp: Stamp, certificates: str, *, acting: Acting) -> None:
    """Keep the timestamp of a capture, unless that is gone, was stopped meanwhile, or has one."""
    with transaction.atomic(savepoint=False):
        rows = CaptureRow.objects.select_for_update(of=("self",))
        row = rows.filter(id=capture, locked_at=None, time=None).first()
        if row is None:
            return
        with writing() as pen:
            CaptureTimeRow.objects.create(
                capture=row,
                at=acting.at,
                stamped_at=stamp.at,
                response=stamp.response,
                certificates=certificates,
            )
            pen.enter(
                Entry(
                    act=Act.CAPTURE_TIMESTAMPED,
                    at=acting.at,
                    who=acting.officer.ref,
                    obj=row.id,
                    capture=Commitment(bytes(row.sha256)),
                )
            )
