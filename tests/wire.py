"""What goes over the connection to PostgreSQL, as the connection itself tells it."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection


def waits_of(do: Callable[[], object], *, folder: Path) -> int:
    """Count how often something waits for PostgreSQL."""
    told = folder / "trace"
    with told.open("w") as file:
        connection.connection.pgconn.trace(file.fileno())
        try:
            do()
        finally:
            connection.connection.pgconn.untrace()
    messages = [line.split("\t") for line in told.read_text("utf-8").splitlines()]
    sent = [parts[3] for parts in messages if parts[1] == "F"]
    return sent.count("Sync") + sent.count("Query")
