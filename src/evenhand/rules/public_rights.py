"""Requests about one's own data, as anyone makes one at the public door. DPA 2018 ss.45–48."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.public_reports import check_reach
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import SHORT, check_given, check_text
from evenhand.rules.words import words

LONGEST_ASKED = 4_000


class RightsKind(StrEnum):
    """What somebody asks for about their own data, or that they complain."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    COMPLAINT = "complaint"


class NoWayToAnswer(Refused):
    """Whoever asks about their data says how the answer reaches them."""

    code = "E-RGT-01"
    clause = words("DPA 2018 s.52: information is given to the person")


class BornLater(Refused):
    """A birth date is a day that has come."""

    code = "E-RGT-02"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsAsked:
    """What somebody asks, who they are, and where the answer goes. Empty: not said.

    ``language`` is the one that they asked in, and are written to in.
    """

    kind: RightsKind
    name: str
    wish: str = ""
    birth_date: date | None = None
    email: str = ""
    postal: str = ""
    language: str = "en"


def check_asked(asked: RightsAsked, *, today: date) -> None:
    """Refuse a request that names nobody, cannot be answered, or does not say what is asked.

    Whoever asks for access need not say more. Nobody is asked to prove who they are here.
    """
    check_given(asked.name, at="name", most=SHORT)
    if asked.kind is RightsKind.ACCESS:
        check_text(asked.wish, at="wish", most=LONGEST_ASKED)
    else:
        check_given(asked.wish, at="wish", most=LONGEST_ASKED)
    if asked.birth_date and asked.birth_date > today:
        raise BornLater(
            words("This birth date has not come yet."), do=words("Check it."), at="birth_date"
        )
    check_text(asked.postal, at="postal", most=SHORT)
    if asked.email:
        check_reach(asked.email)
    elif not asked.postal.strip():
        raise NoWayToAnswer(
            words("We do not know yet where to send the answer."),
            do=words("Enter an e-mail address or a postal address."),
            at="email",
        )


def no_such_request() -> NotFound:
    """Refuse a receipt number that no request has: in the same words if there was one once."""
    return NotFound(
        words("No request that we still have has this receipt number."),
        do=words(
            "Compare it with the one that you were given. If you asked by mail or on paper, you"
            " have none: write to us instead."
        ),
        at="receipt",
    )
