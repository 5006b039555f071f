"""``evenhand hand-over``: a capture that was stopped, to the police, without being opened."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from evenhand.cli.desk import open_desk
from evenhand.cli.failures import told_as
from evenhand.cli.output import add_command, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers


def register(commands: "Subparsers") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "hand-over",
        hand_over,
        does="copy a capture that was stopped, unopened, so that one recipient alone opens it",
        example="evenhand hand-over 5d0f… --to age1… /media/stick/exhibit-1",
    )
    parser.add_argument("capture", type=UUID, metavar="ID", help="the number of the capture")
    parser.add_argument("--to", required=True, metavar="LOCK", help="their public key of age")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")


def hand_over(arguments: argparse.Namespace) -> int:
    """Hand a stopped capture over. Nothing of it is opened here, and it stays stopped."""
    folder = arguments.folder.absolute()
    with told_as(f"The capture cannot be written to {folder}"), open_desk(owner=True):
        from evenhand.actions import captures
        from evenhand.cli.checks import check_owner_is_given
        from evenhand.rules.officers import WORKER, Acting

        check_owner_is_given()
        acting = Acting(officer=WORKER, at=datetime.now(UTC))
        file = captures.hand_over(arguments.capture, arguments.to, folder, acting=acting)
    tell(f"{folder} holds the capture, sealed. To open it, who holds that key says:")
    tell(f"  age -d -i THEIR-KEY {captures.IDENTITY} > identity && age -d -i identity {file.name}")
    if arguments.json:
        print_json({"ok": True, "folder": str(folder), "file": file.name})
    return 0
