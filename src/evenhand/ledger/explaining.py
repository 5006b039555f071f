"""Whether what is stored of an entry still explains itself: leaf, opening and rows changed."""

import hashlib
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from evenhand.ledger.acts import CLASS_62, Act
from evenhand.ledger.entries import LEAF_PREFIX, digest_of_fields

ChangedRow = Sequence[str]
"""A row that an entry changed: table, key, operation and SHA-256 in hexadecimal digits."""


class Fault(StrEnum):
    """What does not agree. The words are a contract; users script against them."""

    ROW_DIFFERS = "row-differs"
    ROW_WITHOUT_LOG_ENTRY = "row-without-log-entry"
    ROW_MISSING = "row-missing"
    ERASURE_NOT_DONE = "erasure-not-done"
    CHANGE_WITHOUT_ENTRY = "change-without-entry"
    CHANGE_MISSING = "change-missing"
    LEAF_ALTERED = "leaf-altered"
    ENTRY_ALTERED = "entry-altered"
    OPENING_ALTERED = "opening-altered"
    OPENING_MISSING = "opening-missing"
    OPENING_WITHOUT_ENTRY = "opening-without-entry"
    VERSION_GAP = "version-gap"


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as a database holds it. ``obj`` and ``ver`` stand beside the leaf, to be found."""

    number: int
    leaf: bytes
    leaf_hash: bytes
    opening: str | None
    obj: UUID | None
    ver: int | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What an entry says, where nothing is wrong with it; else the fault."""

    fault: Fault | None
    act: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    day: str = ""


def opened(stored: Stored) -> Opened:
    """Read an entry, checking that leaf, hash, opening and columns belong together.

    Never raises, whatever the database holds.
    """
    try:
        leaf = json.loads(stored.leaf)
        act, day = leaf["act"], leaf["day"]
        known = leaf["s62"] == CLASS_62[Act(act)] and leaf["v"] == 1
    except (ValueError, KeyError, TypeError):
        return Opened(Fault.LEAF_ALTERED)
    if not known or hashlib.sha256(LEAF_PREFIX + stored.leaf).digest() != stored.leaf_hash:
        return Opened(Fault.LEAF_ALTERED)
    if stored.opening is None:
        return Opened(Fault.OPENING_MISSING)
    fields = _fields(stored.opening, leaf)
    if fields is None or not str(fields["at"]).startswith(day):
        return Opened(Fault.OPENING_ALTERED)
    obj = str(stored.obj) if stored.obj else None
    if (fields.get("obj"), fields.get("ver")) != (obj, stored.ver):
        return Opened(Fault.ENTRY_ALTERED)
    return Opened(None, act, fields, day)


def _fields(opening: str, leaf: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Read the disclosures, if they are those that the leaf was made of."""
    try:
        disclosures = json.loads(opening)
        if len(disclosures) != leaf["n"] or digest_of_fields(disclosures) != leaf["f"]:
            return None
        read = [json.loads(urlsafe_b64decode(f"{it}===")) for it in disclosures]
        return {name: value for _salt, name, value in read}
    except (ValueError, TypeError, AttributeError):
        return None
