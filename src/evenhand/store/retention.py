"""What is kept for a time: reviews and holds of records, certificates of disposal, and tallies."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from evenhand.rules.disposal import Reason
from evenhand.rules.holds import Hold, HoldKind
from evenhand.rules.officers import OfficerRef
from evenhand.rules.retention import What
from evenhand.rules.reviews import Proposal, Question, ReviewOutcome, ReviewStanding
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rows import Row

KINDS = ("referral", "person")
OF_ONE_RECORD = Q(referral__isnull=True) ^ Q(person__isnull=True)
ANSWERS = [str(it) for it in Question]
BY_TWO = [Reason.REVIEWED.value, Reason.LAST_DAY.value]
"""Disposals that one officer proposed and another released."""


class ReviewRow(Row):
    """A review of one record, its answers sealed under the record's key, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    referral = models.ForeignKey(
        ReferralRow, null=True, on_delete=models.PROTECT, related_name="reviewrows"
    )
    person = models.ForeignKey(
        PersonRow, null=True, on_delete=models.PROTECT, related_name="reviewrows"
    )
    schedule = models.TextField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    day = models.DateField()
    outcome = models.TextField()
    reason = SealedField()
    purpose = SealedField(null=True)
    role_right = SealedField(null=True)
    news = SealedField(null=True)
    accuracy = SealedField(null=True)
    less_intrusive = SealedField(null=True)
    whose_interest = SealedField(null=True)
    recipients = SealedField(null=True)
    until = models.DateField(null=True)
    last_day = models.DateField(null=True)
    seen_version = models.IntegerField()
    standing = models.TextField()
    settled_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    settled_because = SealedField(null=True)

    class Meta:
        app_label = "store"
        db_table = "review"
        constraints = [
            models.CheckConstraint(condition=OF_ONE_RECORD, name="review_of_one_record"),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[it.value for it in ReviewOutcome],
                    standing__in=[it.value for it in ReviewStanding],
                ),
                name="review_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ReviewOutcome.RETAIN.value)
                | Q(until__isnull=False, **{f"{it}__isnull": False for it in ANSWERS}),
                name="review_answers_each_question",
            ),
            models.CheckConstraint(
                condition=~Q(standing=ReviewStanding.CONFIRMED.value)
                | (Q(settled_by__isnull=False) & ~Q(settled_by=F("by"))),
                name="review_confirmed_by_another",
            ),
            *(
                models.UniqueConstraint(
                    fields=[kind],
                    condition=Q(standing=ReviewStanding.WAITING.value),
                    name=f"review_of_{kind}_waits_alone",
                )
                for kind in KINDS
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                condition=Q(standing=ReviewStanding.WAITING.value),
                name="review_waiting",
            )
        ]

    def as_proposal(self) -> Proposal:
        """Give what waits for a second officer, as the rules see it."""
        return Proposal(
            outcome=ReviewOutcome(self.outcome),
            by=OfficerRef(self.by_id),
            on=self.day,
            version=self.seen_version,
            last_day=self.last_day,
        )


def reviewed_on(person: PersonRow) -> date | None:
    """Give the day of the last review by which two officers kept a person's record on."""
    kept_on = ReviewRow.objects.filter(
        person=person, outcome=ReviewOutcome.RETAIN, standing=ReviewStanding.CONFIRMED
    )
    last = kept_on.order_by("-at").first()
    return last.day if last else None


class Holds(models.QuerySet["HoldRow"]):
    """The desk's holds."""

    def standing(self, today: date) -> "Holds":
        """Give those that keep something on this day."""
        in_time = Q(expires_on__isnull=True) | Q(expires_on__gte=today)
        return self.filter(in_time, ended_at__isnull=True)


