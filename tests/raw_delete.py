"""The raw batch delete that disposal is measured beside: the same rows, and one log row for each.

It works on copies of the tables with their indexes, without a guard, a key to another table or a
rule, in batches of 1,000 people, and its log rows come by COPY: nothing that deletes these rows and
says so of each can be quicker. What disposal logs no change of, it logs none of either.
"""

import os
from collections.abc import Sequence
from uuid import UUID

import psycopg

from tests.processors import Watch

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
UNLOGGED = "machinery."
COPY = "CREATE TABLE raw.{name} (LIKE {table} INCLUDING DEFAULTS INCLUDING INDEXES)"
LOG = """
CREATE TABLE raw.gone (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    row_table text NOT NULL,
    row_key uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
)
"""


def taken_to_delete(batches: Sequence[Sequence[UUID]]) -> Watch:
    """Delete all rows of people in batches, each a transaction; give what that took."""
    with psycopg.connect(os.environ["EVENHAND_OWNER_URL"]) as run:
        run.execute("CREATE SCHEMA raw")
        for table in TABLES:
            name = table.partition(".")[2]
            run.execute(COPY.format(name=name, table=table))
            run.execute(f"INSERT INTO raw.{name} SELECT * FROM {table}")
            run.execute(f"ANALYZE raw.{name}")
        run.execute(LOG)
        run.commit()
        with Watch(run.info.backend_pid) as taken:
            for batch in batches:
                _delete(run, batch)
    return taken


def _delete(run: psycopg.Connection, people: Sequence[UUID]) -> None:
    gone = []
    for table, column in TABLES.items():
        name = table.partition(".")[2]
        statement = f"DELETE FROM raw.{name} WHERE {column} = ANY(%s)"
        if table.startswith(UNLOGGED):
            run.execute(statement, [list(people)])
        else:
            keys = run.execute(f"{statement} RETURNING id", [list(people)])
            gone += [(name, key) for (key,) in keys]
    with run.cursor() as cursor, cursor.copy("COPY raw.gone (row_table, row_key) FROM STDIN") as to:
        for row in gone:
            to.write_row(row)
    run.commit()
