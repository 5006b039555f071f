"""The desk's key and index key in use, and the keys of records as rows."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models

from evenhand.seal.blind import BlindIndex
from evenhand.seal.keys import DeskKey, KeyFile
from evenhand.seal.record import RecordKey
from evenhand.store.fields import SealedField
from evenhand.store.keys import IndexKeyRow, RecordKeyRow

MOST_REMEMBERED = 1_000


@cache
def desk_key() -> DeskKey:
    """Give the desk's key, read once a process. Raises KeyUnusable."""
    return KeyFile(Path(settings.DESK_KEY))


@cache
def blind_index() -> BlindIndex:
    """Give the blind index under the desk's current index key, opened once a process."""
    row = IndexKeyRow.objects.latest("made_at")
    return BlindIndex(desk_key().unwrap(bytes(row.wrapped), about=row.id))


def new_record_key(record: UUID) -> RecordKey:
    """Make and store a record's own key. Needs the pen."""
    key = RecordKey.new(record)
    RecordKeyRow.objects.create(id=record, wrapped=key.wrapped(desk_key()))
    return key


def new_record_keys(records: Sequence[UUID]) -> list[RecordKey]:
    """Make and store the own keys of many records at once. Needs the pen."""
    keys = [RecordKey.new(it) for it in records]
    RecordKeyRow.objects.bulk_create(
        RecordKeyRow(id=key.record, wrapped=key.wrapped(desk_key())) for key in keys
    )
    return keys


def replace_record_key(record: UUID) -> RecordKey:
    """Destroy a record's key by storing a fresh one in its place. Needs the pen.

    What the old key sealed can no longer be read here. A backup from before still holds the old
    key, wrapped, until that backup is past its time.
    """
    key = RecordKey.new(record)
    RecordKeyRow.objects.filter(id=record).update(wrapped=key.wrapped(desk_key()))
    return key


def open_record_key(row: RecordKeyRow) -> RecordKey:
    """Open a stored record key. Raises KeyUnusable if it is not this desk's."""
    return open_key(row.id, bytes(row.wrapped))


def open_key(record: UUID, wrapped: bytes) -> RecordKey:
    """Open a record's key from what is stored of it. Raises KeyUnusable."""
    return RecordKey.unwrap(record, wrapped, desk_key())


def seal_into(row: models.Model, key: RecordKey, **texts: str) -> None:
    """Seal texts into a row's sealed columns; an empty text is stored as nothing."""
    for column, text in texts.items():
        setattr(row, column, key.seal(place_of(type(row), column, row.pk), text) if text else None)


def unsealed(row: models.Model, key: RecordKey | None, column: str) -> str:
    """Read a sealed column; nothing stored, or its key destroyed, is the empty text."""
    sealed = getattr(row, column)
    return key.open(place_of(type(row), column, row.pk), bytes(sealed)) if sealed and key else ""


def sealed_columns(table: type[models.Model]) -> list[str]:
    """Name the sealed columns of a table."""
    return [field.name for field in table._meta.fields if isinstance(field, SealedField)]


def place_of(table: type[models.Model], column: str, ref: UUID) -> str:
    """Name the place that a sealed text is bound to."""
    return f"{table._meta.db_table}.{column}.{_written(ref)}"


@lru_cache(maxsize=MOST_REMEMBERED)
def _written(ref: UUID) -> str:
    """Write an id. A row has several sealed columns, and to write its id takes longer than one."""
    return str(ref)


def seal_alone(data: bytes, *, place: str) -> tuple[UUID, bytes, bytes]:
    """Seal bytes under a key of their own; give their id, the wrapped key and the sealed bytes."""
    key = RecordKey.new(uuid4())
    return key.record, key.wrapped(desk_key()), key.seal_bytes(place, data)


def open_alone(record: UUID, wrapped: bytes, sealed: bytes, *, place: str) -> bytes:
    """Open what ``seal_alone`` sealed."""
    key = RecordKey.unwrap(record, bytes(wrapped), desk_key())
    return key.open_bytes(place, bytes(sealed))
