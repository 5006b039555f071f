"""``evenhand officer …``: who works on the desk."""

import argparse
import getpass
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.desk import open_desk
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.output import add_command, add_group, print_json, tell
from evenhand.rules.officers import WORKER, Acting, Role
from evenhand.rules.training import RECORDED, Course, Training

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers


def register(commands: "Subparsers") -> None:
    """Add the commands about officers."""
    group = add_group(commands, "officer", does="add, list, train and retire officers")
    parser = add_command(
        group,
        "add",
        add,
        does="add an officer with a name and roles",
        example='evenhand officer add ada --name "Ada Quill" --role officer',
    )
    parser.add_argument("username", metavar="USERNAME")
    parser.add_argument("--name", required=True, help="the name that colleagues see")
    parser.add_argument(
        "--role", action="append", required=True, type=Role, metavar="ROLE", dest="roles",
        help=f"may be given several times; one of: {', '.join(Role)}",
    )  # fmt: skip
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="its first line is the password"
    )
    parser.add_argument(
        "--email", default="", help="where they are told, without content, of notes for them"
    )
    add_command(
        group, "list", everyone, does="list the officers", example="evenhand officer list --json"
    )
    parser = add_command(
        group,
        "train",
        train,
        does="record the training of an officer, and until when it counts",
        example=(
            "evenhand officer train cy --course children --done-on 2026-11-20"
            " --valid-until 2028-11-19"
        ),
    )
    parser.add_argument("username", metavar="USERNAME")
    parser.add_argument(
        "--course", required=True, type=Course, metavar="COURSE",
        help=f"one of: {', '.join(RECORDED)}",
    )  # fmt: skip
    for option, told in (("--done-on", "the day it was done"), ("--valid-until", "its last day")):
        parser.add_argument(
            option, required=True, type=date.fromisoformat, metavar="DAY", help=told
        )
    add_command(
        group,
        "training",
        training,
        does="list what each officer must have, and what is overdue",
        example="evenhand officer training --json",
    )
    parser = add_command(
        group,
        "retire",
        retire,
        does="end an officer’s sign-in and tokens, for good",
        example="evenhand officer retire ada --hand-over-to bo",
    )
    parser.add_argument("username", metavar="USERNAME")
    parser.add_argument(
        "--hand-over-to", default="", metavar="USERNAME", help="who gets their open referrals"
    )


def add(arguments: argparse.Namespace) -> int:
    """Add an officer."""
    password = _password(arguments.password_file)
    with open_desk():
        from evenhand.actions import officers

        officers.add(
            arguments.username,
            name=arguments.name,
            password=password,
            roles=arguments.roles,
            email=arguments.email,
            acting=as_the_desk(),
        )
    tell(f"{arguments.username} may now sign in.")
    if arguments.json:
        print_json({"username": arguments.username, "roles": sorted(arguments.roles)})
    return 0


def everyone(arguments: argparse.Namespace) -> int:
    """List the officers."""
    with open_desk():
        from evenhand.queries.officers import everyone as all_officers

        lines = all_officers()
    if arguments.json:
        print_json(
            [
                {
                    "username": it.username,
                    "name": it.name,
                    "roles": [str(role) for role in it.roles],
                    "retired_at": it.retired_at.isoformat() if it.retired_at else None,
                }
                for it in lines
            ]
        )
        return 0
    for it in lines:
        ended = f"  (retired {it.retired_at:%d %B %Y})" if it.retired_at else ""
        print(f"{it.username}  {it.name}  {', '.join(it.roles)}{ended}")
    return 0


def retire(arguments: argparse.Namespace) -> int:
    """Retire an officer."""
    with open_desk():
        from evenhand.actions import officers

        given = officers.retire(
            arguments.username, hand_over_to=arguments.hand_over_to, acting=as_the_desk()
        )
    tell(f"{arguments.username} is retired.")
    if given:
        tell(f"{given} open referrals are the work of {arguments.hand_over_to} now.")
    if arguments.json:
        print_json({"username": arguments.username, "handed_over": given})
    return 0


def train(arguments: argparse.Namespace) -> int:
    """Record the training of an officer."""
    done = Training(arguments.done_on, arguments.valid_until)
    with open_desk():
        from evenhand.actions import training as doing_with

        doing_with.record(arguments.username, arguments.course, done, acting=as_the_desk())
    tell(f"{arguments.username} is trained until {arguments.valid_until:%d %B %Y}.")
    if arguments.json:
        print_json(
            {
                "username": arguments.username,
                "course": str(arguments.course),
                "valid_until": arguments.valid_until.isoformat(),
            }
        )
    return 0


def training(arguments: argparse.Namespace) -> int:
    """List what each officer must have."""
    with open_desk():
        from django.utils import timezone

        from evenhand.queries.training import everyone as all_lines

        lines = all_lines(today=timezone.localdate(as_the_desk().at))
    if arguments.json:
        print_json(
            [
                {
                    "username": it.username,
                    "course": str(it.course),
                    "valid_until": it.valid_until.isoformat() if it.valid_until else None,
                    "standing": str(it.standing),
                }
                for it in lines
            ]
        )
        return 0
    for it in lines:
        until = f"  until {it.valid_until:%d %B %Y}" if it.valid_until else ""
        print(f"{it.username}  {it.course}  {it.standing}{until}")
    return 0


def as_the_desk() -> Acting:
    """Act as the desk itself: whoever may run this on the desk’s machine may manage officers."""
    return Acting(officer=WORKER, at=datetime.now(UTC))


def _password(file: Path | None) -> str:
    """Read the password: from a file, or from a person at the terminal, twice."""
    if file is not None:
        with told_as(f"{file} cannot be read"):
            return (file.read_text("utf-8").splitlines() or [""])[0]
    if not sys.stdin.isatty():
        raise CannotStart("Give the password with --password-file FILE; there is no terminal.")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("The same again: "):
        raise CannotStart("The two passwords differ. Nothing was saved.")
    return password
