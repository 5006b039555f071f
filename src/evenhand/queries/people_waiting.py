"""What about people waits for a second officer: references only, nothing about who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from evenhand.queries import consultations
from evenhand.queries.referrals import PAGE
from evenhand.rules.officers import MATRIX, Acting, Permission, Role, check_may, may
from evenhand.rules.people import BOTH_WITHIN, PersonStanding, answer_due_at
from evenhand.store import combinations
from evenhand.store.assurance import assured
from evenhand.store.people import PersonLinkRow, PersonRow, asked_to_lift
from evenhand.store.purposes import WAITS, PurposeChangeRow

SHOWN = 10
"""Of each pile: what can be done in one sitting."""


@dataclass(frozen=True, slots=True)
class PersonWaiting:
    """A record that waits for this officer; ``is_new``: nobody has authorised any of it yet."""

    reference: str
    referral: str
    is_new: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A record about which a colleague asked something that this officer may answer, and by when.

    Past ``due_at`` it can only be refused, and waits for that. E-TWO-04.
    """

    reference: str
    since: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ChangedBeside:
    """A record that is one person's with another, which changed; somebody looks at it, too."""

    reference: str
    since: datetime


def is_open() -> bool:
    """Say whether work with people is open on this desk."""
    return assured().dpia is not None


def to_lift(*, acting: Acting) -> Sequence[ToAnswer]:
    """Give the records whose restriction this officer may lift, the oldest request first."""
    check_may(acting.officer, why := Permission.LIFT_RESTRICTION)
    steps = asked_to_lift().exclude(by=acting.officer.ref)
    steps = steps.select_related("person").order_by("at", "id")
    return _to_answer([(it.person, it.at) for it in steps[:SHOWN]], why, acting)


def purposes_to_answer(*, acting: Acting) -> Sequence[ToAnswer]:
    """Give the records for which another purpose waits for this officer, the oldest first."""
    check_may(acting.officer, why := Permission.ANSWER_PURPOSE)
    rows = _purposes_asked().exclude(asked_by=acting.officer.ref).select_related("person")
    found = [(it.person, it.asked_at) for it in rows.order_by("asked_at", "id")[:SHOWN]]
    return _to_answer(found, why, acting)


def changed_beside(*, acting: Acting) -> Sequence[ChangedBeside]:
    """Give the records of which a joined one was put right, restricted or given another role.

    Each stays until somebody who may correct it has looked at it for a reason; the oldest first.
    """
    check_may(acting.officer, why := Permission.CORRECT_PERSON)
    found = combinations.changed_beside(sorted(MATRIX[why]), most=SHOWN)
    if found:
        consultations.at_several([it for it, _reference, _since in found], why, acting=acting)
    return [ChangedBeside(reference, since) for _id, reference, since in found]


def count_overdue(*, now: datetime) -> int:
    """Count what was asked for about people and answered by nobody in 72 hours: a number alone."""
    before = now - BOTH_WITHIN
    purposes = _purposes_asked().filter(asked_at__lt=before).count()
    return purposes + asked_to_lift().filter(at__lt=before).count()


def _purposes_asked() -> QuerySet[PurposeChangeRow]:
    return PurposeChangeRow.objects.filter(WAITS, person__standing=PersonStanding.HELD)


def _to_answer(
    found: Sequence[tuple[PersonRow, datetime]], why: Permission, acting: Acting
) -> Sequence[ToAnswer]:
    """Enter the look at a list before it is given."""
    if found:
        consultations.at_several([row.id for row, _at in found], why, acting=acting)
    return [ToAnswer(row.reference, at, answer_due_at(at)) for row, at in found]


def waiting_for(*, acting: Acting) -> Sequence[PersonWaiting]:
    """Give the records and roles that this officer may authorise, the oldest first, a page of them.

    The look is in the log before they are given.
    """
    officer = acting.officer
    if not may(officer, Permission.AUTHORISE_PERSON):
        return []
    links = PersonLinkRow.objects.select_related("person", "referral").filter(
        authorised_at__isnull=True,
        ended_at__isnull=True,
        person__standing__in=[PersonStanding.PROPOSED, PersonStanding.HELD],
    )
    if Role.CHILD_APPROVER not in officer.roles:
        links = links.filter(person__child=False)
    rows = list(links.exclude(by=officer.ref).order_by("at", "id")[:PAGE])
    if rows:
        shown = [it.person_id for it in rows]
        consultations.at_several(shown, Permission.AUTHORISE_PERSON, acting=acting)
    return [
        PersonWaiting(
            it.person.reference,
            it.referral.reference,
            it.person.standing == PersonStanding.PROPOSED,
            it.at,
        )
        for it in rows
    ]
