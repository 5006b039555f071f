"""What a verifier may be asked, word for word the same by itself and as a command of the desk."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

SCHEMES = ("https://", "http://")


def add_options(command: argparse.ArgumentParser) -> None:
    """Say what may be asked for; the desk's own command has the same options."""
    a = command.add_argument
    a(
        "folder",
        nargs="?",
        type=place,
        metavar="DIR",
        help="the bundle's folder, or a log's address",
    )
    a("--policy", type=Path, metavar="FILE", help="whom you trust: the log's and witnesses' keys")
    a("--kept", type=Path, metavar="FILE", help="the checkpoint that you kept from the last time")
    a("--before", type=Path, metavar="DIR", help="the bundle of the closed log that this continues")
    a("--receipts", type=Path, metavar="FILE", help="a receipt stream from another machine")
    a("--receipt", type=Path, metavar="FILE", help="one receipt, which then must hold too")
    a("--max-age", type=int, metavar="SECONDS", help="how old the quorum’s cosignatures may be")
    a("--now", type=moment, metavar="WHEN", help="the time to count from (default: the clock)")


def place(text: str) -> Path | str:
    """Read where a log is: the folder of a bundle, or the address of one that is published."""
    return text if text.startswith(SCHEMES) else Path(text)


def moment(text: str) -> int:
    """Read a time such as 2026-11-28T10:00:00Z. Raises ArgumentTypeError, as without a zone."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        why = "a time is written as in 2026-11-28T10:00:00Z"
        raise argparse.ArgumentTypeError(why) from None
    if when.tzinfo is None:
        raise argparse.ArgumentTypeError("a time needs a zone, as in 2026-11-28T10:00:00Z")
    return int(when.astimezone(UTC).timestamp())
