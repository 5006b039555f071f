"""How every command speaks: results on stdout, everything else on stderr, one JSON document."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

Command = Callable[[argparse.Namespace], int]


def add_command(
    commands: "Subparsers", name: str, run: Command, *, does: str, example: str
) -> argparse.ArgumentParser:
    """Add a command with its help, an example and ``--json``; ``run`` gives the exit status."""
    parser = commands.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document and nothing else"
    )
    parser.set_defaults(run=run)
    return parser


def add_group(commands: "Subparsers", name: str, *, does: str) -> "Subparsers":
    """Add a word that other commands follow, as in ``evenhand url identify``."""
    parser = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def tell(text: str) -> None:
    """Tell the person at the terminal what happens; never part of a result."""
    print(text, file=sys.stderr, flush=True)


def print_json(document: Any) -> None:
    """Print the one JSON document of a command."""
    print(json.dumps(document, ensure_ascii=False), flush=True)
