"""Reads the mails that the demo's sink wrote: as text, whatever is in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9_-]+")
MOST = 100
MOST_BYTES = 1024 * 1024
HEADERS_BYTES = 32 * 1024
BROKEN = (LookupError, ValueError, AttributeError, AssertionError)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as text."""

    name: str
    subject: str
    sender: str
    recipient: str
    date: str
    body: str


def newest(folder: Path) -> Sequence[Mail]:
    """Give the newest mails without their bodies; the file names begin with the time."""
    paths = sorted((it for it in folder.glob("*.eml") if NAME.fullmatch(it.stem)), reverse=True)
    paths = [it for it in paths[:MOST] if it.is_file() and not it.is_symlink()]
    return [_read(path, HEADERS_BYTES) for path in paths]


def one(folder: Path, name: str) -> Mail | None:
    """Give one mail, or None. The name comes from an address without dots and slashes."""
    path = folder / f"{name}.eml"
    return _read(path, MOST_BYTES) if path.is_file() and not path.is_symlink() else None


def _read(path: Path, most: int) -> Mail:
    with path.open("rb") as file:
        message = message_from_bytes(file.read(most), _class=EmailMessage, policy=policy.default)
    return Mail(
        name=path.stem,
        subject=_header(message, "Subject"),
        sender=_header(message, "From"),
        recipient=_header(message, "To"),
        date=_header(message, "Date"),
        body=_body(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return _text(str(message.get(name, "")))
    except BROKEN:
        return ""


def _body(message: EmailMessage) -> str:
    try:
        part = message.get_body(("plain",))
        return _text(str(part.get_content())) if part else ""
    except BROKEN:
        return ""


def _text(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
