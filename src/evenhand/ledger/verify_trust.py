"""What a bundle's checkpoints are held against: the overseer's policy, or the key beside them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import BinaryIO

from evenhand.ledger.broken import Broken, Malformed, NotSigned
from evenhand.ledger.checkpoints import Checkpoint, Opened, open_checkpoint
from evenhand.ledger.keys import Kind, VerifierKey, parse_verifier_key
from evenhand.ledger.notes import parse_note, signed_by
from evenhand.ledger.policies import Policy, parse_policy, trusting
from evenhand.ledger.sharing import Share

LONGEST_NOTE_LINE = 2_000_000
AT_ONCE = 8_192
"""Some checkpoints of so many bytes together are a piece of work."""
MOST_KEYS = 10


@dataclass(frozen=True, slots=True)
class Stop:
    """A checkpoint that the entries must lead to, and how it is called."""

    checkpoint: Checkpoint
    what: str
    times: tuple[int, ...] = ()


class Trust:
    """The keys that checkpoints are checked with, all of one log."""

    def __init__(self, policy: bytes | None, keys: bytes) -> None:
        if policy is not None:
            self._policy = parse_policy(policy)
        else:
            self._policy = trusting(*_keys_beside(keys))
        self.is_theirs = policy is not None

    def newest(self, data: bytes) -> Opened:
        """Open the newest checkpoint, for which the whole quorum is asked."""
        return self._policy.open(data)

    def older(self, data: bytes, *, of: Opened) -> Opened:
        """Open an older checkpoint of the same log, for which the log's signature is enough."""
        keys = [it.key for it in self._policy.logs if it.key.name == of.checkpoint.origin]
        keys += [it.key for it in self._policy.witnesses.values()]
        opened = open_checkpoint(data, keys)
        if opened.checkpoint.origin != of.checkpoint.origin:
            raise NotSigned("It is of another log.")
        if all(it.key.kind is not Kind.ED25519 for it in opened.signed):
            raise NotSigned("No key of the log has signed it.")
        return opened

    def witnessed(self, data: bytes) -> tuple[int, ...]:
        """Give when known witnesses cosigned what somebody holds themselves, whoever signed it.

        Raises Malformed, and NotSigned where one of their signatures is false.
        """
        keys = [it.key for it in self._policy.witnesses.values()]
        return tuple(it.at for it in signed_by(parse_note(data), keys) if it.at is not None)

    @property
    def policy(self) -> Policy:
        """Give the policy that is applied."""
        return self._policy


def _keys_beside(data: bytes) -> list[VerifierKey]:
    lines = data.decode("utf-8", "replace").split("\n")
    if len(lines) > MOST_KEYS:
        raise Malformed(f"log.vkey has at most {MOST_KEYS} keys.")
    return [parse_verifier_key(line) for line in lines if line]


def cosignatures(opened: Opened) -> dict[str, int]:
    """Give which witnesses cosigned, and when."""
    return {it.key.name: it.at for it in opened.signed if it.at is not None}


def times_of(opened: Opened) -> tuple[int, ...]:
    """Give when witnesses cosigned."""
    return tuple(cosignatures(opened).values())


Found = tuple[Checkpoint, tuple[int, ...]]
"""A checkpoint that is signed, and when witnesses cosigned it."""


def stops_in(file: BinaryIO, trust: Trust, newest: Opened, share: Share) -> Iterator[Stop]:
    """Read the checkpoints of the period, in their order. Raises Broken with the line."""
    before = 0
    pieces = _pieces(iter(partial(file.readline, LONGEST_NOTE_LINE), b""))
    all_found = chain.from_iterable(share(partial(_opened, trust, newest), pieces))
    for number, found in enumerate(all_found, start=1):
        if isinstance(found, Broken):
            raise Broken(f"Line {number} of checkpoints.jsonl: {found}")
        checkpoint, times = found
        if not before <= checkpoint.size <= newest.checkpoint.size:
            raise Broken(
                f"Line {number} of checkpoints.jsonl: the checkpoint of {checkpoint.size} entries "
                f"is not in its place between {before} and {newest.checkpoint.size}."
            )
        before = checkpoint.size
        yield Stop(checkpoint, f"in line {number} of checkpoints.jsonl", times)


def _pieces(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    piece, size = list[bytes](), 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size > AT_ONCE:
            yield piece
            piece, size = [], 0
    yield piece


def _opened(trust: Trust, newest: Opened, lines: Sequence[bytes]) -> list[Found | Broken]:
    """Check lines of signed checkpoints, up to the first that does not hold."""
    found: list[Found | Broken] = []
    try:
        for line in lines:
            opened = trust.older(_note_in(line), of=newest)
            found.append((opened.checkpoint, times_of(opened)))
    except Broken as error:
        found.append(error)
    return found


def _note_in(line: bytes) -> bytes:
    try:
        note = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Malformed("It is not JSON.") from error
    if not isinstance(note, str):
        raise Malformed("It is not a note.")
    return note.encode("utf-8", "replace")
