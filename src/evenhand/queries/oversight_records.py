"""Who looked at one record or changed it, from the log, for a purpose in law."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Min, Q

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import short
from evenhand.queries.consultations import at_log
from evenhand.queries.history import act_of, disclosed
from evenhand.queries.oversight import (
    LogLine,
    LogPage,
    line_of,
    names_in,
    newest_number,
    openings,
)
from evenhand.queries.referrals import PAGE
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.rules.oversight import check_may_read_who
from evenhand.rules.people import REFERENCE
from evenhand.rules.referrals import NotFound
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow

CHANGES = Q(ver__isnull=False)
LOOKS = Q(ver__isnull=True)
MOST_SEARCHED = 5_000
"""Within how many entries of the log one page looks for lists."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Looks at lists that showed a record, among the entries from ``first`` to ``last``.

    ``next`` is the number before which to look further; None: the record was not there before.
    """

    lines: Sequence[LogLine]
    first: int
    last: int
    next: int | None


def about(reference: str, purpose: str, *, before: int | None = None, acting: Acting) -> LogPage:
    """Give every entry about a record, newest first, with who it was; enter that it is read."""
    why = check_may_read_who(acting.officer, purpose)
    record = _record(reference)
    at_log([record], why, acting=acting)
    # Each kind has an index of its own: the newest of both are the newest of all.
    numbers = sorted(_numbers(record, CHANGES, before) + _numbers(record, LOOKS, before))
    lines = _lines(openings(numbers[: -PAGE - 2 : -1]))
    shown = lines[:PAGE]
    return LogPage(shown, shown[-1].number if len(lines) > PAGE else None)


def lists_with(reference: str, purpose: str, *, before: int | None = None, acting: Acting) -> Lists:
    """Give the looks at lists that showed a record, a stretch of the log at a time."""
    why = check_may_read_who(acting.officer, purpose)
    record = _record(reference)
    at_log([record], why, acting=acting)
    began = EntryRow.objects.filter(CHANGES, obj=record).aggregate(it=Min("number"))["it"] or 0
    last = newest_number() if before is None else before - 1
    first = max(began, last - MOST_SEARCHED + 1)
    listed = short(record)
    rows = OpeningRow.objects.select_related("entry").filter(
        entry__number__range=(first, last), entry__obj__isnull=True
    )
    found = [
        it
        for it in rows.order_by("-entry")
        if act_of(it.entry.leaf) is Act.LIST_CONSULTED and listed in _objs(it)
    ]
    return Lists(_lines(found), first, last, first if first > began else None)


def is_known(reference: str, *, officer: Officer) -> bool:
    """Say whether this desk has a referral or a person with this reference."""
    check_may(officer, Permission.READ_WHO)
    try:
        _record(reference)
    except NotFound:
        return False
    return True


def _record(reference: str) -> UUID:
    """Give the id of a referral or a person. Raises NotFound."""
    if REFERENCE.fullmatch(reference):
        return PersonRow.objects.only("id").named(reference).id
    return ReferralRow.objects.only("id").named(reference).id


def _numbers(record: UUID, kind: Q, before: int | None) -> list[int]:
    rows = EntryRow.objects.filter(kind, obj=record)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(rows.order_by("-number").values_list("number", flat=True)[: PAGE + 1])


def _lines(rows: Sequence[OpeningRow]) -> list[LogLine]:
    read = [(it, disclosed(it.fields)) for it in rows]
    names = names_in([fields for _row, fields in read])
    return [line_of(it, fields, names, {}) for it, fields in read]


def _objs(row: OpeningRow) -> list[str]:
    found = disclosed(row.fields).get("objs")
    return found if isinstance(found, list) else []
