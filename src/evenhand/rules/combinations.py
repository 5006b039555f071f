"""When two records are one person’s: a person finds it, another agrees, and it can be undone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from evenhand.rules.people import PersonStanding
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

UNDONE_WITHIN = timedelta(days=28)
ON_RECORD = frozenset({PersonStanding.HELD, PersonStanding.RESTRICTED})
"""The records that are counted as people."""


class CombinationStanding(StrEnum):
    """How it stands between two records."""

    APART = "apart"
    PROPOSED = "proposed"
    REFUSED = "refused"
    JOINED = "joined"
    UNDONE = "undone"
    LAPSED = "lapsed"


class NotToBeCombined(Refused):
    """Two records are joined as one person’s by two officers, one pair at a time, undoable."""

    code = "E-CMB-49"
    clause = words("DPA 2018 ss.36–37 and 62(1)(e): combination")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """What somebody decided about two records."""

    standing: CombinationStanding
    joined_at: datetime | None = None


def check_pair(
    first: PersonStanding, second: PersonStanding, *, is_itself: bool, are_one: bool
) -> None:
    """Refuse to compare a record with itself, with what is not on record, or with its own."""
    if is_itself or are_one:
        raise NotToBeCombined(
            words("These two are one person already."), do=words("Choose another record.")
        )
    if second not in ON_RECORD or first not in ON_RECORD | {PersonStanding.PROPOSED}:
        raise NotToBeCombined(
            words("One of the two is not on record."),
            do=words("Only records that are held can be one person’s."),
        )


def check_may_join(combination: Combination, first: PersonStanding) -> None:
    """Refuse to join what nobody proposed, what was answered already, or what is not held yet."""
    if combination.standing is not CombinationStanding.PROPOSED:
        raise _answered()
    if first not in ON_RECORD:
        raise NotToBeCombined(
            words("The newer record is not authorised yet."),
            do=words("Have it authorised first. Until then nobody is counted twice."),
        )


def check_may_refuse(combination: Combination) -> None:
    """Refuse to refuse what was answered already."""
    if combination.standing is not CombinationStanding.PROPOSED:
        raise _answered()


def check_may_undo(combination: Combination, *, now: datetime) -> None:
    """Refuse to take apart what is not joined, or was joined more than 28 days ago."""
    joined_at = combination.joined_at
    if combination.standing is not CombinationStanding.JOINED or joined_at is None:
        raise NotToBeCombined(
            words("These two records are not joined."), do=words("Look at them again.")
        )
    if now - joined_at > UNDONE_WITHIN:
        raise NotToBeCombined(
            words("They were joined more than {days} days ago."),
            do=words("Correct the record instead: the data protection officer can help."),
            days=str(UNDONE_WITHIN.days),
        )


def check_told_apart(undecided: int) -> None:
    """Refuse to authorise a record while nobody said whether exact matches are the same person."""
    if undecided:
        raise NotToBeCombined(
            words("There are records of the same name and birth date: {count}."),
            do=words("Say of each under “Records to compare” whether it is the same person."),
            count=str(undecided),
        )


def _answered() -> NotToBeCombined:
    return NotToBeCombined(
        words("This was answered already."), do=words("Look at the two records again.")
    )
