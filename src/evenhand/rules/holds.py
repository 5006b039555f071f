"""Holds: what keeps a record from being disposed of, for how long, and who may end it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.officers import OfficerRef
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import SHORT, check_text, says_nothing
from evenhand.rules.words import words

LONGEST_HOLD = timedelta(days=365)
"""A hold for evidence ends within a year; who needs it longer places it anew, with its reason."""


class HoldKind(StrEnum):
    """Why a record is held. The last two end with the request that they are for.

    One for information outlasts the reply: ``foi_due.held_until``.
    """

    EVIDENCE = "evidence"
    RIGHTS = "rights"
    FOI = "foi"


class HoldIncomplete(Refused):
    """A hold names its reference; one for evidence its owner and an end within 12 months, too."""

    code = "E-HOLD-26"
    clause = words("DPA 2018 ss.46(4), 47(2): restricted where needed as evidence")


class OnHold(Refused):
    """What a hold keeps is not disposed of, whoever asks and whatever is due."""

    code = "E-HOLD-30"
    clause = words("FOIA 2000 ss.1(4), 77; DPA 2018 s.173; CPIA 1996 code")
    kind = Kind.CONFLICT


class HoldUnknown(Refused):
    """Only a hold that stands is asked to end, and only after that is it ended."""

    code = "E-HOLD-31"
    kind = Kind.CONFLICT


class OtherOfficerNeeded(Refused):
    """What one officer proposed about keeping or disposing, another one confirms."""

    code = "E-TWO-05"
    clause = words("Rule of this desk: two people keep or dispose")
    kind = Kind.FORBIDDEN


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold on one record. ``expires_on`` is its last day; requests have none while open."""

    kind: HoldKind
    expires_on: date | None = None
    ended: bool = False

    def stands(self, today: date) -> bool:
        """Say whether it keeps the record today."""
        return not self.ended and (self.expires_on is None or today <= self.expires_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a record is evidence of: the reference, who answers for it, the last day of the hold."""

    their_reference: str = ""
    owner: str = ""
    expires_on: date | None = None


NO_EVIDENCE = Evidence()


def check_hold(
    kind: HoldKind, *, owner: str, their_reference: str, expires_on: date | None, today: date
) -> None:
    """Refuse a hold without its reference; one for evidence without owner or an end in time."""
    for text, at in ((their_reference, "their_reference"), (owner, "owner")):
        check_text(text, at=at, most=SHORT)
    if says_nothing(their_reference):
        raise _incomplete("their_reference")
    if kind is not HoldKind.EVIDENCE:
        if expires_on is not None:
            raise _incomplete("expires_on")
        return
    if says_nothing(owner):
        raise _incomplete("owner")
    if expires_on is None or not today <= expires_on <= today + LONGEST_HOLD:
        raise _incomplete("expires_on")


def check_evidence(evidence: Evidence, *, needed: bool, today: date) -> None:
    """Refuse to restrict as evidence what is held for nothing, or to hold what is no evidence."""
    if needed:
        check_hold(
            HoldKind.EVIDENCE,
            owner=evidence.owner,
            their_reference=evidence.their_reference,
            expires_on=evidence.expires_on,
            today=today,
        )
    elif evidence != NO_EVIDENCE:
        raise HoldIncomplete(
            words("This record is held only if it is needed as evidence."),
            do=words("Choose that reason, or leave the reference, the owner and the day empty."),
            at="because",
        )


def is_held(holds: Iterable[Hold], *, today: date) -> bool:
    """Say whether something keeps a record today."""
    return any(it.stands(today) for it in holds)


def is_evidence(holds: Iterable[Hold], *, today: date) -> bool:
    """Say whether a record is held as evidence today."""
    return is_held((it for it in holds if it.kind is HoldKind.EVIDENCE), today=today)


def check_no_hold(holds: Iterable[Hold], *, today: date) -> None:
    """Refuse to dispose of what is held. Nothing outweighs a hold. A26, A30."""
    if is_held(holds, today=today):
        raise OnHold(
            words("This record is held, so it is kept."),
            do=words(
                "Wait until the hold has ended, the challenge is settled, or the person who asked"
                " about their data has been answered. What is held is never disposed of."
            ),
        )


def check_kept_as_evidence(holds: Iterable[Hold], evidence: str, *, today: date) -> None:
    """Refuse to put right what is held unless the wrong one is kept, restricted. A26, A30."""
    if is_held(holds, today=today) and says_nothing(evidence):
        raise OnHold(
            words("This record is held, so what is wrong in it is kept as well."),
            do=words("Give the reference of what it is held for. The wrong one is then kept."),
            at="evidence",
        )


def check_other_officer(first: OfficerRef | None, second: OfficerRef) -> None:
    """Refuse to have the same person propose and confirm."""
    if first == second:
        raise OtherOfficerNeeded(
            words("You proposed this yourself."), do=words("Ask a colleague to confirm it.")
        )


def _incomplete(at: str) -> HoldIncomplete:
    return HoldIncomplete(
        words("This hold does not say enough."),
        do=words(
            "Give the reference. Evidence needs its owner and an end within 12 months; a request"
            " holds until it is answered."
        ),
        at=at,
    )
