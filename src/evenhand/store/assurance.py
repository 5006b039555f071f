"""Versions of the desk's documents, and what was said of them: advice and corrections."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from evenhand.rules.assurance import (
    FOUR_YEARS,
    PARTS,
    YEAR,
    Assured,
    Claim,
    Document,
    DocumentKind,
    Part,
    Residual,
    Said,
    Stage,
    awaits_ico,
    true_of,
)
from evenhand.rules.officers import OfficerRef
from evenhand.rules.parties import Party, folded, read_parties
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow
from evenhand.store.proving import is_witnessed
from evenhand.store.sealing import open_record_key, unsealed

DPIA, APD = DocumentKind.DPIA.value, DocumentKind.APD.value
OTHER_KINDS = [it for it in DocumentKind if it is not DocumentKind.DPIA]
REGISTERS = (DocumentKind.JOINT_CONTROLLERS, DocumentKind.PROCESSORS)
OBJECTIVES = DocumentKind.EQUALITY_OBJECTIVES.value
OPEN_STAGES = [Stage.WRITTEN.value, Stage.AWAITING_ICO.value]
OWN_DATA_PUBLIC = "5"
"""The paragraph of Schedule 8 that no whole document rests on. E-SCH8-06."""
NEVER_IN_FORCE = Q(in_force_from__isnull=True)


def _all_given(kind: DocumentKind) -> Q:
    return Q(kind=kind.value, **{f"{part}__isnull": False for part in PARTS[kind]})


def _reviewed_within(time: timedelta) -> Q:
    return Q(review_on__lte=F("in_force_from") + time.days)


class DocumentRow(models.Model):
    """One version of a document. Its text is never changed, and it is never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    kind = models.TextField()
    number = models.IntegerField()
    version = models.IntegerField(default=1)
    stage = models.TextField()
    description = SealedField(null=True)
    dangers = SealedField(null=True)
    measures = SealedField(null=True)
    safeguards = SealedField(null=True)
    procedures = SealedField(null=True)
    retention = SealedField(null=True)
    aims = SealedField(null=True)
    consultation = SealedField(null=True)
    effects = SealedField(null=True)
    actions = SealedField(null=True)
    instructions = SealedField(null=True)
    parties = SealedField(null=True)
    arrangement = SealedField(null=True)
    contracts = SealedField(null=True)
    information = SealedField(null=True)
    objectives = SealedField(null=True)
    residual = models.TextField(null=True)
    claims = ArrayField(models.TextField(), default=list)
    harms = ArrayField(models.TextField(), default=list)
    written_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    advised_at = models.DateTimeField(null=True)
    ico_advised_on = models.DateField(null=True)
    approved_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    in_force_from = models.DateField(null=True)
    review_on = models.DateField(null=True)
    replaced_at = models.DateTimeField(null=True)
    # Of a register that is or was in force, line by line: by these the database judges who gets
    # something.
    listed = ArrayField(models.TextField(), null=True)
    listed_until = ArrayField(models.DateField(), null=True)
    # Of a policy document. One from before they were asked for states none.
    conditions = ArrayField(models.TextField(), null=True)

    class Meta:
        app_label = "store"
        db_table = "document_version"
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="document_numbered_once"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(stage=Stage.IN_FORCE.value),
                name="document_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(stage__in=OPEN_STAGES),
                name="document_one_on_its_way",
            ),
            models.CheckConstraint(
                condition=reduce(
                    or_,
                    map(_all_given, OTHER_KINDS),
                    _all_given(DocumentKind.DPIA) & Q(residual__isnull=False),
                ),
                name="document_has_all_its_parts",
            ),
            models.CheckConstraint(
                condition=NEVER_IN_FORCE
                | Q(
                    _reviewed_within(YEAR) | Q(_reviewed_within(FOUR_YEARS), kind=OBJECTIVES),
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    review_on__isnull=False,
                    review_on__gt=F("in_force_from"),
                ),
                name="document_in_force_is_approved_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("written_by")),
                name="document_approved_by_another",
            ),
            models.CheckConstraint(
                condition=NEVER_IN_FORCE | ~Q(kind=DPIA) | Q(advised_at__isnull=False),
                name="document_advised_before_it_is_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(residual=Residual.HIGH.value)
                | Q(ico_advised_on__isnull=False)
                | (NEVER_IN_FORCE & ~Q(stage__in=[Stage.WRITTEN.value, Stage.IN_FORCE.value])),
                name="document_of_high_residual_waits_for_the_ico",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[*OPEN_STAGES, Stage.REPLACED.value])
                | Q(stage=Stage.IN_FORCE.value, in_force_from__isnull=False),
                name="document_stage_is_known",
            ),
            models.CheckConstraint(
                condition=Q(conditions__isnull=True)
                | Q(~Q(conditions__contains=[OWN_DATA_PUBLIC]), kind=APD, conditions__len__gt=0),
                name="document_states_conditions_of_schedule_8",
            ),
        ]

    def as_fact(self) -> Document:
        """Give the version as the rules see it."""
        return Document(
            kind=DocumentKind(self.kind),
            number=self.number,
            stage=Stage(self.stage),
            written_by=OfficerRef(self.written_by_id),
            residual=Residual(self.residual) if self.residual else None,
            claims=frozenset(Claim(it) for it in self.claims),
            harms=frozenset(self.harms),
            conditions=tuple(self.conditions or ()),
            is_advised=self.advised_at is not None,
            is_ico_heard=self.ico_advised_on is not None,
            in_force_from=self.in_force_from,
            review_on=self.review_on,
        )

    def list_parties(self) -> None:
        """Write the names of a register openly, as they are compared, with the last day of each."""
        parties = _parties(self)
        self.listed = [folded(it.name) for it in parties]
        self.listed_until = [it.until for it in parties]

    def parts(self) -> dict[Part, str]:
        """Give the text of its parts, in their order."""
        key = open_record_key(self.key)
        return {part: unsealed(self, key, part) for part in PARTS[DocumentKind(self.kind)]}


