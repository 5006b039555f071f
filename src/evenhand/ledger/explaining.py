"""Whether what is stored of an entry still explains itself: leaf, opening and rows changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from evenhand.ledger.broken import Malformed
from evenhand.ledger.entries import leaf_hash
from evenhand.ledger.leaves import parse_leaf
from evenhand.ledger.openings import check_opening

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
    day: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


def opened(stored: Stored) -> Opened:
    """Read an entry, checking that leaf, hash, opening and columns belong together.

    Never raises, whatever the database holds. Nothing erases an opening yet, so one of which
    anything is missing was altered.
    """
    try:
        leaf = parse_leaf(stored.leaf)
    except Malformed:
        return Opened(Fault.LEAF_ALTERED)
    if leaf_hash(stored.leaf) != stored.leaf_hash:
        return Opened(Fault.LEAF_ALTERED)
    if stored.opening is None:
        return Opened(Fault.OPENING_MISSING)
    try:
        opening = check_opening(stored.opening.encode("utf-8"), leaf)
    except Malformed:
        return Opened(Fault.OPENING_ALTERED)
    if opening.erased:
        return Opened(Fault.OPENING_ALTERED)
    obj = str(stored.obj) if stored.obj else None
    if (opening.fields.get("obj"), opening.fields.get("ver")) != (obj, stored.ver):
        return Opened(Fault.ENTRY_ALTERED)
    return Opened(None, leaf.act.decode(), leaf.day.decode(), opening.fields)
