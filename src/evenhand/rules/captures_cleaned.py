"""Takes out of a still what is not its picture: EXIF, XMP, comments, previews. Nothing is decoded.

The bytes of the picture stay as they are; of what stands around them only what it is drawn with.
That is the colour profile, too, and a profile may name the make of a device.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from evenhand.rules.captures_formats import Format
from evenhand.rules.exports import NotCleaned
from evenhand.rules.words import words

PNG_SIGNATURE = 8
DRAWN_WITH = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT cICP acTL fcTL fdAT".split()
)
"""The optional chunks of a PNG that say how it is drawn. Any other one goes."""
IN_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
XMP_AND_EXIF = 0x0C
"""The bits of a WebP's head that announce both."""
LOOPS, TIMES, TRAILER = b"\x0bNETSCAPE2.0", {0xF9}, b";"
"""What a GIF says of how often, and how fast, it is drawn; and its last byte."""
END, SCAN, COMMENT = 0xD9, 0xDA, 0xFE
APPLICATIONS = range(0xE0, 0xF0)
JFIF = b"JFIF\0"
DRAWN = ((0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
"""What applications put into a JPEG that it is drawn with: its colours, whatever they name."""
WITHOUT_PREVIEW = b"\xff\xe0\0\x10"
"""How the segment begins that says the shape of a picture, with no small copy of it behind."""
NEXT_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class _Broken(Exception):
    """A file is not put together as its format says."""


def cleaned(format_: Format, data: bytes) -> bytes:
    """Give a still without what is not its picture. Raises NotCleaned where it cannot be told.

    Anything that is no still is given as it is: of a video, a PDF or a saved page nothing is known.
    """
    clean = CLEANERS.get(format_)
    if clean is None:
        return data
    try:
        return b"".join(clean(memoryview(data)))
    except _Broken as error:
        raise NotCleaned(
            words("What the file of a still says beside its picture cannot be taken out of it."),
            do=words("Take the capture anew, as a PNG."),
        ) from error


def _of_png(data: memoryview) -> Iterator[memoryview]:
    """Go from one chunk to the next; what stands behind the last one of the picture goes too."""
    yield data[:PNG_SIGNATURE]
    at, name = PNG_SIGNATURE, b""
    while name != b"IEND":
        length, name = int.from_bytes(data[at : at + 4], "big"), bytes(data[at + 4 : at + 8])
        after = at + 12 + length
        _check(after <= len(data) and (not length or name != b"IEND"))
        if name[:1].isupper() or name in DRAWN_WITH:
            yield data[at:after]
        at = after


def _of_webp(data: memoryview) -> Iterator[bytes | memoryview]:
    kept: list[bytes | memoryview] = []
    at = 12
    while at < len(data):
        name, length = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
        after = at + 8 + length + length % 2
        _check(at + 8 + length <= len(data))
        if name == b"VP8X":
            _check(length >= 1)
            plain = data[at + 8] & ~XMP_AND_EXIF
            kept += [data[at : at + 8], bytes([plain]), data[at + 9 : after]]
        elif name in IN_WEBP:
            kept.append(data[at:after])
        at = after
    yield b"RIFF" + (4 + sum(map(len, kept))).to_bytes(4, "little") + b"WEBP"
    yield from kept


def _of_gif(data: memoryview) -> Iterator[memoryview]:
    at = 13 + _colours(data, 10)
    yield data[:at]
    while bytes(data[at : at + 1]) != TRAILER:
        match data[at : at + 2].tolist():
            case [0x2C, _]:
                after, stays = _blocks(data, at + 11 + _colours(data, at + 9)), True
            case [0x21, label]:
                after, stays = _blocks(data, at + 2), label in TIMES
                stays = stays or data[at + 2 : at + 2 + len(LOOPS)] == LOOPS
            case _:
                raise _Broken
        if stays:
            yield data[at:after]
        at = after
    yield data[at : at + 1]


def _colours(data: memoryview, at: int) -> int:
    """Say how long the table of colours is that a byte of flags announces."""
    _check(at < len(data))
    return 3 << ((data[at] & 7) + 1) if data[at] & 0x80 else 0


def _blocks(data: memoryview, at: int) -> int:
    """Go over blocks that say their length, to behind the empty one that ends them."""
    while True:
        _check(at < len(data))
        length = data[at]
        at += 1 + length
        if not length:
            return at


def _of_jpeg(data: memoryview) -> Iterator[bytes | memoryview]:
    """Go from one segment to the next; what stands behind the end of the picture goes too."""
    yield data[:2]
    at = 2
    while True:
        _check(at + 4 <= len(data) or bytes(data[at : at + 2]) == b"\xff\xd9")
        _check(data[at] == 0xFF)
        mark = data[at + 1]
        if mark == END:
            yield data[at : at + 2]
            return
        after = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        _check(at + 4 <= after <= len(data))
        if mark == SCAN:
            found = NEXT_MARK.search(data, after)
            _check(found is not None)
            after = found.start() if found else after
        if mark == APPLICATIONS[0] and data[at + 4 : at + 9] == JFIF:
            _check(at + 18 <= after)
            yield from (WITHOUT_PREVIEW, data[at + 4 : at + 16], b"\0\0")
        elif _is_drawn_with(mark, data[at + 4 : at + 16]):
            yield data[at:after]
        at = after


def _is_drawn_with(mark: int, begins: memoryview) -> bool:
    if mark in APPLICATIONS:
        return any(mark == it and begins[: len(name)] == name for it, name in DRAWN)
    return mark != COMMENT


def _check(holds: object) -> None:
    if not holds:
        raise _Broken


CLEANERS: Mapping[Format, Callable[[memoryview], Iterator[bytes | memoryview]]] = {
    Format.PNG: _of_png,
    Format.JPEG: _of_jpeg,
    Format.WEBP: _of_webp,
    Format.GIF: _of_gif,
}
"""How each kind of still is gone through."""
