"""The tokens by which a platform's own program answers: two at most, for a year, ended at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

LASTS = timedelta(days=365)
MOST_AT_ONCE = 2
"""The one in use, and the one that takes its place."""


class TooManyTokens(Refused):
    """A platform has two tokens at most: the one in use, and the one that takes its place."""

    code = "E-PTOK-01"
    clause = words("DPA 2018 s.66: security")
    kind = Kind.CONFLICT


class PlatformTokenUnknown(Refused):
    """Only a token of a platform that is in force can be ended."""

    code = "E-PTOK-02"
    kind = Kind.NOT_FOUND


class PlatformNotKnown(Refused):
    """A platform’s program shows a token that this desk gave it, and that is in force."""

    code = "E-PTOK-03"
    clause = words("DPA 2018 s.66: security")
    kind = Kind.NOT_SIGNED_IN


@dataclass(frozen=True, slots=True)
class Shown:
    """A token that a platform's program has shown: which one, and of which platform."""

    token: UUID
    platform: str


def ends_at(made_at: datetime) -> datetime:
    """Give the moment from which a token is of no more use."""
    return made_at + LASTS


def check_how_many(in_force: int) -> None:
    """Refuse a third token beside two that are in force."""
    if in_force >= MOST_AT_ONCE:
        raise TooManyTokens(
            words("This platform has two tokens in force already."),
            do=words("End the one that it does not use any more, then make a new one."),
        )


def unknown() -> PlatformTokenUnknown:
    """Refuse to end a token that is not in force, or not of this platform."""
    return PlatformTokenUnknown(
        words("This token is not in force any more."),
        do=words("Look at the platform’s page to see its tokens."),
    )
