"""A look at a person is an entry with its reason, written before anything is shown."""

from uuid import UUID

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.consultations import ONE_CONSULTATION
from evenhand.rules.officers import MATRIX, Acting, Permission
from evenhand.seal.record import RecordKey
from evenhand.store.consulting import enter_consultation
from evenhand.store.people import PersonRow


def enter_look(
    row: PersonRow, key: RecordKey, why: Permission, reason: str, *, acting: Acting
) -> None:
    """Enter that somebody looks at a person; why is sealed under the person's key."""
    entry = Entry(
        act=Act.PERSON_CONSULTED,
        at=acting.at,
        who=acting.officer.ref,
        role=role_for(why, acting),
        obj=row.id,
        why=Code(why),
        reason=Commitment(key.commit(reason)),
        req=acting.request,
    )
    since, sealed = acting.at - ONE_CONSULTATION, key.seal(place_of_reason(row.id), reason)
    enter_consultation(entry, about=row.id, since=since, reason=sealed)


def place_of_reason(record: UUID) -> str:
    """Name the place that the sealed reason of a look is bound to."""
    return f"consultation.reason.{record}"


def role_for(why: Permission, acting: Acting) -> Code:
    """Name the role by which an officer looks."""
    return Code(min(acting.officer.roles & MATRIX[why]))
