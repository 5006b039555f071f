"""Makes the log entry of an act from what every act has."""

from typing import TypedDict, Unpack
from uuid import UUID

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.officers import MATRIX, Acting, Officer, Permission
from evenhand.seal.record import RecordKey
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow

DISCLOSURES = frozenset({Act.NOTICE_ACCEPTED, Act.NOTICE_SENT_BY_HAND, Act.PROOF_SENT})
"""The acts whose entries name a recipient."""


class Said(TypedDict, total=False):
    """What an entry says beside who did what, when and in which role: fields of ``Entry``."""

    obj: UUID
    ver: int | None
    why: Code
    outcome: Code | None
    reason: Commitment | None
    recipient: Code | None
    to: UUID | None
    agreement: UUID
    package: Commitment
    capture: Commitment
    objs: tuple[UUID, ...]


def about(
    row: ReferralRow | PersonRow,
    act: Act,
    permission: Permission | None,
    *,
    acting: Acting,
    outcome: str | None = None,
    reason: Commitment | None = None,
) -> Entry:
    """Give the entry of an act on this record, at its version after the act."""
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        ver=row.version,
        outcome=Code(outcome) if outcome else None,
        reason=reason,
        recipient=_recipient(row, act),
    )


def entered(
    act: Act, permission: Permission | None, *, acting: Acting, **said: Unpack[Said]
) -> Entry:
    """Give the entry of an act on anything: who did it, when, in the role that let them."""
    return Entry(
        act=act,
        at=acting.at,
        who=acting.officer.ref,
        role=_role_for(acting.officer, permission) if permission else None,
        req=acting.request,
        **said,
    )


def committed(key: RecordKey, words: str) -> Commitment | None:
    """Commit to an officer's words, where there are any."""
    return Commitment(key.commit(words)) if words else None


def _recipient(row: ReferralRow | PersonRow, act: Act) -> Code | None:
    if isinstance(row, ReferralRow) and act in DISCLOSURES:
        return Code(row.platform)
    return None


def _role_for(officer: Officer, permission: Permission) -> Code | None:
    """Name the role that let an officer do it, as an entry has it."""
    roles = sorted(officer.roles & MATRIX[permission])
    return Code(roles[0]) if roles else None
