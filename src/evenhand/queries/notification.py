"""Of whom it must be decided whether they are told, by reference only; and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from evenhand.queries import consultations
from evenhand.rules.assurance import check_people_open
from evenhand.rules.combinations import ON_RECORD
from evenhand.rules.notification import (
    Decided,
    RestrictionGround,
    due_after,
    due_on,
    holds,
)
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.store.assurance import assured
from evenhand.store.notification import NotifyDecisionRow, current, waiting
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key, unsealed

PAGE = 50
READ = Permission.CONFIRM_NOT_TELLING
DECIDING = "Whether the person is told"
"""The reason of a look that the deciding itself asks for."""


@dataclass(frozen=True, slots=True)
class TellingDue:
    """A record of which it must be decided by a day; nothing of the person but the reference."""

    reference: str
    due_on: date
    is_restricted: bool
    waits_to_be_confirmed: bool


@dataclass(frozen=True, slots=True)
class TellingStands:
    """What is decided about telling one person, for who decides and confirms.

    ``decision``: which decision that is, if there is one.
    """

    reference: str
    decision: UUID | None
    due_on: date | None
    fact: Decided | None
    ground: RestrictionGround | None
    reasons: str
    lawyer: str
    letter: str
    decided_by: str
    decided_at: datetime | None
    confirmed_by: str


def due(most: int = PAGE, *, acting: Acting) -> Sequence[TellingDue]:
    """List the records that wait for a decision or for its review, the first due first: so many.

    Once one is decided, the next comes up.
    """
    check_may(acting.officer, READ)
    check_people_open(assured())
    today = timezone.localdate(acting.at)
    rows = _waiting(most)
    proposed = NotifyDecisionRow.objects.filter(
        person__in=rows, replaced_at__isnull=True
    ).values_list("person_id", flat=True)
    answered = set(proposed)
    found = [_due(row, waits=row.id in answered, today=today) for row in rows]
    reviews = NotifyDecisionRow.objects.filter(
        replaced_at__isnull=True,
        confirmed_at__isnull=False,
        review_on__isnull=False,
        person__standing__in=sorted(ON_RECORD),
    )
    for it in reviews.select_related("person").order_by("review_on")[:most]:
        found.append(_line(it.person, it.review_on, waits=False, today=today))
    return sorted(found, key=lambda it: it.due_on)[:most]


def _waiting(most: int) -> Sequence[PersonRow]:
    """Give the adults and the children that wait the longest, so many of each."""
    return [
        row
        for child in (False, True)
        for row in waiting().filter(child=child).order_by("proposed_at")[:most]
    ]


def one(reference: str, *, acting: Acting) -> TellingStands:
    """Give what is decided about one person. It is a look. Raises NotFound."""
    check_may(acting.officer, READ)
    check_people_open(assured())
    row = PersonRow.objects.select_related("key").named(reference)
    key = open_record_key(row.key)
    consultations.at_person_again(row, key, READ, DECIDING, acting=acting)
    made = current(row)
    first_due = due_on(timezone.localdate(row.proposed_at), child=row.child)
    if made is None:
        return TellingStands(reference, None, first_due, None, None, "", "", "", "", None, "")
    fact = made.as_fact()
    return TellingStands(
        reference=reference,
        decision=made.id,
        due_on=due_after(fact) if holds(fact) else first_due,
        fact=fact,
        ground=RestrictionGround(made.ground) if made.ground else None,
        reasons=unsealed(made, key, "reasons"),
        lawyer=unsealed(made, key, "lawyer"),
        letter=unsealed(made, key, "letter"),
        decided_by=made.decided_by.name,
        decided_at=made.decided_at,
        confirmed_by=made.confirmed_by.name if made.confirmed_by else "",
    )


def _due(row: PersonRow, *, waits: bool, today: date) -> TellingDue:
    day = due_on(timezone.localdate(row.proposed_at), child=row.child)
    return _line(row, day, waits=waits, today=today)


def _line(row: PersonRow, day: date | None, *, waits: bool, today: date) -> TellingDue:
    return TellingDue(row.reference, day or date.max, row.is_restricted(today), waits)
