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
from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import OwnRequest
from evenhand.rules.public_rights import LONGEST_ASKED, RightsKind
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention import RELEASE_DAYS
from evenhand.rules.texts import check_given, says_nothing
from evenhand.rules.words import words

REFERENCE = re.compile(r"R-[2-9A-HJ-NP-Z]{8}")
QUIET_FOR = timedelta(days=21)
"""A reply that gives nothing leaves so long after the month began: soon and late look alike."""
ERASED_WITHIN = timedelta(days=60)
"""So long after it was granted in writing a record is gone, also where nobody releases it."""
MOST_OPEN = 500
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
    """Where a request stands."""

    OPEN = "open"
    REPLIED = "replied"


class RightsOutcome(StrEnum):
    """How a request is answered. ``NOTHING_TO_GIVE``: nothing is held, or all is restricted."""

    GIVEN = "given"
    GIVEN_IN_PART = "given_in_part"
    NOTHING_TO_GIVE = "nothing_to_give"
    GRANTED = "granted"
    GRANTED_IN_PART = "granted_in_part"
    REFUSED = "refused"
    UNFOUNDED = "unfounded"


_O = RightsOutcome
_OF_A_RECORD = frozenset(
    {_O.GRANTED, _O.GRANTED_IN_PART, _O.REFUSED, _O.UNFOUNDED, _O.NOTHING_TO_GIVE}
)
OUTCOMES: Mapping[RightsKind, frozenset[RightsOutcome]] = {
    RightsKind.ACCESS: frozenset({_O.GIVEN, _O.GIVEN_IN_PART, _O.NOTHING_TO_GIVE, _O.UNFOUNDED}),
    RightsKind.RECTIFICATION: _OF_A_RECORD,
    RightsKind.ERASURE: _OF_A_RECORD,
    RightsKind.RESTRICTION: _OF_A_RECORD,
    RightsKind.COMPLAINT: frozenset({_O.GRANTED, _O.GRANTED_IN_PART, _O.REFUSED}),
}
GIVES = frozenset({_O.GIVEN, _O.GIVEN_IN_PART})
DOES = frozenset({_O.GRANTED, _O.GRANTED_IN_PART})
NEEDS_REASONS = frozenset({_O.GIVEN_IN_PART, _O.GRANTED_IN_PART, _O.REFUSED, _O.UNFOUNDED})
"""What the person is given reasons for: DPA 2018 ss.45(5), 48(1) and 53(6)."""


class LetterKind(StrEnum):
    """What a person is written. Only a reply ends a request, and only that takes two officers."""

    ACKNOWLEDGEMENT = "acknowledgement"
    IDENTITY = "identity"
    FEE = "fee"
    CLARIFICATION = "clarification"
    EXTENSION = "extension"
    REPLY = "reply"


WRITES: Mapping[Happened, LetterKind] = {
    Happened.IDENTITY_ASKED: LetterKind.IDENTITY,
    Happened.FEE_ASKED: LetterKind.FEE,
    Happened.CLARIFICATION_ASKED: LetterKind.CLARIFICATION,
    Happened.EXTENDED: LetterKind.EXTENSION,
}
"""What is asked of a person, or told them, is asked and told in a letter."""


