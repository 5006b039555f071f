"""The duty to erase a person's record without being asked, and what alone ends it. A25."""

from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.people_roles import ACCUSED, PROTECTED, PersonRole
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

ERASE_WITHIN = timedelta(days=14)
"""So many days there are to erase, restrict or hold; then the record is closed by itself."""


class Duty(StrEnum):
    """Why a person's record is to be erased, whether or not anybody asks. DPA 2018 s.47(1)."""

    BASIS_EXPIRED = "basis_expired"
    NOT_SUSPECTED = "not_suspected"
    POLICY_LAPSED = "policy_lapsed"
    REVIEW_FAILED = "review_failed"
    GRANTED = "granted"


class DutyStands(Refused):
    """What is to be erased is not kept on: it is erased, restricted or held as evidence."""

    code = "E-ERA-25"
    clause = words("DPA 2018 s.47(1), (2) and (4): erased with or without a request")
    kind = Kind.CONFLICT


def erase_by(today: date) -> date:
    """Give the day by which a duty that is found today is done."""
    return today + ERASE_WITHIN


def drops_suspicion(earlier: PersonRole, role: PersonRole) -> bool:
    """Say whether another role drops a suspicion with nothing in its place that protects them."""
    return earlier in ACCUSED and role not in ACCUSED | PROTECTED


def check_no_duty(duty: Duty | None) -> None:
    """Refuse to keep or change what is to be erased. What restricts or erases it asks nothing."""
    if duty is not None:
        raise DutyStands(
            words("This record is to be erased."),
            do=words("Dispose of it, close it, or place a hold if it is needed as evidence."),
        )
