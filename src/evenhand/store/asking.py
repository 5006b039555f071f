"""Asks for rows by their keys: several questions in one trip, each planned once a connection.

Only what is found by a key is asked like this, for which there is one way whatever the values. The
statement of a list is planned anew each time: its best way depends on what is looked for.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from evenhand.store.rows import columns_of, fields_of
from evenhand.store.trips import Values, bare_cursor, planned

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
        return ", ".join(name for name, _kind in self.typed)

    @cached_property
    def typed(self) -> Sequence[tuple[str, str]]:
        """Name these columns, each with its type in PostgreSQL."""
        tables: list[tuple[type[models.Model], str]] = [(self.model, self.table)]
        tables += [(model, f'"{field.name}"') for field, model, _names in self._named]
        return [
            (f'{table}."{it.column}"', str(it.db_type(connection)))
            for model, table in tables
            for it in fields_of(model)
        ]

    @cached_property
    def joined(self) -> str:
        """Name the table, joined with each that it names; a row may name nobody."""
        joins = [
            f' LEFT JOIN {_table(model)} AS "{it.name}"'
            f' ON "{it.name}".id = {self.table}."{it.column}"'
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


@dataclass(frozen=True)
class Tables:
    """Several tables whose rows come by one statement: each row says of which table it is.

    Their columns share places by type, so that what is read is no wider than it must be.
    """

    tables: Sequence[Table[Any]]

    def statement(self, which: Callable[[Table[Any]], str]) -> str:
        """Put the statement together; ``which`` rows of a table, follows its name."""
        each = [
            f"(SELECT {number}, {self._columns(table)} FROM {table.joined} {which(table)})"  # noqa: S608
            for number, table in enumerate(self.tables)
        ]
        return " UNION ALL ".join(each)

    def rows(self, found: Found) -> list[list[Any]]:
        """Make the rows of each table; one that several of them name is made once."""
        rows: list[list[Any]] = [[] for _table in self.tables]
        known: Known = {}
        for number, *values in found:
            table, places = self.tables[number], self._places[number]
            rows[number].append(table.row([values[it] for it in places], known))
        return rows

    @cached_property
    def _kinds(self) -> list[tuple[str, int]]:
        """Name the places: so many of each type as the table has that has the most."""
        each = [Counter(kind for _name, kind in table.typed) for table in self.tables]
        most = reduce(or_, each)
        return [(kind, nth) for kind in sorted(most) for nth in range(most[kind])]

    @cached_property
    def _places(self) -> list[list[int]]:
        at = {it: place for place, it in enumerate(self._kinds)}
        return [[at[it] for it in _counted(table)] for table in self.tables]

    def _columns(self, table: Table[Any]) -> str:
        own = dict(zip(_counted(table), (name for name, _kind in table.typed), strict=True))
        return ", ".join(own.get(it, f"NULL::{it[0]}") for it in self._kinds)


def _counted(table: Table[Any]) -> list[tuple[str, int]]:
    """Give the type of each column, and which of its type it is."""
    so_far: Counter[str] = Counter()
    found = []
    for _name, kind in table.typed:
        found.append((kind, so_far[kind]))
        so_far[kind] += 1
    return found


def ask(*questions: Question) -> list[Found]:
    """Ask several questions in one trip; give what each found."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.close_if_health_check_failed()
    database.ensure_connection()
    with ExitStack() as trip:
        trip.enter_context(database.wrap_database_errors)
        if len(questions) > 1:
            trip.enter_context(database.connection.pipeline())
        asked = [_asked(database, *question) for question in questions]
    # Only now, or the first answer would be waited for alone and the end of the trip again.
    return [it.fetchall() for it in asked]


def _asked(database: Any, statement: str, values: Values) -> Any:
    if database.queries_logged or database.execute_wrappers:
        return planned(database, statement, values)
    # Nobody watches, so the driver's own cursor does, which takes half the time.
    cursor = bare_cursor(database, statement)
    cursor.execute(statement, values)
    return cursor


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
