"""Which challenges wait for whoever signs in."""

from django.utils import timezone

from evenhand.queries import challenges
from evenhand.queries.worklist import SHOWN
from evenhand.rules.officers import Acting, Permission, may
from evenhand.web.challenges import present
from evenhand.web.components import Params


def waiting(acting: Acting) -> Params | None:
    """Give the challenges that this officer could settle, with no part in the referral."""
    if not may(acting.officer, Permission.SETTLE_CHALLENGE):
        return None
    found = challenges.waiting(officer=acting.officer)
    theirs = [it for it in found.items if not it.has_touched][:SHOWN]
    return present.listed(theirs, today=timezone.localdate(acting.at)) if theirs else None
