"""The notice's table once more, without guard and log, written as any Django project writes."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction


class PlainNotice(models.Model):
    """The same columns as a notice."""

    id = models.UUIDField(primary_key=True)
    referral_id = models.UUIDField()
    by_id = models.UUIDField()
    at = models.DateTimeField()
    kind = models.TextField()
    transport = models.TextField()
    recipient = models.BinaryField(null=True)
    message = models.BinaryField(null=True)
    message_sha256 = models.BinaryField()
    delivery = models.TextField()
    attempts = models.SmallIntegerField(default=0)
    failure = models.TextField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        app_label = "bare"
        db_table = 'bare"."notice'

    @classmethod
    def create(cls, **values: Any) -> UUID:
        """Write a row in a transaction."""
        with transaction.atomic():
            cls.objects.create(**values)
        return UUID(str(values["id"]))

    @classmethod
    def change(cls, notice: UUID) -> None:
        """Read a row and write it back in a transaction, as ``save`` does it."""
        with transaction.atomic():
            row = cls.objects.get(id=notice)
            row.attempts = (row.attempts + 1) % 1000
            row.save()
