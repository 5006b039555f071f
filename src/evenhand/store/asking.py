"""Asks for rows by their keys: several questions in one trip, each planned once a connection.

Only what is found by a key is asked like this, for which there is one way whatever the values. The
statement of a list is planned anew each time: its best way depends on what is looked for.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import connection, models
from django.db.backends.postgresql.base import ServerBindingCursor

from evenhand.store.rows import columns_of
from evenhand.store.trips import Values, planned

Question: TypeAlias = tuple[str, Values]
Found: TypeAlias = Sequence[tuple[Any, ...]]
Known: TypeAlias = dict[tuple[type[models.Model], Any], models.Model]
TheRow = TypeVar("TheRow", bound=models.Model)


@dataclass(frozen=True)
class Table(Generic[TheRow]):
    """A table, and the rows that its rows name (``names``): all come by one statement."""

    model: type[TheRow]
    names: Sequence[str] = ()

    @cached_property
    def columns(self) -> str:
        """Name the columns of the row, then those of each row that it names."""
        here = [_columns(self.model, self.table)]
        named = (_columns(model, f'"{field.name}"') for field, model, _names in self._named)
        return ", ".join([*here, *named])

    @cached_property
    def joined(self) -> str:
        """Name the table, joined with each that it names; a row may name nobody."""
        joins = [
            f' LEFT JOIN {_table(model)} AS "{it.name}" ON "{it.name}".id = {self.table}.{it.column}'
            for it, model, _names in self._named
        ]
        return self.table + "".join(joins)

    @cached_property
    def table(self) -> str:
        """Name the table alone."""
        return _table(self.model)

    @cached_property
    def width(self) -> int:
        """Say how many columns there are."""
        return len(self._own) + sum(len(columns) for _field, _model, columns in self._named)

    def row(self, values: Sequence[Any], known: Known | None = None) -> TheRow:
        """Make the row of the values of its columns, with the rows that it names.

        A row that is ``known`` already, by its id, is not made again.
        """
        known = {} if known is None else known
        end = len(self._own)
        row = self.model.from_db("default", self._own, values[:end])
        for field, model, columns in self._named:
            start, end = end, end + len(columns)
            who = model, values[start]
            if values[start] is not None and who not in known:
                known[who] = model.from_db("default", columns, values[start:end])
            field.set_cached_value(row, known.get(who))
        return row

    @cached_property
    def _own(self) -> list[str]:
        return columns_of(self.model)

    @cached_property
    def _named(self) -> Sequence[tuple[Any, type[models.Model], list[str]]]:
        fields: list[Any] = [self.model._meta.get_field(name) for name in self.names]
        return [(it, it.related_model, columns_of(it.related_model)) for it in fields]


def ask(*questions: Question) -> list[Found]:
    """Ask several questions in one trip; give what each found."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with ExitStack() as trip:
        trip.enter_context(connection.wrap_database_errors)
        if len(questions) > 1:
            trip.enter_context(connection.connection.pipeline())
        asked = [_asked(*question) for question in questions]
    # Only now, or the first answer would be waited for alone and the end of the trip again.
    return [it.fetchall() for it in asked]


def _asked(statement: str, values: Values) -> Any:
    if connection.queries_logged or connection.execute_wrappers:
        return planned(connection, statement, values)
    # Nobody watches, so the driver's own cursor does, which takes half the time.
    cursor: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    cursor.execute(statement, values)
    return cursor


def _columns(model: type[models.Model], table: str) -> str:
    return ", ".join(f'{table}."{it}"' for it in columns_of(model))


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
