"""``evenhand log …``: the log, and whether casework agrees with it."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evenhand.cli.desk import open_desk
from evenhand.cli.output import add_command, add_group, print_json, tell
from evenhand.cli.progress import Progress

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers


def register(commands: "Subparsers") -> None:
    """Add the commands about the log."""
    group = add_group(commands, "log", does="compare casework with the log")
    add_command(
        group,
        "reconcile",
        reconcile,
        does="explain every row by its last change and every change by an entry of the log",
        example="evenhand log reconcile --json",
    )


def reconcile(arguments: argparse.Namespace) -> int:
    """Compare all of casework with the log, and name what differs."""
    with open_desk():
        from evenhand.actions.reconciling import reconcile as compare
        from evenhand.queries.oversight import newest_number
        from evenhand.rules.oversight import DIFFERENCES

        progress = Progress(newest_number(), "entries")
        found = compare(lambda: datetime.now(UTC), progress=progress.add)
        progress.end()
    if arguments.json:
        print_json(
            {
                "ok": found.ok,
                "entries": found.entries,
                "rows": found.rows,
                "changes": found.changes,
                "found": found.found,
                "differences": [
                    {"table": it.table, "key": it.key, "what": it.what} for it in found.differences
                ],
            }
        )
        return 0 if found.ok else 1
    for it in found.differences:
        print(DIFFERENCES[it.what].format(table=it.table, key=it.key))
    if found.found > len(found.differences):
        print(f"And {found.found - len(found.differences):,} more.")
    tell(f"{found.entries:,} entries, {found.changes:,} changes and {found.rows:,} rows compared.")
    tell("They agree." if found.ok else f"{found.found:,} differences. Tell the overseer.")
    return 0 if found.ok else 1
