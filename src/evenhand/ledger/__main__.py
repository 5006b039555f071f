"""``python -m evenhand.ledger verify DIR``: the verifier by itself, a door of its own.

It needs Python and this package, and neither a database nor any other package.
"""

import argparse
import errno
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from evenhand.ledger.sharing import Processes, processes
from evenhand.ledger.verify import verify, verify_receipt
from evenhand.ledger.verify_asked import Asked
from evenhand.ledger.verify_options import add_options
from evenhand.ledger.verify_published import verify_published
from evenhand.ledger.verify_report import Report

PIPE_CLOSED, INTERRUPTED = 141, 130
EXAMPLE = "python -m evenhand.ledger verify BUNDLE --policy my-policy.txt --kept my-last-checkpoint"


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify a bundle, a published log or a receipt: 0 it holds, 1 it does not, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m evenhand.ledger", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("verify", help="check a bundle", epilog=f"Example: {EXAMPLE}")
    add_options(command)
    command.add_argument("--json", action="store_true", help="print one JSON document")
    asked = parser.parse_args(arguments)
    if unclear := what_is_missing(asked):
        parser.error(unclear)
    try:
        report = run(asked, now=int(time.time()))
    except OSError as error:
        parser.error(f"{error.filename} cannot be read: {error.strerror}")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped before the end: nothing is verified.\n")
        return INTERRUPTED
    try:
        show(report, as_json=asked.json)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough, as head does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return 0 if report.ok else 1


def what_is_missing(asked: argparse.Namespace) -> str | None:
    """Say what of the options cannot be done, None where all of it can."""
    if asked.folder is None and (asked.receipt is None or asked.policy is None):
        return "name a bundle or the address of a log, or a receipt with your policy"
    if isinstance(asked.folder, str) and (asked.before or asked.receipts):
        return "--before and --receipts are for a bundle: a published log has no entries"
    return None


def run(asked: argparse.Namespace, *, now: int) -> Report:
    """Verify what the options name. Raises OSError for an overseer's file that cannot be read."""
    policy, kept, receipt = map(_read, (asked.policy, asked.kept, asked.receipt))
    if asked.folder is None:
        return verify_receipt(receipt or b"", policy or b"")
    wanted = Asked(
        policy=policy,
        kept=kept,
        receipt=receipt,
        stream=asked.receipts,
        max_age=asked.max_age,
        # A clock is asked only where somebody wants to know how old the log is.
        now=now if asked.now is None and asked.max_age is not None else asked.now,
        before=asked.before,
    )
    if isinstance(asked.folder, str):
        return verify_published(asked.folder, wanted)
    if asked.folder.is_file():
        why = "it is not a folder. Unpack it, and name the folder"
        raise NotADirectoryError(errno.ENOTDIR, why, str(asked.folder))
    if not asked.folder.is_dir():
        code = errno.ENOENT
        raise FileNotFoundError(code, os.strerror(code), str(asked.folder))
    if asked.receipts is not None:
        asked.receipts.open("rb").close()
    with Processes(processes()) as share:
        return verify(asked.folder, wanted, share)


def _read(path: Path | None) -> bytes | None:
    return None if path is None else path.read_bytes()


def show(report: Report, *, as_json: bool) -> None:
    """Print what was found; what came with the bundle is escaped where it is not plain text."""
    if as_json:
        sys.stdout.write(f"{json.dumps(report.as_json())}\n")
        return
    for line in report.sentences():
        plain = line if line.isprintable() else ascii(line)[1:-1]
        sys.stdout.write(f"{plain.encode(errors='backslashreplace').decode()}\n")


if __name__ == "__main__":
    sys.exit(main())
