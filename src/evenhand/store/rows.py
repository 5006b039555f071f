"""Rows that many acts write: their statements are put together once, and name only what changed."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.expressions import RawSQL

from evenhand.store.trips import send

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field


class Row(models.Model):
    """A row that stores itself with one short statement: a new one whole, a known one's changes.

    Putting a statement together took Django three times as long as PostgreSQL takes to obey it.
    """

    class Meta:
        abstract = True

    # The stubs of Django know an argument that only a later version has.
    @classmethod
    def from_db(  # type: ignore[override]
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """Make a row of what the database gave, and remember what that was."""
        row = super().from_db(db, field_names, values)
        if len(values) == len(fields_of(cls)):
            # Not by calling for each: most rows are only read, and each has dozens of values.
            row.__dict__["_known"] = [tuple(it) if isinstance(it, list) else it for it in values]
        return row

    def save(self, *, force_insert: bool = False, **options: Any) -> None:  # type: ignore[override]  # noqa: DJ012
        """Store a new row (``force_insert``), or what has changed of one that was read."""
        if force_insert:
            statement, fields = _insertion(type(self))
            _execute(statement, fields, self)
            self._state.adding = False
        elif (known := self.__dict__.get("_known")) is not None:
            fields = fields_of(type(self))
            fields = [it for it, was in zip(fields, known, strict=True) if was != self._stored(it)]
            if fields:
                _execute(_update(type(self), tuple(fields)), [*fields, type(self)._meta.pk], self)
        else:
            super().save(**options)
            return
        self.__dict__["_known"] = [self._stored(it) for it in fields_of(type(self))]

    def _stored(self, field: Field) -> object:
        return _lasting(getattr(self, field.attname))


@cache
def columns_of(model: type[models.Model]) -> list[str]:
    """Name the columns of a table, in the order in which ``from_db`` takes their values."""
    return [str(it.column) for it in fields_of(model)]


def _lasting(value: object) -> object:
    """Give a value as it stays: a list could be added to."""
    return tuple(value) if isinstance(value, list) else value


def _execute(statement: str, fields: Iterable[Any], row: models.Model) -> None:
    values = [it.get_db_prep_save(getattr(row, it.attname), connection) for it in fields]
    send(statement, values)


def these(keys: Collection[UUID] | Collection[str], kind: str = "uuid") -> RawSQL:
    """Give many keys as one value for Django, which puts each of a list into a statement alone."""
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(keys)])  # noqa: S611 - own names


@cache
def fields_of(model: type[models.Model]) -> Sequence[Field]:
    """Give the columns of a table as fields."""
    return model._meta.local_concrete_fields


@cache
def _insertion(model: type[models.Model]) -> tuple[str, Sequence[Field]]:
    fields = fields_of(model)
    columns = ", ".join(_quoted(it.column) for it in fields)
    values = ", ".join(_placeholder(it) for it in fields)
    table = _quoted(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({values})", fields  # noqa: S608 - own names


@cache
def _update(model: type[models.Model], fields: tuple[Field, ...]) -> str:
    values = ", ".join(f"{_quoted(it.column)} = {_placeholder(it)}" for it in fields)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {values} WHERE id = %s"  # noqa: S608 - own names


def _placeholder(field: Field) -> str:
    return f"%s::{field.db_type(connection)}" if isinstance(field, ArrayField) else "%s"


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
