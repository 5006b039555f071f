"""Mail that came in, and how far each mailbox was read."""

from collections.abc import Collection
from datetime import date
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from evenhand.rules.mail import MailKind, MailStanding
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store.casework import NoticeRow, Step
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rows import Row
from evenhand.store.sealing import open_record_key, place_of

WAITING = Q(referral__isnull=True, by__isnull=True)
SET_ASIDE = Q(referral__isnull=True, by__isnull=False)


class Mails(models.QuerySet["MailRow"]):
    """The mail that came in."""

    def one(self, mail: UUID) -> "MailRow":
        """Give one message with its key and its referral. Raises NotFound."""
        return self._one(self._whole(), mail)

    def locked(self, mail: UUID) -> "MailRow":
        """Give one message, locked until the end of the act. Raises NotFound."""
        return self._one(self._whole().select_for_update(of=("self",)), mail)

    def _whole(self) -> "Mails":
        return self.select_related("key", "referral__key", "by", "read_by")

    def _one(self, rows: "Mails", mail: UUID) -> "MailRow":
        found = rows.filter(id=mail).first()
        if found is None:
            raise NotFound(
                words("There is no such message here, or not any more."),
                do=words("Open the list of mail that waits, or the page of its referral."),
            )
        return found


class MailRow(Step):
    """A message that came in. Until it has a referral it has a key of its own, and a last day.

    ``by``: who attached it or set it aside; None: its marks did, or it waits. ``notice`` is the
    message of ours that it answers or reports on. ``whole``: every byte of it is kept.
    """

    referral = models.ForeignKey(  # type: ignore[assignment]  # Only here may it be none.
        ReferralRow, null=True, on_delete=models.PROTECT, related_name="mailrows"
    )
    by = models.ForeignKey(  # type: ignore[assignment]  # As is nobody.
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.ForeignKey(RecordKeyRow, null=True, on_delete=models.PROTECT)
    notice = models.ForeignKey(NoticeRow, null=True, on_delete=models.PROTECT, related_name="mails")
    kind = models.TextField()
    status = models.TextField(null=True)
    sender = SealedField(null=True)
    subject = SealedField(null=True)
    reason = SealedField(null=True)
    size = models.BigIntegerField()
    whole = models.BooleanField()
    message_sha256 = models.BinaryField()
    settled_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    max_on = models.DateField(null=True)

    objects = Mails.as_manager()

    class Meta(Step.Meta):
        db_table = "mail"
        constraints = [
            models.UniqueConstraint(fields=["message_sha256"], name="mail_kept_once"),
            models.CheckConstraint(
                condition=Q(referral__isnull=False, key__isnull=True, max_on__isnull=True)
                | Q(
                    referral__isnull=True,
                    key__isnull=False,
                    max_on__isnull=False,
                    notice__isnull=True,
                    read_by__isnull=True,
                ),
                name="mail_has_a_referral_or_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True, reason__isnull=True, settled_at__isnull=True)
                | Q(by__isnull=False, settled_at__isnull=False)
                & (Q(reason__isnull=False) | Q(referral__isnull=False)),
                name="mail_is_settled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(read_by__isnull=True, read_at__isnull=True)
                | Q(read_by__isnull=False, read_at__isnull=False),
                name="mail_is_read_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(it.value for it in MailKind)), name="mail_kind_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["at", "id"], condition=WAITING, name="mail_waiting"),
            models.Index(fields=["at", "id"], condition=SET_ASIDE, name="mail_set_aside"),
            models.Index(
                fields=["referral", "at"],
                condition=Q(referral__isnull=False, read_at__isnull=True),
                name="mail_not_read",
            ),
            models.Index(
                fields=["max_on"], condition=Q(max_on__isnull=False), name="mail_to_forget"
            ),
        ]

    @property
    def standing(self) -> MailStanding:
        """Say where the message stands."""
        if self.referral_id is not None:
            return MailStanding.ATTACHED
        return MailStanding.WAITING if self.by_id is None else MailStanding.SET_ASIDE

    def own_key(self) -> RecordKey:
        """Open the key that seals it: its own, or its referral's."""
        row = self.key if self.referral is None else self.referral.key
        return open_record_key(row)  # type: ignore[arg-type]  # The database holds one of them.


class MailMessageRow(Row):
    """The exact bytes of a message, or the headers of one that is too long, apart from its row."""

    id = models.UUIDField(primary_key=True)
    mail = models.OneToOneField(MailRow, on_delete=models.PROTECT, related_name="message")
    message = SealedField()

    class Meta:
        app_label = "store"
        db_table = "mail_message"

    def seal(self, data: bytes, key: RecordKey) -> None:
        """Seal the message's bytes."""
        self.message = key.seal_bytes(place_of(MailMessageRow, "message", self.id), data)

    def opened(self, key: RecordKey) -> bytes:
        """Give the message's bytes."""
        sealed = bytes(self.message or b"")
        return key.open_bytes(place_of(MailMessageRow, "message", self.id), sealed)


class MailboxRow(models.Model):
    """How far a mailbox was read: the last number that was taken, under the numbering it had."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    mailbox = models.TextField(unique=True)
    numbering = models.BigIntegerField()
    last = models.BigIntegerField()
    read_at = models.DateTimeField()
    failure = models.TextField(default="")

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."mailbox"'


def written_about(notices: Collection[UUID]) -> dict[UUID, str]:
    """Give the references of the referrals that some notices were about."""
    rows = NoticeRow.objects.filter(id__in=notices)
    return dict(rows.values_list("id", "referral__reference"))


def to_forget(today: date) -> list[UUID]:
    """Give the messages of no referral that are past their last day."""
    return list(MailRow.objects.filter(max_on__lt=today).values_list("id", flat=True))
