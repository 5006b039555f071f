"""Says whether what guards and compares rows in the database is as this version brought it."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection

from evenhand.store.provisioning import SQL, guarded_tables

FUNCTION = re.compile(
    r"^CREATE OR REPLACE FUNCTION (?P<name>\w+)\((?P<head>.*?) AS \$\$(?P<body>.*?)\$\$;",
    re.DOTALL | re.MULTILINE,
)
SETTING = re.compile(r"""SET "?(\w+)"? = (.+?)(?=\s+SET\s|\s*$)""", re.DOTALL)
CALLED = re.compile(r"(\w+)\(")
LOG = ("change", "entry", "opening")
"""Where the guard writes and what it is compared with."""
KEPT = """
    SELECT prosrc, proconfig FROM pg_catalog.pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proname = %s
"""
IN_THE_WAY = """
    SELECT DISTINCT ours.proname FROM pg_catalog.pg_proc AS ours
    JOIN pg_catalog.pg_proc AS theirs USING (proname)
    WHERE ours.pronamespace = 'public'::regnamespace AND ours.proname = ANY (%s)
        AND theirs.pronamespace = 'pg_catalog'::regnamespace ORDER BY 1
"""
UNGUARDED = """
    SELECT named
    FROM unnest(%(tables)s::text[], %(guarded)s::boolean[]) AS asked (named, is_guarded)
    LEFT JOIN pg_catalog.pg_class AS it
        ON it.relname = named AND it.relnamespace = 'public'::regnamespace
    WHERE it.oid IS NULL OR it.relkind NOT IN ('r', 'p') OR it.relrowsecurity OR it.relhasrules
        OR is_guarded AND (
            SELECT count(DISTINCT at_what) FROM pg_catalog.pg_trigger AS run
            JOIN pg_catalog.pg_proc AS does ON does.oid = run.tgfoid
            CROSS JOIN unnest(ARRAY[4, 8, 16, 32]) AS at_what
            WHERE run.tgrelid = it.oid AND does.proname IN ('guard', 'guard_together')
                AND does.pronamespace = 'public'::regnamespace
                AND run.tgenabled IN ('O', 'A') AND run.tgtype & at_what <> 0 AND run.tgqual IS NULL
        ) < 4
    ORDER BY 1
"""
"""Insert, delete, update and truncate are the bits 4, 8, 16 and 32 of a trigger's kind."""


def altered_functions() -> Iterator[str]:
    """Name the functions of the guard that are not as shipped, or stand before PostgreSQL's."""
    brought = (SQL / "guard.sql").read_text(encoding="utf-8")
    for shipped in FUNCTION.finditer(brought):
        settings = {
            f"{name}={value.strip(chr(39))}" for name, value in SETTING.findall(shipped["head"])
        }
        found = _asked(KEPT, [shipped["name"]])
        if [(body, set(its or ())) for body, its in found] != [(shipped["body"], settings)]:
            yield shipped["name"]
    yield from (name for (name,) in _asked(IN_THE_WAY, [sorted({*CALLED.findall(brought)})]))


def unguarded_tables() -> Iterator[str]:
    """Name what should be a table of casework or log: it is none, has a rule or lacks a guard."""
    casework = guarded_tables()
    guarded = [True] * len(casework) + [False] * len(LOG)
    yield from (
        name for (name,) in _asked(UNGUARDED, {"tables": [*casework, *LOG], "guarded": guarded})
    )


def _asked(question: str, values: Any = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
