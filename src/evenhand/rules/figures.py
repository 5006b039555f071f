"""Figures that were given and published: what stands is never overwritten, but openly corrected."""

from dataclasses import dataclass
from datetime import date

from evenhand.rules.officers import OfficerRef
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import check_own_words
from evenhand.rules.words import words


class FigureDiffers(Refused):
    """No other value is published for the same question and day without saying what was wrong."""

    code = "E-COR-89"
    clause = words("FOIA 2000 s.1; rule of this desk: published figures are corrected openly")
    kind = Kind.CONFLICT


class CorrectionWrong(Refused):
    """A correction is of a published figure, by another value of the same question, and once."""

    code = "E-COR-90"
    kind = Kind.CONFLICT


class OwnCorrection(Refused):
    """Nobody confirms or declines a correction that they wrote themselves."""

    code = "E-COR-91"
    clause = words("Rule of this desk: the author does not approve")
    kind = Kind.FORBIDDEN


class NotATable(Refused):
    """What is published is one number, or a table that is divided in one way or two."""

    code = "E-COR-92"


class DayNotOver(Refused):
    """What is published as at a day was asked after that day, so that it stays what it is."""

    code = "E-COR-93"
    clause = words("Rule of this desk: what is published is never changed")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as the rules see one: the hashes of its question and value, its day, and its own."""

    question: bytes
    value: bytes
    as_at: date
    given_on: date
    is_published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was wrong with a published figure, by whom written, and whether somebody answered."""

    written_by: OfficerRef
    is_confirmed: bool
    is_declined: bool
    is_withdrawn: bool = False


def check_was_over(figure: Figure) -> None:
    """Refuse what was asked as at a day that still went on. Raises DayNotOver."""
    if figure.as_at >= figure.given_on:
        raise DayNotOver(
            words("This was asked before {day} was over: at its end the number may be another."),
            do=words("Ask the question again, as at a day that is over, and take that figure."),
            day=figure.as_at.isoformat(),
        )


def check_may_publish(figure: Figure, published: Figure | None) -> None:
    """Refuse to publish what is published, or another value beside it.

    Raises FigureDiffers, DayNotOver.
    """
    if figure.is_published:
        raise FigureDiffers(
            words("This figure is published already."), do=words("Nothing needs to be done.")
        )
    if published is not None and published.value == figure.value:
        raise FigureDiffers(
            words("The same figure is published already for this question and day."),
            do=words("Nothing needs to be done."),
        )
    if published is not None:
        raise FigureDiffers(
            words("Another value is published for this question, as at {day}."),
            do=words("Write a correction of it, and have a second person confirm that."),
            day=figure.as_at.isoformat(),
        )
    check_was_over(figure)


def check_correction(wrong: Figure, right: Figure, why: str, *, is_corrected: bool) -> None:
    """Refuse a correction of what does not stand, or by what is no other value of it.

    Raises CorrectionWrong, DayNotOver.
    """
    check_own_words(why, at="why")
    if not wrong.is_published or is_corrected:
        raise CorrectionWrong(
            words("This figure does not stand, or a correction of it was written."),
            do=words("Open the figure that stands for this question and day."),
        )
    if wrong.question != right.question or wrong.value == right.value or right.is_published:
        raise CorrectionWrong(
            words("This is no other value of the same question as at the same day."),
            do=words("Ask the same question again, as at the same day."),
        )
    check_was_over(right)


def check_may_answer(correction: Correction, officer: OfficerRef) -> None:
    """Refuse whoever wrote it, and a second answer. Raises CorrectionWrong, OwnCorrection."""
    _check_waits(correction)
    if correction.written_by == officer:
        raise OwnCorrection(
            words("You wrote this correction yourself."),
            do=words("Ask a colleague with the role {roles}."),
            roles="dpo, senior_owner",
        )


def check_may_withdraw(correction: Correction, officer: OfficerRef) -> None:
    """Refuse whoever did not write it, and what was answered. Raises CorrectionWrong."""
    _check_waits(correction)
    if correction.written_by != officer:
        raise CorrectionWrong(
            words("Somebody else wrote this correction."),
            do=words("Ask them to withdraw it, or have a second person decline it."),
        )


def _check_waits(correction: Correction) -> None:
    """Refuse what is published, declined or withdrawn."""
    if correction.is_confirmed:
        raise CorrectionWrong(
            words("This correction is published already."), do=words("Nothing needs to be done.")
        )
    if correction.is_declined:
        raise CorrectionWrong(
            words("This correction was declined."),
            do=words("Write another one, if the figure is wrong."),
        )
    if correction.is_withdrawn:
        raise CorrectionWrong(
            words("This correction was withdrawn by who wrote it."),
            do=words("Write another one, if the figure is wrong."),
        )
