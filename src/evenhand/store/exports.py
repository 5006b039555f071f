"""Exports of a referral as rows, and the chain of custody that the log tells of it."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q

from evenhand.ledger.explaining import Opened, Stored, opened
from evenhand.rules.exports import FOR, Export
from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import Asked
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.casework import Step
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.sharing import AgreementRow

CHAIN = """
SELECT entry.number, entry.leaf, entry.leaf_hash, opening.fields, entry.obj::text, entry.ver
FROM entry JOIN opening ON opening.entry = entry.number
WHERE entry.obj = ANY(%s::uuid[]) ORDER BY entry.number
"""


class Exports(models.QuerySet["ExportRow"]):
    """The exports of this desk."""

    def with_all(self) -> "Exports":
        """Read with each what it is of and under, and who had a hand in it."""
        return self.select_related(
            "referral__key", "agreement__key", "agreement__recipient", "by", "answered_by", "dpo_by"
        )

    def named(self, export: UUID) -> "ExportRow":
        """Give one export with what it is of and under. Raises NotFound."""
        row = self.with_all().filter(id=export).first()
        if row is None:
            raise NotFound(
                words("There is no export with this number."),
                do=words("Look at the list of exports. It may have been disposed of."),
            )
        return row


class ExportRow(Step):
    """One referral for one named recipient: who asked, who answered, and what was taken last.

    ``by`` asked for it at ``at``; ``captures`` are the ids of those that go with it. Where it is
    about a child, the data protection officer answers as well.
    """

    version = models.IntegerField(default=1)
    agreement = models.ForeignKey(AgreementRow, on_delete=models.PROTECT)
    recipient_person = models.UUIDField()
    purpose = models.TextField()
    reason = SealedField(null=True)
    captures = ArrayField(models.UUIDField())
    allowed = models.BooleanField(null=True)
    answered_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    answer = SealedField(null=True)
    child = models.BooleanField(default=False)
    dpo_allowed = models.BooleanField(null=True)
    dpo_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dpo_at = models.DateTimeField(null=True)
    dpo_why = SealedField(null=True)
    taken_at = models.DateTimeField(null=True)
    package_sha256 = models.BinaryField(null=True)

    objects = Exports.as_manager()

    class Meta(Step.Meta):
        db_table = "export"
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=sorted(it.value for it in FOR)),
                name="export_purpose_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=models.F("by")), name="export_takes_two_officers"
            ),
            models.CheckConstraint(
                condition=Q(
                    allowed__isnull=True, answered_by__isnull=True, answered_at__isnull=True
                )
                | Q(allowed__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="export_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(allowed=True),
                name="export_taken_only_once_allowed",
            ),
            models.CheckConstraint(
                condition=Q(dpo_allowed__isnull=True, dpo_by__isnull=True, dpo_at__isnull=True)
                | Q(
                    child=True,
                    dpo_allowed__isnull=False,
                    dpo_by__isnull=False,
                    dpo_at__isnull=False,
                ),
                name="export_of_a_child_is_answered_by_the_dpo",
            ),
            models.CheckConstraint(
                condition=~Q(dpo_by=models.F("by")) & ~Q(dpo_by=models.F("answered_by")),
                name="export_of_a_child_takes_three_officers",
            ),
            models.CheckConstraint(
                condition=Q(child=False)
                | Q(taken_at__isnull=True)
                | Q(dpo_allowed=True, dpo_allowed__isnull=False),
                name="export_of_a_child_taken_once_the_dpo_allowed",
            ),
        ]

    def keep(self) -> None:
        """Store the row as its next version."""
        self.version += 1
        self.save()

    def as_fact(self) -> Export:
        """Give the export as the rules see one."""
        return Export(
            Asked(by=OfficerRef(self.by_id), at=self.at),
            self.allowed,
            self.answered_at,
            self.child,
            self.dpo_allowed,
            self.dpo_at,
        )


def chain_of(records: Sequence[UUID]) -> Iterator[tuple[Stored, Opened]]:
    """Give the entries of the log about a referral and its captures, in their order.

    An entry whose opening is lost or was altered tells nothing, and is no link of a chain.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, [list(records)])
        found = [
            Stored(number, bytes(leaf), bytes(leaf_hash), fields, obj, ver, "")
            for number, leaf, leaf_hash, fields, obj, ver in cursor.fetchall()
        ]
    yield from (it for it in zip(found, opened(found), strict=True) if it[1].fault is None)
