"""Requests about one's own data come in: by anyone at the public door, or logged by an officer.

What is asked is sealed under the request's own key, and how whoever asks is reached under another.
"""

import secrets
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from evenhand.actions import public_receipts, same_content
from evenhand.actions.entering import entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.officers import PUBLIC, Acting, Permission, check_may
from evenhand.rules.people import REFERENCE_LETTERS
from evenhand.rules.public_rights import RightsAsked, RightsKind, check_asked
from evenhand.rules.rights import SCHEDULES, CameBy, check_received
from evenhand.store.rights import RightsContactRow, RightsCountRow, RightsRequestRow
from evenhand.store.sealing import new_record_key, seal_into
from evenhand.store.writing import writing

DOOR = "rights"
RECEIVED, IN_TIME, LATE = "received", "in_time", "late"


def receive(asked: RightsAsked, form: str, *, acting: Acting) -> str:
    """Keep a request that somebody made at the public door; give its receipt number.

    Sent again from the same page it is kept once, and has the same number.
    """
    today = timezone.localdate(acting.at)
    check_asked(asked, today=today)
    ref, receipt = public_receipts.named_after(DOOR, form, asked)
    with transaction.atomic(savepoint=False):
        same_content.lock([ref.bytes])
        if not RightsRequestRow.objects.filter(id=ref).exists():
            kept = public_receipts.kept(receipt)
            _keep(_new(ref, asked, CameBy.FORM, today, acting, receipt=kept), asked, acting)
    return public_receipts.shown(receipt)


def log(asked: RightsAsked, came_by: CameBy, received_on: date, *, acting: Acting) -> str:
    """Log a request that came by mail or on paper, with the day on which it came."""
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    today = timezone.localdate(acting.at)
    check_received(received_on, today=today)
    check_asked(asked, today=today)
    row = _new(uuid4(), asked, came_by, received_on, acting)
    _keep(row, asked, acting)
    return row.reference


def count(kind: RightsKind, what: str, *, day: date) -> None:
    """Add one to what is counted of a day. Needs the pen."""
    RightsCountRow.objects.get_or_create(day=day, kind=kind.value, what=what)
    rows = RightsCountRow.objects.filter(day=day, kind=kind.value, what=what)
    rows.update(count=F("count") + 1)


def about_request(  # noqa: PLR0913 - what an entry says, each by name
    row: RightsRequestRow,
    act: Act,
    why: Permission | None,
    *,
    acting: Acting,
    outcome: str | None = None,
    objs: tuple[UUID, ...] = (),
    reason: Commitment | None = None,
) -> Entry:
    """Give the entry of an act on a request."""
    return entered(
        act,
        why,
        acting=acting,
        obj=row.id,
        outcome=Code(outcome) if outcome else None,
        objs=objs,
        reason=reason,
    )


def _new(
    ref: UUID,
    asked: RightsAsked,
    came_by: CameBy,
    received_on: date,
    acting: Acting,
    *,
    receipt: bytes | None = None,
) -> RightsRequestRow:
    letters = (secrets.choice(REFERENCE_LETTERS) for _ in range(8))
    return RightsRequestRow(
        id=ref,
        key_id=ref,
        reference=f"R-{''.join(letters)}",
        receipt=receipt,
        kind=asked.kind,
        came_by=came_by,
        language=asked.language,
        received_on=received_on,
        logged_at=acting.at,
        logged_by_id=None if acting.officer is PUBLIC else acting.officer.ref,
        schedule=SCHEDULES[asked.kind],
    )


def _keep(row: RightsRequestRow, asked: RightsAsked, acting: Acting) -> None:
    born = asked.birth_date.isoformat() if asked.birth_date else ""
    why = None if acting.officer is PUBLIC else Permission.HANDLE_RIGHTS
    with writing() as pen:
        key = new_record_key(row.id)
        seal_into(row, key, name=asked.name.strip(), birth_date=born, wish=asked.wish)
        row.save(force_insert=True)
        contact = RightsContactRow(request=row)
        contact.key_id = contact.id
        apart = new_record_key(contact.id)
        seal_into(contact, apart, email=asked.email, postal=asked.postal.strip())
        contact.save(force_insert=True)
        count(asked.kind, RECEIVED, day=row.received_on)
        pen.enter(about_request(row, Act.RIGHTS_ASKED, why, acting=acting, outcome=asked.kind))
