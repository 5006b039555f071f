"""The first look: what goes with each outcome, and what is done when a life is at risk."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evenhand.rules.intake import EARLIEST, SKEW
from evenhand.rules.referrals import Referral, State, TriageOutcome
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import SHORT, check_given, check_reason, check_text
from evenhand.rules.words import words

ENDING = frozenset({TriageOutcome.NOT_FOR_US, TriageOutcome.DUPLICATE})
"""Outcomes that end a referral, and so need a reason. An emergency is acted on first."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What an officer adds to an outcome: who deals with it instead, or which referral it repeats.

    Both may be left out, as in calls of the API from before they were asked for.
    """

    signpost: str = ""
    duplicate_of: str = ""


NO_DETAIL = Detail()


class EmergencyStep(StrEnum):
    """What was done because a life was at risk."""

    CONTROL_ROOM = "control_room"
    CALLED_999 = "called_999"
    PLATFORM_DISCLOSURE = "platform_disclosure"
    OTHER_FORCE = "other_force"
    SAFEGUARDING = "safeguarding"
    NO_LIFE_AT_RISK = "no_life_at_risk"


@dataclass(frozen=True, slots=True)
class EmergencyRecord:
    """What was done in an emergency, when, who was told, under which reference, and how it went."""

    done: frozenset[EmergencyStep]
    done_at: datetime
    told: str
    their_reference: str = ""
    words: str = ""


class SignpostUnknown(Refused):
    """A signpost is one of the desk’s closed list."""

    code = "E-TRI-01"


class DetailMisplaced(Refused):
    """A signpost goes with “not for us”, and the referral that is repeated with “duplicate”."""

    code = "E-TRI-02"


class RepeatsNothing(Refused):
    """A duplicate repeats another referral of this desk that is none and still has its words."""

    code = "E-TRI-03"
    clause = words("DPA 2018 s.38(1): accurate")


class NothingDone(Refused):
    """The record of an emergency says what was done, from the closed list."""

    code = "E-EMER-01"
    clause = words("Rule of this desk: a life comes first")


class DoneAtImpossible(Refused):
    """What was done in an emergency was done before it was recorded."""

    code = "E-EMER-02"
    clause = words("DPA 2018 s.38(1): accurate")


class WordsDestroyed(Refused):
    """Nothing is written down about content that went by the statutory route."""

    code = "E-EMER-03"
    clause = words("Protection of Children Act 1978 s.1; rule A77")
    verified = False
    kind = Kind.CONFLICT


_NOT_REPEATED: Mapping[State, tuple[str, str]] = {
    State.DUPLICATE: (
        words("Referral {reference} is a duplicate itself."),
        words("Enter the reference of the referral that it repeats."),
    ),
    State.STATUTORY_ROUTE: (
        words("Referral {reference} went by the statutory route."),
        words("Go on with this one: what shows the same has to go by that route itself."),
    ),
}


def check_triage(
    outcome: TriageOutcome, reason: str, detail: Detail, *, signposts: Collection[str]
) -> None:
    """Refuse an ending without a reason, and a detail that does not belong to the outcome."""
    if outcome in ENDING:
        check_reason(reason)
    else:
        check_text(reason, at="reason")
    if detail.signpost and outcome is not TriageOutcome.NOT_FOR_US:
        raise _misplaced("signpost")
    if detail.duplicate_of and outcome is not TriageOutcome.DUPLICATE:
        raise _misplaced("duplicate_of")
    if detail.signpost:
        check_signpost(detail.signpost, signposts)


def check_signpost(signpost: str, signposts: Collection[str]) -> None:
    """Refuse to send somebody to a body that the desk's list does not have."""
    if signpost not in signposts:
        raise SignpostUnknown(
            words("This is not one of the desk’s signposts."),
            do=words("Choose one of: {choices}."),
            at="signpost",
            choices=", ".join(signposts),
        )


def check_repeats(referral: Referral, other: Referral) -> None:
    """Refuse a duplicate of itself, of what is a duplicate, or of what has lost its words."""
    if referral.reference == other.reference:
        raise RepeatsNothing(
            words("A referral cannot be a duplicate of itself."),
            do=words("Enter the reference of the other referral."),
            at="duplicate_of",
        )
    if other.state in _NOT_REPEATED:
        sentence, do = _NOT_REPEATED[other.state]
        raise RepeatsNothing(sentence, do=do, at="duplicate_of", reference=other.reference)


def is_emergency(triage: str | None, *, recorded: bool) -> bool:
    """Say whether a life was at risk, at first look or by a record of what was done. In doubt yes.

    What came of it afterwards changes nothing: nothing about it waits that protects somebody.
    """
    return triage == TriageOutcome.EMERGENCY or recorded


def check_may_record_emergency(referral: Referral) -> None:
    """Refuse words where every word was destroyed; in any other state a life may be at risk."""
    if referral.state is State.STATUTORY_ROUTE:
        raise WordsDestroyed(
            words("Referral {reference} went by the statutory route."),
            do=words("Record what was done in the force’s own systems."),
            reference=referral.reference,
        )


def check_emergency_record(record: EmergencyRecord, *, now: datetime) -> None:
    """Refuse an incomplete or impossible record of an emergency, every fault at once."""
    raise_all(_faults(record, now))


def _faults(record: EmergencyRecord, now: datetime) -> Iterator[Refused]:
    if not record.done:
        yield NothingDone(
            words("The record does not say what was done."),
            do=words("Select everything that was done."),
            at="done",
        )
    if not EARLIEST <= record.done_at <= now + SKEW:
        yield DoneAtImpossible(
            words("This cannot be when it was done."),
            do=words("Enter the time at which somebody was told."),
            at="done_at",
        )
    for text, at, check in (
        (record.told, "told", check_given),
        (record.their_reference, "their_reference", check_text),
    ):
        try:
            check(text, at=at, most=SHORT)
        except Refused as refused:
            yield refused
    try:
        check_text(record.words, at="words")
    except Refused as refused:
        yield refused


def _misplaced(at: str) -> DetailMisplaced:
    return DetailMisplaced(
        words("This does not belong to the outcome you chose."),
        do=words("Leave it out, or choose the outcome that it belongs to."),
        at=at,
    )
