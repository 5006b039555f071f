"""The poster's door as rows: questions, each under its receipt, challenges, what is withheld."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from evenhand.rules.challenges import SETTLED, ChallengeStanding, Told
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.asking import ask
from evenhand.store.casework import Step
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rows import Row

SCHEDULE = "D26"
HAS_TOUCHED = "SELECT has_touched(%s, %s)"
IS_OPEN = Q(standing=ChallengeStanding.OPEN.value)


class AskingRow(Row):
    """One question whether it was us. Of the address it has a keyed hash, of its asker nothing.

    ``told`` is empty until the day on which everybody is answered. ``referral`` is its random id;
    ``ground`` and ``harm`` are what the platform was sent about it.
    """

    id = models.UUIDField(primary_key=True)
    receipt = models.BinaryField(unique=True)
    content = models.BinaryField()
    schedule = models.TextField(default=SCHEDULE)
    day = models.DateField()
    answer_on = models.DateField()
    answers_until = models.DateField()
    told = models.TextField(null=True)
    referral = models.UUIDField(null=True)
    ground = models.TextField(null=True)
    harm = models.TextField(null=True)

    class Meta:
        app_label = "store"
        db_table = "asking"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    schedule=SCHEDULE, answer_on__gt=F("day"), answers_until__gte=F("answer_on")
                ),
                name="asking_is_answered_on_another_day",
            ),
            models.CheckConstraint(
                condition=Q(told__isnull=False, told=Told.REFERRED.value, referral__isnull=False)
                | Q(told__isnull=True, referral__isnull=True)
                | Q(told__isnull=False, told=Told.CANNOT_SAY.value, referral__isnull=True),
                name="asking_names_only_what_it_tells",
            ),
            models.CheckConstraint(
                condition=Q(ground=None, harm=None) | Q(referral__isnull=False),
                name="asking_says_only_what_it_tells",
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_on"], condition=Q(told__isnull=True), name="asking_to_answer"
            ),
            models.Index(fields=["answers_until"], name="asking_to_forget"),
        ]


class Challenges(models.QuerySet["ChallengeRow"]):
    """What posters challenged."""

    def open(self) -> "Challenges":
        """Give those that nobody has settled, what is due first at the top."""
        return self.filter(IS_OPEN).order_by("due_on", "at", "id")

    def one(self, challenge: UUID) -> "ChallengeRow":
        """Give one with its referral and the key that seals both. Raises NotFound."""
        row = self.select_related("referral__key", "settled_by").filter(id=challenge).first()
        if row is None:
            raise NotFound(
                words("There is no such challenge, or not any more."),
                do=words("Open the list of challenges to see what is left."),
            )
        return row


class ChallengeRow(Row):
    """One challenge to a referral. ``id`` is that of the question whose receipt it came by."""

    id = models.UUIDField(primary_key=True)
    referral = models.ForeignKey(ReferralRow, on_delete=models.PROTECT, related_name="challenges")
    at = models.DateTimeField()
    due_on = models.DateField()
    standing = models.TextField(default=ChallengeStanding.OPEN.value)
    words = SealedField()
    settled_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    reasons = SealedField(null=True)
    told = SealedField(null=True)

    objects = Challenges.as_manager()

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it."""
        return self.standing == ChallengeStanding.OPEN

    class Meta:
        app_label = "store"
        db_table = "challenge"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    IS_OPEN,
                    settled_by__isnull=True,
                    settled_at__isnull=True,
                    reasons__isnull=True,
                    told__isnull=True,
                )
                | Q(
                    standing__in=sorted(it.value for it in SETTLED),
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                    reasons__isnull=False,
                    told__isnull=False,
                ),
                name="challenge_is_settled_with_reasons",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "at", "id"], condition=IS_OPEN, name="challenge_waiting"
            ),
        ]


class WithholdingRow(Step):
    """That posters are not told of a referral, until a day, and on which ground in law.

    The last of a referral counts. One whose day is before its own ends what was withheld.
    """

    ground = models.TextField()
    until = models.DateField()
    reasons = SealedField(null=True)

    class Meta(Step.Meta):
        db_table = "withholding"
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=sorted(it.value for it in RestrictionGround)),
                name="withholding_on_a_ground_in_law",
            ),
        ]


def last_withholding(rows: Iterable[WithholdingRow]) -> WithholdingRow | None:
    """Give the one that counts of those of a referral: the last."""
    return max(rows, key=lambda it: (it.at, it.id), default=None)


def has_touched(referral: UUID, officer: UUID) -> bool:
    """Say whether an officer did anything on a referral; the database asks itself the same."""
    [[(touched,)]] = ask((HAS_TOUCHED, [referral, officer]))
    return bool(touched)


def is_challenged(row: ReferralRow) -> bool:
    """Say whether a challenge to a referral waits to be settled."""
    return ChallengeRow.objects.filter(IS_OPEN, referral=row).exists()


UNCHALLENGED = ~Exists(ChallengeRow.objects.filter(IS_OPEN, id=OuterRef("id")))
"""Questions whose receipts nobody needs for a challenge that still waits."""
