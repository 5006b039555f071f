"""What a mailbox is to the desk: messages in order, each marked there once it is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol


class MailboxAway(Exception):
    """The mailbox could not be read to its end. ``code``: why, as a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def away_on(*faults: type[Exception], code: str) -> Iterator[None]:
    """Have faults of the mailbox itself end the visit as MailboxAway."""
    try:
        yield
    except faults as error:
        raise MailboxAway(code) from error


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message in a mailbox: its number and name there, its bytes, and its size in bytes.

    ``whole``: these are all its bytes. Of a message that is too long they are its headers.
    """

    number: int
    name: str
    data: bytes
    size: int
    whole: bool


class Mailbox(Protocol):
    """An open mailbox. Numbers grow, and mean something only under the numbering it has now."""

    numbering: int

    def arrived(self, after: int) -> Iterator[Arrived]:
        """Give what has arrived after a number, the oldest first, so many at a time."""

    def mark(self, message: Arrived) -> None:
        """Mark a message as kept; delete it where the desk wants that and all of it is kept."""
