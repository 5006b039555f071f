"""Fewer trips to PostgreSQL: what is not waited for travels with the next question.

A statement that only writes is sent and not waited for. The next one that is waited for brings
back what went wrong with any of them. Each statement stays a statement of its own, in order, and
is read and planned by PostgreSQL once a connection, not each time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper
from psycopg import RawCursor

Values: TypeAlias = Sequence[Any] | Mapping[str, Any]


class Numbered(str):
    """A statement that names its values as PostgreSQL does: $1, $2. It is sent as it stands.

    In any other that is longer than 4,096 signs the driver looks for its values each time anew.
    """

    __slots__ = ()


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

    def send(self, database: Any, statement: str, values: Values) -> CursorWrapper:
        """Send a statement without waiting; whoever fetches from its cursor waits then."""
        if not database.connection.pgconn.pipeline_status:
            self.under_way.enter_context(database.wrap_database_errors)
            self.under_way.enter_context(database.connection.pipeline())
        self._sending = True
        try:
            return planned(database, statement, values)
        finally:
            self._sending = False


@contextmanager
def in_one_transaction() -> Iterator[None]:
    """Have all of the block happen or nothing of it; within it ``send`` does not wait.

    At its end everything sent has been obeyed. Where no transaction is around it, it is committed
    on the same trip as what was sent last.
    """
    database = connections[DEFAULT_DB_ALIAS]
    commits = not database.in_atomic_block
    with transaction.atomic(savepoint=False), _in_few_trips(database):
        yield
        if commits:
            send("COMMIT")


def send(statement: str, values: Values = ()) -> CursorWrapper:
    """Execute a statement of the house's own, of which PostgreSQL keeps the plan.

    Within ``in_one_transaction`` nobody waits for it until its cursor is fetched from.
    """
    database = connections[DEFAULT_DB_ALIAS]
    trips = _trips(database)
    if trips:
        return trips.send(database, statement, values)
    return planned(database, statement, values)


@contextmanager
def _in_few_trips(database: Any) -> Iterator[None]:
    if _trips(database):
        yield
        return
    trips = Trips()
    with database.execute_wrapper(trips), trips.under_way:
        yield


def planned(database: Any, statement: str, values: Values) -> CursorWrapper:
    """Execute a statement whose plan PostgreSQL keeps; give its cursor."""
    database.close_if_health_check_failed()
    database.ensure_connection()
    bare = bare_cursor(database, statement)
    logged = database.queries_logged
    cursor: CursorWrapper = (database.make_debug_cursor if logged else database.make_cursor)(bare)
    cursor.execute(statement, values)
    return cursor


def bare_cursor(database: Any, statement: str) -> Any:
    """Give the driver's own cursor. Django's put values into the text: no plan could be kept."""
    kind: Any = RawCursor if isinstance(statement, Numbered) else ServerBindingCursor
    return kind(database.connection)


def _trips(database: Any) -> Trips | None:
    return next((it for it in database.execute_wrappers if isinstance(it, Trips)), None)
