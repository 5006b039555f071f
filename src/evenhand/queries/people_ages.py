"""The youngest and the oldest person on record, for who may read identities. Never published."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from evenhand.rules.officers import Acting, Permission, may
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.questions import Answer
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key


@dataclass(frozen=True, slots=True)
class Aged:
    """How old one person was when recorded and is now, at the youngest, and in which roles."""

    recorded: int
    now: int
    roles: tuple[PersonRole, ...]


@dataclass(frozen=True, slots=True)
class Extremes:
    """The youngest and the oldest when recorded, and of how many an age is known."""

    youngest: Aged
    oldest: Aged
    known: int
    not_known: int


def beside(answer: Answer, *, acting: Acting) -> Extremes | None:
    """Give the extremes of the people that an answer counts, if it is of today and they may see it.

    That somebody asked is in the log already. As at an earlier day there are bands only: whose age
    it was may be gone.
    """
    today = timezone.localdate(acting.at)
    asked = answer.question
    if asked.code != "people" or asked.as_at != today:
        return None
    if not may(acting.officer, Permission.READ_IDENTITY):
        return None
    return extremes(today)


def extremes(today: date) -> Extremes | None:
    """Find the youngest and the oldest of everybody on record; None where no age is known."""
    found: list[tuple[int, int, PersonRow]] = []
    rows = PersonRow.objects.filter(standing__in=["held", "restricted"]).select_related("key")
    not_known = 0
    for row in rows.iterator():
        age = row.age(open_record_key(row.key))
        recorded = age.youngest_on(timezone.localdate(row.proposed_at))
        now = age.youngest_on(today)
        if recorded is None or now is None:
            not_known += 1
        else:
            found.append((recorded, now, row))
    if not found:
        return None
    found.sort(key=lambda it: (it[0], it[1], it[2].id))
    return Extremes(_aged(*found[0]), _aged(*found[-1]), len(found), not_known)


def _aged(recorded: int, now: int, row: PersonRow) -> Aged:
    links = row.links.filter(authorised_at__isnull=False, ended_at__isnull=True)
    roles = links.order_by("role").values_list("role", flat=True).distinct()
    return Aged(recorded, now, tuple(PersonRole(it) for it in roles))
