"""``evenhand backup``: a set of the desk's database, captures, log and erasures."""

import argparse
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.children import stopped_by_signals
from evenhand.cli.desk import open_desk
from evenhand.cli.failures import told_as
from evenhand.cli.output import add_command, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.backup_set import BackupSet
    from evenhand.cli.output import Subparsers


def register(commands: "Subparsers") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "backup",
        backup,
        does="write database, captures, log and list of erasures to a folder; no key is in it",
        example="evenhand backup /media/stick/desk-2026-11-28",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")


def backup(arguments: argparse.Namespace) -> int:
    """Make a backup of what is committed now, while the desk goes on working."""
    folder = arguments.folder.absolute()
    with (
        stopped_by_signals(),
        told_as(f"The backup cannot be written to {folder}"),
        open_desk(owner=True),
    ):
        from evenhand.cli.backup_set import whole_or_nothing
        from evenhand.cli.checks import check_not_being_restored, check_owner_is_given

        check_owner_is_given()
        check_not_being_restored()
        with whole_or_nothing(folder) as draft:
            made = _made(draft)
    tell(f"{folder} holds the desk up to its entry {made.entries:,}. The desk's key is not in it.")
    tell(f"Destroy it on {made.keep_until} at the latest.")
    if arguments.json:
        told = {"entries": made.entries, "keep_until": made.keep_until.isoformat()}
        print_json({"ok": True, "folder": str(folder), **told})
    return 0


def _made(folder: Path) -> "BackupSet":
    import os

    from django.conf import settings

    from evenhand.actions.backing_up import copy_captures, one_moment
    from evenhand.cli.backup_set import BackupSet
    from evenhand.cli.dumps import dump
    from evenhand.ledger.erasures import ERASED
    from evenhand.ledger.second_copy import copy_log
    from evenhand.rules.officers import WORKER, Acting

    at = datetime.now(UTC)
    with one_moment(acting=Acting(officer=WORKER, at=at)) as moment:
        made = BackupSet(folder, at, moment.entries)
        made.database.parent.mkdir()
        dump(os.environ["EVENHAND_OWNER_URL"], made.database, snapshot=moment.snapshot)
    copy_captures(made.captures)
    # The log comes after the database and the list after the log: each holds what the last one has.
    copy_log(settings.LOG_FOLDER, made.log)
    closed = settings.LOG_FOLDER.with_name(made.closed_logs.name)
    if closed.exists():
        shutil.copytree(closed, made.closed_logs)
    erased = settings.HOME / ERASED
    if erased.exists():
        shutil.copyfile(erased, made.erased)
    else:
        made.erased.touch()
    made.seal(settings.DESK.log_origin)
    return made
