"""What is shown of requests of people about their data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from evenhand.queries.people_finding import Hit
from evenhand.rules.challenges import ChallengeStanding
from evenhand.rules.clocks_events import Happened
from evenhand.rules.clocks_law import Due
from evenhand.rules.officers import OfficerRef
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import (
    CameBy,
    RightsStanding,
    Withheld,
)
from evenhand.rules.rights_replies import (
    Basis,
    LetterKind,
    LetterStanding,
    RightsOutcome,
    Route,
)
from evenhand.rules.rights_reviews import RestrictionOutcome, ReviewStanding


@dataclass(frozen=True, slots=True)
class RightsLine:
    """One request as a list names it, without a word of it.

    ``acknowledge_on``: by when a complaint is acknowledged, while that waits. ``proposed_by``:
    who wrote the letters that wait for a second officer. ``to_send_on``: from when a letter may
    leave that was written and did not.
    """

    reference: str
    kind: RightsKind
    came_by: CameBy
    received_on: date
    standing: RightsStanding
    due: Due
    extend_by: date | None
    acknowledge_on: date | None
    proposed_by: Sequence[OfficerRef]
    to_send_on: date | None
    outcome: RightsOutcome | None
    replied_at: datetime | None
    withdrawn_at: datetime | None
    unreached_at: datetime | None

    @property
    def waits_to_be_approved(self) -> bool:
        """Say whether a letter waits for a second officer."""
        return bool(self.proposed_by)

    @property
    def next_on(self) -> date:
        """Give the day on which something is due next; what waits for an answer comes last."""
        days = [it for it in (self.due.target, self.acknowledge_on) if it]
        return min(days, default=date.max)

    def is_to_be_sent(self, today: date) -> bool:
        """Say whether a letter waits for nothing but to be sent."""
        return self.to_send_on is not None and self.to_send_on <= today

    def is_overdue(self, today: date) -> bool:
        """Say whether what is due next was not done in time."""
        return self.standing is RightsStanding.OPEN and self.next_on < today


@dataclass(frozen=True, slots=True)
class EventShown:
    """Something that happened and moved the clock."""

    what: Happened
    on: date
    reasons: str
    by: str


@dataclass(frozen=True, slots=True)
class SearchShown:
    """One search: by which key, how many records have it, by whom and when.

    ``more``: others have it, too, and are found by searching again.
    """

    sought: str
    hits: int
    in_quarantine: int
    more: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FoundShown:
    """One record that was found, and whether it is theirs; None while nobody said so."""

    hit: Hit
    is_theirs: bool | None
    reason: str
    held_back: int


@dataclass(frozen=True, slots=True)
class LetterShown:
    """One letter, and the records of which a pack goes with it.

    ``not_searched``: how many records in quarantine no key could find when a reply was proposed.
    """

    id: UUID
    kind: LetterKind
    outcome: RightsOutcome | None
    subject: str
    text: str
    because: str
    not_searched: int | None
    standing: LetterStanding
    by: str
    by_ref: UUID
    at: datetime
    answered_by: str
    answer: str
    route: Route | None
    in_the_post: bool
    failure: str
    sent_at: datetime | None
    leaves_on: date | None
    packs: Sequence[str]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One piece that is held back by law, or was.

    ``review``: the review of it that waits, and ``proposed_by`` whose it is.
    """

    person: str
    piece: str
    withheld: Withheld
    review_on: date | None
    is_lifted: bool
    is_told: bool
    review: UUID | None
    proposed_by: OfficerRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewShown:
    """One review of what is held back: what an officer found, and a second one said."""

    id: UUID
    outcome: RestrictionOutcome
    standing: ReviewStanding
    review_on: date | None
    reasons: str
    by: str
    at: datetime
    answered_by: str
    answer: str


@dataclass(frozen=True, slots=True)
class RightsInFull:
    """One request, once the look at it is in the log, and at each record that was found."""

    line: RightsLine
    name: str
    birth_date: date | None
    wish: str
    told: str
    tried: str
    language: str
    unreached_by: str
    logged_by: str
    began_on: date
    events: Sequence[EventShown]
    searches: Sequence[SearchShown]
    found: Sequence[FoundShown]
    held_back: Sequence[HeldBack]
    letters: Sequence[LetterShown]
    basis: Basis
    without_birth_date: int

    @property
    def reply(self) -> LetterShown | None:
        """Give the reply that waits or was sent."""
        replies = (it for it in self.letters if it.kind is LetterKind.REPLY)
        return next((it for it in replies if it.standing is not LetterStanding.RETURNED), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsBrief:
    """One request as a program is told of it, without a name or a word."""

    reference: str
    kind: RightsKind
    came_by: CameBy
    received_on: date
    standing: RightsStanding
    answer_by: date | None
    latest: date | None
    waits_for: Happened | None
    acknowledge_by: date | None
    outcome: RightsOutcome | None
    replied_at: datetime | None
    withdrawn_at: datetime | None
    unreached_at: datetime | None
    searches: int
    found: Sequence[Mapping[str, object]]
    letters: Sequence[Mapping[str, object]]
    held_back: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Reach:
    """How whoever asked is reached."""

    email: str
    postal: str


@dataclass(frozen=True, slots=True)
class ChallengeDue:
    """That a challenge to a referral waits, since when and until when: nothing of the case."""

    came_on: date
    due_on: date
    standing: ChallengeStanding


@dataclass(frozen=True, slots=True)
class ReceiptShown:
    """What the holder of a receipt sees: nothing of anybody, and not how it was answered."""

    reference: str
    kind: RightsKind
    received_on: date
    answer_by: date | None
    waits_for: Happened | None
    replied_on: date | None
    withdrawn_on: date | None
    is_signed: bool
