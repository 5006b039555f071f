"""``evenhand signer``: holds the log's key and what it signed last, in a process of its own."""

import argparse
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.children import stopped_by_signals
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.home import check_private, signer_folder, signer_socket, write_private
from evenhand.cli.leash import tie_to_parent
from evenhand.cli.locks import Held, locked
from evenhand.cli.output import add_command, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers
    from evenhand.ledger.signer import Head
    from evenhand.ledger.signing import SigningKey

KEY, MEMORY = "log.key", "signed.json"
SECONDS = 5
LARGEST = 1_000_000


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


def sign(arguments: argparse.Namespace) -> int:
    """Answer the worker on a socket until told to stop. Needs neither database nor desk key."""
    tie_to_parent()
    folder = arguments.folder or signer_folder()
    with stopped_by_signals(), told_as(f"The signer cannot work in {folder}"):
        try:
            with _alone(folder), Signer.of(folder) as signer, _listening(signer_socket()) as asked:
                tell(f"Signing for {signer.keys[0].name}; {signer.head.size} entries signed.")
                while True:
                    connection, _address = asked.accept()
                    with connection:
                        _answer(connection, signer)
        except KeyboardInterrupt:
            return 0


@dataclass(slots=True)
class Signer:
    """The keys, and the size and root that they signed last, as its folder keeps them."""

    folder: Path
    keys: "list[SigningKey]"
    head: "Head"

    @classmethod
    @contextmanager
    def of(cls, folder: Path) -> Iterator["Signer"]:
        """Take up key and memory. Raises CannotStart, or Broken where a key was just swapped."""
        from evenhand.ledger.base64_lines import decode_hash
        from evenhand.ledger.broken import Broken
        from evenhand.ledger.keys import parse_verifier_key
        from evenhand.ledger.signer import NOTHING, Head, check_may_replace

        signer = cls(folder, read_keys(folder / KEY), NOTHING)
        memory = folder / MEMORY
        if memory.exists():
            try:
                known = json.loads(memory.read_text("utf-8"))
                before = [parse_verifier_key(it) for it in known["keys"]]
                signer.head = Head(int(known["size"]), decode_hash(known["root"], what="The root"))
            except (ValueError, TypeError, KeyError, Broken) as error:
                raise CannotStart(f"The signer's memory {memory} cannot be read: {error}") from None
            check_may_replace(before, [it.verifier for it in signer.keys])
        signer.remember(signer.head)
        yield signer

    def remember(self, head: "Head") -> None:
        """Write down what is signed now, so that it is on the disk before anybody is told."""
        from evenhand.ledger.base64_lines import encode
        from evenhand.ledger.files import replace

        keys = [str(it.verifier) for it in self.keys]
        known = {"keys": keys, "size": head.size, "root": encode(head.root)}
        replace(self.folder, MEMORY, json.dumps(known).encode())
        self.head = head


def read_keys(path: Path) -> "list[SigningKey]":
    """Read the log's key: one line, or two while it is being replaced. Raises CannotStart."""
    from evenhand.ledger.broken import Broken
    from evenhand.ledger.keys import Kind
    from evenhand.ledger.signing import parse_signing_key

    if not path.exists():
        raise CannotStart(f"There is no log key at {path}. Make one with: evenhand check --fix")
    check_private(path)
    try:
        keys = [parse_signing_key(line) for line in path.read_text("ascii").split()]
    except (Broken, UnicodeDecodeError) as error:
        raise CannotStart(f"{path} is not a log key: {error}") from None
    if not keys:
        raise CannotStart(f"{path} is empty.")
    if any(it.kind is not Kind.ED25519 for it in keys):
        raise CannotStart(f"{path} holds the key of a witness, not of a log.")
    return keys


def make_key(path: Path, origin: str) -> None:
    """Make the key of a log, once. Raises FileExistsError: a key is never overwritten."""
    from evenhand.ledger.keys import Kind
    from evenhand.ledger.signing import new_signing_key

    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(path, f"{new_signing_key(origin, Kind.ED25519).secret()}\n")


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

    connection.settimeout(SECONDS)
    try:
        with connection.makefile("rb") as asked:
            body = asked.read(LARGEST)
        reply = answer(body, keys=signer.keys, head=signer.head)
        if reply.remember not in {None, signer.head}:
            signer.remember(reply.remember)
        connection.sendall(reply.body)
    except OSError as error:
        tell(f"A request was not answered: {error}")
