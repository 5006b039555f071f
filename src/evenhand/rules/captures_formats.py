"""What a capture is, told from its own first and last bytes. Nothing is decoded."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

HEAD, TAIL = 64 * 1024, 1024
"""So many bytes of the beginning and the end tell what a file is."""
MB = 1024 * 1024
MOST_PIXELS = 40_000_000
"""A browser is not asked to draw a larger still: it would fill its memory."""


class Kind(StrEnum):
    """What a capture can be."""

    STILL = "still"
    VIDEO = "video"
    PDF = "pdf"
    SAVED_PAGE = "saved_page"


MOST_BYTES = {
    Kind.STILL: 50 * MB,
    Kind.VIDEO: 2048 * MB,
    Kind.PDF: 100 * MB,
    Kind.SAVED_PAGE: 100 * MB,
}
"""How large a capture of each kind may be."""


class Format(StrEnum):
    """The formats that are taken. There is no other."""

    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    MP4 = "mp4"
    WEBM = "webm"
    PDF = "pdf"
    MHTML = "mhtml"
    HTML = "html"
    WARC = "warc"


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and last bytes of a file, and how many it has in all."""

    head: bytes
    tail: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Told:
    """How one format is told: by how it begins; and whole, by how it ends."""

    format: Format
    kind: Kind
    media_type: str
    begins: Callable[[bytes], bool]
    is_whole: Callable[[Ends], bool]


def _starting(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _like(pattern: bytes) -> Callable[[bytes], bool]:
    found = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda head: found.match(head) is not None


def _ending(*marks: bytes) -> Callable[[Ends], bool]:
    return lambda ends: ends.tail.endswith(marks)


def _with_near_the_end(pattern: bytes) -> Callable[[Ends], bool]:
    found = re.compile(pattern, re.IGNORECASE)
    return lambda ends: found.search(ends.tail) is not None


def _as_long_as_it_says(ends: Ends) -> bool:
    """Compare the length with what a RIFF file says of itself, made even."""
    said = int.from_bytes(ends.head[4:8], "little") + 8
    return ends.size in {said, said + said % 2}


def _anything(ends: Ends) -> bool:
    """Take a recording that broke off too: it shows what it shows."""
    return ends.size > 0


# Nothing is tried twice: a file of nothing but comments must not take for ever.
_PAGE = rb"(?:\xef\xbb\xbf)?\s*(?><!--.{0,4000}?-->\s*)*+<(?:!doctype\s+html|html)[\s>]"
# Photographs (HEIC, AVIF) and sound alone begin in the same way, with another brand.
_FILM = rb".{4}ftyp(?!hei[cfmsx]|hev[cmsx]|mi[af]1|msf1|avi[fs]|M4[ABP] )"
_MAIL = rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related"
FORMATS: Sequence[Told] = (
    Told(
        Format.PNG,
        Kind.STILL,
        "image/png",
        _starting(b"\x89PNG\r\n\x1a\n"),
        _ending(b"\0\0\0\0IEND\xaeB`\x82"),
    ),
    Told(Format.JPEG, Kind.STILL, "image/jpeg", _starting(b"\xff\xd8\xff"), _ending(b"\xff\xd9")),
    Told(Format.GIF, Kind.STILL, "image/gif", _starting(b"GIF87a", b"GIF89a"), _ending(b"\x3b")),
    Told(Format.WEBP, Kind.STILL, "image/webp", _like(rb"RIFF.{4}WEBP"), _as_long_as_it_says),
    Told(Format.MP4, Kind.VIDEO, "video/mp4", _like(_FILM), _anything),
    Told(Format.WEBM, Kind.VIDEO, "video/webm", _starting(b"\x1aE\xdf\xa3"), _anything),
    Told(
        Format.PDF,
        Kind.PDF,
        "application/pdf",
        _like(rb"%PDF-[12]\.\d"),
        _with_near_the_end(rb"%%EOF"),
    ),
    Told(
        Format.MHTML,
        Kind.SAVED_PAGE,
        "multipart/related",
        _like(_MAIL),
        _with_near_the_end(rb"--[^\r\n]+--\s*\Z"),
    ),
    Told(
        Format.HTML,
        Kind.SAVED_PAGE,
        "text/html",
        _like(_PAGE),
        _with_near_the_end(rb"</html\s*>"),
    ),
    Told(
        Format.WARC,
        Kind.SAVED_PAGE,
        "application/warc",
        _like(rb"WARC/1\.[01]\r\n"),
        _ending(b"\r\n\r\n"),
    ),
)
BY_FORMAT = {it.format: it for it in FORMATS}


def begun(head: bytes) -> Told | None:
    """Say what a file is that begins like this; None for what is not taken."""
    return next((it for it in FORMATS if it.begins(head)), None)


def can_be_drawn(format_: Format, head: bytes) -> bool:
    """Say whether a still says of itself that it is small enough for a page to show."""
    measure = MEASURES.get(format_)
    size = measure(head) if measure else None
    return size is not None and 0 < size[0] * size[1] <= MOST_PIXELS


def _of_png(head: bytes) -> tuple[int, int] | None:
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def _of_gif(head: bytes) -> tuple[int, int] | None:
    return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")


def _of_webp(head: bytes) -> tuple[int, int] | None:
    match head[12:16]:
        case b"VP8X":
            width, height = head[24:27], head[27:30]
            return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = head[26:28], head[28:30]
            sides = int.from_bytes(width, "little"), int.from_bytes(height, "little")
            return sides[0] & 0x3FFF, sides[1] & 0x3FFF
        case _:
            return None


def _of_jpeg(head: bytes) -> tuple[int, int] | None:
    """Go from one segment to the next until one says how large the frame is."""
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        mark, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        if 0xC0 <= mark <= 0xCF and mark not in {0xC4, 0xC8, 0xCC}:
            height, width = head[at + 5 : at + 7], head[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 + length
    return None


MEASURES: dict[Format, Callable[[bytes], tuple[int, int] | None]] = {
    Format.PNG: _of_png,
    Format.JPEG: _of_jpeg,
    Format.GIF: _of_gif,
    Format.WEBP: _of_webp,
}
"""How wide and how high each kind of still says that it is."""
