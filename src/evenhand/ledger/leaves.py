"""The closed grammar of a leaf: what an entry of this log may say, and nothing else.

It has no place for a name, a sentence or a record's number.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from evenhand.ledger.acts import CLASS_62, Act
from evenhand.ledger.broken import Malformed

MOST_REMEMBERED = 500
_ACTS = frozenset(Act)
_BEFORE_DIGEST, _DIGEST = b'"f":"', 43
_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_NO_LEAF = "is not written as a leaf of this log is"
_AROUND = re.compile(
    rb'\{"act":"([a-z]+\.[a-z]+)","day":"([0-9]{4}-[0-9]{2}-[0-9]{2})","f":"()",'
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


_as_leaf = partial(tuple.__new__, Leaf)
_NOTHING = Leaf(b"", b"", b"", b"", b"")


def parse_leaf(entry: bytes) -> Leaf:
    """Read a leaf. Raises Malformed, with what is wrong."""
    return next(iter(Leaves([entry])))


class Leaves:
    """Many leaves, read at once. ``said`` is how many of them there are of which act and day.

    What stands around their digests is one of a few things, so each of these is read once.
    """

    __slots__ = ("_around", "_digests", "_known", "said")

    def __init__(self, entries: Sequence[bytes], *, first: int = 0) -> None:
        """Read entries, the first of which has this index. Raises Malformed, with the index."""
        self._digests, self._around = _taken_apart(entries)
        self.said: Counter[tuple[bytes, bytes]] = Counter()
        self._known: dict[bytes, Leaf] = {}
        is_wrong = not len(entries) == len(self._digests) == len(self._around)
        is_wrong = is_wrong or bool(b"".join(self._digests).translate(None, _DIGITS))
        for around, times in Counter(self._around).items():
            leaf, why = _read(around)
            is_wrong = is_wrong or bool(why)
            self._known[around] = leaf
            self.said[leaf.act, leaf.day] += times
        if is_wrong:
            raise _first_wrong(entries, first)

    def __iter__(self) -> Iterator[Leaf]:
        for around, digest in zip(self._around, self._digests, strict=True):
            act, day, _none, many, class62 = self._known[around]
            yield _as_leaf((act, day, digest, many, class62))


def _taken_apart(entries: Sequence[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Give the digests of leaves and what stands around them.

    They are taken apart all at once, at lines and at what stands before a digest. A leaf has no end
    of a line, so what is no leaf shows: too much is found, too little, or what is not written so.
    """
    before, *parts = b"\n".join(entries).split(_BEFORE_DIGEST)
    digests = [it[:_DIGEST] for it in parts]
    around = _BEFORE_DIGEST.join([before, *[it[_DIGEST:] for it in parts]])
    return digests, around.split(b"\n") if entries else []


def _first_wrong(entries: Sequence[bytes], first: int) -> Malformed:
    """Name the first that is no leaf; where all are, the first that says what cannot be."""
    said = [_why(it) for it in entries]
    why = _NO_LEAF if _NO_LEAF in said else next(filter(None, said))
    return Malformed(f"Entry {first + said.index(why)} {why}.")


def _why(entry: bytes) -> str:
    """Say what is wrong with an entry by itself, if anything is."""
    at = entry.find(_BEFORE_DIGEST) + len(_BEFORE_DIGEST)
    if entry[at : at + _DIGEST].translate(None, _DIGITS):
        return _NO_LEAF
    return _read(entry[:at] + entry[at + _DIGEST :])[1]


@lru_cache(maxsize=MOST_REMEMBERED)
def _read(around: bytes) -> tuple[Leaf, str]:
    """Read what stands around a digest; say what is wrong with it, if anything is."""
    found = _AROUND.fullmatch(around)
    if not found:
        return _NOTHING, _NO_LEAF
    leaf = Leaf(*found.groups())
    act, day, class62 = leaf.act.decode(), leaf.day.decode(), leaf.class62.decode()
    if act not in _ACTS:
        return leaf, f"is of an act that this version does not know: {act}"
    if CLASS_62[Act(act)] != class62:
        return leaf, f"gives {act} another class under s.62 than it has"
    try:
        date.fromisoformat(day)
    except ValueError:
        return leaf, f"is of a day that does not exist: {day}"
    return leaf, ""
