"""What goes over the connection to PostgreSQL, as the connection itself tells it."""

from collections.abc import Callable
from itertools import pairwise
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
    # A flush right after a sync goes the same way: a pipeline asks for both at its end.
    same_way = sum(pair == ("Sync", "Flush") for pair in pairwise(sent))
    return sum(it in {"Sync", "Flush", "Query"} for it in sent) - same_way
