"""Scrutiny from outside: who looked at the desk, what came of it, and what was done about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import SHORT, check_given
from evenhand.rules.words import words


class ScrutinyKind(StrEnum):
    """In what way somebody outside looked at the desk."""

    AUDIT = "audit"
    INSPECTION = "inspection"
    COMPLAINT = "complaint"
    APPEAL = "appeal"
    DECISION_NOTICE = "decision_notice"
    VERIFICATION = "verification"


class Told(StrEnum):
    """What is added to an entry of the register. Nothing of it is ever changed."""

    OUTCOME = "outcome"
    RECOMMENDATION = "recommendation"
    IN_HAND = "in_hand"
    DONE = "done"
    NOT_FOLLOWED = "not_followed"
    CORRECTION = "correction"


FOLLOWED = frozenset({Told.IN_HAND, Told.DONE, Told.NOT_FOLLOWED})
"""What is said of a recommendation: what was done about it, or why nothing was."""


class ScrutinyDayWrong(Refused):
    """What the register of scrutiny tells of has happened: no day in it is yet to come."""

    code = "E-SCR-01"


class NotNone(Refused):
    """That there was no scrutiny of a kind is said only where the register holds none by then."""

    code = "E-SCR-02"
    kind = Kind.CONFLICT


class NoRecommendation(Refused):
    """What was done is said of a recommendation, of one that the same scrutiny made."""

    code = "E-SCR-03"
    kind = Kind.CONFLICT


class ScrutinyStays(Refused):
    """What was entered in the register of scrutiny is corrected by adding to it, never changed."""

    code = "E-SCR-04"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrutiny:
    """One look at the desk from outside: of which kind, by which body, when, and at what."""

    kind: ScrutinyKind
    body: str
    held_on: date
    scope: str


def check_scrutiny(found: Scrutiny, *, today: date) -> None:
    """Refuse an entry without its body or scope, or of a day to come."""
    check_given(found.body, at="body", most=SHORT)
    check_given(found.scope, at="scope")
    check_has_come(found.held_on, at="held_on", today=today)


def check_has_come(day: date, *, at: str, today: date) -> None:
    """Refuse a day that is yet to come."""
    if day > today:
        raise ScrutinyDayWrong(
            words("This day has not come yet."),
            do=words("Enter the day on which it happened."),
            at=at,
        )


def check_told(
    what: Told, text: str, day: date, *, of_recommendation: bool, held_on: date, today: date
) -> None:
    """Refuse to add nothing, or of another day, or what was done where nothing was recommended.

    ``of_recommendation``: it is about a recommendation of the same scrutiny.
    """
    check_given(text, at="text")
    check_has_come(day, at="day", today=today)
    if day < held_on:
        raise ScrutinyDayWrong(
            words("This day is before the day of the scrutiny itself."),
            do=words("Enter the day on which it happened."),
            at="day",
        )
    if (what in FOLLOWED) != of_recommendation:
        raise NoRecommendation(
            words("What was done is said of one recommendation, and nothing else is."),
            do=words("Choose the recommendation that it is about."),
            at="about",
        )


def check_none(true_on: date, *, held: bool, today: date) -> None:
    """Refuse to say that there was none where there was, or of a day to come. ``held``: by then."""
    check_has_come(true_on, at="true_on", today=today)
    if held:
        raise NotNone(
            words("The register holds scrutiny of this kind by that day."),
            do=words("Look at the register."),
            at="kind",
        )
