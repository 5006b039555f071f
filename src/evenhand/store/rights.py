"""Requests about one's own data as rows: what is asked, happened, was found and is held back.

How whoever asks is reached is in a table of its own, under a key of its own. What is said of a
record is sealed under the record's key, and goes with it.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from evenhand.rules.clocks_events import Event, Happened, Request
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import (
    ANSWERED,
    OF_CONTACTS,
    REFERENCE,
    CameBy,
    RightsStanding,
    no_such_rights_request,
)
from evenhand.rules.rights_replies import RightsOutcome
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow
from evenhand.store.rows import Row

OPEN = Q(standing=RightsStanding.OPEN.value)


def _one_of(column: str, values: type[RightsKind] | type[CameBy] | type[Happened]) -> Q:
    return Q(**{f"{column}__in": sorted(it.value for it in values)})


class RightsRequests(models.QuerySet["RightsRequestRow"]):
    """Requests of people about their data."""

    def ended(self) -> "RightsRequests":
        """Give those that were answered or withdrawn, the last first."""
        ended_at = Coalesce("replied_at", "withdrawn_at")
        return self.exclude(OPEN).order_by(ended_at.desc(), "id")

    def open(self) -> "RightsRequests":
        """Give those that nobody has answered, the oldest first."""
        return self.filter(OPEN).order_by("received_on", "logged_at", "id")

    def named(self, reference: str) -> "RightsRequestRow":
        """Give one with its key. Raises NotFound."""
        return self._one(self.select_related("key", "logged_by", "unreached_by"), reference)

    def locked(self, reference: str) -> "RightsRequestRow":
        """Give one with its key, locked until the end of the act. Raises NotFound."""
        return self._one(self.select_related("key").select_for_update(of=("self",)), reference)

    def _one(self, rows: "RightsRequests", reference: str) -> "RightsRequestRow":
        found = REFERENCE.fullmatch(reference) and rows.filter(reference=reference).first()
        if not found:
            raise no_such_rights_request()
        return found


class RightsRequestRow(Row):
    """One request. ``receipt`` is a keyed hash, where it came by the public form."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    reference = models.TextField(unique=True)
    receipt = models.BinaryField(unique=True, null=True)
    kind = models.TextField()
    came_by = models.TextField()
    language = models.TextField()
    received_on = models.DateField()
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    standing = models.TextField(default=RightsStanding.OPEN.value)
    outcome = models.TextField(null=True)
    replied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    unreached_at = models.DateTimeField(null=True)
    unreached_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    schedule = models.TextField()
    review_on = models.DateField(null=True)
    max_on = models.DateField(null=True)
    name = SealedField()
    birth_date = SealedField(null=True)
    wish = SealedField(null=True)
    told = SealedField(null=True)
    tried = SealedField(null=True)

    objects = RightsRequests.as_manager()

    class Meta:
        app_label = "store"
        db_table = "rights_request"
        constraints = [
            models.CheckConstraint(
                condition=_one_of("kind", RightsKind) & _one_of("came_by", CameBy),
                name="rights_request_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=f"^{REFERENCE.pattern}$"),
                name="rights_request_reference_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(came_by=CameBy.FORM.value, receipt__isnull=False)
                | (~Q(came_by=CameBy.FORM.value) & Q(logged_by__isnull=False)),
                name="rights_request_came_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    OPEN,
                    outcome__isnull=True,
                    replied_at__isnull=True,
                    withdrawn_at__isnull=True,
                    told__isnull=True,
                    review_on__isnull=True,
                    max_on__isnull=True,
                )
                | Q(
                    standing=RightsStanding.WITHDRAWN.value,
                    outcome__isnull=True,
                    replied_at__isnull=True,
                    withdrawn_at__isnull=False,
                    told__isnull=False,
                    review_on__isnull=False,
                    max_on__isnull=False,
                )
                | Q(
                    standing__in=sorted(it.value for it in ANSWERED),
                    outcome__in=sorted(it.value for it in RightsOutcome),
                    outcome__isnull=False,
                    replied_at__isnull=False,
                    withdrawn_at__isnull=True,
                    told__isnull=True,
                    review_on__isnull=False,
                    max_on__isnull=False,
                ),
                name="rights_request_ends_with_a_reply",
            ),
            models.CheckConstraint(
                condition=Q(
                    standing=RightsStanding.UNREACHED.value,
                    unreached_at__isnull=False,
                    unreached_by__isnull=False,
                    tried__isnull=False,
                )
                | (
                    ~Q(standing=RightsStanding.UNREACHED.value)
                    & Q(unreached_at__isnull=True, unreached_by__isnull=True, tried__isnull=True)
                ),
                name="rights_request_says_who_could_not_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(kind=RightsKind.COMPLAINT.value, schedule="D13")
                | (~Q(kind=RightsKind.COMPLAINT.value) & Q(schedule="D12")),
                name="rights_request_is_on_the_schedule",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_on", "logged_at", "id"],
                condition=OPEN,
                name="rights_request_waiting",
            ),
            models.Index(fields=["max_on"], name="rights_request_to_forget"),
        ]

    def as_request(self) -> Request:
        """Give the request as its clock sees it."""
        events = sorted(self.events.all(), key=lambda it: (it.day, it.at))
        return Request(self.received_on, tuple(Event(Happened(it.what), it.day) for it in events))


