"""Disposal: why something went, and the certificate of it, in which nobody is named."""

from enum import StrEnum

from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

SYSTEM = "evenhand"
"""The system of origin of what was recorded here, beside those that records were imported from."""


class Reason(StrEnum):
    """Why a record, or its content, was disposed of."""

    REVIEWED = "reviewed"
    LAST_DAY = "last_day"
    NOT_RELEASED = "not_released"
    RESTORED = "restored"


class RestsOnIt(Refused):
    """A referral waits while somebody is on record through it; their own last day is absolute."""

    code = "E-DISP-25"
    clause = words("DPA 2018 s.38: a record of a person says what it rests on")
    kind = Kind.CONFLICT


def check_nobody_rests_on(reference: str, people: int) -> None:
    """Refuse to dispose of a referral through which somebody is on record."""
    if people:
        raise RestsOnIt(
            words("Somebody is on record through referral {reference}."),
            do=words("Review that record first; the referral goes after it."),
            reference=reference,
        )
