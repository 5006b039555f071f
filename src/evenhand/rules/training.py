"""Who on the desk must have which training, and what an officer whose training is over cannot do.

The register is the one truth: who was appointed to approve children's records does so only while
the register says that their training is in date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.officers import Officer, OfficerRef, Role
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

GRACE = timedelta(days=14)
"""Within how many days instructions that came into force are accepted, and so again each year."""


class Course(StrEnum):
    """What an officer is trained in; or that they accepted the desk's instructions."""

    CHILDREN = "children"
    DATA_PROTECTION = "data_protection"
    INSTRUCTIONS = "instructions"


NEEDED: Mapping[Course, frozenset[Role]] = {
    Course.CHILDREN: frozenset({Role.CHILD_APPROVER}),
    Course.DATA_PROTECTION: frozenset(Role) - {Role.OVERSEER},
    Course.INSTRUCTIONS: frozenset(Role) - {Role.OVERSEER},
}
"""Who must have it. Who oversees belongs to another body."""
LONGEST: Mapping[Course, timedelta] = {
    Course.CHILDREN: timedelta(days=731),
    Course.DATA_PROTECTION: timedelta(days=366),
    Course.INSTRUCTIONS: timedelta(days=365),
}
"""For how long it counts at most, from the day on which it was done."""
RECORDED = (Course.CHILDREN, Course.DATA_PROTECTION)
"""Of whom another officer records it. Instructions everybody accepts for themselves."""


class Standing(StrEnum):
    """How it stands with what an officer must have."""

    IN_DATE = "in_date"
    OVERDUE = "overdue"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Training:
    """What was done when, and until when it counts."""

    done_on: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of an officer at the door.

    ``children``: their newest child training; ``since``: from when the instructions in force are;
    ``accepted_until``: until when the officer's accepting them counts.
    """

    children_until: date | None = None
    since: date | None = None
    accepted_until: date | None = None


class TrainingWrong(Refused):
    """Training is done before it is recorded, and counts for a stated time."""

    code = "E-TRN-01"
    clause = words("Rule of this desk: how long training counts")


class OwnTraining(Refused):
    """Nobody records their own training; the instructions everybody accepts for themselves."""

    code = "E-TRN-02"
    kind = Kind.FORBIDDEN


class NothingToAccept(Refused):
    """Only the instructions that are in force are accepted."""

    code = "E-TRN-03"
    kind = Kind.CONFLICT


def needed_by(roles: frozenset[Role]) -> Sequence[Course]:
    """Name what an officer with these roles must have."""
    return [it for it in Course if roles & NEEDED[it]]


def standing(found: Training | None, *, today: date) -> Standing:
    """Say how it stands: in date up to its last day."""
    if found is None:
        return Standing.NONE
    return Standing.IN_DATE if today <= found.valid_until else Standing.OVERDUE


def as_known(officer: Officer, known: Known, *, today: date) -> Officer:
    """Give the officer as the register allows: without a role whose training is not in date."""
    roles = officer.roles
    if known.children_until is None or known.children_until < today:
        roles = roles - {Role.CHILD_APPROVER}
    until = _decides_until(officer, known)
    return replace(
        officer,
        roles=roles,
        is_instructed=until is None or today <= until,
        accepts_by=until if until and until - today <= GRACE else None,
    )


def _decides_until(officer: Officer, known: Known) -> date | None:
    """Give until when an officer decides who accepts nothing more; None where nothing asks it."""
    if known.since is None or not officer.roles & NEEDED[Course.INSTRUCTIONS]:
        return None
    return known.accepted_until or known.since + GRACE


def check_training(course: Course, training: Training, *, today: date) -> None:
    """Refuse training of a day to come, or that would count for longer than it may."""
    if training.done_on > today:
        raise TrainingWrong(
            words("The day of the training has not come yet."),
            do=words("Record it once it is done."),
            at="done_on",
        )
    longest = LONGEST[course]
    if not training.done_on <= training.valid_until <= training.done_on + longest:
        raise TrainingWrong(
            words("This training counts for {days} days at most."),
            do=words("Enter a last day within this time from when it was done."),
            at="valid_until",
            days=str(longest.days),
        )


def check_may_record(course: Course, of: OfficerRef, by: OfficerRef) -> None:
    """Refuse an officer's own training, and instructions that somebody else would accept."""
    if of == by or course not in RECORDED:
        raise OwnTraining(
            words("Nobody records their own training, or accepts instructions for another."),
            do=words("Ask a colleague who keeps the register, or accept them on your own page."),
            at="course",
        )


def accepting(today: date) -> Training:
    """Say until when accepting the instructions today counts: a year."""
    return Training(today, today + LONGEST[Course.INSTRUCTIONS])


def check_in_force(number: int | None, read: int) -> None:
    """Refuse to accept instructions that are not in force, or are replaced since they were read."""
    if number != read:
        raise NothingToAccept(
            words("These instructions are not in force, or newer ones are."),
            do=words("Open your own page again and read what is in force."),
        )
