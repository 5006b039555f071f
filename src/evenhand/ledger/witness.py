"""A witness: it cosigns a log's checkpoint only if that continues the last one it cosigned.

Both sides of ``add-checkpoint`` in https://c2sp.org/tlog-witness, without network or clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.ledger import base64_lines
from evenhand.ledger.broken import Broken, Malformed, NotSigned, ProofFails
from evenhand.ledger.checkpoints import Checkpoint, parse_checkpoint
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.merkle_proofs import check_consistency
from evenhand.ledger.notes import LARGEST_NOTE, Note, Signature, check_note, decode_text, parse_note
from evenhand.ledger.proofs import MOST_HASHES, parse_hashes
from evenhand.ledger.signer import NOTHING, Head
from evenhand.ledger.signing import SigningKey, sign

ADD_CHECKPOINT = "/add-checkpoint"
LARGEST_REQUEST = LARGEST_NOTE
TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"
REFUSED = {
    400: "The witness could not read the request.",
    403: "The witness does not trust the key that signed this checkpoint.",
    404: "The witness does not know this log.",
    422: "The witness says that this log does not continue the one that it saw.",
}


@dataclass(frozen=True, slots=True)
class Request:
    """A checkpoint that a log wants cosigned, and the proof from the last one that was."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint

    def __str__(self) -> str:
        return write_continuation(self.old, self.proof) + str(self.note)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness answers. ``remember`` is to be on the disk before the answer leaves."""

    status: int
    body: str
    content_type: str = TEXT
    remember: Note | None = None


class Behind(Broken):
    """A witness knows another size of the log than we thought, and says which."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"The witness last saw {size} entries.")


def add_checkpoint(
    body: bytes,
    *,
    logs: Mapping[str, Sequence[VerifierKey]],
    seen: Mapping[str, Head],
    key: SigningKey,
    at: int,
) -> Answer:
    """Answer a request. ``logs`` are the trusted keys by origin, ``at`` is in seconds since 1970.

    Whoever calls holds a lock from reading ``seen`` until ``remember`` is on the disk. That is the
    checkpoint with the signatures of its trusted keys and the cosignature, and no others.
    """
    try:
        request = parse_request(body)
    except Malformed as error:
        return Answer(400, f"{error}\n")
    origin = request.checkpoint.origin
    if origin not in logs:
        return Answer(404, "This witness does not know that log.\n")
    try:
        check_note(request.note, logs[origin])
    except NotSigned as error:
        return Answer(403, f"{error}\n")
    refused = _refusal(request, seen.get(origin, NOTHING))
    if refused:
        return refused
    cosignature = sign(request.note.text, key, at=at)
    signed = Note(request.note.text, tuple(signatures_by(logs[origin], request.note)))
    return Answer(200, str(cosignature), remember=signed.with_signatures([cosignature]))


def _refusal(request: Request, head: Head) -> Answer | None:
    checkpoint = request.checkpoint
    if request.old > checkpoint.size:
        return Answer(400, "The old size is larger than the checkpoint.\n")
    is_same_size = request.old == checkpoint.size
    if request.old != head.size or (is_same_size and checkpoint.root != head.root):
        return Answer(409, f"{head.size}\n", SIZE)
    if not request.old:
        return Answer(422, "From an old size of 0 there is no proof.\n") if request.proof else None
    try:
        check_consistency(
            old=head.size,
            new=checkpoint.size,
            proof=request.proof,
            old_root=head.root,
            new_root=checkpoint.root,
        )
    except ProofFails as error:
        return Answer(422, f"{error}\n")
    return None


def parse_request(body: bytes) -> Request:
    """Read the body of a request. Raises Malformed."""
    old, proof, checkpoint = parse_continuation(body)
    note = parse_note(checkpoint.encode())
    return Request(old, proof, note, parse_checkpoint(note.text))


def parse_continuation(body: bytes) -> tuple[int, tuple[bytes, ...], str]:
    """Read from which size a tree is said to go on, the proof of it, and what follows.

    Raises Malformed.
    """
    if len(body) > LARGEST_REQUEST:
        raise Malformed(f"A request has at most {LARGEST_REQUEST} bytes.")
    head, break_, checkpoint = decode_text(body).partition("\n\n")
    first, *lines = head.split("\n")
    if not break_ or not first.startswith("old "):
        raise Malformed("A request is an old size, lines of proof, an empty line and a checkpoint.")
    if len(lines) > MOST_HASHES:
        raise Malformed(f"A request has at most {MOST_HASHES} lines of proof.")
    old = base64_lines.decode_number(first.removeprefix("old "), what="The old size")
    return old, parse_hashes(lines), checkpoint


def write_continuation(old: int, proof: Sequence[bytes]) -> str:
    """Write what stands above a checkpoint in a request."""
    lines = (f"old {old}", *map(base64_lines.encode, proof), "")
    return "".join(f"{line}\n" for line in lines)


def make_request(note: Note, *, old: int, proof: Sequence[bytes]) -> bytes:
    """Write the body of a request for cosignatures."""
    return str(Request(old, tuple(proof), note, parse_checkpoint(note.text))).encode()


def read_answer(
    status: int, content_type: str, body: bytes, *, note: Note, keys: Sequence[VerifierKey]
) -> list[Signature]:
    """Give the cosignatures by these keys in a witness's answer.

    Raises Behind where the witness knows another size, NotSigned, Malformed or Broken otherwise.
    """
    if status == 409 and content_type.partition(";")[0].strip() == SIZE:
        size = body.decode("ascii", "replace").removesuffix("\n")
        raise Behind(base64_lines.decode_number(size, what="The size that a witness knows"))
    if status != 200:
        raise Broken(REFUSED.get(status, f"The witness answered {status}."))
    answered = parse_note(f"{note.text}\n".encode() + body)
    if answered.text != note.text:
        raise Malformed("A witness answers with lines of signatures only.")
    check_note(answered, keys)
    return signatures_by(keys, answered)


def signatures_by(keys: Sequence[VerifierKey], note: Note) -> list[Signature]:
    """Give the signatures on a note that are said to be by these keys."""
    known = {(key.name, key.id) for key in keys}
    return [it for it in note.signatures if (it.name, it.key_id) in known]
