"""Asks a witness of another organisation for its cosignature, over HTTP or HTTPS.

It is https://c2sp.org/tlog-witness, so that it need not be our own witness.
"""

from collections.abc import Callable, Sequence
from urllib.parse import SplitResult

from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.checkpoints import parse_checkpoint
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.notes import Note, Signature
from evenhand.ledger.witness import ADD_CHECKPOINT, Behind, make_request, read_answer
from evenhand.transports.posting import AnswerTooLong, NoAnswer, address, post

SECONDS = 5
"""How long a connection may take, and a whole answer, however slowly it comes."""

LARGEST_ANSWER = 100_000
PLAIN = "text/plain; charset=utf-8"
ADDRESS = "A witness is at an address such as https://witness.example/prefix."
Proof = Callable[[int], Sequence[bytes]]


class WitnessAway(Broken):
    """A witness does not answer. The text says which and why."""


class WitnessDisagrees(Broken):
    """A witness cosigned another history of this log, or more of it than we have."""


def cosign(
    url: str, note: Note, *, known: int, proof: Proof, keys: Sequence[VerifierKey]
) -> list[Signature]:
    """Ask the witness at ``url`` to cosign a signed checkpoint; give its cosignatures.

    ``known`` is the size that it cosigned last, as far as we know, and ``proof`` gives the
    consistency proof from a size. If it knows another, it is asked once more from there. ``keys``
    are the witness's.

    Raises WitnessAway; WitnessDisagrees; NotSigned, Malformed or Broken for any other answer.
    """
    at = _split(url)
    size = parse_checkpoint(note.text).size
    old = min(known, size)
    for _ in range(2):
        hashes = proof(old) if 0 < old < size else ()
        try:
            answer = _ask(at, make_request(note, old=old, proof=hashes))
            return read_answer(*answer, note=note, keys=keys)
        except Behind as behind:
            _check_can_go_on(behind.size, old, size)
            old = behind.size
    raise Broken("The witness knows another size of this log each time that it is asked.")


def _check_can_go_on(seen: int, asked: int, size: int) -> None:
    if seen > size:
        raise WitnessDisagrees(
            f"The witness cosigned {seen} entries of this log, and here are only {size}: "
            "the log went back, or somebody else continues it."
        )
    if seen == asked:
        raise WitnessDisagrees(f"The witness cosigned another tree of {seen} entries of this log.")


def _ask(at: SplitResult, request: bytes) -> tuple[int, str, bytes]:
    path = at.path.rstrip("/") + ADD_CHECKPOINT
    try:
        return post(at, path, request, PLAIN, seconds=SECONDS, most=LARGEST_ANSWER)
    except NoAnswer as error:
        raise WitnessAway(f"The witness at {at.geturl()} does not answer: {error}.") from error
    except AnswerTooLong:
        raise Malformed(f"A witness answers in at most {LARGEST_ANSWER} bytes.") from None


def _split(url: str) -> SplitResult:
    """Take an address of a witness apart. Raises Malformed."""
    try:
        return address(url)
    except ValueError:
        raise Malformed(ADDRESS) from None
