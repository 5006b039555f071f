"""What the desk counts, and what each number means. Every count is of one month of the desk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
FIRST_YEAR = 2000
"""No desk is older than this software."""


class Counted(StrEnum):
    """One number that is counted from the record, never estimated."""

    LOGGED = "logged"
    LOOKS = "looks"
    PROCEED = "triage_proceed"
    NOT_FOR_US = "triage_not_for_us"
    DUPLICATE = "triage_duplicate"
    EMERGENCY = "triage_emergency"
    LATER_EMERGENCY = "emergency_later"
    INTAKE_REFUSED = "intake_refused"
    REFERRED = "referred"
    NOT_REFERRED = "not_referred"
    WITHDRAWN = "withdrawn"
    REMOVALS = "removals"
    CHALLENGED = "challenged"
    UPHELD = "challenge_upheld"


DEFINITIONS: Mapping[Counted, str] = {
    Counted.LOGGED: words("Referrals logged in the month: one content on one platform each."),
    Counted.LOOKS: words(
        "Looks at an account: an officer found content there of their own accord and logged it. "
        "One a day for each account, in the month."
    ),
    Counted.PROCEED: words("First looks in the month after which a referral was to be assessed."),
    Counted.NOT_FOR_US: words("First looks in the month that found it was not for this desk."),
    Counted.DUPLICATE: words(
        "First looks in the month that found the content was referred already."
    ),
    Counted.EMERGENCY: words("First looks in the month that found a life at risk."),
    Counted.LATER_EMERGENCY: words(
        "Referrals of which was recorded in the month, for the first time, what was done because a "
        "life was at risk, where the first look had not found that."
    ),
    Counted.INTAKE_REFUSED: words(
        "Attempts to log in the month that a rule refused because the content was not public. "
        "Nothing else is kept of them."
    ),
    Counted.REFERRED: words(
        "Requests that a platform took in the month, after a second officer approved them. A "
        "reminder is not counted; a request that was reopened and sent again is."
    ),
    Counted.NOT_REFERRED: words(
        "Assessments that a second officer refused in the month: nothing was sent."
    ),
    Counted.WITHDRAWN: words("Referrals that the desk withdrew in the month, sent or not."),
    Counted.REMOVALS: words(
        "Referrals whose platform said that it restricted the content, and that a person saw gone "
        "in the month. What was put back since is taken out again, and what the desk withdrew. "
        "What it withdrew before it could be challenged stays in."
    ),
    Counted.CHALLENGED: words(
        "Challenges to a referral that came in the month, by the page for whoever posted content."
    ),
    Counted.UPHELD: words(
        "Challenges that an officer with no part in the referral upheld in the month, in full or "
        "in part. Each is an error of the desk, whatever the platform did."
    ),
}


class MonthWrong(Refused):
    """A count is of one month that has begun, written as 2026-05."""

    code = "E-COUNT-01"


class NotKnownThen(Refused):
    """A count is given as it was known at the end of a day for which that was kept."""

    code = "E-COUNT-02"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of the calendar."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def after(self) -> "Month":
        """The month after it."""
        return _month(self.year, self.number + 1)

    @property
    def before(self) -> "Month":
        """The month before it."""
        return _month(self.year, self.number - 1)

    @property
    def year_before(self) -> "Month":
        """The first of the twelve months that end with it."""
        return _month(self.year, self.number - 11)

    def __str__(self) -> str:
        """Write it as 2026-05."""
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Counts:
    """Every number of one month. ``refused`` tells the refused intakes by rule.

    ``as_at``: as the desk knew them at the end of that day; now, where there is none. The numbers
    as at a day that is over are the same whenever they are asked for.
    """

    month: Month
    numbers: Mapping[Counted, int]
    refused: Mapping[str, int]
    as_at: date | None = None


def month_of(day: date) -> Month:
    """Give the month that a day is in."""
    return Month(day.year, day.month)


def read_month(text: str, *, today: date) -> Month:
    """Read a month; nothing is this month. Raises MonthWrong."""
    found = MONTH.fullmatch(text.strip())
    if not text.strip():
        return month_of(today)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise MonthWrong(
            words("This is not a month."), do=words("Write it as 2026-05."), at="month"
        )
    month = Month(int(found[1]), int(found[2]))
    if not Month(FIRST_YEAR, 1) <= month <= month_of(today):
        raise MonthWrong(
            words("There is nothing to count in this month."),
            do=words("Choose this month or an earlier one, from the year {first} on."),
            at="month",
            first=str(FIRST_YEAR),
        )
    return month


def check_known_then(as_at: date, *, since: date, today: date) -> None:
    """Refuse a day for which it was not kept what the desk knew. Raises NotKnownThen."""
    if since <= as_at <= today:
        return
    raise NotKnownThen(
        words("What the desk knew on {day} is not kept.")
        if as_at < since
        else words("{day} has not come yet."),
        do=words("Choose today or an earlier day, from {since} on."),
        at="as_at",
        day=as_at.isoformat(),
        since=since.isoformat(),
    )


def _month(year: int, number: int) -> Month:
    return Month(year + (number - 1) // 12, (number - 1) % 12 + 1)
