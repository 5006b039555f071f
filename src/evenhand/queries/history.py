"""The history of a referral, read from the log and from nothing else."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from evenhand.ledger.acts import Act
from evenhand.queries import officers
from evenhand.queries.referrals import PAGE
from evenhand.rules.officers import WORKER, Officer, OfficerRef, Permission, check_may
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.referrals import ReferralRow


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry of the log about a referral."""

    number: int
    act: Act
    at: datetime
    who: str
    role: str | None
    outcome: str | None
    version: int | None
    rows_changed: int
    words_committed: bool


@dataclass(frozen=True, slots=True)
class History:
    """A page of a referral's history, oldest first, and where the next page starts."""

    lines: Sequence[EntryLine]
    next: str | None


def of(reference: str, *, after: int = 0, most: int = 4 * PAGE, officer: Officer) -> History:
    """Give the history of a referral from the log, oldest first, from after an entry number.

    Looks at it changed no version, and are no part of its history.
    """
    check_may(officer, Permission.READ_HISTORY)
    row = ReferralRow.objects.only("id").named(reference)
    openings = list(
        OpeningRow.objects.select_related("entry")
        .filter(entry__obj=row.id, entry__ver__isnull=False, entry__number__gt=after)
        .order_by("entry__number")[: most + 1]
    )
    read = [(it, disclosed(it.fields)) for it in openings[:most]]
    names = officers.names({OfficerRef(UUID(str(fields["who"]))) for _, fields in read})
    lines = [_line(it, fields, names) for it, fields in read]
    return History(lines, str(lines[-1].number) if len(openings) > most else None)


def _line(
    opening: OpeningRow, fields: Mapping[str, object], names: Mapping[OfficerRef, str]
) -> EntryLine:
    who = OfficerRef(UUID(str(fields["who"])))
    changes = fields["chg"]
    return EntryLine(
        number=opening.entry.number,
        act=act_of(opening.entry),
        at=datetime.fromisoformat(str(fields["at"])),
        who=WORKER.name if who == WORKER.ref else names.get(who, ""),
        role=str(fields["role"]) if "role" in fields else None,
        outcome=str(fields["outcome"]) if "outcome" in fields else None,
        version=opening.entry.ver,
        rows_changed=len(changes) if isinstance(changes, list) else 0,
        words_committed="reason" in fields,
    )


def act_of(entry: EntryRow) -> Act:
    """Read from the leaf of an entry what was done."""
    return Act(json.loads(bytes(entry.leaf))["act"])


def disclosed(opening: str) -> dict[str, object]:
    """Read the disclosures of an opening: name to value."""
    fields: dict[str, object] = {}
    for disclosure in json.loads(opening):
        padded = disclosure + "=" * (-len(disclosure) % 4)
        _salt, name, value = json.loads(urlsafe_b64decode(padded))
        fields[name] = value
    return fields
