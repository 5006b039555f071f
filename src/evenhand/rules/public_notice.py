"""What a desk publishes of itself, whoever asks: the five items of DPA 2018 s.44(1). A32."""

from collections.abc import Mapping
from enum import StrEnum

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words


class Line(StrEnum):
    """A line of the desk's profile that the public is told. The other items are the same for all.

    The purposes, the rights and the Information Commissioner need no line: every desk has them.
    """

    NAME = "name"
    CONTACT = "contact_email"
    OFFICER = "dpo_email"


ADDRESSES = frozenset({Line.CONTACT, Line.OFFICER})


class NotPublished(Refused):
    """A desk tells the public who holds their data and how to reach its data protection officer."""

    code = "E-PUB-32"
    clause = words("DPA 2018 s.44(1)")


def check_published(lines: Mapping[Line, str]) -> None:
    """Refuse to call a desk ready for the public while it leaves one of these out."""
    missing = [it for it in Line if not _is_given(it, lines[it])]
    if missing:
        raise NotPublished(
            words("The public is not told whom to write to: the desk’s profile leaves out {lines}"),
            do=words("Fill these lines in, and start the desk anew."),
            lines=", ".join(missing),
        )


def _is_given(line: Line, text: str) -> bool:
    if line not in ADDRESSES:
        return bool(text.strip())
    mailbox, at, host = text.strip().partition("@")
    return bool(mailbox and at and host)
