"""Finding a person by an exact key. The search is an entry, and each hit is a look before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from evenhand.queries import consultations
from evenhand.rules.assurance import check_people_open
from evenhand.rules.combinations import ON_RECORD, UNDONE_WITHIN, CombinationStanding
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.people import PersonStanding, check_look_reason
from evenhand.rules.people_finding import MOST_HITS, Key, check_key
from evenhand.rules.people_roles import PersonRole
from evenhand.seal.record import RecordKey
from evenhand.store.assurance import assured
from evenhand.store.combinations import (
    CombinationRow,
    locked_pair,
    undecided,
    with_undecided,
)
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed

FIND, JOIN = Permission.FIND_PERSON, Permission.JOIN_PEOPLE
MATCH = "Exact match: whether two records are one person’s"
"""The reason of a look that the desk itself asks for at recording."""
MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class InReferral:
    """What somebody is in one referral."""

    referral: str
    role: PersonRole


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found. Of a restricted one, who may not read it learns only that."""

    reference: str
    standing: PersonStanding
    name: str
    birth_date: date | None
    roles: Sequence[InReferral]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two records that somebody said are one person's, or joined; by reference only."""

    ref: UUID
    first: str
    second: str
    standing: CombinationStanding
    decided_by: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records beside each other, for who is to say whether they are one person's."""

    ref: UUID
    standing: CombinationStanding
    reason: str
    decided_by: str
    hits: Sequence[Hit]


def find(key: Key, *, referral: str, reason: str, acting: Acting) -> Sequence[Hit]:
    """Find who has exactly this key, at most five. Finding nobody is an entry. Raises NotFound."""
    check_may(acting.officer, FIND)
    check_people_open(assured())
    check_look_reason(reason)
    check_key(key)
    with transaction.atomic():
        about = ReferralRow.objects.select_related("key").named(referral)
        rows = list(PersonRow.objects.select_related("key").exactly(key)[:MOST_HITS])
        key_of_it, found = open_record_key(about.key), [it.id for it in rows]
        consultations.at_search(about, key_of_it, found, reason, acting=acting)
        return looked_at(rows, FIND, reason, acting)


def to_tell_apart(reference: str, *, acting: Acting) -> Sequence[Hit]:
    """Give the exact matches of a record of which nobody said yet whether they are the same."""
    check_may(acting.officer, JOIN)
    check_people_open(assured())
    with transaction.atomic():
        row = PersonRow.objects.named(reference)
        found = undecided(row).select_related("key").order_by("id")
        return looked_at(list(found[:MOST_HITS]), JOIN, MATCH, acting)


def check_open() -> None:
    """Refuse where no work with people is open on this desk."""
    check_people_open(assured())


def with_matches(*, acting: Acting) -> Sequence[str]:
    """List the records with matches to be told apart, of two held ones one; by reference only."""
    check_may(acting.officer, JOIN)
    check_open()
    rows = with_undecided().order_by("proposed_at", "id")
    return list(rows.values_list("reference", flat=True)[:MOST_WAITING])


def waiting(*, acting: Acting) -> Sequence[Waiting]:
    """List the pairs that wait for a second officer, the oldest first; by reference only."""
    rows = CombinationRow.objects.filter(
        standing=CombinationStanding.PROPOSED, first__standing__in=sorted(ON_RECORD)
    )
    return _pairs(rows.order_by("decided_at"), acting)


def joined_lately(*, acting: Acting) -> Sequence[Waiting]:
    """List the pairs that can still be taken apart, the newest first; by reference only."""
    rows = CombinationRow.objects.filter(
        standing=CombinationStanding.JOINED, answered_at__gte=acting.at - UNDONE_WITHIN
    )
    return _pairs(rows.order_by("-answered_at"), acting)


def _pairs(rows: QuerySet[CombinationRow], acting: Acting) -> Sequence[Waiting]:
    check_may(acting.officer, JOIN)
    check_open()
    return [
        Waiting(
            it.id,
            it.first.reference,
            it.second.reference,
            CombinationStanding(it.standing),
            it.decided_by.name,
        )
        for it in rows.select_related("first", "second", "decided_by")[:MOST_WAITING]
    ]


def pair(ref: UUID, *, acting: Acting) -> Pair:
    """Show two records beside each other; both are looks. Raises NotFound."""
    check_may(acting.officer, JOIN)
    check_people_open(assured())
    with transaction.atomic():
        row = locked_pair(ref)
        hits = looked_at([row.first, row.second], JOIN, MATCH, acting)
        reason = unsealed(row, open_record_key(row.first.key), "reason")
        standing = CombinationStanding(row.standing)
        return Pair(row.id, standing, reason, row.decided_by.name, hits)


def looked_at(rows: Sequence[PersonRow], why: Permission, reason: str, acting: Acting) -> list[Hit]:
    """Enter a look at each record, then show it. Never more than were found by an exact key."""
    keys = {row.id: open_record_key(row.key) for row in rows}
    for row in rows:
        consultations.at_person_again(row, keys[row.id], why, reason, acting=acting)
    roles = _roles(rows)
    return [_hit(row, keys[row.id], roles, acting) for row in rows]


def _roles(rows: Sequence[PersonRow]) -> Sequence[PersonLinkRow]:
    links = PersonLinkRow.objects.filter(
        person__in=rows, authorised_at__isnull=False, ended_at__isnull=True
    )
    return list(links.select_related("referral").order_by("at"))


def _hit(row: PersonRow, key: RecordKey, links: Sequence[PersonLinkRow], acting: Acting) -> Hit:
    standing = row.as_fact(at=acting.at).standing
    if standing is PersonStanding.RESTRICTED and not may(
        acting.officer, Permission.READ_RESTRICTED
    ):
        return Hit(row.reference, standing, "", None, ())
    born = unsealed(row, key, "birth_date")
    return Hit(
        row.reference,
        standing,
        unsealed(row, key, "name"),
        date.fromisoformat(born) if born else None,
        [
            InReferral(it.referral.reference, PersonRole(it.role))
            for it in links
            if it.person_id == row.id
        ],
    )
