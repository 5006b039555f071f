"""What passed between colleagues about a referral: notes, and mentions to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from evenhand.queries import consultations
from evenhand.queries.all_steps import cursor_of, place_of
from evenhand.queries.filters import EPOCH
from evenhand.queries.referrals import PAGE
from evenhand.queries.steps import NoteMade, notes
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.store.asking import ask
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key
from evenhand.store.whole import MOST_STEPS, Moment

UNREAD = (
    "SELECT reference, name, unread.at FROM machinery.unread JOIN note ON note.id = note_id"  # noqa: S608
    " JOIN referral ON referral.id = note.referral_id JOIN officer ON officer.id = note.by_id"
    f" WHERE unread.officer = %s ORDER BY unread.at LIMIT {PAGE + 1}"
)


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


@dataclass(frozen=True, slots=True)
class Notes:
    """A page of notes, the oldest first, and the cursor of the next one, if there is more."""

    items: Sequence[NoteMade]
    next: str | None


def notes_on(reference: str, cursor: str = "", *, acting: Acting) -> Notes:
    """Give a page of the notes on one referral, oldest first, once the look is in the log."""
    check_may(acting.officer, Permission.READ_WORDS)
    at, which = place_of(cursor, Moment(EPOCH, UUID(int=0)))
    row = ReferralRow.objects.select_related("key").named(reference)
    consultations.at_referral(row, Permission.READ_WORDS, acting=acting)
    after = row.noterows.filter(Q(at__gt=at) | Q(at=at, id__gt=which))
    found = list(after.select_related("by").order_by("at", "id")[: MOST_STEPS + 1])
    shown = found[:MOST_STEPS]
    read = notes(shown, open_record_key(row.key))
    return Notes(read, cursor_of(shown[-1]) if len(found) > MOST_STEPS else None)


def unread(*, officer: Officer) -> Mentions:
    """Give where an officer is mentioned and has not looked yet, the oldest first."""
    [found] = ask((UNREAD, [officer.ref]))
    return Mentions([Mention(*it) for it in found[:PAGE]], more=len(found) > PAGE)
