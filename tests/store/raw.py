"""Raw SQL as the application's role, as a shell, a slip or an intruder would use it."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tests.desks import FreshDesk

Answer = list[tuple[object, ...]]
LEAF = (
    b'{"act":"referral.log","day":"2026-11-20","f":"' + b"a" * 43 + b'","n":5,'
    b'"s62":"collection","v":1}'
)


@contextmanager
def connected(desk: FreshDesk) -> Iterator[psycopg.Connection]:
    with psycopg.connect(desk.database_url) as connection:
        yield connection
        connection.rollback()


def ask(connection: psycopg.Connection, question: str, *values: object) -> Answer:
    return connection.execute(question.encode(), values or None).fetchall()


def guarded(connection: psycopg.Connection) -> list[str]:
    """Name the tables that the guard is on, from the catalogue of the database."""
    found = ask(
        connection,
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'guard' ORDER BY 1",
    )
    return [str(name) for (name,) in found]


def take_number(connection: psycopg.Connection) -> int:
    """Open a pen by hand: take an entry number and name it to the guard."""
    [(number,)] = ask(connection, "SELECT nextval('entry_number')")
    assert isinstance(number, int)
    name_number(connection, number)
    return number


def name_number(connection: psycopg.Connection, number: object) -> None:
    ask(connection, "SELECT set_config('evenhand.entry', %s, true)", str(number))


def enter(connection: psycopg.Connection, number: int, leaf: bytes = LEAF) -> None:
    """Write an entry by hand."""
    connection.execute(
        "INSERT INTO entry (number, leaf, leaf_hash)"
        " VALUES (%s, %s, sha256('\\x00'::bytea || %s::bytea))",
        [number, leaf, leaf],
    )


Errors = type[psycopg.Error] | tuple[type[psycopg.Error], ...]
STILL_NAMED = (psycopg.errors.RestrictViolation, psycopg.errors.ForeignKeyViolation)
"""That a row goes which others name: PostgreSQL 18 has an error of its own for it."""


def refuses(
    connection: psycopg.Connection,
    statement: str,
    error: type[psycopg.Error]
    | tuple[type[psycopg.Error], ...] = psycopg.errors.InsufficientPrivilege,
    *,
    says: str = "",
) -> None:
    """Expect the database to refuse a statement."""
    with pytest.raises(error, match=says or None), connection.transaction():
        connection.execute(statement.encode())


def touch(table: str) -> sql.Composed:
    """Give a statement that writes a table's rows as they are."""
    return sql.SQL("UPDATE {0} SET id = id").format(sql.Identifier(table))
