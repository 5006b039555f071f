"""Replies of the rights desk: what they rest on and may say, who answers them, when they leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.clocks_events import Happened
from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import OwnRequest
from evenhand.rules.public_rights import LONGEST_ASKED, RightsKind
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention import RELEASE_DAYS
from evenhand.rules.texts import check_own_words, says_nothing
from evenhand.rules.words import words

QUIET_FOR = timedelta(days=21)
"""A reply that gives nothing leaves so long after the month began: soon and late look alike."""


FAULT = "fault"
"""Why a letter failed that the desk itself could not send: its address was not tried."""


ERASED_WITHIN = timedelta(days=60)
"""So long after it was granted in writing a record is gone, also where nobody releases it."""


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
    """What a person is written. A reply ends a request; that and what is given further take two."""

    ACKNOWLEDGEMENT = "acknowledgement"
    IDENTITY = "identity"
    FEE = "fee"
    CLARIFICATION = "clarification"
    EXTENSION = "extension"
    WITHDRAWAL = "withdrawal"
    REPLY = "reply"
    FURTHER = "further"


WRITES: Mapping[Happened, LetterKind] = {
    Happened.IDENTITY_ASKED: LetterKind.IDENTITY,
    Happened.FEE_ASKED: LetterKind.FEE,
    Happened.CLARIFICATION_ASKED: LetterKind.CLARIFICATION,
    Happened.EXTENDED: LetterKind.EXTENSION,
}
"""What is asked of a person, or told them, is asked and told in a letter."""


class LetterStanding(StrEnum):
    """Where a letter stands. ``UNDELIVERED``: whoever it is for could not be reached."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    SENT = "sent"
    UNDELIVERED = "undelivered"


class Route(StrEnum):
    """How a letter leaves."""

    MAIL = "mail"
    POST = "post"


class NotSearched(Refused):
    """A reply rests on a search; of what it found it is said whose it is, or quarantine is left."""

    code = "E-SAR-36"
    clause = words("DPA 2018 s.45(2A): a reasonable and proportionate search")
    kind = Kind.CONFLICT


class ReplyDoesNotFit(Refused):
    """A reply says of a request only what is so: what was found, given, done or held back."""

    code = "E-RGT-03"
    clause = words("DPA 2018 ss.45 and 48")
    kind = Kind.CONFLICT


class HeldBackUnsaid(ReplyDoesNotFit):
    """A reply from which something is held back that the person may know of says so."""

    code = "E-RST-37"
    clause = words("DPA 2018 s.45(5)(a)")


class NotDone(ReplyDoesNotFit):
    """What was asked for is answered as put right, erased or restricted only once it is so."""

    code = "E-RCT-39"
    clause = words("DPA 2018 ss.46, 47 and 48(1)")


class LettersTellApart(Refused):
    """That nothing is held and that all is restricted are told in the same words, on one day."""

    code = "E-RST-38"
    clause = words("DPA 2018 ss.45(6) and 48(4)")
    kind = Kind.CONFLICT


class UnfoundedWithoutGrounds(Refused):
    """A request is manifestly unfounded or excessive only with what shows it, and with reasons."""

    code = "E-MUE-44"
    clause = words("DPA 2018 s.53(1)–(3), (6) and (7)")


class LetterNotReady(Refused):
    """A letter is proposed, answered by a second officer where it replies, and then sent once."""

    code = "E-RGT-05"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a reply rests on. ``told``: pieces of which the person reads that they are held back.

    ``searches``: by how many keys, and ``by_name``: by how many that have a name. ``more``: others
    have one of them that were not taken.
    ``in_quarantine``: records of old systems that have one of them and that nobody settled yet.
    ``joined``: records that are one person's with one of theirs and that no search found.
    ``whole``: records of which nothing is given. ``done``: records on which what was asked for has
    been done.
    """

    searches: int
    by_name: int
    more: bool = False
    in_quarantine: int = 0
    joined: int = 0
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


def check_nothing_waits(waits: bool) -> None:
    """Refuse to change what a reply rests on that waits to be answered or sent."""
    if waits:
        raise LetterNotReady(
            words("A reply to this request waits to be approved or sent."),
            do=words("Have the second officer return it first, if it must change."),
        )


def check_reply(kind: RightsKind, reply: Reply, basis: Basis) -> None:
    """Refuse a reply that does not fit what was asked, found, held back and done."""
    _check_words(kind, reply)
    if kind is RightsKind.COMPLAINT or reply.outcome is _O.UNFOUNDED:
        return
    _check_searched(basis, reply.outcome)
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
        raise _unfit(reply.outcome, basis)(
            words("This is not how it stands with the records that were found."),
            do=words("Look at what is theirs, what is held back and what was done, then choose."),
            at="outcome",
        )


def _unfit(outcome: RightsOutcome, basis: Basis) -> type[ReplyDoesNotFit]:
    """Give the rule that a reply breaks which does not say how it stands."""
    if outcome is _O.GIVEN and basis.told:
        return HeldBackUnsaid
    return NotDone if outcome in DOES else ReplyDoesNotFit


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
    check_own_words(reply.because, at="because")
    if reply.outcome is _O.NOTHING_TO_GIVE and not says_nothing(reply.reasons):
        raise LettersTellApart(
            words("Words of your own would tell this letter from the others of its kind."),
            do=words("Leave them out. Say for the desk alone why it is so."),
            at="reasons",
        )
    if kind is RightsKind.COMPLAINT or reply.outcome in NEEDS_REASONS:
        check_own_words(reply.reasons, at="reasons", most=LONGEST_ASKED)


def _check_searched(basis: Basis, outcome: RightsOutcome) -> None:
    if not basis.searches:
        raise NotSearched(
            words("Nobody has searched for this request yet."),
            do=words("Search by the name with the birth date, or by the reference of a record."),
        )
    if outcome is _O.NOTHING_TO_GIVE and not basis.by_name:
        raise NotSearched(
            words("The letter says that you looked by their name, and nobody has."),
            do=words("Search by the name with the birth date, and by the name alone."),
        )
    if basis.in_quarantine:
        raise NotSearched(
            words("A record of an old system in quarantine has a key that was searched by."),
            do=words(
                "Have an officer look at it who brings old systems over: pass it on, or reject it."
                " Then search by the same key again."
            ),
        )
    if basis.more:
        raise NotSearched(
            words("Not every record that has a key that was searched by was looked at."),
            do=words("Search by the same key again, until there are no more."),
        )
    if basis.joined:
        raise NotSearched(
            words("A record that was joined with one of theirs as one person’s was not found."),
            do=words("Search by the same key again, and say whose it is."),
        )
    if basis.unsettled:
        raise NotSearched(
            words("Of a record that was found nobody has said whether it is theirs."),
            do=words("Say it of each record, and why."),
        )


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
