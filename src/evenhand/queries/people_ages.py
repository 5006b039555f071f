"""The youngest and the oldest person on record, for who may read identities. Never published."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from evenhand.queries import consultations
from evenhand.rules.officers import Acting, Permission, may
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.questions import Answer
from evenhand.store.people_ages import ages


@dataclass(frozen=True, slots=True)
class Aged:
    """How old one person was when recorded and is now, at the youngest, and in which roles."""

    record: UUID
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

    That somebody looks at the two is in the log first. As at an earlier day there are bands only:
    whose age it was may be gone.
    """
    today = timezone.localdate(acting.at)
    asked = answer.question
    if asked.code != "people" or asked.as_at != today:
        return None
    if not may(acting.officer, Permission.READ_IDENTITY):
        return None
    found = extremes(today)
    if found is not None:
        both = [found.youngest.record, found.oldest.record]
        consultations.at_several(both, Permission.READ_IDENTITY, acting=acting)
    return found


def extremes(today: date) -> Extremes | None:
    """Find the youngest and the oldest of everybody on record; None where no age is known."""
    known, not_known = [], 0
    for record, recorded, now, roles in ages(today):
        if recorded is None or now is None:
            not_known += 1
        else:
            known.append(Aged(record, recorded, now, tuple(PersonRole(it) for it in roles)))
    if not known:
        return None
    known.sort(key=lambda it: (it.recorded, it.now, it.roles))
    return Extremes(known[0], known[-1], len(known), not_known)
