"""Columns of this house: sealed text, and arrays of blind-index tokens."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models

if TYPE_CHECKING:
    BytesField = models.BinaryField[bytes | None, bytes | memoryview | None]
else:
    BytesField = models.BinaryField


class SealedField(BytesField):
    """Ciphertext under the record's own key. Read and written through ``store.sealing``."""


class TokensField(ArrayField):  # type: ignore[type-arg]
    """Blind-index tokens of a record's words, found through a GIN index."""

    def __init__(self, **options: object) -> None:
        options.setdefault("base_field", models.BinaryField())
        options.setdefault("default", list)
        super().__init__(**options)  # type: ignore[arg-type]
