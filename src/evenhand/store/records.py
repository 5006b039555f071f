"""A record that is kept for a time, whatever its kind: found by its reference, with its holds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.rules.holds import Hold, HoldKind
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.retention import Kept
from evenhand.store.challenges import ChallengeRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import HoldRow
from evenhand.store.rights_found import concerning, concerning_any, is_concerned
from evenhand.store.rows import these

Record: TypeAlias = ReferralRow | PersonRow
Table: TypeAlias = type[ReferralRow] | type[PersonRow]
TABLES: tuple[Table, ...] = (ReferralRow, PersonRow)
OF_A_PERSON = "P-"
BATCH = 500


def locked(reference: str) -> Record:
    """Give a record with its key, locked until the end of the act. Raises NotFound."""
    if reference.startswith(OF_A_PERSON):
        return PersonRow.objects.locked(reference)
    return ReferralRow.objects.locked(reference)


def named(reference: str) -> Record:
    """Give a record with its key. Raises NotFound."""
    if reference.startswith(OF_A_PERSON):
        return PersonRow.objects.select_related("key").named(reference)
    return ReferralRow.objects.select_related("key").named(reference)


def kept(row: Record) -> Kept:
    """Give a record with its holds, as the rules about keeping see it. Raises NotDue."""
    return row.as_kept(holds_of(row), row.worked_on_by())


def holds_of(row: Record) -> Sequence[Hold]:
    """Give the holds that were ever placed on a record, and what holds it without being placed.

    A challenge that waits holds a referral; whoever asked about their data is answered before
    anything of them goes.
    """
    if isinstance(row, ReferralRow):
        waits = any(it.is_open for it in row.challenges.all())
    else:
        waits = is_concerned(row)
    return [*_placed(row), *([Hold(HoldKind.RIGHTS)] if waits else [])]


def holds_of_words(row: PersonRow) -> Sequence[Hold]:
    """Give what keeps also what is wrong in a record: all but a request to put it right."""
    waits = is_concerned(row, besides=RightsKind.RECTIFICATION)
    return [*_placed(row), *([Hold(HoldKind.RIGHTS)] if waits else [])]


def _placed(row: Record) -> Sequence[Hold]:
    return [it.as_fact() for it in row.holdrows.all()]


def holds_on_people(people: Sequence[UUID]) -> Mapping[UUID, Sequence[Hold]]:
    """Give what holds each of many people: what was ever placed, and requests that are open."""
    found: dict[UUID | None, list[Hold]] = defaultdict(list)
    for it in HoldRow.objects.filter(person__in=these(people)):
        found[it.person_id].append(it.as_fact())
    for person in concerning_any(people).values_list("person", flat=True):
        found[person].append(Hold(HoldKind.RIGHTS))
    return {it: found[it] for it in people}


def held(table: Table, today: date) -> Q:
    """Ask whether something holds a record of a table on this day."""
    placed = Q(belongs(table, HoldRow.objects.standing(today)))
    if table is PersonRow:
        return placed | Q(Exists(concerning(OuterRef("id"))))
    return placed | Q(belongs(table, ChallengeRow.objects.open()))


def parts_of(row: Record) -> dict[str, Record]:
    """Say which record a new review or hold belongs to."""
    return {"person" if isinstance(row, PersonRow) else "referral": row}


def belongs(table: Table, rows: QuerySet[Any]) -> Exists:
    """Ask whether one of these holds or reviews belongs to a record of a table."""
    name = "person" if table is PersonRow else "referral"
    return Exists(rows.filter(**{name: OuterRef("id")}))


def of(table: Table, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Give the ids of the records of a table that these holds or reviews belong to."""
    name = "person" if table is PersonRow else "referral"
    return rows.filter(**{f"{name}__isnull": False}).values(name)


def references(table: Table, which: Q) -> Iterator[str]:
    """Name the records of a table of which something is true, in the order of their references."""
    after = ""
    rows = table.objects.order_by("reference").values_list("reference", flat=True)
    while batch := list(rows.filter(which, reference__gt=after)[:BATCH]):
        after = batch[-1]
        yield from batch
