"""What a corrected age or another role makes of the days of a person's record."""

from datetime import date

from evenhand.rules.retention import period_of_review
from evenhand.rules.retention_schedules import Dates, Schedule, dates


def days_of_a_child(
    now: Dates, schedule: Schedule, *, extended: bool, reviewed_on: date | None, today: date
) -> Dates:
    """Give the days of a record of somebody who was or may have been under 18 after all. A22, A74.

    None becomes later. Each comes as early as if that had been known from the start: the review
    counts from the last one, ``reviewed_on``, and a last day that two people moved counts as moved
    by a child's period. None lies before today: what is over by then waits for two people.
    """
    period = period_of_review(schedule, child=True)
    last = dates(schedule, now.start_on, child=True).max_on
    if extended:
        last = period.after(last)
    review = period.after(reviewed_on or now.start_on)
    max_on = min(now.max_on, max(last, today))
    return Dates(now.start_on, min(now.review_on, max(review, today), max_on), max_on)


def days_in_another_role(schedule: Schedule, start: date, *, child: bool, today: date) -> Dates:
    """Give the days of a record of which two officers changed the role, counted from ``start``.

    None lies before today: what is over by then waits for two people.
    """
    found = dates(schedule, start, child=child)
    max_on = max(found.max_on, today)
    return Dates(start, min(max(found.review_on, today), max_on), max_on)


def days_handed_over(now: Dates, schedule: Schedule, *, child: bool, today: date) -> Dates:
    """Give the days of a record that was handed over today to a named investigation. D06.

    The desk is not where it is kept from then on. None becomes later.
    """
    found = dates(schedule, today, child=child)
    max_on = min(now.max_on, found.max_on)
    return Dates(today, min(now.review_on, found.review_on, max_on), max_on)
