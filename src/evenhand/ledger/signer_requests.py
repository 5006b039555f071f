"""What is asked of a signer and what it answers, as text, without socket or clock.

A request is ``keys``, or a checkpoint that is to be signed, with the proof that it continues the
size that the asker believes to have been signed last; written as a witness is asked. The first
line of an answer says what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.ledger import base64_lines
from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.checkpoints import Checkpoint, parse_checkpoint
from evenhand.ledger.keys import VerifierKey, parse_verifier_key
from evenhand.ledger.notes import Note, parse_note
from evenhand.ledger.signer import Head, Rollback, check_may_sign
from evenhand.ledger.signing import SigningKey, sign_checkpoint
from evenhand.ledger.witness import Behind, parse_continuation, write_continuation

KEYS = b"keys\n"
_SIGNED, _KEYS, _BEHIND, _ROLLBACK, _REFUSED = "signed", "keys", "behind", "rollback", "refused"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a signer answers. ``remember`` is to be on the disk before the answer leaves."""

    body: bytes
    remember: Head | None = None


def answer(body: bytes, *, keys: Sequence[SigningKey], head: Head) -> Reply:
    """Answer a request from a signer that signed ``head`` last.

    Whoever calls holds a lock from reading ``head`` until ``remember`` is on the disk.
    """
    if body == KEYS:
        return _reply(_KEYS, "".join(f"{key.verifier}\n" for key in keys))
    try:
        checkpoint = _may_be_signed(body, keys[0].name, head)
    except Behind as behind:
        return _reply(_BEHIND, f"{behind.size}\n")
    except Rollback as error:
        return _reply(_ROLLBACK, f"{error}\n")
    except Malformed as error:
        return _reply(_REFUSED, f"{error}\n")
    note = sign_checkpoint(checkpoint, keys)
    return _reply(_SIGNED, str(note), Head(checkpoint.size, checkpoint.root))


def _may_be_signed(body: bytes, origin: str, head: Head) -> Checkpoint:
    old, proof, text = parse_continuation(body)
    checkpoint = parse_checkpoint(text)
    if checkpoint.origin != origin:
        raise Malformed(f"This signer signs for {origin} only.")
    if old < head.size <= checkpoint.size:
        raise Behind(head.size)
    if old > head.size:
        raise Rollback(
            f"ROLLBACK: the desk has a checkpoint of {old} entries, the signer remembers only "
            f"{head.size}: its memory was lost or went back."
        )
    check_may_sign(checkpoint, proof=proof, remembered=head)
    return checkpoint


def _reply(what: str, rest: str, remember: Head | None = None) -> Reply:
    return Reply(f"{what}\n{rest}".encode(), remember)


def ask_to_sign(checkpoint: Checkpoint, *, old: int, proof: Sequence[bytes]) -> bytes:
    """Write the request to sign a checkpoint that continues the tree of ``old`` entries."""
    return (write_continuation(old, proof) + str(checkpoint)).encode()


def read_signed(data: bytes) -> Note:
    """Give the signed checkpoint of an answer.

    Raises Behind where the signer signed another size last, Rollback where it refuses to go back,
    Broken otherwise.
    """
    what, rest = _parts(data)
    if what == _SIGNED:
        return parse_note(rest.encode())
    if what == _BEHIND:
        raise Behind(base64_lines.decode_number(rest.strip(), what="The size that was signed"))
    if what == _ROLLBACK:
        raise Rollback(rest.strip())
    raise Broken(f"The signer refused: {rest.strip()}")


def read_keys(data: bytes) -> list[VerifierKey]:
    """Give the keys of an answer that names them. Raises Malformed."""
    what, rest = _parts(data)
    if what != _KEYS:
        raise Malformed("The signer did not answer with its keys.")
    return [parse_verifier_key(line) for line in rest.splitlines()]


def _parts(data: bytes) -> tuple[str, str]:
    what, break_, rest = data.decode("utf-8", "replace").partition("\n")
    if not break_:
        raise Malformed("The signer did not answer.")
    return what, rest
