"""What about people waits for a second officer: references only, nothing about who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.queries import consultations
from evenhand.queries.referrals import PAGE
from evenhand.rules.officers import Acting, Permission, Role, may
from evenhand.rules.people import PersonStanding
from evenhand.store.people import PersonLinkRow


@dataclass(frozen=True, slots=True)
class PersonWaiting:
    """A record that waits for this officer; ``is_new``: nobody has authorised any of it yet."""

    reference: str
    referral: str
    is_new: bool
    since: datetime


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
