"""The closed grammar of a leaf: what an entry of this log may say, and nothing else.

It has no place for a name, a sentence or a record's number.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from evenhand.ledger.acts import CLASS_62, Act
from evenhand.ledger.broken import Malformed

LONGEST_LEAF = 1000
_ACTS = frozenset(Act)
_LEAF = re.compile(
    rb'\{"act":"([a-z]+\.[a-z]+)","day":"([0-9]{4}-[0-9]{2}-[0-9]{2})","f":"([A-Za-z0-9_-]{43})",'
    rb'"n":([1-9][0-9]?),"s62":"([a-z]+)","v":1\}'
)


class Leaf(NamedTuple):
    """What a leaf says. ``fields`` is the digest of its fields in base64url, ``many`` how many."""

    act: bytes
    day: bytes
    fields: bytes
    many: bytes
    class62: bytes

    def __str__(self) -> str:
        return f"{self.act.decode()} of {self.day.decode()}"


def parse_leaf(entry: bytes) -> Leaf:
    """Read a leaf. Raises Malformed, with what is wrong."""
    leaves, _said = parse_leaves([entry])
    return leaves[0]


def parse_leaves(
    entries: Sequence[bytes], *, first: int = 0
) -> tuple[list[Leaf], Counter[tuple[bytes, bytes]]]:
    """Read many leaves at once, the first of which has the index ``first``.

    Gives them, and how many there are of which act and day. Raises Malformed, with the index.
    """
    leaves = []
    for index, found in enumerate(map(_LEAF.fullmatch, entries), start=first):
        if found is None:
            raise Malformed(f"Entry {index} is not written as a leaf of this log is.")
        leaves.append(Leaf._make(found.groups()))
    said = Counter([(leaf[0], leaf[1], leaf[4]) for leaf in leaves])
    for saying in said:
        if why := _wrong_with(*saying):
            index = next(n for n, it in enumerate(leaves) if (it[0], it[1], it[4]) == saying)
            raise Malformed(f"Entry {first + index} {why}.")
    return leaves, Counter({(act, day): times for (act, day, _class62), times in said.items()})


def _wrong_with(*saying: bytes) -> str:
    act, day, class62 = (it.decode() for it in saying)
    if act not in _ACTS:
        return f"is of an act that this version does not know: {act}"
    if CLASS_62[Act(act)] != class62:
        return f"gives {act} another class under s.62 than it has"
    try:
        date.fromisoformat(day)
    except ValueError:
        return f"is of a day that does not exist: {day}"
    return ""
