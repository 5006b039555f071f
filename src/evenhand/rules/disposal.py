"""Disposal: why something went, the certificate of it, and who comes back by a fresh case."""

from datetime import date
from enum import StrEnum

from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention_schedules import Period
from evenhand.rules.words import words

SYSTEM = "evenhand"
"""The system of origin of what was recorded here, beside those that records were imported from."""
BACK = Period(months=-12, days=0)
"""So far back it is known, by a keyed hash alone, that an identity was disposed of. A24."""


class Reason(StrEnum):
    """Why a record, or its content, was disposed of."""

    REVIEWED = "reviewed"
    LAST_DAY = "last_day"
    NOT_RELEASED = "not_released"
    RESTORED = "restored"


class DisposedLately(Refused):
    """Whoever was disposed of within 12 months comes back on record by a fresh case alone."""

    code = "E-DISP-24"
    clause = words("DPA 2018 s.39(1); Information Commissioner, Gangs Matrix notice, paras 25–26")
    verified = False
    kind = Kind.CONFLICT


class RestsOnIt(Refused):
    """A referral waits while somebody is on record through it; their own last day is absolute."""

    code = "E-DISP-25"
    clause = words("DPA 2018 s.38: a record of a person says what it rests on")
    kind = Kind.CONFLICT


def last_day_forgotten(today: date) -> date:
    """Give the last day of which it is not known any more who was disposed of on it."""
    return BACK.after(today)


def check_fresh_case(disposed_on: date | None, *, logged_on: date) -> None:
    """Refuse to have an identity back that was disposed of on a day, through an older case.

    Only the day is kept, so a referral that was logged on that very day is no fresh one.
    """
    if disposed_on is not None and logged_on <= disposed_on:
        raise DisposedLately(
            words("Somebody of this name and birth date was disposed of less than 12 months ago."),
            do=words("Do not record them again, unless a referral logged since then needs it."),
        )


def check_nobody_rests_on(reference: str, people: int) -> None:
    """Refuse to dispose of a referral through which somebody is on record."""
    if people:
        raise RestsOnIt(
            words("Somebody is on record through referral {reference}."),
            do=words("Review that record first; the referral goes after it."),
            reference=reference,
        )
