"""Agreements, the disclosures made under them, and the recalls of what was disclosed."""

from collections.abc import Sequence
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from evenhand.rules.officers import OfficerRef
from evenhand.rules.recalls import Recall, Why
from evenhand.rules.sharing import Carrier, Disclosure, Standing
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.rows import Row


class RecipientRow(models.Model):
    """An organisation that agreements are made with, by its name and a code that the log uses."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.TextField(unique=True)
    name = models.TextField(unique=True)
    folded = models.TextField(null=True)

    class Meta:
        app_label = "store"
        db_table = "recipient"


class OpenedKindRow(models.Model):
    """Leave for a closed kind of recipient: the law that authorises it, two people, an end."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.TextField()
    enactment = models.TextField()
    asked_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "opened_kind"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="opened_kind_by_two",
            ),
            models.CheckConstraint(condition=~Q(enactment=""), name="opened_kind_names_a_law"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(ended_at__isnull=True), name="opened_kind_once"
            ),
        ]


class AgreementRow(models.Model):
    """One version of an agreement. A version is added, signed, replaced or ended; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    reference = models.TextField()
    number = models.IntegerField()
    recipient = models.ForeignKey(RecipientRow, on_delete=models.PROTECT)
    kind = models.TextField()
    country = models.TextField()
    transfer = models.TextField()
    named = ArrayField(models.UUIDField())
    people = SealedField()
    lock = models.TextField(null=True)
    purpose = SealedField()
    enactment = SealedField()
    guidance = SealedField()
    fields = ArrayField(models.TextField())
    roles = ArrayField(models.TextField())
    keep_days = models.SmallIntegerField()
    recall_days = models.SmallIntegerField()
    review_on = models.DateField()
    proposed_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    signed_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "agreement"
        constraints = [
            models.UniqueConstraint(fields=["reference", "number"], name="agreement_numbered_once"),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(signed_at__isnull=False, over_at__isnull=True),
                name="agreement_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(signed_at__isnull=True, over_at__isnull=True),
                name="agreement_one_proposed",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("proposed_by")),
                name="agreement_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(named__len__gt=0, fields__len__gt=0, roles__len__gt=0),
                name="agreement_names_people_fields_and_roles",
            ),
        ]


class DisclosureRow(Row):
    """One package about one person for one named recipient, from built to released.

    ``purpose`` is there where it is for another one than the desk's. ``person`` and ``link`` become
    empty, with every word, when the person is erased.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    reference = models.TextField(unique=True)
    version = models.IntegerField(default=1)
    standing = models.TextField(default=Standing.BUILT.value)
    person = models.ForeignKey(PersonRow, null=True, on_delete=models.PROTECT)
    link = models.ForeignKey(PersonLinkRow, null=True, on_delete=models.PROTECT)
    agreement = models.ForeignKey(AgreementRow, on_delete=models.PROTECT)
    recipient_person = models.UUIDField()
    child = models.BooleanField()
    purpose = models.TextField(null=True)
    carrier = models.TextField()
    fields = ArrayField(models.TextField())
    statements = ArrayField(models.UUIDField())
    consented = ArrayField(models.UUIDField())
    consent = SealedField(null=True)
    reason = SealedField(null=True)
    compelling = SealedField(null=True)
    document = SealedField(null=True)
    digest = models.BinaryField()
    package = SealedField(null=True)
    package_sha256 = models.BinaryField(null=True)
    built_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    built_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approved_why = SealedField(null=True)
    dpo_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    dpo_at = models.DateTimeField(null=True)
    dpo_why = SealedField(null=True)
    refused_why = SealedField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "disclosure"
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=sorted(it.value for it in Standing)),
                name="disclosure_standing_is_known",
            ),
            models.CheckConstraint(
                condition=Q(carrier__in=sorted(it.value for it in Carrier)),
                name="disclosure_carrier_is_known",
            ),
            models.CheckConstraint(
                condition=(Q(approved_by__isnull=True) | ~Q(approved_by=F("built_by")))
                & (Q(dpo_by__isnull=True) | ~Q(dpo_by=F("built_by")))
                & (
                    Q(approved_by__isnull=True)
                    | Q(dpo_by__isnull=True)
                    | ~Q(dpo_by=F("approved_by"))
                ),
                name="disclosure_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.RELEASED.value)
                | Q(
                    approved_by__isnull=False,
                    released_at__isnull=False,
                    package_sha256__isnull=False,
                ),
                name="disclosure_released_only_approved",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.RELEASED.value, child=True)
                | Q(dpo_by__isnull=False),
                name="disclosure_of_a_child_by_two_approvers",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "standing"], name="disclosure_of_person"),
            models.Index(fields=["standing", "built_at"], name="disclosure_waiting"),
            models.Index(
                fields=["released_at", "id"],
                condition=Q(released_at__isnull=False),
                name="disclosure_ledger",
            ),
        ]

    def keep(self) -> None:
        """Store the row as its next version."""
        self.version += 1
        self.save()

    def as_fact(self) -> Disclosure:
        """Give the disclosure as the rules see one."""
        return Disclosure(
            reference=self.reference,
            standing=Standing(self.standing),
            digest=bytes(self.digest),
            child=self.child,
            built_by=OfficerRef(self.built_by_id),
            built_at=self.built_at,
            approved_by=OfficerRef(self.approved_by_id) if self.approved_by_id else None,
            dpo_by=OfficerRef(self.dpo_by_id) if self.dpo_by_id else None,
        )


class RecallRow(Row):
    """One recall of one disclosure: why, by when it is sent, and whether it was acknowledged.

    ``ended_at``: since when nothing is to be done about it, because what was restricted is not.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    disclosure = models.ForeignKey(DisclosureRow, on_delete=models.PROTECT)
    why = models.TextField()
    by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    in_the_post = models.BooleanField(default=False)
    failure = models.TextField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_sent_at = models.DateTimeField(null=True)
    reminders = models.SmallIntegerField(default=0)
    acknowledged_on = models.DateField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "recall"
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=sorted(it.value for it in Why)), name="recall_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(sent_at__isnull=False),
                name="recall_acknowledged_only_once_sent",
            ),
            models.UniqueConstraint(
                fields=["disclosure", "why"],
                condition=Q(sent_at__isnull=True, ended_at__isnull=True),
                name="recall_waits_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(acknowledged_at__isnull=True, ended_at__isnull=True),
                name="recall_open",
            )
        ]

    def as_fact(self) -> Recall:
        """Give the recall as the rules see one. Needs its disclosure."""
        return Recall(
            package=self.disclosure.reference,
            why=Why(self.why),
            due_at=self.due_at,
            sent_at=self.sent_at,
            acknowledged_at=self.acknowledged_at,
            ended_at=self.ended_at,
            in_the_post=self.in_the_post,
        )


def recipients_of(person: PersonRow) -> Sequence[str]:
    """Name the organisations that were given a package about a person, recalled or not."""
    names = released_of(person).values_list("agreement__recipient__name", flat=True)
    return sorted(set(names))


def released_of(person: PersonRow) -> models.QuerySet["DisclosureRow"]:
    """Give the packages about a person that left, recalled or not."""
    return DisclosureRow.objects.filter(person=person, standing=Standing.RELEASED)


def standing_recalls() -> models.QuerySet[RecallRow]:
    """Give what keeps a package from being used: recalls that have not ended."""
    return RecallRow.objects.filter(ended_at__isnull=True).exclude(why=Why.LIFTED)
