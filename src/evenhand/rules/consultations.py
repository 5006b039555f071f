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
MOST_READ = 4 * MOST_LOOKS
"""How many looks are read to count the referrals among them; one may be opened for several acts."""
PUT_AWAY = timedelta(minutes=30)
"""For how long a reminder of a break stays away once it was put away."""


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
    """What an officer set for their own pages; nobody else sees it.

    ``quiet_until``: until then a reminder of a break, which they have seen, stays away.
    """

    shortcuts: bool = True
    breaks: BreakWish = BreakWish()
    quiet_until: datetime | None = None

    def may_remind(self, now: datetime) -> bool:
        """Whether a reminder is wished for, and not put away at this moment."""
        return not self.breaks.is_off and (self.quiet_until is None or now >= self.quiet_until)


@dataclass(frozen=True, slots=True)
class Stretch:
    """How many referrals were opened since the last break, each counted once, and how long ago."""

    referrals: int
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


def stretch(looks: Sequence[tuple[datetime, UUID]], *, now: datetime) -> Stretch:
    """Give how much was opened since the last break; the newest look comes first."""
    later, opened = now, set()
    for at, referral in looks:
        if later - at >= A_BREAK:
            break
        later = at
        opened.add(referral)
    return Stretch(len(opened), (now - later) // timedelta(minutes=1))


def is_due(wish: BreakWish, since: Stretch) -> bool:
    """Say whether the officer wanted to be reminded by now."""
    by_looks = wish.after_looks is not None and since.referrals >= wish.after_looks
    by_time = wish.after_minutes is not None and since.minutes >= wish.after_minutes
    return by_looks or by_time