class RightsContactRow(Row):
    """How whoever asked is reached, until three months after the last letter.

    Longer while something held back by law may have to be given: as long as the request is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    request = models.OneToOneField(
        RightsRequestRow, on_delete=models.PROTECT, related_name="contact"
    )
    schedule = models.TextField(default=OF_CONTACTS)
    last_on = models.DateField(null=True)
    email = SealedField(null=True)
    postal = SealedField(null=True)

    class Meta:
        app_label = "store"
        db_table = "rights_contact"
        constraints = [
            models.CheckConstraint(
                condition=Q(schedule=OF_CONTACTS)
                & (Q(email__isnull=False) | Q(postal__isnull=False)),
                name="rights_contact_reaches_somebody",
            ),
        ]
        indexes = [models.Index(fields=["last_on"], name="rights_contact_to_go")]


class OfARequest(Row):
    """Something that one officer did about one request."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    request = models.ForeignKey(RightsRequestRow, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        app_label = "store"


class RightsEventRow(OfARequest):
    """What happened and moves the clock of a request. Events are added, never changed."""

    request = models.ForeignKey(RightsRequestRow, on_delete=models.PROTECT, related_name="events")
    what = models.TextField()
    day = models.DateField()
    because = ArrayField(models.TextField(), default=list)
    reasons = SealedField(null=True)

    class Meta(OfARequest.Meta):
        db_table = "rights_event"
        constraints = [
            models.CheckConstraint(
                condition=_one_of("what", Happened), name="rights_event_is_of_a_known_kind"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(what=Happened.EXTENDED.value),
                name="rights_event_extends_once",
            ),
        ]


class RightsSearchRow(OfARequest):
    """One search for a request: by which exact key, and how many records have it.

    ``more``: others have it, too, and were not taken yet. ``in_quarantine``: which records of old
    systems, that nobody has passed or rejected yet, name somebody so.
    """

    request = models.ForeignKey(RightsRequestRow, on_delete=models.PROTECT, related_name="searches")
    sought = SealedField()
    hits = models.IntegerField()
    more = models.BooleanField(default=False)
    in_quarantine = ArrayField(models.UUIDField(), default=list)

    class Meta(OfARequest.Meta):
        db_table = "rights_search"
        constraints = [
            models.CheckConstraint(condition=Q(hits__gte=0), name="rights_search_counts"),
        ]


class RightsCountRow(models.Model):
    """How many requests came and were answered, by day and kind. It says nothing of anybody."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    day = models.DateField()
    kind = models.TextField()
    what = models.TextField()
    count = models.IntegerField(default=0)

    class Meta:
        app_label = "store"
        db_table = "rights_count"
        constraints = [
            models.UniqueConstraint(fields=["day", "kind", "what"], name="rights_count_once_a_day"),
            models.CheckConstraint(condition=Q(count__gte=0), name="rights_count_counts"),
        ]