class DocumentWordRow(models.Model):
    """What was said of a version: advice, the Commissioner's advice, a correction. Only added."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    document = models.ForeignKey(DocumentRow, on_delete=models.PROTECT, related_name="said")
    what = models.TextField()
    text = SealedField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    published_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "document_word"
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | (Q(what=Said.ERRATUM.value) & ~Q(published_by=F("by"))),
                name="document_word_published_by_another",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True, published_at__isnull=True)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="document_word_published_by_somebody",
            ),
        ]


def named(kind: DocumentKind, number: int) -> DocumentRow:
    """Give one version of a document, with its key. Raises NotFound."""
    row = DocumentRow.objects.select_related("key").filter(kind=kind, number=number).first()
    if row is None:
        raise NotFound(
            words("There is no such version of this document."), do=words("Look at the list.")
        )
    return row


def parties_in_force() -> Mapping[DocumentKind, Sequence[Party]]:
    """Give who stands on the registers in force, of joint controllers and of processors."""
    rows = _registers().filter(stage=Stage.IN_FORCE)
    return {DocumentKind(row.kind): _parties(row) for row in rows}


def parties_replaced_since(moment: datetime) -> Sequence[Party]:
    """Give who stood on a register that was in force at a moment or later, and was replaced."""
    rows = _registers().filter(in_force_from__isnull=False, replaced_at__gte=moment)
    return [party for row in rows for party in _parties(row)]


def _registers() -> models.QuerySet[DocumentRow]:
    return DocumentRow.objects.select_related("key").filter(kind__in=REGISTERS)


def _parties(row: DocumentRow) -> Sequence[Party]:
    return read_parties(unsealed(row, open_record_key(row.key), Part.PARTIES))


def is_in_force(kind: DocumentKind) -> bool:
    """Say whether a document of a kind is in force."""
    return DocumentRow.objects.filter(kind=kind, stage=Stage.IN_FORCE).exists()


def published_on(kind: DocumentKind) -> date | None:
    """Give the day from which the newest version of a document is in force, or was."""
    rows = DocumentRow.objects.filter(kind=kind, in_force_from__isnull=False)
    return rows.order_by("-approved_at").values_list("in_force_from", flat=True).first()


def true_here() -> frozenset[Claim]:
    """Say which claims of an impact assessment are true of this desk."""
    return true_of(settings.DESK, is_witnessed=is_witnessed())


def assured() -> Assured:
    """Give what is in force on this desk now, in one query."""
    rows = DocumentRow.objects.filter(
        Q(kind__in=[DPIA, APD], stage=Stage.IN_FORCE) | Q(kind=DPIA, residual=Residual.HIGH)
    )
    facts = [row.as_fact() for row in rows.defer(*Part)]
    in_force = {it.kind: it for it in facts if it.stage is Stage.IN_FORCE}
    return Assured(
        dpia=in_force.get(DocumentKind.DPIA),
        apd=in_force.get(DocumentKind.APD),
        awaits_ico=awaits_ico([it for it in facts if it.kind is DocumentKind.DPIA]),
        regime=settings.DESK.regime,
    )
