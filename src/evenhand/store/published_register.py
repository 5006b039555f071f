"""The columns that the database has, beside the register that lists them."""

from collections.abc import Sequence
from functools import cache

from django.conf import settings
from django.db import connection

from evenhand.rules.register_beside import BESIDE, BESIDE_FIELDS
from evenhand.rules.register_changes import Change, Day, Field, by_day, read_changes

FILE = "register_changes.csv"
# Parts of a table that grows by parts have its columns.
_COLUMNS = (
    "SELECT n.nspname, c.relname, a.attname FROM pg_attribute a"
    " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname IN ('public', 'machinery') AND c.relkind IN ('r', 'p')"
    " AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped"
)


@cache
def changes() -> Sequence[Change]:
    """Give the log of changes to the register. Raises ChangesWrong."""
    text = (settings.LAW_DATA / FILE).read_text(encoding="utf-8")
    return read_changes(text.splitlines())


@cache
def days() -> Sequence[Day]:
    """Give the changes day by day, the first day first. Raises ChangesWrong."""
    return by_day(changes())


def held() -> frozenset[Field]:
    """Give every column that the database has, but for those that stand beside the register."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        found = cursor.fetchall()
    fields = {(_named(schema, table), column) for schema, table, column in found}
    return frozenset(it for it in fields - BESIDE_FIELDS.keys() if it[0] not in BESIDE)


def _named(schema: str, table: str) -> str:
    return table if schema == "public" else f"{schema}.{table}"
