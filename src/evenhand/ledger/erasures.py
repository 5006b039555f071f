"""The list of erasures: a line for each entry of the log by which something was erased.

It is kept apart from the database, and copied elsewhere. Whoever restores an old backup erases by
it again what was erased since. A line has random ids and hashes, and nothing about anybody.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from evenhand.ledger.acts import Act
from evenhand.ledger.broken import Malformed
from evenhand.ledger.files import sync_folder
from evenhand.ledger.leaves import parse_leaf

ERASED = "erased.jsonl"
LONGEST_LINE = 1024
MARK = b'"s62":"erasure"'
"""What every leaf holds by which something was erased."""


@dataclass(frozen=True, slots=True)
class Erased:
    """One entry that erased: its index, the hash of its leaf, and what it was about, if one thing.

    ``record`` is the random id of a referral, a person, what an old system brought, a report from
    the public, or how a reporter or a challenger was reached.
    """

    index: int
    entry: bytes
    act: Act
    record: UUID | None
    day: date

    def __str__(self) -> str:
        return json.dumps(
            {
                "index": self.index,
                "entry": self.entry.hex(),
                "act": self.act,
                "record": str(self.record) if self.record else None,
                "day": self.day.isoformat(),
            },
            separators=(",", ":"),
        )


def erased_by(index: int, entry: bytes, leaf: bytes, record: UUID | None) -> Erased:
    """Give the line of an entry whose leaf is known. Raises Malformed."""
    said = parse_leaf(leaf)
    day = date.fromisoformat(said.day.decode())
    return Erased(index, entry, Act(said.act.decode()), record, day)


def parse_erased(line: bytes) -> Erased:
    """Read a line of the list. Raises Malformed."""
    try:
        said = json.loads(line)
        record = said["record"]
        return Erased(
            index=int(said["index"]),
            entry=bytes.fromhex(said["entry"]),
            act=Act(said["act"]),
            record=None if record is None else UUID(record),
            day=date.fromisoformat(said["day"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Malformed(
            "A line of the list of erasures cannot be read. Put a whole copy in its place."
        ) from error


def read_erasures(path: Path) -> Iterator[Erased]:
    """Read a list; a last line that was cut off is left aside. Raises Malformed, OSError."""
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            if not line.endswith(b"\n") and len(line) < LONGEST_LINE:
                return
            yield parse_erased(line)


class ErasureFile:
    """The list as it is being written. It goes on after its last whole line, whoever wrote that."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: tuple[int, int] | None = None

    def looked_through(self) -> int:
        """Say how many entries of the log are looked through for it. Raises Malformed, OSError."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if self._known is None or self._known[0] != size:
            self._known = self._mended(size)
        return self._known[1]

    def add(self, lines: Iterable[Erased], *, until: int) -> None:
        """Add lines; those of every entry before ``until`` are then on the disk, also if none."""
        text = "".join(f"{it}\n" for it in lines).encode()
        is_new = not self.path.exists()
        if self._known and not text and not is_new:
            self._known = self._known[0], until
            return
        self._known = None
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            self._known = file.tell(), until
        if is_new:
            sync_folder(self.path.parent)

    def _mended(self, size: int) -> tuple[int, int]:
        """Cut off a last line that was half written; give the size, and what the last one says."""
        if not size:
            return 0, 0
        with self.path.open("r+b") as file:
            file.seek(max(0, size - 2 * LONGEST_LINE))
            begin = file.tell()
            whole, _newline, half = file.read().rpartition(b"\n")
            if half:
                file.truncate(size - len(half))
                os.fsync(file.fileno())
        last = whole.rpartition(b"\n")[2]
        if not last and begin:
            raise Malformed(f"The end of {self.path} is no list of erasures.")
        return size - len(half), parse_erased(last).index + 1 if last else 0
