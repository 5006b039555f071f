"""The register of training: what each officer must have, and how that stands today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from evenhand.queries.assurance import PublicDocument, in_force_now
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.officers import Officer, OfficerRef, Permission, check_may, may
from evenhand.rules.training import Course, Standing, Training, needed_by, standing
from evenhand.store.asking import ask
from evenhand.store.assurance import is_in_force
from evenhand.store.officers import OfficerRow
from evenhand.store.training import newest, newest_of

# What nobody may approve is not decided, and so stands among what has waited longest.
FOR_CHILDREN = """
    WITH appointed AS (
        SELECT id, name, roles, COALESCE((SELECT valid_until FROM training
            WHERE officer_id = officer.id AND course = 'children'
            ORDER BY at DESC, id DESC LIMIT 1) >= %(today)s, false) AS trained
        FROM officer WHERE retired_at IS NULL AND 'child_approver' = ANY (roles)
    )
    SELECT
        ARRAY(SELECT ARRAY[name, id::text] FROM appointed WHERE NOT trained ORDER BY name, id),
        (SELECT count(*) FROM (SELECT * FROM referral WHERE state = 'awaiting_approval'
                ORDER BY state_since, number LIMIT 200) AS oldest
            WHERE child AND NOT EXISTS (SELECT FROM appointed WHERE trained
                AND id <> oldest.logged_by_id AND id <> ALL (oldest.assessors)
                AND (NOT oldest.terms_only OR 'senior_approver' = ANY (roles)))),
        (SELECT count(*) FROM (SELECT * FROM person_link
                WHERE authorised_at IS NULL AND ended_at IS NULL ORDER BY at, id LIMIT 200) AS asked
            JOIN person ON person.id = asked.person_id AND person.child
                AND person.standing IN ('proposed', 'held')
            WHERE NOT EXISTS (SELECT FROM appointed WHERE trained AND id <> asked.by_id))
"""


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
class ForChildren:
    """What stops children's cases: who is appointed for them without training in date.

    ``own``: the officer who asks is one of them; ``waits``: how many cases nobody here may
    approve, among those that have waited longest.
    """

    untrained: Sequence[str] = ()
    own: bool = False
    waits: int = 0


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


def for_children(*, today: date, officer: Officer) -> ForChildren:
    """Say what stops children's cases to whoever works on them, or reads the register.

    Nothing to everybody else; the names to who reads the register.
    """
    reads = may(officer, Permission.READ_TRAINING)
    if not reads and not may(officer, Permission.ASSESS):
        return ForChildren()
    found, mine = _for_children(today, officer.ref)
    return replace(found, own=mine, untrained=found.untrained if reads else ())


def all_for_children(*, today: date) -> ForChildren:
    """Say the same for the desk itself."""
    found, _mine = _for_children(today, None)
    return found


def _for_children(today: date, who: OfficerRef | None) -> tuple[ForChildren, bool]:
    [rows] = ask((FOR_CHILDREN, {"today": today}))
    appointed, referrals, people = rows[0]
    waits = referrals + people
    names = tuple(name for name, _ref in appointed)
    return ForChildren(untrained=names, waits=waits), str(who) in {ref for _name, ref in appointed}


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
