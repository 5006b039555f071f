"""The rights desk: what a request waits for, what a reply rests on, and who lets it leave."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.calendar import Calendar
from evenhand.rules.clocks_events import Event, Happened, Request
from evenhand.rules.clocks_law import Clock, Due, beginning_with, days_after
from evenhand.rules.clocks_rights import check_may_happen, due
from evenhand.rules.notification import Decision, RestrictionGround, Telling, check_decision
from evenhand.rules.public_rights import LONGEST_ASKED, RightsKind
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.rights_replies import ReplyDoesNotFit, UnfoundedWithoutGrounds
from evenhand.rules.texts import check_own_words, says_nothing
from evenhand.rules.words import words

REFERENCE = re.compile(r"R-[2-9A-HJ-NP-Z]{8}")
MOST_OPEN = 500
LONGEST_AGO = timedelta(days=365)
"""So long ago a request may have come that is logged today. What is older is a slip of the pen."""
CLOCKS: Mapping[RightsKind, str] = {
    RightsKind.ACCESS: "E01",
    RightsKind.RECTIFICATION: "E03",
    RightsKind.ERASURE: "E03",
    RightsKind.RESTRICTION: "E03",
    RightsKind.COMPLAINT: "E07",
}
"""By which clock each kind is answered. A refusal (E04) and a notice of restriction (E02) are
answers, too, in the same month; more time (E05) is taken inside it."""
ACKNOWLEDGED = "E06"
SCHEDULES: Mapping[RightsKind, str] = {
    it: "D13" if it is RightsKind.COMPLAINT else "D12" for it in RightsKind
}
OF_CONTACTS = "D30"


class CameBy(StrEnum):
    """How a request reached the desk."""

    FORM = "form"
    MAIL = "mail"
    PAPER = "paper"


class RightsStanding(StrEnum):
    """Where a request stands. ``LIFTED``: it was answered, and more is to be given since.

    ``UNREACHED``: so it was, and whoever asked could not be reached to be given it.
    """

    OPEN = "open"
    REPLIED = "replied"
    LIFTED = "lifted"
    UNREACHED = "unreached"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({RightsStanding.REPLIED, RightsStanding.LIFTED})
"""While an answered request stands so, what it holds back by law is looked at again and given."""
ANSWERED = ENDED | {RightsStanding.UNREACHED}
HOLDS = frozenset({RightsStanding.OPEN, RightsStanding.LIFTED})
"""While a request stands so, what it found does not go: somebody is still to be given it."""


class Withheld(StrEnum):
    """Why a piece of a record is not given, and whether the person is told that it is not."""

    THIRD_PARTY = "third_party"
    RESTRICTED_TOLD = "restricted_told"
    RESTRICTED_UNTOLD = "restricted_untold"


RESTRICTED = frozenset({Withheld.RESTRICTED_TOLD, Withheld.RESTRICTED_UNTOLD})


class NoReasonableDoubt(Refused):
    """Who somebody is, is asked for only on reasonable doubt, and the doubt is written down."""

    code = "E-ID-43"
    clause = words("DPA 2018 s.52(4)")


class Answered(Refused):
    """A request is answered once, or withdrawn; after that it is not changed."""

    code = "E-RGT-04"
    kind = Kind.CONFLICT


class NotReceivedYet(Refused):
    """A request is logged with the day on which it came: not to come, nor long past."""

    code = "E-RGT-06"


class NotAPiece(Refused):
    """Only a piece of a record that was found and is theirs is held back, and once."""

    code = "E-RGT-07"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That a piece is not given, why, and for a restriction on which ground and until when."""

    withheld: Withheld
    reasons: str
    ground: RestrictionGround | None = None
    lawyer: str = ""
    review_on: date | None = None


def due_of(kind: RightsKind, clock: Clock, request: Request, calendar: Calendar) -> Due:
    """Give the last days of a request, whatever it asks for. Clocks E01 to E05, E07."""
    if kind is RightsKind.COMPLAINT:
        return days_after(clock, request.received_on)
    return due(clock, request, calendar)


def acknowledge_by(clock: Clock, received_on: date) -> date | None:
    """Give the day by which a complaint is acknowledged: receipt is day 1. Clock E06."""
    return beginning_with(clock, received_on).target


def check_received(received_on: date, *, today: date) -> None:
    """Refuse a day of receipt that has not come, or that is more than a year ago."""
    oldest = today - LONGEST_AGO
    if received_on < oldest:
        raise NotReceivedYet(
            words("This day is before {day}: more than a year ago."),
            do=words(
                "Look at the year. If it is right, enter that day, and in words when it came."
            ),
            at="received_on",
            day=oldest.isoformat(),
        )
    if received_on > today:
        raise NotReceivedYet(
            words("This day has not come yet."),
            do=words("Enter the day on which the request reached the desk."),
            at="received_on",
        )


def check_open(standing: RightsStanding) -> None:
    """Refuse to go on with what is answered."""
    if standing is RightsStanding.WITHDRAWN:
        raise Answered(
            words("This request was withdrawn."), do=words("A new request is logged anew.")
        )
    if standing is not RightsStanding.OPEN:
        raise Answered(
            words("This request has been answered."),
            do=words("A new request is logged anew."),
        )


def check_event(
    kind: RightsKind, clock: Clock, request: Request, event: Event, reasons: str
) -> None:
    """Refuse what does not move the clock of this request, or is asked without its reasons."""
    if kind is RightsKind.COMPLAINT:
        raise ReplyDoesNotFit(
            words("The clock of a complaint is not moved."),
            do=words("Acknowledge it, and reply without delay."),
            at="what",
        )
    if event.what is Happened.IDENTITY_ASKED and says_nothing(reasons):
        raise NoReasonableDoubt(
            words("It does not say yet why it is in doubt who asks."),
            do=words("Write the doubt down. Where there is none, go on without asking."),
            at="reasons",
        )
    if event.what is Happened.FEE_ASKED and says_nothing(reasons):
        raise UnfoundedWithoutGrounds(
            words("It does not say yet what makes the request unfounded or excessive."),
            do=words("Write down what shows it. Where nothing does, no fee is asked."),
            at="reasons",
        )
    if event.what is Happened.EXTENDED and request.waits_for:
        raise ReplyDoesNotFit(
            words("The time to answer stands still: nobody can say yet by when it is answered."),
            do=words("Enter the answer first, when it comes."),
            at="what",
        )
    check_own_words(reasons, at="reasons", most=LONGEST_ASKED)
    check_may_happen(clock, request, event)


def check_mark(mark: Mark, *, today: date) -> None:
    """Refuse to hold a piece back without reasons; a restriction needs its ground and review."""
    if mark.withheld is Withheld.THIRD_PARTY:
        check_own_words(mark.reasons, at="reasons")
        return
    decision = Decision(
        telling=Telling.RESTRICT,
        reasons=mark.reasons,
        ground=mark.ground,
        lawyer=mark.lawyer,
        review_on=mark.review_on,
    )
    check_decision(decision, today=today)


def check_of_whole(mark: Mark) -> None:
    """Refuse to hold a whole record back and tell of it: a letter would say that there is one."""
    if mark.withheld is not Withheld.RESTRICTED_UNTOLD:
        raise NotAPiece(
            words("A whole record is held back as if there were none, or not at all."),
            do=words("Hold back what they may know of piece by piece."),
            at="withheld",
        )


def no_such_rights_request() -> NotFound:
    """Refuse a reference that no request has."""
    return NotFound(
        words("There is no request with this reference, or not any more."),
        do=words("Check the reference: it looks like R-7K3M9XQA."),
    )
