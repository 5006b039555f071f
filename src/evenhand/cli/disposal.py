"""``evenhand due`` and ``evenhand dispose``: what is due, and what needs nobody's decision."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evenhand.cli.desk import open_desk
from evenhand.cli.output import add_command, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers


def register(commands: "Subparsers") -> None:
    """Add the commands."""
    add_command(
        commands,
        "due",
        due,
        does="list what is due for review or disposal; destroys nothing",
        example="evenhand due --json",
    )
    add_command(
        commands,
        "dispose",
        dispose,
        does="close what nobody reviewed in time, and destroy what nobody released within 14 days",
        example="evenhand dispose",
    )


def due(arguments: argparse.Namespace) -> int:
    """List what is due today, without a name or a word of any record."""
    with open_desk():
        from django.utils import timezone

        from evenhand.queries.retention import all_due

        today = timezone.localdate(datetime.now(UTC))
        lines = [
            {
                "reference": it.reference,
                "kind": it.kind,
                "schedule": it.schedule,
                "review_on": it.review_on.isoformat(),
                "max_on": it.max_on.isoformat(),
                "decision": it.verdict.decision,
                "because": it.verdict.because,
                "proposed": it.proposed,
            }
            for it in all_due(today=today)
        ]
    if arguments.json:
        print_json({"ok": True, "today": today.isoformat(), "items": lines})
        return 0
    for it in lines:
        print(f"{it['reference']}  {it['decision']} ({it['because']})  last day {it['max_on']}")
    if not lines:
        tell("Nothing is due for review or disposal.")
    return 0


def dispose(arguments: argparse.Namespace) -> int:
    """Do now what the worker does every night. What two officers released is gone already."""
    with open_desk():
        from evenhand.actions.retention import run
        from evenhand.rules.officers import WORKER, Acting

        ran = run(acting=Acting(officer=WORKER, at=datetime.now(UTC)))
    if arguments.json:
        told = {"dated": ran.dated, "restricted": ran.restricted}
        print_json({"ok": True, **told, "destroyed": ran.destroyed, "waiting": ran.waiting})
    else:
        print(
            f"Closed: {ran.restricted}. Destroyed: {ran.destroyed}. Past their last day: ", end=""
        )
        print(f"{ran.waiting}, waiting for two officers.")
    return 0
