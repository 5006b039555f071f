"""The view ledger: how often this desk may look at one account of its own accord.

A look is an officer's self-initiated logging at an account, counted once a day for each account
and desk. Approvals, re-checks after an answer and what others reported are never looks.
"""

from collections.abc import Collection
from datetime import date, timedelta

from evenhand.rules.content import Content
from evenhand.rules.intake import Source
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import says_nothing
from evenhand.rules.words import words

WINDOW = timedelta(days=28)
FREE_LOOKS = 2
"""The next look at the same account within the window needs an authorisation."""
KEPT = WINDOW + timedelta(days=1)
"""A look is forgotten as soon as it can count no more; the number of looks stays."""


class LookNeedsAuthority(Refused):
    """A third look at one account within 28 days needs an authorisation that is held elsewhere."""

    code = "E-RIPA-71"
    clause = words("RIPA 2000 ss.26(2) and 48(2); covert surveillance code, repeat viewing")
    verified = False
    kind = Kind.FORBIDDEN


def account_looked_at(content: Content, source: Source) -> str | None:
    """Name the account that logging this content looks at; None where it is no look.

    Only what an officer found of their own accord is one, and only at an address that names an
    account.
    """
    return content.account if source is Source.OFFICER_FOUND else None


def first_day_that_counts(today: date) -> date:
    """Give the first day whose looks still count today."""
    return today - WINDOW


def first_day_kept(today: date) -> date:
    """Give the first day whose looks are still kept today."""
    return today - KEPT


def is_counted(days: Collection[date], today: date) -> bool:
    """Say whether looking today adds a look: one a day counts, however many were logged."""
    return today not in days


def needs_authority(days: Collection[date], today: date) -> bool:
    """Say whether looking today, after looks on these days, is one look too many."""
    earlier = {day for day in days if first_day_that_counts(today) <= day < today}
    return is_counted(days, today) and len(earlier) >= FREE_LOOKS


def check_may_look(days: Collection[date], today: date, *, authorisation: str) -> None:
    """Refuse one look too many without the reference of an authorisation."""
    if needs_authority(days, today) and says_nothing(authorisation):
        raise LookNeedsAuthority(
            words("This desk has looked at this account on {count} other days within {days} days."),
            do=words("Give the reference of the authorisation, or do not log it."),
            at="authorisation",
            count=str(FREE_LOOKS),
            days=str(WINDOW.days),
        )
