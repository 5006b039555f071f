"""The raw batch delete that disposal is measured beside: the same rows, and one log row for each.

It works on copies of the tables with their indexes, without a guard, a key to another table or a
rule: nothing that deletes these rows can be quicker.
"""

import os
import time
from collections.abc import Sequence
from uuid import UUID

import psycopg

TABLES = {
    "public.notify_decision": "person_id",
    "public.person_step": "person_id",
    "public.person_statement": "person_id",
    "public.person_link": "person_id",
    "public.review": "person_id",
    "public.hold": "person_id",
    "machinery.consultation": "about",
    "public.person": "id",
    "public.record_key": "id",
}
"""What disposal takes of a person, and the column that says of whom a row is."""
COPY = "CREATE TABLE raw.{name} (LIKE {table} INCLUDING DEFAULTS INCLUDING INDEXES)"


def seconds_to_delete(batches: Sequence[Sequence[UUID]]) -> list[float]:
    """Delete all rows of people in batches, each a transaction; give how long each batch took."""
    with psycopg.connect(os.environ["EVENHAND_OWNER_URL"]) as run:
        run.execute("CREATE SCHEMA raw")
        for table in TABLES:
            name = table.partition(".")[2]
            run.execute(COPY.format(name=name, table=table))
            run.execute(f"INSERT INTO raw.{name} SELECT * FROM {table}")
            run.execute(f"ANALYZE raw.{name}")
        run.execute("CREATE TABLE raw.gone (id uuid PRIMARY KEY, at timestamptz DEFAULT now())")
        run.commit()
        return [_seconds(run, batch) for batch in batches]


def _seconds(run: psycopg.Connection, people: Sequence[UUID]) -> float:
    started = time.perf_counter()
    for table, column in TABLES.items():
        name = table.partition(".")[2]
        run.execute(f"DELETE FROM raw.{name} WHERE {column} = ANY(%s)", [list(people)])
    with run.cursor() as cursor, cursor.copy("COPY raw.gone (id) FROM STDIN") as copy:
        for person in people:
            copy.write_row([person])
    run.commit()
    return time.perf_counter() - started
