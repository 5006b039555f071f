"""``evenhand signer``: holds the log's key and what it signed last, in a process of its own."""

import argparse
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.children import stopped_by_signals
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.home import signer_folder, signer_socket
from evenhand.cli.leash import tie_to_parent
from evenhand.cli.locks import Held, locked
from evenhand.cli.output import add_command, tell
from evenhand.cli.signer_folder import Signer, begin, begin_new_log, go_on

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

SECONDS = 5
"""How long a caller may take to ask, however slowly, and to take the answer."""
LARGEST = 1_000_000
PIECE = 65_536


def register(commands: "Subparsers") -> None:
    """Add the signer."""
    parser = add_command(
        commands,
        "signer",
        sign,
        does="sign the log's checkpoints, and refuse what does not continue the last one",
        example="evenhand signer --folder /var/lib/evenhand-signer",
    )
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="its key and memory (HOME/signer)"
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--begin",
        action="store_true",
        help="make the memory of a key of your own that has signed nothing yet, and end",
    )
    instead.add_argument(
        "--continue",
        dest="confirmed",
        type=Path,
        metavar="FILE",
        help="where key or memory is lost: go on from this checkpoint, which an overseer confirmed",
    )
    instead.add_argument(
        "--new-log",
        metavar="ORIGIN",
        help="put key and memory of a closed log aside, and make those of the new log",
    )


def sign(arguments: argparse.Namespace) -> int:
    """Answer the worker on a socket until told to stop. Needs neither database nor desk key."""
    folder = arguments.folder or signer_folder()
    with told_as(f"The signer cannot work in {folder}"), _alone(folder):
        if arguments.begin:
            begin(folder)
            tell("The log begins with its first entry.")
        elif arguments.confirmed:
            head = go_on(folder, arguments.confirmed.read_bytes())
            tell(f"The signer goes on from {head.size} entries with the root {head.root.hex()}.")
        elif arguments.new_log:
            key = begin_new_log(folder, arguments.new_log)
            tell(f"The signer signs for a new log. Its public key: {key}")
        else:
            _serve(folder)
    return 0


def _serve(folder: Path) -> None:
    tie_to_parent()
    with stopped_by_signals():
        try:
            signer = Signer.of(folder)
            with _listening(signer_socket()) as asked:
                tell(f"Signing for {signer.keys[0].name}; {signer.head.size} entries signed.")
                while True:
                    connection, _address = asked.accept()
                    with connection:
                        _answer(connection, signer)
        except KeyboardInterrupt:
            return


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Be the only signer of this folder: two would have two memories."""
    try:
        with locked(folder / "lock", wait=False):
            yield
    except Held:
        raise CannotStart(f"A signer already works in {folder}.") from None


@contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    """Listen on a socket that only this user, and the group it was given to, can use."""
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listening:
        mask = os.umask(0o117)
        try:
            listening.bind(str(path))
        finally:
            os.umask(mask)
        listening.listen()
        try:
            yield listening
        finally:
            path.unlink(missing_ok=True)


def _answer(connection: socket.socket, signer: Signer) -> None:
    """Answer one request; whoever is slow, gone or says too much is left."""
    from evenhand.ledger.signer_requests import answer

    try:
        reply = answer(_asked(connection), keys=signer.keys, head=signer.head)
        if reply.remember not in {None, signer.head}:
            signer.remember(reply.remember)
        connection.settimeout(SECONDS)
        connection.sendall(reply.body)
    except OSError as error:
        tell(f"A request was not answered: {error}")


def _asked(connection: socket.socket) -> bytes:
    """Read a request to its end. Raises TimeoutError: one deadline holds for all of it."""
    ends, body = time.monotonic() + SECONDS, bytearray()
    while len(body) < LARGEST:
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("it came too slowly")
        connection.settimeout(left)
        piece = connection.recv(PIECE)
        if not piece:
            break
        body += piece
    return bytes(body)
