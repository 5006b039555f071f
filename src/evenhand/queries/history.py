"""The history of a referral, a person's record or a package, from the log and nothing else."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from evenhand.ledger.acts import Act
from evenhand.queries import people, sharing
from evenhand.queries.referrals import PAGE
from evenhand.rules.officers import WORKER, Acting, Officer, Permission, check_may
from evenhand.store.asking import ask
from evenhand.store.log import named
from evenhand.store.referrals import could_be, not_found

KNOWN = "SELECT FROM referral WHERE reference = %s"
OF_A_REFERRAL = (
    "ANY (ARRAY(SELECT id FROM referral WHERE reference = %s UNION ALL"
    " SELECT capture.id FROM capture JOIN referral ON referral.id = referral_id"
    " WHERE reference = %s UNION ALL"
    " SELECT export.id FROM export JOIN referral ON referral.id = referral_id"
    " WHERE reference = %s))"
)
OF_A_RECORD = "%s::uuid"
ENTRIES = (
    "SELECT entry.number, given.index, entry.ver, entry.leaf, opening.fields, officer.name"
    " FROM entry JOIN opening ON opening.entry = entry.number"
    " LEFT JOIN machinery.log_index AS given ON given.entry = entry.number"
    " LEFT JOIN officer ON officer.id = opening_who(opening.fields)"
    " WHERE entry.obj = {record}"
    " AND entry.ver IS NOT NULL AND entry.number > %s ORDER BY entry.number LIMIT %s"
)
MOST = 4 * PAGE


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry of the log about a record. ``name``: as the verifier names it."""

    number: int
    name: str
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
    """A page of a record's history, oldest first, and where the next page starts."""

    lines: Sequence[EntryLine]
    next: str | None


def of(reference: str, *, after: int = 0, most: int = MOST, officer: Officer) -> History:
    """Give the history of a referral from the log, oldest first, from after an entry number.

    Looks at it changed no version, and are no part of its history.
    """
    check_may(officer, Permission.READ_HISTORY)
    if not could_be(reference):
        raise not_found()
    entries = ENTRIES.format(record=OF_A_REFERRAL)
    values = [reference, reference, reference, after, most + 1]
    known, found = ask((KNOWN, [reference]), (entries, values))
    if not known:
        raise not_found()
    return _page(found, most)


def of_person(reference: str, *, after: int = 0, most: int = MOST, acting: Acting) -> History:
    """Give the history of a person's record, once the look at it is in the log.

    Raises LookReasonMissing where no reason was given within ten minutes, NotFound, Restricted.
    """
    return _of_record(people.looked_at(reference, acting=acting), after, most)


def of_package(reference: str, *, after: int = 0, most: int = MOST, officer: Officer) -> History:
    """Give the history of a package, to whoever may know of it. Raises NotFound."""
    return _of_record(sharing.record_of(reference, officer=officer), after, most)


def _of_record(record: UUID, after: int, most: int) -> History:
    [found] = ask((ENTRIES.format(record=OF_A_RECORD), [str(record), after, most + 1]))
    return _page(found, most)


def _page(found: Sequence[tuple[Any, ...]], most: int) -> History:
    lines = [_line(*values) for values in found[:most]]
    return History(lines, str(lines[-1].number) if len(found) > most else None)


def _line(
    number: int, index: int | None, version: int, leaf: bytes, opening: str, officer: str | None
) -> EntryLine:
    fields = disclosed(opening)
    who, changes = UUID(str(fields["who"])), fields["chg"]
    return EntryLine(
        number=number,
        name=named(number, index),
        act=act_of(leaf),
        at=datetime.fromisoformat(str(fields["at"])),
        who=WORKER.name if who == WORKER.ref else officer or "",
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
