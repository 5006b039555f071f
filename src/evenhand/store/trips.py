"""Fewer trips to PostgreSQL: what is not waited for travels with the next question.

A statement that only writes is sent and not waited for. The next one that is waited for brings
back what went wrong with any of them. Each statement stays a statement of its own, in order, and
is read and planned by PostgreSQL once a connection, not each time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypeAlias

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

Values: TypeAlias = Sequence[Any] | Mapping[str, Any]


class Trips:
    """The statements under way. Called by Django around every statement that is executed."""

    def __init__(self) -> None:
        self.under_way = ExitStack()
        self._sending = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Execute one statement; if it is waited for, so are all that were sent before it."""
        if self._sending:
            return execute(sql, params, many, context)
        with self.under_way.pop_all():
            return execute(sql, params, many, context)

    def send(self, statement: str, values: Values) -> CursorWrapper:
        """Send a statement without waiting; whoever fetches from its cursor waits then."""
        connection.ensure_connection()
        if not connection.connection.pgconn.pipeline_status:
            self.under_way.enter_context(connection.wrap_database_errors)
            self.under_way.enter_context(connection.connection.pipeline())
        self._sending = True
        try:
            return _executed(statement, values)
        finally:
            self._sending = False


@contextmanager
def in_few_trips() -> Iterator[None]:
    """Let ``send`` not wait within the block. At its end everything sent has been obeyed."""
    if _trips() is not None:
        yield
        return
    trips = Trips()
    with connection.execute_wrapper(trips), trips.under_way:
        yield


def send(statement: str, values: Values = ()) -> CursorWrapper:
    """Execute a statement of the house's own, of which PostgreSQL keeps the plan.

    Within ``in_few_trips`` nobody waits for it until its cursor is fetched from.
    """
    trips = _trips()
    return trips.send(statement, values) if trips else _executed(statement, values)


def _executed(statement: str, values: Values) -> CursorWrapper:
    connection.ensure_connection()
    # Django's own cursors put the values into the text, so that no plan could be kept.
    cursor = connection._prepare_cursor(Cursor(connection.connection))
    cursor.execute(statement, values)
    return cursor


def _trips() -> Trips | None:
    return next((it for it in connection.execute_wrappers if isinstance(it, Trips)), None)
