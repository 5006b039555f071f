"""What the log holds of one officer, for that officer alone: to spot misuse of an account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Func, UUIDField

from evenhand.ledger.acts import Act
from evenhand.queries.history import act_of, disclosed
from evenhand.queries.referrals import PAGE
from evenhand.rules.officers import Officer
from evenhand.store.log import OpeningRow
from evenhand.store.referrals import ReferralRow


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One entry in an officer's name: a referral, a list of some, or neither."""

    number: int
    act: Act
    at: datetime
    why: str
    reference: str
    listed: int
    times: int


@dataclass(frozen=True, slots=True)
class OwnEntries:
    """A page of them, newest first, and the number before which the next page starts."""

    lines: Sequence[OwnLine]
    next: int | None


class Who(Func):
    """Who acted, by the index that PostgreSQL keeps of the openings."""

    function = "opening_who"
    output_field = UUIDField()


def entries(*, before: int | None = None, officer: Officer) -> OwnEntries:
    """Give what was done and looked at in an officer's own name; nobody asks for another's."""
    mine = OpeningRow.objects.annotate(who=Who(F("fields"))).filter(who=officer.ref)
    if before is not None:
        mine = mine.filter(entry__lt=before)
    rows = list(mine.select_related("entry").order_by("-entry")[: PAGE + 1])
    shown = [(row, disclosed(row.fields)) for row in rows[:PAGE]]
    references = _references({row.entry.obj for row, _fields in shown if row.entry.obj})
    lines = [_line(row, fields, references) for row, fields in shown]
    return OwnEntries(lines, lines[-1].number if len(rows) > PAGE else None)


def _references(records: set[UUID]) -> Mapping[UUID, str]:
    return dict(ReferralRow.objects.filter(id__in=records).values_list("id", "reference"))


def _line(row: OpeningRow, fields: Mapping[str, object], references: Mapping[UUID, str]) -> OwnLine:
    listed, times = fields.get("objs"), fields.get("times")
    return OwnLine(
        number=row.entry.number,
        act=act_of(row.entry.leaf),
        at=datetime.fromisoformat(str(fields["at"])),
        why=str(fields.get("why", "")),
        reference=references.get(row.entry.obj, "") if row.entry.obj else "",
        listed=len(listed) if isinstance(listed, list) else 0,
        times=times if isinstance(times, int) else 0,
    )
