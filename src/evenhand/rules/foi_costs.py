"""What answering a request would cost: four activities count, at £25 an hour, up to 18 hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

PENCE_AN_HOUR = 2_500
LIMIT_MINUTES = 18 * 60
"""£450 for the police and most other bodies. SI 2004/3244 reg.3; the rate is that of reg.4."""
MOST_MINUTES = 600_000


class Activity(StrEnum):
    """What somebody does about a request. Only the first four count. SI 2004/3244 reg.4(3)."""

    DETERMINING = "determining"
    LOCATING = "locating"
    RETRIEVING = "retrieving"
    EXTRACTING = "extracting"
    REDACTING = "redacting"
    CONSIDERING = "considering"


COUNTED = (
    Activity.DETERMINING,
    Activity.LOCATING,
    Activity.RETRIEVING,
    Activity.EXTRACTING,
)
"""Whether it is held; finding it; getting it; taking it out of a document."""


class CostNotCounted(Refused):
    """A request is refused for its cost only where the four activities of law take over 18 hours.

    Neither redacting nor weighing exemptions counts, and no question that the desk's own counts
    answer is refused so.
    """

    code = "E-FOI-85"
    clause = words("FOIA 2000 s.12; SI 2004/3244 regs 3 to 5")


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many minutes the activities that count would take for one request."""

    minutes: Mapping[Activity, int]

    @property
    def total(self) -> int:
        """Give all of its minutes."""
        return sum(self.minutes.values())


def check_estimate(minutes: Mapping[Activity, int]) -> None:
    """Refuse an estimate that counts what the law does not count, or that nobody could mean."""
    if any(minutes.get(it, 0) for it in Activity if it not in COUNTED):
        raise CostNotCounted(
            words("Redacting and weighing exemptions do not count as cost."),
            do=words("Enter only the time to determine, locate, retrieve and extract."),
            at=Activity.REDACTING,
        )
    for activity, taken in minutes.items():
        if not 0 <= taken <= MOST_MINUTES:
            raise CostNotCounted(
                words("This is no number of minutes that can be meant."),
                do=words("Enter the minutes it would take."),
                at=activity,
            )


def pence(minutes: int) -> int:
    """Give what so many minutes cost, in pence."""
    return minutes * PENCE_AN_HOUR // 60


def check_exceeds(own: Estimate | None, like: Iterable[Estimate], *, has_library: bool) -> None:
    """Refuse to refuse for cost below the limit, without an estimate, or what the desk can count.

    ``like`` are the estimates of the same or similar requests taken together with this one.
    """
    if has_library:
        raise CostNotCounted(
            words("The desk’s own counts or registers answer a part of this request at once."),
            do=words("Answer that part. Only the others can be refused."),
            at="exemption",
        )
    if own is None:
        raise CostNotCounted(
            words("Nobody has estimated the cost yet."), do=words("Estimate it first."), at="cost"
        )
    total = own.total + sum(it.total for it in like)
    if total <= LIMIT_MINUTES:
        raise CostNotCounted(
            words("The estimate is {hours} hours. Up to 18 hours the request is answered."),
            do=words("Answer it."),
            at="exemption",
            hours=f"{total / 60:.1f}",
        )


def is_together(first_on: date, received_on: date, last_day: date | None) -> bool:
    """Say whether a like request is costed with the first: it came within its 60 working days."""
    return last_day is not None and first_on <= received_on <= last_day
