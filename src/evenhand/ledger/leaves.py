"""The closed grammar of a leaf: what an entry of this log may say, and nothing else.

It has no place for a name, a sentence or a record's number.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

from evenhand.ledger.acts import CLASS_62, Act
from evenhand.ledger.broken import Malformed

MOST_REMEMBERED = 500
_ACTS = frozenset(Act)
_LINE = re.compile(
    rb'^\{"act":"([a-z]+\.[a-z]+)","day":"([0-9]{4}-[0-9]{2}-[0-9]{2})","f":"([A-Za-z0-9_-]{43})",'
    rb'"n":([1-9][0-9]?),"s62":"([a-z]+)","v":1\}$',
    re.MULTILINE,
)
_said_in = itemgetter(0, 1, 4)


class Leaf(NamedTuple):
    """What a leaf says. ``fields`` is the digest of its fields in base64url, ``many`` how many."""

    act: bytes
    day: bytes
    fields: bytes
    many: bytes
    class62: bytes

    def __str__(self) -> str:
        return f"{self.act.decode()} of {self.day.decode()}"


_as_leaf = partial(tuple.__new__, Leaf)


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
    lines = b"\n".join(entries)
    found = _LINE.findall(lines)
    # A line for each entry and a leaf in each line: then no entry is anything but a leaf.
    if len(found) != len(entries) or lines.count(b"\n") >= max(len(entries), 1):
        index = next(n for n, it in enumerate(entries) if b"\n" in it or not _LINE.match(it))
        raise Malformed(f"Entry {first + index} is not written as a leaf of this log is.")
    said = Counter(map(_said_in, found))
    for saying in said:
        if why := _wrong_with(*saying):
            index = next(n for n, it in enumerate(found) if _said_in(it) == saying)
            raise Malformed(f"Entry {first + index} {why}.")
    leaves = list(map(_as_leaf, found))
    return leaves, Counter({(act, day): times for (act, day, _class62), times in said.items()})


@lru_cache(maxsize=MOST_REMEMBERED)
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
