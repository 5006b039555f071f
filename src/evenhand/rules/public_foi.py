"""What anyone asks the desk for information with, and what makes a request valid."""

from dataclasses import dataclass

from evenhand.rules.public_reports import check_reach
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused, raise_all
from evenhand.rules.texts import SHORT, check_text, says_nothing
from evenhand.rules.words import words

LONGEST_ASKED = 10_000
LONGEST_NAME = 200
LONGEST_POSTAL = 1_000


class NotValid(Refused):
    """A request is in writing, with a name, an address for the reply and what is asked for."""

    code = "E-FOI-08"
    clause = words("FOIA 2000 s.8(1)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoiAsked:
    """What somebody asks for, and where the reply goes: an e-mail address, a postal one, or both.

    ``language`` is the one that they asked in, and are written to in.
    """

    name: str
    asked: str
    email: str = ""
    postal: str = ""
    language: str = "en"


def check_asked(asked: FoiAsked) -> None:
    """Refuse what is no valid request, naming all that lacks. FOIA 2000 s.8(1)."""
    faults: list[Refused] = []
    for text, at, most in (
        (asked.name, "name", LONGEST_NAME),
        (asked.asked, "asked", LONGEST_ASKED),
    ):
        if says_nothing(text):
            faults.append(_not_valid(at))
        else:
            faults += _kept(text, at=at, most=most)
    raise_all([*faults, *_reached(asked.email, asked.postal)])


def check_reached(email: str, postal: str) -> None:
    """Refuse to keep no address for the reply, or one that cannot be written to."""
    raise_all(_reached(email, postal))


def no_such_request() -> NotFound:
    """Refuse a request that is not there, in the same words if there was one once."""
    return NotFound(
        words("There is no such request for information, or not any more."),
        do=words("Check the number, or open the list of requests."),
    )


def no_such_receipt() -> NotFound:
    """Refuse a receipt number that no request has: in the same words if there was one once."""
    return NotFound(
        words("No request that we still have has this receipt number."),
        do=words(
            "Compare it with the one that you were given. If you asked by mail or on paper, you"
            " have none: write to us instead."
        ),
        at="receipt",
    )


def _not_valid(at: str) -> NotValid:
    sentences = {
        "name": words("The request does not say who asks."),
        "asked": words("The request does not say what information is wanted."),
        "email": words("The request does not say where the reply goes."),
    }
    ways_on = {
        "name": words("Enter the name of whoever asks, as they gave it."),
        "asked": words("Describe the information."),
        "email": words("Enter an e-mail address or a postal address."),
    }
    return NotValid(sentences[at], do=ways_on[at], at=at)


def _kept(text: str, *, at: str, most: int = SHORT) -> list[Refused]:
    try:
        check_text(text, at=at, most=most)
    except Refused as refused:
        return [refused]
    return []


def _reached(email: str, postal: str) -> list[Refused]:
    faults: list[Refused] = []
    if email:
        try:
            check_reach(email)
        except Refused as refused:
            faults.append(refused)
    if postal:
        faults += _kept(postal, at="postal", most=LONGEST_POSTAL)
    if says_nothing(email) and says_nothing(postal):
        faults.append(_not_valid("email"))
    return faults
