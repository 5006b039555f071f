"""Whether what is stored of an entry still explains itself: leaf, opening and rows changed."""

import json
from binascii import a2b_base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeGuard

from evenhand.ledger.broken import Malformed
from evenhand.ledger.entries import digest_of_fields
from evenhand.ledger.leaves import Leaf, Leaves, parse_leaf
from evenhand.ledger.tree import leaf_hash

_TO_BASE64 = bytes.maketrans(b"-_", b"+/")
ChangedRow = Sequence[str]
"""A row that an entry changed: table, key, operation and SHA-256 in hexadecimal digits."""
CHANGED_IN = 4


class Fault(StrEnum):
    """What does not agree. The words are a contract; users script against them."""

    ROW_DIFFERS = "row-differs"
    ROW_WITHOUT_LOG_ENTRY = "row-without-log-entry"
    ROW_MISSING = "row-missing"
    ERASURE_NOT_DONE = "erasure-not-done"
    CHANGE_WITHOUT_ENTRY = "change-without-entry"
    CHANGE_MISSING = "change-missing"
    CHANGES_REORDERED = "changes-reordered"
    LEAF_ALTERED = "leaf-altered"
    ENTRY_ALTERED = "entry-altered"
    OPENING_ALTERED = "opening-altered"
    OPENING_MISSING = "opening-missing"
    OPENING_WITHOUT_ENTRY = "opening-without-entry"
    VERSION_GAP = "version-gap"
    ENTRY_NOT_IN_TREE = "entry-not-in-tree"
    ENTRY_DIFFERS_FROM_TREE = "entry-differs-from-tree"
    ENTRY_REMOVED = "entry-removed"
    TREE_ALTERED = "tree-altered"
    COUNTS_DIFFER = "counts-differ"
    SUMS_DIFFER = "sums-differ"
    FUNCTION_ALTERED = "function-altered"
    GUARD_OFF = "guard-off"


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as a database holds it. ``obj`` and ``ver`` stand beside the leaf, to be found.

    ``changed`` are the rows noted under it, as JSON: table, key, operation and digest of each.
    """

    number: int
    leaf: bytes
    leaf_hash: bytes
    opening: str | None
    obj: str | None
    ver: int | None
    changed: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What an entry says, where nothing is wrong with it; else the fault.

    ``told`` are the rows that it says were changed, None where these are those that were noted.
    """

    fault: Fault | None
    act: str = ""
    day: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    told: Sequence[ChangedRow] | None = None


def opened(several: Sequence[Stored]) -> list[Opened]:
    """Read entries, checking that leaf, hash, opening and columns of each belong together.

    Never raises, whatever the database holds. Nothing erases an opening yet, so one of which
    anything is missing was altered.
    """
    try:
        # At once: it is what a log that nobody touched holds, and takes half the time.
        leaves = Leaves([it.leaf for it in several])
    except Malformed:
        return [_opened(it, _leaf(it.leaf)) for it in several]
    return list(map(_opened, several, leaves))


def _leaf(entry: bytes) -> Leaf | None:
    try:
        return parse_leaf(entry)
    except Malformed:
        return None


def _opened(stored: Stored, leaf: Leaf | None) -> Opened:
    if leaf is None or leaf_hash(stored.leaf) != stored.leaf_hash:
        return Opened(Fault.LEAF_ALTERED)
    if stored.opening is None:
        return Opened(Fault.OPENING_MISSING)
    try:
        *texts, changed = _texts(stored.opening, leaf)
        agrees = changed.endswith(f',"chg",{stored.changed}]'.encode())
        fields = _read(texts if agrees else [*texts, changed])
        told = None if agrees else fields.pop("chg")
        is_of_its_day = str(fields["at"]).startswith(leaf.day.decode())
    except (ValueError, TypeError, KeyError, AttributeError):
        return Opened(Fault.OPENING_ALTERED)
    if not is_of_its_day or not (told is None or _are_changes(told)):
        return Opened(Fault.OPENING_ALTERED)
    if (fields.get("obj"), fields.get("ver")) != (stored.obj, stored.ver):
        return Opened(Fault.ENTRY_ALTERED)
    return Opened(None, leaf.act.decode(), leaf.day.decode(), fields, told)


def _are_changes(told: object) -> TypeGuard[Sequence[ChangedRow]]:
    """Say whether this is a list of changed rows, each told in four words."""
    return isinstance(told, list) and all(
        isinstance(it, list) and len(it) == CHANGED_IN and all(isinstance(word, str) for word in it)
        for it in told
    )


def _texts(opening: str, leaf: Leaf) -> list[bytes]:
    """Give the disclosures that a leaf was made of, as JSON. Raises ValueError for any others."""
    disclosures = json.loads(opening)
    if digest_of_fields(disclosures) != leaf.fields.decode() or len(disclosures) != int(leaf.many):
        raise ValueError("not the disclosures of this leaf")
    return [a2b_base64(it.encode("ascii").translate(_TO_BASE64) + b"==") for it in disclosures]


def _read(texts: Sequence[bytes]) -> dict[str, object]:
    # They give the digest, so they are as they were written, and can be read all at once.
    return {name: value for _salt, name, value in json.loads(b"[" + b",".join(texts) + b"]")}
