"""Files as a desk is handed them: one of each format, small and whole."""

import struct
import zlib

from evenhand.rules.captures_formats import Format


def png(width: int = 2, height: int = 2, body: bytes = b"") -> bytes:
    """A grey still that says it has this size; ``body`` is what is in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress(b"\0\x80\x80" * 2)
    chunks = ((b"IHDR", header), (b"tEXt", body), (b"IDAT", lines), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(it)) + name + it + struct.pack(">I", zlib.crc32(name + it))
        for name, it in chunks
    )


def webp(chunk: bytes) -> bytes:
    body = b"WEBP" + chunk
    return b"RIFF" + struct.pack("<I", len(body)) + body


JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    b"\xff\xc0\0\x0b\x08\0\x02\0\x03\1\1\x11\0\xff\xda\0\x08\1\1\0\0\x3f\0\x7f\xff\xd9"
)
FILES = {
    Format.PNG: png(),
    Format.JPEG: JPEG,
    Format.GIF: b"GIF89a\2\0\3\0\0\0\0,\0\0\0\0\2\0\3\0\0\2\2D\1\0;",
    Format.WEBP: webp(b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\1\0\0\2\0\0"),
    Format.MP4: b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(100),
    Format.WEBM: b"\x1aE\xdf\xa3\x9fB\x86\x81\1" + bytes(100),
    Format.PDF: b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n",
    Format.MHTML: (
        b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n'
    ),
    Format.HTML: b"\n<!-- saved --><!DOCTYPE html><html><body>x</body></html>\n",
    Format.WARC: b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
}
