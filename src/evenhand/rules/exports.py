"""One referral for somebody outside: asked for by one officer, allowed by another, then taken."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from evenhand.rules.agreements import Field, NoAgreement, Opened, Terms, check_open, named
from evenhand.rules.officers import Officer
from evenhand.rules.people import BOTH_WITHIN, Asked, check_second_officer
from evenhand.rules.purposes import OTHERS, OWN, Purpose
from evenhand.rules.referrals import State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import UnknownChoice
from evenhand.rules.words import words

FOR = (OWN, *OTHERS)
"""What a referral may leave for. Rights in law are answered in another way."""


class ExportStands(Refused):
    """An export is answered once, by a second officer, and taken within 72 hours of that."""

    code = "E-EXP-01"
    clause = words("Rule of this desk: two people for what leaves")
    kind = Kind.CONFLICT


class NotCleaned(Refused):
    """A still leaves without what its file says beside the picture."""

    code = "E-EXP-02"
    clause = words("DPA 2018 s.37: not excessive")
    kind = Kind.CONFLICT


class ExportWithdrawn(Refused):
    """What the desk withdrew, on its own or upon a challenge, leaves to nobody."""

    code = "E-EXP-03"
    clause = words("DPA 2018 s.38: what is no longer right is not made available")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Under which agreement and to whom there a referral is to go, for what, and why."""

    agreement: str
    recipient: UUID
    purpose: Purpose
    reason: str


@dataclass(frozen=True, slots=True)
class Export:
    """An export as the rules see one. ``allowed`` is None until somebody has answered."""

    asked: Asked
    allowed: bool | None
    answered_at: datetime | None


def check_purpose_of(purpose: Purpose) -> None:
    """Refuse to export for what nothing leaves for."""
    if purpose not in FOR:
        raise UnknownChoice(
            words("No referral leaves for this purpose."),
            do=words("Choose another, or ask the rights officer."),
            at="purpose",
        )


def check_terms(
    terms: Terms, recipient: UUID, opened: list[Opened], *, child: bool, today: date
) -> None:
    """Refuse an agreement under which no referral leaves, and without a key to seal to."""
    check_open(terms.kind, opened, child=child, today=today)
    named(terms, recipient)
    if Field.CONTENT not in terms.fields:
        raise NoAgreement(
            words("The agreement does not let content leave."),
            do=words("Choose one that does, or share nothing."),
            at="agreement",
        )
    if not terms.lock:
        raise NoAgreement(
            words("The agreement has no key that captures could be sealed to."),
            do=words("Have the key added in a new version of the agreement."),
            at="agreement",
        )


def check_not_withdrawn(state: State) -> None:
    """Refuse to export a referral that was withdrawn."""
    if state is State.WITHDRAWN:
        raise ExportWithdrawn(
            words("This referral was withdrawn."),
            do=words("Nothing of it leaves. Tell whoever asked for it."),
        )


def check_stands_as(told: State, now: State) -> None:
    """Refuse to hand out a bag that says of its referral what is not so any more."""
    if told is not now:
        raise ExportStands(
            words("The referral changed while the file was put together."),
            do=words("Look at the referral, and take it again."),
        )


def check_waits(export: Export) -> None:
    """Refuse to answer what was answered already."""
    if export.allowed is not None:
        raise ExportStands(
            words("A colleague has answered this already."), do=words("Look at it again.")
        )


def check_may_allow(export: Export, officer: Officer, *, now: datetime) -> None:
    """Refuse to allow what was answered, what one asked for oneself, or asked for too long ago."""
    check_waits(export)
    check_second_officer(export.asked, officer, now=now)


def check_may_take(export: Export, *, now: datetime) -> None:
    """Refuse to take what nobody allowed, or allowed more than 72 hours ago."""
    if not export.allowed or export.answered_at is None:
        raise ExportStands(
            words("No second officer has allowed this export."),
            do=words("Wait for the answer. What was refused is asked for anew."),
        )
    if now - export.answered_at > BOTH_WITHIN:
        raise ExportStands(
            words("This export was allowed more than 72 hours ago."), do=words("Ask for it anew.")
        )


def nothing_left() -> ExportStands:
    """Refuse to export a referral whose content was disposed of."""
    return ExportStands(
        words("The content of this referral was disposed of."),
        do=words("Nothing of it leaves any more."),
    )


def not_the_same() -> ExportStands:
    """Refuse to hand out other captures than were allowed."""
    return ExportStands(
        words("A capture of this export was stopped or is gone."),
        do=words("Ask for it anew, without that capture."),
    )
