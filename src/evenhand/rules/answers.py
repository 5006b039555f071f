"""What a platform can answer, what a person can see, and when that counts as a removal."""

from collections.abc import Mapping
from enum import StrEnum

from evenhand.rules.referrals import MoveForbidden, Referral, State, check_can_move
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

PARTS = ("restriction", "facts", "automated_means", "redress")
"""The parts of a statement of reasons in a platform's own words. DSA Article 17(3)."""
DSA = "dsa_statement"
"""The part of a statement of reasons that is in the form of the DSA Transparency Database."""
LONGEST_STATEMENT = 30_000
"""In characters of JSON; one with every field of the schema as long as it may be has 14,000."""


class AnswerKind(StrEnum):
    """What a platform's answer is."""

    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"


class Outcome(StrEnum):
    """What the platform decided. Its own words are kept beside it."""

    RESTRICTED_IN_FULL = "restricted_in_full"
    RESTRICTED_IN_PART = "restricted_in_part"
    DECLINED = "declined"
    ALREADY_GONE = "already_gone"
    GONE_REASON_UNKNOWN = "gone_reason_unknown"
    REFERRED_ELSEWHERE = "referred_elsewhere"
    REINSTATED = "reinstated"


class WhyDeclined(StrEnum):
    """Why a platform says that it will not act, as far as it is about how the desk had asked."""

    WRONG = "wrong"
    IMPRECISE = "imprecise"
    DUPLICATE = "duplicate"
    NOT_SAID = "not_said"


class PlatformStatus(StrEnum):
    """How the platform stands to a referral, shown beside the desk's own state."""

    NONE_YET = "none_yet"
    ACKNOWLEDGED = "acknowledged"
    RESTRICTED_IN_FULL = "restricted_in_full"
    RESTRICTED_IN_PART = "restricted_in_part"
    DECLINED = "declined"
    ALREADY_GONE = "already_gone"
    GONE_REASON_UNKNOWN = "gone_reason_unknown"
    REFERRED_ELSEWHERE = "referred_elsewhere"
    REINSTATED = "reinstated"
    NO_RESPONSE = "no_response"


class Seen(StrEnum):
    """What a person saw when looking at the address again. Never a machine."""

    VISIBLE = "visible"
    NOT_VISIBLE = "not_visible"
    AGE_GATED = "age_gated"
    GEO_LIMITED = "geo_limited"


RESTRICTED = frozenset({PlatformStatus.RESTRICTED_IN_FULL, PlatformStatus.RESTRICTED_IN_PART})

AFTER_ANSWER: Mapping[AnswerKind, State] = {
    AnswerKind.ACKNOWLEDGED: State.ACKNOWLEDGED,
    AnswerKind.DECIDED: State.DECIDED,
}


class OutcomeMissing(Refused):
    """A decided answer names its outcome, and an acknowledgement names none."""

    code = "E-ANS-01"
    clause = words("DSA Article 16(4)–(5)")


class NothingToReinstate(Refused):
    """Only content that the platform had restricted can be reinstated."""

    code = "E-ANS-02"


class WhyOnlyIfDeclined(Refused):
    """Why a platform declined is said of what it declined, and of nothing else."""

    code = "E-ANS-04"
    clause = words("DSA Article 22(6): the desk knows its own errors")
    verified = False


class StatementWrong(Refused):
    """A statement of reasons in the form of the DSA Transparency Database keeps to that form."""

    code = "E-ANS-03"
    clause = words("DSA Article 17(3); schema of the Transparency Database, 1 July 2025")


def check_answer(
    referral: Referral, kind: AnswerKind, outcome: Outcome | None, status: PlatformStatus
) -> None:
    """Refuse an answer that does not fit the referral's state or what the platform said before.

    Under challenge, its state is the one that the challenge interrupted.
    """
    referral = referral.unchallenged()
    if (outcome is None) == (kind is AnswerKind.DECIDED):
        raise OutcomeMissing(
            words("A decision needs an outcome, and an acknowledgement has none."),
            do=words("Choose what the platform decided."),
            at="outcome",
        )
    if referral.state is State.CLOSED and outcome is not Outcome.REINSTATED:
        raise MoveForbidden(
            words("Referral {reference} is closed."),
            do=words("Reopen it first. Only a reinstatement is recorded on a closed referral."),
            reference=referral.reference,
        )
    if referral.state is not State.WITHDRAWN or outcome is not Outcome.REINSTATED:
        check_can_move(referral, AFTER_ANSWER[kind])
    _check_was_sent(referral)
    if outcome is Outcome.REINSTATED and status not in RESTRICTED:
        raise NothingToReinstate(
            words("The platform had not restricted this content."),
            do=words("Choose another outcome."),
            at="outcome",
        )


def check_why_declined(outcome: Outcome | None, why: WhyDeclined | None) -> None:
    """Refuse a reason for declining where nothing was declined. None: nobody said."""
    if why is not None and outcome is not Outcome.DECLINED:
        raise WhyOnlyIfDeclined(
            words("Only what the platform declined has a reason for declining."),
            do=words("Leave the reason out, or choose that they declined."),
            at="why_declined",
        )


def check_may_look_again(referral: Referral) -> None:
    """Refuse a re-check of a referral that was never sent, or is closed but for a challenge."""
    referral = referral.unchallenged()
    check_can_move(referral, State.CHECKED)
    _check_was_sent(referral)


def _check_was_sent(referral: Referral) -> None:
    if referral.sent_at is None:
        raise MoveForbidden(
            words("Referral {reference} was not sent, so there is no answer and nothing to check."),
            do=words("Assess it again, withdraw it or close it."),
            reference=referral.reference,
        )


def reasons_of(
    said: Mapping[str, str], statement: Mapping[str, object] | None
) -> dict[str, object]:
    """Put a platform's statement of reasons together from the parts that it gave."""
    reasons: dict[str, object] = {it: said[it] for it in PARTS if said.get(it, "").strip()}
    if statement:
        reasons[DSA] = statement
    return reasons


def is_removal(status: PlatformStatus, seen: Seen | None) -> bool:
    """Say whether it counts as a removal: the platform restricted it **and** a person saw it gone.

    “Already gone” and “gone, reason unknown” are never removals; a reinstatement takes one back,
    because the status is then no longer a restriction. Counting rules, field.md 4.3.
    """
    return status in RESTRICTED and seen is Seen.NOT_VISIBLE
