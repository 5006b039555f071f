"""The doors that anyone may use without an account: how often, how fast, and nobody tracked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

PROGRAMS = ("/api/", "/platform/")
"""Where the addresses begin at which programs are answered, in English and without a page."""
WINDOW = timedelta(hours=1)
"""So long it is remembered, by a keyed hash alone, that somebody used a door; then it is gone."""
LEAST_TIME = timedelta(seconds=3)
"""Nobody reads a form and fills it in within so short a time."""
MOST_NUMBER = 64
NUMBER_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NUMBER_LENGTH = 16
"""What a receipt number is made of: no sign in it is taken for another."""
MOST_TIME = timedelta(hours=24)
"""So long a form that was shown can be sent."""


class Door(StrEnum):
    """What anyone may do without an account."""

    REPORT = "report"
    RECEIPT = "receipt"
    PLATFORM = "platform"
    ASK = "ask"
    CHALLENGE = "challenge"
    FOI = "foi"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True)
class Limit:
    """How often a door is used within an hour: from one place, and by everybody together.

    A platform’s place is its token, wherever its programs run.
    """

    from_one_place: int
    together: int


LIMITS: Mapping[Door, Limit] = {
    Door.REPORT: Limit(from_one_place=10, together=300),
    Door.RECEIPT: Limit(from_one_place=30, together=3_000),
    Door.PLATFORM: Limit(from_one_place=600, together=6_000),
    Door.ASK: Limit(from_one_place=10, together=300),
    Door.CHALLENGE: Limit(from_one_place=10, together=300),
    Door.FOI: Limit(from_one_place=10, together=300),
    Door.RIGHTS: Limit(from_one_place=10, together=300),
}
"""Ten people of a school may report within an hour; whoever guesses receipts needs 10^13 years.

A platform’s program asks for its list every minute, and does nine things about it.
"""


class DoorBusy(Refused):
    """A public door takes a limited number of requests an hour, from one place and altogether."""

    code = "E-DOOR-01"
    kind = Kind.TOO_MANY


class SentTooSoon(Refused):
    """A form of a public door is sent by somebody who has had the time to read it."""

    code = "E-DOOR-02"


class ShownTooLongAgo(Refused):
    """A form of a public door is sent within a day of being shown."""

    code = "E-DOOR-03"


class NumberMistyped(Refused):
    """A receipt number has sixteen letters and digits, of which none is taken for another."""

    code = "E-DOOR-04"


def plain_number(number: str) -> str:
    """Read a receipt number as somebody typed it: its letters and digits alone."""
    plain = "".join(it for it in number.upper() if it.isascii() and it.isalnum())
    return plain[:MOST_NUMBER]


def check_number(number: str) -> None:
    """Refuse what cannot be a receipt number, however it was typed."""
    plain = plain_number(number)
    strange = sorted(set(plain) - set(NUMBER_SIGNS))
    if strange:
        raise NumberMistyped(
            words("There is no {strange} in any receipt number."),
            do=words("Look at it again: numbers have neither 0 nor O, and neither 1 nor I."),
            at="receipt",
            strange=", ".join(strange),
        )
    if len(plain) != NUMBER_LENGTH:
        raise NumberMistyped(
            words("A receipt number has {length} letters and digits, and this has {given}."),
            do=words("Enter all of it, as you were given it. Spaces and hyphens do not matter."),
            at="receipt",
            length=str(NUMBER_LENGTH),
            given=str(len(plain)),
        )


def check_not_busy(door: Door, *, from_one_place: int, together: int) -> None:
    """Refuse one use too many of a door within an hour, counted before it."""
    limit = LIMITS[door]
    if from_one_place >= limit.from_one_place or together >= limit.together:
        raise DoorBusy(
            words("Too many requests have come within an hour. Nothing was saved."),
            do=words("Try again in an hour. If somebody is in danger now, ring 999."),
        )


def check_time_taken(taken: timedelta | None) -> None:
    """Refuse a form that came back faster than it is read, or too late; None: it is not ours."""
    if taken is None or taken > MOST_TIME:
        raise ShownTooLongAgo(
            words("This page was open for too long. Nothing was sent yet."),
            do=words("Check your answers and send them again."),
        )
    if taken < LEAST_TIME:
        raise SentTooSoon(
            words("This came faster than anybody can read the page. Nothing was sent yet."),
            do=words("Check your answers and send them again."),
        )
