"""Tallying: one is added to a count of the quarter, and nothing else is kept.

This is the one act without an entry: who did it and when would tell of whom. A79, decision 70.
"""

from django.conf import settings
from django.utils import timezone

from evenhand.rules.disparity import quarter_of
from evenhand.rules.equality import Answer, check_tally
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.store.equality import add_one


def tally(answer: Answer, *, acting: Acting) -> None:
    """Add somebody to the counts of this quarter, by part, basis and group."""
    check_may(acting.officer, Permission.TALLY)
    check_tally(answer, is_on=settings.DESK.equality_tally)
    quarter = quarter_of(timezone.localdate(acting.at))
    add_one(quarter.start, answer.part, answer.basis, answer.group)
