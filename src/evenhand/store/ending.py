"""A record that ends: from then on it has a schedule, a day of review and a last day."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from evenhand.rules.handover import ENDED
from evenhand.rules.holds import Hold
from evenhand.rules.officers import OfficerRef
from evenhand.rules.referrals import State
from evenhand.rules.retention import CONTENT, TRAIL, Closed, Kept, RecordKind, is_late
from evenhand.rules.retention_schedules import Dates, dates
from evenhand.rules.reviews import NotDue
from evenhand.rules.words import words
from evenhand.store.rows import Row
from evenhand.store.schedules import schedule_of

ENDED_STATES = sorted(it.value for it in ENDED)
CHALLENGED = State.UNDER_CHALLENGE.value
HAS_DAYS = Q(
    schedule__isnull=False,
    start_on__isnull=False,
    review_on__isnull=False,
    max_on__isnull=False,
    review_on__gte=F("start_on"),
    max_on__gte=F("review_on"),
)
HAS_NONE = Q(
    schedule=None, start_on=None, review_on=None, max_on=None, extended=None, restricted=None
)
KEPT_FOR_A_TIME = (
    (Q(state__in=ENDED_STATES) & HAS_DAYS)
    | (Q(state=CHALLENGED, before_challenge__in=ENDED_STATES) & HAS_DAYS)
    | (~Q(state__in=ENDED_STATES) & HAS_NONE)
)
"""A referral has a schedule and its days from when it ends until it is reopened. A21.

What had ended and is challenged keeps them; what was challenged before this rule has none.
"""


class EndingRow(Row):
    """The days of a referral, from when it ends until it is reopened, and why it is closed."""

    schedule = models.TextField(null=True)
    start_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    max_on = models.DateField(null=True)
    extended = models.BooleanField(null=True)
    restricted = models.TextField(null=True)
    # What a referral has besides, and its days depend on.
    reference: str
    state: str
    before_challenge: str | None
    url: bytes | memoryview | None
    child: bool
    logged_by_id: UUID
    approved_by_id: UUID | None
    assessors: list[UUID]

    class Meta:
        abstract = True

    def stands(self) -> State:
        """Give where it stands, or stands again once what is challenged is settled."""
        return State(self.before_challenge or self.state)

    def set_dates(self, today: date) -> None:
        """Say when it is reviewed and when it goes, if it ended; one that goes on has no days."""
        self.extended = self.restricted = None
        if self.stands() not in ENDED:
            self.schedule = self.start_on = self.review_on = self.max_on = None
            return
        self.keep_under(CONTENT if self.url is not None else TRAIL, start_on=today)

    def keep_under(self, code: str, *, start_on: date) -> None:
        """Fall under a schedule from a day on, with the figures that are in force."""
        found = dates(schedule_of(code), start_on, child=self.child)
        self.schedule, self.start_on = code, found.start_on
        self.review_on, self.max_on = found.review_on, found.max_on

    def is_restricted(self, today: date) -> bool:
        """Say whether it is closed to casework on this day."""
        return self.restricted is not None or is_late(self.review_on, today=today)

    def close(self, because: Closed) -> bool:
        """Close it to casework, if it has ended; say whether. Otherwise its first reason stays."""
        if self.restricted is not None or self.schedule is None:
            return False
        self.restricted = because
        return True

    def open_again(self, *reasons: Closed) -> bool:
        """Open it, if it was closed for one of these reasons; say whether."""
        if self.restricted not in reasons:
            return False
        self.restricted = None
        return True

    def worked_on_by(self) -> frozenset[OfficerRef]:
        """Give whoever logged, assessed or approved the referral."""
        several = (self.logged_by_id, self.approved_by_id, *self.assessors)
        return frozenset(OfficerRef(it) for it in several if it)

    @staticmethod
    def worked_on(officer: OfficerRef) -> Q:
        """Ask whether an officer is one of those."""
        return Q(logged_by=officer) | Q(approved_by=officer) | Q(assessors__contains=[officer])

    def as_kept(self, holds: Sequence[Hold], worked_on_by: frozenset[OfficerRef]) -> Kept:
        """Give the referral as the rules about keeping see it. Raises NotDue if it has no days."""
        if not (self.schedule and self.start_on and self.review_on and self.max_on):
            raise NotDue(
                words("Referral {reference} has not come to an end."),
                do=words("It is reviewed once it has."),
                reference=self.reference,
            )
        return Kept(
            kind=RecordKind.REFERRAL,
            reference=self.reference,
            schedule=self.schedule,
            dates=Dates(self.start_on, self.review_on, self.max_on),
            child=self.child,
            restricted=self.restricted is not None,
            extended=bool(self.extended),
            holds=tuple(holds),
            worked_on_by=worked_on_by,
        )
