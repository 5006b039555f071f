"""How long a referral's next step may wait, and how it was put off, as its record shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.seal.record import RecordKey
from evenhand.store.casework import SnoozeRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import unsealed


@dataclass(frozen=True, slots=True)
class SnoozeMade:
    """A step that was put off, and why. The reason is None for who may not read words."""

    until: date
    by: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """By when the next step is due, until when it is put off, and every time that one was."""

    due_at: datetime | None
    put_off_until: date | None
    snoozes: Sequence[SnoozeMade]


def waiting(row: ReferralRow, snoozes: Sequence[SnoozeRow], key: RecordKey | None) -> Waiting:
    """Give how a referral waits, its reasons only with the record's key."""
    return Waiting(row.due_at, row.put_off_until, [snooze(it, key) for it in snoozes])


def snooze(row: SnoozeRow, key: RecordKey | None) -> SnoozeMade:
    """Read a step that was put off."""
    reason = unsealed(row, key, "reason") if key else None
    return SnoozeMade(row.until, row.by.name, row.at, reason)
