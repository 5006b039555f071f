"""The folder of a signer: the log's key, and what it signed last, which is made with the key."""

import json
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.failures import CannotStart
from evenhand.cli.home import check_private, write_private

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evenhand.ledger.keys import VerifierKey
    from evenhand.ledger.signer import Head
    from evenhand.ledger.signing import SigningKey

KEY, MEMORY = "log.key", "signed.json"
GO_ON = "evenhand signer --continue CHECKPOINT"


@dataclass(slots=True)
class Signer:
    """The keys, and the size and root that they signed last, as its folder keeps them."""

    folder: Path
    keys: "Sequence[SigningKey]"
    head: "Head"

    @classmethod
    def of(cls, folder: Path) -> "Signer":
        """Take up key and memory. Raises CannotStart."""
        from evenhand.ledger.broken import Broken
        from evenhand.ledger.signer import check_may_replace

        keys, memory = read_keys(folder / KEY), _memory_in(folder)
        if memory is None:
            raise CannotStart(
                f"The signer's memory {folder / MEMORY} is gone: it would sign a second history. "
                f"Go on from a checkpoint that an overseer confirmed: {GO_ON}. "
                "For a new key that has signed nothing yet: evenhand signer --begin"
            )
        before, head = memory
        try:
            check_may_replace(before, [it.verifier for it in keys])
        except Broken as error:
            raise CannotStart(f"{error} If the old key is lost: {GO_ON}") from None
        signer = cls(folder, keys, head)
        signer.remember(head)
        return signer

    def remember(self, head: "Head") -> None:
        """Write down what is signed now, so that it is on the disk before anybody is told."""
        _write_memory(self.folder, [it.verifier for it in self.keys], head)
        self.head = head


def make_key(path: Path, origin: str) -> None:
    """Make the key of a log, once, and the memory beside it; one that is there already stays.

    Raises FileExistsError: a key is never overwritten.
    """
    from evenhand.ledger.keys import Kind
    from evenhand.ledger.signing import new_signing_key

    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(path, f"{new_signing_key(origin, Kind.ED25519).secret()}\n")
    if not (path.parent / MEMORY).exists():
        begin(path.parent)


def begin(folder: Path) -> None:
    """Make the memory of a key that has signed nothing yet. Raises CannotStart."""
    from evenhand.ledger.signer import NOTHING

    keys = read_keys(folder / KEY)
    if (folder / MEMORY).exists():
        raise CannotStart(f"{folder / MEMORY} is there already: a signer lives here, or did.")
    _write_memory(folder, [it.verifier for it in keys], NOTHING)


def go_on(folder: Path, note: bytes) -> "Head":
    """Have the keys of today sign on from a checkpoint that somebody confirmed; give its head.

    It must be of the same log, and go no further back than what is still remembered here. Raises
    CannotStart.
    """
    from evenhand.ledger.broken import Broken
    from evenhand.ledger.bundle import head_of
    from evenhand.ledger.checkpoints import open_checkpoint
    from evenhand.ledger.signer import NOTHING, Head

    keys, memory = read_keys(folder / KEY), _memory_in(folder)
    before, last = memory or ((), NOTHING)
    # Whoever still remembers something knows by whom it was signed.
    try:
        checkpoint = open_checkpoint(note, before).checkpoint if last.size else head_of(note)
    except Broken as error:
        raise CannotStart(f"The checkpoint of --continue does not hold. {error}") from None
    if checkpoint.origin != keys[0].name:
        raise CannotStart(f"The checkpoint is of {checkpoint.origin}, the key of {keys[0].name}.")
    head = Head(checkpoint.size, checkpoint.root)
    if head.size < last.size or (head.size == last.size and head != last):
        raise CannotStart(
            f"This signer remembers {last.size} entries, and the checkpoint is of {head.size} or "
            "of another tree. Find the newest one that was signed."
        )
    _write_memory(folder, [it.verifier for it in keys], head)
    return head


def begin_new_log(folder: Path, origin: str) -> "VerifierKey":
    """Put key and memory of a closed log aside, make those of a new log, and give its public key.

    Whoever was interrupted does it again. Raises CannotStart for a name that was signed before.
    """
    from evenhand.ledger.broken import Broken
    from evenhand.ledger.keys import Kind
    from evenhand.ledger.signer import NOTHING
    from evenhand.ledger.signing import new_signing_key

    keys = read_keys(folder / KEY) if (folder / KEY).exists() else ()
    memory = _memory_in(folder)
    name = keys[0].name if keys else ""
    before, head = memory or ((), NOTHING)
    if memory is not None and name == origin:
        return keys[0].verifier
    used = {it[0][0].name for it in map(_memory_in, folder.glob("closed-*")) if it}
    if origin in {name, *used} or (head.size and before[0].name == origin):
        raise CannotStart(f"{origin} was signed here before: choose a name that no log ever had.")
    try:
        key = new_signing_key(origin, Kind.ED25519)
    except Broken as error:
        raise CannotStart(str(error)) from None
    if not before or before[0].name != origin:
        _put_aside(folder)
    # The memory first: a key without one is a key that was used.
    _write_memory(folder, [key.verifier], NOTHING)
    write_private(folder / KEY, f"{key.secret()}\n")
    return key.verifier


def _put_aside(folder: Path) -> None:
    """Move key and memory of the log before into a folder of their own."""
    from evenhand.ledger.files import sync_folder

    there = [it for it in (KEY, MEMORY) if (folder / it).exists()]
    if not there:
        return
    aside = next(it for n in count(1) if not (it := folder / f"closed-{n}").exists())
    aside.mkdir(mode=0o700)
    for name in there:
        (folder / name).rename(aside / name)
    sync_folder(aside)
    sync_folder(folder)


def read_keys(path: Path) -> "Sequence[SigningKey]":
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


def _memory_in(folder: Path) -> "tuple[Sequence[VerifierKey], Head] | None":
    """Read whose memory it is, and what was signed last; None where there is none."""
    from evenhand.ledger.base64_lines import decode_hash
    from evenhand.ledger.broken import Broken
    from evenhand.ledger.keys import parse_verifier_key
    from evenhand.ledger.signer import Head

    path = folder / MEMORY
    if not path.exists():
        return None
    try:
        known = json.loads(path.read_text("utf-8"))
        keys = [parse_verifier_key(it) for it in known["keys"]]
        return keys, Head(int(known["size"]), decode_hash(known["root"], what="The root"))
    except (ValueError, TypeError, KeyError, Broken) as error:
        raise CannotStart(f"The signer's memory {path} cannot be read: {error}") from None


def _write_memory(folder: Path, keys: "Sequence[VerifierKey]", head: "Head") -> None:
    from evenhand.ledger.base64_lines import encode
    from evenhand.ledger.files import replace

    known = {"keys": list(map(str, keys)), "size": head.size, "root": encode(head.root)}
    replace(folder, MEMORY, json.dumps(known).encode())
