"""The register of training: what each officer must have, and how that stands today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.queries.assurance import PublicDocument, in_force_now
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.training import Course, Standing, Training, needed_by, standing
from evenhand.store.assurance import is_in_force
from evenhand.store.officers import OfficerRow
from evenhand.store.training import newest, newest_of


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """What an officer must have, and the newest that the register has of it."""

    username: str
    name: str
    course: Course
    done_on: date | None
    valid_until: date | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Own:
    """What an officer must have themselves, and the instructions in force, if there are any."""

    lines: Sequence[TrainingLine]
    instructions: PublicDocument | None


def register(*, today: date, officer: Officer) -> Sequence[TrainingLine]:
    """List of every officer on the desk what they must have, by name."""
    check_may(officer, Permission.READ_TRAINING)
    return everyone(today=today)


def everyone(*, today: date) -> Sequence[TrainingLine]:
    """List the same for the desk itself."""
    rows = OfficerRow.objects.filter(retired_at__isnull=True).select_related("account")
    found, accepts = newest(), is_in_force(DocumentKind.INSTRUCTIONS)
    return [
        _line(row.account.username, row.name, course, found.get((row.id, course)), today)
        for row in rows.order_by("name", "id")
        for course in _needed(row.as_fact(), accepts=accepts)
    ]


def own(*, today: date, officer: Officer) -> Own:
    """Give what an officer must have, and the instructions that they accept.

    ``officer`` may lack a role at the door whose training is over: so the row says what is held.
    """
    check_may(officer, Permission.ACCEPT_INSTRUCTIONS)
    row = OfficerRow.objects.select_related("account").get(id=officer.ref)
    found, instructions = newest_of(officer.ref), in_force_now(DocumentKind.INSTRUCTIONS)
    lines = [
        _line(row.account.username, row.name, course, found.get(course), today)
        for course in _needed(row.as_fact(), accepts=instructions is not None)
    ]
    return Own(lines, instructions)


def _needed(officer: Officer, *, accepts: bool) -> Sequence[Course]:
    courses = needed_by(officer.roles)
    return [it for it in courses if accepts or it is not Course.INSTRUCTIONS]


def _line(
    username: str, name: str, course: Course, found: Training | None, today: date
) -> TrainingLine:
    return TrainingLine(
        username=username,
        name=name,
        course=course,
        done_on=found.done_on if found else None,
        valid_until=found.valid_until if found else None,
        standing=standing(found, today=today),
    )
