"""What passed between colleagues about a referral: hand-overs, notes, and mentions to be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.queries import consultations, officers
from evenhand.queries.referrals import PAGE
from evenhand.queries.summary import words_of
from evenhand.rules.officers import Acting, Officer, OfficerRef, Permission, check_may
from evenhand.seal.record import RecordKey
from evenhand.store.casework import HandoverRow, NoteRow
from evenhand.store.machinery import UnreadRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over from one officer to another; ``by`` None: by the desk itself."""

    earlier_owner: str
    new_owner: str
    by: str | None
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class NoteMade:
    """A note to colleagues, and whom it mentions."""

    by: str
    at: datetime
    text: str | None
    mentions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A note that waits to be read by whom it mentions."""

    reference: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mentions:
    """The oldest mentions that wait; ``more`` says that there are others."""

    waiting: Sequence[Mention]
    more: bool


def notes_on(reference: str, *, acting: Acting) -> list[NoteMade]:
    """Give the notes on one referral, oldest first, once the look is in the log."""
    check_may(acting.officer, Permission.READ_WORDS)
    row = ReferralRow.objects.select_related("key").named(reference)
    consultations.at_one(row.id, Permission.READ_WORDS, acting=acting)
    rows = row.noterows.select_related("by").order_by("at")
    return notes(rows, open_record_key(row.key))


def unread(*, officer: Officer) -> Mentions:
    """Give where an officer is mentioned and has not looked yet, the oldest first."""
    rows = list(UnreadRow.objects.filter(officer=officer.ref).order_by("at")[: PAGE + 1])
    found = NoteRow.objects.select_related("by", "referral").in_bulk([it.note_id for it in rows])
    waiting = [
        Mention(note.referral.reference, note.by.name, it.at)
        for it in rows[:PAGE]
        if (note := found.get(it.note_id))
    ]
    return Mentions(waiting, more=len(rows) > PAGE)


def handovers(rows: Iterable[HandoverRow], key: RecordKey | None) -> list[HandedOver]:
    """Read hand-overs."""
    return [
        HandedOver(
            earlier_owner=row.earlier_owner.name,
            new_owner=row.new_owner.name,
            by=row.by.name if row.by else None,
            at=row.at,
            reason=words_of(row, key, "reason"),
        )
        for row in rows
    ]


def notes(rows: Iterable[NoteRow], key: RecordKey | None) -> list[NoteMade]:
    """Read notes; whom they mention is looked up at once."""
    made = list(rows)
    mentioned = {ref for it in made for ref in it.mentions}
    names = officers.names(mentioned) if mentioned else {}
    return [
        NoteMade(
            by=it.by.name,
            at=it.at,
            text=words_of(it, key, "text"),
            mentions=sorted(names[OfficerRef(ref)] for ref in it.mentions),
        )
        for it in made
    ]
