"""Mail from a folder: each file that ends in .eml is a message. For desks without IMAP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from evenhand.rules.mail import MOST_BYTES
from evenhand.rules.mail_reading import MOST_HEADERS, head_of
from evenhand.transports.mailbox import Arrived, MailboxAway, away_on

KEPT = "kept"
"""The folder within, to which a file is moved once its message is kept."""
MOST_AT_ONCE = 200
AT_REST_SECONDS = 2
"""A file that was written to just now may not be whole yet; it is read the next time."""


@dataclass
class MailFolder:
    """A folder of messages as files."""

    folder: Path
    delete: bool
    now: datetime
    numbering: int = 0

    def arrived(self, after: int) -> Iterator[Arrived]:
        """Give the messages that are there. Raises MailboxAway once the others are given."""
        unread = False
        with away_on(OSError, code="folder_unusable"):
            paths = sorted(self._files())[:MOST_AT_ONCE]
        for path in paths:
            try:
                message = _read(path)
            except OSError:
                unread = True
            else:
                yield message
        if unread:
            raise MailboxAway("file_unreadable")

    def mark(self, message: Arrived) -> None:
        """Move a file to those that are kept, or delete it."""
        path, kept = self.folder / message.name, self.folder / KEPT
        with away_on(OSError, code="folder_unusable"):
            if self.delete and message.whole:
                path.unlink()
            else:
                kept.mkdir(mode=0o700, exist_ok=True)
                path.replace(kept / message.name)

    def _files(self) -> Iterator[Path]:
        for path in self.folder.iterdir():
            is_mail = path.suffix == ".eml" and path.is_file() and not path.is_symlink()
            if is_mail and self.now.timestamp() - path.stat().st_mtime >= AT_REST_SECONDS:
                yield path


@contextmanager
def opened(address: str, *, delete: bool, now: datetime) -> Iterator[MailFolder]:
    """Open the folder at a ``file:`` address."""
    yield MailFolder(Path(unquote(urlsplit(address).path)), delete, now)


def _read(path: Path) -> Arrived:
    size = path.stat().st_size
    whole = size <= MOST_BYTES
    with path.open("rb") as file:
        data = file.read(MOST_BYTES if whole else MOST_HEADERS)
    return Arrived(0, path.name, data if whole else head_of(data), size, whole)
