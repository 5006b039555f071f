"""``evenhand token …``: the API tokens of officers."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from evenhand.cli.desk import open_desk
from evenhand.cli.officers import as_the_desk
from evenhand.cli.output import add_command, add_group, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers


def register(commands: "Subparsers") -> None:
    """Add the commands about tokens."""
    group = add_group(commands, "token", does="make, list and revoke API tokens")
    parser = add_command(
        group,
        "create",
        create,
        does="make an API token for an officer and print it, this once",
        example="evenhand token create ada",
    )
    parser.add_argument("username", metavar="USERNAME")
    parser.add_argument(
        "--decide", action="store_true", help="let it approve, where the profile allows that"
    )
    add_command(
        group,
        "list",
        in_force,
        does="list the tokens in force, each with its number",
        example="evenhand token list --json",
    )
    parser = add_command(
        group,
        "revoke",
        revoke,
        does="end a token at once, for good",
        example="evenhand token revoke 0b6f4c3e-5a1d-4c7e-9f2a-1d2e3f4a5b6c",
    )
    parser.add_argument("token", type=_number, metavar="NUMBER", help="as the list gives it")


def create(arguments: argparse.Namespace) -> int:
    """Make a token and print it."""
    with open_desk():
        from evenhand.actions import officers

        token = officers.create_token(
            arguments.username, may_decide=arguments.decide, acting=as_the_desk()
        )
    tell("This token is shown once and lasts 90 days.")
    if arguments.json:
        print_json({"username": arguments.username, "token": token, "decide": arguments.decide})
    else:
        print(token)
    return 0


def in_force(arguments: argparse.Namespace) -> int:
    """List the tokens in force; none of them can be read back."""
    with open_desk():
        from evenhand.queries.officers import tokens

        lines = tokens(now=datetime.now(UTC))
    if arguments.json:
        print_json(
            [
                {
                    "token": str(it.id),
                    "username": it.username,
                    "decide": it.may_decide,
                    "made_at": it.made_at.isoformat(),
                    "expires_at": it.expires_at.isoformat(),
                }
                for it in lines
            ]
        )
        return 0
    for it in lines:
        scope = "  may decide" if it.may_decide else ""
        print(f"{it.id}  {it.username}  until {it.expires_at:%d %B %Y}{scope}")
    if not lines:
        tell("No token is in force.")
    return 0


def revoke(arguments: argparse.Namespace) -> int:
    """End a token."""
    with open_desk():
        from evenhand.actions import officers

        officers.revoke_token(arguments.token, acting=as_the_desk())
    tell(f"{arguments.token} opens nothing any more.")
    if arguments.json:
        print_json({"token": str(arguments.token)})
    return 0


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError("give the number that evenhand token list shows") from None
