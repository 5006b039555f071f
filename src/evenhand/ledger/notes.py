"""Signed notes: a text and lines of signatures under it, as https://c2sp.org/signed-note says.

A signature by a key that nobody here knows is passed over: that is how keys are rotated and how
witnesses add theirs. One by a known key must hold, or the whole note is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from struct import Struct

from evenhand.ledger import base64_lines
from evenhand.ledger.broken import Malformed, NotSigned
from evenhand.ledger.ed25519 import is_signed
from evenhand.ledger.keys import Kind, VerifierKey, check_name

LARGEST_NOTE = 1_000_000
MOST_SIGNATURES = 100
_DASH = "\u2014 "
TIME = Struct(">Q")
_ID_BYTES = 4
_COSIGNATURE_BYTES = 72


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of signature: whose it says that it is, and its bytes."""

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64_lines.encode(self.key_id + self.data)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a newline, and its signatures. Nothing in it is checked yet."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    def with_signatures(self, more: Iterable[Signature]) -> "Note":
        """Add signatures; a newer one of a key takes the place of its older one."""
        by_key = {(it.name, it.key_id): it for it in (*self.signatures, *more)}
        return replace(self, signatures=tuple(by_key.values()))


@dataclass(frozen=True, slots=True)
class Signed:
    """A key that was found to have signed, and for a cosignature when (seconds since 1970)."""

    key: VerifierKey
    at: int | None


def parse_note(data: bytes) -> Note:
    """Read a note. Raises Malformed."""
    text, break_, signatures = decode_text(data).rpartition("\n\n")
    lines = signatures.split("\n")
    if not break_ or lines.pop() or not lines:
        raise Malformed("A note is a text, an empty line and lines of signatures.")
    if len(lines) > MOST_SIGNATURES:
        raise Malformed(f"A note has at most {MOST_SIGNATURES} signatures.")
    return Note(text + "\n", tuple(map(_parse_signature, lines)))


def decode_text(data: bytes) -> str:
    """Read the text of a note with its lines: UTF-8, no control characters. Raises Malformed."""
    if len(data) > LARGEST_NOTE:
        raise Malformed(f"A note has at most {LARGEST_NOTE} bytes.")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Malformed("A note is written in UTF-8.") from error
    if any(it < " " and it != "\n" for it in text):
        raise Malformed("A note has no control characters.")
    return text


def _parse_signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise Malformed("A line of signature is a dash, a name and base64.")
    check_name(name)
    data = base64_lines.decode(encoded, what="A signature")
    if len(data) <= _ID_BYTES:
        raise Malformed("A signature is longer than its key's id.")
    return Signature(name, data[:_ID_BYTES], data[_ID_BYTES:])


def check_note(note: Note, keys: Sequence[VerifierKey]) -> list[Signed]:
    """Give who of these keys signed. Raises NotSigned if none did, or if a known one's is false."""
    found = signed_by(note, keys)
    if not found:
        raise NotSigned("No key that is known here has signed.")
    return found


def signed_by(note: Note, keys: Sequence[VerifierKey]) -> list[Signed]:
    """Give who of these keys signed, if any did. Raises NotSigned if a known one's is false.

    A known key signs once: one that is there again would only be more work to check.
    """
    known = {(key.name, key.id): key for key in keys}
    found = list[Signed]()
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if any(it.key == key for it in found):
            raise NotSigned(f"A key of {key.name} signed more than once.")
        found.append(_check_signature(note.text, signature, key))
    return found


def _check_signature(text: str, signature: Signature, key: VerifierKey) -> Signed:
    data, message, at = signature.data, text.encode(), None
    if key.kind is Kind.COSIGNATURE:
        if len(data) != _COSIGNATURE_BYTES:
            raise NotSigned(f"The cosignature of {key.name} is not 72 bytes long.")
        (at,) = TIME.unpack_from(data)
        data, message = data[TIME.size :], cosigned(text, at)
        if at > base64_lines.LARGEST:
            raise NotSigned(f"The cosignature of {key.name} has no possible time.")
    if not is_signed(message, signature=data, public=key.public):
        raise NotSigned(f"The signature of {key.name} does not fit the text.")
    return Signed(key, at)


def cosigned(text: str, at: int) -> bytes:
    """Give what a witness signs: the text, and at which second since 1970 it did."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()
