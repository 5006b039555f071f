"""Figures that were given on request, and corrections of those that were published."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evenhand.rules.figures import Correction, Figure
from evenhand.rules.officers import OfficerRef
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.officers import OfficerRow
from evenhand.store.rows import Row


class Figures(models.QuerySet["FigureRow"]):
    """The figures that this desk gave."""

    def one(self, ref: UUID) -> "FigureRow":
        """Give one figure. Raises NotFound."""
        found = self.select_related("by").filter(id=ref).first()
        if found is None:
            raise no_such_figure()
        return found

    def standing(self) -> "Figures":
        """Give those that are published and that no confirmed correction replaced."""
        corrected = ErratumRow.objects.filter(confirmed_at__isnull=False).values("wrong")
        return self.filter(published_at__isnull=False).exclude(id__in=corrected)


class FigureRow(Row):
    """One answer as it was given: its document, and the hashes of its question and its value.

    ``published`` is what readers have of it. Nothing of it is ever changed, nor is it deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.TextField()
    as_at = models.DateField()
    question_sha256 = models.BinaryField()
    value_sha256 = models.BinaryField()
    document = models.TextField()
    document_sha256 = models.BinaryField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.BigIntegerField()
    published = models.TextField(null=True)
    published_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    objects = Figures.as_manager()

    class Meta:
        app_label = "store"
        db_table = "figure"
        constraints = [
            models.CheckConstraint(
                condition=Q(published__isnull=True, published_by=None, published_at=None)
                | Q(
                    published__isnull=False, published_by__isnull=False, published_at__isnull=False
                ),
                name="figure_is_published_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["question_sha256"],
                condition=Q(published_at__isnull=False),
                name="figure_published",
            ),
            models.Index(fields=["at", "id"], name="figure_newest"),
        ]

    def as_fact(self) -> Figure:
        """Give the figure as the rules see one."""
        return Figure(
            question=bytes(self.question_sha256),
            value=bytes(self.value_sha256),
            as_at=self.as_at,
            given_on=timezone.localdate(self.at),
            is_published=self.published_at is not None,
        )


def no_such_figure() -> NotFound:
    """Refuse a number that no figure has, or none that whoever asks may see."""
    return NotFound(
        words("There is no figure with this number."),
        do=words("Ask the question again: the answer is the same."),
    )


STANDS = Q(declined_at__isnull=True, withdrawn_at__isnull=True)


class Errata(models.QuerySet["ErratumRow"]):
    """Corrections of published figures."""

    def standing(self) -> "Errata":
        """Give those that wait or are published."""
        return self.filter(STANDS)

    def locked(self, ref: UUID) -> "ErratumRow":
        """Give one with both figures, locked until the end of the act. Raises NotFound."""
        return self.select_related("wrong", "right").select_for_update(of=("self",)).one(ref)

    def one(self, ref: UUID) -> "ErratumRow":
        """Give one. Raises NotFound."""
        found = self.filter(id=ref).first()
        if found is None:
            raise NotFound(
                words("There is no correction with this number."),
                do=words("Open the list of corrections that wait."),
            )
        return found


class ErratumRow(Row):
    """That a published figure was wrong, what is right, and why: published once confirmed.

    One that was declined, or that its author withdrew, is kept, and another can be written in its
    place.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    wrong = models.ForeignKey(FigureRow, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(FigureRow, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    declined_at = models.DateTimeField(null=True)
    declined_why = models.TextField(default="")
    withdrawn_at = models.DateTimeField(null=True)

    objects = Errata.as_manager()

    class Meta:
        app_label = "store"
        db_table = "erratum"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("by")),
                name="erratum_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(declined_by__isnull=True, declined_at__isnull=True, declined_why="")
                | Q(declined_by__isnull=False, declined_at__isnull=False, confirmed_at__isnull=True)
                & ~Q(declined_by=F("by"))
                & ~Q(declined_why=""),
                name="erratum_declined_by_another",
            ),
            models.UniqueConstraint(
                fields=["wrong"], condition=STANDS, name="erratum_of_a_figure_once"
            ),
            models.UniqueConstraint(fields=["right"], condition=STANDS, name="erratum_by_one_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(confirmed_at__isnull=True, declined_at__isnull=True),
                name="erratum_withdrawn_unanswered",
            ),
            models.CheckConstraint(condition=~Q(wrong=F("right")), name="erratum_of_two"),
        ]

    def as_fact(self) -> Correction:
        """Give the correction as the rules see one."""
        return Correction(
            written_by=OfficerRef(self.by_id),
            is_confirmed=self.confirmed_at is not None,
            is_declined=self.declined_at is not None,
            is_withdrawn=self.withdrawn_at is not None,
        )