class HoldRow(Row):
    """What keeps one record from being disposed of; whose it is and why is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    referral = models.ForeignKey(
        ReferralRow, null=True, on_delete=models.PROTECT, related_name="holdrows"
    )
    person = models.ForeignKey(
        PersonRow, null=True, on_delete=models.PROTECT, related_name="holdrows"
    )
    kind = models.TextField()
    owner = SealedField(null=True)
    their_reference = SealedField()
    reason = SealedField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    day = models.DateField()
    expires_on = models.DateField(null=True)
    asked_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    asked_because = SealedField(null=True)
    ended_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = Holds.as_manager()

    class Meta:
        app_label = "store"
        db_table = "hold"
        constraints = [
            models.CheckConstraint(condition=OF_ONE_RECORD, name="hold_on_one_record"),
            models.CheckConstraint(
                condition=Q(
                    kind=HoldKind.EVIDENCE.value,
                    owner__isnull=False,
                    expires_on__isnull=False,
                    expires_on__gte=F("day"),
                )
                | Q(kind__in=[HoldKind.RIGHTS.value, HoldKind.FOI.value], expires_on__isnull=True),
                name="hold_says_enough",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | (
                    Q(ended_at__isnull=False, ended_by__isnull=False, asked_by__isnull=False)
                    & ~Q(ended_by=F("asked_by"))
                ),
                name="hold_ended_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_on"], condition=Q(ended_at__isnull=True), name="hold_standing"
            )
        ]

    def as_fact(self) -> Hold:
        """Give the hold as the rules see it."""
        return Hold(HoldKind(self.kind), self.expires_on, ended=self.ended_at is not None)


class DisposalRow(Row):
    """A certificate that a record, or its content, was disposed of. It holds no personal data.

    ``record`` is the record's random id, by which the log knows it; nothing else has it any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    reference = models.TextField(unique=True)
    record = models.UUIDField()
    kind = models.TextField()
    what = models.TextField()
    system = models.TextField()
    schedule = models.TextField()
    because = models.TextField()
    created_on = models.DateField()
    max_on = models.DateField()
    day = models.DateField()
    at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        app_label = "store"
        db_table = "disposal"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(because__in=BY_TWO, proposed_by__isnull=False, released_by__isnull=False)
                    & ~Q(released_by=F("proposed_by"))
                )
                | Q(
                    because=Reason.NOT_RELEASED.value,
                    proposed_by__isnull=True,
                    released_by__isnull=True,
                    max_on__lt=F("day"),
                )
                | Q(
                    because=Reason.RESTORED.value,
                    proposed_by__isnull=True,
                    released_by__isnull=True,
                ),
                name="disposal_by_two_or_past_its_time",
            ),
            models.UniqueConstraint(fields=["record", "what"], name="disposal_once"),
            models.CheckConstraint(
                condition=Q(what__in=[it.value for it in What]), name="disposal_of_a_known_part"
            ),
        ]
        indexes = [models.Index(fields=["at", "id"], name="disposal_newest")]


class KnownToday(models.Func):
    """The day on which the database takes a count, in the desk's time zone."""

    function = "machinery.known_today"
    output_field = models.DateField()


class TallyRow(Row):
    """The share of the published counts that disposed records had, by month. No personal data.

    ``known_on`` is the day on which it was taken out of the other counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    month = models.DateField()
    counted = models.TextField()
    role = models.TextField()
    platform = models.TextField()
    harm = models.TextField()
    outcome = models.TextField()
    known_on = models.DateField(db_default=KnownToday())
    number = models.IntegerField()

    class Meta:
        app_label = "store"
        db_table = "tally"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "counted", "role", "platform", "harm", "outcome", "known_on"],
                name="tally_once",
            )
        ]


class MonthCountRow(models.Model):
    """How often something was done in a month, as its triggers count it: the sum of its slots.

    ``known_on`` is the day on which the desk came to know it, or that it was otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    month = models.DateField()
    counted = models.TextField()
    parts = models.TextField()
    known_on = models.DateField()
    slot = models.SmallIntegerField()
    number = models.BigIntegerField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."month_count"'


class KnownSinceRow(models.Model):
    """From which day on it is kept what was known when, and until which it is added up."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    day = models.DateField()
    added_up = models.DateField(null=True)

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."known_since"'


class RetentionRunRow(models.Model):
    """When the worker last looked what is due, and what it did: the heartbeat of retention."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    ran_at = models.DateTimeField()
    dated = models.IntegerField()
    restricted = models.IntegerField()
    waiting = models.IntegerField()
    destroyed = models.IntegerField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."retention_run"'