class LetterStanding(StrEnum):
    """Where a letter stands."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    SENT = "sent"


class Route(StrEnum):
    """How a letter leaves."""

    MAIL = "mail"
    POST = "post"


class Withheld(StrEnum):
    """Why a piece of a record is not given, and whether the person is told that it is not."""

    THIRD_PARTY = "third_party"
    RESTRICTED_TOLD = "restricted_told"
    RESTRICTED_UNTOLD = "restricted_untold"


RESTRICTED = frozenset({Withheld.RESTRICTED_TOLD, Withheld.RESTRICTED_UNTOLD})


class NotSearched(Refused):
    """A reply rests on a search, and on saying of each record found whether it is theirs."""

    code = "E-SAR-36"
    clause = words("DPA 2018 s.45(2A): a reasonable and proportionate search")
    kind = Kind.CONFLICT


class ReplyDoesNotFit(Refused):
    """A reply says of a request only what is so: what was found, given, done or held back."""

    code = "E-RGT-03"
    clause = words("DPA 2018 ss.45 and 48")
    kind = Kind.CONFLICT


class LettersTellApart(Refused):
    """That nothing is held and that all is restricted are told in the same words, on one day."""

    code = "E-RST-38"
    clause = words("DPA 2018 ss.45(6) and 48(4)")
    kind = Kind.CONFLICT


class UnfoundedWithoutGrounds(Refused):
    """A request is manifestly unfounded or excessive only with what shows it, and with reasons."""

    code = "E-MUE-44"
    clause = words("DPA 2018 s.53(1)–(3), (6) and (7)")


class NoReasonableDoubt(Refused):
    """Who somebody is, is asked for only on reasonable doubt, and the doubt is written down."""

    code = "E-ID-43"
    clause = words("DPA 2018 s.52(4)")


class Answered(Refused):
    """A request is answered once; what was answered is not changed."""

    code = "E-RGT-04"
    kind = Kind.CONFLICT


class LetterNotReady(Refused):
    """A letter is proposed, answered by a second officer where it replies, and then sent once."""

    code = "E-RGT-05"
    kind = Kind.CONFLICT


class NotReceivedYet(Refused):
    """A request is logged with the day on which it came, which is not to come."""

    code = "E-RGT-06"


class NotAPiece(Refused):
    """Only a piece of a record that was found and is theirs is held back, and once."""

    code = "E-RGT-07"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a reply rests on. ``told``: pieces of which the person reads that they are held back.

    ``whole``: records of which nothing is given. ``done``: records on which what was asked for has
    been done.
    """

    searches: int
    unsettled: int
    theirs: int
    whole: int
    told: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply as it is proposed. ``reasons``: what the person reads. ``because``: for the desk."""

    outcome: RightsOutcome
    reasons: str
    because: str


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
    """Refuse a day of receipt that has not come."""
    if received_on > today:
        raise NotReceivedYet(
            words("This day has not come yet."),
            do=words("Enter the day on which the request reached the desk."),
            at="received_on",
        )


def check_open(standing: RightsStanding) -> None:
    """Refuse to go on with what is answered."""
    if standing is not RightsStanding.OPEN:
        raise Answered(
            words("This request has been answered."),
            do=words("A new request is logged anew."),
        )


def check_nothing_waits(waits: bool) -> None:
    """Refuse to change what a reply rests on that waits to be answered or sent."""
    if waits:
        raise LetterNotReady(
            words("A reply to this request waits to be approved or sent."),
            do=words("Have the second officer return it first, if it must change."),
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
    check_given(reasons, at="reasons", most=LONGEST_ASKED)
    check_may_happen(clock, request, event)


def check_reply(kind: RightsKind, reply: Reply, basis: Basis) -> None:
    """Refuse a reply that does not fit what was asked, found, held back and done."""
    _check_words(kind, reply)
    if kind is RightsKind.COMPLAINT or reply.outcome is _O.UNFOUNDED:
        return
    _check_searched(basis)
    given = basis.theirs - basis.whole
    fits = {
        _O.GIVEN: given > 0 and not basis.told,
        _O.GIVEN_IN_PART: given > 0 and basis.told > 0,
        _O.NOTHING_TO_GIVE: given == 0,
        _O.GRANTED: 0 < given <= basis.done,
        _O.GRANTED_IN_PART: given > 0 and basis.done > 0,
        _O.REFUSED: given > 0,
    }
    if not fits[reply.outcome]:
        raise ReplyDoesNotFit(
            words("This is not how it stands with the records that were found."),
            do=words("Look at what is theirs, what is held back and what was done, then choose."),
            at="outcome",
        )


def _check_words(kind: RightsKind, reply: Reply) -> None:
    if reply.outcome not in OUTCOMES[kind]:
        raise ReplyDoesNotFit(
            words("A request of this kind does not end so."),
            do=words("Choose another outcome."),
            at="outcome",
        )
    if reply.outcome is _O.UNFOUNDED and says_nothing(reply.because):
        raise UnfoundedWithoutGrounds(
            words("It does not say yet what shows that the request is unfounded or excessive."),
            do=words("Write down each thing that shows it. The desk has to prove it."),
            at="because",
        )
    check_given(reply.because, at="because")
    if reply.outcome is _O.NOTHING_TO_GIVE and not says_nothing(reply.reasons):
        raise LettersTellApart(
            words("Words of your own would tell this letter from the others of its kind."),
            do=words("Leave them out. Say for the desk alone why it is so."),
            at="reasons",
        )
    if kind is RightsKind.COMPLAINT or reply.outcome in NEEDS_REASONS:
        check_given(reply.reasons, at="reasons", most=LONGEST_ASKED)


def _check_searched(basis: Basis) -> None:
    if not basis.searches:
        raise NotSearched(
            words("Nobody has searched for this request yet."),
            do=words("Search by the name with the birth date, or by the reference of a record."),
        )
    if basis.unsettled:
        raise NotSearched(
            words("Of a record that was found nobody has said whether it is theirs."),
            do=words("Say it of each record, and why."),
        )


def check_mark(mark: Mark, *, today: date) -> None:
    """Refuse to hold a piece back without reasons; a restriction needs its ground and review."""
    if mark.withheld is Withheld.THIRD_PARTY:
        check_given(mark.reasons, at="reasons")
        return
    decision = Decision(
        telling=Telling.RESTRICT,
        reasons=mark.reasons,
        ground=mark.ground,
        lawyer=mark.lawyer,
        review_on=mark.review_on,
    )
    check_decision(decision, today=today)


def check_second(standing: LetterStanding, by: OfficerRef, officer: OfficerRef) -> None:
    """Refuse to answer a letter that does not wait, or that one wrote oneself."""
    if standing is not LetterStanding.PROPOSED:
        raise not_ready()
    if officer == by:
        raise OwnRequest(
            words("You wrote this letter yourself."), do=words("Ask a second officer.")
        )


def check_may_leave(
    standing: LetterStanding, outcome: RightsOutcome | None, *, began_on: date, today: date
) -> None:
    """Refuse to send what nobody approved, and to send what gives nothing before its day."""
    if standing is not LetterStanding.APPROVED:
        raise not_ready()
    if outcome is _O.NOTHING_TO_GIVE and today < leaves_on(began_on):
        raise LettersTellApart(
            words("A letter that gives nothing leaves on {day}, whatever the reason for it is."),
            do=words("Send it on that day."),
            day=leaves_on(began_on).isoformat(),
        )


def leaves_on(began_on: date) -> date:
    """Give the first day on which a reply leaves that gives nothing. A38."""
    return began_on + QUIET_FOR


def erased_by(written_on: date) -> date:
    """Give the day by which a record is gone whose erasure was granted in a letter."""
    return written_on + ERASED_WITHIN


def last_day_of_granted(written_on: date, *, today: date) -> date:
    """Give the last day of such a record, so that it goes in time where nobody releases it."""
    return max(today, erased_by(written_on) - timedelta(days=RELEASE_DAYS + 1))


def not_ready() -> LetterNotReady:
    """Refuse what does not fit where a letter stands."""
    return LetterNotReady(
        words("This letter does not stand so that this can be done."),
        do=words("Open the request again: a colleague may have done it already."),
    )


def no_such_rights_request() -> NotFound:
    """Refuse a reference that no request has."""
    return NotFound(
        words("There is no request with this reference, or not any more."),
        do=words("Check the reference: it looks like R-7K3M9XQA."),
    )
