"""Whether a person is told that they are on record: decided for each, in time, with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import OwnRequest, RestrictedBecause
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import check_given, check_own_words
from evenhand.rules.words import words

DECIDE_WITHIN = timedelta(days=28)
DECIDE_WITHIN_CHILD = timedelta(days=14)
REVIEWED_WITHIN = timedelta(days=90)


class Telling(StrEnum):
    """What was decided: to tell the person, or to restrict their right to be told."""

    TELL = "tell"
    RESTRICT = "restrict"


class RestrictionGround(StrEnum):
    """On which ground somebody is not told. A closed list: DPA 2018 s.44(4), and s.45A."""

    INQUIRY = "inquiry"
    CRIME = "crime"
    PUBLIC_SECURITY = "public_security"
    RIGHTS_OF_OTHERS = "rights_of_others"
    LEGAL_PRIVILEGE = "legal_privilege"


GROUND_WORDS: Mapping[RestrictionGround, str] = {
    RestrictionGround.INQUIRY: words("Telling would obstruct an official inquiry or procedure"),
    RestrictionGround.CRIME: words(
        "Telling would prejudice the prevention, detection, investigation or prosecution of crime"
    ),
    RestrictionGround.PUBLIC_SECURITY: words("Public security must be protected"),
    RestrictionGround.RIGHTS_OF_OTHERS: words("The rights of others must be protected"),
    RestrictionGround.LEGAL_PRIVILEGE: words("Legal privilege, as a lawyer has advised"),
}


class NotDecidedToTell(Refused):
    """Whether a person is told is decided within 28 days, or 14 under 18; else nobody uses it."""

    code = "E-NOT-33"
    clause = words("DPA 2018 s.44(2)–(3); rule of this desk: 28 days, 14 under 18")


class RestrictionNotAllowed(Refused):
    """A person is not told only on a ground in law, for reasons, and for 90 days at a time."""

    code = "E-RST-34"
    clause = words("DPA 2018 s.44(4), (7)")


class NothingToConfirm(Refused):
    """A restriction waits for a second person once, and is confirmed or refused once."""

    code = "E-NOT-34"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided, before it is stored. ``lawyer``: who advised that it is privileged."""

    telling: Telling
    reasons: str
    ground: RestrictionGround | None = None
    lawyer: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as it stands. A restriction holds once a second person has confirmed it."""

    telling: Telling
    decided_by: OfficerRef
    is_confirmed: bool
    review_on: date | None


def due_on(recorded_on: date, *, child: bool) -> date:
    """Give the last day on which it is to be decided. Clock E24."""
    return recorded_on + (DECIDE_WITHIN_CHILD if child else DECIDE_WITHIN)


def holds(decided: Decided) -> bool:
    """Say whether a decision is one already: a restriction only with a second person."""
    return decided.telling is Telling.TELL or decided.is_confirmed


def due_after(decided: Decided) -> date | None:
    """Give the day by which it is looked at again; None where the person is told."""
    return decided.review_on if decided.telling is Telling.RESTRICT else None


def check_decision(decision: Decision, *, today: date) -> None:
    """Refuse a decision without reasons, and a restriction without ground or in-date review."""
    check_own_words(decision.reasons, at="reasons")
    if decision.telling is Telling.TELL:
        if decision.ground or decision.review_on or decision.lawyer:
            raise RestrictionNotAllowed(
                words("Whoever is told needs no ground and no review."),
                do=words("Leave both empty, or choose to restrict."),
                at="ground",
            )
        return
    if decision.ground is None:
        raise RestrictionNotAllowed(
            words("There is no ground in law for not telling this person."),
            do=words("Choose one. That it affects what they do is none."),
            at="ground",
        )
    if decision.ground is RestrictionGround.LEGAL_PRIVILEGE:
        check_given(decision.lawyer, at="lawyer")
    check_review_day(decision.review_on, today=today)


def check_review_day(review_on: date | None, *, today: date) -> None:
    """Refuse a restriction that nobody is to look at again within 90 days."""
    if review_on is None or not today < review_on <= today + REVIEWED_WITHIN:
        raise RestrictionNotAllowed(
            words("A restriction is looked at again within {days} days."),
            do=words("Enter a day from tomorrow on, within {days} days."),
            at="review_on",
            days=str(REVIEWED_WITHIN.days),
        )


def check_may_confirm(decided: Decided | None, officer: OfficerRef) -> Decided:
    """Refuse to confirm what does not wait, or what one decided oneself; give what waits."""
    if decided is None or holds(decided):
        raise NothingToConfirm(
            words("No restriction waits for a second person here."),
            do=words("Look at the record again."),
        )
    if officer == decided.decided_by:
        raise OwnRequest(
            words("You decided this yourself."), do=words("Ask the data protection officer.")
        )
    return decided


def check_can_be_used(restricted_because: str | None) -> None:
    """Refuse to use a record that is restricted because nobody decided whether to tell."""
    if restricted_because == RestrictedBecause.NOT_DECIDED_TO_TELL:
        raise NotDecidedToTell(
            words("Nobody has decided in time whether this person is told."),
            do=words("Have a rights officer decide. The record opens again with the decision."),
        )
