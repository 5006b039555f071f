"""The history of a referral, read from the log and from nothing else."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from evenhand.ledger.acts import Act
from evenhand.queries.referrals import PAGE
from evenhand.rules.officers import WORKER, Officer, Permission, check_may
from evenhand.store.asking import ask
from evenhand.store.referrals import could_be, not_found

KNOWN = "SELECT FROM referral WHERE reference = %s"
ENTRIES = (
    "SELECT entry.number, entry.ver, entry.leaf, opening.fields, officer.name"
    " FROM entry JOIN opening ON opening.entry = entry.number"
    " LEFT JOIN officer ON officer.id = opening_who(opening.fields)"
    " WHERE entry.obj = ANY (ARRAY(SELECT id FROM referral WHERE reference = %s UNION ALL"
    " SELECT capture.id FROM capture JOIN referral ON referral.id = referral_id"
    " WHERE reference = %s))"
    " AND entry.ver IS NOT NULL AND entry.number > %s ORDER BY entry.number LIMIT %s"
)


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
    if not could_be(reference):
        raise not_found()
    known, found = ask((KNOWN, [reference]), (ENTRIES, [reference, reference, after, most + 1]))
    if not known:
        raise not_found()
    lines = [_line(*values) for values in found[:most]]
    return History(lines, str(lines[-1].number) if len(found) > most else None)


def _line(number: int, version: int, leaf: bytes, opening: str, name: str | None) -> EntryLine:
    fields = disclosed(opening)
    who, changes = UUID(str(fields["who"])), fields["chg"]
    return EntryLine(
        number=number,
        act=act_of(leaf),
        at=datetime.fromisoformat(str(fields["at"])),
        who=WORKER.name if who == WORKER.ref else name or "",
        role=str(fields["role"]) if "role" in fields else None,
        outcome=str(fields["outcome"]) if "outcome" in fields else None,
        version=version,
        rows_changed=len(changes) if isinstance(changes, list) else 0,
        words_committed="reason" in fields,
    )


def act_of(leaf: bytes | memoryview) -> Act:
    """Read from the leaf of an entry what was done."""
    return Act(json.loads(bytes(leaf))["act"])


def disclosed(opening: str) -> dict[str, object]:
    """Read the disclosures of an opening: name to value."""
    fields: dict[str, object] = {}
    for disclosure in json.loads(opening):
        padded = disclosure + "=" * (-len(disclosure) % 4)
        _salt, name, value = json.loads(urlsafe_b64decode(padded))
        fields[name] = value
    return fields
