"""Bundles for tests: a small true log, and ways to make a false copy of it that is a proper bag."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from evenhand.ledger.acts import Act
from evenhand.ledger.bags import INFO, MANIFEST, TAG_MANIFEST, write_manifests
from evenhand.ledger.bundle import Contents, write_bundle
from evenhand.ledger.entries import Entry, Written, write
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.signing import SigningKey
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked
from evenhand.ledger.verify_report import Report
from tests.ledger.cast import EAST, LOG, NOON, WEST, checkpoint
from tests.ledger.folders import Shelf

BEGAN = datetime.fromtimestamp(NOON, UTC)
POLICY = (
    f"log {LOG.verifier}\nwitness east {EAST.verifier}\nwitness west {WEST.verifier}\n"
    "group both all east west\nquorum both\n"
)
RULES = '{"rules": "1"}\n'
ACTS = (Act.REFERRAL_LOGGED, Act.REFERRAL_CONSULTED, Act.REFERRAL_APPROVED, Act.NOTICE_ACCEPTED)


def entry(number: int, *, at: datetime | None = None) -> Written:
    """Write the entry of this number: one an hour, unless it says another time."""
    when = BEGAN + timedelta(hours=number) if at is None else at
    act = ACTS[number % len(ACTS)]
    return write(Entry(act=act, at=when, who=UUID(int=7), obj=UUID(int=number), ver=1), [])


def restore(lost: int, *, after: int) -> Written:
    """Write the entry of a restore that lost so many entries, after so many."""
    when = BEGAN + timedelta(hours=after)
    return write(Entry(act=Act.DESK_RESTORED, at=when, who=UUID(int=7), times=lost), [])


@dataclass
class SmallLog:
    """A log that grows as the desk's would, with a cosigned checkpoint after each batch."""

    log: GrowingLog = field(default_factory=GrowingLog)
    shelf: Shelf = field(default_factory=Shelf)
    written: list[Written] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    times: dict[int, int] = field(default_factory=dict)

    def grow(
        self,
        entries: Iterable[Written],
        *,
        by: tuple[SigningKey, ...] = (EAST, WEST),
        at: int | None = None,
    ) -> None:
        more = list(entries)
        self.written += more
        self.shelf.put(self.log.add([it.leaf for it in more]))
        size = self.log.size
        self.times[size] = NOON + 3600 * (size - 1) + 60 if at is None else at
        note = checkpoint(size, self.log.root(), at=self.times[size], by=by)
        self.notes[size] = str(note)

    def contents(self, *, since: int = 0) -> Contents:
        newest = max(self.notes)
        return Contents(
            read=self.shelf.read,
            checkpoint=self.notes[newest],
            checkpoints=[note for size, note in sorted(self.notes.items()) if size > since],
            openings=[it.opening for it in self.written[since:newest]],
            keys=[LOG.verifier],
            policy=POLICY,
            rules=RULES,
            since=self.notes[since] if since else None,
        )

    def export(self, folder: Path, *, since: int = 0) -> Path:
        write_bundle(folder, self.contents(since=since), on=date(2026, 9, 30))
        return folder


def small_log(*batches: int) -> SmallLog:
    """Make a log that grew in these batches."""
    log, number = SmallLog(), 0
    for batch in batches:
        log.grow(map(entry, range(number, number + batch)))
        number += batch
    return log


def rebag(folder: Path) -> None:
    """Make the manifests fit again, as whoever tampers would."""
    for name in (MANIFEST, TAG_MANIFEST, INFO):
        (folder / name).unlink(missing_ok=True)
    write_manifests(folder, {"External-Identifier": "tampered"})


def rewritten(log: SmallLog, number: int, to: Written | None) -> SmallLog:
    """Write the history anew with another entry, or without it, and sign it with the log's key."""
    other = SmallLog()
    written = [*log.written]
    written[number : number + 1] = [] if to is None else [to]
    before = 0
    for size in sorted(log.notes):
        end = size - 1 if to is None and size > number else size
        other.grow(written[before:end], at=log.times[size])
        before = end
    return other


def found(folder: Path, **asked: object) -> Report:
    """Verify with the overseer's policy, and what else they hold."""
    return verify(folder, replace(Asked(policy=POLICY.encode()), **asked))  # type: ignore[arg-type]


def copy_of(bundle: Path, to: Path) -> Path:
    shutil.copytree(bundle, to, symlinks=True)
    return to


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def note_line(note: str) -> bytes:
    return json.dumps(note).encode() + b"\n"
