"""What a desk keeps of platforms, in numbered versions, and the sign-offs of sending to them."""

from uuid import uuid4

from django.db import models
from django.utils.crypto import salted_hmac

from evenhand.rules.notices import SignOff, Transport
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow


class SignOffRow(models.Model):
    """Leave to send to one platform by one channel: contact, legal basis and date of review."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    platform = models.TextField()
    transport = models.TextField()
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    contact = SealedField()
    basis = SealedField()
    signed_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT)
    signed_at = models.DateTimeField()
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "sign_off"
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "transport"],
                condition=models.Q(ended_at__isnull=True),
                name="sign_off_one_current_for_a_platform",
            )
        ]

    def as_fact(self, *, contact: str) -> SignOff:
        """Give the sign-off as the rules see one."""
        return SignOff(
            platform=self.platform,
            transport=Transport(self.transport),
            contact=contact,
            review_on=self.review_on,
        )


class PlatformTokenRow(models.Model):
    """A token of one platform's program. Only a hash of it under the desk's key is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    platform = models.TextField()
    digest = models.BinaryField(unique=True)
    made_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "platform_token"
        indexes = [models.Index(fields=["platform", "expires_at"], name="platform_token_in_force")]

    @staticmethod
    def digest_of(token: str) -> bytes:
        """Give what is stored of a token."""
        text = token.encode("utf-8", "surrogatepass")
        return salted_hmac("evenhand.platform-token", text, algorithm="sha256").digest()


class PlatformVersionRow(models.Model):
    """One version of what the desk keeps of a platform. A version is added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    platform = models.TextField()
    number = models.IntegerField()
    document = SealedField()
    first_chase_days = models.SmallIntegerField(null=True)
    chase_gap_days = models.SmallIntegerField(null=True)
    made_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "platform_version"
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "number"], name="platform_version_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["platform"],
                condition=models.Q(replaced_at__isnull=True),
                name="platform_version_one_current",
            ),
        ]
