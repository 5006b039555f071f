"""What must hold after every kill: nothing acknowledged is lost, and nothing is unlogged."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from email import message_from_bytes

import psycopg
from psycopg import sql

from tests.ledger.reading import check as check_leaf
from tests.stories.cases import WORKER, Case

ACCEPTED = ("notice.accept", WORKER)
AS_THE_GUARD = (
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET bytea_output = 'hex';"
    " SET extra_float_digits = 1"
)
GUARDED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'guard' ORDER BY 1"
UNLOGGED = """
    SELECT r.id::text FROM {table} r
    LEFT JOIN LATERAL (
        SELECT entry, operation, digest FROM change
        WHERE row_table = {name} AND row_key = r.id::text ORDER BY number DESC LIMIT 1
    ) last ON true
    LEFT JOIN entry e ON e.number = last.entry
    LEFT JOIN opening o ON o.entry = e.number
    WHERE o.entry IS NULL OR last.operation = 'D'
       OR last.digest <> sha256(convert_to(jsonb_strip_nulls({noted})::text, 'UTF8'))
"""
REMOVED = """
    SELECT last.row_key FROM (
        SELECT DISTINCT ON (row_key) row_key, operation FROM change
        WHERE row_table = {name} ORDER BY row_key, number DESC
    ) last
    WHERE last.operation <> 'D' AND NOT EXISTS (
        SELECT FROM {table} r WHERE r.id::text = last.row_key)
"""
CAME_LATER = {
    "document_version": ("harms", "[]"),
    "export": ("child", "false"),
    "import_row": ("tokens", "[]"),
}
"""Columns that came later: no digest has them while they have the value that they came with."""
NOTED = "to_jsonb(r) - CASE WHEN to_jsonb(r) -> {column} = {value} THEN {column} ELSE '' END"


def rows_without_entry(address: str) -> list[str]:
    """Name the casework rows that are not as their last entry says, or went without one."""
    found = []
    with psycopg.connect(address, autocommit=True) as run:
        run.execute(AS_THE_GUARD)
        for (table,) in run.execute(GUARDED).fetchall():
            parts = {
                "table": sql.Identifier(table),
                "name": sql.Literal(table),
                "noted": _noted(table),
            }
            for query in (UNLOGGED, REMOVED):
                rows = run.execute(sql.SQL(query).format(**parts)).fetchall()
                found += [f"{table} {key} is not as the log says" for (key,) in rows]
    return found


def _noted(table: str) -> sql.Composable:
    if table not in CAME_LATER:
        return sql.SQL("to_jsonb(r)")
    column, value = map(sql.Literal, CAME_LATER[table])
    return sql.SQL(NOTED).format(column=column, value=value)


def entries_that_do_not_hold(address: str) -> list[str]:
    """Name the entries whose leaf, hash and opening do not belong together."""
    found = []
    with psycopg.connect(address) as run, run.cursor("entries") as cursor:
        cursor.execute(
            "SELECT number, leaf, leaf_hash, fields FROM entry LEFT JOIN opening ON entry = number"
        )
        for number, leaf, leaf_hash, fields in cursor:
            try:
                check_leaf(leaf, leaf_hash, fields)
            except (AssertionError, TypeError, ValueError):
                found.append(f"entry {number} does not hold")
    return found


def lost_or_twice(cases: Iterable[Case], *, settled: bool) -> Iterator[str]:
    """Name the referrals whose history is not what was acknowledged, in order and once.

    The worker may be ahead of what its clients have seen, unless everything is ``settled``.
    """
    from evenhand.queries import history
    from tests.builders import OLA

    for case in cases:
        lines = history.of(case.reference, officer=OLA).lines
        told = [(str(it.act), it.who) for it in lines]
        ahead = [] if settled or ACCEPTED in case.entries else [ACCEPTED]
        if told not in (case.entries, [*case.entries, *ahead]):
            yield f"{case.reference}: acknowledged {case.entries}, on record {told}"


def notices_sent(mails: Iterable[bytes], references: Iterable[str]) -> tuple[list[str], int]:
    """Give what is wrong with the notices of these referrals, and how many came again.

    A worker that is killed between the mail server’s yes and its own record sends again: the same
    bytes under the same Message-ID, which is how a mail server and a reader know it.
    """
    came: dict[str, dict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for mail in mails:
        read = message_from_bytes(mail)
        reference = read["Reply-To"].partition("+")[2].partition("@")[0]
        came[reference][read["Message-ID"]].append(mail)
    faults, again = [], 0
    for reference in references:
        notices = came[reference]
        if len(notices) != 1:
            faults.append(f"{reference}: {len(notices)} different notices were sent, not one")
        for copies in notices.values():
            again += len(copies) - 1
            if len(set(copies)) > 1:
                faults.append(f"{reference}: its repeated notice does not show as a repeat")
    return faults, again
