"""Groups: which referrals can be assessed together, those of a group, and who was in one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from evenhand.queries import consultations
from evenhand.queries.filters import REFERENCE
from evenhand.rules.groups import GROUPABLE
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.rules.referrals import Referral
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed

MOST_OFFERED = 100


@dataclass(frozen=True, slots=True)
class Member:
    """A referral that is, or could be, in a group: how it stands, and what it shows."""

    record: UUID
    fact: Referral
    logged_at: datetime
    address: str
    description: str


@dataclass(frozen=True, slots=True)
class Offered:
    """The officer's own oldest referrals that can join a group; ``more`` says there are others."""

    members: Sequence[Member]
    more: bool


def offered(first: Sequence[str] = (), *, acting: Acting) -> Offered:
    """List the officer's own referrals that nobody has begun to assess, those named ``first``.

    Then as many of the oldest as a page takes. That they were shown is in the log before.
    """
    officer = acting.officer
    check_may(officer, Permission.ASSESS)
    rows = ReferralRow.objects.select_related("key").filter(owner=officer.ref, state__in=GROUPABLE)
    rows = rows.order_by("state_since", "number")
    named = [it for it in first if REFERENCE.fullmatch(it)][:MOST_OFFERED]
    chosen = _members(rows.filter(reference__in=named)) if named else []
    oldest = _members(rows.exclude(reference__in=named)[: MOST_OFFERED + 1])
    found = [*chosen, *oldest]
    _enter(found[:MOST_OFFERED], acting)
    return Offered(found[:MOST_OFFERED], more=len(found) > MOST_OFFERED)


def members(references: Sequence[str], *, acting: Acting) -> Sequence[Member]:
    """Give these referrals with what they show, by their numbers, in one query.

    That they were shown is in the log before.
    """
    check_may(acting.officer, Permission.ASSESS)
    known = ReferralRow.objects.select_related("key")
    rows = known.filter(reference__in=[it for it in references if REFERENCE.fullmatch(it)])
    found = _members(rows.order_by("number")[:MOST_OFFERED])
    _enter(found, acting)
    return found


def together(group: UUID, *, officer: Officer) -> Sequence[str]:
    """Name the referrals that were assessed in one group, in one query."""
    check_may(officer, Permission.READ_REFERRAL)
    rows = ReferralRow.objects.filter(assessmentrows__in_group=group).order_by("number")
    return list(rows.values_list("reference", flat=True).distinct())


def _enter(shown: Sequence[Member], acting: Acting) -> None:
    records = [it.record for it in shown]
    consultations.at_several(records, Permission.ASSESS, acting=acting)


def _members(rows: Iterable[ReferralRow]) -> list[Member]:
    return [_member(row) for row in rows]


def _member(row: ReferralRow) -> Member:
    key = open_record_key(row.key)
    return Member(
        record=row.id,
        fact=row.as_fact(),
        logged_at=row.logged_at,
        address=unsealed(row, key, "url"),
        description=unsealed(row, key, "description"),
    )
