"""Writes a BagIt bag (RFC 8493) as a ZIP file, piece by piece; nothing of it is on a disk.

The same parts make the same bytes, so that its hash is known before the first of them is sent.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BEGAN = (1980, 1, 1, 0, 0, 0)
"""The time that a ZIP file says of each part: its own beginning, so that it is the same twice."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bag: its path in it, how long it is, its SHA-256, and how its bytes come."""

    name: str
    size: int
    sha256: str
    pieces: Callable[[], Iterator[bytes]]


def part(name: str, data: bytes) -> Part:
    """Make a part of bytes that are there."""
    return Part(name, len(data), hashlib.sha256(data).hexdigest(), lambda: iter([data]))


def bagged(payload: Sequence[Part], info: Mapping[str, str]) -> Sequence[Part]:
    """Give every part of a bag with this payload, whose names begin with ``data/``."""
    length = sum(it.size for it in payload)
    told = {**info, "Payload-Oxum": f"{length}.{len(payload)}"}
    tags = [
        part("bagit.txt", DECLARATION),
        part("bag-info.txt", "".join(f"{k}: {v}\n" for k, v in told.items()).encode()),
        part("manifest-sha256.txt", _manifest(payload)),
    ]
    return [*tags, part("tagmanifest-sha256.txt", _manifest(tags)), *payload]


def zipped(parts: Sequence[Part], folder: str) -> Iterator[bytes]:
    """Give the bytes of a ZIP file with these parts in one folder, as they come."""
    out = _Out()
    with zipfile.ZipFile(out, "w") as archive:
        for it in parts:
            about = zipfile.ZipInfo(f"{folder}/{it.name}", BEGAN)
            about.file_size = it.size
            with archive.open(about, "w", force_zip64=True) as written:
                for piece in it.pieces():
                    written.write(piece)
                    yield out.taken()
    yield out.taken()


class _Out(io.RawIOBase):
    """Holds what the archive wrote since it was asked last. Nothing is looked up in it again."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = memoryview(data)  # type: ignore[arg-type]
        self._held += piece
        return piece.nbytes

    def taken(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


def _manifest(parts: Sequence[Part]) -> bytes:
    return "".join(f"{it.sha256}  {it.name}\n" for it in parts).encode()
