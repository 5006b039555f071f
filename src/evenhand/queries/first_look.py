"""What the first look at a referral left: look at an account, signpost, emergency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.rules.triage import EmergencyStep
from evenhand.seal.record import RecordKey
from evenhand.store.casework import EmergencyRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import unsealed


@dataclass(frozen=True, slots=True)
class EmergencyRecorded:
    """What an officer recorded of an emergency. Words are None for who may not read them."""

    done: Sequence[EmergencyStep]
    done_at: datetime
    by: str
    at: datetime
    told: str | None
    their_reference: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class FirstLook:
    """``emergency_since``: an emergency whose record of what was done is still missing."""

    counted_look: bool
    authorisation: str | None
    signpost: str | None
    emergency_since: datetime | None
    emergencies: Sequence[EmergencyRecorded]


def first_look(
    row: ReferralRow, emergencies: Sequence[EmergencyRow], key: RecordKey | None
) -> FirstLook:
    """Give it of a row and of what was recorded of its emergencies."""
    return FirstLook(
        counted_look=bool(row.counted_look),
        authorisation=unsealed(row, key, "authorisation") if key else None,
        signpost=row.signpost,
        emergency_since=row.emergency_since,
        emergencies=[emergency(it, key) for it in emergencies],
    )


def emergency(row: EmergencyRow, key: RecordKey | None) -> EmergencyRecorded:
    """Read what was done in an emergency."""
    told, reference, said = (
        unsealed(row, key, column) if key else None
        for column in ("told", "their_reference", "words")
    )
    return EmergencyRecorded(
        done=[EmergencyStep(it) for it in row.done],
        done_at=row.done_at,
        by=row.by.name,
        at=row.at,
        told=told,
        their_reference=reference,
        words=said,
    )
