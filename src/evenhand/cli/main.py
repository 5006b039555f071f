"""``evenhand …``: finds the command, runs it, and tells every failure as a sentence."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from evenhand import version
from evenhand.cli.failures import explain
from evenhand.cli.output import tell

if TYPE_CHECKING:
    from types import ModuleType

# One module for each group of commands; each has ``register(commands)`` and imports little.
GROUPS = (
    "demo", "serve", "url", "clock", "imports", "officers", "tokens", "log", "signer", "witness",
    "generate", "bench", "disposal", "foi", "reports", "captures", "backup", "restore", "sink",
    "fictional", "dev", "testing",
)  # fmt: skip
INTERRUPTED = 130
PIPE_CLOSED = 141


class _Version(argparse.Action):
    """Prints the version."""

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object, **_more: object) -> None:
        print(f"evenhand {version()}")
        parser.exit()


def build_parser() -> argparse.ArgumentParser:
    """Make the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="evenhand",
        description="Casework for the people who ask online platforms to take content down.",
        epilog="example:\n  evenhand demo\n\nEach command says more with --help.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in GROUPS:
        module: ModuleType = importlib.import_module(f"evenhand.cli.{name}")
        module.register(commands)
    return parser


def read_arguments(words: list[str]) -> argparse.Namespace:
    """Read the command line. What follows ``test`` is pytest's, word for word."""
    verbatim = words[1:] if words[:1] == ["test"] and not {"-h", "--help"} & {*words} else []
    arguments = build_parser().parse_args(words[: len(words) - len(verbatim)])
    if verbatim:
        arguments.rest = verbatim
    return arguments


def main(given: Sequence[str] | None = None) -> int:
    """Run one command. 0 is done, 1 refused or failed, 2 wrong usage."""
    try:
        arguments = read_arguments(list(sys.argv[1:] if given is None else given))
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:
        if os.environ.get("EVENHAND_TRACEBACK"):
            raise
        tell(explain(error))
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
