"""Looks at what the desk holds: which of them are one look, and when a break would do good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

ONE_CONSULTATION = timedelta(minutes=10)
"""Looking again at the same record for the same purpose within this time is the same look."""
NO_RECORD = UUID(int=0)
"""What an attempt is about where it names no record of this desk."""
REMEMBERED = timedelta(days=8)
"""How long looks are kept beside the log, for officers' own counts of seven days."""
A_BREAK = timedelta(minutes=10)
"""A pause of this length between looks is a break; the counting then begins anew."""
LONGEST_SHIFT = timedelta(hours=12)
MOST_LOOKS = 500
MOST_MINUTES = 480


class BreakWishWrong(Refused):
    """A reminder of a break comes after a sensible number of referrals or minutes."""

    code = "E-YOU-01"


@dataclass(frozen=True, slots=True)
class BreakWish:
    """When an officer wants to be reminded of a break. None: not by this."""

    after_looks: int | None = None
    after_minutes: int | None = None

    @property
    def is_off(self) -> bool:
        """Whether nothing is wished for."""
        return self.after_looks is None and self.after_minutes is None


@dataclass(frozen=True, slots=True)
class Preferences:
    """What an officer set for their own pages; nobody else sees it."""

    shortcuts: bool = True
    breaks: BreakWish = BreakWish()


@dataclass(frozen=True, slots=True)
class Stretch:
    """How much was looked at since the last break."""

    looks: int
    minutes: int


def check_wish(wish: BreakWish) -> None:
    """Refuse a wish that could never come true."""
    for given, most, at in (
        (wish.after_looks, MOST_LOOKS, "after_looks"),
        (wish.after_minutes, MOST_MINUTES, "after_minutes"),
    ):
        if given is not None and not 0 < given <= most:
            raise BreakWishWrong(
                words("The number must be between 1 and {most}."),
                do=words("Leave it empty for no reminder."),
                at=at,
                most=str(most),
            )


def stretch(looks: Sequence[datetime], *, now: datetime) -> Stretch:
    """Give how much was looked at since the last break; the newest look comes first."""
    later, count = now, 0
    for at in looks:
        if later - at >= A_BREAK:
            break
        later, count = at, count + 1
    return Stretch(count, (now - later) // timedelta(minutes=1))


def is_due(wish: BreakWish, since: Stretch) -> bool:
    """Say whether the officer wanted to be reminded by now."""
    by_looks = wish.after_looks is not None and since.looks >= wish.after_looks
    by_time = wish.after_minutes is not None and since.minutes >= wish.after_minutes
    return by_looks or by_time
